//! A burn as the page shows it: counted from the first address of the program. What lies before it, CD-Text in the lead-in
//! and the first pre-gap, is written too, and is nobody's minutes.

use webburn_imapi::{BurnPlan, BurnReport, Event};
use webburn_sector::Lba;

use crate::view::{EventView, MediumView, PlanView, ReportView};

/// Sectors that are written before address 0.
#[derive(Clone, Copy)]
pub struct Shown(u32);

impl Shown {
    /// Of a burn that begins at `start`.
    pub fn of(start: Lba) -> Self {
        Shown(start.0.min(0).unsigned_abs())
    }

    pub fn plan(self, plan: &BurnPlan) -> PlanView {
        let view = PlanView::from(plan);
        PlanView { start_address: view.start_address.max(0), sectors: view.sectors.saturating_sub(self.0), ..view }
    }

    pub fn report(self, report: &BurnReport, medium: MediumView) -> ReportView {
        let view = ReportView::of(report, medium);
        ReportView { start_address: view.start_address.max(0), sectors: view.sectors.saturating_sub(self.0), ..view }
    }

    pub fn event(self, event: &Event) -> Option<EventView> {
        let mut view = EventView::of(event)?;
        if let EventView::Progress { phase: "write", sectors_done, sectors_total, .. } = &mut view {
            *sectors_done = sectors_done.saturating_sub(self.0);
            *sectors_total = sectors_total.saturating_sub(self.0);
        }
        Some(view)
    }
}
