//! Burning a CD from its first track on: by cue sheet, or raw.

mod describe;
mod write;

use std::sync::Arc;

use webburn_drive::Media;
use webburn_drive::media::DiscStatus;
use webburn_imapi::{BurnReport, DiscFormat2Erase, Error, Outcome, SpeedWish, StateQuery, progress};
use webburn_rawimage::{CdImage, ImageError};
use webburn_record::{Recording, Refusal, Wish};
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
        let mut image = image;
        let rw = match pollster::block_on(image.has_rw()) {
            Ok(rw) => rw,
            Err(error) => return self.fail(&Error::from_source(error), None),
        };
        let recording = match Recording::decide(&mut image, name, rw, &self.media, &self.record_wish()) {
            Ok(recording) => recording,
            Err(refusal) => return self.refuse(&refusal),
        };
        describe::tell(self.manner, name, &image, drive, self.media.kind.name());
        if let Some(said) = words::graphics(recording.graphics) {
            self.manner.line(said);
        }
        if self.needs_erasing() {
            self.manner.line(words::ERASES_FIRST);
            if let Err(end) = self.erase() {
                return end;
            }
        }
        write::burn(self, image, recording)
    }

    fn record_wish(&self) -> Wish {
        let CdWish { verify, raw, test_write, overburn, overwrite, .. } = *self.wish;
        Wish { verify, speed: self.speed(), raw, test_write, overburn, texts: true, erases: overwrite }
    }

    fn refuse(&self, refusal: &Refusal) -> End {
        if let Refusal::Image(error) = refusal {
            return refuse_image(self.manner, error);
        }
        self.manner.refuse(refusal.code(), &words::refusal(refusal))
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
