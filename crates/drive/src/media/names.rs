//! What the disc says of itself: maker, layers, write protection.

use webburn_mmc::structure::{
    BdDiscInformation, BdFormat, DvdFormat, DvdPhysical, LayerBoundary, MiddleZoneStart, WriteProtection,
    pre_recorded_manufacturer,
};
use webburn_mmc::{DiscStructure, FeatureCode, ReadDiscStructure, StructureMedia};
use webburn_scsi::{Raw, ScsiTransport};
use webburn_sector::SectorCount;

use super::identify::{DOING, optional};
use super::{Family, Kind, Media, Recording};
use crate::quirk::Quirk;
use crate::{Clock, Drive, Error};

/// Sectors of a single-layer BD and of its multiples (Blu-ray white papers).
const BD_ONE_LAYER: SectorCount = SectorCount(12_219_392);
const BD_TWO_LAYERS: SectorCount = SectorCount(24_438_784);
const BD_THREE_LAYERS: SectorCount = SectorCount(48_878_592);

impl<T: ScsiTransport, C: Clock> Drive<T, C> {
    pub(super) async fn read_names(&mut self, media: &mut Media) -> Result<(), Error> {
        match media.kind.family() {
            Family::Dvd => self.read_dvd_names(media).await?,
            Family::Bd => self.read_bd_names(media).await?,
            Family::Cd | Family::Other => {}
        }
        let has_feature = media.features.iter().any(|(code, _)| *code == FeatureCode::WRITE_PROTECT.0);
        if has_feature && media.kind.recording() != Recording::ReadOnly && media.kind.family() != Family::Cd {
            self.read_protection(media).await?;
        }
        Ok(())
    }

    async fn structure(&mut self, of: StructureMedia, format: u8, length: u16) -> Result<Option<DiscStructure>, Error> {
        let command = ReadDiscStructure { media: of, address: 0, layer: 0, format, allocation_length: length, agid: 0 };
        let Some(mut raw) = optional(self.send(DOING, &Raw(command)).await)? else { return Ok(None) };
        // `Quirk::PreRecordedLeadInWithoutLength`: what arrived counts.
        if raw.len() > 4 && raw[..2] == [0, 2] && raw[4..].iter().any(|byte| *byte != 0) {
            let real = (raw.len() - 2) as u16;
            raw[..2].copy_from_slice(&real.to_be_bytes());
        }
        Ok(DiscStructure::parse(&raw).ok())
    }

    async fn read_dvd_names(&mut self, media: &mut Media) -> Result<(), Error> {
        let plus = matches!(media.kind, Kind::DvdPlusR | Kind::DvdPlusRDl | Kind::DvdPlusRw | Kind::DvdPlusRwDl);
        let dash = matches!(
            media.kind,
            Kind::DvdR | Kind::DvdRwRestricted | Kind::DvdRwSequential | Kind::DvdRDlSequential | Kind::DvdRDlJump
        );
        if dash {
            let structure = self.structure(StructureMedia::DVD, DvdFormat::PRE_RECORDED.0, 44).await?;
            media.manufacturer = structure.and_then(|s| pre_recorded_manufacturer(&s.body));
            if media.kind == Kind::DvdRDlJump {
                let structure = self.structure(StructureMedia::DVD, DvdFormat::SHIFTED_MIDDLE_ZONE.0, 12).await?;
                if let Some(zone) = structure.and_then(|s| MiddleZoneStart::parse(&s.body).ok()) {
                    media.layer_zero = Some(super::geometry::sectors_before(zone.start));
                    media.layer_zero_fixed = zone.already_set;
                }
            }
            return Ok(());
        }
        // Format 00h has the layers of every DVD, and on the plus ones the maker too; LG drives refuse ADIP (11h).
        let Some(structure) = self.structure(StructureMedia::DVD, DvdFormat::PHYSICAL.0, 40).await? else {
            return Ok(());
        };
        if let Ok(physical) = DvdPhysical::parse(&structure.body) {
            if media.kind == Kind::DvdRom {
                media.layers = physical.layers_less_one + 1;
            }
            if media.layers == 2 && physical.opposite_track_path && physical.layer0_end > physical.data_start {
                media.layer_zero = Some(SectorCount(physical.layer0_end - physical.data_start + 1));
            }
        }
        if media.kind == Kind::DvdPlusRDl {
            let structure = self.structure(StructureMedia::DVD, DvdFormat::LAYER_BOUNDARY.0, 12).await?;
            if let Some(boundary) = structure.and_then(|s| LayerBoundary::parse(&s.body).ok()) {
                media.layer_zero = Some(boundary.layer0);
                media.layer_zero_fixed = boundary.already_set;
            }
        }
        if plus {
            let maker = DvdPhysical::plus_media_id(&structure.body).filter(|id| !id.manufacturer.is_empty());
            media.manufacturer = maker.map(|id| id.to_string());
            if media.manufacturer.is_none() && !self.quirks().has(Quirk::RefusesAdip) {
                let adip = self.structure(StructureMedia::DVD, DvdFormat::ADIP.0, 260).await?;
                let maker = adip.and_then(|s| DvdPhysical::plus_media_id(&s.body));
                media.manufacturer = maker.filter(|id| !id.manufacturer.is_empty()).map(|id| id.to_string());
            }
        }
        Ok(())
    }

    async fn read_bd_names(&mut self, media: &mut Media) -> Result<(), Error> {
        let structure = self.structure(StructureMedia::BD, BdFormat::DISC_INFORMATION.0, 116).await?;
        let information = structure.and_then(|s| BdDiscInformation::parse(&s.body).ok());
        let told = information.as_ref().map_or(0, BdDiscInformation::layer_count);
        let sectors = media.total.or(media.readable).unwrap_or_default();
        // There is no profile for discs of three and four layers; where the disc itself says nothing, its size does.
        media.layers = match told {
            1..=4 => told,
            _ if sectors > BD_THREE_LAYERS => 4,
            _ if sectors > BD_TWO_LAYERS => 3,
            _ if sectors > BD_ONE_LAYER => 2,
            _ => 1,
        };
        media.manufacturer = information.map(|unit| unit.media_id().to_string()).filter(|id| !id.is_empty());
        Ok(())
    }

    async fn read_protection(&mut self, media: &mut Media) -> Result<(), Error> {
        let of = if media.kind.family() == Family::Bd { StructureMedia::BD } else { StructureMedia::DVD };
        let structure = self.structure(of, DvdFormat::WRITE_PROTECTION.0, 8).await?;
        if let Some(status) = structure.and_then(|s| WriteProtection::parse(&s.body).ok()) {
            media.protection.until_power_down = status.until_power_off;
            media.protection.by_software = status.persistent;
            media.protection.by_cartridge = status.cartridge;
            media.protection.by_medium = status.medium_status;
        }
        Ok(())
    }
}
