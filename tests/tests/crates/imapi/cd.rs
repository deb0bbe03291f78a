//! The blocks of a CD, as far as a burner has to know them.

use webburn_imapi::cd::q::*;
use webburn_imapi::cd::{MAIN, lead_in_blocks, scramble};

#[test]
fn the_sequence_of_the_standard() {
    let mut sector = [0; 2352];
    scramble(&mut sector);
    assert_eq!(sector[..12], [0; 12]);
    assert_eq!(sector[12..24], [0x01, 0x80, 0x00, 0x60, 0x00, 0x28, 0x00, 0x1E, 0x80, 0x08, 0x60, 0x06]);
    scramble(&mut sector);
    assert_eq!(sector, [0; 2352]);
}

#[test]
fn three_bytes_are_four_symbols_and_packs_go_round() {
    let packs = [[0xFF; 18], [0x80; 18], [0x01; 18]];
    let mut blocks = vec![0xEE; 3 * 96];
    lead_in_blocks(&packs, 0, &mut blocks);
    assert_eq!(blocks[..24], [0x3F; 24]);
    assert_eq!(blocks[24..28], [0x20, 0x08, 0x02, 0x00]);
    assert_eq!(blocks[48..52], [0x00, 0x10, 0x04, 0x01]);
    // The fourth pack is the first again, and the fifth, in the next block, the second.
    assert_eq!(blocks[72..96], [0x3F; 24]);
    assert_eq!(blocks[96..100], [0x20, 0x08, 0x02, 0x00]);
    let mut later = vec![0; 96];
    lead_in_blocks(&packs, 1, &mut later);
    assert_eq!(later, blocks[96..192]);
    lead_in_blocks(&[], 7, &mut later);
    assert_eq!(later, [0; 96]);
}

#[test]
fn q_of_both_layouts() {
    // A2 of a disc whose lead-out begins at 10:20:30 and whose tracks are data.
    let mut frame: Frame = [0x41, 0, 0xA2, 0x97, 0x26, 0x66, 0, 0x10, 0x20, 0x30, 0, 0];
    let sum = crc(&frame).to_be_bytes();
    frame[10..].copy_from_slice(&sum);
    assert!(is_sound(&frame));
    assert_eq!(lead_out(&frame), Some((10 * 60 + 20) * 75 + 30));
    let mut block = vec![0; MAIN];
    for byte in frame {
        block.extend((0..8).rev().map(|bit| (byte >> bit & 1) << 6 | 0x80));
    }
    assert_eq!(of_block(&block), Some(frame));
    let mut short = vec![0; MAIN];
    short.extend(frame);
    short.extend([0; 4]);
    assert_eq!(of_block(&short), Some(frame));
    assert_eq!(of_block(&short[..2352]), None);
    frame[5] ^= 1;
    assert!(!is_sound(&frame));
}
