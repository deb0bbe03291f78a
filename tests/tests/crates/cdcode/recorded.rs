//! Whole discs, byte for byte as wodim, cdrdao and cdrskin sent them to a drive.
//!
//! What differs from our own default is in [`Style`]; two habits of the programs that no one should copy are imitated
//! here, so that the digests can be compared at all, and said where they are.

use crate::cdcode::common::vectors::{Recording, Run, audio_sector, data_sector, recording};
use crate::cdcode::common::{plain, sha256};
use sha2::{Digest, Sha256};
use webburn_cdcode::cdtext::symbols::LeadInText;
use webburn_cdcode::cdtext::{Block, CdText, TextKind, decode, encode as encode_text};
use webburn_cdcode::q::Q;
use webburn_cdcode::sector::{Detected, HeaderAddress, SectorMode, check, detect, encode};
use webburn_cdcode::session::{DiscType, Session, SessionLayout, Style, Track};
use webburn_cdcode::subchannel::{Layout, pq16, symbols};
use webburn_cdcode::{Control, TrackNumber, scramble};
use webburn_sector::{Lba, SectorCount};

fn session(tracks: Vec<Track>, lead_out: i32, style: Style) -> SessionLayout {
    SessionLayout {
        lead_in: Lba(-11_077),
        tracks,
        lead_out: Lba(lead_out),
        lead_out_length: SectorCount(6750),
        disc_type: DiscType::Plain,
        mcn: None,
        multi_session: None,
        style,
    }
}

fn track(number: u8, control: Control, pregap: i32, start: i32) -> Track {
    Track { pregap: Lba(pregap), ..Track::new(TrackNumber::new(number).unwrap(), control, Lba(start)) }
}

/// Compares every digest and sample of a recording with blocks made by `block`.
fn compare(recording: &Recording, layout: Layout, mut block: impl FnMut(i32) -> Vec<u8>) {
    let (first, last) = (recording.writes[0].0, recording.writes.last().unwrap().1);
    let mut whole = Sha256::new();
    let mut writes = recording.writes.iter();
    let mut write: Option<(&Run, Sha256)> = None;
    for at in first..=last {
        let bytes = block(at);
        assert_eq!(bytes.len(), layout.block_size());
        let (main, sub) = bytes.split_at(2352);
        for (_, expected) in recording.sub.iter().filter(|(lba, _)| *lba == at) {
            assert_eq!(crate::cdcode::common::hex(sub), crate::cdcode::common::hex(expected), "subcode of {at}");
        }
        for (_, expected) in recording.main_digests.iter().filter(|(lba, _)| *lba == at) {
            assert_eq!(&sha256(main), expected, "main channel of {at}");
        }
        for (_, expected) in recording.main.iter().filter(|(lba, _)| *lba == at) {
            assert_eq!(main, expected, "main channel of {at}");
        }
        whole.update(&bytes);
        let (line, digest) = write.get_or_insert_with(|| (writes.next().unwrap(), Sha256::new()));
        assert_eq!(line.2, layout.block_size());
        digest.update(&bytes);
        if line.1 == at {
            assert_eq!(
                crate::cdcode::common::hex(&digest.clone().finalize()),
                line.3,
                "blocks {} to {}",
                line.0,
                line.1
            );
            write = None;
        }
    }
    assert_eq!(recording.payloads.len(), 1);
    assert_eq!(crate::cdcode::common::hex(&whole.finalize()), recording.payloads[0].3, "the whole disc");
}

/// wodim builds empty sectors in its transfer buffer and forgets to clear them when it comes round again: in every
/// second buffer the user data are the scrambled sectors of the one before.
fn wodim_block(session: &Session, at: i32, layout: Layout, buffer: i32) -> Vec<u8> {
    let mut block = vec![0; layout.block_size()];
    let sector: &mut [u8; 2352] = block.first_chunk_mut().unwrap();
    let area = [600, 0, -150, -11_077].into_iter().find(|&start| at >= start).unwrap();
    if area == 0 {
        sector[16..2064].copy_from_slice(&data_sector(at as usize));
    } else if (at - area) / buffer % 2 == 1 {
        sector[16..2064].copy_from_slice(&plain::scrambler_stream()[4..2052]);
    }
    encode(sector, SectorMode::Mode1, HeaderAddress::from_lba(Lba(at)).unwrap());
    scramble(sector);
    session.subcode(Lba(at)).unwrap().write(layout, &mut block[2352..]);
    block
}

#[test]
fn wodim_raw_data_disc() {
    let session = Session::new(session(vec![track(1, Control::DATA, -150, 0)], 600, Style::WODIM)).unwrap();
    for (name, layout, buffer) in [("wodim-data-raw96.txt", Layout::Raw, 26), ("wodim-data-raw16.txt", Layout::Pq, 27)]
    {
        compare(&recording(name), layout, |at| wodim_block(&session, at, layout, buffer));
    }
}

/// The same lead-in and pre-gap by our own filler, against the samples wodim made in clean buffers.
#[test]
fn our_empty_sectors_are_wodims_in_clean_buffers() {
    let recording = recording("wodim-data-raw96.txt");
    let session = Session::new(session(vec![track(1, Control::DATA, -150, 0)], 600, Style::WODIM)).unwrap();
    let mut compared = 0;
    for mut area in [
        session.lead_in_blocks(Layout::Raw, SectorMode::Mode1, None),
        session.blocks(Lba(-150), Lba(0), Layout::Raw, SectorMode::Mode1),
        session.lead_out_blocks(Layout::Raw, SectorMode::Mode1),
    ] {
        let start = area.position().0;
        // An odd size, with room for less than a block at the end.
        let mut buffer = vec![0xEE; 31 * 2448 + 100];
        loop {
            let at = area.position().0;
            let filled = area.fill(&mut buffer).0 as usize;
            assert!(buffer[filled * 2448..].iter().all(|&byte| byte == 0xEE) || filled < 31);
            for (at, block) in (at..).zip(buffer.chunks(2448).take(filled)) {
                if (at - start) / 26 % 2 == 0 {
                    for (_, digest) in recording.main_digests.iter().filter(|(lba, _)| *lba == at) {
                        assert_eq!(&sha256(&block[..2352]), digest, "{at}");
                        compared += 1;
                    }
                }
                for (_, sub) in recording.sub.iter().filter(|(lba, _)| *lba == at) {
                    assert_eq!(&block[2352..], sub, "{at}");
                }
            }
            if filled < 31 {
                break;
            }
        }
        assert_eq!(area.remaining(), SectorCount(0));
    }
    assert_eq!(compared, 23);
}

/// cdrdao hands the CRC of the 16-byte layout over without inverting it, which no disc has: imitated here.
fn cdrdao_block(session: &Session, at: i32, layout: Layout, text: Option<&LeadInText>, invert: bool) -> Vec<u8> {
    let mut block = vec![0; layout.block_size()];
    let lead_out = session.layout().lead_out.0;
    if (0..lead_out).contains(&at) {
        let (number, start) = if at < 400 { (1, 0) } else { (2, 400) };
        block[..2352].copy_from_slice(&audio_sector(number, (at - start) as u32));
    }
    let sub = &mut block[2352..];
    if let (Some(text), true) = (text, at < -150) {
        sub.copy_from_slice(&text.sector((at + 11_077) as u32));
    }
    session.subcode(Lba(at)).unwrap().write(layout, sub);
    if invert {
        sub[10..12].iter_mut().for_each(|byte| *byte = !*byte);
    }
    block
}

#[test]
fn cdrdao_raw_audio_disc() {
    let tracks = vec![track(1, Control::AUDIO, -150, 0), track(2, Control::AUDIO, 400, 400)];
    let session = Session::new(session(tracks, 750, Style::CDRDAO)).unwrap();
    compare(&recording("cdrdao-audio-raw16.txt"), Layout::Pq, |at| cdrdao_block(&session, at, Layout::Pq, None, true));
    let text = LeadInText::new(&encode_text(&lab_disc()).unwrap()).unwrap();
    compare(&recording("cdrdao-audio-cdtext-raw96.txt"), Layout::Packed, |at| {
        cdrdao_block(&session, at, Layout::Packed, Some(&text), false)
    });
}

#[test]
fn cdrdao_raw_audio_disc_with_catalogue_number_and_codes() {
    let mut first = track(1, Control::AUDIO, -150, 0);
    let mut second = track(2, Control::AUDIO, 400, 425);
    first.isrc = Some("USRC17607839".parse().unwrap());
    second.isrc = Some("USRC17607840".parse().unwrap());
    let mut layout = session(vec![first, second], 750, Style::CDRDAO);
    layout.mcn = Some("4012345678901".parse().unwrap());
    let session = Session::new(layout).unwrap();
    compare(&recording("cdrdao-audio-isrc-raw16.txt"), Layout::Pq, |at| {
        cdrdao_block(&session, at, Layout::Pq, None, true)
    });
}

/// The CD-Text of the recorded discs.
fn lab_disc() -> CdText {
    let mut block = Block::new(1, 2);
    for (kind, track, text) in [
        (TextKind::Title, 0, "Disc"),
        (TextKind::Title, 1, "One"),
        (TextKind::Title, 2, "Two"),
        (TextKind::Performer, 0, "Lab"),
        (TextKind::Performer, 1, "A"),
        (TextKind::Performer, 2, "B"),
    ] {
        block.set(kind, track, text).unwrap();
    }
    CdText { blocks: vec![block] }
}

#[test]
fn the_cd_text_lead_in_of_cdrskin_wodim_and_cdrdao() {
    let recording = recording("cdrskin-audio-sao-cdtext.txt");
    let packs = encode_text(&lab_disc()).unwrap();
    let text = LeadInText::new(&packs).unwrap();
    let mut lead_in = vec![0; 10_927 * 96];
    assert_eq!(text.fill(0, &mut lead_in), 10_927);
    // All three programs sent these bytes.
    assert_eq!(sha256(&lead_in), "40cbf075912c2d77d3aef9caba487f89d91a351abdd383ae5acabfc5d441e2d9");
    assert_eq!(sha256(&lead_in), recording.writes[0].3);
    for (at, sub) in recording.sub.iter().filter(|(at, _)| *at < -150) {
        assert_eq!(&text.sector((at + 11_077) as u32).to_vec(), sub);
    }
    let recorded: Vec<[u8; 18]> = recording.packs.iter().map(|(_, pack)| pack.as_slice().try_into().unwrap()).collect();
    assert_eq!(recorded[..6], packs.iter().map(|pack| pack.to_bytes()).collect::<Vec<_>>());
    let decoded = decode(&recorded);
    assert_eq!(decoded.text, lab_disc());
    assert_eq!(decoded.faults, []);
}

/// Reading it all back: every recorded Q frame is understood, and every recorded sector is found sound.
#[test]
fn recorded_frames_and_sectors_decode() {
    let mut frames = 0;
    for name in ["wodim-data-raw96.txt", "cdrdao-audio-cdtext-raw96.txt"] {
        for (at, sub) in &recording(name).sub {
            let sub: &[u8; 96] = sub.as_slice().try_into().unwrap();
            let bytes = symbols::read_q(sub);
            let q = Q::parse(&bytes).unwrap_or_else(|error| panic!("{name} {at}: {error}"));
            assert!(!matches!(q, Q::Unknown(_)), "{name} {at}: {q:?}");
            assert_eq!(q.to_bytes(), bytes);
            frames += 1;
        }
    }
    for name in ["wodim-data-raw16.txt", "cdrdao-audio-isrc-raw16.txt"] {
        for (at, sub) in &recording(name).sub {
            let sub: &[u8; 16] = sub.as_slice().try_into().unwrap();
            let q = Q::from_data(pq16::read_q_data(sub));
            assert!(!matches!(q, Q::Unknown(_)), "{name} {at}: {q:?}");
            assert_eq!(q.data(), pq16::read_q_data(sub));
            frames += 1;
        }
    }
    assert!(frames > 150, "{frames}");
    for (at, bytes) in &recording("wodim-data-raw96.txt").main {
        let mut sector: [u8; 2352] = bytes.as_slice().try_into().unwrap();
        let address = HeaderAddress::from_lba(Lba(*at)).unwrap();
        assert_eq!(detect(&sector), Detected::Data { mode: SectorMode::Mode1, address, scrambled: true });
        scramble(&mut sector);
        assert!(check(&sector, SectorMode::Mode1).is_clean());
        assert_eq!(sector[16..2064], data_sector(*at as usize));
    }
}
