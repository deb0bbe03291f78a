//! Every HRESULT by its name.

use std::collections::BTreeSet;

use webburn_imapi::hresult::*;

#[test]
fn values_and_names_are_unique() {
    let values: BTreeSet<_> = symbols().map(|s| s.value).collect();
    let names: BTreeSet<_> = symbols().map(|s| s.name).collect();
    assert_eq!(values.len(), symbols().count());
    assert_eq!(names.len(), symbols().count());
}

#[test]
fn severity_follows_the_name() {
    for symbol in symbols() {
        let success = symbol.name.starts_with("S_") || symbol.name.starts_with("IMAPI_S_");
        assert_eq!(symbol.value.is_failure(), !success, "{}", symbol.name);
        assert!(symbol.meaning.len() > 3, "{}", symbol.name);
    }
}

#[test]
fn known_values() {
    // Spot checks against imapi2error.h: one of each block.
    for (code, value) in [
        (E_IMAPI_RECORDER_MEDIA_NO_MEDIA, 0xC0AA_0202),
        (E_IMAPI_RECORDER_INVALID_RESPONSE_FROM_DEVICE, 0xC0AA_02FF),
        (E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE, 0xC0AA_0301),
        (E_IMAPI_DF2DATA_CLIENT_NAME_IS_NOT_VALID, 0xC0AA_0408),
        (E_IMAPI_DF2TAO_CLIENT_NAME_IS_NOT_VALID, 0xC0AA_050F),
        (E_IMAPI_DF2RAW_STREAM_LEADIN_TOO_SHORT, 0xC0AA_060F),
        (E_IMAPI_ERASE_TOOK_LONGER_THAN_ONE_HOUR, 0x80AA_0906),
        (E_IMAPI_ERASE_CLIENT_NAME_IS_NOT_VALID, 0xC0AA_090B),
        (E_IMAPI_RAW_IMAGE_TRACK_INDEX_TOO_CLOSE_TO_OTHER_INDEX, 0x80AA_0A0A),
        (IMAPI_E_DATA_STREAM_INCONSISTENCY, 0xC0AA_B128),
        (ERROR_INVALID_HANDLE, 0x8007_0006),
        (ERROR_DEV_NOT_EXIST, 0x8007_0037),
        (S_IMAPI_BOTHADJUSTED, 0x00AA_0006),
    ] {
        assert_eq!(code.0, value, "{code:?}");
    }
    assert_eq!(E_NOTIMPL.as_i32(), -2_147_467_263);
    assert_eq!(HResult(0x8000_0001).name(), "HRESULT");
}
