//! Sense data, both formats (SPC-4, 4.5).

use std::fmt;

use crate::{Asc, asc_name};

/// Sense keys (SPC-4, table 28).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum SenseKey {
    /// 0: nothing to report.
    NoSense = 0,
    /// 1: done, with help.
    RecoveredError = 1,
    /// 2: not now.
    NotReady = 2,
    /// 3: the disc.
    MediumError = 3,
    /// 4: the drive.
    HardwareError = 4,
    /// 5: the host.
    IllegalRequest = 5,
    /// 6: something changed.
    UnitAttention = 6,
    /// 7: write protected.
    DataProtect = 7,
    /// 8: blank where data was expected, or the reverse.
    BlankCheck = 8,
    /// 9: the vendor's own.
    VendorSpecific = 9,
    /// A: copy aborted.
    CopyAborted = 10,
    /// B: the drive gave up; once more may help.
    AbortedCommand = 11,
    /// C: obsolete.
    Obsolete = 12,
    /// D: volume overflow.
    VolumeOverflow = 13,
    /// E: source and medium differ.
    Miscompare = 14,
    /// F: completed.
    Completed = 15,
}

impl SenseKey {
    const ALL: [SenseKey; 16] = [
        SenseKey::NoSense,
        SenseKey::RecoveredError,
        SenseKey::NotReady,
        SenseKey::MediumError,
        SenseKey::HardwareError,
        SenseKey::IllegalRequest,
        SenseKey::UnitAttention,
        SenseKey::DataProtect,
        SenseKey::BlankCheck,
        SenseKey::VendorSpecific,
        SenseKey::CopyAborted,
        SenseKey::AbortedCommand,
        SenseKey::Obsolete,
        SenseKey::VolumeOverflow,
        SenseKey::Miscompare,
        SenseKey::Completed,
    ];

    /// The key of the low four bits of `nibble`.
    #[must_use]
    pub const fn from_nibble(nibble: u8) -> Self {
        Self::ALL[(nibble & 0x0F) as usize]
    }
}

/// How far a long operation has come: 0..=65535 of 65536.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Progress(pub u16);

impl Progress {
    /// 0.0 to just under 1.0.
    #[must_use]
    pub fn fraction(self) -> f32 {
        f32::from(self.0) / 65536.0
    }
}

/// What a drive says about a command that did not simply succeed.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Sense {
    bytes: [u8; Sense::MAX],
    len: u8,
}

impl Sense {
    /// Most bytes kept; SPC limits sense data to 252, no drive of ours sends more than 32.
    pub const MAX: usize = 64;

    /// Fixed-format current sense of 18 bytes, as nearly every drive sends it.
    #[must_use]
    pub const fn fixed(key: SenseKey, asc: u8, ascq: u8) -> Self {
        let mut bytes = [0; Sense::MAX];
        bytes[0] = 0x70;
        bytes[2] = key as u8;
        bytes[7] = 10;
        bytes[12] = asc;
        bytes[13] = ascq;
        Sense { bytes, len: 18 }
    }

    /// The same with a progress indication (SKSV set, bytes 16–17).
    #[must_use]
    pub const fn with_progress(mut self, progress: Progress) -> Self {
        let [hi, lo] = progress.0.to_be_bytes();
        self.bytes[15] = 0x80;
        self.bytes[16] = hi;
        self.bytes[17] = lo;
        self
    }

    /// The same with the information field (often the LBA), Valid bit set.
    #[must_use]
    pub const fn with_information(mut self, information: u32) -> Self {
        let info = information.to_be_bytes();
        self.bytes[0] |= 0x80;
        self.bytes[3] = info[0];
        self.bytes[4] = info[1];
        self.bytes[5] = info[2];
        self.bytes[6] = info[3];
        self
    }

    /// The same as deferred sense (71h): about an earlier command.
    #[must_use]
    pub const fn deferred(mut self) -> Self {
        self.bytes[0] = (self.bytes[0] & 0x80) | 0x71;
        self
    }

    /// Takes sense bytes as a drive sent them; anything beyond [`Sense::MAX`] is cut. Empty sense stays empty.
    #[must_use]
    pub fn from_bytes(sense: &[u8]) -> Self {
        let len = sense.len().min(Sense::MAX);
        let mut bytes = [0; Sense::MAX];
        bytes[..len].copy_from_slice(&sense[..len]);
        Sense { bytes, len: len as u8 }
    }

    /// The bytes as they were received or made.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }

    /// The eighteen bytes `IDiscRecorder2Ex` hands out; descriptor sense is handed out as it came, cut or zero filled.
    #[must_use]
    pub fn eighteen(&self) -> [u8; 18] {
        let mut out = [0; 18];
        out.copy_from_slice(&self.bytes[..18]);
        out
    }

    const fn is_descriptor(&self) -> bool {
        matches!(self.bytes[0] & 0x7F, 0x72 | 0x73)
    }

    /// Sense about an earlier command (71h, 73h).
    #[must_use]
    pub const fn is_deferred(&self) -> bool {
        matches!(self.bytes[0] & 0x7F, 0x71 | 0x73)
    }

    /// No sense at all, or none that says anything: key, ASC and ASCQ all zero without progress.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len < 4
            || (self.key() == SenseKey::NoSense && self.asc() == 0 && self.ascq() == 0 && self.progress().is_none())
    }

    /// The sense key.
    #[must_use]
    pub const fn key(&self) -> SenseKey {
        SenseKey::from_nibble(if self.is_descriptor() { self.bytes[1] } else { self.bytes[2] })
    }

    /// Additional sense code.
    #[must_use]
    pub const fn asc(&self) -> u8 {
        if self.is_descriptor() { self.bytes[2] } else { self.bytes[12] }
    }

    /// Additional sense code qualifier.
    #[must_use]
    pub const fn ascq(&self) -> u8 {
        if self.is_descriptor() { self.bytes[3] } else { self.bytes[13] }
    }

    /// Key, ASC and ASCQ, to match on.
    #[must_use]
    pub const fn triple(&self) -> (u8, u8, u8) {
        (self.key() as u8, self.asc(), self.ascq())
    }

    /// ASC and ASCQ.
    #[must_use]
    pub const fn code(&self) -> Asc {
        Asc(self.asc(), self.ascq())
    }

    /// The information field. The Valid bit is not looked at: some drives leave it 0 with a good value, so 0 is `None`.
    #[must_use]
    pub fn information(&self) -> Option<u32> {
        let value = if self.is_descriptor() {
            let bytes = self.descriptor(0x00)?;
            u32::from_be_bytes(bytes.get(8..12)?.try_into().ok()?)
        } else {
            u32::from_be_bytes([self.bytes[3], self.bytes[4], self.bytes[5], self.bytes[6]])
        };
        (value != 0).then_some(value)
    }

    /// How far a long operation has come, where the drive says so (keys NO SENSE and NOT READY).
    #[must_use]
    pub fn progress(&self) -> Option<Progress> {
        if !matches!(self.key(), SenseKey::NoSense | SenseKey::NotReady) {
            return None;
        }
        let specific = if self.is_descriptor() { self.descriptor(0x02)?.get(4..7)? } else { &self.bytes[15..18] };
        (specific[0] & 0x80 != 0).then(|| Progress(u16::from_be_bytes([specific[1], specific[2]])))
    }

    /// A whole sense descriptor of `kind`, header included.
    fn descriptor(&self, kind: u8) -> Option<&[u8]> {
        let all = self.as_bytes();
        let mut at = 8;
        while at + 2 <= all.len() {
            let end = at + 2 + usize::from(all[at + 1]);
            if all[at] == kind {
                return all.get(at..end.min(all.len()));
            }
            at = end;
        }
        None
    }
}

impl fmt::Debug for Sense {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sense({self})")
    }
}

impl fmt::Display for Sense {
    /// `2/04/08 LOGICAL UNIT NOT READY, LONG WRITE IN PROGRESS`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (key, asc, ascq) = self.triple();
        write!(f, "{key:X}/{asc:02X}/{ascq:02X}")?;
        match asc_name(self.code()) {
            Some(name) => write!(f, " {name}"),
            None => Ok(()),
        }
    }
}
