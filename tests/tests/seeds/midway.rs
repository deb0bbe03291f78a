//! Something that happens in the middle of a burn.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use webburn_imapi::{Error, HResult, Reporter};
use webburn_scsi::wrap::{Effect, Fault};
use webburn_tests::rig::{Recorder, Rig, Writer};

use crate::s4_writes::source;

/// What is called in the middle, once.
type Call = Arc<Mutex<Option<Box<dyn Fn() + Send>>>>;

/// A fault that breaks nothing and calls at the fifth WRITE.
fn at_the_fifth(call: Call) -> Fault {
    let writes = AtomicUsize::new(0);
    let look = move |cdb: &webburn_scsi::Cdb| {
        if cdb.opcode() == 0x2A && writes.fetch_add(1, Ordering::SeqCst) == 4 {
            let call = call.lock().unwrap().take();
            call.expect("once")();
        }
        false
    };
    Fault::new(look, Effect::Status(0))
}

/// Writes 1000 sectors and does `what` in the middle, once.
pub fn midway(rig: &Rig, what: impl Fn(&Writer, &Recorder) + Send + 'static) -> Result<HResult, Error> {
    let call: Call = Arc::default();
    let recorder = rig.recorder(vec![at_the_fifth(call.clone())]);
    let data = Arc::new(Writer::new());
    data.set_recorder(Some(recorder.clone())).expect("idle");
    data.set_client_name("webburn-tests").expect("a good name");
    let inside = data.clone();
    *call.lock().unwrap() = Some(Box::new(move || what(&inside, &recorder)));
    let result = pollster::block_on(data.write(Some(&mut source(1000)), &Reporter::silent()));
    assert!(call.lock().unwrap().is_none(), "the middle was never reached");
    result
}
