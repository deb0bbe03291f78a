//! From sections to a disc.

use webburn_cdcode::cdtext::{CdText, PACK_SIZE, decode};
use webburn_cdcode::crc16;

use super::ini::{self, Section};
use super::sessions;
use crate::error::{Code, ImageError, Place};
use crate::format::audio::open_file;
use crate::format::text;
use crate::image::CdImage;
use crate::layout::{Limits, check};
use crate::port::{FileSource, Files, OpenError, read_whole};

/// Reads `name` and opens the IMG beside it, and the SUB if there is one.
///
/// # Errors
/// The first fault, with its line.
pub async fn read(name: &str, file: &mut dyn FileSource, files: &mut dyn Files) -> Result<CdImage, ImageError> {
    let bytes = read_whole(file, text::LONGEST).await.map_err(|error| ImageError::unreadable(name, &error))?;
    let sections = ini::parse(name, &text::decode(&bytes))?;
    let find = |wanted: &str| sections.iter().find(|section| section.name == wanted);
    if find("clonecd").is_none() {
        return Err(ImageError::new(Code::Damaged, name, Place::Line(1), "there is no section [CloneCD]"));
    }
    let disc =
        find("disc").ok_or_else(|| ImageError::new(Code::Damaged, name, Place::Whole, "there is no section [Disc]"))?;
    if disc.number(name, "datatracksscrambled")?.unwrap_or(0) != 0 {
        let what = "its data sectors are scrambled; such images are not read";
        return Err(ImageError::new(Code::NotSupported, name, Place::Line(disc.line), what));
    }
    let mut image = CdImage::default();
    if let Some((number, line)) = disc.get("catalog").filter(|(number, _)| !number.is_empty()) {
        let parsed = number.parse();
        image.layout.mcn =
            Some(parsed.map_err(|error| {
                ImageError::new(Code::Number, name, Place::Line(line), format!("“{number}”: {error}"))
            })?);
    }
    if let Some(section) = find("cdtext") {
        image.layout.text = cd_text(name, section)?;
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let img = format!("{stem}.img");
    let source = open_file(files, &img, name, Place::Whole).await?;
    let img = image.add_file(&img, source);
    let sub = format!("{stem}.sub");
    let sub = match files.open(&sub).await {
        Ok(source) => Some(image.add_file(&sub, source)),
        Err(OpenError::Missing) => None,
        Err(error) => {
            return Err(ImageError::new(
                Code::FileUnreadable,
                &sub,
                Place::Whole,
                format!("it cannot be read ({error:?})"),
            ));
        }
    };
    image.layout.sessions = sessions::build(name, &sections, &image, img, sub)?;
    check(&image.layout, Limits::READABLE, name)?;
    Ok(image)
}

/// Packs as bytes in hexadecimal: sixteen without their CRC, or eighteen with it.
fn cd_text(name: &str, section: &Section) -> Result<CdText, ImageError> {
    let mut packs = Vec::new();
    for (_, value, line) in section.with_prefix("entry ") {
        let bytes: Option<Vec<u8>> = value.split_whitespace().map(|b| u8::from_str_radix(b, 16).ok()).collect();
        let mut pack = [0; PACK_SIZE];
        match bytes.as_deref() {
            Some(bytes) if bytes.len() == 16 => {
                pack[..16].copy_from_slice(bytes);
                pack[16..].copy_from_slice(&crc16(bytes).to_be_bytes());
            }
            Some(bytes) if bytes.len() == PACK_SIZE => pack.copy_from_slice(bytes),
            _ => {
                let what = "a CD-Text entry has 16 or 18 bytes in hexadecimal";
                return Err(ImageError::new(Code::Value, name, Place::Line(line), what));
            }
        }
        packs.push(pack);
    }
    Ok(decode(&packs).text)
}
