//! `WriteEngine2`: writes one section of sectors, nothing else: no mode page, no closing. It drives the same loop as
//! every burn.

use std::sync::{Mutex, MutexGuard, PoisonError};

use webburn_drive::Clock;
use webburn_scsi::ScsiTransport;
use webburn_sector::{Lba, SectorCount, SectorSource};

use crate::enums::DataWriteAction;
use crate::events::{Event, Phase};
use crate::hresult::{
    E_FAIL, E_IMAPI_REQUEST_CANCELLED, E_INVALIDARG, E_POINTER, HResult, S_IMAPI_WRITE_NOT_IN_PROGRESS, S_OK,
};
use crate::meter::Meter;
use crate::outcome::Path;
use crate::plan::{Act, BurnPlan, IfStopped, Range, Step, Wire};
use crate::recorder::DiscRecorder2;
use crate::{Args, Burned, Cancel, Error, NoDigest, Reporter, carry_out, state};

/// `IWriteEngine2`. Events are those of every writer: see [`Progress`](crate::Progress), which has `StartLba`,
/// `SectorCount`, `LastReadLba`, `LastWrittenLba` and the buffers.
#[derive(Debug)]
pub struct WriteEngine2<T, C> {
    state: Mutex<Settings<T, C>>,
}

#[derive(Debug)]
struct Settings<T, C> {
    recorder: Option<DiscRecorder2<T, C>>,
    use_streaming_write12: bool,
    starting: i32,
    ending: i32,
    bytes_per_sector: i32,
    writing: Option<Cancel>,
}

impl<T, C> Default for WriteEngine2<T, C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T, C> WriteEngine2<T, C> {
    /// An engine without a recorder; speeds and sector size are −1 until set.
    #[must_use]
    pub fn new() -> Self {
        let settings = Settings {
            recorder: None,
            use_streaming_write12: false,
            starting: -1,
            ending: -1,
            bytes_per_sector: -1,
            writing: None,
        };
        WriteEngine2 { state: Mutex::new(settings) }
    }

    fn settings(&self) -> MutexGuard<'_, Settings<T, C>> {
        // Nothing panics while it is held, so a poisoned lock still guards whole data.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, change: impl FnOnce(&mut Settings<T, C>)) -> Result<(), Error> {
        let mut settings = self.settings();
        if settings.writing.is_some() {
            return Err(Error::new("burn-running", E_FAIL));
        }
        change(&mut settings);
        Ok(())
    }

    /// `Recorder`.
    ///
    /// # Errors
    /// `E_FAIL` while writing, as all setters.
    pub fn set_recorder(&self, recorder: Option<DiscRecorder2<T, C>>) -> Result<(), Error> {
        self.set(|settings| settings.recorder = recorder)
    }

    /// `Recorder`.
    #[must_use]
    pub fn recorder(&self) -> Option<DiscRecorder2<T, C>> {
        self.settings().recorder.clone()
    }

    /// `UseStreamingWrite12`: WRITE(12) with the streaming bit, not WRITE(10).
    #[must_use]
    pub fn use_streaming_write12(&self) -> bool {
        self.settings().use_streaming_write12
    }

    /// `UseStreamingWrite12`.
    ///
    /// # Errors
    /// `E_FAIL` while writing.
    pub fn set_use_streaming_write12(&self, on: bool) -> Result<(), Error> {
        self.set(|settings| settings.use_streaming_write12 = on)
    }

    /// `StartingSectorsPerSecond` and `EndingSectorsPerSecond`: hints, −1 when there are none.
    #[must_use]
    pub fn sectors_per_second(&self) -> (i32, i32) {
        let settings = self.settings();
        (settings.starting, settings.ending)
    }

    /// `StartingSectorsPerSecond` and `EndingSectorsPerSecond`: they size the pauses for a full buffer.
    ///
    /// # Errors
    /// `E_INVALIDARG` for 0 or anything below −1, `E_FAIL` while writing.
    pub fn set_sectors_per_second(&self, starting: i32, ending: i32) -> Result<(), Error> {
        if [starting, ending].iter().any(|speed| *speed == 0 || *speed < -1) {
            return Err(Error::new("argument-invalid", E_INVALIDARG));
        }
        self.set(|settings| (settings.starting, settings.ending) = (starting, ending))
    }

    /// `BytesPerSector`, −1 until set.
    #[must_use]
    pub fn bytes_per_sector(&self) -> i32 {
        self.settings().bytes_per_sector
    }

    /// `BytesPerSector`: 2048, 2352, 2368, 2448, or whatever else mode page 05h makes of a block.
    ///
    /// # Errors
    /// `E_INVALIDARG` for less than one byte, `E_FAIL` while writing.
    pub fn set_bytes_per_sector(&self, bytes: i32) -> Result<(), Error> {
        if bytes < 1 {
            return Err(Error::new("argument-invalid", E_INVALIDARG));
        }
        self.set(|settings| settings.bytes_per_sector = bytes)
    }

    /// `WriteInProgress`.
    #[must_use]
    pub fn write_in_progress(&self) -> bool {
        self.settings().writing.is_some()
    }

    /// `CancelWrite`: `S_OK`, or `S_IMAPI_WRITE_NOT_IN_PROGRESS`, which is a success, when nothing is written.
    #[must_use]
    pub fn cancel_write(&self) -> HResult {
        match &self.settings().writing {
            Some(cancel) => {
                cancel.cancel();
                S_OK
            }
            None => S_IMAPI_WRITE_NOT_IN_PROGRESS,
        }
    }
}

/// Marks the engine as writing for as long as it lives.
struct Running<'a, T, C>(&'a WriteEngine2<T, C>);

impl<T, C> Drop for Running<'_, T, C> {
    fn drop(&mut self) {
        self.0.settings().writing = None;
    }
}

impl<T: ScsiTransport, C: Clock> WriteEngine2<T, C> {
    /// `WriteSection`: the first `number_of_blocks` sectors of `source` go to `start` and on. A negative start is the
    /// lead-in or pre-gap of a CD. What the drive needs beforehand and afterwards is the caller's business.
    ///
    /// # Errors
    /// `E_POINTER` without recorder or sector size, `E_INVALIDARG` for a count that is none or more than the stream has and
    /// for sectors longer than one transfer, `E_IMAPI_REQUEST_CANCELLED`, and what a write may meet.
    ///
    /// # Drop
    /// As [`carry_out`].
    pub async fn write_section<S: SectorSource>(
        &self,
        source: &mut S,
        start: i32,
        number_of_blocks: i32,
        reporter: &Reporter,
    ) -> Result<HResult, Error> {
        let cancel = Cancel::new();
        let (recorder, wire, rate) = {
            let mut settings = self.settings();
            if settings.writing.is_some() {
                return Err(Error::new("burn-running", E_FAIL));
            }
            let recorder = settings.recorder.clone().ok_or_else(|| Error::new("no-recorder", E_POINTER))?;
            let sector_size =
                usize::try_from(settings.bytes_per_sector).map_err(|_| Error::new("argument-invalid", E_POINTER))?;
            let rate = u32::try_from(settings.starting.max(settings.ending)).ok();
            settings.writing = Some(cancel.clone());
            (recorder, Wire { sector_size, streaming: settings.use_streaming_write12 }, rate)
        };
        let _running = Running(self);
        let sectors = u32::try_from(number_of_blocks).unwrap_or(0);
        if sectors == 0 || sectors > source.sectors().0 || source.sector_size() != wire.sector_size {
            return Err(Error::new("argument-invalid", E_INVALIDARG).with("sectors", number_of_blocks));
        }
        let mut drive = recorder.bound_drive().await?;
        if wire.sector_size > drive.transport().caps().max_transfer {
            return Err(Error::new("argument-invalid", E_INVALIDARG).with("bytesPerSector", wire.sector_size as u64));
        }
        let media = drive.media().await.map_err(|error| Error::from_drive(error, Path::Query))?;
        let range = Range { from: 0, to: Lba(start), sectors: SectorCount(sectors), fill: SectorCount::ZERO };
        let kilobytes = rate.map(|rate| (u64::from(rate) * wire.sector_size as u64 / 1000) as u32);
        let plan = BurnPlan {
            media_type: state::physical_type(media.kind),
            kind: media.kind,
            steps: vec![Step::new(Act::Write { ranges: vec![range], kilobytes, wire })],
            if_stopped: IfStopped { code: "disc-spent", args: Args::new(), acts: Vec::new() },
            start: Lba(start),
            sectors: SectorCount(sectors),
            closes: false,
            adjusted: S_OK,
            closing_first: 0,
            stays_locked: false,
        };
        // Told once before, then every half second, then once after.
        let now = drive.clock().now();
        let mut meter = Meter::new(now, &plan);
        meter.set_phase(Phase::Write);
        meter.set_action(DataWriteAction::WritingData);
        meter.begin_counting(plan.sectors, now);
        reporter.report(Event::Progress(Box::new(meter.counted(now))));
        let written = carry_out(&mut drive, &media, &plan, source, &mut NoDigest, reporter, &cancel).await?;
        match written.burned {
            Burned::Whole => Ok(S_OK),
            Burned::Stopped { .. } => Err(Error::new("cancelled", E_IMAPI_REQUEST_CANCELLED).after_writing()),
        }
    }
}
