//! Sound files, decoded and made.

mod decode;
mod flac;
