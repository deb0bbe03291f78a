//! Real images, burnt by the engine and by the command line; what is read back is what was in the file, by SHA-256.

use std::path::Path;

use sha2::{Digest as _, Sha256};
use webburn_imapi::enums::BurnVerificationLevel;
use webburn_imapi::{BurnReport, Cancel, DiscFormat2Data, DiscRecorder2, Outcome, Reporter, SectorSink, SinkError};
use webburn_scsi::ScsiTransport;
use webburn_sector::{BytesSource, Lba, PatternSource, SectorCount, SectorSource};
use webburn_sim::{Loopback, SharedSim};
use webburn_tests::clock::SimClock;
use webburn_tests::images;
use webburn_tests::oracle;
use webburn_tests::scenario::simulated;

const DISCS: [&str; 4] = ["cd-r", "dvd+r", "dvd+rw", "bd-r"];

/// Whoever reads a disc: a digest of what comes, in order, up to a length; then it has enough.
struct Collect {
    hash: Sha256,
    next: i32,
    length: i32,
    enough: Cancel,
}

impl SectorSink for Collect {
    async fn write(&mut self, lba: Lba, bytes: &[u8]) -> Result<(), SinkError> {
        assert_eq!(lba.0, self.next, "read in order, without a hole");
        let wanted = ((self.length - self.next).max(0) as usize * 2048).min(bytes.len());
        self.hash.update(&bytes[..wanted]);
        self.next += (bytes.len() / 2048) as i32;
        if self.next >= self.length {
            // The rest of a formatted disc is gigabytes of zeros.
            self.enough.cancel();
        }
        Ok(())
    }
}

fn hex(digest: impl AsRef<[u8]>) -> String {
    digest.as_ref().iter().map(|b| format!("{b:02x}")).collect()
}

async fn burn<S: SectorSource>(sim: &SharedSim, source: &mut S) -> BurnReport {
    let recorder = connect(sim, Loopback::new(sim.clone())).await;
    let data = DiscFormat2Data::new();
    data.set_recorder(Some(recorder)).expect("a recorder");
    data.set_client_name("webburn-tests").expect("a name");
    data.set_burn_verification_level(BurnVerificationLevel::Full).expect("a level");
    let mut digest = webburn_imapi::Sha256::default();
    data.burn(source, &mut digest, &Reporter::silent()).await.unwrap_or_else(|e| panic!("{e}"))
}

async fn connect<T: ScsiTransport>(sim: &SharedSim, transport: T) -> DiscRecorder2<T, SimClock> {
    DiscRecorder2::initialize("sim", transport, SimClock(sim.time())).await.expect("a drive")
}

#[test]
fn shipped_images_come_back_identical_from_every_kind_of_disc() {
    for image in images::all() {
        let name = image.path.display();
        assert_eq!(image.bytes.len() % 2048, 0, "{name} is whole sectors");
        let wanted = hex(Sha256::digest(&image.bytes));
        for disc in DISCS {
            let sim = simulated("bd-burner", disc);
            let report = pollster::block_on(burn(&sim, &mut BytesSource::new(image.bytes.clone(), 2048)));
            assert_eq!(report.outcome, Outcome::Verified, "{name} on {disc}");
            assert_eq!(report.sha256.map(hex).as_deref(), Some(wanted.as_str()), "{name} on {disc}: sent");
            assert_eq!(
                report.sha256_read_back.map(hex).as_deref(),
                Some(wanted.as_str()),
                "{name} on {disc}: read back"
            );
            // The disc itself, past the engine.
            let sectors = (image.bytes.len() / 2048) as u32;
            let held = oracle::sectors(&sim, report.start.0, sectors).expect("readable");
            assert!(held == image.bytes, "{name} on {disc}: the disc holds something else");
            // A reader's whole disc begins with the image.
            let enough = Cancel::new();
            let mut sink = Collect { hash: Sha256::new(), next: 0, length: sectors as i32, enough: enough.clone() };
            let read = pollster::block_on(async {
                let reader = connect(&sim, Loopback::new(sim.clone())).await;
                reader.read_disc(&mut sink, &Reporter::silent(), &enough).await
            });
            assert!(sink.next >= sectors as i32, "{name} on {disc}: {} sectors read: {read:?}", sink.next);
            assert_eq!(hex(sink.hash.finalize()), wanted, "{name} on {disc}: read_disc");
        }
    }
}

/// 300 MB in a row: 153,600 sectors.
#[test]
fn three_hundred_megabytes_come_back_identical() {
    let sectors = if webburn_tests::long() { 153_600 } else { 8_000 };
    for disc in DISCS {
        let sim = simulated("bd-burner", disc);
        let report = pollster::block_on(burn(&sim, &mut PatternSource(SectorCount(sectors))));
        assert_eq!((report.outcome, report.sectors), (Outcome::Verified, SectorCount(sectors)), "{disc}");
        let mut hash = Sha256::new();
        let mut sector = [0; 2048];
        for number in 0..sectors {
            PatternSource::fill(number.into(), &mut sector);
            hash.update(sector);
        }
        let wanted = hex(hash.finalize());
        assert_eq!(report.sha256.map(hex).as_deref(), Some(wanted.as_str()), "{disc}: sent");
        assert_eq!(report.sha256_read_back.map(hex).as_deref(), Some(wanted.as_str()), "{disc}: read back");
    }
}

/// The command line: the same images, a disc kept in a file between two runs.
mod command_line {
    use super::*;
    use std::path::PathBuf;
    use std::process::{Command, Output, Stdio};
    use std::{env, fs};

    /// The `webburn` binary: the one that `WEBBURN_BIN` names, as every run of all tests does; else the one beside the
    /// test's own, built here. (A build of this one package chooses other features for shared dependencies and takes long.)
    fn webburn() -> PathBuf {
        if let Some(given) = env::var_os("WEBBURN_BIN") {
            return PathBuf::from(given);
        }
        let mut folder = env::current_exe().expect("a test has a path");
        while folder.file_name().is_some_and(|n| n != "deps") {
            folder.pop();
        }
        folder.pop();
        let binary = folder.join("webburn");
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "-p", "webburn-bridge", "--bin", "webburn"])
            .env("CARGO_TARGET_DIR", folder.parent().expect("a target folder"))
            .status();
        assert!(built.is_ok_and(|s| s.success()) && binary.exists(), "{} could not be built", binary.display());
        binary
    }

    fn run(binary: &Path, args: &[&str]) -> Output {
        Command::new(binary).args(args).output().unwrap_or_else(|e| panic!("webburn {args:?}: {e}"))
    }

    fn said(output: &Output) -> String {
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
    }

    /// Where `webburn read` writes until it is done.
    fn part(out: &Path) -> PathBuf {
        PathBuf::from(format!("{}.part", out.display()))
    }

    /// `webburn read`, until it is done or has read enough: a formatted disc is read to its end, gigabytes of zeros,
    /// which leave holes in the file. It is broken off once the last byte of the image that is no zero is there.
    fn read_back(binary: &Path, drive: &str, out: &Path, image: &[u8]) -> Vec<u8> {
        let content = image.iter().rposition(|b| *b != 0).map_or(0, |last| last + 1);
        let mut child = Command::new(binary)
            .args(["read", drive])
            .arg(out)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|e| panic!("webburn read: {e}"));
        loop {
            if let Some(status) = child.try_wait().expect("a child of ours") {
                assert_eq!(status.code(), Some(0), "webburn read {drive}");
                return fs::read(out).expect("what was read");
            }
            if fs::metadata(part(out)).is_ok_and(|m| m.len() >= content as u64) {
                child.kill().expect("a child of ours");
                child.wait().expect("a child of ours");
                let mut back = fs::read(part(out)).expect("what was read so far");
                back.resize(back.len().max(image.len()), 0);
                return back;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    }

    #[test]
    fn burn_and_read_through_a_disc_kept_in_a_file() {
        let binary = webburn();
        let folder = env::temp_dir().join(format!("webburn-tests-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a temporary folder");
        for image in images::all() {
            for disc in DISCS {
                let (file, out) = (folder.join("disc.wbd"), folder.join("out.iso"));
                let drive = format!("sim:{disc}:{}", file.display());
                let path = image.path.to_str().expect("a plain path");
                let burnt = run(&binary, &["burn", &drive, path]);
                assert_eq!(burnt.status.code(), Some(0), "{path} on {disc}:\n{}", said(&burnt));
                let wanted = hex(Sha256::digest(&image.bytes));
                assert!(said(&burnt).contains(&wanted), "the digest is said:\n{}", said(&burnt));
                let back = read_back(&binary, &drive, &out, &image.bytes);
                assert!(back.len() >= image.bytes.len(), "{path} on {disc}: {} bytes read", back.len());
                assert!(back[..image.bytes.len()] == image.bytes, "{path} on {disc}: read back different");
                fs::remove_file(&file).expect("the disc");
                let _ = fs::remove_file(&out);
                let _ = fs::remove_file(part(&out));
            }
        }
        fs::remove_dir_all(&folder).expect("the folder");
    }

    #[test]
    fn refusals_say_why_and_exit_with_two() {
        let binary = webburn();
        let folder = env::temp_dir().join(format!("webburn-tests-refused-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a temporary folder");
        let odd = folder.join("odd.iso");
        fs::write(&odd, vec![0; 2049]).expect("a file");
        let good = folder.join("good.iso");
        fs::write(&good, vec![7; 4096]).expect("a file");
        let empty = folder.join("empty.iso");
        fs::write(&empty, []).expect("a file");
        let none = folder.join("none.iso");
        let cases: [(&str, &Path); 6] = [
            ("sim:cd-r", &odd),
            ("sim:cd-r", &empty),
            ("sim:cd-r", &none),
            ("sim:none", &good),
            ("sim:cd-r:recorded", &good),
            ("sim:floppy", &good),
        ];
        for (drive, image) in cases {
            let output = run(&binary, &["burn", drive, image.to_str().expect("a plain path")]);
            assert_eq!(output.status.code(), Some(2), "{drive} {}:\n{}", image.display(), said(&output));
            let text = said(&output);
            assert!(text.trim().len() > 20 && !text.contains("panicked"), "{drive}: says {text:?}");
        }
        fs::remove_dir_all(&folder).expect("the folder");
    }
}
