//! What to do about sense: one table, first match wins.
//!
//! Keys, ASC and ASCQ as MMC-6 annex F and SPC-4 annex D list them; what is done about each is what burning programs
//! were observed to do (libburn, growisofs, cdrdao) and, where they differ, a choice noted at the row.

use std::time::Duration;

use webburn_scsi::Sense;

/// In which situation sense arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Situation {
    /// Any command that only asks, or that begins something: it may be repeated.
    Asking,
    /// WRITE.
    Writing,
    /// TEST UNIT READY while waiting for readiness or for the end of a long operation.
    Polling,
}

/// What to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    /// The command did its work: no sense, or recovered.
    Proceed,
    /// The same again, after a pause, at most so often.
    Retry {
        /// The pause.
        after: Duration,
        /// How often.
        times: u32,
    },
    /// The drive is busy with itself: poll TEST UNIT READY, then the same again.
    Wait,
    /// WRITE only: the drive's buffer is full and the block was not taken. Send it again.
    BackPressure,
    /// START UNIT once, then the same again.
    StartUnit,
    /// The disc was changed or the drive was reset: what was known is void. The same again, at most three times;
    /// fatal inside a sequential write.
    MediaChanged,
    /// WRITE only: ask for the next writable address and go on from there if it lies within what was sent.
    AskNextWritable,
    /// WRITE only: SYNCHRONIZE CACHE, then the same again, once.
    FlushAndRetry,
    /// Allow removal, then the same again, once.
    Unlock,
    /// WRITE only: the disc has no more room here.
    EndOfArea,
    /// Nothing helps.
    Fatal,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Sense key, `None` for any.
    pub key: Option<u8>,
    /// Additional sense code, `None` for any.
    pub asc: Option<u8>,
    /// Qualifier, `None` for any.
    pub ascq: Option<u8>,
    /// Only in this situation, `None` for all.
    pub situation: Option<Situation>,
    /// What to do.
    pub disposition: Disposition,
}

const fn row(
    key: Option<u8>,
    asc: Option<u8>,
    ascq: Option<u8>,
    situation: Option<Situation>,
    disposition: Disposition,
) -> Row {
    Row { key, asc, ascq, situation, disposition }
}

use Disposition::{
    AskNextWritable, BackPressure, EndOfArea, Fatal, FlushAndRetry, MediaChanged, Proceed, Retry, StartUnit, Unlock,
    Wait,
};
use Situation::Writing;

const fn again(times: u32) -> Disposition {
    Retry { after: Duration::from_millis(100), times }
}

/// The table, in order.
pub const ROWS: &[Row] = &[
    row(Some(0), None, None, None, Proceed),
    row(Some(1), None, None, None, Proceed),
    // Not ready. 04/03 (manual intervention) never clears by itself.
    row(Some(2), Some(0x04), Some(0x08), Some(Writing), BackPressure),
    row(Some(2), Some(0x04), Some(0x02), None, StartUnit),
    row(Some(2), Some(0x04), Some(0x03), None, Fatal),
    row(Some(2), Some(0x04), None, None, Wait),
    row(Some(2), Some(0x3E), None, None, again(1)),
    row(Some(2), None, None, None, Fatal),
    row(Some(3), None, None, None, Fatal),
    // Hardware: once more where that costs nothing; a WRITE is never sent again after it.
    row(Some(4), None, None, Some(Writing), Fatal),
    row(Some(4), None, None, None, again(1)),
    row(Some(5), Some(0x21), Some(0x02), Some(Writing), AskNextWritable),
    row(Some(5), Some(0x2C), Some(0x00), Some(Writing), FlushAndRetry),
    row(Some(5), Some(0x63), None, Some(Writing), EndOfArea),
    row(Some(5), Some(0x53), Some(0x02), None, Unlock),
    row(Some(5), None, None, None, Fatal),
    // Unit attention: libburn repeats a WRITE, growisofs gives up. Whoever writes decides by medium.
    row(Some(6), None, None, None, MediaChanged),
    row(Some(7), None, None, None, Fatal),
    row(Some(0xB), None, None, Some(Writing), Fatal),
    row(Some(0xB), None, None, None, again(2)),
];

impl Row {
    fn matches(&self, (key, asc, ascq): (u8, u8, u8), situation: Situation) -> bool {
        self.key.is_none_or(|k| k == key)
            && self.asc.is_none_or(|a| a == asc)
            && self.ascq.is_none_or(|q| q == ascq)
            && self.situation.is_none_or(|s| s == situation)
    }
}

/// What to do about `sense` in `situation`; what the table does not list is fatal.
#[must_use]
pub fn disposition(sense: &Sense, situation: Situation) -> Disposition {
    of_triple(sense.triple(), situation)
}

/// The same for a triple of key, ASC and ASCQ.
#[must_use]
pub fn of_triple(triple: (u8, u8, u8), situation: Situation) -> Disposition {
    ROWS.iter().find(|row| row.matches(triple, situation)).map_or(Fatal, |row| row.disposition)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Situation::{Asking, Polling};

    #[test]
    fn the_table_row_by_row() {
        for (triple, situation, expected) in [
            ((0, 0, 0), Writing, Proceed),
            ((1, 0x17, 1), Writing, Proceed),
            ((2, 0x04, 0x00), Asking, Wait),
            ((2, 0x04, 0x01), Asking, Wait),
            ((2, 0x04, 0x01), Writing, Wait),
            ((2, 0x04, 0x02), Asking, StartUnit),
            ((2, 0x04, 0x03), Asking, Fatal),
            ((2, 0x04, 0x04), Polling, Wait),
            ((2, 0x04, 0x07), Writing, Wait),
            ((2, 0x04, 0x08), Writing, BackPressure),
            ((2, 0x04, 0x08), Asking, Wait),
            ((2, 0x04, 0x09), Asking, Wait),
            ((2, 0x06, 0x00), Asking, Fatal),
            ((2, 0x30, 0x00), Asking, Fatal),
            ((2, 0x3A, 0x01), Asking, Fatal),
            ((2, 0x3E, 0x00), Asking, again(1)),
            ((3, 0x0C, 0x09), Writing, Fatal),
            ((3, 0x11, 0x05), Asking, Fatal),
            ((4, 0x44, 0x00), Asking, again(1)),
            ((4, 0x44, 0x00), Writing, Fatal),
            ((5, 0x20, 0x00), Asking, Fatal),
            ((5, 0x21, 0x02), Writing, AskNextWritable),
            ((5, 0x21, 0x02), Asking, Fatal),
            ((5, 0x2C, 0x00), Writing, FlushAndRetry),
            ((5, 0x2C, 0x00), Asking, Fatal),
            ((5, 0x63, 0x00), Writing, EndOfArea),
            ((5, 0x53, 0x02), Asking, Unlock),
            ((5, 0x64, 0x00), Writing, Fatal),
            ((6, 0x28, 0x00), Asking, MediaChanged),
            ((6, 0x29, 0x00), Writing, MediaChanged),
            ((7, 0x27, 0x00), Writing, Fatal),
            ((0xB, 0x4B, 0x00), Asking, again(2)),
            ((0xB, 0x4B, 0x00), Writing, Fatal),
            ((0xE, 0x1D, 0x00), Asking, Fatal),
        ] {
            assert_eq!(of_triple(triple, situation), expected, "{triple:02X?} while {situation:?}");
        }
    }
}
