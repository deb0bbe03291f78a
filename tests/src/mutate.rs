//! A mutator with a fixed seed: golden vectors, bent a little, the same way in every run.

/// A small generator (xorshift64*): the tests need no library for it, and the same seed gives the same bytes for ever.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Starts at `seed`; 0 is turned into another number, as the generator needs.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Dice(if seed == 0 { 0x9E37_79B9_7F4A_7C15 } else { seed })
    }

    /// The next number.
    pub fn roll(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `end`; 0 when `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { (self.roll() % end as u64) as usize }
    }
}

/// Values that break parsers more often than others do.
const EDGES: [u8; 10] = [0x00, 0x01, 0x02, 0x04, 0x0F, 0x7F, 0x80, 0xFE, 0xFF, 0x10];

/// One to four changes to `seed`: a bit, an edge value, a random byte, a cut, a doubled piece, a big-endian length.
pub fn mutate(dice: &mut Dice, seed: &[u8]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len());
        match dice.below(8) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << dice.below(8),
            1 if !bytes.is_empty() => bytes[at] = EDGES[dice.below(EDGES.len())],
            2 if !bytes.is_empty() => bytes[at] = dice.roll() as u8,
            3 => bytes.truncate(at),
            4 => {
                let piece: Vec<u8> = bytes[at..bytes.len().min(at + 1 + dice.below(24))].to_vec();
                bytes.splice(at..at, piece);
            }
            5 if bytes.len() >= at + 2 => {
                let length = [0u16, 1, 7, 8, 0x00FF, 0x0100, 0x7FFF, 0xFFFF][dice.below(8)];
                bytes[at..at + 2].copy_from_slice(&length.to_be_bytes());
            }
            6 => bytes.extend(std::iter::repeat_n(dice.roll() as u8, dice.below(40))),
            _ if !bytes.is_empty() => {
                bytes.remove(at);
            }
            _ => bytes.push(dice.roll() as u8),
        }
    }
    bytes
}
