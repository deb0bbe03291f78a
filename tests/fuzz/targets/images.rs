//! Image files and audio files as anybody might drop them, and what is made of those that are taken.

use std::io::Cursor;
use std::sync::Arc;

use webburn_audio::{MediaSource, Opener};
use webburn_cdcode::subchannel::Layout;
use webburn_rawimage::at_once::{BlockStream, Loss, SessionSheet, SheetOptions, TrackSheet};
use webburn_rawimage::format::audio_disc::AudioDisc;
use webburn_rawimage::format::{ccd, cue, toc};
use webburn_rawimage::stream::{RawOptions, RawStream};
use webburn_rawimage::{CdImage, Decoded, FileSource, Files, ImageError, MemoryFile, OpenError, Pending};
use webburn_sector::{SectorSource, SourceError};

/// A folder in which one file has these bytes and every other is there too.
struct Any<'a> {
    name: &'a str,
    bytes: &'a [u8],
}

/// Sectors enough for a disc, whose bytes follow from their place.
struct Endless;

impl FileSource for Endless {
    fn length(&self) -> u64 {
        800 * 2352
    }

    fn read_at<'a>(&'a mut self, at: u64, into: &'a mut [u8]) -> Pending<'a, Result<(), SourceError>> {
        into.iter_mut().zip(at..).for_each(|(byte, at)| *byte = (at >> 8) as u8);
        Box::pin(async { Ok(()) })
    }
}

impl Files for Any<'_> {
    fn open<'a>(&'a mut self, name: &'a str) -> Pending<'a, Result<Box<dyn FileSource>, OpenError>> {
        let file: Box<dyn FileSource> =
            if name == self.name { Box::new(MemoryFile(self.bytes.to_vec())) } else { Box::new(Endless) };
        Box::pin(async { Ok(file) })
    }

    fn decode<'a>(&'a mut self, name: &'a str) -> Pending<'a, Result<Decoded, OpenError>> {
        let bytes: Arc<[u8]> = self.bytes.into();
        let open: Opener = Arc::new(move || Ok(Box::new(Cursor::new(bytes.clone())) as Box<dyn MediaSource>));
        let decoded = webburn_audio::decode(name, open);
        Box::pin(async { decoded })
    }
}

fn image(name: &str, bytes: &[u8]) {
    let opened = pollster::block_on(webburn_rawimage::format::open(name, &mut Any { name, bytes }));
    taken(name, opened);
}

/// A refusal names the file; what is taken can be written in every way, or that is refused in words.
fn taken(name: &str, opened: Result<CdImage, ImageError>) {
    let mut image = match opened {
        Ok(image) => image,
        Err(error) => {
            let sentence = error.to_string();
            assert!(sentence.contains(name.split('.').next().unwrap_or_default()), "{sentence}");
            return;
        }
    };
    let _ = (cue::sheet(&image.layout, &["d.bin"]), toc::toc(&image.layout, "d.bin"), ccd::ccd(&image.layout));
    for session in 0..image.layout.sessions.len() {
        let _ = (Loss::of_session(&image.layout, session), TrackSheet::of_session(&image.layout, session));
        let Ok(sheet) = SessionSheet::new(&image.layout, session, SheetOptions::default()) else { continue };
        for stretch in &sheet.stretches {
            let mut stream = BlockStream::stretch(&mut image, *stretch);
            let mut block = vec![0; stream.sector_size()];
            for at in [0, u64::from(stream.sectors().0).saturating_sub(1)] {
                let _ = pollster::block_on(stream.read(at, &mut block));
            }
        }
    }
    let Ok(mut stream) = RawStream::new(image, 0, RawOptions::new(Layout::Raw, Default::default())) else { return };
    let mut block = vec![0; 2448];
    for at in [0, 22_499, 22_650, 22_725, u64::from(stream.sectors().0).saturating_sub(1)] {
        let _ = pollster::block_on(stream.read(at, &mut block));
    }
}

pub fn cue(data: &[u8]) {
    image("a.cue", data);
}

pub fn toc(data: &[u8]) {
    image("a.toc", data);
}

pub fn ccd(data: &[u8]) {
    image("a.ccd", data);
}

pub fn mds(data: &[u8]) {
    image("a.mds", &[b"MEDIA DESCRIPTOR", data].concat());
}

pub fn nrg(data: &[u8]) {
    // The chunks stand behind the sectors.
    image("a.nrg", &[&[0; 450 * 2352], data].concat());
}

pub fn chd(data: &[u8]) {
    image("a.chd", data);
}

pub fn sectors(data: &[u8]) {
    // A tail, so that short inputs are whole sectors of some size now and then.
    image("a.raw", data);
    image("b.raw", &data.iter().copied().cycle().take(2352 * 4 * usize::from(!data.is_empty())).collect::<Vec<_>>());
}

/// WAV, AIFF, FLAC, MP3, Ogg: by what it begins with.
pub fn audio(data: &[u8]) {
    // The ending is no more than a hint.
    let name = if data.len().is_multiple_of(2) { "a.wav" } else { "a.mp3" };
    let opened = pollster::block_on(AudioDisc::default().read(&[name], &mut Any { name, bytes: data }));
    taken(name, opened);
}
