//! Drives that misbehave as some real ones do: each a text of what it does otherwise than the drive it is based on.

use toml::Table;

use super::Personality;
use super::texts::{BUILT_IN, PersonalityError};

macro_rules! odd {
    ($($id:literal),+ $(,)?) => {
        /// The odd drives.
        pub(super) const ODD: &[(&str, &str)] = &[$(($id, include_str!(concat!("odd/", $id, ".toml")))),+];
    };
}
odd!(
    "pioneer-bdr-205",
    "pioneer-dvr-216d",
    "pioneer-bdr-ud04",
    "lite-on-ltr-48125s",
    "lg-gsa-4082b",
    "lg-gca-4040n",
    "lg-gh22ls30",
    "lg-ggw-h20l",
    "lg-bh16ns40",
    "hp-dvd200i",
    "quick-blank",
    "own-speeds",
    "usb-bridge",
    "virtual-reader",
    "virtual-burner",
    "strict-lengths",
    "bcd-toc",
    "sizeless-track",
    "endless-track",
    "lead-out-session",
    "forgetful",
    "forgetful-slim",
    "cdemu",
);

/// An odd drive.
pub(super) fn by_id(id: &str) -> Option<Personality> {
    let (_, text) = ODD.iter().find(|(name, _)| *name == id)?;
    Personality::parse(text).ok()
}

fn read(text: &str) -> Result<Table, PersonalityError> {
    text.parse().map_err(|error: toml::de::Error| PersonalityError(error.to_string()))
}

/// A description with all that the drive has which it names in `based_on`.
pub(super) fn whole(text: &str) -> Result<Table, PersonalityError> {
    let mut own = read(text)?;
    let Some(base) = own.remove("based_on") else { return Ok(own) };
    let Some((_, base)) = BUILT_IN.iter().find(|(name, _)| base.as_str() == Some(name)) else {
        return Err(PersonalityError(format!("based on no drive there is: {base}")));
    };
    let mut whole = read(base)?;
    lay_over(&mut whole, own);
    Ok(whole)
}

/// What `own` says counts; what it does not say stays.
fn lay_over(whole: &mut Table, own: Table) {
    for (key, value) in own {
        match (whole.get_mut(&key), value) {
            (Some(toml::Value::Table(old)), toml::Value::Table(new)) => lay_over(old, new),
            (_, value) => drop(whole.insert(key, value)),
        }
    }
}
