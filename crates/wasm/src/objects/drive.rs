//! Drives as a program hands them in: one simulated here, a claimed USB interface, a channel to the bridge.

use std::rc::Rc;
use std::time::Duration;

use futures::lock::Mutex;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use webburn_bot::{BotOptions, BotTransport, Subclass};
use webburn_imapi::hresult::E_IMAPI_RECORDER_LOCKED;
use webburn_imapi::{Error, outcome};
use webburn_relay::RelayTransport;
use webburn_scsi::{TransportError, TransportErrorKind};
use webburn_sim::{Disc, Loopback, Personality, SharedSim, SimDrive};

use super::arg::{SimulatedArg, is_nothing};
use super::failure::{invalid, thrown};
use super::way::{Way, WayClock};
use crate::js::{JsChannel, JsFrameChannel, JsPipe, JsUsbPipe, PageClock};
use crate::store::BoundedStore;

/// The recorder of the object model, over any way.
pub type Recorder = webburn_imapi::DiscRecorder2<Way, WayClock>;

/// How long the bridge may take to say who it is.
const HELLO_LIMIT: Duration = Duration::from_secs(10);
/// What a simulated disc keeps unless told otherwise.
const KEEP: f64 = 1_073_741_824.0;

/// A burner in memory that refuses what a real one refuses. It answers at once: its own time passes without waiting.
#[wasm_bindgen]
pub struct SimulatedDrive {
    sim: SharedSim,
    keep: u64,
}

#[wasm_bindgen]
impl SimulatedDrive {
    /// With a disc in it, by its id: `"none"`, `"cd-r"`, `"dvd+rw"`, `"bd-r"` and so on, `":recorded"` behind it for one
    /// with data. Up to `keepBytes` of what is burnt are kept (1 GiB unless told); of the rest, digests.
    ///
    /// # Errors
    /// `E_INVALIDARG` for an id that is none.
    #[wasm_bindgen(constructor)]
    pub fn new(medium: &str, #[wasm_bindgen(js_name = keepBytes)] keep: Option<f64>) -> Result<Self, JsValue> {
        let sim = SharedSim::new(SimDrive::new(Personality::bd_burner()));
        let made = SimulatedDrive { sim, keep: keep.unwrap_or(KEEP).max(0.0) as u64 };
        made.load(medium)?;
        Ok(made)
    }

    /// The ids of all discs that can be laid in.
    pub fn media() -> Vec<String> {
        webburn_sim::disc::catalogue().into_iter().map(|listed| listed.id).collect()
    }

    /// A hand takes out what lies in the drive, lays `medium` in and closes the tray.
    ///
    /// # Errors
    /// `E_INVALIDARG` for an id that is none.
    pub fn load(&self, medium: &str) -> Result<(), JsValue> {
        let disc = Disc::from_id_on(medium, || Box::new(BoundedStore::new(self.keep))).map_err(|_| invalid())?;
        self.sim.with(|drive| {
            drive.eject();
            if let Some(disc) = disc {
                drive.load(disc);
            }
        });
        Ok(())
    }

    #[doc(hidden)]
    #[wasm_bindgen(js_name = __share, skip_typescript)]
    pub fn share(&self) -> SimulatedDrive {
        SimulatedDrive { sim: self.sim.clone(), keep: self.keep }
    }
}

/// A drive by its id and the way to it.
#[wasm_bindgen]
pub struct Drive(Rc<Inner>);

struct Inner {
    id: String,
    port: Port,
    /// Made once: two recorders over one wire would talk into each other's answers.
    recorder: Mutex<Option<Recorder>>,
}

enum Port {
    Simulated(SharedSim),
    Usb(JsUsbPipe),
    Bridge(JsFrameChannel),
}

#[wasm_bindgen]
impl Drive {
    /// A drive simulated in this module.
    ///
    /// # Errors
    /// `E_POINTER` without a drive.
    pub fn simulated(id: String, drive: SimulatedArg) -> Result<Drive, JsValue> {
        let port = Port::Simulated(drive.required()?.sim);
        Ok(Self::of(id, port))
    }

    /// The drive behind a claimed USB mass-storage interface.
    ///
    /// # Errors
    /// `E_POINTER` without a pipe.
    pub fn usb(id: String, pipe: JsUsbPipe) -> Result<Drive, JsValue> {
        given(pipe.as_ref())?;
        Ok(Self::of(id, Port::Usb(pipe)))
    }

    /// A drive behind the bridge, which leases it to this channel.
    ///
    /// # Errors
    /// `E_POINTER` without a channel.
    pub fn bridge(id: String, channel: JsFrameChannel) -> Result<Drive, JsValue> {
        given(channel.as_ref())?;
        Ok(Self::of(id, Port::Bridge(channel)))
    }

    fn of(id: String, port: Port) -> Drive {
        Drive(Rc::new(Inner { id, port, recorder: Mutex::new(None) }))
    }

    /// What it was named.
    #[wasm_bindgen(getter)]
    pub fn id(&self) -> String {
        self.0.id.clone()
    }

    #[doc(hidden)]
    #[wasm_bindgen(js_name = __share, skip_typescript)]
    pub fn share(&self) -> Drive {
        Drive(self.0.clone())
    }
}

/// The same JavaScript object once more.
fn again<T: JsCast>(object: &T) -> T {
    AsRef::<JsValue>::as_ref(object).clone().unchecked_into()
}

fn given(value: &JsValue) -> Result<(), JsValue> {
    if is_nothing(value) { Err(super::failure::nothing("argument-invalid")) } else { Ok(()) }
}

impl Drive {
    /// The recorder of this drive; every call gives the same one once it was reached.
    pub async fn recorder(&self) -> Result<Recorder, JsValue> {
        let mut made = self.0.recorder.lock().await;
        if let Some(recorder) = made.as_ref() {
            return Ok(recorder.clone());
        }
        let (way, clock) = match &self.0.port {
            Port::Simulated(sim) => (Way::simulated(Loopback::new(sim.clone())), WayClock::Simulated(sim.time())),
            Port::Usb(pipe) => {
                let pipe = JsPipe::new(again(pipe));
                let options = BotOptions { subclass: Subclass::from_byte(pipe.subclass()), ..BotOptions::default() };
                (Way::Usb(BotTransport::new(pipe, options)), WayClock::Real(PageClock(None)))
            }
            Port::Bridge(channel) => {
                let channel = JsChannel::new(again(channel));
                let (relay, _hello) =
                    RelayTransport::connect(channel, HELLO_LIMIT).await.map_err(|error| unreached(&error))?;
                (Way::Bridge(relay), WayClock::Real(PageClock(None)))
            }
        };
        let recorder = Recorder::initialize(self.0.id.clone(), way, clock).await.map_err(|error| thrown(&error))?;
        *made = Some(recorder.clone());
        Ok(recorder)
    }
}

/// A drive that could not even be leased.
fn unreached(error: &TransportError) -> JsValue {
    if error.kind == TransportErrorKind::Locked {
        let locked = Error::new("drive-held", E_IMAPI_RECORDER_LOCKED);
        return thrown(&locked.with("holder", error.detail.as_str()));
    }
    let (hresult, code) = outcome::of_transport(error);
    thrown(&Error::new(code, hresult))
}
