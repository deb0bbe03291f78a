//! Images without a description, and audio files.

use webburn_cdcode::sector::{HeaderAddress, SectorMode, SubHeader, encode};
use webburn_cdcode::session::DiscType;
use webburn_rawimage::format::audio::wav_header;
use webburn_rawimage::format::audio_disc::AudioDisc;
use webburn_rawimage::layout::TrackMode;
use webburn_sector::{Lba, SectorCount};

use crate::rawimage::helpers::{Folder, main_channel, noise, open};

/// A sector with user data of noise, or a volume descriptor at 16.
fn sector(at: u32, mode: SectorMode) -> [u8; 2352] {
    let mut sector = [0; 2352];
    let data = mode.user_data();
    if mode.has_sub_header() {
        let head = if mode == SectorMode::Mode2Form2 { SubHeader::FORM2 } else { SubHeader::DATA_FORM1 };
        sector[16..24].copy_from_slice(&head.to_bytes());
    }
    let start = data.start;
    sector[data.clone()].copy_from_slice(&noise(at + 1, data.len()));
    if at == 16 {
        sector[start..start + 6].copy_from_slice(b"\x01CD001");
    }
    encode(&mut sector, mode, HeaderAddress::from_lba(Lba(at as i32)).unwrap());
    sector
}

#[test]
fn the_size_of_a_sector_is_told_from_the_bytes() {
    let m1 = SectorMode::Mode1;
    let (f1, f2) = (SectorMode::Mode2Form1, SectorMode::Mode2Form2);
    for (size, mode, stored) in [
        (2048, m1, 16..2064),
        (2056, f1, 16..2072),
        (2324, f2, 24..2348),
        (2332, f2, 16..2348),
        (2336, f1, 16..2352),
        (2352, m1, 0..2352),
        (2352, f1, 0..2352),
        (2368, m1, 0..2352),
        (2448, f2, 0..2352),
    ] {
        let sectors: Vec<_> = (0..40).map(|at| sector(at, mode)).collect();
        let file: Vec<u8> = sectors
            .iter()
            .flat_map(|sector| {
                let mut block = sector[stored.clone()].to_vec();
                block.resize(size, 0x55);
                block
            })
            .collect();
        let mut image = open("disc.bin", &Folder::with(&[("disc.bin", &file)])).unwrap();
        let session = &image.layout.sessions[0];
        let wanted = if mode == m1 { (TrackMode::Mode1, DiscType::Plain) } else { (TrackMode::Mode2, DiscType::Xa) };
        assert_eq!((session.tracks[0].mode, session.disc_type), wanted, "{size}");
        assert!(main_channel(&mut image) == sectors.concat(), "{size} bytes of {mode:?}");
    }
}

#[test]
fn formless_and_xa_are_told_apart_in_whole_sectors() {
    let sectors: Vec<u8> = (0..20).flat_map(|at| sector(at, SectorMode::Mode2)).collect();
    let image = open("x.bin", &Folder::with(&[("x.bin", &sectors)])).unwrap();
    assert_eq!(image.layout.sessions[0].disc_type, DiscType::Plain);
    assert_eq!(image.layout.sessions[0].tracks[0].mode, TrackMode::Mode2);
}

#[test]
fn an_iso_without_anything_known_in_it_is_still_data() {
    let iso = noise(5, 400 * 2048);
    let mut image = open("any.iso", &Folder::with(&[("any.iso", &iso)])).unwrap();
    let sectors = main_channel(&mut image);
    assert!(sectors.chunks(2352).zip(iso.chunks(2048)).all(|(sector, data)| sector[16..2064] == *data));
}

/// An AIFF or AIFF-C file with samples of a CD.
fn aiff(compression: Option<&[u8; 4]>, samples: &[u8]) -> Vec<u8> {
    let mut common = vec![0, 2];
    common.extend((samples.len() as u32 / 4).to_be_bytes());
    common.extend([0, 16, 0x40, 0x0E, 0xAC, 0x44, 0, 0, 0, 0, 0, 0]);
    if let Some(compression) = compression {
        common.extend(compression);
        common.extend([0, 0]);
    }
    let mut file = b"FORM\0\0\0\0AIF".to_vec();
    file.push(if compression.is_some() { b'C' } else { b'F' });
    file.extend(b"COMM");
    file.extend((common.len() as u32).to_be_bytes());
    file.extend(common);
    file.extend(b"SSND");
    file.extend((samples.len() as u32 + 8).to_be_bytes());
    file.extend([0; 8]);
    file.extend(samples);
    file
}

#[test]
fn wav_and_aiff_files_become_tracks() {
    let samples = noise(1, 300 * 2352);
    let mut swapped = samples.clone();
    swapped.as_chunks_mut::<2>().0.iter_mut().for_each(|pair| pair.reverse());
    let mut wav = wav_header(samples.len() as u32).to_vec();
    // A chunk of odd length that nobody needs stands before the samples.
    wav.splice(36..36, *b"LIST\x03\0\0\0abc\0");
    wav.extend(&samples);
    let files: [(&str, &[u8]); 4] = [
        ("1.wav", &wav),
        ("2.aiff", &aiff(None, &swapped)),
        ("3.aifc", &aiff(Some(b"sowt"), &samples)),
        ("4.aifc", &aiff(Some(b"NONE"), &swapped)),
    ];
    let names = files.map(|(name, _)| name);
    let disc = AudioDisc { gap: SectorCount(150), ..AudioDisc::default() };
    let mut folder = Folder::with(&files);
    let mut image = pollster::block_on(disc.read(&names, &mut folder)).unwrap();
    let starts: Vec<_> = image.layout.placed().map(|placed| placed.start.0).collect();
    assert_eq!(starts, [0, 450, 900, 1350]);
    let sectors = main_channel(&mut image);
    for start in starts {
        assert!(sectors[start as usize * 2352..][..samples.len()] == samples, "the track at {start}");
    }
    assert_eq!(image.notes, []);
}

#[test]
fn the_rate_of_an_aiff_file_is_read_from_eighty_bits() {
    let refused = |rate: [u8; 10]| {
        let mut file = aiff(None, &noise(1, 300 * 2352));
        // Behind FORM, its size, AIFF, COMM, its size, channels, count and bits.
        file[28..38].copy_from_slice(&rate);
        let folder = &mut Folder::with(&[("1.aiff", &file)]);
        pollster::block_on(AudioDisc::default().read(&["1.aiff"], folder)).map(drop).unwrap_err().to_string()
    };
    let said = refused([0x40, 0x0E, 0xBB, 0x80, 0, 0, 0, 0, 0, 0]);
    assert!(said.contains("it has 48000 Hz"), "{said}");
    let said = refused([0xFF; 10]);
    assert!(said.contains("it has 0 Hz"), "{said}");
}
