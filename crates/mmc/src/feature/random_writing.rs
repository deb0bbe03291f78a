//! Writing in any order, formatting, defects.

use webburn_scsi::layout;
use webburn_sector::{Lba, SectorCount};

use super::bodies;

layout! {
    /// 0020h: blocks can be written in any order.
    RandomWritable [12] {
        /// Last block.
        last: Lba = lba(0),
        /// Bytes a block, 2048.
        block_size: u32 = u32(4),
        /// Blocks that are written as one.
        blocking: SectorCount = count16(8),
        /// PP: mode page 01h is there.
        page_present: bool = bit(10, 0),
    }
}

layout! {
    /// 0023h: FORMAT UNIT works.
    Formattable [8] {
        /// RENoSA: BD-RE without spare areas.
        re_without_spare: bool = bit(0, 3),
        /// Expand: spare area of BD-RE can grow.
        expand: bool = bit(0, 2),
        /// QCert: quick certification of BD-RE.
        quick_certification: bool = bit(0, 1),
        /// Cert: full certification of BD-RE.
        certification: bool = bit(0, 0),
        /// FRF: quick reformat of BD-RE.
        quick_reformat: bool = bit(1, 7),
        /// RRM: BD-R can be formatted for random recording.
        rrm: bool = bit(4, 0),
    }
}

layout! {
    /// 0024h: defects are managed by the drive.
    DefectManagement [4] {
        /// SSA: supplementary spare area.
        ssa: bool = bit(0, 7),
    }
}

layout! {
    /// 0025h: any block can be written, once.
    WriteOnce [8] {
        /// Bytes a block, 2048.
        block_size: u32 = u32(0),
        /// Blocks that are written as one.
        blocking: SectorCount = count16(4),
        /// PP: mode page 01h is there.
        page_present: bool = bit(6, 0),
    }
}

layout! {
    /// 0028h: Mount Rainier.
    Mrw [4] {
        /// DVD+RW, writing.
        dvd_plus_write: bool = bit(0, 2),
        /// DVD+RW, reading.
        dvd_plus_read: bool = bit(0, 1),
        /// CD-RW, writing; reading goes with the feature.
        cd_write: bool = bit(0, 0),
    }
}

layout! {
    /// 0029h: defects are reported to a host that manages them.
    EnhancedDefectReporting [4] {
        /// DRT-DM: with defect management of the drive.
        drt_dm: bool = bit(0, 0),
        /// Number of defect list caches.
        caches: u8 = u8(1),
        /// Entries each.
        entries: u16 = u16(2),
    }
}

layout! {
    /// 002Ah and 003Ah: DVD+RW, single and dual layer.
    DvdPlusRw [4] {
        /// Write, else read only.
        write: bool = bit(0, 0),
        /// Quick start: a format can be begun without delay.
        quick_start: bool = bit(1, 1),
        /// Close only: background format can be stopped in one way only.
        close_only: bool = bit(1, 0),
    }
}

layout! {
    /// 002Ch: DVD-RW, overwriting whole ECC blocks.
    RigidRestrictedOverwrite [4] {
        /// DSDG: can generate defect status.
        dsdg: bool = bit(0, 3),
        /// DSDR: can read defect status.
        dsdr: bool = bit(0, 2),
        /// Intermediate: can write in a session in the intermediate state.
        intermediate: bool = bit(0, 1),
        /// Blank: knows BLANK types other than full and minimal.
        blank: bool = bit(0, 0),
    }
}

bodies!(
    RandomWritable,
    Formattable,
    DefectManagement,
    WriteOnce,
    Mrw,
    EnhancedDefectReporting,
    DvdPlusRw,
    RigidRestrictedOverwrite,
);
