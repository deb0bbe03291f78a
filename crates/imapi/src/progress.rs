//! The way of events from a job to whoever listens: steps all arrive, in order; gauges keep only the latest.
//!
//! The reporter neither waits nor fails, so a slow or absent listener never holds the laser.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use futures::Stream;

use crate::events::Event;

#[derive(Debug, Default)]
struct Shared {
    queue: VecDeque<Event>,
    waker: Option<Waker>,
    reporters: usize,
    listening: bool,
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    // Nothing panics while it is held, so a poisoned lock still guards whole data.
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The job's end. Cheap to clone.
#[derive(Debug)]
pub struct Reporter(Arc<Mutex<Shared>>);

/// The listener's end: a stream that ends when the last reporter is gone and all was delivered.
#[derive(Debug)]
pub struct Events(Arc<Mutex<Shared>>);

/// Both ends.
#[must_use]
pub fn channel() -> (Reporter, Events) {
    let shared = Arc::new(Mutex::new(Shared { reporters: 1, listening: true, ..Shared::default() }));
    (Reporter(shared.clone()), Events(shared))
}

impl Reporter {
    /// A reporter nobody listens to.
    #[must_use]
    pub fn silent() -> Self {
        channel().0
    }

    /// Tells one thing. A gauge replaces the gauge before it if that was not fetched yet.
    pub fn report(&self, event: Event) {
        let waker = {
            let mut shared = lock(&self.0);
            if !shared.listening {
                return;
            }
            match (&event, shared.queue.back_mut()) {
                (Event::Progress(_), Some(last @ Event::Progress(_))) => *last = event,
                _ => shared.queue.push_back(event),
            }
            shared.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// Events that were told and that nobody has fetched yet.
    #[must_use]
    pub fn waiting(&self) -> usize {
        lock(&self.0).queue.len()
    }

    /// Tells something worth saying that stops nothing.
    pub fn note(&self, code: &'static str, args: crate::Args) {
        self.report(Event::Note { code, args });
    }
}

impl Clone for Reporter {
    fn clone(&self) -> Self {
        lock(&self.0).reporters += 1;
        Reporter(self.0.clone())
    }
}

impl Drop for Reporter {
    fn drop(&mut self) {
        let waker = {
            let mut shared = lock(&self.0);
            shared.reporters -= 1;
            if shared.reporters == 0 { shared.waker.take() } else { None }
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl Events {
    /// What has been told and not been fetched, without waiting; `None` when there is nothing.
    pub fn try_next(&mut self) -> Option<Event> {
        lock(&self.0).queue.pop_front()
    }
}

impl Stream for Events {
    type Item = Event;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Event>> {
        let mut shared = lock(&self.0);
        match shared.queue.pop_front() {
            Some(event) => Poll::Ready(Some(event)),
            None if shared.reporters == 0 => Poll::Ready(None),
            None => {
                shared.waker = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        let mut shared = lock(&self.0);
        shared.listening = false;
        shared.queue.clear();
    }
}
