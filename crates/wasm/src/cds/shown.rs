//! A burn as the page shows it: all sessions as one, counted from the first address of the program. What lies before it,
//! the lead-in and the first pre-gap, and the lead-out of a raw burn are written too, and are nobody's minutes.

use serde::Serialize;
use webburn_drive::Media;
use webburn_imapi::plan::{Act, start_of_lead_in};
use webburn_imapi::verify_cd::{Compared, RawResult, TrackResult};
use webburn_imapi::{Arg, BurnPlan, Event};
use webburn_rawimage::layout::CdLayout;
use webburn_record::{Recorded, Recording};
use webburn_sector::Lba;

use crate::view::{EventView, IfStoppedView, MediumView, PlanView, ReportView, StepView};

/// A session of the disc.
#[derive(Clone, Copy)]
struct Part {
    /// Sectors that are written before address 0.
    hidden: u32,
    written: u32,
    compared: u32,
}

/// How far a burn has come, over all sessions.
pub struct Shown {
    parts: Vec<Part>,
    /// All of it raw, when the drive takes no cue sheet.
    raw: Part,
    writing: usize,
    /// How many sessions began to be compared.
    comparing: usize,
}

fn before_zero(start: Lba) -> u32 {
    start.0.min(0).unsigned_abs()
}

impl Shown {
    /// Of a burn by `plans`, one a session.
    pub fn of(plans: &[BurnPlan], layout: &CdLayout, raw: bool, media: &Media) -> Self {
        let all = before_zero(Lba(-layout.lead_out().0));
        let raw_part =
            Part { hidden: before_zero(start_of_lead_in(media).unwrap_or_default()), written: all, compared: all };
        let parts = plans.iter().zip(&layout.sessions).map(|(plan, session)| {
            let hidden = before_zero(plan.start);
            let compared = session.placed().map(|placed| placed.end.since(placed.start).0).sum();
            Part { hidden, written: plan.sectors.0.saturating_sub(hidden), compared }
        });
        let parts = if raw { vec![raw_part] } else { parts.collect() };
        Shown { parts, raw: raw_part, writing: 0, comparing: 0 }
    }

    fn total(&self) -> u32 {
        self.parts.iter().map(|part| part.written).sum()
    }

    pub fn event(&mut self, event: &Event) -> Option<EventView> {
        if let Event::Note { code, args } = event {
            match (*code, args.first()) {
                ("session-begins", Some(("number", Arg::Whole(number)))) => {
                    self.writing = usize::try_from(*number).unwrap_or(1).saturating_sub(1);
                }
                ("verify-started", _) => self.comparing += 1,
                ("raw-instead", _) => (self.parts, self.writing) = (vec![self.raw], 0),
                _ => {}
            }
        }
        let mut view = EventView::of(event)?;
        if let EventView::Progress { phase, sectors_done, sectors_total, fraction, .. } = &mut view {
            let several = self.parts.len() > 1;
            let (done, total) = match *phase {
                "write" => {
                    let part = self.parts.get(self.writing)?;
                    let before: u32 = self.parts[..self.writing].iter().map(|part| part.written).sum();
                    (before + sectors_done.saturating_sub(part.hidden).min(part.written), self.total())
                }
                "verify" if several => {
                    let before = self.parts.iter().take(self.comparing.saturating_sub(1)).map(|part| part.compared);
                    (before.sum::<u32>() + *sectors_done, self.parts.iter().map(|part| part.compared).sum())
                }
                _ => return Some(view),
            };
            (*sectors_done, *sectors_total) = (done, total);
            if several {
                *fraction = Some(f64::from(done) / f64::from(total.max(1)));
            }
        }
        Some(view)
    }

    pub fn end(&self, recorded: &Recorded, medium: MediumView) -> Option<EndView> {
        let report = ReportView::of(&recorded.together()?.burn, medium);
        let parts = recorded.sessions.iter().zip(&self.parts);
        let sectors = parts.map(|(session, part)| session.burn.sectors.0.saturating_sub(part.hidden).min(part.written));
        let report = ReportView { start_address: report.start_address.max(0), sectors: sectors.sum(), ..report };
        let sessions = (1..).zip(&recorded.sessions);
        let tracks = sessions
            .clone()
            .flat_map(|(number, session)| session.tracks.iter().map(move |track| TrackView::of(number, track)));
        Some(EndView {
            report,
            tracks: tracks.collect(),
            sessions: sessions.map(|(_, session)| session.burn.outcome.code()).collect(),
            raw: recorded.raw.then(|| recorded.compared.as_ref().map(RawView::of)),
        })
    }
}

/// `BurnPlan` of the page.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CdPlanView {
    steps: Vec<CdStepView>,
    if_stopped: IfStoppedView,
    start_address: i32,
    sectors: u32,
    seconds: f64,
    closes: bool,
    cd: CdWayView,
}

/// `PlanStep` of the page.
#[derive(Serialize)]
struct CdStepView {
    #[serde(flatten)]
    step: StepView,
    /// None for what is done for all of several.
    session: Option<usize>,
}

/// `CdWay` of the page.
#[derive(Serialize)]
struct CdWayView {
    sessions: usize,
    end: i32,
    raw: bool,
    graphics: &'static str,
}

impl CdPlanView {
    pub fn of(plans: &[BurnPlan], layout: &CdLayout, recording: &Recording, media: &Media) -> Option<Self> {
        let first = PlanView::from(plans.first()?);
        let steps = (1..)
            .zip(plans)
            .flat_map(|(session, plan)| plan.steps.iter().map(move |step| (session, step)))
            .map(|(session, step)| {
                let of_all = plans.len() > 1 && matches!(step.act, Act::Reload | Act::Verify { .. });
                CdStepView { step: step.into(), session: (!of_all).then_some(session) }
            });
        let way = CdWayView {
            sessions: plans.len(),
            end: layout.lead_out().0,
            raw: recording.is_raw(),
            graphics: recording.graphics.code(),
        };
        Some(CdPlanView {
            steps: steps.collect(),
            if_stopped: first.if_stopped,
            start_address: first.start_address.max(0),
            sectors: Shown::of(plans, layout, recording.is_raw(), media).total(),
            seconds: plans.iter().map(BurnPlan::seconds).sum(),
            closes: plans.last().is_some_and(|plan| plan.closes),
            cd: way,
        })
    }
}

/// `BurnResult` of the page.
#[derive(Serialize)]
pub struct EndView {
    #[serde(flatten)]
    report: ReportView,
    tracks: Vec<TrackView>,
    /// The outcome of each.
    sessions: Vec<&'static str>,
    /// Of a raw burn what comparing found; `null` when nothing was compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<Option<RawView>>,
}

/// What comparing found: equal, different, unreadable, stopped.
#[derive(Serialize)]
struct PartView {
    compared: &'static str,
    first: Option<i32>,
    different: u32,
}

impl From<Compared> for PartView {
    fn from(compared: Compared) -> Self {
        let (first, different) = match compared {
            Compared::Different { first, sectors } => (Some(first.0), sectors),
            Compared::Unreadable { at } => (Some(at.0), 0),
            Compared::Equal | Compared::Stopped => (None, 0),
        };
        PartView { compared: compared.code(), first, different }
    }
}

/// A track, compared.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TrackView {
    session: usize,
    number: u8,
    audio: bool,
    #[serde(flatten)]
    part: PartView,
    offset: i32,
    uncorrected: u32,
    r_to_w: Option<PartView>,
}

impl TrackView {
    fn of(session: usize, track: &TrackResult) -> Self {
        let TrackResult { number, audio, offset, uncorrected, compared, rw, .. } = *track;
        TrackView { session, number, audio, part: compared.into(), offset, uncorrected, r_to_w: rw.map(Into::into) }
    }
}

/// A raw burn, compared.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RawView {
    sectors: u32,
    main: PartView,
    q: PartView,
    r_to_w: PartView,
    offset: i32,
    noise: u32,
    uncorrected: u32,
}

impl RawView {
    fn of(result: &RawResult) -> Self {
        let RawResult { sectors, offset, main, q, q_noise, rw, uncorrected } = *result;
        RawView {
            sectors: sectors.0,
            main: main.into(),
            q: q.into(),
            r_to_w: rw.into(),
            offset,
            noise: q_noise,
            uncorrected,
        }
    }
}
