//! Streams of whole sessions, byte for byte.

use webburn_cdcode::cdtext::symbols::unpack;
use webburn_cdcode::q::Q;
use webburn_cdcode::rw::{Interleaver, add_parity_to_sector};
use webburn_cdcode::session::{Style, TocReader};
use webburn_cdcode::subchannel::{Layout, pq16, symbols};
use webburn_cdcode::{cdtext, scramble};
use webburn_rawimage::layout::{Content, Stored, SubForm};
use webburn_rawimage::stream::{RawOptions, RawStream, StoredSubcode};
use webburn_rawimage::{CdImage, MemoryFile};
use webburn_sector::{Lba, SectorSource};

use crate::rawimage::helpers::{audio_disc, extra_disc, main_channel, mixed_disc, noise, whole};

/// Sectors before LBA 0 where a whole lead-in is not needed.
const SHORT: usize = 650;

fn stream(image: CdImage, layout: Layout) -> RawStream {
    let options = RawOptions { lead_in: Lba(-(SHORT as i32)), ..RawOptions::new(layout, Style::default()) };
    RawStream::new(image, 0, options).unwrap()
}

#[test]
fn lead_in_first_sector_by_hand() {
    let options = RawOptions::new(Layout::Pq, Style::default());
    let bytes = whole(RawStream::new(audio_disc(), 0, options).unwrap());
    // Point A0: first track 1, plain disc; 95:00:00 of the running time; control of track 1 is copy and pre-emphasis.
    let q = [0x31, 0x00, 0xA0, 0x95, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00];
    assert_eq!(pq16::read_q_data(bytes[2352..2368].try_into().unwrap()), q);
    assert_eq!(bytes[..2352], [0; 2352]);
    // The last sector before the pre-gap is 99:59:74.
    let last = 2368 * 22_499 + 2352;
    assert_eq!(bytes[last + 3..last + 6], [0x99, 0x59, 0x74]);
    // The first of the pre-gap: track 1, index 0, 225 sectors to go, P set.
    let first = 2368 * 22_500 + 2352;
    assert_eq!(bytes[first..first + 10], [0x31, 0x01, 0x00, 0x00, 0x02, 0x74, 0x00, 0x00, 0x00, 0x00]);
    assert_eq!(bytes[first + 15], 0x80);
}

#[test]
fn table_of_contents_and_cd_text_are_in_the_lead_in() {
    let made = audio_disc();
    let text = made.layout.text.clone();
    let bytes = whole(stream(made, Layout::Raw));
    let mut reader = TocReader::new();
    let mut packs = Vec::new();
    for block in bytes.chunks(2448).take(SHORT - 150) {
        let sub: &[u8; 96] = block[2352..].try_into().unwrap();
        reader.push(&Q::parse(&symbols::read_q(sub)).unwrap());
        if packs.len() < 400 {
            packs.extend(unpack(sub));
        }
    }
    assert!(reader.is_complete());
    let decoded = cdtext::decode(&packs);
    assert_eq!(decoded.faults, []);
    assert_eq!(decoded.text, text);
}

#[test]
fn data_is_scrambled_and_audio_is_not() {
    let mut image = mixed_disc();
    let plain = main_channel(&mut image);
    let bytes = whole(stream(image, Layout::Packed));
    for (at, sector) in plain.chunks(2352).enumerate() {
        let mut sector: [u8; 2352] = sector.try_into().unwrap();
        // Track 1 with its post-gap.
        if at < 500 {
            scramble(&mut sector);
        }
        let block = &bytes[(SHORT + at) * 2448..][..2352];
        assert!(block == sector, "sector {at}");
    }
    // Lead-in and first pre-gap are data as well; the lead-out follows an audio track.
    let mut first: [u8; 2352] = bytes[..2352].try_into().unwrap();
    scramble(&mut first);
    assert_eq!(first[12..16], [0x99, 0x53, 0x25, 0x01]);
    assert_eq!(bytes[bytes.len() - 2448..][..2352], [0; 2352]);
}

#[test]
fn any_order_of_reading_gives_the_same() {
    let all = whole(stream(audio_disc(), Layout::Raw));
    let mut again = stream(audio_disc(), Layout::Raw);
    for (first, count) in [(8000, 1), (400, 300), (0, 7), (649, 2), (1999, 40)] {
        let mut part = vec![0; count * 2448];
        pollster::block_on(again.read(first, &mut part)).unwrap();
        assert!(part == all[first as usize * 2448..][..part.len()], "{count} from {first}");
    }
    let mut beyond = vec![0; 2448];
    assert!(pollster::block_on(again.read(u64::from(again.sectors().0), &mut beyond)).is_err());
}

#[test]
fn a_second_session_streams_from_its_own_lead_in() {
    let image = extra_disc();
    let start = image.layout.sessions[1].start;
    assert_eq!(start, Lba(330 + 6750 + 4500));
    let lead_in = Lba(start.0 - 4500);
    let options = RawOptions { lead_in, ..RawOptions::new(Layout::Raw, Style::default()) };
    let stream = RawStream::new(image, 1, options).unwrap();
    assert_eq!(stream.sectors().0, 4500 + 150 + 320 + 2250);
    let bytes = whole(stream);
    // An empty sector of XA in the pre-gap has form 2.
    let mut sector: [u8; 2352] = bytes[4500 * 2448..][..2352].try_into().unwrap();
    scramble(&mut sector);
    assert_eq!((sector[15], sector[18]), (2, 0x20));
}

/// The audio disc with subcode of noise in one file with its sectors.
fn with_subcode(form: SubForm) -> (CdImage, Vec<u8>) {
    let mut image = audio_disc();
    let mut rw = noise(99, 400 * 96);
    rw.iter_mut().for_each(|symbol| *symbol &= 0x3F);
    let blocks: Vec<u8> =
        noise(1, 400 * 2352).chunks(2352).zip(rw.chunks(96)).flat_map(|(a, b)| [a, b].concat()).collect();
    let file = image.add_file("with subcode", Box::new(MemoryFile(blocks)));
    let piece = &mut image.layout.sessions[0].tracks[0].pieces[1];
    let stored = Stored { sub: form, ..Stored::WHOLE };
    piece.content = Content::Blocks { file, at: 0, stored, sub: None };
    (image, rw)
}

#[test]
fn packs_are_spread_for_raw_blocks_and_gathered_for_packed_ones() {
    let (image, rw) = with_subcode(SubForm::Packed);
    let raw = whole(stream(image, Layout::Raw));
    let mut interleaver = Interleaver::new();
    let mut spread = Vec::new();
    for (n, packs) in rw.chunks(96).enumerate() {
        let mut packs: [u8; 96] = packs.try_into().unwrap();
        add_parity_to_sector(&mut packs);
        let wanted = interleaver.push(&packs);
        let block = &raw[(SHORT + n) * 2448 + 2352..][..96];
        assert!(block.iter().zip(&wanted).all(|(a, b)| a & 0x3F == *b), "sector {n}");
        spread.extend(wanted);
    }
    // And the way back: raw symbols in the file, packs on the wire.
    let mut image = audio_disc();
    let blocks: Vec<u8> =
        noise(1, 400 * 2352).chunks(2352).zip(spread.chunks(96)).flat_map(|(a, b)| [a, b].concat()).collect();
    let file = image.add_file("with subcode", Box::new(MemoryFile(blocks)));
    let stored = Stored { sub: SubForm::Raw, ..Stored::WHOLE };
    image.layout.sessions[0].tracks[0].pieces[1].content = Content::Blocks { file, at: 0, stored, sub: None };
    let packed = whole(stream(image, Layout::Packed));
    for (n, packs) in rw.chunks(96).enumerate().take(397) {
        let mut packs: [u8; 96] = packs.try_into().unwrap();
        add_parity_to_sector(&mut packs);
        let block = &packed[(SHORT + n) * 2448 + 2352..][..96];
        assert!(block.iter().zip(&packs).all(|(a, b)| a & 0x3F == *b), "packs of sector {n}");
    }
}

#[test]
fn a_clone_keeps_p_and_q_as_they_are() {
    let (image, _) = with_subcode(SubForm::Raw);
    let options = RawOptions {
        stored: StoredSubcode::All,
        lead_in: Lba(-(SHORT as i32)),
        ..RawOptions::new(Layout::Raw, Style::default())
    };
    let bytes = whole(RawStream::new(image, 0, options).unwrap());
    // The noise has no P and no Q in it.
    assert!(bytes[(SHORT + 5) * 2448 + 2352..][..96].iter().all(|symbol| symbol & 0xC0 == 0));
    let after = &bytes[(SHORT + 450) * 2448 + 2352..][..96];
    assert!(Q::parse(&symbols::read_q(after.try_into().unwrap())).is_ok());
}
