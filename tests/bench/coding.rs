//! How many sectors a second one core codes, and how many times a 52× CD that is.
//!
//! `cargo bench -p webburn-bench --bench coding` prints criterion's own figures, then the table of ratios. With the argument `ratios` it
//! prints the rates alone, a line of JSON each: for `cargo xtask bench coding`.
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, reason = "a benchmark talks to the person who started it")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput};
use webburn_cdcode::sector::{Erasures, HeaderAddress, Sector, SectorMode, check, correct, encode};
use webburn_cdcode::session::{Session, SessionLayout, Style, Track};
use webburn_cdcode::subchannel::{Layout, symbols};
use webburn_cdcode::{Control, TrackNumber, rw, scramble};
use webburn_sector::{Lba, SectorCount};

/// Sectors a second at 52×.
const FIFTY_TWO: f64 = 75.0 * 52.0;
/// Sectors in a buffer, so that the work runs through memory as it does in a burn.
const BUFFER: usize = 26;

fn filled() -> Sector {
    let mut sector = [0; 2352];
    sector.iter_mut().enumerate().for_each(|(i, byte)| *byte = (i * 31 + (i >> 8)) as u8);
    sector
}

fn session() -> Session {
    let track = Track { pregap: Lba(-150), ..Track::new(TrackNumber::FIRST, Control::DATA, Lba(0)) };
    Session::new(SessionLayout {
        lead_in: Lba(-11_077),
        tracks: vec![track],
        lead_out: Lba(330_000),
        lead_out_length: SectorCount(6750),
        disc_type: Default::default(),
        mcn: None,
        multi_session: None,
        style: Style::default(),
    })
    .unwrap_or_else(|error| panic!("{error}"))
}

/// One named piece of work over one sector.
type Work = Box<dyn FnMut(&mut [u8; 2448], Lba)>;

fn main_of(block: &mut [u8; 2448]) -> &mut Sector {
    block.first_chunk_mut().unwrap_or_else(|| unreachable!("2352 of 2448"))
}

fn sub_of(block: &mut [u8; 2448]) -> &mut [u8; 96] {
    block.last_chunk_mut().unwrap_or_else(|| unreachable!("96 of 2448"))
}

fn address(at: Lba) -> HeaderAddress {
    HeaderAddress::from_lba(at).unwrap_or(HeaderAddress([0; 3]))
}

fn works() -> Vec<(&'static str, Work)> {
    let (one, two) = (session(), session());
    let mut interleaver = rw::Interleaver::new();
    vec![
        ("mode 1: EDC, P, Q", Box::new(|block, at| encode(main_of(block), SectorMode::Mode1, address(at)))),
        ("mode 2 form 1: EDC, P, Q", Box::new(|block, at| encode(main_of(block), SectorMode::Mode2Form1, address(at)))),
        ("mode 2 form 2: EDC", Box::new(|block, at| encode(main_of(block), SectorMode::Mode2Form2, address(at)))),
        ("scrambler", Box::new(|block, _| scramble(main_of(block)))),
        (
            "P and Q, interleaved into 96 symbols",
            Box::new(move |block, at| {
                if let Some(subcode) = one.subcode(at) {
                    subcode.write(Layout::Raw, sub_of(block));
                }
            }),
        ),
        (
            "mode 1 whole: EDC, P, Q, scrambler, subcode",
            Box::new(move |block, at| {
                encode(main_of(block), SectorMode::Mode1, address(at));
                scramble(main_of(block));
                if let Some(subcode) = two.subcode(at) {
                    subcode.write(Layout::Raw, sub_of(block));
                }
            }),
        ),
        (
            "R-W packs: parity and interleave",
            Box::new(move |block, _| {
                let sub = sub_of(block);
                let mut packs = symbols::read_rw(sub);
                rw::add_parity_to_sector(&mut packs);
                symbols::write_rw(sub, &interleaver.push(&packs));
            }),
        ),
        (
            "check of mode 1",
            Box::new(|block, _| {
                black_box(check(main_of(block), SectorMode::Mode1));
            }),
        ),
        (
            "correction of a burst of 86 bytes",
            Box::new(|block, at| {
                let sector = main_of(block);
                encode(sector, SectorMode::Mode1, address(at));
                sector[500..586].iter_mut().for_each(|byte| *byte ^= 0xFF);
                black_box(correct(sector, SectorMode::Mode1, Some(&Erasures::NONE)));
            }),
        ),
    ]
}

fn blocks() -> Vec<[u8; 2448]> {
    let mut block = [0; 2448];
    *main_of(&mut block) = filled();
    vec![block; BUFFER]
}

/// Sectors a second: the best of many short rounds, since other programs only ever slow one down, and a short round has
/// a chance to run undisturbed.
fn rate(work: &mut Work) -> f64 {
    let mut blocks = blocks();
    let mut best = f64::MAX;
    for _ in 0..400 {
        let mut done = 0_u32;
        let started = Instant::now();
        while started.elapsed() < Duration::from_millis(2) {
            for (block, at) in blocks.iter_mut().zip(0..) {
                work(black_box(block), Lba(at));
            }
            done += BUFFER as u32;
        }
        best = best.min(started.elapsed().as_secs_f64() / f64::from(done));
    }
    1.0 / best
}

fn main() {
    if std::env::args().any(|argument| argument == "ratios") {
        for (name, mut work) in works() {
            println!("{{\"name\":\"{name}\",\"rate\":{:.0}}}", rate(&mut work));
        }
        return;
    }
    let mut criterion = Criterion::default().configure_from_args().measurement_time(Duration::from_secs(2));
    let mut group = criterion.benchmark_group("cdcode");
    group.throughput(Throughput::Elements(BUFFER as u64));
    for (name, mut work) in works() {
        let mut blocks = blocks();
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for (block, at) in blocks.iter_mut().zip(0..) {
                    work(black_box(block), Lba(at));
                }
            });
        });
    }
    group.finish();
    criterion.final_summary();

    println!("\n{:<46} {:>12} {:>10}", "one core", "sectors/s", "x 52x CD");
    let mut coding = 0.0;
    let mut whole = 0.0;
    for (name, mut work) in works() {
        let rate = rate(&mut work);
        println!("{name:<46} {rate:>12.0} {:>10.1}", rate / FIFTY_TWO);
        match name {
            "mode 1: EDC, P, Q" => coding = rate,
            "mode 1 whole: EDC, P, Q, scrambler, subcode" => whole = rate,
            _ => {}
        }
    }
    println!("scrambler, subcode and interleaving on top of mode 1 coding: {:.1} %", (coding / whole - 1.0) * 100.0);
}
