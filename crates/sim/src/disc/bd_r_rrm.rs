//! BD-R formatted for random recording. The same disc as BD-R, in another state.

use super::{Access, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::BdRRrm,
    id: "bd-r-rrm",
    name: "BD-R (random recording)",
    family: Family::Bd,
    access: Access::WriteOnce,
    blocks: 12_219_392,
    ecc: 32,
    layers: 1,
    write_kb: &[53_947, 35_965, 26_974, 17_982, 8991],
    read_kb: 35965,
    ident: Ident::DiscInformation { manufacturer: *b"WBBURN", media: *b"R25", revision: 1 },
};
