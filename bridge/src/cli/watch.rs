//! Running a job beside its progress, and telling how it ended.

use std::future::Future;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

use futures::StreamExt;
use webburn_imapi::{DiscRecorder2, Error, Event, Events, Progress, StateQuery, code};

use super::drive::{Opened, Recorder};
use super::exit::End;
use super::json;
use super::output::{Manner, complain, draw};
use crate::texts;

/// How often a line of a terminal is drawn anew.
const REDRAW: Duration = Duration::from_millis(100);

/// What kind of job it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A burn, with all its phases.
    Burn,
    /// A burn of a CD below its user data. Blocks of its lead-in are shorter than sectors, so neither bytes nor a speed
    /// would be true.
    BurnCd,
    /// Reading alone: the engine calls it verifying, a person does not.
    Read,
}

impl Kind {
    fn phase(self, phase: &'static str) -> &'static str {
        if self == Kind::Read { "read" } else { phase }
    }
}

/// A recorder on an opened drive.
///
/// # Errors
/// As [`DiscRecorder2::initialize`].
pub async fn recorder(opened: Opened) -> Result<Recorder, Error> {
    DiscRecorder2::initialize(&opened.id, opened.transport, opened.clock).await
}

/// Runs `job` on a thread of its own, for its commands block; meanwhile shows its events, and calls `stop` on Ctrl+C.
///
/// `None` when the job's thread ended without a result.
pub fn run<R: Send + 'static>(
    manner: Manner,
    kind: Kind,
    events: Events,
    stop: impl Fn(),
    job: impl Future<Output = R> + Send + 'static,
) -> Option<R> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
    let worker = std::thread::Builder::new().name("job".into()).spawn(move || pollster::block_on(job)).ok()?;
    runtime.block_on(async {
        let interrupt = async {
            while tokio::signal::ctrl_c().await.is_ok() {
                stop();
            }
            std::future::pending::<()>().await;
        };
        // The stream ends when the job has let go of its reporter.
        tokio::select! {
            () = show(manner, kind, events) => {}
            () = interrupt => {}
        }
    });
    worker.join().ok()
}

async fn show(manner: Manner, kind: Kind, mut events: Events) {
    let mut screen = Screen { manner, kind, drawn: None, phase: "", tenth: 0 };
    while let Some(event) = events.next().await {
        screen.event(&event);
    }
    screen.clear();
}

/// What is on the terminal now.
struct Screen {
    manner: Manner,
    kind: Kind,
    /// When the bar was drawn.
    drawn: Option<Instant>,
    /// The phase last told, and the tenth of it last told in plain lines.
    phase: &'static str,
    tenth: u32,
}

impl Screen {
    fn event(&mut self, event: &Event) {
        match (self.manner, event) {
            (Manner::Json, event) => {
                if let Some(value) = json::event(event) {
                    self.manner.value(&value);
                }
            }
            (_, Event::Note { code, args }) => {
                if let Some(text) = texts::note(code, args) {
                    self.clear();
                    self.manner.line(text);
                }
            }
            (Manner::Terminal, Event::Progress(progress)) => self.bar(progress),
            (Manner::Plain, Event::Phase(phase)) => self.begins(phase.code()),
            (Manner::Plain, Event::Progress(progress)) => self.tenths(progress),
            (Manner::Terminal, Event::Phase(phase)) => {
                draw(&format!("{}…", texts::phase(self.kind.phase(phase.code()))))
            }
            (_, Event::Action(_)) => {}
        }
    }

    fn bar(&mut self, progress: &Progress) {
        if self.drawn.is_some_and(|drawn| drawn.elapsed() < REDRAW) {
            return;
        }
        self.drawn = Some(Instant::now());
        draw(&bar(self.kind, progress));
    }

    fn begins(&mut self, phase: &'static str) {
        if self.phase != phase {
            (self.phase, self.tenth) = (phase, 0);
            self.manner.line(format!("{}…", texts::phase(self.kind.phase(phase))));
        }
    }

    /// A line at each tenth: a log stays short.
    fn tenths(&mut self, progress: &Progress) {
        let Some(fraction) = progress.fraction else { return };
        let phase = progress.phase.code();
        self.begins(phase);
        let tenth = (fraction * 10.0) as u32;
        // Some drives' own figures go back and begin anew; a log only goes on.
        if tenth > self.tenth {
            self.tenth = tenth;
            self.manner.line(texts::gauge_line(self.kind.phase(phase), fraction, &figures(self.kind, progress)));
        }
    }

    fn clear(&mut self) {
        if self.manner == Manner::Terminal && std::io::stdout().is_terminal() {
            draw("");
        }
        self.drawn = None;
    }
}

/// `Writing   [#########·········] 42 %  10.4 of 24.8 GB  8.1×  6 min left`
fn bar(kind: Kind, progress: &Progress) -> String {
    const WIDTH: usize = 24;
    let phase = texts::phase(kind.phase(progress.phase.code()));
    let figures = figures(kind, progress);
    let Some(fraction) = progress.fraction else { return format!("{phase:<12} {figures}") };
    let full = (fraction.clamp(0.0, 1.0) * WIDTH as f64) as usize;
    let (done, open) = ("#".repeat(full), "·".repeat(WIDTH - full));
    format!("{phase:<12} [{done}{open}] {:>3.0} %  {figures}", (fraction * 100.0).floor())
}

fn figures(kind: Kind, progress: &Progress) -> String {
    let left = progress.remaining.map(|left| left.as_secs_f64());
    if kind == Kind::BurnCd {
        return texts::gauge(0, 0, 0.0, left);
    }
    texts::gauge(progress.sectors_done.0.into(), progress.sectors_total.0.into(), progress.times, left)
}

/// Tells a failure of the engine and what the disc is now; gives the end of the command.
pub fn tell_failure(manner: Manner, error: &Error, now: Option<&StateQuery>) -> End {
    debug_assert!(code::FAILURES.contains(&error.code), "{}", error.code);
    let mut args = error.args.clone();
    if let Some(lba) = error.lba
        && !args.iter().any(|(name, _)| *name == "lba")
    {
        args.push(("lba", lba.0.into()));
    }
    let sentence = texts::failure(error.code, &args)
        .unwrap_or_else(|| error.hresult.symbol().map_or(error.code, |symbol| symbol.meaning).to_owned());
    manner.value(&json::failure(error, &sentence, now));
    complain(&sentence);
    complain(&texts::details(&error.to_string()));
    if error.refused_before_writing {
        complain(texts::NOTHING_WRITTEN);
        return End::Refused;
    }
    if let Some(now) = now {
        complain(&texts::disc_now(now.status, now.free_sectors.0.into()));
    }
    End::Failed
}
