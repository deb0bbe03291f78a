//! One command, one file; and the one table by which they are found.

mod blank;
mod close_track_session;
mod format_unit;
mod get_configuration;
mod get_event_status_notification;
mod get_performance;
mod inquiry;
mod mechanism_status;
mod mode_select_10;
mod mode_sense_10;
mod prevent_allow_medium_removal;
mod read_10;
mod read_buffer_capacity;
mod read_capacity;
mod read_cd;
mod read_disc_information;
mod read_disc_structure;
mod read_format_capacities;
mod read_media_serial_number;
mod read_sub_channel;
mod read_toc_pma_atip;
mod read_track_information;
mod report_key;
mod request_sense;
mod reserve_track;
mod seek_10;
mod send_cue_sheet;
mod send_disc_structure;
mod send_opc_information;
mod set_cd_speed;
mod set_streaming;
mod start_stop_unit;
mod synchronize_cache;
mod test_unit_ready;
mod verify_10;
mod write_10;

use webburn_scsi::{Reply, Sense};

use crate::drive::SimDrive;
use crate::sense;

/// A command as it arrived.
pub(crate) struct Request<'a> {
    /// The command descriptor block, at least as long as its group says.
    pub cdb: &'a [u8],
    /// The data the host sent along.
    pub out: &'a [u8],
}

impl<'a> Request<'a> {
    pub(crate) fn byte(&self, at: usize) -> u8 {
        self.cdb.get(at).copied().unwrap_or(0)
    }
    pub(crate) fn be16(&self, at: usize) -> u16 {
        u16::from_be_bytes([self.byte(at), self.byte(at + 1)])
    }
    pub(crate) fn be24(&self, at: usize) -> u32 {
        u32::from_be_bytes([0, self.byte(at), self.byte(at + 1), self.byte(at + 2)])
    }
    pub(crate) fn be32(&self, at: usize) -> u32 {
        u32::from_be_bytes([self.byte(at), self.byte(at + 1), self.byte(at + 2), self.byte(at + 3)])
    }
    pub(crate) fn lba(&self, at: usize) -> i32 {
        self.be32(at) as i32
    }
    /// Bit 0 of byte 1: answer at once, work on by yourself.
    pub(crate) fn immed(&self) -> bool {
        self.byte(1) & 1 != 0
    }
    /// A parameter list of the length that the CDB announces.
    pub(crate) fn list(&self, len: usize) -> Result<&'a [u8], Sense> {
        self.out.get(..len).ok_or(sense::LIST_LENGTH)
    }
}

/// What must be in the tray.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Needs {
    Nothing,
    Medium,
}

/// The data phase a command means to have.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Phase {
    /// None.
    None,
    /// To the host, if the allocation (in `len`) is not zero.
    In(fn(&Request<'_>) -> usize),
    /// From the host, so many bytes.
    Out(fn(&SimDrive, &Request<'_>) -> usize),
}

type Handler = fn(&mut SimDrive, &Request<'_>, &mut Reply) -> Result<usize, Sense>;

/// A line of the table.
pub(crate) struct Entry {
    pub opcode: u8,
    #[allow(dead_code)] // for a reader of the table, and of traces
    pub name: &'static str,
    pub run: Handler,
    pub needs: Needs,
    pub phase: Phase,
    /// Answered whatever is pending: no unit attention, no "busy".
    pub any_time: bool,
    /// Answered while a long operation runs.
    pub while_busy: bool,
}

const fn entry(opcode: u8, name: &'static str, run: Handler, needs: Needs, phase: Phase) -> Entry {
    Entry { opcode, name, run, needs, phase, any_time: false, while_busy: false }
}
const fn any_time(entry: Entry) -> Entry {
    Entry { any_time: true, while_busy: true, ..entry }
}
const fn while_busy(entry: Entry) -> Entry {
    Entry { while_busy: true, ..entry }
}

use Needs::{Medium, Nothing};
use Phase::{In, None as NoData, Out};

/// Commands that only a burner knows.
pub(crate) const WRITING: &[u8] = &[0x04, 0x2A, 0x2E, 0x35, 0x53, 0x54, 0x5B, 0x5C, 0x5D, 0xA1, 0xAA, 0xBF];

/// Every command of the drive.
static TABLE: &[Entry] = &[
    entry(0x00, "TEST UNIT READY", test_unit_ready::run, Medium, NoData),
    any_time(entry(0x03, "REQUEST SENSE", request_sense::run, Nothing, In(|r| usize::from(r.byte(4))))),
    entry(0x04, "FORMAT UNIT", format_unit::run, Medium, Out(|_, _| 12)),
    any_time(entry(0x12, "INQUIRY", inquiry::run, Nothing, In(|r| usize::from(r.be16(3))))),
    entry(0x1B, "START STOP UNIT", start_stop_unit::run, Nothing, NoData),
    while_busy(entry(0x1E, "PREVENT ALLOW MEDIUM REMOVAL", prevent_allow_medium_removal::run, Nothing, NoData)),
    entry(0x23, "READ FORMAT CAPACITIES", read_format_capacities::run, Nothing, In(|r| usize::from(r.be16(7)))),
    entry(0x25, "READ CAPACITY", read_capacity::run, Medium, In(|_| 8)),
    entry(0x28, "READ (10)", read_10::run_10, Medium, In(|r| usize::from(r.be16(7)) * 2048)),
    entry(0x2A, "WRITE (10)", write_10::run_10, Medium, Out(write_10::len_10)),
    entry(0x2B, "SEEK (10)", seek_10::run, Medium, NoData),
    entry(0x2E, "WRITE AND VERIFY (10)", write_10::run_and_verify, Medium, Out(write_10::len_10)),
    entry(0x2F, "VERIFY (10)", verify_10::run, Medium, NoData),
    entry(0x35, "SYNCHRONIZE CACHE", synchronize_cache::run, Medium, NoData),
    entry(0x42, "READ SUB-CHANNEL", read_sub_channel::run, Medium, In(|r| usize::from(r.be16(7)))),
    entry(0x43, "READ TOC/PMA/ATIP", read_toc_pma_atip::run, Medium, In(|r| usize::from(r.be16(7)))),
    any_time(entry(0x46, "GET CONFIGURATION", get_configuration::run, Nothing, In(|r| usize::from(r.be16(7))))),
    any_time(entry(
        0x4A,
        "GET EVENT STATUS NOTIFICATION",
        get_event_status_notification::run,
        Nothing,
        In(|r| usize::from(r.be16(7))),
    )),
    entry(0x51, "READ DISC INFORMATION", read_disc_information::run, Medium, In(|r| usize::from(r.be16(7)))),
    entry(0x52, "READ TRACK INFORMATION", read_track_information::run, Medium, In(|r| usize::from(r.be16(7)))),
    entry(0x53, "RESERVE TRACK", reserve_track::run, Medium, NoData),
    entry(0x54, "SEND OPC INFORMATION", send_opc_information::run, Medium, Out(|_, r| usize::from(r.be16(7)))),
    entry(0x55, "MODE SELECT (10)", mode_select_10::run, Nothing, Out(|_, r| usize::from(r.be16(7)))),
    entry(0x5A, "MODE SENSE (10)", mode_sense_10::run, Nothing, In(|r| usize::from(r.be16(7)))),
    entry(0x5B, "CLOSE TRACK/SESSION", close_track_session::run, Medium, NoData),
    while_busy(entry(0x5C, "READ BUFFER CAPACITY", read_buffer_capacity::run, Medium, In(|r| usize::from(r.be16(7))))),
    entry(0x5D, "SEND CUE SHEET", send_cue_sheet::run, Medium, Out(|_, r| r.be24(6) as usize)),
    entry(0xA1, "BLANK", blank::run, Medium, NoData),
    entry(0xA4, "REPORT KEY", report_key::run, Nothing, In(|r| usize::from(r.be16(8)))),
    entry(0xA8, "READ (12)", read_10::run_12, Medium, In(|r| r.be32(6) as usize * 2048)),
    entry(0xAA, "WRITE (12)", write_10::run_12, Medium, Out(write_10::len_12)),
    entry(0xAB, "READ MEDIA SERIAL NUMBER", read_media_serial_number::run, Nothing, In(|r| r.be32(6) as usize)),
    entry(0xAC, "GET PERFORMANCE", get_performance::run, Nothing, In(get_performance::room)),
    entry(0xAD, "READ DISC STRUCTURE", read_disc_structure::run, Medium, In(|r| usize::from(r.be16(8)))),
    entry(0xB6, "SET STREAMING", set_streaming::run, Nothing, Out(|_, r| usize::from(r.be16(9)))),
    entry(0xB9, "READ CD MSF", read_cd::run_msf, Medium, In(read_cd::room_msf)),
    entry(0xBB, "SET CD SPEED", set_cd_speed::run, Nothing, NoData),
    while_busy(entry(0xBD, "MECHANISM STATUS", mechanism_status::run, Nothing, In(|r| usize::from(r.be16(8))))),
    entry(0xBE, "READ CD", read_cd::run, Medium, In(read_cd::room)),
    entry(0xBF, "SEND DISC STRUCTURE", send_disc_structure::run, Medium, Out(|_, r| usize::from(r.be16(8)))),
];

/// Positions in [`TABLE`] by operation code; 255 for none.
static INDEX: [u8; 256] = {
    let mut index = [255; 256];
    let mut i = 0;
    while i < TABLE.len() {
        assert!(index[TABLE[i].opcode as usize] == 255, "a command has two lines");
        index[TABLE[i].opcode as usize] = i as u8;
        i += 1;
    }
    index
};

/// The line of an operation code.
pub(crate) fn find(opcode: u8) -> Option<&'static Entry> {
    TABLE.get(usize::from(INDEX[usize::from(opcode)]))
}

/// Bytes of a command by its group (SPC-4, operation codes).
pub(crate) const fn length(opcode: u8) -> usize {
    match opcode >> 5 {
        0 => 6,
        1 | 2 => 10,
        5 => 12,
        4 => 16,
        _ => 6,
    }
}

/// Bytes being laid out for a reply.
#[derive(Default)]
pub(crate) struct Layout(pub Vec<u8>);

impl Layout {
    pub(crate) fn zeros(len: usize) -> Self {
        Layout(vec![0; len])
    }
    pub(crate) fn set16(&mut self, at: usize, value: u16) {
        self.0[at..at + 2].copy_from_slice(&value.to_be_bytes());
    }
    pub(crate) fn set32(&mut self, at: usize, value: u32) {
        self.0[at..at + 4].copy_from_slice(&value.to_be_bytes());
    }
}

/// Sends `bytes`, cut at the allocation length.
pub(crate) fn send(drive: &SimDrive, reply: &mut Reply, bytes: &[u8], allocation: usize) -> Result<usize, Sense> {
    if drive.personality.quirks.strict_length && allocation > bytes.len() {
        return Err(sense::FIELD);
    }
    reply.put_allocated(bytes, allocation);
    Ok(0)
}
