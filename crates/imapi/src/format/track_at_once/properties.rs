//! The properties of the track-at-once writer.

use std::sync::PoisonError;

use webburn_drive::Clock;
use webburn_scsi::ScsiTransport;
use webburn_sector::{Lba, SectorCount};

use super::{AudioTrack, DiscFormat2TrackAtOnce, TocEntry, room, toc};
use crate::Error;
use crate::enums::BurnVerificationLevel;
use crate::format::in_common::members_in_common;
use crate::hresult::{
    E_IMAPI_DF2TAO_PROPERTY_FOR_BLANK_MEDIA_ONLY, E_IMAPI_DF2TAO_TABLE_OF_CONTENTS_EMPTY_DISC,
    E_IMAPI_RECORDER_MEDIA_NO_MEDIA, E_NOTIMPL,
};
use crate::recorder::DiscRecorder2;
use crate::state::RUN_OUT;

members_in_common!(DiscFormat2TrackAtOnce);

impl<T, C> DiscFormat2TrackAtOnce<T, C> {
    /// `DoNotFinalizeMedia`.
    #[must_use]
    pub fn do_not_finalize_media(&self) -> bool {
        self.desk.options().keep_open
    }

    /// `DoNotFinalizeMedia`: a session of data may follow the audio. Before `PrepareMedia` or after `ReleaseMedia`.
    ///
    /// # Errors
    /// `E_IMAPI_DF2TAO_WRITE_IN_PROGRESS`, `…_MEDIA_IS_PREPARED`, and once tracks were added
    /// `…_PROPERTY_FOR_BLANK_MEDIA_ONLY`.
    pub fn set_do_not_finalize_media(&self, on: bool) -> Result<(), Error> {
        let begun = self.desk.prepared(|ready| !ready.own.tracks.is_empty()).unwrap_or(false);
        if begun && !self.desk.is_writing() {
            return Err(Error::new("disc-not-blank", E_IMAPI_DF2TAO_PROPERTY_FOR_BLANK_MEDIA_ONLY));
        }
        self.desk.set_idle(|options| options.keep_open = on)
    }

    /// Beyond IMAPI2: everything is done with the laser off.
    #[must_use]
    pub fn test_write(&self) -> bool {
        self.desk.options().test_write
    }

    /// Beyond IMAPI2: everything is done with the laser off. Before `PrepareMedia` or after `ReleaseMedia`.
    ///
    /// # Errors
    /// `E_IMAPI_DF2TAO_WRITE_IN_PROGRESS`, `…_MEDIA_IS_PREPARED`.
    pub fn set_test_write(&self, on: bool) -> Result<(), Error> {
        self.desk.set_idle(|options| options.test_write = on)
    }

    /// `IBurnVerification::BurnVerificationLevel`.
    #[must_use]
    pub fn burn_verification_level(&self) -> BurnVerificationLevel {
        *self.verification.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `IBurnVerification::BurnVerificationLevel`, before `PrepareMedia`. Quick looks at what the drive says of each track.
    ///
    /// # Errors
    /// `E_NOTIMPL` for a full verification, which this writer has not (IMAPI2 documentation); `…_WRITE_IN_PROGRESS`,
    /// `…_MEDIA_IS_PREPARED`.
    pub fn set_burn_verification_level(&self, level: BurnVerificationLevel) -> Result<(), Error> {
        if level == BurnVerificationLevel::Full {
            return Err(Error::new("not-implemented", E_NOTIMPL));
        }
        self.desk.set_idle(|_| ())?;
        *self.verification.lock().unwrap_or_else(PoisonError::into_inner) = level;
        Ok(())
    }

    /// `NumberOfExistingTracks`: finished tracks of this session; 0 outside of one.
    #[must_use]
    pub fn number_of_existing_tracks(&self) -> u32 {
        self.desk.prepared(|ready| ready.own.tracks.len() as u32).unwrap_or(0)
    }

    /// The finished tracks of this session.
    ///
    /// # Errors
    /// `E_IMAPI_DF2TAO_MEDIA_IS_NOT_PREPARED`.
    pub fn tracks(&self) -> Result<Vec<AudioTrack>, Error> {
        self.desk.prepared(|ready| ready.own.tracks.clone())
    }

    /// `FreeSectorsOnMedia`: room for one more track; while one is written, the value from before it.
    ///
    /// # Errors
    /// `E_IMAPI_DF2TAO_MEDIA_IS_NOT_PREPARED`.
    pub fn free_sectors_on_media(&self) -> Result<SectorCount, Error> {
        self.desk.prepared(|ready| ready.own.free)
    }

    /// `UsedSectorsOnMedia`: the tracks and what lies between them; while one is written, the value from before it.
    ///
    /// # Errors
    /// `E_IMAPI_DF2TAO_MEDIA_IS_NOT_PREPARED`.
    pub fn used_sectors_on_media(&self) -> Result<SectorCount, Error> {
        self.desk.prepared(|ready| {
            if ready.own.tracks.is_empty() { SectorCount::ZERO } else { ready.own.next.since(Lba::ZERO) }
        })
    }

    /// `ExpectedTableOfContents`: one READ TOC entry each.
    ///
    /// # Errors
    /// `E_IMAPI_DF2TAO_WRITE_IN_PROGRESS`, `…_MEDIA_IS_NOT_PREPARED`, `…_TABLE_OF_CONTENTS_EMPTY_DISC`.
    pub fn expected_table_of_contents(&self) -> Result<Vec<TocEntry>, Error> {
        self.desk.check_not_writing()?;
        let entries = self.desk.prepared(|ready| toc::expected(&ready.own.tracks, RUN_OUT))?;
        if entries.is_empty() {
            return Err(Error::new("toc-empty", E_IMAPI_DF2TAO_TABLE_OF_CONTENTS_EMPTY_DISC));
        }
        Ok(entries)
    }
}

impl<T: ScsiTransport, C: Clock> DiscFormat2TrackAtOnce<T, C> {
    /// `TotalSectorsOnMedia`, as if one track took all; at any time that a recorder is set.
    ///
    /// # Errors
    /// `E_IMAPI_DF2TAO_NO_RECORDER_SPECIFIED`; the drive cannot be asked, or is empty.
    pub async fn total_sectors_on_media(&self) -> Result<SectorCount, Error> {
        match self.desk.prepared(|ready| ready.own.total) {
            Ok(total) => Ok(total),
            Err(_) => Ok(room(&*self.desk.disc().await?)?.0),
        }
    }

    /// `IsRecorderSupported`.
    ///
    /// # Errors
    /// The drive cannot be asked.
    pub async fn is_recorder_supported(&self, recorder: &DiscRecorder2<T, C>) -> Result<bool, Error> {
        const CD_TRACK_AT_ONCE: u16 = 0x002D;
        Ok(recorder.media().await?.features.iter().any(|(code, _)| *code == CD_TRACK_AT_ONCE))
    }

    /// `IsCurrentMediaSupported`: true implies that the recorder is supported.
    ///
    /// # Errors
    /// `E_IMAPI_RECORDER_MEDIA_NO_MEDIA` for an empty drive, as Windows 7 has it.
    pub async fn is_current_media_supported(&self, recorder: &DiscRecorder2<T, C>) -> Result<bool, Error> {
        let media = recorder.media().await?;
        if !media.kind.present() {
            return Err(Error::new("no-disc", E_IMAPI_RECORDER_MEDIA_NO_MEDIA));
        }
        Ok(media.abilities.track_at_once && self.desk.check(&media, true).is_ok())
    }
}
