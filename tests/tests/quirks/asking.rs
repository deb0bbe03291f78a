//! What drives tell otherwise than it is.

use crate::burning::slow_loader;
use webburn_drive::media::{Media, Track};
use webburn_imapi::{Cancel, Options, Reporter};
use webburn_sector::SectorCount;
use webburn_sim::Disc;
use webburn_tests::job::JobSource;
use webburn_tests::workbench::{Bench, closing};

/// Media that take session after session.
const SESSIONS: [&str; 5] = ["cd-r", "dvd-r", "dvd-rw", "dvd+r", "bd-r"];

/// What the host reads of the disc.
pub fn read(bench: &Bench) -> Vec<u8> {
    let mut found = Vec::new();
    let (reporter, cancel) = (Reporter::silent(), Cancel::new());
    let read = bench.recorder.read_disc(&mut found, &reporter, &cancel);
    pollster::block_on(read).unwrap_or_else(|error| panic!("{}: {error}", bench.name));
    found
}

fn bytes(job: &JobSource) -> Vec<u8> {
    (0..job.bytes / 2048).flat_map(|sector| job.sector(sector)).collect()
}

/// The same jobs on a drive and on one without fault: the host sees the same discs.
fn sees_what_others_see(drive: &str, disc: &str) {
    let (odd, plain) = (Bench::odd(drive, disc), Bench::of(disc));
    let shape = |media: &Media| {
        let tracks: Vec<(u16, u16, i32, SectorCount)> =
            media.tracks.iter().map(|t: &Track| (t.number, t.session, t.start.0, t.sectors)).collect();
        let last = if media.kind.family() == webburn_drive::media::Family::Cd { None } else { media.last_written };
        (media.status, media.session_count, tracks, media.next_writable, media.free, last)
    };
    let mut start = 0;
    for (salt, options) in [(1, Options::default()), (2, Options::default()), (3, closing())] {
        for bench in [&odd, &plain] {
            bench.write(900 + salt as u32, salt, start, options.clone());
        }
        let (seen, true_one) = (odd.media(), plain.media());
        assert_eq!(shape(&seen), shape(&true_one), "{}", odd.name);
        start = seen.next_writable.map_or(0, |next| next.0);
    }
    assert_eq!(odd.refused(10, Options::default()), plain.refused(10, Options::default()));
}

#[test]
fn gives_a_next_address_before_the_track() {
    for drive in ["pioneer-bdr-205", "lite-on-ltr-48125s"] {
        let bench = Bench::odd(drive, "cd-r");
        let raw = bench.media();
        assert_eq!(raw.next_writable.map(|next| next.0), Some(0), "{drive}");
        bench.write(400, 1, 0, Options::default());
        let first = &bench.sent(0x2A)[0];
        assert_eq!(first.cdb[2..6], [0; 4], "{drive}");
        let start = bench.next();
        bench.write(400, 2, start, Options::default());
    }
}

#[test]
fn wants_the_mode_page_before_track_information() {
    let bench = slow_loader("cd-r");
    let first = bench.write(400, 1, 0, Options::default());
    let log = bench.tap.log();
    let refused = log.iter().position(|entry| entry.sense() == Some((5, 0x2C, 0x00))).expect("it refuses");
    assert_eq!(log[refused].cdb[0], 0x52);
    let after: Vec<u8> = log[refused + 1..].iter().map(|entry| entry.cdb[0]).take(3).collect();
    assert_eq!(after, [0x5A, 0x55, 0x52], "its own page, and then again");
    let start = bench.next();
    bench.write(300, 2, start, closing());
    bench.holds(&first, 0);
}

#[test]
fn pre_recorded_lead_in_without_length() {
    let bench = Bench::odd("lg-gh22ls30", "dvd-r");
    assert_eq!(bench.media().manufacturer, None);
    bench.write(100, 1, 0, Options::default());
    let asked = bench.sent(0xAD);
    assert!(asked.iter().any(|entry| entry.cdb[7] == 0x0E && entry.good()));
}

#[test]
fn refuses_adip() {
    let bench = Bench::odd("lg-ggw-h20l", "dvd+r");
    bench.write(100, 1, 0, Options::default());
    assert!(bench.media().manufacturer.is_some(), "format 00h has it");
    assert!(bench.sent(0xAD).iter().all(|entry| entry.cdb[7] != 0x11));
}

#[test]
fn refuses_track_information_when_full() {
    for disc in ["cd-r", "dvd-r", "dvd+r"] {
        let bench = Bench::odd("hp-dvd200i", disc);
        let job = bench.write(500, 1, 0, closing());
        assert!(bench.sent(0x52).iter().any(|entry| entry.sense() == Some((5, 0x24, 0x00))), "{disc}");
        assert_eq!(bench.refused(10, Options::default()), "disc-closed", "{disc}");
        let media = bench.media();
        assert!(media.next_writable.is_none() && media.readable.is_some(), "{disc}");
        let found = read(&bench);
        assert!(found.starts_with(&bytes(&job)), "{disc}");
    }
}

#[test]
fn sends_a_descriptor_when_asked_for_none() {
    let bench = Bench::odd("own-speeds", "dvd+r");
    let media = bench.media();
    assert_eq!(media.speeds, Bench::of("dvd+r").media().speeds);
    assert!(media.speeds.len() > 1);
    let asked: Vec<u8> = bench.sent(0xAC).iter().map(|entry| entry.cdb[9]).collect();
    assert_eq!(asked, [0, 1, media.speeds.len() as u8]);
    bench.write(100, 1, 0, Options::default());
}

#[test]
fn lists_no_speeds() {
    let bench = Bench::odd("lg-gca-4040n", "dvd+r");
    let speeds = |bench: &Bench| bench.media().speeds.iter().map(|s| s.write_kilobytes).collect::<Vec<_>>();
    assert_eq!(speeds(&bench), speeds(&Bench::of("dvd+r")));
    assert!(bench.sent(0xAC).is_empty());
    bench.write(100, 1, 0, Options::default());
}

#[test]
fn knows_few_commands() {
    // A blank CD is written from its first sector on, and ATIP tells how far.
    let bench = Bench::odd("virtual-burner", "cd-r");
    bench.write(500, 1, 0, Options::default());
    assert!(bench.sent(0x52).iter().all(|entry| entry.sense() == Some((5, 0x20, 0x00))));
    // Where the next session begins is not told, and so is the size of a DVD.
    assert_eq!(bench.refused(100, Options::default()), "drive-cannot-write-this");
    for disc in ["dvd-r", "dvd+r", "bd-r"] {
        let bench = Bench::odd("virtual-burner", disc);
        assert_eq!(bench.refused(100, Options::default()), "drive-cannot-write-this", "{disc}");
        assert!(webburn_tests::oracle::is_untouched(&bench.sim), "{disc}");
    }
    let bench = Bench::odd("virtual-reader", "cd-r");
    assert_eq!(bench.refused(100, Options::default()), "drive-read-only");
    for disc in ["cd-rom", "dvd-rom", "dvd+r:recorded"] {
        let bench = Bench::odd("virtual-reader", disc);
        let mut truth = Vec::new();
        bench.sim.with(|drive| truth = drive.disc_mut().expect("a disc").export().contents().expect("readable"));
        assert!(!truth.is_empty() && read(&bench) == truth, "{disc}");
    }
}

#[test]
fn takes_the_toc_format_from_the_last_byte() {
    for disc in ["cd-rom", "cd-r:recorded"] {
        let bench = Bench::odd("virtual-reader", disc);
        let media = bench.media();
        let asked: Vec<u8> = bench.sent(0x43).iter().map(|entry| entry.cdb[2] & 0x0F).collect();
        assert_eq!(asked[..4], [2, 2, 0, 0], "{disc}");
        let plain = Bench::of(disc).media();
        assert_eq!(media.tracks.len(), plain.tracks.len(), "{disc}");
        assert_eq!(media.tracks[0].start, plain.tracks[0].start, "{disc}");
    }
    let bench = Bench::odd("virtual-burner", "cd-r");
    bench.write(500, 1, 0, closing());
    assert_eq!(bench.refused(100, Options::default()), "disc-closed");
}

#[test]
fn sends_the_toc_in_bcd() {
    sees_what_others_see("bcd-toc", "cd-r");
    sees_what_others_see("bcd-toc", "cd-rw");
    // On a drive that sends binary, an address that might be BCD is still binary.
    let plain = Bench::of("cd-r");
    // 1276 sectors with postgap and run-out: the lead-out at 00:19:01, or at 00:13:01 in BCD.
    plain.write(1124, 1, 0, Options::default());
    let media = plain.media();
    assert_eq!(media.tracks[0].sectors, SectorCount(1276));
}

#[test]
fn gives_the_last_track_no_size() {
    for disc in SESSIONS {
        sees_what_others_see("sizeless-track", disc);
        sees_what_others_see("endless-track", disc);
    }
}

#[test]
fn counts_the_lead_out_as_a_session() {
    sees_what_others_see("lead-out-session", "cd-r");
    sees_what_others_see("lead-out-session", "cd-rw");
}

#[test]
fn hides_that_a_track_was_written_at_once() {
    let bench = Bench::new(Disc::from_id("cd-r").expect("known").expect("a disc"));
    let job = bench.write(500, 1, 0, Options::default());
    let read_before = bench.sent(0x28);
    assert!(read_before.iter().all(webburn_tests::tap::Entry::good), "verifying reads what was written and no more");
    bench.tap.restart();
    let found = read(&bench);
    let refused = bench.sent(0x28).iter().filter(|entry| !entry.good()).count();
    assert_eq!(refused, 2, "the last sector was tried twice");
    let mut expected = bytes(&job);
    expected.resize(650 * 2048, 0);
    assert!(found == expected, "the image and 150 sectors of postgap; not the two behind them");
}
