//! Drives that do otherwise than the standard says, drives that lie, and discs filled to their edges.
#![forbid(unsafe_code)]

mod asking;
mod burning;
mod lies;
mod sizes;
mod table;
mod wire;
