//! Descriptions, images and streams of CDs.

mod at_once;
mod creator;
pub mod formats;
mod helpers;
mod malformed;
mod raw_stream;
mod recorded;
mod round_trips;
