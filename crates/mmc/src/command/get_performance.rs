//! GET PERFORMANCE (MMC-6, 6.8): nominal performance (type 00h) and write speeds (type 03h).

use std::fmt;

use webburn_scsi::layout::{get, put};
use webburn_scsi::{Cdb, Command, Malformed, Payload, announced, codes, command, layout};
use webburn_sector::Lba;

codes! {
    /// WRC: write rotation control.
    RotationControl(u8) {
        MEDIA_DEFAULT = 0 "default of the medium",
        CAV = 1 "CAV",
    }
}

const HEADER: usize = 8;

command! {
    /// Asks how fast the drive reads or writes where on this disc.
    GetPerformance = 0xAC [12] given { u8(10) = 0x00 } {
        /// Tolerance; 2 (10 % and 20 %) is the only value the standard keeps.
        tolerance: u8 = bits(1, 3, 2),
        /// Write performance, else read.
        write: bool = bit(1, 2),
        /// 0 nominal, 1 the whole list in spite of nothing out of tolerance, 2 exceptions.
        except: u8 = bits(1, 0, 2),
        /// First block of interest.
        start: Lba = lba(2),
        /// Most descriptors to send.
        max_descriptors: u16 = u16(8),
    }
}

layout! {
    /// Nominal performance between two blocks, in kilobytes of 1000 bytes a second.
    PerformanceDescriptor [16] {
        /// First block.
        start: Lba = lba(0),
        /// Speed there.
        start_performance: u32 = u32(4),
        /// Last block.
        end: Lba = lba(8),
        /// Speed there.
        end_performance: u32 = u32(12),
    }
}

/// What type 00h answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Performance {
    /// How many descriptors the drive has, as announced; may be more than arrived.
    pub announced: usize,
    /// These are write speeds.
    pub write: bool,
    /// These are exceptions, not nominal speeds.
    pub except: bool,
    /// The descriptors.
    pub descriptors: Vec<PerformanceDescriptor>,
}

command! {
    /// Asks which write speeds the drive offers for this disc. Needs WSPD in feature 0107h.
    GetWriteSpeeds = 0xAC [12] given { u8(10) = 0x03 } {
        /// Most descriptors to send. Some drives send one when asked for none: ask, ask with the count, then fetch.
        max_descriptors: u16 = u16(8),
    }
}

layout! {
    /// A speed the drive offers.
    WriteSpeedDescriptor [16] {
        /// WRC: how the disc turns.
        rotation: RotationControl = code(0, 3, 2),
        /// RDD: the drive's default.
        default: bool = bit(0, 2),
        /// Exact: holds for the whole disc.
        exact: bool = bit(0, 1),
        /// MRW: mixture of reads and writes.
        mixed: bool = bit(0, 0),
        /// Last block of the disc.
        end: Lba = lba(4),
        /// Read speed at its end, kilobytes of 1000 bytes a second.
        read_speed: u32 = u32(8),
        /// Write speed at its end, the same unit.
        write_speed: u32 = u32(12),
    }
}

/// What type 03h answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WriteSpeeds {
    /// How many descriptors the drive has, as announced; may be more than arrived.
    pub announced: usize,
    /// The descriptors, in the drive's order (fastest first as a rule).
    pub descriptors: Vec<WriteSpeedDescriptor>,
}

/// The descriptors' bytes and how many the header announces.
fn split<'a>(what: &'static str, data: &'a [u8]) -> Result<(usize, &'a [u8]), Malformed> {
    let length = usize::try_from(get::u32(data, 0)).unwrap_or(usize::MAX).saturating_add(4);
    let within = announced(what, data, length.max(HEADER), HEADER)?;
    Ok((length.max(HEADER).saturating_sub(HEADER) / 16, &within[HEADER..]))
}

fn join(flags: u8, descriptors: impl Iterator<Item = [u8; 16]>) -> Vec<u8> {
    let mut out = vec![0; HEADER];
    out[4] = flags;
    descriptors.for_each(|descriptor| out.extend(descriptor));
    let length = (out.len() - 4) as u32;
    put::u32(&mut out, 0, length);
    out
}

impl Performance {
    /// Reads an answer, as long as its own header says. A descriptor cut in the middle is dropped.
    ///
    /// # Errors
    /// Fewer than 8 bytes.
    pub fn parse(data: &[u8]) -> Result<Self, Malformed> {
        let (announced, body) = split(GetPerformance::NAME, data)?;
        Ok(Performance {
            announced,
            write: get::bit(data, 4, 1),
            except: get::bit(data, 4, 0),
            descriptors: body.chunks_exact(16).map(PerformanceDescriptor::read).collect(),
        })
    }

    /// The bytes of an answer.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let flags = u8::from(self.write) << 1 | u8::from(self.except);
        join(flags, self.descriptors.iter().map(PerformanceDescriptor::encode))
    }
}

impl WriteSpeeds {
    /// Reads an answer, as long as its own header says. A descriptor cut in the middle is dropped.
    ///
    /// # Errors
    /// Fewer than 8 bytes.
    pub fn parse(data: &[u8]) -> Result<Self, Malformed> {
        let (announced, body) = split(GetWriteSpeeds::NAME, data)?;
        Ok(WriteSpeeds { announced, descriptors: body.chunks_exact(16).map(WriteSpeedDescriptor::read).collect() })
    }

    /// The bytes of an answer.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        join(0, self.descriptors.iter().map(WriteSpeedDescriptor::encode))
    }
}

impl Command for GetPerformance {
    const NAME: &'static str = "GET PERFORMANCE";
    type Response = Performance;
    fn cdb(&self) -> Cdb {
        self.to_cdb()
    }
    fn payload(&self) -> Payload<'_> {
        Payload::In(HEADER + 16 * usize::from(self.max_descriptors))
    }
    fn decode(&self, data: &[u8]) -> Result<Performance, Malformed> {
        Performance::parse(data)
    }
}

impl Command for GetWriteSpeeds {
    const NAME: &'static str = "GET PERFORMANCE (write speeds)";
    type Response = WriteSpeeds;
    fn cdb(&self) -> Cdb {
        self.to_cdb()
    }
    fn payload(&self) -> Payload<'_> {
        Payload::In(HEADER + 16 * usize::from(self.max_descriptors))
    }
    fn decode(&self, data: &[u8]) -> Result<WriteSpeeds, Malformed> {
        WriteSpeeds::parse(data)
    }
}

impl fmt::Display for GetPerformance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.write { "write" } else { "read" };
        write!(f, "{} {what}, from lba {}, {} descriptors", Self::NAME, self.start, self.max_descriptors)
    }
}

impl fmt::Display for GetWriteSpeeds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {} descriptors", Self::NAME, self.max_descriptors)
    }
}
