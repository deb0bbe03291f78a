//! Audio files that others made.

use webburn_cdcode::cdtext::TextKind;
use webburn_rawimage::format::audio::{wav_head, wav_header};
use webburn_rawimage::format::audio_disc::AudioDisc;
use webburn_rawimage::{CdImage, ImageError};

use crate::disk::{Disk, Folder, have, main_channel};

/// Four seconds of two tones, at 44.1 kHz.
fn tones() -> Vec<u8> {
    (0..300 * 588)
        .flat_map(|n| {
            let at = f64::from(n) / 44_100.0;
            let tone = |frequency: f64| ((at * frequency * std::f64::consts::TAU).sin() * 12_000.0) as i16;
            [tone(440.0), tone(997.0)]
        })
        .flat_map(i16::to_le_bytes)
        .collect()
}

fn with_wav() -> (Folder, Vec<u8>) {
    let (folder, samples) = (Folder::new(), tones());
    folder.write("a.wav", [&wav_header(samples.len() as u32)[..], &samples].concat());
    (folder, samples)
}

fn disc(folder: &Folder, names: &[&str]) -> Result<CdImage, ImageError> {
    pollster::block_on(AudioDisc::default().read(names, &mut Disk(folder.0.clone())))
}

/// How far apart two recordings are, in parts of full scale, at worst, without their ends.
fn apart(a: &[u8], b: &[u8], skip: usize) -> f64 {
    let value = |pair: &[u8]| f64::from(i16::from_le_bytes([pair[0], pair[1]]));
    let pairs = a.chunks_exact(2).zip(b.chunks_exact(2)).skip(skip).take(a.len() / 2 - 2 * skip);
    pairs.map(|(a, b)| (value(a) - value(b)).abs()).fold(0.0, f64::max) / 32_768.0
}

#[test]
fn flac_files_become_a_disc_with_their_tags_as_cd_text() {
    if !have(&[("flac", "flac")]) {
        return;
    }
    let (folder, samples) = with_wav();
    for (name, title) in [("1.flac", "One"), ("2.flac", "Zwölf")] {
        let title = format!("--tag=TITLE={title}");
        let tags = ["--tag=ARTIST=Band", "--tag=ALBUM=Disc", "--tag=ISRC=USRC17607839", "--tag=GENRE=Jazz", &title];
        folder.run("flac", &[&["-s", "-f", "-o", name][..], &tags, &["a.wav"]].concat());
    }
    let mut image = disc(&folder, &["1.flac", "2.flac"]).expect("a disc");
    assert_eq!(image.notes, []);
    let text = &image.layout.text.blocks[0];
    assert_eq!(text.get(TextKind::Title, 0).as_deref(), Some("Disc"));
    assert_eq!(text.get(TextKind::Performer, 0).as_deref(), Some("Band"));
    assert_eq!(text.get(TextKind::Title, 2).as_deref(), Some("Zwölf"));
    assert_eq!(text.genre.as_ref().and_then(|(genre, _)| genre.name()), Some("Jazz"));
    assert_eq!(image.layout.sessions[0].tracks[0].isrc.map(|isrc| isrc.to_string()).as_deref(), Some("USRC17607839"));
    assert!(main_channel(&mut image) == [&samples[..], &samples].concat(), "bit by bit");
}

/// The FLAC files that we write: whole, bit by bit what went in, with their tags.
#[test]
fn flac_reads_ours() {
    if !have(&[("flac", "flac"), ("metaflac", "flac")]) {
        return;
    }
    let (folder, tones) = with_wav();
    let noise: Vec<u8> = (0..331 * 2352_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 23) as u8).collect();
    for (name, samples) in [("tones", tones), ("noise", noise), ("silence", vec![0; 300 * 2352])] {
        let comments = [("TITLE", "Zwölf".to_owned()), ("TRACKNUMBER", "12".to_owned())];
        let mut encoder = webburn_audio::FlacEncoder::new(&comments).expect("an encoder");
        let mut file = encoder.head();
        samples.chunks(2352).for_each(|sector| encoder.push(sector, &mut file).expect("samples"));
        let head = encoder.finish(&mut file).expect("whole samples");
        file[..head.len()].copy_from_slice(&head);
        folder.write("ours.flac", &file);
        folder.run("flac", &["-s", "-t", "--warnings-as-errors", "ours.flac"]);
        folder.run("flac", &["-s", "-d", "-f", "-o", "back.wav", "ours.flac"]);
        let back = folder.read("back.wav");
        assert!(back == [&wav_header(samples.len() as u32)[..], &samples].concat(), "{name}");
        folder.run("metaflac", &["--export-tags-to=tags.txt", "ours.flac"]);
        let tags = folder.read("tags.txt");
        assert_eq!(String::from_utf8_lossy(&tags), "TITLE=Zwölf\nTRACKNUMBER=12\n", "{name}");
        assert!(
            file.len() < samples.len() + samples.len() / 100 && (name != "silence" || file.len() < 10_000),
            "{name}"
        );
    }
}

/// WAV files with tags before their samples: others find the samples, and keep every chunk as it is.
#[test]
fn sox_and_flac_read_our_wav_files_with_tags() {
    if !have(&[("sox", "sox"), ("flac", "flac")]) {
        return;
    }
    let (folder, samples) = with_wav();
    let tags = [(*b"INAM", "Zwölf".to_owned()), (*b"IART", "Band".to_owned())];
    let id3 = b"ID3\x04\0\0\0\0\0\x10TPE2\0\0\0\x06\0\0\x03Bande";
    let file = [&wav_head(samples.len() as u32, &tags, id3)[..], &samples].concat();
    folder.write("tagged.wav", &file);
    folder.run("sox", &["tagged.wav", "-t", "raw", "back.raw"]);
    assert!(folder.read("back.raw") == samples);
    folder.run("flac", &["-s", "-f", "--keep-foreign-metadata", "-o", "kept.flac", "tagged.wav"]);
    folder.run("flac", &["-s", "-d", "-f", "--keep-foreign-metadata", "-o", "again.wav", "kept.flac"]);
    assert!(folder.read("again.wav") == file, "every chunk as it was");
    let image = disc(&folder, &["tagged.wav"]).expect("a disc");
    let text = &image.layout.text.blocks[0];
    assert_eq!(text.get(TextKind::Title, 1).as_deref(), Some("Zwölf"));
    assert_eq!(text.get(TextKind::Performer, 0).as_deref(), Some("Bande"));
}

#[test]
fn other_rates_widths_and_channels_are_converted_and_said() {
    if !have(&[("sox", "sox")]) {
        return;
    }
    let (folder, samples) = with_wav();
    for (name, options, words) in [
        ("48.wav", &["-r", "48000"][..], "48000 Hz, 16 bits, stereo"),
        ("96.wav", &["-r", "96000", "-b", "24"], "96000 Hz, 24 bits, stereo"),
        ("22.aiff", &["-r", "22050"], "22050 Hz, 16 bits, stereo"),
    ] {
        folder.run("sox", &[&["-D", "a.wav"][..], options, &[name]].concat());
        let mut image = disc(&folder, &[name]).expect(name);
        let notes: Vec<_> = image.notes.iter().map(ToString::to_string).collect();
        assert_eq!(notes, [format!("{name}: converted from {words} to 44100 Hz, 16 bits, stereo")]);
        let sectors = main_channel(&mut image);
        assert_eq!(sectors.len().abs_diff(samples.len()) / 2352, 0, "{name}");
        let far = apart(&samples, &sectors, 4000);
        assert!(far < 0.003, "{name}: {far}");
    }
    folder.run("sox", &["-D", "a.wav", "-c", "1", "mono.wav"]);
    let mut image = disc(&folder, &["mono.wav"]).expect("mono");
    assert!(image.notes[0].to_string().contains("44100 Hz, 16 bits, mono"), "{:?}", image.notes);
    assert!(main_channel(&mut image).chunks_exact(4).all(|pair| pair[..2] == pair[2..]));
}

#[test]
fn sox_aiff_needs_no_decoder() {
    if !have(&[("sox", "sox")]) {
        return;
    }
    let (folder, samples) = with_wav();
    folder.run("sox", &["-D", "a.wav", "a.aiff"]);
    let mut image = disc(&folder, &["a.aiff"]).expect("an AIFF of sox");
    assert!(main_channel(&mut image) == samples);
}

#[test]
fn mp3_files_of_lame_keep_their_length() {
    if !have(&[("lame", "lame")]) {
        return;
    }
    let (folder, samples) = with_wav();
    folder.run("lame", &["--quiet", "-b", "320", "--tt", "Tones", "--ta", "Two", "a.wav", "a.mp3"]);
    let mut image = disc(&folder, &["a.mp3"]).expect("an MP3 of lame");
    assert_eq!(image.layout.text.blocks[0].get(TextKind::Title, 1).as_deref(), Some("Tones"));
    let sectors = main_channel(&mut image);
    assert_eq!(sectors.len(), samples.len(), "delay and padding are cut off");
    let far = apart(&samples, &sectors, 4000);
    assert!(far < 0.01, "{far}");
    // Backwards as well as forwards.
    let mut again = vec![0; 2352];
    pollster::block_on(image.read_main(webburn_sector::Lba(3), &mut again)).expect("a sector");
    assert!(again == sectors[3 * 2352..4 * 2352]);
}

#[test]
fn what_is_no_sound_is_refused() {
    let folder = Folder::new();
    folder.write("a.flac", "this is no sound at all, but long enough to be looked at twice by anybody");
    let sentence = disc(&folder, &["a.flac"]).map(|_| ()).expect_err("no sound").to_string();
    assert!(sentence.starts_with("a.flac: it is no audio file that can be decoded ("), "{sentence}");
}
