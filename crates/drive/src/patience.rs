//! How long each command may take, and how long the drive may be busy with itself: one table.
//!
//! Figures as libburn and growisofs use them; where they differ, the longer one. No WRITE may be given less than 200 s:
//! a time-out in the middle of a sequential disc ends it.

use std::time::Duration;

use webburn_scsi::Cdb;

const fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

/// Anything not listed.
const DEFAULT: Duration = seconds(30);
/// WRITE.
const WRITE: Duration = seconds(240);
/// What begins a long operation and answers at once; also OPC and RESERVE TRACK, which do not.
const LONG: Duration = seconds(200);
/// READ: a damaged place is tried again and again.
const READ: Duration = seconds(60);
/// Loading: the disc is spun up and looked at.
const LOAD: Duration = seconds(300);
/// Flushing and closing without Immed, and their polling with it.
pub const CLOSING: Duration = seconds(3600);
/// Blanking and formatting without Immed, and their polling with it.
pub const FORMATTING: Duration = seconds(5 * 3600);
/// Spinning up, before any long operation was begun by us.
pub const BECOMING_READY: Duration = seconds(90);
/// Busy with something somebody else began.
pub const BUSY: Duration = seconds(30);
/// A drive that gives no reason for not being ready is taken for ready after this long (growisofs).
pub const CLUELESS: Duration = seconds(5);

/// How long a command may take.
#[must_use]
pub fn limit(cdb: &Cdb) -> Duration {
    let bytes = cdb.as_bytes();
    let immediate = |bit: u8| bytes.get(1).is_some_and(|byte| byte & bit != 0);
    match cdb.opcode() {
        0x2A | 0xAA => WRITE,
        0x28 | 0xA8 | 0xBE | 0xB9 => READ,
        0x53 | 0x54 | 0xBF => LONG,
        0x1B => LOAD,
        0x35 => {
            if immediate(0x02) {
                LONG
            } else {
                CLOSING
            }
        }
        0x5B => {
            if immediate(0x01) {
                LONG
            } else {
                CLOSING
            }
        }
        0xA1 => {
            if immediate(0x10) {
                LONG
            } else {
                FORMATTING
            }
        }
        // Immed stands in the parameter list, which is not seen here; the longer time does no harm where it is set.
        0x04 => FORMATTING,
        _ => DEFAULT,
    }
}

/// How long a drive that answers 2/04/`ascq` to a question is waited for.
#[must_use]
pub const fn budget(ascq: u8) -> Duration {
    match ascq {
        // A format takes minutes to hours: whoever asks is told at once.
        0x04 => Duration::ZERO,
        0x07..=0x09 => BUSY,
        _ => BECOMING_READY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_by_command() {
        assert_eq!(limit(&Cdb::new([0x2A, 0, 0, 0, 0, 0, 0, 0, 32, 0])), seconds(240));
        assert_eq!(limit(&Cdb::new([0x35, 0, 0, 0, 0, 0, 0, 0, 0, 0])), seconds(3600));
        assert_eq!(limit(&Cdb::new([0x35, 2, 0, 0, 0, 0, 0, 0, 0, 0])), seconds(200));
        assert_eq!(limit(&Cdb::new([0x51, 0, 0, 0, 0, 0, 0, 0, 34, 0])), seconds(30));
    }
}
