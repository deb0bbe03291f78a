//! HD DVD-RAM. 20 GB (*guess* at the exact number of sectors); the simulated drives read it and write none.

use super::{Access, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::HdDvdRam,
    id: "hd-dvd-ram",
    name: "HD DVD-RAM",
    family: Family::Dvd,
    access: Access::Rewritable,
    blocks: 9_765_600,
    ecc: 32,
    layers: 1,
    write_kb: &[],
    read_kb: 16620,
    ident: Ident::None,
};
