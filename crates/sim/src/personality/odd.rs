//! Drives that misbehave as some real ones do: each a text of what it does otherwise than the drive it is based on.

use toml::Table;

use super::{BUILT_IN, Personality, PersonalityError};

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
    parse(text).ok()
}

pub(super) fn read(text: &str) -> Result<Table, PersonalityError> {
    text.parse().map_err(|error: toml::de::Error| PersonalityError(error.to_string()))
}

/// Reads a description that names in `based_on` the drive it differs from.
fn parse(text: &str) -> Result<Personality, PersonalityError> {
    let mut own = read(text)?;
    let base = own.remove("based_on").and_then(|base| base.as_str().map(str::to_owned)).unwrap_or_default();
    let Some((_, base)) = BUILT_IN.iter().find(|(name, _)| *name == base) else {
        return Err(PersonalityError(format!("based on no drive there is: {base}")));
    };
    let mut whole = read(base)?;
    lay_over(&mut whole, own);
    Personality::of(whole)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_odd_drive_is_readable_and_bears_its_name() {
        for (id, text) in ODD {
            let drive = parse(text).unwrap_or_else(|error| panic!("{id}: {error}"));
            assert_eq!(drive.id, *id);
            assert_eq!(Personality::by_id(id).map(|drive| drive.id).as_deref(), Some(*id));
        }
        assert!(parse("id = \"x\"\nbased_on = \"toaster\"").is_err());
    }
}
