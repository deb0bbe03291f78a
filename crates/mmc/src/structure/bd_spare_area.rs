//! BD 0Ah: spare area information.

use webburn_scsi::layout;

use super::whole;

layout! {
    /// Spare clusters (MMC-6, table of BD spare area information).
    BdSpareArea [12] {
        /// Free spare blocks.
        free: u32 = u32(4),
        /// Allocated spare blocks.
        allocated: u32 = u32(8),
    }
}

whole!(BdSpareArea);
