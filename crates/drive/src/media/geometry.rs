//! Disc information, formats, capacity: the disc as a whole.

use webburn_mmc::{DiscInformation, ReadCapacity, ReadDiscInformation, ReadFormatCapacities, ReadPowResources};
use webburn_scsi::{Raw, ScsiTransport};
use webburn_sector::{Lba, Msf, SectorCount};

use super::identify::{DOING, essential, optional};
use super::{BackgroundFormat, DiscStatus, Family, FormatOffer, FormatState, Kind, Media, Recording, SessionStatus};
use crate::{Clock, Drive, Error};

impl<T: ScsiTransport, C: Clock> Drive<T, C> {
    pub(super) async fn read_capacity(&mut self, media: &mut Media) -> Result<(), Error> {
        // A blank disc answers 0 or an error; both mean that there is nothing to read.
        let capacity = optional(self.send(DOING, &ReadCapacity {}).await)?;
        media.readable = capacity.map(|capacity| capacity.blocks()).filter(|blocks| blocks.0 > 1);
        Ok(())
    }

    pub(super) async fn read_disc_information(&mut self, media: &mut Media) -> Result<(), Error> {
        // 34 bytes hold everything but the calibration values, whose number is the last of them.
        let raw = essential(self.send(DOING, &Raw(ReadDiscInformation { allocation_length: 34 })).await)?;
        let Some(raw) = raw else {
            if media.kind.recording() == Recording::ReadOnly {
                media.status = DiscStatus::Complete;
            }
            return Ok(());
        };
        let information = DiscInformation::parse(&raw).map_err(|malformed| Error {
            doing: DOING,
            at_lba: None,
            command: "READ DISC INFORMATION",
            opcode: ReadDiscInformation::OPCODE,
            cause: crate::CommandError::Malformed(malformed),
        })?;
        media.knows_disc_information = true;
        media.calibrated = raw.get(33).is_some_and(|tables| *tables > 0) && raw.get(1).is_some_and(|len| *len > 32);
        media.erasable = information.erasable;
        media.session_count = information.sessions;
        media.status = match information.status.0 {
            0 => DiscStatus::Blank,
            1 => DiscStatus::Appendable,
            2 => DiscStatus::Complete,
            _ => DiscStatus::Other,
        };
        media.last_session = match information.last_session.0 {
            0 => SessionStatus::Empty,
            1 => SessionStatus::Incomplete,
            2 => SessionStatus::Damaged,
            _ => SessionStatus::Complete,
        };
        media.background = match information.background_format.0 {
            0 => BackgroundFormat::None,
            1 => BackgroundFormat::Stopped,
            2 => BackgroundFormat::Running,
            _ => BackgroundFormat::Complete,
        };
        media.track_count = information.last_track_last_session;
        media.last_lead_in = address(media.kind, information.last_session_lead_in);
        media.last_lead_out = address(media.kind, information.last_possible_lead_out);
        // Read-only discs are complete, whatever the drive says of them. HD DVD is read-only to us alone.
        if media.kind.recording() == Recording::ReadOnly && !matches!(media.kind, Kind::HdDvd(_)) {
            media.status = DiscStatus::Complete;
            media.last_session = SessionStatus::Complete;
        }
        Ok(())
    }

    /// How often a BD-R can still be overwritten, where it can be at all.
    pub(super) async fn read_replacements(&mut self, media: &mut Media) -> Result<(), Error> {
        if media.abilities.pseudo_overwrite {
            let left = optional(self.send(DOING, &ReadPowResources { allocation_length: 16 }).await)?;
            media.replacements = left.map(|left| left.replacements.min(left.map_entries));
        }
        Ok(())
    }

    pub(super) async fn read_formats(&mut self, media: &mut Media) -> Result<(), Error> {
        // A sequential disc has formats to choose from too; its state is told by other commands.
        let sequential = matches!(media.kind, Kind::BdRSequential | Kind::DvdRwSequential);
        let formattable = media.kind.recording() == Recording::Overwritable || sequential;
        if !formattable {
            return Ok(());
        }
        let head = optional(self.send(DOING, &Raw(ReadFormatCapacities { allocation_length: 12 })).await)?;
        let Some(head) = head else { return Ok(()) };
        let length = 4 + u16::from(head.get(3).copied().unwrap_or(8)).max(8);
        let capacities = optional(self.send(DOING, &ReadFormatCapacities { allocation_length: length }).await)?;
        let Some(capacities) = capacities else { return Ok(()) };
        media.offers = capacities
            .formattable
            .iter()
            .map(|offer| FormatOffer { kind: offer.format.0, sectors: offer.blocks, parameter: offer.parameter })
            .collect();
        if sequential {
            return Ok(());
        }
        media.format = match capacities.current.kind.0 {
            2 => FormatState::Formatted,
            3 if media.kind == Kind::DvdRwRestricted => FormatState::Intermediate,
            _ => FormatState::Unformatted,
        };
        if matches!(media.kind, Kind::DvdPlusRw | Kind::DvdPlusRwDl) && media.background == BackgroundFormat::None {
            media.format = FormatState::Unformatted;
        }
        let offered = |kinds: &[u8]| {
            kinds.iter().find_map(|kind| media.offers.iter().find(|o| o.kind == *kind)).map(|offer| offer.sectors)
        };
        let current = Some(capacities.current.blocks).filter(|blocks| blocks.0 > 0);
        // What the disc has once formatted; a DVD-RW can grow to what a full format gives.
        let full = match media.kind {
            Kind::DvdPlusRw | Kind::DvdPlusRwDl => offered(&[0x26, 0x00]),
            Kind::DvdRwRestricted => offered(&[0x10, 0x00]),
            _ => offered(&[0x00, 0x30, 0x31]),
        };
        media.total = match (media.format, media.kind) {
            (FormatState::Formatted, Kind::DvdRwRestricted) => full.max(current),
            (FormatState::Formatted, Kind::DvdPlusRw | Kind::DvdPlusRwDl) => full.or(current),
            (FormatState::Formatted, _) => current.or(media.readable),
            _ => full.or(current),
        };
        media.free = media.total;
        Ok(())
    }
}

/// A BD-R that is formatted and not written claims one empty session and a capacity of nothing (libburn).
pub(super) fn doubt_formatted_bd_r(media: &mut Media) {
    if media.kind == Kind::BdRSequential
        && media.status == DiscStatus::Appendable
        && media.last_session == SessionStatus::Empty
        && media.track_count <= 1
        && media.readable.is_none()
    {
        media.status = DiscStatus::Blank;
    }
}

/// An address of READ DISC INFORMATION: zero, minute, second, frame on a CD, a block address elsewhere. FFs mean none.
fn address(kind: Kind, field: [u8; 4]) -> Option<Lba> {
    if field[1..] == [0xFF; 3] {
        return None;
    }
    if kind.family() == Family::Cd {
        let [_, minute, second, frame] = field;
        // All zero is how drives without the value put it; 00:00:00 is no lead-in and no lead-out.
        if (minute, second, frame) == (0, 0, 0) {
            return None;
        }
        Msf::new(minute, second, frame).to_lba().ok()
    } else {
        Some(Lba::from_wire(field)).filter(|lba| lba.0 > 0)
    }
}

/// The sectors before an address.
pub(super) fn sectors_before(lba: Lba) -> SectorCount {
    lba.since(Lba::ZERO)
}
