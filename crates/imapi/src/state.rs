//! What IMAPI2 says about a disc: `CurrentPhysicalMediaType`, `CurrentMediaStatus`, `WriteProtectStatus`, free space.
//! Pure: a snapshot of the disc in, numbers out.

use webburn_drive::Media;
use webburn_drive::media::{DiscStatus, FormatState, Kind, Recording, SessionStatus};
use webburn_sector::{Lba, SectorCount};

use crate::enums::{MediaPhysicalType, MediaState, WriteProtectState};

/// Sectors that end every packet or track written at once on a CD and hold nothing (ECMA-130 via MMC-6, 4.2.3.6).
pub const RUN_OUT: SectorCount = SectorCount(2);
/// Sectors of postgap that the data writer adds on CD.
pub const POSTGAP: SectorCount = SectorCount(150);
/// Fewest sectors of a CD track: four seconds.
pub const SHORTEST_CD_TRACK: SectorCount = SectorCount(300);
/// Most tracks of a CD.
pub const MOST_CD_TRACKS: u16 = 99;
/// Most closed sessions of a DVD+R.
pub const MOST_PLUS_SESSIONS: u16 = 153;

/// `CurrentPhysicalMediaType`.
#[must_use]
pub const fn physical_type(kind: Kind) -> MediaPhysicalType {
    use MediaPhysicalType as T;
    match kind {
        // No number exists for DVD-RW with two layers, nor for what the drive cannot name.
        Kind::None | Kind::Other(_) => T::Unknown,
        Kind::Disk => T::Disk,
        Kind::CdRom => T::CdRom,
        Kind::CdR => T::CdR,
        Kind::CdRw => T::CdRw,
        Kind::DvdRom => T::DvdRom,
        Kind::DvdR => T::DvdDashR,
        Kind::DvdRam => T::DvdRam,
        Kind::DvdRwRestricted | Kind::DvdRwSequential | Kind::DvdRwDl => T::DvdDashRw,
        Kind::DvdRDlSequential | Kind::DvdRDlJump => T::DvdDashRDualLayer,
        Kind::DvdPlusRw => T::DvdPlusRw,
        Kind::DvdPlusR => T::DvdPlusR,
        Kind::DvdPlusRwDl => T::DvdPlusRwDualLayer,
        Kind::DvdPlusRDl => T::DvdPlusRDualLayer,
        Kind::BdRom => T::BdRom,
        Kind::BdRSequential | Kind::BdRRandom => T::BdR,
        Kind::BdRe => T::BdRe,
        Kind::HdDvd(0x0050) => T::HdDvdRom,
        Kind::HdDvd(0x0052) => T::HdDvdRam,
        Kind::HdDvd(_) => T::HdDvdR,
    }
}

/// `WriteProtectStatus`.
#[must_use]
pub fn write_protect_status(media: &Media) -> WriteProtectState {
    let mut bits = WriteProtectState::default();
    for (set, bit) in [
        (media.protection.until_power_down, WriteProtectState::UNTIL_POWERDOWN),
        (media.protection.by_cartridge, WriteProtectState::BY_CARTRIDGE),
        (media.protection.by_medium, WriteProtectState::BY_MEDIA_SPECIFIC_REASON),
        (media.protection.by_software, WriteProtectState::BY_SOFTWARE_WRITE_PROTECT),
        (media.protection.by_disc_control_block, WriteProtectState::BY_DISC_CONTROL_BLOCK),
        (pressed(media.kind), WriteProtectState::READ_ONLY_MEDIA),
    ] {
        if set {
            bits |= bit;
        }
    }
    bits
}

/// Made in a factory with all that it holds. HD DVD-R, -RW and -RAM are not: nobody writes them here, which is another
/// matter.
const fn pressed(kind: Kind) -> bool {
    matches!(kind, Kind::CdRom | Kind::DvdRom | Kind::BdRom | Kind::HdDvd(0x0050))
}

/// The kind takes more than one session, and this drive can write them.
#[must_use]
pub fn takes_sessions(media: &Media) -> bool {
    match media.kind {
        // Without feature 0021h a DVD-R or DVD-RW takes one session, at once.
        Kind::DvdR | Kind::DvdRwSequential => media.abilities.incremental,
        kind if takes_one_session(kind) => false,
        kind => kind.recording() == Recording::Sequential,
    }
}

/// Kinds with one session each: MMC-6 gives them none, or wants the next one's start remapped, and no writer is known to
/// add any.
pub(crate) const fn takes_one_session(kind: Kind) -> bool {
    matches!(kind, Kind::DvdRDlSequential | Kind::DvdRDlJump | Kind::DvdRwDl)
}

/// No session can follow the next one.
fn last_chance(media: &Media) -> bool {
    match media.kind {
        Kind::CdR | Kind::CdRw => media.track_count >= MOST_CD_TRACKS,
        Kind::DvdPlusR | Kind::DvdPlusRDl => {
            media.sessions.iter().filter(|s| !s.open).count() + 1 >= usize::from(MOST_PLUS_SESSIONS)
        }
        _ => false,
    }
}

/// Blank for the purpose of overwriting: physically, or by the look of its first and last two megabytes.
#[must_use]
pub fn looks_blank(media: &Media) -> bool {
    media.physically_blank() || media.seems_blank == Some(true)
}

/// `CurrentMediaStatus`.
#[must_use]
pub fn media_status(media: &Media) -> MediaState {
    let mut bits = match media.kind.recording() {
        Recording::ReadOnly => MediaState::UNSUPPORTED_MEDIA,
        // Random recording mode is "randomly writable", the old name of the bit, though each cluster only once.
        Recording::Overwritable if media.kind == Kind::BdRRandom && media.status == DiscStatus::Complete => {
            MediaState::FINALIZED
        }
        Recording::Overwritable => {
            if looks_blank(media) {
                MediaState::OVERWRITE_ONLY | MediaState::BLANK
            } else {
                MediaState::OVERWRITE_ONLY
            }
        }
        Recording::Sequential => sequential_status(media),
    };
    // What is written on a BD-R with pseudo-overwrite may be overwritten, while clusters and map entries last.
    let replaceable = media.abilities.pseudo_overwrite && media.replacements.is_none_or(|left| left > 0);
    if replaceable && bits == MediaState::APPENDABLE {
        bits |= MediaState::OVERWRITE_ONLY;
    }
    if media.protection.any() {
        bits |= MediaState::WRITE_PROTECTED;
    }
    bits
}

fn sequential_status(media: &Media) -> MediaState {
    match media.status {
        DiscStatus::Blank => {
            if takes_sessions(media) {
                MediaState::BLANK | MediaState::APPENDABLE
            } else {
                MediaState::BLANK | MediaState::FINAL_SESSION
            }
        }
        DiscStatus::Appendable => match media.last_session {
            SessionStatus::Damaged => MediaState::DAMAGED,
            SessionStatus::Incomplete if takes_one_session(media.kind) || !session_may_go_on(media) => {
                MediaState::NON_EMPTY_SESSION
            }
            _ if damaged(media) => MediaState::DAMAGED,
            // Another program left it open; no session is added to it here.
            _ if takes_one_session(media.kind) => MediaState::UNSUPPORTED_MEDIA,
            _ if last_chance(media) => MediaState::APPENDABLE | MediaState::FINAL_SESSION,
            _ => MediaState::APPENDABLE,
        },
        DiscStatus::Complete if media.kind.rewritable() => MediaState::FINALIZED | MediaState::ERASE_REQUIRED,
        DiscStatus::Complete => MediaState::FINALIZED,
        DiscStatus::Other | DiscStatus::Unknown => MediaState::UNSUPPORTED_MEDIA,
    }
}

/// The open track says that it is damaged and gives no address to go on from.
fn damaged(media: &Media) -> bool {
    media.next_writable.is_none() && media.tracks.iter().any(|track| track.damaged)
}

/// A last session that is written in part has closed tracks only and an empty one behind them: another track may follow.
fn session_may_go_on(media: &Media) -> bool {
    media.open_track().is_some_and(|track| track.blank && !track.reserved)
}

/// `TotalSectorsOnMedia`.
#[must_use]
pub fn total_sectors(media: &Media) -> Option<SectorCount> {
    media.total.or(media.readable)
}

/// `FreeSectorsOnMedia`: overwritable discs always have all their sectors; on CD, run-out and postgap are taken off.
#[must_use]
pub fn free_sectors(media: &Media) -> Option<SectorCount> {
    match media.kind.recording() {
        Recording::Overwritable if media.kind == Kind::BdRRandom => media.free,
        Recording::Overwritable => total_sectors(media),
        Recording::ReadOnly => Some(SectorCount::ZERO),
        Recording::Sequential => match media.kind {
            _ if media.status == DiscStatus::Complete => Some(SectorCount::ZERO),
            Kind::CdR | Kind::CdRw => media.free.map(|free| free - RUN_OUT - POSTGAP),
            _ => media.free,
        },
    }
}

/// `NextWritableAddress`: overwritable discs are always laid from sector 0.
#[must_use]
pub fn next_writable_address(media: &Media) -> Option<Lba> {
    match media.kind.recording() {
        Recording::Overwritable if media.kind == Kind::BdRRandom => media.next_writable,
        Recording::Overwritable => Some(Lba::ZERO),
        Recording::Sequential if media.status == DiscStatus::Blank => Some(media.next_writable.unwrap_or(Lba::ZERO)),
        Recording::Sequential => media.next_writable,
        Recording::ReadOnly => None,
    }
}

/// `StartAddressOfPreviousSession`; `None` stands for −1: blank, or no sessions on this kind.
#[must_use]
pub fn start_of_previous_session(media: &Media) -> Option<Lba> {
    if media.kind.recording() == Recording::Overwritable || media.status == DiscStatus::Blank {
        return None;
    }
    media.last_closed_session().map(|session| session.start)
}

/// The disc needs formatting before it can be written.
#[must_use]
pub fn needs_format(media: &Media) -> bool {
    media.kind.recording() == Recording::Overwritable && media.format == FormatState::Unformatted
}
