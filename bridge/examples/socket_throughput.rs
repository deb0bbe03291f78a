//! How fast frames reach a drive that forgets everything: a native client over a WebSocket on this computer.
//!
//! `cargo run --release -p webburn-bridge --example socket_throughput`
#![forbid(unsafe_code)]

#[path = "../tests/it/common/mod.rs"]
mod common;

use std::io::Write as _;
use std::time::{Duration, Instant};

use common::TestServer;
use webburn_relay::RelayTransport;
use webburn_scsi::{Cdb, Data, ScsiTransport, Write};

const LIMIT: Duration = Duration::from_secs(30);
/// Blocks of a command: 64 KiB.
const BLOCKS: usize = 32;
/// Commands of a run.
const RUN: usize = 512;
const RUNS: usize = 16;

fn write(lba: u32) -> Cdb {
    let at = lba.to_be_bytes();
    Cdb::new([0x2A, 0, at[0], at[1], at[2], at[3], 0, 0, BLOCKS as u8, 0])
}

fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

#[tokio::main]
async fn main() {
    let server = TestServer::start(&["null:bd-r"]).await;
    let channel = server.socket("sim-0", "bench").await.unwrap();
    let mut relay = RelayTransport::connect(channel, LIMIT).await.unwrap().0;
    let ready = Cdb::new([0; 6]);
    while !relay.execute(&ready, Data::None, LIMIT).await.unwrap().is_good() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let data = vec![0x5A; BLOCKS * 2048];
    let mut lba = 0;
    for (name, depth) in [("one at a time", 1), ("four deep", 4)] {
        let began = Instant::now();
        for _ in 0..RUNS {
            let run: Vec<Write<'_>> =
                (0..RUN).map(|k| Write { cdb: write(lba + (k * BLOCKS) as u32), data: &data }).collect();
            let mut left = &run[..];
            while !left.is_empty() {
                let step = if depth == 1 { &left[..1] } else { left };
                let end = relay.execute_run(step, LIMIT, &|| true).await.unwrap();
                // A full buffer is no failure; the block is sent again.
                left = &left[end.good..];
            }
            lba += (RUN * BLOCKS) as u32;
        }
        let bytes = (RUNS * RUN * BLOCKS * 2048) as f64;
        say(&format!("WRITE 64 KiB, {name}: {:.0} MB/s", bytes / began.elapsed().as_secs_f64() / 1e6));
    }
    let mut trips: Vec<Duration> = Vec::new();
    for _ in 0..5000 {
        let began = Instant::now();
        relay.execute(&ready, Data::None, LIMIT).await.unwrap();
        trips.push(began.elapsed());
    }
    trips.sort();
    say(&format!("TEST UNIT READY, round trip: median {:?}", trips[trips.len() / 2]));
    drop(relay);
    server.stop().await;
}
