//! Speed and memory of the engine without a browser: source → plan → write engine → SCSI loopback → simulated drive.
//!
//! `native speed [GIB]` burns from memory into a disc that keeps digests alone; `native memory FILE` burns a file; `native
//! media` plans for every medium; `native disc` burns a whole BD-R and reads it back.
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout)] // It is a program that prints figures.

mod media;

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use webburn_drive::Clock;
use webburn_imapi::enums::BurnVerificationLevel;
use webburn_imapi::{Digest, DiscFormat2Data, DiscRecorder2, NoDigest, Reporter, Sha256};
use webburn_sector::{SECTOR_SIZE, SectorCount, SectorSource, SourceError, SourceErrorKind};
use webburn_sim::surface::{NullStore, Store};
use webburn_sim::{Disc, Loopback, MediumKind, Pace, Personality, SharedSim, SimDrive, VirtualTime};

fn main() -> Result<(), String> {
    // Cargo adds `--bench` by itself.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["speed", gib @ ..] => {
            let gib = gib.first().map_or(Ok(8), |gib| gib.parse()).map_err(|_| "how many GiB?".to_owned())?;
            speed("without a digest", gib, &mut NoDigest)?;
            speed("with SHA-256", gib.min(4), &mut Sha256::default())
        }
        ["memory", path] => memory(path),
        ["media"] => media::media(),
        ["disc"] => media::disc(),
        _ => Err("native speed [GIB] | native memory FILE | native media | native disc".to_owned()),
    }
}

/// Time that passes when the drive says so.
#[derive(Clone)]
struct DriveTime(VirtualTime);

impl Clock for DriveTime {
    fn now(&self) -> Duration {
        self.0.now()
    }
    async fn sleep(&self, how_long: Duration) {
        self.0.advance(how_long);
    }
}

/// The same two MiB again and again: costs a copy, as any source does.
struct Repeated {
    piece: Vec<u8>,
    sectors: SectorCount,
}

impl SectorSource for Repeated {
    fn sectors(&self) -> SectorCount {
        self.sectors
    }
    async fn read(&mut self, _first: u64, into: &mut [u8]) -> Result<(), SourceError> {
        for chunk in into.chunks_mut(self.piece.len()) {
            chunk.copy_from_slice(&self.piece[..chunk.len()]);
        }
        Ok(())
    }
}

/// A file, read where it is asked for.
struct FromFile {
    file: File,
    sectors: SectorCount,
}

impl SectorSource for FromFile {
    fn sectors(&self) -> SectorCount {
        self.sectors
    }
    async fn read(&mut self, first: u64, into: &mut [u8]) -> Result<(), SourceError> {
        let at_byte = first * SECTOR_SIZE as u64;
        let fail =
            |e: std::io::Error| SourceError { kind: SourceErrorKind::Unreadable, at_byte, detail: e.to_string() };
        self.file.read_exact_at(into, at_byte).map_err(fail)
    }
}

fn burn<S: SectorSource, D: Digest>(
    source: &mut S,
    digest: &mut D,
    level: BurnVerificationLevel,
    store: Box<dyn Store>,
) -> Result<Duration, String> {
    let mut drive = SimDrive::new(Personality::bd_burner());
    drive.set_pace(Pace::Instant);
    // The one that holds 25 GB: a BD-RE gives some of its sectors to spare areas.
    drive.load(Disc::blank_on(MediumKind::BdR, store));
    let shared = SharedSim::new(drive);
    let clock = Arc::new(DriveTime(shared.time()));
    pollster::block_on(async {
        let said = |e: webburn_imapi::Error| e.to_string();
        let recorder = DiscRecorder2::initialize("loopback", Loopback::new(shared), clock).await.map_err(said)?;
        let writer = DiscFormat2Data::new();
        writer.set_recorder(Some(recorder)).map_err(said)?;
        writer.set_client_name("webburn bench").map_err(said)?;
        writer.set_burn_verification_level(level).map_err(said)?;
        let begun = Instant::now();
        writer.burn(source, digest, &Reporter::silent()).await.map_err(said)?;
        Ok(begun.elapsed())
    })
}

fn speed<D: Digest>(name: &str, gib: u64, digest: &mut D) -> Result<(), String> {
    let piece: Vec<u8> = (0..2_u32 << 20).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let bytes = gib << 30;
    let mut source = Repeated { piece, sectors: SectorCount((bytes / SECTOR_SIZE as u64) as u32) };
    let took = burn(&mut source, digest, BurnVerificationLevel::None, Box::new(NullStore::new()))?;
    println!("{{\"name\":\"{name}\",\"bytes\":{bytes},\"seconds\":{:.3}}}", took.as_secs_f64());
    Ok(())
}

fn memory(path: &str) -> Result<(), String> {
    let file = File::open(path).map_err(|e| format!("{path}: {e}"))?;
    let bytes = file.metadata().map_err(|e| format!("{path}: {e}"))?.len();
    let sectors = SectorCount((bytes / SECTOR_SIZE as u64) as u32);
    let before = peak_memory()?;
    let mut source = FromFile { file, sectors };
    let took = burn(&mut source, &mut NoDigest, BurnVerificationLevel::None, Box::new(NullStore::new()))?;
    let extra = peak_memory()?.saturating_sub(before);
    println!("{{\"name\":\"memory\",\"bytes\":{bytes},\"seconds\":{:.3},\"extra\":{extra}}}", took.as_secs_f64());
    Ok(())
}

/// Most bytes this process ever held (`VmHWM`).
fn peak_memory() -> Result<u64, String> {
    let status = std::fs::read_to_string("/proc/self/status").map_err(|e| e.to_string())?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM in /proc/self/status")?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().map_err(|_| format!("VmHWM:{line}"))?;
    Ok(kilobytes * 1024)
}
