//! What was burnt is taken off the disc again: tracks, images, and what is said of places that do not read.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use webburn_cdcode::cdtext::TextKind;
use webburn_extract::{
    Codes, Contents, CopyError, Doubt, ImageFormat, SectorOut, TrackForm, copy, copy_track, made_sub, read_contents,
    save_track, sectors,
};
use webburn_imapi::read_cd::CdForm;
use webburn_imapi::{Cancel, Reporter, SectorSink, SinkError};
use webburn_rawimage::format::audio_disc::AudioDisc;
use webburn_rawimage::{CdImage, Decoded, FileSource, Files, MemoryFile, OpenError, Pending};
use webburn_sector::{Lba, SectorCount};
use webburn_sim::disc::Defect;
use webburn_tests::rig::Rig;
use webburn_tests::rig::quick::both;

use crate::images::{EXTRA, burn_at_once, discs, image, opened};

/// Keeps everything, and says no once it holds so much.
struct Kept {
    main: Vec<u8>,
    sub: Vec<u8>,
    /// Where each session behind the first begins.
    sessions: Vec<usize>,
    most: usize,
}

impl Default for Kept {
    fn default() -> Self {
        Kept { main: Vec::new(), sub: Vec::new(), sessions: Vec::new(), most: usize::MAX }
    }
}

impl SectorOut for Kept {
    async fn put(&mut self, sectors: &[u8], planes: &[u8]) -> Result<(), SinkError> {
        self.main.extend_from_slice(sectors);
        self.sub.extend_from_slice(planes);
        if self.main.len() > self.most { Err(SinkError("no room".into())) } else { Ok(()) }
    }

    fn next_session(&mut self) {
        self.sessions.push(self.main.len());
    }
}

fn contents(rig: &Rig) -> Contents {
    let recorder = rig.recorder(vec![]);
    let media = pollster::block_on(recorder.media()).expect(rig.height);
    let mut drive = pollster::block_on(recorder.drive());
    pollster::block_on(read_contents(&mut drive, &media, Codes::All)).expect(rig.height).expect("a CD")
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
                assert!(!format.description(&copied.layout, &["a.bin"]).expect(what).is_empty());
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

/// Two sessions: the description that cannot tell of them is refused before anything is read; a sheet with two files
/// makes the same disc again.
#[test]
fn several_sessions() {
    both("cd-r", |rig| {
        let mut extra = image("a.cue", EXTRA);
        burn_at_once(rig, "CD Extra", &mut extra, 0, true);
        burn_at_once(rig, "CD Extra", &mut extra, 1, false);
        let told = contents(rig);
        assert!(matches!(ImageFormat::Toc.can_tell(&told), Err(CopyError::Format(why)) if why.contains('2')));
        ImageFormat::Cue.can_tell(&told).expect("the second session lies where it must");
        let mut elsewhere = told.clone();
        elsewhere.sessions[1].tracks[0].start += SectorCount(1);
        let refused = ImageFormat::Cue.can_tell(&elsewhere);
        assert!(matches!(refused, Err(CopyError::Format(why)) if why.contains("session 2")), "{}", rig.height);
        let recorder = rig.recorder(vec![]);
        let mut out = Kept::default();
        let copied = {
            let mut drive = pollster::block_on(recorder.drive());
            let job = (&Reporter::silent(), &Cancel::new());
            pollster::block_on(copy(&mut drive, &told, &mut out, job.0, job.1)).expect("it reads")
        };
        assert_eq!(out.sessions, [1200 * 2352]);
        let sheet = ImageFormat::Cue.description(&copied.layout, &["1.bin", "2.bin"]).expect("two files");
        let (first, second) = out.main.split_at(out.sessions[0]);
        let files = [("a.cue", sheet.into_bytes()), ("1.bin", first.to_vec()), ("2.bin", second.to_vec())];
        let mut again = opened("a.cue", BTreeMap::from(files));
        assert_eq!(again.layout.without_content(), extra.layout.without_content(), "{}", rig.height);
        let second = again.layout.sessions[1].start.0;
        for (from, to) in [(0, 1200), (second + 150, second + 550)] {
            assert!(main(&mut again, from, to) == main(&mut extra, from, to), "{}", rig.height);
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

/// Takes what a computer reads from a disc.
struct Nowhere;

impl SectorSink for Nowhere {
    async fn write(&mut self, _: Lba, _: &[u8]) -> Result<(), SinkError> {
        Ok(())
    }
}

/// A track as the file that it becomes.
fn saved(rig: &Rig, number: u8, form: TrackForm) -> Result<Vec<u8>, CopyError> {
    let contents = contents(rig);
    let session = contents.sessions.iter().find(|s| s.tracks.iter().any(|t| t.number == number)).expect("a session");
    let own = session.tracks.iter().find(|t| t.number == number).expect("a track");
    let recorder = rig.recorder(vec![]);
    let mut drive = pollster::block_on(recorder.drive());
    let (mut out, reporter, cancel) = (Kept::default(), Reporter::silent(), Cancel::new());
    let job = (&reporter, &cancel);
    let (_, head) = pollster::block_on(save_track(&mut drive, &contents, (session, own), form, &mut out, job))?;
    out.main[..head.len()].copy_from_slice(&head);
    Ok(out.main)
}

/// Files in memory, decoded as a page or a terminal decodes them.
struct Saved(BTreeMap<String, Vec<u8>>);

impl Files for Saved {
    fn open<'a>(&'a mut self, name: &'a str) -> Pending<'a, Result<Box<dyn FileSource>, OpenError>> {
        let found = self.0.get(name).cloned().ok_or(OpenError::Missing);
        Box::pin(async { found.map(|bytes| Box::new(MemoryFile(bytes)) as Box<dyn FileSource>) })
    }

    fn decode<'a>(&'a mut self, name: &'a str) -> Pending<'a, Result<Decoded, OpenError>> {
        let bytes: Arc<[u8]> = self.0.get(name).cloned().unwrap_or_default().into();
        let open = Arc::new(move || Ok(Box::new(Cursor::new(bytes.clone())) as Box<dyn webburn_audio::MediaSource>));
        let decoded = webburn_audio::decode(name, open);
        Box::pin(async { decoded })
    }
}

const NAMED: &str = "CATALOG 4006381333931\nTITLE \"Größe\"\nPERFORMER \"Band\"\nFILE \"d.bin\" BINARY\n\
    TRACK 01 AUDIO\nTITLE \"One\"\nPERFORMER \"Her\"\nSONGWRITER \"Him\"\nISRC DEABC2600001\nINDEX 01 00:00:00\n\
    TRACK 02 AUDIO\nTITLE \"Über\"\nPERFORMER \"Band\"\nCOMPOSER \"Clara\"\nARRANGER \"Robert\"\nINDEX 01 00:08:00\n";

/// Tracks that are saved and burnt again keep their samples and every name that the disc had.
#[test]
fn files_of_tracks_make_the_same_disc_again() {
    both("cd-r", |rig| {
        let mut first = image("a.cue", NAMED);
        burn_at_once(rig, "named", &mut first, 0, false);
        let sent = [main(&mut first, 0, 600), main(&mut first, 600, 1200)];
        for (form, ending) in [(TrackForm::Wav, "wav"), (TrackForm::Flac, "flac")] {
            let names = [1, 2].map(|number| format!("{number}.{ending}"));
            let files = (1..).zip(&names).map(|(n, name)| (name.clone(), saved(rig, n, form).expect(ending)));
            let mut files = Saved(files.collect());
            let names = [names[0].as_str(), &names[1]];
            let again = pollster::block_on(AudioDisc::default().read(&names, &mut files));
            let mut again = again.unwrap_or_else(|error| panic!("{}, {ending}: {error}", rig.height));
            assert!([main(&mut again, 0, 600), main(&mut again, 600, 1200)] == sent, "{}, {ending}", rig.height);
            let words = |image: &CdImage| {
                let block = image.layout.text.blocks.first().expect("CD-Text");
                block.texts.iter().map(|(kind, texts)| (*kind, texts.clone())).collect::<Vec<_>>()
            };
            assert_eq!(words(&again), words(&first), "{}, {ending}", rig.height);
            assert_eq!(again.layout.mcn, first.layout.mcn, "{}, {ending}", rig.height);
            let isrcs = |image: &CdImage| image.layout.placed().map(|placed| placed.track.isrc).collect::<Vec<_>>();
            assert_eq!(isrcs(&again), isrcs(&first), "{}, {ending}", rig.height);
        }
    });
}

/// An ISO file has 2048 bytes for each sector: sectors of form 2 have 2324, and cut to that they would be something else.
#[test]
fn form_2_is_not_cut_to_an_iso() {
    both("cd-r", |rig| {
        let sector = |n: usize| {
            let form = if n < 150 { 0x08 } else { 0x20 };
            [[0, 0, form, 0], [0, 0, form, 0]].concat().into_iter().chain((8..2336).map(move |i| (i * 5 + n) as u8))
        };
        let bytes: Vec<u8> = (0..400).flat_map(sector).collect();
        let toc = "CD_ROM_XA\nTRACK MODE2_FORM_MIX\nDATAFILE \"x.bin\"\n";
        let mut image = opened("a.toc", BTreeMap::from([("a.toc", toc.as_bytes().to_vec()), ("x.bin", bytes)]));
        burn_at_once(rig, "both forms", &mut image, 0, false);
        match saved(rig, 1, TrackForm::Iso) {
            Err(CopyError::Engine(error)) => {
                assert_eq!((error.code, error.lba), ("not-user-data", Some(Lba(150))), "{}", rig.height);
            }
            other => panic!("{}: {:?}", rig.height, other.map(|bytes| bytes.len())),
        }
        // Nor by the way that a computer reads: there the drive says no.
        let recorder = rig.recorder(vec![]);
        let read = pollster::block_on(recorder.read_disc(&mut Nowhere, &Reporter::silent(), &Cancel::new()));
        assert_eq!(read.map_err(|error| error.code), Err("not-user-data"), "{}", rig.height);
        let whole = saved(rig, 1, TrackForm::Bin).expect("every sector");
        assert!(whole[..400 * 2352] == main(&mut image, 0, 400), "{}", rig.height);
    });
}
