//! Commands of SPC, one file each.

mod inquiry;
mod mode_select;
mod mode_sense;
mod prevent_allow;
mod request_sense;
mod test_unit_ready;

pub use inquiry::{Inquiry, InquiryData, InquiryVpd, VpdPage};
pub use mode_select::{ModeParameterList, ModeSelect10};
pub use mode_sense::{ModeReply, ModeSense10, PageControl};
pub use prevent_allow::PreventAllowMediumRemoval;
pub use request_sense::RequestSense;
pub use test_unit_ready::TestUnitReady;
