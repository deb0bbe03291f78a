//! What a session of a CD is made of: cue sheets, the blocks that go with them, and the little of the sub-channel that a
//! burner has to read for itself.
//!
//! Scrambler, CRC of Q and packing of CD-Text are written here anew, though `cdcode` has them: the object model does not
//! stand on the coding of sectors, and two hands that must agree check each other. A raw burn is coded by the one and
//! compared by the other; tests lay both beside recorded burns.

pub mod q;
mod scramble;
mod sheet;
mod stream;
mod text;
mod variants;

pub use scramble::scramble;
pub use sheet::{SessionLayout, SheetFault, SheetTrack, Stretch, block_size};
pub use stream::SessionStream;
pub use text::lead_in_blocks;
pub use variants::variants;

/// Bytes of a sector's main channel.
pub const MAIN: usize = 2352;
/// The same with 96 bytes of sub-channel.
pub const MAIN_AND_SUB: usize = MAIN + 96;
