//! `webburn burn`.

use std::path::Path;
use std::sync::Arc;

use webburn_drive::media::Recording;
use webburn_imapi::{
    BurnPlan, BurnReport, DiscFormat2Data, Error, HResult, Outcome, Sha256, SpeedWish, StateQuery, progress,
};

use webburn_imapi::enums::BurnVerificationLevel;

use super::DriveArgs;
use super::burn_cd::{self, CdWish};
use super::drive::{self, HostClock, Opened};
use super::exit::End;
use super::output::{Manner, complain};
use super::{json, watch};
use crate::cd::{self, Folder};
use crate::open::OpenDrive;
use crate::source::{FileSource, ImageError};
use crate::texts::{self, cd as words};
use webburn_rawimage::CdImage;
use webburn_rawimage::layout::{Content, MainForm};
use webburn_sector::SectorSource;

/// How the person wants it done.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    pub verify: bool,
    /// As printed on discs.
    pub speed: Option<f64>,
    pub close: bool,
    pub overwrite: bool,
    /// Only behind what is there.
    pub append: bool,
    /// Sector by sector, with the sub-channel: CDs alone.
    pub raw: bool,
    /// With the laser off: CDs alone.
    pub test_write: bool,
    /// Beyond the end that the disc gives itself: CDs alone.
    pub overburn: bool,
}

impl Wish {
    /// What only a CD written from its first track on knows.
    const fn of_cd(&self) -> bool {
        self.raw || self.test_write || self.overburn
    }
}

/// How the job ended, and the disc afterwards.
struct Ended {
    burnt: Result<BurnReport, Error>,
    now: Option<StateQuery>,
}

/// Burns the image and says how it went.
pub fn run(args: &DriveArgs, image: &Path, wish: &Wish) -> End {
    let manner = Manner::of(args.json);
    if wish.of_cd() || cd::is_cd_image(image) {
        match read_cd_image(manner, image, wish) {
            Ok(Some(read)) => {
                let Wish { verify, speed, overwrite, raw, test_write, overburn, .. } = *wish;
                let wish = CdWish { verify, speed, overwrite, raw, test_write, overburn };
                return burn_cd::run(args, &image.display().to_string(), read, &wish);
            }
            Ok(None) => {}
            Err(end) => return end,
        }
    }
    let mut source = match FileSource::open(image) {
        Ok(source) => source,
        Err(error) => {
            let sentence = match &error {
                ImageError::Missing(path) => texts::image_missing(path),
                ImageError::NotFile(path) => texts::image_not_file(path),
                ImageError::Io(path, error) => texts::image_unreadable(path, &error.to_string()),
            };
            return manner.refuse("image-unreadable", &sentence);
        }
    };
    let opened = match drive::open(args, manner) {
        Ok(opened) => opened,
        Err(end) => return end,
    };
    let simulated = opened.simulated.clone();
    manner.line(texts::looking(&args.drive));
    let (writer, recorder, plan, type_name) = match pollster::block_on(prepare(opened, wish, source.byte_length())) {
        Ok(prepared) => prepared,
        Err(Unready::Failed(error)) => {
            Opened::keep(simulated.as_ref(), manner);
            return watch::tell_failure(manner, &error, None);
        }
        Err(Unready::NoSessions(type_name)) => {
            Opened::keep(simulated.as_ref(), manner);
            return manner.refuse("append-no-sessions", &texts::append_no_sessions(&type_name));
        }
    };

    manner.line(texts::plan_heading(image, source.byte_length(), &args.drive, &type_name));
    tell_plan(manner, &plan);
    let (reporter, events) = progress::channel();
    let writer = Arc::new(writer);
    let job = Arc::clone(&writer);
    // Ctrl+C before the job has begun or after it has ended stops nothing: there is nothing to stop.
    let stop = move || drop(writer.cancel_write());
    let ended = watch::run(manner, watch::Kind::Burn, events, stop, async move {
        let burnt = job.burn(&mut source, &mut Sha256::default(), &reporter).await;
        // The true state of the disc, asked anew, whatever happened.
        let now = recorder.state_query().await.ok();
        Ended { burnt, now }
    });
    let kept = Opened::keep(simulated.as_ref(), manner);
    let Some(Ended { burnt, now }) = ended else {
        complain(&texts::failure("internal", &Vec::new()).unwrap_or_default());
        return End::Failed;
    };
    match burnt {
        Ok(report) if kept => tell_report(manner, &report, now.as_ref()),
        Ok(_) => End::Failed,
        Err(error) => watch::tell_failure(manner, &error, now.as_ref()),
    }
}

/// Reads the image of a CD; `None` for plain sectors of 2048 bytes that go the usual way.
fn read_cd_image(manner: Manner, image: &Path, wish: &Wish) -> Result<Option<CdImage>, End> {
    let (mut folder, name) = Folder::of(image);
    let read = pollster::block_on(webburn_rawimage::format::open(&name, &mut folder));
    let read = read.map_err(|error| burn_cd::refuse_image(manner, &error))?;
    if !wish.of_cd() && image.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("bin")) && plain(&read)
    {
        return Ok(None);
    }
    if wish.append {
        return Err(manner.refuse("append-no-sessions", words::NO_APPEND));
    }
    Ok(Some(read))
}

/// One track of 2048 bytes a sector: an image that any disc can hold.
fn plain(image: &CdImage) -> bool {
    let mut tracks = image.layout.placed();
    let (Some(only), None) = (tracks.next(), tracks.next()) else { return false };
    only.track.pieces.iter().all(|piece| match &piece.content {
        Content::Blocks { stored, .. } => stored.main == MainForm::Mode1,
        _ => piece.sectors <= only.track.pregap,
    })
}

/// Why a burn was not planned.
enum Unready {
    Failed(Error),
    /// The disc is overwritten in place and has no sessions: a name for it.
    NoSessions(String),
}

impl From<Error> for Unready {
    fn from(error: Error) -> Self {
        Unready::Failed(error)
    }
}

type Writer = DiscFormat2Data<OpenDrive, HostClock>;

async fn prepare(
    opened: Opened,
    wish: &Wish,
    bytes: u64,
) -> Result<(Writer, drive::Recorder, BurnPlan, String), Unready> {
    let recorder = watch::recorder(opened).await?;
    let media = recorder.media().await?;
    if wish.append && media.kind.recording() == Recording::Overwritable {
        return Err(Unready::NoSessions(media.kind.name().to_owned()));
    }
    let writer = DiscFormat2Data::new();
    writer.set_recorder(Some(recorder.clone()))?;
    writer.set_client_name("webburn")?;
    writer.set_disable_consumer_dvd_compatibility_mode(true)?;
    writer.set_force_media_to_be_closed(wish.close)?;
    writer.set_force_overwrite(wish.overwrite)?;
    let level = if wish.verify { BurnVerificationLevel::Full } else { BurnVerificationLevel::None };
    writer.set_burn_verification_level(level)?;
    writer
        .set_write_speed(wish.speed.map(|times| SpeedWish {
            sectors_per_second: (times * media.kind.family().sectors_per_second()).round() as u32,
            pure_cav: false,
        }))
        .await?;
    let plan = writer.plan(bytes).await?;
    Ok((writer, recorder, plan, media.kind.name().to_owned()))
}

/// Says what will be done.
pub fn tell_plan(manner: Manner, plan: &BurnPlan) {
    manner.value(&json::plan(plan));
    for step in &plan.steps {
        if let Some(text) = texts::step(step.code(), &step.args()) {
            manner.line(format!("  {text}"));
        }
    }
    if let Some(text) = texts::if_stopped(plan.if_stopped.code) {
        manner.line(text);
    }
}

fn tell_report(manner: Manner, report: &BurnReport, now: Option<&StateQuery>) -> End {
    manner.value(&json::result(report, now));
    let end = match report.outcome {
        Outcome::Verified => {
            manner.line(texts::VERIFIED);
            End::Done
        }
        Outcome::Written => {
            manner.line(texts::WRITTEN);
            End::Done
        }
        Outcome::Stopped => {
            complain(texts::STOPPED);
            End::Failed
        }
    };
    if report.hresult != HResult(0) {
        tracing::debug!("{}", report.hresult.name());
    }
    if end == End::Done {
        manner.line(texts::figures(report.sectors.0.into(), report.average_times, report.duration.as_secs_f64()));
        if let Some(digest) = report.sha256 {
            manner.line(texts::digest(&json::hex(&digest)));
        }
    }
    if let Some(now) = now {
        manner.line(texts::disc_now(now.status, now.free_sectors.0.into()));
    }
    end
}
