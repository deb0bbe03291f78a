//! Every command descriptor block in the large: what the device side reads, the host side writes back to the same bits.

use webburn_mmc::*;
use webburn_scsi::Command;
use webburn_sector::{Lba, SectorCount};

/// xorshift64*, fixed seed: the same blocks in every run.
struct Dice(u64);

impl Dice {
    fn byte(&mut self) -> u8 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 56) as u8
    }
    fn block(&mut self, opcode: u8) -> [u8; 16] {
        let mut block = [0; 16];
        // Codes that choose among commands of one operation code are small or zero: make these common.
        block.iter_mut().for_each(|byte| *byte = self.byte() & [0xFF, 0x0F, 0x00][usize::from(self.byte() % 3)]);
        block[0] = opcode;
        block
    }
}

/// Of random blocks with the right operation code: what `from_cdb` takes, `to_cdb` gives back without a bit that was
/// not set, and reading that again gives the same. Some blocks must be taken, or the test has shown nothing.
macro_rules! mirrors {
    (plain { $($plain:ident),* $(,)? } lists { $($list:ident),* $(,)? } data { $($data:ident),* $(,)? }) => {
        #[test]
        fn blocks_without_data_mirror() {
            let mut dice = Dice(7);
            $( {
                let mut taken = 0;
                for _ in 0..4000 {
                    let block = dice.block($plain::OPCODE);
                    let Some(command) = $plain::from_cdb(&block) else { continue };
                    taken += 1;
                    let cdb = command.to_cdb();
                    assert_eq!(command.cdb(), cdb);
                    for (at, (made, given)) in cdb.as_bytes().iter().zip(block).enumerate() {
                        assert_eq!(made & !given, 0, "{} byte {at}: {cdb} of {block:02x?}", $plain::NAME);
                    }
                    assert_eq!($plain::from_cdb(cdb.as_bytes()), Some(command), "{}", $plain::NAME);
                    assert_eq!(cdb.as_bytes()[cdb.as_bytes().len() - 1], 0, "control byte of {}", $plain::NAME);
                    assert!(!describe(&block, &[]).is_empty());
                }
                assert!(taken > 5, "{} was hardly ever taken", $plain::NAME);
                lengths($plain::NAME, $plain::OPCODE, |cdb| $plain::from_cdb(cdb).is_some());
            } )*
        }

        #[test]
        fn blocks_with_lists_mirror() {
            let mut dice = Dice(8);
            let out: Vec<u8> = (0..70_000).map(|_| dice.byte()).collect();
            $( {
                for _ in 0..500 {
                    let block = dice.block($list::OPCODE);
                    let command = $list::from_cdb(&block, &out).expect("a block long enough");
                    let cdb = command.to_cdb();
                    assert_eq!($list::from_cdb(cdb.as_bytes(), &out), Some(command), "{}", $list::NAME);
                    assert!(!describe(&block, &out).is_empty());
                    assert!(!describe(&block, &out[..3]).is_empty());
                }
                lengths($list::NAME, $list::OPCODE, |cdb| $list::from_cdb(cdb, &[]).is_some());
            } )*
        }

        #[test]
        fn blocks_with_data_mirror() {
            let mut dice = Dice(9);
            let out = [0x5A; 64];
            $( {
                for _ in 0..500 {
                    let block = dice.block($data::OPCODE);
                    let command = $data::from_cdb(&block, &out).expect("a block long enough");
                    assert_eq!(command.data, out, "data are not cut by a count of blocks");
                    let cdb = command.to_cdb();
                    for (made, given) in cdb.as_bytes().iter().zip(block) {
                        assert_eq!(made & !given, 0, "{}: {cdb} of {block:02x?}", $data::NAME);
                    }
                    assert_eq!($data::from_cdb(cdb.as_bytes(), &out), Some(command), "{}", $data::NAME);
                }
                lengths($data::NAME, $data::OPCODE, |cdb| $data::from_cdb(cdb, &[]).is_some());
            } )*
        }
    };
}

/// SPC-4, 4.3.1: the group of the operation code says how long the block is; shorter ones are none.
fn lengths(name: &str, opcode: u8, is_taken: impl Fn(&[u8]) -> bool) {
    let length = match opcode {
        0x00..=0x1F => 6,
        0x20..=0x5F => 10,
        _ => 12,
    };
    // The bytes that choose among commands of one operation code lie in this block of zeros or are tried below.
    let mut blocks = vec![[0; 16]; 16];
    for (choice, block) in (0..).zip(&mut blocks) {
        block[0] = opcode;
        match opcode {
            0x43 => block[2] = choice,
            0x42 => block[3] = choice,
            0x51 | 0x53 => block[1] = choice,
            0xA4 | 0xAC => block[10] = choice,
            _ => {}
        }
    }
    assert!(blocks.iter().any(|block| is_taken(&block[..length])), "{name} does not take {length} bytes");
    for block in &blocks {
        assert!((0..length).all(|end| !is_taken(&block[..end])), "{name} takes a cut block");
        let mut other = *block;
        other[0] ^= 0x80;
        assert!(!is_taken(&other), "{name} takes another operation code");
    }
}

mirrors! {
    plain {
        StartStopUnit, ReadFormatCapacities, ReadCapacity, Read10, Read12, Seek10, Verify10, SynchronizeCache,
        ReadCurrentPosition, ReadMcn, ReadIsrc, ReadToc, ReadSessionInfo, ReadFullToc, ReadPma, ReadAtip, ReadCdText,
        GetConfiguration, GetEventStatusNotification, ReadDiscInformation, ReadTrackResources, ReadPowResources,
        ReadTrackInformation, ReserveTrack, ReserveTrackUpTo, CloseTrackSession, ReadBufferCapacity, Blank,
        ReportKey, ReportRpcState, LoadUnloadMedium, GetPerformance, GetWriteSpeeds, ReadDiscStructure, ReadCdMsf,
        SetCdSpeed, MechanismStatus, ReadCd,
    }
    lists { FormatUnit, SendOpcInformation, SendCueSheet, SendKey, SetStreaming, SendDiscStructure }
    data { Write10, Write12, WriteAndVerify10 }
}

#[test]
fn the_hot_path_is_a_handful_of_stores() {
    let data = [0; 2048];
    let write = Write10 { force_unit_access: false, lba: Lba(-150), blocks: SectorCount(1), data: &data };
    assert_eq!(write.to_cdb().as_bytes(), [0x2A, 0, 0xFF, 0xFF, 0xFF, 0x6A, 0, 0, 1, 0]);
    let streaming =
        Write12 { force_unit_access: true, lba: Lba(32), blocks: SectorCount(32), streaming: true, data: &data };
    assert_eq!(streaming.to_cdb().as_bytes(), [0xAA, 8, 0, 0, 0, 32, 0, 0, 0, 32, 0x80, 0]);
    let read = Read12 { force_unit_access: false, lba: Lba(0x0102_0304), blocks: SectorCount(5), streaming: true };
    assert_eq!(read.to_cdb().as_bytes(), [0xA8, 0, 1, 2, 3, 4, 0, 0, 0, 5, 0x80, 0]);
}

#[test]
fn sector_sizes_of_read_cd() {
    use ExpectedSector as E;
    for (expected, all, user) in [
        (E::CD_DA, 2352, 2352),
        (E::MODE_1, 2352, 2048),
        (E::MODE_2, 2352, 2336),
        (E::MODE_2_FORM_1, 2352, 2048),
        (E::MODE_2_FORM_2, 2352, 2328),
        (E::ANY, 2352, 2352),
    ] {
        assert_eq!(MainChannel::ALL.bytes(expected), all, "{expected}");
        assert_eq!(MainChannel::USER.bytes(expected), user, "{expected}");
    }
    let raw = ReadCd { main: MainChannel { c2: 1, ..MainChannel::ALL }, sub: SubChannel::RAW, ..ReadCd::default() };
    assert_eq!(raw.block_length(), 2352 + 294 + 96);
    assert_eq!(u8::from(MainChannel::ALL), 0xF8);
    assert_eq!(MainChannel { header: true, ..MainChannel::default() }.bytes(E::ANY), 4);
}
