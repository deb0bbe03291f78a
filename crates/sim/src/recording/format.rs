//! FORMAT UNIT and the capacities that a medium can be formatted to.

use webburn_scsi::Sense;

use super::{Change, Work};
use crate::disc::{Background, Disc, DiscState, Format, MediumKind, Session, Track, any_place, whole_disc};
use crate::sense;
use crate::surface::SurfaceError;
use crate::timing::Family;

/// Clusters that a BD-R with pseudo-overwrite can replace, *guess* at the size of its map.
pub(crate) const REPLACEMENTS: u32 = 65_536;

/// One line of READ FORMAT CAPACITIES: blocks, format type, type dependent parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Formatting {
    pub blocks: u32,
    pub kind: u8,
    pub parameter: u32,
}

const fn line(blocks: u32, kind: u8, parameter: u32) -> Formatting {
    Formatting { blocks, kind, parameter }
}

/// A FORMAT UNIT that will be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FormatPlan {
    /// What the disc becomes.
    pub format: Format,
    /// User sectors afterwards.
    pub blocks: u32,
    /// Sectors kept as spares.
    pub spare: u32,
    /// The format goes on in the background after its beginning (DVD+RW).
    pub background: bool,
    /// A stopped background format goes on.
    pub restart: bool,
}

/// Spare sectors of a Blu-ray disc formatted without further wishes.
pub(crate) const fn default_spare(kind: MediumKind) -> u32 {
    match kind {
        MediumKind::BdR | MediumKind::BdRe | MediumKind::BdRPow | MediumKind::BdRRrm => 12_219_392 - 11_826_176,
        MediumKind::BdRDl | MediumKind::BdReDl => 24_438_784 - 23_652_352,
        MediumKind::BdRTl | MediumKind::BdReTl => 48_878_592 - 47_305_728,
        MediumKind::BdRQl => 62_500_864 - 60_403_712,
        _ => 0,
    }
}

/// Blocks with the smallest and the largest spare areas.
fn bd_range(state: &DiscState) -> (u32, u32) {
    let full = state.kind.spec().blocks;
    let (least, most) = match state.kind.spec().layers {
        1 => (12_219_392 - 12_088_320, 12_219_392 - 11_564_032),
        2 => (24_438_784 - 24_307_712, (24_438_784 - 23_652_352) * 2),
        _ => (24_576, default_spare(state.kind) * 2),
    };
    (full - most, full - least)
}

/// The formattable capacities, without the current one.
pub(crate) fn capacities(state: &DiscState) -> Vec<Formatting> {
    let spec = state.kind.spec();
    let full = spec.blocks;
    let default = full - default_spare(state.kind);
    match state.kind {
        MediumKind::DvdPlusRw | MediumKind::DvdPlusRwDl => vec![line(full, 0x26, 0)],
        MediumKind::DvdRam => {
            let mut lines = vec![line(2_236_704, 0x00, 0x800), line(full, 0x00, 0x800)];
            // A supplementary spare area can be set aside on a disc that has none.
            if state.format == Format::Random && state.blocks == full {
                lines.push(line(2_236_704, 0x01, 0x800));
            }
            lines
        }
        MediumKind::DvdRw | MediumKind::DvdRwRo => {
            let mut lines = vec![line(full, 0x00, 0x800), line(full, 0x10, 0x10), line(full, 0x15, 0x10)];
            // Only a disc in this mode has a border to grow; zero says that it is whole.
            if matches!(state.format, Format::RestrictedOverwrite { .. }) {
                lines.push(line(full.saturating_sub(state.formatted_to.max(0) as u32), 0x13, 0x10));
            }
            lines
        }
        MediumKind::CdRw => vec![line(full / 32 * 32, 0x10, 0x20)],
        MediumKind::BdRe | MediumKind::BdReDl | MediumKind::BdReTl => {
            let (least, most) = bd_range(state);
            vec![line(default, 0x00, 0x800), line(most, 0x30, 0), line(least, 0x30, 0), line(full, 0x31, 0x800)]
        }
        MediumKind::BdR | MediumKind::BdRDl | MediumKind::BdRTl | MediumKind::BdRQl
            if state.is_blank() && !state.is_formatted_once() =>
        {
            let (least, most) = bd_range(state);
            vec![line(default, 0x00, 0), line(most, 0x32, 0), line(least, 0x32, 0)]
        }
        _ => Vec::new(),
    }
}

impl FormatPlan {
    /// Judges the descriptor of a FORMAT UNIT: `blocks`, format `kind`, sub-type and parameter; `quick` when the host
    /// gives a complete list of defects and wants no certification (DVD-RAM).
    ///
    /// # Errors
    /// Media that cannot be formatted so.
    pub(crate) fn judge(
        state: &DiscState,
        blocks: u32,
        kind: u8,
        subtype: u8,
        parameter: u32,
        quick: bool,
    ) -> Result<(Self, Work), Sense> {
        let offered = capacities(state);
        if offered.is_empty() {
            return Err(sense::CANNOT_FORMAT);
        }
        if kind != 0x01 && !offered.iter().any(|line| line.kind == kind) {
            return Err(sense::LIST_FIELD);
        }
        let spec = state.kind.spec();
        let full = spec.blocks;
        let sized = |blocks: u32| FormatPlan {
            format: Format::Random,
            blocks,
            spare: full - blocks,
            background: false,
            restart: false,
        };
        let restricted = |blocks: u32, intermediate: bool| FormatPlan {
            format: Format::RestrictedOverwrite { intermediate },
            ..sized(blocks)
        };
        // (plan, sectors that the laser passes, milliseconds besides)
        let (plan, sectors, ms) = match (spec.family, kind) {
            (Family::Dvd, 0x26) => {
                let restart = parameter & 1 != 0;
                if blocks != u32::MAX && blocks > full {
                    return Err(sense::LIST_FIELD);
                }
                let restart = restart && state.format == Format::Random;
                (FormatPlan { background: true, restart, ..sized(full) }, 16_384, 10_000)
            }
            // Only a disc that is in this mode has a last border to grow; what is written stays.
            (Family::Dvd, 0x13) => {
                let grows = state.format == (Format::RestrictedOverwrite { intermediate: false });
                if !grows || state.blocks >= full {
                    return Err(sense::LIST_FIELD);
                }
                (FormatPlan { restart: true, ..restricted(full, true) }, 4096, 4000)
            }
            (Family::Dvd, 0x15) => (restricted(full, true), 16_384, 8000),
            (Family::Dvd, 0x00 | 0x10) if state.kind != MediumKind::DvdRam => (restricted(full, false), full, 8000),
            (Family::Dvd, 0x00 | 0x01) => {
                if !offered.iter().any(|line| line.blocks == blocks) {
                    return Err(sense::LIST_FIELD);
                }
                (sized(blocks), if quick { 4096 } else { full }, 5000)
            }
            (Family::Bd, kind) => {
                let (least, most) = bd_range(state);
                let wanted = match kind {
                    0x00 if blocks == u32::MAX || blocks == 0 => full - default_spare(state.kind),
                    0x31 => full,
                    _ => blocks,
                };
                if kind != 0x31 && (!(least..=most).contains(&wanted) || !wanted.is_multiple_of(32)) {
                    return Err(sense::LIST_FIELD);
                }
                // Certification reads and writes the whole disc, in full (2) or in part (3).
                let certified = match subtype {
                    2 if kind == 0x30 => full * 2,
                    3 if kind == 0x30 => full / 16,
                    _ => 65_536,
                };
                let plan = if state.is_rewritable() {
                    sized(wanted)
                } else {
                    let format = match subtype {
                        0 => Format::PseudoOverwrite,
                        1 => Format::Sequential,
                        2 => Format::RandomOnce,
                        _ => return Err(sense::LIST_FIELD),
                    };
                    FormatPlan { format, ..sized(wanted) }
                };
                (plan, certified, 8000)
            }
            _ => return Err(sense::CANNOT_FORMAT),
        };
        Ok((plan, Work::new(Change::Format(plan), sectors, ms)))
    }
}

pub(super) fn apply(disc: &mut Disc, plan: &FormatPlan) -> Result<(), SurfaceError> {
    let is_new = !plan.restart;
    if is_new {
        disc.surface.erase_all()?;
    }
    let state = &mut disc.state;
    state.blocks = plan.blocks;
    state.spare_blocks = plan.spare;
    state.format = plan.format;
    state.finalized = false;
    state.quick_blanked = false;
    if is_new {
        state.spares_used = 0;
        state.disc_id = 0x5742_0003;
        state.sessions = vec![Session::open(1, 0)];
        state.tracks = vec![Track::empty(1, 1, 0)];
        state.formatted_to = match plan.format {
            Format::RestrictedOverwrite { intermediate: true } => 0,
            _ if plan.background => 0,
            _ => plan.blocks as i32,
        };
    }
    for track in &mut state.tracks {
        track.damaged = false;
    }
    if plan.background {
        state.background = Background::Running;
    }
    match plan.format {
        Format::Random | Format::RestrictedOverwrite { intermediate: false } => {
            whole_disc(&mut state.sessions[0], &mut state.tracks[0], plan.blocks);
        }
        Format::PseudoOverwrite => state.replacements_left = REPLACEMENTS,
        Format::RandomOnce => any_place(&mut state.sessions[0], &mut state.tracks[0], plan.blocks),
        _ => {}
    }
    Ok(())
}
