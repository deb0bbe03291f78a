//! `MsftDiscMaster2`: the drives that a program has handed in.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use webburn_imapi::{MasterEvent, MasterEvents};

use super::arg::DriveArg;
use super::drive::Drive;
use super::failure::{invalid, thrown};

/// The list of drives. What a drive is reached by, the program decides; here it is listed, found and told about.
#[wasm_bindgen]
pub struct DiscMaster2 {
    master: webburn_imapi::DiscMaster2,
    drives: Rc<RefCell<BTreeMap<String, Drive>>>,
    events: RefCell<MasterEvents>,
    added: RefCell<Option<Function>>,
    removed: RefCell<Option<Function>>,
}

#[wasm_bindgen]
impl DiscMaster2 {
    /// Without drives.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)] // Made from JavaScript alone.
    pub fn new() -> DiscMaster2 {
        let master = webburn_imapi::DiscMaster2::new();
        let events = RefCell::new(master.events());
        DiscMaster2 { master, drives: Rc::default(), events, added: RefCell::default(), removed: RefCell::default() }
    }

    /// Takes up a drive; one whose id is listed already changes nothing.
    ///
    /// # Errors
    /// `E_POINTER` without a drive, `E_INVALIDARG` for one without an id.
    pub fn add(&self, drive: DriveArg) -> Result<(), JsValue> {
        let drive = drive.required()?;
        let id = drive.id();
        if id.is_empty() {
            return Err(invalid());
        }
        self.drives.borrow_mut().entry(id.clone()).or_insert(drive);
        self.master.add(id);
        self.tell();
        Ok(())
    }

    /// Takes a drive off the list.
    pub fn remove(&self, id: &str) {
        self.drives.borrow_mut().remove(id);
        self.master.remove(id);
        self.tell();
    }

    /// `get_Count`.
    #[wasm_bindgen(getter)]
    pub fn count(&self) -> usize {
        self.master.count()
    }

    /// `get_Item`: the id at a place of the list.
    ///
    /// # Errors
    /// `E_INVALIDARG` beyond its end.
    pub fn item(&self, index: usize) -> Result<String, JsValue> {
        self.master.item(index).map_err(|error| thrown(&error))
    }

    /// `get__NewEnum`: all ids as they are now.
    pub fn ids(&self) -> Vec<String> {
        self.master.ids()
    }

    /// The drive with this id.
    ///
    /// # Errors
    /// `E_INVALIDARG` when there is none.
    pub fn drive(&self, id: &str) -> Result<Drive, JsValue> {
        self.drives.borrow().get(id).map(Drive::share).ok_or_else(invalid)
    }

    /// `get_IsSupportedEnvironment`: some drive of the list can be reached.
    #[wasm_bindgen(js_name = isSupportedEnvironment)]
    pub async fn is_supported_environment(&self) -> bool {
        let reached = |id: String| {
            let drive = self.drives.borrow().get(&id).map(Drive::share);
            async move {
                match drive {
                    Some(drive) => drive.recorder().await.is_ok(),
                    None => false,
                }
            }
        };
        self.master.is_supported_environment(reached).await
    }

    /// `NotifyDeviceAdded`: called with the id of each drive that comes; nothing to stop listening.
    #[wasm_bindgen(js_name = onNotifyDeviceAdded)]
    pub fn on_notify_device_added(
        &self,
        #[wasm_bindgen(unchecked_param_type = "((id: string) => void) | null | undefined")] listener: Option<Function>,
    ) {
        self.added.replace(listener);
    }

    /// `NotifyDeviceRemoved`: the same for drives that go.
    #[wasm_bindgen(js_name = onNotifyDeviceRemoved)]
    pub fn on_notify_device_removed(
        &self,
        #[wasm_bindgen(unchecked_param_type = "((id: string) => void) | null | undefined")] listener: Option<Function>,
    ) {
        self.removed.replace(listener);
    }

    fn tell(&self) {
        loop {
            // Not held while the listener runs: it may call back.
            let Some(event) = self.events.borrow_mut().try_next() else { return };
            let (listener, id) = match event {
                MasterEvent::DeviceAdded(id) => (self.added.borrow().clone(), id),
                MasterEvent::DeviceRemoved(id) => (self.removed.borrow().clone(), id),
            };
            if let Some(listener) = listener {
                // A listener that throws stops nothing.
                let _ = listener.call1(&JsValue::NULL, &id.into());
            }
        }
    }
}
