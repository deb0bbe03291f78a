//! Verification: the disc is reloaded, looked at anew, and exactly what was written is read back and compared.

use std::time::Duration;

use webburn_drive::media::Recording;
use webburn_drive::{Clock, Doing, Drive, Media};
use webburn_mmc::{Read10, StartStopUnit};
use webburn_scsi::{Data, ScsiTransport, Status};
use webburn_sector::{Lba, SECTOR_SIZE, SectorCount, SectorSource};
use xxhash_rust::xxh3::xxh3_64;

use crate::carry_out::CHUNK;
use crate::enums::BurnVerificationLevel;
use crate::events::Event;
use crate::hresult::E_IMAPI_BURN_VERIFICATION_FAILED;
use crate::meter::Meter;
use crate::outcome::Path;
use crate::plan::Range;
use crate::{Cancel, Digest, Error, Reporter, Written};

/// How often a piece that cannot be read is tried.
const TRIES: u32 = 3;
/// Pieces that a quick verification reads.
const QUICK_PIECES: usize = 8;

/// What verification found when all is well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// SHA-256 of what was read back; `None` without a digest, and for a quick verification.
    pub sha256: Option<[u8; 32]>,
    /// Sectors compared.
    pub sectors: SectorCount,
    /// Somebody wished to stop: only so much was compared.
    pub stopped: bool,
}

fn failed(code: &'static str) -> Error {
    Error::new(code, E_IMAPI_BURN_VERIFICATION_FAILED).after_writing()
}

/// How the drive was made to look anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reloaded {
    /// The tray was out and is in again.
    ByTray,
    /// The disc was stopped and started, or not even that: what the drive tells may be what it remembers.
    BySpindle,
    /// The tray went out and did not come back: the disc is not in the drive.
    StayedOut,
}

/// Makes the drive look at the disc anew: by the tray when it opens and closes it itself, else by stopping and starting.
/// A drive that refuses is read as it is.
///
/// # Errors
/// The drive is gone, or does not become ready again.
pub async fn reload<T: ScsiTransport, C: Clock>(
    drive: &mut Drive<T, C>,
    media: &Media,
    reporter: &Reporter,
) -> Result<Reloaded, Error> {
    let of_drive = |error| Error::from_drive(error, Path::Query).after_writing();
    reporter.note("reloading", vec![]);
    let mut by_tray = media.can_eject && media.can_load;
    let (away, back) =
        if by_tray { (StartStopUnit::EJECT, StartStopUnit::LOAD) } else { (StartStopUnit::STOP, StartStopUnit::START) };
    for (command, tries) in [(away, 1), (back, TRIES)] {
        for attempt in 1..=tries {
            match drive.send(Doing::Reloading, &command).await {
                Ok(()) => break,
                // The way back is worth another try: without it there is no disc to verify.
                Err(error) if attempt < tries && (error.is_refusal() || timed_out(&error)) => {
                    drive.clock().sleep(Duration::from_secs(1)).await;
                }
                Err(error) if error.is_refusal() => {
                    by_tray = false;
                    reporter.note("reload-refused", vec![]);
                }
                Err(error) => return Err(of_drive(error)),
            }
        }
    }
    // Spinning up may take longer than any patience for a disc that was there all the time.
    let began = drive.clock().now();
    let mut silent = |_| {};
    match drive.wait_done(Doing::Reloading, began, Duration::from_secs(120), &mut silent).await {
        Ok(()) if by_tray => Ok(Reloaded::ByTray),
        Ok(()) => Ok(Reloaded::BySpindle),
        Err(error) if matches!(error.triple(), Some((2, 0x3A, _))) => {
            reporter.note("tray-stayed-open", vec![]);
            Ok(Reloaded::StayedOut)
        }
        Err(error) => Err(of_drive(error)),
    }
}

fn timed_out(error: &webburn_drive::Error) -> bool {
    matches!(&error.cause, webburn_drive::CommandError::Transport(failure)
        if failure.kind == webburn_scsi::TransportErrorKind::Timeout)
}

/// Compares what `written` says was written with what the disc holds.
///
/// # Errors
/// `E_IMAPI_BURN_VERIFICATION_FAILED` with the first differing or unreadable sector, or the drive's own error.
#[allow(clippy::too_many_arguments)] // Two sides to compare, two ears, and the state between them.
pub(crate) async fn verify<T: ScsiTransport, C: Clock, S: SectorSource, D: Digest>(
    drive: &mut Drive<T, C>,
    written: &Written,
    level: BurnVerificationLevel,
    source: &mut S,
    digest: &mut D,
    meter: &mut Meter,
    reporter: &Reporter,
    cancel: &Cancel,
) -> Result<Verified, Error> {
    reporter.note("verify-started", vec![]);
    let media = drive.identify().await.map_err(|error| Error::from_drive(error, Path::Query).after_writing())?;
    plausible(&media, written)?;
    let chunks: Vec<Chunk> = chunks(&written.ranges).collect();
    if chunks.len() != written.chunks.len() {
        // A piece without a digest would pass unread.
        return Err(failed("internal")
            .with("pieces", chunks.len() as u64)
            .with("digests", written.chunks.len() as u64));
    }
    let full = level == BurnVerificationLevel::Full;
    let step = if full { 1 } else { (chunks.len() / QUICK_PIECES).max(1) };
    let total = chunks.iter().step_by(step).map(|chunk| chunk.sectors).sum();
    meter.begin_counting(total, drive.clock().now());
    let mut buffer = vec![0; CHUNK];
    let (mut wrong, mut first_wrong) = (0, None);
    for (chunk, expected) in chunks.iter().zip(&written.chunks).step_by(step) {
        if cancel.is_cancelled() {
            return Ok(Verified { sha256: None, sectors: meter.done, stopped: true });
        }
        let into = &mut buffer[..chunk.sectors.0 as usize * SECTOR_SIZE];
        read_back(drive, chunk, into, reporter).await?;
        if full {
            digest.update(into).await;
        }
        if xxh3_64(into) != *expected {
            let (count, first) = differing(source, chunk, into).await;
            wrong += count;
            first_wrong = first_wrong.or(Some(first));
        }
        meter.done += chunk.sectors;
        meter.last_written = chunk.to + chunk.sectors - SectorCount(1);
        let now = drive.clock().now();
        if meter.due(now) {
            reporter.report(Event::Progress(Box::new(meter.counted(now))));
        }
    }
    let now = drive.clock().now();
    reporter.report(Event::Progress(Box::new(meter.counted(now))));
    let sha256 = if full { digest.finish().await } else { None };
    if let Some(first) = first_wrong {
        let mut error = failed("verify-different").with("sectors", wrong).with("first", first.0);
        error.lba = Some(first);
        return Err(error);
    }
    // Parts written in another order than the stream's have no digest, and a digester that failed gives none.
    let sha256 = sha256.filter(|_| written.sha256.is_some());
    if sha256.is_some() && sha256 != written.sha256 {
        // 64-bit digests agree and SHA-256 does not: the digester's input was not what was sent.
        return Err(failed("verify-different").with("sectors", 0).with("first", -1));
    }
    Ok(Verified { sha256, sectors: total, stopped: false })
}

/// A disc that lost its data, or is another one, is not worth reading.
fn plausible(media: &Media, written: &Written) -> Result<(), Error> {
    let blank = media.kind.recording() == Recording::Sequential && media.physically_blank();
    let wrong_kind = !media.kind.present();
    let end = written.ranges.iter().map(|range| range.to + range.sectors).max().unwrap_or_default();
    let too_short = media.readable.is_some_and(|sectors| Lba::ZERO + sectors < end)
        && media.kind.recording() != Recording::Sequential;
    if blank || wrong_kind || too_short {
        return Err(failed("verify-wrong-disc").with("medium", media.kind.name()));
    }
    Ok(())
}

/// One compared piece: at most 64 KiB of the stream.
#[derive(Clone, Copy, Debug)]
struct Chunk {
    from: u64,
    to: Lba,
    sectors: SectorCount,
}

/// The pieces in the order in which their digests were taken while writing. A digest never spans two read-ahead pieces,
/// whose length is a multiple of 64 KiB, so cutting the stream's part of each range is the same.
fn chunks(ranges: &[Range]) -> impl Iterator<Item = Chunk> {
    const SECTORS: u32 = (CHUNK / SECTOR_SIZE) as u32;
    ranges.iter().flat_map(|range| {
        (0..range.sectors.0.div_ceil(SECTORS)).map(move |k| {
            let at = k * SECTORS;
            let sectors = SectorCount((range.sectors.0 - at).min(SECTORS));
            Chunk { from: range.from + u64::from(at), to: range.to + SectorCount(at), sectors }
        })
    })
}

async fn read_back<T: ScsiTransport, C: Clock>(
    drive: &mut Drive<T, C>,
    chunk: &Chunk,
    into: &mut [u8],
    reporter: &Reporter,
) -> Result<(), Error> {
    let mut tries = 1;
    loop {
        match read(drive, Doing::Verifying, chunk.to, into).await {
            Ok(()) => return Ok(()),
            Err(error) if retryable(&error) && tries < TRIES => {
                tries += 1;
                reporter.note("verify-retry", vec![("lba", chunk.to.0.into())]);
            }
            Err(error) if retryable(&error) => return Err(unreadable(drive, chunk, into, error).await),
            Err(error) => return Err(Error::from_drive(error, Path::Query).after_writing()),
        }
    }
}

/// The medium or the drive failed at this place, as opposed to a wire that broke or a disc that is gone.
pub(crate) fn retryable(error: &webburn_drive::Error) -> bool {
    matches!(error.triple(), Some((3 | 4 | 5 | 0xB | 8, ..)))
}

/// Names the first sector of a piece that cannot be read.
async fn unreadable<T: ScsiTransport, C: Clock>(
    drive: &mut Drive<T, C>,
    chunk: &Chunk,
    into: &mut [u8],
    error: webburn_drive::Error,
) -> Error {
    let mut at = chunk.to;
    let mut cause = error;
    for sector in into.chunks_mut(SECTOR_SIZE) {
        if let Err(error) = read(drive, Doing::Verifying, at, sector).await {
            cause = error;
            break;
        }
        at += SectorCount(1);
    }
    let mut made = Error::from_drive(cause, Path::Query).after_writing().with("lba", at.0);
    made.code = "verify-unreadable";
    made.hresult = E_IMAPI_BURN_VERIFICATION_FAILED;
    made.lba = Some(at);
    made
}

/// Reads whole sectors.
pub(crate) async fn read<T: ScsiTransport, C: Clock>(
    drive: &mut Drive<T, C>,
    doing: Doing,
    lba: Lba,
    into: &mut [u8],
) -> Result<(), webburn_drive::Error> {
    let blocks = SectorCount((into.len() / SECTOR_SIZE) as u32);
    let command = Read10 { force_unit_access: false, lba, blocks };
    let wanted = into.len();
    let error = |cause| webburn_drive::Error {
        doing,
        at_lba: Some(lba),
        command: <Read10 as webburn_scsi::Command>::NAME,
        opcode: Read10::OPCODE,
        cause,
    };
    let mut attentions = 0;
    loop {
        let completion = drive.execute(&command.to_cdb(), Data::In(into)).await;
        let completion = completion.map_err(|e| error(webburn_drive::CommandError::Transport(e)))?;
        return match completion.status {
            Status::Good if completion.transferred == wanted => Ok(()),
            Status::Good => Err(error(webburn_drive::CommandError::Malformed(webburn_scsi::Malformed::new(
                "READ(10)",
                "fewer sectors than asked for",
                completion.transferred,
            )))),
            Status::CheckCondition(sense) if sense.triple().0 == 1 && completion.transferred == wanted => Ok(()),
            // A unit attention left from the reload.
            Status::CheckCondition(sense) if sense.triple().0 == 6 && attentions < 3 => {
                attentions += 1;
                continue;
            }
            Status::CheckCondition(sense) if sense.triple().0 == 2 && sense.asc() == 0x04 && attentions < 3 => {
                attentions += 1;
                drive.wait_ready().await?;
                continue;
            }
            Status::CheckCondition(sense) => Err(error(webburn_drive::CommandError::CheckCondition(sense))),
            // BUSY and friends: once more after a moment.
            Status::Other(_) if attentions < 3 => {
                attentions += 1;
                drive.clock().sleep(Duration::from_millis(100)).await;
                continue;
            }
            Status::Other(status) => Err(error(webburn_drive::CommandError::Status(status))),
        };
    }
}

/// How many sectors of a piece differ from the source, and the first; all of them when the source cannot tell any more.
async fn differing<S: SectorSource>(source: &mut S, chunk: &Chunk, read: &[u8]) -> (u32, Lba) {
    let mut original = vec![0; read.len()];
    if source.read(chunk.from, &mut original).await.is_err() {
        return (chunk.sectors.0, chunk.to);
    }
    let pairs = original.chunks(SECTOR_SIZE).zip(read.chunks(SECTOR_SIZE)).enumerate();
    let wrong: Vec<u32> = pairs.filter(|(_, (a, b))| a != b).map(|(k, _)| k as u32).collect();
    match wrong.first() {
        Some(first) => (wrong.len() as u32, chunk.to + SectorCount(*first)),
        // The source gives other bytes now than when it was written: what was sent is nowhere to be had.
        None => (chunk.sectors.0, chunk.to),
    }
}
