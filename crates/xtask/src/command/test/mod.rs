//! `cargo xtask test`: every check, lanes side by side, times and counts.

mod board;
mod browser;
mod count;
mod phases;
mod rust;

use std::time::Instant;

use board::{Board, Outcome};
pub use browser::chromium;

/// Runs the phases whose names contain one of `names`, or all; with `--long` those of the longer suites.
///
/// # Errors
/// When a phase failed; its output has been printed.
pub fn test(names: &[String]) -> Result<(), String> {
    let begun = Instant::now();
    let (long, names): (Vec<&String>, Vec<&String>) = names.iter().partition(|name| *name == "--long");
    let lanes = if long.is_empty() { phases::lanes() } else { phases::long_lanes() };
    let wanted = |name: &str| names.is_empty() || names.iter().any(|wanted| name.contains(wanted.as_str()));
    let known: Vec<&str> = lanes.iter().flatten().map(|phase| phase.name).collect();
    if let Some(unknown) = names.iter().find(|name| !known.iter().any(|phase| phase.contains(name.as_str()))) {
        return Err(format!("no phase is called `{unknown}`; there are: {}", known.join(", ")));
    }
    let board = Board::new(known);
    std::thread::scope(|scope| {
        for lane in lanes {
            let board = &board;
            scope.spawn(move || lane.into_iter().for_each(|phase| board.run(phase, wanted)));
        }
    });
    report(&board.into_results(), begun)
}

fn report(results: &[board::Finished], begun: Instant) -> Result<(), String> {
    for finished in results {
        if let Outcome::Failed(output) = &finished.outcome {
            println!("\n──── {} failed ────\n{}", finished.name, output.trim_end());
        }
    }
    let mut passed = 0;
    let mut failed = 0;
    for finished in results {
        match &finished.outcome {
            Outcome::Passed(count) => passed += count,
            Outcome::Failed(output) => {
                let counts = count::counts(output);
                passed += counts.passed;
                failed += counts.failed.max(1);
            }
            Outcome::Skipped(why) => {
                println!("{}: not run, {why}", finished.name);
                // A phase that could not run has shown nothing.
                failed += 1;
            }
            Outcome::NotWanted => {}
        }
    }
    println!("\n{:.0} s in all", begun.elapsed().as_secs_f64());
    println!("{passed} passed, {failed} failed");
    if failed == 0 { Ok(()) } else { Err("not every check passed".to_owned()) }
}
