//! MDS, NRG and CHD, laid out by hand from what is known of them; a CHD made by chdman 0.251.

use webburn_cdcode::sector::{HeaderAddress, SectorMode, encode};
use webburn_cdcode::session::DiscType;
use webburn_rawimage::layout::TrackMode;
use webburn_rawimage::{CdImage, ImageError};
use webburn_sector::{Lba, SectorCount};

use crate::rawimage::helpers::{Folder, main_channel, noise, open};

/// An MDS of a mode 1 track of 300 sectors and an audio track of 310 after a pre-gap of 150; `sub` says whether the
/// sectors have subcode, `stored` whether the pre-gap lies in the MDF.
pub fn mds(sub: bool, stored: bool) -> Vec<u8> {
    let size: u16 = if sub { 2448 } else { 2352 };
    let mut mds = vec![0; 88];
    mds[..16].copy_from_slice(b"MEDIA DESCRIPTOR");
    (mds[16], mds[17]) = (1, 3);
    mds[20] = 1;
    mds[80] = 88;
    let mut session = [0; 24];
    session[..4].copy_from_slice(&(-150_i32).to_le_bytes());
    session[4..8].copy_from_slice(&760_i32.to_le_bytes());
    (session[8], session[10], session[11], session[12], session[14], session[20]) = (1, 5, 3, 1, 2, 112);
    mds.extend(session);
    let extra = 112 + 5 * 80_u32;
    let entry = |point: u8, control: u8, msf: [u8; 3]| {
        let mut entry = [0; 80];
        entry[2] = 0x10 | control;
        entry[4] = point;
        entry[9..12].copy_from_slice(&msf);
        entry
    };
    let mut rows = vec![entry(0xA0, 4, [1, 0, 0]), entry(0xA1, 0, [2, 0, 0]), entry(0xA2, 0, [0, 12, 10])];
    let gap = if stored { 150 } else { 0 };
    for (point, control, mode, start, at, extra) in
        [(1, 4, 0xAA, 0_u32, 0_u64, extra), (2, 0, 0xA9, 450, 300 + gap, extra + 8)]
    {
        let mut row = entry(point, control, [0, 2, 0]);
        (row[0], row[1]) = (mode, if sub { 8 } else { 0 });
        row[12..16].copy_from_slice(&extra.to_le_bytes());
        row[16..18].copy_from_slice(&size.to_le_bytes());
        row[36..40].copy_from_slice(&start.to_le_bytes());
        row[40..48].copy_from_slice(&(at * u64::from(size)).to_le_bytes());
        row[48] = 1;
        row[52..56].copy_from_slice(&(112 + 5 * 80 + 16_u32).to_le_bytes());
        rows.push(row);
    }
    mds.extend(rows.concat());
    for (pregap, length) in [(150_u32, 300_u32), (150, 310)] {
        mds.extend(pregap.to_le_bytes());
        mds.extend(length.to_le_bytes());
    }
    let name = mds.len() as u32 + 16;
    mds.extend(name.to_le_bytes());
    mds.extend([0; 12]);
    mds.extend(b"*.mdf\0");
    mds
}

#[test]
fn mds_with_and_without_subcode() {
    for (sub, stored) in [(false, false), (false, true), (true, false), (true, true)] {
        let size = if sub { 2448 } else { 2352 };
        let sectors = 610 + if stored { 150 } else { 0 };
        let mdf = noise(4, sectors * size);
        let folder = Folder::with(&[("d.mds", &mds(sub, stored)), ("d.mdf", &mdf)]);
        let mut image = open("d.mds", &folder).unwrap();
        let tracks = &image.layout.sessions[0].tracks;
        assert_eq!((tracks[0].mode, tracks[0].length()), (TrackMode::Mode1, SectorCount(300)));
        assert_eq!(
            (tracks[1].mode, tracks[1].pregap, tracks[1].length()),
            (TrackMode::Audio, SectorCount(150), SectorCount(310))
        );
        assert_eq!(image.layout.lead_out(), Lba(760));
        assert_eq!(image.has_subcode(), sub);
        let main = main_channel(&mut image);
        let last = &mdf[mdf.len() - size..][..2352];
        assert_eq!(main[759 * 2352..], *last);
        assert_eq!(main[300 * 2352..301 * 2352] == mdf[300 * size..][..2352], stored);
        if sub {
            let mut symbols = [0; 96];
            pollster::block_on(image.read_sub(Lba(1), &mut symbols)).unwrap();
            assert_eq!(symbols[..], mdf[2448 + 2352..2 * 2448]);
        }
    }
}

fn chunk(id: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [&id[..], &(body.len() as u32).to_be_bytes(), body].concat()
}

/// An NRG of one session at once: an audio track of 300 sectors with its two seconds, one of 310 with index 2.
pub fn nrg(version: u8) -> Vec<u8> {
    let wide = version == 2;
    let mut file = vec![0; 150 * 2352];
    file.extend(noise(6, 610 * 2352));
    let chunks_at = file.len() as u64;
    let cue = |control: u8, track: u8, index: u8, at: i32| -> Vec<u8> {
        let mut cue = vec![control, track, index, 0];
        if wide {
            cue.extend(at.to_be_bytes());
        } else {
            let bcd = |n: i32| (n / 10 * 16 + n % 10) as u8;
            let frames = at + 150;
            cue.extend([0, bcd(frames / 4500), bcd(frames / 75 % 60), bcd(frames % 75)]);
        }
        cue
    };
    let cues = [
        cue(0x01, 0, 0, -150),
        cue(0x01, 1, 0, -150),
        cue(0x01, 1, 1, 0),
        cue(0x21, 2, 0, 300),
        cue(0x21, 2, 1, 300),
        cue(0x21, 2, 2, 400),
        cue(0x21, 0xAA, 1, 610),
    ];
    let mut dao = vec![0; 4];
    dao.extend(b"4012345678901\0");
    dao.extend([0, 0, 1, 2]);
    for (isrc, places) in [("USRC17607839", [0, 150, 450_u64]), ("\0\0\0\0\0\0\0\0\0\0\0\0", [450, 450, 760])] {
        dao.extend(isrc.bytes());
        dao.extend([0x09, 0x30, 0x07, 0, 0, 1]);
        for place in places {
            let place = place * 2352;
            if wide { dao.extend(place.to_be_bytes()) } else { dao.extend((place as u32).to_be_bytes()) }
        }
    }
    file.extend(chunk(if wide { b"CUEX" } else { b"CUES" }, &cues.concat()));
    file.extend(chunk(if wide { b"DAOX" } else { b"DAOI" }, &dao));
    file.extend(chunk(b"SINF", &[0, 0, 0, 2]));
    file.extend(chunk(b"MTYP", &[0, 0, 0, 1]));
    file.extend(chunk(b"END!", &[]));
    if wide {
        file.extend(b"NER5");
        file.extend(chunks_at.to_be_bytes());
    } else {
        file.extend(b"NERO");
        file.extend((chunks_at as u32).to_be_bytes());
    }
    file
}

#[test]
fn nrg_at_once_in_both_versions() {
    for version in [1, 2] {
        let file = nrg(version);
        let mut image = open("d.nrg", &Folder::with(&[("d.nrg", &file)])).unwrap();
        assert_eq!(image.layout.mcn.unwrap().to_string(), "4012345678901");
        let tracks = &image.layout.sessions[0].tracks;
        assert_eq!((tracks[0].pregap, tracks[0].length()), (SectorCount(150), SectorCount(300)));
        assert_eq!((tracks[1].pregap, tracks[1].length()), (SectorCount(0), SectorCount(310)));
        assert_eq!(tracks[1].indices, [SectorCount(100)]);
        assert_eq!((tracks[0].control.to_nibble(), tracks[1].control.to_nibble()), (0, 2));
        assert_eq!(tracks[0].isrc.unwrap().as_str(), "USRC17607839");
        assert_eq!(tracks[1].isrc, None);
        assert!(main_channel(&mut image) == file[150 * 2352..760 * 2352]);
    }
}

#[test]
fn nrg_track_at_once_in_two_sessions() {
    let mut file = noise(6, 300 * 2048 + 300 * 2352);
    let chunks_at = file.len() as u64;
    let entry = |offset: u64, size: u64, mode: u32, sector: u32| -> Vec<u8> {
        [&offset.to_be_bytes()[..], &size.to_be_bytes(), &mode.to_be_bytes(), &sector.to_be_bytes(), &[0; 8]].concat()
    };
    file.extend(chunk(b"ETN2", &entry(0, 300 * 2048, 0, 0)));
    file.extend(chunk(b"SINF", &[0, 0, 0, 1]));
    file.extend(chunk(b"ETN2", &entry(300 * 2048, 300 * 2352, 6, 11_700)));
    file.extend(chunk(b"SINF", &[0, 0, 0, 1]));
    file.extend(chunk(b"END!", &[]));
    file.extend(b"NER5");
    file.extend(chunks_at.to_be_bytes());
    let image = open("d.nrg", &Folder::with(&[("d.nrg", &file)])).unwrap();
    let starts: Vec<_> = image.layout.placed().map(|placed| placed.start).collect();
    assert_eq!(starts, [Lba(0), Lba(11_700)]);
    assert_eq!(image.layout.sessions[1].disc_type, DiscType::Xa);
}

/// What `lzma.chd` was made of: 200 sectors of mode 1, two of them with a wrong bit, and 136 of audio, of which five are
/// the second track's index 0. Packed by `chdman createcd -c cdlz`.
pub fn chd() -> Result<CdImage, ImageError> {
    open("lzma.chd", &Folder::with(&[("lzma.chd", include_bytes!("../vectors/lzma.chd"))]))
}

#[test]
fn a_chd_of_chdman_gives_what_it_was_made_of() {
    let mut wanted = Vec::new();
    for at in 0..200_usize {
        let mut sector = [0; 2352];
        (0..16).for_each(|j| sector[16 + j] = (at + j) as u8);
        encode(&mut sector, SectorMode::Mode1, HeaderAddress::from_lba(Lba(at as i32)).unwrap());
        match at {
            5 => sector[2300] ^= 1,
            9 => sector[2064] ^= 1,
            _ => {}
        }
        wanted.extend(sector);
    }
    for n in 0..130 * 588_i32 {
        wanted.extend(((n % 147 * 60 - 4000) as i16).to_le_bytes());
        wanted.extend(((n % 49 * 100 - 2000) as i16).to_le_bytes());
    }
    for n in 0..6 * 588_i32 {
        wanted.extend((((n * n) >> 3) % 20_001 - 10_000).to_le_bytes()[..2].iter());
        wanted.extend((n * 7 % 12_001 - 6000).to_le_bytes()[..2].iter());
    }
    let mut image = chd().unwrap();
    let tracks = &image.layout.sessions[0].tracks;
    assert_eq!((tracks[0].mode, tracks[0].length()), (TrackMode::Mode1, SectorCount(200)));
    assert_eq!((tracks[1].pregap, tracks[1].length()), (SectorCount(5), SectorCount(131)));
    let sectors = main_channel(&mut image);
    for (at, (a, b)) in sectors.chunks(2352).zip(wanted.chunks(2352)).enumerate() {
        assert!(a == b, "sector {at}");
    }
    assert_eq!(sectors.len(), wanted.len());
}

#[test]
fn damaged_headers_are_told_with_their_place() {
    let refusal = |name: &str, bytes: &[u8]| match open(name, &Folder::with(&[(name, bytes), ("d.mdf", &[])])) {
        Ok(_) => panic!("{name} was taken"),
        Err(error) => error.to_string(),
    };
    let mut bad = mds(false, false);
    bad[81] = 0xFF;
    assert_eq!(refusal("d.mds", &bad), "d.mds, byte 550: it ends before the end of a session");
    let mut bad = mds(false, false);
    bad[18] = 0x10;
    assert_eq!(refusal("d.mds", &bad), "d.mds, byte 18: it is the image of another medium than a CD (kind 10h)");
    assert_eq!(
        refusal("d.mds", &mds(false, false)),
        "d.mdf, byte 0: it has 0 bytes; track 01 has 300 sectors of 2352 bytes from byte 0 on"
    );
    assert_eq!(
        refusal("d.mds", b"MEDIA DESCRIPTXX"),
        "d.mds, byte 0: it does not begin with “MEDIA DESCRIPTOR” as an MDS file does"
    );
    let good = nrg(2);
    assert_eq!(
        refusal("d.nrg", &good[..good.len() - 1]),
        "d.nrg, byte 0: it does not end with “NERO” or “NER5” as an NRG file does"
    );
    let mut bad = good.clone();
    let cuex = 760 * 2352;
    bad[cuex + 4] = 0x7F;
    assert_eq!(
        refusal("d.nrg", &bad),
        format!("d.nrg, byte {cuex}: chunk “CUEX” is said to have 2130706488 bytes; 202 are there")
    );
    let chd = include_bytes!("../vectors/lzma.chd");
    let mut bad = chd.to_vec();
    bad[15] = 4;
    assert_eq!(
        refusal("d.chd", &bad),
        "d.chd, byte 12: version 4 is not read, only version 5; “chdman copy” makes it from others"
    );
    let map = u64::from_be_bytes(chd[40..48].try_into().unwrap()) as usize;
    let mut bad = chd.to_vec();
    bad[map + 20] ^= 0x10;
    assert_eq!(
        refusal("d.chd", &bad),
        format!("d.chd, byte {map}: the map of hunks is damaged: its check does not hold")
    );
}
