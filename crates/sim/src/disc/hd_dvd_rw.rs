//! HD DVD-RW. 15 GB (*guess* at the exact number of sectors); the simulated drives read it and write none.

use super::{Access, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::HdDvdRw,
    id: "hd-dvd-rw",
    name: "HD DVD-RW",
    family: Family::Dvd,
    access: Access::Rewritable,
    blocks: 7_324_192,
    ecc: 32,
    layers: 1,
    write_kb: &[],
    read_kb: 16620,
    ident: Ident::None,
};
