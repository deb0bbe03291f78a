//! What is wrong with an image, and where.

use std::fmt;

use webburn_sector::SourceError;

/// A stable code for programs and texts, and a sentence that says the same with its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageError {
    /// What kind of fault it is.
    pub code: Code,
    /// The file it was found in.
    pub file: String,
    /// Where in the file.
    pub place: Place,
    /// What is wrong, without file and place.
    pub what: String,
}

/// Where in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// All of it.
    Whole,
    /// A line of text, from 1.
    Line(usize),
    /// A byte, from 0.
    Byte(u64),
    /// What the file says of a track.
    Track(u8),
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// Kinds of fault. The text of each is stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $name),* }

        impl Code {
            /// All of them.
            pub const ALL: &[Code] = &[$(Code::$name),*];

            /// For programs and for the table of texts.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text),* }
            }
        }
    };
}

codes! {
    /// No format is recognised.
    UnknownFormat = "image-unknown-format";
    /// A word, a line or a section that the format does not have, or not there.
    Syntax = "image-syntax";
    /// A number, a time or a name that cannot be.
    Value = "image-value";
    /// Something the format demands is not there.
    Incomplete = "image-incomplete";
    /// A header or a table is damaged.
    Damaged = "image-damaged";
    /// A version or a kind of image that is not read.
    NotSupported = "image-not-supported";
    /// A file that the image names is not there.
    FileMissing = "image-file-missing";
    /// A file cannot be read.
    FileUnreadable = "image-file-unreadable";
    /// A file is shorter than what is to come from it, or ends within a sector.
    FileTruncated = "image-file-truncated";
    /// An audio file cannot be used as it is, and nothing here can convert it.
    AudioNotUsable = "image-audio-not-usable";
    /// Indices, tracks or sessions out of order.
    Order = "image-order";
    /// More than 99 tracks.
    TooManyTracks = "image-too-many-tracks";
    /// A track of fewer than 300 sectors.
    TrackTooShort = "image-track-too-short";
    /// More than the longest disc holds.
    TooLong = "image-too-long";
    /// CD-Text with a character that its set lacks.
    TextCharset = "image-text-charset";
    /// CD-Text that does not fit.
    TextTooLarge = "image-text-too-large";
    /// A catalogue number or recording code that is none.
    Number = "image-number";
    /// What is compressed does not come out as it went in.
    Checksum = "image-checksum";
}

/// Something that was put right or left out on the way, and that a person should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The file.
    pub file: String,
    /// Where in it.
    pub place: Place,
    /// What was done.
    pub what: String,
}

impl ImageError {
    /// Puts the parts together.
    #[must_use]
    pub fn new(code: Code, file: &str, place: Place, what: impl Into<String>) -> Self {
        ImageError { code, file: file.to_owned(), place, what: what.into() }
    }

    /// A file that gave an error while it was looked at.
    #[must_use]
    pub fn unreadable(file: &str, error: &SourceError) -> Self {
        ImageError::new(Code::FileUnreadable, file, Place::Byte(error.at_byte), error.to_string())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Whole => Ok(()),
            Place::Line(line) => write!(f, ", line {line}"),
            Place::Byte(at) => write!(f, ", byte {at}"),
            Place::Track(track) => write!(f, ", track {track:02}"),
        }
    }
}

impl fmt::Display for ImageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}: {}", self.file, self.place, self.what)
    }
}

impl std::error::Error for ImageError {}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}: {}", self.file, self.place, self.what)
    }
}
