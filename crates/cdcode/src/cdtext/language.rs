//! The language of a block.

/// A language code of the European Broadcasting Union (Tech 3264, appendix 3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Language(pub u8);

/// Codes 00h to 2Bh.
const LOW: [&str; 0x2C] = [
    "unknown",
    "Albanian",
    "Breton",
    "Catalan",
    "Croatian",
    "Welsh",
    "Czech",
    "Danish",
    "German",
    "English",
    "Spanish",
    "Esperanto",
    "Estonian",
    "Basque",
    "Faroese",
    "French",
    "Frisian",
    "Irish",
    "Gaelic",
    "Galician",
    "Icelandic",
    "Italian",
    "Lappish",
    "Latin",
    "Latvian",
    "Luxembourgian",
    "Lithuanian",
    "Hungarian",
    "Maltese",
    "Dutch",
    "Norwegian",
    "Occitan",
    "Polish",
    "Portuguese",
    "Romanian",
    "Romansh",
    "Serbian",
    "Slovak",
    "Slovenian",
    "Finnish",
    "Swedish",
    "Turkish",
    "Flemish",
    "Wallon",
];

/// Codes 45h to 7Fh.
const HIGH: [&str; 0x3B] = [
    "Zulu",
    "Vietnamese",
    "Uzbek",
    "Urdu",
    "Ukrainian",
    "Thai",
    "Telugu",
    "Tatar",
    "Tamil",
    "Tadzhik",
    "Swahili",
    "Sranan Tongo",
    "Somali",
    "Sinhalese",
    "Shona",
    "Serbo-Croat",
    "Ruthenian",
    "Russian",
    "Quechua",
    "Pushtu",
    "Punjabi",
    "Persian",
    "Papamiento",
    "Oriya",
    "Nepali",
    "Ndebele",
    "Marathi",
    "Moldavian",
    "Malaysian",
    "Malagasay",
    "Macedonian",
    "Laotian",
    "Korean",
    "Khmer",
    "Kazakh",
    "Kannada",
    "Japanese",
    "Indonesian",
    "Hindi",
    "Hebrew",
    "Hausa",
    "Gurani",
    "Gujurati",
    "Greek",
    "Georgian",
    "Fulani",
    "Dari",
    "Churash",
    "Chinese",
    "Burmese",
    "Bulgarian",
    "Bengali",
    "Bielorussian",
    "Bambora",
    "Azerbaijani",
    "Assamese",
    "Armenian",
    "Arabic",
    "Amharic",
];

impl Language {
    /// 09h.
    pub const ENGLISH: Language = Language(0x09);
    /// 69h.
    pub const JAPANESE: Language = Language(0x69);

    /// Its English name; `None` for codes without a meaning.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        let code = usize::from(self.0);
        LOW.get(code).or_else(|| HIGH.get(code.checked_sub(0x45)?)).copied()
    }

    /// The language of that English name, in any case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        (0..0x80).map(Language).find(|language| language.name().is_some_and(|own| own.eq_ignore_ascii_case(name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_at_their_codes() {
        for (code, name) in [
            (0x00, "unknown"),
            (0x08, "German"),
            (0x09, "English"),
            (0x2B, "Wallon"),
            (0x45, "Zulu"),
            (0x69, "Japanese"),
        ] {
            assert_eq!(Language(code).name(), Some(name));
            assert_eq!(Language::from_name(name), Some(Language(code)));
        }
        assert_eq!(Language(0x7F).name(), Some("Amharic"));
        assert_eq!(Language(0x2C).name(), None);
        assert_eq!(Language(0x44).name(), None);
        assert_eq!(Language(0x80).name(), None);
    }
}
