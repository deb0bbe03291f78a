//! DVD+RW with two layers. Specified, hardly ever sold.

use super::{Access, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::DvdPlusRwDl,
    id: "dvd+rw-dl",
    name: "DVD+RW DL",
    family: Family::Dvd,
    access: Access::Rewritable,
    blocks: 4_173_824,
    ecc: 16,
    layers: 2,
    write_kb: &[3324],
    read_kb: 11080,
    ident: Ident::Adip { manufacturer: *b"WEBBURN\0", media: *b"WDL", revision: 0 },
};
