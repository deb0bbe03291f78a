//! CDs beyond plain data: the files that images are made of.

mod folder;

pub use folder::Folder;

use std::path::Path;

/// The file is read as a description or an image of a CD; anything else is plain sectors of 2048 bytes.
///
/// By the ending of its name. An `.img` is the image of a CD when a `.ccd` lies beside it, a `.bin` always.
#[must_use]
pub fn is_cd_image(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    match extension.as_deref() {
        Some("cue" | "toc" | "ccd" | "sub" | "mds" | "mdx" | "mdf" | "nrg" | "chd" | "bin") => true,
        Some("img") => path.with_extension("ccd").is_file() || path.with_extension("CCD").is_file(),
        Some(other) => webburn_rawimage::format::AUDIO_EXTENSIONS.contains(&other),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_tell_what_a_file_is() {
        for name in ["a.cue", "A.CUE", "b.toc", "c.ccd", "d.nrg", "e.chd", "f.mds", "g.bin", "h.flac", "i.WAV"] {
            assert!(is_cd_image(Path::new(name)), "{name}");
        }
        for name in ["a.iso", "b.img", "c", "d.udf"] {
            assert!(!is_cd_image(Path::new(name)), "{name}");
        }
    }
}
