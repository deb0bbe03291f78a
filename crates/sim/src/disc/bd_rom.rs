//! A pressed Blu-ray disc.

use super::{Access, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::BdRom,
    id: "bd-rom",
    name: "BD-ROM",
    family: Family::Bd,
    access: Access::Rom,
    blocks: 12_219_392,
    ecc: 32,
    layers: 1,
    write_kb: &[],
    read_kb: 53947,
    ident: Ident::DiscInformation { manufacturer: *b"WBBURN", media: *b"ROM", revision: 0 },
};
