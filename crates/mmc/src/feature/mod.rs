//! Features: what a drive can do, and what it can do with the disc that is in it (MMC-6, 5.3).
//!
//! Offsets in this module count from the first byte of feature dependent data, byte 4 of the descriptor. Features that
//! only exist (no data) are unit variants of [`Feature`]; codes not listed here stay [`Feature::Unknown`] with their bytes.

mod basic;
mod device;
mod random_writing;
mod reading;
mod sequential_writing;

pub use basic::{Core, ListedProfile, Morphing, ProfileList, RemovableMedium, WriteProtect};
pub use device::{
    Aacs, CdAudio, Changer, Css, DiscControlBlocks, FirmwareDate, FirmwareUpgrade, Hybrid, Protection,
    RealTimeStreaming, SerialNumber, Smart, TimeOut,
};
pub use random_writing::{
    DefectManagement, DvdPlusRw, EnhancedDefectReporting, Formattable, Mrw, RandomWritable, RigidRestrictedOverwrite,
    WriteOnce,
};
pub use reading::{BdRead, CdRead, DvdRead, RandomReadable};
pub use sequential_writing::{
    BdWrite, CdMastering, CdRwMedia, CdTrackAtOnce, DvdPlusR, DvdRWrite, IncrementalStreaming, LinkSizes,
};

use webburn_scsi::codes;
use webburn_scsi::layout::{get, put};

codes! {
    /// Feature code.
    FeatureCode(u16) {
        PROFILE_LIST = 0x0000 "profile list",
        CORE = 0x0001 "core",
        MORPHING = 0x0002 "morphing",
        REMOVABLE_MEDIUM = 0x0003 "removable medium",
        WRITE_PROTECT = 0x0004 "write protect",
        RANDOM_READABLE = 0x0010 "random readable",
        MULTI_READ = 0x001D "multi-read",
        CD_READ = 0x001E "CD read",
        DVD_READ = 0x001F "DVD read",
        RANDOM_WRITABLE = 0x0020 "random writable",
        INCREMENTAL_STREAMING = 0x0021 "incremental streaming writable",
        SECTOR_ERASABLE = 0x0022 "sector erasable",
        FORMATTABLE = 0x0023 "formattable",
        DEFECT_MANAGEMENT = 0x0024 "defect management",
        WRITE_ONCE = 0x0025 "write once",
        RESTRICTED_OVERWRITE = 0x0026 "restricted overwrite",
        CD_RW_CAV = 0x0027 "CD-RW CAV write",
        MRW = 0x0028 "MRW",
        ENHANCED_DEFECT_REPORTING = 0x0029 "enhanced defect reporting",
        DVD_PLUS_RW = 0x002A "DVD+RW",
        DVD_PLUS_R = 0x002B "DVD+R",
        RIGID_RESTRICTED_OVERWRITE = 0x002C "rigid restricted overwrite",
        CD_TRACK_AT_ONCE = 0x002D "CD track at once",
        CD_MASTERING = 0x002E "CD mastering",
        DVD_R_WRITE = 0x002F "DVD-R/-RW write",
        LAYER_JUMP = 0x0033 "layer jump recording",
        CD_RW_MEDIA = 0x0037 "CD-RW media write support",
        BD_R_POW = 0x0038 "BD-R pseudo-overwrite",
        DVD_PLUS_RW_DL = 0x003A "DVD+RW dual layer",
        DVD_PLUS_R_DL = 0x003B "DVD+R dual layer",
        BD_READ = 0x0040 "BD read",
        BD_WRITE = 0x0041 "BD write",
        TSR = 0x0042 "timely safe recording",
        HYBRID = 0x0080 "hybrid disc",
        POWER = 0x0100 "power management",
        SMART = 0x0101 "S.M.A.R.T.",
        CHANGER = 0x0102 "embedded changer",
        CD_AUDIO = 0x0103 "CD audio external play",
        FIRMWARE_UPGRADE = 0x0104 "microcode upgrade",
        TIME_OUT = 0x0105 "time-out",
        CSS = 0x0106 "DVD CSS",
        REAL_TIME_STREAMING = 0x0107 "real-time streaming",
        SERIAL_NUMBER = 0x0108 "drive serial number",
        MEDIA_SERIAL = 0x0109 "media serial number",
        DISC_CONTROL_BLOCKS = 0x010A "disc control blocks",
        CPRM = 0x010B "DVD CPRM",
        FIRMWARE_DATE = 0x010C "firmware information",
        AACS = 0x010D "AACS",
        VCPS = 0x0110 "VCPS",
    }
}

/// How feature dependent data are read and written. Older versions of a feature are shorter: what is missing is zero.
trait Body: Sized {
    fn read_body(body: &[u8]) -> Self;
    fn encode_body(&self, out: &mut Vec<u8>);
}

/// [`Body`] for types made by `layout!`.
macro_rules! bodies {
    ($($name:ident),* $(,)?) => { $(
        impl super::Body for $name {
            fn read_body(body: &[u8]) -> Self {
                $name::read(body)
            }
            fn encode_body(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.encode());
            }
        }
    )* };
}
use bodies;

macro_rules! features {
    (
        with data { $( $(#[$meta:meta])* $name:ident ( $body:ty ) = $code:ident ),* $(,)? }
        without { $( $(#[$bare_meta:meta])* $bare:ident [ $bare_len:literal ] = $bare_code:ident ),* $(,)? }
    ) => {
        /// A feature with its data.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Feature {
            $( $(#[$meta])* $name($body), )*
            $( $(#[$bare_meta])* $bare, )*
            /// A code that is not known here, with its data as they came.
            Unknown {
                /// The code.
                code: FeatureCode,
                /// Feature dependent data, padding included.
                data: Vec<u8>,
            },
        }

        impl Feature {
            /// The feature code.
            #[must_use]
            pub const fn code(&self) -> FeatureCode {
                match self {
                    $( Feature::$name(_) => FeatureCode::$code, )*
                    $( Feature::$bare => FeatureCode::$bare_code, )*
                    Feature::Unknown { code, .. } => *code,
                }
            }

            /// Reads feature dependent data. Data shorter than the newest version's read as if filled up with zeros.
            #[must_use]
            pub fn read(code: FeatureCode, data: &[u8]) -> Self {
                match code {
                    $( FeatureCode::$code => Feature::$name(<$body as Body>::read_body(data)), )*
                    $( FeatureCode::$bare_code => Feature::$bare, )*
                    _ => Feature::Unknown { code, data: data.to_vec() },
                }
            }

            fn encode_data(&self, out: &mut Vec<u8>) {
                match self {
                    $( Feature::$name(body) => body.encode_body(out), )*
                    $( Feature::$bare => out.extend_from_slice(&[0; $bare_len]), )*
                    Feature::Unknown { data, .. } => out.extend_from_slice(data),
                }
            }
        }
    };
}

features! {
    with data {
        /// 0000h, 5.3.1.
        ProfileList(ProfileList) = PROFILE_LIST,
        /// 0001h, 5.3.2.
        Core(Core) = CORE,
        /// 0002h, 5.3.3.
        Morphing(Morphing) = MORPHING,
        /// 0003h, 5.3.4.
        RemovableMedium(RemovableMedium) = REMOVABLE_MEDIUM,
        /// 0004h, 5.3.5.
        WriteProtect(WriteProtect) = WRITE_PROTECT,
        /// 0010h, 5.3.6.
        RandomReadable(RandomReadable) = RANDOM_READABLE,
        /// 001Eh, 5.3.8.
        CdRead(CdRead) = CD_READ,
        /// 001Fh, 5.3.9.
        DvdRead(DvdRead) = DVD_READ,
        /// 0020h, 5.3.10.
        RandomWritable(RandomWritable) = RANDOM_WRITABLE,
        /// 0021h, 5.3.11.
        IncrementalStreaming(IncrementalStreaming) = INCREMENTAL_STREAMING,
        /// 0023h, 5.3.13.
        Formattable(Formattable) = FORMATTABLE,
        /// 0024h, 5.3.14.
        DefectManagement(DefectManagement) = DEFECT_MANAGEMENT,
        /// 0025h, 5.3.15.
        WriteOnce(WriteOnce) = WRITE_ONCE,
        /// 0028h, 5.3.18.
        Mrw(Mrw) = MRW,
        /// 0029h, 5.3.19.
        EnhancedDefectReporting(EnhancedDefectReporting) = ENHANCED_DEFECT_REPORTING,
        /// 002Ah, 5.3.20.
        DvdPlusRw(DvdPlusRw) = DVD_PLUS_RW,
        /// 002Bh, 5.3.21.
        DvdPlusR(DvdPlusR) = DVD_PLUS_R,
        /// 002Ch, 5.3.22.
        RigidRestrictedOverwrite(RigidRestrictedOverwrite) = RIGID_RESTRICTED_OVERWRITE,
        /// 002Dh, 5.3.23.
        CdTrackAtOnce(CdTrackAtOnce) = CD_TRACK_AT_ONCE,
        /// 002Eh, 5.3.24.
        CdMastering(CdMastering) = CD_MASTERING,
        /// 002Fh, 5.3.25.
        DvdRWrite(DvdRWrite) = DVD_R_WRITE,
        /// 0033h, 5.3.26.
        LayerJump(LinkSizes) = LAYER_JUMP,
        /// 0037h, 5.3.28.
        CdRwMedia(CdRwMedia) = CD_RW_MEDIA,
        /// 003Ah, 5.3.30.
        DvdPlusRwDl(DvdPlusRw) = DVD_PLUS_RW_DL,
        /// 003Bh, 5.3.31.
        DvdPlusRDl(DvdPlusR) = DVD_PLUS_R_DL,
        /// 0040h, 5.3.32.
        BdRead(BdRead) = BD_READ,
        /// 0041h, 5.3.33.
        BdWrite(BdWrite) = BD_WRITE,
        /// 0080h, 5.3.35.
        Hybrid(Hybrid) = HYBRID,
        /// 0101h, 5.3.37.
        Smart(Smart) = SMART,
        /// 0102h, 5.3.38.
        Changer(Changer) = CHANGER,
        /// 0103h.
        CdAudio(CdAudio) = CD_AUDIO,
        /// 0104h, 5.3.39.
        FirmwareUpgrade(FirmwareUpgrade) = FIRMWARE_UPGRADE,
        /// 0105h, 5.3.40.
        TimeOut(TimeOut) = TIME_OUT,
        /// 0106h, 5.3.41.
        Css(Css) = CSS,
        /// 0107h, 5.3.42.
        RealTimeStreaming(RealTimeStreaming) = REAL_TIME_STREAMING,
        /// 0108h, 5.3.43.
        SerialNumber(SerialNumber) = SERIAL_NUMBER,
        /// 010Ah, 5.3.45.
        DiscControlBlocks(DiscControlBlocks) = DISC_CONTROL_BLOCKS,
        /// 010Bh, 5.3.46.
        Cprm(Protection) = CPRM,
        /// 010Ch, 5.3.47.
        FirmwareDate(FirmwareDate) = FIRMWARE_DATE,
        /// 010Dh, 5.3.48.
        Aacs(Aacs) = AACS,
    }
    without {
        /// 001Dh, 5.3.7: reads every kind of CD.
        MultiRead[0] = MULTI_READ,
        /// 0022h, 5.3.12.
        SectorErasable[0] = SECTOR_ERASABLE,
        /// 0026h, 5.3.16.
        RestrictedOverwrite[0] = RESTRICTED_OVERWRITE,
        /// 0027h, 5.3.17.
        CdRwCav[4] = CD_RW_CAV,
        /// 0038h, 5.3.29: the BD-R is formatted for pseudo-overwrite.
        BdRPow[4] = BD_R_POW,
        /// 0042h, 5.3.34.
        Tsr[0] = TSR,
        /// 0100h, 5.3.36.
        Power[0] = POWER,
        /// 0109h, 5.3.44. The command it stands for (ABh) is never sent: a known drive needs its power cut after it.
        MediaSerial[0] = MEDIA_SERIAL,
        /// 0110h, 5.3.49.
        Vcps[4] = VCPS,
    }
}

/// A feature descriptor (MMC-6, 5.2.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeatureDescriptor {
    /// Version of the feature, 0 to 15.
    pub version: u8,
    /// Persistent: it is always current.
    pub persistent: bool,
    /// Current: it can be used with the disc that is in the drive.
    pub current: bool,
    /// The feature.
    pub feature: Feature,
}

impl FeatureDescriptor {
    /// A descriptor of version 0 that is not persistent.
    #[must_use]
    pub const fn new(feature: Feature, current: bool) -> Self {
        FeatureDescriptor { version: 0, persistent: false, current, feature }
    }

    /// The feature code.
    #[must_use]
    pub const fn code(&self) -> FeatureCode {
        self.feature.code()
    }

    /// Reads the first descriptor of a list and hands back the rest; `None` when no whole one is left.
    #[must_use]
    pub fn parse_first(list: &[u8]) -> Option<(Self, &[u8])> {
        let (header, rest) = list.split_at_checked(4)?;
        let (data, rest) = rest.split_at_checked(usize::from(header[3]))?;
        let descriptor = FeatureDescriptor {
            version: get::bits(header, 2, 2, 4),
            persistent: get::bit(header, 2, 1),
            current: get::bit(header, 2, 0),
            feature: Feature::read(FeatureCode(get::u16(header, 0)), data),
        };
        Some((descriptor, rest))
    }

    /// Appends the bytes of the descriptor. Data are filled up to a multiple of four bytes; more than 252 are cut.
    pub fn encode_into(&self, out: &mut Vec<u8>) {
        let start = out.len();
        out.extend_from_slice(&self.code().0.to_be_bytes());
        out.extend_from_slice(&[0, 0]);
        self.feature.encode_data(out);
        let data = (out.len() - start - 4).next_multiple_of(4).min(252);
        out.resize(start + 4 + data, 0);
        let header = &mut out[start..];
        put::bits(header, 2, 2, 4, self.version);
        put::bit(header, 2, 1, self.persistent);
        put::bit(header, 2, 0, self.current);
        put::u8(header, 3, data as u8);
    }

    /// The bytes of the descriptor.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.encode_into(&mut out);
        out
    }
}
