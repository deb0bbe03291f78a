//! Images of several sessions: burnt session by session, compared at the end, and the same disc from every format that
//! tells of sessions.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use webburn_imapi::plan::CdOptions;
use webburn_imapi::{
    BurnPlan, DiscSession, Error, NoDigest, Outcome, Reporter, SessionReport, SessionSources, SessionSpec,
};
use webburn_mmc::CueSheet;
use webburn_rawimage::CdImage;
use webburn_rawimage::at_once::{BlockStream, SessionSheet, SheetOptions};
use webburn_rawimage::format::ccd;
use webburn_scsi::wrap::{Effect, Fault};
use webburn_scsi::{Cdb, TransportError, TransportErrorKind};
use webburn_sector::{Lba, SectorCount, SectorSource};
use webburn_tests::oracle;
use webburn_tests::rig::Rig;
use webburn_tests::rig::quick::both;

use crate::audio_tracks::samples;
use crate::cue_sheets::sao;
use crate::images::{EXTRA, holds, image, opened};

/// An image and its sheets.
struct Sessions {
    image: CdImage,
    sheets: Vec<SessionSheet>,
    lines: Vec<CueSheet>,
}

impl Sessions {
    fn of(image: CdImage) -> Self {
        let sheet = |number| SessionSheet::new(&image.layout, number, SheetOptions::default()).expect("a sheet");
        let sheets: Vec<_> = (0..image.layout.sessions.len()).map(sheet).collect();
        let lines = sheets.iter().map(|sheet| CueSheet::parse(&sheet.to_bytes()).expect("whole lines")).collect();
        Sessions { image, sheets, lines }
    }
}

struct Sources<'a>(&'a mut CdImage, &'a [SessionSheet]);

impl SessionSources for Sources<'_> {
    fn source(&mut self, number: usize) -> impl SectorSource {
        BlockStream::session(&mut *self.0, &self.1[number])
    }
}

fn parts(sessions: &Sessions) -> Vec<DiscSession<'_>> {
    let part = |(sheet, lines): (&SessionSheet, _)| DiscSession {
        spec: SessionSpec { sheet: lines, packs: &[] },
        session_format: sheet.disc_type.code(),
    };
    let mut parts: Vec<_> = sessions.sheets.iter().zip(&sessions.lines).map(part).collect();
    for (part, sheet) in parts.iter_mut().zip(&sessions.sheets) {
        part.spec.packs = &sheet.packs;
    }
    parts
}

type Burnt = Result<Vec<SessionReport>, Error>;

/// Plans all sessions and burns them.
fn burn(rig: &Rig, sessions: &mut Sessions, options: CdOptions, faults: Vec<Fault>) -> (Vec<BurnPlan>, Burnt) {
    let writer = sao(rig, faults);
    writer.set_options(options).expect("idle");
    let Sessions { image, sheets, lines } = sessions;
    let held = Sessions { image: CdImage::default(), sheets: sheets.clone(), lines: lines.clone() };
    let parts = parts(&held);
    let plans = pollster::block_on(writer.plan_all(&parts)).unwrap_or_else(|error| panic!("{}: {error}", rig.height));
    let mut sources = Sources(image, sheets);
    let (mut digest, silent) = (NoDigest, Reporter::silent());
    (plans, pollster::block_on(writer.burn_all(&parts, &mut sources, &mut digest, &silent)))
}

/// The NRG of two data tracks, each written by itself in a session of its own.
fn nrg() -> CdImage {
    let mut file: Vec<u8> = samples(600, 4)[..600 * 2048].to_vec();
    let chunks_at = file.len() as u64;
    let mut chunk = |id: &[u8; 4], body: &[u8]| {
        file.extend([&id[..], &(body.len() as u32).to_be_bytes(), body].concat());
    };
    let entry = |offset: u64, sector: u32| {
        [&offset.to_be_bytes()[..], &(300 * 2048_u64).to_be_bytes(), &[0; 4], &sector.to_be_bytes(), &[0; 8]].concat()
    };
    for (offset, sector) in [(0, 0), (300 * 2048, 11_700)] {
        chunk(b"ETN2", &entry(offset, sector));
        chunk(b"SINF", &[0, 0, 0, 1]);
    }
    chunk(b"END!", &[]);
    file.extend(b"NER5");
    file.extend(chunks_at.to_be_bytes());
    opened("d.nrg", BTreeMap::from([("d.nrg", file)]))
}

/// The MDS of two audio tracks of 300 and 310 sectors, each in a session of its own.
fn mds() -> CdImage {
    let mut mds = vec![0; 88];
    mds[..16].copy_from_slice(b"MEDIA DESCRIPTOR");
    (mds[16], mds[17], mds[20], mds[80]) = (1, 3, 2, 88);
    let (rows, extras) = (88 + 2 * 24_u32, 88 + 2 * 24 + 8 * 80_u32);
    for (number, start, end) in [(1_u8, -150_i32, 300_i32), (2, 300 + 11_250, 300 + 11_400 + 310)] {
        let mut session = [0; 24];
        session[..4].copy_from_slice(&start.to_le_bytes());
        session[4..8].copy_from_slice(&end.to_le_bytes());
        (session[8], session[10], session[11], session[12], session[14]) = (number, 4, 3, number, number);
        session[20..].copy_from_slice(&(rows + u32::from(number - 1) * 4 * 80).to_le_bytes());
        mds.extend(session);
    }
    let msf = |at: u32| [(at + 150) / 4500, (at + 150) / 75 % 60, (at + 150) % 75].map(|part| part as u8);
    let (second, end) = (11_700, 12_010);
    for (track, control, mode, start, lead_out) in [(1_u8, 0, 0xA9, 0, 300), (2, 0, 0xA9, second, end)] {
        let entry = |point: u8, msf: [u8; 3]| {
            let mut entry = [0; 80];
            (entry[2], entry[4]) = (0x10 | control, point);
            entry[9..12].copy_from_slice(&msf);
            entry
        };
        mds.extend([entry(0xA0, [track, 0, 0]), entry(0xA1, [track, 0, 0]), entry(0xA2, msf(lead_out))].concat());
        let mut row = entry(track, msf(start));
        row[0] = mode;
        row[12..16].copy_from_slice(&(extras + u32::from(track - 1) * 8).to_le_bytes());
        row[16..18].copy_from_slice(&2352_u16.to_le_bytes());
        row[36..40].copy_from_slice(&start.to_le_bytes());
        row[40..48].copy_from_slice(&(u64::from(track - 1) * 300 * 2352).to_le_bytes());
        row[48] = 1;
        row[52..56].copy_from_slice(&(extras + 16).to_le_bytes());
        mds.extend(row);
    }
    for length in [300_u32, 310] {
        mds.extend(150_u32.to_le_bytes());
        mds.extend(length.to_le_bytes());
    }
    let name = mds.len() as u32 + 16;
    mds.extend(name.to_le_bytes());
    mds.extend([0; 12]);
    mds.extend(b"*.mdf\0");
    opened("d.mds", BTreeMap::from([("d.mds", mds), ("d.mdf", samples(610, 6))]))
}

/// The CCD of what a sheet tells, its sectors one session behind the other.
fn clone_image() -> CdImage {
    let mut of = image("a.cue", EXTRA);
    let mut bytes = Vec::new();
    for (number, session) in of.layout.clone().sessions.iter().enumerate() {
        let first = session.start + SectorCount(150);
        let from = bytes.len();
        bytes.resize(from + session.lead_out().since(first).bytes(2352) as usize, 0);
        pollster::block_on(of.read_main(first, &mut bytes[from..])).unwrap_or_else(|_| panic!("session {number}"));
    }
    let description = ccd::ccd(&of.layout).expect("it tells of sessions");
    opened("d.ccd", BTreeMap::from([("d.ccd", description.into_bytes()), ("d.img", bytes)]))
}

#[test]
fn every_format_that_tells_of_sessions() {
    type Make = fn() -> CdImage;
    let discs: [(&str, Make); 4] =
        [("CUE", || image("a.cue", EXTRA)), ("CCD", clone_image), ("NRG", nrg), ("MDS", mds)];
    // The last two in the long run.
    let long = std::env::var_os("WEBBURN_LONG").is_some_and(|value| value == "1");
    for (what, disc) in discs.into_iter().take(if long { 4 } else { 2 }) {
        both("cd-r", |rig| {
            let mut sessions = Sessions::of(disc());
            let (plans, burnt) = burn(rig, &mut sessions, CdOptions::default(), vec![]);
            let reports = burnt.unwrap_or_else(|error| panic!("{what}, {}: {error}", rig.height));
            // What was foretold is what came.
            let foretold: Vec<_> = plans.iter().map(|plan| (plan.sectors, plan.closes)).collect();
            let came: Vec<_> = reports.iter().map(|report| (report.burn.sectors, report.burn.closed)).collect();
            assert_eq!(foretold, came, "{what}, {}", rig.height);
            assert_eq!((came.len(), came[0].1, came[1].1), (2, false, true), "{what}, {}", rig.height);
            assert_eq!(plans[1].start, sessions.sheets[1].start(), "{what}, {}", rig.height);
            assert_eq!(rig.closed(), (2, true), "{what}, {}", rig.height);
            let whole = SessionReport::together(&reports).expect("two");
            assert_eq!((whole.burn.outcome, whole.all_equal()), (Outcome::Verified, true), "{what}: {whole:?}");
            let tracks: Vec<u8> = whole.tracks.iter().map(|track| track.number).collect();
            let wanted: Vec<u8> = sessions.image.layout.placed().map(|placed| placed.track.number.get()).collect();
            assert_eq!(tracks, wanted, "{what}");
            // The tray went out and in once, for all of them.
            assert_eq!(rig.sent(0x1B), 2, "{what}, {}", rig.height);
            for number in 0..2 {
                holds(rig, what, &mut sessions.image, number, None);
            }
        });
    }
}

#[test]
fn sessions_that_cannot_all_be_written_are_not_begun() {
    both("cd-r", |rig| {
        // The second begins where no drive would begin it.
        let mut moved = image("a.cue", EXTRA);
        moved.layout.sessions[1].start += SectorCount(1);
        let sessions = Sessions::of(moved);
        let writer = sao(rig, vec![]);
        let error = pollster::block_on(writer.plan_all(&parts(&sessions))).expect_err(rig.height);
        assert_eq!(error.code, "cue-sheet-invalid", "{error}");
        let (mut image, sheets) = (image("a.cue", EXTRA), sessions.sheets.clone());
        let mut sources = Sources(&mut image, &sheets);
        let (parts, mut digest, silent) = (parts(&sessions), NoDigest, Reporter::silent());
        let burnt = pollster::block_on(writer.burn_all(&parts, &mut sources, &mut digest, &silent));
        let error = burnt.expect_err(rig.height);
        assert!(error.refused_before_writing && !rig.changed(), "{}: {error}", rig.height);
        let args: Vec<_> = error.args.iter().map(|(name, value)| (*name, format!("{value:?}"))).collect();
        assert!(args.iter().any(|(name, value)| *name == "session" && value.contains('2')), "{args:?}");
        let error = pollster::block_on(writer.plan_all(&[])).expect_err(rig.height);
        assert_eq!(error.code, "argument-invalid", "{error}");
    });
}

/// With the laser off the first session is tried; with a wire that breaks in the second the first is on the disc.
#[test]
fn sessions_that_come_to_an_end_early() {
    both("cd-r", |rig| {
        let mut sessions = Sessions::of(image("a.cue", EXTRA));
        let test = CdOptions { test_write: true, ..CdOptions::default() };
        let (plans, burnt) = burn(rig, &mut sessions, test, vec![]);
        let reports = burnt.unwrap_or_else(|error| panic!("{}: {error}", rig.height));
        assert_eq!((plans.len(), reports.len()), (2, 1), "{}", rig.height);
        assert!(reports[0].burn.outcome == Outcome::Written && oracle::is_untouched(&rig.sim), "{}", rig.height);

        // The second cue sheet goes nowhere.
        let seen = AtomicUsize::new(0);
        let second = move |cdb: &Cdb| cdb.opcode() == 0x5D && seen.fetch_add(1, Ordering::SeqCst) == 1;
        let lost = TransportError::new(TransportErrorKind::Disconnected, "");
        let faults = vec![Fault::new(second, Effect::Error(lost))];
        let (_, burnt) = burn(rig, &mut sessions, CdOptions::default(), faults);
        let error = burnt.expect_err(rig.height);
        assert!(!error.refused_before_writing, "{}: {error}", rig.height);
        assert!(error.args.iter().any(|(name, _)| *name == "session"), "{}: {:?}", rig.height, error.args);
        assert_eq!(rig.closed(), (1, false), "{}", rig.height);
        holds(rig, "the first", &mut sessions.image, 0, None);
        assert_eq!(rig.tracks()[0].0, Lba::ZERO.0, "{}", rig.height);
    });
}
