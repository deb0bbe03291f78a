//! The commands of MMC and their replies, as bytes.

mod cdb;
mod describe;
mod meaning;
mod replies;
