//! Packs to texts.

use std::collections::BTreeMap;

use webburn_sector::Msf;

use super::{Block, CdText, Charset, Genre, Interval, Language, PACK_SIZE, Pack, PackType, SizeInfo, TextKind, Toc};

/// What was read, and what was wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    /// The texts that could be had.
    pub text: CdText,
    /// What could not be taken as it stood.
    pub faults: Vec<Fault>,
}

/// Something wrong in the packs. The rest was read all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Pack number so-and-so, as it came, fails its CRC and was left out.
    BadCrc(usize),
    /// The bytes end within a pack.
    Truncated,
    /// A block has no size information, so character set and language are assumed.
    NoSizeInfo {
        /// The block.
        block: u8,
    },
    /// Packs are missing in a block: texts may be cut or absent.
    Missing {
        /// The block.
        block: u8,
        /// The sequence number of the first that is missing.
        sequence: u8,
    },
    /// A type that is not known, left out.
    UnknownType {
        /// The block.
        block: u8,
        /// The type byte.
        code: u8,
    },
}

/// Reads the packs of a reply to READ TOC format 5, without the four bytes before them.
#[must_use]
pub fn decode_bytes(bytes: &[u8]) -> Decoded {
    let (packs, rest) = bytes.as_chunks::<PACK_SIZE>();
    let mut decoded = decode(packs);
    if !rest.is_empty() {
        decoded.faults.push(Fault::Truncated);
    }
    decoded
}

/// Reads packs in any order; repetitions do no harm.
#[must_use]
pub fn decode(packs: &[[u8; PACK_SIZE]]) -> Decoded {
    let mut decoded = Decoded::default();
    let mut blocks: [BTreeMap<u8, Pack>; 8] = Default::default();
    for (at, bytes) in packs.iter().enumerate() {
        match Pack::parse(bytes) {
            Ok(pack) => {
                blocks[usize::from(pack.block & 7)].entry(pack.sequence).or_insert(pack);
            }
            Err(_) => decoded.faults.push(Fault::BadCrc(at)),
        }
    }
    let last = blocks.iter().rposition(|block| !block.is_empty());
    let known = blocks.iter().find_map(size_info);
    for (number, packs) in (0..).zip(&blocks).take(last.map_or(0, |last| last + 1)) {
        let block = read_block(number, packs, known.as_ref(), &mut decoded.faults);
        decoded.text.blocks.push(block);
    }
    decoded
}

fn size_info(packs: &BTreeMap<u8, Pack>) -> Option<SizeInfo> {
    let mut payloads = [None; 3];
    for pack in packs.values().filter(|pack| pack.kind == PackType::SizeInfo) {
        if let Some(slot) = payloads.get_mut(usize::from(pack.track)) {
            *slot = Some(pack.data);
        }
    }
    match payloads {
        [Some(a), Some(b), Some(c)] => Some(SizeInfo::from_payloads(&[a, b, c])),
        _ => None,
    }
}

fn read_block(number: u8, packs: &BTreeMap<u8, Pack>, known: Option<&SizeInfo>, faults: &mut Vec<Fault>) -> Block {
    let own = size_info(packs);
    let mut block = Block::new(1, packs.values().map(|pack| pack.track & 0x7F).filter(|&t| t < 100).max().unwrap_or(0));
    // Every block's size information tells the languages of all.
    block.language = own.as_ref().or(known).map_or(Language(0), |info| info.languages[usize::from(number & 7)]);
    match &own {
        Some(info) => {
            block.charset = info.charset;
            block.copyright = info.copyright;
            (block.first_track, block.last_track) = (info.first_track, info.last_track);
        }
        None if packs.is_empty() => {}
        None => {
            faults.push(Fault::NoSizeInfo { block: number });
            if packs.values().any(|pack| pack.double_byte) {
                block.charset = Charset::MsJis;
            }
        }
    }
    let expected = match own.as_ref().or(known) {
        Some(info) => Some(info.last_sequence[usize::from(number & 7)]).filter(|_| !packs.is_empty()),
        None => packs.keys().next_back().copied(),
    };
    if let Some(missing) = expected.and_then(|last| (0..=last).find(|sequence| !packs.contains_key(sequence))) {
        faults.push(Fault::Missing { block: number, sequence: missing });
    }
    read_packs(&mut block, number, packs, faults);
    block
}

fn read_packs(block: &mut Block, number: u8, packs: &BTreeMap<u8, Pack>, faults: &mut Vec<Fault>) {
    let mut reader: Option<Reader> = None;
    let mut genre = Vec::new();
    for pack in packs.values() {
        let fits = reader.as_ref().is_some_and(|reader| reader.goes_on_with(pack));
        if !fits {
            reader = None;
        }
        match pack.kind {
            PackType::Text(kind) => reader.get_or_insert_with(|| Reader::new(kind, pack)).read(pack, block),
            PackType::Genre => genre.extend_from_slice(genre_payload(pack, &genre)),
            PackType::Toc => read_toc(pack, block),
            PackType::Intervals => block.intervals.push(Interval {
                track: pack.track,
                start: time(&pack.data[6..9]),
                end: time(&pack.data[9..]),
            }),
            PackType::SizeInfo => {}
            PackType::Other(code) => faults.push(Fault::UnknownType { block: number, code }),
        }
    }
    if let [high, low, text @ ..] = genre.as_slice() {
        let end = text.iter().position(|&byte| byte == 0).unwrap_or(text.len());
        block.genre = Some((Genre(u16::from_be_bytes([*high, *low])), text[..end].to_vec()));
    }
    // The table of contents is as long as the disc, not as its last pack.
    let tracks = (usize::from(block.last_track) + 1).saturating_sub(usize::from(block.first_track));
    if let Some(toc) = &mut block.toc {
        toc.starts.truncate(tracks);
    }
}

/// What a genre pack adds; the code may be repeated at the start of each.
fn genre_payload<'a>(pack: &'a Pack, before: &[u8]) -> &'a [u8] {
    let repeats = before.len() >= 2 && pack.position == 0 && pack.data[..2] == before[..2];
    &pack.data[if repeats { 2 } else { 0 }..]
}

fn time(bytes: &[u8]) -> Msf {
    Msf::new(bytes[0], bytes[1], bytes[2])
}

fn read_toc(pack: &Pack, block: &mut Block) {
    let toc = block.toc.get_or_insert(Toc { lead_out: Msf::default(), starts: Vec::new() });
    if pack.track == 0 {
        toc.lead_out = time(&pack.data[3..6]);
    } else {
        toc.starts.extend(pack.data.as_chunks::<3>().0.iter().map(|start| time(start)));
    }
}

/// Puts the texts of one kind together again.
struct Reader {
    kind: TextKind,
    /// The sequence number that comes next.
    next: u8,
    width: usize,
    /// The track whose text is being read.
    track: u8,
    text: Vec<u8>,
    /// Whether the beginning of the text is missing.
    headless: bool,
}

impl Reader {
    fn new(kind: TextKind, pack: &Pack) -> Self {
        Reader {
            kind,
            next: pack.sequence,
            width: if pack.double_byte { 2 } else { 1 },
            track: pack.track & 0x7F,
            text: Vec::new(),
            headless: pack.position != 0,
        }
    }

    fn goes_on_with(&self, pack: &Pack) -> bool {
        pack.kind == PackType::Text(self.kind) && pack.sequence == self.next
    }

    fn read(&mut self, pack: &Pack, block: &mut Block) {
        self.next = pack.sequence.wrapping_add(1);
        for character in pack.data.chunks(self.width) {
            if character.iter().any(|&byte| byte != 0) {
                self.text.extend_from_slice(character);
                continue;
            }
            let text = std::mem::take(&mut self.text);
            let past_the_end = self.track > block.last_track || (self.track > 0 && !self.kind.has_tracks());
            if !past_the_end && !self.headless {
                let tab = text == [9, 9][..self.width];
                let repeated =
                    if tab { block.texts.get(&(self.kind, self.track.wrapping_sub(1))).cloned() } else { None };
                block.texts.insert((self.kind, self.track), repeated.unwrap_or(text));
            }
            self.headless = false;
            // Numbers go from the disc (0) straight to its first track.
            self.track = if self.track == 0 { block.first_track } else { self.track.saturating_add(1) };
        }
    }
}
