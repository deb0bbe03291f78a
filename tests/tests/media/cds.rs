//! CDs: what they say of themselves, what they read as, and what a burn does that loses its drive.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use webburn_cdcode::subchannel::Layout;
use webburn_imapi::enums::RawCdDataSectorType as Type;
use webburn_imapi::verify_cd::{Compared, RawSession, verify_raw};
use webburn_imapi::{
    Cancel, CdForm, CdSource, DiscFormat2Erase, DiscFormat2RawCD, Error, HResult, Reporter, disc_contents, read_cd,
};
use webburn_scsi::TransportErrorKind;
use webburn_scsi::wrap::{Effect, Fault};
use webburn_sector::{Lba, SectorCount, SectorSource};
use webburn_sim::Personality;
use webburn_tests::clock::SimClock;
use webburn_tests::raw_cd::{RawImage, RawSource, cd_r_from};
use webburn_tests::rig::{Line, Rig, both, both_of};
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
    for at in (3..all).step_by(all / 5) {
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
