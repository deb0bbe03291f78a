//! DVD+R with two layers: 4,173,824 sectors.

use super::{Access, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::DvdPlusRDl,
    id: "dvd+r-dl",
    name: "DVD+R DL",
    family: Family::Dvd,
    access: Access::WriteOnce,
    blocks: 4_173_824,
    ecc: 16,
    layers: 2,
    write_kb: &[11_080, 5540, 3324],
    read_kb: 16620,
    ident: Ident::Adip { manufacturer: *b"WEBBURN\0", media: *b"D08", revision: 1 },
};
