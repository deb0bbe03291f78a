//! What was burnt is taken off the disc again: tracks, images, and what is said of places that do not read.

use webburn_cdcode::cdtext::TextKind;
use webburn_extract::{
    Contents, CopyError, Doubt, ImageFormat, SectorOut, copy, copy_track, made_sub, read_contents, sectors,
};
use webburn_imapi::read_cd::CdForm;
use webburn_imapi::{Cancel, Reporter, SinkError};
use webburn_rawimage::CdImage;
use webburn_sector::{Lba, SectorCount};
use webburn_sim::disc::Defect;
use webburn_tests::rig::Rig;
use webburn_tests::rig::quick::both;

use crate::images::{EXTRA, burn_at_once, discs, image};

/// Keeps everything, and says no once it holds so much.
struct Kept {
    main: Vec<u8>,
    sub: Vec<u8>,
    most: usize,
}

impl Default for Kept {
    fn default() -> Self {
        Kept { main: Vec::new(), sub: Vec::new(), most: usize::MAX }
    }
}

impl SectorOut for Kept {
    async fn put(&mut self, sectors: &[u8], planes: &[u8]) -> Result<(), SinkError> {
        self.main.extend_from_slice(sectors);
        self.sub.extend_from_slice(planes);
        if self.main.len() > self.most { Err(SinkError("no room".into())) } else { Ok(()) }
    }
}

fn contents(rig: &Rig) -> Contents {
    let recorder = rig.recorder(vec![]);
    let media = pollster::block_on(recorder.media()).expect(rig.height);
    let mut drive = pollster::block_on(recorder.drive());
    pollster::block_on(read_contents(&mut drive, &media, true)).expect(rig.height).expect("a CD")
}

/// A track, as it was read.
fn track(rig: &Rig, number: u8, user: bool, out: &mut Kept) -> Result<(u32, u32, Doubt), CopyError> {
    let contents = contents(rig);
    let session = contents.sessions.iter().find(|s| s.tracks.iter().any(|t| t.number == number)).expect("a session");
    let own = session.tracks.iter().find(|t| t.number == number).expect("a track");
    let recorder = rig.recorder(vec![]);
    let mut drive = pollster::block_on(recorder.drive());
    let job = (&Reporter::silent(), &Cancel::new());
    let copied = pollster::block_on(copy_track(&mut drive, session, own, user, out, job))?;
    Ok((copied.sectors.0, copied.filled, copied.doubt))
}

/// Sectors of the image's main channel.
fn main(image: &mut CdImage, from: i32, to: i32) -> Vec<u8> {
    let mut bytes = Vec::new();
    for at in from..to {
        let mut sector = [0; 2352];
        pollster::block_on(image.read_main(Lba(at), &mut sector)).expect("a sector");
        bytes.extend(sector);
    }
    bytes
}

#[test]
fn tracks_and_discs_come_back_as_they_were() {
    // The other discs in the long run.
    let long = std::env::var_os("WEBBURN_LONG").is_some_and(|value| value == "1");
    for (at, (what, _)) in discs().into_iter().enumerate().take(if long { 3 } else { 1 }) {
        both("cd-r", |rig| {
            let (_, mut image) = discs().into_iter().nth(at).expect("a disc");
            burn_at_once(rig, what, &mut image, 0, false);
            let told = contents(rig);
            assert_eq!(told.mcn, image.layout.mcn, "{what}");
            for number in 0..=3 {
                let sent = image.layout.text.blocks.iter().find_map(|block| block.get(TextKind::Title, number));
                assert_eq!(told.text(TextKind::Title, number), sent, "{what}: title of {number}");
            }
            let placed: Vec<_> =
                image.layout.placed().map(|p| (p.track.number.get(), p.start.0, p.track.control)).collect();
            let ends: Vec<i32> =
                image.layout.placed().skip(1).map(|p| p.pregap.0).chain([image.layout.lead_out().0]).collect();
            for ((number, start, control), end) in placed.into_iter().zip(ends) {
                let mut whole = Kept::default();
                let (read, filled, _) = track(rig, number, false, &mut whole).expect(what);
                assert_eq!(read, (end - start) as u32, "{what}: track {number} ends before the next one's pre-gap");
                if filled == 0 {
                    assert!(whole.main == main(&mut image, start, end), "{what}: track {number}");
                }
                if control.data {
                    let mut user = Kept::default();
                    track(rig, number, true, &mut user).expect(what);
                    let skip = if whole.main[15] == 2 { 24 } else { 16 };
                    let cut: Vec<u8> = whole.main.chunks(2352).flat_map(|s| s[skip..skip + 2048].to_vec()).collect();
                    assert!(user.main == cut, "{what}: track {number}");
                }
            }
            let recorder = rig.recorder(vec![]);
            let mut drive = pollster::block_on(recorder.drive());
            let mut out = Kept::default();
            let silent = Reporter::silent();
            let copied = pollster::block_on(copy(&mut drive, &told, &mut out, &silent, &Cancel::new())).expect(what);
            assert_eq!((copied.sectors, copied.form), (sectors(&told), CdForm::MainAndSub), "{what}");
            assert_eq!(out.sub.len(), out.main.len() / 2352 * 96, "{what}");
            if copied.filled == 0 {
                let end = image.layout.lead_out().0;
                assert!(out.main == main(&mut image, 0, end), "{what}");
            }
            let places = |image: &webburn_rawimage::layout::CdLayout| -> Vec<_> {
                image.placed().map(|p| (p.pregap, p.start, p.track.indices.clone(), p.track.isrc)).collect()
            };
            assert_eq!(places(&copied.layout), places(&image.layout), "{what}");
            for format in [ImageFormat::Cue, ImageFormat::Toc, ImageFormat::Ccd] {
                format.can_tell(&told).expect(what);
                assert!(!format.description(&copied.layout, "a.bin").expect(what).is_empty());
            }
            // What a drive without P to W would be given.
            let mut made = Kept::default();
            pollster::block_on(made_sub(&copied, &mut made)).expect(what);
            let q = |planes: &[u8]| planes.chunks(96).map(|sector| sector[12..24].to_vec()).collect::<Vec<_>>();
            assert_eq!((made.main.len(), made.sub.len()), (0, out.sub.len()), "{what}");
            assert_eq!(q(&made.sub).len(), q(&out.sub).len(), "{what}");
        });
    }
}

/// Two sessions: the sheet that cannot tell of them is refused before anything is read.
#[test]
fn several_sessions() {
    both("cd-r", |rig| {
        let mut extra = image("a.cue", EXTRA);
        burn_at_once(rig, "CD Extra", &mut extra, 0, true);
        burn_at_once(rig, "CD Extra", &mut extra, 1, false);
        let told = contents(rig);
        for format in [ImageFormat::Cue, ImageFormat::Toc] {
            assert!(matches!(format.can_tell(&told), Err(CopyError::Format(why)) if why.contains('2')), "{format:?}");
        }
        ImageFormat::Ccd.can_tell(&told).expect("it has words for sessions");
        assert_eq!(sectors(&told), SectorCount(1200 + 400));
        let mut data = Kept::default();
        track(rig, 3, true, &mut data).expect("the data of the second session");
        assert_eq!(data.main, (0..400 * 2048).map(|i| (i * 3 + (i >> 9)) as u8).collect::<Vec<u8>>());
    });
}

/// Audio with bytes that could not be corrected is kept, and counted with its first place; data is not.
#[test]
fn a_scratch_is_told_with_its_place() {
    both("cd-r", |rig| {
        let (what, mut image) = discs().into_iter().nth(1).expect("mixed mode");
        burn_at_once(rig, what, &mut image, 0, false);
        let scratch = |first, count| {
            let defect = Defect { first, count, read: true, write: false };
            rig.sim.with(|drive| drive.disc_mut().expect("a disc").add_defect(defect));
        };
        let audio = contents(rig).tracks().find(|track| !track.control.data).expect("audio").start.0;
        let clean = track(rig, 2, false, &mut Kept::default()).expect("it reads").2;
        assert_eq!(clean, Doubt { told: true, sectors: 0, first: None }, "{}", rig.height);
        scratch(audio + 20, 3);
        let doubt = track(rig, 2, false, &mut Kept::default()).expect("it still reads").2;
        assert_eq!(doubt, Doubt { told: true, sectors: 3, first: Some(Lba(audio + 20)) }, "{}", rig.height);
        scratch(100, 2);
        let mut out = Kept::default();
        match track(rig, 1, true, &mut out) {
            Err(CopyError::Engine(error)) => assert_eq!((error.code, error.lba), ("read-failed", Some(Lba(100)))),
            other => panic!("{}: {other:?}", rig.height),
        }
        assert!(out.main.len() <= 100 * 2048, "what comes behind a bad place is not given");
    });
}

/// A file that takes no more ends the reading at once.
#[test]
fn an_output_that_is_full() {
    both("cd-r", |rig| {
        let (what, mut image) = discs().into_iter().next().expect("a disc");
        burn_at_once(rig, what, &mut image, 0, false);
        let mut out = Kept { most: 200 * 2352, ..Kept::default() };
        let ended = track(rig, 1, false, &mut out);
        assert!(matches!(&ended, Err(CopyError::Output(SinkError(why))) if why == "no room"), "{ended:?}");
        assert!(out.main.len() < 400 * 2352);
    });
}
