//! START STOP UNIT (MMC-6, 6.42).

use std::fmt;

use webburn_scsi::{Command, command};

command! {
    /// Starts or stops the disc, opens or closes the tray.
    StartStopUnit = 0x1B [6] {
        /// Immed: answer before it is done.
        immediate: bool = bit(1, 0),
        /// Format-layer number, with FL.
        format_layer: u8 = bits(3, 0, 2),
        /// POWER CONDITIONS; 0 where start and load/eject say what to do.
        power_conditions: u8 = bits(4, 4, 4),
        /// FL: select a format layer of a hybrid disc.
        select_format_layer: bool = bit(4, 2),
        /// LoEj: the tray is meant.
        load_eject: bool = bit(4, 1),
        /// Start: spin up, or load; else stop, or eject.
        start: bool = bit(4, 0),
    }
}

impl StartStopUnit {
    const NOTHING: StartStopUnit = StartStopUnit {
        immediate: false,
        format_layer: 0,
        power_conditions: 0,
        select_format_layer: false,
        load_eject: false,
        start: false,
    };
    /// Stops the disc.
    pub const STOP: StartStopUnit = StartStopUnit::NOTHING;
    /// Spins the disc up.
    pub const START: StartStopUnit = StartStopUnit { start: true, ..StartStopUnit::NOTHING };
    /// Opens the tray.
    pub const EJECT: StartStopUnit = StartStopUnit { load_eject: true, ..StartStopUnit::NOTHING };
    /// Closes the tray.
    pub const LOAD: StartStopUnit = StartStopUnit { load_eject: true, start: true, ..StartStopUnit::NOTHING };

    /// The same with Immed.
    #[must_use]
    pub const fn immediate(self) -> Self {
        StartStopUnit { immediate: true, ..self }
    }
}

plain!(StartStopUnit, "START STOP UNIT");

impl fmt::Display for StartStopUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match (self.load_eject, self.start) {
            (true, true) => "load",
            (true, false) => "eject",
            (false, true) => "start",
            (false, false) => "stop",
        };
        match self.power_conditions {
            0 => write!(f, "{}: {what}", Self::NAME)?,
            condition => write!(f, "{}: power condition {condition}", Self::NAME)?,
        }
        f.write_str(if self.immediate { ", immediate" } else { "" })
    }
}
