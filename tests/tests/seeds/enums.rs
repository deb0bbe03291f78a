//! Every enumeration of IMAPI2: all values by number and name.

use webburn_imapi::enums::*;

/// The values of a closed enumeration are these and no others.
macro_rules! closed {
    ($type:ident, $prefix:literal: $($value:literal $name:literal,)*) => {
        let typed: &[(u64, String)] = &[$(($value, concat!($prefix, $name).to_owned())),*];
        let known: Vec<(u64, String)> =
            $type::ALL.iter().map(|one| (u64::from(one.value()), one.name().to_owned())).collect();
        assert_eq!(known, typed, stringify!($type));
        for (value, name) in typed {
            let back = $type::from_value((*value).try_into().unwrap()).map(|one| one.name().to_owned());
            assert_eq!(back.as_ref(), Some(name));
        }
        assert!($type::from_value(200).is_none());
    };
}

/// The bits of a set are these and no others.
macro_rules! bits {
    ($type:ident, $prefix:literal: $($value:literal $name:ident,)*) => {
        let mut single = Vec::new();
        $(
            assert_eq!($type::$name.0, $value, stringify!($name));
            let one: u32 = $value;
            if one.count_ones() == 1 {
                assert_eq!($type::$name.names(), [concat!($prefix, stringify!($name))]);
                single.push(one);
            }
        )*
        assert_eq!($type(u32::MAX).names().len(), single.len(), stringify!($type));
    };
}

/// The named values of an open enumeration are these; others pass through without a name.
fn open(typed: &[(u16, &str)], known: Vec<(u16, Option<&str>)>, prefix: &str) {
    let typed: Vec<_> = typed.iter().map(|(value, name)| (*value, Some(format!("{prefix}{name}")))).collect();
    let known: Vec<_> = known.into_iter().map(|(value, name)| (value, name.map(str::to_owned))).collect();
    assert_eq!(known, typed, "{prefix}");
}

#[test]
fn media_types() {
    closed! { MediaPhysicalType, "IMAPI_MEDIA_TYPE_":
        0 "UNKNOWN", 1 "CDROM", 2 "CDR", 3 "CDRW", 4 "DVDROM", 5 "DVDRAM", 6 "DVDPLUSR", 7 "DVDPLUSRW",
        8 "DVDPLUSR_DUALLAYER", 9 "DVDDASHR", 10 "DVDDASHRW", 11 "DVDDASHR_DUALLAYER", 12 "DISK",
        13 "DVDPLUSRW_DUALLAYER", 14 "HDDVDROM", 15 "HDDVDR", 16 "HDDVDRAM", 17 "BDROM", 18 "BDR", 19 "BDRE",
    }
}

#[test]
fn states() {
    bits! { WriteProtectState, "IMAPI_WRITEPROTECTED_":
        0x0001 UNTIL_POWERDOWN, 0x0002 BY_CARTRIDGE, 0x0004 BY_MEDIA_SPECIFIC_REASON,
        0x0008 BY_SOFTWARE_WRITE_PROTECT, 0x0010 BY_DISC_CONTROL_BLOCK, 0x4000 READ_ONLY_MEDIA,
    }
    bits! { MediaState, "IMAPI_FORMAT2_DATA_MEDIA_STATE_":
        0x0001 OVERWRITE_ONLY, 0x0002 BLANK, 0x0004 APPENDABLE, 0x0008 FINAL_SESSION, 0x000F INFORMATIONAL_MASK,
        0x0400 DAMAGED, 0x0800 ERASE_REQUIRED, 0x1000 NON_EMPTY_SESSION, 0x2000 WRITE_PROTECTED, 0x4000 FINALIZED,
        0x8000 UNSUPPORTED_MEDIA, 0xFC00 UNSUPPORTED_MASK,
    }
    assert_eq!(MediaState::default(), MediaState(0), "unknown");
}

#[test]
fn actions() {
    closed! { DataWriteAction, "IMAPI_FORMAT2_DATA_WRITE_ACTION_":
        0 "VALIDATING_MEDIA", 1 "FORMATTING_MEDIA", 2 "INITIALIZING_HARDWARE", 3 "CALIBRATING_POWER",
        4 "WRITING_DATA", 5 "FINALIZATION", 6 "COMPLETED", 7 "VERIFYING",
    }
    closed! { TaoWriteAction, "IMAPI_FORMAT2_TAO_WRITE_ACTION_":
        0 "UNKNOWN", 1 "PREPARING", 2 "WRITING", 3 "FINISHING", 4 "VERIFYING",
    }
    closed! { RawCdWriteAction, "IMAPI_FORMAT2_RAW_CD_WRITE_ACTION_":
        0 "UNKNOWN", 1 "PREPARING", 2 "WRITING", 3 "FINISHING",
    }
}

#[test]
fn sectors_and_tracks() {
    closed! { RawCdDataSectorType, "IMAPI_FORMAT2_RAW_CD_SUBCODE_": 1 "PQ_ONLY", 2 "IS_COOKED", 3 "IS_RAW", }
    closed! { CdSectorType, "IMAPI_CD_SECTOR_":
        0 "AUDIO", 1 "MODE_ZERO", 2 "MODE1", 3 "MODE2FORM0", 4 "MODE2FORM1", 5 "MODE2FORM2", 6 "MODE1RAW",
        7 "MODE2FORM0RAW", 8 "MODE2FORM1RAW", 9 "MODE2FORM2RAW",
    }
    closed! { DigitalCopySetting, "IMAPI_CD_TRACK_DIGITAL_COPY_": 0 "PERMITTED", 1 "PROHIBITED", 2 "SCMS", }
    closed! { BurnVerificationLevel, "IMAPI_BURN_VERIFICATION_": 0 "NONE", 1 "QUICK", 2 "FULL", }
    assert_eq!(BurnVerificationLevel::default(), BurnVerificationLevel::None);
}

#[test]
fn requests() {
    closed! { ReadTrackAddressType, "IMAPI_READ_TRACK_ADDRESS_TYPE_": 0 "LBA", 1 "TRACK", 2 "SESSION", }
    closed! { ModePageRequestType, "IMAPI_MODE_PAGE_REQUEST_TYPE_":
        0 "CURRENT_VALUES", 1 "CHANGEABLE_VALUES", 2 "DEFAULT_VALUES", 3 "SAVED_VALUES",
    }
    let known = ModePageType::NAMED.iter().map(|one| (one.0, one.name())).collect();
    open(MODE_PAGES, known, "IMAPI_MODE_PAGE_TYPE_");
}

#[test]
fn features_and_profiles() {
    let known = FeaturePageType::NAMED.iter().map(|one| (one.0, one.name())).collect();
    open(FEATURES, known, "IMAPI_FEATURE_PAGE_TYPE_");
    let known = ProfileType::NAMED.iter().map(|one| (one.0, one.name())).collect();
    open(PROFILES, known, "IMAPI_PROFILE_TYPE_");
    // DVD-RW DL, HD DVD-RW, HD DVD-R DL and HD DVD-RW DL have numbers and no names.
    for number in [0x0017, 0x0053, 0x0058, 0x005A] {
        assert_eq!((ProfileType(number).0, ProfileType(number).name()), (number, None));
    }
}

#[test]
fn file_systems_and_boot_images() {
    for (set, value, name) in [
        (FsiFileSystems::ISO9660, 1, "FsiFileSystemISO9660"),
        (FsiFileSystems::JOLIET, 2, "FsiFileSystemJoliet"),
        (FsiFileSystems::UDF, 4, "FsiFileSystemUDF"),
        (FsiFileSystems::UNKNOWN, 0x4000_0000, "FsiFileSystemUnknown"),
    ] {
        assert_eq!((set.0, set.names()), (value, vec![name]));
    }
    assert_eq!(FsiFileSystems(u32::MAX).names().len(), 4);
    closed! { FsiItemType, "FsiItem": 0 "NotFound", 1 "Directory", 2 "File", }
    let known = PlatformId::NAMED.iter().map(|one| (one.0.into(), one.name())).collect();
    open(&[(0, "X86"), (1, "PowerPC"), (2, "Mac"), (0xEF, "EFI")], known, "Platform");
    let known = EmulationType::NAMED.iter().map(|one| (one.0.into(), one.name())).collect();
    let typed = [(0, "None"), (1, "12MFloppy"), (2, "144MFloppy"), (3, "288MFloppy"), (4, "HardDisk")];
    open(&typed, known, "Emulation");
    assert_eq!((PlatformId(7).name(), EmulationType(9).name()), (None, None));
}

const MODE_PAGES: &[(u16, &str)] = &[
    (0x01, "READ_WRITE_ERROR_RECOVERY"),
    (0x03, "MRW"),
    (0x05, "WRITE_PARAMETERS"),
    (0x08, "CACHING"),
    (0x1A, "POWER_CONDITION"),
    (0x1C, "INFORMATIONAL_EXCEPTIONS"),
    (0x1D, "TIMEOUT_AND_PROTECT"),
    (0x2A, "LEGACY_CAPABILITIES"),
];

const FEATURES: &[(u16, &str)] = &[
    (0x0000, "PROFILE_LIST"),
    (0x0001, "CORE"),
    (0x0002, "MORPHING"),
    (0x0003, "REMOVABLE_MEDIUM"),
    (0x0004, "WRITE_PROTECT"),
    (0x0010, "RANDOMLY_READABLE"),
    (0x001D, "CD_MULTIREAD"),
    (0x001E, "CD_READ"),
    (0x001F, "DVD_READ"),
    (0x0020, "RANDOMLY_WRITABLE"),
    (0x0021, "INCREMENTAL_STREAMING_WRITABLE"),
    (0x0022, "SECTOR_ERASABLE"),
    (0x0023, "FORMATTABLE"),
    (0x0024, "HARDWARE_DEFECT_MANAGEMENT"),
    (0x0025, "WRITE_ONCE"),
    (0x0026, "RESTRICTED_OVERWRITE"),
    (0x0027, "CDRW_CAV_WRITE"),
    (0x0028, "MRW"),
    (0x0029, "ENHANCED_DEFECT_REPORTING"),
    (0x002A, "DVD_PLUS_RW"),
    (0x002B, "DVD_PLUS_R"),
    (0x002C, "RIGID_RESTRICTED_OVERWRITE"),
    (0x002D, "CD_TRACK_AT_ONCE"),
    (0x002E, "CD_MASTERING"),
    (0x002F, "DVD_DASH_WRITE"),
    (0x0030, "DOUBLE_DENSITY_CD_READ"),
    (0x0031, "DOUBLE_DENSITY_CD_R_WRITE"),
    (0x0032, "DOUBLE_DENSITY_CD_RW_WRITE"),
    (0x0033, "LAYER_JUMP_RECORDING"),
    (0x0037, "CD_RW_MEDIA_WRITE_SUPPORT"),
    (0x0038, "BD_PSEUDO_OVERWRITE"),
    (0x003B, "DVD_PLUS_R_DUAL_LAYER"),
    (0x0040, "BD_READ"),
    (0x0041, "BD_WRITE"),
    (0x0050, "HD_DVD_READ"),
    (0x0051, "HD_DVD_WRITE"),
    (0x0100, "POWER_MANAGEMENT"),
    (0x0101, "SMART"),
    (0x0102, "EMBEDDED_CHANGER"),
    (0x0103, "CD_ANALOG_PLAY"),
    (0x0104, "MICROCODE_UPDATE"),
    (0x0105, "TIMEOUT"),
    (0x0106, "DVD_CSS"),
    (0x0107, "REAL_TIME_STREAMING"),
    (0x0108, "LOGICAL_UNIT_SERIAL_NUMBER"),
    (0x0109, "MEDIA_SERIAL_NUMBER"),
    (0x010A, "DISC_CONTROL_BLOCKS"),
    (0x010B, "DVD_CPRM"),
    (0x010C, "FIRMWARE_INFORMATION"),
    (0x010D, "AACS"),
    (0x0110, "VCPS"),
];

const PROFILES: &[(u16, &str)] = &[
    (0x0000, "INVALID"),
    (0x0001, "NON_REMOVABLE_DISK"),
    (0x0002, "REMOVABLE_DISK"),
    (0x0003, "MO_ERASABLE"),
    (0x0004, "MO_WRITE_ONCE"),
    (0x0005, "AS_MO"),
    (0x0008, "CDROM"),
    (0x0009, "CD_RECORDABLE"),
    (0x000A, "CD_REWRITABLE"),
    (0x0010, "DVDROM"),
    (0x0011, "DVD_DASH_RECORDABLE"),
    (0x0012, "DVD_RAM"),
    (0x0013, "DVD_DASH_REWRITABLE"),
    (0x0014, "DVD_DASH_RW_SEQUENTIAL"),
    (0x0015, "DVD_DASH_R_DUAL_SEQUENTIAL"),
    (0x0016, "DVD_DASH_R_DUAL_LAYER_JUMP"),
    (0x001A, "DVD_PLUS_RW"),
    (0x001B, "DVD_PLUS_R"),
    (0x0020, "DDCDROM"),
    (0x0021, "DDCD_RECORDABLE"),
    (0x0022, "DDCD_REWRITABLE"),
    (0x002A, "DVD_PLUS_RW_DUAL"),
    (0x002B, "DVD_PLUS_R_DUAL"),
    (0x0040, "BD_ROM"),
    (0x0041, "BD_R_SEQUENTIAL"),
    (0x0042, "BD_R_RANDOM_RECORDING"),
    (0x0043, "BD_REWRITABLE"),
    (0x0050, "HD_DVD_ROM"),
    (0x0051, "HD_DVD_RECORDABLE"),
    (0x0052, "HD_DVD_RAM"),
    (0xFFFF, "NON_STANDARD"),
];
