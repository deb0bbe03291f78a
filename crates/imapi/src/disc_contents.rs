//! What a CD says of itself: sessions, tracks, codes, CD-Text.

use webburn_drive::media::{Family, TrackKind};
use webburn_drive::{Clock, CommandError, Doing, Drive, Media};
use webburn_mmc::{FullToc, ReadCdText, ReadFullToc, ReadIsrc, ReadMcn, TextPack};
use webburn_scsi::{Raw, ScsiTransport};
use webburn_sector::{Lba, SectorCount};

use crate::outcome::Path;
use crate::{Error, hresult};

/// A track.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentTrack {
    /// Its number.
    pub number: u8,
    /// CONTROL: 4 data, +1 pre-emphasis, +2 copy permitted.
    pub control: u8,
    /// Where it begins (index 1).
    pub start: Lba,
    /// The first sector behind it: the next track's start, or the lead-out. The last two sectors of a track written at
    /// once hold nothing and cannot be read.
    pub end: Lba,
    /// Its recording code, where the disc has one and the drive tells.
    pub isrc: Option<[u8; 12]>,
}

impl ContentTrack {
    /// It holds audio.
    #[must_use]
    pub const fn is_audio(&self) -> bool {
        self.control & 4 == 0
    }

    /// Its sectors.
    #[must_use]
    pub fn sectors(&self) -> SectorCount {
        self.end.since(self.start)
    }
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentSession {
    /// Its number.
    pub number: u8,
    /// Disc type: 00h CD-DA or CD-ROM, 10h CD-I, 20h CD-ROM XA.
    pub disc_type: u8,
    /// Its tracks.
    pub tracks: Vec<ContentTrack>,
    /// Where its lead-out begins.
    pub lead_out: Lba,
}

/// A CD's contents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiscContents {
    /// Closed sessions.
    pub sessions: Vec<ContentSession>,
    /// Media catalogue number, where the disc has one and the drive tells.
    pub catalog: Option<[u8; 13]>,
    /// CD-Text packs as the drive gives them, unchecked.
    pub text: Vec<TextPack>,
}

impl DiscContents {
    /// All tracks.
    pub fn tracks(&self) -> impl Iterator<Item = &ContentTrack> {
        self.sessions.iter().flat_map(|session| &session.tracks)
    }
}

/// A refusal leaves a part of the picture empty; only a broken wire and a vanished disc count.
fn optional<R>(result: Result<R, webburn_drive::Error>) -> Result<Option<R>, Error> {
    match result {
        Ok(response) => Ok(Some(response)),
        Err(error)
            if matches!(error.cause, CommandError::Transport(_)) || matches!(error.triple(), Some((2 | 6, ..))) =>
        {
            Err(Error::from_drive(error, Path::Query))
        }
        Err(_) => Ok(None),
    }
}

/// Asks for everything that a CD says of itself. Codes are asked for track by track, which takes a drive a second each.
///
/// # Errors
/// The drive cannot be asked, is empty (`no-disc`), or the disc is no CD or has no closed session (`nothing-to-read`).
pub async fn disc_contents<T: ScsiTransport, C: Clock>(drive: &mut Drive<T, C>) -> Result<DiscContents, Error> {
    let media = drive.media().await.map_err(|error| Error::from_drive(error, Path::Query))?;
    if !media.kind.present() {
        return Err(Error::new("no-disc", hresult::E_IMAPI_RECORDER_MEDIA_NO_MEDIA));
    }
    let closed = media.sessions.iter().any(|session| !session.open);
    if media.kind.family() != Family::Cd || !closed {
        return Err(Error::new("nothing-to-read", hresult::E_IMAPI_DF2DATA_INVALID_MEDIA_STATE));
    }
    let toc = full_toc(drive).await?;
    let mut contents = DiscContents { sessions: sessions(&media, toc.as_ref()), ..DiscContents::default() };
    contents.text = text(drive).await?;
    let mcn = drive.send(Doing::Querying, &ReadMcn { sub_q: true, allocation_length: 24 }).await;
    contents.catalog = optional(mcn)?.and_then(|mcn| mcn.digits);
    for track in contents.sessions.iter_mut().flat_map(|session| &mut session.tracks).filter(|t| t.is_audio()) {
        let ask = ReadIsrc { sub_q: true, track: track.number, allocation_length: 24 };
        track.isrc = optional(drive.send(Doing::Querying, &ask).await)?.and_then(|isrc| isrc.code);
    }
    Ok(contents)
}

/// The bytes that the header announces, once it was asked for.
fn announced(head: &[u8]) -> u16 {
    head.get(..2).and_then(|b| b.try_into().ok()).map_or(0, u16::from_be_bytes).saturating_add(2)
}

async fn full_toc<T: ScsiTransport, C: Clock>(drive: &mut Drive<T, C>) -> Result<Option<FullToc>, Error> {
    let ask = |allocation_length| ReadFullToc { msf: true, first_session: 1, allocation_length };
    let Some(head) = optional(drive.send(Doing::Querying, &Raw(ask(4))).await)? else { return Ok(None) };
    optional(drive.send(Doing::Querying, &ask(announced(&head).max(4))).await)
}

async fn text<T: ScsiTransport, C: Clock>(drive: &mut Drive<T, C>) -> Result<Vec<TextPack>, Error> {
    let ask = |allocation_length| ReadCdText { allocation_length };
    let Some(head) = optional(drive.send(Doing::Querying, &Raw(ask(4))).await)? else { return Ok(Vec::new()) };
    let length = announced(&head);
    if length < 4 + 18 {
        return Ok(Vec::new());
    }
    let text = optional(drive.send(Doing::Querying, &ask(length)).await)?;
    Ok(text.map_or_else(Vec::new, |text| text.packs))
}

/// Tracks as the drive crate has sorted them out, with CONTROL and disc type of the lead-ins.
fn sessions(media: &Media, toc: Option<&FullToc>) -> Vec<ContentSession> {
    let entries = || toc.into_iter().flat_map(|toc| &toc.entries).filter(|entry| entry.adr == 1);
    let session = |session: &webburn_drive::media::Session| {
        let number = u8::try_from(session.number).unwrap_or(u8::MAX);
        let first = entries().find(|entry| entry.session == number && entry.point == 0xA0);
        let tracks: Vec<ContentTrack> = media
            .tracks
            .iter()
            .filter(|track| track.session == session.number && !track.blank)
            .map(|track| {
                let number = u8::try_from(track.number).unwrap_or(u8::MAX);
                let told = entries().find(|entry| entry.point == number).map(|entry| entry.control);
                let guessed = if track.kind == TrackKind::Audio { 0 } else { 4 };
                let (start, end) = (track.start, track.end());
                ContentTrack { number, control: told.unwrap_or(guessed), start, end, isrc: None }
            })
            .collect();
        let disc_type = first.map_or(0, |entry| entry.point_msf.second);
        ContentSession { number, disc_type, tracks, lead_out: session.end }
    };
    media.sessions.iter().filter(|session| !session.open).map(session).collect()
}
