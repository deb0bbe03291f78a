//! The plain data that crosses the border: the shapes of `web/src/api/types.ts`, filled from the object model.

mod change;
mod event;
mod failure;
mod medium;
mod plan;
mod report;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use webburn_imapi::{Arg, Args};

pub use change::{ChangeView, ChangedView, FormatView, OfferView, SpareView, offers};
pub use event::{EventView, FillView};
pub use failure::FailureView;
pub use medium::{MediumView, SessionView, SpeedView, StateFieldView, TrackView};
pub use plan::{IfStoppedView, PlanView, StepView};
pub use report::ReportView;

/// `Record<string, string | number | boolean>`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct ArgsView(BTreeMap<&'static str, ArgView>);

/// One figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum ArgView {
    Number(f64),
    Text(String),
    Flag(bool),
}

impl From<&Args> for ArgsView {
    fn from(args: &Args) -> Self {
        ArgsView(args.iter().map(|(name, arg)| (*name, arg.into())).collect())
    }
}

impl From<&Arg> for ArgView {
    fn from(arg: &Arg) -> Self {
        match arg {
            // Every whole figure of a burn is far below 2^53.
            Arg::Whole(value) => ArgView::Number(*value as f64),
            Arg::Number(value) => ArgView::Number(*value),
            Arg::Text(value) => ArgView::Text(value.clone()),
            Arg::Flag(value) => ArgView::Flag(*value),
        }
    }
}

/// `BurnOptions`.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct OptionsView {
    /// Read back and compare.
    pub verify: bool,
    /// Sectors a second, `None` for the fastest.
    pub speed: Option<f64>,
    /// Close the disc for good.
    pub close: bool,
    /// Overwrite a rewritable that holds data.
    pub overwrite: bool,
}
