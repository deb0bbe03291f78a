//! `IDiscRecorder2Ex`: commands passed through, and structures of the drive as they came.

use std::time::Duration;

use webburn_drive::{Clock, CommandError, Doing};
use webburn_mmc::{
    FeatureCode, GetConfiguration, ReadDiscInformation, ReadDiscStructure, ReadTrackInformation, RequestType,
    SendDiscStructure, StructureMedia, TrackAddressType,
};
use webburn_scsi::spc::{ModeParameterList, ModeReply, ModeSelect10, ModeSense10, PageControl};
use webburn_scsi::{Cdb, Data, Raw, ScsiTransport, Status};

use super::{DiscRecorder2, of_drive};
use crate::Error;
use crate::enums::{FeaturePageType, ModePageRequestType, ReadTrackAddressType};
use crate::hresult::{
    E_ACCESSDENIED, E_IMAPI_RECORDER_FEATURE_IS_NOT_CURRENT, E_IMAPI_RECORDER_NO_SUCH_FEATURE,
    E_IMAPI_RECORDER_NO_SUCH_MODE_PAGE, E_INVALIDARG, E_POINTER, HResult, S_IMAPI_COMMAND_HAS_SENSE_DATA, S_OK,
};

/// How a command that was passed through ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommandOutcome {
    /// `S_OK`, or `S_IMAPI_COMMAND_HAS_SENSE_DATA` when the drive answered with sense.
    pub hresult: HResult,
    /// The sense, zeros without any.
    pub sense: [u8; 18],
    /// Bytes that moved.
    pub fetched: usize,
}

/// Operation codes whose length is not held against their group.
const EXEMPT: &[u8] = &[
    0x02, 0x05, 0x06, 0x09, 0x0C, 0x0D, 0x0E, 0x0F, 0x10, 0x13, 0x14, 0x19, 0x20, 0x21, 0x22, 0x23, 0x24, 0x26, 0x27,
    0x29, 0x2C, 0x2D,
];

/// The length rules for command descriptor blocks: 6 to 16 bytes, and what the operation code's group demands.
///
/// # Errors
/// `E_INVALIDARG`.
pub fn check_cdb_length(cdb: &[u8]) -> Result<Cdb, Error> {
    let wrong = || Error::new("argument-invalid", E_INVALIDARG).with("cdbSize", cdb.len() as u64);
    let block = Cdb::from_slice(cdb).map_err(|_| wrong())?;
    let demanded = match block.opcode() {
        opcode if EXEMPT.contains(&opcode) => None,
        0x00..=0x1F => Some(6),
        0x20..=0x5F => Some(10),
        0x80..=0x9F => Some(16),
        0xA0..=0xBF => Some(12),
        // 60h to 7Fh is not enforced, C0h and above is the vendors'.
        _ => None,
    };
    if demanded.is_none_or(|length| length == cdb.len()) { Ok(block) } else { Err(wrong()) }
}

impl<T: ScsiTransport, C: Clock> DiscRecorder2<T, C> {
    /// `SendCommandNoData`.
    ///
    /// # Errors
    /// `E_INVALIDARG` for a bad CDB; a broken wire. What the drive answers is no error.
    pub async fn send_command_no_data(&self, cdb: &[u8], timeout: Duration) -> Result<CommandOutcome, Error> {
        self.pass_through(cdb, Data::None, timeout).await
    }

    /// `SendCommandSendDataToDevice`.
    ///
    /// # Errors
    /// As [`DiscRecorder2::send_command_no_data`]; `E_INVALIDARG` without data.
    pub async fn send_command_send_data_to_device(
        &self,
        cdb: &[u8],
        data: &[u8],
        timeout: Duration,
    ) -> Result<CommandOutcome, Error> {
        if data.is_empty() {
            return Err(Error::new("argument-invalid", E_INVALIDARG));
        }
        self.pass_through(cdb, Data::Out(data), timeout).await
    }

    /// `SendCommandGetDataFromDevice`; the answer's first `fetched` bytes of `buffer` are valid.
    ///
    /// # Errors
    /// As [`DiscRecorder2::send_command_no_data`]; `E_INVALIDARG` without room.
    pub async fn send_command_get_data_from_device(
        &self,
        cdb: &[u8],
        buffer: &mut [u8],
        timeout: Duration,
    ) -> Result<CommandOutcome, Error> {
        if buffer.is_empty() {
            return Err(Error::new("argument-invalid", E_INVALIDARG));
        }
        self.pass_through(cdb, Data::In(buffer), timeout).await
    }

    async fn pass_through(&self, cdb: &[u8], data: Data<'_>, timeout: Duration) -> Result<CommandOutcome, Error> {
        let cdb = check_cdb_length(cdb)?;
        // `Quirk::DiesOfMediaSerialNumber`
        if cdb.opcode() == 0xAB {
            return Err(Error::new("command-forbidden", E_ACCESSDENIED));
        }
        let mut drive = self.bound_drive().await?;
        // What somebody else's command does to the disc is not known here.
        drive.forget_media();
        let completion = drive.execute_within(&cdb, data, timeout).await.map_err(|error| {
            of_drive(webburn_drive::Error {
                doing: Doing::PassingThrough,
                at_lba: None,
                command: webburn_mmc::command_name(cdb.opcode()).unwrap_or("a command passed through"),
                opcode: cdb.opcode(),
                cause: CommandError::Transport(error),
            })
        })?;
        drive.forget_media();
        let (hresult, sense) = match &completion.status {
            Status::Good => (S_OK, [0; 18]),
            Status::CheckCondition(sense) => (S_IMAPI_COMMAND_HAS_SENSE_DATA, sense.eighteen()),
            // Neither GOOD nor CHECK CONDITION: there is no sense, and it did not work.
            Status::Other(_) => (S_IMAPI_COMMAND_HAS_SENSE_DATA, [0; 18]),
        };
        Ok(CommandOutcome { hresult, sense, fetched: completion.transferred })
    }

    /// `ReadDvdStructure`: the structure without its header.
    ///
    /// # Errors
    /// `E_IMAPI_RECORDER_DVD_STRUCTURE_NOT_PRESENT` and what any command may meet.
    pub async fn read_dvd_structure(&self, format: u8, address: u32, layer: u8, agid: u8) -> Result<Vec<u8>, Error> {
        let bd = self.media().await?.kind.family() == webburn_drive::media::Family::Bd;
        let media = if bd { StructureMedia::BD } else { StructureMedia::DVD };
        let ask = |allocation_length| ReadDiscStructure { media, address, layer, format, allocation_length, agid };
        let mut drive = self.bound_drive().await?;
        let head = drive.send(Doing::Querying, &ask(4)).await.map_err(of_drive)?;
        let length = head.announced.saturating_add(4);
        Ok(drive.send(Doing::Querying, &ask(length)).await.map_err(of_drive)?.body)
    }

    /// `SendDvdStructure`: the header is added.
    ///
    /// # Errors
    /// What any command may meet.
    pub async fn send_dvd_structure(&self, format: u8, structure: &[u8]) -> Result<(), Error> {
        let bd = self.media().await?.kind.family() == webburn_drive::media::Family::Bd;
        let media = if bd { StructureMedia::BD } else { StructureMedia::DVD };
        let list = SendDiscStructure::list(structure);
        let command = SendDiscStructure { media, format, list: &list };
        self.bound_drive().await?.send(Doing::Querying, &command).await.map_err(of_drive)
    }

    /// `GetDiscInformation`: the answer to READ DISC INFORMATION as it came.
    ///
    /// # Errors
    /// What any command may meet.
    pub async fn get_disc_information(&self) -> Result<Vec<u8>, Error> {
        let ask = |allocation_length| Raw(ReadDiscInformation { allocation_length });
        let mut drive = self.bound_drive().await?;
        let head = drive.send(Doing::Querying, &ask(34)).await.map_err(of_drive)?;
        let announced = head.get(..2).and_then(|b| b.try_into().ok()).map_or(0, u16::from_be_bytes).saturating_add(2);
        if announced <= 34 {
            return Ok(cut(head, announced));
        }
        let whole = drive.send(Doing::Querying, &ask(announced)).await.map_err(of_drive)?;
        Ok(cut(whole, announced))
    }

    /// `GetTrackInformation`: the answer to READ TRACK INFORMATION as it came.
    ///
    /// # Errors
    /// What any command may meet.
    pub async fn get_track_information(
        &self,
        address: u32,
        address_type: ReadTrackAddressType,
    ) -> Result<Vec<u8>, Error> {
        let address_type = TrackAddressType(address_type.value());
        let ask =
            |allocation_length| ReadTrackInformation { open: false, address_type, number: address, allocation_length };
        let mut drive = self.bound_drive().await?;
        let head = drive.raw_track_information(ask(36)).await.map_err(of_drive)?;
        let announced = head.get(..2).and_then(|b| b.try_into().ok()).map_or(0, u16::from_be_bytes).saturating_add(2);
        if announced <= 36 {
            return Ok(cut(head, announced));
        }
        Ok(cut(drive.raw_track_information(ask(announced)).await.map_err(of_drive)?, announced))
    }

    /// `GetFeaturePage`: one feature descriptor, without the header of GET CONFIGURATION.
    ///
    /// # Errors
    /// `E_IMAPI_RECORDER_NO_SUCH_FEATURE`, `…_FEATURE_IS_NOT_CURRENT` when only a current one is wanted,
    /// `…_GET_CONFIGURATION_NOT_SUPPORTED`.
    pub async fn get_feature_page(&self, feature: FeaturePageType, current_only: bool) -> Result<Vec<u8>, Error> {
        let code = FeatureCode(feature.0);
        let ask = |allocation_length| GetConfiguration { request: RequestType::ONE, start: code, allocation_length };
        let mut drive = self.bound_drive().await?;
        let head = drive.send(Doing::Querying, &ask(8)).await.map_err(of_drive)?;
        let length = head.announced.saturating_add(4).clamp(8, 4096) as u16;
        let answer = drive.send(Doing::Querying, &ask(length)).await.map_err(of_drive)?;
        // Some drives return the whole list whatever is asked: the code decides, not the place.
        let Some(found) = answer.find(code) else {
            return Err(Error::new("feature-absent", E_IMAPI_RECORDER_NO_SUCH_FEATURE).with("feature", feature.0));
        };
        if current_only && !found.current {
            return Err(
                Error::new("feature-not-current", E_IMAPI_RECORDER_FEATURE_IS_NOT_CURRENT).with("feature", feature.0)
            );
        }
        Ok(found.encode())
    }

    /// `GetModePage`: one page, without the header of MODE SENSE(10).
    ///
    /// # Errors
    /// `E_IMAPI_RECORDER_NO_SUCH_MODE_PAGE` and what any command may meet.
    pub async fn get_mode_page(&self, page: u8, request: ModePageRequestType) -> Result<Vec<u8>, Error> {
        let ask = |length| Raw(ModeSense10::page(page, PageControl(request.value()), length));
        let mut drive = self.bound_drive().await?;
        let head = drive.send(Doing::Querying, &ask(8)).await.map_err(of_drive)?;
        let announced = head.get(..2).and_then(|b| b.try_into().ok()).map_or(0, u16::from_be_bytes).saturating_add(2);
        let raw = drive.send(Doing::Querying, &ask(announced.max(10))).await.map_err(of_drive)?;
        let reply = ModeReply::parse(&raw).map_err(|malformed| {
            of_drive(webburn_drive::Error {
                doing: Doing::Querying,
                at_lba: None,
                command: "MODE SENSE(10)",
                opcode: 0x5A,
                cause: CommandError::Malformed(malformed),
            })
        })?;
        match reply.page(page) {
            Some(found) => Ok(found.to_vec()),
            None => {
                Err(Error::new("mode-page-absent", E_IMAPI_RECORDER_NO_SUCH_MODE_PAGE).with("page", u32::from(page)))
            }
        }
    }

    /// `SetModePage`: a page with its own two-byte header; the header of MODE SELECT(10) is added.
    ///
    /// # Errors
    /// `E_POINTER` without data, `E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS` and what any command may meet.
    pub async fn set_mode_page(&self, request: ModePageRequestType, page: &[u8]) -> Result<(), Error> {
        if page.is_empty() {
            return Err(Error::new("argument-invalid", E_POINTER));
        }
        let list = ModeParameterList::of_page(page).encode();
        let save_pages = request == ModePageRequestType::SavedValues;
        let command = ModeSelect10 { save_pages, ..ModeSelect10::new(&list) };
        self.bound_drive().await?.send(Doing::Querying, &command).await.map_err(of_drive)
    }

    /// `GetByteAlignmentMask`, as the alignment that buffers need: a power of two.
    pub async fn get_byte_alignment(&self) -> usize {
        self.drive().await.transport().caps().alignment
    }

    /// `GetMaximumNonPageAlignedTransferSize` and `GetMaximumPageAlignedTransferSize`: the largest single transfer.
    /// Transports here know no pages, so they are the same.
    pub async fn get_maximum_transfer_size(&self) -> usize {
        self.drive().await.transport().caps().max_transfer
    }
}

/// An answer as long as it says it is.
fn cut(mut answer: Vec<u8>, announced: u16) -> Vec<u8> {
    answer.truncate(announced.into());
    answer
}
