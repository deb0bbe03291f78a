//! Every kind of disc in every state it can be in: what is found, what IMAPI2 calls it, what would be done. One text per
//! medium in `tests/matrix`, read against the standard by hand; `WEBBURN_BLESS=1` writes them anew.

use std::fmt::Write as _;
use std::path::Path;

use webburn_drive::{Drive, Media};
use webburn_imapi::plan::{FormatOptions, plan, plan_erase, plan_format};
use webburn_imapi::{Options, multisession, state};
use webburn_scsi::Status;
use webburn_sector::{Lba, SectorCount};
use webburn_sim::{Disc, Loopback, MediumKind, Personality, SharedSim, SimDrive, VirtualTime};
use webburn_tests::clock::SimClock;
use webburn_tests::discs::{self, State};
use webburn_tests::job::plan_text;
use webburn_tests::line::Wire;
use webburn_tests::recorded;
use webburn_tests::replay::ReplayDrive;
use webburn_tests::snapshot;
use webburn_tests::tap::{Entry, Tap};

/// Ten thousand sectors.
const IMAGE: u64 = 10_000 * 2048;

/// Looks at `disc` in the burner for everything; the commands are those of the look alone.
fn look(disc: Disc) -> (Media, Vec<Entry>) {
    look_with(Personality::bd_burner(), Some(disc)).expect("a disc that this drive takes")
}

/// `None` when the drive does not take the disc.
fn look_with(personality: Personality, disc: Option<Disc>) -> Option<(Media, Vec<Entry>)> {
    let mut drive = SimDrive::new(personality);
    if let Some(disc) = disc {
        drop(drive.load(disc));
    }
    let sim = SharedSim::new(drive);
    let tap = Tap::new();
    let mut host = Drive::new(Wire::Loopback(Loopback::new(sim.clone())).line(&tap), SimClock(sim.time()));
    pollster::block_on(async {
        match host.wait_ready().await {
            Err(error) if error.triple() == Some((2, 0x30, 0x00)) => return None,
            ready => ready.expect("the drive is ready"),
        };
        tap.restart();
        host.identify().await.expect("an answer");
        let commands = tap.log();
        let media = host.look_for_content().await.expect("an answer");
        Some(((*media).clone(), commands))
    })
}

fn lba(address: Option<Lba>) -> String {
    address.map_or("none".to_owned(), |lba| lba.0.to_string())
}

fn count(sectors: Option<SectorCount>) -> String {
    sectors.map_or("not known".to_owned(), |sectors| sectors.0.to_string())
}

fn found(media: &Media, commands: usize) -> String {
    let mut text = String::new();
    let kind = media.kind;
    let _ = writeln!(
        text,
        "{} (profile {:04X}h), layers {}, {commands} commands",
        kind.name(),
        media.profile,
        media.layers
    );
    let _ = writeln!(
        text,
        "drive: disc {:?}, last session {:?}, format {:?}, background {:?}",
        media.status, media.last_session, media.format, media.background
    );
    for session in &media.sessions {
        let state = if session.open { "open" } else { "closed" };
        let end = if session.end > session.start { (session.end.0 - 1).to_string() } else { "nothing".to_owned() };
        let _ = writeln!(text, "session {} {state}: {}..{end}", session.number, session.start.0);
    }
    for track in &media.tracks {
        let mut words = Vec::new();
        for (set, word) in [
            (track.blank, "blank"),
            (track.reserved, "reserved"),
            (track.packet, "incremental"),
            (track.damaged, "damaged"),
        ] {
            if set {
                words.push(word);
            }
        }
        let _ = writeln!(
            text,
            "track {}: start {}, {} sectors, next {}, last {}, free {}{}{}",
            track.number,
            track.start.0,
            track.sectors.0,
            lba(track.next_writable),
            lba(track.last_recorded),
            track.free.0,
            if words.is_empty() { "" } else { "; " },
            words.join(", ")
        );
    }
    for offer in &media.offers {
        let _ =
            writeln!(text, "offers format {:02X}h: {} sectors, {:06X}h", offer.kind, offer.sectors.0, offer.parameter);
    }
    if let Some(first) = media.layer_zero {
        let fixed = if media.layer_zero_fixed { ", set" } else { "" };
        let _ = writeln!(text, "first layer: {} sectors{fixed}", first.0);
    }
    if let Some(left) = media.replacements {
        let _ = writeln!(text, "replacements left: {left}");
    }
    let bits = state::media_status(media);
    let _ = writeln!(text, "CurrentMediaStatus 0x{:04X} {}", bits.0, bits.names().join(" | "));
    let protect = state::write_protect_status(media);
    if protect.0 != 0 {
        let _ = writeln!(text, "WriteProtectStatus 0x{:04X} {}", protect.0, protect.names().join(" | "));
    }
    let _ = writeln!(
        text,
        "blank {} (looks blank {}), total {}, free {}, next {}, write unit {}",
        media.physically_blank(),
        state::looks_blank(media),
        count(state::total_sectors(media)),
        count(state::free_sectors(media)),
        lba(state::next_writable_address(media)),
        media.write_unit.0
    );
    let _ = writeln!(
        text,
        "last written {}; previous session {} to {}",
        lba(media.last_written),
        lba(state::start_of_previous_session(media)),
        lba(multisession::last_of_previous_session(media))
    );
    text
}

fn cell(disc: Disc) -> String {
    let (media, commands) = look(disc);
    found(&media, commands.len()) + &planned(&media)
}

fn planned(media: &Media) -> String {
    let mut text = String::new();
    let plain = Options::default();
    let over = Options { force_overwrite: true, ..Options::default() };
    let burn = plan_text(&plan(media, IMAGE, &plain));
    let _ = write!(text, "write: {burn}");
    let replaced = plan_text(&plan(media, IMAGE, &over));
    if replaced != burn {
        let _ = write!(text, "write over: {replaced}");
    }
    let _ = write!(text, "erase: {}", plan_text(&plan_erase(media, false)));
    let _ = write!(text, "format: {}", plan_text(&plan_format(media, &FormatOptions::default())));
    text
}

#[test]
fn every_medium_in_every_state() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("matrix");
    let mut wrong = Vec::new();
    for kind in MediumKind::ALL {
        let mut text = format!("{} ({})\n", kind.name(), kind.id());
        for state in State::ALL {
            match discs::disc(kind, state) {
                Ok(disc) => {
                    let _ = write!(text, "\n## {}\n{}", state.name(), cell(disc));
                }
                Err(_) if state.special() => {}
                Err(why) => {
                    let _ = write!(text, "\n## {}\nno such disc: {why}\n", state.name());
                }
            }
        }
        if let Err(error) = snapshot::check(&folder.join(format!("{}.txt", kind.id())), &text) {
            wrong.push(error);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What of `commands` was too much or refused.
fn superfluous(name: &str, commands: &[Entry]) -> Vec<String> {
    let mut wrong = Vec::new();
    if commands.len() > 30 {
        wrong.push(format!("{name}: {} commands", commands.len()));
    }
    let good = |entry: &Entry| entry.completion.as_ref().is_some_and(|c| c.status == Status::Good);
    let refused = commands.iter().filter(|entry| !good(entry));
    wrong.extend(refused.map(|entry| format!("{name}: {:02X?} gave {:?}", entry.cdb, entry.completion)));
    wrong
}

/// Every drive with every disc in every state: thirty commands at most, and none that a drive of that kind refuses with
/// that disc in it. The one exception is the question whether an empty drive is ready.
#[test]
fn identification_is_short_and_asks_nothing_that_is_refused() {
    let (mut wrong, mut looks) = (Vec::new(), 0);
    for id in Personality::ids() {
        let personality = || Personality::by_id(id).expect("a drive");
        for kind in MediumKind::ALL {
            for state in State::ALL {
                let Ok(disc) = discs::disc(kind, state) else { continue };
                let taken = look_with(personality(), Some(disc));
                let writes = personality().can_write(kind);
                assert!(taken.is_some() || !writes, "{id}: {} {}", kind.id(), state.name());
                let Some((media, commands)) = taken else { continue };
                wrong.extend(superfluous(&format!("{id}: {} {}", kind.id(), state.name()), &commands));
                assert!(media.kind.present(), "{id}: {} {}", kind.id(), state.name());
                looks += 1;
            }
        }
        let (media, commands) = look_with(personality(), None).expect("an answer");
        assert!(!media.kind.present(), "{id}");
        let asked: Vec<Entry> = commands.into_iter().filter(|entry| entry.cdb[0] != 0x00).collect();
        wrong.extend(superfluous(&format!("{id}: empty"), &asked));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(looks > 350, "only {looks} looks");
}

/// The three recorded drives, which only read and know few questions: what is found all the same, what they refused, and
/// what is refused to the one who wants to write. None of it changes anything in the drive.
#[test]
fn recorded_drives() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("matrix/recorded");
    let mut wrong = Vec::new();
    for name in recorded::names("devices") {
        let clock = SimClock(VirtualTime::new());
        let mut host = Drive::new(ReplayDrive::new(&name), clock);
        let media = pollster::block_on(async {
            host.wait_ready().await.expect("the drive is ready");
            host.look_for_content().await.expect("an answer")
        });
        let asked = host.transport().asked.clone();
        let mut text = format!("{name}\n\n{}{}\nrefused on the way\n", found(&media, asked.len()), planned(&media));
        for (cdb, sense) in &asked {
            if let Some((key, asc, ascq)) = sense {
                let _ = writeln!(text, "  {}: {key:X}/{asc:02X}/{ascq:02X}", webburn_mmc::describe(cdb, &[]));
            }
        }
        assert!(asked.len() <= 30, "{name}: {} commands", asked.len());
        let changes = [0x04, 0x2A, 0x2E, 0x35, 0x53, 0x54, 0x55, 0x5B, 0x5D, 0xA1, 0xAA, 0xB6, 0xBB, 0xBF];
        assert!(asked.iter().all(|(cdb, _)| !changes.contains(&cdb[0])), "{name}: {asked:02X?}");
        wrong.extend(snapshot::check(&folder.join(format!("{name}.txt")), &text).err());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
