//! HD DVD-ROM. 15 GB a layer (*guess* at the exact number of sectors).

use super::{Access, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::HdDvdRom,
    id: "hd-dvd-rom",
    name: "HD DVD-ROM",
    family: Family::Dvd,
    access: Access::Rom,
    blocks: 7_324_192,
    ecc: 32,
    layers: 1,
    write_kb: &[],
    read_kb: 16620,
    ident: Ident::None,
};
