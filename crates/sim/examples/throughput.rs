//! How fast the simulated drive takes data: `cargo run --release -p webburn-sim --example throughput`.

use std::time::{Duration, Instant};

use webburn_scsi::{Reply, Target};
use webburn_sector::PatternSource;
use webburn_sim::surface::{MemoryStore, NullStore, Store};
use webburn_sim::{Disc, MediumKind, Personality, SimDrive};

#[allow(clippy::print_stdout)]
fn run(name: &str, store: Box<dyn Store>, data: &[u8], sectors: u32) {
    let mut drive = SimDrive::new(Personality::bd_burner());
    drive.load(Disc::blank_on(MediumKind::BdR, store));
    drive.advance_to(Duration::from_secs(60));
    let mut reply = Reply::new(0);
    for _ in 0..2 {
        drive.obey(&[0; 6], &[], &mut reply);
    }
    let begun = Instant::now();
    let mut lba = 0u32;
    while lba < sectors {
        let mut cdb = [0x2A, 0, 0, 0, 0, 0, 0, 0, 32, 0];
        cdb[2..6].copy_from_slice(&lba.to_be_bytes());
        let at = (lba as usize * 2048) % data.len();
        let outcome = drive.obey(&cdb, &data[at..at + 65_536], &mut reply);
        assert!(outcome.status == webburn_scsi::Status::Good, "{:?}", outcome.status);
        lba += 32;
    }
    let took = begun.elapsed().as_secs_f64();
    let bytes = f64::from(sectors) * 2048.0;
    let kept = drive.disc_mut().map_or(0, |disc| disc.store_mut().kept());
    println!("{name}: {:.2} GB/s, {kept} bytes kept", bytes / took / 1e9);
}

fn main() {
    let mut pattern = vec![0; 256 * 2048];
    for (i, sector) in pattern.chunks_mut(2048).enumerate() {
        PatternSource::fill(i as u64, sector);
    }
    let mut noise = vec![0u8; 4 << 20];
    let mut state = 1u64;
    for byte in &mut noise {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        *byte = (state >> 56) as u8;
    }
    run("null store, noise", Box::new(NullStore::new()), &noise, 12_219_392);
    run("memory store, pattern", Box::new(MemoryStore::new()), &pattern, 12_219_392);
    run("memory store, noise", Box::new(MemoryStore::new()), &noise, 262_144);
}
