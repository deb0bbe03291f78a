//! `BurnPlan`.

use serde::Serialize;
use webburn_imapi::BurnPlan;
use webburn_imapi::plan::{IfStopped, Step};

use super::ArgsView;

/// `BurnPlan`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // Each field is described in types.ts.
pub struct PlanView {
    pub steps: Vec<StepView>,
    pub if_stopped: IfStoppedView,
    pub start_address: i32,
    pub sectors: u32,
    pub seconds: f64,
    pub closes: bool,
}

/// `PlanStep`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)] // As above.
pub struct StepView {
    pub code: &'static str,
    pub args: ArgsView,
    pub seconds: Option<f64>,
}

/// `IfStopped`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)] // As above.
pub struct IfStoppedView {
    pub code: &'static str,
    pub args: ArgsView,
}

impl From<&BurnPlan> for PlanView {
    fn from(plan: &BurnPlan) -> Self {
        PlanView {
            steps: plan.steps.iter().map(Into::into).collect(),
            if_stopped: (&plan.if_stopped).into(),
            start_address: plan.start.0,
            sectors: plan.sectors.0,
            seconds: plan.seconds(),
            closes: plan.closes,
        }
    }
}

impl From<&Step> for StepView {
    fn from(step: &Step) -> Self {
        StepView { code: step.code(), args: (&step.args()).into(), seconds: step.seconds }
    }
}

impl From<&IfStopped> for IfStoppedView {
    fn from(if_stopped: &IfStopped) -> Self {
        IfStoppedView { code: if_stopped.code, args: (&if_stopped.args).into() }
    }
}
