//! Whole blocks of areas that carry no data of their own, ready to be written.

use webburn_sector::{Lba, SectorCount};

use super::Session;
use crate::cdtext::symbols::LeadInText;
use crate::scramble;
use crate::sector::{HeaderAddress, SECTOR_SIZE, Sector, SectorMode, SubHeader, encode};
use crate::subchannel::{Layout, symbols};

/// Blocks of lead-in, pre-gap or lead-out: a main channel of silence or of empty data sectors, and the subcode.
///
/// Fills the caller's buffers; allocates nothing.
#[derive(Clone, Debug)]
pub struct Blocks<'a> {
    session: &'a Session,
    layout: Layout,
    mode: SectorMode,
    text: Option<&'a LeadInText>,
    next: Lba,
    end: Lba,
}

impl Session {
    /// The lead-in, with CD-Text in R–W if given. The layout with P and Q only has no room for it.
    ///
    /// `mode` is that of the first track: audio sectors are zero, data sectors hold zeros and are scrambled.
    #[must_use]
    pub fn lead_in_blocks<'a>(&'a self, layout: Layout, mode: SectorMode, text: Option<&'a LeadInText>) -> Blocks<'a> {
        Blocks { text, ..self.blocks(self.lead_in().start, self.lead_in().end, layout, mode) }
    }

    /// The lead-out. `mode` is that of the last track.
    #[must_use]
    pub fn lead_out_blocks(&self, layout: Layout, mode: SectorMode) -> Blocks<'_> {
        self.blocks(self.lead_out().start, self.lead_out().end, layout, mode)
    }

    /// Any stretch without user data, such as a pre-gap.
    #[must_use]
    pub const fn blocks(&self, start: Lba, end: Lba, layout: Layout, mode: SectorMode) -> Blocks<'_> {
        Blocks { session: self, layout, mode, text: None, next: start, end }
    }
}

impl Blocks<'_> {
    /// How many blocks are left.
    #[must_use]
    pub fn remaining(&self) -> SectorCount {
        self.end.since(self.next)
    }

    /// The address of the next block.
    #[must_use]
    pub const fn position(&self) -> Lba {
        self.next
    }

    /// Fills as many whole blocks as `out` has room for and the area has left; gives how many. What lies behind them
    /// in `out` stays as it is.
    pub fn fill(&mut self, out: &mut [u8]) -> SectorCount {
        let mut filled = SectorCount(0);
        for block in out.chunks_exact_mut(self.layout.block_size()) {
            if self.next >= self.end {
                break;
            }
            self.write(block);
            self.next += SectorCount(1);
            filled += SectorCount(1);
        }
        filled
    }

    fn write(&self, block: &mut [u8]) {
        let (main, sub) = block.split_at_mut(SECTOR_SIZE);
        if let Ok(main) = <&mut Sector>::try_from(main) {
            self.write_main(main);
        }
        sub.fill(0);
        if let (Some(text), Ok(sub)) = (self.text, <&mut [u8; 96]>::try_from(&mut *sub)) {
            symbols::write_rw(sub, &text.sector(self.next.since(self.session.lead_in().start).0));
        }
        if let Some(subcode) = self.session.subcode(self.next) {
            subcode.write(self.layout, sub);
        }
    }

    fn write_main(&self, sector: &mut Sector) {
        sector.fill(0);
        if self.mode == SectorMode::Audio {
            return;
        }
        let sub_header = match self.mode {
            SectorMode::Mode2Form1 => SubHeader::DATA_FORM1,
            SectorMode::Mode2Form2 | SectorMode::Mode2Form2NoEdc => SubHeader::FORM2,
            _ => SubHeader::default(),
        };
        sector[16..24].copy_from_slice(&sub_header.to_bytes());
        // A checked session has only addresses that headers can show.
        if let Some(address) = HeaderAddress::from_lba(self.next) {
            encode(sector, self.mode, address);
            scramble(sector);
        }
    }
}
