//! The golden vectors, as one program.
#![forbid(unsafe_code)]

mod bot;
mod cd;
mod cdb;
mod codes;
mod complete;
mod devices;
mod features;
mod lists;
mod pages;
mod provenance;
mod relay;
mod replies;
mod sense;
mod sim;
