//! READ TRACK INFORMATION (MMC-6, 6.27).

use std::fmt;

use webburn_scsi::layout::{get, put};
use webburn_scsi::{Command, Malformed, announced, codes, command};
use webburn_sector::{Lba, SectorCount};

codes! {
    /// What the number in the CDB is.
    TrackAddressType(u8) {
        LBA = 0 "lba",
        TRACK = 1 "track",
        SESSION = 2 "session",
    }
}

command! {
    /// Asks about a track.
    ReadTrackInformation = 0x52 [10] {
        /// Open: the number is where to begin looking for an open track.
        open: bool = bit(1, 2),
        /// What the number is.
        address_type: TrackAddressType = code(1, 0, 2),
        /// Block address (two's complement), track or session. Track FFh is the open one, 0 the lead-in, on CD and DVD+R.
        number: u32 = u32(2),
        /// Most bytes to send; 36, or 48 since MMC-5.
        allocation_length: u16 = u16(7),
    }
}

impl ReadTrackInformation {
    /// A track by number.
    #[must_use]
    pub const fn track(number: u16, allocation_length: u16) -> Self {
        let number = number as u32;
        ReadTrackInformation { open: false, address_type: TrackAddressType::TRACK, number, allocation_length }
    }

    /// The track that holds a block.
    #[must_use]
    pub const fn at(lba: Lba, allocation_length: u16) -> Self {
        let number = lba.0 as u32;
        ReadTrackInformation { open: false, address_type: TrackAddressType::LBA, number, allocation_length }
    }

    /// The first track of a session.
    #[must_use]
    pub const fn session(number: u16, allocation_length: u16) -> Self {
        let number = number as u32;
        ReadTrackInformation { open: false, address_type: TrackAddressType::SESSION, number, allocation_length }
    }
}

/// The last three fields, which only answers of 48 bytes have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LayerJump {
    /// Read compatibility: blocks up to here can be read by any drive.
    pub read_compatible: Lba,
    /// Next layer jump address.
    pub next: Lba,
    /// Last layer jump address.
    pub last: Lba,
}

/// What it answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TrackInformation {
    /// Logical track number.
    pub track: u16,
    /// Session number.
    pub session: u16,
    /// LJRS: layer jump recording status.
    pub layer_jump_status: u8,
    /// Damage: the track was not closed as it should have been.
    pub damaged: bool,
    /// Copy: on a CD, copying is permitted or the track is a copy, by the SCMS rules.
    pub copy: bool,
    /// Track mode: the CONTROL nibble of a CD track (4 data, 5 data recorded in increments, 0 audio), 4 elsewhere.
    pub track_mode: u8,
    /// RT: reserved by RESERVE TRACK.
    pub reserved: bool,
    /// Blank: nothing is written in it.
    pub blank: bool,
    /// Packet/Inc: may be written in pieces.
    pub packet: bool,
    /// FP: fixed packets.
    pub fixed_packet: bool,
    /// Data mode: 1 or 2, 15 unknown.
    pub data_mode: u8,
    /// First block.
    pub start: Lba,
    /// Next writable address, where NWA_V says that there is one.
    pub next_writable: Option<Lba>,
    /// Blocks that can still be written.
    pub free_blocks: SectorCount,
    /// Fixed packet size, or blocking factor: 16 on DVD, 32 on BD.
    pub packet_size: SectorCount,
    /// Size of the track.
    pub size: SectorCount,
    /// Last recorded address, where LRA_V says that there is one.
    pub last_recorded: Option<Lba>,
    /// Only answers of 48 bytes have these.
    pub layer_jump: Option<LayerJump>,
}

impl TrackInformation {
    /// Up to the track size: what MMC-1 drives send.
    const FIXED: usize = 28;

    /// Reads an answer, as long as its own header says. Old drives send 28 or 36 bytes, newer ones 48.
    ///
    /// # Errors
    /// Fewer than 28 bytes.
    pub fn parse(data: &[u8]) -> Result<Self, Malformed> {
        let length = usize::from(get::u16(data, 0)) + 2;
        let data = announced(ReadTrackInformation::NAME, data, length, Self::FIXED)?;
        let valid = |bit, at| (get::bit(data, 7, bit) && data.len() >= at + 4).then(|| get::lba(data, at));
        Ok(TrackInformation {
            track: get::split16(data, 2, 32),
            session: get::split16(data, 3, 33),
            layer_jump_status: get::bits(data, 5, 6, 2),
            damaged: get::bit(data, 5, 5),
            copy: get::bit(data, 5, 4),
            track_mode: get::bits(data, 5, 0, 4),
            reserved: get::bit(data, 6, 7),
            blank: get::bit(data, 6, 6),
            packet: get::bit(data, 6, 5),
            fixed_packet: get::bit(data, 6, 4),
            data_mode: get::bits(data, 6, 0, 4),
            start: get::lba(data, 8),
            next_writable: valid(0, 12),
            free_blocks: get::count(data, 16),
            packet_size: get::count(data, 20),
            size: get::count(data, 24),
            last_recorded: valid(1, 28),
            layer_jump: (data.len() >= 48).then(|| LayerJump {
                read_compatible: get::lba(data, 36),
                next: get::lba(data, 40),
                last: get::lba(data, 44),
            }),
        })
    }

    /// The bytes of an answer: 48 with the layer jump fields, else 36.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let length = if self.layer_jump.is_some() { 48 } else { 36 };
        let mut out = vec![0; length];
        put::u16(&mut out, 0, (length - 2) as u16);
        put::split16(&mut out, 2, 32, self.track);
        put::split16(&mut out, 3, 33, self.session);
        put::bits(&mut out, 5, 6, 2, self.layer_jump_status);
        put::bit(&mut out, 5, 5, self.damaged);
        put::bit(&mut out, 5, 4, self.copy);
        put::bits(&mut out, 5, 0, 4, self.track_mode);
        put::bit(&mut out, 6, 7, self.reserved);
        put::bit(&mut out, 6, 6, self.blank);
        put::bit(&mut out, 6, 5, self.packet);
        put::bit(&mut out, 6, 4, self.fixed_packet);
        put::bits(&mut out, 6, 0, 4, self.data_mode);
        put::bit(&mut out, 7, 1, self.last_recorded.is_some());
        put::bit(&mut out, 7, 0, self.next_writable.is_some());
        put::lba(&mut out, 8, self.start);
        put::lba(&mut out, 12, self.next_writable.unwrap_or_default());
        put::count(&mut out, 16, self.free_blocks);
        put::count(&mut out, 20, self.packet_size);
        put::count(&mut out, 24, self.size);
        put::lba(&mut out, 28, self.last_recorded.unwrap_or_default());
        if let Some(jump) = self.layer_jump {
            put::lba(&mut out, 36, jump.read_compatible);
            put::lba(&mut out, 40, jump.next);
            put::lba(&mut out, 44, jump.last);
        }
        out
    }
}

reads!(ReadTrackInformation, "READ TRACK INFORMATION", TrackInformation);

impl fmt::Display for ReadTrackInformation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.address_type {
            TrackAddressType::LBA => write!(f, "{} lba {}", Self::NAME, self.number as i32),
            kind => write!(f, "{} {kind} {}", Self::NAME, self.number),
        }
    }
}
