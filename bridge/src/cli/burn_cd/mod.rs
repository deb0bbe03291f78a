//! Burning a CD from its first track on: by cue sheet, or raw.

mod at_once;
mod describe;
mod raw;

use std::sync::Arc;

use webburn_drive::Media;
use webburn_drive::media::{Abilities, DiscStatus, Family};
use webburn_imapi::{BurnReport, DiscFormat2Erase, Error, Outcome, SpeedWish, StateQuery, progress};
use webburn_rawimage::layout::{Limits, check};
use webburn_rawimage::{CdImage, ImageError};
use webburn_sector::SectorCount;

use super::DriveArgs;
use super::drive::{self, Opened, Recorder};
use super::exit::End;
use super::output::{Manner, complain};
use super::{change, json, watch};
use crate::open::Simulated;
use crate::texts::{self, cd as words};

/// How the person wants it done.
#[derive(Clone, Copy, Debug, Default)]
pub struct CdWish {
    pub verify: bool,
    /// As printed on discs.
    pub speed: Option<f64>,
    /// Erase a CD-RW first.
    pub overwrite: bool,
    /// Main channel and sub-channel, sector by sector.
    pub raw: bool,
    /// With the laser off.
    pub test_write: bool,
    /// Beyond the end that the disc gives itself.
    pub overburn: bool,
}

/// A drive at work on a CD.
struct Job<'a> {
    manner: Manner,
    wish: &'a CdWish,
    recorder: Recorder,
    media: Arc<Media>,
    simulated: Option<Arc<Simulated>>,
}

/// How a disc is written, and what there is to say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// By cue sheet.
    AtOnce { rw: bool, said: Option<&'static str> },
    /// Main channel and sub-channel, sector by sector.
    Raw { said: Option<&'static str> },
}

/// By cue sheet or raw; R–W that the image holds are written where the drive can.
fn way(wish: &CdWish, rw: bool, able: &Abilities, sessions: usize) -> Way {
    let by_sheet_only = sessions > 1 || wish.test_write || wish.overburn;
    match rw {
        _ if wish.raw => Way::Raw { said: None },
        false => Way::AtOnce { rw: false, said: None },
        true if able.own_rw => Way::AtOnce { rw: true, said: Some(words::WITH_RW) },
        true if able.raw_recording && !by_sheet_only => Way::Raw { said: Some(words::RW_RAW) },
        true => Way::AtOnce { rw: false, said: Some(words::RW_LOST) },
    }
}

/// Says what is wrong with an image, and ends.
pub fn refuse_image(manner: Manner, error: &ImageError) -> End {
    manner.refuse(error.code.as_str(), &words::image_fault(&error.to_string()))
}

/// Burns `image`, which came from `name`, and says how it went.
pub fn run(args: &DriveArgs, name: &str, image: CdImage, wish: &CdWish) -> End {
    let manner = Manner::of(args.json);
    let opened = match drive::open(args, manner) {
        Ok(opened) => opened,
        Err(end) => return end,
    };
    let simulated = opened.simulated.clone();
    manner.line(texts::looking(&args.drive));
    let looked = pollster::block_on(async {
        let recorder = watch::recorder(opened).await?;
        let media = recorder.media().await?;
        Ok((recorder, media))
    });
    let (recorder, media) = match looked {
        Ok(looked) => looked,
        Err(error) => {
            Opened::keep(simulated.as_ref(), manner);
            return watch::tell_failure(manner, &error, None);
        }
    };
    let mut job = Job { manner, wish, recorder, media, simulated };
    let end = job.all(&args.drive, name, image);
    if Opened::keep(job.simulated.as_ref(), manner) || end != End::Done { end } else { End::Failed }
}

impl Job<'_> {
    fn all(&mut self, drive: &str, name: &str, image: CdImage) -> End {
        if let Err(end) = self.suits(&image) {
            return end;
        }
        // Raw writing takes the short tracks of discs of old; a cue sheet does not.
        if !self.wish.raw
            && let Err(error) = check(&image.layout, Limits::ADDRESSABLE, name)
        {
            return refuse_image(self.manner, &error);
        }
        let mut image = image;
        let way = match pollster::block_on(image.has_rw()) {
            Ok(rw) => way(self.wish, rw, &self.media.abilities, image.layout.sessions.len()),
            Err(error) => return self.fail(&Error::from_source(error), None),
        };
        let sheets = match way {
            Way::Raw { .. } => None,
            Way::AtOnce { rw, .. } => match at_once::sheets(&image, rw, self.manner) {
                Ok(sheets) => Some(sheets),
                Err(end) => return end,
            },
        };
        describe::tell(self.manner, name, &image, drive, self.media.kind.name());
        if let Way::Raw { said: Some(said) } | Way::AtOnce { said: Some(said), .. } = way {
            self.manner.line(said);
        }
        if self.needs_erasing() {
            self.manner.line(words::ERASES_FIRST);
            if let Err(end) = self.erase() {
                return end;
            }
        }
        match sheets {
            Some(sheets) => at_once::burn(self, image, sheets),
            None => raw::burn(self, image),
        }
    }

    /// The disc is one that this can be written on, as far as it can be said before the engine is asked.
    fn suits(&self, image: &CdImage) -> Result<(), End> {
        let media = &self.media;
        if media.kind.present() && media.kind.family() != Family::Cd {
            return Err(self.manner.refuse("disc-unsupported", &words::needs_cd(media.kind.name())));
        }
        if image.layout.sessions.len() > 1 && self.wish.raw {
            let sentence = words::sessions_not_raw(image.layout.sessions.len());
            return Err(self.manner.refuse("image-not-supported", &sentence));
        }
        // What else is wrong with the disc (closed, read-only, protected) the writers say.
        if media.kind.rewritable() && media.status != DiscStatus::Blank && !self.wish.overwrite {
            return Err(self.manner.refuse("disc-erase-required", words::NEEDS_ERASING));
        }
        if !media.kind.rewritable() && media.status == DiscStatus::Appendable {
            return Err(self.manner.refuse("disc-not-blank", words::NEEDS_BLANK));
        }
        Ok(())
    }

    fn needs_erasing(&self) -> bool {
        self.media.kind.rewritable() && self.media.status != DiscStatus::Blank && self.wish.overwrite
    }

    fn erase(&mut self) -> Result<(), End> {
        let eraser = Arc::new(DiscFormat2Erase::new());
        let recorder = eraser.set_recorder(Some(self.recorder.clone()));
        let ready = recorder.and_then(|()| eraser.set_client_name(change::CLIENT));
        ready.map_err(|error| self.fail(&error, None))?;
        let (reporter, events) = progress::channel();
        let (work, stop) = (Arc::clone(&eraser), move || eraser.cancel_erase());
        let erased = watch::run(self.manner, watch::Kind::Burn, events, stop, async move {
            let erased = work.erase_media(&reporter).await;
            drop(reporter);
            erased
        });
        match erased {
            Some(Ok(media)) => {
                self.media = media;
                Ok(())
            }
            Some(Err(error)) => Err(self.fail(&error, None)),
            None => Err(self.lost()),
        }
    }

    fn speed(&self) -> Option<SpeedWish> {
        let per_second = self.media.kind.family().sectors_per_second();
        let speed = self.wish.speed?;
        Some(SpeedWish { sectors_per_second: (speed * per_second).round() as u32, pure_cav: false })
    }

    fn fail(&self, error: &Error, now: Option<&StateQuery>) -> End {
        watch::tell_failure(self.manner, error, now)
    }

    /// The job's thread ended without a result.
    fn lost(&self) -> End {
        complain(&texts::failure("internal", &Vec::new()).unwrap_or_default());
        End::Failed
    }

    /// Says how a burn of `length` ended; `equal` is whether what was read back is what was sent.
    fn finish(
        &self,
        (report, length): (&BurnReport, SectorCount),
        mut value: serde_json::Value,
        equal: bool,
        now: Option<&StateQuery>,
    ) -> End {
        let manner = self.manner;
        if !equal {
            value["outcome"] = "different".into();
        } else if self.wish.test_write && report.outcome == Outcome::Written {
            value["outcome"] = "tested".into();
        }
        manner.value(&value);
        let end = match report.outcome {
            Outcome::Stopped => {
                complain(texts::STOPPED);
                End::Failed
            }
            _ if !equal => {
                complain(words::DIFFERENT);
                End::Failed
            }
            Outcome::Verified => {
                manner.line(texts::VERIFIED);
                End::Done
            }
            Outcome::Written => {
                manner.line(if self.wish.test_write { words::TESTED } else { texts::WRITTEN });
                End::Done
            }
        };
        if end == End::Done {
            let figures = words::figures(length.0.into(), report.average_times, report.duration.as_secs_f64());
            manner.line(figures);
        }
        if let Some(now) = now {
            manner.line(texts::disc_now(now.status, now.free_sectors.0.into()));
        }
        end
    }
}

/// The plan of a CD, in its own words where it has some.
fn tell_plan(manner: Manner, plan: &webburn_imapi::BurnPlan) {
    manner.value(&json::plan(plan));
    for step in &plan.steps {
        let (code, args) = (step.code(), step.args());
        if let Some(text) = words::step(code, &args).or_else(|| texts::step(code, &args)) {
            manner.line(format!("  {text}"));
        }
    }
    if let Some(text) = texts::if_stopped(plan.if_stopped.code) {
        manner.line(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn graphics_go_the_way_that_the_drive_has() {
        let all = Abilities { own_rw: true, raw_recording: true, ..Abilities::default() };
        let raw = Abilities { own_rw: false, ..all.clone() };
        let (wish, test) = (CdWish::default(), CdWish { test_write: true, ..CdWish::default() });
        let lost = Way::AtOnce { rw: false, said: Some(words::RW_LOST) };
        assert_eq!(way(&wish, false, &all, 1), Way::AtOnce { rw: false, said: None });
        assert_eq!(way(&wish, true, &all, 2), Way::AtOnce { rw: true, said: Some(words::WITH_RW) });
        assert_eq!(way(&wish, true, &raw, 1), Way::Raw { said: Some(words::RW_RAW) });
        assert_eq!(way(&wish, true, &raw, 2), lost);
        assert_eq!(way(&test, true, &raw, 1), lost);
        assert_eq!(way(&wish, true, &Abilities::default(), 1), lost);
        assert_eq!(way(&CdWish { raw: true, ..wish }, true, &all, 1), Way::Raw { said: None });
    }
}
