//! Texts to packs.

use std::fmt;

use super::{Block, CdText, Language, Pack, PackType, SizeInfo, TextKind};

/// What does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooLarge {
    /// More than eight blocks.
    Blocks(usize),
    /// A block needs more than 256 packs, though repeated texts were already shortened.
    Packs {
        /// The block.
        block: u8,
        /// How many it would need.
        needed: usize,
    },
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TooLarge::Blocks(blocks) => write!(f, "CD-Text has room for 8 languages, not {blocks}"),
            TooLarge::Packs { block, needed } => write!(
                f,
                "the texts of language {} need {needed} packs of 12 bytes; CD-Text has room for 256",
                block + 1
            ),
        }
    }
}

impl std::error::Error for TooLarge {}

/// All packs of the disc, in the order of the lead-in: by block, by type, size information last.
///
/// A text that repeats that of the track before is written out, as wodim and cdrdao do, unless its block would not fit
/// otherwise; then it becomes a tab.
///
/// # Errors
/// [`TooLarge`].
pub fn encode(text: &CdText) -> Result<Vec<Pack>, TooLarge> {
    if text.blocks.len() > 8 {
        return Err(TooLarge::Blocks(text.blocks.len()));
    }
    let mut blocks = Vec::with_capacity(text.blocks.len());
    for (number, block) in (0..).zip(&text.blocks) {
        let mut packs = block_packs(block, number, false);
        if packs.len() > 253 {
            packs = block_packs(block, number, true);
        }
        if packs.len() > 253 {
            return Err(TooLarge::Packs { block: number, needed: packs.len() + 3 });
        }
        blocks.push(packs);
    }
    let mut last_sequence = [0; 8];
    let mut languages = [Language(0); 8];
    for ((packs, block), (last, language)) in
        blocks.iter().zip(&text.blocks).zip(last_sequence.iter_mut().zip(&mut languages))
    {
        // Three more packs follow, numbered on.
        *last = (packs.len() + 2) as u8;
        *language = block.language;
    }
    for ((number, block), packs) in (0..).zip(&text.blocks).zip(&mut blocks) {
        let mut counts = [0_u8; 16];
        for pack in packs.iter() {
            counts[usize::from(pack.kind.code() & 0x0F)] += 1;
        }
        counts[15] = 3;
        let info = SizeInfo {
            charset: block.charset,
            first_track: block.first_track,
            last_track: block.last_track,
            copyright: block.copyright,
            packs: counts,
            last_sequence,
            languages,
        };
        for (element, data) in (0..).zip(info.to_payloads()) {
            packs.push(new_pack(PackType::SizeInfo, element, number, data));
        }
        for (sequence, pack) in packs.iter_mut().enumerate() {
            pack.sequence = sequence as u8;
        }
    }
    Ok(blocks.concat())
}

fn new_pack(kind: PackType, track: u8, block: u8, data: [u8; 12]) -> Pack {
    Pack { kind, track, sequence: 0, double_byte: false, block, position: 0, data }
}

/// The packs of a block but its size information, not numbered yet.
fn block_packs(block: &Block, number: u8, shorten: bool) -> Vec<Pack> {
    let mut packs = Vec::new();
    for kind in TextKind::ALL {
        if kind == TextKind::Closed {
            // Types 87h to 89h come between 86h and 8Dh.
            genre(block, number, &mut packs);
            toc(block, number, &mut packs);
            intervals(block, number, &mut packs);
        }
        texts(block, number, kind, shorten, &mut packs);
    }
    packs
}

fn texts(block: &Block, number: u8, kind: TextKind, shorten: bool, packs: &mut Vec<Pack>) {
    let tracks = 1..=if kind.has_tracks() { block.last_track } else { 0 };
    let tracks = tracks.filter(|&track| track >= block.first_track);
    if !block.texts.keys().any(|&(own, track)| own == kind && (track == 0 || kind.has_tracks())) {
        return;
    }
    let width = if block.charset_of(kind).is_double_byte() { 2 } else { 1 };
    let mut cutter = Cutter::new(PackType::Text(kind), number, width, packs);
    let mut before: Option<&[u8]> = None;
    for track in std::iter::once(0).chain(tracks) {
        let text = block.texts.get(&(kind, track)).map_or(&[][..], Vec::as_slice);
        let repeats = shorten && track > block.first_track && text.len() > width && before == Some(text);
        cutter.text(track, if repeats { &[9, 9][..width] } else { text });
        before = Some(text);
    }
    cutter.finish();
}

fn genre(block: &Block, number: u8, packs: &mut Vec<Pack>) {
    if let Some((genre, text)) = &block.genre {
        let mut cutter = Cutter::new(PackType::Genre, number, 1, packs);
        // The code counts as the first two characters. *Guess*: no recording shows a genre text over two packs.
        cutter.text(0, &[&genre.0.to_be_bytes()[..], text].concat());
        cutter.finish();
    }
}

fn toc(block: &Block, number: u8, packs: &mut Vec<Pack>) {
    let Some(toc) = &block.toc else { return };
    let mut data = [0; 12];
    data[..2].copy_from_slice(&[block.first_track, block.last_track]);
    data[3..6].copy_from_slice(&toc.lead_out.to_bytes());
    packs.push(new_pack(PackType::Toc, 0, number, data));
    for (starts, track) in toc.starts.chunks(4).zip((block.first_track..=u8::MAX).step_by(4)) {
        let mut data = [0; 12];
        for (slot, start) in data.chunks_mut(3).zip(starts) {
            slot.copy_from_slice(&start.to_bytes());
        }
        packs.push(new_pack(PackType::Toc, track, number, data));
    }
}

fn intervals(block: &Block, number: u8, packs: &mut Vec<Pack>) {
    let count = block.intervals.len() as u8;
    for (place, interval) in (1..=u8::MAX).zip(&block.intervals) {
        let mut data = [0; 12];
        data[..2].copy_from_slice(&[place, count]);
        data[6..9].copy_from_slice(&interval.start.to_bytes());
        data[9..].copy_from_slice(&interval.end.to_bytes());
        packs.push(new_pack(PackType::Intervals, interval.track, number, data));
    }
}

/// Cuts terminated texts into packs of twelve bytes.
struct Cutter<'a> {
    kind: PackType,
    block: u8,
    /// Bytes a character.
    width: usize,
    packs: &'a mut Vec<Pack>,
    open: Option<Pack>,
    filled: usize,
}

impl<'a> Cutter<'a> {
    fn new(kind: PackType, block: u8, width: usize, packs: &'a mut Vec<Pack>) -> Self {
        Cutter { kind, block, width, packs, open: None, filled: 0 }
    }

    fn text(&mut self, track: u8, text: &[u8]) {
        let terminator = [0; 2];
        let characters = text.chunks(self.width).chain(std::iter::once(&terminator[..self.width]));
        for (position, character) in characters.enumerate() {
            let (kind, block, double_byte) = (self.kind, self.block, self.width == 2);
            let pack = self.open.get_or_insert(Pack {
                kind,
                track,
                sequence: 0,
                double_byte,
                block,
                position: position.min(15) as u8,
                data: [0; 12],
            });
            // Half a character at the end of a double-byte text is filled up with zero.
            pack.data[self.filled..self.filled + character.len()].copy_from_slice(character);
            self.filled += self.width;
            if self.filled == 12 {
                self.finish();
            }
        }
    }

    fn finish(&mut self) {
        self.packs.extend(self.open.take());
        self.filled = 0;
    }
}
