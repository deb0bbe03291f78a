//! What can be read.

use webburn_scsi::layout;
use webburn_scsi::layout::{get, put};
use webburn_sector::SectorCount;

use super::{Body, bodies};

layout! {
    /// 0010h: blocks can be read in any order.
    RandomReadable [8] {
        /// Bytes a block, 2048.
        block_size: u32 = u32(0),
        /// Blocks that are read as one: CD 1, DVD 16, BD 32.
        blocking: SectorCount = count16(4),
        /// PP: mode page 01h is there.
        page_present: bool = bit(6, 0),
    }
}

layout! {
    /// 001Eh: CDs.
    CdRead [4] {
        /// DAP: the bit of READ CD works.
        dap: bool = bit(0, 7),
        /// C2 error pointers.
        c2: bool = bit(0, 1),
        /// CD-Text by READ TOC format 5.
        cd_text: bool = bit(0, 0),
    }
}

layout! {
    /// 001Fh: DVDs.
    DvdRead [4] {
        /// MULTI110: reads as the DVD Multi specification 1.1 says.
        multi110: bool = bit(0, 0),
        /// DUAL-RW: dual layer DVD-RW.
        dual_rw: bool = bit(2, 1),
        /// DUAL-R: dual layer DVD-R.
        dual_r: bool = bit(2, 0),
    }
}

bodies!(RandomReadable, CdRead, DvdRead);

/// 0040h: Blu-ray discs. One bitmap of versions a class, classes 0 to 3.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BdRead {
    /// BD-RE.
    pub re: [u16; 4],
    /// BD-R.
    pub r: [u16; 4],
    /// BD-ROM.
    pub rom: [u16; 4],
}

impl Body for BdRead {
    fn read_body(body: &[u8]) -> Self {
        BdRead { re: bitmaps(body, 4), r: bitmaps(body, 12), rom: bitmaps(body, 20) }
    }
    fn encode_body(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&[0; 4]);
        for bitmap in self.re.iter().chain(&self.r).chain(&self.rom) {
            out.extend_from_slice(&bitmap.to_be_bytes());
        }
    }
}

/// The bitmaps of four classes.
pub(super) fn bitmaps(body: &[u8], at: usize) -> [u16; 4] {
    [at, at + 2, at + 4, at + 6].map(|at| get::u16(body, at))
}

/// Four bitmaps in a row, for [`super::BdWrite`].
pub(super) fn put_bitmaps(into: &mut [u8], at: usize, bitmaps: [u16; 4]) {
    for (class, bitmap) in bitmaps.into_iter().enumerate() {
        put::u16(into, at + 2 * class, bitmap);
    }
}
