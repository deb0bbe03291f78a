//! C0h: write protection status.

use webburn_scsi::layout;

use super::whole;

layout! {
    /// What protects the disc (MMC-6, table of write protection status).
    WriteProtection [4] {
        /// MSWI: the medium's own status forbids it (BD).
        medium_status: bool = bit(0, 3),
        /// CWP: the cartridge.
        cartridge: bool = bit(0, 2),
        /// PWP: persistent write protection on the disc.
        persistent: bool = bit(0, 1),
        /// SWPP: software write protection until power-off.
        until_power_off: bool = bit(0, 0),
    }
}

whole!(WriteProtection);
