//! The control field of a track.

/// The four bits that say what a track is (ECMA-130, 22.3.1; the CTL nibble of MMC).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Control {
    /// Bit 0 of an audio track: recorded with pre-emphasis of 50/15 µs. Of a data track: recorded incrementally.
    pub pre_emphasis: bool,
    /// Bit 1: digital copy permitted.
    pub copy_permitted: bool,
    /// Bit 2: data, not audio.
    pub data: bool,
    /// Bit 3: four audio channels. No disc with it is known.
    pub four_channel: bool,
}

impl Control {
    /// Two-channel audio, no pre-emphasis, copy prohibited: 0.
    pub const AUDIO: Control = Control { pre_emphasis: false, copy_permitted: false, data: false, four_channel: false };
    /// Data, copy prohibited: 4.
    pub const DATA: Control = Control { data: true, ..Control::AUDIO };

    /// The nibble, 0 to 15.
    #[must_use]
    pub const fn to_nibble(self) -> u8 {
        self.pre_emphasis as u8
            | (self.copy_permitted as u8) << 1
            | (self.data as u8) << 2
            | (self.four_channel as u8) << 3
    }

    /// Reads the low nibble of `nibble`.
    #[must_use]
    pub const fn from_nibble(nibble: u8) -> Self {
        Control {
            pre_emphasis: nibble & 1 != 0,
            copy_permitted: nibble & 2 != 0,
            data: nibble & 4 != 0,
            four_channel: nibble & 8 != 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_nibble_round_trips() {
        for nibble in 0..16 {
            assert_eq!(Control::from_nibble(nibble).to_nibble(), nibble);
        }
        assert_eq!(Control::DATA.to_nibble(), 4);
    }
}
