//! What the drive says when it does not do as told. Names by T10; which case gets which code is by MMC-6, annex F, and
//! by drives as observed.

use webburn_scsi::{Sense, SenseKey};

/// An ILLEGAL REQUEST.
pub(crate) const fn illegal(asc: u8, ascq: u8) -> Sense {
    Sense::fixed(SenseKey::IllegalRequest, asc, ascq)
}

/// A NOT READY.
pub(crate) const fn not_ready(asc: u8, ascq: u8) -> Sense {
    Sense::fixed(SenseKey::NotReady, asc, ascq)
}

/// A MEDIUM ERROR.
pub(crate) const fn medium(asc: u8, ascq: u8) -> Sense {
    Sense::fixed(SenseKey::MediumError, asc, ascq)
}

/// A UNIT ATTENTION.
pub(crate) const fn attention(asc: u8, ascq: u8) -> Sense {
    Sense::fixed(SenseKey::UnitAttention, asc, ascq)
}

/// INVALID COMMAND OPERATION CODE.
pub(crate) const UNKNOWN_COMMAND: Sense = illegal(0x20, 0x00);
/// PARAMETER LIST LENGTH ERROR.
pub(crate) const LIST_LENGTH: Sense = illegal(0x1A, 0x00);
/// LOGICAL BLOCK ADDRESS OUT OF RANGE.
pub(crate) const OUT_OF_RANGE: Sense = illegal(0x21, 0x00);
/// INVALID ADDRESS FOR WRITE.
pub(crate) const WRONG_WRITE_ADDRESS: Sense = illegal(0x21, 0x02);
/// INVALID FIELD IN CDB.
pub(crate) const FIELD: Sense = illegal(0x24, 0x00);
/// INVALID FIELD IN PARAMETER LIST.
pub(crate) const LIST_FIELD: Sense = illegal(0x26, 0x00);
/// PARAMETER NOT SUPPORTED.
pub(crate) const LIST_UNSUPPORTED: Sense = illegal(0x26, 0x01);
/// PARAMETER VALUE INVALID.
pub(crate) const LIST_VALUE: Sense = illegal(0x26, 0x02);
/// COMMAND SEQUENCE ERROR.
pub(crate) const SEQUENCE: Sense = illegal(0x2C, 0x00);
/// CANNOT WRITE MEDIUM - INCOMPATIBLE MEDIUM.
pub(crate) const CANNOT_WRITE: Sense = illegal(0x30, 0x05);
/// CANNOT FORMAT MEDIUM - INCOMPATIBLE MEDIUM.
pub(crate) const CANNOT_FORMAT: Sense = illegal(0x30, 0x06);
/// CANNOT READ MEDIUM - UNKNOWN FORMAT, for media the drive has no laser for: INCOMPATIBLE MEDIUM INSTALLED.
pub(crate) const INCOMPATIBLE: Sense = not_ready(0x30, 0x00);
/// MEDIUM NOT FORMATTED.
pub(crate) const NOT_FORMATTED: Sense = illegal(0x30, 0x10);
/// MEDIUM REMOVAL PREVENTED.
pub(crate) const REMOVAL_PREVENTED: Sense = illegal(0x53, 0x02);
/// END OF USER AREA ENCOUNTERED ON THIS TRACK.
pub(crate) const END_OF_USER_AREA: Sense = illegal(0x63, 0x00);
/// ILLEGAL MODE FOR THIS TRACK.
pub(crate) const ILLEGAL_MODE: Sense = illegal(0x64, 0x00);
/// SESSION FIXATION ERROR - EMPTY OR PARTIALLY WRITTEN RESERVED TRACK.
pub(crate) const RESERVED_NOT_FULL: Sense = illegal(0x72, 0x04);
/// SESSION FIXATION ERROR - NO MORE TRACK RESERVATIONS ALLOWED.
pub(crate) const NO_MORE_RESERVATIONS: Sense = illegal(0x72, 0x05);
/// MEDIUM NOT PRESENT - TRAY CLOSED.
pub(crate) const NO_MEDIUM: Sense = not_ready(0x3A, 0x01);
/// MEDIUM NOT PRESENT - TRAY OPEN.
pub(crate) const TRAY_OPEN: Sense = not_ready(0x3A, 0x02);
/// LOGICAL UNIT IS IN PROCESS OF BECOMING READY.
pub(crate) const BECOMING_READY: Sense = not_ready(0x04, 0x01);
/// LOGICAL UNIT NOT READY, LONG WRITE IN PROGRESS: the drive's buffer is full.
pub(crate) const BUFFER_FULL: Sense = not_ready(0x04, 0x08);
/// WRITE PROTECTED.
pub(crate) const WRITE_PROTECTED: Sense = Sense::fixed(SenseKey::DataProtect, 0x27, 0x00);
/// UNABLE TO RECOVER TABLE-OF-CONTENTS.
pub(crate) const NO_TOC: Sense = medium(0x57, 0x00);
/// L-EC UNCORRECTABLE ERROR.
pub(crate) const UNREADABLE: Sense = medium(0x11, 0x05);
/// CIRC UNRECOVERED ERROR: audio beyond repair.
pub(crate) const CIRC: Sense = medium(0x11, 0x06);
/// WRITE ERROR.
pub(crate) const WRITE_ERROR: Sense = medium(0x0C, 0x00);
/// WRITE ERROR - LOSS OF STREAMING: the buffer ran empty without protection.
pub(crate) const UNDERRUN: Sense = medium(0x0C, 0x09);
/// Nothing was ever written there.
pub(crate) const BLANK: Sense = Sense::fixed(SenseKey::BlankCheck, 0x00, 0x00);
/// INTERNAL TARGET FAILURE: the store of the simulated disc failed.
pub(crate) const STORE_FAILED: Sense = Sense::fixed(SenseKey::HardwareError, 0x44, 0x00);
/// NOT READY TO READY CHANGE, MEDIUM MAY HAVE CHANGED.
pub(crate) const MEDIUM_CHANGED: Sense = attention(0x28, 0x00);
/// POWER ON, RESET, OR BUS DEVICE RESET OCCURRED.
pub(crate) const POWER_ON: Sense = attention(0x29, 0x00);
/// POWER CALIBRATION AREA ERROR.
pub(crate) const CALIBRATION: Sense = medium(0x73, 0x03);
