//! The simulated drive in the page, at its USB plug. JavaScript shows it as a `USBDevice` (`transport/sim-usb.ts`).

use std::time::Duration;

use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use webburn_sim::disc::{Listed, catalogue};
use webburn_sim::usb::{BotDevice, BotOptions, ControlResult, InResult, OutResult, Setup};
use webburn_sim::{Disc, Pace, Pacer, Personality, SimDrive};

use super::plain::{thrown, to_js};
use crate::store::BoundedStore;

/// A timer of the page rings a few milliseconds late, so shorter waits than this are added up first.
const SHORTEST_WAIT: Duration = Duration::from_millis(5);

/// The plug of a simulated burner.
#[wasm_bindgen]
pub struct SimUsb {
    device: BotDevice,
    pacer: Pacer,
    loaded: String,
    keep: u64,
}

/// What came of a bulk-in token.
#[wasm_bindgen]
pub struct SimIn {
    /// 0 data, 1 stall, 2 babble, 3 not yet, 4 unplugged. Bytes may have come before a stall, too.
    pub status: u8,
    /// Milliseconds until it is worth asking again, when not yet; negative: it will never answer.
    #[wasm_bindgen(js_name = waitMs)]
    pub wait_ms: f64,
    data: Vec<u8>,
}

#[wasm_bindgen]
impl SimIn {
    /// The bytes; empty the second time.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.data)
    }
}

#[derive(Serialize)]
struct Identity {
    vendor: String,
    product: String,
    revision: String,
}

#[derive(Serialize)]
struct Medium {
    id: String,
    label: String,
}

fn at(now_ms: f64) -> Duration {
    Duration::from_secs_f64(now_ms.max(0.0) / 1000.0)
}

#[wasm_bindgen]
impl SimUsb {
    /// A drive that burns everything, with `medium` in it, which keeps up to `keep_bytes` of what is burnt.
    ///
    /// # Errors
    /// `unknown-medium`.
    #[wasm_bindgen(constructor)]
    pub fn new(medium: &str, keep_bytes: f64) -> Result<SimUsb, JsValue> {
        let drive = SimDrive::new(Personality::bd_burner());
        let device = BotDevice::new(drive, BotOptions::default());
        let pacer = Pacer::new(Pace::Real { factor: 10.0 }, Duration::ZERO, Duration::ZERO);
        let mut sim = SimUsb { device, pacer, loaded: String::new(), keep: keep_bytes.max(0.0) as u64 };
        sim.load(medium)?;
        Ok(sim)
    }

    /// The discs that can be laid in: `SimMedium[]`.
    #[wasm_bindgen(unchecked_return_type = "{ id: string; label: string }[]")]
    pub fn media() -> JsValue {
        let medium = |listed: Listed| Medium { id: listed.id, label: listed.label };
        let all: Vec<Medium> = catalogue().into_iter().map(medium).collect();
        to_js(&all)
    }

    /// Vendor, product and revision, as INQUIRY tells them.
    #[wasm_bindgen(unchecked_return_type = "{ vendor: string; product: string; revision: string }")]
    pub fn identity(&self) -> JsValue {
        let personality = self.device.target().personality();
        to_js(&Identity {
            vendor: personality.vendor.trim().to_owned(),
            product: personality.product.trim().to_owned(),
            revision: personality.revision.trim().to_owned(),
        })
    }

    /// Id of the disc in the drive.
    pub fn loaded(&self) -> String {
        self.loaded.clone()
    }

    /// A hand takes out what lies in the drive, lays `medium` in and closes the tray.
    ///
    /// # Errors
    /// `unknown-medium`.
    pub fn load(&mut self, medium: &str) -> Result<(), JsValue> {
        let disc = Disc::from_id_on(medium, || Box::new(BoundedStore::new(self.keep)))
            .map_err(|e| thrown("unknown-medium", &e.to_string()))?;
        let drive = self.device.target_mut();
        drive.eject();
        if let Some(disc) = disc {
            drive.load(disc);
        }
        self.loaded = medium.to_owned();
        Ok(())
    }

    /// One past the last sector that was ever written on the disc; 0 without any.
    pub fn written(&mut self) -> u32 {
        let last = self.device.target_mut().disc_mut().and_then(|disc| disc.export().ranges().last().copied());
        last.map_or(0, |(first, sectors)| first.0.max(0) as u32 + sectors.0)
    }

    /// So many times as fast as a real drive; 0: without waiting at all.
    #[wasm_bindgen(js_name = setPace)]
    pub fn set_pace(&mut self, factor: f64, now_ms: f64) {
        let pace = if factor > 0.0 { Pace::Real { factor } } else { Pace::Virtual };
        let virtual_now = self.pacer.virtual_at(at(now_ms)).max(self.device.target().now());
        self.device.target_mut().set_pace(pace);
        self.pacer = Pacer::new(pace, at(now_ms), virtual_now);
    }

    /// Time passes for the drive alone: its host did not wait for it.
    pub fn skip(&mut self, milliseconds: f64) {
        let later = self.device.target().now() + at(milliseconds);
        self.device.advance_to(later);
    }

    fn follow(&mut self, now_ms: f64) {
        let now = self.pacer.virtual_at(at(now_ms));
        self.device.advance_to(now);
    }

    /// Bytes on bulk-out: 0 taken, 1 stall, 4 unplugged.
    #[wasm_bindgen(js_name = bulkOut)]
    pub fn bulk_out(&mut self, bytes: &[u8], now_ms: f64) -> u8 {
        self.follow(now_ms);
        match self.device.bulk_out(bytes) {
            OutResult::Taken => 0,
            OutResult::Stalled => 1,
            OutResult::Gone => 4,
        }
    }

    /// A token on bulk-in for up to `max` bytes.
    #[wasm_bindgen(js_name = bulkIn)]
    pub fn bulk_in(&mut self, max: u32, now_ms: f64) -> SimIn {
        self.follow(now_ms);
        let mut data = Vec::new();
        loop {
            let (status, wait_ms) = match self.device.bulk_in(max as usize, &mut data) {
                InResult::Data => (0, 0.0),
                InResult::Stalled => (1, 0.0),
                InResult::Babble => (2, 0.0),
                InResult::Gone => (4, 0.0),
                InResult::NotYet { until } => {
                    let wait = self.pacer.wall_wait(until, at(now_ms));
                    if wait < SHORTEST_WAIT {
                        // The drive runs ahead of the wall by this little; the next wait is longer by as much.
                        self.device.advance_to(until);
                        continue;
                    }
                    (3, if wait == Duration::MAX { -1.0 } else { wait.as_secs_f64() * 1000.0 })
                }
            };
            return SimIn { status, wait_ms, data };
        }
    }

    /// A control request with data to the host; `undefined`: refused.
    #[wasm_bindgen(js_name = controlIn)]
    pub fn control_in(
        &mut self,
        request_type: u8,
        request: u8,
        value: u16,
        index: u16,
        length: u16,
    ) -> Option<Vec<u8>> {
        let mut data = Vec::new();
        let setup = Setup { request_type, request, value, index, length };
        (self.device.control_in(setup, &mut data) == ControlResult::Done).then_some(data)
    }

    /// A control request with data to the device or none. `false`: refused.
    #[wasm_bindgen(js_name = controlOut)]
    pub fn control_out(&mut self, request_type: u8, request: u8, value: u16, index: u16, data: &[u8]) -> bool {
        // Control data is never longer than 64 KiB less one byte.
        let setup = Setup { request_type, request, value, index, length: data.len() as u16 };
        self.device.control_out(setup, data) == ControlResult::Done
    }

    /// CLEAR_FEATURE(ENDPOINT_HALT) as the host's controller sends it.
    #[wasm_bindgen(js_name = clearHalt)]
    pub fn clear_halt(&mut self, address: u8) {
        self.device.clear_halt(address);
    }

    /// A port reset, or the cable put back in.
    #[wasm_bindgen(js_name = portReset)]
    pub fn port_reset(&mut self) {
        self.device.port_reset();
    }
}
