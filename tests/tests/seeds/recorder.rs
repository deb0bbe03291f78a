//! `IDiscRecorder2` and `IDiscRecorder2Ex`, and the list of drives.

use std::time::Duration;

use webburn_imapi::enums::{
    FeaturePageType, ModePageRequestType as Request, ModePageType, ProfileType, ReadTrackAddressType as Address,
};
use webburn_imapi::recorder::check_cdb_length;
use webburn_imapi::{DiscMaster2, DiscRecorder2, Error, MasterEvent};
use webburn_scsi::wrap::{Effect, Fault};
use webburn_scsi::{Sense, SenseKey};
use webburn_sim::Personality;
use webburn_tests::rig::{both, both_in};

const LIMIT: Duration = Duration::from_secs(60);

fn number<T>(result: Result<T, Error>) -> Result<T, u32> {
    result.map_err(|error| error.hresult.0)
}

#[test]
fn exclusive_access_is_counted_and_has_an_owner() {
    both("cd-r", |rig| {
        let recorder = rig.recorder(vec![]);
        assert_eq!(recorder.exclusive_access_owner(), "");
        assert_eq!(number(recorder.release_exclusive_access()), Err(0x8000_4005), "nobody holds it");
        for bad in ["", "a/b", "name\u{e9}", &"x".repeat(64)] {
            assert_eq!(number(recorder.acquire_exclusive_access(true, bad)), Err(0x8007_0057), "{bad}");
        }
        for _ in 0..3 {
            recorder.acquire_exclusive_access(false, "first").unwrap();
        }
        // Force concerns mounted volumes, not other clients.
        for force in [false, true] {
            let error = recorder.acquire_exclusive_access(force, "second").expect_err("held");
            assert_eq!(error.hresult.0, 0xC0AA_0210);
        }
        for _ in 0..3 {
            assert_eq!(recorder.exclusive_access_owner(), "first");
            recorder.release_exclusive_access().unwrap();
        }
        recorder.acquire_exclusive_access(false, "second").unwrap();
        assert_eq!(recorder.clone().exclusive_access_owner(), "second", "clones are the same recorder");
        assert_eq!(rig.tap.log().len(), 0, "no drive traffic");
    });
}

#[test]
fn a_mounted_disc_is_taken_by_force_alone() {
    both("cd-r:recorded", |rig| {
        let recorder = rig.recorder(vec![]);
        assert_eq!(recorder.volume_path_names(), Vec::<String>::new());
        recorder.set_volume_path_names(vec!["/media/disc".to_owned()]);
        assert_eq!(recorder.volume_path_names(), ["/media/disc"]);
        assert_eq!(number(recorder.acquire_exclusive_access(false, "us")), Err(0x8007_0005));
        assert_eq!(recorder.exclusive_access_owner(), "");
        recorder.acquire_exclusive_access(true, "us").unwrap();
        recorder.acquire_exclusive_access(false, "us").unwrap();
        for _ in 0..2 {
            recorder.release_exclusive_access().unwrap();
        }
        // A writer does not use force: what is mounted is not burnt on.
        let data = webburn_tests::rig::Writer::new();
        data.set_recorder(Some(recorder.clone())).unwrap();
        data.set_client_name("us").unwrap();
        let silent = webburn_imapi::Reporter::silent();
        let written = pollster::block_on(data.write(Some(&mut crate::s4_writes::source(10)), &silent));
        assert_eq!(number(written.map(|hresult| hresult.0)), Err(0x8007_0005));
        assert_eq!(rig.tap.log().len(), 0, "{}", rig.height);
    });
}

#[test]
fn media_change_notification_is_counted() {
    both("cd-r", |rig| {
        let recorder = rig.recorder(vec![]);
        assert!(recorder.mcn_enabled());
        recorder.disable_mcn();
        recorder.disable_mcn();
        recorder.enable_mcn();
        assert!(!recorder.mcn_enabled(), "once more off than on");
        recorder.enable_mcn();
        recorder.enable_mcn();
        assert!(recorder.mcn_enabled());
        recorder.disable_mcn();
        assert!(!recorder.mcn_enabled(), "more on than off counts for nothing");
    });
}

#[test]
fn nothing_works_before_it_is_initialised() {
    both("cd-r", |rig| {
        let recorder = rig.uninitialised();
        assert!(!recorder.is_initialized());
        assert_eq!((recorder.active_disc_recorder(), recorder.vendor_id()), ("", ""));
        pollster::block_on(async {
            let bad = 0x8007_0057;
            assert_eq!(number(recorder.eject_media().await), Err(bad));
            assert_eq!(number(recorder.close_tray().await), Err(bad));
            assert_eq!(number(recorder.media().await.map(|_| ())), Err(bad));
            assert_eq!(number(recorder.device_can_load_media().await), Err(bad));
            assert_eq!(number(recorder.feature_pages(false).await.map(|_| ())), Err(bad));
            assert_eq!(number(recorder.supported_mode_pages(Request::CurrentValues).await.map(|_| ())), Err(bad));
            assert_eq!(number(recorder.get_disc_information().await), Err(bad));
            assert_eq!(number(recorder.get_adapter_descriptor().await), Err(bad));
            assert_eq!(number(recorder.get_device_descriptor()), Err(bad));
            assert_eq!(number(recorder.acquire_exclusive_access(false, "us")), Err(bad));
            assert_eq!(number(recorder.send_command_no_data(&[0; 6], LIMIT).await.map(|_| ())), Err(bad));
            assert_eq!(rig.tap.log().len(), 0, "{}", rig.height);
            assert_eq!(number(recorder.initialize_disc_recorder("").await), Err(bad), "no id");
            recorder.initialize_disc_recorder("drive 1").await.unwrap();
            recorder.initialize_disc_recorder("drive 1").await.unwrap();
            assert_eq!(number(recorder.initialize_disc_recorder("drive 2").await), Err(bad), "bound already");
        });
        assert!(recorder.is_initialized());
        let strings = (recorder.active_disc_recorder(), recorder.vendor_id(), recorder.product_id());
        assert_eq!(strings, ("drive 1", "WEBBURN", "SIM BD-RE BURNER"));
        assert_eq!((recorder.product_revision(), recorder.volume_name()), ("1.04", "drive 1"));
        assert_eq!(recorder.legacy_device_number(), 0);
    });
}

#[test]
fn the_tray_and_what_is_said_of_it() {
    both("cd-r", |rig| {
        let recorder = rig.recorder(vec![]);
        pollster::block_on(async {
            assert_eq!(recorder.device_can_load_media().await.ok(), Some(true));
            recorder.eject_media().await.unwrap();
            assert!(rig.sim.with(|drive| drive.tray_open()));
            assert_eq!(recorder.media().await.unwrap().kind.name(), "");
            recorder.close_tray().await.unwrap();
            assert!(!rig.sim.with(|drive| drive.tray_open()));
            assert_eq!(recorder.media().await.unwrap().kind.name(), "CD-R");
        });
    });
    // A slim drive has no motor for the way back.
    both_in(&Personality::dvd_burner(), "cd-r", |rig| {
        let recorder = rig.recorder(vec![]);
        pollster::block_on(async {
            assert_eq!(recorder.device_can_load_media().await.ok(), Some(false));
            recorder.eject_media().await.unwrap();
            assert!(recorder.close_tray().await.is_err() && rig.sim.with(|drive| drive.tray_open()));
        });
    });
}

#[test]
fn features_profiles_and_mode_pages() {
    both("dvd+rw:recorded", |rig| {
        let recorder = rig.recorder(vec![]);
        pollster::block_on(async {
            let all = recorder.feature_pages(false).await.unwrap();
            let current = recorder.feature_pages(true).await.unwrap();
            assert!(current.len() < all.len() && current.iter().all(|page| all.contains(page)), "{current:?}");
            assert!(current.contains(&FeaturePageType::DVD_PLUS_RW) && !current.contains(&FeaturePageType::BD_WRITE));
            let profiles = recorder.profiles(false).await.unwrap();
            assert!(profiles.contains(&ProfileType::BD_REWRITABLE) && profiles.contains(&ProfileType::CD_RECORDABLE));
            assert_eq!(recorder.profiles(true).await.unwrap(), [ProfileType::DVD_PLUS_RW]);
            let pages = recorder.supported_mode_pages(Request::CurrentValues).await.unwrap();
            assert!(pages.contains(&ModePageType::WRITE_PARAMETERS), "{pages:?}");
            assert!(pages.contains(&ModePageType::LEGACY_CAPABILITIES), "{pages:?}");
            // Count is of elements, and the page comes without the header.
            let page = recorder.get_feature_page(FeaturePageType::DVD_PLUS_RW, true).await.unwrap();
            assert_eq!((&page[..2], page[2] & 1, usize::from(page[3]) + 4), (&[0, 0x2A][..], 1, page.len()));
            let absent = recorder.get_feature_page(FeaturePageType(0x0666), false).await;
            assert_eq!(number(absent), Err(0xC0AA_020A));
            let not_current = recorder.get_feature_page(FeaturePageType::BD_WRITE, true).await;
            assert_eq!(number(not_current), Err(0xC0AA_020B));
            assert!(recorder.get_feature_page(FeaturePageType::BD_WRITE, false).await.is_ok());
            let page = recorder.get_mode_page(0x05, Request::CurrentValues).await.unwrap();
            assert_eq!((page[0] & 0x3F, usize::from(page[1]) + 2), (0x05, page.len()));
            assert_eq!(number(recorder.get_mode_page(0x33, Request::CurrentValues).await), Err(0xC0AA_0201));
            assert_eq!(number(recorder.set_mode_page(Request::CurrentValues, &[]).await), Err(0x8000_4003));
        });
    });
    let unknown = || Effect::Sense(Sense::fixed(SenseKey::IllegalRequest, 0x20, 0));
    both("cd-rom", |rig| {
        let recorder = rig.recorder(vec![Fault::at(0x46, unknown()).always()]);
        pollster::block_on(async {
            let unsupported = Err(0xC0AA_020C);
            assert_eq!(number(recorder.feature_pages(false).await.map(|_| ())), unsupported);
            assert_eq!(number(recorder.profiles(true).await.map(|_| ())), unsupported);
            let page = recorder.get_feature_page(FeaturePageType::CORE, false).await;
            assert_eq!(number(page.map(|_| ())), unsupported);
        });
    });
}

#[test]
fn a_mode_page_is_set_and_read_back() {
    both("cd-r", |rig| {
        let recorder = rig.recorder(vec![]);
        pollster::block_on(async {
            let mut page = recorder.get_mode_page(0x05, Request::CurrentValues).await.unwrap();
            // Session at once instead of track at once.
            page[2] = page[2] & 0xF0 | 0x02;
            page[0] &= 0x3F;
            recorder.set_mode_page(Request::CurrentValues, &page).await.unwrap();
            let back = recorder.get_mode_page(0x05, Request::CurrentValues).await.unwrap();
            assert_eq!(back[2..], page[2..], "{}", rig.height);
        });
        let log = rig.tap.log();
        let sent = log.iter().find(|entry| entry.cdb[0] == 0x55).expect("MODE SELECT");
        assert_eq!((&sent.data[..8], sent.data[8]), (&[0; 8][..], 0x05), "the header is added");
        assert_eq!((sent.cdb[1], sent.cdb[8] as usize), (0x10, sent.data.len()));
    });
}

#[test]
fn structures_of_the_disc_as_they_came() {
    both("dvd+r:appendable", |rig| {
        let recorder = rig.recorder(vec![]);
        pollster::block_on(async {
            let disc = recorder.get_disc_information().await.unwrap();
            assert_eq!((disc.len(), disc[2] & 3, disc[4]), (34, 1, 2), "appendable, two sessions");
            let first = recorder.get_track_information(0, Address::Lba).await.unwrap();
            let number_one = recorder.get_track_information(1, Address::Track).await.unwrap();
            let session = recorder.get_track_information(1, Address::Session).await.unwrap();
            assert!(first == number_one && first == session && first.len() == 36, "{}", rig.height);
            let second = recorder.get_track_information(2, Address::Session).await.unwrap();
            assert_eq!((second[2], second[3]), (2, 2));
            let none = recorder.get_track_information(50, Address::Track).await;
            assert_eq!(number(none), Err(0xC0AA_0402));
            let physical = recorder.read_dvd_structure(0x00, 0, 0, 0).await.unwrap();
            assert_eq!((physical.len(), physical[0]), (2048, 0xA1), "no header");
            assert_eq!(number(recorder.read_dvd_structure(0x7E, 0, 0, 0).await), Err(0xC0AA_020E));
        });
    });
}

#[test]
fn a_structure_is_sent_with_its_header() {
    both("dvd+r-dl", |rig| {
        let recorder = rig.recorder(vec![]);
        pollster::block_on(async {
            // Layer boundary: four reserved bytes, then the sectors of the first layer.
            let boundary = [0, 0, 0, 0, 0, 0x10, 0, 0];
            recorder.send_dvd_structure(0x20, &boundary).await.unwrap();
            let back = recorder.read_dvd_structure(0x20, 0, 0, 0).await.unwrap();
            assert_eq!((back[0], &back[4..8]), (0x80, &boundary[4..]), "set, {}", rig.height);
        });
        let log = rig.tap.log();
        let sent = log.iter().find(|entry| entry.cdb[0] == 0xBF).expect("SEND DISC STRUCTURE");
        assert_eq!((&sent.data[..4], sent.data.len()), (&[0, 10, 0, 0][..], 12), "{}", rig.height);
    });
}

#[test]
fn lengths_of_commands_by_their_group() {
    let exempt = [
        0x02, 0x05, 0x06, 0x09, 0x0C, 0x0D, 0x0E, 0x0F, 0x10, 0x13, 0x14, 0x19, 0x20, 0x21, 0x22, 0x23, 0x24, 0x26,
        0x27, 0x29, 0x2C, 0x2D,
    ];
    for opcode in 0..=0xFF_u8 {
        for length in 1..=20 {
            let mut cdb = vec![0; length];
            cdb[0] = opcode;
            let good = match opcode {
                _ if !(6..=16).contains(&length) => false,
                _ if exempt.contains(&opcode) => true,
                0x00..=0x1F => length == 6,
                0x20..=0x5F => length == 10,
                0x60..=0x7F => true,
                0x80..=0x9F => length == 16,
                0xA0..=0xBF => length == 12,
                0xC0..=0xFF => true,
            };
            let checked = number(check_cdb_length(&cdb).map(|_| ()));
            assert_eq!(checked, if good { Ok(()) } else { Err(0x8007_0057) }, "{opcode:02X} {length}");
        }
    }
    assert!(check_cdb_length(&[]).is_err());
}

#[test]
fn commands_are_passed_through() {
    both("bd-r", |rig| {
        let recorder = rig.recorder(vec![]);
        pollster::block_on(async {
            recorder.media().await.unwrap();
            let mut buffer = [0; 96];
            let inquiry = [0x12, 0, 0, 0, 96, 0];
            let good = recorder.send_command_get_data_from_device(&inquiry, &mut buffer, LIMIT).await.unwrap();
            assert_eq!((good.hresult.0, good.sense), (0, [0; 18]));
            assert!(good.fetched >= 36 && &buffer[8..15] == b"WEBBURN", "{}", good.fetched);
            // The drive's refusal is a success with sense in it.
            let beyond = [0x28, 0, 0x7F, 0, 0, 0, 0, 0, 1, 0];
            let mut sector = [0; 2048];
            let refused = recorder.send_command_get_data_from_device(&beyond, &mut sector, LIMIT).await.unwrap();
            assert_eq!(refused.hresult.0, 0x00AA_0200);
            let sense = refused.sense;
            assert_eq!(
                (sense[0] & 0x7F, sense[2] & 0x0F, sense[12], refused.fetched),
                (0x70, 5, 0x30, 0),
                "nothing to read"
            );
            let unknown = recorder.send_command_no_data(&[0xC5, 0, 0, 0, 0, 0, 0], LIMIT).await.unwrap();
            assert_eq!((unknown.hresult.0, unknown.sense[2] & 0x0F, unknown.sense[12]), (0x00AA_0200, 5, 0x20));
            let select = [0x55, 0x10, 0, 0, 0, 0, 0, 0, 8, 0];
            // Without a buffer or with a CDB of the wrong length nothing is sent.
            let before = rig.tap.log().len();
            let none = recorder.send_command_get_data_from_device(&inquiry, &mut [], LIMIT).await;
            assert_eq!(number(none.map(|_| ())), Err(0x8007_0057));
            let none = recorder.send_command_send_data_to_device(&select, &[], LIMIT).await;
            assert_eq!(number(none.map(|_| ())), Err(0x8007_0057));
            assert_eq!(number(recorder.send_command_no_data(&[0x35; 6], LIMIT).await.map(|_| ())), Err(0x8007_0057));
            assert_eq!(rig.tap.log().len(), before, "{}", rig.height);
        });
    });
}

#[test]
fn data_is_passed_to_the_drive() {
    both("cd-r", |rig| {
        let recorder = rig.recorder(vec![]);
        pollster::block_on(async {
            recorder.media().await.unwrap();
            let mut list = vec![0; 8];
            list.extend(recorder.get_mode_page(0x05, Request::CurrentValues).await.unwrap());
            list[8] &= 0x3F;
            let select = [0x55, 0x10, 0, 0, 0, 0, 0, 0, list.len() as u8, 0];
            let sent = recorder.send_command_send_data_to_device(&select, &list, LIMIT).await.unwrap();
            assert_eq!(sent.hresult.0, 0, "{}", rig.height);
        });
        let log = rig.tap.log();
        let sent = log.iter().find(|entry| entry.cdb[0] == 0x55).expect("sent");
        assert_eq!((sent.data.len(), sent.data[8]), (sent.cdb[8] as usize, 0x05), "{}", rig.height);
    });
}

#[test]
fn descriptors_of_adapter_and_device() {
    both("none", |rig| {
        let recorder = rig.recorder(vec![]);
        let long =
            |bytes: &[u8], at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        let adapter = pollster::block_on(recorder.get_adapter_descriptor()).unwrap();
        let most = pollster::block_on(recorder.get_maximum_transfer_size());
        let alignment = pollster::block_on(recorder.get_byte_alignment());
        assert!(most >= 2048 && alignment.is_power_of_two());
        assert_eq!((adapter.len(), long(&adapter, 0), long(&adapter, 4)), (32, 32, 32));
        assert_eq!((long(&adapter, 8) as usize, long(&adapter, 16) as usize), (most, alignment - 1));
        assert_eq!(long(&adapter, 12) as usize, most.div_ceil(4096));
        let device = recorder.get_device_descriptor().unwrap();
        assert_eq!((long(&device, 4) as usize, device[8], device[10]), (device.len(), 0x05, 1));
        let text = |at: usize| {
            let from = long(&device, at) as usize;
            let end = device[from..].iter().position(|byte| *byte == 0).expect("closed by a zero") + from;
            std::str::from_utf8(&device[from..end]).expect("ASCII").to_owned()
        };
        assert_eq!([12, 16, 20].map(text), ["WEBBURN", "SIM BD-RE BURNER", "1.04"]);
        assert_eq!(long(&device, 24), 0, "no serial number");
        assert_eq!(rig.tap.log().len(), 0, "{}", rig.height);
    });
}

#[test]
fn drives_come_and_go_with_notice() {
    let master = DiscMaster2::new();
    let mut early = master.events();
    master.add("sim 1");
    let mut late = master.events();
    master.add("sim 2");
    master.add("sim 2");
    let snapshot = master.ids();
    master.remove("sim 1");
    master.remove("sim 9");
    let told = |events: &mut webburn_imapi::MasterEvents| std::iter::from_fn(|| events.try_next()).collect::<Vec<_>>();
    let added = |id: &str| MasterEvent::DeviceAdded(id.to_owned());
    let removed = MasterEvent::DeviceRemoved("sim 1".to_owned());
    assert_eq!(told(&mut early), [added("sim 1"), added("sim 2"), removed.clone()]);
    assert_eq!(told(&mut late), [added("sim 2"), removed]);
    assert_eq!((told(&mut early), snapshot), (vec![], vec!["sim 1".to_owned(), "sim 2".to_owned()]));
    assert_eq!((master.count(), master.item(0).ok().as_deref()), (1, Some("sim 2")));
    assert_eq!(number(master.item(1)), Err(0x8007_0057));
    // An environment is supported when some drive opens: tried for real.
    both("none", |rig| {
        let open = |id: String| async move { rig.uninitialised().initialize_disc_recorder(&id).await.is_ok() };
        assert!(pollster::block_on(master.is_supported_environment(open)), "{}", rig.height);
        assert!(!pollster::block_on(DiscMaster2::new().is_supported_environment(open)));
    });
    // The type is the same whatever the wire.
    let _: fn(_, _) -> DiscRecorder2<webburn_sim::Loopback, webburn_tests::clock::SimClock> = DiscRecorder2::new;
}
