//! CDs: sessions by cue sheet, in the forms that drives want of one.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use webburn_cdcode::cdtext::{self, Block, CdText, TextKind};
use webburn_cdcode::sector::{HeaderAddress, Sector, SectorMode, encode};
use webburn_imapi::enums::BurnVerificationLevel as Level;
use webburn_imapi::plan::CdOptions;
use webburn_imapi::verify_cd::Compared;
use webburn_imapi::{Arg, Error, NoDigest, Outcome, Reporter, SessionAtOnce, SessionReport, SessionSpec};
use webburn_mmc::{CueLine, CuePosition, CueSheet, TextPack};
use webburn_scsi::Cdb;
use webburn_scsi::wrap::{Effect, Fault};
use webburn_sector::{BytesSource, Lba, Msf, SectorCount};
use webburn_sim::Personality;
use webburn_sim::disc::Defect;
use webburn_tests::clock::SimClock;
use webburn_tests::line::Line;
use webburn_tests::long;
use webburn_tests::oracle;
use webburn_tests::raw_cd::{recorded, recorded_range};
use webburn_tests::rig::Rig;
use webburn_tests::rig::quick::{both, both_in};

use crate::audio_tracks::samples;

type Sao = SessionAtOnce<Line, SimClock>;

pub fn line(control: u8, track: u8, index: u8, form: u8, lba: i32) -> CueLine {
    let start = Msf::from_lba(Lba(lba)).expect("an address");
    CueLine::Position(CuePosition { control, adr: 1, track, index, form, scms: 0, start })
}

/// Two tracks of audio without a gap, the first with a code: 450 and 400 sectors.
pub fn audio_sheet() -> CueSheet {
    let mut sheet = CueSheet::default();
    sheet.push_catalog(0, *b"4006381333931");
    sheet.lines.push(line(0, 0, 0, 0x01, -150));
    sheet.push_isrc(2, 1, *b"DEABC2600001");
    sheet.lines.extend([line(2, 1, 0, 0, -150), line(2, 1, 1, 0, 0), line(0, 2, 1, 0, 450), line(0, 0xAA, 1, 1, 850)]);
    sheet
}

/// Its main channel: silence, then samples.
pub fn audio_source() -> BytesSource {
    let mut bytes = vec![0; 150 * 2352];
    bytes.extend(samples(850, 5));
    BytesSource::new(bytes, 2352)
}

fn reason(error: &Error) -> Option<&str> {
    error.args.iter().find_map(|(name, value)| match value {
        Arg::Text(word) if *name == "reason" => Some(word.as_str()),
        _ => None,
    })
}

pub fn text() -> Vec<TextPack> {
    let mut block = Block::new(1, 2);
    for (track, title) in [(0, "Simulated"), (1, "One"), (2, "Two")] {
        block.set(TextKind::Title, track, title).expect("plain characters");
    }
    let packs = cdtext::encode(&CdText { blocks: vec![block] }).expect("room");
    packs.iter().map(|pack| pack.to_bytes()).collect()
}

pub fn sao(rig: &Rig, plan: Vec<Fault>) -> Sao {
    let sao = Sao::new();
    sao.set_recorder(Some(rig.recorder(plan))).expect("idle");
    sao.set_client_name("webburn-tests").expect("a good name");
    sao.set_burn_verification_level(Level::Full).expect("idle");
    sao
}

pub fn burn(sao: &Sao, sheet: &CueSheet, packs: &[TextPack], source: &mut BytesSource) -> Result<SessionReport, Error> {
    pollster::block_on(sao.burn(SessionSpec { sheet, packs }, source, &mut NoDigest, &Reporter::silent()))
}

/// The cue sheets that were sent, and whether each was taken.
fn sheets(rig: &Rig) -> Vec<(CueSheet, bool)> {
    let log = rig.tap.log();
    let sent = log.iter().filter(|entry| entry.cdb[0] == 0x5D);
    sent.map(|entry| (CueSheet::parse(&entry.data).expect("whole lines"), entry.good())).collect()
}

pub fn is_whole(rig: &Rig, report: &SessionReport, packs: &[TextPack]) {
    assert_eq!(report.burn.outcome, Outcome::Verified, "{}", rig.height);
    let tracks: Vec<_> = report.tracks.iter().map(|t| (t.number, t.sectors.0, t.offset, t.compared)).collect();
    assert_eq!(tracks, [(1, 450, 0, Compared::Equal), (2, 400, 0, Compared::Equal)], "{}", rig.height);
    assert_eq!(rig.closed(), (1, true), "{}", rig.height);
    assert!(recorded(&rig.sim, 0, 850).expect("recorded") == samples(850, 5), "{}", rig.height);
    let (catalog, isrc, written) = rig.sim.with(|drive| {
        let state = drive.disc().expect("a disc").state();
        (state.catalog.clone(), state.tracks[0].isrc.clone(), state.cd_text.clone())
    });
    assert_eq!((catalog.as_deref(), isrc.as_deref()), (Some("4006381333931"), Some("DEABC2600001")), "{}", rig.height);
    assert!(written == packs.concat(), "{}: {written:02X?}", rig.height);
    assert!(oracle::is_unlocked(&rig.sim) && rig.closing_functions().is_empty(), "{}", rig.height);
}

#[test]
fn a_session_with_text_in_the_form_that_the_drive_wants() {
    type Change = fn(&mut Personality);
    let changes: [(&str, Change, bool, usize); 7] = [
        ("no C2", |p| p.quirks.no_c2 = true, true, 1),
        ("takes all", |_| {}, true, 1),
        ("without text", |_| {}, false, 1),
        ("lead-in at 00:00:00", |p| p.quirks.cue_lead_in_zero_only = true, true, 2),
        ("ISRC without control", |p| p.quirks.cue_isrc_without_control = true, true, 3),
        ("pre-gaps", |p| p.quirks.cue_wants_pregaps = true, false, 3),
        (
            "pre-gaps and ISRC without control",
            |p| (p.quirks.cue_wants_pregaps, p.quirks.cue_isrc_without_control) = (true, true),
            true,
            6,
        ),
    ];
    // Every second one in the quick run.
    for (what, change, with_text, tries) in changes.into_iter().step_by(if long() { 1 } else { 2 }) {
        let mut personality = Personality::bd_burner();
        change(&mut personality);
        both_in(&personality, "cd-r", |rig| {
            let packs = if with_text { text() } else { Vec::new() };
            let report = burn(&sao(rig, vec![]), &audio_sheet(), &packs, &mut audio_source());
            let report = report.unwrap_or_else(|error| panic!("{what} {}: {error}", rig.height));
            is_whole(rig, &report, &packs);
            let sent = sheets(rig);
            assert!(sent.len() <= tries && sent.last().is_some_and(|(_, taken)| *taken), "{what}: {}", sent.len());
            assert!(sent[..sent.len() - 1].iter().all(|(_, taken)| !taken), "{what}");
            // Mode page 05h anew before each.
            let log = rig.tap.log();
            let order: Vec<u8> = log.iter().map(|e| e.cdb[0]).filter(|op| matches!(op, 0x55 | 0x5D)).collect();
            assert_eq!(order, [0x55, 0x5D].repeat(sent.len()), "{what}");
            let first = if with_text { -11_634 } else { -150 };
            assert_eq!(rig.places()[0].0, first, "{what} {}", rig.height);
        });
    }
}

/// A drive that takes none of its forms: the burn has failed, and the disc is blank.
#[test]
fn a_refused_cue_sheet_is_never_a_burn() {
    let mut personality = Personality::bd_burner();
    personality.quirks.no_cd_text = true;
    both_in(&personality, "cd-r", |rig| {
        let error = burn(&sao(rig, vec![]), &audio_sheet(), &text(), &mut audio_source()).expect_err(rig.height);
        assert_eq!((error.code, error.hresult.0), ("cue-sheet-refused", 0xC0AA_0208), "{}: {error}", rig.height);
        assert!(error.refused_before_writing, "{}", rig.height);
        assert!(sheets(rig).len() > 3 && sheets(rig).iter().all(|(_, taken)| !taken), "{}", rig.height);
        assert_eq!((rig.sent(0x2A), recorded_range(&rig.sim)), (0, None), "{}", rig.height);
        assert!(oracle::is_untouched(&rig.sim) && oracle::is_unlocked(&rig.sim), "{}", rig.height);
        assert!(error.after.is_some_and(|media| media.physically_blank()), "{}", rig.height);
        // The same without text.
        let report = burn(&sao(rig, vec![]), &audio_sheet(), &[], &mut audio_source()).expect(rig.height);
        is_whole(rig, &report, &[]);
    });
}

#[test]
fn sheets_that_are_refused_without_asking() {
    both("cd-r", |rig| {
        let sao = sao(rig, vec![]);
        let refused = |sheet: &CueSheet, source: &mut BytesSource| {
            let error = burn(&sao, sheet, &[], source).expect_err(rig.height);
            assert!(error.refused_before_writing && !rig.changed(), "{}: {error}", rig.height);
            error.code
        };
        let mut sheet = audio_sheet();
        sheet.lines.truncate(6);
        assert_eq!(refused(&sheet, &mut audio_source()), "cue-sheet-invalid");
        let mut elsewhere = audio_sheet();
        elsewhere.lines.remove(5);
        assert_eq!(refused(&elsewhere, &mut audio_source()), "cue-sheet-invalid", "no pre-gap before the first track");
        let mut short = audio_source();
        assert_eq!(
            refused(&audio_sheet(), &mut BytesSource::new(vec![0; 999 * 2352], 2352)),
            "stream-not-whole-blocks"
        );
        let mut long = audio_sheet();
        *long.lines.last_mut().unwrap() = line(0, 0xAA, 1, 1, 360_000);
        assert_eq!(refused(&long, &mut short), "image-too-large");
        // More index points than the drive has room for.
        let mut full = CueSheet::default();
        full.lines.extend([line(0, 0, 0, 0x01, -150), line(0, 1, 0, 0, -150)]);
        let indices = (1..7).flat_map(|track| (1..=99).map(move |index| (track, index)));
        full.lines.extend(indices.enumerate().map(|(k, (track, index))| line(0, track, index, 0, k as i32 * 5)));
        full.lines.push(line(0, 0xAA, 1, 1, 2970));
        let error = burn(&sao, &full, &[], &mut BytesSource::new(vec![0; 3120 * 2352], 2352)).expect_err(rig.height);
        assert_eq!((error.code, reason(&error)), ("cue-sheet-invalid", Some("too-many-lines")), "{error}");
        assert!(oracle::is_untouched(&rig.sim), "{}", rig.height);
    });
    both("cd-r:recorded", |rig| {
        let error = burn(&sao(rig, vec![]), &audio_sheet(), &[], &mut audio_source()).expect_err(rig.height);
        assert_eq!((error.code, error.hresult.0), ("disc-closed", 0xC0AA_0606), "{}", rig.height);
    });
}

/// The lead-in of a further session is the drive's.
#[test]
fn text_for_a_further_session_is_refused() {
    both("cd-r", |rig| {
        let first = sao(rig, vec![]);
        first.set_options(CdOptions { keep_open: true, ..CdOptions::default() }).expect("idle");
        burn(&first, &audio_sheet(), &[], &mut audio_source()).expect(rig.height);
        // 6750 sectors of lead-out, 4500 of lead-in.
        let start = 850 + 6750 + 4500;
        let further = CueSheet {
            lines: vec![
                line(0, 0, 0, 0x01, start),
                line(0, 3, 0, 0, start),
                line(0, 3, 1, 0, start + 150),
                line(0, 0xAA, 1, 1, start + 1000),
            ],
        };
        let mut source = BytesSource::new(vec![0; 1000 * 2352], 2352);
        let error = burn(&sao(rig, vec![]), &further, &text(), &mut source).expect_err(rig.height);
        assert_eq!((error.code, reason(&error)), ("cue-sheet-invalid", Some("no-room-for-text")), "{error}");
        assert!(error.refused_before_writing && !rig.changed() && rig.closed() == (1, false), "{}", rig.height);
        burn(&sao(rig, vec![]), &further, &[], &mut source).expect(rig.height);
    });
}

/// A test burn does everything and leaves the disc blank.
#[test]
fn a_test_leaves_the_disc_as_it_was() {
    both("cd-r", |rig| {
        let sao = sao(rig, vec![]);
        sao.set_options(CdOptions { test_write: true, ..CdOptions::default() }).expect("idle");
        let report = burn(&sao, &audio_sheet(), &text(), &mut audio_source()).expect(rig.height);
        assert_eq!((report.burn.outcome, report.burn.closed), (Outcome::Written, false), "{}", rig.height);
        assert!(report.tracks.is_empty() && report.burn.medium.physically_blank(), "{}", rig.height);
        assert!(rig.sent(0x2A) > 0 && oracle::is_untouched(&rig.sim), "{}", rig.height);
    });
}

/// Data, then audio: blocks of 2048 bytes cut out of whole sectors, and a pre-gap that is half of each.
#[test]
fn mixed_mode_from_whole_sectors() {
    both("cd-r", |rig| {
        let sheet = CueSheet {
            lines: vec![
                line(4, 0, 0, 0x14, -150),
                line(4, 1, 0, 0x10, -150),
                line(4, 1, 1, 0x10, 0),
                line(0, 2, 0, 0x00, 600),
                line(0, 2, 1, 0x00, 750),
                line(0, 0xAA, 1, 0x01, 1150),
            ],
        };
        let mut bytes = Vec::new();
        for at in -150..600 {
            let mut sector: Sector = std::array::from_fn(|i| (i as i32 * 3 + at) as u8);
            encode(&mut sector, SectorMode::Mode1, HeaderAddress::from_lba(Lba(at)).expect("an address"));
            bytes.extend(sector);
        }
        bytes.extend(samples(550, 9));
        let report = burn(&sao(rig, vec![]), &sheet, &[], &mut BytesSource::new(bytes.clone(), 2352));
        let report = report.unwrap_or_else(|error| panic!("{}: {error}", rig.height));
        let tracks: Vec<_> = report.tracks.iter().map(|t| (t.audio, t.sectors.0, t.compared)).collect();
        assert_eq!(tracks, [(false, 600, Compared::Equal), (true, 400, Compared::Equal)], "{}", rig.height);
        let data = oracle::sectors(&rig.sim, 0, 600).expect("readable");
        assert!(
            data == bytes[150 * 2352..750 * 2352].chunks(2352).flat_map(|s| s[16..2064].to_vec()).collect::<Vec<_>>()
        );
    });
}

/// What reads back otherwise is told track by track; the burn itself is done.
#[test]
fn a_scratch_is_told_by_its_track() {
    both("cd-r", |rig| {
        let scratch = Defect { first: 600, count: 3, read: true, write: false };
        rig.sim.with(|drive| drive.disc_mut().expect("a disc").add_defect(scratch));
        let report = burn(&sao(rig, vec![]), &audio_sheet(), &[], &mut audio_source()).expect(rig.height);
        assert!(!report.all_equal() && report.tracks[0].is_equal(), "{}", rig.height);
        let second = report.tracks[1];
        assert_eq!(second.compared, Compared::Different { first: Lba(600), sectors: 3 }, "{}", rig.height);
        assert_eq!((second.uncorrected, second.sectors), (3, SectorCount(400)), "{}", rig.height);
        // Written and closed, and not verified.
        assert_eq!((report.burn.outcome, report.burn.closed), (Outcome::Written, true), "{}", rig.height);
        assert_eq!(report.burn.hresult.0, 0xC0AA_0007, "{}", rig.height);
    });
}

/// Somebody who does not wait for the comparison has a disc that is written, and no more.
#[test]
fn a_stop_while_comparing() {
    both("cd-r", |rig| {
        let writer: Arc<Mutex<Option<Arc<Sao>>>> = Arc::default();
        let inside = writer.clone();
        let reads = AtomicUsize::new(0);
        let look = move |cdb: &Cdb| {
            // The second READ CD: the first track is being compared.
            if cdb.opcode() == 0xBE && reads.fetch_add(1, Ordering::SeqCst) == 1 {
                inside.lock().unwrap().as_ref().unwrap().cancel_write().expect("a burn");
            }
            false
        };
        let sao = Arc::new(sao(rig, vec![Fault::new(look, Effect::Status(0))]));
        *writer.lock().unwrap() = Some(sao.clone());
        let report = burn(&sao, &audio_sheet(), &[], &mut audio_source()).expect(rig.height);
        *writer.lock().unwrap() = None;
        assert_eq!((report.burn.outcome, report.burn.closed), (Outcome::Written, true), "{}", rig.height);
        assert_eq!((report.burn.hresult.0, report.all_equal()), (0, false), "{}: {:?}", rig.height, report.tracks);
    });
}
