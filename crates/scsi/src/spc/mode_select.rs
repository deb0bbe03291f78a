//! MODE SELECT(10) (SPC-4, 6.10; header 7.5.5).

use std::fmt;

use crate::layout::{get, put};
use crate::{Cdb, Command, Malformed, Payload, command};

command! {
    /// Sets mode pages.
    ModeSelect10 = 0x55 [10] {
        /// PF: what follows the block descriptors are pages. Always set.
        page_format: bool = bit(1, 4),
        /// SP: keep the values over a power cycle.
        save_pages: bool = bit(1, 0),
    } out
    /// The parameter list, see [`ModeParameterList`].
    list in u16(7) as u16
}

impl<'a> ModeSelect10<'a> {
    /// Sends `list` with the page format bit and without saving.
    #[must_use]
    pub const fn new(list: &'a [u8]) -> Self {
        ModeSelect10 { page_format: true, save_pages: false, list }
    }
}

/// The parameter list of MODE SELECT(10), read: header, block descriptors, pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModeParameterList {
    /// Medium type, byte 2.
    pub medium_type: u8,
    /// Device-specific parameter, byte 3.
    pub device_specific: u8,
    /// Block descriptors, raw.
    pub block_descriptors: Vec<u8>,
    /// The pages, one after the other, each with its two-byte header.
    pub pages: Vec<u8>,
}

impl ModeParameterList {
    /// A list of `page` alone, header included. The PS bit (bit 7 of the page code) is cleared: it is reserved here.
    #[must_use]
    pub fn of_page(page: &[u8]) -> Self {
        let mut pages = page.to_vec();
        if let Some(code) = pages.first_mut() {
            *code &= 0x7F;
        }
        ModeParameterList { pages, ..Self::default() }
    }

    /// The bytes of the list; the mode data length is 0, as MODE SELECT wants it.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![0; 8];
        out[2] = self.medium_type;
        out[3] = self.device_specific;
        put::u16(&mut out, 6, self.block_descriptors.len() as u16);
        out.extend_from_slice(&self.block_descriptors);
        out.extend_from_slice(&self.pages);
        out
    }

    /// Device side: reads a list as it came.
    ///
    /// # Errors
    /// Shorter than its header and block descriptors (a drive answers 5/1A/00).
    pub fn parse(list: &[u8]) -> Result<Self, Malformed> {
        let descriptors = usize::from(get::u16(list, 6));
        match (list.get(8..8 + descriptors), list.get(8 + descriptors..)) {
            (Some(block_descriptors), Some(pages)) if list.len() >= 8 => Ok(ModeParameterList {
                medium_type: list[2],
                device_specific: list[3],
                block_descriptors: block_descriptors.to_vec(),
                pages: pages.to_vec(),
            }),
            _ => Err(Malformed::new(ModeSelect10::NAME, "shorter than its header says", list.len())),
        }
    }
}

impl Command for ModeSelect10<'_> {
    const NAME: &'static str = "MODE SELECT(10)";
    type Response = ();
    fn cdb(&self) -> Cdb {
        self.to_cdb()
    }
    fn payload(&self) -> Payload<'_> {
        Payload::Out(self.list)
    }
    fn decode(&self, _: &[u8]) -> Result<(), Malformed> {
        Ok(())
    }
}

impl fmt::Display for ModeSelect10<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::NAME)?;
        let descriptors = usize::from(get::u16(self.list, 6));
        match self.list.get(8 + descriptors) {
            Some(code) => write!(f, " page {:02X}h", code & 0x3F),
            None => Ok(()),
        }
    }
}
