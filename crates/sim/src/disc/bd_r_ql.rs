//! BD-R XL of 128 GB, four layers: 62,500,864 sectors without spare areas.

use super::{Access, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::BdRQl,
    id: "bd-r-ql",
    name: "BD-R QL",
    family: Family::Bd,
    access: Access::WriteOnce,
    blocks: 62_500_864,
    ecc: 32,
    layers: 4,
    write_kb: &[17_982, 8991],
    read_kb: 17982,
    ident: Ident::DiscInformation { manufacturer: *b"WBBURN", media: *b"R1Q", revision: 1 },
};
