//! A wish to stop, seen between two commands.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Shared by whoever may stop a job and the job itself. Once cancelled it stays so; a new job takes a new one.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Nobody wishes to stop yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// `CancelWrite`: asks the job to stop between two commands.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Somebody wishes to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
