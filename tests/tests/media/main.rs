//! Every kind of disc in every state: what is told of it, what is planned, what the disc holds afterwards.
#![forbid(unsafe_code)]

mod audio_tracks;
mod cds;
mod cue_sheets;
mod dropped;
mod extract;
mod faults;
mod formats;
mod graphics;
mod images;
mod matrix;
mod record;
mod scenarios;
mod sessions;
mod several;
