//! Sound files, decoded.

mod decode;
mod flac;
