//! BD-R of 50 GB: 24,438,784 sectors without spare areas.

use super::{Access, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::BdRDl,
    id: "bd-r-dl",
    name: "BD-R DL",
    family: Family::Bd,
    access: Access::WriteOnce,
    blocks: 24_438_784,
    ecc: 32,
    layers: 2,
    write_kb: &[35_965, 26_974, 17_982, 8991],
    read_kb: 35965,
    ident: Ident::DiscInformation { manufacturer: *b"WBBURN", media: *b"R50", revision: 1 },
};
