//! 1Dh: time-out and protect.

use webburn_scsi::layout;

layout! {
    /// Time-out and protect page (MMC-6, 7.2.7).
    TimeOutProtect [10] {
        /// PS: can be saved.
        savable: bool = bit(0, 7),
        /// G3Enable: group 3 has its time-out as well.
        group3: bool = bit(4, 3),
        /// TMOE: time-outs are in force.
        time_outs: bool = bit(4, 2),
        /// DISP: the drive is not available (write protection by password).
        not_available: bool = bit(4, 1),
        /// SWPP: software write protection until power-off.
        write_protected: bool = bit(4, 0),
        /// Minimum time-out of group 1, seconds.
        group1_minimum: u16 = u16(6),
        /// Minimum time-out of group 2, seconds.
        group2_minimum: u16 = u16(8),
    }
}

super::page!(TimeOutProtect, TIME_OUT_PROTECT, at least 10);
