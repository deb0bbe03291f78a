//! Files made here, decoded: exact counts, exact samples, honest sentences.

use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use webburn_audio::{MediaSource, Opener, decode};
use webburn_rawimage::format::audio_disc::AudioDisc;
use webburn_rawimage::{Decoded, FileSource, Files, MemoryFile, OpenError, Pending};

use webburn_tests::sound::{FLAC_BLOCK as BLOCK, flac_frames as flac, wave_of as wav};

pub fn opener(bytes: Vec<u8>) -> Opener {
    let bytes: Arc<[u8]> = bytes.into();
    Arc::new(move || Ok(Box::new(Cursor::new(bytes.clone())) as Box<dyn MediaSource>))
}

pub fn samples(decoded: &mut Decoded) -> Vec<u8> {
    let mut bytes = vec![0; decoded.samples.length() as usize];
    // Uneven pieces, forwards.
    let (mut at, mut piece) = (0, 4);
    while at < bytes.len() {
        let end = (at + piece).min(bytes.len());
        read(decoded.samples.as_mut(), at as u64, &mut bytes[at..end]);
        at = end;
        piece = piece * 5 % 99_991;
    }
    bytes
}

fn read(samples: &mut dyn FileSource, at: u64, into: &mut [u8]) {
    pollster::block_on(samples.read_at(at, into)).expect("samples");
}

/// The sentence that a file alone is refused with, or the notes of the disc that it becomes.
fn disc(name: &str, bytes: Vec<u8>) -> Result<Vec<String>, String> {
    let disc = pollster::block_on(AudioDisc::default().read(&[name], &mut One(bytes)));
    disc.map(|image| image.notes.iter().map(ToString::to_string).collect()).map_err(|error| error.to_string())
}

/// A folder with one file, whatever its name.
struct One(Vec<u8>);

impl Files for One {
    fn open<'a>(&'a mut self, _: &'a str) -> Pending<'a, Result<Box<dyn FileSource>, OpenError>> {
        let file = MemoryFile(self.0.clone());
        Box::pin(async { Ok(Box::new(file) as Box<dyn FileSource>) })
    }

    fn decode<'a>(&'a mut self, name: &'a str) -> Pending<'a, Result<Decoded, OpenError>> {
        let decoded = decode(name, opener(self.0.clone()));
        Box::pin(async { decoded })
    }
}

/// Stereo samples that never repeat: 16 bits, little-endian.
fn noise(frames: usize) -> Vec<u8> {
    webburn_tests::sound::noise(1, frames * 4)
}

#[test]
fn flac_comes_out_bit_by_bit_with_its_tags() {
    let wanted = noise(10 * BLOCK + 77);
    let frames = wanted.len() as u64 / 4;
    for announced in [frames, 0] {
        let (file, _) = flac(&wanted, announced, &["TITLE=Eins", "ARTIST=Wer", "ALBUM=Platte", "ISRC=USRC17607839"]);
        let mut decoded = decode("a.flac", opener(file)).expect("a FLAC");
        assert_eq!(decoded.samples.length(), frames * 4, "announced: {announced}");
        assert_eq!(decoded.converted_from, None);
        let tags = [&decoded.tags.title, &decoded.tags.performer, &decoded.tags.album, &decoded.tags.isrc];
        assert_eq!(tags.map(|tag| tag.as_deref().unwrap_or("-")), ["Eins", "Wer", "Platte", "USRC17607839"]);
        assert!(samples(&mut decoded) == wanted);
        // Backwards, into the middle, to the end.
        for at in [wanted.len() - 8, 40_000, 4, 0] {
            let mut four = [0; 4];
            read(decoded.samples.as_mut(), at as u64, &mut four);
            assert_eq!(four, wanted[at..at + 4], "byte {at}");
        }
        let mut beyond = [0; 8];
        assert!(pollster::block_on(decoded.samples.read_at(frames * 4 - 4, &mut beyond)).is_err());
    }
}

#[test]
fn a_flac_that_is_cut_off_is_refused() {
    let wanted = noise(8 * BLOCK);
    let (file, starts) = flac(&wanted, 8 * BLOCK as u64, &[]);
    for cut in [starts[5], starts[5] + 900, file.len() - 1] {
        let sentence = disc("a.flac", file[..cut].to_vec()).unwrap_err();
        let there = if cut < starts[6] { 5 } else { 7 };
        let wanted = format!("a.flac: it is cut off: {} of {} samples are there", there * BLOCK, 8 * BLOCK);
        assert_eq!(sentence, wanted, "{cut}");
    }
    for cut in [0, 3, 20, 42] {
        let sentence = disc("a.flac", file[..cut].to_vec()).unwrap_err();
        assert!(sentence.starts_with("a.flac: it is no audio file that can be decoded ("), "{sentence}");
    }
}

#[test]
fn damage_is_silent_and_moves_nothing() {
    let wanted = noise(8 * BLOCK);
    let (mut file, starts) = flac(&wanted, 8 * BLOCK as u64, &[]);
    let middle = starts[3] + 5000;
    file[middle..middle + 40].fill(0x55);
    let mut decoded = decode("a.flac", opener(file)).expect("most of a FLAC");
    let got = samples(&mut decoded);
    assert_eq!(got.len(), wanted.len());
    assert!(got[..3 * BLOCK * 4] == wanted[..3 * BLOCK * 4]);
    assert!(got[4 * BLOCK * 4..] == wanted[4 * BLOCK * 4..]);
}

#[test]
fn widths_and_channels() {
    let wanted = noise(30_000);
    let mut decoded = decode("a.wav", opener(wav(44_100, 2, 16, &wanted))).expect("a WAV");
    assert_eq!(decoded.converted_from, None);
    assert!(samples(&mut decoded) == wanted);
    // 24 bits whose lowest eight are zero are 16.
    let wide: Vec<u8> = wanted.chunks(2).flat_map(|pair| [0, pair[0], pair[1]]).collect();
    let mut decoded = decode("a.wav", opener(wav(44_100, 2, 24, &wide))).expect("a WAV");
    assert_eq!(decoded.converted_from.as_deref(), Some("44100 Hz, 24 bits, stereo"));
    assert!(samples(&mut decoded) == wanted);
    let mut decoded = decode("a.wav", opener(wav(44_100, 1, 16, &wanted))).expect("a WAV");
    assert_eq!(decoded.converted_from.as_deref(), Some("44100 Hz, 16 bits, mono"));
    // A disc of it says what was done.
    let note = disc("a.wav", wav(48_000, 1, 24, &noise(150_000))).unwrap();
    assert_eq!(note, ["a.wav: converted from 48000 Hz, 24 bits, mono to 44100 Hz, 16 bits, stereo"]);
    let cut = wav(48_000, 1, 24, &noise(150_000))[..100_000].to_vec();
    let sentence = "a.wav, byte 100000: it is cut off: 99956 bytes of 600000 bytes of samples are there";
    assert_eq!(disc("a.wav", cut).unwrap_err(), sentence);
    let doubled: Vec<u8> = wanted.chunks(2).flat_map(|one| [one, one]).flatten().copied().collect();
    assert!(samples(&mut decoded) == doubled);
}

/// A tone on the left, as a sample of 16 bits.
fn tone(rate: u32, hertz: f64, n: u32) -> f64 {
    (f64::from(n) / f64::from(rate) * hertz * std::f64::consts::TAU).sin() * 12_000.0
}

fn converted(rate: u32, frames: u32, hertz: f64) -> (Decoded, Vec<f64>) {
    let source: Vec<u8> =
        (0..frames).flat_map(|n| [tone(rate, hertz, n).round() as i16, 0]).flat_map(i16::to_le_bytes).collect();
    let mut decoded = decode("a.wav", opener(wav(rate, 2, 16, &source))).expect("a WAV");
    let got = samples(&mut decoded);
    let left = got.chunks_exact(4).map(|pair| f64::from(i16::from_le_bytes([pair[0], pair[1]]))).collect();
    (decoded, left)
}

/// Rates in use, and two that have little in common with 44,100.
const RATES: [u32; 11] = [8000, 11_025, 22_050, 32_000, 37_800, 44_056, 44_101, 48_000, 88_200, 96_000, 192_000];

#[test]
fn other_rates_keep_their_length_and_their_sound() {
    for rate in RATES {
        let frames = rate / 2 + 13;
        let (decoded, left) = converted(rate, frames, 440.0);
        let wanted = (u64::from(frames) * 44_100).div_ceil(u64::from(rate));
        assert_eq!(decoded.samples.length(), wanted * 4, "{rate} Hz");
        assert_eq!(decoded.converted_from, Some(format!("{rate} Hz, 16 bits, stereo")));
        // In step from start to end, their very ends apart, where a filter sees silence. What is left is rounding.
        for n in 1000..wanted as u32 - 1000 {
            let apart = (left[n as usize] - tone(44_100, 440.0, n)).abs();
            assert!(apart < 1.5, "{rate} Hz, sample {n}: {apart}");
        }
    }
}

#[test]
fn what_a_cd_cannot_hold_does_not_come_back_as_another_tone() {
    for rate in [48_000, 88_200, 96_000, 192_000] {
        let (_, left) = converted(rate, rate / 2, 23_500.0);
        let loudest = left[1000..left.len() - 1000].iter().fold(0.0_f64, |most, value| most.max(value.abs()));
        assert!(loudest <= 1.0, "{rate} Hz: {loudest}");
        // And what it holds stays as loud as it was.
        let (_, left) = converted(rate, rate / 2, 19_000.0);
        let apart = |n: u32| (left[n as usize] - tone(44_100, 19_000.0, n)).abs();
        let worst = (1000..left.len() as u32 - 1000).map(apart).fold(0.0_f64, f64::max);
        assert!(worst < 3.0, "{rate} Hz: {worst}");
    }
}

/// Counts what is read of it.
struct Watched(Cursor<Arc<[u8]>>, Arc<AtomicU64>);

impl Read for Watched {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(into)?;
        self.1.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl Seek for Watched {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

impl MediaSource for Watched {
    fn is_seekable(&self) -> bool {
        true
    }

    fn byte_len(&self) -> Option<u64> {
        Some(self.0.get_ref().len() as u64)
    }
}

#[test]
fn only_what_is_asked_for_is_decoded() {
    let wanted = noise(100 * BLOCK);
    let (file, _) = flac(&wanted, 100 * BLOCK as u64, &[]);
    let (bytes, read_bytes): (Arc<[u8]>, _) = (file.into(), Arc::new(AtomicU64::new(0)));
    let counter = read_bytes.clone();
    let open: Opener =
        Arc::new(move || Ok(Box::new(Watched(Cursor::new(bytes.clone()), counter.clone())) as Box<dyn MediaSource>));
    let mut decoded = decode("a.flac", open).expect("a FLAC");
    let mut start = vec![0; 2352 * 4];
    read(decoded.samples.as_mut(), 0, &mut start);
    assert!(start == wanted[..start.len()]);
    let read = read_bytes.load(Ordering::Relaxed);
    assert!(read < wanted.len() as u64 / 4, "{read} bytes of {} were read", wanted.len());
}

#[test]
fn any_bytes_are_refused_in_words_or_decoded() {
    let (file, _) = flac(&noise(3 * BLOCK), 3 * BLOCK as u64, &["TITLE=x"]);
    let long = std::env::var_os("WEBBURN_LONG").is_some_and(|value| value == "1");
    let files = [("a.flac", file), ("a.wav", wav(48_000, 2, 16, &noise(2000)))];
    for (name, file) in files {
        let (mut taken, mut tried) = (0, 0);
        for at in (0..160.min(file.len())).step_by(if long { 1 } else { 7 }) {
            let mut bent = file.clone();
            bent[at] ^= 0xA5;
            tried += 1;
            if let Ok(mut decoded) = decode(name, opener(bent)) {
                taken += 1;
                assert!(decoded.samples.length() < 1 << 40, "{name}, byte {at}");
                let mut some = vec![0; decoded.samples.length().min(9408) as usize];
                read(decoded.samples.as_mut(), 0, &mut some);
            }
            assert!(decode(name, opener(file[..at].to_vec())).is_err() || at > 44, "{name}, cut at {at}");
        }
        assert!(taken > 0 && taken < tried, "{name}: {taken} of {tried} were decoded");
    }
}

#[test]
fn tags_that_cd_text_cannot_hold_are_left_out_and_said() {
    let (file, _) = flac(&noise(50 * BLOCK), 50 * BLOCK as u64, &["TITLE=漢字", "ARTIST=Müller"]);
    let wanted = "a.flac: “漢字” is left out of the CD-Text: its character set has no “漢”";
    assert_eq!(disc("a.flac", file).unwrap(), [wanted]);
    let long = "x".repeat(4000);
    let (file, _) = flac(&noise(50 * BLOCK), 50 * BLOCK as u64, &[&format!("TITLE={long}")]);
    let sentence = disc("a.flac", file).unwrap_err();
    assert!(sentence.starts_with("a.flac: the texts of language 1 need "), "{sentence}");
    let names = vec!["a.wav"; 100];
    let many = pollster::block_on(AudioDisc::default().read(&names, &mut One(wav(44_100, 2, 16, &noise(100)))));
    let sentence = many.map(|_| ()).unwrap_err().to_string();
    assert_eq!(sentence, "a.wav: 100 files were given; a disc has at most 99 tracks");
}

fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let pad = vec![0; body.len() % 2];
    [name, &(body.len() as u32).to_le_bytes()[..], body, &pad].concat()
}

/// A WAV file with chunks before and behind its samples.
fn tagged(before: &[u8], behind: &[u8]) -> Vec<u8> {
    let plain = wav(44_100, 2, 16, &noise(588));
    let mut file = [&plain[..36], before, &plain[36..], behind].concat();
    let length = file.len() as u32 - 8;
    file[4..8].copy_from_slice(&length.to_le_bytes());
    file
}

fn told(file: Vec<u8>) -> [String; 6] {
    let tags = decode("a.wav", opener(file)).expect("a WAV").tags;
    [tags.title, tags.performer, tags.album, tags.album_performer, tags.composer, tags.genre]
        .map(|tag| tag.unwrap_or_else(|| "-".to_owned()))
}

/// The layouts of two programs, typed from the specification of RIFF: the list before the samples, each text with a zero
/// at its end, the program's name last (ffmpeg); the list and an ID3 tag behind the samples (editors).
#[test]
fn wav_files_tell_their_names() {
    let list = b"LIST\x50\0\0\0INFO\
        IART\x04\0\0\0Her\0\
        INAM\x06\0\0\0Eins!\0\
        IPRD\x07\0\0\0Platte\0\0\
        IGNR\x04\0\0\0Pop\0\
        ISFT\x0E\0\0\0Lavf60.16.100\0";
    assert_eq!(list.len(), 8 + 0x50);
    let before = told(tagged(list, &[]));
    assert_eq!(before, ["Eins!", "Her", "Platte", "-", "-", "Pop"]);
    assert_eq!(told(tagged(&[], list)), before, "behind the samples");

    // A list in Latin-1 without zeros, of odd length; another kind of list before it; the samples between them.
    let old = [&b"INFOINAM\x05\0\0\0Gr\xF6\xDFe\0"[..], b"IMUS\x03\0\0\0Ada\0"].concat();
    let other = chunk(b"LIST", b"adtllabl\x04\0\0\0\x01\0\0\0");
    assert_eq!(told(tagged(&other, &chunk(b"LIST", &old))), ["Größe", "-", "-", "-", "Ada", "-"]);

    // ID3 v2.3: UTF-16 with its mark, and Latin-1; it has the last word.
    let frames = [
        &b"TIT2\0\0\0\x0B\0\0\x01\xFF\xFEZ\0w\0e\0i\0"[..],
        b"TPE2\0\0\0\x05\0\0\0Band",
        b"TALB\0\0\0\x07\0\0\0Platte",
    ]
    .concat();
    let id3 = [b"ID3\x03\0\0\0\0\0", &[frames.len() as u8][..], &frames].concat();
    let behind = [list.to_vec(), chunk(b"id3 ", &id3)].concat();
    assert_eq!(told(tagged(&[], &behind)), ["Zwei", "Her", "Platte", "Band", "-", "Pop"]);
}

/// Damage in tags is no damage of the sound.
#[test]
fn tags_that_are_none() {
    for broken in [
        &b"LIST\xFF\xFF\xFF\x7F"[..],
        b"LIST\x04\0\0\0INFO",
        b"LIST\x0C\0\0\0INFOINAM\xFF\xFF\xFF\xFF",
        b"id3 \x04\0\0\0ID3\x03",
        b"id3 \x0A\0\0\0ID3\x03\0\0\x7F\x7F\x7F\x7F",
        b"LIS",
    ] {
        assert_eq!(told(tagged(&[], broken)), ["-"; 6], "{broken:?}");
        let mut decoded = decode("a.wav", opener(tagged(&[], broken))).expect("a WAV");
        assert!(samples(&mut decoded) == noise(588), "{broken:?}");
    }
}
