//! The last written address: a ladder of sources, the surest first.

use webburn_sector::{Lba, SectorCount};

use super::{Family, FormatState, Kind, Media, Recording, Track, TrackKind};

/// Sectors that a drive puts behind a packet or a track written at once: two of run-out, which hold nothing and cannot
/// be read (MMC-6, 4.2.3.6; libburn, K3b).
const RUN_OUT: SectorCount = SectorCount(2);
/// Link, run-in and run-out between two packets on CD.
const LINK_LOSS: SectorCount = SectorCount(7);

/// Fills in [`Media::last_written`].
pub(super) fn settle(media: &mut Media) {
    media.last_written = match media.kind.recording() {
        // What an overwritable disc holds is the file system's business; only the drive's own word counts. A DVD-RW that
        // was quick formatted grows from its start, so what comes before its next address is written.
        Recording::Overwritable => media.tracks.first().and_then(|track| {
            let grown =
                track.next_writable.filter(|next| media.format == FormatState::Intermediate && *next > track.start);
            track.last_recorded.or(grown.map(|next| next - SectorCount(1)))
        }),
        Recording::ReadOnly => media.readable.map(last_of),
        Recording::Sequential => {
            media.tracks.iter().rev().find(|track| !track.blank).and_then(|track| last_written_of(media, track))
        }
    };
}

fn last_of(sectors: SectorCount) -> Lba {
    Lba::ZERO + sectors - SectorCount(1)
}

/// Decided where nothing is documented: on BD-R with pseudo-overwrite and on DVD-R DL with layer jumps the drive's last
/// recorded address of the track counts as it is, remaps and jumps notwithstanding.
///
/// The last written user sector of one track of a disc that takes track after track; `None` when nothing tells it.
#[must_use]
pub fn last_written_of(media: &Media, track: &Track) -> Option<Lba> {
    if track.blank || track.sectors.0 == 0 && track.last_recorded.is_none() {
        return None;
    }
    let cd = media.kind.family() == Family::Cd;
    match (track.last_recorded, track.next_writable) {
        (Some(last), _) => Some(last),
        (None, Some(next)) if next > track.start => {
            Some(if cd { next - LINK_LOSS - SectorCount(1) } else { next - SectorCount(1) })
        }
        (None, Some(_)) => None,
        // Where writing broke off is not known: neither address nor end can be trusted.
        (None, None) if track.damaged => None,
        (None, None) => {
            let last = track.end() - SectorCount(1);
            Some(if cd && ends_with_run_out(media, track) { last - RUN_OUT } else { last })
        }
    }
}

/// A data track on CD-R or CD-RW was most likely written at once, and then its last two sectors are run-out. Nothing on
/// the disc says so; a READ CAPACITY that leaves two sectors out proves it, and so the tracks before it.
fn ends_with_run_out(media: &Media, track: &Track) -> bool {
    let writable = matches!(media.kind, Kind::CdR | Kind::CdRw);
    writable && track.kind == TrackKind::Data
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track(start: i32, sectors: u32) -> Track {
        Track {
            number: 1,
            session: 1,
            start: Lba(start),
            sectors: SectorCount(sectors),
            kind: TrackKind::Data,
            blank: false,
            reserved: false,
            packet: false,
            damaged: false,
            next_writable: None,
            last_recorded: None,
            free: SectorCount::ZERO,
        }
    }

    #[test]
    fn the_ladder_rung_by_rung() {
        let dvd = Media::of_kind(Kind::DvdPlusR, 0x1B);
        let cd = Media::of_kind(Kind::CdR, 9);
        let closed = track(0, 1000);
        let recorded = Track { last_recorded: Some(Lba(990)), ..track(0, 1000) };
        let open = Track { next_writable: Some(Lba(500)), ..track(0, 2_000_000) };
        let untouched = Track { next_writable: Some(Lba(0)), ..track(0, 2_000_000) };
        let blank = Track { blank: true, ..track(0, 2_000_000) };
        let torn = Track { damaged: true, ..track(0, 2_000_000) };
        let audio = Track { kind: TrackKind::Audio, ..track(0, 1000) };
        for (media, track, expected) in [
            (&dvd, &closed, Some(Lba(999))),
            (&dvd, &recorded, Some(Lba(990))),
            (&dvd, &open, Some(Lba(499))),
            (&dvd, &untouched, None),
            (&dvd, &blank, None),
            (&dvd, &torn, None),
            (&cd, &closed, Some(Lba(997))),
            (&cd, &recorded, Some(Lba(990))),
            (&cd, &open, Some(Lba(492))),
            (&cd, &audio, Some(Lba(999))),
        ] {
            assert_eq!(last_written_of(media, track), expected, "{:?} {track:?}", media.kind);
        }
    }
}
