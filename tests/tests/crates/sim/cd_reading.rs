//! Reading CDs back: every sector type, every part of it, and the sub-channel.

use webburn_sim::disc::Defect;
use webburn_sim::{Disc, Personality};

use crate::sim::rig::{Rig, Triple, write_10};

fn read_cd(rig: &mut Rig, lba: i32, count: u8, expected: u8, main: u8, sub: u8) -> Result<Vec<u8>, Triple> {
    let [a, b, c, d] = lba.to_be_bytes();
    rig.command(&[0xBE, expected << 2, a, b, c, d, 0, 0, count, main, sub, 0], &[], usize::from(count) * 2744)
}

/// A closed disc of one track, track at once, of 300 blocks that are all like `block`.
fn track(session_format: u8, track_mode: u8, block_type: u8, sub_header: [u8; 4], block: &[u8]) -> Rig {
    let mut rig = Rig::with("cd-r");
    let mut list = vec![0; 60];
    list[8..16].copy_from_slice(&[0x05, 0x32, 0x41, track_mode, block_type, 0, 0, 0]);
    list[16] = session_format;
    list[23] = 150;
    list[24] = 0x80;
    list[25..38].copy_from_slice(b"4006381333931");
    list[40] = 0x80;
    list[41..53].copy_from_slice(b"DEABC2600001");
    list[56..60].copy_from_slice(&sub_header);
    rig.send(&[0x55, 0x10, 0, 0, 0, 0, 0, 0, 60, 0], &list).unwrap();
    for at in 0..300 {
        rig.send(&write_10(at, 1), block).unwrap();
    }
    rig.sync().unwrap();
    rig.close(2, 0).unwrap();
    rig
}

const SYNC: [u8; 12] = [0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0];

#[test]
fn the_drive_puts_sync_header_and_check_around_what_was_sent() {
    // Zeros at 00:02:00: EDC by ECMA-130, annex A, computed by another implementation.
    let xa = [0, 0, 8, 0, 0, 0, 8, 0];
    let form2 = [0, 0, 0x20, 0, 0, 0, 0x20, 0];
    let sub = |bytes: [u8; 8], len: usize| [&bytes[..], &vec![0; len - 8]].concat();
    let cases = [
        ("mode 1", track(0, 4, 8, [0; 4], &[0; 2048]), 2, 1, 2064, [0xC5, 0x13, 0x68, 0x2B]),
        ("form 1 by the page", track(0x20, 4, 10, [0, 0, 8, 0], &[0; 2048]), 4, 2, 2072, [0x0B, 0x88, 0x81, 0x94]),
        ("form 1", track(0x20, 4, 11, [0; 4], &sub(xa, 2056)), 4, 2, 2072, [0x0B, 0x88, 0x81, 0x94]),
        ("form 2 by the page", track(0x20, 4, 12, [0, 0, 0x20, 0], &[0; 2324]), 5, 2, 2348, [0x3F, 0x13, 0xB0, 0xBE]),
        ("mixed, form 2", track(0x20, 4, 13, [0; 4], &sub(form2, 2332)), 5, 2, 2348, [0x3F, 0x13, 0xB0, 0xBE]),
        ("mixed, form 1", track(0x20, 4, 13, [0; 4], &sub(xa, 2332)), 4, 2, 2072, [0x0B, 0x88, 0x81, 0x94]),
    ];
    for (what, mut rig, expected, mode, edc_at, edc) in cases {
        let sector = read_cd(&mut rig, 0, 1, expected, 0xF8, 0).unwrap();
        assert_eq!(sector.len(), 2352, "{what}");
        assert_eq!(sector[..12], SYNC, "{what}");
        assert_eq!(sector[12..16], [0, 2, 0, mode], "{what}");
        assert_eq!(sector[edc_at..edc_at + 4], edc, "{what}");
        for other in (1..=5).filter(|other| *other != expected) {
            assert_eq!(read_cd(&mut rig, 0, 1, other, 0xF8, 0), Err((5, 0x64, 0x00)), "{what} is not {other}");
        }
        let read = rig.read(0, 1);
        let form_2 = expected == 5;
        assert_eq!(read, if form_2 { Err((5, 0x64, 0x00)) } else { Ok(vec![0; 2048]) }, "{what}");
        let toc = rig.run(&[0x43, 2, 2, 0, 0, 0, 0, 0, 255, 0]).unwrap();
        assert_eq!(toc[13], if mode == 2 { 0x20 } else { 0 }, "{what}: disc type of A0");
        assert_eq!(rig.disc_information()[8], toc[13]);
        // The last two sectors are run-out.
        assert_eq!(read_cd(&mut rig, 300, 1, 0, 0xF8, 0), Err((3, 0x11, 0x05)), "{what}");
        assert_eq!(read_cd(&mut rig, 302, 1, 0, 0xF8, 0), Err((5, 0x21, 0x00)), "{what}");
    }
    let mut formless = track(0, 4, 9, [0; 4], &[0x5A; 2336]);
    assert_eq!(read_cd(&mut formless, 3, 1, 3, 0xF8, 0).unwrap()[16..], [0x5A; 2336]);
    assert_eq!(formless.read(3, 1), Err((5, 0x64, 0x00)));
}

#[test]
fn any_part_of_a_sector_can_be_had_if_it_is_in_one_piece() {
    let mut one = track(0, 4, 8, [0; 4], &[0x11; 2048]);
    let mut xa = track(0x20, 4, 11, [0; 4], &[&[1, 2, 8, 4, 1, 2, 8, 4][..], &[0x22; 2048]].concat());
    let whole = [read_cd(&mut one, 5, 1, 0, 0xF8, 0).unwrap(), read_cd(&mut xa, 5, 1, 0, 0xF8, 0).unwrap()];
    // Selection, and where it begins and ends in mode 1 and in form 1.
    for (main, mode1, form1) in [
        (0x10, 16..2064, 24..2072),
        (0x18, 16..2352, 24..2352),
        (0x20, 12..16, 12..16),
        (0x40, 16..16, 16..24),
        (0x60, 12..16, 12..24),
        (0x50, 16..2064, 16..2072),
        (0x70, 12..2064, 12..2072),
        (0x78, 12..2352, 12..2352),
        (0x80, 0..12, 0..12),
        (0xA0, 0..16, 0..16),
        (0xE0, 0..16, 0..24),
        (0xF0, 0..2064, 0..2072),
        (0x08, 2064..2352, 2072..2352),
        (0x00, 0..0, 0..0),
    ] {
        assert_eq!(read_cd(&mut one, 5, 1, 0, main, 0).unwrap(), whole[0][mode1], "{main:02X} mode 1");
        assert_eq!(read_cd(&mut xa, 5, 1, 0, main, 0).unwrap(), whole[1][form1], "{main:02X} form 1");
    }
    for main in [0x90, 0x28, 0x88] {
        assert_eq!(read_cd(&mut one, 5, 1, 0, main, 0), Err((5, 0x24, 0x00)), "{main:02X}");
    }
    for (expected, main, sub) in [(6, 0xF8, 0), (7, 0xF8, 0), (0, 0xFE, 0), (0, 0xF8, 3), (0, 0xF8, 5)] {
        assert_eq!(read_cd(&mut one, 5, 1, expected, main, sub), Err((5, 0x24, 0x00)));
    }
    // The same between two times, the second not included: 00:02:05 to 00:02:06.
    assert_eq!(one.run(&[0xB9, 0, 0, 0, 2, 5, 0, 2, 6, 0xF8, 0, 0]).unwrap(), whole[0]);
    assert_eq!(one.run(&[0xB9, 0, 0, 0, 2, 6, 0, 2, 5, 0xF8, 0, 0]), Err((5, 0x24, 0x00)));
    assert_eq!(one.run(&[0xB9, 0, 0, 0, 2, 75, 0, 3, 5, 0xF8, 0, 0]), Err((5, 0x24, 0x00)));
    assert_eq!(read_cd(&mut one, -151, 1, 0, 0xF8, 0), Err((5, 0x21, 0x00)), "the lead-in is the drive's");
}

#[test]
fn the_q_channel_tells_position_catalogue_number_and_code() {
    let mut rig = track(0, 0, 0, [0; 4], &[0x33; 2352]);
    let q = |rig: &mut Rig, lba: i32| read_cd(rig, lba, 1, 1, 0, 2).unwrap();
    let at = |rig: &mut Rig, lba: i32| q(rig, lba)[..10].to_vec();
    assert_eq!(at(&mut rig, 0), [0x01, 1, 1, 0, 0, 0, 0, 0, 2, 0]);
    assert_eq!(at(&mut rig, 76), [0x01, 1, 1, 0, 1, 1, 0, 0, 3, 1]);
    // Index 0 counts down to nothing, and P is set in it.
    assert_eq!(at(&mut rig, -2), [0x01, 1, 0, 0, 0, 1, 0, 0, 1, 0x73]);
    assert_eq!(at(&mut rig, -150), [0x01, 1, 0, 0, 1, 0x74, 0, 0, 0, 0]);
    assert_eq!((q(&mut rig, -2)[15], q(&mut rig, 0)[15]), (0x80, 0));
    // Once in a hundred sectors.
    assert_eq!(at(&mut rig, 99), [0x02, 0x40, 0x06, 0x38, 0x13, 0x33, 0x93, 0x10, 0, 0x24]);
    assert_eq!(at(&mut rig, 149)[0], 0x03);
    assert_eq!(at(&mut rig, 149)[9], 0x74, "frame of 00:03:74");
    // CRC, x16+x12+x5+1, inverted: 01 01 01 00 00 00 00 00 02 00 of audio.
    assert_eq!(crc(&q(&mut rig, 0)[..10]), q(&mut rig, 0)[10..12]);
    // The same Q in bit 6 of the 96 symbols.
    let symbols = read_cd(&mut rig, 76, 1, 1, 0, 1).unwrap();
    let mut unpacked = [0u8; 12];
    for (i, symbol) in symbols.iter().enumerate() {
        unpacked[i / 8] |= (symbol >> 6 & 1) << (7 - i % 8);
    }
    assert_eq!(unpacked[..], q(&mut rig, 76)[..12]);
    // Sectors and sub-channel together, in this order.
    let both = read_cd(&mut rig, 10, 2, 1, 0xF8, 1).unwrap();
    assert_eq!((both.len(), &both[2448..2448 + 2352]), (2 * 2448, &[0x33; 2352][..]));
    // READ SUB-CHANNEL: where the head is, in blocks and in time.
    let position = rig.run(&[0x42, 0, 0x40, 1, 0, 0, 0, 0, 16, 0]).unwrap();
    assert_eq!(position, [0, 0x15, 0, 12, 1, 0x10, 1, 1, 0, 0, 0, 11, 0, 0, 0, 11]);
    let position = rig.run(&[0x42, 2, 0x40, 1, 0, 0, 0, 0, 16, 0]).unwrap();
    assert_eq!(position[8..], [0, 0, 2, 11, 0, 0, 0, 11]);
    assert_eq!(rig.run(&[0x42, 0, 0, 1, 0, 0, 0, 0, 16, 0]).unwrap(), [0, 0x15, 0, 0]);
    assert_eq!(rig.run(&[0x42, 0, 0x40, 9, 0, 0, 0, 0, 16, 0]), Err((5, 0x24, 0x00)));
    let mcn = rig.run(&[0x42, 0, 0x40, 2, 0, 0, 0, 0, 24, 0]).unwrap();
    assert_eq!(mcn[9..22], *b"4006381333931");
}

/// The check of a Q frame, bit by bit.
fn crc(bytes: &[u8]) -> [u8; 2] {
    let mut register = 0u16;
    for bit in bytes.iter().flat_map(|byte| (0..8).rev().map(move |i| byte >> i & 1)) {
        let out = (register >> 15) as u8 ^ bit;
        register <<= 1;
        if out == 1 {
            register ^= 0x1021;
        }
    }
    (!register).to_be_bytes()
}

#[test]
fn c2_pointers_show_what_could_not_be_read() {
    let mut audio = track(0, 0, 0, [0; 4], &[0x33; 2352]);
    audio.0.disc_mut().unwrap().add_defect(Defect { first: 20, count: 1, read: true, write: false });
    let good = read_cd(&mut audio, 19, 1, 1, 0xFA, 0).unwrap();
    assert_eq!((good.len(), &good[2352..]), (2352 + 294, &[0; 294][..]));
    let bad = read_cd(&mut audio, 20, 1, 1, 0xFC, 2).unwrap();
    assert_eq!((bad.len(), &bad[2352..2354]), (2352 + 296 + 16, &[0xFF, 0][..]), "the block error byte first");
    assert_eq!(bad[2354..2648], [0xFF; 294]);
    assert_eq!(bad[2648..2651], [0x01, 1, 1], "the sub-channel comes last");
    assert_eq!(read_cd(&mut audio, 20, 1, 1, 0xF8, 0), Err((3, 0x11, 0x06)));
    let mut data = track(0, 4, 8, [0; 4], &[0x33; 2048]);
    data.0.disc_mut().unwrap().add_defect(Defect { first: 20, count: 1, read: true, write: false });
    assert_eq!(read_cd(&mut data, 18, 3, 0, 0x10, 0), Err((3, 0x11, 0x05)));
    let mut personality = Personality::bd_burner();
    personality.quirks.no_c2_with_sub = true;
    let mut rig = Rig::with_drive(personality.clone(), "cd-r:recorded");
    assert!(read_cd(&mut rig, 0, 1, 0, 0xFA, 0).is_ok());
    assert!(read_cd(&mut rig, 0, 1, 0, 0xF8, 1).is_ok());
    assert_eq!(read_cd(&mut rig, 0, 1, 0, 0xFA, 1), Err((5, 0x24, 0x00)));
    personality.quirks.no_sub_channel = true;
    let mut rig = Rig::with_drive(personality, "cd-r:recorded");
    assert_eq!(read_cd(&mut rig, 0, 1, 0, 0xF8, 2), Err((5, 0x24, 0x00)));
    assert_eq!(rig.run(&[0x42, 0, 0x40, 1, 0, 0, 0, 0, 16, 0]), Err((5, 0x24, 0x00)));
}

#[test]
fn other_discs_have_no_sub_channel() {
    let mut rig = Rig::with("dvd-r:recorded");
    assert_eq!(read_cd(&mut rig, 0, 1, 0, 0xF8, 0), Err((5, 0x30, 0x02)));
    assert_eq!(rig.run(&[0x42, 0, 0x40, 1, 0, 0, 0, 0, 16, 0]), Err((5, 0x24, 0x00)));
}

#[test]
fn discs_with_music_come_ready_made() {
    for (id, tracks) in [
        ("cd-r:audio", &[(0, 0), (0x02, 1050), (0x01, 1800)][..]),
        ("cd-rom:mixed", &[(4, 0), (0, 600), (0x02, 1650), (0x01, 2400)][..]),
        ("cd-r:extra", &[(0, 0), (0x02, 1050), (0x01, 1800), (4, 2400 + 11_400)][..]),
    ] {
        let mut rig = Rig::with(id);
        assert_eq!(rig.status(), (2, 3), "{id}");
        let toc = rig.run(&[0x43, 0, 0, 0, 0, 0, 0, 1, 0, 0]).unwrap();
        let got: Vec<(u8, i32)> = toc[4..toc.len() - 8]
            .chunks_exact(8)
            .map(|line| (line[1] & 0x0F, i32::from_be_bytes(line[4..8].try_into().unwrap())))
            .collect();
        assert_eq!(got, tracks, "{id}");
        let text = rig.run(&[0x43, 0, 5, 0, 0, 0, 0, 0x0F, 0xFF, 0]).unwrap();
        assert_eq!((text.len() - 4) % 18, 0);
        assert!(text.windows(11).any(|piece| piece == b"Three tones"), "{id}");
        for (control, start) in tracks {
            let expected = if control & 4 == 0 { 1 } else { 0 };
            assert_eq!(read_cd(&mut rig, *start, 1, expected, 0xF8, 1).unwrap().len(), 2448, "{id} {start}");
            assert_eq!(rig.read(*start + 16, 1).is_ok(), control & 4 != 0, "{id} {start}");
        }
    }
    // Between two sessions there is nothing to read.
    let mut rig = Rig::with("cd-r:extra");
    assert_eq!(read_cd(&mut rig, 2400, 1, 0, 0xF8, 0), Err((5, 0x64, 0x00)));
    let toc = rig.run(&[0x43, 2, 2, 0, 0, 0, 0, 0x0F, 0xFF, 0]).unwrap();
    // B0h of the first session: the next begins at 03:06:00, the outermost lead-out is the ATIP's.
    assert!(toc[4..].chunks_exact(11).any(|entry| entry == [1, 0x54, 0, 0xB0, 3, 6, 0, 0, 79, 59, 74]));
    assert!(Disc::from_id("dvd-r:audio").is_err());
}
