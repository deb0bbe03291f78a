//! Which phase has run and how it ended; phases of one lane wait here for phases of another.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::count;

/// One check, or one thing that must be built for the checks.
pub struct Phase {
    /// As printed.
    pub name: &'static str,
    /// Phases that must have passed before.
    pub after: &'static [&'static str],
    /// Does it; its output on success and on failure.
    pub run: fn() -> Result<String, String>,
}

/// How a phase ended.
pub enum Outcome {
    /// With so many tests in it; a check that does not count is one.
    Passed(u32),
    /// With this output.
    Failed(String),
    /// Not run, and why.
    Skipped(String),
    /// Not asked for.
    NotWanted,
}

/// A phase that ended.
pub struct Finished {
    /// Of the phase.
    pub name: &'static str,
    /// How.
    pub outcome: Outcome,
}

/// What the lanes share.
pub struct Board {
    all: Vec<&'static str>,
    finished: Mutex<Vec<Finished>>,
    news: Condvar,
    begun: Instant,
}

impl Board {
    /// A board for phases called `all`.
    pub fn new(all: Vec<&'static str>) -> Self {
        Board { all, finished: Mutex::new(Vec::new()), news: Condvar::new(), begun: Instant::now() }
    }

    /// Waits for what the phase needs, runs it and writes down how it ended.
    pub fn run(&self, phase: Phase, wanted: impl Fn(&str) -> bool) {
        let outcome = if !wanted(phase.name) {
            Outcome::NotWanted
        } else if let Some(missing) = phase.after.iter().find(|before| !self.has_passed(before)) {
            Outcome::Skipped(format!("because {missing} failed"))
        } else {
            let begun = Instant::now();
            let result = (phase.run)();
            self.tell(phase.name, begun.elapsed(), result.is_ok());
            match result {
                Ok(output) => Outcome::Passed(count::counts(&output).passed.max(1)),
                Err(output) => Outcome::Failed(output),
            }
        };
        let mut finished = self.finished.lock().unwrap_or_else(PoisonError::into_inner);
        finished.push(Finished { name: phase.name, outcome });
        self.news.notify_all();
    }

    fn tell(&self, name: &str, took: Duration, passed: bool) {
        let mark = if passed { "ok    " } else { "FAILED" };
        println!("{:6.1} s  {mark}  {name} ({:.1} s)", self.begun.elapsed().as_secs_f64(), took.as_secs_f64());
    }

    /// Waits for the end of a phase. One that was not asked for is taken to be in order.
    fn has_passed(&self, name: &str) -> bool {
        debug_assert!(self.all.contains(&name), "{name} is no phase");
        let mut finished = self.finished.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(found) = finished.iter().find(|f| f.name == name) {
                return matches!(found.outcome, Outcome::Passed(_) | Outcome::NotWanted);
            }
            finished = self.news.wait(finished).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Every phase in the order in which they ended.
    pub fn into_results(self) -> Vec<Finished> {
        self.finished.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}
