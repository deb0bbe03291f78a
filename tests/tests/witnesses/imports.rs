//! Images that others made.

use webburn_rawimage::format::audio_disc::AudioDisc;

use crate::disk::{Disk, Folder, export, have, iso, main_channel, mixed, starts};
use crate::exports::lists_the_tracks;
use webburn_tests::sound::noise;

#[test]
fn an_iso_of_genisoimage() {
    if !have(&[("genisoimage", "genisoimage")]) {
        return;
    }
    let folder = Folder::new();
    let data = iso(&folder);
    let mut image = folder.open("made.iso").expect("an image");
    let sectors = main_channel(&mut image);
    assert!(sectors.chunks(2352).zip(data.chunks(2048)).all(|(sector, data)| sector[16..2064] == *data));
}

#[test]
fn chds_of_chdman_with_each_codec() {
    if !have(&[("chdman", "mame-tools")]) {
        return;
    }
    let folder = Folder::new();
    let mut data: Vec<u8> = (0..400_u32 * 2048).map(|n| (n / 700) as u8).collect();
    data[..9000].copy_from_slice(&noise(4, 9000));
    let mut made = mixed(data);
    let bin = export(&folder, &mut made);
    for codecs in ["cdlz", "cdzl", "cdfl", "cdlz,cdzl,cdfl", "none"] {
        folder.run("chdman", &["createcd", "-f", "-i", "disc.cue", "-o", "disc.chd", "-c", codecs]);
        let mut image = folder.open("disc.chd").expect(codecs);
        assert_eq!(starts(&image.layout), starts(&made.layout), "{codecs}");
        assert!(main_channel(&mut image) == bin, "{codecs}");
    }
}

#[test]
fn what_chdman_extracts_is_what_we_wrote() {
    if !have(&[("chdman", "mame-tools")]) {
        return;
    }
    let folder = Folder::new();
    let mut made = mixed(noise(4, 400 * 2048));
    let bin = export(&folder, &mut made);
    folder.run("chdman", &["createcd", "-f", "-i", "disc.cue", "-o", "disc.chd"]);
    folder.run("chdman", &["extractcd", "-f", "-i", "disc.chd", "-o", "back.cue", "-ob", "back.bin"]);
    let mut image = folder.open("back.cue").expect("a sheet of chdman");
    assert_eq!(starts(&image.layout), starts(&made.layout));
    assert!(main_channel(&mut image) == bin);
}

#[test]
fn what_bchunk_and_ccd2iso_cut_out_comes_back() {
    if !have(&[("bchunk", "bchunk"), ("ccd2iso", "ccd2iso")]) {
        return;
    }
    let folder = Folder::new();
    let data = noise(9, 400 * 2048);
    let bin = export(&folder, &mut mixed(data.clone()));
    folder.run("bchunk", &["-w", "disc.bin", "disc.cue", "out"]);
    let mut image = folder.open("out01.iso").expect("an ISO of bchunk");
    // Data and post-gap, and the pre-gap that bchunk counts as the first track's.
    assert!(main_channel(&mut image)[..400 * 2352] == bin[..400 * 2352]);
    let mut files = Disk(folder.0.clone());
    let audio = pollster::block_on(AudioDisc::default().read(&["out02.wav", "out03.wav"], &mut files));
    let mut audio = audio.expect("WAVs of bchunk");
    assert_eq!(audio.notes, []);
    let sound = main_channel(&mut audio);
    assert!(sound[..320 * 2352] == noise(2, 320 * 2352));
    assert!(sound[sound.len() - 320 * 2352..] == noise(3, 320 * 2352));

    let mut alone = mixed(data);
    alone.layout.sessions[0].tracks.truncate(1);
    export(&folder, &mut alone);
    folder.run("ccd2iso", &["disc.img", "disc.iso"]);
    let mut image = folder.open("disc.iso").expect("an ISO of ccd2iso");
    assert!(main_channel(&mut image)[..400 * 2352] == bin[..400 * 2352]);
}

/// NRG of version 2 as Nero writes a disc at once: two audio tracks, the second with a gap.
fn nrg() -> Vec<u8> {
    let mut file = vec![0; 150 * 2352];
    file.extend(noise(6, 760 * 2352));
    let chunks_at = file.len() as u64;
    let mut cues = Vec::new();
    for (track, index, at) in [(0, 0, -150_i32), (1, 0, -150), (1, 1, 0), (2, 0, 310), (2, 1, 460), (0xAA, 1, 760)] {
        cues.extend([0x01, track, index, 0]);
        cues.extend(at.to_be_bytes());
    }
    let mut dao = [&[0; 4][..], b"4012345678901\0", &[0, 0, 1, 2]].concat();
    for places in [[0_u64, 150, 460], [460, 610, 910]] {
        dao.extend([0; 12]);
        // Bytes a sector, then audio.
        dao.extend([0x09, 0x30, 7, 0, 0, 1]);
        dao.extend(places.iter().flat_map(|sectors| (sectors * 2352).to_be_bytes()));
    }
    for (name, body) in
        [(b"CUEX", cues), (b"DAOX", dao), (b"SINF", vec![0, 0, 0, 2]), (b"MTYP", vec![0, 0, 0, 1]), (b"END!", vec![])]
    {
        file.extend(name);
        file.extend((body.len() as u32).to_be_bytes());
        file.extend(body);
    }
    file.extend(b"NER5");
    file.extend(chunks_at.to_be_bytes());
    file
}

#[test]
fn libcdio_and_we_read_an_nrg_alike() {
    if !have(&[("cd-info", "libcdio-utils")]) {
        return;
    }
    let folder = Folder::new();
    folder.write("disc.nrg", nrg());
    let image = folder.open("disc.nrg").expect("an NRG");
    assert_eq!(starts(&image.layout), [0, 460, 760]);
    lists_the_tracks(&folder, &image, "--nrg-file=disc.nrg");
}
