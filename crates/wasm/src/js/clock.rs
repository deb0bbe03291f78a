//! The page's clock.

use std::time::Duration;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use webburn_drive::Clock;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(done: &js_sys::Function, milliseconds: f64) -> JsValue;

    /// A clock of the page's own (`SimClock` in `web/src/worker/links.ts`): a simulated drive that waits for nothing is
    /// waited for by nobody.
    #[wasm_bindgen(typescript_type = "{ now(): number; sleep(milliseconds: number): Promise<void> }")]
    pub type JsClock;
    #[wasm_bindgen(method)]
    fn now(this: &JsClock) -> f64;
    #[wasm_bindgen(method)]
    fn sleep(this: &JsClock, milliseconds: f64) -> Promise;
}

/// `setTimeout` counts in 31 bits.
const LONGEST_MS: f64 = 2_147_483_647.0;

/// `performance.now()` and `setTimeout`, or a clock of the page's own. In a worker neither is slowed down when the tab is
/// hidden.
#[derive(Default)]
pub struct PageClock(pub Option<JsClock>);

impl Clock for PageClock {
    fn now(&self) -> Duration {
        let milliseconds = self.0.as_ref().map_or_else(performance_now, JsClock::now);
        Duration::from_secs_f64(milliseconds.max(0.0) / 1000.0)
    }

    async fn sleep(&self, how_long: Duration) {
        let milliseconds = (how_long.as_secs_f64() * 1000.0).min(LONGEST_MS);
        let wait = match &self.0 {
            Some(own) => own.sleep(milliseconds),
            None => Promise::new(&mut |resolve, _| {
                set_timeout(&resolve, milliseconds);
            }),
        };
        // A promise that only ever resolves.
        let _ = JsFuture::from(wait).await;
    }
}
