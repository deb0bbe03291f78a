//! Reading a CD below its user data: whole sectors, sub-channel, C2 error bits (READ CD; MMC-6, 6.17).

use webburn_drive::{Clock, Doing, Drive};
use webburn_mmc::{ExpectedSector, MainChannel, ReadCd, SubChannel};
use webburn_scsi::ScsiTransport;
use webburn_sector::{Lba, SectorCount, SectorSource, SourceError, SourceErrorKind};

use crate::carry_out::CHUNK;
use crate::cd::MAIN;
use crate::enums::DataWriteAction;
use crate::events::{Event, Phase};
use crate::meter::Meter;
use crate::outcome::Path;
use crate::{Cancel, Error, Reporter, SectorSink, hresult};

/// How often a place that cannot be read, or that reads with errors, is read.
const TRIES: u32 = 3;
/// Bytes of C2 bits, one for each byte of the main channel.
const C2: usize = MAIN / 8;

/// What of a sector is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CdForm {
    /// 2352 bytes of samples; anything but audio is refused by the drive.
    Audio,
    /// The whole sector, 2352 bytes: data descrambled, with sync and header.
    Main,
    /// The same and 96 bytes of P to W, as the disc has them.
    MainAndSub,
    /// The same and 16 bytes with Q, corrected or made by the drive.
    MainAndQ,
}

impl CdForm {
    /// Bytes of a sector.
    #[must_use]
    pub const fn sector_size(self) -> usize {
        MAIN + self.sub().bytes()
    }

    const fn sub(self) -> SubChannel {
        match self {
            CdForm::Audio | CdForm::Main => SubChannel::NONE,
            CdForm::MainAndSub => SubChannel::RAW,
            CdForm::MainAndQ => SubChannel::Q,
        }
    }
}

/// Sectors of one command with bytes that could not be corrected.
#[derive(Clone, Copy, Default)]
struct Doubtful {
    sectors: u32,
    /// The first, counted from the command's first.
    first: u32,
}

/// Reads sectors of a CD, and remembers what the drive does not offer.
#[derive(Clone, Copy, Debug)]
pub struct CdReader {
    /// Ask for C2 error bits: which bytes the drive could not correct.
    c2: bool,
    doing: Doing,
    /// Sectors read with bytes that could not be corrected, after all tries.
    pub uncorrected: u32,
    /// The first of them.
    pub first_uncorrected: Option<Lba>,
}

impl CdReader {
    /// A reader; `c2` asks the drive which bytes it could not correct, where it can tell.
    #[must_use]
    pub const fn new(doing: Doing, c2: bool) -> Self {
        CdReader { c2, doing, uncorrected: 0, first_uncorrected: None }
    }

    /// The drive tells which bytes it could not correct.
    #[must_use]
    pub const fn tells_c2(&self) -> bool {
        self.c2
    }

    /// Fills `into` (whole sectors of `form`) from `lba` on.
    ///
    /// # Errors
    /// The drive's last word about the first piece that cannot be read; `at_lba` of it is that piece's first sector, or
    /// the sector itself where reading one by one found it.
    pub async fn read<T: ScsiTransport, C: Clock>(
        &mut self,
        drive: &mut Drive<T, C>,
        form: CdForm,
        lba: Lba,
        into: &mut [u8],
    ) -> Result<(), webburn_drive::Error> {
        let size = form.sector_size();
        let most = (drive.transport().caps().max_transfer.min(CHUNK) / (size + C2)).max(1);
        for (number, piece) in into.chunks_mut(most * size).enumerate() {
            let at = lba + SectorCount((number * most) as u32);
            match self.piece(drive, form, at, piece).await {
                Ok(()) => {}
                Err(error) if !crate::verify::retryable(&error) => return Err(error),
                // One by one: the rest of the piece may be good, and the bad one gets its name.
                Err(_) => {
                    for (k, sector) in piece.chunks_mut(size).enumerate() {
                        self.piece(drive, form, at + SectorCount(k as u32), sector).await?;
                    }
                }
            }
        }
        Ok(())
    }

    async fn piece<T: ScsiTransport, C: Clock>(
        &mut self,
        drive: &mut Drive<T, C>,
        form: CdForm,
        lba: Lba,
        into: &mut [u8],
    ) -> Result<(), webburn_drive::Error> {
        let mut tries = 1;
        loop {
            let doubtful = match self.once(drive, form, lba, into).await {
                Ok(doubtful) if doubtful.sectors == 0 => return Ok(()),
                Ok(doubtful) => doubtful,
                // `Quirk::RefusesC2`, or C2 and sub-channel in one command.
                Err(error) if self.c2 && matches!(error.triple(), Some((5, 0x24 | 0x20 | 0x26, _))) => {
                    self.c2 = false;
                    continue;
                }
                Err(error) if tries < TRIES && crate::verify::retryable(&error) => {
                    tries += 1;
                    continue;
                }
                Err(mut error) => {
                    error.at_lba = Some(lba);
                    return Err(error);
                }
            };
            if tries >= TRIES {
                self.uncorrected += doubtful.sectors;
                self.first_uncorrected = self.first_uncorrected.or(Some(lba + SectorCount(doubtful.first)));
                return Ok(());
            }
            tries += 1;
        }
    }

    /// Reads once.
    async fn once<T: ScsiTransport, C: Clock>(
        &self,
        drive: &mut Drive<T, C>,
        form: CdForm,
        lba: Lba,
        into: &mut [u8],
    ) -> Result<Doubtful, webburn_drive::Error> {
        let size = form.sector_size();
        let blocks = into.len() / size;
        let main = MainChannel { c2: u8::from(self.c2), ..MainChannel::ALL };
        let (expected, main) = match form {
            CdForm::Audio => (ExpectedSector::CD_DA, MainChannel { c2: main.c2, ..MainChannel::USER }),
            _ => (ExpectedSector::ANY, main),
        };
        let blocks_wanted = SectorCount(blocks as u32);
        let command = ReadCd { expected, conceal: false, lba, blocks: blocks_wanted, main, sub: form.sub() };
        let answer = drive.send(self.doing, &command).await?;
        let c2 = if self.c2 { C2 } else { 0 };
        let malformed = |what| webburn_drive::Error {
            doing: self.doing,
            at_lba: Some(lba),
            command: <ReadCd as webburn_scsi::Command>::NAME,
            opcode: ReadCd::OPCODE,
            cause: webburn_drive::CommandError::Malformed(what),
        };
        if answer.len() != blocks * (size + c2) {
            return Err(malformed(webburn_scsi::Malformed::new(
                "READ CD",
                "another number of bytes than asked for",
                answer.len(),
            )));
        }
        let mut doubtful = Doubtful::default();
        for (n, (sector, read)) in (0..).zip(into.chunks_mut(size).zip(answer.chunks(size + c2))) {
            // Main channel, then C2, then sub-channel.
            sector[..MAIN].copy_from_slice(&read[..MAIN]);
            sector[MAIN..].copy_from_slice(&read[MAIN + c2..]);
            if read[MAIN..MAIN + c2].iter().any(|bits| *bits != 0) {
                doubtful.first = if doubtful.sectors == 0 { n } else { doubtful.first };
                doubtful.sectors += 1;
            }
        }
        Ok(doubtful)
    }
}

/// A stretch of a CD as a source of sectors: what copies discs, or writes them into files.
#[derive(Debug)]
pub struct CdSource<'a, T, C> {
    drive: &'a mut Drive<T, C>,
    reader: CdReader,
    form: CdForm,
    start: Lba,
    sectors: SectorCount,
}

impl<'a, T: ScsiTransport, C: Clock> CdSource<'a, T, C> {
    /// `sectors` from `start` on, all of one track mode.
    pub fn new(drive: &'a mut Drive<T, C>, form: CdForm, start: Lba, sectors: SectorCount) -> Self {
        let reader = CdReader::new(Doing::Reading, form == CdForm::Audio);
        CdSource { drive, reader, form, start, sectors }
    }

    /// Sectors read so far with bytes that the drive could not correct, where it tells.
    #[must_use]
    pub const fn uncorrected(&self) -> u32 {
        self.reader.uncorrected
    }
}

impl<T: ScsiTransport, C: Clock> SectorSource for CdSource<'_, T, C> {
    fn sector_size(&self) -> usize {
        self.form.sector_size()
    }

    fn sectors(&self) -> SectorCount {
        self.sectors
    }

    async fn read(&mut self, first: u64, into: &mut [u8]) -> Result<(), SourceError> {
        let at_byte = first * self.form.sector_size() as u64;
        let failed = |detail| SourceError { kind: SourceErrorKind::Unreadable, at_byte, detail };
        let from = u32::try_from(first).map_err(|_| failed(String::new()))?;
        let read = self.reader.read(self.drive, self.form, self.start + SectorCount(from), into).await;
        read.map_err(|error| failed(error.to_string()))
    }
}

/// Streams `sectors` from `start` on, all of one track mode, into `sink`; returns how many of them the drive could not
/// correct wholly, where it tells.
///
/// # Errors
/// `read-failed` with the first sector that cannot be read, a sink that takes no more, or `E_IMAPI_REQUEST_CANCELLED`.
pub async fn read_cd<T: ScsiTransport, C: Clock, K: SectorSink>(
    drive: &mut Drive<T, C>,
    form: CdForm,
    (start, sectors): (Lba, SectorCount),
    sink: &mut K,
    reporter: &Reporter,
    cancel: &Cancel,
) -> Result<u32, Error> {
    let mut reader = CdReader::new(Doing::Reading, form == CdForm::Audio);
    let mut meter = Meter::of(drive.clock().now(), webburn_drive::media::Family::Cd, start);
    meter.set_phase(Phase::Verify);
    meter.set_action(DataWriteAction::Verifying);
    meter.sector_size = form.sector_size();
    meter.begin_counting(sectors, drive.clock().now());
    // Half a megabyte at once.
    const PIECE: SectorCount = SectorCount(208);
    let mut buffer = vec![0; PIECE.bytes(form.sector_size()) as usize];
    while meter.done < sectors {
        if cancel.is_cancelled() {
            return Err(Error::new("cancelled", hresult::E_IMAPI_REQUEST_CANCELLED));
        }
        let at = start + meter.done;
        let count = (sectors - meter.done).min(PIECE);
        let into = &mut buffer[..count.bytes(form.sector_size()) as usize];
        if let Err(error) = reader.read(drive, form, at, into).await {
            let place = error.at_lba.unwrap_or(at);
            return Err(Error::from_drive(error, Path::Query).with("lba", place.0));
        }
        let taken = sink.write(at, into).await;
        taken.map_err(|error| Error::new("internal", hresult::E_FAIL).with("sink", error.0))?;
        meter.done += count;
        meter.last_written = at + count - SectorCount(1);
        let now = drive.clock().now();
        if meter.due(now) {
            reporter.report(Event::Progress(Box::new(meter.counted(now))));
        }
    }
    reporter.report(Event::Progress(Box::new(meter.counted(drive.clock().now()))));
    Ok(reader.uncorrected)
}
