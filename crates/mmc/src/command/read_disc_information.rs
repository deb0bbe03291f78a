//! READ DISC INFORMATION (MMC-6, 6.21): standard (type 000b), track resources (001b), POW resources (010b).

use std::fmt;

use webburn_scsi::layout::{get, put};
use webburn_scsi::{Command, Malformed, announced, codes, command, layout};

use crate::Address;

command! {
    /// Asks what state the disc is in.
    ReadDiscInformation = 0x51 [10] given { bits(1, 0, 3) = 0 } {
        /// Most bytes to send; 34 holds all but the OPC tables.
        allocation_length: u16 = u16(7),
    }
}

command! {
    /// Asks how many tracks the disc can have.
    ReadTrackResources = 0x51 [10] given { bits(1, 0, 3) = 1 } {
        /// Most bytes to send, 12.
        allocation_length: u16 = u16(7),
    }
}

command! {
    /// Asks how much pseudo-overwrite (POW) a BD-R has left.
    ReadPowResources = 0x51 [10] given { bits(1, 0, 3) = 2 } {
        /// Most bytes to send, 16.
        allocation_length: u16 = u16(7),
    }
}

codes! {
    /// Disc status.
    DiscStatus(u8) {
        EMPTY = 0 "empty",
        INCOMPLETE = 1 "incomplete, appendable",
        FINALIZED = 2 "finalised",
        OTHER = 3 "random access, not sequential",
    }
}

codes! {
    /// State of the last session.
    LastSessionState(u8) {
        EMPTY = 0 "empty",
        INCOMPLETE = 1 "incomplete",
        DAMAGED = 2 "damaged",
        COMPLETE = 3 "complete",
    }
}

codes! {
    /// Background format status.
    BackgroundFormat(u8) {
        NONE = 0 "none",
        STOPPED = 1 "started and stopped",
        RUNNING = 2 "running",
        COMPLETE = 3 "complete",
    }
}

codes! {
    /// Disc type of the last complete session.
    DiscType(u8) {
        CD_DA_OR_ROM = 0x00 "CD-DA or CD-ROM",
        CD_I = 0x10 "CD-I",
        CD_XA = 0x20 "CD-ROM XA",
        UNDEFINED = 0xFF "undefined",
    }
}

layout! {
    /// Values of an earlier calibration.
    OpcTable [8] {
        /// Speed they hold for, in kilobytes of 1000 bytes a second.
        speed: u16 = u16(0),
        /// Values of the drive's own.
        values: [u8; 6] = bytes(2),
    }
}

/// Standard disc information.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiscInformation {
    /// Erasable: can be blanked or overwritten.
    pub erasable: bool,
    /// State of the last session.
    pub last_session: LastSessionState,
    /// State of the disc.
    pub status: DiscStatus,
    /// First track on the disc.
    pub first_track: u8,
    /// Sessions, the empty or open one included.
    pub sessions: u16,
    /// First track in the last session.
    pub first_track_last_session: u16,
    /// Last track in the last session, the invisible one included.
    pub last_track_last_session: u16,
    /// URU: unrestricted use.
    pub unrestricted: bool,
    /// D: background-formatted disc has been written since its defect tables were (MRW).
    pub dirty: bool,
    /// Background format status.
    pub background_format: BackgroundFormat,
    /// Disc type.
    pub disc_type: DiscType,
    /// Disc identification, where DID_V says that it is valid.
    pub disc_id: Option<u32>,
    /// Where the lead-in of the next session begins: on a CD zero, minute, second, frame; else an address. FFs when none.
    pub last_session_lead_in: [u8; 4],
    /// Last possible start of the lead-out, in the same form. FFs when the disc is finalised.
    pub last_possible_lead_out: [u8; 4],
    /// Bar code, where DBC_V says that it is valid.
    pub bar_code: Option<[u8; 8]>,
    /// Application code, where DAC_V says that it is valid.
    pub application_code: Option<u8>,
    /// OPC tables.
    pub opc_tables: Vec<OpcTable>,
}

/// Four bytes of address. FFh in all, or in all but the first on a CD, means that there is none.
fn address(bytes: [u8; 4], cd: bool) -> Option<Address> {
    let none = bytes[1..] == [0xFF; 3] && (cd || bytes[0] == 0xFF);
    (!none).then(|| Address::read(&bytes, 0, cd))
}

impl DiscInformation {
    /// Up to the bar code: all that every drive sends.
    const FIXED: usize = 32;

    /// Reads an answer, as long as its own header says.
    ///
    /// # Errors
    /// Fewer than 32 bytes, or another data type than standard.
    pub fn parse(data: &[u8]) -> Result<Self, Malformed> {
        let length = usize::from(get::u16(data, 0)) + 2;
        let data = announced(ReadDiscInformation::NAME, data, length, Self::FIXED)?;
        if get::bits(data, 2, 5, 3) != 0 {
            return Err(Malformed::new(ReadDiscInformation::NAME, "not of the standard data type", data.len()));
        }
        let tables = data.get(34..).unwrap_or_default().chunks_exact(OpcTable::LEN);
        Ok(DiscInformation {
            erasable: get::bit(data, 2, 4),
            last_session: get::code(data, 2, 2, 2),
            status: get::code(data, 2, 0, 2),
            first_track: data[3],
            sessions: get::split16(data, 4, 9),
            first_track_last_session: get::split16(data, 5, 10),
            last_track_last_session: get::split16(data, 6, 11),
            unrestricted: get::bit(data, 7, 5),
            dirty: get::bit(data, 7, 2),
            background_format: get::code(data, 7, 0, 2),
            disc_type: DiscType(data[8]),
            disc_id: get::bit(data, 7, 7).then(|| get::u32(data, 12)),
            last_session_lead_in: get::bytes(data, 16),
            last_possible_lead_out: get::bytes(data, 20),
            bar_code: get::bit(data, 7, 6).then(|| get::bytes(data, 24)),
            application_code: get::bit(data, 7, 4).then(|| get::u8(data, 32)),
            opc_tables: tables.take(usize::from(get::u8(data, 33))).map(OpcTable::read).collect(),
        })
    }

    /// Where the lead-in of the next session begins, `None` where there is none to come; `cd` says how to read it.
    #[must_use]
    pub fn next_lead_in(&self, cd: bool) -> Option<Address> {
        address(self.last_session_lead_in, cd)
    }

    /// Last possible start of the lead-out, `None` when the disc is finalised; `cd` says how to read it.
    #[must_use]
    pub fn last_lead_out(&self, cd: bool) -> Option<Address> {
        address(self.last_possible_lead_out, cd)
    }

    /// The bytes of an answer.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let tables = &self.opc_tables[..self.opc_tables.len().min(255)];
        let mut out = vec![0; 34];
        put::u16(&mut out, 0, (32 + OpcTable::LEN * tables.len()) as u16);
        put::bit(&mut out, 2, 4, self.erasable);
        put::code(&mut out, 2, 2, 2, self.last_session);
        put::code(&mut out, 2, 0, 2, self.status);
        out[3] = self.first_track;
        put::split16(&mut out, 4, 9, self.sessions);
        put::split16(&mut out, 5, 10, self.first_track_last_session);
        put::split16(&mut out, 6, 11, self.last_track_last_session);
        put::bit(&mut out, 7, 7, self.disc_id.is_some());
        put::bit(&mut out, 7, 6, self.bar_code.is_some());
        put::bit(&mut out, 7, 5, self.unrestricted);
        put::bit(&mut out, 7, 4, self.application_code.is_some());
        put::bit(&mut out, 7, 2, self.dirty);
        put::code(&mut out, 7, 0, 2, self.background_format);
        out[8] = self.disc_type.0;
        put::u32(&mut out, 12, self.disc_id.unwrap_or_default());
        put::bytes(&mut out, 16, self.last_session_lead_in);
        put::bytes(&mut out, 20, self.last_possible_lead_out);
        put::bytes(&mut out, 24, self.bar_code.unwrap_or_default());
        out[32] = self.application_code.unwrap_or_default();
        out[33] = tables.len() as u8;
        for table in tables {
            out.extend_from_slice(&table.encode());
        }
        out
    }
}

layout! {
    /// Track resources (type 001b).
    TrackResources [12] {
        /// Data type, 1.
        data_type: u8 = bits(2, 5, 3),
        /// Most tracks the disc can have.
        max_tracks: u16 = u16(4),
        /// Tracks there are.
        assigned_tracks: u16 = u16(6),
        /// Most tracks that may be open at once.
        max_appendable: u16 = u16(8),
        /// Tracks open now.
        appendable: u16 = u16(10),
    }
}

layout! {
    /// POW resources (type 010b).
    PowResources [16] {
        /// Data type, 2.
        data_type: u8 = bits(2, 5, 3),
        /// POW replacements left.
        replacements: u32 = u32(4),
        /// POW reallocation map entries left.
        map_entries: u32 = u32(8),
        /// POW updates left.
        updates: u32 = u32(12),
    }
}

macro_rules! resources {
    ($name:ident, $command:ident, $data_type:literal) => {
        impl $name {
            /// Reads an answer.
            ///
            /// # Errors
            /// Shorter than its fixed part, or of another data type.
            pub fn parse(data: &[u8]) -> Result<Self, Malformed> {
                let length = usize::from(get::u16(data, 0)) + 2;
                let read = Self::read(announced($command::NAME, data, length, Self::LEN)?);
                if read.data_type != $data_type {
                    return Err(Malformed::new($command::NAME, "not of the data type asked for", data.len()));
                }
                Ok(read)
            }

            /// The bytes of an answer, length and data type included.
            #[must_use]
            pub fn reply(&self) -> Vec<u8> {
                let mut out = $name { data_type: $data_type, ..*self }.encode().to_vec();
                put::u16(&mut out, 0, (Self::LEN - 2) as u16);
                out
            }
        }
    };
}

resources!(TrackResources, ReadTrackResources, 1);
resources!(PowResources, ReadPowResources, 2);

reads!(ReadDiscInformation, "READ DISC INFORMATION", DiscInformation);
reads!(ReadTrackResources, "READ DISC INFORMATION (track resources)", TrackResources);
reads!(ReadPowResources, "READ DISC INFORMATION (POW resources)", PowResources);

macro_rules! named {
    ($($name:ident),*) => { $(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(Self::NAME)
            }
        }
    )* };
}

named!(ReadDiscInformation, ReadTrackResources, ReadPowResources);
