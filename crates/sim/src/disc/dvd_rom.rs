//! A pressed DVD.

use super::{Access, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::DvdRom,
    id: "dvd-rom",
    name: "DVD-ROM",
    family: Family::Dvd,
    access: Access::Rom,
    blocks: 2_295_104,
    ecc: 16,
    layers: 1,
    write_kb: &[],
    read_kb: 22160,
    ident: Ident::None,
};
