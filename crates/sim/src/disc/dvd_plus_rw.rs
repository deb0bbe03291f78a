//! DVD+RW of 4.7 GB: 2,295,104 sectors, formatted in the background.

use super::{Access, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::DvdPlusRw,
    id: "dvd+rw",
    name: "DVD+RW",
    family: Family::Dvd,
    access: Access::Rewritable,
    blocks: 2_295_104,
    ecc: 16,
    layers: 1,
    write_kb: &[11_080, 5540, 3324],
    read_kb: 16620,
    ident: Ident::Adip { manufacturer: *b"WEBBURN\0", media: *b"W08", revision: 1 },
};
