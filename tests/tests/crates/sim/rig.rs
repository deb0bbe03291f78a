//! A drive on the bench.

use std::time::Duration;

use webburn_scsi::{Reply, Status, Target};
use webburn_sector::PatternSource;
use webburn_sim::{Disc, Personality, SimDrive};

/// Key, ASC, ASCQ.
pub type Triple = (u8, u8, u8);

pub struct Rig(pub SimDrive);

impl Rig {
    /// A burner for everything with the disc of `id` in it, ready and with no attention pending.
    pub fn with(id: &str) -> Rig {
        Self::with_drive(Personality::bd_burner(), id)
    }

    pub fn with_drive(personality: Personality, id: &str) -> Rig {
        let mut rig = Rig(SimDrive::new(personality));
        if let Some(disc) = Disc::from_id(id).unwrap() {
            rig.0.load(disc);
        }
        rig.settle();
        rig
    }

    /// Waits and polls until the drive is ready or says something that waiting does not change.
    pub fn settle(&mut self) {
        for _ in 0..100_000 {
            match self.run(&[0; 6]) {
                Err((6, ..)) | Err((2, 0x04, _)) => self.wait(Duration::from_secs(1)),
                _ => return,
            }
        }
        panic!("never ready");
    }

    pub fn wait(&mut self, time: Duration) {
        let to = self.0.now() + time;
        self.0.advance_to(to);
    }

    pub fn command(&mut self, cdb: &[u8], out: &[u8], room: usize) -> Result<Vec<u8>, Triple> {
        let mut reply = Reply::new(room);
        let outcome = self.0.obey(cdb, out, &mut reply);
        match outcome.status {
            Status::Good => Ok(reply.as_bytes().to_vec()),
            Status::CheckCondition(sense) => {
                assert_ne!(sense.key() as u8, 0, "CHECK CONDITION without a key");
                Err(sense.triple())
            }
            Status::Other(status) => panic!("status {status}"),
        }
    }

    pub fn run(&mut self, cdb: &[u8]) -> Result<Vec<u8>, Triple> {
        self.command(cdb, &[], 65_536)
    }

    pub fn send(&mut self, cdb: &[u8], out: &[u8]) -> Result<(), Triple> {
        self.command(cdb, out, 0).map(drop)
    }

    /// WRITE(10) of the pattern, sector numbers counted from 0 of the disc.
    pub fn write(&mut self, lba: i32, count: u16) -> Result<(), Triple> {
        self.send(&write_10(lba, count), &pattern(lba, count))
    }

    /// Writes many sectors, 32 at a time.
    pub fn write_all(&mut self, from: i32, count: u32) {
        let mut done = 0;
        while done < count {
            let now = (count - done).min(32) as u16;
            self.write(from + done as i32, now).unwrap();
            done += u32::from(now);
        }
    }

    pub fn read(&mut self, lba: i32, count: u16) -> Result<Vec<u8>, Triple> {
        let mut cdb = [0x28, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        cdb[2..6].copy_from_slice(&lba.to_be_bytes());
        cdb[7..9].copy_from_slice(&count.to_be_bytes());
        self.command(&cdb, &[], usize::from(count) * 2048)
    }

    pub fn sync(&mut self) -> Result<(), Triple> {
        self.send(&[0x35, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[])
    }

    pub fn close(&mut self, function: u8, number: u16) -> Result<(), Triple> {
        let [hi, lo] = number.to_be_bytes();
        self.send(&[0x5B, 0, function, 0, hi, lo, 0, 0, 0, 0], &[])
    }

    /// Mode page 05h: write type and flags, multi-session and track mode, block type.
    pub fn mode_page(&mut self, byte2: u8, byte3: u8, block: u8) -> Result<(), Triple> {
        let mut list = vec![0; 60];
        list[8] = 0x05;
        list[9] = 0x32;
        list[10] = byte2;
        list[11] = byte3;
        list[12] = block;
        list[13] = 16;
        list[23] = 150;
        self.send(&[0x55, 0x10, 0, 0, 0, 0, 0, 0, 60, 0], &list)
    }

    pub fn disc_information(&mut self) -> Vec<u8> {
        self.run(&[0x51, 0, 0, 0, 0, 0, 0, 0, 34, 0]).unwrap()
    }

    /// Disc status and state of the last session.
    pub fn status(&mut self) -> (u8, u8) {
        let info = self.disc_information();
        (info[2] & 3, info[2] >> 2 & 3)
    }

    pub fn track(&mut self, number: u32) -> Result<Track, Triple> {
        let mut cdb = [0x52, 1, 0, 0, 0, 0, 0, 0, 36, 0];
        cdb[2..6].copy_from_slice(&number.to_be_bytes());
        let bytes = self.run(&cdb)?;
        assert_eq!(bytes[..2], [0, 34]);
        let at = |i: usize| i32::from_be_bytes(bytes[i..i + 4].try_into().unwrap());
        Ok(Track {
            number: bytes[2],
            session: bytes[3],
            start: at(8),
            next: (bytes[7] & 1 != 0).then(|| at(12)),
            free: at(16),
            size: at(24),
            last: (bytes[7] & 2 != 0).then(|| at(28)),
            blank: bytes[6] & 0x40 != 0,
            reserved: bytes[6] & 0x80 != 0,
            damaged: bytes[5] & 0x20 != 0,
            mode: bytes[5] & 0x0F,
        })
    }

    pub fn capacity(&mut self) -> Result<u32, Triple> {
        let bytes = self.run(&[0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0])?;
        assert_eq!(bytes[4..], [0, 0, 8, 0]);
        Ok(u32::from_be_bytes(bytes[..4].try_into().unwrap()))
    }

    pub fn profile(&mut self) -> u16 {
        let bytes = self.run(&[0x46, 0, 0, 0, 0, 0, 0, 0, 8, 0]).unwrap();
        u16::from_be_bytes([bytes[6], bytes[7]])
    }

    /// Is a feature current? `None` when the drive does not have it.
    pub fn current(&mut self, code: u16) -> Option<bool> {
        let [hi, lo] = code.to_be_bytes();
        let bytes = self.run(&[0x46, 2, hi, lo, 0, 0, 0, 1, 0, 0]).unwrap();
        let feature = bytes.get(8..12)?;
        assert_eq!(feature[..2], [hi, lo]);
        Some(feature[2] & 1 != 0)
    }

    /// READ FORMAT CAPACITIES: current (blocks, type) and the formattable ones (blocks, type).
    pub fn format_capacities(&mut self) -> ((u32, u8), Vec<(u32, u8)>) {
        let bytes = self.run(&[0x23, 0, 0, 0, 0, 0, 0, 1, 0, 0]).unwrap();
        assert_eq!(usize::from(bytes[3]), bytes.len() - 4);
        let be = |i: usize| u32::from_be_bytes(bytes[i..i + 4].try_into().unwrap());
        let rest = (12..bytes.len()).step_by(8).map(|i| (be(i), bytes[i + 4] >> 2)).collect();
        ((be(4), bytes[8] & 3), rest)
    }

    /// FORMAT UNIT, not immediate.
    pub fn format(&mut self, blocks: u32, kind: u8, subtype: u8, parameter: u32) -> Result<(), Triple> {
        let mut list = vec![0, 0, 0, 8];
        list.extend(blocks.to_be_bytes());
        list.push(kind << 2 | subtype);
        list.extend(&parameter.to_be_bytes()[1..]);
        self.send(&[0x04, 0x11, 0, 0, 0, 0], &list)
    }

    pub fn contents(&mut self) -> Vec<u8> {
        self.0.disc_mut().unwrap().export().contents().unwrap()
    }
}

#[derive(Debug, PartialEq, Eq)]
pub struct Track {
    pub number: u8,
    pub session: u8,
    pub start: i32,
    pub next: Option<i32>,
    pub free: i32,
    pub size: i32,
    pub last: Option<i32>,
    pub blank: bool,
    pub reserved: bool,
    pub damaged: bool,
    pub mode: u8,
}

pub fn write_10(lba: i32, count: u16) -> [u8; 10] {
    let mut cdb = [0x2A, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    cdb[2..6].copy_from_slice(&lba.to_be_bytes());
    cdb[7..9].copy_from_slice(&count.to_be_bytes());
    cdb
}

/// The pattern of `count` sectors from `lba` on.
pub fn pattern(lba: i32, count: u16) -> Vec<u8> {
    let mut all = vec![0; usize::from(count) * 2048];
    for (i, sector) in all.chunks_mut(2048).enumerate() {
        PatternSource::fill((lba + i as i32) as u64, sector);
    }
    all
}
