//! What a disc is and what state it is in.

use wasm_bindgen::prelude::wasm_bindgen;

/// `IMAPI_MEDIA_PHYSICAL_TYPE`. Numbers to FFFFh are Microsoft's.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaPhysicalType {
    /// `IMAPI_MEDIA_TYPE_UNKNOWN`. Empty or not recognised.
    Unknown = 0,
    /// `IMAPI_MEDIA_TYPE_CDROM`. CD-ROM, or a recordable CD that this drive only reads.
    CdRom = 1,
    /// `IMAPI_MEDIA_TYPE_CDR`. CD-R.
    CdR = 2,
    /// `IMAPI_MEDIA_TYPE_CDRW`. CD-RW.
    CdRw = 3,
    /// `IMAPI_MEDIA_TYPE_DVDROM`. DVD-ROM, or a recordable DVD that this drive only reads.
    DvdRom = 4,
    /// `IMAPI_MEDIA_TYPE_DVDRAM`. DVD-RAM.
    DvdRam = 5,
    /// `IMAPI_MEDIA_TYPE_DVDPLUSR`. DVD+R.
    DvdPlusR = 6,
    /// `IMAPI_MEDIA_TYPE_DVDPLUSRW`. DVD+RW.
    DvdPlusRw = 7,
    /// `IMAPI_MEDIA_TYPE_DVDPLUSR_DUALLAYER`. DVD+R with two layers.
    DvdPlusRDualLayer = 8,
    /// `IMAPI_MEDIA_TYPE_DVDDASHR`. DVD-R.
    DvdDashR = 9,
    /// `IMAPI_MEDIA_TYPE_DVDDASHRW`. DVD-RW, sequential or restricted overwrite.
    DvdDashRw = 10,
    /// `IMAPI_MEDIA_TYPE_DVDDASHR_DUALLAYER`. DVD-R with two layers.
    DvdDashRDualLayer = 11,
    /// `IMAPI_MEDIA_TYPE_DISK`. Disk-like: random access with defect management.
    Disk = 12,
    /// `IMAPI_MEDIA_TYPE_DVDPLUSRW_DUALLAYER`. DVD+RW with two layers.
    DvdPlusRwDualLayer = 13,
    /// `IMAPI_MEDIA_TYPE_HDDVDROM`. HD DVD-ROM.
    HdDvdRom = 14,
    /// `IMAPI_MEDIA_TYPE_HDDVDR`. HD DVD-R.
    HdDvdR = 15,
    /// `IMAPI_MEDIA_TYPE_HDDVDRAM`. HD DVD-RAM.
    HdDvdRam = 16,
    /// `IMAPI_MEDIA_TYPE_BDROM`. BD-ROM.
    BdRom = 17,
    /// `IMAPI_MEDIA_TYPE_BDR`. BD-R.
    BdR = 18,
    /// `IMAPI_MEDIA_TYPE_BDRE`. BD-RE.
    BdRe = 19,
}

/// `IMAPI_MEDIA_WRITE_PROTECT_STATE`.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteProtectState {
    /// `IMAPI_WRITEPROTECTED_UNTIL_POWERDOWN`. Until the power is cycled.
    UntilPowerdown = 0x0001,
    /// `IMAPI_WRITEPROTECTED_BY_CARTRIDGE`. The tab of the cartridge.
    ByCartridge = 0x0002,
    /// `IMAPI_WRITEPROTECTED_BY_MEDIA_SPECIFIC_REASON`. The medium's own reason, such as spare areas used up.
    ByMediaSpecificReason = 0x0004,
    /// `IMAPI_WRITEPROTECTED_BY_SOFTWARE_WRITE_PROTECT`. A flag on the medium.
    BySoftwareWriteProtect = 0x0008,
    /// `IMAPI_WRITEPROTECTED_BY_DISC_CONTROL_BLOCK`. The disc control block of a DVD+RW.
    ByDiscControlBlock = 0x0010,
    /// `IMAPI_WRITEPROTECTED_READ_ONLY_MEDIA`. The drive sees no way to write this disc.
    ReadOnlyMedia = 0x4000,
}

/// `IMAPI_FORMAT2_DATA_MEDIA_STATE`.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaState {
    /// `IMAPI_FORMAT2_DATA_MEDIA_STATE_OVERWRITE_ONLY`. Written parts may be overwritten (formerly `RANDOMLY_WRITABLE`).
    OverwriteOnly = 0x0001,
    /// `IMAPI_FORMAT2_DATA_MEDIA_STATE_BLANK`. Never used, or erased.
    Blank = 0x0002,
    /// `IMAPI_FORMAT2_DATA_MEDIA_STATE_APPENDABLE`. Another session can be added.
    Appendable = 0x0004,
    /// `IMAPI_FORMAT2_DATA_MEDIA_STATE_FINAL_SESSION`. Only one more session, or none at all on this kind of disc.
    FinalSession = 0x0008,
    /// `IMAPI_FORMAT2_DATA_MEDIA_STATE_INFORMATIONAL_MASK`. The four above.
    InformationalMask = 0x000F,
    /// `IMAPI_FORMAT2_DATA_MEDIA_STATE_DAMAGED`. Not usable here; erasing may help.
    Damaged = 0x0400,
    /// `IMAPI_FORMAT2_DATA_MEDIA_STATE_ERASE_REQUIRED`. To be erased first.
    EraseRequired = 0x0800,
    /// `IMAPI_FORMAT2_DATA_MEDIA_STATE_NON_EMPTY_SESSION`. The last session is written in part.
    NonEmptySession = 0x1000,
    /// `IMAPI_FORMAT2_DATA_MEDIA_STATE_WRITE_PROTECTED`. The disc or the drive forbids writing.
    WriteProtected = 0x2000,
    /// `IMAPI_FORMAT2_DATA_MEDIA_STATE_FINALIZED`. Closed for good.
    Finalized = 0x4000,
    /// `IMAPI_FORMAT2_DATA_MEDIA_STATE_UNSUPPORTED_MEDIA`. Not a disc for this writer.
    UnsupportedMedia = 0x8000,
    /// `IMAPI_FORMAT2_DATA_MEDIA_STATE_UNSUPPORTED_MASK`. The last six.
    UnsupportedMask = 0xFC00,
}

#[cfg(test)]
mod tests {
    use super::*;
    use webburn_imapi::enums as imapi;

    #[test]
    fn media_physical_type() {
        let here = [
            MediaPhysicalType::Unknown as u32,
            MediaPhysicalType::CdRom as u32,
            MediaPhysicalType::CdR as u32,
            MediaPhysicalType::CdRw as u32,
            MediaPhysicalType::DvdRom as u32,
            MediaPhysicalType::DvdRam as u32,
            MediaPhysicalType::DvdPlusR as u32,
            MediaPhysicalType::DvdPlusRw as u32,
            MediaPhysicalType::DvdPlusRDualLayer as u32,
            MediaPhysicalType::DvdDashR as u32,
            MediaPhysicalType::DvdDashRw as u32,
            MediaPhysicalType::DvdDashRDualLayer as u32,
            MediaPhysicalType::Disk as u32,
            MediaPhysicalType::DvdPlusRwDualLayer as u32,
            MediaPhysicalType::HdDvdRom as u32,
            MediaPhysicalType::HdDvdR as u32,
            MediaPhysicalType::HdDvdRam as u32,
            MediaPhysicalType::BdRom as u32,
            MediaPhysicalType::BdR as u32,
            MediaPhysicalType::BdRe as u32,
        ];
        let there: Vec<u32> = imapi::MediaPhysicalType::ALL.iter().map(|one| one.value()).collect();
        assert_eq!(here[..], there[..]);
    }

    #[test]
    fn write_protect_state() {
        assert_eq!(WriteProtectState::UntilPowerdown as u32, imapi::WriteProtectState::UNTIL_POWERDOWN.0);
        assert_eq!(WriteProtectState::ByCartridge as u32, imapi::WriteProtectState::BY_CARTRIDGE.0);
        assert_eq!(
            WriteProtectState::ByMediaSpecificReason as u32,
            imapi::WriteProtectState::BY_MEDIA_SPECIFIC_REASON.0
        );
        assert_eq!(
            WriteProtectState::BySoftwareWriteProtect as u32,
            imapi::WriteProtectState::BY_SOFTWARE_WRITE_PROTECT.0
        );
        assert_eq!(WriteProtectState::ByDiscControlBlock as u32, imapi::WriteProtectState::BY_DISC_CONTROL_BLOCK.0);
        assert_eq!(WriteProtectState::ReadOnlyMedia as u32, imapi::WriteProtectState::READ_ONLY_MEDIA.0);
    }

    #[test]
    fn media_state() {
        assert_eq!(MediaState::OverwriteOnly as u32, imapi::MediaState::OVERWRITE_ONLY.0);
        assert_eq!(MediaState::Blank as u32, imapi::MediaState::BLANK.0);
        assert_eq!(MediaState::Appendable as u32, imapi::MediaState::APPENDABLE.0);
        assert_eq!(MediaState::FinalSession as u32, imapi::MediaState::FINAL_SESSION.0);
        assert_eq!(MediaState::InformationalMask as u32, imapi::MediaState::INFORMATIONAL_MASK.0);
        assert_eq!(MediaState::Damaged as u32, imapi::MediaState::DAMAGED.0);
        assert_eq!(MediaState::EraseRequired as u32, imapi::MediaState::ERASE_REQUIRED.0);
        assert_eq!(MediaState::NonEmptySession as u32, imapi::MediaState::NON_EMPTY_SESSION.0);
        assert_eq!(MediaState::WriteProtected as u32, imapi::MediaState::WRITE_PROTECTED.0);
        assert_eq!(MediaState::Finalized as u32, imapi::MediaState::FINALIZED.0);
        assert_eq!(MediaState::UnsupportedMedia as u32, imapi::MediaState::UNSUPPORTED_MEDIA.0);
        assert_eq!(MediaState::UnsupportedMask as u32, imapi::MediaState::UNSUPPORTED_MASK.0);
    }
}
