//! What lies on a CD, as its lead-in tells it: READ TOC formats 2 and 5, READ SUB-CHANNEL.

use webburn_cdcode::cdtext::{self, CdText, TextKind};
use webburn_cdcode::session::DiscType;
use webburn_cdcode::{Control, Isrc, Mcn};
use webburn_drive::media::Family;
use webburn_drive::{Clock, Doing, Drive, Media};
use webburn_mmc::{FullToc, ReadCdText, ReadFullToc, ReadIsrc, ReadMcn};
use webburn_scsi::ScsiTransport;
use webburn_sector::{Lba, SectorCount};

/// Room for 99 tracks in several sessions.
const TOC_BYTES: u16 = 4096;
/// Room for eight blocks of 256 packs.
const TEXT_BYTES: u16 = 4 + 8 * 256 * 18;

/// A track of a disc in a drive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadTrack {
    /// Its number.
    pub number: u8,
    /// Where index 1 begins.
    pub start: Lba,
    /// The next track's start, or the lead-out: the next track's pre-gap belongs to it as long as nobody has read it.
    pub end: Lba,
    /// What the table of contents says of it.
    pub control: Control,
    /// The recording code.
    pub isrc: Option<Isrc>,
}

impl ReadTrack {
    /// Sectors up to [`ReadTrack::end`].
    #[must_use]
    pub fn sectors(&self) -> SectorCount {
        self.end.since(self.start)
    }
}

/// A session of a disc in a drive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadSession {
    /// Its number.
    pub number: u8,
    /// CD-DA or CD-ROM, CD-I, CD-ROM XA.
    pub disc_type: DiscType,
    /// Its tracks.
    pub tracks: Vec<ReadTrack>,
    /// Where its lead-out begins.
    pub lead_out: Lba,
}

/// What lies on a disc.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// The sessions.
    pub sessions: Vec<ReadSession>,
    /// The catalogue number.
    pub mcn: Option<Mcn>,
    /// CD-Text of the first lead-in.
    pub text: CdText,
}

impl Contents {
    /// All tracks.
    pub fn tracks(&self) -> impl Iterator<Item = &ReadTrack> {
        self.sessions.iter().flat_map(|session| &session.tracks)
    }

    /// There is audio on it.
    #[must_use]
    pub fn has_audio(&self) -> bool {
        self.tracks().any(|track| !track.control.data)
    }

    /// A text of the first language; track 0 is the disc.
    #[must_use]
    pub fn text(&self, kind: TextKind, track: u8) -> Option<String> {
        self.text.blocks.iter().find_map(|block| block.get(kind, track)).filter(|text| !text.is_empty())
    }

    fn of(toc: &FullToc) -> Self {
        let mut contents = Contents::default();
        for number in 1..=99 {
            let own = || toc.entries.iter().filter(|entry| entry.session == number && entry.adr == 1);
            let point = |wanted: u8| own().find(|entry| entry.point == wanted);
            let Some(lead_out) = point(0xA2).and_then(|entry| entry.point_msf.to_lba().ok()) else { continue };
            let disc_type = match point(0xA0).map_or(0, |entry| entry.point_msf.second) {
                0x10 => DiscType::CdI,
                0x20 => DiscType::Xa,
                _ => DiscType::Plain,
            };
            let mut tracks: Vec<ReadTrack> = own()
                .filter(|entry| (1..=99).contains(&entry.point))
                .filter_map(|entry| {
                    let (start, control) = (entry.point_msf.to_lba().ok()?, Control::from_nibble(entry.control));
                    Some(ReadTrack { number: entry.point, start, end: lead_out, control, isrc: None })
                })
                .collect();
            tracks.sort_by_key(|track| track.number);
            tracks.dedup_by_key(|track| track.number);
            for at in 1..tracks.len() {
                tracks[at - 1].end = tracks[at].start;
            }
            if !tracks.is_empty() {
                contents.sessions.push(ReadSession { number, disc_type, tracks, lead_out });
            }
        }
        contents
    }
}

/// Of which tracks the catalogue number and recording codes are asked for. A drive looks for them on the disc, which takes
/// about a second each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codes {
    /// Of none.
    None,
    /// Of this one.
    Of(u8),
    /// Of all.
    All,
}

/// Asks for the table of contents, CD-Text and `codes`; `None` when the disc is no CD, or its drive tells no full table.
///
/// # Errors
/// The drive cannot be talked to. What it refuses to tell is left out.
pub async fn read_contents<T: ScsiTransport, C: Clock>(
    drive: &mut Drive<T, C>,
    media: &Media,
    codes: Codes,
) -> Result<Option<Contents>, webburn_drive::Error> {
    if media.kind.family() != Family::Cd || !media.kind.present() {
        return Ok(None);
    }
    let doing = Doing::Querying;
    let toc = ReadFullToc { msf: true, first_session: 1, allocation_length: TOC_BYTES };
    let Some(toc) = told(drive.send(doing, &toc).await)? else { return Ok(None) };
    let mut contents = Contents::of(&toc);
    if contents.sessions.is_empty() {
        return Ok(None);
    }
    let text = told(drive.send(doing, &ReadCdText { allocation_length: TEXT_BYTES }).await)?;
    contents.text = text.map_or_else(CdText::default, |text| cdtext::decode(&text.packs).text);
    // Data discs have none, and some drives search long for them.
    if codes != Codes::None && contents.has_audio() {
        read_codes(drive, &mut contents, codes).await?;
    }
    Ok(Some(contents))
}

async fn read_codes<T: ScsiTransport, C: Clock>(
    drive: &mut Drive<T, C>,
    contents: &mut Contents,
    codes: Codes,
) -> Result<(), webburn_drive::Error> {
    let wanted = |number| codes == Codes::All || codes == Codes::Of(number);
    let doing = Doing::Querying;
    let mcn = told(drive.send(doing, &ReadMcn { sub_q: true, allocation_length: 24 }).await)?;
    contents.mcn = mcn.and_then(|mcn| mcn.digits).and_then(|digits| text_of(&digits)?.parse().ok());
    let tracks = contents.sessions.iter_mut().flat_map(|session| &mut session.tracks);
    for track in tracks.filter(|track| !track.control.data && wanted(track.number)) {
        let command = ReadIsrc { sub_q: true, track: track.number, allocation_length: 24 };
        let isrc = told(drive.send(doing, &command).await)?;
        track.isrc = isrc.and_then(|isrc| isrc.code).and_then(|code| text_of(&code)?.parse().ok());
    }
    Ok(())
}

fn text_of(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// What a drive does not want to tell is not told; a drive that cannot be reached is a failure.
fn told<A>(answer: Result<A, webburn_drive::Error>) -> Result<Option<A>, webburn_drive::Error> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(error) if matches!(error.cause, webburn_drive::CommandError::Transport(_)) => Err(error),
        Err(_) => Ok(None),
    }
}
