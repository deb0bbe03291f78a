//! BD-RE of 25 GB, sold unformatted.

use super::{Access, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::BdRe,
    id: "bd-re",
    name: "BD-RE",
    family: Family::Bd,
    access: Access::Rewritable,
    blocks: 12_219_392,
    ecc: 32,
    layers: 1,
    write_kb: &[8991],
    read_kb: 26974,
    ident: Ident::DiscInformation { manufacturer: *b"WBBURN", media: *b"E25", revision: 1 },
};
