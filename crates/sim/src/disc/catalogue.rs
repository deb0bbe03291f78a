//! Every disc that can be laid into a simulated drive, as a list to choose from.

use super::{Access, Format, MediumKind, blank_state};
use crate::timing::Family;

/// One disc of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What [`Disc::from_id`](super::Disc::from_id) reads; `none` for no disc.
    pub id: String,
    /// For people: `CD-R, blank`.
    pub label: String,
}

/// The conditions that a disc may be laid in with, behind the colon of its id, and what they are called.
const CONDITIONS: [(&str, &str); 6] = [
    ("recorded", "with data"),
    ("appendable", "with one session"),
    ("damaged", "after a power failure"),
    ("protected", "write-protected"),
    ("format-running", "being formatted"),
    ("format-stopped", "formatting stopped"),
];

/// Every disc, an empty drive first: new ones, then recorded ones, then those in a particular state; in each part CDs come
/// first and HD DVDs last.
#[must_use]
pub fn catalogue() -> Vec<Listed> {
    let mut kinds = MediumKind::ALL;
    kinds.sort_by_key(|kind| (rank(*kind), kind.name()));
    let mut all = vec![Listed { id: "none".to_owned(), label: "No disc".to_owned() }];
    for kind in kinds.into_iter().filter(|kind| kind.spec().access != Access::Rom) {
        // Some come formatted from the factory, others were formatted for good by somebody else.
        let unwritten = matches!(blank_state(kind).format, Format::Sequential | Format::Unformatted);
        let word = if unwritten { "blank" } else { "formatted" };
        all.push(Listed { id: kind.id().to_owned(), label: format!("{}, {word}", kind.name()) });
    }
    for (condition, word) in CONDITIONS {
        for kind in kinds.into_iter().filter(|kind| comes(*kind, condition)) {
            all.push(Listed { id: format!("{}:{condition}", kind.id()), label: format!("{}, {word}", kind.name()) });
        }
    }
    all
}

fn rank(kind: MediumKind) -> u8 {
    match kind.spec().family {
        _ if kind.is_hd_dvd() => 3,
        Family::Cd => 0,
        Family::Dvd => 1,
        Family::Bd => 2,
    }
}

/// Discs that somebody may well meet in this condition; of the rarer conditions, one of each sort.
fn comes(kind: MediumKind, condition: &str) -> bool {
    use MediumKind as M;
    match condition {
        "recorded" => true,
        "appendable" => {
            let format = blank_state(kind).format;
            let sessions = matches!(format, Format::Sequential | Format::PseudoOverwrite | Format::RandomOnce);
            sessions
                && kind.spec().access != Access::Rom
                && !kind.is_hd_dvd()
                && !matches!(kind, M::DvdRDl | M::DvdRDlLj)
        }
        "damaged" => matches!(kind, M::CdR | M::CdRw | M::DvdR | M::DvdRw | M::DvdPlusR | M::BdR),
        "protected" => matches!(kind, M::DvdRam | M::DvdPlusRw | M::BdR | M::BdRe),
        _ => matches!(kind, M::DvdPlusRw | M::DvdPlusRwDl),
    }
}
