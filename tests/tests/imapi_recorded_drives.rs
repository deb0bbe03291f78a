//! The engine against three recorded drives that are not ours: QEMU's CD and DVD, and the kernel's CD-ROM gadget.

use std::time::Duration;

use webburn_drive::Clock;
use webburn_imapi::enums::{FeaturePageType, ModePageRequestType, ReadTrackAddressType};
use webburn_imapi::{DiscFormat2Data, DiscRecorder2, hresult};
use webburn_tests::replay::ReplayDrive;

/// A clock that jumps.
struct Jumping(std::sync::atomic::AtomicU64);

impl Clock for Jumping {
    fn now(&self) -> Duration {
        Duration::from_millis(self.0.load(std::sync::atomic::Ordering::Relaxed))
    }
    async fn sleep(&self, how_long: Duration) {
        self.0.fetch_add(how_long.as_millis() as u64 + 1, std::sync::atomic::Ordering::Relaxed);
    }
}

const DRIVES: [(&str, &str); 3] = [
    ("qemu-scsi-cd-cd-size", "CD-ROM"),
    ("qemu-scsi-cd-dvd-size", "DVD-ROM"),
    ("linux-f_mass_storage-cdrom", "CD-ROM"),
];

type Recorder = DiscRecorder2<ReplayDrive, Jumping>;

async fn recorder(name: &str) -> Recorder {
    DiscRecorder2::initialize(name, ReplayDrive::new(name), Jumping(0.into())).await.expect("INQUIRY is recorded")
}

#[test]
fn poor_drives_are_identified_in_few_commands() {
    pollster::block_on(async {
        for (name, kind) in DRIVES {
            let recorder = recorder(name).await;
            let query = recorder.state_query().await.unwrap_or_else(|error| panic!("{name}: {error}"));
            let mut drive = recorder.drive().await;
            let last = drive.transport().last_lba();
            assert_eq!(query.type_name, kind, "{name}");
            assert_eq!(query.status, "complete", "{name}");
            assert_eq!(query.total_sectors.0, last + 1, "{name}");
            assert_eq!(query.last_written_address.map(|lba| lba.0 as u32), Some(last), "{name}");
            assert!(!query.writable && !query.rewritable, "{name}");
            assert_eq!(query.media.tracks.len(), 1, "{name}");
            let sent = drive.commands_sent();
            assert!(sent <= 30, "{name}: {sent} commands");
        }
    });
}

#[test]
fn a_drive_that_writes_nothing_says_so_before_anything_about_the_disc() {
    pollster::block_on(async {
        for (name, _) in DRIVES {
            let data = DiscFormat2Data::new();
            let recorder = recorder(name).await;
            data.set_recorder(Some(recorder.clone())).unwrap();
            let error = data.plan(2048).await.expect_err("nobody writes there");
            assert_eq!(
                (error.code, error.hresult),
                ("drive-read-only", hresult::E_IMAPI_DF2DATA_RECORDER_NOT_SUPPORTED)
            );
            assert!(!data.is_recorder_supported(&recorder).await.unwrap(), "{name}");
        }
    });
}

#[test]
fn a_feature_is_looked_up_by_its_code() {
    // QEMU returns the whole list whatever feature is asked for.
    pollster::block_on(async {
        let recorder = recorder("qemu-scsi-cd-cd-size").await;
        let core = recorder.get_feature_page(FeaturePageType::CORE, false).await.unwrap();
        assert_eq!(core[..2], [0x00, 0x01]);
        let absent = recorder.get_feature_page(FeaturePageType::CD_TRACK_AT_ONCE, false).await;
        assert_eq!(absent.map_err(|e| e.hresult), Err(hresult::E_IMAPI_RECORDER_NO_SUCH_FEATURE));
    });
}

#[test]
fn what_a_poor_drive_does_not_know_has_its_own_number() {
    pollster::block_on(async {
        let qemu = recorder("qemu-scsi-cd-cd-size").await;
        let page = qemu.get_mode_page(0x05, ModePageRequestType::CurrentValues).await;
        assert_eq!(page.map_err(|e| e.hresult), Err(hresult::E_IMAPI_RECORDER_NO_SUCH_MODE_PAGE));
        let track = qemu.get_track_information(1, ReadTrackAddressType::Track).await;
        assert!(track.is_err(), "READ TRACK INFORMATION is unknown to it");
        assert_eq!(qemu.get_disc_information().await.unwrap().len(), 34);
        let gadget = recorder("linux-f_mass_storage-cdrom").await;
        let features = gadget.feature_pages(false).await;
        assert_eq!(features.map_err(|e| e.hresult), Err(hresult::E_IMAPI_RECORDER_GET_CONFIGURATION_NOT_SUPPORTED));
    });
}
