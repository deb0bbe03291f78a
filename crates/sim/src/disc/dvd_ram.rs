//! DVD-RAM of 4.7 GB: 2,236,704 sectors as formatted in the factory, 2,295,072 without supplementary spares.

use super::{Access, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::DvdRam,
    id: "dvd-ram",
    name: "DVD-RAM",
    family: Family::Dvd,
    access: Access::Rewritable,
    blocks: 2_295_072,
    ecc: 16,
    layers: 1,
    write_kb: &[6925, 4155, 2770],
    read_kb: 6925,
    ident: Ident::PreRecorded { manufacturer: *b"WBRN05SIMRAM" },
};
