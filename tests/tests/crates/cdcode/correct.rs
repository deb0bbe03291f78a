//! Correction: what the product code must reach, and that it never claims more.

use crate::cdcode::common::Noise;
use webburn_cdcode::sector::{
    Correction, Erasures, HeaderAddress, Sector, SectorMode, SubHeader, check, correct, encode,
};

const MODES: [SectorMode; 2] = [SectorMode::Mode1, SectorMode::Mode2Form1];

fn sector(mode: SectorMode, noise: &mut Noise) -> Sector {
    let mut sector = [0; 2352];
    noise.fill(&mut sector);
    if mode.has_sub_header() {
        sector[16..24].copy_from_slice(&SubHeader::DATA_FORM1.to_bytes());
    }
    encode(&mut sector, mode, HeaderAddress([0x12, 0x34, 0x56]));
    sector
}

/// Changes `count` different bytes from `from` on; gives their places.
fn damage(sector: &mut Sector, from: usize, count: usize, noise: &mut Noise) -> Vec<usize> {
    let mut places = Vec::new();
    while places.len() < count {
        let at = from + noise.below(2352 - from);
        if !places.contains(&at) {
            sector[at] ^= 1 + noise.below(255) as u8;
            places.push(at);
        }
    }
    places
}

#[test]
fn a_sound_sector_is_left_alone() {
    for mode in MODES {
        let mut good = sector(mode, &mut Noise(1));
        assert_eq!(correct(&mut good, mode, None), Correction::Clean);
    }
}

#[test]
fn any_single_byte_is_put_right() {
    for mode in MODES {
        let good = sector(mode, &mut Noise(2));
        // The header of form 1 is under no code at all.
        let from = if mode == SectorMode::Mode2Form1 { 16 } else { 0 };
        for at in from..2352 {
            let mut bad = good;
            bad[at] ^= 0x55;
            assert_eq!(correct(&mut bad, mode, None), Correction::Corrected { bytes: 1 }, "{mode:?} byte {at}");
            assert!(bad == good);
        }
    }
}

#[test]
fn scattered_errors_within_reach_are_put_right() {
    let mut noise = Noise(3);
    for mode in MODES {
        let from = if mode == SectorMode::Mode2Form1 { 16 } else { 12 };
        for count in [2, 5, 10, 20, 40] {
            let mut mended = 0;
            for _ in 0..50 {
                let good = sector(mode, &mut noise);
                let mut bad = good;
                damage(&mut bad, from, count, &mut noise);
                match correct(&mut bad, mode, None) {
                    Correction::Corrected { bytes } => {
                        assert!(bad == good, "{count} errors were mended to something else");
                        assert_eq!(usize::from(bytes), count);
                        mended += 1;
                    }
                    Correction::Failed { .. } => {}
                    Correction::Clean => panic!("{count} errors went unseen"),
                }
            }
            // Two errors in a row and a column at once are rare while few bytes are wrong.
            assert!(mended >= if count <= 20 { 49 } else { 40 }, "{mode:?}: {mended} of 50 with {count} errors");
        }
    }
}

#[test]
fn a_burst_over_two_columns_of_every_diagonal_is_put_right() {
    // 86 bytes in a row touch every P code once and each Q code about twice.
    for mode in MODES {
        for start in [16, 500, 1200, 2000] {
            let good = sector(mode, &mut Noise(4));
            let mut bad = good;
            bad[start..start + 86].iter_mut().for_each(|byte| *byte ^= 0xFF);
            assert_eq!(correct(&mut bad, mode, None), Correction::Corrected { bytes: 86 }, "{mode:?} from {start}");
            assert!(bad == good);
        }
    }
}

#[test]
fn pointers_double_the_burst() {
    for mode in MODES {
        let good = sector(mode, &mut Noise(5));
        let mut bad = good;
        let mut marks = Erasures::NONE;
        for (at, byte) in bad.iter_mut().enumerate().skip(700).take(172) {
            *byte = !*byte;
            marks.mark(at);
        }
        let mut without = bad;
        assert!(matches!(correct(&mut without, mode, None), Correction::Failed { .. }));
        assert_eq!(correct(&mut bad, mode, Some(&marks)), Correction::Corrected { bytes: 172 });
        assert!(bad == good);
        // Marks on sound bytes do no harm.
        bad[1000] ^= 1;
        assert_eq!(correct(&mut bad, mode, Some(&marks)), Correction::Corrected { bytes: 1 });
        assert!(bad == good);
    }
}

#[test]
fn beyond_reach_the_sector_stays_and_the_report_says_so() {
    let mut noise = Noise(6);
    for mode in MODES {
        for _ in 0..100 {
            let good = sector(mode, &mut noise);
            let mut bad = good;
            damage(&mut bad, 16, 600, &mut noise);
            let read = bad;
            match correct(&mut bad, mode, None) {
                Correction::Failed { before, left_p, left_q } => {
                    assert!(bad == read, "a failed correction must not touch the sector");
                    assert_eq!(before, check(&read, mode));
                    assert_eq!(before.edc, Some(false));
                    assert!(left_p > 0 || left_q > 0);
                }
                other => panic!("600 errors: {other:?}"),
            }
        }
    }
}

#[test]
fn damaged_parity_around_sound_data_is_made_anew() {
    for mode in MODES {
        let good = sector(mode, &mut Noise(8));
        let mut bad = good;
        bad[2076..].fill(0);
        assert!(matches!(correct(&mut bad, mode, None), Correction::Corrected { bytes } if bytes > 200));
        assert!(bad == good);
    }
}

#[test]
fn modes_without_parity_are_only_judged() {
    let mut form2 = [0x77; 2352];
    form2[16..24].copy_from_slice(&SubHeader::FORM2.to_bytes());
    encode(&mut form2, SectorMode::Mode2Form2, HeaderAddress([0, 2, 0]));
    assert_eq!(correct(&mut form2, SectorMode::Mode2Form2, None), Correction::Clean);
    form2[1000] ^= 1;
    let read = form2;
    assert!(matches!(correct(&mut form2, SectorMode::Mode2Form2, None), Correction::Failed { .. }));
    assert!(form2 == read);
    let mut audio = [0x11; 2352];
    assert_eq!(correct(&mut audio, SectorMode::Audio, None), Correction::Clean);
}
