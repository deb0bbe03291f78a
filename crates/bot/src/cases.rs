//! The thirteen cases (BOT 1.0, section 6.7): what the host expects against what the device intends.

use webburn_scsi::Direction;

/// One of the thirteen cases, by its number in BOT 1.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Case {
    /// 1: Hn = Dn.
    HnDn = 1,
    /// 2: Hn < Di.
    HnDi,
    /// 3: Hn < Do.
    HnDo,
    /// 4: Hi > Dn.
    HiDn,
    /// 5: Hi > Di.
    HiOverDi,
    /// 6: Hi = Di.
    HiDi,
    /// 7: Hi < Di.
    HiUnderDi,
    /// 8: Hi against Do.
    HiDo,
    /// 9: Ho > Dn.
    HoDn,
    /// 10: Ho against Di.
    HoDi,
    /// 11: Ho > Do.
    HoOverDo,
    /// 12: Ho = Do.
    HoDo,
    /// 13: Ho < Do.
    HoUnderDo,
}

/// What the residue of the CSW must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResidueRule {
    /// 0. With a failed command the device may have moved less; the residue then tells how much less.
    Zero,
    /// All that the host expected.
    Full,
    /// What the host expected less what the device processed.
    Difference,
    /// Says nothing: the status is a phase error.
    Any,
}

/// What a device may do in the data phase (BOT 1.0, 6.7.1–6.7.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataPhase {
    /// There is none.
    Nothing,
    /// Exactly what both agreed on.
    Exact,
    /// The device has less to send: short packet, stall of bulk-in, or fill bytes up to the host's length.
    ShortIn,
    /// At most the host's length is sent.
    CutIn,
    /// Nothing to send, though the host waits: stall of bulk-in, zero-length packet, or fill.
    FillOrStallIn,
    /// The device takes less: the rest is accepted and dropped, or bulk-out is stalled.
    DropOrStallOut,
    /// At most the host's length is taken.
    CutOut,
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which case.
    pub case: Case,
    /// The way BOT 1.0 writes it.
    pub relation: &'static str,
    /// What the device does with the data phase.
    pub data: DataPhase,
    /// The CSW's status is 02h, phase error; otherwise 00h or 01h.
    pub phase_error: bool,
    /// The CSW's residue.
    pub residue: ResidueRule,
}

const fn row(case: Case, relation: &'static str, data: DataPhase, phase_error: bool, residue: ResidueRule) -> Row {
    Row { case, relation, data, phase_error, residue }
}

/// The table, in the order of the numbers.
pub const TABLE: [Row; 13] = {
    use {DataPhase as D, ResidueRule as R};
    [
        row(Case::HnDn, "Hn = Dn", D::Nothing, false, R::Zero),
        row(Case::HnDi, "Hn < Di", D::Nothing, true, R::Any),
        row(Case::HnDo, "Hn < Do", D::Nothing, true, R::Any),
        row(Case::HiDn, "Hi > Dn", D::FillOrStallIn, false, R::Full),
        row(Case::HiOverDi, "Hi > Di", D::ShortIn, false, R::Difference),
        row(Case::HiDi, "Hi = Di", D::Exact, false, R::Zero),
        row(Case::HiUnderDi, "Hi < Di", D::CutIn, true, R::Any),
        row(Case::HiDo, "Hi <> Do", D::FillOrStallIn, true, R::Any),
        row(Case::HoDn, "Ho > Dn", D::DropOrStallOut, false, R::Full),
        row(Case::HoDi, "Ho <> Di", D::DropOrStallOut, true, R::Any),
        row(Case::HoOverDo, "Ho > Do", D::DropOrStallOut, false, R::Difference),
        row(Case::HoDo, "Ho = Do", D::Exact, false, R::Zero),
        row(Case::HoUnderDo, "Ho < Do", D::CutOut, true, R::Any),
    ]
};

impl Case {
    /// Which case it is when the host expects `host_len` bytes in direction `host` and the device intends `device_len`
    /// bytes in direction `device`. A length of 0 is no data phase, whatever the direction.
    ///
    /// ```
    /// use webburn_bot::Case;
    /// use webburn_scsi::Direction::{In, None};
    /// assert_eq!(Case::of(In, 36, In, 20), Case::HiOverDi);
    /// assert_eq!(Case::of(In, 36, None, 0), Case::HiDn);
    /// assert_eq!(Case::of(None, 0, In, 8) as u8, 2);
    /// ```
    #[must_use]
    pub fn of(host: Direction, host_len: u64, device: Direction, device_len: u64) -> Case {
        let host = if host_len == 0 { Direction::None } else { host };
        let device = if device_len == 0 { Direction::None } else { device };
        match (host, device) {
            (Direction::None, Direction::None) => Case::HnDn,
            (Direction::None, Direction::In) => Case::HnDi,
            (Direction::None, Direction::Out) => Case::HnDo,
            (Direction::In, Direction::None) => Case::HiDn,
            (Direction::In, Direction::In) if host_len > device_len => Case::HiOverDi,
            (Direction::In, Direction::In) if host_len == device_len => Case::HiDi,
            (Direction::In, Direction::In) => Case::HiUnderDi,
            (Direction::In, Direction::Out) => Case::HiDo,
            (Direction::Out, Direction::None) => Case::HoDn,
            (Direction::Out, Direction::In) => Case::HoDi,
            (Direction::Out, Direction::Out) if host_len > device_len => Case::HoOverDo,
            (Direction::Out, Direction::Out) if host_len == device_len => Case::HoDo,
            (Direction::Out, Direction::Out) => Case::HoUnderDo,
        }
    }

    /// Its row of the table.
    #[must_use]
    pub const fn row(self) -> &'static Row {
        &TABLE[self as usize - 1]
    }

    /// Its number in BOT 1.0, 1 to 13.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Direction::{In, None, Out};

    #[test]
    fn every_case_is_reached_and_the_table_is_in_order() {
        let pairs = [
            (None, 0, None, 0),
            (None, 0, In, 4),
            (None, 0, Out, 4),
            (In, 8, None, 0),
            (In, 8, In, 4),
            (In, 8, In, 8),
            (In, 8, In, 9),
            (In, 8, Out, 8),
            (Out, 8, None, 0),
            (Out, 8, In, 8),
            (Out, 8, Out, 4),
            (Out, 8, Out, 8),
            (Out, 8, Out, 9),
        ];
        for (i, (host, host_len, device, device_len)) in pairs.into_iter().enumerate() {
            let case = Case::of(host, host_len, device, device_len);
            assert_eq!(usize::from(case.number()), i + 1);
            assert_eq!(case.row().case, case);
        }
        let phase_errors: Vec<u8> = TABLE.iter().filter(|row| row.phase_error).map(|row| row.case.number()).collect();
        assert_eq!(phase_errors, [2, 3, 7, 8, 10, 13]);
    }

    #[test]
    fn a_direction_without_bytes_is_no_data_phase() {
        assert_eq!(Case::of(In, 0, Out, 0), Case::HnDn);
    }
}
