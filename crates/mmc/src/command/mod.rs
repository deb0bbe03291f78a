//! One command, one file, named as the standard names it.

/// A command without data and without an answer.
macro_rules! plain {
    ($name:ident, $text:literal) => {
        impl ::webburn_scsi::Command for $name {
            const NAME: &'static str = $text;
            type Response = ();
            fn cdb(&self) -> ::webburn_scsi::Cdb {
                self.to_cdb()
            }
            fn decode(&self, _: &[u8]) -> Result<(), ::webburn_scsi::Malformed> {
                Ok(())
            }
        }
    };
}

/// A command whose answer is read by `parse`, up to its `allocation_length`.
macro_rules! reads {
    ($name:ident, $text:literal, $response:ty) => {
        impl ::webburn_scsi::Command for $name {
            const NAME: &'static str = $text;
            type Response = $response;
            fn cdb(&self) -> ::webburn_scsi::Cdb {
                self.to_cdb()
            }
            fn payload(&self) -> ::webburn_scsi::Payload<'_> {
                ::webburn_scsi::Payload::In(self.allocation_length as usize)
            }
            fn decode(&self, data: &[u8]) -> Result<$response, ::webburn_scsi::Malformed> {
                <$response>::parse(data)
            }
        }
    };
}

/// A command that sends the bytes of one of its fields.
macro_rules! sends {
    ($name:ident, $text:literal, $data:ident) => {
        impl ::webburn_scsi::Command for $name<'_> {
            const NAME: &'static str = $text;
            type Response = ();
            fn cdb(&self) -> ::webburn_scsi::Cdb {
                self.to_cdb()
            }
            fn payload(&self) -> ::webburn_scsi::Payload<'_> {
                // A list of no bytes means that there is no data phase.
                if self.$data.is_empty() {
                    ::webburn_scsi::Payload::None
                } else {
                    ::webburn_scsi::Payload::Out(self.$data)
                }
            }
            fn decode(&self, _: &[u8]) -> Result<(), ::webburn_scsi::Malformed> {
                Ok(())
            }
        }
    };
}

mod blank;
mod close_track_session;
mod format_unit;
mod get_configuration;
mod get_event_status_notification;
mod get_performance;
mod load_unload_medium;
mod mechanism_status;
mod read;
mod read_buffer_capacity;
mod read_capacity;
mod read_cd;
mod read_cd_msf;
mod read_disc_information;
mod read_disc_structure;
mod read_format_capacities;
mod read_sub_channel;
mod read_toc;
mod read_track_information;
mod report_key;
mod reserve_track;
mod seek;
mod send_cue_sheet;
mod send_disc_structure;
mod send_key;
mod send_opc_information;
mod set_cd_speed;
mod set_streaming;
mod start_stop_unit;
mod synchronize_cache;
mod verify;
mod write;
mod write_and_verify;

pub use blank::{Blank, BlankType};
pub use close_track_session::{CloseFunction, CloseTrackSession};
pub use format_unit::{FormatDescriptor, FormatParameters, FormatType, FormatUnit};
pub use get_configuration::{Configuration, GetConfiguration, RequestType};
pub use get_event_status_notification::{
    BusyEvent, EventClass, EventStatus, GetEventStatusNotification, MediaEvent, MediaEventCode,
};
pub use get_performance::{
    GetPerformance, GetWriteSpeeds, Performance, PerformanceDescriptor, RotationControl, WriteSpeedDescriptor,
    WriteSpeeds,
};
pub use load_unload_medium::LoadUnloadMedium;
pub use mechanism_status::{Mechanism, MechanismState, MechanismStatus};
pub use read::{Read10, Read12};
pub use read_buffer_capacity::{BufferCapacity, ReadBufferCapacity};
pub use read_capacity::{Capacity, ReadCapacity};
pub use read_cd::{ExpectedSector, MainChannel, ReadCd, SubChannel};
pub use read_cd_msf::ReadCdMsf;
pub use read_disc_information::{
    BackgroundFormat, DiscInformation, DiscStatus, DiscType, LastSessionState, OpcTable, PowResources,
    ReadDiscInformation, ReadPowResources, ReadTrackResources, TrackResources,
};
pub use read_disc_structure::{DiscStructure, ReadDiscStructure, StructureMedia};
pub use read_format_capacities::{CapacityKind, CurrentCapacity, FormatCapacities, ReadFormatCapacities};
pub use read_sub_channel::{CurrentPosition, Isrc, Mcn, ReadCurrentPosition, ReadIsrc, ReadMcn};
pub use read_toc::{
    Atip, CdText, FullToc, FullTocEntry, ReadAtip, ReadCdText, ReadFullToc, ReadPma, ReadSessionInfo, ReadToc,
    SessionInfo, TextPack, Toc, TocTrack,
};
pub use read_track_information::{LayerJump, ReadTrackInformation, TrackAddressType, TrackInformation};
pub use report_key::{KeyReply, ReportKey, ReportRpcState, RpcState};
pub use reserve_track::{ReserveTrack, ReserveTrackUpTo};
pub use seek::Seek10;
pub use send_cue_sheet::{CueLine, CuePosition, CueSheet, SendCueSheet};
pub use send_disc_structure::SendDiscStructure;
pub use send_key::SendKey;
pub use send_opc_information::SendOpcInformation;
pub use set_cd_speed::{RotationalControl, SetCdSpeed};
pub use set_streaming::{SetStreaming, StreamingDescriptor};
pub use start_stop_unit::StartStopUnit;
pub use synchronize_cache::SynchronizeCache;
pub use verify::Verify10;
pub use write::{Write10, Write12};
pub use write_and_verify::WriteAndVerify10;
