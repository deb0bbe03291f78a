//! DVD-R of 4.7 GB: 2,298,496 sectors.

use super::{Access, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::DvdR,
    id: "dvd-r",
    name: "DVD-R",
    family: Family::Dvd,
    access: Access::WriteOnce,
    blocks: 2_298_496,
    ecc: 16,
    layers: 1,
    write_kb: &[22_160, 11_080, 5540, 2770],
    read_kb: 22160,
    ident: Ident::PreRecorded { manufacturer: *b"WBRN16SIM-R " },
};
