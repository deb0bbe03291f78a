//! Folders on disk, programs, and a disc to show them.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use webburn_audio::MediaSource;
use webburn_cdcode::TrackNumber;
use webburn_cdcode::session::DiscType;
use webburn_rawimage::layout::{CdLayout, CdSession, CdTrack, FIRST_PREGAP, MainForm, Piece, Stored, TrackMode};
use webburn_rawimage::stream::MainStream;
use webburn_rawimage::{CdImage, Decoded, FileSource, Files, ImageError, MemoryFile, OpenError, Pending};
use webburn_sector::{SectorCount, SectorSource, SourceError, SourceErrorKind};
use webburn_tests::sound::noise;

/// A folder that goes when it is dropped.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("webburn-witness-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder for temporary files");
        Folder(path)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), bytes).expect("room for a file");
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Runs a program in the folder and gives all that it said; it must succeed.
    pub fn run(&self, program: &str, arguments: &[&str]) -> String {
        let output = Command::new(program).args(arguments).current_dir(&self.0).env("LC_ALL", "C.UTF-8").output();
        let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        assert!(output.status.success(), "{program} {arguments:?}: {said}");
        said
    }

    pub fn open(&self, name: &str) -> Result<CdImage, ImageError> {
        pollster::block_on(webburn_rawimage::format::open(name, &mut Disk(self.0.clone())))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Whether to ask these programs (each with its Debian package): in the long run only, and there they must be present.
/// What is missing is installed where that is allowed; otherwise the test fails, since a witness who did not come said
/// nothing.
pub fn have(programs: &[(&str, &str)]) -> bool {
    if !webburn_tests::long() {
        return false;
    }
    static INSTALLING: Mutex<()> = Mutex::new(());
    let _one_at_a_time = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
    let on_path = |program: &str| {
        std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|at| at.join(program).is_file()))
    };
    for (program, package) in programs {
        if on_path(program) {
            continue;
        }
        let mut apt = Command::new("apt-get");
        apt.args(["install", "-y", "-q", "--no-install-recommends", package]).env("DEBIAN_FRONTEND", "noninteractive");
        let said = apt.output().map(|output| String::from_utf8_lossy(&output.stderr).into_owned());
        assert!(on_path(program), "{program} (Debian package {package}) is missing; apt-get: {said:?}");
    }
    true
}

/// The port over a folder.
pub struct Disk(pub PathBuf);

struct DiskFile(File, u64);

impl FileSource for DiskFile {
    fn length(&self) -> u64 {
        self.1
    }
    fn read_at<'a>(&'a mut self, at: u64, into: &'a mut [u8]) -> Pending<'a, Result<(), SourceError>> {
        let result = self.0.read_exact_at(into, at).map_err(|error| SourceError {
            kind: SourceErrorKind::Unreadable,
            at_byte: at,
            detail: error.to_string(),
        });
        Box::pin(async { result })
    }
}

impl Files for Disk {
    fn open<'a>(&'a mut self, name: &'a str) -> Pending<'a, Result<Box<dyn FileSource>, OpenError>> {
        let found = File::open(self.0.join(name)).and_then(|file| Ok((file.metadata()?.len(), file)));
        let found = found.map_err(|_| OpenError::Missing);
        Box::pin(async { found.map(|(length, file)| Box::new(DiskFile(file, length)) as Box<dyn FileSource>) })
    }
    fn decode<'a>(&'a mut self, name: &'a str) -> Pending<'a, Result<Decoded, OpenError>> {
        let path = self.0.join(name);
        let open = Arc::new(move || Ok(Box::new(File::open(&path)?) as Box<dyn MediaSource>));
        let decoded = webburn_audio::decode(name, open);
        Box::pin(async { decoded })
    }
}

/// All that a BIN of it holds.
pub fn main_channel(image: &mut CdImage) -> Vec<u8> {
    let mut stream = MainStream::new(image);
    let mut bytes = vec![0; stream.byte_length() as usize];
    for (at, piece) in (0..).step_by(256).zip(bytes.chunks_mut(256 * 2352)) {
        pollster::block_on(stream.read(at, piece)).expect("sectors");
    }
    bytes
}

/// The bytes of an ISO 9660 image that genisoimage makes, of at least 300 sectors.
pub fn iso(folder: &Folder) -> Vec<u8> {
    fs::create_dir_all(folder.0.join("tree")).expect("a folder");
    folder.write("tree/hello.txt", "hello\n");
    folder.write("tree/noise.bin", noise(1, 700_000));
    folder.run("genisoimage", &["-quiet", "-V", "WITNESS", "-o", "made.iso", "tree"]);
    let mut iso = folder.read("made.iso");
    iso.resize(iso.len().next_multiple_of(2048), 0);
    iso
}

/// A data track of the given user data and two audio tracks, the second after a pre-gap.
pub fn mixed(data: Vec<u8>) -> CdImage {
    let mut image = CdImage::default();
    let sectors = SectorCount((data.len() / 2048) as u32);
    let file = image.add_file("data", Box::new(MemoryFile(data)));
    let track = |number, mode| CdTrack::new(TrackNumber::new(number).expect("a track number"), mode);
    let mut one = track(1, TrackMode::Mode1);
    one.pregap = FIRST_PREGAP;
    one.push(Piece::empty(FIRST_PREGAP));
    one.push(Piece::blocks(sectors, file, 0, Stored::new(MainForm::Mode1)));
    one.push(Piece::empty(SectorCount(150)));
    let mut tracks = vec![one];
    for number in [2, 3] {
        let file = image.add_file("audio", Box::new(MemoryFile(noise(u32::from(number), 320 * 2352))));
        let mut own = track(number, TrackMode::Audio);
        own.pregap = SectorCount(150);
        own.push(Piece::empty(SectorCount(150)));
        own.push(Piece::blocks(SectorCount(320), file, 0, Stored::WHOLE));
        tracks.push(own);
    }
    tracks[2].isrc = Some("USRC17607839".parse().expect("a code"));
    let session = CdSession { tracks, ..CdSession::first(DiscType::Plain) };
    image.layout = CdLayout { mcn: Some("4012345678901".parse().expect("a number")), ..CdLayout::of(session) };
    image
}

/// Where the tracks start.
pub fn starts(layout: &CdLayout) -> Vec<i32> {
    layout.placed().map(|placed| placed.start.0).chain([layout.lead_out().0]).collect()
}

/// Writes BIN, CUE, TOC and CCD of a disc.
pub fn export(folder: &Folder, image: &mut CdImage) -> Vec<u8> {
    let bin = main_channel(image);
    folder.write("disc.bin", &bin);
    folder.write("disc.img", &bin);
    folder.write("disc.cue", webburn_rawimage::format::cue::sheet(&image.layout, &["disc.bin"]).expect("one session"));
    folder.write("disc.toc", webburn_rawimage::format::toc::toc(&image.layout, "disc.bin").expect("one session"));
    folder.write("disc.ccd", webburn_rawimage::format::ccd::ccd(&image.layout).expect("texts that fit"));
    bin
}
