//! The enumerations of IMAPI2 and its HRESULTs, all values. What JavaScript can see must be spelled out here; tests lay each
//! beside the object model's own.

mod hresult;
mod media;
mod mmc;
mod writer;

pub use hresult::HRESULT;
pub use media::*;
pub use mmc::*;
pub use writer::*;
