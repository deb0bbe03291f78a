//! `MediumState`.

use serde::Serialize;
use webburn_drive::Media;
use webburn_drive::media::{BackgroundFormat, DiscStatus, Kind, Session, Speed, Track, TrackKind};
use webburn_imapi::{StateField, StateQuery};

use super::change::{OfferView, offers};

/// `MediumState`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // Each field is described in types.ts.
pub struct MediumView {
    pub present: bool,
    pub type_name: String,
    pub family: &'static str,
    pub layers: u8,
    pub status: &'static str,
    pub writable: bool,
    pub rewritable: bool,
    pub write_protected: bool,
    pub total_sectors: u32,
    pub free_sectors: u32,
    pub next_writable_address: Option<i32>,
    pub last_written_address: Option<i32>,
    pub write_unit: u32,
    pub sessions: Vec<SessionView>,
    pub tracks: Vec<TrackView>,
    pub speeds: Vec<SpeedView>,
    pub manufacturer_id: Option<String>,
    pub seems_blank: bool,
    pub replaceable: bool,
    pub background_format: &'static str,
    pub changes: Vec<OfferView>,
    pub fields: Vec<StateFieldView>,
}

/// `SessionInfo`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // As above.
pub struct SessionView {
    pub number: u16,
    pub first_track: u16,
    pub last_track: u16,
    pub start: i32,
    pub end: i32,
    pub open: bool,
}

/// `TrackInfo`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // As above.
pub struct TrackView {
    pub number: u16,
    pub session: u16,
    pub start: i32,
    pub sectors: u32,
    pub kind: &'static str,
    pub blank: bool,
    pub next_writable: Option<i32>,
    pub last_recorded: Option<i32>,
    pub free_sectors: u32,
}

/// `SpeedInfo`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // As above.
pub struct SpeedView {
    pub sectors_per_second: f64,
    pub times: f64,
    #[serde(rename = "pureCav")]
    pub pure_cav: bool,
}

/// `StateField`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)] // As above.
pub struct StateFieldView {
    pub name: &'static str,
    pub value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl From<&StateQuery> for MediumView {
    fn from(state: &StateQuery) -> Self {
        let media = &state.media;
        let family = media.kind.family();
        let speed = |speed: &Speed| {
            let kilobytes = f64::from(speed.write_kilobytes);
            SpeedView {
                sectors_per_second: (kilobytes * 1000.0 / f64::from(family.bytes_per_sector())).floor(),
                times: (kilobytes / family.kilobytes_per_second() * 10.0).round() / 10.0,
                pure_cav: speed.pure_cav,
            }
        };
        MediumView {
            present: state.present,
            type_name: type_name(state),
            family: state.family,
            layers: state.layers,
            status: state.status,
            writable: state.writable,
            rewritable: state.rewritable,
            write_protected: state.write_protected,
            total_sectors: state.total_sectors.0,
            free_sectors: state.free_sectors.0,
            next_writable_address: state.next_writable_address.map(|lba| lba.0),
            last_written_address: state.last_written_address.map(|lba| lba.0),
            write_unit: state.write_unit.0,
            sessions: media.sessions.iter().map(Into::into).collect(),
            tracks: media.tracks.iter().map(Into::into).collect(),
            speeds: media.speeds.iter().map(speed).collect(),
            manufacturer_id: media.manufacturer.clone(),
            replaceable: state.rewritable || pseudo_overwrite(media),
            seems_blank: webburn_imapi::state::looks_blank(media),
            background_format: match media.background {
                BackgroundFormat::Running => "running",
                BackgroundFormat::Stopped => "stopped",
                BackgroundFormat::None | BackgroundFormat::Complete => "none",
            },
            changes: offers(media),
            fields: state.fields.iter().map(Into::into).collect(),
        }
    }
}

/// A BD's kind does not tell its layers; on the box they are part of its name.
fn type_name(state: &StateQuery) -> String {
    let layers = match (state.media.kind, state.layers) {
        (Kind::BdRSequential | Kind::BdRRandom | Kind::BdRe, 2) => " DL",
        (Kind::BdRSequential | Kind::BdRRandom | Kind::BdRe, 3) => " TL",
        (Kind::BdRSequential | Kind::BdRRandom | Kind::BdRe, 4) => " QL",
        _ => "",
    };
    format!("{}{layers}", state.type_name)
}

/// A BD-R on which a burn can replace what is there, while it is open and its map has room.
fn pseudo_overwrite(media: &Media) -> bool {
    let open = matches!(media.status, DiscStatus::Blank | DiscStatus::Appendable);
    media.abilities.pseudo_overwrite && open && media.replacements.is_none_or(|left| left > 0)
}

impl From<&Session> for SessionView {
    fn from(session: &Session) -> Self {
        SessionView {
            number: session.number,
            first_track: session.first_track,
            last_track: session.last_track,
            start: session.start.0,
            end: session.end.0,
            open: session.open,
        }
    }
}

impl From<&Track> for TrackView {
    fn from(track: &Track) -> Self {
        TrackView {
            number: track.number,
            session: track.session,
            start: track.start.0,
            sectors: track.sectors.0,
            kind: match track.kind {
                TrackKind::Data => "data",
                TrackKind::Audio => "audio",
                TrackKind::Unknown => "unknown",
            },
            blank: track.blank,
            next_writable: track.next_writable.map(|lba| lba.0),
            last_recorded: track.last_recorded.map(|lba| lba.0),
            free_sectors: track.free.0,
        }
    }
}

impl From<&StateField> for StateFieldView {
    fn from(field: &StateField) -> Self {
        StateFieldView { name: field.name, value: field.value.clone(), detail: field.detail.clone() }
    }
}
