//! The checks before a plan, in the order of IMAPI2's data writer.

use webburn_drive::Media;
use webburn_drive::media::{DiscStatus, Kind, Recording};
use webburn_sector::{Lba, SECTOR_SIZE, SectorCount};

use super::{Job, sequential};
use crate::Error;
use crate::enums::MediaState;
use crate::hresult::{
    E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED, E_IMAPI_DF2DATA_MEDIA_NOT_BLANK, E_IMAPI_DF2DATA_RECORDER_NOT_SUPPORTED,
    E_IMAPI_DF2DATA_STREAM_NOT_SUPPORTED, E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA,
    E_IMAPI_RECORDER_MEDIA_NO_MEDIA, E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED, E_INVALIDARG, E_NOTIMPL,
};
use crate::options::Options;
use crate::state::{self, POSTGAP, RUN_OUT, SHORTEST_CD_TRACK};

/// The length of a stream: whole sectors, at least one, at most what a 32-bit address reaches.
///
/// # Errors
/// `E_IMAPI_DF2DATA_STREAM_NOT_SUPPORTED`; for more than 2^31 sectors it is too large for any medium.
pub fn check_stream(bytes: u64) -> Result<SectorCount, Error> {
    const SECTOR: u64 = SECTOR_SIZE as u64;
    if bytes == 0 {
        return Err(Error::new("image-empty", E_IMAPI_DF2DATA_STREAM_NOT_SUPPORTED));
    }
    if !bytes.is_multiple_of(SECTOR) {
        return Err(Error::new("image-not-whole-sectors", E_IMAPI_DF2DATA_STREAM_NOT_SUPPORTED)
            .with("bytes", bytes)
            .with("rest", bytes % SECTOR));
    }
    match u32::try_from(bytes / SECTOR) {
        Ok(sectors) if sectors <= i32::MAX as u32 => Ok(SectorCount(sectors)),
        _ => Err(too_large(bytes / SECTOR, SectorCount::ZERO)),
    }
}

/// The drive can write at all.
///
/// # Errors
/// `E_IMAPI_DF2DATA_RECORDER_NOT_SUPPORTED`.
pub fn check_drive(media: &Media) -> Result<(), Error> {
    if media.drive_writes { Ok(()) } else { Err(read_only_drive()) }
}

/// The refusal of a drive that writes nothing.
pub(crate) fn read_only_drive() -> Error {
    Error::new("drive-read-only", E_IMAPI_DF2DATA_RECORDER_NOT_SUPPORTED)
}

/// Block ranges lie in the stream, the right way round, and on write units where the disc insists on them.
pub(super) fn check_ranges(media: &Media, sectors: SectorCount, options: &Options) -> Result<(), Error> {
    let Some(ranges) = &options.block_ranges else { return Ok(()) };
    // DVD-RW in restricted overwrite mode refuses parts of an ECC block, and BD-R takes each cluster once; all others read,
    // change and write it.
    let whole_units = matches!(media.kind, Kind::DvdRwRestricted | Kind::BdRRandom);
    let unit = if whole_units { media.write_unit } else { SectorCount(1) };
    let end = Lba::ZERO + sectors;
    let on_unit = |lba: Lba| lba.align_up(unit) == lba;
    let good = |range: &crate::options::BlockRange| {
        range.start >= Lba::ZERO
            && range.end >= range.start
            && range.end < end
            && on_unit(range.start)
            && on_unit(range.end + SectorCount(1))
    };
    match ranges.iter().find(|range| !good(range)) {
        Some(bad) => Err(Error::new("bad-block-range", E_INVALIDARG).with("start", bad.start.0).with("end", bad.end.0)),
        None if ranges.is_empty() => Err(Error::new("bad-block-range", E_INVALIDARG)),
        None => Ok(()),
    }
}

fn unsupported(code: &'static str) -> Error {
    Error::new(code, E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED)
}

fn too_large(sectors: u64, free: SectorCount) -> Error {
    Error::new("image-too-large", E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA)
        .with("sectors", sectors)
        .with("free", free.0)
}

/// The disc may be written as it is (or after blanking), and the stream fits.
pub(super) fn check_media(media: &Media, sectors: SectorCount, options: &Options) -> Result<Job, Error> {
    let name = media.kind.name();
    match media.kind {
        Kind::None => return Err(Error::new("no-disc", E_IMAPI_RECORDER_MEDIA_NO_MEDIA)),
        Kind::HdDvd(_) => return Err(Error::new("disc-no-writer", E_NOTIMPL).with("medium", name)),
        Kind::Other(_) => return Err(unsupported("disc-unsupported")),
        kind if kind.recording() == Recording::ReadOnly => {
            return Err(unsupported("disc-read-only").with("medium", name));
        }
        _ => {}
    }
    if media.protection.any() {
        return Err(Error::new("disc-write-protected", E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED));
    }
    if sequential(media) {
        check_sequential(media, sectors, options)
    } else {
        check_overwritable(media, sectors, options)
    }
}

fn check_sequential(media: &Media, sectors: SectorCount, options: &Options) -> Result<Job, Error> {
    let status = state::media_status(media);
    let erasable = media.kind.rewritable() && !options.strict;
    let erase = erasable && options.force_overwrite && media.status != DiscStatus::Blank;
    if !erase {
        if status == MediaState::UNSUPPORTED_MEDIA && state::takes_one_session(media.kind) {
            return Err(unsupported("disc-state-unsuitable").with("medium", media.kind.name()));
        }
        for (bit, code) in [
            (MediaState::ERASE_REQUIRED, "disc-erase-required"),
            (MediaState::FINALIZED, "disc-closed"),
            (MediaState::DAMAGED, "disc-damaged"),
            (MediaState::NON_EMPTY_SESSION, "disc-session-open"),
            (MediaState::UNSUPPORTED_MEDIA, "disc-unsupported"),
        ] {
            if status.contains(bit) {
                return Err(unsupported(code).with("medium", media.kind.name()));
            }
        }
        if media.status == DiscStatus::Appendable && !state::takes_sessions(media) {
            return Err(unsupported("drive-cannot-write-this").with("medium", media.kind.name()));
        }
        if matches!(media.kind, Kind::CdR | Kind::CdRw)
            && media.track_count >= state::MOST_CD_TRACKS
            && media.open_track().is_none()
        {
            return Err(unsupported("disc-tracks-full"));
        }
        if !drive_can(media) {
            return Err(unsupported("drive-cannot-write-this").with("medium", media.kind.name()));
        }
    }
    if media.abilities.pseudo_overwrite && options.force_overwrite && media.status != DiscStatus::Blank {
        return check_replaceable(media, sectors);
    }
    // Blanked, the disc has all its sectors again.
    let (start, room) = if erase {
        (Lba::ZERO, media.total.unwrap_or_default())
    } else {
        match (state::next_writable_address(media), media.free) {
            (Some(start), Some(room)) => (start, room),
            // `Quirk::KnowsFewCommands`: nothing is wrong with the disc, the drive does not tell where to write.
            _ if !media.knows_track_information => {
                return Err(unsupported("drive-cannot-write-this").with("medium", media.kind.name()));
            }
            _ => return Err(unsupported("disc-damaged").with("medium", media.kind.name())),
        }
    };
    let job = Job { sectors, start, room, erase, written: SectorCount::ZERO };
    let needed = needed_sectors(media, sectors, options);
    if needed > room { Err(too_large(sectors.0.into(), room - (needed - sectors))) } else { Ok(job) }
}

/// Pseudo-overwrite: each replaced cluster takes one more from what is free, and one entry of the drive's map.
fn check_replaceable(media: &Media, sectors: SectorCount) -> Result<Job, Error> {
    let (Some(next), Some(free)) = (media.next_writable, media.free) else {
        return Err(unsupported("disc-closed").with("medium", media.kind.name()));
    };
    let written = next.since(Lba::ZERO);
    let whole = sectors.align_up(media.write_unit);
    let entries = media.replacements.unwrap_or_default();
    let clusters = whole.min(written).0.div_ceil(media.write_unit.0);
    if clusters > entries {
        return Err(too_large(sectors.0.into(), SectorCount(entries.saturating_mul(media.write_unit.0)).min(free)));
    }
    if whole > free {
        return Err(too_large(sectors.0.into(), free));
    }
    Ok(Job { sectors, start: Lba::ZERO, room: free, erase: false, written })
}

/// Sectors that the stream takes with all that is added to it.
pub(super) fn needed_sectors(media: &Media, sectors: SectorCount, options: &Options) -> SectorCount {
    match media.kind {
        Kind::CdR | Kind::CdRw => sectors + cd_fill(sectors, options) + RUN_OUT,
        _ => sectors.align_up(media.write_unit),
    }
}

/// Zeros behind a CD track: the postgap, and what a shortest track lacks.
pub(super) fn cd_fill(sectors: SectorCount, options: &Options) -> SectorCount {
    let postgap = if options.postgap_already_in_image { SectorCount::ZERO } else { POSTGAP };
    (sectors + postgap).max(SHORTEST_CD_TRACK) - sectors
}

/// Some way of writing this kind of disc is current.
fn drive_can(media: &Media) -> bool {
    let can = &media.abilities;
    match media.kind {
        Kind::CdR | Kind::CdRw => can.track_at_once || can.mastering,
        Kind::DvdR | Kind::DvdRwSequential | Kind::DvdRDlSequential | Kind::DvdRDlJump | Kind::DvdRwDl => {
            can.incremental || can.dvd_dash_write || can.layer_jump
        }
        // Their write features are not always marked current; the profile says enough.
        _ => true,
    }
}

fn check_overwritable(media: &Media, sectors: SectorCount, options: &Options) -> Result<Job, Error> {
    if media.kind == Kind::BdRRandom {
        if media.status == DiscStatus::Complete {
            return Err(unsupported("disc-closed").with("medium", media.kind.name()));
        }
        if !state::looks_blank(media) && options.block_ranges.is_none() {
            // Each cluster takes data once: there is no overwriting, and a stream begins at sector 0.
            return Err(unsupported("disc-state-unsuitable").with("medium", media.kind.name()));
        }
    }
    if !options.force_overwrite && options.block_ranges.is_none() && !state::looks_blank(media) {
        return Err(Error::new("disc-not-blank", E_IMAPI_DF2DATA_MEDIA_NOT_BLANK).with("medium", media.kind.name()));
    }
    let room = state::total_sectors(media).unwrap_or_default();
    if sectors > room {
        return Err(too_large(sectors.0.into(), room));
    }
    Ok(Job { sectors, start: Lba::ZERO, room, erase: false, written: SectorCount::ZERO })
}
