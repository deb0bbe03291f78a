//! Every command of a burn goes wrong once, in every way: the truth is told, the tray is free, the next job works, what
//! was there is there. `WEBBURN_LONG=1` takes every command and more kinds of discs; otherwise a share of them,
//! another share for each kind of fault and disc.

use webburn_scsi::{Sense, SenseKey, TransportErrorKind};
use webburn_sim::{Fault, FaultScript, Then, When};
use webburn_tests::long;
use webburn_tests::tap::Break;
use webburn_tests::trial::{Recipe, Trial};

fn recipes() -> Vec<Recipe> {
    let mut all = vec![
        Recipe::append("cd-r"),
        Recipe::first("cd-r"),
        Recipe::append("dvd+r"),
        Recipe::first("dvd+r"),
        Recipe::first("dvd+rw"),
        Recipe::append("bd-r"),
        Recipe::first("bd-r"),
    ];
    if long() {
        all.extend(["cd-rw", "dvd-rw", "bd-re", "dvd-ram"].map(Recipe::first));
        all.extend(["dvd-r", "bd-r-dl"].map(Recipe::append));
        all.extend(["cd-r", "dvd+r", "bd-r"].map(|disc| Recipe::append(disc).closing()));
    }
    all
}

/// How many commands the job has when nothing goes wrong.
fn undisturbed(recipe: Recipe) -> usize {
    let trial = Trial::prepare(recipe);
    let ran = trial.burn().expect("a whole wire");
    trial.judge(Some(&ran), true).unwrap_or_else(|e| panic!("{recipe:?} undisturbed: {e}"));
    assert_eq!(ran.outcome(), "verified", "{recipe:?}");
    trial.tap.log().len()
}

/// The commands that are disturbed: all, or one in `share` with another offset for each kind of fault and disc.
fn places(commands: usize, share: usize, offset: usize) -> impl Iterator<Item = usize> {
    let step = if long() { 1 } else { share };
    (offset % step..commands).step_by(step)
}

fn report(failed: &[String], tried: usize) {
    assert!(failed.is_empty(), "{} of {tried} trials:\n{}", failed.len(), failed[..failed.len().min(40)].join("\n"));
    assert!(tried > 80, "only {tried} trials");
}

#[test]
fn a_check_condition_at_every_command() {
    let senses = [
        (SenseKey::MediumError, 0x0C, 0x00),
        (SenseKey::MediumError, 0x73, 0x03),
        (SenseKey::HardwareError, 0x44, 0x00),
        (SenseKey::IllegalRequest, 0x24, 0x00),
        (SenseKey::IllegalRequest, 0x21, 0x02),
        (SenseKey::UnitAttention, 0x29, 0x00),
        (SenseKey::UnitAttention, 0x28, 0x00),
        (SenseKey::NotReady, 0x3A, 0x00),
        (SenseKey::NotReady, 0x04, 0x01),
        (SenseKey::NotReady, 0x04, 0x08),
        (SenseKey::AbortedCommand, 0x00, 0x00),
        (SenseKey::RecoveredError, 0x18, 0x00),
    ];
    let (mut failed, mut tried) = (Vec::new(), 0);
    for (number, recipe) in recipes().into_iter().enumerate() {
        let commands = undisturbed(recipe);
        for (kind, (key, asc, ascq)) in senses.into_iter().enumerate() {
            for at in places(commands, 61, kind * 5 + number * 3) {
                let trial = Trial::prepare(recipe);
                trial.tap.allow_at_most(20 * commands);
                let sense = Sense::fixed(key, asc, ascq);
                // RECOVERED ERROR says that it was done.
                let done = key == SenseKey::RecoveredError;
                trial.tap.break_at(at, if done { Break::CheckAfter(sense) } else { Break::Check(sense) });
                let ran = trial.burn();
                tried += 1;
                if let Err(e) = trial.judge(ran.as_ref(), true) {
                    let outcome = ran.as_ref().map_or("no drive".to_owned(), |r| r.outcome());
                    let command = webburn_mmc::describe(&trial.tap.log()[at].cdb, &[]);
                    failed.push(format!(
                        "{} (before {}, close {}): {:X}/{asc:02X}/{ascq:02X} at {at} {command}: {outcome}: {e}",
                        recipe.disc, recipe.before, recipe.close, key as u8
                    ));
                }
            }
        }
    }
    report(&failed, tried);
}

#[test]
fn the_wire_breaks_at_every_command() {
    let kinds = [
        (Break::Lost(TransportErrorKind::Disconnected), true),
        (Break::LostAfter(TransportErrorKind::Disconnected), true),
        (Break::Lost(TransportErrorKind::Timeout), false),
        (Break::LostAfter(TransportErrorKind::Timeout), false),
        (Break::LostAfter(TransportErrorKind::Protocol), false),
    ];
    let (mut failed, mut tried) = (Vec::new(), 0);
    for (number, recipe) in recipes().into_iter().enumerate() {
        let commands = undisturbed(recipe);
        for (kind, (how, stays)) in kinds.iter().enumerate() {
            for at in places(commands, 13, kind * 5 + number * 3) {
                let trial = Trial::prepare(recipe);
                trial.tap.allow_at_most(20 * commands);
                trial.tap.break_at(at, how.clone());
                if *stays {
                    trial.tap.stay_dead();
                }
                let ran = trial.burn();
                tried += 1;
                if let Err(e) = trial.judge(ran.as_ref(), !stays) {
                    let outcome = ran.as_ref().map_or("no drive".to_owned(), |r| r.outcome());
                    let command = webburn_mmc::describe(&trial.tap.log()[at].cdb, &[]);
                    failed.push(format!(
                        "{} (before {}, close {}): {how:?} at {at} {command}: {outcome}: {e}",
                        recipe.disc, recipe.before, recipe.close
                    ));
                }
            }
        }
    }
    report(&failed, tried);
}

#[test]
fn cancel_at_every_command() {
    let (mut failed, mut tried, mut stopped) = (Vec::new(), 0, 0);
    for (number, recipe) in recipes().into_iter().enumerate() {
        let commands = undisturbed(recipe);
        for at in places(commands, 5, number) {
            let trial = Trial::prepare(recipe);
            trial.tap.allow_at_most(20 * commands);
            let ran = trial.burn_cancelled_at(at);
            tried += 1;
            let outcome = ran.as_ref().map_or("no drive".to_owned(), |r| r.outcome());
            stopped += usize::from(outcome == "stopped");
            let known = matches!(outcome.as_str(), "stopped" | "verified" | "written" | "refused cancelled");
            let judged =
                if known { trial.judge(ran.as_ref(), true) } else { Err("no outcome of a cancelled job".to_owned()) };
            if let Err(e) = judged {
                let command = webburn_mmc::describe(&trial.tap.log()[at.min(trial.tap.log().len() - 1)].cdb, &[]);
                failed.push(format!(
                    "{} (before {}): cancelled at {at} {command}: {outcome}: {e}",
                    recipe.disc, recipe.before
                ));
            }
        }
    }
    report(&failed, tried);
    assert!(stopped > 10, "only {stopped} jobs were stopped");
}

#[test]
fn power_loss_at_every_command() {
    let (mut failed, mut tried) = (Vec::new(), 0);
    for (number, recipe) in recipes().into_iter().enumerate() {
        let commands = undisturbed(recipe);
        for at in places(commands, 5, number) {
            let trial = Trial::prepare(recipe);
            trial.tap.allow_at_most(20 * commands);
            let fault = Fault { when: When::Command(at as u64 + 1), then: Then::PowerLoss };
            trial.sim.with(|drive| drive.set_faults(FaultScript::of([fault])));
            let ran = trial.burn();
            tried += 1;
            if let Err(e) = trial.judge(ran.as_ref(), true) {
                let outcome = ran.as_ref().map_or("no drive".to_owned(), |r| r.outcome());
                let log = trial.tap.log();
                let command = webburn_mmc::describe(&log[at.min(log.len() - 1)].cdb, &[]);
                failed.push(format!(
                    "{} (before {}): power lost at {at} {command}: {outcome}: {e}",
                    recipe.disc, recipe.before
                ));
            }
        }
    }
    report(&failed, tried);
}
