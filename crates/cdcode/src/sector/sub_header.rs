//! The sub-header of mode 2 sectors with a form.

/// File, channel, submode and coding information, recorded twice in a row (CD-ROM XA, IEC 10149 annex).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SubHeader {
    /// File number.
    pub file: u8,
    /// Channel number.
    pub channel: u8,
    /// Bit 0 end of record, 1 video, 2 audio, 3 data, 4 trigger, 5 form 2, 6 real time, 7 end of file.
    pub submode: u8,
    /// Coding information.
    pub coding: u8,
}

impl SubHeader {
    /// A data sector of form 1 in no particular file.
    pub const DATA_FORM1: SubHeader = SubHeader { file: 0, channel: 0, submode: 0x08, coding: 0 };
    /// A sector of form 2 in no particular file.
    pub const FORM2: SubHeader = SubHeader { file: 0, channel: 0, submode: 0x20, coding: 0 };

    /// Whether the submode says form 2.
    #[must_use]
    pub const fn is_form2(self) -> bool {
        self.submode & 0x20 != 0
    }

    /// The eight bytes at 16–23 of the sector: both copies.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 8] {
        let SubHeader { file, channel, submode, coding } = self;
        [file, channel, submode, coding, file, channel, submode, coding]
    }

    /// Reads the first copy, or the second when `second` is set.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 8], second: bool) -> Self {
        let [a, b, c, d, e, f, g, h] = bytes;
        if second {
            SubHeader { file: e, channel: f, submode: g, coding: h }
        } else {
            SubHeader { file: a, channel: b, submode: c, coding: d }
        }
    }
}
