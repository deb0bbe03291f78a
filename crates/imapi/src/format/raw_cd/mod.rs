//! `DiscFormat2RawCD`: a whole session, lead-in to lead-out, sub-channel included.

mod properties;
mod session;
mod stream;

pub use session::{RawReport, SessionRaw};

use webburn_drive::{Clock, Media};
use webburn_scsi::ScsiTransport;
use webburn_sector::{Lba, SectorCount, SectorSource};

use self::stream::RawStream;
use super::data::{disc_to_write, perhaps_speed_mismatch};
use super::desk::{Begun, Desk, Numbers, check_ended};
use super::{BurnReport, Outcome};
use crate::enums::{DataWriteAction, RawCdDataSectorType};
use crate::events::{Event, Phase};
use crate::hresult::{
    E_IMAPI_DF2RAW_CLIENT_NAME_IS_NOT_VALID, E_IMAPI_DF2RAW_MEDIA_IS_NOT_BLANK, E_IMAPI_DF2RAW_MEDIA_IS_NOT_PREPARED,
    E_IMAPI_DF2RAW_MEDIA_IS_NOT_SUPPORTED, E_IMAPI_DF2RAW_MEDIA_IS_PREPARED, E_IMAPI_DF2RAW_NO_RECORDER_SPECIFIED,
    E_IMAPI_DF2RAW_RECORDER_NOT_SUPPORTED, E_IMAPI_DF2RAW_STREAM_LEADIN_TOO_SHORT, E_IMAPI_DF2RAW_STREAM_NOT_SUPPORTED,
    E_IMAPI_DF2RAW_WRITE_IN_PROGRESS, E_IMAPI_DF2RAW_WRITE_NOT_IN_PROGRESS, E_IMAPI_REQUEST_CANCELLED, E_INVALIDARG,
    E_POINTER, HResult,
};
use crate::outcome::Path;
use crate::plan::{BurnPlan, CdOptions, FIRST_LEAD_OUT, plan_raw, start_of_lead_in, too_long};
use crate::recorder::unlooked;
use crate::{Burned, Digest, Error, NoDigest, Reporter, carry_out};

pub(super) static NUMBERS: Numbers = Numbers {
    write_in_progress: E_IMAPI_DF2RAW_WRITE_IN_PROGRESS,
    write_not_in_progress: E_IMAPI_DF2RAW_WRITE_NOT_IN_PROGRESS,
    not_prepared: E_IMAPI_DF2RAW_MEDIA_IS_NOT_PREPARED,
    prepared: E_IMAPI_DF2RAW_MEDIA_IS_PREPARED,
    no_recorder: E_IMAPI_DF2RAW_NO_RECORDER_SPECIFIED,
    client_name: E_IMAPI_DF2RAW_CLIENT_NAME_IS_NOT_VALID,
    not_blank: E_IMAPI_DF2RAW_MEDIA_IS_NOT_BLANK,
    not_supported: E_IMAPI_DF2RAW_MEDIA_IS_NOT_SUPPORTED,
    recorder_not_supported: E_IMAPI_DF2RAW_RECORDER_NOT_SUPPORTED,
};

/// Sectors from 95:00:00, where the streams of `WriteMedia` begin, to LBA 0.
pub const LEAD_IN_SECTORS: i32 = 22_650;

/// What is kept between `PrepareMedia` and `ReleaseMedia`.
#[derive(Debug)]
pub(super) struct Ready {
    sector_type: RawCdDataSectorType,
    start: Lba,
    last_lead_out: Lba,
    /// What the drive takes, once it was asked.
    supported: Option<Vec<RawCdDataSectorType>>,
}

/// `IDiscFormat2RawCD` with its base `IDiscFormat2`.
///
/// `PrepareMedia`, `WriteMedia` or `WriteMedia2`, `ReleaseMedia`. Between the first and the last the drive is held and its
/// tray locked. All methods take `&self`.
///
/// # Drop
/// Gives the drive back; the tray may stay locked until the next job or eject.
#[derive(Debug)]
pub struct DiscFormat2RawCD<T, C> {
    desk: Desk<T, C, Ready>,
}

impl<T, C> Default for DiscFormat2RawCD<T, C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T, C> DiscFormat2RawCD<T, C> {
    /// A writer without a recorder.
    #[must_use]
    pub fn new() -> Self {
        DiscFormat2RawCD { desk: Desk::new(&NUMBERS) }
    }

    /// `CancelWrite`: seen between two commands. What was written of the session stays torn: a CD-RW is to be blanked, a
    /// CD-R is lost. `ReleaseMedia` is still to be called.
    ///
    /// # Errors
    /// `E_IMAPI_DF2RAW_WRITE_NOT_IN_PROGRESS`.
    pub fn cancel_write(&self) -> Result<(), Error> {
        self.desk.cancel()
    }
}

fn unsupported_stream(bytes: u64, block: usize) -> Error {
    Error::new("stream-not-whole-blocks", E_IMAPI_DF2RAW_STREAM_NOT_SUPPORTED)
        .with("bytes", bytes)
        .with("block", block as u64)
        .with("rest", bytes % block as u64)
}

/// The drive writes this disc raw.
fn ready(media: &Media) -> Result<Ready, Error> {
    if !media.abilities.raw_recording {
        let refused = Error::new("drive-cannot-write-this", E_IMAPI_DF2RAW_RECORDER_NOT_SUPPORTED);
        return Err(refused.with("medium", media.kind.name()).with("raw", true));
    }
    let (start, last_lead_out) = limits(media)?;
    Ok(Ready { sector_type: RawCdDataSectorType::IsCooked, start, last_lead_out, supported: None })
}

/// The first and the last that a disc allows: start of the lead-in, last possible start of the lead-out.
fn limits(media: &Media) -> Result<(Lba, Lba), Error> {
    let end = media.last_lead_out.or(media.total.map(|total| Lba::ZERO + total));
    let both = start_of_lead_in(media).zip(end);
    both.ok_or_else(|| Error::new("disc-unsupported", E_IMAPI_DF2RAW_MEDIA_IS_NOT_SUPPORTED))
}

impl<T: ScsiTransport, C: Clock> DiscFormat2RawCD<T, C> {
    /// `PrepareMedia`: takes the drive for itself, looks whether the disc is a blank CD-R or CD-RW, locks the tray, turns
    /// media change notification off, sets the speed and calibrates.
    ///
    /// # Errors
    /// `E_IMAPI_DF2RAW_MEDIA_IS_PREPARED`, `…_NO_RECORDER_SPECIFIED`, `…_CLIENT_NAME_IS_NOT_VALID`,
    /// `E_IMAPI_RECORDER_LOCKED`, what the drive says, `E_IMAPI_DF2RAW_RECORDER_NOT_SUPPORTED` for a drive that does not
    /// write raw, `…_MEDIA_IS_NOT_SUPPORTED`, `…_MEDIA_IS_NOT_BLANK`; in that order.
    ///
    /// # Drop
    /// Nothing is prepared then; the tray may stay locked.
    pub async fn prepare_media(&self, reporter: &Reporter) -> Result<HResult, Error> {
        self.desk.prepare(ready, reporter).await
    }

    /// `ReleaseMedia`: unlocks the tray and gives the drive back.
    ///
    /// # Errors
    /// `E_IMAPI_DF2RAW_MEDIA_IS_NOT_PREPARED`, `E_IMAPI_DF2RAW_WRITE_IN_PROGRESS`.
    pub async fn release_media(&self) -> Result<(), Error> {
        self.desk.release().await.map(drop)
    }

    /// `WriteMedia`: a stream that begins at 95:00:00, 22,650 sectors before LBA 0.
    ///
    /// # Errors
    /// As [`DiscFormat2RawCD::write_media2`].
    pub async fn write_media<S: SectorSource>(
        &self,
        source: Option<&mut S>,
        reporter: &Reporter,
    ) -> Result<HResult, Error> {
        self.write_media2(source, LEAD_IN_SECTORS, reporter).await
    }

    /// `WriteMedia2`: a stream whose first sector lies `stream_lead_in_sectors` before LBA 0. What it has before the start
    /// of this disc's lead-in is left out. A stream that is null in other languages is `None`.
    ///
    /// # Errors
    /// In this order: `E_POINTER`, `E_IMAPI_DF2RAW_WRITE_IN_PROGRESS`, `…_MEDIA_IS_NOT_PREPARED`, `E_INVALIDARG` for a
    /// count that is no count or more than the stream has, `…_STREAM_NOT_SUPPORTED` for one that is no whole number of
    /// blocks of the requested type or ends with its lead-in, what the drive says, `…_MEDIA_IS_NOT_BLANK`,
    /// `…_STREAM_LEADIN_TOO_SHORT`, `…_NOT_ENOUGH_SPACE`; nothing was written then. While writing:
    /// `E_IMAPI_REQUEST_CANCELLED` and what the drive says.
    ///
    /// # Drop
    /// See [`carry_out`]. The disc stays prepared: `ReleaseMedia` frees the drive.
    pub async fn write_media2<S: SectorSource>(
        &self,
        source: Option<&mut S>,
        stream_lead_in_sectors: i32,
        reporter: &Reporter,
    ) -> Result<HResult, Error> {
        let Some(source) = source else { return Err(Error::new("no-image", E_POINTER)) };
        let report = self.burn(source, stream_lead_in_sectors, &mut NoDigest, reporter).await?;
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
    /// As [`DiscFormat2RawCD::write_media2`].
    ///
    /// # Drop
    /// As [`DiscFormat2RawCD::write_media2`].
    pub async fn burn<S: SectorSource, D: Digest>(
        &self,
        source: &mut S,
        stream_lead_in_sectors: i32,
        digest: &mut D,
        reporter: &Reporter,
    ) -> Result<BurnReport, Error> {
        let begun = self.desk.begin()?;
        self.burn_begun(begun, source, stream_lead_in_sectors, digest, reporter).await
    }

    async fn burn_begun<S: SectorSource, D: Digest>(
        &self,
        begun: Begun<'_, T, C, Ready>,
        source: &mut S,
        stream_lead_in_sectors: i32,
        digest: &mut D,
        reporter: &Reporter,
    ) -> Result<BurnReport, Error> {
        let Begun { running: _running, recorder, options, cancel } = begun;
        let sector_type = self.desk.prepared(|ready| ready.own.sector_type)?;
        let begins = check_stream(source, stream_lead_in_sectors, sector_type.block_size())?;
        let mut drive = recorder.drive().await;
        reporter.report(Event::Phase(Phase::Prepare));
        reporter.report(Event::Action(DataWriteAction::ValidatingMedia));
        let media = match disc_to_write(&mut drive, true).await {
            Ok(media) => media,
            Err(error) => return Err(error),
        };
        self.desk.check(&media, true)?;
        let (mut stream, plan) = lay(source, begins, &media, sector_type, &options).await?;
        let plan = BurnPlan { stays_locked: true, ..plan };
        let began = drive.clock().now();
        let outcome = carry_out(&mut drive, &media, &plan, &mut stream, digest, reporter, &cancel).await;
        let after = drive.identify().await;
        let duration = drive.clock().now().saturating_sub(began);
        match outcome {
            Ok(written) => {
                let medium = match after {
                    Ok(medium) => medium,
                    Err(error) => return Err(unlooked(&mut drive, error).await.after_writing()),
                };
                let whole = written.burned == Burned::Whole;
                let medium = if whole { check_ended(medium)? } else { medium };
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
}

/// What of a stream goes onto this disc, from `first` on, and how.
async fn lay<'a, S: SectorSource>(
    source: &'a mut S,
    (first, blocks): (Lba, SectorCount),
    media: &Media,
    sector_type: RawCdDataSectorType,
    options: &CdOptions,
) -> Result<(RawStream<'a, S>, BurnPlan), Error> {
    let (start, limit) = limits(media)?;
    if first > start {
        return Err(Error::new("lead-in-too-short", E_IMAPI_DF2RAW_STREAM_LEADIN_TOO_SHORT)
            .with("sectors", Lba::ZERO.since(first).0)
            .with("needed", Lba::ZERO.since(start).0));
    }
    let skip = start.since(first);
    if skip >= blocks {
        return Err(unsupported_stream(source.byte_length(), sector_type.block_size()));
    }
    let stream = RawStream::open(source, sector_type.block_size(), u64::from(skip.0), blocks)
        .await
        .map_err(Error::from_source)?;
    // Whatever the table of contents says, all but the lead-out must lie on what the disc has.
    let lead_out = stream.lead_out().unwrap_or(first).max(first + blocks - FIRST_LEAD_OUT);
    if lead_out > limit {
        return Err(too_long(lead_out, limit));
    }
    let plan = plan_raw(media, (skip.0.into(), start, blocks - skip), sector_type.value() as u8, options);
    Ok((stream, plan))
}

/// Where the stream begins on the disc, and how many blocks it has.
fn check_stream<S: SectorSource>(source: &S, lead_in: i32, block: usize) -> Result<(Lba, SectorCount), Error> {
    let bytes = source.byte_length();
    let argument = || Error::new("argument-invalid", E_INVALIDARG).with("streamLeadInSectors", lead_in);
    if lead_in <= 0 {
        return Err(argument());
    }
    if source.sector_size() != block || bytes == 0 || !bytes.is_multiple_of(block as u64) {
        return Err(unsupported_stream(bytes, block));
    }
    let blocks = SectorCount(u32::try_from(bytes / block as u64).unwrap_or(u32::MAX));
    let lead_in = SectorCount(lead_in.unsigned_abs());
    if lead_in > blocks {
        return Err(argument());
    }
    if lead_in == blocks {
        return Err(unsupported_stream(bytes, block));
    }
    Ok((Lba::ZERO - lead_in, blocks))
}

/// What the failure of a query means here.
fn of_drive(error: webburn_drive::Error) -> Error {
    Error::from_drive(error, Path::Query)
}
