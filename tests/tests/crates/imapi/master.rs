//! The list of drives.

use std::sync::Mutex;

use webburn_imapi::hresult::E_INVALIDARG;
use webburn_imapi::{DiscMaster2, MasterEvent};

#[test]
fn drives_come_and_go() {
    let master = DiscMaster2::new();
    let mut events = master.events();
    master.add("a");
    master.add("b");
    master.add("a");
    let snapshot = master.ids();
    master.remove("a");
    master.remove("nobody");
    assert_eq!(snapshot, ["a", "b"]);
    assert_eq!((master.count(), master.item(0).ok().as_deref()), (1, Some("b")));
    assert_eq!(master.item(1).map_err(|error| error.hresult), Err(E_INVALIDARG));
    let told: Vec<_> = std::iter::from_fn(|| events.try_next()).collect();
    let added = |id: &str| MasterEvent::DeviceAdded(id.to_owned());
    assert_eq!(told, [added("a"), added("b"), MasterEvent::DeviceRemoved("a".to_owned())]);
}

#[test]
fn an_environment_is_supported_by_the_first_drive_that_opens() {
    let master = DiscMaster2::new();
    let tried = Mutex::new(Vec::new());
    let open = |id: String| {
        tried.lock().unwrap().push(id.clone());
        std::future::ready(id == "b")
    };
    assert!(!pollster::block_on(master.is_supported_environment(open)));
    for id in ["a", "b", "c"] {
        master.add(id);
    }
    assert!(pollster::block_on(master.is_supported_environment(open)));
    assert_eq!(*tried.lock().unwrap(), ["a", "b"]);
}
