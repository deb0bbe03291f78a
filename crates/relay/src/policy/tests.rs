use super::*;
use Direction::{In, None, Out};

fn verdict(cdb: &[u8], direction: Direction, length: usize) -> Result<(), Why> {
    let out = if direction == Out { vec![0; length] } else { vec![] };
    check(&Cdb::from_slice(cdb).unwrap(), direction, length, &out).map_err(|refused| refused.why)
}

#[test]
fn what_a_burn_sends_passes() {
    for (cdb, direction, length) in [
        (&[0u8, 0, 0, 0, 0, 0][..], None, 0),
        (&[0x03, 0, 0, 0, 18, 0], In, 18),
        (&[0x04, 0x11, 0, 0, 0, 0], Out, 12),
        (&[0x12, 0, 0, 0, 36, 0], In, 36),
        (&[0x28, 0, 0, 0, 0, 0, 0, 0, 32, 0], In, 65_536),
        (&[0x2A, 0, 0, 0, 0, 0, 0, 0, 32, 0], Out, 65_536),
        (&[0x2A, 0, 0xFF, 0xFF, 0xFF, 0x6A, 0, 0, 27, 0], Out, 27 * 2448),
        (&[0x2A, 0, 0xFF, 0xFF, 0xD2, 0x8E, 0, 0, 64, 0], Out, 64 * 96),
        (&[0x46, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0], In, 65_535),
        (&[0x54, 1, 0, 0, 0, 0, 0, 0, 0, 0], None, 0),
        (&[0x54, 0, 0, 0, 0, 0, 0, 0, 8, 0], Out, 8),
        (&[0x5B, 1, 2, 0, 0, 0, 0, 0, 0, 0], None, 0),
        (&[0x5D, 0, 0, 0, 0, 0, 0, 0, 24, 0], Out, 24),
        (&[0xA1, 0x11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], None, 0),
        (&[0xAA, 0, 0, 0, 0, 0, 0, 0, 0, 32, 0x80, 0], Out, 65_536),
        (&[0xAC, 0x14, 0, 0, 0, 0, 0, 0, 0, 8, 3, 0], In, 8 + 8 * 16),
        (&[0xB6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 28, 0], Out, 28),
        (&[0xBE, 0, 0, 0, 0, 0, 0, 0, 10, 0xF8, 1, 0], In, 10 * 2448),
        (&[0xA4, 0, 0, 0, 0, 0, 0, 0, 0, 8, 8, 0], In, 8),
    ] {
        assert_eq!(verdict(cdb, direction, length), Ok(()), "{cdb:02x?}");
    }
}

#[test]
fn everything_not_listed_is_refused() {
    let listed: Vec<u8> = TABLE.iter().map(|row| row.opcode).collect();
    assert!(listed.is_sorted());
    for opcode in 0..=255u8 {
        for len in [6, 10, 12, 16] {
            let mut cdb = vec![0; len];
            cdb[0] = opcode;
            if !listed.contains(&opcode) {
                let why = verdict(&cdb, None, 0).unwrap_err();
                assert!(matches!(why, Why::NotListed | Why::Dangerous(_)), "{opcode:02x}");
            }
        }
    }
    for opcode in [0x3B, 0xAB, 0xA2, 0xA3, 0x1D, 0x4C] {
        assert!(matches!(verdict(&[opcode, 0, 0, 0, 0, 0, 0, 0, 0, 0], None, 0), Err(Why::Dangerous(_))));
    }
    for vendor in 0xC0..=0xFF {
        assert_eq!(verdict(&[vendor, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], None, 0), Err(Why::NotListed));
    }
}

#[test]
fn direction_and_length_must_be_the_commands() {
    let read = [0x28, 0, 0, 0, 0, 0, 0, 0, 2, 0];
    assert_eq!(verdict(&read, Out, 4096), Err(Why::Direction));
    assert_eq!(verdict(&read, In, 4097), Err(Why::DataLength(4097)));
    assert_eq!(verdict(&read, None, 0), Err(Why::DataLength(0)), "the drive would send, the host not take");
    let write = [0x2A, 0, 0, 0, 0, 0, 0, 0, 2, 0];
    assert_eq!(verdict(&write, In, 4096), Err(Why::Direction));
    assert_eq!(verdict(&write, Out, 2048), Err(Why::DataLength(2048)), "one block for two");
    assert_eq!(verdict(&[0x00; 6], In, 8), Err(Why::Direction));
    assert_eq!(verdict(&[0x12, 0, 0, 0, 96, 0], In, 36), Err(Why::DataLength(36)), "the drive may send 96");
    assert_eq!(verdict(&[0x12, 0, 0, 0, 36, 0], In, 96), Ok(()), "more room than asked for");
    assert_eq!(verdict(&[0x12, 0, 0, 0, 36, 0, 0, 0, 0, 0], In, 36), Err(Why::CommandLength(10)));
    let big = [0xA8, 0, 0, 0, 0, 0, 0, 0, 2, 1, 0, 0];
    assert_eq!(verdict(&big, In, 513 * 2048), Err(Why::TooLarge(513 * 2048)));
    assert_eq!(verdict(&[0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0], In, 32), Err(Why::DataLength(32)));
}

#[test]
fn only_harmless_mode_pages_are_changed() {
    let select = |flags: u8, list: &[u8]| {
        let cdb = Cdb::new([0x55, flags, 0, 0, 0, 0, 0, 0, list.len() as u8, 0]);
        check(&cdb, Out, list.len(), list).map_err(|refused| refused.why)
    };
    let page = |code: u8, len: u8| {
        let mut list = vec![0; 8];
        list.extend([code, len]);
        list.resize(10 + usize::from(len), 0);
        list
    };
    assert_eq!(select(0x10, &page(0x05, 50)), Ok(()));
    assert!(select(0x11, &page(0x05, 50)).is_err(), "SP");
    assert!(select(0x10, &page(0x2A, 20)).is_err());
    assert!(select(0x10, &page(0x45, 50)).is_err(), "subpage format");
    let mut two = page(0x05, 50);
    two.extend([0x31, 6, 0, 0, 0, 0, 0, 0]);
    assert!(select(0x10, &two).is_err(), "a vendor page behind a good one");
    for len in 1..60 {
        if len != 8 {
            assert!(select(0x10, &page(0x05, 50)[..len]).is_err(), "cut at {len}");
        }
    }
    let mut hidden = page(0x05, 50);
    hidden[7] = 200;
    assert!(select(0x10, &hidden).is_err(), "block descriptors beyond the end");
}

#[test]
fn fields_that_change_the_meaning() {
    assert!(verdict(&[0x2F, 2, 0, 0, 0, 0, 0, 0, 1, 0], None, 0).is_err());
    assert!(verdict(&[0x3C, 1, 0, 0, 0, 0, 0, 0, 4, 0], In, 4).is_err());
    assert!(verdict(&[0x5D, 0, 0, 0, 0, 0, 0, 0, 9, 0], Out, 9).is_err());
    assert!(verdict(&[0xA4, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0x11, 0], In, 8).is_err());
    assert!(verdict(&[0x04, 0x01, 0, 0, 0, 0], Out, 12).is_err());
}
