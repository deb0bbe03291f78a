//! Numbers that MMC gives out and IMAPI2 names.

closed! {
    /// `IMAPI_READ_TRACK_ADDRESS_TYPE`.
    ReadTrackAddressType(u8) {
        /// The track that holds an address.
        Lba = 0, "IMAPI_READ_TRACK_ADDRESS_TYPE_LBA";
        /// A track by number.
        Track = 1, "IMAPI_READ_TRACK_ADDRESS_TYPE_TRACK";
        /// The first track of a session.
        Session = 2, "IMAPI_READ_TRACK_ADDRESS_TYPE_SESSION";
    }
}

closed! {
    /// `IMAPI_MODE_PAGE_REQUEST_TYPE`, the PC field of MODE SENSE.
    ModePageRequestType(u8) {
        /// As they are now.
        CurrentValues = 0, "IMAPI_MODE_PAGE_REQUEST_TYPE_CURRENT_VALUES";
        /// Which bits may be changed.
        ChangeableValues = 1, "IMAPI_MODE_PAGE_REQUEST_TYPE_CHANGEABLE_VALUES";
        /// After power on.
        DefaultValues = 2, "IMAPI_MODE_PAGE_REQUEST_TYPE_DEFAULT_VALUES";
        /// Saved by the drive.
        SavedValues = 3, "IMAPI_MODE_PAGE_REQUEST_TYPE_SAVED_VALUES";
    }
}

open! {
    /// `IMAPI_MODE_PAGE_TYPE`.
    ModePageType(u16), "IMAPI_MODE_PAGE_TYPE_" {
        READ_WRITE_ERROR_RECOVERY = 0x01;
        MRW = 0x03;
        WRITE_PARAMETERS = 0x05;
        CACHING = 0x08;
        POWER_CONDITION = 0x1A;
        INFORMATIONAL_EXCEPTIONS = 0x1C;
        TIMEOUT_AND_PROTECT = 0x1D;
        LEGACY_CAPABILITIES = 0x2A;
    }
}

open! {
    /// `IMAPI_FEATURE_PAGE_TYPE`: feature codes of GET CONFIGURATION.
    FeaturePageType(u16), "IMAPI_FEATURE_PAGE_TYPE_" {
        PROFILE_LIST = 0x0000;
        CORE = 0x0001;
        MORPHING = 0x0002;
        REMOVABLE_MEDIUM = 0x0003;
        WRITE_PROTECT = 0x0004;
        RANDOMLY_READABLE = 0x0010;
        CD_MULTIREAD = 0x001D;
        CD_READ = 0x001E;
        DVD_READ = 0x001F;
        RANDOMLY_WRITABLE = 0x0020;
        INCREMENTAL_STREAMING_WRITABLE = 0x0021;
        SECTOR_ERASABLE = 0x0022;
        FORMATTABLE = 0x0023;
        HARDWARE_DEFECT_MANAGEMENT = 0x0024;
        WRITE_ONCE = 0x0025;
        RESTRICTED_OVERWRITE = 0x0026;
        CDRW_CAV_WRITE = 0x0027;
        MRW = 0x0028;
        ENHANCED_DEFECT_REPORTING = 0x0029;
        DVD_PLUS_RW = 0x002A;
        DVD_PLUS_R = 0x002B;
        RIGID_RESTRICTED_OVERWRITE = 0x002C;
        CD_TRACK_AT_ONCE = 0x002D;
        CD_MASTERING = 0x002E;
        DVD_DASH_WRITE = 0x002F;
        DOUBLE_DENSITY_CD_READ = 0x0030;
        DOUBLE_DENSITY_CD_R_WRITE = 0x0031;
        DOUBLE_DENSITY_CD_RW_WRITE = 0x0032;
        LAYER_JUMP_RECORDING = 0x0033;
        CD_RW_MEDIA_WRITE_SUPPORT = 0x0037;
        BD_PSEUDO_OVERWRITE = 0x0038;
        DVD_PLUS_R_DUAL_LAYER = 0x003B;
        BD_READ = 0x0040;
        BD_WRITE = 0x0041;
        HD_DVD_READ = 0x0050;
        HD_DVD_WRITE = 0x0051;
        POWER_MANAGEMENT = 0x0100;
        SMART = 0x0101;
        EMBEDDED_CHANGER = 0x0102;
        CD_ANALOG_PLAY = 0x0103;
        MICROCODE_UPDATE = 0x0104;
        TIMEOUT = 0x0105;
        DVD_CSS = 0x0106;
        REAL_TIME_STREAMING = 0x0107;
        LOGICAL_UNIT_SERIAL_NUMBER = 0x0108;
        MEDIA_SERIAL_NUMBER = 0x0109;
        DISC_CONTROL_BLOCKS = 0x010A;
        DVD_CPRM = 0x010B;
        FIRMWARE_INFORMATION = 0x010C;
        AACS = 0x010D;
        VCPS = 0x0110;
    }
}

open! {
    /// `IMAPI_PROFILE_TYPE`: profile numbers of GET CONFIGURATION.
    ProfileType(u16), "IMAPI_PROFILE_TYPE_" {
        INVALID = 0x0000;
        NON_REMOVABLE_DISK = 0x0001;
        REMOVABLE_DISK = 0x0002;
        MO_ERASABLE = 0x0003;
        MO_WRITE_ONCE = 0x0004;
        AS_MO = 0x0005;
        CDROM = 0x0008;
        CD_RECORDABLE = 0x0009;
        CD_REWRITABLE = 0x000A;
        DVDROM = 0x0010;
        DVD_DASH_RECORDABLE = 0x0011;
        DVD_RAM = 0x0012;
        DVD_DASH_REWRITABLE = 0x0013;
        DVD_DASH_RW_SEQUENTIAL = 0x0014;
        DVD_DASH_R_DUAL_SEQUENTIAL = 0x0015;
        DVD_DASH_R_DUAL_LAYER_JUMP = 0x0016;
        DVD_PLUS_RW = 0x001A;
        DVD_PLUS_R = 0x001B;
        DDCDROM = 0x0020;
        DDCD_RECORDABLE = 0x0021;
        DDCD_REWRITABLE = 0x0022;
        DVD_PLUS_RW_DUAL = 0x002A;
        DVD_PLUS_R_DUAL = 0x002B;
        BD_ROM = 0x0040;
        BD_R_SEQUENTIAL = 0x0041;
        BD_R_RANDOM_RECORDING = 0x0042;
        BD_REWRITABLE = 0x0043;
        HD_DVD_ROM = 0x0050;
        HD_DVD_RECORDABLE = 0x0051;
        HD_DVD_RAM = 0x0052;
        NON_STANDARD = 0xFFFF;
    }
}
