//! What a job would do, told before it is begun.

use wasm_bindgen::JsValue;
use webburn_imapi::{BurnPlan, Error};

use super::failure::thrown;
use crate::handle::plain::to_js;
use crate::view::PlanView;

/// A `JobPlan`, or why there is none.
pub fn planned(plan: Result<BurnPlan, Error>) -> Result<JsValue, JsValue> {
    plan.map(|plan| to_js(&PlanView::from(&plan))).map_err(|error| thrown(&error))
}
