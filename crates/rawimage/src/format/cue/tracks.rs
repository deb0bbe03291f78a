//! The kinds of track.

use super::sheet::TrackKind;
use crate::layout::{MainForm, Stored, SubForm, TrackMode};

/// Kinds by name. Those with 2448 bytes, and the forms of mode 2 by their size alone, are not CDRWIN's, but in use.
const KINDS: [(&str, TrackMode, MainForm, SubForm); 16] = [
    ("AUDIO", TrackMode::Audio, MainForm::Whole, SubForm::None),
    ("CDG", TrackMode::Audio, MainForm::Whole, SubForm::Raw),
    ("MODE1/2048", TrackMode::Mode1, MainForm::Mode1, SubForm::None),
    ("MODE1/2352", TrackMode::Mode1, MainForm::Whole, SubForm::None),
    ("MODE1/2448", TrackMode::Mode1, MainForm::Whole, SubForm::Raw),
    ("MODE2/2048", TrackMode::Mode2, MainForm::Form1, SubForm::None),
    ("MODE2/2056", TrackMode::Mode2, MainForm::SubHeaderForm1, SubForm::None),
    ("MODE2/2324", TrackMode::Mode2, MainForm::Form2, SubForm::None),
    ("MODE2/2328", TrackMode::Mode2, MainForm::Form2Edc, SubForm::None),
    ("MODE2/2332", TrackMode::Mode2, MainForm::Mixed, SubForm::None),
    ("MODE2/2336", TrackMode::Mode2, MainForm::Body, SubForm::None),
    ("MODE2/2352", TrackMode::Mode2, MainForm::Whole, SubForm::None),
    ("MODE2/2448", TrackMode::Mode2, MainForm::Whole, SubForm::Raw),
    ("CDI/2336", TrackMode::Mode2, MainForm::Body, SubForm::None),
    ("CDI/2352", TrackMode::Mode2, MainForm::Whole, SubForm::None),
    ("CDI/2448", TrackMode::Mode2, MainForm::Whole, SubForm::Raw),
];

pub(super) fn kind(name: &str) -> Option<TrackKind> {
    let (own, mode, main, sub) = KINDS.into_iter().find(|(own, ..)| own.eq_ignore_ascii_case(name))?;
    Some(TrackKind { mode, stored: Stored { main, sub, big_endian: false, gap: 0 }, cd_i: own.starts_with("CDI") })
}
