//! Folders in memory, and discs to put into them.

use std::collections::BTreeMap;
use std::sync::Arc;

use webburn_cdcode::cdtext::{Block, CdText, TextKind};
use webburn_cdcode::session::DiscType;
use webburn_cdcode::{Control, TrackNumber};
use webburn_rawimage::layout::{CdLayout, CdSession, CdTrack, FIRST_PREGAP, MainForm, Piece, Stored, TrackMode};
use webburn_rawimage::stream::MainStream;
use webburn_rawimage::{CdImage, FileSource, Files, MemoryFile, OpenError, Pending};
use webburn_sector::{SectorCount, SectorSource, SourceError, SourceErrorKind};

pub use webburn_tests::sound::noise;

/// Files by name.
#[derive(Clone, Default)]
pub struct Folder(pub BTreeMap<String, Arc<Vec<u8>>>);

impl Folder {
    pub fn with(files: &[(&str, &[u8])]) -> Self {
        Folder(files.iter().map(|(name, bytes)| ((*name).to_owned(), Arc::new(bytes.to_vec()))).collect())
    }
}

impl Files for Folder {
    fn open<'a>(&'a mut self, name: &'a str) -> Pending<'a, Result<Box<dyn FileSource>, OpenError>> {
        let found = self.0.get(name).cloned().ok_or(OpenError::Missing);
        Box::pin(async { Ok(Box::new(Shared(found?)) as Box<dyn FileSource>) })
    }
}

/// Bytes that several hold.
struct Shared(Arc<Vec<u8>>);

impl FileSource for Shared {
    fn length(&self) -> u64 {
        self.0.len() as u64
    }

    fn read_at<'a>(&'a mut self, at: u64, into: &'a mut [u8]) -> Pending<'a, Result<(), SourceError>> {
        let range = usize::try_from(at).ok().and_then(|at| self.0.get(at..at.checked_add(into.len())?));
        let error = SourceError { kind: SourceErrorKind::Shrank, at_byte: self.length(), detail: String::new() };
        let result = range.map(|bytes| into.copy_from_slice(bytes)).ok_or(error);
        Box::pin(async { result })
    }
}

pub fn open(name: &str, folder: &Folder) -> Result<CdImage, webburn_rawimage::ImageError> {
    pollster::block_on(webburn_rawimage::format::open(name, &mut folder.clone()))
}

/// The sentence that a bad image gives.
pub fn refusal(name: &str, files: &[(&str, &[u8])]) -> String {
    match open(name, &Folder::with(files)) {
        Ok(_) => panic!("{name} was taken"),
        Err(error) => error.to_string(),
    }
}

/// All that a BIN of it holds.
pub fn main_channel(image: &mut CdImage) -> Vec<u8> {
    whole(MainStream::new(image))
}

/// All of a source, read in uneven pieces.
pub fn whole(mut source: impl SectorSource) -> Vec<u8> {
    let size = source.sector_size();
    let mut bytes = vec![0; source.byte_length() as usize];
    let (mut at, mut piece) = (0, 1);
    while at < bytes.len() {
        let end = (at + piece * size).min(bytes.len());
        pollster::block_on(source.read((at / size) as u64, &mut bytes[at..end])).expect("sectors");
        at = end;
        piece = piece * 3 % 331 + 1;
    }
    bytes
}

/// A track of so many sectors of noise.
pub fn track(image: &mut CdImage, number: u8, mode: TrackMode, main: MainForm, sectors: u32) -> CdTrack {
    let bytes = noise(u32::from(number) + 1, sectors as usize * main.size());
    let file = image.add_file(format!("noise {number}"), Box::new(MemoryFile(bytes)));
    let mut track = CdTrack::new(TrackNumber::new(number).unwrap(), mode);
    if number == 1 {
        track.pregap = FIRST_PREGAP;
        track.push(Piece::empty(FIRST_PREGAP));
    }
    track.push(Piece::blocks(SectorCount(sectors), file, 0, Stored::new(main)));
    track
}

/// Three audio tracks with everything a single session can have.
pub fn audio_disc() -> CdImage {
    let mut image = CdImage::default();
    let mut session = CdSession::first(DiscType::Plain);
    let mut one = track(&mut image, 1, TrackMode::Audio, MainForm::Whole, 400);
    // Hidden before track 1: its index 0 is longer than two seconds.
    one.pregap += SectorCount(75);
    one.isrc = Some("USRC17607839".parse().unwrap());
    one.control = Control { copy_permitted: true, pre_emphasis: true, ..Control::AUDIO };
    let mut two = track(&mut image, 2, TrackMode::Audio, MainForm::Whole, 500);
    two.pregap = SectorCount(150);
    two.indices = vec![SectorCount(100), SectorCount(250)];
    let mut three = track(&mut image, 3, TrackMode::Audio, MainForm::Whole, 310);
    three.isrc = Some("DEA123456789".parse().unwrap());
    session.tracks = vec![one, two, three];
    let mut block = Block::new(1, 3);
    block.set(TextKind::Title, 0, "The Disc").unwrap();
    block.set(TextKind::Performer, 0, "Müller & Söhne").unwrap();
    for (number, title) in [(1, "One"), (2, "The \"Second\""), (3, "Drei")] {
        block.set(TextKind::Title, number, title).unwrap();
        block.set(TextKind::Performer, number, "Müller & Söhne").unwrap();
    }
    image.layout = CdLayout {
        mcn: Some("4012345678901".parse().unwrap()),
        text: CdText { blocks: vec![block] },
        ..CdLayout::of(session)
    };
    image
}

/// A data track of mode 1 and two of audio.
pub fn mixed_disc() -> CdImage {
    let mut image = CdImage::default();
    let mut one = track(&mut image, 1, TrackMode::Mode1, MainForm::Mode1, 350);
    one.push(Piece::empty(SectorCount(150)));
    let mut two = track(&mut image, 2, TrackMode::Audio, MainForm::Whole, 300);
    two.pieces.insert(0, Piece::empty(SectorCount(150)));
    two.pregap = SectorCount(150);
    let three = track(&mut image, 3, TrackMode::Audio, MainForm::Whole, 305);
    let session = CdSession { tracks: vec![one, two, three], ..CdSession::first(DiscType::Plain) };
    image.layout = CdLayout::of(session);
    image
}

/// Audio, and in a second session data of CD-ROM XA: CD Extra.
pub fn extra_disc() -> CdImage {
    let mut image = CdImage::default();
    let one = track(&mut image, 1, TrackMode::Audio, MainForm::Whole, 330);
    let first = CdSession { tracks: vec![one], ..CdSession::first(DiscType::Plain) };
    image.layout = CdLayout::of(first);
    let mut two = track(&mut image, 2, TrackMode::Mode2, MainForm::Form1, 320);
    two.pieces.insert(0, Piece::empty(FIRST_PREGAP));
    two.pregap = FIRST_PREGAP;
    let start = image.layout.next_session();
    image.layout.sessions.push(CdSession { start, disc_type: DiscType::Xa, tracks: vec![two] });
    image
}
