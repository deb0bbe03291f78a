//! CD-RW of 80 minutes, ultra speed. Lead-in from 97:34:23 (LBA -11,077).

use webburn_sector::Msf;

use super::{Access, Atip, Ident, MediumKind, MediumSpec};
use crate::timing::Family;

/// What is fixed about it.
pub(super) static SPEC: MediumSpec = MediumSpec {
    kind: MediumKind::CdRw,
    id: "cd-rw",
    name: "CD-RW",
    family: Family::Cd,
    access: Access::Rewritable,
    blocks: 359_849,
    ecc: 1,
    layers: 1,
    write_kb: &[4234, 1764, 706],
    read_kb: 4234,
    ident: Ident::Atip(Atip {
        lead_in: Msf::new(97, 34, 23),
        last_lead_out: Msf::new(79, 59, 74),
        erasable: true,
        subtype: 2,
        power: 4,
        speed: 1,
        unrestricted: true,
        a1: Some([0x36, 0x26, 0x90]),
    }),
};
