//! A stop and a loss of power at commands spread over the burn of every medium that has a recipe of its own: the truth is
//! told, the tray is free, and the next job works, or the disc is closed. A share of the commands, each medium another.

use webburn_sim::{Fault, FaultScript, Then, When};
use webburn_tests::trial::{Recipe, Trial};

const FIRST: [&str; 13] = [
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
];
const APPEND: [&str; 5] = ["dvd-r", "dvd-rw", "bd-r-dl", "bd-r-ql", "dvd-ram"];

fn recipes() -> impl Iterator<Item = Recipe> {
    FIRST.map(Recipe::first).into_iter().chain(APPEND.map(Recipe::append))
}

fn commands(recipe: Recipe) -> usize {
    let trial = Trial::prepare(recipe);
    let ran = trial.burn().expect("a whole wire");
    trial.judge(Some(&ran), true).unwrap_or_else(|e| panic!("{recipe:?} undisturbed: {e}"));
    assert_eq!(ran.outcome(), "verified", "{recipe:?}");
    trial.tap.log().len()
}

fn spread(disturb: impl Fn(&Trial, usize) -> Option<webburn_tests::job::Ran>) {
    let (mut failed, mut tried) = (Vec::new(), 0);
    for (number, recipe) in recipes().enumerate() {
        let commands = commands(recipe);
        for at in (number % 7..commands).step_by(7) {
            let trial = Trial::prepare(recipe);
            trial.tap.allow_at_most(20 * commands);
            let ran = disturb(&trial, at);
            tried += 1;
            if let Err(error) = trial.judge(ran.as_ref(), true) {
                let log = trial.tap.log();
                let command = webburn_mmc::describe(&log[at.min(log.len() - 1)].cdb, &[]);
                let outcome = ran.as_ref().map_or("no drive".to_owned(), |ran| ran.outcome());
                failed
                    .push(format!("{} (before {}) at {at} {command}: {outcome}: {error}", recipe.disc, recipe.before));
            }
        }
    }
    assert!(failed.is_empty(), "{} of {tried}:\n{}", failed.len(), failed.join("\n"));
    assert!(tried > 100, "only {tried} trials");
}

#[test]
fn stopped_anywhere() {
    spread(Trial::burn_cancelled_at);
}

#[test]
fn power_lost_anywhere() {
    spread(|trial, at| {
        let fault = Fault { when: When::Command(at as u64 + 1), then: Then::PowerLoss };
        trial.sim.with(|drive| drive.set_faults(FaultScript::of([fault])));
        trial.burn()
    });
}
