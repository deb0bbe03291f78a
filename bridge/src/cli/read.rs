//! `webburn read`.

use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use webburn_imapi::{Cancel, Digest, Error, SectorSink, Sha256, SinkError, progress};
use webburn_sector::{Lba, SECTOR_SIZE, SectorCount};

use super::DriveArgs;
use super::drive::{self, Opened};
use super::exit::End;
use super::output::{Manner, complain};
use super::{json, watch};
use crate::texts;

/// Why the reading ended before the disc did.
#[derive(Debug, PartialEq, Eq)]
enum Full {
    /// As many sectors as were asked for.
    Enough,
    /// The file system says no.
    Output(String),
}

/// A file in which every sector lies where it lies on the disc.
struct FileSink {
    file: File,
    /// Sectors to take.
    limit: u64,
    taken: u64,
    /// Where the last of them ends.
    end: u64,
    digest: Sha256,
    full: Option<Full>,
}

impl FileSink {
    /// Zeros are left as a hole: most of a formatted disc holds nothing else.
    fn put(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.end = at + bytes.len() as u64;
        if bytes.iter().all(|&byte| byte == 0) {
            return Ok(());
        }
        self.file.seek(SeekFrom::Start(at))?;
        self.file.write_all(bytes)
    }
}

impl SectorSink for FileSink {
    async fn write(&mut self, lba: Lba, bytes: &[u8]) -> Result<(), SinkError> {
        let stop = |sink: &mut FileSink, why: Full| {
            sink.full = Some(why);
            Err(SinkError(String::new()))
        };
        let room = usize::try_from((self.limit - self.taken).saturating_mul(SECTOR_SIZE as u64)).unwrap_or(usize::MAX);
        let bytes = &bytes[..bytes.len().min(room)];
        let at = u64::try_from(lba.0).unwrap_or(0) * SECTOR_SIZE as u64;
        if let Err(error) = self.put(at, bytes) {
            return stop(self, Full::Output(error.to_string()));
        }
        self.digest.update(bytes).await;
        self.taken += (bytes.len() / SECTOR_SIZE) as u64;
        if self.taken == self.limit { stop(self, Full::Enough) } else { Ok(()) }
    }
}

/// How the job ended.
struct Ended {
    read: Result<SectorCount, Error>,
    sink: FileSink,
}

/// Reads the disc to `out`.
pub fn run(args: &DriveArgs, out: &Path, limit: Option<u32>) -> End {
    let manner = Manner::of(args.json);
    let opened = match drive::open(args, manner) {
        Ok(opened) => opened,
        Err(end) => return end,
    };
    let simulated = opened.simulated.clone();
    // Under another name until it is whole: half a disc must not look like one.
    let part = PathBuf::from(format!("{}.part", out.display()));
    let file = match File::create(&part) {
        Ok(file) => file,
        Err(error) => return manner.refuse("output-failed", &texts::output_failed(out, &error.to_string())),
    };
    let limit = limit.map_or(u64::MAX, u64::from);
    let mut sink = FileSink { file, limit, taken: 0, end: 0, digest: Sha256::default(), full: None };
    let (reporter, events) = progress::channel();
    let cancel = Cancel::new();
    let stop = cancel.clone();
    let ended = watch::run(manner, watch::Kind::Read, events, move || cancel.cancel(), async move {
        let read = async {
            let recorder = watch::recorder(opened).await?;
            recorder.read_disc(&mut sink, &reporter, &stop).await
        };
        let read = read.await;
        drop(reporter);
        Ended { read, sink }
    });
    Opened::keep(simulated.as_ref(), manner);
    let Some(Ended { read, mut sink }) = ended else {
        complain(&texts::failure("internal", &Vec::new()).unwrap_or_default());
        return End::Failed;
    };
    let end = match (read, sink.full.take()) {
        (_, Some(Full::Output(detail))) => {
            let sentence = texts::output_failed(out, &detail);
            manner.refuse("output-failed", &sentence);
            End::Failed
        }
        (Err(error), None) => watch::tell_failure(manner, &error, None),
        (Ok(_), None) | (_, Some(Full::Enough)) => {
            match sink.file.set_len(sink.end).and_then(|()| fs::rename(&part, out)) {
                Ok(()) => {
                    let digest = pollster::block_on(sink.digest.finish()).map(|digest| json::hex(&digest));
                    manner.value(&json::read(sink.taken, digest.as_deref()));
                    manner.line(texts::read_done(sink.taken, out));
                    manner.line(texts::digest(digest.as_deref().unwrap_or_default()));
                    return End::Done;
                }
                Err(error) => {
                    manner.refuse("output-failed", &texts::output_failed(out, &error.to_string()));
                    End::Failed
                }
            }
        }
    };
    // What was read in part is of no use to anybody.
    let _ = fs::remove_file(&part);
    end
}
