//! Every step but writing.

use std::time::Duration;

use webburn_drive::media::{Family, Kind};
use webburn_drive::{Clock, Doing, LongProgress, patience};
use webburn_mmc::{
    Blank, BlankType, CloseFunction, CloseTrackSession, FormatDescriptor, FormatParameters, FormatType, FormatUnit,
    ReadDiscInformation, ReadTrackInformation, ReserveTrack, RotationControl, RotationalControl, SendDiscStructure,
    SendOpcInformation, SetCdSpeed, SetStreaming, StreamingDescriptor, StructureMedia, SynchronizeCache,
};
use webburn_scsi::{Command, MaybeSend, MaybeSync, ScsiTransport};
use webburn_sector::{Lba, SectorCount};

use super::{Job, set_write_parameters};
use crate::Error;
use crate::events::Event;
use crate::hresult::{S_IMAPI_SPEEDADJUSTED, S_OK};
use crate::plan::{Act, Finish, WriteParameters};

impl<T: ScsiTransport, C: Clock> Job<'_, T, C> {
    pub(super) async fn act(&mut self, act: &Act) -> Result<(), Error> {
        match act {
            Act::Blank { full } => {
                let blank_type = if *full { BlankType::DISC } else { BlankType::MINIMAL };
                let command = |immediate| Blank { immediate, blank_type, start: 0 };
                self.long(Doing::Blanking, patience::FORMATTING, command).await
            }
            Act::Format { kind, subtype, sectors, parameter, quick, .. } => {
                let descriptor = FormatDescriptor {
                    blocks: SectorCount(*sectors),
                    format: FormatType(*kind),
                    subtype: *subtype,
                    parameter: *parameter,
                };
                self.format(descriptor, *quick).await
            }
            Act::AwaitFormat => self.await_format().await,
            Act::SetSpeed { speed, .. } => self.set_speed(*speed).await,
            Act::WriteParameters(parameters) => self.write_parameters(parameters).await,
            Act::Calibrate => self.calibrate().await,
            Act::Reserve(blocks) => {
                let command = ReserveTrack { rmz: false, blocks: *blocks };
                self.drive.send(Doing::Reserving, &command).await.map_err(Self::error)
            }
            Act::LayerBreak(blocks) => self.layer_break(*blocks).await,
            Act::CueSheet { variants, parameters } => self.cue_sheet(variants, parameters).await,
            Act::FillUp(least) => self.fill_up(*least).await,
            Act::Flush => self.flush().await,
            Act::CloseTrack(track) => self.close(Doing::ClosingTrack, CloseFunction::TRACK, *track).await,
            Act::CloseSession => self.close(Doing::ClosingSession, CloseFunction::SESSION, 0).await,
            Act::CloseDisc(Finish::BySession) => self.close(Doing::Finalising, CloseFunction::SESSION, 0).await,
            Act::CloseDisc(Finish::Compatible) => {
                self.close(Doing::Finalising, CloseFunction::FINALIZE_MINIMAL, 0).await
            }
            Act::CloseDisc(Finish::Full) => self.close(Doing::Finalising, CloseFunction::FINALIZE, 0).await,
            Act::StopFormat => self.stop_format().await,
            // Done elsewhere.
            Act::Write { .. } | Act::Reload | Act::Verify { .. } => Ok(()),
        }
    }

    /// Begins a long operation and tells its progress until it is done.
    async fn long<K: Command + MaybeSync + MaybeSend>(
        &mut self,
        doing: Doing,
        budget: Duration,
        command: impl Fn(bool) -> K + MaybeSend,
    ) -> Result<(), Error> {
        let began = self.drive.clock().now();
        let (meter, reporter) = (&mut self.meter, self.reporter);
        let mut tell = |progress: LongProgress| {
            let now = began + progress.elapsed;
            if meter.due(now) {
                let gauge = meter.stepping(now, progress.fraction.map(f64::from), None);
                reporter.report(Event::Progress(Box::new(gauge)));
            }
        };
        self.drive.run_long(doing, budget, command, &mut tell).await.map_err(Self::error)
    }

    async fn format(&mut self, descriptor: FormatDescriptor, quick: bool) -> Result<(), Error> {
        self.reporter.note("format-started", vec![("type", format!("{:02X}", descriptor.format.0).into())]);
        let lists = [false, true].map(|immediate| {
            let mut parameters = FormatParameters::new(descriptor, immediate);
            parameters.options_valid = quick;
            parameters.disable_certification = quick;
            parameters.list()
        });
        let command =
            |immediate: bool| FormatUnit { complete_list: quick, ..FormatUnit::new(&lists[usize::from(immediate)]) };
        self.long(Doing::Formatting, patience::FORMATTING, command).await
    }

    /// Waits for a background format. A wish to stop ends it: what is formatted stays, and it can be taken up again.
    async fn await_format(&mut self) -> Result<(), Error> {
        const LOOK: Duration = Duration::from_secs(2);
        let began = self.drive.clock().now();
        loop {
            if self.cancel.is_cancelled() {
                return self.stop_format().await;
            }
            let command = ReadDiscInformation { allocation_length: 34 };
            let information = self.drive.send(Doing::Formatting, &command).await.map_err(Self::error)?;
            if information.background_format.0 != 2 {
                return Ok(());
            }
            let now = self.drive.clock().now();
            if now.saturating_sub(began) > patience::FORMATTING {
                return self.stop_format().await;
            }
            // A drive that formats while it is ready tells how far it is by REQUEST SENSE alone.
            let fraction = self.drive.background_progress().await.map_err(Self::error)?;
            if self.meter.due(now) {
                let gauge = self.meter.stepping(now, fraction.map(f64::from), None);
                self.reporter.report(Event::Progress(Box::new(gauge)));
            }
            self.drive.clock().sleep(LOOK).await;
        }
    }

    /// SET CD SPEED for CD, SET STREAMING for the rest and SET CD SPEED when that is refused. A refusal of both is no
    /// failure: the drive keeps its own choice.
    async fn set_speed(&mut self, speed: webburn_drive::media::Speed) -> Result<(), Error> {
        let family = self.media.kind.family();
        let kilobytes = speed.write_kilobytes;
        let streaming = family != Family::Cd && {
            let end = speed.end.or_else(|| self.media.total.map(|total| Lba::ZERO + total - SectorCount(1)));
            let read = if speed.read_kilobytes == 0 { kilobytes } else { speed.read_kilobytes };
            let descriptor = StreamingDescriptor {
                rotation: RotationControl(u8::from(speed.pure_cav)),
                end: end.unwrap_or_default(),
                read_size: read,
                read_time: 1000,
                write_size: kilobytes,
                write_time: 1000,
                ..StreamingDescriptor::default()
            };
            self.drive_takes(SetStreaming::new(&descriptor.encode())).await?
        };
        self.streaming_set |= streaming;
        let set = streaming || {
            let rotation = if speed.pure_cav { RotationalControl::CAV } else { RotationalControl::CLV };
            let write = u16::try_from(kilobytes).unwrap_or(u16::MAX);
            self.drive_takes(SetCdSpeed { rotation, read: u16::MAX, write }).await?
        };
        let times = crate::speed::times(kilobytes, family);
        if set {
            self.reporter.note("speed-set", vec![("times", times.into())]);
        } else {
            self.reporter.note("speed-refused", vec![("times", times.into())]);
            if self.adjusted == S_OK {
                self.adjusted = S_IMAPI_SPEEDADJUSTED;
            }
        }
        Ok(())
    }

    /// Speeds set by SET STREAMING outlive the disc, and the next program would inherit them: back to the drive's own.
    /// A refusal does no harm.
    pub(super) async fn restore_speed(&mut self) {
        if self.streaming_set {
            let descriptor = StreamingDescriptor { restore_defaults: true, ..StreamingDescriptor::default() };
            let _ = self.drive.send(Doing::SettingSpeed, &SetStreaming::new(&descriptor.encode())).await;
        }
    }

    /// Sends a command that a drive may refuse without harm: true when it did not.
    async fn drive_takes<K: Command + MaybeSync>(&mut self, command: K) -> Result<bool, Error> {
        match self.drive.send(Doing::SettingSpeed, &command).await {
            Ok(_) => Ok(true),
            Err(error) if matches!(error.triple(), Some((5, 0x20 | 0x24 | 0x26, _))) => Ok(false),
            Err(error) => Err(Self::error(error)),
        }
    }

    pub(super) async fn write_parameters(&mut self, wanted: &WriteParameters) -> Result<(), Error> {
        set_write_parameters(self.drive, wanted).await
    }

    /// Power calibration. Most refusals mean only that the drive does it by itself (growisofs, observed behaviour);
    /// 3/73 means that it was done and failed.
    async fn calibrate(&mut self) -> Result<(), Error> {
        match self.drive.send(Doing::Calibrating, &SendOpcInformation::CALIBRATE).await {
            Ok(()) => self.reporter.note("calibrated", vec![]),
            Err(error) => match error.triple() {
                Some((5, 0x20 | 0x24 | 0x27 | 0x2C, _) | (5, 0x30, 0x02) | (7, 0x27, _)) => {
                    self.reporter.note("calibration-skipped", vec![]);
                }
                _ => return Err(Self::error(error)),
            },
        }
        Ok(())
    }

    async fn layer_break(&mut self, blocks: SectorCount) -> Result<(), Error> {
        let mut structure = [0; 8];
        structure[4..].copy_from_slice(&blocks.0.to_be_bytes());
        let list = SendDiscStructure::list(&structure);
        // DVD+R has a layer boundary, DVD-R a middle zone that moves: the same field under two numbers.
        let format = if self.media.kind == Kind::DvdRDlJump { 0x21 } else { 0x20 };
        let command = SendDiscStructure { media: StructureMedia::DVD, format, list: &list };
        self.drive.send(Doing::Preparing, &command).await.map_err(Self::error)
    }

    async fn flush(&mut self) -> Result<(), Error> {
        self.reporter.note("flushing", vec![]);
        self.long(Doing::Flushing, patience::CLOSING, SynchronizeCache::all).await
    }

    async fn close(&mut self, doing: Doing, function: CloseFunction, number: u16) -> Result<(), Error> {
        self.reporter.note("closing", vec![("function", u32::from(function.0).into())]);
        let command = |immediate| CloseTrackSession { immediate, function, number };
        self.long(doing, patience::CLOSING, command).await
    }

    /// Ends a background format if one is running or was stopped short: function 0 stops it, function 2 writes the
    /// lead-out that readers need.
    async fn stop_format(&mut self) -> Result<(), Error> {
        let command = ReadDiscInformation { allocation_length: 34 };
        let information = self.drive.send(Doing::StoppingFormat, &command).await.map_err(Self::error)?;
        match information.background_format.0 {
            2 => self.close(Doing::StoppingFormat, CloseFunction::STOP_BACKGROUND_FORMAT, 0).await?,
            1 => {}
            _ => return Ok(()),
        }
        self.close(Doing::StoppingFormat, CloseFunction::SESSION, 0).await
    }

    /// Zeros until the open track has `least` sectors: a shorter one cannot be closed on CD.
    async fn fill_up(&mut self, least: SectorCount) -> Result<(), Error> {
        let command = ReadTrackInformation::track(0xFF, 36);
        let information = self.drive.send(Doing::Writing, &command).await.map_err(Self::error)?;
        let Some(next) = information.next_writable else { return Ok(()) };
        let start = information.start;
        let lacking = least - next.since(start);
        if next <= start || lacking == SectorCount::ZERO {
            return Ok(());
        }
        let zeros = vec![0; lacking.0 as usize * self.wire.sector_size];
        self.write_bytes(&zeros, next).await.map(drop)
    }
}
