//! Sound files, decoded.

mod decode;
