//! CD+G: R–W of the host's own beside the audio of a session at once.

use std::collections::BTreeMap;

use webburn_cdcode::subchannel::planes;
use webburn_imapi::verify_cd::Compared;
use webburn_imapi::{Error, NoDigest, Outcome, Reporter, SessionReport, SessionSpec};
use webburn_mmc::CueSheet;
use webburn_rawimage::CdImage;
use webburn_rawimage::at_once::{BlockStream, SessionSheet, SheetOptions};
use webburn_rawimage::format::ccd;
use webburn_scsi::wrap::{Effect, Fault};
use webburn_sector::Lba;
use webburn_sim::Personality;
use webburn_tests::oracle;
use webburn_tests::rig::Rig;
use webburn_tests::rig::quick::{both, both_in};

use crate::audio_tracks::samples;
use crate::cue_sheets::sao;
use crate::images::{image, opened};

const SECTORS: u32 = 700;

/// Six bits that differ from sector to sector; none in the first hundred.
fn rw(sector: u32) -> [u8; 96] {
    std::array::from_fn(|n| if sector < 100 { 0 } else { ((sector * 7 + n as u32 * 5) & 0x3F) as u8 })
}

/// Two audio tracks whose R–W lie in blocks of 2448 bytes.
pub fn from_toc() -> CdImage {
    let main = samples(SECTORS, 3);
    let blocks = (0..).zip(main.chunks(2352)).flat_map(|(sector, main)| [main, &rw(sector)].concat()).collect();
    let toc = "CD_DA\nTRACK AUDIO RW_RAW\nFILE \"d.bin\" 0 00:05:00\nTRACK AUDIO RW_RAW\nFILE \"d.bin\" 00:05:00\n";
    opened("d.toc", BTreeMap::from([("d.toc", toc.as_bytes().to_vec()), ("d.bin", blocks)]))
}

/// The same as a clone image.
fn from_ccd() -> CdImage {
    let sub = (0..SECTORS).flat_map(|sector| planes::from_symbols(&rw(sector))).collect();
    let text = ccd::ccd(&from_toc().layout).expect("one session").into_bytes();
    opened("d.ccd", BTreeMap::from([("d.ccd", text), ("d.img", samples(SECTORS, 3)), ("d.sub", sub)]))
}

fn burn(rig: &Rig, image: &mut CdImage, faults: Vec<Fault>) -> Result<SessionReport, Error> {
    let sheet = SessionSheet::new(&image.layout, 0, SheetOptions::default()).expect("a sheet").with_rw();
    assert!(sheet.has_rw());
    let cue = CueSheet::parse(&sheet.to_bytes()).expect("whole lines");
    let spec = SessionSpec { sheet: &cue, packs: &sheet.packs };
    let mut source = BlockStream::session(image, &sheet);
    let writer = sao(rig, faults);
    pollster::block_on(writer.burn(spec, &mut source, &mut NoDigest, &Reporter::silent()))
}

#[test]
fn graphics_beside_the_audio() {
    type Make = fn() -> CdImage;
    let images: [(&str, Make); 2] = [("TOC", from_toc), ("CCD", from_ccd)];
    for (what, make) in images {
        both("cd-r", |rig| {
            let mut image = make();
            assert_eq!(pollster::block_on(image.has_rw()), Ok(true), "{what}");
            let report = burn(rig, &mut image, vec![]);
            let report = report.unwrap_or_else(|error| panic!("{what}, {}: {error}", rig.height));
            assert_eq!((report.burn.outcome, report.all_equal()), (Outcome::Verified, true), "{what}: {report:?}");
            let told: Vec<_> = report.tracks.iter().map(|track| track.rw).collect();
            assert_eq!(told, [Some(Compared::Equal); 2], "{what}, {}", rig.height);
            assert!(oracle::is_unlocked(&rig.sim), "{what}, {}", rig.height);
            rig.sim.with(|drive| {
                let mut disc = drive.disc_mut().expect("a disc").cd().expect("a CD");
                for sector in 0..SECTORS {
                    let held = disc.sector(sector as i32).expect("a sector");
                    let mut main = [0; 2352];
                    pollster::block_on(image.read_main(Lba(sector as i32), &mut main)).expect("a sector");
                    assert!(held.main == main, "{what}, {}: sector {sector}", rig.height);
                    assert_eq!(held.sub.map(|symbol| symbol & 0x3F), rw(sector), "{what}, {}: {sector}", rig.height);
                    // P and Q are the drive's.
                    let q = webburn_imapi::cd::q::of_symbols(&held.sub);
                    assert!(webburn_imapi::cd::q::is_sound(&q), "{what}, {}: {sector}: {q:02X?}", rig.height);
                }
            });
        });
    }
}

/// A symbol that reads back otherwise is told; the audio beside it is what it was.
#[test]
fn graphics_that_differ() {
    both("cd-r", |rig| {
        let seen = std::sync::atomic::AtomicBool::new(false);
        // The first READ CD that asks for the sub-channel.
        let look = move |cdb: &webburn_scsi::Cdb| {
            cdb.opcode() == 0xBE && cdb.as_bytes()[10] == 1 && !seen.swap(true, std::sync::atomic::Ordering::SeqCst)
        };
        let mangle = Effect::Mangle(Box::new(|bytes| bytes[2 * 2448 + 2352 + 30] ^= 1));
        let report = burn(rig, &mut from_ccd(), vec![Fault::new(look, mangle)]);
        let report = report.unwrap_or_else(|error| panic!("{}: {error}", rig.height));
        let first = &report.tracks[0];
        assert_eq!(first.compared, Compared::Equal, "{}", rig.height);
        assert_eq!(first.rw, Some(Compared::Different { first: Lba(2), sectors: 1 }), "{}", rig.height);
        assert!(report.burn.outcome == Outcome::Written && report.tracks[1].is_equal(), "{}", rig.height);
    });
}

/// A drive without: it says so beforehand, and takes no such sheet.
#[test]
fn drives_that_take_no_graphics() {
    let mut personality = Personality::bd_burner();
    personality.quirks.no_cue_rw = true;
    both_in(&personality, "cd-r", |rig| {
        let recorder = rig.recorder(vec![]);
        let media = pollster::block_on(recorder.media()).expect("a disc");
        assert!(media.abilities.session_at_once && !media.abilities.own_rw, "{}", rig.height);
        let error = burn(rig, &mut from_toc(), vec![]).expect_err(rig.height);
        assert_eq!((error.code, error.refused_before_writing), ("cue-sheet-refused", true), "{}: {error}", rig.height);
        assert!(oracle::is_untouched(&rig.sim), "{}", rig.height);
    });
    let mut plain = image("a.cue", "FILE \"d.bin\" BINARY\nTRACK 01 AUDIO\nINDEX 01 00:00:00\n");
    assert_eq!(pollster::block_on(plain.has_rw()), Ok(false));
}
