//! Bits, and the Huffman code of the map: sixteen symbols of up to eight bits.

/// Bits from the most significant one of each byte on; zeros after the end.
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Bits<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Bits { bytes, at: 0 }
    }

    pub(super) fn take(&mut self, count: u8) -> u64 {
        (0..count).fold(0, |bits, _| {
            let byte = self.bytes.get(self.at / 8).copied().unwrap_or(0);
            let bit = byte >> (7 - self.at % 8) & 1;
            self.at += 1;
            bits << 1 | u64::from(bit)
        })
    }

    /// Whether more was taken than there is.
    pub(super) const fn overrun(&self) -> bool {
        self.at > self.bytes.len() * 8
    }
}

const SYMBOLS: usize = 16;
const LONGEST: usize = 8;

pub(super) struct Huffman {
    /// By the next eight bits: the symbol and its length; a length of zero is no code.
    table: [(u8, u8); 1 << LONGEST],
}

impl Huffman {
    /// Reads the lengths of the codes, runs of equal ones shortened. `None` when they make no code.
    pub(super) fn read(bits: &mut Bits<'_>) -> Option<Self> {
        let mut lengths = Vec::with_capacity(SYMBOLS);
        while lengths.len() < SYMBOLS {
            match bits.take(4) {
                1 => match bits.take(4) {
                    1 => lengths.push(1),
                    length => {
                        let run = bits.take(4) as usize + 3;
                        lengths.extend(std::iter::repeat_n(length as u8, run));
                    }
                },
                length => lengths.push(length as u8),
            }
        }
        if lengths.len() > SYMBOLS || lengths.iter().any(|&length| usize::from(length) > LONGEST) {
            return None;
        }
        Huffman::from_lengths(&lengths)
    }

    /// The canonical code, longest codes first.
    fn from_lengths(lengths: &[u8]) -> Option<Self> {
        let mut table = [(0, 0); 1 << LONGEST];
        let mut start = 0_usize;
        for length in (1..=LONGEST).rev() {
            let shift = LONGEST - length;
            for (symbol, _) in lengths.iter().enumerate().filter(|(_, own)| usize::from(**own) == length) {
                let place = start << shift;
                table.get_mut(place..place + (1 << shift))?.fill((symbol as u8, length as u8));
                start += 1;
            }
            if length > 1 {
                // The codes of one bit less begin where these end.
                if start % 2 == 1 {
                    return None;
                }
                start /= 2;
            }
        }
        Some(Huffman { table })
    }

    pub(super) fn symbol(&self, bits: &mut Bits<'_>) -> Option<u8> {
        let at = bits.at;
        let (symbol, length) = self.table[bits.take(LONGEST as u8) as usize];
        bits.at = at + usize::from(length);
        if length == 0 { None } else { Some(symbol) }
    }
}
