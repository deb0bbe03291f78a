//! What is fixed about a medium, whoever burns what on it.

use webburn_sector::Msf;

use super::MediumKind;
use crate::timing::Family;

/// How often a medium can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Pressed: never.
    Rom,
    /// Each sector once.
    WriteOnce,
    /// Again and again.
    Rewritable,
}

/// The additional timing information in the pre-groove of a blank CD.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Atip {
    /// Where the lead-in starts.
    pub lead_in: Msf,
    /// Where the lead-out can start at the latest.
    pub last_lead_out: Msf,
    /// CD-RW.
    pub erasable: bool,
    /// Disc subtype, 0 to 7.
    pub subtype: u8,
    /// Indicative target writing power, 0 to 7.
    pub power: u8,
    /// Reference speed, 0 to 7.
    pub speed: u8,
    /// Unrestricted use: no audio-only disc.
    pub unrestricted: bool,
    /// Additional information 1 (speeds and powers of a CD-RW).
    pub a1: Option<[u8; 3]>,
}

/// How the blank medium tells who made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ident {
    /// It does not.
    None,
    /// By ATIP.
    Atip(Atip),
    /// By the pre-recorded lead-in of DVD-R, DVD-RW and DVD-RAM: two fields of six characters.
    PreRecorded {
        /// Both fields together.
        manufacturer: [u8; 12],
    },
    /// By the address in pre-groove of DVD+R and DVD+RW.
    Adip {
        /// Disc manufacturer id.
        manufacturer: [u8; 8],
        /// Media type id.
        media: [u8; 3],
        /// Product revision number.
        revision: u8,
    },
    /// By the disc information unit of a Blu-ray disc.
    DiscInformation {
        /// Disc manufacturer id.
        manufacturer: [u8; 6],
        /// Media type id.
        media: [u8; 3],
        /// Product revision number.
        revision: u8,
    },
}

/// A medium as it leaves the factory.
#[derive(Debug)]
pub struct MediumSpec {
    /// Which it is.
    pub kind: MediumKind,
    /// Its id on a command line.
    pub id: &'static str,
    /// Its printed name.
    pub name: &'static str,
    /// CD, DVD or BD.
    pub family: Family,
    /// How often it can be written.
    pub access: Access,
    /// User sectors when it is blank and has no spare areas.
    pub blocks: u32,
    /// Sectors of an error correction block or cluster: 1, 16, 32.
    pub ecc: u32,
    /// Recording layers.
    pub layers: u8,
    /// Speeds it is made for, in kB/s, fastest first.
    pub write_kb: &'static [u32],
    /// Fastest reading, in kB/s.
    pub read_kb: u32,
    /// Who made it.
    pub ident: Ident,
}

impl MediumSpec {
    /// The ATIP, for blank CDs.
    #[must_use]
    pub const fn atip(&self) -> Option<&Atip> {
        match &self.ident {
            Ident::Atip(atip) => Some(atip),
            _ => None,
        }
    }
}
