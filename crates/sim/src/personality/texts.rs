//! Drives described in texts: the built-in ones, odd ones that say what they do otherwise, and those of other people.

use std::fmt;

use super::{Personality, odd};

/// A TOML text that describes no drive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalityError(pub String);

impl fmt::Display for PersonalityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a description of a simulated drive: {}", self.0)
    }
}

impl std::error::Error for PersonalityError {}

macro_rules! built_in {
    ($($id:literal),+ $(,)?) => {
        pub(super) const BUILT_IN: &[(&str, &str)] = &[$(($id, include_str!(concat!($id, ".toml")))),+];
    };
}
built_in!("bd-burner", "dvd-burner", "cd-burner", "reader");

impl Personality {
    /// The names of the built-in drives, odd ones not counted.
    #[must_use]
    pub fn ids() -> Vec<&'static str> {
        BUILT_IN.iter().map(|(id, _)| *id).collect()
    }

    /// A built-in drive, or an odd one.
    #[must_use]
    pub fn by_id(id: &str) -> Option<Self> {
        match BUILT_IN.iter().find(|(name, _)| *name == id) {
            Some((_, text)) => Self::parse(text).ok(),
            None => odd::by_id(id),
        }
    }

    /// The names of drives that misbehave as some real ones do.
    #[must_use]
    pub fn odd_ids() -> Vec<&'static str> {
        odd::ODD.iter().map(|(id, _)| *id).collect()
    }

    /// Reads a description; one that names a built-in drive in `based_on` says only what differs from that.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, PersonalityError> {
        // From a table alone: each further way in would be half of this crate's code once more.
        let personality: Self =
            odd::whole(text)?.try_into().map_err(|error: toml::de::Error| PersonalityError(error.to_string()))?;
        if personality.vendor.len() > 8 || personality.product.len() > 16 || personality.revision.len() > 4 {
            return Err(PersonalityError("vendor, product or revision is too long".into()));
        }
        if personality.buffer.kib == 0 || personality.timing.bus_kb == 0 {
            return Err(PersonalityError("a buffer or bus of nothing".into()));
        }
        Ok(personality)
    }

    fn built_in(id: &str) -> Self {
        // The built-in texts are part of this file and read by a test.
        Self::by_id(id).unwrap_or_else(|| unreachable!("the built-in drive {id} is readable"))
    }

    /// A burner for CD and DVD.
    #[must_use]
    pub fn dvd_burner() -> Self {
        Self::built_in("dvd-burner")
    }

    /// A burner for CD.
    #[must_use]
    pub fn cd_burner() -> Self {
        Self::built_in("cd-burner")
    }

    /// A drive that reads everything and writes nothing.
    #[must_use]
    pub fn reader() -> Self {
        Self::built_in("reader")
    }
}
