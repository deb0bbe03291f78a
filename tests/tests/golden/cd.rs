//! The simulated drive as a CD recorder, held against what other programs sent to other drives: their cue sheets are
//! taken, and what the drive adds to a sector is what they put there when they wrote raw.

use std::time::Duration;

use sha2::{Digest, Sha256};
use webburn_scsi::{Reply, Status, Target};
use webburn_sim::surface::MemoryStore;
use webburn_sim::{Disc, DiscState, MediumKind, Personality, SimDrive};
use webburn_tests::vectors::{hex, text};

/// The lead-in of the discs that the recordings were made with: 97:34:23.
const LEAD_IN: i32 = -11_077;

struct Bench(SimDrive);

impl Bench {
    /// A blank CD-R with that lead-in, and the mode page for session at once.
    fn new() -> Self {
        let mut state: DiscState = Disc::blank(MediumKind::CdR).to_state();
        state.sessions[0].lead_in = LEAD_IN;
        let mut drive = SimDrive::new(Personality::bd_burner());
        drop(drive.load(Disc::from_state(state, Box::new(MemoryStore::new())).expect("a good state")));
        drive.advance_to(Duration::from_secs(120));
        for _ in 0..4 {
            drive.obey(&[0; 6], &[], &mut Reply::new(0));
        }
        let mut bench = Bench(drive);
        let mut list = vec![0; 60];
        list[8..13].copy_from_slice(&[0x05, 0x32, 0x42, 0, 0]);
        list[23] = 150;
        bench.send(&[0x55, 0x10, 0, 0, 0, 0, 0, 0, 60, 0], &list);
        bench
    }

    fn send(&mut self, cdb: &[u8], out: &[u8]) {
        let outcome = self.0.obey(cdb, out, &mut Reply::new(0));
        assert_eq!(outcome.status, Status::Good, "{cdb:02X?}");
    }

    fn ask(&mut self, cdb: &[u8]) -> Vec<u8> {
        let mut reply = Reply::new(65_536);
        let outcome = self.0.obey(cdb, &[], &mut reply);
        assert_eq!(outcome.status, Status::Good, "{cdb:02X?}");
        reply.as_bytes().to_vec()
    }

    fn cue(&mut self, sheet: &[u8]) {
        let [_, hi, mid, lo] = (sheet.len() as u32).to_be_bytes();
        self.send(&[0x5D, 0, 0, 0, 0, 0, hi, mid, lo, 0], sheet);
    }

    fn write(&mut self, lba: i32, block: &[u8]) {
        let [a, b, c, d] = lba.to_be_bytes();
        self.send(&[0x2A, 0, a, b, c, d, 0, 0, 1, 0], block);
    }

    fn sync(&mut self) {
        self.send(&[0x35, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[]);
    }
}

/// Bytes that a block of a data form has (MMC-6, SEND CUE SHEET); `None` where the drive makes it.
fn size(form: u8) -> Option<usize> {
    match form {
        0x00 => Some(2352),
        0x10 => Some(2048),
        0x20 | 0x30 => Some(2336),
        0x01 | 0x14 => None,
        0x41 => Some(96),
        other => panic!("form {other:02X} in a recording"),
    }
}

fn lba(line: &[u8]) -> i32 {
    let frames = (i32::from(line[5]) * 60 + i32::from(line[6])) * 75 + i32::from(line[7]);
    frames - if line[5] >= 90 { 450_150 } else { 150 }
}

#[test]
fn the_cue_sheets_of_other_programs_are_taken_and_become_their_tracks() {
    let all = text("cd/at-once.txt");
    let mut seen = 0;
    for burn in all.split("\nburn ").skip(1) {
        let name = burn.lines().next().unwrap_or_default();
        let sheet: Vec<u8> = burn.lines().filter_map(|line| line.strip_prefix("cue ")).flat_map(hex).collect();
        if sheet.is_empty() {
            continue;
        }
        seen += 1;
        let mut bench = Bench::new();
        bench.cue(&sheet);
        let lines: Vec<&[u8]> = sheet.chunks_exact(8).filter(|line| line[0] & 0x0F == 1).collect();
        if lines[0][3] == 0x41 {
            (LEAD_IN..-150).for_each(|at| bench.write(at, &[0; 96]));
        }
        for pair in lines[1..].windows(2) {
            let Some(size) = size(pair[0][3]) else { continue };
            (lba(pair[0])..lba(pair[1])).for_each(|at| bench.write(at, &vec![0; size]));
        }
        bench.sync();
        let toc = bench.ask(&[0x43, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
        let got: Vec<(u8, u8, i32)> = toc[4..]
            .chunks_exact(8)
            .map(|line| (line[2], line[1], i32::from_be_bytes([line[4], line[5], line[6], line[7]])))
            .collect();
        let wanted: Vec<(u8, u8, i32)> = lines
            .iter()
            .filter(|line| line[2] == 1)
            // The lead-out has the control of the last track.
            .map(|line| (line[1], 0x10 | line[0] >> 4, lba(line)))
            .collect();
        assert_eq!(got, wanted, "{name}");
    }
    assert!(seen >= 8, "{seen} sheets");
}

/// The lines of a recording that begin with a word: address and bytes.
fn lines(name: &str, word: &str) -> Vec<(i32, String)> {
    text(&format!("cd/{name}.txt"))
        .lines()
        .filter_map(|line| {
            let (at, rest) = line.strip_prefix(word)?.strip_prefix(' ')?.split_once(' ')?;
            Some((at.parse().ok()?, rest.to_owned()))
        })
        .collect()
}

#[test]
fn sectors_and_subcode_made_by_the_drive_are_those_that_wodim_writes_raw() {
    let mut bench = Bench::new();
    // 600 sectors of mode 1: lead-in, pre-gap, track, lead-out at 00:10:00.
    bench.cue(&hex("41 00 00 14 00 00 00 00 41 01 00 10 00 00 00 00 41 01 01 10 00 00 02 00 41 AA 01 14 00 00 0A 00"));
    (-150..0).for_each(|at| bench.write(at, &[0; 2048]));
    for sector in 0..600_usize {
        let data: Vec<u8> = (0..2048_usize).map(|i| (31 * sector + 7 * i + (i >> 8)) as u8).collect();
        bench.write(sector as i32, &data);
    }
    bench.sync();
    let cd = |at: i32, main: u8, sub: u8| {
        let [a, b, c, d] = at.to_be_bytes();
        [0xBE, 0, a, b, c, d, 0, 0, 1, main, sub, 0]
    };
    let (mut subs, mut mains) = (0, 0);
    for (at, bytes) in lines("wodim-data-raw96", "sub") {
        if (-150..600).contains(&at) {
            assert_eq!(bench.ask(&cd(at, 0, 1)), hex(&bytes), "subcode of {at}");
            subs += 1;
        }
    }
    for (at, digest) in lines("wodim-data-raw96", "main-sha256") {
        if (0..600).contains(&at) {
            let mut sector: webburn_cdcode::sector::Sector = bench.ask(&cd(at, 0xF8, 0)).try_into().expect("a sector");
            // Written raw it is scrambled.
            webburn_cdcode::scramble(&mut sector);
            let sum: String = Sha256::digest(sector).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(sum, digest, "main channel of {at}");
            mains += 1;
        }
    }
    assert!(subs >= 20 && mains >= 14, "{subs} and {mains}");
}

#[test]
fn the_cd_text_of_cdrskin_is_read_back() {
    let mut bench = Bench::new();
    bench.cue(&hex("01 00 00 41 00 00 00 00 01 01 00 00 00 00 00 00 01 01 01 00 00 00 02 00 01 02 01 00 00 00 07 19 01 AA 01 01 00 00 0C 00"));
    let sent = lines("cdrskin-audio-sao-cdtext", "sub");
    let blocks: Vec<Vec<u8>> = sent.iter().map(|(_, bytes)| hex(bytes)).collect();
    assert_eq!(blocks.len(), 3);
    // Six packs, four to a sector: the lead-in goes round every three sectors.
    (LEAD_IN..-150).zip(blocks.iter().cycle()).for_each(|(at, block)| bench.write(at, block));
    (-150..750).for_each(|at| bench.write(at, &[0; 2352]));
    bench.sync();
    let packs: Vec<u8> =
        lines("cdrskin-audio-sao-cdtext", "pack").iter().take(6).flat_map(|(_, bytes)| hex(bytes)).collect();
    let got = bench.ask(&[0x43, 0, 5, 0, 0, 0, 0, 1, 0, 0]);
    assert_eq!(got[..4], [0, 2 + 6 * 18, 0, 0]);
    assert_eq!(got[4..], packs);
}

#[test]
fn every_selection_is_as_long_as_the_codec_says() {
    use webburn_mmc::{ExpectedSector, MainChannel, ReadCd, SubChannel};
    use webburn_scsi::Command;
    use webburn_sector::{Lba, SectorCount};
    let disc = Disc::from_id("cd-r:mixed").expect("a disc").expect("one");
    let mut drive = SimDrive::new(Personality::bd_burner());
    drop(drive.load(disc));
    drive.advance_to(Duration::from_secs(120));
    for _ in 0..4 {
        drive.obey(&[0; 6], &[], &mut Reply::new(0));
    }
    let mut tried = 0;
    // A sector of mode 1, and one of audio.
    for (lba, expected) in [(5, ExpectedSector::MODE_1), (605, ExpectedSector::CD_DA)] {
        for main in (0..=0xFF_u8).filter(|main| main & 1 == 0) {
            for sub in [SubChannel::NONE, SubChannel::RAW, SubChannel::Q, SubChannel::R_W] {
                let main = MainChannel::from(main);
                let read = ReadCd { expected, conceal: false, lba: Lba(lba), blocks: SectorCount(2), main, sub };
                let mut reply = Reply::new(65_536);
                if drive.obey(read.cdb().as_bytes(), &[], &mut reply).status == Status::Good {
                    assert_eq!(reply.as_bytes().len(), 2 * read.block_length(), "{read}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 300, "{tried}");
}
