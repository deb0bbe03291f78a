//! MODE SENSE(10) (SPC-4, 6.12; header 7.5.5).

use std::fmt;

use crate::layout::{get, put};
use crate::{Cdb, Command, Malformed, Payload, announced, codes, command};

codes! {
    /// Which values of a mode page are wanted (SPC-4, table 164).
    PageControl(u8) {
        CURRENT = 0 "current values",
        CHANGEABLE = 1 "changeable values",
        DEFAULT = 2 "default values",
        SAVED = 3 "saved values",
    }
}

command! {
    /// Reads mode pages.
    ModeSense10 = 0x5A [10] {
        /// DBD: no block descriptors, please.
        disable_block_descriptors: bool = bit(1, 3),
        /// Current, changeable, default or saved values.
        control: PageControl = code(2, 6, 2),
        /// Page code; 3Fh is all pages.
        page: u8 = bits(2, 0, 6),
        /// Subpage code.
        subpage: u8 = u8(3),
        /// Most bytes to send.
        allocation_length: u16 = u16(7),
    }
}

impl ModeSense10 {
    /// All mode pages.
    pub const ALL_PAGES: u8 = 0x3F;

    /// Asks for one page without block descriptors.
    #[must_use]
    pub const fn page(page: u8, control: PageControl, allocation_length: u16) -> Self {
        ModeSense10 { disable_block_descriptors: true, control, page, subpage: 0, allocation_length }
    }
}

/// What MODE SENSE(10) answers: header, block descriptors, pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModeReply {
    /// MODE DATA LENGTH as announced; the whole reply is two bytes longer. Greater than what arrived when it was cut.
    pub announced: u16,
    /// Medium type, byte 2. Obsolete in MMC, 70h for no disc in some old drives.
    pub medium_type: u8,
    /// Device-specific parameter, byte 3.
    pub device_specific: u8,
    /// Block descriptors, raw; drives send them in spite of DBD at times.
    pub block_descriptors: Vec<u8>,
    /// The pages, one after the other, each with its two-byte header.
    pub pages: Vec<u8>,
}

impl ModeReply {
    /// Bytes of the header.
    pub const HEADER: usize = 8;

    /// A reply that holds `pages` and no block descriptors.
    #[must_use]
    pub fn new(pages: Vec<u8>) -> Self {
        ModeReply { announced: (6 + pages.len()).min(0xFFFF) as u16, pages, ..Self::default() }
    }

    /// Reads an answer, as long as its own header says.
    ///
    /// # Errors
    /// Fewer than 8 bytes, or block descriptors beyond the end.
    pub fn parse(data: &[u8]) -> Result<Self, Malformed> {
        let length = get::u16(data, 0);
        // Old Sanyo drives announce less than they send: the page's own length decides then.
        let length_in_all = if usize::from(length) + 2 < Self::HEADER { data.len() } else { usize::from(length) + 2 };
        let within = announced(ModeSense10::NAME, data, length_in_all, Self::HEADER)?;
        let descriptors = usize::from(get::u16(data, 6));
        let Some(mut pages) = within.get(Self::HEADER + descriptors..) else {
            return Err(Malformed::new(ModeSense10::NAME, "block descriptors reach beyond the end", data.len()));
        };
        let arrived = &data[Self::HEADER + descriptors..];
        let end = whole_pages(arrived, pages.len());
        pages = &arrived[..end];
        Ok(ModeReply {
            announced: length,
            medium_type: data[2],
            device_specific: data[3],
            block_descriptors: data[Self::HEADER..Self::HEADER + descriptors].to_vec(),
            pages: pages.to_vec(),
        })
    }

    /// The bytes of an answer; the length is that of the parts, not `announced`.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![0; Self::HEADER];
        let length = Self::HEADER - 2 + self.block_descriptors.len() + self.pages.len();
        put::u16(&mut out, 0, length.min(0xFFFF) as u16);
        out[2] = self.medium_type;
        out[3] = self.device_specific;
        put::u16(&mut out, 6, self.block_descriptors.len() as u16);
        out.extend_from_slice(&self.block_descriptors);
        out.extend_from_slice(&self.pages);
        out
    }

    /// Every page with its header: code, length, body. The last may be cut where the reply was.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let mut rest = &self.pages[..];
        std::iter::from_fn(move || {
            let (page, tail) = rest.split_at(page_length(rest)?.min(rest.len()));
            rest = tail;
            Some(page)
        })
    }

    /// The page of this code with its header, if the drive sent it.
    #[must_use]
    pub fn page(&self, code: u8) -> Option<&[u8]> {
        self.iter().find(|page| page[0] & 0x3F == code)
    }
}

/// Bytes of the page that begins here, header included; pages with a subpage (SPF) have a longer header.
fn page_length(page: &[u8]) -> Option<usize> {
    match *page {
        [code, ..] if code & 0x40 != 0 => page.get(3).map(|_| 4 + usize::from(get::u16(page, 2))),
        [_, length, ..] => Some(2 + usize::from(length)),
        _ => None,
    }
}

/// Where the pages end that begin before `end`: the header of the reply may announce less than its last page needs.
fn whole_pages(pages: &[u8], end: usize) -> usize {
    let mut at = 0;
    while at < end {
        match page_length(&pages[at..]) {
            Some(length) => at += length,
            None => break,
        }
    }
    at.clamp(end, pages.len())
}

impl Command for ModeSense10 {
    const NAME: &'static str = "MODE SENSE(10)";
    type Response = ModeReply;
    fn cdb(&self) -> Cdb {
        self.to_cdb()
    }
    fn payload(&self) -> Payload<'_> {
        Payload::In(self.allocation_length.into())
    }
    fn decode(&self, data: &[u8]) -> Result<ModeReply, Malformed> {
        ModeReply::parse(data)
    }
}

impl fmt::Display for ModeSense10 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} page {:02X}h, {}", Self::NAME, self.page, self.control)
    }
}
