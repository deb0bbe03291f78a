//! IMAPI2's enumerations of this object, with its values.

use webburn_cdcode::Control;
use webburn_cdcode::session::DiscType;
use webburn_cdcode::subchannel::Layout;

use crate::layout::{MainForm, Stored, TrackMode};

macro_rules! kinds {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $value:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$item])* $variant = $value),* }

        impl $name {
            /// IMAPI2's number.
            #[must_use]
            pub const fn value(self) -> u32 {
                self as u32
            }

            /// From IMAPI2's number.
            #[must_use]
            pub const fn from_value(value: u32) -> Option<Self> {
                match value { $($value => Some($name::$variant),)* _ => None }
            }
        }
    };
}

kinds! {
    /// `IMAPI_FORMAT2_RAW_CD_DATA_SECTOR_TYPE`: the blocks of the result.
    DataSectorType {
        /// 2352 + 16 bytes, P and Q only.
        SubcodePqOnly = 1;
        /// 2352 + 96 bytes, R–W as packs.
        SubcodeIsCooked = 2;
        /// 2352 + 96 bytes, R–W as on the disc.
        SubcodeIsRaw = 3;
    }
}

kinds! {
    /// `IMAPI_CD_SECTOR_TYPE`: what a track's stream holds.
    SectorType {
        /// 2352 bytes of audio.
        Audio = 0;
        /// 2336 zeros.
        ModeZero = 1;
        /// 2048 bytes.
        Mode1 = 2;
        /// 2336 bytes without a form.
        Mode2Form0 = 3;
        /// 2048 bytes.
        Mode2Form1 = 4;
        /// 2336 bytes.
        Mode2Form2 = 5;
        /// 2352 bytes of mode 1.
        Mode1Raw = 6;
        /// 2352 bytes of mode 2 without a form.
        Mode2Form0Raw = 7;
        /// 2352 bytes of form 1.
        Mode2Form1Raw = 8;
        /// 2352 bytes of form 2.
        Mode2Form2Raw = 9;
    }
}

kinds! {
    /// `IMAPI_CD_TRACK_DIGITAL_COPY_SETTING`.
    DigitalCopySetting {
        /// Copies are permitted.
        Permitted = 0;
        /// Copies are prohibited.
        Prohibited = 1;
        /// This is a copy; no further ones (SCMS).
        Scms = 2;
    }
}

impl DataSectorType {
    /// The blocks.
    #[must_use]
    pub const fn layout(self) -> Layout {
        match self {
            DataSectorType::SubcodePqOnly => Layout::Pq,
            DataSectorType::SubcodeIsCooked => Layout::Packed,
            DataSectorType::SubcodeIsRaw => Layout::Raw,
        }
    }
}

impl SectorType {
    /// The track that such sectors make.
    #[must_use]
    pub const fn mode(self) -> TrackMode {
        match self {
            SectorType::Audio => TrackMode::Audio,
            SectorType::ModeZero => TrackMode::Mode0,
            SectorType::Mode1 | SectorType::Mode1Raw => TrackMode::Mode1,
            _ => TrackMode::Mode2,
        }
    }

    /// What of a sector the stream holds; `None` for mode 0, of which nothing is needed.
    #[must_use]
    pub const fn stored(self) -> Option<Stored> {
        Some(Stored::new(match self {
            SectorType::ModeZero => return None,
            SectorType::Mode1 => MainForm::Mode1,
            SectorType::Mode2Form0 | SectorType::Mode2Form2 => MainForm::Body,
            SectorType::Mode2Form1 => MainForm::Form1,
            _ => MainForm::Whole,
        }))
    }

    /// Bytes of a sector in the stream.
    #[must_use]
    pub const fn size(self) -> usize {
        match self.stored() {
            Some(stored) => stored.size(),
            None => 2336,
        }
    }

    /// What the lead-in says of a disc that begins with it.
    #[must_use]
    pub const fn disc_type(self) -> DiscType {
        match self {
            SectorType::Mode2Form1 | SectorType::Mode2Form2 | SectorType::Mode2Form1Raw | SectorType::Mode2Form2Raw => {
                DiscType::Xa
            }
            _ => DiscType::Plain,
        }
    }
}

impl DigitalCopySetting {
    /// Sets the copy bit and says whether it alternates.
    pub(super) const fn apply(self, control: Control) -> (Control, bool) {
        match self {
            DigitalCopySetting::Permitted => (Control { copy_permitted: true, ..control }, false),
            DigitalCopySetting::Prohibited => (Control { copy_permitted: false, ..control }, false),
            DigitalCopySetting::Scms => (Control { copy_permitted: false, ..control }, true),
        }
    }
}
