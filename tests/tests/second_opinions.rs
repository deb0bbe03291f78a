//! Our commands beside those of other programs, for the same input on the same kind of disc: the same bytes, or a reason
//! in words. The tables are `tests/suite/second-opinions/*.txt`, the reasons `reasons.toml` beside them.

use std::fmt::Write as _;

use serde::Deserialize;
use webburn_imapi::{DiscFormat2Data, DiscRecorder2, NoDigest, Outcome, Reporter};
use webburn_sector::{PatternSource, SectorCount};
use webburn_sim::Loopback;
use webburn_tests::clock::SimClock;
use webburn_tests::scenario::simulated;
use webburn_tests::second_opinion::{STEPS, Steps, of_log, of_recording};
use webburn_tests::tap::{Tap, Tapped};
use webburn_tests::{oracle, recorded, snapshot};

struct Table {
    name: &'static str,
    title: &'static str,
    disc: &'static str,
    sectors: u32,
    close: bool,
    programs: &'static [&'static str],
}

const TABLES: [Table; 5] = [
    Table {
        name: "cd-r-closed",
        title: "CD-R, 600 sectors, disc closed",
        disc: "cd-r",
        sectors: 600,
        close: true,
        programs: &[
            "cdrskin-cdr-tao",
            "wodim-cdr-tao",
            "cdrskin-cdr-sao",
            "wodim-cdr-dao",
            "cdrdao-data-generic-mmc",
            "xorrecord-cdr",
        ],
    },
    Table {
        name: "cd-r-open",
        title: "CD-R, 600 sectors, disc left open",
        disc: "cd-r",
        sectors: 600,
        close: false,
        programs: &["cdrskin-cdr-multi-1", "wodim-cdr-multi-1"],
    },
    Table {
        name: "dvd-plus-r-closed",
        title: "DVD+R, 1,000 sectors, disc closed",
        disc: "dvd+r",
        sectors: 1000,
        close: true,
        programs: &["cdrskin-dvdplusr", "growisofs-dvdplusr-compat", "xorrecord-dvdplusr", "wodim-dvdplusr"],
    },
    Table {
        name: "bd-r-closed",
        title: "BD-R, 1,000 sectors, disc closed",
        disc: "bd-r",
        sectors: 1000,
        close: true,
        programs: &["cdrskin-bdr", "cdrskin-bdr-stream", "xorrecord-bdr"],
    },
    Table {
        name: "bd-r-open",
        title: "BD-R, 1,000 sectors, disc left open",
        disc: "bd-r",
        sectors: 1000,
        close: false,
        programs: &["cdrskin-bdr-multi"],
    },
];

#[derive(Deserialize)]
struct Reasons {
    reason: Vec<Reason>,
}

/// Why a step of some programs differs from ours, in tables whose name begins with `table`.
#[derive(Deserialize)]
struct Reason {
    table: String,
    step: String,
    /// Programs whose recording's name begins with one of these.
    programs: Vec<String>,
    why: String,
}

fn ours(table: &Table) -> Steps {
    let sim = simulated("bd-burner", table.disc);
    let tap = Tap::new();
    pollster::block_on(async {
        let wire = Tapped::new(Loopback::new(sim.clone()), tap.clone());
        let recorder = DiscRecorder2::initialize("sim", wire, SimClock(sim.time())).await.expect("a drive");
        let data = DiscFormat2Data::new();
        data.set_recorder(Some(recorder)).expect("a recorder");
        data.set_client_name("webburn-tests").expect("a name");
        data.set_force_media_to_be_closed(table.close).expect("a switch");
        data.set_disable_consumer_dvd_compatibility_mode(true).expect("a switch");
        let mut source = PatternSource(SectorCount(table.sectors));
        let report = data.burn(&mut source, &mut NoDigest, &Reporter::silent()).await.unwrap_or_else(|e| panic!("{e}"));
        assert_ne!(report.outcome, Outcome::Stopped);
    });
    of_log(&tap.log(), |first, end| {
        oracle::sectors(&sim, first as i32, (end - first) as u32).expect("what was written can be read")
    })
}

/// Only the write parameters that hold while writing count; earlier ones ask what the drive accepts.
fn lines(steps: &Steps, step: &str) -> Vec<String> {
    let all = steps.of(step);
    match (step, all.len()) {
        ("write parameters", n) if n > 1 => vec![all[n - 1].clone()],
        _ => all.to_vec(),
    }
}

fn render(table: &Table, reasons: &Reasons, used: &mut [bool]) -> Result<String, String> {
    let ours = ours(table);
    let mut text = format!("{}\n", table.title);
    let mut missing = Vec::new();
    for (step, _) in STEPS {
        let mine = lines(&ours, step);
        let others: Vec<(&str, Vec<String>)> = table
            .programs
            .iter()
            .map(|program| (*program, lines(&of_recording(program, &recorded::host(program)), step)))
            .collect();
        if mine.is_empty() && others.iter().all(|(_, theirs)| theirs.is_empty()) {
            continue;
        }
        let _ = writeln!(text, "\n{step}");
        let show = |text: &mut String, who: &str, lines: &[String]| {
            for (i, line) in lines.iter().enumerate() {
                let _ = writeln!(text, "  {:<28}{line}", if i == 0 { who } else { "" });
            }
            if lines.is_empty() {
                let _ = writeln!(text, "  {who:<28}-");
            }
        };
        show(&mut text, "webburn", &mine);
        for (program, theirs) in &others {
            if theirs == &mine {
                let _ = writeln!(text, "  {program:<28}the same");
                continue;
            }
            show(&mut text, program, theirs);
            let reason = reasons.reason.iter().position(|r| {
                table.name.starts_with(&r.table)
                    && r.step == step
                    && r.programs.iter().any(|p| program.starts_with(p.as_str()))
            });
            match reason {
                Some(index) => {
                    used[index] = true;
                    let _ = writeln!(text, "  {:<28}^ {}", "", reasons.reason[index].why);
                }
                None => missing.push(format!(
                    "{}: {step}: {program}: no reason\n  ours   {mine:?}\n  theirs {theirs:?}",
                    table.name
                )),
            }
        }
    }
    if missing.is_empty() { Ok(text) } else { Err(missing.join("\n")) }
}

#[test]
fn every_difference_to_other_programs_has_a_reason() {
    let folder = snapshot::suite().join("second-opinions");
    let file = std::fs::read_to_string(folder.join("reasons.toml")).expect("reasons.toml");
    let reasons: Reasons = toml::from_str(&file).unwrap_or_else(|e| panic!("reasons.toml: {e}"));
    let mut used = vec![false; reasons.reason.len()];
    let mut failed = Vec::new();
    for table in &TABLES {
        match render(table, &reasons, &mut used) {
            Ok(text) => failed.extend(snapshot::check(&folder.join(format!("{}.txt", table.name)), &text).err()),
            Err(e) => failed.push(e),
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
    let idle: Vec<&str> = reasons.reason.iter().zip(&used).filter(|(_, u)| !**u).map(|(r, _)| r.why.as_str()).collect();
    assert!(idle.is_empty(), "reasons that explain nothing any more: {idle:#?}");
}
