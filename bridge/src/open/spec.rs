//! What a person writes to ask for a simulated drive: `MEDIUM[:FILE]`.

use std::fmt;
use std::path::PathBuf;

use webburn_sim::{MediumKind, Pace, Personality};

/// A simulated drive as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    /// `none`, `dvd+rw`, `cd-r:recorded`, …
    pub medium: String,
    /// The kind of disc; `None` for an empty drive.
    pub kind: Option<MediumKind>,
    /// Keeps the disc between runs.
    pub file: Option<PathBuf>,
    /// Forgets what is written, keeping a digest alone: for measuring.
    pub null: bool,
}

/// How simulated drives behave.
#[derive(Clone, Debug)]
pub struct Options {
    /// How fast time passes in them.
    pub pace: Pace,
    /// Which drive.
    pub personality: Personality,
}

/// What was written is no simulated drive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecError {
    /// The medium as it was written.
    pub medium: String,
}

impl fmt::Display for SpecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no simulated medium \"{}\"", self.medium)
    }
}

impl std::error::Error for SpecError {}

/// Conditions of a disc that may stand behind its kind.
const STATES: [&str; 6] = ["recorded", "appendable", "damaged", "protected", "format-running", "format-stopped"];

impl Spec {
    /// Reads `MEDIUM[:FILE]`: a medium id with or without its condition (`:recorded`, `:appendable`, …), or `null[:MEDIUM]`.
    ///
    /// # Errors
    /// An unknown medium, or a file for a drive that has no disc.
    ///
    /// ```
    /// use webburn_bridge::open::Spec;
    /// let spec = Spec::parse("dvd+rw:disc.wbd").unwrap();
    /// assert_eq!((spec.medium.as_str(), spec.file.unwrap().to_str()), ("dvd+rw", Some("disc.wbd")));
    /// assert_eq!(Spec::parse("cd-r:recorded").unwrap().medium, "cd-r:recorded");
    /// assert!(Spec::parse("floppy").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Spec, SpecError> {
        let unknown = |medium: &str| SpecError { medium: medium.to_owned() };
        let (first, rest) = text.split_once(':').map_or((text, None), |(first, rest)| (first, Some(rest)));
        if first == "null" {
            let medium = rest.unwrap_or("bd-re");
            let kind = MediumKind::parse(medium).ok_or_else(|| unknown(medium))?;
            return Ok(Spec { medium: kind.id().to_owned(), kind: Some(kind), file: None, null: true });
        }
        let (state, rest) = match rest {
            Some(rest) => match rest.split_once(':').map_or((rest, None), |(state, file)| (state, Some(file))) {
                (state, file) if STATES.contains(&state) => (Some(state), file),
                _ => (None, Some(rest)),
            },
            None => (None, None),
        };
        let kind = MediumKind::parse(first);
        if (kind.is_none() && first != "none") || (first == "none" && text != "none") || rest == Some("") {
            return Err(unknown(text));
        }
        let name = kind.map_or(first, |kind| kind.id());
        let medium = state.map_or_else(|| name.to_owned(), |state| format!("{name}:{state}"));
        // Not every kind knows every condition.
        if webburn_sim::Disc::from_id(&medium).is_err() {
            return Err(unknown(text));
        }
        Ok(Spec { medium, kind, file: rest.map(PathBuf::from), null: false })
    }
}

/// Reads a pace: `real`, `instant`, or how many times as fast as real.
#[must_use]
pub fn parse_pace(text: &str) -> Option<Pace> {
    match text {
        "real" => Some(Pace::Real { factor: 1.0 }),
        "instant" => Some(Pace::Instant),
        number => {
            let factor: f64 = number.parse().ok()?;
            (factor.is_finite() && factor > 0.0).then_some(Pace::Real { factor })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write() {
        for (text, medium, file) in [
            ("cd-r", "cd-r", None),
            ("CD-R", "cd-r", None),
            ("none", "none", None),
            ("cd-r:recorded", "cd-r:recorded", None),
            ("bd-r:appendable:a.wbd", "bd-r:appendable", Some("a.wbd")),
            ("dvd+rw:/tmp/with:colon.wbd", "dvd+rw", Some("/tmp/with:colon.wbd")),
        ] {
            let spec = Spec::parse(text).unwrap();
            assert_eq!((spec.medium.as_str(), spec.file.as_deref().and_then(|file| file.to_str())), (medium, file));
            assert!(!spec.null);
        }
        let null = Spec::parse("null:dvd+r").unwrap();
        assert_eq!((null.null, null.medium.as_str()), (true, "dvd+r"));
        assert_eq!(Spec::parse("null").unwrap().medium, "bd-re");
        for text in ["", "floppy", "cd-r:", "none:file", "null:floppy", ":file", "cd-r:recorded:"] {
            assert!(Spec::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn paces() {
        assert_eq!(parse_pace("real"), Some(Pace::Real { factor: 1.0 }));
        assert_eq!(parse_pace("10"), Some(Pace::Real { factor: 10.0 }));
        assert_eq!(parse_pace("instant"), Some(Pace::Instant));
        for text in ["", "0", "-1", "fast", "inf", "NaN"] {
            assert_eq!(parse_pace(text), None, "{text:?}");
        }
    }
}
