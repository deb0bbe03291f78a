//! Whoever runs a burn on a thread of its own needs its future to be `Send`; this does not compile otherwise.
#![cfg(all(test, not(target_arch = "wasm32")))]

use webburn_drive::Clock;
use webburn_scsi::ScsiTransport;
use webburn_sector::SectorSource;

use crate::{Cancel, Digest, DiscFormat2Data, DiscRecorder2, Reporter};

fn send<F: Future + Send>(_: &F) {}

#[allow(dead_code, reason = "compiled, never run")]
fn futures_are_send<T, C, S, D>(
    data: &DiscFormat2Data<T, C>,
    recorder: &DiscRecorder2<T, C>,
    source: &mut S,
    digest: &mut D,
    reporter: &Reporter,
) where
    T: ScsiTransport + 'static,
    C: Clock + 'static,
    S: SectorSource + 'static,
    D: Digest + 'static,
{
    send(&data.burn(source, digest, reporter));
    send(&data.plan(2048));
    send(&recorder.state_query());
    let mut sink = Vec::new();
    let cancel = Cancel::new();
    send(&recorder.read_disc(&mut sink, reporter, &cancel));
}
