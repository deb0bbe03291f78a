//! Images that others made.

use crate::disk::{Folder, export, have, iso, main_channel, mixed, noise, starts};

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
