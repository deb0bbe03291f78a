//! 1Ah: power condition.

use webburn_scsi::layout;

layout! {
    /// Power condition page (SPC-4, 7.5.13, the short form; MMC-6, 7.2.5).
    PowerCondition [12] {
        /// PS: can be saved.
        savable: bool = bit(0, 7),
        /// Idle timer counts.
        idle: bool = bit(3, 1),
        /// Standby timer counts.
        standby: bool = bit(3, 0),
        /// Idle timer, in 100 ms.
        idle_timer: u32 = u32(4),
        /// Standby timer, in 100 ms.
        standby_timer: u32 = u32(8),
    }
}

super::page!(PowerCondition, POWER_CONDITION, at least 12);
