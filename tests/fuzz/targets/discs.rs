//! What lies on a CD: sectors, subcode and CD-Text as a drive might read them, however damaged.

use webburn_cdcode::cdtext::{self, Pack, PackType};
use webburn_cdcode::q::Q;
use webburn_cdcode::sector::{Correction, Detected, Sector, check, correct, detect};
use webburn_cdcode::session::TocReader;
use webburn_cdcode::subchannel::{planes, symbols};
use webburn_cdcode::{rw, scramble};

/// As many bytes as needed: those given, again and again.
fn filled<const SIZE: usize>(data: &[u8]) -> [u8; SIZE] {
    let mut bytes = data.iter().copied().cycle();
    std::array::from_fn(|_| bytes.next().unwrap_or(0))
}

pub fn sector(data: &[u8]) {
    let mut sector: Sector = filled(data);
    // What is not a whole sector gets a sync and a mode now and then, or hardly any input would be a data sector.
    if data.len() != sector.len() && sector[2351] & 1 == 0 {
        sector[..12].copy_from_slice(&webburn_cdcode::sector::SYNC);
        let mode = sector[2350] % 3;
        sector[12..16].copy_from_slice(&[0, 2, 0, mode]);
    }
    if let Detected::Data { mode, scrambled, .. } = detect(&sector) {
        if scrambled {
            scramble(&mut sector);
        }
        let read = sector;
        match correct(&mut sector, mode, None) {
            Correction::Corrected { bytes } => {
                assert!(bytes > 0 && check(&sector, mode).is_clean(), "{bytes} bytes corrected to something wrong");
            }
            Correction::Clean | Correction::Failed { .. } => assert!(sector == read, "touched without need or success"),
        }
    }
}

pub fn subcode(data: &[u8]) {
    let read: [u8; 96] = filled(data);
    assert_eq!(planes::to_symbols(&planes::from_symbols(&read)), read);
    let bytes = symbols::read_q(&read);
    let _ = Q::parse(&bytes);
    let mut data = [0; 10];
    data.copy_from_slice(&bytes[..10]);
    let q = Q::from_data(data);
    assert_eq!(q.data(), data, "lossless");
    assert_eq!(Q::parse(&q.to_bytes()), Ok(q));
    let mut reader = TocReader::new();
    reader.push(&q);
    assert!(!reader.is_complete() && reader.entries().len() <= 1);
    let mut pack = [0; rw::PACK];
    pack.copy_from_slice(&read[..rw::PACK]);
    if matches!(rw::correct(&mut pack), rw::PackState::Clean | rw::PackState::Corrected(_)) {
        assert_eq!(rw::correct(&mut pack), rw::PackState::Clean);
    }
}

pub fn cd_text(data: &[u8]) {
    let _ = cdtext::decode_bytes(data);
    // Once more with checks that hold, so that the texts behind them are reached.
    let sound: Vec<[u8; cdtext::PACK_SIZE]> = data
        .chunks(16)
        .take(600)
        .map(|chunk| {
            let [kind, track, sequence, place, payload @ ..] = filled::<16>(chunk);
            let kind = PackType::from_code(0x80 | kind & 0x0F);
            let (double_byte, block, position) = (place & 0x80 != 0, place >> 4 & 7, place & 0x0F);
            Pack { kind, track, sequence, double_byte, block, position, data: payload }.to_bytes()
        })
        .collect();
    let decoded = cdtext::decode(&sound);
    if let Ok(packs) = cdtext::encode(&decoded.text) {
        assert!(packs.len() <= 2048);
    }
}
