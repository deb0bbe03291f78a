//! The forms in which a block can be sent to a drive.

use serde::{Deserialize, Serialize};

/// The form of a block on the wire, which is also how it is kept (MMC-6, data block types of the write parameters page).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BlockForm {
    /// 2048 bytes of user data: mode 1 on CD, and the only form on DVD and BD. Block type 8.
    Data2048,
    /// Mode 2 form 1 user data, sub-header from the mode page. Block type 10.
    XaForm1,
    /// Mode 2 form 1 with sub-header. Block type 11.
    XaForm1Sub,
    /// Mode 2 form 2 user data, sub-header from the mode page. Block type 12.
    XaForm2,
    /// Mode 2, form 1 or 2, with sub-header. Block type 13.
    XaMixed,
    /// Mode 2 without form. Block type 9.
    Mode2,
    /// Mode 2 with sub-header, form 1 or 2, and room for EDC and ECC, which the drive makes. Cue sheet form 20h.
    Xa2336,
    /// A whole mode 1 sector of which the user data counts; the drive makes the rest. Cue sheet form 11h.
    Mode1Whole,
    /// A whole mode 2 sector with form of which sub-header and user data count. Cue sheet form 21h.
    XaWhole,
    /// A whole mode 2 sector without form, of which all but sync and header counts. Cue sheet form 31h.
    Mode2Whole,
    /// Audio, or a whole raw sector. Block type 0.
    Audio2352,
    /// Raw with 16 bytes of P and Q. Block type 1.
    RawPq,
    /// Raw with 96 bytes of P–W, R–W packed. Block type 2.
    RawPacked,
    /// Raw with 96 bytes of P–W as on the disc. Block type 3.
    RawPw,
    /// 96 bytes of sub-channel alone: lead-in of a session-at-once recording.
    SubOnly,
}

impl BlockForm {
    /// Bytes of one block.
    #[must_use]
    pub const fn size(self) -> usize {
        match self {
            BlockForm::Data2048 | BlockForm::XaForm1 => 2048,
            BlockForm::XaForm1Sub => 2056,
            BlockForm::XaForm2 => 2324,
            BlockForm::XaMixed => 2332,
            BlockForm::Mode2 | BlockForm::Xa2336 => 2336,
            BlockForm::Audio2352 | BlockForm::Mode1Whole | BlockForm::XaWhole | BlockForm::Mode2Whole => 2352,
            BlockForm::RawPq => 2368,
            BlockForm::RawPacked | BlockForm::RawPw => 2448,
            BlockForm::SubOnly => 96,
        }
    }

    /// The form of a data block type of mode page 05h; `None` for reserved and vendor types.
    #[must_use]
    pub const fn of_block_type(block_type: u8) -> Option<Self> {
        Some(match block_type {
            0 => BlockForm::Audio2352,
            1 => BlockForm::RawPq,
            2 => BlockForm::RawPacked,
            3 => BlockForm::RawPw,
            8 => BlockForm::Data2048,
            9 => BlockForm::Mode2,
            10 => BlockForm::XaForm1,
            11 => BlockForm::XaForm1Sub,
            12 => BlockForm::XaForm2,
            13 => BlockForm::XaMixed,
            _ => return None,
        })
    }

    /// Where the 2048 bytes of user data lie in a block, form 1 taken for granted; `None` where there are none (audio,
    /// raw, form 2).
    #[must_use]
    pub const fn user_data_at(self) -> Option<usize> {
        match self {
            BlockForm::Data2048 | BlockForm::XaForm1 => Some(0),
            BlockForm::XaForm1Sub | BlockForm::XaMixed | BlockForm::Xa2336 => Some(8),
            BlockForm::Mode1Whole => Some(16),
            BlockForm::XaWhole => Some(24),
            _ => None,
        }
    }
}

impl BlockForm {
    /// Brings its own sub-channel.
    #[must_use]
    pub const fn has_sub_channel(self) -> bool {
        matches!(self, BlockForm::RawPq | BlockForm::RawPacked | BlockForm::RawPw)
    }
}
