//! The simulated drive under commands and bytes that no sane host sends.

use std::time::Duration;

use webburn_scsi::{Outcome, Reply, Status, Target};
use webburn_sim::surface::MemoryStore;
use webburn_sim::usb::{BotDevice, BotOptions, InResult, Setup};
use webburn_sim::{Disc, DiscState, MediumKind, Personality, SimDrive};

fn drive(choice: u8, how: u8) -> SimDrive {
    let id = Personality::ids()[usize::from(how >> 2) % Personality::ids().len()];
    let mut drive = SimDrive::new(Personality::by_id(id).expect("its own list names it"));
    let kind = MediumKind::ALL[usize::from(choice) % MediumKind::ALL.len()];
    match how & 3 {
        0 => drop(drive.load(Disc::blank(kind))),
        1 => drop(drive.load(Disc::recorded(kind))),
        2 => drop(drive.load(Disc::appendable(kind))),
        _ => {}
    }
    // Half of the runs meet the drive while it still spins up.
    if how & 0x80 == 0 {
        drive.advance_to(Duration::from_secs(60));
    }
    drive
}

/// Sixteen bytes a command: twelve of CDB, two of length, one that fills the data, one of time.
pub fn sim_obey(data: &[u8]) {
    let [choice, how, rest @ ..] = data else { return };
    let mut drive = drive(*choice, *how);
    for step in rest.chunks_exact(16).take(64) {
        let cdb = &step[..12];
        let length = usize::from(u16::from_be_bytes([step[12], step[13]]));
        let out = vec![step[14]; if step[15] & 1 == 0 { length } else { 0 }];
        let mut reply = Reply::new(length);
        let outcome = drive.obey(cdb, &out, &mut reply);
        check(&outcome, &reply, length);
        let now = drive.now();
        drive.advance_to(now + Duration::from_millis(u64::from(step[15]) * 37));
    }
    // Whatever was done to it, it still answers.
    let mut reply = Reply::new(36);
    let outcome = drive.obey(&[0x12, 0, 0, 0, 36, 0], &[], &mut reply);
    assert_eq!(reply.as_bytes().len(), 36, "{outcome:?}");
}

fn check(outcome: &Outcome, reply: &Reply, length: usize) {
    assert!(reply.as_bytes().len() <= length, "more than the host has room for");
    if let Status::CheckCondition(sense) = &outcome.status {
        assert!(!sense.is_empty(), "CHECK CONDITION without a reason");
    }
}

/// Records of one byte of kind, one of length and the bytes themselves, thrown at the endpoints.
pub fn bot_device(data: &[u8]) {
    let [choice, how, rest @ ..] = data else { return };
    let mut device = BotDevice::new(drive(*choice, *how), BotOptions::default());
    let mut rest = rest;
    let mut taken = Vec::new();
    for _ in 0..64 {
        let [kind, length, tail @ ..] = rest else { break };
        let (bytes, tail) = tail.split_at(usize::from(*length).min(tail.len()));
        rest = tail;
        taken.clear();
        match kind % 8 {
            0..=2 => drop(device.bulk_out(bytes)),
            3 => drop(device.bulk_out(&[bytes, &[0; 31]].concat()[..31])),
            4 | 5 => {
                let room = usize::from(*length) * 64;
                let _ = device.bulk_in(room, &mut taken);
                assert!(taken.len() <= room.max(1) + 1024, "{} bytes for {room}", taken.len());
            }
            6 => {
                device.clear_halt(0x81);
                device.clear_halt(0x02);
            }
            _ => {
                let [a, b, c, d, ..] = *bytes else { continue };
                let setup = Setup { request_type: a, request: b, value: c.into(), index: 0, length: d.into() };
                if a & 0x80 == 0 {
                    let _ = device.control_out(setup, &[]);
                } else {
                    let _ = device.control_in(setup, &mut taken);
                }
            }
        }
    }
    // Reset recovery brings any bulk-only device back: then INQUIRY works.
    let reset = Setup { request_type: 0x21, request: 0xFF, value: 0, index: 0, length: 0 };
    let _ = device.control_out(reset, &[]);
    device.clear_halt(0x81);
    device.clear_halt(0x02);
    let mut cbw = [0; 31];
    cbw[..4].copy_from_slice(b"USBC");
    (cbw[8], cbw[12], cbw[14], cbw[15], cbw[19]) = (36, 0x80, 6, 0x12, 36);
    let _ = device.bulk_out(&cbw);
    taken.clear();
    while let InResult::NotYet { until } = device.bulk_in(512, &mut taken) {
        device.advance_to(until);
    }
    assert!(taken.len() >= 36, "no INQUIRY data after reset recovery: {} bytes", taken.len());
}

/// The state that a `.wbd` file keeps.
pub fn disc_state(data: &[u8]) {
    let Ok(state) = serde_json::from_slice::<DiscState>(data) else { return };
    let Ok(disc) = Disc::from_state(state, Box::new(MemoryStore::new())) else { return };
    let mut drive = SimDrive::new(Personality::bd_burner());
    drop(drive.load(disc));
    drive.advance_to(Duration::from_secs(60));
    for cdb in [
        [0x51u8, 0, 0, 0, 0, 0, 0, 0, 34, 0],
        [0x52, 1, 0, 0, 0, 1, 0, 0, 48, 0],
        [0x43, 0, 0, 0, 0, 0, 0, 3, 36, 0],
        [0x23, 0, 0, 0, 0, 0, 0, 0, 252, 0],
        [0x28, 0, 0, 0, 0, 16, 0, 0, 1, 0],
        [0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0],
    ] {
        let mut reply = Reply::new(4096);
        let outcome = drive.obey(&cdb, &[0; 2048], &mut reply);
        check(&outcome, &reply, 4096);
    }
}

/// A personality file.
pub fn personality(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(personality) = Personality::parse(text) else { return };
    let mut drive = SimDrive::new(personality);
    let mut reply = Reply::new(8192);
    let outcome = drive.obey(&[0x46, 0, 0, 0, 0, 0, 0, 0x20, 0, 0], &[], &mut reply);
    check(&outcome, &reply, 8192);
}
