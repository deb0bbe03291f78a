//! The drive at byte level: the thirteen cases in three ways, and what devices get wrong.

use webburn_sim::usb::{
    BotDevice, BotOptions, ControlResult, InResult, MaxLun, Occurs, Oddity, OutResult, Setup, Shortfall,
};
use webburn_sim::{Disc, MediumKind, Personality, SimDrive};

use crate::sim::rig::{Rig, pattern, write_10};

const WAYS: [Shortfall; 3] = [Shortfall::Stall, Shortfall::Short, Shortfall::Fill];

fn device(options: BotOptions) -> BotDevice {
    let mut rig = Rig(SimDrive::new(Personality::bd_burner()));
    rig.0.load(Disc::recorded(MediumKind::DvdPlusRw));
    rig.settle();
    BotDevice::new(rig.0, options)
}

fn cbw(tag: u32, len: u32, is_in: bool, cdb: &[u8]) -> Vec<u8> {
    let mut out = b"USBC".to_vec();
    out.extend(tag.to_le_bytes());
    out.extend(len.to_le_bytes());
    out.extend([if is_in { 0x80 } else { 0 }, 0, cdb.len() as u8]);
    out.extend(cdb);
    out.resize(31, 0);
    out
}

/// One bulk-in transfer, waited for.
fn bulk_in(device: &mut BotDevice, max: usize) -> (InResult, Vec<u8>) {
    let mut data = Vec::new();
    loop {
        match device.bulk_in(max, &mut data) {
            InResult::NotYet { until } if until != std::time::Duration::MAX => device.advance_to(until),
            end => return (end, data),
        }
    }
}

/// Reads the CSW, clearing one halt: (residue, status).
fn csw(device: &mut BotDevice, tag: u32) -> (u32, u8) {
    let (mut end, mut data) = bulk_in(device, 512);
    if end == InResult::Stalled {
        device.clear_halt(0x81);
        (end, data) = bulk_in(device, 512);
    }
    assert_eq!(end, InResult::Data);
    assert_eq!(data.len(), 13);
    assert_eq!(data[..4], *b"USBS");
    assert_eq!(data[4..8], tag.to_le_bytes());
    (u32::from_le_bytes(data[8..12].try_into().unwrap()), data[12])
}

const INQUIRY: [u8; 6] = [0x12, 0, 0, 0, 36, 0];
const READY: [u8; 6] = [0; 6];

#[test]
fn case_1_no_data_on_either_side() {
    for way in WAYS {
        let mut device = device(BotOptions::falling_short(way));
        assert_eq!(device.bulk_out(&cbw(7, 0, false, &READY)), OutResult::Taken);
        assert_eq!(csw(&mut device, 7), (0, 0));
    }
}

#[test]
fn cases_2_and_3_the_host_expects_nothing() {
    for way in WAYS {
        let mut device = device(BotOptions::falling_short(way));
        device.bulk_out(&cbw(1, 0, false, &INQUIRY));
        assert_eq!(csw(&mut device, 1).1, 2);
        device.mass_storage_reset();
        device.bulk_out(&cbw(2, 0, false, &write_10(0, 1)));
        assert_eq!(csw(&mut device, 2).1, 2);
    }
}

#[test]
fn case_4_the_device_has_nothing_to_send() {
    for way in WAYS {
        let mut device = device(BotOptions::falling_short(way));
        device.bulk_out(&cbw(1, 64, true, &READY));
        let (end, data) = bulk_in(&mut device, 64);
        match way {
            Shortfall::Stall => assert_eq!((end, data.len()), (InResult::Stalled, 0)),
            Shortfall::Short => assert_eq!((end, data.len()), (InResult::Data, 0)),
            Shortfall::Fill => assert_eq!((end, data), (InResult::Data, vec![0; 64])),
        }
        device.clear_halt(0x81);
        assert_eq!(csw(&mut device, 1), (64, 0));
    }
}

#[test]
fn case_5_the_device_has_less_to_send() {
    for way in WAYS {
        let mut device = device(BotOptions::falling_short(way));
        device.bulk_out(&cbw(1, 96, true, &INQUIRY));
        let (end, data) = bulk_in(&mut device, 96);
        assert_eq!(end, InResult::Data, "a short packet ends the transfer");
        assert_eq!(data.len(), if way == Shortfall::Fill { 96 } else { 36 });
        assert_eq!(&data[8..15], b"WEBBURN");
        if way == Shortfall::Stall {
            assert_eq!(bulk_in(&mut device, 13), (InResult::Stalled, vec![]), "the halt shows in the next transfer");
        }
        assert_eq!(csw(&mut device, 1), (60, 0));
        // A whole number of packets: the halt shows in the same transfer, with the bytes.
        let read = [0x28, 0, 0, 0, 0, 16, 0, 0, 1, 0];
        device.bulk_out(&cbw(2, 4096, true, &read));
        let (end, data) = bulk_in(&mut device, 4096);
        assert_eq!(&data[1..6], b"CD001");
        match way {
            Shortfall::Stall => assert_eq!((end, data.len()), (InResult::Stalled, 2048)),
            Shortfall::Short => assert_eq!((end, data.len()), (InResult::Data, 2048)),
            Shortfall::Fill => assert_eq!((end, data.len()), (InResult::Data, 4096)),
        }
        assert_eq!(csw(&mut device, 2), (2048, 0));
    }
}

#[test]
fn cases_6_and_7_as_much_and_more() {
    for way in WAYS {
        let mut device = device(BotOptions::falling_short(way));
        device.bulk_out(&cbw(1, 36, true, &INQUIRY));
        assert_eq!(bulk_in(&mut device, 36).1.len(), 36);
        assert_eq!(csw(&mut device, 1), (0, 0));
        device.bulk_out(&cbw(2, 8, true, &INQUIRY));
        assert_eq!(bulk_in(&mut device, 8).1.len(), 8);
        assert_eq!(csw(&mut device, 2).1, 2);
    }
}

#[test]
fn cases_8_and_10_the_wrong_direction() {
    for way in WAYS {
        let mut device = device(BotOptions::falling_short(way));
        device.bulk_out(&cbw(1, 2048, true, &write_10(0, 1)));
        bulk_in(&mut device, 2048);
        assert_eq!(csw(&mut device, 1).1, 2);
        device.mass_storage_reset();
        device.clear_halt(0x81);
        device.bulk_out(&cbw(2, 36, false, &INQUIRY));
        let sent = device.bulk_out(&[0; 36]);
        assert_eq!(sent, if way == Shortfall::Stall { OutResult::Stalled } else { OutResult::Taken });
        device.clear_halt(0x02);
        assert_eq!(csw(&mut device, 2).1, 2);
    }
}

#[test]
fn cases_9_and_11_the_device_wants_less() {
    for way in WAYS {
        let mut device = device(BotOptions::falling_short(way));
        let stalled = if way == Shortfall::Stall { OutResult::Stalled } else { OutResult::Taken };
        device.bulk_out(&cbw(1, 64, false, &READY));
        assert_eq!(device.bulk_out(&[0; 64]), stalled);
        device.clear_halt(0x02);
        assert_eq!(csw(&mut device, 1), (64, 0));
        device.bulk_out(&cbw(2, 4096, false, &write_10(64, 1)));
        assert_eq!(device.bulk_out(&pattern(64, 2)), stalled);
        device.clear_halt(0x02);
        assert_eq!(csw(&mut device, 2), (2048, 0));
    }
}

#[test]
fn cases_12_and_13_as_much_and_more() {
    for way in WAYS {
        let mut device = device(BotOptions::falling_short(way));
        device.bulk_out(&cbw(1, 65_536, false, &write_10(64, 32)));
        for part in pattern(64, 32).chunks(16_384) {
            assert_eq!(device.bulk_out(part), OutResult::Taken);
        }
        assert_eq!(csw(&mut device, 1), (0, 0));
        device.bulk_out(&cbw(2, 2048, false, &write_10(128, 2)));
        device.bulk_out(&pattern(128, 1));
        device.clear_halt(0x02);
        assert_eq!(csw(&mut device, 2).1, 2);
        let disc = device.target_mut().disc_mut().unwrap();
        assert!(disc.surface().map().find(webburn_sector::Lba(64)).is_some());
        assert!(disc.surface().map().find(webburn_sector::Lba(128)).is_none(), "not carried out");
    }
}

#[test]
fn a_refused_write_ends_as_case_9_and_its_sense_waits() {
    for way in WAYS {
        let mut device = device(BotOptions::falling_short(way));
        device.bulk_out(&cbw(1, 2048, false, &write_10(-1, 1)));
        let sent = device.bulk_out(&[0; 2048]);
        assert_eq!(sent, if way == Shortfall::Stall { OutResult::Stalled } else { OutResult::Taken });
        device.clear_halt(0x02);
        assert_eq!(csw(&mut device, 1), (2048, 1));
        device.bulk_out(&cbw(2, 18, true, &[3, 0, 0, 0, 18, 0]));
        let (_, sense) = bulk_in(&mut device, 18);
        assert_eq!((sense[2], sense[12], sense[13]), (5, 0x21, 0x00));
        assert_eq!(csw(&mut device, 2), (0, 0));
    }
}

#[test]
fn an_invalid_wrapper_halts_both_pipes_until_a_reset() {
    for bad in [&cbw(1, 0, false, &READY)[..30], b"USBX\0\0\0\0\0\0\0\0\0\0\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"] {
        let mut device = device(BotOptions::default());
        device.bulk_out(bad);
        for _ in 0..2 {
            assert_eq!(bulk_in(&mut device, 13).0, InResult::Stalled);
            assert_eq!(device.bulk_out(&cbw(2, 0, false, &READY)), OutResult::Stalled);
            device.clear_halt(0x81);
            device.clear_halt(0x02);
        }
        let reset = Setup { request_type: 0x21, request: 0xFF, value: 0, index: 0, length: 0 };
        assert_eq!(device.control_out(reset, &[]), ControlResult::Done);
        assert_eq!(bulk_in(&mut device, 13).0, InResult::Stalled, "halts stay until they are cleared");
        device.clear_halt(0x81);
        device.clear_halt(0x02);
        device.bulk_out(&cbw(3, 0, false, &READY));
        assert_eq!(csw(&mut device, 3), (0, 0), "the disc is still there and ready");
    }
}

#[test]
fn oddities_show_when_they_should() {
    let odd = |what| {
        let mut device = device(BotOptions::default().misbehaving(what, Occurs::At(1)));
        device.bulk_out(&cbw(1, 36, true, &INQUIRY));
        let data = bulk_in(&mut device, 36);
        let status = bulk_in(&mut device, 512);
        (device, data, status)
    };
    assert_eq!(odd(Oddity::WrongTag).2.1[4..8], 0x0101u32.to_le_bytes());
    assert_eq!(odd(Oddity::WrongSignature(0)).2.1[..4], [0; 4]);
    assert_eq!(odd(Oddity::ResidueLies).2.1[8..13], [36, 0, 0, 0, 0]);
    assert_eq!(odd(Oddity::PhaseError).2.1[12], 2);
    assert_eq!(odd(Oddity::ShortCsw(5)).2.1.len(), 5);
    assert_eq!(odd(Oddity::Babble).1.0, InResult::Babble);
    let (mut device, _, status) = odd(Oddity::ZeroLengthBeforeCsw);
    assert_eq!(status, (InResult::Data, vec![]));
    assert_eq!(csw(&mut device, 1), (0, 0));
    let (mut device, _, status) = odd(Oddity::StallCswTwice);
    assert_eq!(status.0, InResult::Stalled);
    device.clear_halt(0x81);
    assert_eq!(bulk_in(&mut device, 13).0, InResult::Stalled);
    let (mut device, data, _) = odd(Oddity::StallData);
    assert_eq!(data, (InResult::Stalled, vec![]));
    assert_eq!(csw(&mut device, 1), (36, 1));
}

#[test]
fn endpoint_0_answers() {
    let mut device = device(BotOptions::default());
    let mut get = |request_type, request, value, length| {
        let mut out = Vec::new();
        let end = device.control_in(Setup { request_type, request, value, index: 0, length }, &mut out);
        (end, out)
    };
    assert_eq!(get(0xA1, 0xFE, 0, 1), (ControlResult::Done, vec![0]));
    let (_, config) = get(0x80, 6, 0x0200, 255);
    assert_eq!(config.len(), 32);
    assert_eq!(config[9 + 5..9 + 8], [0x08, 0x06, 0x50]);
    assert_eq!(get(0x80, 6, 0x0100, 8).1.len(), 8);
    assert_eq!(get(0x80, 6, 0x0303, 255).1[2], b'0');
    assert_eq!(get(0x80, 6, 0x0600, 10).0, ControlResult::Stalled);
    let mut device = self::device(BotOptions { max_lun: MaxLun::Stall, ..BotOptions::default() });
    let setup = Setup { request_type: 0xA1, request: 0xFE, value: 0, index: 0, length: 1 };
    assert_eq!(device.control_in(setup, &mut Vec::new()), ControlResult::Stalled);
}
