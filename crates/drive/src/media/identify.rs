//! Looking at the disc: the order of questions, and what is done where a drive does not know one.
//!
//! At most thirty commands. Replies are asked for in the length that the drive announces, because USB bridges fail on
//! longer ones. A command that the drive refuses as unknown leaves its part of the picture empty.

use std::sync::Arc;

use webburn_mmc::{Configuration, Feature, FeatureCode, GetConfiguration};
use webburn_scsi::{Raw, ScsiTransport};
use webburn_sector::SectorCount;

use super::{Abilities, Kind, Media, geometry};
use crate::{Clock, CommandError, Doing, Drive, Error, Readiness};

pub(super) const DOING: Doing = Doing::Identifying;

/// An answer that the picture needs: a drive that does not know the question leaves it open, anything else counts.
pub(super) fn essential<R>(result: Result<R, Error>) -> Result<Option<R>, Error> {
    match result {
        Ok(response) => Ok(Some(response)),
        Err(error) if matches!(error.triple(), Some((5, asc, _)) if asc != 0x27) => Ok(None),
        Err(error) => Err(error),
    }
}

/// An answer that is nice to have: only a broken wire and a vanished disc count.
pub(super) fn optional<R>(result: Result<R, Error>) -> Result<Option<R>, Error> {
    match result {
        Ok(response) => Ok(Some(response)),
        Err(error) if matches!(error.cause, CommandError::Transport(_)) => Err(error),
        Err(error) if matches!(error.triple(), Some((2, 0x3A, _) | (6, ..))) => Err(error),
        Err(_) => Ok(None),
    }
}

impl<T: ScsiTransport, C: Clock> Drive<T, C> {
    /// The disc in the drive: what was found last, when nothing has changed since, or a fresh look.
    ///
    /// # Errors
    /// The drive cannot be asked, or will not become ready. An empty drive is no error: its kind is [`Kind::None`].
    pub async fn media(&mut self) -> Result<Arc<Media>, Error> {
        // Draining unit attentions voids what is known, so the order matters.
        let readiness = self.wait_ready().await?;
        match self.known_media() {
            Some(media) if media.kind.present() == (readiness == Readiness::Ready) => Ok(media),
            _ => self.look(readiness).await,
        }
    }

    /// A fresh look at the disc.
    ///
    /// # Errors
    /// As [`Drive::media`].
    pub async fn identify(&mut self) -> Result<Arc<Media>, Error> {
        self.forget_media();
        let readiness = self.wait_ready().await?;
        self.look(readiness).await
    }

    async fn look(&mut self, readiness: Readiness) -> Result<Arc<Media>, Error> {
        self.inquire().await?;
        let configuration = self.configuration().await?;
        let profile = configuration.as_ref().map(|configuration| configuration.profile.0);
        let mut media = match (readiness, profile) {
            (Readiness::Empty { .. }, _) => Media::of_kind(Kind::None, 0),
            // A disc is there and the drive has no name for it.
            (Readiness::Ready, Some(0)) => Media::of_kind(Kind::Other(0), 0),
            (Readiness::Ready, Some(profile)) => Media::of_kind(Kind::of_profile(profile), profile),
            // No GET CONFIGURATION: a reader. Whether CD or DVD is told by the size, below.
            (Readiness::Ready, None) => Media::of_kind(Kind::CdRom, 0x0008),
        };
        if let Some(configuration) = &configuration {
            media.profiles = configuration.profiles().iter().map(|p| (p.profile.0, p.current)).collect();
            media.features = configuration.features.iter().map(|f| (f.code().0, f.current)).collect();
            media.abilities = abilities(configuration);
            media.drive_writes = writes(configuration);
            if let Some(Feature::RemovableMedium(removable)) =
                configuration.find(FeatureCode::REMOVABLE_MEDIUM).map(|descriptor| &descriptor.feature)
            {
                media.can_eject = removable.eject;
                media.can_load = removable.load;
            }
        }
        if readiness == Readiness::Ready {
            if configuration.is_none() {
                self.read_capacity(&mut media).await?;
                if media.readable.is_some_and(|sectors| sectors > LARGEST_CD) {
                    media.kind = Kind::DvdRom;
                    media.profile = 0x0010;
                    media.write_unit = media.kind.write_unit();
                }
            }
            self.read_disc_information(&mut media).await?;
            self.read_formats(&mut media).await?;
            // Nothing can be read of a blank or unformatted disc, and drives refuse the question.
            if configuration.is_some() && !media.physically_blank() {
                self.read_capacity(&mut media).await?;
            }
            geometry::doubt_formatted_bd_r(&mut media);
            self.read_tracks(&mut media).await?;
            self.read_replacements(&mut media).await?;
            self.read_names(&mut media).await?;
            super::last_written::settle(&mut media);
        }
        self.read_speeds(&mut media).await?;
        if let Some(blocking) = media.abilities.blocking.filter(|blocking| blocking.0 > 1) {
            media.write_unit = media.write_unit.max(blocking);
        }
        let media = Arc::new(media);
        self.remember(media.clone());
        Ok(media)
    }

    /// Whether the drive writes at all, asked without a look at the disc; `None` when it does not know the question.
    ///
    /// # Errors
    /// The drive cannot be asked.
    pub async fn writes_at_all(&mut self) -> Result<Option<bool>, Error> {
        Ok(self.configuration().await?.as_ref().map(writes))
    }

    /// All features; `None` when the drive does not know the command (5/20/00). Any other refusal, and that one from a
    /// drive that has answered before, is a slip: it is asked once more, and then counts.
    pub(super) async fn configuration(&mut self) -> Result<Option<Configuration>, Error> {
        let answer = match self.ask_configuration().await {
            Err(error) if error.triple() == Some((5, 0x20, 0x00)) && !self.knows_configuration => return Ok(None),
            Err(error) if error.is_refusal() => self.ask_configuration().await,
            answer => answer,
        };
        self.knows_configuration |= answer.is_ok();
        answer.map(Some)
    }

    async fn ask_configuration(&mut self) -> Result<Configuration, Error> {
        // Eight bytes first: they tell the length. libburn takes no more than 4096.
        let head = self.send(DOING, &Raw(GetConfiguration::all(8))).await?;
        let announced = head.get(..4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_be_bytes);
        let length = announced.saturating_add(4).clamp(8, 4096) as u16;
        self.send(DOING, &GetConfiguration::all(length)).await
    }
}

/// Some feature of the drive writes, whatever disc is in it. Readers list the plus features too, with their write bit off.
pub(super) fn writes(configuration: &Configuration) -> bool {
    configuration.features.iter().any(|descriptor| match &descriptor.feature {
        Feature::IncrementalStreaming(_)
        | Feature::CdTrackAtOnce(_)
        | Feature::CdMastering(_)
        | Feature::DvdRWrite(_)
        | Feature::LayerJump(_)
        | Feature::RandomWritable(_)
        | Feature::RestrictedOverwrite
        | Feature::BdWrite(_) => true,
        Feature::DvdPlusRw(plus) | Feature::DvdPlusRwDl(plus) => plus.write,
        Feature::DvdPlusR(plus) | Feature::DvdPlusRDl(plus) => plus.write,
        _ => false,
    })
}

/// More sectors than the longest CD has (99 minutes).
const LARGEST_CD: SectorCount = SectorCount(445_500);

/// The current features, digested.
fn abilities(configuration: &Configuration) -> Abilities {
    let mut able = Abilities::default();
    for descriptor in configuration.features.iter().filter(|descriptor| descriptor.current) {
        match &descriptor.feature {
            Feature::IncrementalStreaming(f) => {
                able.incremental = true;
                able.link_size = f.link_sizes.first().copied();
                able.underrun_free |= f.buffer_underrun_free;
            }
            Feature::CdTrackAtOnce(f) => {
                able.track_at_once = true;
                able.underrun_free |= f.buffer_underrun_free;
                able.test_write |= f.test_write;
            }
            Feature::CdMastering(f) => {
                able.mastering = true;
                able.session_at_once = f.session_at_once;
                able.own_rw = f.session_at_once && f.rw;
                able.raw_recording = f.raw;
                able.longest_cue_sheet = Some(f.max_cue_sheet).filter(|bytes| *bytes > 0);
                able.underrun_free |= f.buffer_underrun_free;
                able.test_write |= f.test_write;
            }
            Feature::DvdRWrite(f) => {
                able.dvd_dash_write = true;
                able.underrun_free |= f.buffer_underrun_free;
                able.test_write |= f.test_write;
            }
            Feature::LayerJump(_) => able.layer_jump = true,
            Feature::RandomWritable(f) => {
                able.random_writable = true;
                able.blocking = Some(f.blocking);
            }
            Feature::RestrictedOverwrite => able.restricted_overwrite = true,
            Feature::BdRPow => able.pseudo_overwrite = true,
            Feature::Formattable(f) => {
                able.formattable = true;
                able.certifies = f.certification;
                able.certifies_quickly = f.quick_certification;
                able.random_recording = f.rrm;
            }
            Feature::RealTimeStreaming(f) => {
                able.stream_writing = f.stream_writing;
                able.write_speed_performance = f.write_speeds;
            }
            _ => {}
        }
    }
    // DVD+R, DVD+RW and BD survive an empty buffer by their nature (MMC-6, 4.3 and 4.4).
    let plus_or_bd = [
        FeatureCode::DVD_PLUS_R,
        FeatureCode::DVD_PLUS_RW,
        FeatureCode::DVD_PLUS_R_DL,
        FeatureCode::DVD_PLUS_RW_DL,
        FeatureCode::BD_WRITE,
    ];
    able.underrun_free |= plus_or_bd.iter().any(|code| configuration.is_current(*code));
    able
}
