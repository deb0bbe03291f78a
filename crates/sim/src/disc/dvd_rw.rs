//! DVD-RW for sequential recording: 2,298,496 sectors.

use super::{Access, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::DvdRw,
    id: "dvd-rw",
    name: "DVD-RW",
    family: Family::Dvd,
    access: Access::Rewritable,
    blocks: 2_298_496,
    ecc: 16,
    layers: 1,
    write_kb: &[8310, 5540, 2770],
    read_kb: 16620,
    ident: Ident::PreRecorded { manufacturer: *b"WBRN06SIM-RW" },
};
