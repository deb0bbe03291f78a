//! Our commands beside those of other programs, for the same input on the same kind of disc: the same bytes, or a reason
//! in words. The tables are `tests/suite/second-opinions/*.txt`, the reasons `reasons.toml` beside them.

use std::fmt::Write as _;

use serde::Deserialize;
use webburn_imapi::{DiscFormat2Data, DiscRecorder2, NoDigest, Outcome, Reporter};
use webburn_sector::{PatternSource, SectorCount};
use webburn_sim::Loopback;
use webburn_tests::clock::SimClock;
use webburn_tests::line::Wire;
use webburn_tests::scenario::simulated;
use webburn_tests::second_opinion::{STEPS, Steps, of_log, of_recording};
use webburn_tests::tap::Tap;
use webburn_tests::{oracle, recorded, snapshot};

/// What is done with the disc.
#[derive(Clone, Copy)]
enum Work {
    /// So many sectors are burnt, behind a session of `before` sectors that was left open for more.
    Burn { before: u32, sectors: u32, close: bool },
    /// A burn is refused, with this code.
    Refused(&'static str),
    /// The disc is looked at.
    Look,
}

struct Table {
    name: &'static str,
    title: &'static str,
    disc: &'static str,
    work: Work,
    programs: &'static [&'static str],
}

const fn burn(sectors: u32, close: bool) -> Work {
    Work::Burn { before: 0, sectors, close }
}

const TABLES: [Table; 11] = [
    Table {
        name: "cd-r-closed",
        title: "CD-R, 600 sectors, disc closed",
        disc: "cd-r",
        work: burn(600, true),
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
        work: burn(600, false),
        programs: &["cdrskin-cdr-multi-1", "wodim-cdr-multi-1", "cdrskin-cdr-sao-multi-1"],
    },
    Table {
        name: "cd-r-appended",
        title: "CD-R, 450 sectors behind a session of 600, disc closed",
        disc: "cd-r",
        work: Work::Burn { before: 600, sectors: 450, close: true },
        programs: &["cdrskin-cdr-multi-2", "wodim-cdr-multi-2"],
    },
    Table {
        name: "cd-r-refused",
        title: "CD-R that is closed: a burn is asked for, or the disc looked at",
        disc: "cd-r:recorded",
        work: Work::Refused("disc-closed"),
        programs: &["cdrskin-refused-closed-cdr", "wodim-refused-closed-cdr", "xorriso-inspect-closed-cdr"],
    },
    Table {
        name: "cd-r-looked-at",
        title: "Blank CD-R, looked at",
        disc: "cd-r",
        work: Work::Look,
        programs: &["cdrskin-inspect-blank-cdr", "wodim-inspect-blank-cdr", "mediainfo-inspect-blank-cdr"],
    },
    Table {
        name: "dvd-plus-r-closed",
        title: "DVD+R, 1,000 sectors, disc closed",
        disc: "dvd+r",
        work: burn(1000, true),
        programs: &["cdrskin-dvdplusr", "growisofs-dvdplusr-compat", "xorrecord-dvdplusr", "wodim-dvdplusr"],
    },
    Table {
        name: "dvd-plus-r-open",
        title: "DVD+R, 1,000 sectors, disc left open",
        disc: "dvd+r",
        work: burn(1000, false),
        programs: &["cdrskin-dvdplusr-multi-1", "growisofs-dvdplusr"],
    },
    Table {
        name: "dvd-plus-r-refused",
        title: "DVD+R that is closed: another session is asked for",
        disc: "dvd+r:recorded",
        work: Work::Refused("disc-closed"),
        programs: &["cdrskin-dvdplusr-multi-2"],
    },
    Table {
        name: "bd-r-closed",
        title: "BD-R, 1,000 sectors, disc closed",
        disc: "bd-r",
        work: burn(1000, true),
        programs: &["cdrskin-bdr", "cdrskin-bdr-stream", "xorrecord-bdr"],
    },
    Table {
        name: "bd-r-open",
        title: "BD-R, 1,000 sectors, disc left open",
        disc: "bd-r",
        work: burn(1000, false),
        programs: &["cdrskin-bdr-multi", "growisofs-bdr"],
    },
    Table {
        name: "no-disc",
        title: "An empty drive: a burn is asked for",
        disc: "none",
        work: Work::Refused("no-disc"),
        programs: &[
            "cdrdao-no-medium",
            "cdrskin-no-medium",
            "growisofs-no-medium",
            "wodim-no-medium",
            "xorriso-no-medium",
        ],
    },
];

/// Recordings without a table here, and why.
const ELSEWHERE: [(&str, &str); 4] = [
    ("-audio-", "audio: not the data writer's"),
    ("-mixed-", "data and audio in one session: not the data writer's"),
    ("cdrdao-multi", "audio in a session left open: not the data writer's"),
    ("-dummy", "a test write, which IMAPI2 does not have"),
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
        let wire = Wire::Loopback(Loopback::new(sim.clone())).line(&tap);
        let recorder = DiscRecorder2::initialize("sim", wire, SimClock(sim.time())).await.expect("a drive");
        let data = DiscFormat2Data::new();
        data.set_recorder(Some(recorder.clone())).expect("a recorder");
        data.set_client_name("webburn-tests").expect("a name");
        data.set_disable_consumer_dvd_compatibility_mode(true).expect("a switch");
        let burn = async |sectors: u32, close: bool| {
            data.set_force_media_to_be_closed(close).expect("a switch");
            tap.restart();
            data.burn(&mut PatternSource(SectorCount(sectors)), &mut NoDigest, &Reporter::silent()).await
        };
        match table.work {
            Work::Burn { before, sectors, close } => {
                if before > 0 {
                    burn(before, false).await.unwrap_or_else(|e| panic!("{}: {e}", table.name));
                }
                let report = burn(sectors, close).await.unwrap_or_else(|e| panic!("{}: {e}", table.name));
                assert_ne!(report.outcome, Outcome::Stopped);
            }
            Work::Refused(code) => {
                assert_eq!(burn(600, true).await.expect_err("refused").code, code, "{}", table.name);
            }
            Work::Look => {
                tap.restart();
                recorder.state_query().await.unwrap_or_else(|e| panic!("{}: {e}", table.name));
            }
        }
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
    let mut nothing = true;
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
        nothing = false;
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
    if nothing {
        let _ = writeln!(text, "\nnothing that changes anything, by webburn or by");
        table.programs.iter().for_each(|program| {
            let _ = writeln!(text, "  {program}");
        });
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

#[test]
fn every_recorded_program_is_laid_beside_ours() {
    let names = recorded::names("hosts");
    assert!(names.len() > 30, "{names:?}");
    let told = |name: &str| ELSEWHERE.iter().find(|(part, _)| name.contains(part)).map(|(_, why)| *why);
    for name in names {
        let tables = TABLES.iter().filter(|table| table.programs.contains(&name.as_str())).count();
        match told(&name) {
            None => assert_eq!(tables, 1, "{name}"),
            Some(why) => assert_eq!(tables, 0, "{name}: {why}"),
        }
    }
}
