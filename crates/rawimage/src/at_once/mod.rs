//! What session at once and track at once send: the cue sheet, CD-Text, and the main channel in blocks of the right size.
//!
//! | item | what |
//! |---|---|
//! | [`SessionSheet`] | the lines of SEND CUE SHEET, the packs of the lead-in, and which blocks go where |
//! | [`TrackSheet`] | one track of track at once: what mode page 05h says of it, and which blocks it has |
//! | [`BlockStream`] | the blocks themselves, of a stretch, a track or the whole session |
//!
//! Sources: MMC-6, 6.33 (SEND CUE SHEET) and 7.4 (write parameters mode page); sheets recorded from cdrskin, wodim and
//! cdrdao.

mod block;
mod sheet;
mod stream;
mod track;

pub use block::Block;
pub use sheet::{LEAD_OUT, NotAtOnce, SessionSheet, SheetOptions, Stretch};
pub use stream::BlockStream;
pub use track::{Loss, TrackSheet};
