//! The genre of a disc.

/// A genre code; 0 is "not used", 1 "not defined".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Genre(pub u16);

const NAMES: [&str; 0x1C] = [
    "Not Used",
    "Not Defined",
    "Adult Contemporary",
    "Alternative Rock",
    "Childrens Music",
    "Classical",
    "Contemporary Christian",
    "Country",
    "Dance",
    "Easy Listening",
    "Erotic",
    "Folk",
    "Gospel",
    "Hip Hop",
    "Jazz",
    "Latin",
    "Musical",
    "New Age",
    "Opera",
    "Operetta",
    "Pop Music",
    "Rap",
    "Reggae",
    "Rock Music",
    "Rhythm & Blues",
    "Sound Effects",
    "Spoken Word",
    "World Music",
];

impl Genre {
    /// Its English name; `None` for codes without a meaning.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        NAMES.get(usize::from(self.0)).copied()
    }

    /// The genre of that name, in any case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        NAMES.iter().zip(0..).find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, code)| Genre(code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_at_their_codes() {
        assert_eq!(Genre(0x0E).name(), Some("Jazz"));
        assert_eq!(Genre(0x1B).name(), Some("World Music"));
        assert_eq!(Genre::from_name("opera"), Some(Genre(0x12)));
        assert_eq!(Genre(0x1C).name(), None);
    }
}
