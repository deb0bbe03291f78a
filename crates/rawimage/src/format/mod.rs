//! Image files: reading them into a [`CdImage`], and writing them from one.
//!
//! | module | reads | writes |
//! |---|---|---|
//! | [`cue`] | CUE with BINARY, MOTOROLA, WAVE, AIFF, FLAC, MP3 | the sheet for a BIN |
//! | [`toc`] | TOC of cdrdao | the same |
//! | [`ccd`] | CCD/IMG/SUB | the same |
//! | [`mds`] | MDS/MDF | |
//! | [`nrg`] | NRG, versions 1 and 2 | |
//! | `chd` | CHD version 5, with the feature of that name | |
//! | [`bin`] | BIN and ISO of every sector size | |
//! | [`audio`] | WAV and AIFF as a CD holds it; the rest through a decoder | the head of a WAV |
//! | [`audio_disc`] | a list of audio files | |
//!
//! What an exporter writes beside the text is a [`crate::stream::MainStream`] or [`crate::stream::SubStream`].

pub mod audio;
pub mod audio_disc;
pub mod bin;
pub mod ccd;
#[cfg(feature = "chd")]
pub mod chd;
pub mod cue;
pub mod mds;
pub mod nrg;
pub mod toc;

mod bytes;
mod opener;
mod text;
mod time;

pub use opener::{AUDIO_EXTENSIONS, open};
