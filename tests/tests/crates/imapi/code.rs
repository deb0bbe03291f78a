//! The codes that pages and scripts go by.

use std::collections::BTreeSet;

use webburn_imapi::code;

#[test]
fn codes_are_unique_and_kebab() {
    for list in [code::FAILURES, code::NOTES, code::STEPS, code::IF_STOPPED, code::SHEET_FAULTS] {
        let set: BTreeSet<_> = list.iter().collect();
        assert_eq!(set.len(), list.len());
        assert!(list.iter().all(|c| c.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')), "{list:?}");
    }
}
