//! The table of contents of a CD: tracks and sessions as its lead-ins have them.

use webburn_mmc::{FullToc, ReadAtip, ReadFullToc, ReadToc};
use webburn_scsi::{Raw, ScsiTransport};
use webburn_sector::{Lba, SectorCount};

use super::identify::{DOING, optional};
use super::{DiscStatus, Kind, Media, Track, TrackKind};
use crate::{Clock, Drive, Error};

/// The lead-out, as a track number.
const LEAD_OUT: u8 = 0xAA;

impl<T: ScsiTransport, C: Clock> Drive<T, C> {
    pub(super) async fn read_toc(&mut self, media: &mut Media) -> Result<(), Error> {
        // Before its first session is closed a disc has no lead-in to read a table from, and drives refuse the question.
        let none_closed = media.status == DiscStatus::Appendable && media.session_count == 1;
        if media.status != DiscStatus::Blank && !none_closed {
            let full = self.full_toc().await?;
            media.tracks = full.as_ref().map(tracks_of_full_toc).unwrap_or_default();
            if media.tracks.is_empty() {
                media.tracks = self.simple_toc().await?;
            }
            media.track_count = media.track_count.max(media.tracks.last().map_or(0, |track| track.number));
        }
        if matches!(media.kind, Kind::CdR | Kind::CdRw) {
            self.read_atip(media).await?;
        }
        Ok(())
    }

    async fn full_toc(&mut self) -> Result<Option<FullToc>, Error> {
        let ask = |allocation_length| ReadFullToc { msf: true, first_session: 1, allocation_length };
        let Some(head) = optional(self.send(DOING, &Raw(ask(4))).await)? else { return Ok(None) };
        let length = announced(&head);
        if length < 4 + 11 {
            return Ok(None);
        }
        optional(self.send(DOING, &ask(length)).await)
    }

    /// Format 0: no sessions, but every drive has it.
    async fn simple_toc(&mut self) -> Result<Vec<Track>, Error> {
        let ask = |allocation_length| ReadToc { msf: false, first_track: 1, allocation_length };
        let Some(head) = optional(self.send(DOING, &Raw(ask(4))).await)? else { return Ok(Vec::new()) };
        let Some(toc) = optional(self.send(DOING, &ask(announced(&head).max(12))).await)? else {
            return Ok(Vec::new());
        };
        let starts: Vec<(u8, Lba, bool)> = toc
            .tracks
            .iter()
            .filter_map(|track| Some((track.track, track.start.to_lba().ok()?, track.is_data())))
            .collect();
        let pairs = starts.iter().zip(starts.iter().skip(1));
        Ok(pairs
            .filter(|(this, _)| this.0 != LEAD_OUT)
            .map(|(this, next)| track(this.0, 1, this.1, next.1, this.2))
            .collect())
    }

    async fn read_atip(&mut self, media: &mut Media) -> Result<(), Error> {
        let Some(atip) = optional(self.send(DOING, &ReadAtip { msf: true, allocation_length: 28 }).await)? else {
            return Ok(());
        };
        let (lead_in, lead_out) = (atip.lead_in.to_lba().ok(), atip.last_possible_lead_out.to_lba().ok());
        // LITE-ON LTR-48125S makes one up for pressed discs: a lead-in behind the lead-out is none (libburn).
        if let (Some(lead_in), Some(lead_out)) = (lead_in, lead_out)
            && lead_in < lead_out
        {
            media.last_lead_out = media.last_lead_out.or(Some(lead_out));
            let msf = atip.lead_in;
            media.manufacturer = Some(format!("{:02}m{:02}s{:02}f", msf.minute, msf.second, msf.frame));
        }
        Ok(())
    }
}

fn announced(head: &[u8]) -> u16 {
    let field = head.get(..2).and_then(|b| b.try_into().ok()).map_or(0, u16::from_be_bytes);
    field.saturating_add(2)
}

fn track(number: u8, session: u8, start: Lba, end: Lba, data: bool) -> Track {
    Track {
        number: number.into(),
        session: session.into(),
        start,
        sectors: end.since(start),
        kind: if data { TrackKind::Data } else { TrackKind::Audio },
        blank: false,
        reserved: false,
        packet: false,
        damaged: false,
        next_writable: None,
        last_recorded: None,
        free: SectorCount::ZERO,
    }
}

/// Tracks with their sessions; each ends where the next of its session begins, the last at the session's lead-out.
fn tracks_of_full_toc(toc: &FullToc) -> Vec<Track> {
    let mut points: Vec<(u8, u8, Lba, bool)> = Vec::new();
    for entry in toc.entries.iter().filter(|entry| entry.adr == 1) {
        // A0h and A1h carry numbers, B0h and above other things; only tracks and lead-outs are places.
        let number = match entry.point {
            1..=99 => entry.point,
            0xA2 => LEAD_OUT,
            _ => continue,
        };
        if let Ok(lba) = entry.point_msf.to_lba() {
            points.push((entry.session, number, lba, entry.control & 0x04 != 0));
        }
    }
    points.sort_by_key(|(session, number, ..)| (*session, *number));
    points.dedup_by_key(|(session, number, ..)| (*session, *number));
    let pairs = points.iter().zip(points.iter().skip(1));
    pairs
        .filter(|(this, next)| this.0 == next.0 && this.1 != LEAD_OUT)
        .map(|(this, next)| track(this.1, this.0, this.2, next.2, this.3))
        .collect()
}
