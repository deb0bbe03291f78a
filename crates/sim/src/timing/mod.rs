//! The virtual clock, the pace at which a carrier follows it, and the speeds at which discs turn.

mod clock;
mod pace;
mod speed;

pub use clock::VirtualTime;
pub use pace::{Pace, Pacer};
pub use speed::{Family, Rotation, Speed, one_x};
