//! CDs: writes whose future is dropped midway. The drive is given back, what is told of the disc is true, and the next job
//! works.

use std::task::{Context, Waker};

use webburn_cdcode::subchannel::Layout;
use webburn_drive::Media;
use webburn_drive::media::DiscStatus;
use webburn_imapi::verify_cd::RawSession;
use webburn_imapi::{
    DiscFormat2Erase, DiscFormat2RawCD, DiscFormat2TrackAtOnce, NoDigest, Outcome, Reporter, SessionRaw, SessionSpec,
};
use webburn_sector::{BytesSource, Lba, SectorCount, SectorSource, SourceError};
use webburn_sim::surface::MemoryStore;
use webburn_sim::{Disc, DiscState, MediumKind, Personality};
use webburn_tests::clock::SimClock;
use webburn_tests::line::Line;
use webburn_tests::oracle;
use webburn_tests::raw_cd::{RawImage, cd_r_from, recorded_range};
use webburn_tests::rig::quick::{both, both_of};
use webburn_tests::rig::{Recorder, Rig};

use crate::cue_sheets::{audio_sheet, audio_source, burn, is_whole, line, sao};

/// Blocks that are read at once.
const PIECE: u64 = 2048;

/// A source that never answers when its second piece is asked for.
struct Stuck(BytesSource);

impl SectorSource for Stuck {
    fn sector_size(&self) -> usize {
        self.0.sector_size()
    }
    fn sectors(&self) -> SectorCount {
        self.0.sectors()
    }
    fn byte_length(&self) -> u64 {
        self.0.byte_length()
    }
    async fn read(&mut self, first: u64, into: &mut [u8]) -> Result<(), SourceError> {
        if first >= PIECE {
            std::future::pending::<()>().await;
        }
        self.0.read(first, into).await
    }
}

/// 3000 sectors that hang.
fn stuck() -> Stuck {
    Stuck(BytesSource::new(vec![0x5A; 3000 * 2352], 2352))
}

/// Drives a write until its source hangs, and drops it there.
fn drop_midway(rig: &Rig, work: impl Future) {
    let mut work = std::pin::pin!(work);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..1000 {
        assert!(work.as_mut().poll(&mut context).is_pending(), "{}: it hangs", rig.height);
        if rig.sent(0x2A) > 0 {
            return;
        }
    }
    panic!("{}: nothing was written", rig.height);
}

/// The drive answers, nobody has it, and its tray opens and closes; the disc afterwards as it is told.
fn given_back(rig: &Rig, recorder: &Recorder, what: &str) -> std::sync::Arc<Media> {
    let what = format!("{what}, {}", rig.height);
    assert_eq!(recorder.exclusive_access_owner(), "", "{what}");
    pollster::block_on(async {
        recorder.media().await.unwrap_or_else(|error| panic!("{what}: {error}"));
        recorder.eject_media().await.unwrap_or_else(|error| panic!("{what}: {error}"));
        assert!(oracle::is_unlocked(&rig.sim), "{what}");
        recorder.close_tray().await.unwrap_or_else(|error| panic!("{what}: {error}"));
        recorder.media().await.unwrap_or_else(|error| panic!("{what}: {error}"))
    })
}

fn erased(recorder: &Recorder) {
    let erase = DiscFormat2Erase::new();
    erase.set_recorder(Some(recorder.clone())).expect("idle");
    erase.set_client_name("webburn-tests").expect("a good name");
    pollster::block_on(erase.erase_media(&Reporter::silent())).expect("a CD-RW can be blanked");
}

/// Erases what was torn and burns a session: the drive is as good as before.
fn burns_again(rig: &Rig, recorder: Recorder) {
    erased(&recorder);
    let writer = sao(rig, vec![]);
    writer.set_recorder(Some(recorder)).expect("idle");
    let report = burn(&writer, &audio_sheet(), &[], &mut audio_source());
    is_whole(rig, &report.unwrap_or_else(|error| panic!("{}: {error}", rig.height)), &[]);
}

#[test]
fn a_session_at_once() {
    both("cd-rw", |rig| {
        let writer = sao(rig, vec![]);
        let recorder = rig.recorder(vec![]);
        writer.set_recorder(Some(recorder.clone())).expect("idle");
        let mut sheet = audio_sheet();
        *sheet.lines.last_mut().expect("a lead-out") = line(0, 0xAA, 1, 1, 2850);
        let spec = SessionSpec { sheet: &sheet, packs: &[] };
        drop_midway(rig, writer.burn(spec, &mut stuck(), &mut NoDigest, &Reporter::silent()));
        let media = given_back(rig, &recorder, "session at once");
        // Something lies on it that no lead-in tells of, and the disc is not called blank.
        assert!(recorded_range(&rig.sim).is_some() && !media.physically_blank(), "{}: {:?}", rig.height, media.status);
        assert_eq!(rig.closed().0, 0, "{}", rig.height);
        burns_again(rig, recorder);
    });
}

#[test]
fn a_track_at_once() {
    both("cd-rw", |rig| {
        let tao = DiscFormat2TrackAtOnce::new();
        let recorder = rig.recorder(vec![]);
        tao.set_recorder(Some(recorder.clone())).expect("idle");
        tao.set_client_name("webburn-tests").expect("a good name");
        let silent = Reporter::silent();
        pollster::block_on(tao.prepare_media(&silent)).expect("a blank disc");
        drop_midway(rig, tao.add_audio_track(Some(&mut stuck()), &silent));
        // The disc is prepared still, and nothing was added to it.
        assert_eq!(tao.tracks().map(|tracks| tracks.len()).ok(), Some(0), "{}", rig.height);
        // The drive may refuse to close what was torn; it is given back all the same.
        let _ = pollster::block_on(tao.release_media(&silent));
        let media = given_back(rig, &recorder, "track at once");
        assert!(!media.physically_blank(), "{}: {:?}", rig.height, media.status);
        assert_eq!(media.status == DiscStatus::Appendable, !rig.closed().1, "{}: {:?}", rig.height, media.status);
        burns_again(rig, recorder);
    });
}

fn short_cd_rw() -> Option<Disc> {
    let state = DiscState { kind: MediumKind::CdRw, ..cd_r_from(-4650).to_state() };
    Some(Disc::from_state(state, Box::new(MemoryStore::new())).expect("a good state"))
}

#[test]
fn a_raw_session() {
    both_of(&Personality::bd_burner(), &short_cd_rw, |rig| {
        let image = RawImage::of(-4650, Layout::Packed);
        let raw: DiscFormat2RawCD<Line, SimClock> = DiscFormat2RawCD::new();
        let recorder = rig.recorder(vec![]);
        raw.set_recorder(Some(recorder.clone())).expect("idle");
        raw.set_client_name("webburn-tests").expect("a good name");
        let silent = Reporter::silent();
        pollster::block_on(raw.prepare_media(&silent)).expect("a blank disc");
        let mut source = Stuck(BytesSource::new(image.bytes.clone(), image.block));
        drop_midway(rig, raw.write_media2(Some(&mut source), -image.first, &silent));
        pollster::block_on(raw.release_media()).expect("prepared");
        let media = given_back(rig, &recorder, "raw");
        assert!(!media.physically_blank(), "{}: {:?}", rig.height, media.status);
        burns_again(rig, recorder);
    });
}

/// In one call: nobody holds what was prepared, and the same writer begins anew.
#[test]
fn a_raw_session_in_one_call() {
    both_of(&Personality::bd_burner(), &short_cd_rw, |rig| {
        let image = RawImage::of(-4650, Layout::Raw);
        let session = RawSession { first: Lba(image.first), start: Lba::ZERO, end: Lba(image.lead_out) };
        let raw: SessionRaw<Line, SimClock> = SessionRaw::new();
        let recorder = rig.recorder(vec![]);
        raw.set_recorder(Some(recorder.clone())).expect("idle");
        raw.set_client_name("webburn-tests").expect("a good name");
        let silent = Reporter::silent();
        let mut source = Stuck(BytesSource::new(image.bytes.clone(), image.block));
        drop_midway(rig, raw.burn(&mut source, session, &mut NoDigest, &silent));
        let media = given_back(rig, &recorder, "raw in one call");
        assert!(!media.physically_blank(), "{}: {:?}", rig.height, media.status);
        erased(&recorder);
        let mut source = BytesSource::new(image.bytes.clone(), image.block);
        let burnt = pollster::block_on(raw.burn(&mut source, session, &mut NoDigest, &silent));
        let report = burnt.unwrap_or_else(|error| panic!("{}: {error}", rig.height));
        assert_eq!(report.burn.outcome, Outcome::Written, "{}", rig.height);
    });
}
