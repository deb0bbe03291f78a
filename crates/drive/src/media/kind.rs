//! Kinds of discs, by the profile number of GET CONFIGURATION: one table.

use webburn_sector::SectorCount;

/// What a profile number means to a burner (MMC-6, table 95).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 0000h: no disc, or none that the drive knows.
    None,
    /// 0001h, 0002h: disk-like.
    Disk,
    /// 0008h.
    CdRom,
    /// 0009h.
    CdR,
    /// 000Ah.
    CdRw,
    /// 0010h.
    DvdRom,
    /// 0011h: DVD-R, sequential.
    DvdR,
    /// 0012h.
    DvdRam,
    /// 0013h: DVD-RW, restricted overwrite.
    DvdRwRestricted,
    /// 0014h: DVD-RW, sequential.
    DvdRwSequential,
    /// 0015h: DVD-R with two layers, sequential.
    DvdRDlSequential,
    /// 0016h: DVD-R with two layers, layer jump.
    DvdRDlJump,
    /// 0017h: DVD-RW with two layers. Was never sold.
    DvdRwDl,
    /// 001Ah.
    DvdPlusRw,
    /// 001Bh.
    DvdPlusR,
    /// 002Ah.
    DvdPlusRwDl,
    /// 002Bh.
    DvdPlusRDl,
    /// 0040h.
    BdRom,
    /// 0041h: BD-R, sequential (with or without pseudo-overwrite).
    BdRSequential,
    /// 0042h: BD-R, random recording.
    BdRRandom,
    /// 0043h.
    BdRe,
    /// 0050h to 005Ah: HD DVD of any sort.
    HdDvd(u16),
    /// Any other number, FFFFh (non-standard) included.
    Other(u16),
}

/// Families of discs: what 1× means, and which column of the closing rules holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// Compact discs.
    Cd,
    /// DVD.
    Dvd,
    /// Blu-ray.
    Bd,
    /// Anything else.
    Other,
}

impl Family {
    /// Kilobytes (1000 bytes) a second at 1×: 176.4 for CD, 1385 for DVD, 4495.6 for BD.
    #[must_use]
    pub const fn kilobytes_per_second(self) -> f64 {
        match self {
            Family::Cd => 176.4,
            Family::Dvd | Family::Other => 1385.0,
            Family::Bd => 4495.6,
        }
    }

    /// Bytes of a sector as the drive's speed figures count them: a CD sector weighs 2352 bytes, all others 2048.
    #[must_use]
    pub const fn bytes_per_sector(self) -> u32 {
        match self {
            Family::Cd => 2352,
            _ => 2048,
        }
    }

    /// Sectors a second at 1×.
    #[must_use]
    pub fn sectors_per_second(self) -> f64 {
        self.kilobytes_per_second() * 1000.0 / f64::from(self.bytes_per_sector())
    }

    /// `"cd"`, `"dvd"`, `"bd"`, `"other"`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Family::Cd => "cd",
            Family::Dvd => "dvd",
            Family::Bd => "bd",
            Family::Other => "other",
        }
    }
}

/// How a kind is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Recording {
    /// Not by us.
    ReadOnly,
    /// One sector after the other, in tracks and sessions; each once, unless the disc is blanked.
    Sequential,
    /// Any sector, again and again.
    Overwritable,
}

/// One row of the table of kinds.
struct Facts {
    profile: u16,
    kind: Kind,
    name: &'static str,
    family: Family,
    recording: Recording,
    /// Sectors of a write unit.
    unit: u32,
    /// May be written more than once, blanked or not.
    rewritable: bool,
    layers: u8,
}

#[allow(clippy::too_many_arguments)] // One row of a table; named fields would triple its height.
const fn facts(
    profile: u16,
    kind: Kind,
    name: &'static str,
    family: Family,
    recording: Recording,
    unit: u32,
    rewritable: bool,
    layers: u8,
) -> Facts {
    Facts { profile, kind, name, family, recording, unit, rewritable, layers }
}

const CD: Family = Family::Cd;
const DVD: Family = Family::Dvd;
const BD: Family = Family::Bd;
const READ: Recording = Recording::ReadOnly;
const SEQU: Recording = Recording::Sequential;
const OVER: Recording = Recording::Overwritable;

// Write units: CD 1 sector, DVD ECC block 16, BD cluster 32 (MMC-6, 4.2 to 4.6).
#[rustfmt::skip]
const TABLE: &[Facts] = &[
    facts(0x0000, Kind::None,             "",                  Family::Other, READ,      1, false, 0),
    facts(0x0001, Kind::Disk,             "disk",              Family::Other, OVER,  1, true,  1),
    facts(0x0002, Kind::Disk,             "removable disk",    Family::Other, OVER,  1, true,  1),
    facts(0x0008, Kind::CdRom,            "CD-ROM",            CD,  READ,      1, false, 1),
    facts(0x0009, Kind::CdR,              "CD-R",              CD,  SEQU,    1, false, 1),
    facts(0x000A, Kind::CdRw,             "CD-RW",             CD,  SEQU,    1, true,  1),
    facts(0x0010, Kind::DvdRom,           "DVD-ROM",           DVD, READ,     16, false, 1),
    facts(0x0011, Kind::DvdR,             "DVD-R",             DVD, SEQU,   16, false, 1),
    facts(0x0012, Kind::DvdRam,           "DVD-RAM",           DVD, OVER, 16, true,  1),
    facts(0x0013, Kind::DvdRwRestricted,  "DVD-RW (restricted overwrite)", DVD, OVER, 16, true, 1),
    facts(0x0014, Kind::DvdRwSequential,  "DVD-RW",            DVD, SEQU,   16, true,  1),
    facts(0x0015, Kind::DvdRDlSequential, "DVD-R DL",          DVD, SEQU,   16, false, 2),
    facts(0x0016, Kind::DvdRDlJump,       "DVD-R DL (layer jump)", DVD, SEQU, 16, false, 2),
    facts(0x0017, Kind::DvdRwDl,          "DVD-RW DL",         DVD, SEQU,   16, true,  2),
    facts(0x001A, Kind::DvdPlusRw,        "DVD+RW",            DVD, OVER, 16, true,  1),
    facts(0x001B, Kind::DvdPlusR,         "DVD+R",             DVD, SEQU,   16, false, 1),
    facts(0x002A, Kind::DvdPlusRwDl,      "DVD+RW DL",         DVD, OVER, 16, true,  2),
    facts(0x002B, Kind::DvdPlusRDl,       "DVD+R DL",          DVD, SEQU,   16, false, 2),
    facts(0x0040, Kind::BdRom,            "BD-ROM",            BD,  READ,     32, false, 1),
    facts(0x0041, Kind::BdRSequential,    "BD-R",              BD,  SEQU,   32, false, 1),
    facts(0x0042, Kind::BdRRandom,        "BD-R (random recording)", BD, OVER, 32, false, 1),
    facts(0x0043, Kind::BdRe,             "BD-RE",             BD,  OVER, 32, true,  1),
];

impl Kind {
    /// The kind of a profile number.
    #[must_use]
    pub fn of_profile(profile: u16) -> Kind {
        match TABLE.iter().find(|facts| facts.profile == profile) {
            Some(facts) => facts.kind,
            None if matches!(profile, 0x0050..=0x0053 | 0x0058 | 0x005A) => Kind::HdDvd(profile),
            None => Kind::Other(profile),
        }
    }

    fn facts(self) -> Option<&'static Facts> {
        TABLE.iter().find(|facts| facts.kind == self)
    }

    /// The name of the kind, `"DVD+RW"`; empty for no disc.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::HdDvd(0x0050) => "HD DVD-ROM",
            Kind::HdDvd(0x0051) => "HD DVD-R",
            Kind::HdDvd(0x0052) => "HD DVD-RAM",
            Kind::HdDvd(0x0053) => "HD DVD-RW",
            Kind::HdDvd(0x0058) => "HD DVD-R DL",
            Kind::HdDvd(0x005A) => "HD DVD-RW DL",
            Kind::HdDvd(_) => "HD DVD",
            Kind::Other(_) => "unknown disc",
            _ => self.facts().map_or("", |facts| facts.name),
        }
    }

    /// Its family.
    #[must_use]
    pub fn family(self) -> Family {
        match self {
            Kind::HdDvd(_) => Family::Dvd,
            _ => self.facts().map_or(Family::Other, |facts| facts.family),
        }
    }

    /// How it is recorded.
    #[must_use]
    pub fn recording(self) -> Recording {
        self.facts().map_or(Recording::ReadOnly, |facts| facts.recording)
    }

    /// The write unit: a write starts on a multiple of it and is a multiple long.
    #[must_use]
    pub fn write_unit(self) -> SectorCount {
        let other = if matches!(self, Kind::HdDvd(_)) { 32 } else { 1 };
        SectorCount(self.facts().map_or(other, |facts| facts.unit))
    }

    /// The disc can take new content in place of old, by blanking or by overwriting.
    #[must_use]
    pub fn rewritable(self) -> bool {
        self.facts().is_some_and(|facts| facts.rewritable)
    }

    /// Layers that the profile tells; BDXL and DVD-ROM say more elsewhere.
    #[must_use]
    pub fn layers(self) -> u8 {
        self.facts().map_or(1, |facts| facts.layers)
    }

    /// There is a disc.
    #[must_use]
    pub const fn present(self) -> bool {
        !matches!(self, Kind::None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Recording::{Overwritable, ReadOnly, Sequential};

    #[test]
    fn profiles_of_note() {
        for (profile, kind, recording, unit) in [
            (0x0009, Kind::CdR, Sequential, 1),
            (0x000A, Kind::CdRw, Sequential, 1),
            (0x0013, Kind::DvdRwRestricted, Overwritable, 16),
            (0x001A, Kind::DvdPlusRw, Overwritable, 16),
            (0x0041, Kind::BdRSequential, Sequential, 32),
            (0x0043, Kind::BdRe, Overwritable, 32),
            (0x0008, Kind::CdRom, ReadOnly, 1),
            (0x0051, Kind::HdDvd(0x51), ReadOnly, 32),
            (0xFFFF, Kind::Other(0xFFFF), ReadOnly, 1),
        ] {
            let found = Kind::of_profile(profile);
            assert_eq!(found, kind);
            assert_eq!(found.recording(), recording, "{profile:04X}");
            assert_eq!(found.write_unit(), SectorCount(unit), "{profile:04X}");
        }
        assert!(!Kind::of_profile(0).present());
    }

    #[test]
    fn one_times_is_75_sectors_on_a_cd() {
        assert!((Family::Cd.sectors_per_second() - 75.0).abs() < 1e-9);
        assert!((Family::Dvd.sectors_per_second() - 676.27).abs() < 0.01);
        assert!((Family::Bd.sectors_per_second() - 2195.1).abs() < 0.1);
    }
}
