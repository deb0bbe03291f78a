//! CD-R and CD-RW beyond data tracks: audio tracks one by one, a session by cue sheet, a session raw.

use webburn_drive::Media;
use webburn_drive::media::{DiscStatus, Kind};
use webburn_mmc::{CueSheet, TextPack};
use webburn_sector::{Lba, SectorCount};

use super::{Act, BurnPlan, Finish, IfStopped, Range, Step, Wire, WriteParameters};
use crate::cd::{MAIN, SessionLayout, variants};
use crate::hresult::{E_IMAPI_DF2RAW_NOT_ENOUGH_SPACE, E_INVALIDARG, HResult};
use crate::options::SpeedWish;
use crate::state::{self, SHORTEST_CD_TRACK};
use crate::{Error, speed};

/// The lead-in of a first session begins before this; a drive that says otherwise speaks of something else (wodim).
const LEAD_IN_BEFORE: Lba = Lba(-4500);
/// Where the pre-gap of the first track begins.
const FIRST_PREGAP: Lba = Lba(-150);
/// Lead-out of a first session, in sectors (ECMA-130, 20.2: 90 seconds).
pub(crate) const FIRST_LEAD_OUT: SectorCount = SectorCount(6750);

/// How a CD is to be written, whatever is written on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CdOptions {
    /// The wished-for speed, `None` for the fastest.
    pub speed: Option<SpeedWish>,
    /// No protection against a buffer that runs empty.
    pub buffer_underrun_free_disabled: bool,
    /// Write with the laser off.
    pub test_write: bool,
    /// Another session may follow.
    pub keep_open: bool,
    /// Write beyond the end that the disc gives itself.
    pub overburn: bool,
    /// Disc type in the table of contents: 00h CD-DA or CD-ROM, 10h CD-I, 20h CD-ROM XA.
    pub session_format: u8,
}

/// Where the lead-in of a blank disc begins: READ DISC INFORMATION, else the ATIP; `None` where neither names a place
/// that is one (wodim).
#[must_use]
pub fn start_of_lead_in(media: &Media) -> Option<Lba> {
    [media.last_lead_in, media.atip_lead_in].into_iter().flatten().find(|lba| *lba < LEAD_IN_BEFORE)
}

/// The disc can be written on, as far as its kind goes.
pub(crate) fn is_recordable_cd(media: &Media) -> bool {
    matches!(media.kind, Kind::CdR | Kind::CdRw)
}

fn set_up(media: &Media, options: &CdOptions) -> (Vec<Step>, Option<u32>, HResult) {
    let (chosen, adjusted) = speed::choose(media, options.speed);
    let mut steps = Vec::new();
    if let Some(speed) = chosen {
        let times = speed::times(speed.write_kilobytes, media.kind.family());
        steps.push(Step::new(Act::SetSpeed { speed, times }));
    }
    (steps, chosen.map(|speed| speed.write_kilobytes), adjusted)
}

fn calibrate(media: &Media, steps: &mut Vec<Step>) {
    if !media.calibrated {
        steps.push(Step::lasting(Act::Calibrate, 8.0));
    }
}

fn seconds(kilobytes: Option<u32>, sectors: SectorCount) -> Option<f64> {
    kilobytes.filter(|k| *k > 0).map(|k| f64::from(sectors.0) * MAIN as f64 / (f64::from(k) * 1000.0))
}

fn write(ranges: Vec<Range>, kilobytes: Option<u32>, sector_size: usize) -> Step {
    let sectors: SectorCount = ranges.iter().map(Range::written).sum();
    let wire = Wire { sector_size, streaming: false };
    Step { act: Act::Write { ranges, kilobytes, wire }, seconds: seconds(kilobytes, sectors) }
}

/// A session that was not written to its end has no lead-out, and no command writes one: a CD-RW is blanked, a CD-R is
/// lost. Closing is tried all the same: some drives then finish what there is (cdrdao, observed behaviour).
fn torn(media: &Media, options: &CdOptions) -> IfStopped {
    if options.test_write {
        return IfStopped::as_before(vec![Act::Flush]);
    }
    let acts = vec![Act::Flush, Act::CloseSession];
    if media.kind.rewritable() { IfStopped::reusable(acts) } else { IfStopped::spent(acts) }
}

fn plan(media: &Media, steps: Vec<Step>, if_stopped: IfStopped, closes: bool, adjusted: HResult) -> BurnPlan {
    let mut plan = BurnPlan {
        media_type: state::physical_type(media.kind),
        kind: media.kind,
        steps,
        if_stopped,
        start: Lba::ZERO,
        sectors: SectorCount::ZERO,
        closes,
        adjusted,
        closing_first: 0,
        stays_locked: false,
    };
    let ranges = plan.ranges();
    plan.start = ranges.first().map_or(Lba::ZERO, |range| range.to);
    plan.sectors = ranges.iter().map(|range| range.sectors).sum();
    plan
}

/// The rest of a raw stream from `skip` on, written from `start` on in blocks of `block_type`. The stream has everything,
/// lead-in and lead-out included; the drive closes nothing.
pub(crate) fn plan_raw(
    media: &Media,
    (skip, start, sectors): (u64, Lba, SectorCount),
    block_type: u8,
    options: &CdOptions,
) -> BurnPlan {
    let underrun_free = media.abilities.underrun_free && !options.buffer_underrun_free_disabled;
    let (mut steps, kilobytes, adjusted) = set_up(media, options);
    steps.push(Step::new(Act::WriteParameters(WriteParameters::raw(block_type, underrun_free))));
    calibrate(media, &mut steps);
    let range = Range { from: skip, to: start, sectors, fill: SectorCount::ZERO };
    let block = if block_type == 1 { MAIN + 16 } else { MAIN + 96 };
    steps.push(write(vec![range], kilobytes, block));
    steps.push(Step::lasting(Act::Flush, 30.0));
    plan(media, steps, torn(media, options), true, adjusted)
}

/// One audio track of `sectors`, filled up with silence to four seconds. Its session stays open.
pub(crate) fn plan_audio_track(
    media: &Media,
    start: Lba,
    sectors: SectorCount,
    keep_open: bool,
    options: &CdOptions,
) -> BurnPlan {
    let underrun_free = media.abilities.underrun_free && !options.buffer_underrun_free_disabled;
    let (mut steps, kilobytes, adjusted) = set_up(media, options);
    let mut parameters = WriteParameters::audio_track(keep_open, underrun_free);
    parameters.test_write = options.test_write;
    steps.push(Step::new(Act::WriteParameters(parameters)));
    calibrate(media, &mut steps);
    let fill = sectors.max(SHORTEST_CD_TRACK) - sectors;
    steps.push(write(vec![Range { from: 0, to: start, sectors, fill }], kilobytes, MAIN));
    // Flushing ends the track; CLOSE TRACK is not sent (LG GH22LS30 fails it).
    steps.push(Step::lasting(Act::Flush, 10.0));
    let acts = vec![Act::FillUp(SHORTEST_CD_TRACK), Act::Flush];
    let if_stopped = if options.test_write {
        IfStopped::as_before(acts)
    } else if media.kind.rewritable() {
        IfStopped::reusable(acts)
    } else {
        IfStopped::appendable(acts)
    };
    plan(media, steps, if_stopped, false, adjusted)
}

/// Closes the session of audio tracks, and with it the disc unless it stays open.
pub(crate) fn plan_close(media: &Media, keep_open: bool, options: &CdOptions) -> BurnPlan {
    let underrun_free = media.abilities.underrun_free && !options.buffer_underrun_free_disabled;
    let parameters = WriteParameters::audio_track(keep_open, underrun_free);
    let close = if keep_open { Act::CloseSession } else { Act::CloseDisc(Finish::BySession) };
    let steps =
        vec![Step::lasting(Act::Flush, 10.0), Step::new(Act::WriteParameters(parameters)), Step::lasting(close, 60.0)];
    plan(media, steps, IfStopped::appendable(Vec::new()), !keep_open, crate::hresult::S_OK)
}

/// A session by cue sheet: the plan, the layout, and how many blocks of CD-Text come first.
///
/// # Errors
/// A sheet that no drive would take (`cue-sheet-invalid`, E_INVALIDARG, with line and reason), one longer than the disc
/// (`image-too-large`), CD-Text where no lead-in start is known.
pub(crate) fn plan_session(
    media: &Media,
    sheet: &CueSheet,
    packs: &[TextPack],
    options: &CdOptions,
) -> Result<(BurnPlan, SessionLayout, SectorCount), Error> {
    let invalid = |line: usize, what: &'static str| {
        Error::new("cue-sheet-invalid", E_INVALIDARG).with("line", line as u64).with("reason", what)
    };
    let layout = SessionLayout::read(sheet).map_err(|fault| invalid(fault.line, fault.what))?;
    let blank = media.status == DiscStatus::Blank;
    // A drive names where the program goes on, and its first pre-gap lies before that; under mode page 05h with session at
    // once it may name the pre-gap itself, as it does on a blank disc.
    let next = media.next_writable.filter(|_| !blank).unwrap_or(Lba::ZERO);
    let first = Lba(next.0 + FIRST_PREGAP.0);
    let named_itself = !blank && layout.first() == next;
    if layout.first() != first && !named_itself {
        return Err(invalid(1, "starts-elsewhere").with("start", first.0));
    }
    let longest = media.abilities.longest_cue_sheet;
    if longest.is_some_and(|most| sheet.lines.len() * 8 > most as usize) {
        return Err(invalid(sheet.lines.len(), "too-many-lines"));
    }
    let limit = media.last_lead_out.or(media.total.map(|total| Lba::ZERO + total));
    if let Some(limit) = limit.filter(|limit| !options.overburn && layout.lead_out > *limit) {
        return Err(too_long(layout.lead_out, limit));
    }
    let text_from = if packs.is_empty() || !blank { None } else { start_of_lead_in(media) };
    if !packs.is_empty() && text_from.is_none() {
        return Err(invalid(0, "no-room-for-text"));
    }
    let lead_in = text_from.map_or(SectorCount::ZERO, |start| FIRST_PREGAP.since(start));

    let underrun_free = media.abilities.underrun_free && !options.buffer_underrun_free_disabled;
    let (mut steps, kilobytes, adjusted) = set_up(media, options);
    let mut parameters = WriteParameters::session_at_once(options.keep_open, underrun_free);
    parameters.test_write = options.test_write;
    parameters.session_format = options.session_format;
    calibrate(media, &mut steps);
    steps.push(Step::new(Act::CueSheet { variants: variants(sheet, text_from), parameters }));
    let mut from = 0;
    let mut piece = |to, sectors: SectorCount| {
        let range = Range { from, to, sectors, fill: SectorCount::ZERO };
        from += u64::from(sectors.0);
        vec![range]
    };
    if let Some(start) = text_from {
        steps.push(write(piece(start, lead_in), kilobytes, 96));
    }
    for stretch in layout.stretches.iter().filter(|stretch| stretch.block > 0) {
        steps.push(write(piece(stretch.start, stretch.sectors), kilobytes, stretch.block));
    }
    // The drive writes the lead-out with it, and the lead-in behind the first session.
    steps.push(Step { act: Act::Flush, seconds: seconds(kilobytes, FIRST_LEAD_OUT).map(|s| s + 30.0) });
    let closes = !options.keep_open && !options.test_write;
    Ok((plan(media, steps, torn(media, options), closes, adjusted), layout, lead_in))
}

/// The session ends behind the end of the disc.
pub(crate) fn too_long(lead_out: Lba, limit: Lba) -> Error {
    Error::new("image-too-large", E_IMAPI_DF2RAW_NOT_ENOUGH_SPACE)
        .with("sectors", lead_out.since(Lba::ZERO).0)
        .with("free", limit.since(Lba::ZERO).0)
}

/// Speed and calibration, before anything is written: what `PrepareMedia` does. The tray stays locked.
pub(crate) fn plan_prepare(media: &Media, options: &CdOptions) -> BurnPlan {
    let (mut steps, _, adjusted) = set_up(media, options);
    calibrate(media, &mut steps);
    BurnPlan { stays_locked: true, ..plan(media, steps, IfStopped::as_before(Vec::new()), false, adjusted) }
}
