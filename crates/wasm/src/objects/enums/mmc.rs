//! Numbers that MMC gives out and IMAPI2 names.

use wasm_bindgen::prelude::wasm_bindgen;

/// `IMAPI_READ_TRACK_ADDRESS_TYPE`.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadTrackAddressType {
    /// `IMAPI_READ_TRACK_ADDRESS_TYPE_LBA`. The track that holds an address.
    Lba = 0,
    /// `IMAPI_READ_TRACK_ADDRESS_TYPE_TRACK`. A track by number.
    Track = 1,
    /// `IMAPI_READ_TRACK_ADDRESS_TYPE_SESSION`. The first track of a session.
    Session = 2,
}

/// `IMAPI_MODE_PAGE_REQUEST_TYPE`, the PC field of MODE SENSE.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModePageRequestType {
    /// `IMAPI_MODE_PAGE_REQUEST_TYPE_CURRENT_VALUES`. As they are now.
    CurrentValues = 0,
    /// `IMAPI_MODE_PAGE_REQUEST_TYPE_CHANGEABLE_VALUES`. Which bits may be changed.
    ChangeableValues = 1,
    /// `IMAPI_MODE_PAGE_REQUEST_TYPE_DEFAULT_VALUES`. After power on.
    DefaultValues = 2,
    /// `IMAPI_MODE_PAGE_REQUEST_TYPE_SAVED_VALUES`. Saved by the drive.
    SavedValues = 3,
}

/// `IMAPI_MODE_PAGE_TYPE`.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModePageType {
    /// `READ_WRITE_ERROR_RECOVERY`.
    ReadWriteErrorRecovery = 0x01,
    /// `MRW`.
    Mrw = 0x03,
    /// `WRITE_PARAMETERS`.
    WriteParameters = 0x05,
    /// `CACHING`.
    Caching = 0x08,
    /// `POWER_CONDITION`.
    PowerCondition = 0x1A,
    /// `INFORMATIONAL_EXCEPTIONS`.
    InformationalExceptions = 0x1C,
    /// `TIMEOUT_AND_PROTECT`.
    TimeoutAndProtect = 0x1D,
    /// `LEGACY_CAPABILITIES`.
    LegacyCapabilities = 0x2A,
}

/// `IMAPI_FEATURE_PAGE_TYPE`: feature codes of GET CONFIGURATION.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeaturePageType {
    /// `PROFILE_LIST`.
    ProfileList = 0x0000,
    /// `CORE`.
    Core = 0x0001,
    /// `MORPHING`.
    Morphing = 0x0002,
    /// `REMOVABLE_MEDIUM`.
    RemovableMedium = 0x0003,
    /// `WRITE_PROTECT`.
    WriteProtect = 0x0004,
    /// `RANDOMLY_READABLE`.
    RandomlyReadable = 0x0010,
    /// `CD_MULTIREAD`.
    CdMultiread = 0x001D,
    /// `CD_READ`.
    CdRead = 0x001E,
    /// `DVD_READ`.
    DvdRead = 0x001F,
    /// `RANDOMLY_WRITABLE`.
    RandomlyWritable = 0x0020,
    /// `INCREMENTAL_STREAMING_WRITABLE`.
    IncrementalStreamingWritable = 0x0021,
    /// `SECTOR_ERASABLE`.
    SectorErasable = 0x0022,
    /// `FORMATTABLE`.
    Formattable = 0x0023,
    /// `HARDWARE_DEFECT_MANAGEMENT`.
    HardwareDefectManagement = 0x0024,
    /// `WRITE_ONCE`.
    WriteOnce = 0x0025,
    /// `RESTRICTED_OVERWRITE`.
    RestrictedOverwrite = 0x0026,
    /// `CDRW_CAV_WRITE`.
    CdrwCavWrite = 0x0027,
    /// `MRW`.
    Mrw = 0x0028,
    /// `ENHANCED_DEFECT_REPORTING`.
    EnhancedDefectReporting = 0x0029,
    /// `DVD_PLUS_RW`.
    DvdPlusRw = 0x002A,
    /// `DVD_PLUS_R`.
    DvdPlusR = 0x002B,
    /// `RIGID_RESTRICTED_OVERWRITE`.
    RigidRestrictedOverwrite = 0x002C,
    /// `CD_TRACK_AT_ONCE`.
    CdTrackAtOnce = 0x002D,
    /// `CD_MASTERING`.
    CdMastering = 0x002E,
    /// `DVD_DASH_WRITE`.
    DvdDashWrite = 0x002F,
    /// `DOUBLE_DENSITY_CD_READ`.
    DoubleDensityCdRead = 0x0030,
    /// `DOUBLE_DENSITY_CD_R_WRITE`.
    DoubleDensityCdRWrite = 0x0031,
    /// `DOUBLE_DENSITY_CD_RW_WRITE`.
    DoubleDensityCdRwWrite = 0x0032,
    /// `LAYER_JUMP_RECORDING`.
    LayerJumpRecording = 0x0033,
    /// `CD_RW_MEDIA_WRITE_SUPPORT`.
    CdRwMediaWriteSupport = 0x0037,
    /// `BD_PSEUDO_OVERWRITE`.
    BdPseudoOverwrite = 0x0038,
    /// `DVD_PLUS_R_DUAL_LAYER`.
    DvdPlusRDualLayer = 0x003B,
    /// `BD_READ`.
    BdRead = 0x0040,
    /// `BD_WRITE`.
    BdWrite = 0x0041,
    /// `HD_DVD_READ`.
    HdDvdRead = 0x0050,
    /// `HD_DVD_WRITE`.
    HdDvdWrite = 0x0051,
    /// `POWER_MANAGEMENT`.
    PowerManagement = 0x0100,
    /// `SMART`.
    Smart = 0x0101,
    /// `EMBEDDED_CHANGER`.
    EmbeddedChanger = 0x0102,
    /// `CD_ANALOG_PLAY`.
    CdAnalogPlay = 0x0103,
    /// `MICROCODE_UPDATE`.
    MicrocodeUpdate = 0x0104,
    /// `TIMEOUT`.
    Timeout = 0x0105,
    /// `DVD_CSS`.
    DvdCss = 0x0106,
    /// `REAL_TIME_STREAMING`.
    RealTimeStreaming = 0x0107,
    /// `LOGICAL_UNIT_SERIAL_NUMBER`.
    LogicalUnitSerialNumber = 0x0108,
    /// `MEDIA_SERIAL_NUMBER`.
    MediaSerialNumber = 0x0109,
    /// `DISC_CONTROL_BLOCKS`.
    DiscControlBlocks = 0x010A,
    /// `DVD_CPRM`.
    DvdCprm = 0x010B,
    /// `FIRMWARE_INFORMATION`.
    FirmwareInformation = 0x010C,
    /// `AACS`.
    Aacs = 0x010D,
    /// `VCPS`.
    Vcps = 0x0110,
}

/// `IMAPI_PROFILE_TYPE`: profile numbers of GET CONFIGURATION.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileType {
    /// `INVALID`.
    Invalid = 0x0000,
    /// `NON_REMOVABLE_DISK`.
    NonRemovableDisk = 0x0001,
    /// `REMOVABLE_DISK`.
    RemovableDisk = 0x0002,
    /// `MO_ERASABLE`.
    MoErasable = 0x0003,
    /// `MO_WRITE_ONCE`.
    MoWriteOnce = 0x0004,
    /// `AS_MO`.
    AsMo = 0x0005,
    /// `CDROM`.
    Cdrom = 0x0008,
    /// `CD_RECORDABLE`.
    CdRecordable = 0x0009,
    /// `CD_REWRITABLE`.
    CdRewritable = 0x000A,
    /// `DVDROM`.
    Dvdrom = 0x0010,
    /// `DVD_DASH_RECORDABLE`.
    DvdDashRecordable = 0x0011,
    /// `DVD_RAM`.
    DvdRam = 0x0012,
    /// `DVD_DASH_REWRITABLE`.
    DvdDashRewritable = 0x0013,
    /// `DVD_DASH_RW_SEQUENTIAL`.
    DvdDashRwSequential = 0x0014,
    /// `DVD_DASH_R_DUAL_SEQUENTIAL`.
    DvdDashRDualSequential = 0x0015,
    /// `DVD_DASH_R_DUAL_LAYER_JUMP`.
    DvdDashRDualLayerJump = 0x0016,
    /// `DVD_PLUS_RW`.
    DvdPlusRw = 0x001A,
    /// `DVD_PLUS_R`.
    DvdPlusR = 0x001B,
    /// `DDCDROM`.
    Ddcdrom = 0x0020,
    /// `DDCD_RECORDABLE`.
    DdcdRecordable = 0x0021,
    /// `DDCD_REWRITABLE`.
    DdcdRewritable = 0x0022,
    /// `DVD_PLUS_RW_DUAL`.
    DvdPlusRwDual = 0x002A,
    /// `DVD_PLUS_R_DUAL`.
    DvdPlusRDual = 0x002B,
    /// `BD_ROM`.
    BdRom = 0x0040,
    /// `BD_R_SEQUENTIAL`.
    BdRSequential = 0x0041,
    /// `BD_R_RANDOM_RECORDING`.
    BdRRandomRecording = 0x0042,
    /// `BD_REWRITABLE`.
    BdRewritable = 0x0043,
    /// `HD_DVD_ROM`.
    HdDvdRom = 0x0050,
    /// `HD_DVD_RECORDABLE`.
    HdDvdRecordable = 0x0051,
    /// `HD_DVD_RAM`.
    HdDvdRam = 0x0052,
    /// `NON_STANDARD`.
    NonStandard = 0xFFFF,
}

#[cfg(test)]
mod tests {
    use super::*;
    use webburn_imapi::enums as imapi;

    #[test]
    fn read_track_address_type() {
        let here = [
            ReadTrackAddressType::Lba as u32,
            ReadTrackAddressType::Track as u32,
            ReadTrackAddressType::Session as u32,
        ];
        let there: Vec<u32> = imapi::ReadTrackAddressType::ALL.iter().map(|one| u32::from(one.value())).collect();
        assert_eq!(here[..], there[..]);
    }

    #[test]
    fn mode_page_request_type() {
        let here = [
            ModePageRequestType::CurrentValues as u32,
            ModePageRequestType::ChangeableValues as u32,
            ModePageRequestType::DefaultValues as u32,
            ModePageRequestType::SavedValues as u32,
        ];
        let there: Vec<u32> = imapi::ModePageRequestType::ALL.iter().map(|one| u32::from(one.value())).collect();
        assert_eq!(here[..], there[..]);
    }

    #[test]
    fn mode_page_type() {
        let here = [
            ModePageType::ReadWriteErrorRecovery as u16,
            ModePageType::Mrw as u16,
            ModePageType::WriteParameters as u16,
            ModePageType::Caching as u16,
            ModePageType::PowerCondition as u16,
            ModePageType::InformationalExceptions as u16,
            ModePageType::TimeoutAndProtect as u16,
            ModePageType::LegacyCapabilities as u16,
        ];
        let there: Vec<u16> = imapi::ModePageType::NAMED.iter().map(|one| one.0).collect();
        assert_eq!(here[..], there[..]);
    }

    #[test]
    fn feature_page_type() {
        let here = [
            FeaturePageType::ProfileList as u16,
            FeaturePageType::Core as u16,
            FeaturePageType::Morphing as u16,
            FeaturePageType::RemovableMedium as u16,
            FeaturePageType::WriteProtect as u16,
            FeaturePageType::RandomlyReadable as u16,
            FeaturePageType::CdMultiread as u16,
            FeaturePageType::CdRead as u16,
            FeaturePageType::DvdRead as u16,
            FeaturePageType::RandomlyWritable as u16,
            FeaturePageType::IncrementalStreamingWritable as u16,
            FeaturePageType::SectorErasable as u16,
            FeaturePageType::Formattable as u16,
            FeaturePageType::HardwareDefectManagement as u16,
            FeaturePageType::WriteOnce as u16,
            FeaturePageType::RestrictedOverwrite as u16,
            FeaturePageType::CdrwCavWrite as u16,
            FeaturePageType::Mrw as u16,
            FeaturePageType::EnhancedDefectReporting as u16,
            FeaturePageType::DvdPlusRw as u16,
            FeaturePageType::DvdPlusR as u16,
            FeaturePageType::RigidRestrictedOverwrite as u16,
            FeaturePageType::CdTrackAtOnce as u16,
            FeaturePageType::CdMastering as u16,
            FeaturePageType::DvdDashWrite as u16,
            FeaturePageType::DoubleDensityCdRead as u16,
            FeaturePageType::DoubleDensityCdRWrite as u16,
            FeaturePageType::DoubleDensityCdRwWrite as u16,
            FeaturePageType::LayerJumpRecording as u16,
            FeaturePageType::CdRwMediaWriteSupport as u16,
            FeaturePageType::BdPseudoOverwrite as u16,
            FeaturePageType::DvdPlusRDualLayer as u16,
            FeaturePageType::BdRead as u16,
            FeaturePageType::BdWrite as u16,
            FeaturePageType::HdDvdRead as u16,
            FeaturePageType::HdDvdWrite as u16,
            FeaturePageType::PowerManagement as u16,
            FeaturePageType::Smart as u16,
            FeaturePageType::EmbeddedChanger as u16,
            FeaturePageType::CdAnalogPlay as u16,
            FeaturePageType::MicrocodeUpdate as u16,
            FeaturePageType::Timeout as u16,
            FeaturePageType::DvdCss as u16,
            FeaturePageType::RealTimeStreaming as u16,
            FeaturePageType::LogicalUnitSerialNumber as u16,
            FeaturePageType::MediaSerialNumber as u16,
            FeaturePageType::DiscControlBlocks as u16,
            FeaturePageType::DvdCprm as u16,
            FeaturePageType::FirmwareInformation as u16,
            FeaturePageType::Aacs as u16,
            FeaturePageType::Vcps as u16,
        ];
        let there: Vec<u16> = imapi::FeaturePageType::NAMED.iter().map(|one| one.0).collect();
        assert_eq!(here[..], there[..]);
    }

    #[test]
    fn profile_type() {
        let here = [
            ProfileType::Invalid as u16,
            ProfileType::NonRemovableDisk as u16,
            ProfileType::RemovableDisk as u16,
            ProfileType::MoErasable as u16,
            ProfileType::MoWriteOnce as u16,
            ProfileType::AsMo as u16,
            ProfileType::Cdrom as u16,
            ProfileType::CdRecordable as u16,
            ProfileType::CdRewritable as u16,
            ProfileType::Dvdrom as u16,
            ProfileType::DvdDashRecordable as u16,
            ProfileType::DvdRam as u16,
            ProfileType::DvdDashRewritable as u16,
            ProfileType::DvdDashRwSequential as u16,
            ProfileType::DvdDashRDualSequential as u16,
            ProfileType::DvdDashRDualLayerJump as u16,
            ProfileType::DvdPlusRw as u16,
            ProfileType::DvdPlusR as u16,
            ProfileType::Ddcdrom as u16,
            ProfileType::DdcdRecordable as u16,
            ProfileType::DdcdRewritable as u16,
            ProfileType::DvdPlusRwDual as u16,
            ProfileType::DvdPlusRDual as u16,
            ProfileType::BdRom as u16,
            ProfileType::BdRSequential as u16,
            ProfileType::BdRRandomRecording as u16,
            ProfileType::BdRewritable as u16,
            ProfileType::HdDvdRom as u16,
            ProfileType::HdDvdRecordable as u16,
            ProfileType::HdDvdRam as u16,
            ProfileType::NonStandard as u16,
        ];
        let there: Vec<u16> = imapi::ProfileType::NAMED.iter().map(|one| one.0).collect();
        assert_eq!(here[..], there[..]);
    }
}
