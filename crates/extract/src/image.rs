//! A copied disc as an image: the text that describes it, and its sub-channel where the drive gave none.

use webburn_cdcode::session::Style;
use webburn_imapi::Error;
use webburn_rawimage::CdImage;
use webburn_rawimage::format::{ccd, cue, toc};
use webburn_rawimage::layout::CdLayout;
use webburn_rawimage::stream::SubStream;
use webburn_sector::SectorSource;

use crate::contents::Contents;
use crate::copy::Copied;
use crate::out::{CopyError, SectorOut};
use crate::seen::Seen;

/// Sectors whose sub-channel is made at once.
const PIECE: u64 = 256;

/// A kind of image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageFormat {
    /// BIN and CUE.
    Cue,
    /// BIN and TOC.
    Toc,
    /// CCD, IMG and SUB.
    Ccd,
}

impl ImageFormat {
    /// By the ending of the describing file's name, in small letters.
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending {
            "cue" => Some(ImageFormat::Cue),
            "toc" => Some(ImageFormat::Toc),
            "ccd" => Some(ImageFormat::Ccd),
            _ => None,
        }
    }

    /// The ending of the file with the sectors.
    #[must_use]
    pub const fn main_ending(self) -> &'static str {
        if self.has_sub() { "img" } else { "bin" }
    }

    /// A file with the sub-channel belongs to it.
    #[must_use]
    pub const fn has_sub(self) -> bool {
        matches!(self, ImageFormat::Ccd)
    }

    /// The format can tell of the disc: asked before hours are spent reading it.
    ///
    /// # Errors
    /// [`CopyError::Format`].
    pub fn can_tell(self, contents: &Contents) -> Result<(), CopyError> {
        let sessions = contents.sessions.len();
        let why = match self {
            // What only the table of contents tells is enough to see where the sessions lie.
            ImageFormat::Cue => match cue::in_sheet(&Seen::default().layout(contents)) {
                Ok(()) => return Ok(()),
                Err(why) => why.to_string(),
            },
            ImageFormat::Toc if sessions > 1 => toc::NotInToc::Sessions(sessions).to_string(),
            _ => return Ok(()),
        };
        Err(CopyError::Format(why))
    }

    /// Each session's sectors have a file of their own.
    #[must_use]
    pub const fn has_file_for_each_session(self) -> bool {
        matches!(self, ImageFormat::Cue)
    }

    /// The text of the describing file; `mains` are the names of the files with the sectors: one, or one for each session.
    ///
    /// # Errors
    /// [`CopyError::Format`].
    pub fn description(self, layout: &CdLayout, mains: &[impl AsRef<str>]) -> Result<String, CopyError> {
        let main = mains.first().map_or("", AsRef::as_ref);
        let told = match self {
            ImageFormat::Cue => cue::sheet(layout, mains).map_err(|why| why.to_string()),
            ImageFormat::Toc => toc::toc(layout, main).map_err(|why| why.to_string()),
            ImageFormat::Ccd => ccd::ccd(layout).map_err(|why| why.to_string()),
        };
        told.map_err(CopyError::Format)
    }
}

/// For a disc whose drive gave no P to W: P and Q as the table of contents says, into `out` as planes without sectors.
///
/// # Errors
/// [`CopyError`].
pub async fn made_sub<O: SectorOut>(copied: &Copied, out: &mut O) -> Result<(), CopyError> {
    let mut image = CdImage::new(copied.layout.clone());
    let made = SubStream::new(&mut image, Style::default());
    let mut made = made.map_err(|why| CopyError::Format(why.to_string()))?;
    let mut planes = vec![0; 96 * PIECE as usize];
    let (total, mut at) = (u64::from(made.sectors().0), 0);
    while at < total {
        let count = (total - at).min(PIECE);
        let into = &mut planes[..count as usize * 96];
        made.read(at, into).await.map_err(Error::from_source)?;
        out.put(&[], into).await?;
        at += count;
    }
    Ok(())
}
