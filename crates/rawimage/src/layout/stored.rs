//! What of a sector lies in a file.

/// How one sector is stored: a part of its main channel, then perhaps its subcode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stored {
    /// The part of the main channel.
    pub main: MainForm,
    /// The subcode behind it.
    pub sub: SubForm,
    /// Audio samples with the most significant byte first.
    pub big_endian: bool,
    /// Bytes between main channel and subcode that mean nothing.
    pub gap: u16,
}

/// Which of the 2352 bytes are stored. What is not stored is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MainForm {
    /// All 2352 bytes, data not scrambled.
    Whole,
    /// 2048 bytes of mode 1.
    Mode1,
    /// 2048 bytes of mode 2 form 1; the sub-header says data.
    Form1,
    /// Sub-header and 2048 bytes of form 1: 2056 bytes.
    SubHeaderForm1,
    /// 2324 bytes of mode 2 form 2; the sub-header says form 2.
    Form2,
    /// 2324 bytes of form 2 and its EDC: 2328 bytes.
    Form2Edc,
    /// Sub-header and 2324 bytes, whose form the sub-header tells: 2332 bytes. EDC and parity are made.
    Mixed,
    /// Bytes 16–2351 as they are: 2336 bytes.
    Body,
    /// Bytes 16–2351 whose EDC and parity are made anew by the form that the sub-header tells: 2336 bytes.
    MixedBody,
}

/// How subcode is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SubForm {
    /// Not at all.
    None,
    /// 96 symbols as on the disc: bit 7 P, 6 Q, 5–0 R–W with parity and interleave.
    Raw,
    /// 96 symbols of which R–W are four packs, not interleaved.
    Packed,
    /// Eight channels of twelve bytes, P first, as on the disc.
    Planes,
    /// Sixteen bytes: Q, and P in the last one's bit 7. No R–W.
    Pq,
}

impl MainForm {
    /// Bytes of the main channel that are stored.
    #[must_use]
    pub const fn size(self) -> usize {
        match self {
            MainForm::Whole => 2352,
            MainForm::Mode1 | MainForm::Form1 => 2048,
            MainForm::SubHeaderForm1 => 2056,
            MainForm::Form2 => 2324,
            MainForm::Form2Edc => 2328,
            MainForm::Mixed => 2332,
            MainForm::Body | MainForm::MixedBody => 2336,
        }
    }
}

impl SubForm {
    /// Bytes of subcode that are stored.
    #[must_use]
    pub const fn size(self) -> usize {
        match self {
            SubForm::None => 0,
            SubForm::Pq => 16,
            SubForm::Raw | SubForm::Packed | SubForm::Planes => 96,
        }
    }

    /// Whether the R–W channels of one sector's subcode hold anything.
    #[must_use]
    pub fn has_rw(self, stored: &[u8]) -> bool {
        match self {
            SubForm::None | SubForm::Pq => false,
            SubForm::Raw | SubForm::Packed => stored.iter().any(|symbol| symbol & 0x3F != 0),
            // P and Q are the first two of its channels.
            SubForm::Planes => stored.iter().skip(24).any(|byte| *byte != 0),
        }
    }
}

impl Stored {
    /// All 2352 bytes, little-endian, nothing beside them.
    pub const WHOLE: Stored = Stored::new(MainForm::Whole);

    /// Little-endian, nothing beside it.
    #[must_use]
    pub const fn new(main: MainForm) -> Self {
        Stored { main, sub: SubForm::None, big_endian: false, gap: 0 }
    }

    /// Bytes of one sector in the file.
    #[must_use]
    pub const fn size(self) -> usize {
        self.main.size() + self.gap as usize + self.sub.size()
    }
}
