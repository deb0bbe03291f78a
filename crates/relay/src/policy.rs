//! Which commands may be sent: an allow-list of MMC, SPC and SBC commands that reading, burning and erasing need.
//!
//! The list follows what operating systems let an unprivileged program send to a disc drive, less what can harm the
//! drive or the machine: firmware download, diagnostics, security protocols, vendor commands. Direction and length must
//! be those of the command: a frame that says otherwise would make the drive and the host disagree about the data phase.

use std::fmt;

use webburn_scsi::{Cdb, Direction};

use crate::MAX_TRANSFER;

/// Why a command may not be sent. Nothing has reached the drive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The command's operation code.
    pub opcode: u8,
    /// What is wrong.
    pub why: Why,
}

/// Reasons of a [`Refused`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Not on the list.
    NotListed,
    /// Known, and dangerous: the reason in words.
    Dangerous(&'static str),
    /// The block is not as long as this command's.
    CommandLength(usize),
    /// The data goes the other way.
    Direction,
    /// Not the length that the block announces.
    DataLength(usize),
    /// More than [`MAX_TRANSFER`].
    TooLarge(usize),
    /// A field of the block, or the data, asks for something that is not permitted.
    Field(&'static str),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "command {:02X}h is not sent: ", self.opcode)?;
        match self.why {
            Why::NotListed => f.write_str("it is not on the list of permitted commands"),
            Why::Dangerous(why) => f.write_str(why),
            Why::CommandLength(len) => write!(f, "its block cannot have {len} bytes"),
            Why::Direction => f.write_str("its data goes the other way"),
            Why::DataLength(len) => write!(f, "{len} bytes are not what its block announces"),
            Why::TooLarge(len) => write!(f, "{len} bytes are more than {MAX_TRANSFER}"),
            Why::Field(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Refused {}

/// How much data a command moves, and which way.
#[derive(Clone, Copy)]
enum Shape {
    /// No data phase.
    None,
    /// In: exactly this many bytes.
    InFixed(usize),
    /// In: the block's allocation length (position, width); more room than that does no harm.
    In(usize, usize),
    /// In: as large as the caller's room; the block gives no byte count.
    InRoom,
    /// Out: exactly the block's parameter list length (position, width).
    Out(usize, usize),
    /// In: blocks (position, width) of some sector size.
    InBlocks(usize, usize),
    /// Out: blocks (position, width) of some writable sector size.
    OutBlocks(usize, usize),
    /// FORMAT UNIT: a list when FmtData is set.
    Format,
}

struct Row {
    opcode: u8,
    cdb_len: usize,
    shape: Shape,
}

const fn row(opcode: u8, cdb_len: usize, shape: Shape) -> Row {
    Row { opcode, cdb_len, shape }
}

/// The allow-list, by operation code. Fields as in MMC-6 and SPC-4.
const TABLE: &[Row] = &[
    row(0x00, 6, Shape::None),             // TEST UNIT READY
    row(0x03, 6, Shape::In(4, 1)),         // REQUEST SENSE
    row(0x04, 6, Shape::Format),           // FORMAT UNIT
    row(0x12, 6, Shape::In(3, 2)),         // INQUIRY
    row(0x1B, 6, Shape::None),             // START STOP UNIT
    row(0x1E, 6, Shape::None),             // PREVENT ALLOW MEDIUM REMOVAL
    row(0x23, 10, Shape::In(7, 2)),        // READ FORMAT CAPACITIES
    row(0x25, 10, Shape::InFixed(8)),      // READ CAPACITY(10)
    row(0x28, 10, Shape::InBlocks(7, 2)),  // READ(10)
    row(0x2A, 10, Shape::OutBlocks(7, 2)), // WRITE(10)
    row(0x2B, 10, Shape::None),            // SEEK(10)
    row(0x2C, 10, Shape::None),            // ERASE(10)
    row(0x2E, 10, Shape::OutBlocks(7, 2)), // WRITE AND VERIFY(10)
    row(0x2F, 10, Shape::None),            // VERIFY(10) without BytChk
    row(0x35, 10, Shape::None),            // SYNCHRONIZE CACHE(10)
    row(0x3C, 10, Shape::In(6, 3)),        // READ BUFFER
    row(0x42, 10, Shape::In(7, 2)),        // READ SUB-CHANNEL
    row(0x43, 10, Shape::In(7, 2)),        // READ TOC/PMA/ATIP
    row(0x46, 10, Shape::In(7, 2)),        // GET CONFIGURATION
    row(0x4A, 10, Shape::In(7, 2)),        // GET EVENT STATUS NOTIFICATION
    row(0x51, 10, Shape::In(7, 2)),        // READ DISC INFORMATION
    row(0x52, 10, Shape::In(7, 2)),        // READ TRACK INFORMATION
    row(0x53, 10, Shape::None),            // RESERVE TRACK
    row(0x54, 10, Shape::Out(7, 2)),       // SEND OPC INFORMATION
    row(0x55, 10, Shape::Out(7, 2)),       // MODE SELECT(10)
    row(0x58, 10, Shape::None),            // REPAIR TRACK
    row(0x5A, 10, Shape::In(7, 2)),        // MODE SENSE(10)
    row(0x5B, 10, Shape::None),            // CLOSE TRACK SESSION
    row(0x5C, 10, Shape::In(7, 2)),        // READ BUFFER CAPACITY
    row(0x5D, 10, Shape::Out(6, 3)),       // SEND CUE SHEET
    row(0xA0, 12, Shape::In(6, 4)),        // REPORT LUNS
    row(0xA1, 12, Shape::None),            // BLANK
    row(0xA4, 12, Shape::In(8, 2)),        // REPORT KEY, region state alone
    row(0xA6, 12, Shape::None),            // LOAD/UNLOAD MEDIUM
    row(0xA7, 12, Shape::None),            // SET READ AHEAD
    row(0xA8, 12, Shape::InBlocks(6, 4)),  // READ(12)
    row(0xAA, 12, Shape::OutBlocks(6, 4)), // WRITE(12)
    row(0xAC, 12, Shape::InRoom),          // GET PERFORMANCE
    row(0xAD, 12, Shape::In(8, 2)),        // READ DISC STRUCTURE
    row(0xB6, 12, Shape::Out(9, 2)),       // SET STREAMING
    row(0xB9, 12, Shape::InRoom),          // READ CD MSF
    row(0xBB, 12, Shape::None),            // SET CD SPEED
    row(0xBD, 12, Shape::In(8, 2)),        // MECHANISM STATUS
    row(0xBE, 12, Shape::InBlocks(6, 3)),  // READ CD
    row(0xBF, 12, Shape::Out(8, 2)),       // SEND DISC STRUCTURE
];

/// Commands that people will ask about.
const DANGEROUS: &[(u8, &str)] = &[
    (0x1D, "SEND DIAGNOSTIC can start tests of the drive's maker"),
    (0x3B, "WRITE BUFFER can replace the drive's firmware"),
    (0x4C, "LOG SELECT changes the drive's records"),
    (0xA2, "security protocols are not needed for discs"),
    (0xA3, "SEND KEY can change the drive's region for good"),
    (0xAB, "READ MEDIA SERIAL NUMBER leaves some drives unusable until they are switched off"),
    (0xB5, "security protocols are not needed for discs"),
];

/// Sector sizes that a drive writes (MMC-6, data block types); 96 is the CD-Text of a lead-in.
const WRITE_SECTORS: [usize; 8] = [96, 2048, 2056, 2324, 2336, 2352, 2368, 2448];
/// The longest sector READ CD can give: 2352, C2 and block error bits 296, subchannel 96.
const READ_SECTOR_MAX: usize = 2352 + 296 + 96;
/// Mode pages that may be changed: error recovery, write parameters, caching, power condition, time-out and protect.
const MODE_PAGES: [u8; 5] = [0x01, 0x05, 0x08, 0x1A, 0x1D];

fn be(cdb: &[u8], at: usize, width: usize) -> usize {
    cdb[at..at + width].iter().fold(0, |value, &byte| value << 8 | usize::from(byte))
}

/// May `cdb` be sent with `length` bytes in `direction`? `out` is the data to the drive (empty otherwise).
///
/// # Errors
/// [`Refused`] with the reason.
///
/// ```
/// use webburn_relay::policy::check;
/// use webburn_scsi::{Cdb, Direction};
/// assert!(check(&Cdb::new([0x12, 0, 0, 0, 36, 0]), Direction::In, 36, &[]).is_ok());
/// assert!(check(&Cdb::new([0x12, 0, 0, 0, 36, 0]), Direction::Out, 36, &[0; 36]).is_err());
/// ```
pub fn check(cdb: &Cdb, direction: Direction, length: usize, out: &[u8]) -> Result<(), Refused> {
    judge(cdb.as_bytes(), direction, length, out).map_err(|why| Refused { opcode: cdb.opcode(), why })
}

fn judge(cdb: &[u8], direction: Direction, length: usize, out: &[u8]) -> Result<(), Why> {
    let Some(row) = TABLE.iter().find(|row| row.opcode == cdb[0]) else {
        let known = DANGEROUS.iter().find(|(opcode, _)| *opcode == cdb[0]);
        return Err(known.map_or(Why::NotListed, |(_, why)| Why::Dangerous(why)));
    };
    if cdb.len() != row.cdb_len {
        return Err(Why::CommandLength(cdb.len()));
    }
    if length > MAX_TRANSFER {
        return Err(Why::TooLarge(length));
    }
    let (way, fits) = match row.shape {
        Shape::None => (Direction::None, length == 0),
        Shape::InFixed(len) => (Direction::In, length == len),
        Shape::In(at, width) => (Direction::In, length >= be(cdb, at, width)),
        Shape::InRoom => (Direction::In, true),
        Shape::Out(at, width) => (Direction::Out, length == be(cdb, at, width)),
        Shape::InBlocks(at, width) => (Direction::In, in_blocks(length, be(cdb, at, width))),
        Shape::OutBlocks(at, width) => (Direction::Out, out_blocks(length, be(cdb, at, width))),
        Shape::Format => match cdb[1] & 0x10 {
            0 => (Direction::None, length == 0),
            _ => (Direction::Out, (4..=256).contains(&length)),
        },
    };
    // A command that could move data but moves none, and says so in its block, has no direction.
    if direction != way && !(length == 0 && direction == Direction::None) {
        return Err(Why::Direction);
    }
    if !fits {
        return Err(Why::DataLength(length));
    }
    fields(cdb, length, out)
}

fn in_blocks(length: usize, blocks: usize) -> bool {
    if blocks == 0 { length == 0 } else { length.is_multiple_of(blocks) && length / blocks <= READ_SECTOR_MAX }
}

fn out_blocks(length: usize, blocks: usize) -> bool {
    if blocks == 0 { length == 0 } else { length.is_multiple_of(blocks) && WRITE_SECTORS.contains(&(length / blocks)) }
}

/// What the table of shapes cannot say.
fn fields(cdb: &[u8], length: usize, out: &[u8]) -> Result<(), Why> {
    match cdb[0] {
        // READ CD may be told to send nothing of each sector; the others always send all of it.
        0x28 if length == 0 && be(cdb, 7, 2) != 0 => Err(Why::DataLength(0)),
        0xA8 if length == 0 && be(cdb, 6, 4) != 0 => Err(Why::DataLength(0)),
        0x2F if cdb[1] & 0x02 != 0 => Err(Why::Field("VERIFY with data is not relayed")),
        0x3C if !matches!(cdb[1] & 0x1F, 0x00 | 0x02 | 0x03) => Err(Why::Field("READ BUFFER in a vendor's mode")),
        0x5D if !out.len().is_multiple_of(8) => Err(Why::Field("a cue sheet has entries of 8 bytes")),
        0xA4 if cdb[10] & 0x3F != 0x08 => Err(Why::Field("only the region state may be asked for")),
        0x55 => mode_select(cdb, out),
        _ => Ok(()),
    }
}

/// MODE SELECT(10): header 8 bytes, block descriptors, then pages.
fn mode_select(cdb: &[u8], out: &[u8]) -> Result<(), Why> {
    if cdb[1] & 0x01 != 0 {
        return Err(Why::Field("mode pages may not be saved for good"));
    }
    if out.is_empty() {
        return Ok(());
    }
    const BROKEN: Why = Why::Field("a mode parameter list that does not hold together");
    let header = out.get(..8).ok_or(BROKEN)?;
    let mut at = 8 + be(header, 6, 2);
    if at > out.len() {
        return Err(BROKEN);
    }
    while at < out.len() {
        let [code, len] = *out.get(at..at + 2).ok_or(BROKEN)? else { return Err(BROKEN) };
        if code & 0x40 != 0 || !MODE_PAGES.contains(&(code & 0x3F)) {
            return Err(Why::Field("this mode page may not be changed"));
        }
        at += 2 + usize::from(len);
        if at > out.len() {
            return Err(BROKEN);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
