//! CDs: what they say of themselves, what they read as, and what a burn does that loses its drive.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use webburn_cdcode::crc16;
use webburn_cdcode::subchannel::{Layout, symbols};
use webburn_imapi::enums::RawCdDataSectorType as Type;
use webburn_imapi::verify_cd::{Compared, RawSession, verify_raw};
use webburn_imapi::{
    Cancel, CdForm, CdSource, DiscFormat2Erase, DiscFormat2RawCD, DiscFormat2TrackAtOnce, Error, HResult, Reporter,
    disc_contents, read_cd,
};
use webburn_scsi::TransportErrorKind;
use webburn_scsi::wrap::{Effect, Fault};
use webburn_sector::{BytesSource, Lba, SectorCount, SectorSource};
use webburn_sim::surface::MemoryStore;
use webburn_sim::{Disc, DiscState, MediumKind, Personality};
use webburn_tests::clock::SimClock;
use webburn_tests::line::Line;
use webburn_tests::long;
use webburn_tests::oracle;
use webburn_tests::raw_cd::{RawImage, RawSource, cd_r_from};
use webburn_tests::rig::quick::{both, both_of};
use webburn_tests::rig::{Recorder, Rig};
use webburn_tests::tap::Break;

use crate::audio_tracks::{code, samples};
use crate::cue_sheets::{audio_sheet, audio_source, burn, is_whole, sao, text};

/// What was written is what the disc says of itself, and each track reads as it was sent.
#[test]
fn a_disc_tells_what_it_holds() {
    both("cd-r", |rig| {
        let packs = text();
        burn(&sao(rig, vec![]), &audio_sheet(), &packs, &mut audio_source()).expect(rig.height);
        let recorder = rig.recorder(vec![]);
        let mut drive = pollster::block_on(recorder.drive());
        let contents = pollster::block_on(disc_contents(&mut drive)).expect(rig.height);
        let tracks: Vec<_> = contents.tracks().map(|t| (t.number, t.control, t.start.0, t.end.0, t.isrc)).collect();
        assert_eq!(tracks, [(1, 2, 0, 450, Some(*b"DEABC2600001")), (2, 0, 450, 850, None)], "{}", rig.height);
        assert_eq!((contents.catalog, contents.sessions.len()), (Some(*b"4006381333931"), 1), "{}", rig.height);
        assert_eq!((contents.sessions[0].lead_out, contents.text), (Lba(850), packs), "{}", rig.height);
        let mut read = Vec::new();
        let (reporter, cancel) = (Reporter::silent(), Cancel::new());
        let second = (Lba(450), SectorCount(400));
        let bad = pollster::block_on(read_cd(&mut drive, CdForm::Audio, second, &mut read, &reporter, &cancel));
        assert_eq!(bad.map_err(|e| e.to_string()), Ok(0), "{}", rig.height);
        assert!(read == samples(850, 5)[450 * 2352..], "{}", rig.height);
        let mut source = CdSource::new(&mut drive, CdForm::MainAndSub, Lba(100), SectorCount(10));
        let mut blocks = vec![0; 10 * 2448];
        pollster::block_on(source.read(0, &mut blocks)).expect(rig.height);
        assert!(blocks[..2352] == samples(850, 5)[100 * 2352..101 * 2352], "{}", rig.height);
        let q = webburn_imapi::cd::q::of_block(&blocks[..2448]).expect("a sub-channel");
        assert!(webburn_imapi::cd::q::is_sound(&q) && q[1] == 1, "{}: {q:02X?}", rig.height);
    });
}

type Raw = DiscFormat2RawCD<Line, SimClock>;

fn write_raw(rig: &Rig, image: &Arc<RawImage>) -> Result<HResult, Error> {
    let raw = Raw::new();
    raw.set_recorder(Some(rig.recorder(vec![]))).expect("idle");
    raw.set_client_name("webburn-tests").expect("a good name");
    pollster::block_on(raw.prepare_media(&Reporter::silent()))?;
    let types = pollster::block_on(raw.supported_sector_types()).expect("prepared");
    assert_eq!(types, [Type::PqOnly, Type::IsCooked, Type::IsRaw], "{}", rig.height);
    let wanted = if image.block == 2368 { Type::PqOnly } else { Type::IsRaw };
    pollster::block_on(raw.set_requested_sector_type(wanted)).expect("one of these");
    let written =
        pollster::block_on(raw.write_media2(Some(&mut RawSource::new(image)), -image.first, &Reporter::silent()));
    pollster::block_on(raw.release_media()).expect("prepared");
    written
}

/// Main channel and sub-channel of a raw burn, compared; a Q that was misread is noise, another one a difference.
#[test]
fn a_raw_session_is_compared_with_its_stream() {
    for layout in [Layout::Raw, Layout::Pq] {
        both_of(&Personality::bd_burner(), &|| Some(cd_r_from(-4650)), |rig| {
            let image = RawImage::of(-4650, layout);
            assert_eq!(code(write_raw(rig, &image)).map(|h| h.0), Ok(0), "{}", rig.height);
            let compare = |plan: Vec<Fault>, end: i32| {
                let recorder = rig.recorder(plan);
                let mut drive = pollster::block_on(recorder.drive());
                let session = RawSession { first: Lba(image.first), start: Lba(0), end: Lba(end) };
                let (reporter, cancel) = (Reporter::silent(), Cancel::new());
                let mut source = RawSource::new(&image);
                pollster::block_on(verify_raw(&mut drive, session, &mut source, &reporter, &cancel)).expect(rig.height)
            };
            // Audio and data: the one as it was sent, the other descrambled.
            let all = compare(vec![], 750);
            assert!(all.is_equal() && all.q_noise == 0 && all.sectors.0 == 750, "{}: {all:?}", rig.height);
            let change =
                |at: usize, bits: u8| Fault::at(0xBE, Effect::Mangle(Box::new(move |bytes| bytes[at] ^= bits)));
            // A bit of Q in the third sector: its CRC is wrong.
            let noisy = compare(vec![change(2 * 2448 + 2352 + 20, 0x40)], 300);
            assert!(noisy.is_equal() && noisy.q_noise == 1, "{}: {noisy:?}", rig.height);
            // A Q that is sound and says something else: another second of the track, in the fifth.
            let forged = Effect::Mangle(Box::new(|bytes| {
                let sub = bytes[4 * 2448 + 2352..].first_chunk_mut().expect("five sectors and more");
                let (p, mut q) = (symbols::read_p(sub), symbols::read_q(sub));
                q[4] ^= 1;
                let sum = crc16(&q[..10]).to_be_bytes();
                q[10..].copy_from_slice(&sum);
                symbols::write_pq(sub, p, &q);
            }));
            let other = compare(vec![Fault::at(0xBE, forged)], 300);
            assert_eq!(other.q, Compared::Different { first: Lba(4), sectors: 1 }, "{}", rig.height);
            assert!(!other.is_equal() && other.main == Compared::Equal && other.q_noise == 0, "{}", rig.height);
            // A sample of the second.
            let other = compare(vec![change(2448 + 100, 1)], 300);
            assert_eq!(other.main, Compared::Different { first: Lba(1), sectors: 1 }, "{}", rig.height);
            assert!(!other.is_equal() && other.q == Compared::Equal, "{}", rig.height);
            if layout == Layout::Raw {
                // R to W, where Q was read well.
                let other = compare(vec![change(2352 + 9, 0x15)], 300);
                assert_eq!(other.rw, Compared::Different { first: Lba(0), sectors: 1 }, "{}", rig.height);
            }
        });
    }
}

/// The same stream as a drive would have to be sent it that reads `late` samples behind where it writes: samples of the
/// audio track lie that much earlier, the sub-channel and the data stay.
fn moved(image: &RawImage, late: i32) -> Arc<RawImage> {
    const AUDIO: i32 = 300;
    let track = image.from(0)[..AUDIO as usize * image.block].chunks(image.block);
    let written: Vec<u8> = track.flat_map(|block| &block[..2352]).copied().collect();
    let mut bytes = image.bytes.clone();
    let from = -image.first as usize * image.block;
    for (sector, block) in (0..).zip(bytes[from..from + AUDIO as usize * image.block].chunks_mut(image.block)) {
        for (n, sample) in (0..).zip(block[..2352].chunks_mut(4)) {
            let at = usize::try_from(sector * 588 + n + late).ok().map(|at| at * 4);
            sample.copy_from_slice(at.and_then(|at| written.get(at..at + 4)).unwrap_or(&[0; 4]));
        }
    }
    Arc::new(RawImage { bytes, ..*image })
}

/// Audio is found where the drive reads it, even where it begins too plainly to be recognised; data and sub-channel are
/// not moved.
#[test]
fn a_raw_session_is_compared_with_the_offset_of_its_drive() {
    let made = RawImage::of(-4650, Layout::Raw);
    let mut quiet = made.bytes.clone();
    for block in quiet[4650 * made.block..].chunks_mut(made.block).take(126) {
        block[..2352].fill(0);
    }
    let quiet = Arc::new(RawImage { bytes: quiet, ..*made });
    for (image, offsets) in [(made, [0, 12]), (quiet, [0, -700])] {
        both_of(&Personality::bd_burner(), &|| Some(cd_r_from(-4650)), |rig| {
            assert_eq!(code(write_raw(rig, &image)).map(|h| h.0), Ok(0), "{}", rig.height);
            let recorder = rig.recorder(vec![]);
            let mut drive = pollster::block_on(recorder.drive());
            let mut compare = |image: &Arc<RawImage>| {
                let session = RawSession { first: Lba(image.first), start: Lba(0), end: Lba(750) };
                let (reporter, cancel) = (Reporter::silent(), Cancel::new());
                let mut source = RawSource::new(image);
                pollster::block_on(verify_raw(&mut drive, session, &mut source, &reporter, &cancel)).expect(rig.height)
            };
            for late in offsets {
                let found = compare(&moved(&image, late));
                assert!(found.is_equal() && found.sectors.0 == 750, "{} {late}: {found:?}", rig.height);
                assert_eq!(found.offset, late, "{}", rig.height);
            }
            // A sample that is another one is so wherever it lies.
            let mut other = moved(&image, offsets[1]);
            let at = (4650 + 200) * image.block + 40;
            Arc::get_mut(&mut other).expect("one owner").bytes[at] ^= 1;
            let found = compare(&other);
            assert_eq!(found.main, Compared::Different { first: Lba(200), sectors: 1 }, "{}", rig.height);
        });
    }
}

/// The wire breaks, for good, at commands spread over a session at once: the failure is told, and with the wire whole
/// again the CD-RW is blanked and takes the session.
#[test]
fn a_session_that_loses_its_drive() {
    let count = AtomicUsize::new(0);
    both("cd-rw", |rig| {
        burn(&sao(rig, vec![]), &audio_sheet(), &text(), &mut audio_source()).expect(rig.height);
        count.store(rig.tap.log().len(), Ordering::SeqCst);
    });
    let all = count.load(Ordering::SeqCst);
    for at in (3..all).step_by(all / if long() { 12 } else { 2 }) {
        both("cd-rw", |rig| {
            let writer = sao(rig, vec![]);
            rig.tap.break_at(at, Break::Lost(TransportErrorKind::Disconnected));
            rig.tap.stay_dead();
            let error = burn(&writer, &audio_sheet(), &text(), &mut audio_source()).expect_err(rig.height);
            assert_eq!(error.hresult.0, 0x8007_0037, "{} at {at}: {error}", rig.height);
            rig.tap.restart();
            let recorder = rig.recorder(vec![]);
            let media = pollster::block_on(recorder.media()).expect("a disc");
            if !media.physically_blank() {
                let erase = DiscFormat2Erase::new();
                erase.set_recorder(Some(recorder)).expect("idle");
                erase.set_client_name("webburn-tests").expect("a good name");
                pollster::block_on(erase.erase_media(&Reporter::silent())).expect("a CD-RW can be blanked");
            }
            let report = burn(&sao(rig, vec![]), &audio_sheet(), &text(), &mut audio_source());
            let report = report.unwrap_or_else(|error| panic!("{} at {at}: {error}", rig.height));
            is_whole(rig, &report, &text());
        });
    }
}

/// The wire breaks, for good, at commands spread over a raw burn and over a track: the failure is told, ReleaseMedia gives
/// the drive back, and with the wire whole again the disc is either blank still or can be blanked.
#[test]
fn prepared_discs_that_lose_their_drive() {
    type Work = fn(&Rig, &RawImage, Recorder) -> Result<HResult, Error>;
    let raw: Work = |_, image, recorder| {
        let raw = Raw::new();
        raw.set_recorder(Some(recorder)).expect("idle");
        raw.set_client_name("webburn-tests").expect("a good name");
        let silent = Reporter::silent();
        let mut source = RawSource::new(&RawImage::of(image.first, Layout::Packed));
        pollster::block_on(raw.prepare_media(&silent))?;
        let written = pollster::block_on(raw.write_media2(Some(&mut source), -image.first, &silent));
        pollster::block_on(raw.release_media()).expect("prepared");
        written
    };
    let track: Work = |_, _, recorder| {
        let tao = DiscFormat2TrackAtOnce::new();
        tao.set_recorder(Some(recorder)).expect("idle");
        tao.set_client_name("webburn-tests").expect("a good name");
        let silent = Reporter::silent();
        let mut source = BytesSource::new(samples(400, 1), 2352);
        pollster::block_on(tao.prepare_media(&silent))?;
        let added = pollster::block_on(tao.add_audio_track(Some(&mut source), &silent));
        let released = pollster::block_on(tao.release_media(&silent));
        assert_eq!(code(tao.tracks()), Err(0xC0AA_0502), "released, whatever the drive said");
        added.and_then(|hresult| released.map(|()| hresult))
    };
    let image = RawImage::of(-4650, Layout::Packed);
    let disc = || {
        let state = DiscState { kind: MediumKind::CdRw, ..cd_r_from(-4650).to_state() };
        Some(Disc::from_state(state, Box::new(MemoryStore::new())).expect("a good state"))
    };
    for work in [raw, track] {
        let count = AtomicUsize::new(0);
        both_of(&Personality::bd_burner(), &disc, |rig| {
            let done = work(rig, &image, rig.recorder(vec![]));
            assert_eq!(code(done).map(|h| h.0), Ok(0), "{}", rig.height);
            count.store(rig.tap.log().len(), Ordering::SeqCst);
        });
        let all = count.load(Ordering::SeqCst);
        for at in (3..all - 1).step_by(all / if long() { 12 } else { 2 }) {
            both_of(&Personality::bd_burner(), &disc, |rig| {
                let recorder = rig.recorder(vec![]);
                rig.tap.break_at(at, Break::Lost(TransportErrorKind::Disconnected));
                rig.tap.stay_dead();
                let done = work(rig, &image, recorder.clone());
                assert_eq!(code(done).map(|h| h.0), Err(0x8007_0037), "{} at {at}", rig.height);
                assert_eq!(recorder.exclusive_access_owner(), "", "{} at {at}", rig.height);
                rig.tap.restart();
                let recorder = rig.recorder(vec![]);
                let erase = DiscFormat2Erase::new();
                erase.set_recorder(Some(recorder.clone())).expect("idle");
                erase.set_client_name("webburn-tests").expect("a good name");
                if !pollster::block_on(recorder.media()).expect("a disc").physically_blank() {
                    pollster::block_on(erase.erase_media(&Reporter::silent())).expect("a CD-RW can be blanked");
                }
                let media = pollster::block_on(recorder.media()).expect("a disc");
                let lead_in = media.last_lead_in.expect("a blank disc names its lead-in");
                assert_eq!(lead_in, Lba(image.first), "blanking leaves the lead-in where it was");
                let done = work(rig, &RawImage::of(lead_in.0, Layout::Packed), recorder);
                assert_eq!(code(done).map(|h| h.0), Ok(0), "{} at {at}", rig.height);
                assert!(oracle::is_unlocked(&rig.sim), "{} at {at}", rig.height);
            });
        }
    }
}

/// What a drive does not write raw is known before anything is written; one that refuses the first WRITE has taken nothing.
#[test]
fn drives_that_do_not_write_raw() {
    type Change = fn(&mut Personality);
    let with = |change: Change, what: &dyn Fn(&Rig, &Raw)| {
        let mut personality = Personality::bd_burner();
        change(&mut personality);
        both_of(&personality, &|| Some(cd_r_from(-4650)), |rig| {
            let raw = Raw::new();
            raw.set_recorder(Some(rig.recorder(vec![]))).expect("idle");
            raw.set_client_name("webburn-tests").expect("a good name");
            what(rig, &raw);
            assert!(oracle::is_unlocked(&rig.sim) && oracle::is_untouched(&rig.sim), "{}", rig.height);
        });
    };
    let silent = Reporter::silent();
    with(|p| p.quirks.no_raw = true, &|rig, raw| {
        let ready = pollster::block_on(raw.prepare_media(&silent));
        assert_eq!(code(ready).map(|h| h.0), Err(0xC0AA_0610), "{}", rig.height);
        let recorder = raw.recorder().expect("set");
        assert_eq!(pollster::block_on(raw.is_current_media_supported(&recorder)).ok(), Some(false));
        assert_eq!(pollster::block_on(raw.is_recorder_supported(&recorder)).ok(), Some(false));
    });
    with(|p| p.quirks.no_raw_packed = true, &|rig, raw| {
        assert_eq!(code(pollster::block_on(raw.supported_sector_types())), Err(0xC0AA_0602), "{}", rig.height);
        assert_eq!(code(raw.set_buffer_underrun_free_disabled(true)), Err(0xC0AA_0602), "{}", rig.height);
        pollster::block_on(raw.prepare_media(&silent)).expect("a blank disc");
        let types = pollster::block_on(raw.supported_sector_types()).expect("prepared");
        assert_eq!(types, [Type::PqOnly, Type::IsRaw], "{}", rig.height);
        let set = pollster::block_on(raw.set_requested_sector_type(Type::IsCooked));
        assert_eq!(code(set), Err(0xC0AA_060E), "{}", rig.height);
        assert_eq!(code(raw.set_buffer_underrun_free_disabled(true)), Ok(()), "{}", rig.height);
        assert_eq!(raw.requested_sector_type().ok(), Some(Type::IsCooked), "the default");
        // Asked for all the same, the drive refuses the mode page.
        let mut source = RawSource::new(&RawImage::of(-4650, Layout::Packed));
        let written = pollster::block_on(raw.write_media2(Some(&mut source), 4650, &silent));
        assert_eq!(code(written).map(|h| h.0), Err(0xC0AA_0208), "{}", rig.height);
        pollster::block_on(raw.release_media()).expect("prepared");
    });
    with(|p| p.quirks.raw_refused_at_first_write = true, &|rig, raw| {
        pollster::block_on(raw.prepare_media(&silent)).expect("a blank disc");
        let mut source = RawSource::new(&RawImage::of(-4650, Layout::Packed));
        let error = pollster::block_on(raw.write_media2(Some(&mut source), 4650, &silent)).expect_err(rig.height);
        assert!(error.refused_before_writing && error.code == "drive-refused", "{}: {error}", rig.height);
        pollster::block_on(raw.release_media()).expect("prepared");
        // The same disc takes a session by cue sheet.
        assert!(error.after.is_some_and(|media| media.physically_blank()), "{}", rig.height);
    });
}
