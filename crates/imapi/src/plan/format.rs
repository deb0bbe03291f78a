//! Planning a format: what a disc that can be formatted is to become. Beyond IMAPI2, which formats only in passing. Pure.

use webburn_drive::Media;
use webburn_drive::media::{BackgroundFormat, FormatOffer, Kind, Recording};
use webburn_sector::{Lba, SectorCount};

use super::{Act, BurnPlan, IfStopped, Step};
use crate::hresult::{
    E_IMAPI_ERASE_MEDIA_IS_NOT_SUPPORTED, E_IMAPI_ERASE_RECORDER_NOT_SUPPORTED, E_IMAPI_RECORDER_MEDIA_NO_MEDIA,
    E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED, E_INVALIDARG, E_NOTIMPL, S_OK,
};
use crate::{Error, speed, state};

/// What a disc is formatted for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FormatGoal {
    /// What is usual for the medium: restricted overwrite on DVD-RW, background on DVD+RW, spare areas on BD.
    #[default]
    Usual,
    /// DVD-RW: tracks and sessions. Done by BLANK.
    Sequential,
    /// DVD-RW: overwriting in whole ECC blocks.
    Restricted,
    /// DVD+RW: begun anew, going on while data is written.
    Background,
    /// DVD+RW: a background format that was stopped is taken up again.
    Resume,
    /// DVD+RW: a background format is stopped, and a lead-out written so that readers know the disc.
    Stop,
    /// BD-R: tracks and sessions, with spare areas (SRM).
    SpareAreas,
    /// BD-R: the same, and what is written can be replaced (SRM+POW).
    PseudoOverwrite,
    /// BD-R: clusters in any order, each once (RRM).
    RandomRecording,
}

impl FormatGoal {
    /// Every goal with its word on a command line.
    pub const ALL: [(&'static str, FormatGoal); 9] = [
        ("usual", FormatGoal::Usual),
        ("sequential", FormatGoal::Sequential),
        ("restricted", FormatGoal::Restricted),
        ("background", FormatGoal::Background),
        ("resume", FormatGoal::Resume),
        ("stop", FormatGoal::Stop),
        ("spare", FormatGoal::SpareAreas),
        ("pow", FormatGoal::PseudoOverwrite),
        ("rrm", FormatGoal::RandomRecording),
    ];

    /// The goal of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == word).map(|(_, goal)| goal)
    }
}

/// How much of a BD or DVD-RAM is set aside for bad clusters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Spare {
    /// What the drive proposes.
    #[default]
    Usual,
    /// Nothing: BD-RE alone.
    None,
    /// The least that is on offer.
    Least,
    /// The most that is on offer.
    Most,
    /// So many sectors, in whole clusters of 32: BD alone.
    Sectors(SectorCount),
}

/// How a disc is to be formatted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct FormatOptions {
    /// What for.
    pub goal: FormatGoal,
    /// Spare areas.
    pub spare: Spare,
    /// All of the disc: every sector written (DVD-RW, DVD-RAM), tried (BD-RE), or waited for (DVD+RW).
    pub full: bool,
}

/// Until a quick format is done. *guess*
const QUICK_SECONDS: f64 = 60.0;

/// Plans the format of the disc of `media`.
///
/// # Errors
/// A refusal, with its HRESULT and stable code: `disc-not-formattable` for what this kind of disc cannot become,
/// `format-not-offered` for what this drive does not do with this disc, `format-spare-size`, `format-not-running`,
/// `format-not-stopped`.
pub fn plan_format(media: &Media, options: &FormatOptions) -> Result<BurnPlan, Error> {
    if !media.drive_writes {
        return Err(Error::new("drive-read-only", E_IMAPI_ERASE_RECORDER_NOT_SUPPORTED));
    }
    match media.kind {
        Kind::None => return Err(Error::new("no-disc", E_IMAPI_RECORDER_MEDIA_NO_MEDIA)),
        Kind::HdDvd(_) => return Err(Error::new("disc-no-writer", E_NOTIMPL).with("medium", media.kind.name())),
        _ => {}
    }
    let format = Format::of(media, options).ok_or_else(|| not_formattable(media))?;
    if media.protection.any() {
        return Err(Error::new("disc-write-protected", E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED));
    }
    let steps = format.steps()?;
    let rewritable = media.kind.rewritable();
    Ok(BurnPlan {
        media_type: state::physical_type(media.kind),
        kind: media.kind,
        steps,
        // Nothing of a format can be taken back; the drive finishes what it has begun.
        if_stopped: if rewritable { IfStopped::reusable(vec![]) } else { IfStopped::appendable(vec![]) },
        start: Lba::ZERO,
        sectors: SectorCount::ZERO,
        closes: false,
        adjusted: S_OK,
        closing_first: 0,
        stays_locked: false,
    })
}

fn not_formattable(media: &Media) -> Error {
    Error::new("disc-not-formattable", E_IMAPI_ERASE_MEDIA_IS_NOT_SUPPORTED).with("medium", media.kind.name())
}

fn not_offered() -> Error {
    Error::new("format-not-offered", E_IMAPI_ERASE_MEDIA_IS_NOT_SUPPORTED)
}

/// A goal that the kind of disc knows.
struct Format<'a> {
    media: &'a Media,
    options: &'a FormatOptions,
    goal: FormatGoal,
}

impl<'a> Format<'a> {
    fn of(media: &'a Media, options: &'a FormatOptions) -> Option<Self> {
        use FormatGoal as G;
        let known: &[G] = match media.kind {
            Kind::DvdRwRestricted | Kind::DvdRwSequential => &[G::Restricted, G::Sequential],
            Kind::DvdPlusRw | Kind::DvdPlusRwDl => &[G::Background, G::Resume, G::Stop],
            Kind::DvdRam | Kind::BdRe => &[G::SpareAreas],
            Kind::BdRSequential | Kind::BdRRandom => &[G::SpareAreas, G::PseudoOverwrite, G::RandomRecording],
            _ => return None,
        };
        let goal = if options.goal == G::Usual { known[0] } else { options.goal };
        known.contains(&goal).then_some(Format { media, options, goal })
    }

    fn steps(&self) -> Result<Vec<Step>, Error> {
        match (self.media.kind, self.goal) {
            (_, FormatGoal::Sequential) => {
                let seconds = if self.options.full { self.time_for(self.total()) } else { Some(QUICK_SECONDS) };
                Ok(vec![Step { act: Act::Blank { full: self.options.full }, seconds }])
            }
            (_, FormatGoal::Restricted) => self.restricted(),
            (_, FormatGoal::Background | FormatGoal::Resume | FormatGoal::Stop) => self.background(),
            (Kind::DvdRam, _) => self.dvd_ram(),
            (Kind::BdRe, _) => self.bd_re(),
            _ => self.bd_r(),
        }
    }

    fn total(&self) -> SectorCount {
        state::total_sectors(self.media).unwrap_or_default()
    }

    fn time_for(&self, sectors: SectorCount) -> Option<f64> {
        let (fastest, _) = speed::choose(self.media, None);
        let rate = f64::from(speed::sectors_per_second(fastest?.write_kilobytes, self.media.kind.family()));
        (rate > 0.0).then(|| f64::from(sectors.0) / rate)
    }

    fn offers(&self, kind: u8) -> impl Iterator<Item = FormatOffer> {
        self.media.offers.iter().filter(move |offer| offer.kind == kind).copied()
    }

    /// Quick: no size, and the disc is then written from its start (MMC-6, 6.5.4.2.12). Full: every block.
    fn restricted(&self) -> Result<Vec<Step>, Error> {
        if self.options.full {
            let offer = self.offers(0x10).chain(self.offers(0x00)).next().ok_or_else(not_offered)?;
            let act = Act::format(offer.kind, offer.sectors.0, 0x10);
            return Ok(vec![Step { act, seconds: self.time_for(offer.sectors) }]);
        }
        self.offers(0x15).next().ok_or_else(not_offered)?;
        Ok(vec![Step::lasting(Act::format(0x15, 0, 0x10), QUICK_SECONDS)])
    }

    fn background(&self) -> Result<Vec<Step>, Error> {
        let begun = Step::lasting(Act::format_background(self.goal == FormatGoal::Resume), 45.0);
        match (self.goal, self.media.background) {
            (FormatGoal::Stop, BackgroundFormat::Running) => return Ok(vec![Step::lasting(Act::StopFormat, 45.0)]),
            (FormatGoal::Stop, _) => return Err(Error::new("format-not-running", E_INVALIDARG)),
            (FormatGoal::Resume, BackgroundFormat::Stopped) | (FormatGoal::Background, _) => {}
            _ => return Err(Error::new("format-not-stopped", E_INVALIDARG)),
        }
        let mut steps = vec![begun];
        if self.options.full {
            steps.push(Step { act: Act::AwaitFormat, seconds: self.time_for(self.total()) });
        }
        Ok(steps)
    }

    /// The largest size on offer has no supplementary spare area, the smallest has one.
    fn dvd_ram(&self) -> Result<Vec<Step>, Error> {
        let size = |offer: &FormatOffer| offer.sectors;
        let offer = match self.options.spare {
            Spare::Usual => {
                let now = self.media.readable;
                self.offers(0x00).find(|offer| Some(offer.sectors) == now).or_else(|| self.offers(0x00).next())
            }
            Spare::None | Spare::Least => self.offers(0x00).max_by_key(size),
            Spare::Most => self.offers(0x00).min_by_key(size),
            Spare::Sectors(_) => return Err(not_offered()),
        };
        let offer = offer.ok_or_else(not_offered)?;
        let quick = !self.options.full;
        let act = Act::Format {
            kind: 0x00,
            subtype: 0,
            sectors: offer.sectors.0,
            parameter: offer.parameter,
            background: false,
            quick,
        };
        // Written and read back.
        let seconds =
            if quick { Some(QUICK_SECONDS) } else { self.time_for(offer.sectors).map(|seconds| seconds * 2.0) };
        Ok(vec![Step { act, seconds }])
    }

    /// Type 00h is the drive's own choice and quick; 30h has a size and can be certified; 31h has no spare areas
    /// (MMC-6, 6.5.4.2.16). LG GGW-H20L refuses 30h with quick certification, so that is never asked for.
    fn bd_re(&self) -> Result<Vec<Step>, Error> {
        let usual = self.offers(0x00).next();
        let full = self.options.full;
        if full && !(self.media.abilities.certifies && self.offers(0x30).next().is_some()) {
            return Err(not_offered());
        }
        let (kind, sectors, parameter) = match self.options.spare {
            Spare::None if full => return Err(not_offered()),
            Spare::None => {
                let offer = self.offers(0x31).next().ok_or_else(not_offered)?;
                (0x31, offer.sectors, offer.parameter)
            }
            Spare::Usual => {
                let offer = usual.or_else(|| self.offers(0x30).next()).ok_or_else(not_offered)?;
                // A certified format of the usual size bears the number of the sized one.
                let sized = self.offers(0x30).next().map_or(0, |sized| sized.parameter);
                if full { (0x30, offer.sectors, sized) } else { (offer.kind, offer.sectors, offer.parameter) }
            }
            _ => self.sized(0x30)?,
        };
        // Sub-type 2 of 30h: every cluster is tried.
        let subtype = if full { 2 } else { 0 };
        let act = Act::Format { kind, subtype, sectors: sectors.0, parameter, background: false, quick: false };
        let seconds = if full { self.time_for(sectors).map(|seconds| seconds * 2.0) } else { Some(QUICK_SECONDS) };
        Ok(vec![Step { act, seconds }])
    }

    /// A BD-R is formatted once, while it is blank; the sub-type is its recording mode for good.
    fn bd_r(&self) -> Result<Vec<Step>, Error> {
        let subtype = match self.goal {
            FormatGoal::PseudoOverwrite => 0,
            FormatGoal::RandomRecording if !self.media.abilities.random_recording => return Err(not_offered()),
            FormatGoal::RandomRecording => 2,
            _ => 1,
        };
        let (kind, sectors, parameter) = match self.options.spare {
            Spare::Usual => {
                let offer = self.offers(0x00).next().ok_or_else(not_offered)?;
                (0x00, offer.sectors, offer.parameter)
            }
            // Without spare areas it is as it comes, unformatted.
            Spare::None => return Err(not_offered()),
            _ => self.sized(0x32)?,
        };
        let act = Act::Format { kind, subtype, sectors: sectors.0, parameter, background: false, quick: false };
        Ok(vec![Step::lasting(act, QUICK_SECONDS)])
    }

    /// A size that was asked for, within what the drive offers for `kind`.
    fn sized(&self, kind: u8) -> Result<(u8, SectorCount, u32), Error> {
        let smallest = self.offers(kind).min_by_key(|offer| offer.sectors).ok_or_else(not_offered)?;
        let largest = self.offers(kind).max_by_key(|offer| offer.sectors).ok_or_else(not_offered)?;
        let offer = match self.options.spare {
            Spare::Most => smallest,
            Spare::Sectors(spare) => {
                let whole = raw_sectors(self.media);
                let blocks = whole - spare;
                let fits = (smallest.sectors..=largest.sectors).contains(&blocks);
                if !fits || spare.align_up(self.media.write_unit) != spare {
                    return Err(Error::new("format-spare-size", E_INVALIDARG)
                        .with("least", (whole - largest.sectors).0)
                        .with("most", (whole - smallest.sectors).0));
                }
                return Ok((kind, blocks, largest.parameter));
            }
            _ => largest,
        };
        Ok((kind, offer.sectors, offer.parameter))
    }
}

/// Sectors of a BD without any spare areas: the format without them where it is on offer, else by its layers.
fn raw_sectors(media: &Media) -> SectorCount {
    debug_assert!(media.kind.recording() != Recording::ReadOnly);
    let without = media.offers.iter().find(|offer| offer.kind == 0x31).map(|offer| offer.sectors);
    without.unwrap_or(SectorCount(match media.layers {
        0 | 1 => 12_219_392,
        2 => 24_438_784,
        3 => 48_878_592,
        _ => 62_500_864,
    }))
}
