//! The one loop that writes: reads ahead, sends 64 KiB at a time, and keeps its head when the drive does not take them.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures::future::join3;
use webburn_drive::quirk::Quirk;
use webburn_drive::{Clock, Doing};
use webburn_mmc::{ReadBufferCapacity, Write10, Write12};
use webburn_scsi::{ScsiTransport, Write};
use webburn_sector::{Lba, SectorCount, SectorSource, SourceError};
use xxhash_rust::xxh3::xxh3_64;

use super::pieces::{CHUNK, Piece, pieces};
use super::trouble::Trouble;
use super::{Flow, Job};
use crate::events::{Event, Fill};
use crate::plan::Range;
use crate::{Digest, Error};

/// How long one run of commands may last, so that gauges and stops come in time.
const RUN: Duration = Duration::from_millis(250);
impl<T: ScsiTransport, C: Clock> Job<'_, T, C> {
    /// Writes all ranges of the stream.
    pub(super) async fn write_all<S: SectorSource, D: Digest>(
        &mut self,
        ranges: &[Range],
        kilobytes: Option<u32>,
        source: &mut S,
        digest: &mut D,
    ) -> Result<Flow, Error> {
        let began = self.drive.clock().now();
        if self.write_time.is_zero() {
            let total: SectorCount = self.plan.ranges().iter().map(Range::written).sum();
            self.meter.begin_counting(total, began);
        }
        let sector = self.wire.sector_size;
        let room = pieces(ranges).map(|piece| piece.bytes(sector)).max().unwrap_or_default();
        self.meter.host.total = 2 * room as u64;
        self.meter.sector_size = sector;
        let rate = kilobytes.map_or(0.0, |kilobytes| f64::from(kilobytes) * 1000.0);
        let (mut now, mut next) = (vec![0; room], vec![0; room]);
        let mut coming = pieces(ranges);
        let mut piece = coming.next();
        if let Some(first) = &piece {
            fetch(source, first, sector, &mut now).await.map_err(Error::from_source)?;
            self.meter.last_read = first.to + first.written() - SectorCount(1);
        }
        let ready = AtomicU64::new(0);
        while let Some(this) = piece {
            piece = coming.next();
            ready.store(0, Ordering::Relaxed);
            self.position = this.to;
            let stream = &now[..this.stream_bytes(sector)];
            let mut chunks = std::mem::take(&mut self.chunks);
            let (written, read, chunks) = join3(
                self.write_piece(&now[..this.bytes(sector)], this.to, rate, &ready),
                async {
                    let Some(coming) = &piece else { return Ok(()) };
                    fetch(source, coming, sector, &mut next).await?;
                    ready.store(coming.bytes(sector) as u64, Ordering::Relaxed);
                    Ok(())
                },
                async {
                    chunks.extend(stream.chunks(CHUNK).map(xxh3_64));
                    digest.update(stream).await;
                    chunks
                },
            )
            .await;
            self.chunks = chunks;
            // The drive's word comes first: what it did not take matters more than what could not be read next.
            if written? == Flow::Stop {
                self.write_time += self.drive.clock().now().saturating_sub(began);
                return Ok(Flow::Stop);
            }
            read.map_err(|error: SourceError| Error::from_source(error))?;
            if let Some(coming) = &piece {
                self.meter.last_read = coming.to + coming.written() - SectorCount(1);
            }
            std::mem::swap(&mut now, &mut next);
        }
        let now = self.drive.clock().now();
        self.write_time += now.saturating_sub(began).max(Duration::from_nanos(1));
        self.gauge(now);
        Ok(Flow::On)
    }

    /// Writes bytes that lie in one row, without a source: zeros that fill up.
    pub(super) async fn write_bytes(&mut self, bytes: &[u8], to: Lba) -> Result<Flow, Error> {
        let mut at = to;
        let end = to + SectorCount((bytes.len() / self.wire.sector_size) as u32);
        let mut trouble = Trouble::default();
        while at < end {
            let offset = at.since(to).0 as usize * self.wire.sector_size;
            // Not stopped by a wish to stop: this is how a stop is carried out.
            self.write_run(bytes, &mut at, offset, 1, &mut trouble, 0.0, false).await?;
        }
        Ok(Flow::On)
    }

    async fn write_piece(&mut self, bytes: &[u8], to: Lba, rate: f64, ready: &AtomicU64) -> Result<Flow, Error> {
        let end = to + SectorCount((bytes.len() / self.wire.sector_size) as u32);
        let mut at = to;
        let mut trouble = Trouble::default();
        // As many commands at once as the transport keeps under way, more once the speed is known. Kept from piece to
        // piece: between two runs nothing is under way.
        let depth = self.drive.transport().caps().depth.max(1);
        if self.run_length == 0 {
            self.run_length = depth.max(4);
        }
        while at < end {
            if self.cancel.is_cancelled() {
                return Ok(Flow::Stop);
            }
            let before = (self.drive.clock().now(), at);
            let offset = at.since(to).0 as usize * self.wire.sector_size;
            self.write_run(bytes, &mut at, offset, self.run_length, &mut trouble, rate, true).await?;
            let now = self.drive.clock().now();
            let taken = at.since(before.1);
            self.meter.done += taken;
            self.meter.last_written = at - SectorCount(1);
            self.position = at;
            self.meter.host.used =
                u64::from(end.since(at).0) * self.wire.sector_size as u64 + ready.load(Ordering::Relaxed);
            let spent = now.saturating_sub(before.0);
            let commands = f64::from(taken.0) * self.wire.sector_size as f64 / CHUNK as f64;
            self.run_length = next_length(self.run_length, depth, spent, commands);
            if self.meter.due(now) {
                self.ask_buffer().await;
                self.gauge(now);
            }
        }
        Ok(Flow::On)
    }

    /// Sends the next commands and moves `at` behind what the drive took.
    #[allow(clippy::too_many_arguments)] // One row of bytes, its place, and the state of the loop around it.
    async fn write_run(
        &mut self,
        bytes: &[u8],
        at: &mut Lba,
        offset: usize,
        length: usize,
        trouble: &mut Trouble,
        rate: f64,
        may_stop: bool,
    ) -> Result<(), Error> {
        let sector = self.wire.sector_size;
        let most = self.drive.transport().caps().max_transfer.clamp(sector, CHUNK.max(sector));
        let unit = self.media.write_unit.0 as usize * sector;
        let size = if most >= unit { most - most % unit } else { most - most % sector };
        let (first, streaming) = (*at, self.wire.streaming);
        let run: Vec<Write<'_>> = bytes[offset..]
            .chunks(size)
            .take(length)
            .enumerate()
            .map(|(k, data)| {
                let lba = first + SectorCount((k * size / sector) as u32);
                let blocks = SectorCount((data.len() / sector) as u32);
                let cdb = if streaming {
                    Write12 { force_unit_access: false, lba, blocks, streaming, data }.to_cdb()
                } else {
                    Write10 { force_unit_access: false, lba, blocks, data }.to_cdb()
                };
                Write { cdb, data }
            })
            .collect();
        let cancel = self.cancel;
        let go_on = || !(may_stop && cancel.is_cancelled());
        let outcome = self.drive.write_run(&run, &go_on).await;
        let sectors = |count: usize| {
            let bytes: usize = run.iter().take(count).map(|write| write.data.len()).sum();
            SectorCount((bytes / sector) as u32)
        };
        match outcome {
            Ok(end) => {
                if end.good > 0 {
                    self.begun();
                    *trouble = Trouble::default();
                }
                *at += sectors(end.good);
                let Some(completion) = end.stopped_by else { return Ok(()) };
                let block = sectors(end.good + 1) - sectors(end.good);
                self.not_good(completion, at, block, trouble, rate).await
            }
            Err(error) => {
                self.begun();
                self.lost(error, at, sectors(run.len())).await
            }
        }
    }

    pub(super) fn begun(&mut self) {
        if !self.writing {
            self.writing = true;
            self.touched = true;
            self.reporter.note("write-started", vec![("lba", self.plan.start.0.into())]);
        }
    }

    /// Asks how full the drive's buffer is; a drive that does not know the question is not asked again.
    pub(super) async fn ask_buffer(&mut self) {
        let quirks = self.drive.quirks();
        if quirks.has(Quirk::TellsStaleBufferFigures) || self.meter.buffer_unknown {
            return;
        }
        // Only the drive's own word says that its buffer was full: how much was sent does not, as it writes meanwhile.
        if quirks.has(Quirk::DiesOfEarlyBufferQueries) && self.statistics.back_pressure == 0 {
            return;
        }
        match self.drive.send(Doing::Writing, &ReadBufferCapacity::BYTES).await {
            Ok(capacity) if !capacity.in_blocks && capacity.total > 0 => {
                let (total, blank) = (u64::from(capacity.total), u64::from(capacity.blank));
                // More free than there is: nobody knows, so half.
                let used = if blank > total { total / 2 } else { total - blank };
                self.meter.drive = Some(Fill { used, total });
                let fill = used as f64 / total as f64;
                if self.statistics.back_pressure > 0 {
                    let least = self.statistics.least_buffer.map_or(fill, |least: f64| least.min(fill));
                    self.statistics.least_buffer = Some(least);
                }
            }
            Ok(_) => {}
            Err(_) => self.meter.buffer_unknown = true,
        }
    }

    pub(super) fn gauge(&mut self, now: Duration) {
        let progress = self.meter.counted(now);
        self.reporter.report(Event::Progress(Box::new(progress)));
    }
}

/// Fills `into` with a piece: sectors of the stream, then zeros.
async fn fetch<S: SectorSource>(
    source: &mut S,
    piece: &Piece,
    sector: usize,
    into: &mut [u8],
) -> Result<(), SourceError> {
    let stream = piece.stream_bytes(sector);
    if stream > 0 {
        source.read(piece.from, &mut into[..stream]).await?;
    }
    into[stream..piece.bytes(sector)].fill(0);
    Ok(())
}

/// How many commands the next run gets: what fits into a quarter of a second at the speed of the last one, which took
/// `commands`.
fn next_length(length: usize, depth: usize, spent: Duration, commands: f64) -> usize {
    // A piece has no more of them.
    const MOST: usize = 80;
    // A slow drive has its next command waiting with few of them, and gauges and stops come in time.
    const FEW: usize = 4;
    if commands <= 0.0 {
        return depth.max(1);
    }
    if spent.is_zero() {
        return (length * 2).min(MOST);
    }
    let fitting = (commands * RUN.as_secs_f64() / spent.as_secs_f64()) as usize;
    fitting.clamp(depth.min(FEW), MOST).min(length * 2)
}
