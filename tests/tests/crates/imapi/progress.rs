//! The way of events from a job to whoever listens.

use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures::StreamExt;
use webburn_imapi::Event;
use webburn_imapi::enums::DataWriteAction;
use webburn_imapi::events::{Fill, Phase, Progress};
use webburn_imapi::progress::channel;
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
    reporter.note("x", vec![]);
    assert_eq!(reporter.waiting(), 1);
    drop(events);
    assert_eq!(reporter.waiting(), 0);
    for k in 0..1000 {
        reporter.note("x", vec![("k", k.into())]);
    }
    assert_eq!(reporter.waiting(), 0);
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
