//! Feature descriptors against bytes typed from the bit tables.

use webburn_mmc::feature::FeatureCode;
use webburn_mmc::{Configuration, FeatureDescriptor};
use webburn_tests::vectors;

#[test]
fn every_feature_reads_as_its_bit_table_and_encodes_to_the_same_bytes() {
    for v in vectors::load("features.vec") {
        let (descriptor, rest) = FeatureDescriptor::parse_first(&v.bytes).expect(&v.name);
        assert!(rest.is_empty(), "{}", v.name);
        assert_eq!(format!("feature {:04x}h", descriptor.code().0), v.kind.to_lowercase(), "{}", v.name);
        let version = v.bytes[2] >> 2 & 0x0F;
        assert_eq!(descriptor.version, version, "{}", v.name);
        assert_eq!(
            (descriptor.persistent, descriptor.current),
            (v.bytes[2] & 2 != 0, v.bytes[2] & 1 != 0),
            "{}",
            v.name
        );
        let text = format!("{:?}", descriptor.feature);
        for (_, says) in &v.fields {
            assert!(text.contains(says.as_str()), "{}: {text} does not say {says}", v.name);
        }
        let mut bytes = Vec::new();
        descriptor.encode_into(&mut bytes);
        assert_eq!(vectors::to_hex(&bytes), vectors::to_hex(&v.bytes), "{}", v.name);
        for cut in 0..v.bytes.len() {
            assert!(FeatureDescriptor::parse_first(&v.bytes[..cut]).is_none(), "{} cut at {cut}", v.name);
        }
        // A drive of an older standard sends less data: read, not refused.
        let mut short = v.bytes[..4].to_vec();
        short[3] = 0;
        assert!(FeatureDescriptor::parse_first(&short).is_some(), "{}", v.name);
    }
}

#[test]
fn every_named_feature_has_a_vector() {
    let have: Vec<String> = vectors::load("features.vec").iter().map(|v| v.kind.to_lowercase()).collect();
    for code in FeatureCode::NAMED {
        // HD DVD drives are not spoken to; their features are carried as unknown ones.
        if matches!(code.0, 0x0050 | 0x0051) {
            continue;
        }
        assert!(have.contains(&format!("feature {:04x}h", code.0)), "no vector of feature {code:?}");
    }
}

/// One list of all of them, as a drive sends it: nothing is lost between them.
#[test]
fn a_list_of_all_features_survives() {
    let all: Vec<u8> = vectors::load("features.vec").into_iter().flat_map(|v| v.bytes).collect();
    let mut reply = vec![0, 0, 0, 0, 0, 0, 0, 0x43];
    reply.extend(&all);
    let length = (reply.len() - 4) as u32;
    reply[..4].copy_from_slice(&length.to_be_bytes());
    let c = Configuration::parse(&reply).expect("a list");
    assert_eq!(c.features.len(), vectors::load("features.vec").len());
    assert_eq!(c.encode(), reply);
    reply.extend([0; 100]);
    assert_eq!(Configuration::parse(&reply), Ok(c), "what a bridge fills up with is no feature");
}
