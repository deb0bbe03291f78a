//! Events for GET EVENT STATUS NOTIFICATION.

use std::collections::VecDeque;

/// Media events (MMC-6, media status event codes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum MediaEvent {
    /// Somebody pressed the button of a locked drive.
    #[allow(dead_code)] // no hand presses it yet
    EjectRequest = 1,
    /// A disc is there and ready.
    New = 2,
    /// The tray was opened.
    Removed = 3,
    /// The background format has come to its end.
    BackgroundComplete = 5,
    /// It goes on.
    BackgroundRestarted = 6,
}

/// Events nobody has fetched yet.
#[derive(Debug, Default)]
pub(crate) struct Events {
    media: VecDeque<MediaEvent>,
}

impl Events {
    pub(crate) fn push(&mut self, event: MediaEvent) {
        if self.media.len() < 16 {
            self.media.push_back(event);
        }
    }

    /// Fetches the oldest.
    pub(crate) fn take(&mut self) -> Option<MediaEvent> {
        self.media.pop_front()
    }
}
