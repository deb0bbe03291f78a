//! Discs kept between runs, stores, export, loopback.

use std::time::Duration;

use webburn_scsi::{Cdb, Data, ScsiTransport, TransportErrorKind};
use webburn_sector::Lba;
use webburn_sim::surface::NullStore;
use webburn_sim::{Disc, DiscState, FaultScript, Loopback, MediumKind, Personality, SharedSim, SimDrive, Then, When};

use crate::sim::rig::{Rig, pattern};

#[test]
fn a_disc_goes_on_where_it_was_left() {
    let mut rig = Rig::with("dvd+r");
    rig.write_all(0, 320);
    rig.sync().unwrap();
    rig.close(1, 1).unwrap();
    rig.close(2, 0).unwrap();
    let disc = rig.0.eject().unwrap();
    let json = serde_json::to_string(&disc.to_state()).unwrap();
    let state: DiscState = serde_json::from_str(&json).unwrap();
    let disc = Disc::from_state(state, disc.into_store()).unwrap();
    rig.0.load(disc);
    rig.settle();
    assert_eq!(rig.status(), (1, 0));
    assert_eq!(rig.track(0xFF).unwrap().next, Some(320 + 2048));
    assert_eq!(rig.read(0, 32).unwrap(), pattern(0, 32));
    let mut bad: DiscState = serde_json::from_str(&json).unwrap();
    bad.version = 99;
    assert!(Disc::from_state(bad, Box::new(NullStore::new())).is_err());
}

#[test]
fn export_gives_what_a_reader_would_read() {
    let mut rig = Rig::with("cd-r");
    rig.mode_page(0x41, 0xC4, 8).unwrap();
    rig.write_all(0, 300);
    rig.sync().unwrap();
    rig.close(2, 0).unwrap();
    rig.write_all(11_702, 300);
    rig.sync().unwrap();
    rig.close(2, 0).unwrap();
    let disc = rig.0.disc_mut().unwrap();
    let mut export = disc.export();
    assert_eq!(export.sectors().0, 11_702 + 302);
    assert_eq!(export.ranges().iter().map(|(at, n)| (at.0, n.0)).collect::<Vec<_>>(), [(0, 300), (11_702, 300)]);
    assert!(!export.is_whole());
    let contents = export.contents().unwrap();
    assert_eq!(contents[..300 * 2048], pattern(0, 300));
    assert!(contents[300 * 2048..11_702 * 2048].iter().all(|byte| *byte == 0));
    assert_eq!(contents[11_702 * 2048..12_002 * 2048], pattern(11_702, 300));
}

#[test]
fn a_null_disc_keeps_digests_and_next_to_no_memory() {
    let mut rig = Rig::with("none");
    rig.0.load(Disc::blank_on(MediumKind::BdR, Box::new(NullStore::new())));
    rig.settle();
    rig.write_all(0, 3200);
    rig.sync().unwrap();
    let disc = rig.0.disc_mut().unwrap();
    assert!(disc.store_mut().kept() <= 3200 / 32 * 8);
    assert_eq!(disc.written_end(), Lba(3200));
}

#[test]
fn the_loopback_carries_commands_and_times_out() {
    let mut drive = SimDrive::new(Personality::bd_burner());
    drive.load(Disc::blank(MediumKind::CdRw));
    drive.advance_to(Duration::from_secs(60));
    let sim = SharedSim::new(drive);
    let mut wire = Loopback::new(sim.clone());
    let second = Duration::from_secs(1);
    let ready = Cdb::new([0; 6]);
    let first = pollster::block_on(wire.execute(&ready, Data::None, second)).unwrap();
    assert!(!first.is_good(), "6/29");
    pollster::block_on(wire.execute(&ready, Data::None, second)).unwrap();
    assert!(pollster::block_on(wire.execute(&ready, Data::None, second)).unwrap().is_good());
    let mut data = [0; 96];
    let inquiry = Cdb::new([0x12, 0, 0, 0, 96, 0]);
    let done = pollster::block_on(wire.execute(&inquiry, Data::In(&mut data), second)).unwrap();
    assert_eq!((done.transferred, &data[8..15]), (36, &b"WEBBURN"[..]));
    // A command that lasts longer than its limit.
    let time = sim.time();
    let before = time.now();
    let blank = Cdb::new([0xA1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let error = pollster::block_on(wire.execute(&blank, Data::None, second)).unwrap_err();
    assert_eq!(error.kind, TransportErrorKind::Timeout);
    assert!(time.now() - before >= second && time.now() - before < second * 2);
    sim.with(|drive| drive.set_faults(FaultScript::one(When::Command(1), Then::Unplug)));
    let error = pollster::block_on(wire.execute(&ready, Data::None, second)).unwrap_err();
    assert_eq!(error.kind, TransportErrorKind::Disconnected);
}
