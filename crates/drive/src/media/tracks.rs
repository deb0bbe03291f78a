//! Tracks and sessions, the open track, the next writable address.

use webburn_mmc::{ReadTrackInformation, TrackInformation};
use webburn_scsi::spc::{ModeParameterList, ModeReply, ModeSelect10, ModeSense10, PageControl};
use webburn_scsi::{Raw, ScsiTransport};
use webburn_sector::{Lba, SectorCount};

use super::geometry::sectors_before;
use super::identify::{DOING, essential, optional};
use super::{DiscStatus, Family, Kind, Media, Recording, Session, Track, TrackKind};
use crate::{Clock, Drive, Error};

/// READ TRACK INFORMATION is asked for at most so many tracks; on discs with more, the first and the last ones.
const MOST_QUERIES: u16 = 9;
/// The longest pre-gap between two tracks of a CD: two parts of 150 sectors and more, where the kind of track changes.
const LONGEST_GAP: SectorCount = SectorCount(600);

impl<T: ScsiTransport, C: Clock> Drive<T, C> {
    pub(super) async fn read_tracks(&mut self, media: &mut Media) -> Result<(), Error> {
        if media.kind.family() == Family::Cd {
            self.read_toc(media).await?;
        }
        if media.kind.recording() == Recording::ReadOnly {
            // Readers seldom know the command, and a pressed disc has one track of what READ CAPACITY says.
            if media.tracks.is_empty() && media.status != DiscStatus::Blank {
                single_track(media);
            }
            media.total = media.readable;
        } else {
            self.ask_tracks(media).await?;
            if media.kind.recording() == Recording::Sequential {
                settle_open_track(media);
            } else {
                media.status = match media.status {
                    DiscStatus::Unknown => DiscStatus::Other,
                    status => status,
                };
                media.next_writable = Some(Lba::ZERO);
                media.total = media.total.or(media.readable);
                media.free = media.total;
                if media.kind == Kind::BdRRandom {
                    // Each cluster once: what was written is neither free nor to be written from its start.
                    media.free = media.tracks.first().map(|track| track.free).or(media.total);
                    media.next_writable = media.next_writable.filter(|_| media.physically_blank());
                }
            }
        }
        group_sessions(media);
        Ok(())
    }

    /// Asks for tracks by number, the open one by the number that this kind of disc wants.
    async fn ask_tracks(&mut self, media: &mut Media) -> Result<(), Error> {
        let last = media.track_count.max(1);
        let overwritable = media.kind.recording() == Recording::Overwritable;
        let open_is_ff = matches!(media.kind, Kind::CdR | Kind::CdRw | Kind::DvdPlusR | Kind::DvdPlusRDl);
        let mut numbers: Vec<u16> = if overwritable {
            vec![1]
        } else if last <= MOST_QUERIES {
            (1..=last).collect()
        } else {
            (1..=2).chain(last - (MOST_QUERIES - 3)..=last).collect()
        };
        // The table of contents has the closed tracks of a CD; their sizes still come from here, which counts run-out.
        let writable = media.status != DiscStatus::Complete;
        if writable && open_is_ff {
            // FFh is the open track, which is the last one of the disc.
            numbers.pop();
            numbers.push(0xFF);
        }
        for number in numbers {
            let answer = self.track_information(number).await?;
            // HP dvd200i refuses FFh when the disc is full; the track by its number may still be asked for.
            let answer = match answer {
                None if number == 0xFF => self.track_information(last).await?,
                answer => answer,
            };
            let Some(information) = answer else {
                if number == 1 && !media.knows_track_information {
                    break;
                }
                continue;
            };
            media.knows_track_information = true;
            put_track(media, &information, if number == 0xFF { last } else { number });
        }
        if media.tracks.is_empty() && media.readable.is_some() {
            single_track(media);
        }
        size_up(media);
        Ok(())
    }

    async fn track_information(&mut self, number: u16) -> Result<Option<TrackInformation>, Error> {
        let command = ReadTrackInformation::track(number, 36);
        let answer = match self.send(DOING, &command).await {
            // `Quirk::WantsTheModePageFirst`
            Err(error) if error.triple() == Some((5, 0x2C, 0x00)) && self.send_page_back().await? => {
                self.send(DOING, &command).await
            }
            answer => answer,
        };
        let information = essential(answer)?;
        // `Quirk::NextAddressBeforeTheTrack`
        Ok(information.map(|mut information| {
            let start = information.start;
            information.next_writable = information.next_writable.map(|next| next.max(start));
            information
        }))
    }

    /// Sends the drive its own write parameters back; false when it does not have them or does not take them.
    async fn send_page_back(&mut self) -> Result<bool, Error> {
        const WRITE_PARAMETERS: u8 = 0x05;
        let ask = Raw(ModeSense10::page(WRITE_PARAMETERS, PageControl::CURRENT, 60));
        let Some(raw) = optional(self.send(DOING, &ask).await)? else { return Ok(false) };
        let reply = ModeReply::parse(&raw).ok();
        let Some(page) = reply.and_then(|reply| reply.page(WRITE_PARAMETERS).map(<[u8]>::to_vec)) else {
            return Ok(false);
        };
        let list = ModeParameterList::of_page(&page).encode();
        Ok(optional(self.send(DOING, &ModeSelect10::new(&list)).await)?.is_some())
    }

    /// The next writable address of the open track, asked anew.
    ///
    /// # Errors
    /// The drive cannot be asked.
    pub async fn ask_next_writable(&mut self, media: &Media) -> Result<Option<Lba>, Error> {
        let number = match media.kind {
            Kind::CdR | Kind::CdRw | Kind::DvdPlusR | Kind::DvdPlusRDl => 0xFF,
            _ => media.open_track().map_or(media.track_count.max(1), |track| track.number),
        };
        Ok(self.track_information(number).await?.and_then(|information| information.next_writable))
    }

    /// The answer to READ TRACK INFORMATION as it came, for `GetTrackInformation`.
    ///
    /// # Errors
    /// The drive refused it, or the wire broke.
    pub async fn raw_track_information(&mut self, command: ReadTrackInformation) -> Result<Vec<u8>, Error> {
        self.send(crate::Doing::Querying, &Raw(command)).await
    }
}

fn put_track(media: &mut Media, information: &TrackInformation, number: u16) {
    // Byte 2 and 32 hold the number; drives that leave it 0 are taken at the number asked for.
    let number = if information.track == 0 || information.track == 0xFF { number } else { information.track };
    let kind = match (media.kind.family(), information.track_mode & 0x0C) {
        (Family::Cd, 0x00 | 0x08) if !information.blank => TrackKind::Audio,
        _ => TrackKind::Data,
    };
    let track = Track {
        number,
        session: information.session,
        start: information.start,
        sectors: believable(information.start, information.size),
        kind,
        blank: information.blank,
        reserved: information.reserved,
        packet: information.packet,
        damaged: information.damaged,
        next_writable: information.next_writable,
        last_recorded: information.last_recorded,
        free: information.free_blocks,
    };
    match media.tracks.iter_mut().find(|known| known.number == number) {
        Some(known) => {
            // `Quirk::LastTrackWithoutSize`. What the table of contents says may count the pre-gap of the next track too.
            let told = track.sectors.0 > 0 && track.sectors <= known.sectors + LONGEST_GAP;
            let sectors = if told { track.sectors } else { known.sectors };
            let session = if track.session == 0 { known.session } else { track.session };
            *known = Track { kind: known.kind, sectors, session, ..track };
        }
        None => {
            media.tracks.push(track);
            media.tracks.sort_by_key(|track| track.number);
        }
    }
}

/// A size that ends where no address reaches is none.
fn believable(start: Lba, size: SectorCount) -> SectorCount {
    if i64::from(start.0) + i64::from(size.0) > i64::from(i32::MAX) { SectorCount::ZERO } else { size }
}

/// [`Quirk::LastTrackWithoutSize`](crate::quirk::Quirk::LastTrackWithoutSize): what else tells how long a track is.
fn size_up(media: &mut Media) {
    for index in 0..media.tracks.len() {
        // Between two tracks of a DVD or BD may lie a border or a gap that nobody tells the length of: what begins behind
        // says nothing of where this one ends.
        let is_last = index + 1 == media.tracks.len();
        let readable = media.readable.filter(|_| is_last).map(|readable| Lba::ZERO + readable);
        let track = &mut media.tracks[index];
        if track.sectors.0 > 0 {
            continue;
        }
        let end = match track.next_writable {
            Some(next) => Some(next + track.free),
            None => track.last_recorded.map(|last| last + SectorCount(1)).or(readable),
        };
        track.sectors = end.map_or(SectorCount::ZERO, |end| end.since(track.start));
    }
}

fn single_track(media: &mut Media) {
    media.tracks = vec![Track {
        number: 1,
        session: 1,
        start: Lba::ZERO,
        sectors: media.readable.unwrap_or_default(),
        kind: TrackKind::Data,
        blank: false,
        reserved: false,
        packet: false,
        damaged: false,
        next_writable: None,
        last_recorded: None,
        free: SectorCount::ZERO,
    }];
    media.track_count = 1;
}

/// Next writable address, free and total sectors of a disc that takes track after track.
fn settle_open_track(media: &mut Media) {
    if media.status == DiscStatus::Complete {
        // Some drives give an address for a finalised disc; there is none.
        media.tracks.iter_mut().for_each(|track| track.next_writable = None);
    }
    if let Some(open) = media.tracks.iter().rev().find(|track| track.next_writable.is_some()) {
        media.next_writable = open.next_writable;
        media.free = Some(open.free);
    } else if media.status == DiscStatus::Complete {
        media.free = Some(SectorCount::ZERO);
    }
    let end_of_tracks = media.tracks.iter().map(Track::end).max();
    media.total = match (media.kind.family(), media.last_lead_out) {
        (Family::Cd, Some(lead_out)) => Some(sectors_before(lead_out)),
        _ => match (media.next_writable, media.free) {
            (Some(next), Some(free)) => Some(sectors_before(next) + free),
            _ => end_of_tracks.map(sectors_before).or(media.readable),
        },
    };
    // `Quirk::KnowsFewCommands`: a blank disc is written from its first sector on, and ATIP says how far.
    if !media.knows_track_information && media.status == DiscStatus::Blank && media.total.is_some() {
        media.next_writable = Some(Lba::ZERO);
        media.free = media.total;
    }
    // A closed DVD-RW has no free sectors; what it has once it is blanked is told by the formats on offer.
    if media.kind == Kind::DvdRwSequential {
        let whole = media.offers.iter().filter(|offer| matches!(offer.kind, 0x00 | 0x10)).map(|offer| offer.sectors);
        media.total = media.total.max(whole.max());
    }
}

fn group_sessions(media: &mut Media) {
    let mut sessions: Vec<Session> = Vec::new();
    for track in &media.tracks {
        let number = track.session.max(1);
        let open = track.open() || track.blank;
        match sessions.iter_mut().find(|session| session.number == number) {
            Some(session) => {
                session.last_track = session.last_track.max(track.number);
                session.end = session.end.max(track.end());
                session.open |= open;
            }
            None => sessions.push(Session {
                number,
                first_track: track.number,
                last_track: track.number,
                start: track.start,
                end: track.end(),
                open,
            }),
        }
    }
    // A session whose tracks are all closed is still open when the disc says so.
    let unfinished = matches!(media.last_session, super::SessionStatus::Incomplete | super::SessionStatus::Damaged);
    if let Some(last) = sessions.last_mut()
        && unfinished
        && media.status == DiscStatus::Appendable
    {
        last.open = true;
    }
    sessions.sort_by_key(|session| session.number);
    media.sessions = sessions;
}
