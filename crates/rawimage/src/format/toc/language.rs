//! Languages as TOC files write them: two letters, or the number.

use webburn_cdcode::cdtext::Language;

const CODES: [(&str, &str); 32] = [
    ("EN", "English"),
    ("DE", "German"),
    ("FR", "French"),
    ("ES", "Spanish"),
    ("IT", "Italian"),
    ("NL", "Dutch"),
    ("PT", "Portuguese"),
    ("SV", "Swedish"),
    ("DA", "Danish"),
    ("NO", "Norwegian"),
    ("FI", "Finnish"),
    ("PL", "Polish"),
    ("CS", "Czech"),
    ("SK", "Slovak"),
    ("SL", "Slovenian"),
    ("HR", "Croatian"),
    ("HU", "Hungarian"),
    ("RO", "Romanian"),
    ("RU", "Russian"),
    ("TR", "Turkish"),
    ("EL", "Greek"),
    ("IS", "Icelandic"),
    ("GA", "Irish"),
    ("CY", "Welsh"),
    ("LA", "Latin"),
    ("LV", "Latvian"),
    ("LT", "Lithuanian"),
    ("ET", "Estonian"),
    ("SQ", "Albanian"),
    ("CA", "Catalan"),
    ("JA", "Japanese"),
    ("KO", "Korean"),
];

pub(super) fn parse(text: &str) -> Option<Language> {
    if let Ok(code) = text.parse() {
        return Some(Language(code));
    }
    let (_, name) = CODES.into_iter().find(|(code, _)| code.eq_ignore_ascii_case(text))?;
    Language::from_name(name)
}

/// Two letters only for English: other readers know no more of them.
pub(super) fn format(language: Language) -> String {
    if language == Language::ENGLISH { "EN".into() } else { language.0.to_string() }
}
