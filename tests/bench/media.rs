//! Every medium: how long planning takes, how many commands a look costs; and a whole disc of 25 GB, burnt and read back.

use std::time::{Duration, Instant};

use webburn_drive::{Drive, Media};
use webburn_imapi::enums::BurnVerificationLevel;
use webburn_imapi::plan::{plan, plan_erase, plan_format};
use webburn_imapi::{Digest, NoDigest, Options, Sha256};
use webburn_scsi::Status;
use webburn_sector::{PatternSource, SectorCount};
use webburn_sim::surface::MemoryStore;
use webburn_sim::{Disc, Loopback, MediumKind, Personality, SharedSim, SimDrive};
use webburn_tests::discs::{self, State};
use webburn_tests::tap::{Tap, Tapped};

use crate::{DriveTime, burn, peak_memory};

/// Ten thousand sectors.
const IMAGE: u64 = 10_000 * 2048;
/// Plans that are timed together, for a clock that is coarser than one.
const TOGETHER: u32 = 100;
/// How often that is done; the median counts.
const ROUNDS: usize = 21;

/// One line a medium: the slowest state of all it can be in.
pub fn media() -> Result<(), String> {
    for kind in MediumKind::ALL {
        let (mut slowest, mut most, mut rejected) = (Duration::ZERO, 0, 0);
        for state in State::ALL {
            let Ok(disc) = discs::disc(kind, state) else { continue };
            let look = look(disc)?;
            most = most.max(look.commands);
            rejected += look.rejected;
            slowest = slowest.max(planning(&look.media));
        }
        println!(
            "{{\"name\":\"{}\",\"milliseconds\":{:.5},\"commands\":{most},\"rejected\":{rejected}}}",
            kind.name(),
            slowest.as_secs_f64() * 1e3
        );
    }
    Ok(())
}

struct Look {
    media: Media,
    commands: usize,
    rejected: usize,
}

fn look(disc: Disc) -> Result<Look, String> {
    let said = |e: webburn_drive::Error| e.to_string();
    let mut drive = SimDrive::new(Personality::bd_burner());
    drive.load(disc);
    let sim = SharedSim::new(drive);
    let tap = Tap::new();
    let clock = DriveTime(sim.time());
    let mut host = Drive::new(Tapped::new(Loopback::new(sim), tap.clone()), clock);
    pollster::block_on(async {
        host.wait_ready().await.map_err(said)?;
        tap.restart();
        host.identify().await.map_err(said)?;
        let log = tap.log();
        let good =
            log.iter().filter(|entry| entry.completion.as_ref().is_some_and(|c| c.status == Status::Good)).count();
        let media = host.look_for_content().await.map_err(said)?;
        Ok(Look { media: (*media).clone(), commands: log.len(), rejected: log.len() - good })
    })
}

/// A burn, a burn over what is there, an erase and a format: whichever takes longest.
fn planning(media: &Media) -> Duration {
    let over = Options { force_overwrite: true, ..Options::default() };
    let plans: [&dyn Fn() -> bool; 4] = [
        &|| plan(media, IMAGE, &Options::default()).is_ok(),
        &|| plan(media, IMAGE, &over).is_ok(),
        &|| plan_erase(media, true).is_ok(),
        &|| plan_format(media, &Default::default()).is_ok(),
    ];
    plans.iter().map(|plan| median(plan)).max().unwrap_or_default()
}

fn median(plan: &dyn Fn() -> bool) -> Duration {
    let mut rounds: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            for _ in 0..TOGETHER {
                std::hint::black_box(plan());
            }
            begun.elapsed() / TOGETHER
        })
        .collect();
    rounds.sort_unstable();
    rounds[ROUNDS / 2]
}

/// All of a BD-R from a pattern that the simulated disc knows: it keeps some bytes a sector, and gives all back exactly.
pub fn disc() -> Result<(), String> {
    let before = peak_memory()?;
    one("written", &mut NoDigest, BurnVerificationLevel::None, before)?;
    one("written and compared", &mut NoDigest, BurnVerificationLevel::Full, before)?;
    one("written and compared, with SHA-256", &mut Sha256::default(), BurnVerificationLevel::Full, before)
}

fn one<D: Digest>(name: &str, digest: &mut D, level: BurnVerificationLevel, before: u64) -> Result<(), String> {
    let sectors = SectorCount(MediumKind::BdR.spec().blocks);
    let took = burn(&mut PatternSource(sectors), digest, level, Box::new(MemoryStore::new()))?;
    let extra = peak_memory()?.saturating_sub(before);
    let bytes = sectors.data_bytes();
    println!("{{\"name\":\"{name}\",\"bytes\":{bytes},\"seconds\":{:.3},\"extra\":{extra}}}", took.as_secs_f64());
    Ok(())
}
