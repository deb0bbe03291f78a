//! `ExpectedTableOfContents`: what the lead-in will say once the session is closed.

use webburn_sector::{Lba, Msf, SectorCount};

use super::AudioTrack;

/// Bytes of an entry.
const ENTRY: usize = 11;
const ADR_AND_CONTROL: u8 = 0x10;

/// One entry in the form of READ TOC, format 2 (MMC-6, 6.26.2.5): session, ADR and CONTROL, TNO, POINT, running time,
/// zero, PMIN, PSEC, PFRAME.
pub type TocEntry = [u8; ENTRY];

/// The entries of one session of audio tracks; none without a track.
pub(super) fn expected(tracks: &[AudioTrack], run_out: SectorCount) -> Vec<TocEntry> {
    let (Some(first), Some(last)) = (tracks.first(), tracks.last()) else { return Vec::new() };
    let number = |point, number| [1, ADR_AND_CONTROL, 0, point, 0, 0, 0, 0, number, 0, 0];
    let place = |point, lba: Lba| {
        let [minute, second, frame] = Msf::from_lba(lba).unwrap_or_default().to_bytes();
        [1, ADR_AND_CONTROL, 0, point, 0, 0, 0, 0, minute, second, frame]
    };
    let mut entries = vec![number(0xA0, first.number), number(0xA1, last.number)];
    // A table of contents counts the run-out of a track written at once.
    entries.push(place(0xA2, last.start + last.sectors + run_out));
    entries.extend(tracks.iter().map(|track| place(track.number, track.start)));
    entries
}
