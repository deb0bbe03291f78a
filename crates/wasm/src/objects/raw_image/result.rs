//! What comes of an image: a stream that is made while it is read.

use futures::lock::Mutex;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use webburn_rawimage::CdImage;
use webburn_rawimage::at_once::BlockStream;
use webburn_rawimage::stream::RawStream;
use webburn_sector::SectorSource;

use crate::objects::streams::bytes;

/// The kinds of it.
pub enum Made {
    /// From 95:00:00 to the end of the lead-out, with sub-channel.
    Raw(RawStream),
    /// From the first pre-gap to the lead-out.
    Session(BlockStream<CdImage>),
}

/// The stream of an image. A byte stream, to be given to a writer or kept as a file.
#[wasm_bindgen]
pub struct ResultStream {
    made: Mutex<Made>,
    size: f64,
}

impl ResultStream {
    /// Over what was made.
    pub fn of(made: Made) -> ResultStream {
        let size = match &made {
            Made::Raw(stream) => stream.byte_length(),
            Made::Session(stream) => stream.byte_length(),
        };
        ResultStream { made: Mutex::new(made), size: size as f64 }
    }
}

#[wasm_bindgen]
impl ResultStream {
    /// Bytes in all.
    #[wasm_bindgen(getter)]
    pub fn size(&self) -> f64 {
        self.size
    }

    /// Bytes from `offset` on.
    ///
    /// # Errors
    /// `E_INVALIDARG` for an offset that is none; what the streams of the tracks meet.
    pub async fn read(&self, offset: f64, length: u32) -> Result<Vec<u8>, JsValue> {
        match &mut *self.made.lock().await {
            Made::Raw(stream) => bytes(stream, offset, length).await,
            Made::Session(stream) => bytes(stream, offset, length).await,
        }
    }
}
