//! What stands between host and drive, and commands that drives die of.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use webburn_imapi::{Options, hresult};
use webburn_mmc::mode_page::{WriteParameters, WriteType};
use webburn_mmc::{CueLine, CuePosition, CueSheet};
use webburn_scsi::spc::{ModeParameterList, ModeSelect10};
use webburn_sector::Msf;
use webburn_sim::{Disc, Loopback, Personality, SharedSim, SimDrive};
use webburn_tests::clock::SimClock;
use webburn_tests::job::{Job, JobSource};
use webburn_tests::oracle;
use webburn_tests::rig::both_on;
use webburn_tests::workbench::{Bench, closing, over};

use crate::asking::read;
use crate::burning::slow_loader;

/// Every kind of recipe.
const KINDS: [&str; 9] = ["cd-r", "cd-rw", "dvd-r", "dvd-rw", "dvd+r", "dvd+rw", "dvd-ram", "bd-r", "bd-re"];

/// Writes, appends or overwrites, closes, reads: the whole of what the host says to a drive.
fn everything(drive: &str, disc: &str) -> Bench {
    let bench = if drive == "lg-gsa-4082b" { slow_loader(disc) } else { Bench::odd(drive, disc) };
    let first = bench.write(400, 1, 0, Options::default());
    if bench.media().kind.rewritable() {
        bench.erase(false);
        bench.write(300, 2, 0, over());
    } else {
        let start = bench.next();
        bench.write(300, 2, start, closing());
        bench.holds(&first, 0);
    }
    // A formatted disc would be read to its end.
    if matches!(disc, "cd-r" | "cd-rw" | "dvd-r" | "dvd+r" | "bd-r") {
        read(&bench);
    }
    bench
}

#[test]
fn refuses_the_real_lead_in_of_a_cue_sheet() {
    let bench = Bench::odd("pioneer-bdr-ud04", "cd-r");
    bench.write(400, 1, 0, Options::default());
    assert!(bench.sent(0x5D).is_empty(), "data needs none");
    let bench = Bench::odd("pioneer-bdr-ud04", "cd-r");
    let line = |track, index, form, start| {
        CueLine::Position(CuePosition { control: 4, adr: 1, track, index, form, scms: 0, start })
    };
    // A lead-in with CD-Text, which the host sends from its true beginning on.
    let sheet = CueSheet {
        lines: vec![
            line(0, 0, 0x41, Msf::new(97, 26, 66)),
            line(1, 0, 0x10, Msf::new(0, 0, 0)),
            line(1, 1, 0x10, Msf::new(0, 2, 0)),
            line(0xAA, 1, 0x14, Msf::new(0, 8, 0)),
        ],
    };
    let taken = pollster::block_on(async {
        let mut drive = bench.recorder.drive().await;
        drive.wait_ready().await.expect("ready");
        let page = WriteParameters { write_type: WriteType::SESSION_AT_ONCE, ..WriteParameters::power_on() };
        let list = ModeParameterList::of_page(&page.page()).encode();
        drive.send(webburn_drive::Doing::Preparing, &ModeSelect10::new(&list)).await.expect("a page");
        drive.send_cue_sheet(&sheet).await.expect("taken")
    });
    let sent = bench.sent(0x5D);
    assert_eq!((sent.len(), sent[0].sense(), sent[1].good()), (2, Some((5, 0x26, 0x00)), true));
    assert_eq!(taken.lines[0], line(0, 0, 0x41, Msf::new(0, 0, 0)));
    assert_eq!(taken.lines[1..], sheet.lines[1..]);
}

#[test]
fn refuses_c2_bits() {
    for disc in ["cd-r", "cd-rw"] {
        let bench = everything("lg-gsa-4082b", disc);
        assert!(bench.sent(0xBE).iter().all(|entry| entry.cdb[9] & 0x06 == 0), "{disc}");
    }
}

#[test]
fn dies_of_media_serial_number() {
    for disc in KINDS {
        let bench = everything("lg-bh16ns40", disc);
        assert!(bench.sent(0xAB).is_empty(), "{disc}");
    }
    let bench = Bench::odd("lg-bh16ns40", "bd-r");
    let cdb = [0xAB, 1, 0, 0, 0, 0, 0, 0, 0, 64, 0, 0];
    let mut room = [0; 64];
    let passed = bench.recorder.send_command_get_data_from_device(&cdb, &mut room, Duration::from_secs(10));
    assert_eq!(pollster::block_on(passed).expect_err("kept back").hresult, hresult::E_ACCESSDENIED);
    bench.write(400, 1, 0, Options::default());
}

#[test]
fn answers_in_its_bridges_name() {
    both_on("usb-bridge", "dvd-r", |rig| {
        let data = rig.writer(vec![]);
        let job = Job::of(10_000);
        let mut source = JobSource::new(&job, 1);
        let written = pollster::block_on(data.write(Some(&mut source), &webburn_imapi::Reporter::silent()));
        assert_eq!(written.expect("written"), hresult::S_OK, "{}", rig.height);
        oracle::holds(&rig.sim, &source, 0).unwrap_or_else(|error| panic!("{}: {error}", rig.height));
        let media = pollster::block_on(rig.recorder(vec![]).media()).expect("a disc");
        assert!(media.speeds.len() > 1, "{}", rig.height);
        let recorder = rig.recorder(vec![]);
        let inquiry = pollster::block_on(async { recorder.drive().await.inquire().await }).expect("an answer");
        assert_eq!(inquiry.vendor, "ASMT", "the drive cannot be told from outside");
        assert_eq!(rig.sent(0x5C), 0, "{}", rig.height);
    });
}

/// A wire that allows more than 64 KiB, and keeps the longest transfer.
struct Wide {
    inside: Loopback,
    longest: Arc<AtomicUsize>,
}

impl webburn_scsi::ScsiTransport for Wide {
    fn caps(&self) -> webburn_scsi::Caps {
        webburn_scsi::Caps { max_transfer: 1 << 20, alignment: 1, depth: 1 }
    }
    async fn execute(
        &mut self,
        cdb: &webburn_scsi::Cdb,
        data: webburn_scsi::Data<'_>,
        limit: Duration,
    ) -> Result<webburn_scsi::Completion, webburn_scsi::TransportError> {
        self.longest.fetch_max(data.len(), Ordering::Relaxed);
        self.inside.execute(cdb, data, limit).await
    }
}

#[test]
fn fails_beyond_64_kib() {
    for disc in ["cd-r", "dvd+rw", "bd-re"] {
        let mut drive = SimDrive::new(Personality::by_id("usb-bridge").expect("known"));
        drive.load(Disc::from_id(disc).expect("known").expect("a disc"));
        let sim = SharedSim::new(drive);
        let longest = Arc::new(AtomicUsize::new(0));
        let wire = Wide { inside: Loopback::new(sim.clone()).with_max_transfer(1 << 20), longest: longest.clone() };
        let made = webburn_imapi::DiscRecorder2::initialize("wide", wire, SimClock(sim.time()));
        let recorder = pollster::block_on(made).expect("a drive");
        let ran = pollster::block_on(webburn_tests::job::run(&recorder, &Job::of(3000), 1)).expect("set up");
        assert_eq!(ran.outcome(), "verified", "{disc}");
        oracle::holds(&sim, &JobSource::new(&Job::of(3000), 1), 0).unwrap_or_else(|error| panic!("{disc}: {error}"));
        assert_eq!(longest.load(Ordering::Relaxed), 65_536, "{disc}");
    }
}

#[test]
fn hangs_on_vendor_commands() {
    for disc in KINDS {
        let bench = everything("usb-bridge", disc);
        assert!(bench.tap.log().iter().all(|entry| entry.cdb[0] < 0xC0), "{disc}");
    }
    // It truly hangs.
    let bench = Bench::odd("usb-bridge", "cd-r");
    let passed = bench.recorder.send_command_no_data(&[0xDF; 10], Duration::from_secs(10));
    assert_eq!(pollster::block_on(passed).expect_err("no answer").code, "drive-timeout");
}

#[test]
fn refuses_longer_lengths() {
    for disc in KINDS {
        let bench = everything("strict-lengths", disc);
        for entry in bench.tap.log() {
            assert_ne!(entry.sense(), Some((5, 0x24, 0x00)), "{disc}: {:02X?}", entry.cdb);
            if entry.cdb[0] == 0x2A {
                let blocks = usize::from(u16::from_be_bytes([entry.cdb[7], entry.cdb[8]]));
                assert_eq!(entry.length, blocks * 2048, "{disc}");
            }
        }
    }
}
