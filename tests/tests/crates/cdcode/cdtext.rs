//! CD-Text: packs known from elsewhere, what fits and what not, and damaged packs.

use crate::cdcode::common::{Noise, hex};
use proptest::prelude::*;
use webburn_cdcode::cdtext::symbols::{LeadInText, from_bytes, to_bytes, unpack};
use webburn_cdcode::cdtext::{
    Block, CdText, Charset, Fault, Genre, Interval, Language, NotInCharset, PACK_SIZE, Pack, PackType, SizeInfo,
    TextKind, Toc, TooLarge, decode, decode_bytes, encode,
};
use webburn_sector::Msf;

fn bytes(text: &str) -> [u8; PACK_SIZE] {
    let bytes: Vec<u8> = text.split(' ').map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect();
    bytes.try_into().unwrap()
}

/// From the CD-TEXT documents of Sony, as quoted in libburn's documentation.
#[test]
fn packs_of_sonys_example_are_read_and_made() {
    for text in [
        "88 00 23 00 01 0e 00 3f 02 12 00 00 00 00 00 00 12 00",
        "88 01 24 00 00 02 00 04 0b 19 08 02 32 0b 2f 3e 67 2d",
        "88 0d 27 00 35 18 19 39 03 19 00 00 00 00 00 00 ea af",
        "89 01 28 00 01 04 00 00 00 00 02 29 30 02 34 3a f3 0c",
        "89 06 29 00 02 04 00 00 00 00 17 0e 19 17 1d 3c 73 92",
        "89 07 2a 00 03 04 00 00 00 00 1c 1e 27 1c 2a 1e 72 20",
        "89 0d 2b 00 04 04 00 00 00 00 37 0d 1a 37 1f 32 0b 62",
        "8f 00 2a 00 01 01 03 00 06 05 04 05 07 06 01 02 48 65",
        "8f 01 2b 00 00 00 00 00 00 00 06 03 2c 00 00 00 c0 20",
        "8f 02 2c 00 00 00 00 00 09 00 00 00 00 00 00 00 11 45",
    ] {
        assert_eq!(Pack::parse(&bytes(text)).unwrap().to_bytes(), bytes(text), "{text}");
    }
    let mut block = Block::new(1, 14);
    block.toc = Some(Toc {
        lead_out: Msf::new(63, 2, 18),
        starts: [(0, 2, 0), (4, 11, 25), (8, 2, 50), (11, 47, 62)]
            .into_iter()
            .chain([(12, 0, 0); 8])
            .chain([(53, 24, 25), (57, 3, 25)])
            .map(|(m, s, f)| Msf::new(m, s, f))
            .collect(),
    });
    block.intervals = [
        (1, (2, 41, 48), (2, 52, 58)),
        (6, (23, 14, 25), (23, 29, 60)),
        (7, (28, 30, 39), (28, 42, 30)),
        (13, (55, 13, 26), (55, 31, 50)),
    ]
    .map(|(track, a, b)| Interval { track, start: Msf::new(a.0, a.1, a.2), end: Msf::new(b.0, b.1, b.2) })
    .to_vec();
    let packs = encode(&CdText { blocks: vec![block.clone()] }).unwrap();
    let made = |at: usize| hex(&packs[at].to_bytes()[4..16]);
    assert_eq!(made(0), "010e003f0212000000000000");
    assert_eq!(made(1), "000200040b190802320b2f3e");
    assert_eq!((packs[1].track, packs[4].track), (1, 13));
    assert_eq!(made(4), "351819390319000000000000");
    assert_eq!(made(5), "01040000000002293002343a");
    assert_eq!(made(8), "040400000000370d1a371f32");
    let decoded = decode(&packs.iter().map(Pack::to_bytes).collect::<Vec<_>>());
    assert_eq!((decoded.text.blocks, decoded.faults), (vec![block], vec![]));
}

#[test]
fn the_size_information_of_libburns_example() {
    let info = SizeInfo::from_payloads(
        &[
            "8f 00 2a 00 01 01 03 00 06 05 04 05 07 06 01 02 48 65",
            "8f 01 2b 00 00 00 00 00 00 00 06 03 2c 00 00 00 c0 20",
            "8f 02 2c 00 00 00 00 00 09 00 00 00 00 00 00 00 11 45",
        ]
        .map(|text| Pack::parse(&bytes(text)).unwrap().data),
    );
    assert_eq!((info.charset, info.first_track, info.last_track, info.copyright), (Charset::Ascii, 1, 3, 0));
    assert_eq!(info.packs, [6, 5, 4, 5, 7, 6, 1, 2, 0, 0, 0, 0, 0, 0, 6, 3]);
    assert_eq!((info.last_sequence[0], info.languages[0]), (0x2C, Language::ENGLISH));
    assert_eq!(SizeInfo::from_payloads(&info.to_payloads()), info);
}

/// Every type, two languages, one of them with two bytes a character.
fn rich() -> CdText {
    let mut english = Block::new(1, 3);
    english.copyright = 3;
    for kind in TextKind::ALL {
        english.set(kind, 0, &format!("{kind:?} of the disc, longer than a pack")).unwrap();
        if kind.has_tracks() {
            for track in 1..=3 {
                english.set(kind, track, &format!("{kind:?} {track} Ünïcødé")).unwrap();
            }
        }
    }
    english.genre = Some((Genre::from_name("Jazz").unwrap(), b"Cool jazz of the fifties".to_vec()));
    let mut japanese = Block::new(1, 3);
    japanese.charset = Charset::MsJis;
    japanese.language = Language::JAPANESE;
    for (track, text) in [
        (0, &b"\x83\x66\x83\x42\x83\x58\x83\x4E"[..]),
        (1, b"\x88\xEA"),
        (2, b""),
        (3, b"\x8E\x4F\x82\xCC\x8B\xC8\x82\xC5\x82\xB7\x82\xB5\x82\xBD\x82\xCB"),
    ] {
        japanese.texts.insert((TextKind::Title, track), text.to_vec());
    }
    for track in 0..=3 {
        japanese.set(TextKind::Codes, track, "4012345678901").unwrap();
    }
    CdText { blocks: vec![english, japanese] }
}

#[test]
fn everything_comes_back() {
    let packs = encode(&rich()).unwrap();
    let decoded = decode(&packs.iter().map(Pack::to_bytes).collect::<Vec<_>>());
    assert_eq!(decoded.faults, []);
    assert_eq!(decoded.text, rich());
    // As READ TOC returns them, and twice over, as a lead-in repeats them.
    let twice: Vec<u8> = packs.iter().chain(&packs).flat_map(Pack::to_bytes).collect();
    assert_eq!(decode_bytes(&twice), decoded);
    // By way of the lead-in.
    let lead_in = LeadInText::new(&packs).unwrap();
    let read: Vec<[u8; 18]> =
        (0..100).flat_map(|sector| unpack(&lead_in.sector(sector).map(|symbol| symbol | 0xC0))).collect();
    assert_eq!(decode(&read), decoded);
}

#[test]
fn packs_are_numbered_and_counted_per_block() {
    let packs = encode(&rich()).unwrap();
    for block in 0..2 {
        let own: Vec<&Pack> = packs.iter().filter(|pack| pack.block == block).collect();
        assert!(own.iter().zip(0..).all(|(pack, sequence)| pack.sequence == sequence));
        assert!(own.is_sorted_by_key(|pack| pack.kind.code()));
        let info = SizeInfo::from_payloads(&[0, 1, 2].map(|k| own[own.len() - 3 + k].data));
        for code in 0x80..=0x8F {
            let count = own.iter().filter(|pack| pack.kind.code() == code).count();
            assert_eq!(usize::from(info.packs[usize::from(code & 0x0F)]), count, "{code:02X} in block {block}");
        }
        assert_eq!(usize::from(info.last_sequence[usize::from(block)]), own.len() - 1);
        assert_eq!(info.languages[..2], [Language::ENGLISH, Language::JAPANESE]);
        for pack in own {
            let titles = matches!(pack.kind, PackType::Text(kind) if kind.in_block_charset());
            assert_eq!(pack.double_byte, block == 1 && titles, "{pack:?}");
        }
    }
    // "三の曲でした…": ten characters of two bytes; the second pack goes on after five of them.
    let third: Vec<&Pack> =
        packs.iter().filter(|pack| pack.block == 1 && pack.track == 3 && pack.kind.code() == 0x80).collect();
    assert!(third.iter().all(|pack| pack.position > 0), "{third:?}");
}

/// Counted by hand: "Disc", "One" and "Two" with their terminators fill a pack to "Two"; its NUL opens the next.
#[test]
fn character_positions_count_what_came_before() {
    let mut block = Block::new(1, 1);
    block.set(TextKind::Title, 0, &"x".repeat(40)).unwrap();
    block.set(TextKind::Title, 1, "y").unwrap();
    let packs = encode(&CdText { blocks: vec![block] }).unwrap();
    let heads: Vec<(u8, u8)> = packs.iter().take(4).map(|pack| (pack.track, pack.position)).collect();
    assert_eq!(heads, [(0, 0), (0, 12), (0, 15), (0, 15)]);
    assert_eq!(packs[3].data, *b"xxxx\0y\0\0\0\0\0\0");
}

#[test]
fn what_does_not_fit_is_told() {
    let mut block = Block::new(1, 99);
    for track in 0..=99 {
        block.set(TextKind::Title, track, &format!("{track:040}")).unwrap();
    }
    let needed = (100 * 41_usize).div_ceil(12) + 3;
    let error = encode(&CdText { blocks: vec![block.clone()] }).unwrap_err();
    assert_eq!(error, TooLarge::Packs { block: 0, needed });
    assert_eq!(error.to_string(), "the texts of language 1 need 345 packs of 12 bytes; CD-Text has room for 256");
    // The same text on every track fits, as tabs, and comes back whole.
    for track in 1..=99 {
        block.set(TextKind::Title, track, &"the same for all".repeat(3)).unwrap();
    }
    let packs = encode(&CdText { blocks: vec![block.clone()] }).unwrap();
    assert!(packs.len() < 40, "{}", packs.len());
    let decoded = decode(&packs.iter().map(Pack::to_bytes).collect::<Vec<_>>());
    assert_eq!((decoded.text.blocks, decoded.faults), (vec![block], vec![]));
    let nine = CdText { blocks: vec![Block::new(1, 1); 9] };
    assert_eq!(encode(&nine), Err(TooLarge::Blocks(9)));
    assert_eq!(encode(&CdText { blocks: vec![Block::new(1, 1); 8] }).unwrap().len(), 24);
}

#[test]
fn characters_are_refused_by_name() {
    let mut block = Block::new(1, 1);
    assert_eq!(block.set(TextKind::Title, 1, "Ж"), Err(NotInCharset { character: 'Ж', charset: Charset::Latin1 }));
    assert!(block.set(TextKind::Title, 1, "a\0b").is_err());
    block.charset = Charset::Ascii;
    assert_eq!(block.set(TextKind::Title, 1, "naïf").unwrap_err().to_string(), "CD-Text in Ascii has no character “ï”");
    assert!(block.set(TextKind::Closed, 0, "naïf").is_ok(), "closed information is always ISO 8859-1");
    assert_eq!(block.get(TextKind::Closed, 0).as_deref(), Some("naïf"));
    assert_eq!(block.get(TextKind::Title, 1), None);
}

#[test]
fn damage_costs_only_what_it_hits() {
    let text = rich();
    let good: Vec<[u8; 18]> = encode(&text).unwrap().iter().map(Pack::to_bytes).collect();
    for lost in 0..good.len() {
        let mut packs = good.clone();
        packs[lost][5] ^= 1;
        let decoded = decode(&packs);
        assert_eq!(decoded.faults[0], Fault::BadCrc(lost));
        let pack = Pack::parse(&good[lost]).unwrap();
        let fault = Fault::Missing { block: pack.block, sequence: pack.sequence };
        assert!(decoded.faults.contains(&fault), "{:?}", decoded.faults);
        // Nothing is made up: what is there is right, but for the texts the lost pack itself held a piece of.
        if pack.kind == PackType::SizeInfo {
            assert!(decoded.faults.contains(&Fault::NoSizeInfo { block: pack.block }));
            continue;
        }
        let mut wrong = 0;
        for (read, block) in decoded.text.blocks.iter().zip(&text.blocks) {
            for (key, value) in &read.texts {
                wrong += usize::from(block.texts.get(key) != Some(value));
            }
            let held: usize = block.texts.len() - read.texts.len();
            assert!(held <= 7, "pack {lost} cost {held} texts");
        }
        assert_eq!(wrong, 0, "pack {lost}: {:?}", decoded.text);
    }
    // Only the first few packs, as some drives return.
    let decoded = decode(&good[..5]);
    assert_eq!(decoded.text.blocks[0].get(TextKind::Title, 0), text.blocks[0].get(TextKind::Title, 0));
    let truncated = decode_bytes(&good.concat()[..40]);
    assert!(truncated.faults.contains(&Fault::Truncated));
    assert_eq!(decode(&[]).text, CdText::default());
}

proptest! {
    #[test]
    fn no_packs_make_it_panic(packs in prop::collection::vec((0x7F_u8..=0x90, any::<[u8; 15]>()), 0..30)) {
        let packs: Vec<[u8; 18]> = packs
            .into_iter()
            .map(|(kind, rest)| {
                let mut bytes = [0; 18];
                bytes[0] = kind;
                bytes[1..16].copy_from_slice(&rest);
                Pack { kind: PackType::from_code(kind), ..Pack::parse(&with_crc(bytes)).unwrap() }.to_bytes()
            })
            .collect();
        let decoded = decode(&packs);
        prop_assert!(decoded.text.blocks.len() <= 8);
    }

    #[test]
    fn packs_and_symbols_round_trip(bytes in prop::collection::vec(any::<u8>(), 18)) {
        let bytes: [u8; 18] = bytes.try_into().unwrap();
        let symbols = from_bytes(&bytes);
        prop_assert!(symbols.iter().all(|&symbol| symbol < 0x40));
        prop_assert_eq!(to_bytes(&symbols), bytes);
        let bits = |bytes: &[u8], width: u32| -> String {
            bytes.iter().map(|&byte| format!("{byte:08b}")[8 - width as usize..].to_owned()).collect()
        };
        prop_assert_eq!(bits(&symbols, 6), bits(&bytes, 8));
    }

    #[test]
    fn texts_round_trip(
        texts in prop::collection::btree_map((0_usize..9, 0_u8..=12), "[ -~¡-ÿ]{0,30}", 0..40),
        first in 1_u8..=3,
    ) {
        let mut block = Block::new(first, 12);
        for ((kind, track), text) in texts {
            let kind = TextKind::ALL[kind];
            if track == 0 || kind.has_tracks() && track >= first {
                block.set(kind, track, &text).unwrap();
            }
        }
        // A kind that is there at all is there for every track.
        for kind in TextKind::ALL {
            if block.texts.keys().any(|key| key.0 == kind) {
                for track in std::iter::once(0).chain(first..=if kind.has_tracks() { 12 } else { 0 }) {
                    block.texts.entry((kind, track)).or_default();
                }
            }
        }
        if let Ok(packs) = encode(&CdText { blocks: vec![block.clone()] }) {
            let decoded = decode(&packs.iter().map(Pack::to_bytes).collect::<Vec<_>>());
            prop_assert_eq!(decoded.text.blocks, vec![block]);
            prop_assert_eq!(decoded.faults, vec![]);
        }
    }
}

fn with_crc(mut bytes: [u8; 18]) -> [u8; 18] {
    let crc = crate::cdcode::common::plain::crc16(&bytes[..16]);
    bytes[16..].copy_from_slice(&crc);
    bytes
}

#[test]
fn noise_is_no_text() {
    let mut noise = Noise(17);
    let mut bytes = vec![0; 18 * 64];
    noise.fill(&mut bytes);
    let decoded = decode_bytes(&bytes);
    assert_eq!(decoded.text, CdText::default());
    assert_eq!(decoded.faults.len(), 64);
}
