//! The opaque handles that JavaScript holds.

#[cfg(not(any(feature = "objects", feature = "cds")))]
mod change;
#[cfg(not(feature = "objects"))]
pub(crate) mod link;
pub(crate) mod plain;
#[cfg(not(any(feature = "objects", feature = "cds")))]
mod recorder;
#[cfg(not(any(feature = "objects", feature = "cds")))]
mod sha256;
#[cfg(not(any(feature = "objects", feature = "cds")))]
mod sim_usb;

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(not(any(feature = "objects", feature = "cds")))]
pub use recorder::DiscRecorder2;
#[cfg(not(any(feature = "objects", feature = "cds")))]
pub use sha256::Sha256;
#[cfg(not(any(feature = "objects", feature = "cds")))]
pub use sim_usb::{SimIn, SimUsb};

/// Called once before all else. `on_panic` is told what broke; after that nothing of this module may be called.
#[wasm_bindgen]
pub fn start(on_panic: Function) {
    // A panic hook must be Sync; a worker has one thread, so the function is kept in its thread local instead.
    ON_PANIC.with(|kept| kept.replace(Some(on_panic)));
    std::panic::set_hook(Box::new(|info| {
        let message = info.to_string();
        ON_PANIC.with(|kept| {
            if let Some(tell) = kept.borrow().as_ref() {
                // Whatever the listener throws, the trap that follows says more.
                let _ = tell.call1(&JsValue::NULL, &message.into());
            }
        });
    }));
}

thread_local! {
    static ON_PANIC: std::cell::RefCell<Option<Function>> = const { std::cell::RefCell::new(None) };
}
