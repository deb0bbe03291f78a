//! What a writer is at, and how it is to write.

closed! {
    /// `IMAPI_FORMAT2_DATA_WRITE_ACTION`.
    DataWriteAction(u32) {
        /// Looking at the disc.
        ValidatingMedia = 0, "IMAPI_FORMAT2_DATA_WRITE_ACTION_VALIDATING_MEDIA";
        /// Formatting it.
        FormattingMedia = 1, "IMAPI_FORMAT2_DATA_WRITE_ACTION_FORMATTING_MEDIA";
        /// Mode page 05h, speed.
        InitializingHardware = 2, "IMAPI_FORMAT2_DATA_WRITE_ACTION_INITIALIZING_HARDWARE";
        /// Power calibration.
        CalibratingPower = 3, "IMAPI_FORMAT2_DATA_WRITE_ACTION_CALIBRATING_POWER";
        /// Writing.
        WritingData = 4, "IMAPI_FORMAT2_DATA_WRITE_ACTION_WRITING_DATA";
        /// Flushing and closing.
        Finalization = 5, "IMAPI_FORMAT2_DATA_WRITE_ACTION_FINALIZATION";
        /// Done.
        Completed = 6, "IMAPI_FORMAT2_DATA_WRITE_ACTION_COMPLETED";
        /// Reading back.
        Verifying = 7, "IMAPI_FORMAT2_DATA_WRITE_ACTION_VERIFYING";
    }
}

closed! {
    /// `IMAPI_FORMAT2_TAO_WRITE_ACTION`.
    TaoWriteAction(u32) {
        /// Not known.
        Unknown = 0, "IMAPI_FORMAT2_TAO_WRITE_ACTION_UNKNOWN";
        /// Preparing the hardware.
        Preparing = 1, "IMAPI_FORMAT2_TAO_WRITE_ACTION_PREPARING";
        /// Writing.
        Writing = 2, "IMAPI_FORMAT2_TAO_WRITE_ACTION_WRITING";
        /// Closing the track or session.
        Finishing = 3, "IMAPI_FORMAT2_TAO_WRITE_ACTION_FINISHING";
        /// Verifying.
        Verifying = 4, "IMAPI_FORMAT2_TAO_WRITE_ACTION_VERIFYING";
    }
}

closed! {
    /// `IMAPI_FORMAT2_RAW_CD_WRITE_ACTION`.
    RawCdWriteAction(u32) {
        /// Not known.
        Unknown = 0, "IMAPI_FORMAT2_RAW_CD_WRITE_ACTION_UNKNOWN";
        /// Preparing the hardware.
        Preparing = 1, "IMAPI_FORMAT2_RAW_CD_WRITE_ACTION_PREPARING";
        /// Writing.
        Writing = 2, "IMAPI_FORMAT2_RAW_CD_WRITE_ACTION_WRITING";
        /// Flushing the drive's buffer.
        Finishing = 3, "IMAPI_FORMAT2_RAW_CD_WRITE_ACTION_FINISHING";
    }
}

closed! {
    /// `IMAPI_FORMAT2_RAW_CD_DATA_SECTOR_TYPE`; the numbers are the data block types of mode page 05h.
    RawCdDataSectorType(u32) {
        /// Main channel with P and Q: 2368 bytes.
        PqOnly = 1, "IMAPI_FORMAT2_RAW_CD_SUBCODE_PQ_ONLY";
        /// Main channel with corrected R to W: 2448 bytes.
        IsCooked = 2, "IMAPI_FORMAT2_RAW_CD_SUBCODE_IS_COOKED";
        /// Main channel with raw P to W: 2448 bytes.
        IsRaw = 3, "IMAPI_FORMAT2_RAW_CD_SUBCODE_IS_RAW";
    }
}

closed! {
    /// `IMAPI_CD_SECTOR_TYPE`.
    CdSectorType(u32) {
        /// 2352 bytes of audio.
        Audio = 0, "IMAPI_CD_SECTOR_AUDIO";
        /// 2336 zeros.
        ModeZero = 1, "IMAPI_CD_SECTOR_MODE_ZERO";
        /// 2048 bytes.
        Mode1 = 2, "IMAPI_CD_SECTOR_MODE1";
        /// 2336 bytes without form.
        Mode2Form0 = 3, "IMAPI_CD_SECTOR_MODE2FORM0";
        /// 2048 bytes.
        Mode2Form1 = 4, "IMAPI_CD_SECTOR_MODE2FORM1";
        /// 2336 bytes, the last four an optional CRC.
        Mode2Form2 = 5, "IMAPI_CD_SECTOR_MODE2FORM2";
        /// 2352 bytes, coded and scrambled.
        Mode1Raw = 6, "IMAPI_CD_SECTOR_MODE1RAW";
        /// 2352 bytes, coded and scrambled.
        Mode2Form0Raw = 7, "IMAPI_CD_SECTOR_MODE2FORM0RAW";
        /// 2352 bytes, coded and scrambled.
        Mode2Form1Raw = 8, "IMAPI_CD_SECTOR_MODE2FORM1RAW";
        /// 2352 bytes, coded and scrambled.
        Mode2Form2Raw = 9, "IMAPI_CD_SECTOR_MODE2FORM2RAW";
    }
}

closed! {
    /// `IMAPI_CD_TRACK_DIGITAL_COPY_SETTING`.
    DigitalCopySetting(u32) {
        /// Copies are allowed.
        Permitted = 0, "IMAPI_CD_TRACK_DIGITAL_COPY_PERMITTED";
        /// Copies are not allowed.
        Prohibited = 1, "IMAPI_CD_TRACK_DIGITAL_COPY_PROHIBITED";
        /// A copy already; no further copies.
        Scms = 2, "IMAPI_CD_TRACK_DIGITAL_COPY_SCMS";
    }
}

closed! {
    /// `IMAPI_BURN_VERIFICATION_LEVEL`.
    BurnVerificationLevel(u32) {
        /// Nothing is verified.
        None = 0, "IMAPI_BURN_VERIFICATION_NONE";
        /// Disc and track information, and a few sectors.
        Quick = 1, "IMAPI_BURN_VERIFICATION_QUICK";
        /// The whole of what was written is read back.
        Full = 2, "IMAPI_BURN_VERIFICATION_FULL";
    }
}

impl Default for BurnVerificationLevel {
    /// Nothing is verified unless asked for.
    fn default() -> Self {
        BurnVerificationLevel::None
    }
}

impl From<DataWriteAction> for TaoWriteAction {
    /// The same moment of a job by the name that the track-at-once writer gives it.
    fn from(action: DataWriteAction) -> Self {
        match action {
            DataWriteAction::WritingData => TaoWriteAction::Writing,
            DataWriteAction::Finalization | DataWriteAction::Completed => TaoWriteAction::Finishing,
            DataWriteAction::Verifying => TaoWriteAction::Verifying,
            _ => TaoWriteAction::Preparing,
        }
    }
}

impl From<DataWriteAction> for RawCdWriteAction {
    /// The same moment of a job by the name that the raw writer gives it.
    fn from(action: DataWriteAction) -> Self {
        match action {
            DataWriteAction::WritingData => RawCdWriteAction::Writing,
            DataWriteAction::Finalization | DataWriteAction::Completed | DataWriteAction::Verifying => {
                RawCdWriteAction::Finishing
            }
            _ => RawCdWriteAction::Preparing,
        }
    }
}

impl RawCdDataSectorType {
    /// Bytes of a block.
    #[must_use]
    pub const fn block_size(self) -> usize {
        match self {
            RawCdDataSectorType::PqOnly => 2368,
            RawCdDataSectorType::IsCooked | RawCdDataSectorType::IsRaw => 2448,
        }
    }
}
