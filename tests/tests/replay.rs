//! The three recorded drives under the engine: identification, state and reading work as far as they can, and a burn is
//! refused with a sentence that is true.

use std::time::Duration;

use webburn_drive::media::Family;
use webburn_imapi::{Cancel, DiscFormat2Data, DiscRecorder2, Reporter, SectorSink, SinkError};
use webburn_sector::Lba;
use webburn_sim::VirtualTime;
use webburn_tests::clock::SimClock;
use webburn_tests::replay::ReplayDrive;

struct First(Vec<u8>, Cancel);

impl SectorSink for First {
    async fn write(&mut self, lba: Lba, bytes: &[u8]) -> Result<(), SinkError> {
        if self.0.is_empty() {
            assert_eq!(lba, Lba(0));
        }
        self.0.extend_from_slice(bytes);
        if self.0.len() > 40 * 2048 {
            self.1.cancel();
        }
        Ok(())
    }
}

fn meet(name: &str, vendor: &str, family: Family, sectors: u32) {
    let clock = SimClock(VirtualTime::new());
    let begun = clock.0.now();
    pollster::block_on(async {
        let recorder = DiscRecorder2::initialize("replay", ReplayDrive::new(name), clock.clone())
            .await
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(recorder.vendor_id(), vendor, "{name}");
        let media = recorder.media().await.unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(media.kind.family(), family, "{name}: {:?}", media.kind);
        assert_eq!(media.readable.map(|s| s.0), Some(sectors), "{name}");
        assert_eq!(media.next_writable, None, "{name}: nothing can be written here");
        let state = recorder.state_query().await.unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(state.present && !state.writable, "{name}: {}", state.status);

        let data = DiscFormat2Data::new();
        data.set_recorder(Some(recorder.clone())).expect("a recorder");
        data.set_client_name("webburn-tests").expect("a name");
        let refused = data.plan(2048 * 100).await.expect_err("a reader burns nothing");
        assert_eq!(refused.code, "drive-read-only", "{name}: {refused}");
        assert!(refused.refused_before_writing, "{name}");

        let enough = Cancel::new();
        let mut sink = First(Vec::new(), enough.clone());
        let _ = recorder.read_disc(&mut sink, &Reporter::silent(), &enough).await;
        assert!(sink.0.len() > 17 * 2048, "{name}: {} bytes read", sink.0.len());
        assert_eq!(&sink.0[16 * 2048 + 1..16 * 2048 + 6], b"CD001", "{name}: the volume descriptor");
    });
    assert!(clock.0.now() - begun < Duration::from_secs(120), "{name}: it took {:?} of waiting", clock.0.now() - begun);
}

#[test]
fn qemu_with_an_image_that_fits_a_cd() {
    meet("qemu-scsi-cd-cd-size", "QEMU", Family::Cd, 8374);
}

#[test]
fn qemu_with_an_image_larger_than_a_cd() {
    meet("qemu-scsi-cd-dvd-size", "QEMU", Family::Dvd, 732_423);
}

#[test]
fn the_linux_gadget_which_knows_neither_configuration_nor_disc_information() {
    meet("linux-f_mass_storage-cdrom", "Linux", Family::Cd, 8374);
}
