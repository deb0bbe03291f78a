//! Images of CDs put onto discs the way that page and command line do it: the way that is chosen, raw burns in one call,
//! what is refused before anything is written.

use webburn_drive::Media;
use webburn_imapi::verify_cd::Compared;
use webburn_imapi::{Error, Event, NoDigest, Outcome, progress};
use webburn_rawimage::CdImage;
use webburn_record::{CdWriter, Graphics, Recorded, Recording, Refusal, Wish};
use webburn_scsi::wrap::{Effect, Fault};
use webburn_sector::Lba;
use webburn_sim::Personality;
use webburn_tests::clock::SimClock;
use webburn_tests::line::Line;
use webburn_tests::oracle;
use webburn_tests::rig::Rig;
use webburn_tests::rig::quick::{both, both_in};

use crate::graphics::from_toc;
use crate::images::{EXTRA, discs, holds, image};

const RAW: Wish =
    Wish { verify: true, speed: None, raw: true, test_write: false, overburn: false, texts: true, erases: false };
const SHEET: Wish = Wish { raw: false, ..RAW };

fn decide(rig: &Rig, image: &mut CdImage, wish: &Wish) -> Result<Recording, Refusal> {
    let media = pollster::block_on(rig.recorder(vec![]).media()).expect("a drive that answers");
    let rw = pollster::block_on(image.has_rw()).expect("files that can be read");
    Recording::decide(image, "the image", rw, &media, wish)
}

/// How it was decided, what the burn told on the way, and how it ended.
fn burn(
    rig: &Rig,
    image: &mut CdImage,
    wish: &Wish,
    faults: Vec<Fault>,
) -> (Recording, Vec<&'static str>, Result<Recorded, Error>) {
    let recording = decide(rig, image, wish).unwrap_or_else(|refusal| panic!("{}: {refusal}", rig.height));
    let writer: CdWriter<Line, SimClock> =
        CdWriter::new(&rig.recorder(faults), "webburn-tests", &recording).expect("a good name");
    let (reporter, mut events) = progress::channel();
    let ended = pollster::block_on(writer.burn(image, &recording, &mut NoDigest, &reporter));
    drop(reporter);
    let mut notes = Vec::new();
    while let Some(event) = pollster::block_on(futures::StreamExt::next(&mut events)) {
        if let Event::Note { code, .. } = event {
            notes.push(code);
        }
    }
    (recording, notes, ended)
}

fn everything() -> CdImage {
    discs().into_iter().find(|(what, _)| *what == "everything").expect("a disc").1
}

#[test]
fn a_disc_raw_in_one_call() {
    both("cd-r", |rig| {
        let mut image = everything();
        let (recording, _, ended) = burn(rig, &mut image, &RAW, vec![]);
        let recorded = ended.unwrap_or_else(|error| panic!("{}: {error}", rig.height));
        assert!(recording.is_raw() && recorded.raw && !recorded.is_wrong(), "{}", rig.height);
        let compared = recorded.compared.expect("it was compared");
        assert!(compared.is_equal() && Lba(compared.sectors.0 as i32) == image.layout.lead_out(), "{compared:?}");
        let whole = recorded.together().expect("one session");
        assert_eq!((whole.burn.outcome, whole.burn.closed), (Outcome::Verified, true), "{}", rig.height);
        holds(rig, "raw", &mut image, 0, None);
        // Now it is no blank disc, which the image can be asked for again.
        let recording = decide(rig, &mut image, &RAW).expect("nothing against it but the disc");
        let writer: CdWriter<Line, SimClock> =
            CdWriter::new(&rig.recorder(vec![]), "webburn-tests", &recording).expect("a good name");
        let planned = pollster::block_on(writer.plan(&mut image, &recording));
        assert_eq!(planned.err().map(|error| error.code), Some("disc-not-blank"), "{}", rig.height);
    });
}

/// A bit of Q that is misread is noise; a sample that is another one is a difference, and no failure.
#[test]
fn noise_is_no_difference() {
    let change = |at: usize, bits: u8| Fault::at(0xBE, Effect::Mangle(Box::new(move |bytes| bytes[at] ^= bits)));
    both("cd-rw", |rig| {
        let (_, _, ended) = burn(rig, &mut everything(), &RAW, vec![change(2 * 2448 + 2352 + 20, 0x40)]);
        let recorded = ended.unwrap_or_else(|error| panic!("{}: {error}", rig.height));
        let compared = recorded.compared.expect("it was compared");
        assert!(compared.q_noise == 1 && compared.is_equal() && !recorded.is_wrong(), "{compared:?}");
    });
    both("cd-rw", |rig| {
        let (_, _, ended) = burn(rig, &mut everything(), &RAW, vec![change(2448 + 100, 1)]);
        let recorded = ended.unwrap_or_else(|error| panic!("{}: {error}", rig.height));
        let compared = recorded.compared.expect("it was compared");
        assert_eq!(compared.main, Compared::Different { first: Lba(1), sectors: 1 }, "{}", rig.height);
        let report = recorded.together().expect("one session").burn;
        assert_eq!((report.outcome, report.hresult.0), (Outcome::Written, 0xC0AA_0007), "{}", rig.height);
        assert!(recorded.is_wrong() && oracle::is_unlocked(&rig.sim), "{}", rig.height);
    });
}

/// A drive that takes no layout with CD-Text, and writes raw: nothing is lost. One that does neither says so, and has
/// written nothing.
#[test]
fn a_refused_layout_goes_raw() {
    let mut personality = Personality::bd_burner();
    personality.quirks.no_cd_text = true;
    both_in(&personality, "cd-r", |rig| {
        let mut image = everything();
        let (recording, notes, ended) = burn(rig, &mut image, &SHEET, vec![]);
        let recorded = ended.unwrap_or_else(|error| panic!("{}: {error}", rig.height));
        assert!(!recording.is_raw() && recorded.raw && notes.contains(&"raw-instead"), "{notes:?}");
        assert_eq!(recorded.together().map(|all| all.burn.outcome), Some(Outcome::Verified), "{}", rig.height);
        holds(rig, "raw instead", &mut image, 0, None);
    });
    personality.quirks.no_raw = true;
    both_in(&personality, "cd-r", |rig| {
        let (_, notes, ended) = burn(rig, &mut everything(), &SHEET, vec![]);
        let error = ended.expect_err(rig.height);
        assert_eq!((error.code, error.refused_before_writing), ("cue-sheet-refused", true), "{error}");
        assert!(!notes.contains(&"raw-instead") && oracle::is_untouched(&rig.sim), "{}", rig.height);
        // Asked for raw, such a drive says what it cannot do.
        let (_, _, ended) = burn(rig, &mut everything(), &RAW, vec![]);
        let error = ended.expect_err(rig.height);
        let raw = error.args.iter().any(|(name, _)| *name == "raw");
        assert_eq!((error.code, error.refused_before_writing, raw), ("drive-cannot-write-this", true, true), "{error}");
        assert!(oracle::is_untouched(&rig.sim) && oracle::is_unlocked(&rig.sim), "{}", rig.height);
    });
}

/// Graphics go beside the audio, raw where the drive has no other way, and are left out where it has none.
#[test]
fn graphics_go_the_way_that_the_drive_has() {
    for (no_rw, no_raw, wanted) in
        [(false, false, Graphics::Written), (true, false, Graphics::RawForThem), (true, true, Graphics::LeftOut)]
    {
        let mut personality = Personality::bd_burner();
        (personality.quirks.no_cue_rw, personality.quirks.no_raw) = (no_rw, no_raw);
        both_in(&personality, "cd-r", |rig| {
            let (recording, _, ended) = burn(rig, &mut from_toc(), &SHEET, vec![]);
            let recorded = ended.unwrap_or_else(|error| panic!("{wanted:?}, {}: {error}", rig.height));
            assert_eq!((recording.graphics, recorded.raw), (wanted, wanted == Graphics::RawForThem), "{}", rig.height);
            let all = recorded.together().expect("one session");
            assert_eq!(all.burn.outcome, Outcome::Verified, "{wanted:?}, {}", rig.height);
            let beside = all.tracks.iter().map(|track| track.rw).collect::<Vec<_>>();
            match wanted {
                Graphics::Written => assert_eq!(beside, [Some(Compared::Equal); 2], "{}", rig.height),
                Graphics::RawForThem => assert_eq!(recorded.compared.map(|all| all.rw), Some(Compared::Equal)),
                _ => assert_eq!(beside, [None; 2], "{}", rig.height),
            }
        });
    }
}

#[test]
fn what_does_not_go_is_said_before_anything_is_written() {
    let short = "FILE \"d.bin\" BINARY\nTRACK 01 AUDIO\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nINDEX 01 00:02:00\n";
    let mode0 = "CD_ROM\nTRACK AUDIO\nFILE \"d.bin\" 0 00:05:00\n";
    let two = || image("a.cue", EXTRA);
    let one = || image("a.toc", mode0);
    let tried = Wish { test_write: true, ..RAW };
    let cases: [(&str, CdImage, &Wish, &str); 8] = [
        ("cd-r", two(), &RAW, "image-not-supported"),
        ("cd-r", one(), &tried, "argument-invalid"),
        ("cd-r", image("a.cue", short), &SHEET, "image-track-too-short"),
        ("dvd+r", one(), &SHEET, "disc-unsupported"),
        ("dvd+r", one(), &RAW, "disc-unsupported"),
        ("cd-r:appendable", one(), &RAW, "disc-not-blank"),
        ("cd-rw:recorded", one(), &SHEET, "disc-erase-required"),
        ("cd-rw:recorded", two(), &RAW, "image-not-supported"),
    ];
    for (medium, mut image, wish, code) in cases {
        let media = media_of(medium);
        let refusal = Recording::decide(&mut image, "a", false, &media, wish).err();
        let refusal = refusal.unwrap_or_else(|| panic!("{medium}: not refused with {code}"));
        assert_eq!(refusal.code(), code, "{medium}: {refusal}");
    }
    // Raw takes the short tracks of discs of old.
    assert!(Recording::decide(&mut image("a.cue", short), "a", false, &media_of("cd-r"), &RAW).is_ok());
    // A disc that is erased first is as good as a blank one.
    let erases = Wish { erases: true, ..SHEET };
    assert!(Recording::decide(&mut one(), "a", false, &media_of("cd-rw:recorded"), &erases).is_ok());
}

fn media_of(medium: &str) -> Media {
    let mut found = None;
    let cell = std::cell::RefCell::new(&mut found);
    both(medium, |rig| {
        let media = pollster::block_on(rig.recorder(vec![]).media()).expect("a drive that answers");
        **cell.borrow_mut() = Some(Media::clone(&media));
    });
    found.expect("it was asked")
}
