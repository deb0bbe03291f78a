//! Sectors against published vectors, and against the plain encoder for whatever comes.

use crate::cdcode::common::{Noise, hex, plain, sha1};
use proptest::prelude::*;
use webburn_cdcode::sector::{
    Correction, Detected, HeaderAddress, Sector, SectorMode, SubHeader, check, correct, detect, encode,
};
use webburn_cdcode::{edc, scramble};
use webburn_sector::Lba;

/// MSF 00:02:00.
fn start() -> HeaderAddress {
    HeaderAddress::from_lba(Lba(0)).unwrap()
}

/// Known sectors: libburn and an independent implementation agreed on them byte for byte.
#[test]
fn mode_1_of_counting_bytes() {
    let mut sector = [0; 2352];
    sector[16..2064].iter_mut().enumerate().for_each(|(i, byte)| *byte = i as u8);
    encode(&mut sector, SectorMode::Mode1, start());
    assert_eq!(hex(&sector[12..16]), "00020001");
    assert_eq!(hex(&sector[2064..2076]), "279739e60000000000000000");
    assert_eq!(hex(&sector[2076..2084]), "4213c7942172d586");
    assert_eq!(hex(&sector[2162..2170]), "8edcd98a1142d586");
    assert_eq!(hex(&sector[2248..2256]), "46e94486f12ae20b");
    assert_eq!(hex(&sector[2300..2308]), "812ce62542982cc4");
    assert_eq!(sha1(&sector), "bb1199a546892eae80c01405875ae856e1c82bce");
    scramble(&mut sector);
    assert_eq!(sha1(&sector), "edf4522d2ebf5c5b06c1e585e88e9cab95075ece");
}

#[test]
fn sectors_of_zeros() {
    for (mode, sub_header, code, at, digest) in [
        (SectorMode::Mode1, None, "c513682b", 2064, "d9ee3c3ce5f425e5adb786706f65f363fd785695"),
        (
            SectorMode::Mode2Form1,
            Some(SubHeader::DATA_FORM1),
            "0b888194",
            2072,
            "84c168fbad2589a925479ad0515f7f88f427edb0",
        ),
        (SectorMode::Mode2Form2, Some(SubHeader::FORM2), "3f13b0be", 2348, "0abdae402af41c00fcb7aa9576184b3fb4cb5d0b"),
    ] {
        let mut sector = [0; 2352];
        if let Some(sub_header) = sub_header {
            sector[16..24].copy_from_slice(&sub_header.to_bytes());
        }
        encode(&mut sector, mode, start());
        assert_eq!(hex(&sector[at..at + 4]), code, "{mode:?}");
        assert_eq!(sha1(&sector), digest, "{mode:?}");
    }
}

#[test]
fn the_scrambler_is_that_of_annex_b() {
    let mut sector = [0; 2352];
    scramble(&mut sector);
    assert_eq!(hex(&sector[12..28]), "018000600028001e80086006a802fe81");
    assert_eq!(sha1(&sector[12..]), "b15ecfca323199d7bc3edffbf7df669bedf5f0bf");
    assert_eq!(&sector[12..], plain::scrambler_stream());
    assert_eq!(sector[..12], [0; 12], "the sync is not scrambled");
}

#[test]
fn other_modes_only_get_what_they_have() {
    let mut noise = Noise(7);
    let mut sector = [0; 2352];
    noise.fill(&mut sector);
    let before = sector;
    encode(&mut sector, SectorMode::Audio, start());
    assert_eq!(sector, before);
    encode(&mut sector, SectorMode::Mode2, start());
    assert_eq!(sector[16..], before[16..]);
    assert_eq!(hex(&sector[..16]), "00ffffffffffffffffffff0000020002");
    encode(&mut sector, SectorMode::Mode2Form2NoEdc, start());
    assert_eq!(sector[16..2348], before[16..2348]);
    assert_eq!(sector[2348..], [0; 4]);
    encode(&mut sector, SectorMode::Mode0, start());
    assert_eq!(hex(&sector[12..16]), "00020000");
    assert_eq!(sector[16..], [0; 2336]);
}

#[test]
fn headers_count_like_the_disc() {
    assert_eq!(HeaderAddress::from_lba(Lba(-11_077)), Some(HeaderAddress([0x97, 0x34, 0x23])));
    assert_eq!(HeaderAddress([0x97, 0x34, 0x23]).to_lba(), Some(Lba(-11_077)));
    assert_eq!(HeaderAddress([0x00, 0x02, 0x0A]).to_lba(), None);
    assert_eq!(HeaderAddress([0x00, 0x60, 0x00]).to_lba(), None);
    assert_eq!(HeaderAddress([0x00, 0x02, 0x00]).marked_as_lead_in(), HeaderAddress([0xA0, 0x02, 0x00]));
}

fn user_data(length: usize) -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), length),
        any::<u8>().prop_map(move |byte| vec![byte; length]),
        (0..length, any::<u8>()).prop_map(move |(at, byte)| {
            let mut data = vec![0; length];
            data[at] = byte;
            data
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn fast_mode_1_equals_the_plain_one(data in user_data(2048), lba in -45_150_i32..404_850, dirt: u8) {
        let address = HeaderAddress::from_lba(Lba(lba)).unwrap();
        // What was in the buffer before must not shine through.
        let mut fast: Sector = [dirt; 2352];
        fast[16..2064].copy_from_slice(&data);
        encode(&mut fast, SectorMode::Mode1, address);
        let mut plain = plain::mode1(address.0, &data);
        prop_assert!(fast == plain);
        prop_assert!(check(&fast, SectorMode::Mode1).is_clean());
        prop_assert_eq!(detect(&fast), Detected::Data { mode: SectorMode::Mode1, address, scrambled: false });
        scramble(&mut fast);
        plain::scramble(&mut plain);
        prop_assert!(fast == plain);
        prop_assert_eq!(detect(&fast), Detected::Data { mode: SectorMode::Mode1, address, scrambled: true });
    }

    #[test]
    fn fast_form_1_equals_the_plain_one(data in user_data(2048), lba in -150_i32..404_850, file: u8, coding: u8) {
        let address = HeaderAddress::from_lba(Lba(lba)).unwrap();
        let sub_header = SubHeader { file, channel: 1, submode: 0x89, coding };
        let mut fast: Sector = [0x5A; 2352];
        fast[16..24].copy_from_slice(&sub_header.to_bytes());
        fast[24..2072].copy_from_slice(&data);
        encode(&mut fast, SectorMode::Mode2Form1, address);
        prop_assert!(fast == plain::mode2_form1(address.0, &[&sub_header.to_bytes()[..], &data].concat()));
        prop_assert!(check(&fast, SectorMode::Mode2Form1).is_clean());
        prop_assert_eq!(detect(&fast), Detected::Data { mode: SectorMode::Mode2Form1, address, scrambled: false });
        prop_assert_eq!(SubHeader::from_bytes(fast[16..24].try_into().unwrap(), true), sub_header);
    }

    #[test]
    fn fast_form_2_equals_the_plain_one(data in user_data(2324), lba in -150_i32..404_850) {
        let address = HeaderAddress::from_lba(Lba(lba)).unwrap();
        let mut fast: Sector = [0xA5; 2352];
        fast[16..24].copy_from_slice(&SubHeader::FORM2.to_bytes());
        fast[24..2348].copy_from_slice(&data);
        encode(&mut fast, SectorMode::Mode2Form2, address);
        prop_assert!(fast == plain::mode2_form2(address.0, &[&SubHeader::FORM2.to_bytes()[..], &data].concat()));
        prop_assert_eq!(detect(&fast), Detected::Data { mode: SectorMode::Mode2Form2, address, scrambled: false });
    }

    #[test]
    fn fast_edc_equals_the_plain_one(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
        prop_assert_eq!(edc(&bytes).to_le_bytes(), plain::edc(&bytes));
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 2352), sync: bool, mode in 0_u8..4) {
        let mut sector: Sector = bytes.try_into().unwrap();
        if sync {
            sector[..12].copy_from_slice(&webburn_cdcode::sector::SYNC);
            sector[12..16].copy_from_slice(&[0, 2, 0, mode]);
        }
        if let Detected::Data { mode, .. } = detect(&sector) {
            let before = sector;
            let outcome = correct(&mut sector, mode, None);
            let corrected = matches!(outcome, Correction::Corrected { .. });
            prop_assert!(corrected || sector == before);
        }
    }
}

#[test]
fn sectors_without_a_meaning_are_told() {
    assert_eq!(detect(&[0; 2352]), Detected::NoSync);
    let mut sector = [0; 2352];
    sector[..12].copy_from_slice(&webburn_cdcode::sector::SYNC);
    sector[12..16].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0x07]);
    assert_eq!(detect(&sector), Detected::UnknownMode { header: [0xFF, 0xFF, 0xFF, 0x07] });
}

#[test]
fn an_empty_formless_sector_is_not_taken_for_form_1() {
    let mut sector = [0; 2352];
    encode(&mut sector, SectorMode::Mode2, start());
    assert!(matches!(detect(&sector), Detected::Data { mode: SectorMode::Mode2, .. }));
    sector[100] = 1;
    assert!(matches!(detect(&sector), Detected::Data { mode: SectorMode::Mode2, .. }));
    encode(&mut sector, SectorMode::Mode2Form1, start());
    assert!(matches!(detect(&sector), Detected::Data { mode: SectorMode::Mode2Form1, .. }));
}
