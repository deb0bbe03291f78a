//! Codes 260 sectors of mode 1 whole (EDC, P, Q, scrambler, subcode) and answers with a digit of the result.
//!
//! There is no clock in it, so that it also runs as wasm, timed from outside:
//! `cargo build --release --target wasm32-unknown-unknown -p webburn-cdcode --example coding`, then
//! `node crates/cdcode/benches/wasm.mjs TARGET_DIR/wasm32-unknown-unknown/release/examples/coding.wasm`.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use webburn_cdcode::sector::{HeaderAddress, SectorMode, encode};
use webburn_cdcode::session::{Session, SessionLayout, Style, Track};
use webburn_cdcode::subchannel::Layout;
use webburn_cdcode::{Control, TrackNumber, scramble};
use webburn_sector::{Lba, PatternSource, SectorCount};

fn main() -> ExitCode {
    let track = Track { pregap: Lba(-150), ..Track::new(TrackNumber::FIRST, Control::DATA, Lba(0)) };
    let Ok(session) = Session::new(SessionLayout {
        lead_in: Lba(-11_077),
        tracks: vec![track],
        lead_out: Lba(26_000),
        lead_out_length: SectorCount(6750),
        disc_type: Default::default(),
        mcn: None,
        multi_session: None,
        style: Style::default(),
    }) else {
        return ExitCode::FAILURE;
    };
    let mut sum = 0_u8;
    let mut blocks = vec![[0_u8; 2448]; 26];
    for block in &mut blocks {
        PatternSource::fill(0, &mut block[16..2064]);
    }
    for round in 0..10 {
        for (block, k) in blocks.iter_mut().zip(0..) {
            let at = Lba(26 * round + k);
            let (Some(address), Some(subcode)) = (HeaderAddress::from_lba(at), session.subcode(at)) else {
                return ExitCode::FAILURE;
            };
            if let Some(sector) = block.first_chunk_mut() {
                encode(sector, SectorMode::Mode1, address);
                scramble(sector);
            }
            subcode.write(Layout::Raw, &mut block[2352..]);
            sum ^= block[2351] ^ block[2447];
        }
    }
    // The sum keeps the work from being left out.
    ExitCode::from(sum & 1)
}
