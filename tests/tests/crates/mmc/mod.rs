//! The codec's tests, as one program: each program of its own would be linked on its own.

mod cdb;
mod describe;
mod meaning;
mod replies;
