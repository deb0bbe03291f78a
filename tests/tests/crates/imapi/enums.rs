//! Numbers and names of the enumerations.

use webburn_imapi::enums::{
    BurnVerificationLevel, FeaturePageType, MediaPhysicalType, MediaState, ProfileType, RawCdDataSectorType,
};

#[test]
fn numbers_and_names_of_the_header() {
    assert_eq!(ProfileType(0x0041).name(), Some("IMAPI_PROFILE_TYPE_BD_R_SEQUENTIAL"));
    assert_eq!(ProfileType(0x0017).name(), None, "DVD-RW DL has a number and no name");
    assert_eq!(FeaturePageType(0x0033).name(), Some("IMAPI_FEATURE_PAGE_TYPE_LAYER_JUMP_RECORDING"));
    assert_eq!(ProfileType::NAMED.len(), 31);
    assert_eq!(FeaturePageType::NAMED.len(), 51);
    assert_eq!(MediaPhysicalType::ALL.len(), 20);
    assert_eq!(MediaPhysicalType::from_value(18), Some(MediaPhysicalType::BdR));
    assert_eq!(RawCdDataSectorType::from_value(0), None);
    assert_eq!(BurnVerificationLevel::Full.value(), 2);
}

#[test]
fn masks_are_the_sum_of_their_bits() {
    assert_eq!(MediaState::UNSUPPORTED_MASK.names().len(), 6);
    assert_eq!(MediaState::INFORMATIONAL_MASK.names().len(), 4);
    assert!(MediaState::UNSUPPORTED_MASK.intersects(MediaState::FINALIZED));
    assert_eq!(MediaState(0).names(), Vec::<&str>::new());
}
