//! `DiscMaster2`: the drives there are.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::Error;
use crate::hresult::E_INVALIDARG;

/// `DDiscMaster2Events`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MasterEvent {
    /// `NotifyDeviceAdded`.
    DeviceAdded(String),
    /// `NotifyDeviceRemoved`.
    DeviceRemoved(String),
}

/// Ids of drives, in the order in which they came. Ids are opaque and stable; indices may change with every change of
/// the list. Whoever finds drives (a bridge, a browser's device list) adds and removes them; clones are the same list.
#[derive(Clone, Debug, Default)]
pub struct DiscMaster2(Arc<Mutex<List>>);

#[derive(Debug, Default)]
struct List {
    ids: Vec<String>,
    /// Told and not fetched yet, for each listener.
    listeners: Vec<Arc<Mutex<Vec<MasterEvent>>>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing panics while it is held, so a poisoned lock still guards whole data.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a listener has not fetched yet.
#[derive(Debug)]
pub struct MasterEvents(Arc<Mutex<Vec<MasterEvent>>>);

impl MasterEvents {
    /// The next event, `None` when there is none.
    pub fn try_next(&mut self) -> Option<MasterEvent> {
        let mut waiting = lock(&self.0);
        if waiting.is_empty() { None } else { Some(waiting.remove(0)) }
    }
}

impl DiscMaster2 {
    /// A list without drives.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// `Count`: optical drives, not only those that write.
    #[must_use]
    pub fn count(&self) -> usize {
        lock(&self.0).ids.len()
    }

    /// `Item`: the id at an index from zero.
    ///
    /// # Errors
    /// `E_INVALIDARG` beyond the end.
    pub fn item(&self, index: usize) -> Result<String, Error> {
        let found = lock(&self.0).ids.get(index).cloned();
        found.ok_or_else(|| Error::new("argument-invalid", E_INVALIDARG).with("index", index as u64))
    }

    /// `_NewEnum`: the ids of this moment; later changes do not touch them.
    #[must_use]
    pub fn ids(&self) -> Vec<String> {
        lock(&self.0).ids.clone()
    }

    /// A drive came. One that is known already changes nothing.
    pub fn add(&self, id: impl Into<String>) {
        let id = id.into();
        let mut list = lock(&self.0);
        if !list.ids.contains(&id) {
            list.ids.push(id.clone());
            tell(&mut list, &MasterEvent::DeviceAdded(id));
        }
    }

    /// A drive went. One that is not known changes nothing.
    pub fn remove(&self, id: &str) {
        let mut list = lock(&self.0);
        if let Some(at) = list.ids.iter().position(|known| known == id) {
            list.ids.remove(at);
            tell(&mut list, &MasterEvent::DeviceRemoved(id.to_owned()));
        }
    }

    /// What is added and removed from now on.
    #[must_use]
    pub fn events(&self) -> MasterEvents {
        let waiting = Arc::new(Mutex::new(Vec::new()));
        lock(&self.0).listeners.push(waiting.clone());
        MasterEvents(waiting)
    }

    /// `IsSupportedEnvironment`: some listed drive can be opened. `open` tries one; the first success decides.
    pub async fn is_supported_environment<F: Future<Output = bool>>(&self, mut open: impl FnMut(String) -> F) -> bool {
        for id in self.ids() {
            if open(id).await {
                return true;
            }
        }
        false
    }
}

fn tell(list: &mut List, event: &MasterEvent) {
    // A listener that is gone holds no second end any more.
    list.listeners.retain(|waiting| Arc::strong_count(waiting) > 1);
    for waiting in &list.listeners {
        lock(waiting).push(event.clone());
    }
}
