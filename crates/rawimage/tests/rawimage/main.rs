//! Descriptions, images and streams of CDs.

mod creator;
pub mod formats;
mod helpers;
mod malformed;
mod raw_stream;
mod round_trips;
