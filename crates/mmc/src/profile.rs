//! Profiles: what kind of disc the drive behaves for.

use webburn_scsi::codes;

codes! {
    /// A profile number (MMC-6, 5.2; HD DVD ones from the INF-8090i line).
    Profile(u16) {
        NONE = 0x0000 "no current profile",
        REMOVABLE_DISK = 0x0002 "removable disk",
        CD_ROM = 0x0008 "CD-ROM",
        CD_R = 0x0009 "CD-R",
        CD_RW = 0x000A "CD-RW",
        DVD_ROM = 0x0010 "DVD-ROM",
        DVD_R = 0x0011 "DVD-R sequential recording",
        DVD_RAM = 0x0012 "DVD-RAM",
        DVD_RW_RESTRICTED_OVERWRITE = 0x0013 "DVD-RW restricted overwrite",
        DVD_RW_SEQUENTIAL = 0x0014 "DVD-RW sequential recording",
        DVD_R_DL = 0x0015 "DVD-R dual layer sequential recording",
        DVD_R_DL_LAYER_JUMP = 0x0016 "DVD-R dual layer jump recording",
        DVD_RW_DL = 0x0017 "DVD-RW dual layer",
        DVD_DOWNLOAD = 0x0018 "DVD-Download disc recording",
        DVD_PLUS_RW = 0x001A "DVD+RW",
        DVD_PLUS_R = 0x001B "DVD+R",
        DVD_PLUS_RW_DL = 0x002A "DVD+RW dual layer",
        DVD_PLUS_R_DL = 0x002B "DVD+R dual layer",
        BD_ROM = 0x0040 "BD-ROM",
        BD_R_SRM = 0x0041 "BD-R sequential recording",
        BD_R_RRM = 0x0042 "BD-R random recording",
        BD_RE = 0x0043 "BD-RE",
        HD_DVD_ROM = 0x0050 "HD DVD-ROM",
        HD_DVD_R = 0x0051 "HD DVD-R",
        HD_DVD_RAM = 0x0052 "HD DVD-RAM",
        HD_DVD_RW = 0x0053 "HD DVD-RW",
        HD_DVD_R_DL = 0x0058 "HD DVD-R dual layer",
        HD_DVD_RW_DL = 0x005A "HD DVD-RW dual layer",
        NON_STANDARD = 0xFFFF "non-standard profile",
    }
}

impl Profile {
    /// CD of any kind.
    #[must_use]
    pub const fn is_cd(self) -> bool {
        matches!(self.0, 0x0008..=0x000A)
    }

    /// DVD of any kind, plus or minus.
    #[must_use]
    pub const fn is_dvd(self) -> bool {
        matches!(self.0, 0x0010..=0x0018 | 0x001A | 0x001B | 0x002A | 0x002B)
    }

    /// Blu-ray of any kind; a BDXL disc has no profile of its own.
    #[must_use]
    pub const fn is_bd(self) -> bool {
        matches!(self.0, 0x0040..=0x0043)
    }

    /// HD DVD of any kind.
    #[must_use]
    pub const fn is_hd_dvd(self) -> bool {
        matches!(self.0, 0x0050..=0x005A)
    }
}
