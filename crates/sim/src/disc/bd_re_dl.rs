//! BD-RE of 50 GB, sold unformatted.

use super::{Access, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::BdReDl,
    id: "bd-re-dl",
    name: "BD-RE DL",
    family: Family::Bd,
    access: Access::Rewritable,
    blocks: 24_438_784,
    ecc: 32,
    layers: 2,
    write_kb: &[8991],
    read_kb: 26974,
    ident: Ident::DiscInformation { manufacturer: *b"WBBURN", media: *b"E50", revision: 1 },
};
