//! Profiles: what the drive is, with this disc in it.

use crate::disc::{Disc, Format, MediumKind};

/// The profile of a disc (MMC-6, profile list).
pub(crate) fn profile_of(kind: MediumKind, format: Format) -> u16 {
    match (kind, format) {
        (MediumKind::CdRom, _) => 0x0008,
        (MediumKind::CdR, _) => 0x0009,
        (MediumKind::CdRw, _) => 0x000A,
        (MediumKind::DvdRom, _) => 0x0010,
        (MediumKind::DvdR, _) => 0x0011,
        (MediumKind::DvdRam, _) => 0x0012,
        (MediumKind::DvdRw | MediumKind::DvdRwRo, Format::RestrictedOverwrite { .. }) => 0x0013,
        (MediumKind::DvdRw | MediumKind::DvdRwRo, _) => 0x0014,
        (MediumKind::DvdRDl, _) => 0x0015,
        (MediumKind::DvdPlusRw, _) => 0x001A,
        (MediumKind::DvdPlusR, _) => 0x001B,
        (MediumKind::DvdPlusRwDl, _) => 0x002A,
        (MediumKind::DvdPlusRDl, _) => 0x002B,
        (MediumKind::BdRom, _) => 0x0040,
        (MediumKind::DvdRDlLj, _) => 0x0016,
        (
            MediumKind::BdR
            | MediumKind::BdRDl
            | MediumKind::BdRTl
            | MediumKind::BdRQl
            | MediumKind::BdRPow
            | MediumKind::BdRRrm,
            Format::RandomOnce,
        ) => 0x0042,
        (
            MediumKind::BdR
            | MediumKind::BdRDl
            | MediumKind::BdRTl
            | MediumKind::BdRQl
            | MediumKind::BdRPow
            | MediumKind::BdRRrm,
            _,
        ) => 0x0041,
        (MediumKind::HdDvdRom, _) => 0x0050,
        (MediumKind::HdDvdR, _) => 0x0051,
        (MediumKind::HdDvdRam, _) => 0x0052,
        (MediumKind::HdDvdRw, _) => 0x0053,
        (MediumKind::BdRe | MediumKind::BdReDl | MediumKind::BdReTl, _) => 0x0043,
    }
}

/// The current profile; 0 without a medium.
pub(crate) fn current_profile(disc: Option<&Disc>) -> u16 {
    disc.map_or(0, |disc| profile_of(disc.kind(), disc.state.format))
}
