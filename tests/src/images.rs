//! Real disc images: what Debian ships in the packages `ipxe` and `memtest86+`.

use std::fs;
use std::path::{Path, PathBuf};

/// The images, by the path Debian installs them at.
pub const PATHS: [&str; 3] =
    ["/usr/lib/ipxe/ipxe.iso", "/usr/lib/memtest86+/memtest86+x64.iso", "/usr/lib/memtest86+/memtest86+ia32.iso"];

/// Bytes of an image file and where it came from.
pub struct Image {
    /// The file.
    pub path: PathBuf,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// All images.
///
/// When one is missing the test fails and says how to get it; only `WEBBURN_NO_IMAGES=1` turns that into an empty list.
#[must_use]
pub fn all() -> Vec<Image> {
    let mut found = Vec::new();
    for path in PATHS.map(Path::new) {
        match fs::read(path) {
            Ok(bytes) => found.push(Image { path: path.to_owned(), bytes }),
            Err(_) if std::env::var_os("WEBBURN_NO_IMAGES").is_some_and(|v| v == "1") => {}
            Err(error) => panic!(
                "{}: {error}. The real images come from Debian: apt-get install ipxe memtest86+ \
                 (or set WEBBURN_NO_IMAGES=1 to go without them, knowing that nothing real is burnt then).",
                path.display()
            ),
        }
    }
    found
}
