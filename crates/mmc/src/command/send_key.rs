//! SEND KEY (MMC-6, 6.35).

use std::fmt;

use webburn_scsi::{Command, command};

command! {
    /// Hands the drive a key or a region. Known here so that it can be named and refused.
    SendKey = 0xA3 [12] {
        /// Key class.
        key_class: u8 = u8(7),
        /// AGID.
        agid: u8 = bits(10, 6, 2),
        /// Key format.
        format: u8 = bits(10, 0, 6),
    } out
    /// The parameter list.
    list in u16(8) as u16
}

sends!(SendKey, "SEND KEY", list);

impl fmt::Display for SendKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} class {:02X}h format {:02X}h", Self::NAME, self.key_class, self.format)
    }
}
