//! One scenario reads the same at SCSI loopback, as bulk-only bytes and over the relay; and it reads what its folder says.

use webburn_tests::scenario::{self, Height, Texts};
use webburn_tests::snapshot;

fn check(name: &str) -> Result<(), String> {
    let scenario = scenario::load(name);
    let mut first: Option<(Height, Texts)> = None;
    for height in Height::ALL {
        let texts = scenario::play(&scenario, height).map_err(|e| format!("{name} at {height:?}: {e}"))?;
        match &first {
            None => first = Some((height, texts)),
            Some((lower, wanted)) => {
                for (what, a, b) in [
                    ("plan", &wanted.plan, &texts.plan),
                    ("transcript", &wanted.transcript, &texts.transcript),
                    ("disc", &wanted.disc, &texts.disc),
                ] {
                    if a != b {
                        let line = a.lines().zip(b.lines()).position(|(x, y)| x != y);
                        return Err(format!(
                            "{name}: {what} differs between {lower:?} and {height:?} at line {line:?}:\n{a}\n---\n{b}"
                        ));
                    }
                }
            }
        }
    }
    let (_, texts) = first.ok_or("no height")?;
    let folder = snapshot::suite().join(name);
    let checks = [
        snapshot::check(&folder.join("plan.txt"), &texts.plan),
        snapshot::check(&folder.join("transcript.txt"), &texts.transcript),
        snapshot::check(&folder.join("disc.txt"), &texts.disc),
    ];
    checks.into_iter().find(Result::is_err).unwrap_or(Ok(()))
}

#[test]
fn every_scenario_reads_the_same_at_every_height() {
    let names = scenario::names();
    assert!(names.len() >= 10, "the suite was not found");
    let failed: Vec<String> = names.iter().filter_map(|name| check(name).err()).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}
