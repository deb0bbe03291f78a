//! `Change`, `ChangeOffer` and `ChangeResult`: what can be done to a disc beside burning it.

use serde::Serialize;
use webburn_drive::Media;
use webburn_imapi::plan::{Act, Step, plan_erase, plan_format};
use webburn_imapi::{FormatGoal, FormatOptions, Spare};
use webburn_sector::SectorCount;

use super::MediumView;

/// `Change`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[allow(missing_docs)] // Each field is described in types.ts.
pub enum ChangeView {
    Erase { full: bool },
    Format(FormatView),
}

/// A format: what for, with how much set aside for bad places, and how thoroughly.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)] // As above.
pub struct FormatView {
    pub goal: String,
    pub spare: SpareView,
    pub full: bool,
}

/// A word, or a number of sectors.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[allow(missing_docs)] // As above.
pub enum SpareView {
    Word(String),
    Sectors(u32),
}

/// `ChangeOffer`: a change that can be made, the sectors that the disc has afterwards where they are known, and the seconds
/// it takes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)] // As above.
pub struct OfferView {
    pub change: ChangeView,
    pub sectors: Option<u32>,
    pub seconds: Option<f64>,
}

/// `ChangeResult`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)] // As above.
pub struct ChangedView {
    pub outcome: &'static str,
    pub medium: MediumView,
}

const SPARES: [(&str, Spare); 4] =
    [("usual", Spare::Usual), ("none", Spare::None), ("least", Spare::Least), ("most", Spare::Most)];

/// A format of the size that a background format asks for has all of the disc.
const ALL_OF_IT: u32 = u32::MAX;

impl FormatView {
    /// For the engine; `None` for words that it does not know.
    #[must_use]
    pub fn options(&self) -> Option<FormatOptions> {
        let spare = match &self.spare {
            SpareView::Word(word) => SPARES.into_iter().find(|(known, _)| known == word)?.1,
            SpareView::Sectors(sectors) => Spare::Sectors(SectorCount(*sectors)),
        };
        Some(FormatOptions { goal: FormatGoal::parse(&self.goal)?, spare, full: self.full })
    }
}

/// Every change that the disc of `media` can be put to in this drive, each way of doing it once.
#[must_use]
pub fn offers(media: &Media) -> Vec<OfferView> {
    let mut offers = Vec::new();
    for full in [false, true] {
        // Nothing to do is nothing to offer.
        if let Ok(plan) = plan_erase(media, full)
            && !plan.steps.is_empty()
        {
            offers.push(offer(ChangeView::Erase { full }, &plan.steps));
        }
    }
    for (goal_word, goal) in FormatGoal::ALL.into_iter().filter(|(_, goal)| *goal != FormatGoal::Usual) {
        let mut known: Vec<Vec<Act>> = Vec::new();
        for (spare_word, spare) in SPARES {
            for full in [false, true] {
                let Ok(plan) = plan_format(media, &FormatOptions { goal, spare, full }) else { continue };
                let acts: Vec<Act> = plan.steps.iter().map(|step| step.act.clone()).collect();
                if known.contains(&acts) {
                    continue;
                }
                known.push(acts);
                let format = FormatView { goal: goal_word.into(), spare: SpareView::Word(spare_word.into()), full };
                offers.push(offer(ChangeView::Format(format), &plan.steps));
            }
        }
    }
    offers
}

fn offer(change: ChangeView, steps: &[Step]) -> OfferView {
    let sectors = steps.iter().find_map(|step| match step.act {
        Act::Format { sectors, .. } if sectors != 0 && sectors != ALL_OF_IT => Some(sectors),
        _ => None,
    });
    let known: Vec<f64> = steps.iter().filter_map(|step| step.seconds).collect();
    OfferView { change, sectors, seconds: if known.is_empty() { None } else { Some(known.iter().sum()) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use webburn_drive::media::{BackgroundFormat, FormatState, Kind};

    fn disc(kind: Kind) -> Media {
        Media { drive_writes: true, total: Some(SectorCount(2_295_104)), ..Media::of_kind(kind, 0) }
    }

    fn words(media: &Media) -> Vec<String> {
        let word = |offer: OfferView| match offer.change {
            ChangeView::Erase { full } => format!("erase{}", if full { " full" } else { "" }),
            ChangeView::Format(format) => format!("{}{}", format.goal, if format.full { " full" } else { "" }),
        };
        offers(media).into_iter().map(word).collect()
    }

    #[test]
    fn a_dvd_plus_rw_that_is_being_formatted_can_be_stopped_and_a_stopped_one_taken_up_again() {
        let mut media = disc(Kind::DvdPlusRw);
        media.format = FormatState::Formatted;
        media.background = BackgroundFormat::Running;
        assert_eq!(words(&media), ["erase", "erase full", "background", "background full", "stop"]);
        media.background = BackgroundFormat::Stopped;
        assert_eq!(words(&media), ["erase", "erase full", "background", "background full", "resume", "resume full"]);
    }

    #[test]
    fn nothing_is_offered_for_discs_that_are_written_once_or_only_read() {
        assert!(words(&disc(Kind::CdR)).is_empty());
        assert!(words(&disc(Kind::DvdRom)).is_empty());
        assert!(words(&Media { drive_writes: false, ..disc(Kind::DvdPlusRw) }).is_empty());
    }

    #[test]
    fn a_change_is_written_as_types_ts_says_and_its_words_are_known() {
        let json = |change: &ChangeView| serde_json::to_string(change).unwrap();
        assert_eq!(json(&ChangeView::Erase { full: true }), r#"{"kind":"erase","full":true}"#);
        let format = FormatView { goal: "pow".into(), spare: SpareView::Sectors(131_072), full: false };
        let spare = Spare::Sectors(SectorCount(131_072));
        assert_eq!(format.options(), Some(FormatOptions { goal: FormatGoal::PseudoOverwrite, spare, full: false }));
        let written = json(&ChangeView::Format(format.clone()));
        assert_eq!(written, r#"{"kind":"format","goal":"pow","spare":131072,"full":false}"#);
        assert_eq!(FormatView { goal: "fat32".into(), ..format.clone() }.options(), None);
        assert_eq!(FormatView { spare: SpareView::Word("much".into()), ..format }.options(), None);
    }
}
