//! Every kind of disc in every state: what is told of it, what is planned, what the disc holds afterwards.
#![forbid(unsafe_code)]

mod faults;
mod formats;
mod matrix;
mod scenarios;
mod sessions;
