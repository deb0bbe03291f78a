//! Everything that can be said of a drive and the disc in it, by IMAPI2's names and in words. Pure.

use std::sync::Arc;

use webburn_drive::Media;
use webburn_drive::media::{DiscStatus, FormatState, Kind, Recording, TrackKind};
use webburn_scsi::spc::InquiryData;
use webburn_sector::{Lba, SectorCount};

use crate::enums::{FeaturePageType, MediaState, ProfileType};
use crate::plan::can_be_closed;
use crate::{multisession, speed, state};

/// One field of the state query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateField {
    /// Its name in IMAPI2.
    pub name: &'static str,
    /// Its value in words.
    pub value: String,
    /// The names of codes, where the value is made of them.
    pub detail: Option<String>,
}

/// The state of the disc in the drive.
#[derive(Clone, Debug, PartialEq)]
pub struct StateQuery {
    /// The disc as it was found; sessions, tracks, speeds and manufacturer are there.
    pub media: Arc<Media>,
    /// A disc is in the drive.
    pub present: bool,
    /// `"DVD+RW"`; empty without a disc.
    pub type_name: &'static str,
    /// `"cd"`, `"dvd"`, `"bd"`, `"other"`.
    pub family: &'static str,
    /// Layers.
    pub layers: u8,
    /// `"none"`, `"blank"`, `"appendable"`, `"complete"`, `"overwritable"`, `"unformatted"`, `"damaged"`, `"unsupported"`.
    pub status: &'static str,
    /// `CurrentMediaStatus`.
    pub media_status: MediaState,
    /// It can be written as it is, or once the session that was left open is closed.
    pub writable: bool,
    /// It can be erased or overwritten.
    pub rewritable: bool,
    /// Some reason forbids writing it.
    pub write_protected: bool,
    /// `TotalSectorsOnMedia`.
    pub total_sectors: SectorCount,
    /// `FreeSectorsOnMedia`.
    pub free_sectors: SectorCount,
    /// `NextWritableAddress`.
    pub next_writable_address: Option<Lba>,
    /// The last written address of the disc, where known.
    pub last_written_address: Option<Lba>,
    /// `WriteUnitSize`.
    pub write_unit: SectorCount,
    /// Every field, by IMAPI2 name, in the order to show.
    pub fields: Vec<StateField>,
}

impl StateQuery {
    /// Says what there is to say of `media` in the drive that answered `inquiry` and is known as `id`.
    #[must_use]
    pub fn of(media: Arc<Media>, inquiry: &InquiryData, id: &str) -> Self {
        let media_status = state::media_status(&media);
        let protected = media.protection.any();
        let present = media.kind.present();
        StateQuery {
            present,
            type_name: media.kind.name(),
            family: media.kind.family().code(),
            layers: media.layers,
            status: status(&media, media_status),
            media_status,
            // What was left open is closed by the next burn.
            writable: present && (!media_status.intersects(MediaState::UNSUPPORTED_MASK) || can_be_closed(&media)),
            rewritable: media.kind.rewritable(),
            write_protected: protected,
            total_sectors: state::total_sectors(&media).unwrap_or_default(),
            free_sectors: state::free_sectors(&media).unwrap_or_default(),
            next_writable_address: if protected { None } else { state::next_writable_address(&media) },
            last_written_address: media.last_written,
            write_unit: media.write_unit,
            fields: fields(&media, media_status, inquiry, id),
            media,
        }
    }
}

fn status(media: &Media, bits: MediaState) -> &'static str {
    match media.kind {
        Kind::None => "none",
        Kind::HdDvd(_) | Kind::Other(_) => "unsupported",
        _ if media.kind.recording() == Recording::Overwritable => match media.format {
            FormatState::Unformatted => "unformatted",
            _ => "overwritable",
        },
        _ if bits.intersects(MediaState::DAMAGED | MediaState::NON_EMPTY_SESSION) => "damaged",
        _ => match media.status {
            DiscStatus::Blank => "blank",
            DiscStatus::Appendable => "appendable",
            DiscStatus::Complete => "complete",
            DiscStatus::Other | DiscStatus::Unknown => "unsupported",
        },
    }
}

/// Where nothing is known.
const UNKNOWN: &str = "not known";

fn yes(flag: bool) -> String {
    if flag { "yes" } else { "no" }.to_owned()
}

fn sectors(count: Option<SectorCount>) -> String {
    match count {
        None => UNKNOWN.to_owned(),
        Some(count) => format!("{} sectors, {} bytes", count.0, count.data_bytes()),
    }
}

/// IMAPI2 has −1 where there is no such address.
fn address(lba: Option<Lba>) -> String {
    lba.map_or_else(|| "-1 (none)".to_owned(), |lba| lba.0.to_string())
}

fn fields(media: &Media, bits: MediaState, inquiry: &InquiryData, id: &str) -> Vec<StateField> {
    let mut fields = Vec::new();
    let mut put = |name: &'static str, value: String, detail: Option<String>| {
        fields.push(StateField { name, value, detail });
    };
    put("ActiveDiscRecorder", id.to_owned(), None);
    put("VendorId", inquiry.vendor.clone(), None);
    put("ProductId", inquiry.product.clone(), None);
    put("ProductRevision", inquiry.revision.clone(), None);
    put("DeviceCanLoadMedia", yes(media.can_eject && media.can_load), None);
    let physical = state::physical_type(media.kind);
    let name = if media.kind.present() { media.kind.name() } else { "no disc" };
    put("CurrentPhysicalMediaType", name.to_owned(), Some(physical.name().to_owned()));
    if media.kind.present() {
        put("CurrentMediaStatus", words(bits), Some(joined(&bits.names(), bits.0)));
        let protect = state::write_protect_status(media);
        let value = if protect.0 == 0 { "not protected".to_owned() } else { protection_words(media) };
        put("WriteProtectStatus", value, Some(joined(&protect.names(), protect.0)));
        put("MediaPhysicallyBlank", yes(media.physically_blank()), None);
        put("MediaHeuristicallyBlank", yes(state::looks_blank(media)), None);
        put("TotalSectorsOnMedia", sectors(state::total_sectors(media)), None);
        put("FreeSectorsOnMedia", sectors(state::free_sectors(media)), None);
        put("NextWritableAddress", address(state::next_writable_address(media)), None);
        put("StartAddressOfPreviousSession", address(state::start_of_previous_session(media)), None);
        put("LastWrittenAddressOfPreviousSession", address(multisession::last_of_previous_session(media)), None);
        put("LastWrittenAddress", media.last_written.map_or_else(|| UNKNOWN.to_owned(), |lba| lba.0.to_string()), None);
        put("WriteUnitSize", format!("{} sectors", media.write_unit.0), None);
        put("IsFirstDataSession", yes(multisession::is_first_data_session(media)), None);
        put_speeds(&mut put, media);
        if let Some(lead_in) = media.last_lead_in {
            put("StartOfNextSession", lead_in.0.to_string(), None);
        }
        if let Some(lead_out) = media.last_lead_out {
            put("LastPossibleStartOfLeadout", lead_out.0.to_string(), None);
        }
        put("Sessions", count_sessions(media), None);
        put("Tracks", count_tracks(media), None);
    }
    let profile = |current: bool| {
        let wanted = media.profiles.iter().filter(move |(_, is)| *is || !current);
        wanted.map(|(number, _)| ProfileType(*number)).collect::<Vec<_>>()
    };
    for (name, current) in [("SupportedProfiles", false), ("CurrentProfiles", true)] {
        let list = profile(current);
        put(
            name,
            numbers(list.iter().map(|p| p.0)),
            Some(list.iter().map(|p| format!("{p:?}")).collect::<Vec<_>>().join(" | ")),
        );
    }
    let feature = |current: bool| {
        let wanted = media.features.iter().filter(move |(_, is)| *is || !current);
        wanted.map(|(number, _)| FeaturePageType(*number)).collect::<Vec<_>>()
    };
    for (name, current) in [("SupportedFeaturePages", false), ("CurrentFeaturePages", true)] {
        let list = feature(current);
        put(
            name,
            numbers(list.iter().map(|f| f.0)),
            Some(list.iter().map(|f| format!("{f:?}")).collect::<Vec<_>>().join(" | ")),
        );
    }
    fields
}

fn put_speeds(put: &mut impl FnMut(&'static str, String, Option<String>), media: &Media) {
    let family = media.kind.family();
    let speed_text = |kilobytes: u32| {
        format!("{} sectors/s ({}×)", speed::sectors_per_second(kilobytes, family), speed::times(kilobytes, family))
    };
    let current = media.current_speed.or_else(|| media.speeds.first().map(|speed| speed.write_kilobytes));
    put("CurrentWriteSpeed", current.map_or_else(|| UNKNOWN.to_owned(), speed_text), None);
    let cav = media.speeds.iter().find(|s| Some(s.write_kilobytes) == current).is_some_and(|s| s.pure_cav);
    put("CurrentRotationTypeIsPureCAV", yes(cav), None);
    let all: Vec<String> = media.speeds.iter().map(|speed| speed_text(speed.write_kilobytes)).collect();
    put("SupportedWriteSpeeds", if all.is_empty() { UNKNOWN.to_owned() } else { all.join(", ") }, None);
}

fn numbers(list: impl Iterator<Item = u16>) -> String {
    let list: Vec<String> = list.map(|number| format!("{number:04X}h")).collect();
    if list.is_empty() { "none".to_owned() } else { list.join(" ") }
}

fn joined(names: &[&str], value: u32) -> String {
    if names.is_empty() { format!("0x{value:04X}") } else { names.join(" | ") }
}

fn count_sessions(media: &Media) -> String {
    let open = media.sessions.iter().filter(|session| session.open).count();
    format!("{} closed, {open} open", media.sessions.len() - open)
}

fn count_tracks(media: &Media) -> String {
    let of = |kind: TrackKind| media.tracks.iter().filter(|track| !track.blank && track.kind == kind).count();
    format!("{} data, {} audio", of(TrackKind::Data) + of(TrackKind::Unknown), of(TrackKind::Audio))
}

/// The bits of `CurrentMediaStatus` as a person would say them.
fn words(bits: MediaState) -> String {
    let said: Vec<&str> = [
        (MediaState::OVERWRITE_ONLY, "can be overwritten"),
        (MediaState::BLANK, "blank"),
        (MediaState::APPENDABLE, "another session can be added"),
        (MediaState::FINAL_SESSION, "the next session will be the last"),
        (MediaState::DAMAGED, "damaged"),
        (MediaState::ERASE_REQUIRED, "must be erased first"),
        (MediaState::NON_EMPTY_SESSION, "the last session is written in part"),
        (MediaState::WRITE_PROTECTED, "write protected"),
        (MediaState::FINALIZED, "closed for good"),
        (MediaState::UNSUPPORTED_MEDIA, "not a disc that can be written"),
    ]
    .into_iter()
    .filter(|(bit, _)| bits.contains(*bit))
    .map(|(_, word)| word)
    .collect();
    if said.is_empty() { UNKNOWN.to_owned() } else { said.join(", ") }
}

fn protection_words(media: &Media) -> String {
    let said: Vec<&str> = [
        (media.protection.until_power_down, "until the drive is switched off"),
        (media.protection.by_cartridge, "by the tab of its cartridge"),
        (media.protection.by_medium, "by the disc itself"),
        (media.protection.by_software, "by a flag on the disc"),
        (media.protection.by_disc_control_block, "by its control block"),
        (media.kind.recording() == Recording::ReadOnly, "read-only disc"),
    ]
    .into_iter()
    .filter(|(set, _)| *set)
    .map(|(_, word)| word)
    .collect();
    said.join(", ")
}
