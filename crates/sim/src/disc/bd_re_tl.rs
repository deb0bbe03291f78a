//! BD-RE XL of 100 GB, three layers, sold unformatted.

use super::{Access, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::BdReTl,
    id: "bd-re-tl",
    name: "BD-RE TL",
    family: Family::Bd,
    access: Access::Rewritable,
    blocks: 48_878_592,
    ecc: 32,
    layers: 3,
    write_kb: &[8991],
    read_kb: 17982,
    ident: Ident::DiscInformation { manufacturer: *b"WBBURN", media: *b"E1T", revision: 1 },
};
