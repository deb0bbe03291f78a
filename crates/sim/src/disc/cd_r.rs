//! CD-R of 80 minutes. Lead-in from 97:26:66 (LBA -11,634), last possible lead-out 79:59:74 (LBA 359,849).

use webburn_sector::Msf;

use super::{Access, Atip, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::CdR,
    id: "cd-r",
    name: "CD-R",
    family: Family::Cd,
    access: Access::WriteOnce,
    blocks: 359_849,
    ecc: 1,
    layers: 1,
    write_kb: &[8467, 7056, 4234, 2822, 1411, 706],
    read_kb: 8467,
    ident: Ident::Atip(Atip {
        lead_in: Msf::new(97, 26, 66),
        last_lead_out: Msf::new(79, 59, 74),
        erasable: false,
        subtype: 0,
        power: 4,
        speed: 0,
        unrestricted: true,
        a1: None,
    }),
};
