//! Format 0000b: the table of contents, one entry a track.

use std::fmt;

use webburn_scsi::layout::get;
use webburn_scsi::{Cdb, Command, Malformed, Payload, command};

use super::{with_header, within};
use crate::Address;

command! {
    /// Asks for the table of contents.
    ReadToc = 0x43 [10] given { bits(2, 0, 4) = 0 } {
        /// MSF: addresses as minute, second, frame.
        msf: bool = bit(1, 1),
        /// First track wanted; AAh is the lead-out.
        first_track: u8 = u8(6),
        /// Most bytes to send; 804 holds 99 tracks and the lead-out.
        allocation_length: u16 = u16(7),
    }
}

/// One track, or the lead-out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TocTrack {
    /// ADR.
    pub adr: u8,
    /// CONTROL: bit 2 is data.
    pub control: u8,
    /// Track number; AAh is the lead-out.
    pub track: u8,
    /// Where it begins.
    pub start: Address,
}

impl TocTrack {
    /// Track number of the lead-out.
    pub const LEAD_OUT: u8 = 0xAA;

    /// A data track.
    #[must_use]
    pub const fn is_data(&self) -> bool {
        self.control & 4 != 0
    }
}

/// The table of contents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Toc {
    /// First track on the disc.
    pub first: u8,
    /// Last track on the disc.
    pub last: u8,
    /// The entries, lead-out last.
    pub tracks: Vec<TocTrack>,
}

impl Toc {
    /// Reads an answer, as long as its own header says; `msf` as it was asked for. An entry cut in the middle is dropped.
    ///
    /// # Errors
    /// Fewer than 4 bytes.
    pub fn parse(data: &[u8], msf: bool) -> Result<Self, Malformed> {
        let data = within(ReadToc::NAME, data, 4)?;
        let entry = |entry: &[u8]| TocTrack {
            adr: get::bits(entry, 1, 4, 4),
            control: get::bits(entry, 1, 0, 4),
            track: get::u8(entry, 2),
            start: Address::read(entry, 4, msf),
        };
        Ok(Toc { first: data[2], last: data[3], tracks: data[4..].chunks_exact(8).map(entry).collect() })
    }

    /// The bytes of an answer.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let entry = |track: &TocTrack| {
            let mut entry = [0, track.adr << 4 | track.control & 0x0F, track.track, 0, 0, 0, 0, 0];
            track.start.write(&mut entry, 4);
            entry
        };
        with_header(self.first, self.last, self.tracks.iter().flat_map(entry))
    }

    /// Where the lead-out begins.
    #[must_use]
    pub fn lead_out(&self) -> Option<Address> {
        self.tracks.iter().find(|track| track.track == TocTrack::LEAD_OUT).map(|track| track.start)
    }
}

impl Command for ReadToc {
    const NAME: &'static str = "READ TOC";
    type Response = Toc;
    fn cdb(&self) -> Cdb {
        self.to_cdb()
    }
    fn payload(&self) -> Payload<'_> {
        Payload::In(self.allocation_length.into())
    }
    fn decode(&self, data: &[u8]) -> Result<Toc, Malformed> {
        Toc::parse(data, self.msf)
    }
}

impl fmt::Display for ReadToc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} from track {}{}", Self::NAME, self.first_track, if self.msf { ", MSF" } else { "" })
    }
}
