//! What a writer is at, and how it is to write.

use wasm_bindgen::prelude::wasm_bindgen;

/// `IMAPI_FORMAT2_DATA_WRITE_ACTION`.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataWriteAction {
    /// `IMAPI_FORMAT2_DATA_WRITE_ACTION_VALIDATING_MEDIA`. Looking at the disc.
    ValidatingMedia = 0,
    /// `IMAPI_FORMAT2_DATA_WRITE_ACTION_FORMATTING_MEDIA`. Formatting it.
    FormattingMedia = 1,
    /// `IMAPI_FORMAT2_DATA_WRITE_ACTION_INITIALIZING_HARDWARE`. Mode page 05h, speed.
    InitializingHardware = 2,
    /// `IMAPI_FORMAT2_DATA_WRITE_ACTION_CALIBRATING_POWER`. Power calibration.
    CalibratingPower = 3,
    /// `IMAPI_FORMAT2_DATA_WRITE_ACTION_WRITING_DATA`. Writing.
    WritingData = 4,
    /// `IMAPI_FORMAT2_DATA_WRITE_ACTION_FINALIZATION`. Flushing and closing.
    Finalization = 5,
    /// `IMAPI_FORMAT2_DATA_WRITE_ACTION_COMPLETED`. Done.
    Completed = 6,
    /// `IMAPI_FORMAT2_DATA_WRITE_ACTION_VERIFYING`. Reading back.
    Verifying = 7,
}

/// `IMAPI_FORMAT2_TAO_WRITE_ACTION`.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaoWriteAction {
    /// `IMAPI_FORMAT2_TAO_WRITE_ACTION_UNKNOWN`. Not known.
    Unknown = 0,
    /// `IMAPI_FORMAT2_TAO_WRITE_ACTION_PREPARING`. Preparing the hardware.
    Preparing = 1,
    /// `IMAPI_FORMAT2_TAO_WRITE_ACTION_WRITING`. Writing.
    Writing = 2,
    /// `IMAPI_FORMAT2_TAO_WRITE_ACTION_FINISHING`. Closing the track or session.
    Finishing = 3,
    /// `IMAPI_FORMAT2_TAO_WRITE_ACTION_VERIFYING`. Verifying.
    Verifying = 4,
}

/// `IMAPI_FORMAT2_RAW_CD_WRITE_ACTION`.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RawCdWriteAction {
    /// `IMAPI_FORMAT2_RAW_CD_WRITE_ACTION_UNKNOWN`. Not known.
    Unknown = 0,
    /// `IMAPI_FORMAT2_RAW_CD_WRITE_ACTION_PREPARING`. Preparing the hardware.
    Preparing = 1,
    /// `IMAPI_FORMAT2_RAW_CD_WRITE_ACTION_WRITING`. Writing.
    Writing = 2,
    /// `IMAPI_FORMAT2_RAW_CD_WRITE_ACTION_FINISHING`. Flushing the drive's buffer.
    Finishing = 3,
}

/// `IMAPI_FORMAT2_RAW_CD_DATA_SECTOR_TYPE`; the numbers are the data block types of mode page 05h.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RawCdDataSectorType {
    /// `IMAPI_FORMAT2_RAW_CD_SUBCODE_PQ_ONLY`. Main channel with P and Q: 2368 bytes.
    PqOnly = 1,
    /// `IMAPI_FORMAT2_RAW_CD_SUBCODE_IS_COOKED`. Main channel with corrected R to W: 2448 bytes.
    IsCooked = 2,
    /// `IMAPI_FORMAT2_RAW_CD_SUBCODE_IS_RAW`. Main channel with raw P to W: 2448 bytes.
    IsRaw = 3,
}

/// `IMAPI_CD_SECTOR_TYPE`.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CdSectorType {
    /// `IMAPI_CD_SECTOR_AUDIO`. 2352 bytes of audio.
    Audio = 0,
    /// `IMAPI_CD_SECTOR_MODE_ZERO`. 2336 zeros.
    ModeZero = 1,
    /// `IMAPI_CD_SECTOR_MODE1`. 2048 bytes.
    Mode1 = 2,
    /// `IMAPI_CD_SECTOR_MODE2FORM0`. 2336 bytes without form.
    Mode2Form0 = 3,
    /// `IMAPI_CD_SECTOR_MODE2FORM1`. 2048 bytes.
    Mode2Form1 = 4,
    /// `IMAPI_CD_SECTOR_MODE2FORM2`. 2336 bytes, the last four an optional CRC.
    Mode2Form2 = 5,
    /// `IMAPI_CD_SECTOR_MODE1RAW`. 2352 bytes, coded and scrambled.
    Mode1Raw = 6,
    /// `IMAPI_CD_SECTOR_MODE2FORM0RAW`. 2352 bytes, coded and scrambled.
    Mode2Form0Raw = 7,
    /// `IMAPI_CD_SECTOR_MODE2FORM1RAW`. 2352 bytes, coded and scrambled.
    Mode2Form1Raw = 8,
    /// `IMAPI_CD_SECTOR_MODE2FORM2RAW`. 2352 bytes, coded and scrambled.
    Mode2Form2Raw = 9,
}

/// `IMAPI_CD_TRACK_DIGITAL_COPY_SETTING`.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DigitalCopySetting {
    /// `IMAPI_CD_TRACK_DIGITAL_COPY_PERMITTED`. Copies are allowed.
    Permitted = 0,
    /// `IMAPI_CD_TRACK_DIGITAL_COPY_PROHIBITED`. Copies are not allowed.
    Prohibited = 1,
    /// `IMAPI_CD_TRACK_DIGITAL_COPY_SCMS`. A copy already; no further copies.
    Scms = 2,
}

/// `IMAPI_BURN_VERIFICATION_LEVEL`.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BurnVerificationLevel {
    /// `IMAPI_BURN_VERIFICATION_NONE`. Nothing is verified.
    None = 0,
    /// `IMAPI_BURN_VERIFICATION_QUICK`. Disc and track information, and a few sectors.
    Quick = 1,
    /// `IMAPI_BURN_VERIFICATION_FULL`. The whole of what was written is read back.
    Full = 2,
}

#[cfg(test)]
mod tests {
    use super::*;
    use webburn_imapi::enums as imapi;

    #[test]
    fn data_write_action() {
        let here = [
            DataWriteAction::ValidatingMedia as u32,
            DataWriteAction::FormattingMedia as u32,
            DataWriteAction::InitializingHardware as u32,
            DataWriteAction::CalibratingPower as u32,
            DataWriteAction::WritingData as u32,
            DataWriteAction::Finalization as u32,
            DataWriteAction::Completed as u32,
            DataWriteAction::Verifying as u32,
        ];
        let there: Vec<u32> = imapi::DataWriteAction::ALL.iter().map(|one| one.value()).collect();
        assert_eq!(here[..], there[..]);
    }

    #[test]
    fn tao_write_action() {
        let here = [
            TaoWriteAction::Unknown as u32,
            TaoWriteAction::Preparing as u32,
            TaoWriteAction::Writing as u32,
            TaoWriteAction::Finishing as u32,
            TaoWriteAction::Verifying as u32,
        ];
        let there: Vec<u32> = imapi::TaoWriteAction::ALL.iter().map(|one| one.value()).collect();
        assert_eq!(here[..], there[..]);
    }

    #[test]
    fn raw_cd_write_action() {
        let here = [
            RawCdWriteAction::Unknown as u32,
            RawCdWriteAction::Preparing as u32,
            RawCdWriteAction::Writing as u32,
            RawCdWriteAction::Finishing as u32,
        ];
        let there: Vec<u32> = imapi::RawCdWriteAction::ALL.iter().map(|one| one.value()).collect();
        assert_eq!(here[..], there[..]);
    }

    #[test]
    fn raw_cd_data_sector_type() {
        let here = [
            RawCdDataSectorType::PqOnly as u32,
            RawCdDataSectorType::IsCooked as u32,
            RawCdDataSectorType::IsRaw as u32,
        ];
        let there: Vec<u32> = imapi::RawCdDataSectorType::ALL.iter().map(|one| one.value()).collect();
        assert_eq!(here[..], there[..]);
    }

    #[test]
    fn cd_sector_type() {
        let here = [
            CdSectorType::Audio as u32,
            CdSectorType::ModeZero as u32,
            CdSectorType::Mode1 as u32,
            CdSectorType::Mode2Form0 as u32,
            CdSectorType::Mode2Form1 as u32,
            CdSectorType::Mode2Form2 as u32,
            CdSectorType::Mode1Raw as u32,
            CdSectorType::Mode2Form0Raw as u32,
            CdSectorType::Mode2Form1Raw as u32,
            CdSectorType::Mode2Form2Raw as u32,
        ];
        let there: Vec<u32> = imapi::CdSectorType::ALL.iter().map(|one| one.value()).collect();
        assert_eq!(here[..], there[..]);
    }

    #[test]
    fn digital_copy_setting() {
        let here = [
            DigitalCopySetting::Permitted as u32,
            DigitalCopySetting::Prohibited as u32,
            DigitalCopySetting::Scms as u32,
        ];
        let there: Vec<u32> = imapi::DigitalCopySetting::ALL.iter().map(|one| one.value()).collect();
        assert_eq!(here[..], there[..]);
    }

    #[test]
    fn burn_verification_level() {
        let here = [
            BurnVerificationLevel::None as u32,
            BurnVerificationLevel::Quick as u32,
            BurnVerificationLevel::Full as u32,
        ];
        let there: Vec<u32> = imapi::BurnVerificationLevel::ALL.iter().map(|one| one.value()).collect();
        assert_eq!(here[..], there[..]);
    }
}
