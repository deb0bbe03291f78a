//! A stop, a loss of power, and a loss of power that takes the host with it, at commands spread over every recipe of every
//! medium: the truth is told, the tray is free, what was there is there, and the next job works: what was left open is
//! closed, and it is appended. A share of the commands, each recipe another, and one disturbance for each recipe;
//! `WEBBURN_LONG=1` takes every command of every recipe with all three.

use webburn_imapi::{FormatGoal, FormatOptions};
use webburn_scsi::TransportErrorKind;
use webburn_sim::{Fault, FaultScript, Then, When};
use webburn_tests::job::Ran;
use webburn_tests::long;
use webburn_tests::oracle;
use webburn_tests::tap::Break;
use webburn_tests::trial::{Recipe, Trial};
use webburn_tests::workbench::{Bench, goal, over};

const FIRST: [&str; 14] = [
    "cd-rw",
    "dvd-r",
    "dvd-r-dl-lj",
    "dvd-rw",
    "dvd-rw-ro",
    "dvd-ram",
    "dvd+r-dl",
    "dvd+rw-dl",
    "bd-r-dl",
    "bd-r-tl",
    "bd-re",
    "bd-re-tl",
    "bd-r-pow",
    "bd-r-rrm",
];
const APPEND: [&str; 6] = ["cd-rw", "dvd-r", "dvd-rw", "bd-r-dl", "bd-r-ql", "bd-r-pow"];
const AT_ONCE: [&str; 2] = ["dvd-r", "dvd-rw"];
const OVER: [&str; 4] = ["cd-rw", "dvd-rw-ro", "dvd-ram", "bd-r-pow"];
/// Only where there is time for it; `tests/faults.rs` has the commonest of them.
const LONG_FIRST: [&str; 8] =
    ["cd-r", "dvd-r-dl", "dvd+r", "dvd+rw", "bd-r", "bd-r-ql", "bd-re-dl", "dvd-ram:recorded"];
const LONG_APPEND: [&str; 4] = ["cd-r", "dvd+r", "bd-r", "bd-r-tl"];
const LONG_OVER: [&str; 6] = ["dvd-rw", "dvd+rw", "dvd+rw-dl", "bd-re", "bd-re-dl", "bd-re-tl"];
const LONG_CLOSING: [&str; 8] = ["cd-r", "cd-rw", "dvd-r", "dvd-rw", "dvd+r", "bd-r", "bd-r-dl", "bd-r-pow"];

/// In the quick run one command in so many.
const SHARE: usize = 43;

fn places(commands: usize, number: usize) -> impl Iterator<Item = usize> {
    let step = if long() { 1 } else { SHARE };
    (number * 3 % step..commands).step_by(step)
}

fn recipes() -> Vec<Recipe> {
    let mut all: Vec<Recipe> = FIRST.map(Recipe::first).into();
    all.extend(APPEND.map(Recipe::append));
    all.extend(OVER.map(Recipe::over));
    all.extend(AT_ONCE.map(|disc| Recipe::first(disc).at_once()));
    if long() {
        all.extend(LONG_FIRST.map(Recipe::first));
        all.extend(LONG_APPEND.map(Recipe::append));
        all.extend(LONG_OVER.map(Recipe::over));
        all.extend(LONG_CLOSING.map(|disc| Recipe::append(disc).closing()));
    }
    all
}

fn commands(recipe: Recipe) -> usize {
    let trial = Trial::prepare(recipe);
    let ran = trial.burn().expect("a whole wire");
    trial.judge(Some(&ran), true).unwrap_or_else(|e| panic!("{recipe:?} undisturbed: {e}"));
    assert_eq!(ran.outcome(), "verified", "{recipe:?}");
    trial.tap.log().len()
}

/// `disturb` gives how the burn ended, and whether the host lived through it. In the quick run each of the three
/// disturbances takes every third recipe.
fn spread(third: usize, disturb: impl Fn(&Trial, usize) -> (Option<Ran>, bool)) {
    let (mut failed, mut tried) = (Vec::new(), 0);
    for (number, recipe) in recipes().into_iter().enumerate() {
        if !long() && number % 3 != third {
            continue;
        }
        let commands = commands(recipe);
        for at in places(commands, number) {
            let trial = Trial::prepare(recipe);
            trial.tap.allow_at_most(20 * commands);
            let (ran, alive) = disturb(&trial, at);
            tried += 1;
            if let Err(error) = trial.judge(ran.as_ref(), alive) {
                let log = trial.tap.log();
                let command = webburn_mmc::describe(&log[at.min(log.len() - 1)].cdb, &[]);
                let outcome = ran.as_ref().map_or("no drive".to_owned(), |ran| ran.outcome());
                let (before, close, over, once) = (recipe.before, recipe.close, recipe.overwrite, recipe.at_once);
                failed.push(format!(
                    "{} (before {before}, close {close}, over {over}, at once {once}) at {at} {command}: {outcome}: {error}",
                    recipe.disc
                ));
                // The long run takes its time; what is wrong is told at once.
                eprintln!("{}", failed[failed.len() - 1]);
            }
        }
    }
    assert!(failed.is_empty(), "{} of {tried}:\n{}", failed.len(), failed.join("\n"));
    assert!(tried > 15, "only {tried} trials");
}

#[test]
fn stopped_anywhere() {
    spread(0, |trial, at| (trial.burn_cancelled_at(at), true));
}

#[test]
fn power_lost_anywhere() {
    spread(1, |trial, at| {
        let fault = Fault { when: When::Command(at as u64 + 1), then: Then::PowerLoss };
        trial.sim.with(|drive| drive.set_faults(FaultScript::of([fault])));
        (trial.burn(), true)
    });
}

/// The drive and the host go dark together: nobody closes anything, and whoever comes next finds the disc as it was left.
#[test]
fn power_lost_by_drive_and_host() {
    spread(2, |trial, at| {
        trial.tap.break_at(at, Break::Lost(TransportErrorKind::Disconnected));
        trial.tap.stay_dead();
        let ran = trial.burn();
        trial.sim.with(webburn_sim::SimDrive::power_cycle);
        (ran, false)
    });
}

/// What is done to a disc besides burning.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Erase { full: bool },
    Format(FormatOptions),
}

fn deeds() -> Vec<(&'static str, Deed)> {
    let quick = |wish| Deed::Format(goal(wish));
    let full = |wish| Deed::Format(FormatOptions { full: true, ..goal(wish) });
    let mut all = vec![
        ("cd-rw:recorded", Deed::Erase { full: false }),
        ("dvd-rw:recorded", Deed::Erase { full: false }),
        ("dvd-rw:recorded", quick(FormatGoal::Restricted)),
        ("dvd-rw-ro:recorded", quick(FormatGoal::Sequential)),
        ("dvd+rw", quick(FormatGoal::Background)),
        ("bd-re", quick(FormatGoal::Usual)),
        ("bd-r", quick(FormatGoal::SpareAreas)),
        ("dvd-ram:recorded", quick(FormatGoal::Usual)),
    ];
    if long() {
        all.extend([
            ("cd-rw:recorded", Deed::Erase { full: true }),
            ("dvd-rw:recorded", Deed::Erase { full: true }),
            ("dvd-rw-ro:recorded", Deed::Erase { full: false }),
            ("dvd-ram:recorded", Deed::Erase { full: false }),
            ("dvd+rw:recorded", Deed::Erase { full: false }),
            ("bd-re:recorded", Deed::Erase { full: false }),
            ("dvd-rw:recorded", full(FormatGoal::Restricted)),
            ("dvd-rw-ro:recorded", full(FormatGoal::Sequential)),
            ("dvd+rw:recorded", quick(FormatGoal::Background)),
            ("dvd+rw:format-stopped", quick(FormatGoal::Resume)),
            ("dvd+rw:format-running", quick(FormatGoal::Stop)),
            ("dvd+rw-dl", quick(FormatGoal::Background)),
            ("dvd-ram:recorded", full(FormatGoal::Usual)),
            ("bd-re", full(FormatGoal::Usual)),
            ("bd-re-tl", quick(FormatGoal::Usual)),
            ("bd-r", quick(FormatGoal::PseudoOverwrite)),
            ("bd-r", quick(FormatGoal::RandomRecording)),
            ("bd-r-ql", quick(FormatGoal::SpareAreas)),
        ]);
    }
    all
}

/// Does it; the hook that stops it, should `at` be given, hangs on that command.
fn deed(bench: &Bench, deed: Deed, at: Option<usize>) {
    match deed {
        Deed::Erase { full } => {
            let erase = std::sync::Arc::new(bench.eraser(full));
            if let Some(at) = at {
                let hand = erase.clone();
                bench.tap.when(at, move || hand.cancel_erase());
            }
            drop(pollster::block_on(erase.erase_media(&webburn_imapi::Reporter::silent())));
        }
        Deed::Format(options) => {
            let format = std::sync::Arc::new(bench.formatter(options));
            if let Some(at) = at {
                let hand = format.clone();
                bench.tap.when(at, move || hand.cancel());
            }
            drop(pollster::block_on(format.format(&webburn_imapi::Reporter::silent())));
        }
    }
}

/// Afterwards the disc is identified, and takes a job, or is first erased or formatted again.
fn usable(bench: &Bench) -> Result<(), String> {
    bench.sim.with(|drive| {
        drive.set_faults(FaultScript::default());
        let later = drive.now() + std::time::Duration::from_secs(8 * 3600);
        drive.advance_to(later);
    });
    bench.tap.restart();
    bench.tap.allow_at_most(5_000);
    if !oracle::is_unlocked(&bench.sim) {
        return Err("the tray was left locked".to_owned());
    }
    match bench.try_write(60, 3, over()) {
        Ok(job) => oracle::holds(&bench.sim, &job, 0)?,
        // A format of a write-once disc that broke off cannot be done again: the disc is spent, and that is said.
        Err(error) if error.code == "disc-damaged" && bench.name.starts_with("bd-r") && !bench.name.contains("re") => {}
        Err(error) => return Err(format!("the next job: {error}\n{}", oracle::text(&bench.sim))),
    }
    if bench.tap.is_flooded() { Err("the next job did not stop sending commands".to_owned()) } else { Ok(()) }
}

fn deeds_disturbed(disturb: impl Fn(&Bench, Deed, usize)) {
    let (mut failed, mut tried) = (Vec::new(), 0);
    for (number, (disc, what)) in deeds().into_iter().enumerate() {
        let bench = Bench::of(disc);
        bench.tap.restart();
        deed(&bench, what, None);
        // Polling fills hours; the places that matter are before, within and at the end.
        let commands = bench.tap.log().len();
        usable(&bench).unwrap_or_else(|error| panic!("{disc} {what:?} undisturbed: {error}"));
        let most = if long() { 120 } else { 12 };
        for at in places(commands, number).take(most) {
            let bench = Bench::of(disc);
            bench.tap.restart();
            disturb(&bench, what, at);
            tried += 1;
            if let Err(error) = usable(&bench) {
                failed.push(format!("{disc} {what:?} at {at}: {error}"));
            }
        }
    }
    assert!(failed.is_empty(), "{} of {tried}:\n{}", failed.len(), failed.join("\n"));
    assert!(tried > 6, "only {tried} trials");
}

#[test]
fn erasing_and_formatting_stopped_anywhere() {
    deeds_disturbed(|bench, what, at| deed(bench, what, Some(at)));
}

#[test]
fn power_lost_while_erasing_and_formatting() {
    deeds_disturbed(|bench, what, at| {
        let fault = Fault { when: When::Command(at as u64 + 1), then: Then::PowerLoss };
        bench.sim.with(|drive| drive.set_faults(FaultScript::of([fault])));
        deed(bench, what, None);
    });
}
