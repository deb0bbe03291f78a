//! A small valid ISO 9660 image with one file, made by code.

use webburn_sector::SECTOR_SIZE;

const SECTORS: u32 = 24;
const PATH_TABLE_L: u32 = 18;
const PATH_TABLE_M: u32 = 19;
const ROOT: u32 = 20;
const FILE: u32 = 21;

/// An ISO 9660 level 1 image (ECMA-119) of 24 sectors whose one file, `README.TXT`, says on which medium it lies.
#[must_use]
pub fn minimal_image(medium: &str) -> Vec<u8> {
    let text = format!("This is a pre-recorded {medium} disc of the simulated drive.\r\n");
    let mut image = vec![0; SECTORS as usize * SECTOR_SIZE];
    put(&mut image, 16, &volume_descriptor());
    put(&mut image, 17, b"\xFFCD001\x01");
    // One directory: length 1, no extended attributes, extent, parent 1, the name 00h, a pad byte.
    let mut table = vec![1, 0];
    table.extend(ROOT.to_le_bytes());
    table.extend([1, 0, 0, 0]);
    put(&mut image, PATH_TABLE_L, &table);
    let mut table = vec![1, 0];
    table.extend(ROOT.to_be_bytes());
    table.extend([0, 1, 0, 0]);
    put(&mut image, PATH_TABLE_M, &table);
    let mut root = record(ROOT, SECTOR_SIZE as u32, 2, &[0]);
    root.extend(record(ROOT, SECTOR_SIZE as u32, 2, &[1]));
    root.extend(record(FILE, text.len() as u32, 0, b"README.TXT;1"));
    put(&mut image, ROOT, &root);
    put(&mut image, FILE, text.as_bytes());
    image
}

fn put(image: &mut [u8], sector: u32, bytes: &[u8]) {
    let at = sector as usize * SECTOR_SIZE;
    image[at..at + bytes.len()].copy_from_slice(bytes);
}

/// A number in both byte orders.
fn both32(value: u32) -> [u8; 8] {
    let mut out = [0; 8];
    out[..4].copy_from_slice(&value.to_le_bytes());
    out[4..].copy_from_slice(&value.to_be_bytes());
    out
}

const fn both16(value: u16) -> [u8; 4] {
    let [a, b] = value.to_le_bytes();
    [a, b, b, a]
}

/// A directory record (ECMA-119, 9.1).
fn record(extent: u32, len: u32, flags: u8, name: &[u8]) -> Vec<u8> {
    let size = 33 + name.len() + (name.len() + 1) % 2;
    let mut out = vec![size as u8, 0];
    out.extend(both32(extent));
    out.extend(both32(len));
    out.extend([126, 1, 1, 0, 0, 0, 0]); // 1 January 2026
    out.extend([flags, 0, 0]);
    out.extend(both16(1));
    out.push(name.len() as u8);
    out.extend(name);
    out.resize(size, 0);
    out
}

/// The primary volume descriptor (ECMA-119, 8.4).
fn volume_descriptor() -> Vec<u8> {
    let mut out = b"\x01CD001\x01\x00".to_vec();
    let text = |out: &mut Vec<u8>, text: &str, len: usize| {
        let end = out.len() + len;
        out.extend(text.as_bytes());
        out.resize(end, b' ');
    };
    text(&mut out, "", 32);
    text(&mut out, "RECORDED", 32);
    out.extend([0; 8]);
    out.extend(both32(SECTORS));
    out.extend([0; 32]);
    out.extend(both16(1));
    out.extend(both16(1));
    out.extend(both16(SECTOR_SIZE as u16));
    out.extend(both32(10));
    out.extend(PATH_TABLE_L.to_le_bytes());
    out.extend([0; 4]);
    out.extend(PATH_TABLE_M.to_be_bytes());
    out.extend([0; 4]);
    out.extend(record(ROOT, SECTOR_SIZE as u32, 2, &[0]));
    text(&mut out, "", 128 * 4 + 37 * 3);
    for _ in 0..2 {
        out.extend(b"2026010100000000\x00");
    }
    for _ in 0..2 {
        out.extend(b"0000000000000000\x00");
    }
    out.extend([1, 0]);
    out
}
