//! Images of CDs: read from their files, burnt on the simulated drive, and everything that they tell found on the disc.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use webburn_cdcode::subchannel::Layout;
use webburn_imapi::enums::RawCdDataSectorType;
use webburn_imapi::plan::CdOptions;
use webburn_imapi::{DiscFormat2RawCD, NoDigest, Outcome, Reporter, SessionSpec};
use webburn_mmc::CueSheet;
use webburn_rawimage::at_once::{BlockStream, SessionSheet, SheetOptions};
use webburn_rawimage::stream::{RawOptions, RawStream};
use webburn_rawimage::{CdImage, FileSource, Files, MemoryFile, OpenError, Pending};
use webburn_sector::{Lba, SectorSource};
use webburn_tests::clock::SimClock;
use webburn_tests::line::Line;
use webburn_tests::long;
use webburn_tests::oracle;
use webburn_tests::raw_cd::cd_r_from;
use webburn_tests::rig::Rig;
use webburn_tests::rig::quick::{both, both_of};

use crate::cue_sheets::sao;

/// Files by name; audio and data are bytes that differ everywhere.
struct Folder(BTreeMap<&'static str, Vec<u8>>);

impl Files for Folder {
    fn open<'a>(&'a mut self, name: &'a str) -> Pending<'a, Result<Box<dyn FileSource>, OpenError>> {
        let found = self.0.get(name).cloned().ok_or(OpenError::Missing);
        Box::pin(async { found.map(|bytes| Box::new(MemoryFile(bytes)) as Box<dyn FileSource>) })
    }
}

pub(crate) fn image(name: &'static str, description: &str) -> CdImage {
    static MADE: LazyLock<[Vec<u8>; 2]> = LazyLock::new(|| {
        let bytes = |seed: usize, length: usize| (0..length).map(|i| (i * seed + (i >> 9)) as u8).collect();
        [bytes(7, 1200 * 2352), bytes(3, 400 * 2048)]
    });
    let [bin, iso] = MADE.clone();
    let mut files = BTreeMap::from([("d.bin", bin), ("d.iso", iso)]);
    files.insert(name, description.as_bytes().to_vec());
    opened(name, files)
}

/// An image of these files, by its description.
pub fn opened(name: &str, files: BTreeMap<&'static str, Vec<u8>>) -> CdImage {
    pollster::block_on(webburn_rawimage::format::open(name, &mut Folder(files)))
        .unwrap_or_else(|error| panic!("{error}"))
}

const EVERYTHING: &str = "CATALOG 4006381333931\nTITLE \"Disc\"\nPERFORMER \"Band\"\nFILE \"d.bin\" BINARY\n\
    TRACK 01 AUDIO\nTITLE \"One\"\nISRC DEABC2600001\nFLAGS DCP\nINDEX 00 00:00:00\nINDEX 01 00:00:33\n\
    TRACK 02 AUDIO\nTITLE \"Two\"\nFLAGS PRE\nINDEX 00 00:05:00\nINDEX 01 00:06:00\nINDEX 02 00:07:20\nINDEX 03 00:08:00\n\
    TRACK 03 AUDIO\nTITLE \"Three\"\nISRC DEABC2600003\nINDEX 01 00:11:00\n";
const MIXED: &str = "CD_ROM\nTRACK MODE1\nDATAFILE \"d.iso\"\nZERO MODE1 00:02:00\n\
    TRACK AUDIO\nPREGAP 00:02:00\nFILE \"d.bin\" 0 00:05:00\nTRACK AUDIO\nFILE \"d.bin\" 00:05:00 00:06:00\n";
const XA: &str = "CD_ROM_XA\nTRACK MODE2_FORM1\nDATAFILE \"d.iso\"\n";

pub(crate) fn discs() -> [(&'static str, CdImage); 3] {
    [("everything", image("a.cue", EVERYTHING)), ("mixed", image("a.toc", MIXED)), ("XA", image("a.toc", XA))]
}

/// The disc in the drive is what the image tells: sectors, tracks, codes, texts; and its sub-channel where it was sent.
pub fn holds(rig: &Rig, what: &str, image: &mut CdImage, number: usize, mut sub: Option<&mut RawStream>) {
    let what = format!("{what}, {}", rig.height);
    let layout = image.layout.clone();
    let session = &layout.sessions[number];
    assert!(oracle::is_unlocked(&rig.sim), "{what}");
    rig.sim.with(|drive| {
        let mut disc = drive.disc_mut().expect("a disc").cd().expect("a CD");
        assert_eq!(disc.program(number as u16 + 1), session.start.0..session.lead_out().0, "{what}");
        assert_eq!(disc.catalog().map(str::to_owned), layout.mcn.map(|mcn| mcn.to_string()), "{what}");
        assert_eq!(disc.disc_type(), session.disc_type.code(), "{what}");
        let packs = webburn_cdcode::cdtext::encode(&layout.text).expect("it fits");
        assert!(disc.cd_text() == packs.iter().flat_map(|pack| pack.to_bytes()).collect::<Vec<_>>(), "{what}: texts");
        let told: Vec<_> = disc
            .tracks(number as u16 + 1)
            .map(|track| {
                (track.number, track.pregap, track.start, track.indices.clone(), track.control, track.isrc.clone())
            })
            .collect();
        let wanted: Vec<_> = session
            .placed()
            .map(|placed| {
                let (track, start) = (placed.track, placed.start);
                let pregap = (placed.pregap < start).then_some(placed.pregap.0);
                let indices = track.indices.iter().map(|&index| (start + index).0).collect();
                let isrc = track.isrc.map(|isrc| isrc.to_string());
                (u16::from(track.number.get()), pregap, start.0, indices, track.control.to_nibble(), isrc)
            })
            .collect();
        assert_eq!(told, wanted, "{what}");
        for at in session.start.0..session.lead_out().0 {
            let held = disc.sector(at).unwrap_or_else(|error| panic!("{what}: sector {at}: {error:?}"));
            let mut main = [0; 2352];
            pollster::block_on(image.read_main(Lba(at), &mut main)).expect("a sector");
            assert!(held.main == main, "{what}: sector {at}");
            if let Some(stream) = &mut sub {
                let mut block = [0; 2448];
                let first = stream.session().lead_in().start;
                pollster::block_on(SectorSource::read(*stream, u64::from(Lba(at).since(first).0), &mut block))
                    .expect("a block");
                assert!(held.sub == block[2352..], "{what}: sub-channel of {at}");
            }
        }
    });
}

#[test]
fn session_at_once() {
    // The other discs in the long run.
    for (what, _) in discs().into_iter().take(if long() { 3 } else { 1 }) {
        both("cd-r", |rig| {
            let (_, mut image) = discs().into_iter().find(|(name, _)| *name == what).expect("a disc");
            burn_at_once(rig, what, &mut image, 0, false);
            holds(rig, what, &mut image, 0, None);
        });
    }
}

pub(crate) const EXTRA: &str = "CATALOG 4006381333931\nTITLE \"Disc\"\nREM SESSION 01\nFILE \"d.bin\" BINARY\n\
    TRACK 01 AUDIO\nTITLE \"One\"\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nTITLE \"Two\"\nINDEX 01 00:08:00\n\
    REM SESSION 02\nFILE \"d.iso\" BINARY\nTRACK 03 MODE1/2048\nINDEX 01 00:00:00\n";
const DATA_TWICE: &str = "REM SESSION 01\nFILE \"d.iso\" BINARY\nTRACK 01 MODE1/2048\nINDEX 01 00:00:00\n\
    REM SESSION 02\nFILE \"d.iso\" BINARY\nTRACK 02 MODE1/2048\nINDEX 01 00:00:00\n";

/// A session that leaves the disc open, and one behind it, both at once: audio and data (CD Extra), and data twice.
#[test]
fn sessions_behind_each_other() {
    for (what, cue, ends) in [("CD Extra", EXTRA, 1200), ("data twice", DATA_TWICE, 400)] {
        for medium in ["cd-r", "cd-rw"] {
            both(medium, |rig| {
                let mut image = image("a.cue", cue);
                burn_at_once(rig, what, &mut image, 0, true);
                assert_eq!(rig.closed(), (1, false), "{what}, {}", rig.height);
                burn_at_once(rig, what, &mut image, 1, false);
                assert_eq!(rig.closed(), (2, true), "{what}, {}", rig.height);
                for number in 0..2 {
                    holds(rig, what, &mut image, number, None);
                }
                let recorder = rig.recorder(vec![]);
                let mut drive = pollster::block_on(recorder.drive());
                let contents = pollster::block_on(webburn_imapi::disc_contents(&mut drive)).expect(rig.height);
                let told: Vec<_> =
                    contents.sessions.iter().map(|s| (s.number, s.tracks[0].start.0, s.lead_out.0)).collect();
                // Lead-out 6750, lead-in 4500, pre-gap 150.
                let second = ends + 11_400;
                assert_eq!(told, [(1, 0, ends), (2, second, second + 400)], "{what}, {}", rig.height);
            });
        }
    }
}

pub(crate) fn burn_at_once(rig: &Rig, what: &str, image: &mut CdImage, number: usize, keep_open: bool) {
    let writer = sao(rig, vec![]);
    let sheet = SessionSheet::new(&image.layout, number, SheetOptions::default()).expect("a sheet");
    let session_format = sheet.disc_type.code();
    writer.set_options(CdOptions { session_format, keep_open, ..CdOptions::default() }).expect("idle");
    let cue = CueSheet::parse(&sheet.to_bytes()).expect("whole lines");
    let spec = SessionSpec { sheet: &cue, packs: &sheet.packs };
    let mut source = BlockStream::session(image, &sheet);
    let report = pollster::block_on(writer.burn(spec, &mut source, &mut NoDigest, &Reporter::silent()));
    let report = report.unwrap_or_else(|error| panic!("{what}, {}: {error}", rig.height));
    assert!(report.burn.outcome == Outcome::Verified && report.all_equal(), "{what}: {:?}", report.tracks);
}

#[test]
fn raw_with_all_of_the_sub_channel() {
    const SHORT: i32 = -4_650;
    for (what, _) in discs().into_iter().take(if long() { 3 } else { 1 }) {
        both_of(&webburn_sim::Personality::bd_burner(), &|| Some(cd_r_from(SHORT)), |rig| {
            let fresh = || discs().into_iter().find(|(name, _)| *name == what).expect("a disc").1;
            let options = RawOptions { lead_in: Lba(SHORT), ..RawOptions::new(Layout::Raw, Default::default()) };
            let mut stream = RawStream::new(fresh(), 0, options).expect("a stream");
            let raw: DiscFormat2RawCD<Line, SimClock> = DiscFormat2RawCD::new();
            raw.set_recorder(Some(rig.recorder(vec![]))).expect("idle");
            raw.set_client_name("webburn-tests").expect("a good name");
            pollster::block_on(async {
                raw.prepare_media(&Reporter::silent()).await.expect("a blank disc");
                raw.set_requested_sector_type(RawCdDataSectorType::IsRaw).await.expect("it can");
                let written = raw.write_media2(Some(&mut stream), -SHORT, &Reporter::silent()).await;
                written.unwrap_or_else(|error| panic!("{what}, {}: {error}", rig.height));
                raw.release_media().await.expect("it was prepared");
            });
            holds(rig, what, &mut fresh(), 0, Some(&mut stream));
        });
    }
}
