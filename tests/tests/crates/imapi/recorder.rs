//! What a recorder refuses before it asks the drive.

use webburn_imapi::hresult::E_INVALIDARG;
use webburn_imapi::recorder::{check_cdb_length, valid_client_name};

#[test]
fn cdb_lengths_by_group() {
    for (opcode, length, good) in [
        (0x00, 6, true),
        (0x00, 10, false),
        (0x2A, 10, true),
        (0x2A, 12, false),
        (0x46, 10, true),
        (0x46, 6, false),
        (0x7F, 9, true),
        (0x88, 16, true),
        (0x88, 12, false),
        (0xBE, 12, true),
        (0xBE, 10, false),
        (0xC0, 7, true),
        (0x23, 12, true),
        (0x02, 16, true),
        (0x23, 5, false),
        (0xC0, 17, false),
    ] {
        let mut cdb = vec![0; length];
        cdb[0] = opcode;
        let checked = check_cdb_length(&cdb);
        assert_eq!(checked.is_ok(), good, "{opcode:02X} with {length} bytes");
        if let Err(error) = checked {
            assert_eq!(error.hresult, E_INVALIDARG);
        }
    }
}

#[test]
fn names_as_the_kernel_takes_them() {
    for (name, good) in [
        ("webburn", true),
        ("Burner 2.0: left-hand, no_1;", true),
        ("", false),
        ("näme", false),
        ("a/b", false),
        (&"x".repeat(63), true),
        (&"x".repeat(64), false),
    ] {
        assert_eq!(valid_client_name(name), good, "{name}");
    }
}
