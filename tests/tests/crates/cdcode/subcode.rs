//! Q frames, layouts, R–W packs.

use crate::cdcode::common::{Noise, plain};
use proptest::prelude::*;
use webburn_cdcode::q::{BadCrc, Place, Point, Q};
use webburn_cdcode::rw::{Deinterleaver, Interleaver, Pack, PackState, add_parity, add_parity_to_sector, correct};
use webburn_cdcode::subchannel::{Layout, planes, pq16, symbols};
use webburn_cdcode::{Control, TrackNumber, crc16};
use webburn_sector::Msf;

fn track(number: u8) -> TrackNumber {
    TrackNumber::new(number).unwrap()
}

/// Typed by hand from ECMA-130; the CRCs by the plain encoder.
#[test]
fn frames_as_the_standard_lays_them_out() {
    let with_crc = |data: [u8; 10]| -> [u8; 12] { [&data[..], &plain::crc16(&data)].concat().try_into().unwrap() };
    for (q, data) in [
        (
            Q::Position {
                control: Control::DATA,
                place: Place::Track(track(12), 34),
                relative: Msf::new(1, 2, 3),
                absolute: Msf::new(56, 57, 74),
            },
            [0x41, 0x12, 0x34, 0x01, 0x02, 0x03, 0x00, 0x56, 0x57, 0x74],
        ),
        (
            Q::Position {
                control: Control::AUDIO,
                place: Place::LeadOut,
                relative: Msf::default(),
                absolute: Msf::new(74, 0, 0),
            },
            [0x01, 0xAA, 0x01, 0x00, 0x00, 0x00, 0x00, 0x74, 0x00, 0x00],
        ),
        (
            Q::Toc {
                control: Control { copy_permitted: true, ..Control::AUDIO },
                point: Point::FirstTrack,
                running: Msf::new(97, 34, 23),
                value: Msf::new(1, 20, 0),
            },
            [0x21, 0x00, 0xA0, 0x97, 0x34, 0x23, 0x00, 0x01, 0x20, 0x00],
        ),
        (
            Q::Toc {
                control: Control::DATA,
                point: Point::Track(track(99)),
                running: Msf::default(),
                value: Msf::new(79, 59, 74),
            },
            [0x41, 0x00, 0x99, 0x00, 0x00, 0x00, 0x00, 0x79, 0x59, 0x74],
        ),
        (
            Q::Mode5 {
                control: Control::DATA,
                point: 0xB0,
                at: [0x10, 0x20, 0x30],
                zero: 2,
                value: [0x79, 0x59, 0x74],
            },
            [0x45, 0x00, 0xB0, 0x10, 0x20, 0x30, 0x02, 0x79, 0x59, 0x74],
        ),
        (
            Q::Mcn { control: Control::AUDIO, mcn: "4012345678901".parse().unwrap(), frame: 60 },
            [0x02, 0x40, 0x12, 0x34, 0x56, 0x78, 0x90, 0x10, 0x00, 0x60],
        ),
        (
            Q::Isrc { control: Control::AUDIO, isrc: "USRC17607839".parse().unwrap(), frame: 20 },
            [0x03, 0x96, 0x38, 0x93, 0x04, 0x76, 0x07, 0x83, 0x90, 0x20],
        ),
    ] {
        assert_eq!(q.data(), data, "{q:?}");
        assert_eq!(q.to_bytes(), with_crc(data));
        assert_eq!(Q::parse(&with_crc(data)), Ok(q));
    }
}

#[test]
fn a_wrong_check_is_told_and_strange_frames_are_kept() {
    let mut bytes = Q::Unknown([0x01; 10]).to_bytes();
    bytes[3] ^= 0x10;
    assert!(matches!(Q::parse(&bytes), Err(BadCrc { recorded, computed }) if recorded != computed));
    for strange in [
        [0x00; 10],                                                   // ADR 0
        [0x01, 0x01, 0x01, 0x7A, 0, 0, 0, 0, 0, 0],                   // no BCD
        [0x01, 0x9A, 0x01, 0, 0, 0, 0, 0, 0, 0],                      // no track
        [0x01, 0x01, 0x01, 0, 0, 0, 0x17, 0, 0, 0],                   // byte 6 is not zero
        [0x02, 0xAB, 0, 0, 0, 0, 0, 0, 0, 0],                         // no digits
        [0x03, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0],                // no characters
        [0x05, 0x01, 0xB0, 0, 0, 0, 0, 0, 0, 0],                      // mode 5 outside of a lead-in
        [0x02, 0x40, 0x12, 0x34, 0x56, 0x78, 0x90, 0x17, 0x00, 0x60], // a digit too many
    ] {
        let q = Q::from_data(strange);
        assert_eq!(q, Q::Unknown(strange));
        assert_eq!(q.data(), strange);
    }
}

proptest! {
    #[test]
    fn every_frame_comes_back_as_it_was(data: [u8; 10], adr in 0_u8..6) {
        let mut data = data;
        data[0] = data[0] & 0xF0 | adr;
        prop_assert_eq!(Q::from_data(data).data(), data);
    }

    #[test]
    fn fast_symbols_equal_the_plain_ones(p: bool, q: [u8; 12], rw in prop::collection::vec(any::<u8>(), 96)) {
        let rw: [u8; 96] = rw.try_into().unwrap();
        let mut fast = [0xFF; 96];
        symbols::write_rw(&mut fast, &rw);
        symbols::write_pq(&mut fast, p, &q);
        prop_assert_eq!(fast, plain::symbols(p, &q, &rw));
        prop_assert_eq!(symbols::read_q(&fast), q);
        prop_assert_eq!(symbols::read_p(&fast), p);
        prop_assert_eq!(symbols::read_rw(&fast), rw.map(|symbol| symbol & 0x3F));

        let split = planes::from_symbols(&fast);
        prop_assert_eq!(&split[..12], &[if p { 0xFF } else { 0 }; 12][..]);
        prop_assert_eq!(&split[12..24], &q[..]);
        for plane in 0..8 {
            for at in 0..96 {
                let bit = split[12 * plane + at / 8] >> (7 - at % 8) & 1;
                prop_assert_eq!(bit, fast[at] >> (7 - plane) & 1, "plane {} symbol {}", plane, at);
            }
        }
        prop_assert_eq!(planes::to_symbols(&split), fast);

        let mut sixteen = [0xFF; 16];
        pq16::write_pq(&mut sixteen, p, &q);
        prop_assert_eq!(&sixteen[..12], &q[..]);
        prop_assert_eq!(&sixteen[12..], &[0, 0, 0, if p { 0x80 } else { 0 }]);
        prop_assert_eq!((pq16::read_q(&sixteen), pq16::read_p(&sixteen)), (q, p));
        prop_assert_eq!(crc16(&q).to_be_bytes(), plain::crc16(&q));
    }
}

#[test]
fn layouts_have_the_sizes_of_mode_page_05() {
    assert_eq!([Layout::Pq, Layout::Packed, Layout::Raw].map(Layout::block_size), [2368, 2448, 2448]);
    assert_eq!([Layout::Pq, Layout::Packed, Layout::Raw].map(Layout::data_block_type), [1, 2, 3]);
}

/// Powers of α over x⁶+x+1, by long hand.
fn power(exponent: usize) -> u8 {
    (0..exponent).fold(1, |x, _| if x & 0x20 == 0 { x << 1 } else { x << 1 & 0x3F ^ 3 })
}

fn product(a: u8, b: u8) -> u8 {
    let mut sum = 0;
    let mut shifted = a;
    for bit in 0..6 {
        if b >> bit & 1 == 1 {
            sum ^= shifted;
        }
        shifted = product_by_two(shifted);
    }
    sum
}

fn product_by_two(x: u8) -> u8 {
    if x & 0x20 == 0 { x << 1 } else { x << 1 & 0x3F ^ 3 }
}

/// What one symbol of value 1 adds to the parity, as the generator matrices of other implementations (in powers of α).
#[test]
fn pack_parity_has_the_known_coefficients() {
    for (at, q, p) in [
        (0, Some([26, 7]), None),
        (1, Some([6, 1]), None),
        (4, None, Some([17, 30, 52, 0])),
        (10, None, Some([12, 12, 37, 44])),
        (18, None, Some([5, 12, 22, 24])),
        (19, None, Some([18, 39, 21, 6])),
    ] {
        let mut pack: Pack = [0; 24];
        pack[at] = 1;
        add_parity(&mut pack);
        if let Some(q) = q {
            assert_eq!(pack[2..4], q.map(power), "Q of symbol {at}");
        }
        if let Some(p) = p {
            assert_eq!(pack[20..], p.map(power), "P of symbol {at}");
        }
    }
}

#[test]
fn pack_parity_makes_the_sums_of_the_standard_zero() {
    let mut noise = Noise(11);
    for _ in 0..200 {
        let mut pack: Pack = [0; 24];
        noise.fill(&mut pack);
        add_parity(&mut pack);
        for root in 0..4 {
            let sum = (0..24).fold(0, |sum, i| sum ^ product(pack[i], power(root * (23 - i) % 63)));
            assert_eq!(sum, 0, "HP·VP, root {root}");
        }
        for root in 0..2 {
            let sum = (0..4).fold(0, |sum, i| sum ^ product(pack[i], power(root * (3 - i))));
            assert_eq!(sum, 0, "HQ·VQ, root {root}");
        }
        assert_eq!(correct(&mut pack), PackState::Clean);
    }
}

#[test]
fn packs_are_corrected_as_far_as_parity_reaches() {
    let mut noise = Noise(12);
    let mut failed = 0;
    for round in 0..2000 {
        let mut good: Pack = [0; 24];
        noise.fill(&mut good);
        add_parity(&mut good);
        let mut bad = good;
        let (one, two) = (noise.below(24), noise.below(24));
        bad[one] ^= 1 + noise.below(63) as u8;
        assert_eq!(correct(&mut bad), PackState::Corrected(1));
        assert_eq!(bad, good);
        if one != two {
            bad[one] ^= 1 + noise.below(63) as u8;
            bad[two] ^= 1 + noise.below(63) as u8;
            assert_eq!(correct(&mut bad), PackState::Corrected(2), "round {round}: {one} and {two}");
            assert_eq!(bad, good);
        }
        // Many errors behind the head: P parity gives up (or is fooled, seldom), Q parity still saves the head.
        bad[8..18].iter_mut().for_each(|symbol| *symbol ^= 1 + noise.below(63) as u8);
        bad[1] ^= 0x2A;
        match correct(&mut bad) {
            PackState::HeadOnly => assert_eq!(bad[..4], good[..4]),
            PackState::Corrected(_) => {}
            other => panic!("{other:?}"),
        }
        failed += usize::from(bad[..2] == good[..2]);
    }
    assert!(failed > 1700, "{failed}");
}

#[test]
fn packs_spread_over_eight_and_come_back() {
    let mut noise = Noise(13);
    let (mut interleaver, mut deinterleaver) = (Interleaver::new(), Deinterleaver::new());
    let mut sent: Vec<[u8; 96]> = Vec::new();
    for sector in 0..40_usize {
        let mut packs = [0; 96];
        noise.fill(&mut packs);
        add_parity_to_sector(&mut packs);
        sent.push(packs);
        let mut on_disc = interleaver.push(&packs);
        // Eight symbols in a row lost: no pack loses more than two.
        if sector % 6 == 3 {
            on_disc[40..48].iter_mut().for_each(|symbol| *symbol ^= 0x3F);
        }
        let mut back = deinterleaver.push(&on_disc);
        if sector < 2 {
            continue;
        }
        for pack in back.as_chunks_mut::<24>().0 {
            assert!(matches!(correct(pack), PackState::Clean | PackState::Corrected(1 | 2)), "sector {sector}");
        }
        assert_eq!(back, sent[sector - 2], "sector {sector}");
    }
}

/// Where the symbols of one pack come to lie: typed from the description in IEC 60908.
#[test]
fn symbols_of_a_pack_lie_where_the_standard_says() {
    let mut interleaver = Interleaver::new();
    let mut first = [0; 96];
    first[..24].copy_from_slice(&std::array::from_fn::<u8, 24, _>(|i| i as u8 + 1));
    let disc: Vec<u8> = [first, [0; 96], [0; 96]].iter().flat_map(|packs| interleaver.push(packs)).collect();
    for (symbol, offset) in [
        (0, 0),
        (1, 66),
        (2, 125),
        (3, 191),
        (4, 100),
        (5, 50),
        (6, 150),
        (7, 175),
        (8, 8),
        (9, 33),
        (10, 58),
        (11, 83),
        (12, 108),
        (13, 133),
        (14, 158),
        (15, 183),
        (16, 16),
        (17, 41),
        (18, 25),
        (19, 91),
        (20, 116),
        (21, 141),
        (22, 166),
        (23, 75),
    ] {
        assert_eq!(disc[offset], symbol + 1, "symbol {symbol}");
    }
    assert_eq!(disc.iter().filter(|&&symbol| symbol != 0).count(), 24);
}
