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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::enums::DataWriteAction;
    use crate::events::{Fill, Phase, Progress};
    use futures::StreamExt;
    use std::time::Duration;
    use webburn_sector::{Lba, SectorCount};

    fn gauge(done: u32) -> Event {
        Event::Progress(Box::new(Progress {
            phase: Phase::Write,
            action: DataWriteAction::WritingData,
            fraction: None,
            sectors_done: SectorCount(done),
            sectors_total: SectorCount(10),
            bytes_per_second: 0.0,
            times: 0.0,
            elapsed: Duration::ZERO,
            remaining: None,
            total: None,
            host_buffer: Fill::default(),
            drive_buffer: None,
            start_lba: Lba::ZERO,
            sector_count: SectorCount(10),
            last_read_lba: Lba::ZERO,
            last_written_lba: Lba::ZERO,
        }))
    }

    #[test]
    fn steps_all_arrive_in_order_and_gauges_keep_the_latest() {
        let (reporter, mut events) = channel();
        reporter.report(Event::Phase(Phase::Prepare));
        reporter.report(gauge(1));
        reporter.report(gauge(2));
        reporter.report(Event::Phase(Phase::Write));
        reporter.report(gauge(3));
        reporter.note("x", vec![]);
        reporter.report(gauge(4));
        drop(reporter);
        let mut seen = Vec::new();
        while let Some(event) = pollster::block_on(events.next()) {
            seen.push(event);
        }
        assert_eq!(
            seen,
            [
                Event::Phase(Phase::Prepare),
                gauge(2),
                Event::Phase(Phase::Write),
                gauge(3),
                Event::Note { code: "x", args: vec![] },
                gauge(4)
            ]
        );
    }

    #[test]
    fn a_reporter_without_a_listener_keeps_nothing() {
        let (reporter, events) = channel();
        drop(events);
        for k in 0..1000 {
            reporter.note("x", vec![("k", k.into())]);
        }
        assert!(lock(&reporter.0).queue.is_empty());
    }

    #[test]
    fn a_waiting_listener_is_woken_and_the_end_is_seen() {
        let (reporter, mut events) = channel();
        let (waker, count) = futures_test_waker();
        let mut cx = Context::from_waker(&waker);
        assert!(events.poll_next_unpin(&mut cx).is_pending());
        reporter.report(gauge(1));
        assert_eq!(count.load(std::sync::atomic::Ordering::SeqCst), 1);
        assert!(events.poll_next_unpin(&mut cx).is_ready());
        assert!(events.poll_next_unpin(&mut cx).is_pending());
        drop(reporter);
        assert_eq!(count.load(std::sync::atomic::Ordering::SeqCst), 2);
        assert!(matches!(events.poll_next_unpin(&mut cx), Poll::Ready(None)));
    }

    struct Count(Arc<std::sync::atomic::AtomicUsize>);
    impl std::task::Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        }
    }

    fn futures_test_waker() -> (Waker, Arc<std::sync::atomic::AtomicUsize>) {
        let count = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        (Waker::from(Arc::new(Count(count.clone()))), count)
    }
}
