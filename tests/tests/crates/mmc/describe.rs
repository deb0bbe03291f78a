//! The human line for a CDB.

use webburn_mmc::{command_name, describe};

#[test]
fn commands_in_words() {
    for (cdb, words) in [
        (&[0x00, 0, 0, 0, 0, 0][..], "TEST UNIT READY"),
        (&[0x1B, 1, 0, 0, 2, 0], "START STOP UNIT: eject, immediate"),
        (&[0x1E, 0, 0, 0, 1, 0], "PREVENT ALLOW MEDIUM REMOVAL: prevent"),
        (&[0x2A, 0, 0, 0, 0, 0, 0, 0, 32, 0], "WRITE(10) lba 0, 32 blocks"),
        (&[0x2A, 8, 0xFF, 0xFF, 0xFF, 0x6A, 0, 0, 1, 0], "WRITE(10) lba -150, 1 blocks, FUA"),
        (&[0xAA, 0, 0, 0, 0, 32, 0, 0, 0, 32, 0x80, 0], "WRITE(12) lba 32, 32 blocks, streaming"),
        (&[0x28, 0, 0, 0, 0, 16, 0, 0, 1, 0], "READ(10) lba 16, 1 blocks"),
        (&[0x46, 2, 0, 0x21, 0, 0, 0, 0, 16, 0], "GET CONFIGURATION feature 0021h (incremental streaming writable)"),
        (&[0x4A, 1, 0, 0, 0x10, 0, 0, 0, 8, 0], "GET EVENT STATUS NOTIFICATION: media"),
        (&[0x51, 0, 0, 0, 0, 0, 0, 0, 34, 0], "READ DISC INFORMATION"),
        (&[0x52, 1, 0, 0, 0, 0xFF, 0, 0, 36, 0], "READ TRACK INFORMATION track 255"),
        (&[0x5B, 1, 2, 0, 0, 0, 0, 0, 0, 0], "CLOSE TRACK/SESSION function 2 (close session), number 0, immediate"),
        (&[0xA1, 0x11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "BLANK minimal, immediate"),
        (&[0xBB, 0, 0xFF, 0xFF, 0x1B, 0x90, 0, 0, 0, 0, 0, 0], "SET CD SPEED read 65535 kB/s, write 7056 kB/s"),
        (&[0xAD, 1, 0, 0, 0, 0, 0, 0, 16, 4, 0, 0], "READ DISC STRUCTURE BD format 00h"),
    ] {
        assert_eq!(describe(cdb, &[]), words);
    }
}

#[test]
fn what_is_not_known_shows_its_bytes() {
    assert_eq!(describe(&[0xAB, 1, 0, 0], &[]), "READ MEDIA SERIAL NUMBER [ab 01 00 00]");
    assert_eq!(describe(&[0xC7, 0], &[]), "command [c7 00]");
    assert_eq!(describe(&[0x2A, 0, 1], &[]), "WRITE(10) [2a 00 01]", "a cut block is named, not read");
    assert_eq!(describe(&[], &[]), "command []");
    assert_eq!(
        describe(&[0x42, 2, 0x40, 7, 0, 0, 0, 0, 4, 0], &[]),
        "READ SUB-CHANNEL [42 02 40 07 00 00 00 00 04 00]"
    );
}

#[test]
fn every_operation_code_has_a_line() {
    for opcode in 0..=255 {
        for length in 0..=16 {
            let line = describe(&[opcode; 16][..length], &[opcode; 40]);
            assert!(!line.is_empty() && !line.contains('\n'), "{opcode:02X}h");
        }
    }
    assert_eq!(command_name(0x2A), Some("WRITE(10)"));
    assert_eq!(command_name(0xC0), None);
}
