//! HD DVD-R. 15 GB (*guess* at the exact number of sectors); the simulated drives read it and write none.

use super::{Access, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::HdDvdR,
    id: "hd-dvd-r",
    name: "HD DVD-R",
    family: Family::Dvd,
    access: Access::WriteOnce,
    blocks: 7_324_192,
    ecc: 32,
    layers: 1,
    write_kb: &[],
    read_kb: 16620,
    ident: Ident::None,
};
