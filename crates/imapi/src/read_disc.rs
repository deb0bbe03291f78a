//! Reading a disc: all user sectors of its data tracks, in order.

use std::fmt;
use std::future::Future;

use webburn_drive::media::{DiscStatus, Family, Kind, Recording, Track, TrackKind, last_written_of};
use webburn_drive::{Clock, Doing, Drive, Media};
use webburn_scsi::ScsiTransport;
use webburn_sector::{Lba, MaybeSend, SECTOR_SIZE, SectorCount};

use crate::carry_out::CHUNK;
use crate::enums::DataWriteAction;
use crate::events::{Event, Phase};
use crate::meter::Meter;
use crate::outcome::Path;
use crate::verify::{read, retryable};
use crate::{Cancel, Error, Reporter, hresult};

/// What is read is handed to this.
pub trait SectorSink: MaybeSend {
    /// Whole sectors of 2048 bytes from `lba` on. Addresses ascend; they may jump over what no reader can read.
    ///
    /// # Errors
    /// The sink cannot take them: the reading ends.
    fn write(&mut self, lba: Lba, bytes: &[u8]) -> impl Future<Output = Result<(), SinkError>> + MaybeSend;
}

/// A sink that cannot take any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SinkError(pub String);

impl fmt::Display for SinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SinkError {}

impl SectorSink for Vec<u8> {
    /// Appends; jumps are closed up.
    async fn write(&mut self, _: Lba, bytes: &[u8]) -> Result<(), SinkError> {
        self.extend_from_slice(bytes);
        Ok(())
    }
}

/// What a reader would read of a disc: the first sector and the number of each stretch.
#[must_use]
pub fn readable_stretches(media: &Media) -> Vec<(Lba, SectorCount)> {
    let whole = |sectors: Option<SectorCount>| sectors.map(|sectors| (Lba::ZERO, sectors)).into_iter().collect();
    match media.kind.recording() {
        // A formatted disc reads to its end, written or not; what was never written reads as zeros.
        Recording::Overwritable if media.physically_blank() => Vec::new(),
        Recording::Overwritable => whole(media.readable),
        _ if !media.kind.present() || media.status == DiscStatus::Blank => Vec::new(),
        _ if media.tracks.is_empty() => whole(media.readable),
        _ => media.tracks.iter().filter_map(|track| stretch(media, track)).collect(),
    }
}

fn stretch(media: &Media, track: &Track) -> Option<(Lba, SectorCount)> {
    if track.blank || track.kind == TrackKind::Audio {
        return None;
    }
    let end = if track.open() { last_written_of(media, track)? + SectorCount(1) } else { track.end() };
    let end = match track.last_recorded {
        Some(last) if media.kind.family() != Family::Cd => last + SectorCount(1),
        _ => end,
    };
    Some((track.start, end.since(track.start))).filter(|(_, sectors)| sectors.0 > 0)
}

/// Streams every readable user sector of the disc's data tracks into `sink`; returns how many there were.
///
/// # Errors
/// `nothing-to-read` on a blank or missing disc, the first sector that cannot be read, a sink that takes no more, or
/// `E_IMAPI_REQUEST_CANCELLED`.
pub async fn read_disc<T: ScsiTransport, C: Clock, K: SectorSink>(
    drive: &mut Drive<T, C>,
    sink: &mut K,
    reporter: &Reporter,
    cancel: &Cancel,
) -> Result<SectorCount, Error> {
    let of_drive = |error| Error::from_drive(error, Path::Query);
    let media = drive.media().await.map_err(of_drive)?;
    if !media.kind.present() {
        return Err(Error::new("no-disc", hresult::E_IMAPI_RECORDER_MEDIA_NO_MEDIA));
    }
    let mut stretches = readable_stretches(&media);
    for stretch in &mut stretches {
        without_run_out(drive, &media, stretch).await.map_err(of_drive)?;
    }
    let total: SectorCount = stretches.iter().map(|(_, sectors)| *sectors).sum();
    if total.0 == 0 {
        return Err(Error::new("nothing-to-read", hresult::E_IMAPI_DF2DATA_INVALID_MEDIA_STATE));
    }
    let mut meter = Meter::of(drive.clock().now(), media.kind.family(), stretches[0].0);
    meter.set_phase(Phase::Verify);
    meter.set_action(DataWriteAction::Verifying);
    meter.begin_counting(total, drive.clock().now());
    let mut buffer = vec![0; CHUNK];
    for (start, sectors) in stretches {
        let mut done = SectorCount::ZERO;
        while done < sectors {
            if cancel.is_cancelled() {
                return Err(Error::new("cancelled", hresult::E_IMAPI_REQUEST_CANCELLED));
            }
            let blocks = (sectors - done).min(SectorCount((CHUNK / SECTOR_SIZE) as u32));
            let into = &mut buffer[..blocks.0 as usize * SECTOR_SIZE];
            read_patiently(drive, start + done, into).await?;
            sink.write(start + done, into)
                .await
                .map_err(|error| Error::new("internal", hresult::E_FAIL).with("sink", error.0))?;
            done += blocks;
            meter.done += blocks;
            meter.last_written = start + done - SectorCount(1);
            let now = drive.clock().now();
            if meter.due(now) {
                reporter.report(Event::Progress(Box::new(meter.counted(now))));
            }
        }
    }
    reporter.report(Event::Progress(Box::new(meter.counted(drive.clock().now()))));
    Ok(total)
}

async fn read_patiently<T: ScsiTransport, C: Clock>(
    drive: &mut Drive<T, C>,
    lba: Lba,
    into: &mut [u8],
) -> Result<(), Error> {
    let mut tries = 1;
    loop {
        match read(drive, Doing::Reading, lba, into).await {
            Ok(()) => return Ok(()),
            Err(error) if retryable(&error) && tries < 3 => tries += 1,
            Err(error) if retryable(&error) => {
                // Name the first sector that cannot be read.
                for (k, sector) in into.chunks_mut(SECTOR_SIZE).enumerate() {
                    let at = lba + SectorCount(k as u32);
                    if let Err(error) = read(drive, Doing::Reading, at, sector).await {
                        return Err(Error::from_drive(error, Path::Query).with("lba", at.0));
                    }
                }
                return Ok(());
            }
            Err(error) => return Err(Error::from_drive(error, Path::Query)),
        }
    }
}

/// The last two sectors of a CD track that was written at once hold nothing and cannot be read; nothing on the disc
/// tells such a track from another, so the last sector is tried twice (K3b, observed behaviour).
async fn without_run_out<T: ScsiTransport, C: Clock>(
    drive: &mut Drive<T, C>,
    media: &Media,
    (start, sectors): &mut (Lba, SectorCount),
) -> Result<(), webburn_drive::Error> {
    if !matches!(media.kind, Kind::CdR | Kind::CdRw | Kind::CdRom) || sectors.0 <= 2 {
        return Ok(());
    }
    let mut sector = vec![0; SECTOR_SIZE];
    for _ in 0..2 {
        match read(drive, Doing::Reading, *start + *sectors - SectorCount(1), &mut sector).await {
            Ok(()) => return Ok(()),
            Err(error) if retryable(&error) => {}
            Err(error) => return Err(error),
        }
    }
    *sectors = *sectors - SectorCount(2);
    Ok(())
}
