//! What JavaScript hands in: pipes, channels, files and time, as the ports of the floors below.

mod channel;
mod clock;
mod digest;
mod error;
mod file;
mod pipe;
mod sink;

pub use channel::{JsChannel, JsFrameChannel};
pub use clock::{JsClock, PageClock};
pub use digest::{JsDigest, JsHasher};
pub use error::{JsFailure, transport_error};
pub use file::{JsFile, PageSource};
pub use pipe::{JsPipe, JsUsbPipe};
pub use sink::{JsSectorSink, JsSink};
