//! DVD-R with two layers, prepared for layer jump recording. The same disc as DVD-R DL, in another state.

use super::{Access, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::DvdRDlLj,
    id: "dvd-r-dl-lj",
    name: "DVD-R DL (layer jump)",
    family: Family::Dvd,
    access: Access::WriteOnce,
    blocks: 4_171_712,
    ecc: 16,
    layers: 2,
    write_kb: &[11_080, 5540, 2770],
    read_kb: 16620,
    ident: Ident::PreRecorded { manufacturer: *b"WBRN08SIMRDL" },
};
