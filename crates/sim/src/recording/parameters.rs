//! The write parameters page, as the recording sees it.

use crate::surface::BlockForm;

/// Mode page 05h, read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriteParameters {
    /// 0 packet or incremental, 1 track at once, 2 session or disc at once, 3 raw, 4 layer jump.
    pub write_type: u8,
    /// 0 closes for good, 3 keeps the disc open (2 is reserved, 1 writes B0 = FF).
    pub multi_session: u8,
    /// Laser low, nothing is recorded.
    pub test: bool,
    /// Buffer underrun protection.
    pub underrun_protection: bool,
    /// CTL nibble of the track.
    pub control: u8,
    /// Form of the blocks that are sent.
    pub form: BlockForm,
    /// Fixed packet size.
    pub packet: Option<u32>,
    /// Serial copy management: this is a copy.
    pub copied: bool,
    /// The disc type of the session: 00h, 10h CD-I, 20h XA.
    pub session_format: u8,
    /// Media catalogue number, thirteen digits.
    pub catalog: Option<[u8; 13]>,
    /// Recording code of the track, twelve characters.
    pub isrc: Option<[u8; 12]>,
    /// Sub-header of XA blocks that are sent without one.
    pub sub_header: [u8; 4],
}

impl WriteParameters {
    /// Reads the page (bytes from the page code on); fields beyond the end count as zero.
    #[must_use]
    pub fn of(page: &[u8]) -> Self {
        let at = |i: usize| page.get(i).copied().unwrap_or(0);
        let fixed = at(3) & 0x20 != 0;
        WriteParameters {
            write_type: at(2) & 0x0F,
            multi_session: at(3) >> 6,
            test: at(2) & 0x10 != 0,
            underrun_protection: at(2) & 0x40 != 0,
            control: at(3) & 0x0F,
            // Pages with a reserved block type are refused before they get here.
            form: BlockForm::of_block_type(at(4) & 0x0F).unwrap_or(BlockForm::Data2048),
            copied: at(3) & 0x10 != 0,
            session_format: at(8),
            catalog: (at(16) & 0x80 != 0).then(|| std::array::from_fn(|i| at(17 + i))),
            isrc: (at(32) & 0x80 != 0).then(|| std::array::from_fn(|i| at(33 + i))),
            sub_header: std::array::from_fn(|i| at(48 + i)),
            packet: fixed.then(|| u32::from_be_bytes([at(10), at(11), at(12), at(13)])),
        }
    }

    /// Closing a session closes the disc.
    #[must_use]
    pub const fn closes_disc(&self) -> bool {
        self.multi_session != 3
    }
}
