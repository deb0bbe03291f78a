//! SEND OPC INFORMATION (MMC-6, 6.37).

use std::fmt;

use webburn_scsi::{Command, command};

command! {
    /// Calibrates the laser power, or restores values from an earlier calibration.
    SendOpcInformation = 0x54 [10] {
        /// DoOPC: calibrate now; there is no list then.
        do_opc: bool = bit(1, 0),
    } out
    /// OPC tables of eight bytes: speed (two bytes) and six bytes of the drive's own.
    list in u16(7) as u16
}

impl SendOpcInformation<'_> {
    /// Calibrate now.
    pub const CALIBRATE: SendOpcInformation<'static> = SendOpcInformation { do_opc: true, list: &[] };
}

sends!(SendOpcInformation, "SEND OPC INFORMATION", list);

impl fmt::Display for SendOpcInformation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", Self::NAME, if self.do_opc { "calibrate" } else { "restore" })
    }
}
