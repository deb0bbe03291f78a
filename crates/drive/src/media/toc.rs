//! The table of contents of a CD: tracks and sessions as its lead-ins have them.

use webburn_mmc::{FullToc, ReadAtip, ReadFullToc, ReadToc};
use webburn_scsi::{Raw, ScsiTransport};
use webburn_sector::{Lba, Msf, SectorCount};

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
            media.tracks = self.full_toc().await?;
            if media.tracks.is_empty() {
                media.tracks = self.simple_toc().await?;
            } else {
                count_sessions(media);
            }
            media.track_count = media.track_count.max(media.tracks.last().map_or(0, |track| track.number));
        }
        if matches!(media.kind, Kind::CdR | Kind::CdRw) {
            self.read_atip(media).await?;
        }
        Ok(())
    }

    async fn full_toc(&mut self) -> Result<Vec<Track>, Error> {
        let ask = |allocation_length| ReadFullToc { msf: true, first_session: 1, allocation_length };
        let Some(head) = optional(self.send(DOING, &Raw(ask(4))).await)? else { return Ok(Vec::new()) };
        let length = announced(&head);
        if length < 4 + 11 {
            return Ok(Vec::new());
        }
        let Some(toc) = optional(self.send(DOING, &ask(length)).await)? else { return Ok(Vec::new()) };
        // `Quirk::TakesTheTocFormatFromTheLastByte`: what arrived is something else.
        if toc.entries.iter().any(|entry| entry.session == 0) {
            return Ok(Vec::new());
        }
        let binary = tracks_of_full_toc(&toc);
        // `Quirk::SendsTheTocInBcd`
        let Some(decimal) = in_bcd(&toc).map(|toc| tracks_of_full_toc(&toc)) else { return Ok(binary) };
        if decimal == binary || !possible(&toc) {
            return Ok(decimal);
        }
        let plain = self.simple_toc().await?;
        Ok(if agree(&decimal, &plain) && !agree(&binary, &plain) { decimal } else { binary })
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
            media.atip_lead_in = Some(lead_in);
            let msf = atip.lead_in;
            media.manufacturer = Some(format!("{:02}m{:02}s{:02}f", msf.minute, msf.second, msf.frame));
        }
        Ok(())
    }
}

/// [`Quirk::CountsTheLeadOutAsSession`](crate::quirk::Quirk::CountsTheLeadOutAsSession): a table of contents lists the
/// complete sessions, and behind them there is one more as long as the disc is open.
fn count_sessions(media: &mut Media) {
    let complete = media.tracks.last().map_or(0, |track| track.session);
    match media.status {
        DiscStatus::Complete => media.session_count = complete,
        DiscStatus::Appendable => media.session_count = complete + 1,
        _ => {}
    }
}

/// The table read as BCD; `None` when its addresses are not in BCD.
fn in_bcd(toc: &FullToc) -> Option<FullToc> {
    let decimal = |byte: u8| (byte >> 4 <= 9 && byte & 0x0F <= 9).then_some((byte >> 4) * 10 + (byte & 0x0F));
    let mut toc = toc.clone();
    for entry in toc.entries.iter_mut().filter(|entry| is_place(entry.point)) {
        let Msf { minute, second, frame } = entry.point_msf;
        entry.point_msf = Msf::new(decimal(minute)?, decimal(second)?, decimal(frame)?);
        entry.point_msf.to_lba().ok()?;
    }
    Some(toc)
}

/// The addresses are possible as they are.
fn possible(toc: &FullToc) -> bool {
    toc.entries.iter().filter(|entry| is_place(entry.point)).all(|entry| entry.point_msf.to_lba().is_ok())
}

/// The point is a track or a lead-out; A0h and A1h carry numbers, B0h and above other things.
const fn is_place(point: u8) -> bool {
    matches!(point, 1..=99 | 0xA2)
}

/// Tracks begin where the plain table of contents has them, and the last one ends there.
fn agree(tracks: &[Track], plain: &[Track]) -> bool {
    let starts = |tracks: &[Track]| tracks.iter().map(|track| (track.number, track.start)).collect::<Vec<_>>();
    starts(tracks) == starts(plain) && tracks.last().map(Track::end) == plain.last().map(Track::end)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn toc(points: &[(u8, [u8; 3])]) -> FullToc {
        let mut bytes = vec![0, 0, 1, 1];
        for (point, [m, s, f]) in points {
            bytes.extend([1, 0x14, 0, *point, 0, 0, 0, 0, *m, *s, *f]);
        }
        let length = bytes.len() as u16 - 2;
        bytes[..2].copy_from_slice(&length.to_be_bytes());
        FullToc::parse(&bytes).unwrap()
    }

    #[test]
    fn bcd_or_binary() {
        let end = |toc: &FullToc| tracks_of_full_toc(toc).last().map(|track| track.end().0);
        // 59h seconds are no seconds in binary.
        let only_bcd = toc(&[(1, [0, 2, 0]), (0xA2, [0x12, 0x59, 0x10])]);
        assert!(!possible(&only_bcd));
        assert_eq!(in_bcd(&only_bcd).as_ref().and_then(end), Some((12 * 60 + 59) * 75 + 10 - 150));
        // 3Ah is no BCD.
        assert_eq!(in_bcd(&toc(&[(1, [0, 2, 0]), (0xA2, [12, 0x3A, 10])])), None);
        // Both: 12h minutes are 18 or 12.
        let both = toc(&[(1, [0, 2, 0]), (0xA2, [0x12, 0x10, 0])]);
        assert!(possible(&both) && in_bcd(&both).is_some());
        // The same either way.
        let same = toc(&[(1, [0, 2, 0]), (0xA2, [3, 4, 5])]);
        assert_eq!(in_bcd(&same).as_ref(), Some(&same));
    }
}
