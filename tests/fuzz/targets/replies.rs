//! Commands and answers: no bytes make a decoder panic, and what an encoder makes of the decoded reads back the same.

use std::fmt::Debug;

use webburn_mmc as mmc;
use webburn_mmc::{mode_page, structure};
use webburn_scsi::spc::{self, InquiryData, ModeParameterList, ModeReply, VpdPage};
use webburn_scsi::{Malformed, Sense};

/// Decode, encode, decode: twice the same. Bytes that are refused are fine.
fn stable<T: PartialEq + Debug>(
    data: &[u8],
    parse: impl Fn(&[u8]) -> Result<T, Malformed>,
    encode: impl Fn(&T) -> Vec<u8>,
) {
    let Ok(value) = parse(data) else { return };
    let bytes = encode(&value);
    let again = parse(&bytes).unwrap_or_else(|e| panic!("{value:?} encodes to {bytes:02x?}: {e}"));
    assert_eq!(encode(&again), bytes, "{value:?}");
}

/// One command type's device half.
macro_rules! commands {
    ($data:ident; $($type:ty),* $(,)?) => { $(
        if let Some(command) = <$type>::from_cdb($data) {
            let cdb = command.to_cdb();
            assert_eq!(<$type>::from_cdb(cdb.as_bytes()).as_ref(), Some(&command));
            let _ = command.to_string();
        }
    )* };
}

pub fn cdb(data: &[u8]) {
    let (cdb, out) = data.split_at(data.len().min(16));
    let line = mmc::describe(cdb, out);
    assert!(line.len() < 4096, "{} characters for one command", line.len());
    let _ = mmc::command_name(cdb.first().copied().unwrap_or(0));
    commands!(cdb;
        spc::TestUnitReady, spc::RequestSense, spc::Inquiry, spc::InquiryVpd, spc::PreventAllowMediumRemoval,
        spc::ModeSense10, mmc::Blank, mmc::CloseTrackSession, mmc::GetConfiguration,
        mmc::GetEventStatusNotification, mmc::GetPerformance, mmc::GetWriteSpeeds, mmc::LoadUnloadMedium,
        mmc::MechanismStatus, mmc::Read10, mmc::Read12, mmc::ReadAtip, mmc::ReadBufferCapacity, mmc::ReadCapacity,
        mmc::ReadCd, mmc::ReadCdMsf, mmc::ReadCdText, mmc::ReadCurrentPosition, mmc::ReadDiscInformation,
        mmc::ReadDiscStructure, mmc::ReadFormatCapacities, mmc::ReadFullToc, mmc::ReadIsrc, mmc::ReadMcn, mmc::ReadPma,
        mmc::ReadPowResources, mmc::ReadSessionInfo, mmc::ReadToc, mmc::ReadTrackInformation, mmc::ReadTrackResources,
        mmc::ReportKey, mmc::ReportRpcState, mmc::ReserveTrack, mmc::ReserveTrackUpTo, mmc::Seek10, mmc::SetCdSpeed,
        mmc::StartStopUnit, mmc::SynchronizeCache, mmc::Verify10,
    );
    macro_rules! sends {
        ($($type:ident)::+) => {
            if let Some(command) = $($type)::+::from_cdb(cdb, out) {
                let again = command.to_cdb();
                assert_eq!(again.opcode(), cdb[0]);
                let _ = command.to_string();
            }
        };
    }
    sends!(spc::ModeSelect10);
    sends!(mmc::FormatUnit);
    sends!(mmc::SendCueSheet);
    sends!(mmc::SendDiscStructure);
    sends!(mmc::SendKey);
    sends!(mmc::SendOpcInformation);
    sends!(mmc::SetStreaming);
    sends!(mmc::Write10);
    sends!(mmc::Write12);
    sends!(mmc::WriteAndVerify10);
}

pub fn sense(data: &[u8]) {
    let sense = Sense::from_bytes(data);
    let _ = (sense.triple(), sense.information(), sense.progress(), sense.is_empty(), sense.is_deferred());
    let _ = (sense.eighteen(), sense.to_string());
    assert_eq!(Sense::from_bytes(sense.as_bytes()), sense);
}

pub fn inquiry(data: &[u8]) {
    stable(data, InquiryData::parse, InquiryData::encode);
    stable(data, VpdPage::parse, VpdPage::encode);
}

pub fn capacities(data: &[u8]) {
    stable(data, mmc::Capacity::parse, |c| c.encode().to_vec());
    stable(data, mmc::FormatCapacities::parse, mmc::FormatCapacities::encode);
}

pub fn disc_information(data: &[u8]) {
    stable(data, mmc::DiscInformation::parse, mmc::DiscInformation::encode);
    stable(data, mmc::TrackResources::parse, |r| r.reply().to_vec());
    stable(data, mmc::PowResources::parse, |r| r.reply().to_vec());
}

pub fn track_information(data: &[u8]) {
    stable(data, mmc::TrackInformation::parse, mmc::TrackInformation::encode);
}

pub fn toc(data: &[u8]) {
    for msf in [false, true] {
        stable(data, |d| mmc::Toc::parse(d, msf), mmc::Toc::encode);
        stable(data, |d| mmc::SessionInfo::parse(d, msf), |s| s.encode().to_vec());
    }
    stable(data, mmc::FullToc::parse, mmc::FullToc::encode);
    stable(data, mmc::Atip::parse, |a| a.reply().to_vec());
    stable(data, mmc::CdText::parse, mmc::CdText::encode);
}

pub fn sub_channel(data: &[u8]) {
    for msf in [false, true] {
        stable(data, |d| mmc::CurrentPosition::parse(d, msf), |p| p.encode().to_vec());
    }
    stable(data, mmc::Mcn::parse, |m| m.encode().to_vec());
    stable(data, mmc::Isrc::parse, |i| i.encode().to_vec());
}

pub fn configuration(data: &[u8]) {
    stable(data, mmc::Configuration::parse, mmc::Configuration::encode);
    let Ok(configuration) = mmc::Configuration::parse(data) else { return };
    for feature in &configuration.features {
        let _ = (feature.code().name(), format!("{feature:?}"));
    }
    let _ = configuration.profiles();
}

pub fn event(data: &[u8]) {
    stable(data, mmc::EventStatus::parse, mmc::EventStatus::encode);
    if let Ok(event) = mmc::EventStatus::parse(data) {
        let _ = (event.media(), event.busy());
    }
}

pub fn performance(data: &[u8]) {
    stable(data, mmc::Performance::parse, mmc::Performance::encode);
    stable(data, mmc::WriteSpeeds::parse, mmc::WriteSpeeds::encode);
}

pub fn mechanism(data: &[u8]) {
    stable(data, mmc::Mechanism::parse, |m| m.encode().to_vec());
    stable(data, mmc::BufferCapacity::parse, |b| b.reply().to_vec());
}

pub fn disc_structure(data: &[u8]) {
    stable(data, mmc::DiscStructure::parse, mmc::DiscStructure::encode);
    for body in [data, data.get(4..).unwrap_or_default()] {
        stable(body, structure::DvdPhysical::parse, |s| s.encode().to_vec());
        stable(body, structure::Copyright::parse, |s| s.encode().to_vec());
        stable(body, structure::LayerBoundary::parse, |s| s.encode().to_vec());
        stable(body, structure::MiddleZoneStart::parse, |s| s.encode().to_vec());
        stable(body, structure::WriteProtection::parse, |s| s.encode().to_vec());
        stable(body, structure::BdSpareArea::parse, |s| s.encode().to_vec());
        stable(body, structure::BdDiscInformation::parse, |s| s.encode().to_vec());
        let _ = structure::StructureList::read(body).encode();
        let _ = structure::DvdPhysical::plus_media_id(body).map(|id| id.to_string());
        let _ = structure::pre_recorded_manufacturer(body);
    }
    let _ = mmc::SendDiscStructure { media: mmc::StructureMedia::DVD, format: 0x20, list: data }.structure();
}

pub fn mode_pages(data: &[u8]) {
    stable(data, ModeParameterList::parse, ModeParameterList::encode);
    let pages: Vec<Vec<u8>> = match ModeReply::parse(data) {
        Ok(reply) => reply.iter().map(<[u8]>::to_vec).chain([data.to_vec()]).collect(),
        Err(_) => vec![data.to_vec()],
    };
    for page in &pages {
        stable(page, mode_page::WriteParameters::parse, |p| p.page().to_vec());
        stable(page, mode_page::ErrorRecovery::parse, |p| p.page().to_vec());
        stable(page, mode_page::Caching::parse, |p| p.page().to_vec());
        stable(page, mode_page::CdAudioControl::parse, |p| p.page().to_vec());
        stable(page, mode_page::PowerCondition::parse, |p| p.page().to_vec());
        stable(page, mode_page::InformationalExceptions::parse, |p| p.page().to_vec());
        stable(page, mode_page::TimeOutProtect::parse, |p| p.page().to_vec());
        stable(page, mode_page::Capabilities::parse, |p| p.page().clone());
    }
}

pub fn parameter_lists(data: &[u8]) {
    stable(data, mmc::FormatParameters::parse, |p| p.list().to_vec());
    stable(data, mmc::StreamingDescriptor::parse, |d| d.encode().to_vec());
    stable(data, mmc::CueSheet::parse, mmc::CueSheet::encode);
}

pub fn keys(data: &[u8]) {
    stable(data, mmc::KeyReply::parse, mmc::KeyReply::encode);
    stable(data, mmc::RpcState::parse, |r| r.reply().to_vec());
}
