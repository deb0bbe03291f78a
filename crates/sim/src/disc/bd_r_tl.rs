//! BD-R XL of 100 GB, three layers: 48,878,592 sectors without spare areas.

use super::{Access, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::BdRTl,
    id: "bd-r-tl",
    name: "BD-R TL",
    family: Family::Bd,
    access: Access::WriteOnce,
    blocks: 48_878_592,
    ecc: 32,
    layers: 3,
    write_kb: &[17_982, 8991],
    read_kb: 17982,
    ident: Ident::DiscInformation { manufacturer: *b"WBBURN", media: *b"R1T", revision: 1 },
};
