//! How the device does what the standard leaves open, and what it gets wrong.

use serde::{Deserialize, Serialize};

/// What a device does when it has less data than the host expects (cases 4, 5) or wants less (cases 9, 11).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shortfall {
    /// Halts the endpoint.
    #[default]
    Stall,
    /// Ends with a short or zero-length packet; takes and drops what it does not want.
    Short,
    /// Fills up with zeros to the host's length (the residue tells the truth); takes and drops what it does not want.
    Fill,
}

/// How GET MAX LUN is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MaxLun {
    /// With a zero: one logical unit.
    #[default]
    Zero,
    /// With a stall, which also means one.
    Stall,
    /// With no bytes at all.
    Empty,
}

/// A violation of the standard seen in the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Oddity {
    /// The CSW bears another tag.
    WrongTag,
    /// The CSW bears this signature.
    WrongSignature(u32),
    /// A zero-length packet before the CSW.
    ZeroLengthBeforeCsw,
    /// The residue is the whole length although everything moved.
    ResidueLies,
    /// More data than the host asked for.
    Babble,
    /// Phase error, whatever happened.
    PhaseError,
    /// A CSW cut to so many bytes.
    ShortCsw(usize),
    /// The CSW is stalled, and sent after the halt is cleared.
    StallCswOnce,
    /// The CSW is stalled again after the halt is cleared.
    StallCswTwice,
    /// The data phase of a read is stalled before its first byte; the CSW says failed.
    StallData,
}

/// When an oddity shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Occurs {
    /// With every command.
    Always,
    /// With the n-th command, counted from 1.
    At(u64),
    /// With every command of an operation code.
    Opcode(u8),
}

/// An oddity and when it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Misbehaviour {
    /// What.
    pub what: Oddity,
    /// When.
    pub when: Occurs,
}

/// The device's choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BotOptions {
    /// With too little data.
    pub shortfall: Shortfall,
    /// `wMaxPacketSize` of the bulk endpoints: 64, 512, 1024.
    pub max_packet: usize,
    /// GET MAX LUN.
    pub max_lun: MaxLun,
    /// After a phase error every bulk transfer is stalled until a reset.
    pub phase_error_wedges: bool,
    /// What it gets wrong.
    pub misbehave: Vec<Misbehaviour>,
}

impl Default for BotOptions {
    fn default() -> Self {
        BotOptions {
            shortfall: Shortfall::default(),
            max_packet: 512,
            max_lun: MaxLun::default(),
            phase_error_wedges: false,
            misbehave: Vec::new(),
        }
    }
}

impl BotOptions {
    /// With a way of falling short.
    #[must_use]
    pub fn falling_short(shortfall: Shortfall) -> Self {
        BotOptions { shortfall, ..BotOptions::default() }
    }

    /// With one oddity more.
    #[must_use]
    pub fn misbehaving(mut self, what: Oddity, when: Occurs) -> Self {
        self.misbehave.push(Misbehaviour { what, when });
        self
    }
}
