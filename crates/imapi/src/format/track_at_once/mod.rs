//! `DiscFormat2TrackAtOnce`: audio tracks, one after the other.

mod properties;
mod toc;

pub use toc::TocEntry;

use webburn_drive::{Clock, Media};
use webburn_scsi::ScsiTransport;
use webburn_sector::{Lba, SectorCount, SectorSource};

use super::data::{disc_to_write, perhaps_speed_mismatch};
use super::desk::{Begun, Desk, Numbers};
use super::{BurnReport, Outcome};
use crate::cd::MAIN;
use crate::enums::{BurnVerificationLevel, DataWriteAction};
use crate::events::{Event, Phase};
use crate::hresult::{
    E_IMAPI_BURN_VERIFICATION_FAILED, E_IMAPI_DF2TAO_CLIENT_NAME_IS_NOT_VALID, E_IMAPI_DF2TAO_MEDIA_IS_NOT_BLANK,
    E_IMAPI_DF2TAO_MEDIA_IS_NOT_PREPARED, E_IMAPI_DF2TAO_MEDIA_IS_NOT_SUPPORTED, E_IMAPI_DF2TAO_MEDIA_IS_PREPARED,
    E_IMAPI_DF2TAO_NO_RECORDER_SPECIFIED, E_IMAPI_DF2TAO_NOT_ENOUGH_SPACE, E_IMAPI_DF2TAO_RECORDER_NOT_SUPPORTED,
    E_IMAPI_DF2TAO_STREAM_NOT_SUPPORTED, E_IMAPI_DF2TAO_TRACK_LIMIT_REACHED, E_IMAPI_DF2TAO_WRITE_IN_PROGRESS,
    E_IMAPI_DF2TAO_WRITE_NOT_IN_PROGRESS, E_IMAPI_REQUEST_CANCELLED, E_POINTER, HResult,
};
use crate::plan::{BurnPlan, plan_audio_track, plan_close};
use crate::recorder::unlooked;
use crate::state::{MOST_CD_TRACKS, RUN_OUT, SHORTEST_CD_TRACK};
use crate::{Burned, Cancel, Digest, Error, NoDigest, Reporter, carry_out};

static NUMBERS: Numbers = Numbers {
    write_in_progress: E_IMAPI_DF2TAO_WRITE_IN_PROGRESS,
    write_not_in_progress: E_IMAPI_DF2TAO_WRITE_NOT_IN_PROGRESS,
    not_prepared: E_IMAPI_DF2TAO_MEDIA_IS_NOT_PREPARED,
    prepared: E_IMAPI_DF2TAO_MEDIA_IS_PREPARED,
    no_recorder: E_IMAPI_DF2TAO_NO_RECORDER_SPECIFIED,
    client_name: E_IMAPI_DF2TAO_CLIENT_NAME_IS_NOT_VALID,
    not_blank: E_IMAPI_DF2TAO_MEDIA_IS_NOT_BLANK,
    not_supported: E_IMAPI_DF2TAO_MEDIA_IS_NOT_SUPPORTED,
    recorder_not_supported: E_IMAPI_DF2TAO_RECORDER_NOT_SUPPORTED,
};

/// A track that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AudioTrack {
    /// Its number.
    pub number: u8,
    /// Where it begins.
    pub start: Lba,
    /// Its sectors, silence that fills it up included, run-out not.
    pub sectors: SectorCount,
}

/// What is kept between `PrepareMedia` and `ReleaseMedia`. Room is as it was before the track that is being written.
#[derive(Clone, Debug)]
pub(super) struct Session {
    tracks: Vec<AudioTrack>,
    total: SectorCount,
    free: SectorCount,
    next: Lba,
    level: BurnVerificationLevel,
}

/// `IDiscFormat2TrackAtOnce` with its bases `IDiscFormat2` and `IBurnVerification`.
///
/// `PrepareMedia`, `AddAudioTrack` for each, `ReleaseMedia`, which closes the session. Between the first and the last the
/// drive is held and its tray locked. All methods take `&self`.
///
/// # Drop
/// Gives the drive back; the session stays open and the tray may stay locked until the next job or eject.
#[derive(Debug)]
pub struct DiscFormat2TrackAtOnce<T, C> {
    desk: Desk<T, C, Session>,
    verification: std::sync::Mutex<BurnVerificationLevel>,
}

impl<T, C> Default for DiscFormat2TrackAtOnce<T, C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T, C> DiscFormat2TrackAtOnce<T, C> {
    /// A writer without a recorder.
    #[must_use]
    pub fn new() -> Self {
        DiscFormat2TrackAtOnce { desk: Desk::new(&NUMBERS), verification: std::sync::Mutex::default() }
    }

    /// `CancelAddTrack`: seen between two commands. The track that is being written stays, shorter; `ReleaseMedia` is
    /// still to be called.
    ///
    /// # Errors
    /// `E_IMAPI_DF2TAO_WRITE_NOT_IN_PROGRESS`.
    pub fn cancel_add_track(&self) -> Result<(), Error> {
        self.desk.cancel()
    }
}

/// Room as the disc has it: all of it, what is free for one more track, and where that would begin.
fn room(media: &Media) -> Result<(SectorCount, SectorCount, Lba), Error> {
    let next = media.next_writable.filter(|next| *next >= Lba::ZERO).unwrap_or(Lba::ZERO);
    let end = media.last_lead_out.or(media.total.map(|total| Lba::ZERO + total));
    let free = media.free.or(end.map(|end| end.since(next)));
    let total = end.map(|end| end.since(Lba::ZERO)).or(media.total);
    let known = total.zip(free);
    let (total, free) = known.ok_or_else(|| {
        Error::new("disc-unsupported", E_IMAPI_DF2TAO_MEDIA_IS_NOT_SUPPORTED).with("medium", media.kind.name())
    })?;
    Ok((total, free - RUN_OUT, next))
}

/// Tracks of the open session: what was written of each, without its run-out.
fn tracks(media: &Media) -> Vec<AudioTrack> {
    let written = media.tracks.iter().filter(|track| !track.blank && !track.open());
    let track = |track: &webburn_drive::media::Track| AudioTrack {
        number: u8::try_from(track.number).unwrap_or(u8::MAX),
        start: track.start,
        sectors: track.sectors - RUN_OUT,
    };
    written.map(track).collect()
}

impl<T: ScsiTransport, C: Clock> DiscFormat2TrackAtOnce<T, C> {
    /// `PrepareMedia`: takes the drive for itself, looks whether the disc is a blank CD-R or CD-RW, locks the tray, turns
    /// media change notification off, sets the speed and calibrates.
    ///
    /// # Errors
    /// `E_IMAPI_DF2TAO_MEDIA_IS_PREPARED`, `…_NO_RECORDER_SPECIFIED`, `…_CLIENT_NAME_IS_NOT_VALID`,
    /// `E_IMAPI_RECORDER_LOCKED`, what the drive says, `E_IMAPI_DF2TAO_RECORDER_NOT_SUPPORTED` for a drive that does not
    /// write track at once, `…_MEDIA_IS_NOT_SUPPORTED`, `…_MEDIA_IS_NOT_BLANK`; in that order.
    ///
    /// # Drop
    /// Nothing is prepared then; the tray may stay locked.
    pub async fn prepare_media(&self, reporter: &Reporter) -> Result<HResult, Error> {
        let level = self.burn_verification_level();
        let own = |media: &Media| {
            if !media.abilities.track_at_once {
                let refused = Error::new("drive-cannot-write-this", E_IMAPI_DF2TAO_RECORDER_NOT_SUPPORTED);
                return Err(refused.with("medium", media.kind.name()));
            }
            let (total, free, next) = room(media)?;
            Ok(Session { tracks: Vec::new(), total, free, next, level })
        };
        self.desk.prepare(own, reporter).await
    }

    /// `AddAudioTrack`: writes a stream of samples (44.1 kHz, 16 bits, stereo, left first, little-endian; sectors of 2352
    /// bytes) as the next track. Shorter than four seconds it is filled up with silence; before each track but the first
    /// the drive leaves two seconds. A stream that is null in other languages is `None`.
    ///
    /// # Errors
    /// In this order: `E_POINTER`, `E_IMAPI_DF2TAO_WRITE_IN_PROGRESS`, `…_MEDIA_IS_NOT_PREPARED`,
    /// `…_STREAM_NOT_SUPPORTED`, `…_TRACK_LIMIT_REACHED`, what the drive says, `…_NOT_ENOUGH_SPACE`; nothing was written
    /// then. While writing: `E_IMAPI_REQUEST_CANCELLED` and what the drive says.
    ///
    /// # Drop
    /// See [`carry_out`]. The disc stays prepared: `ReleaseMedia` frees the drive.
    pub async fn add_audio_track<S: SectorSource>(
        &self,
        source: Option<&mut S>,
        reporter: &Reporter,
    ) -> Result<HResult, Error> {
        let Some(source) = source else { return Err(Error::new("no-image", E_POINTER)) };
        let report = self.add(source, &mut NoDigest, reporter).await?;
        if report.outcome == Outcome::Stopped {
            let mut error = Error::new("cancelled", E_IMAPI_REQUEST_CANCELLED).after_writing();
            error.after = Some(report.medium);
            return Err(error);
        }
        Ok(report.hresult)
    }

    /// The same with a digest of what is sent and a report of how it went. A stop is told by the report.
    ///
    /// # Errors
    /// As [`DiscFormat2TrackAtOnce::add_audio_track`].
    ///
    /// # Drop
    /// As [`DiscFormat2TrackAtOnce::add_audio_track`].
    pub async fn add<S: SectorSource, D: Digest>(
        &self,
        source: &mut S,
        digest: &mut D,
        reporter: &Reporter,
    ) -> Result<BurnReport, Error> {
        let Begun { running: _running, recorder, options, cancel } = self.desk.begin()?;
        let (written, level) = self.desk.prepared(|ready| (ready.own.tracks.len(), ready.own.level))?;
        let sectors = check_stream(source)?;
        if written >= usize::from(MOST_CD_TRACKS) {
            return Err(Error::new("disc-tracks-full", E_IMAPI_DF2TAO_TRACK_LIMIT_REACHED));
        }
        let mut drive = recorder.drive().await;
        reporter.report(Event::Phase(Phase::Prepare));
        reporter.report(Event::Action(DataWriteAction::ValidatingMedia));
        let media = disc_to_write(&mut drive, true).await?;
        // Blank for the first track; the session that was begun is ours afterwards.
        self.desk.check(&media, written == 0)?;
        let (_, free, next) = room(&media)?;
        if sectors.max(SHORTEST_CD_TRACK) > free {
            return Err(Error::new("image-too-large", E_IMAPI_DF2TAO_NOT_ENOUGH_SPACE)
                .with("sectors", sectors.0)
                .with("free", free.0));
        }
        let plan = plan_audio_track(&media, next, sectors, options.keep_open, &options);
        let plan = BurnPlan { stays_locked: true, ..plan };
        let began = drive.clock().now();
        let outcome = carry_out(&mut drive, &media, &plan, source, digest, reporter, &cancel).await;
        let after = drive.identify().await;
        let duration = drive.clock().now().saturating_sub(began);
        if let Ok(medium) = &after
            && let Ok((_, free, next)) = room(medium)
        {
            self.desk.prepared(|ready| {
                ready.own.tracks = tracks(medium);
                (ready.own.free, ready.own.next) = (free, next);
            })?;
        }
        match outcome {
            Ok(written) => {
                let medium = match after {
                    Ok(medium) => medium,
                    Err(error) => return Err(unlooked(&mut drive, error).await.after_writing()),
                };
                let whole = written.burned == Burned::Whole;
                if whole && level != BurnVerificationLevel::None && !options.test_write {
                    reporter.report(Event::Phase(Phase::Verify));
                    reporter.report(Event::Action(DataWriteAction::Verifying));
                    self.check_last_track(next, sectors)?;
                }
                reporter.report(Event::Action(DataWriteAction::Completed));
                let outcome = if whole { Outcome::Written } else { Outcome::Stopped };
                Ok(BurnReport::of(written, outcome, None, &plan, medium, duration))
            }
            Err(error) => {
                let mut error = perhaps_speed_mismatch(&mut drive, error).await;
                error.after = after.ok();
                Err(error)
            }
        }
    }

    /// Quick verification: what the drive says of the last track is plausible.
    fn check_last_track(&self, start: Lba, sectors: SectorCount) -> Result<(), Error> {
        let last = self.desk.prepared(|ready| ready.own.tracks.last().copied())?;
        if last.is_some_and(|last| last.start == start && last.sectors >= sectors) {
            return Ok(());
        }
        Err(Error::new("verify-wrong-disc", E_IMAPI_BURN_VERIFICATION_FAILED).after_writing())
    }

    /// `ReleaseMedia`: closes the session, and the disc unless `DoNotFinalizeMedia`, unlocks the tray and gives the drive
    /// back. Without a track there is nothing to close, and the disc stays blank.
    ///
    /// # Errors
    /// `E_IMAPI_DF2TAO_MEDIA_IS_NOT_PREPARED`, `E_IMAPI_DF2TAO_WRITE_IN_PROGRESS`, and what the drive says when it cannot
    /// close; the drive is given back all the same.
    ///
    /// # Drop
    /// The drive goes on closing alone; the disc stays prepared until this is called again.
    pub async fn release_media(&self, reporter: &Reporter) -> Result<(), Error> {
        let anything = self.desk.prepared(|ready| !ready.own.tracks.is_empty())?;
        let mut closed = Ok(());
        if anything {
            let Begun { running: _running, recorder, options, .. } = self.desk.begin()?;
            let mut drive = recorder.drive().await;
            closed = match disc_to_write(&mut drive, false).await {
                Ok(_) if options.test_write => Ok(()),
                Ok(media) => {
                    let plan = BurnPlan { stays_locked: true, ..plan_close(&media, options.keep_open, &options) };
                    let mut nothing = webburn_sector::ZeroSource(SectorCount::ZERO);
                    // Nothing stops it: an open session is read by few drives.
                    let cancel = Cancel::new();
                    let done =
                        carry_out(&mut drive, &media, &plan, &mut nothing, &mut NoDigest, reporter, &cancel).await;
                    done.map(drop).map_err(Error::after_writing)
                }
                Err(error) => Err(error.after_writing()),
            };
            if let Err(error) = &mut closed {
                error.after = drive.identify().await.ok();
            }
        }
        self.desk.release().await?;
        closed
    }
}

/// Whole sectors of samples, at least one.
fn check_stream<S: SectorSource>(source: &S) -> Result<SectorCount, Error> {
    let bytes = source.byte_length();
    if source.sector_size() != MAIN || bytes == 0 || !bytes.is_multiple_of(MAIN as u64) {
        return Err(Error::new("stream-not-whole-blocks", E_IMAPI_DF2TAO_STREAM_NOT_SUPPORTED)
            .with("bytes", bytes)
            .with("block", MAIN as u64)
            .with("rest", bytes % MAIN as u64));
    }
    Ok(SectorCount(u32::try_from(bytes / MAIN as u64).unwrap_or(u32::MAX)))
}
