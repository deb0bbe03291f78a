//! DVD 01h: copyright information.

use webburn_scsi::layout;

use super::whole;

layout! {
    /// Copyright information (MMC-6, table of copyright information).
    Copyright [4] {
        /// Protection system: 0 none, 1 CSS/CPPM, 2 CPRM, 3 AACS HD DVD, 10h AACS BD.
        system: u8 = u8(0),
        /// Region mask: a 1 bit is a region that does not play.
        region_mask: u8 = u8(1),
    }
}

whole!(Copyright);
