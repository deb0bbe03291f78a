//! DVD+R of 4.7 GB: 2,295,104 sectors.

use super::{Access, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::DvdPlusR,
    id: "dvd+r",
    name: "DVD+R",
    family: Family::Dvd,
    access: Access::WriteOnce,
    blocks: 2_295_104,
    ecc: 16,
    layers: 1,
    write_kb: &[22_160, 11_080, 5540, 3324],
    read_kb: 22160,
    ident: Ident::Adip { manufacturer: *b"WEBBURN\0", media: *b"R16", revision: 1 },
};
