//! A pressed CD.

use super::{Access, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::CdRom,
    id: "cd-rom",
    name: "CD-ROM",
    family: Family::Cd,
    access: Access::Rom,
    blocks: 359_849,
    ecc: 1,
    layers: 1,
    write_kb: &[],
    read_kb: 8467,
    ident: Ident::None,
};
