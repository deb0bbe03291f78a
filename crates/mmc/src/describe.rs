//! The human line for any CDB: for traces, the bridge's log and the page.

use webburn_scsi::Command;
use webburn_scsi::spc::{
    Inquiry, InquiryVpd, ModeSelect10, ModeSense10, PreventAllowMediumRemoval, RequestSense, TestUnitReady,
};

use crate::command::*;

/// A command in words: `WRITE(10) lba 0, 32 blocks`. `out` is the data to the drive where it is at hand, else empty;
/// parameter lists are read for what matters. Commands not known here are named where the standard names them, with
/// their bytes.
#[must_use]
pub fn describe(cdb: &[u8], out: &[u8]) -> String {
    macro_rules! first {
        (without { $($plain:ident),* $(,)? } with { $($with:ident),* $(,)? }) => {
            $( if let Some(command) = $plain::from_cdb(cdb) { return command.to_string(); } )*
            $( if let Some(command) = $with::from_cdb(cdb, out) { return command.to_string(); } )*
        };
    }
    first! {
        without {
            TestUnitReady, RequestSense, Inquiry, InquiryVpd, StartStopUnit, PreventAllowMediumRemoval,
            ReadFormatCapacities, ReadCapacity, Read10, Read12, Seek10, Verify10, SynchronizeCache,
            ReadCurrentPosition, ReadMcn, ReadIsrc, ReadToc, ReadSessionInfo, ReadFullToc, ReadPma, ReadAtip,
            ReadCdText, GetConfiguration, GetEventStatusNotification, ReadDiscInformation, ReadTrackResources,
            ReadPowResources, ReadTrackInformation, ReserveTrack, ReserveTrackUpTo, ModeSense10, CloseTrackSession,
            ReadBufferCapacity, Blank, ReportRpcState, ReportKey, LoadUnloadMedium, GetPerformance, GetWriteSpeeds,
            ReadDiscStructure, ReadCdMsf, SetCdSpeed, MechanismStatus, ReadCd,
        }
        with {
            Write10, Write12, FormatUnit, WriteAndVerify10, SendOpcInformation, ModeSelect10, SendCueSheet, SendKey,
            SetStreaming, SendDiscStructure,
        }
    }
    let bytes = cdb.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ");
    match cdb.first().and_then(|opcode| command_name(*opcode)) {
        Some(name) => format!("{name} [{bytes}]"),
        None => format!("command [{bytes}]"),
    }
}

/// The name the standards give an operation code of an MMC drive; `None` for vendor and unknown ones.
#[must_use]
pub const fn command_name(opcode: u8) -> Option<&'static str> {
    Some(match opcode {
        0x00 => TestUnitReady::NAME,
        0x01 => "REZERO UNIT",
        0x03 => RequestSense::NAME,
        0x04 => FormatUnit::NAME,
        0x08 => "READ(6)",
        0x0A => "WRITE(6)",
        0x12 => Inquiry::NAME,
        0x15 => "MODE SELECT(6)",
        0x1A => "MODE SENSE(6)",
        0x1B => StartStopUnit::NAME,
        0x1C => "RECEIVE DIAGNOSTIC RESULTS",
        0x1D => "SEND DIAGNOSTIC",
        0x1E => PreventAllowMediumRemoval::NAME,
        0x23 => ReadFormatCapacities::NAME,
        0x25 => ReadCapacity::NAME,
        0x28 => Read10::NAME,
        0x2A => Write10::NAME,
        0x2B => Seek10::NAME,
        0x2C => "ERASE(10)",
        0x2E => WriteAndVerify10::NAME,
        0x2F => Verify10::NAME,
        0x35 => SynchronizeCache::NAME,
        0x3B => "WRITE BUFFER",
        0x3C => "READ BUFFER",
        0x42 => "READ SUB-CHANNEL",
        0x43 => "READ TOC/PMA/ATIP",
        0x44 => "READ HEADER",
        0x45 => "PLAY AUDIO(10)",
        0x46 => GetConfiguration::NAME,
        0x47 => "PLAY AUDIO MSF",
        0x4A => GetEventStatusNotification::NAME,
        0x4B => "PAUSE/RESUME",
        0x4C => "LOG SELECT",
        0x4D => "LOG SENSE",
        0x4E => "STOP PLAY/SCAN",
        0x51 => ReadDiscInformation::NAME,
        0x52 => ReadTrackInformation::NAME,
        0x53 => ReserveTrack::NAME,
        0x54 => SendOpcInformation::NAME,
        0x55 => ModeSelect10::NAME,
        0x58 => "REPAIR TRACK",
        0x5A => ModeSense10::NAME,
        0x5B => CloseTrackSession::NAME,
        0x5C => ReadBufferCapacity::NAME,
        0x5D => SendCueSheet::NAME,
        0xA0 => "REPORT LUNS",
        0xA1 => Blank::NAME,
        0xA2 => "SECURITY PROTOCOL IN",
        0xA3 => SendKey::NAME,
        0xA4 => ReportKey::NAME,
        0xA5 => "PLAY AUDIO(12)",
        0xA6 => LoadUnloadMedium::NAME,
        0xA7 => "SET READ AHEAD",
        0xA8 => Read12::NAME,
        0xAA => Write12::NAME,
        0xAB => "READ MEDIA SERIAL NUMBER",
        0xAC => GetPerformance::NAME,
        0xAD => ReadDiscStructure::NAME,
        0xB5 => "SECURITY PROTOCOL OUT",
        0xB6 => SetStreaming::NAME,
        0xB9 => ReadCdMsf::NAME,
        0xBA => "SCAN",
        0xBB => SetCdSpeed::NAME,
        0xBD => MechanismStatus::NAME,
        0xBE => ReadCd::NAME,
        0xBF => SendDiscStructure::NAME,
        _ => return None,
    })
}
