//! A file of a disc, with a window for small reads: subcode comes 96 bytes at a time.

use webburn_sector::SourceError;

use crate::port::FileSource;

/// Reads shorter than this go through the window.
const SMALL: usize = 4096;
/// What is fetched for a small read.
const WINDOW: u64 = 128 << 10;

pub(super) struct NamedFile {
    pub(super) name: String,
    pub(super) source: Box<dyn FileSource>,
    window: Vec<u8>,
    window_at: u64,
}

impl NamedFile {
    pub(super) fn new(name: String, source: Box<dyn FileSource>) -> Self {
        NamedFile { name, source, window: Vec::new(), window_at: 0 }
    }

    pub(super) async fn read(&mut self, at: u64, into: &mut [u8]) -> Result<(), SourceError> {
        if into.len() >= SMALL {
            return self.source.read_at(at, into).await;
        }
        if self.take_from_window(at, into) {
            return Ok(());
        }
        let left = self.source.length().saturating_sub(at);
        if (into.len() as u64) > left {
            return self.source.read_at(at, into).await;
        }
        // Taken out while it is filled: a dropped read leaves an empty window, not a wrong one.
        let mut window = std::mem::take(&mut self.window);
        window.resize(left.min(WINDOW) as usize, 0);
        self.source.read_at(at, &mut window).await?;
        (self.window, self.window_at) = (window, at);
        self.take_from_window(at, into);
        Ok(())
    }

    fn take_from_window(&self, at: u64, into: &mut [u8]) -> bool {
        let skip = at.checked_sub(self.window_at).and_then(|skip| usize::try_from(skip).ok());
        let Some(bytes) = skip.and_then(|skip| self.window.get(skip..skip.checked_add(into.len())?)) else {
            return false;
        };
        into.copy_from_slice(bytes);
        true
    }

    pub(super) fn named(&self, mut error: SourceError) -> SourceError {
        error.detail =
            if error.detail.is_empty() { self.name.clone() } else { format!("{}: {}", self.name, error.detail) };
        error
    }
}
