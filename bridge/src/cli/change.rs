//! What `webburn erase` and `webburn format` have in common: a plan is told, carried out, and the disc looked at again.

use std::future::Future;
use std::sync::Arc;

use webburn_drive::Media;
use webburn_imapi::{BurnPlan, DiscFormat2Erase, Error, MediaFormat, Reporter, StateQuery, progress};

use super::drive::{HostClock, Opened, Recorder};
use super::exit::End;
use super::output::{Manner, complain};
use super::{DriveArgs, burn, drive, json, watch};
use crate::open::OpenDrive;
use crate::texts;

/// The client name under which the drive is held.
pub const CLIENT: &str = "webburn";

/// A deed that changes a disc without writing an image.
pub trait Change: Send + Sync + 'static {
    /// What it is called in the result.
    const OUTCOME: &'static str;
    /// What is said when it is done.
    const DONE: &'static str;
    /// What is said when there is nothing to do.
    const NOTHING: &'static str;
    /// The heading of the plan.
    fn heading(medium: &str, drive: &str) -> String;
    /// Sets it up.
    ///
    /// # Errors
    /// What the object model refuses.
    fn on(&self, recorder: Recorder) -> Result<(), Error>;
    /// What would be done.
    fn plan(&self) -> impl Future<Output = Result<BurnPlan, Error>> + Send;
    /// Does it.
    fn run(&self, reporter: &Reporter) -> impl Future<Output = Result<Arc<Media>, Error>> + Send;
    /// Stops it where it can be stopped.
    fn stop(&self);
}

impl Change for DiscFormat2Erase<OpenDrive, HostClock> {
    const OUTCOME: &'static str = "erased";
    const DONE: &'static str = texts::ERASED;
    const NOTHING: &'static str = texts::NOTHING_TO_ERASE;

    fn heading(medium: &str, drive: &str) -> String {
        texts::erase_heading(medium, drive)
    }
    fn on(&self, recorder: Recorder) -> Result<(), Error> {
        self.set_recorder(Some(recorder))?;
        self.set_client_name(CLIENT)
    }
    async fn plan(&self) -> Result<BurnPlan, Error> {
        DiscFormat2Erase::plan(self).await
    }
    async fn run(&self, reporter: &Reporter) -> Result<Arc<Media>, Error> {
        self.erase_media(reporter).await
    }
    fn stop(&self) {
        self.cancel_erase();
    }
}

impl Change for MediaFormat<OpenDrive, HostClock> {
    const OUTCOME: &'static str = "formatted";
    const DONE: &'static str = texts::FORMATTED;
    const NOTHING: &'static str = texts::FORMATTED;

    fn heading(medium: &str, drive: &str) -> String {
        texts::format_heading(medium, drive)
    }
    fn on(&self, recorder: Recorder) -> Result<(), Error> {
        self.set_recorder(Some(recorder))?;
        self.set_client_name(CLIENT)
    }
    async fn plan(&self) -> Result<BurnPlan, Error> {
        MediaFormat::plan(self).await
    }
    async fn run(&self, reporter: &Reporter) -> Result<Arc<Media>, Error> {
        self.format(reporter).await
    }
    fn stop(&self) {
        self.cancel();
    }
}

/// Does it to the disc in the drive, and says how it went.
pub fn run<W: Change>(args: &DriveArgs, job: W) -> End {
    let manner = Manner::of(args.json);
    let opened = match drive::open(args, manner) {
        Ok(opened) => opened,
        Err(end) => return end,
    };
    let simulated = opened.simulated.clone();
    manner.line(texts::looking(&args.drive));
    let prepared = pollster::block_on(async {
        let recorder = watch::recorder(opened).await?;
        job.on(recorder.clone())?;
        let plan = job.plan().await?;
        Ok((recorder, plan))
    });
    let (recorder, plan) = match prepared {
        Ok(prepared) => prepared,
        Err(error) => {
            Opened::keep(simulated.as_ref(), manner);
            return watch::tell_failure(manner, &error, None);
        }
    };
    manner.line(W::heading(plan.kind.name(), &args.drive));
    burn::tell_plan(manner, &plan);
    let job = Arc::new(job);
    let (reporter, events) = progress::channel();
    let (worker, stopper) = (Arc::clone(&job), Arc::clone(&job));
    let ended = watch::run(manner, watch::Kind::Burn, events, move || stopper.stop(), async move {
        let result = worker.run(&reporter).await.map(drop);
        drop(reporter);
        // The true state of the disc, asked anew, whatever happened.
        (result, recorder.state_query().await.ok())
    });
    let kept = Opened::keep(simulated.as_ref(), manner);
    match ended {
        None => {
            complain(&texts::failure("internal", &Vec::new()).unwrap_or_default());
            End::Failed
        }
        Some((Err(error), now)) => watch::tell_failure(manner, &error, now.as_ref()),
        Some((Ok(()), _)) if !kept => End::Failed,
        Some((Ok(()), now)) => {
            let nothing = plan.steps.is_empty();
            manner.value(&json::changed(if nothing { "nothing" } else { W::OUTCOME }, now.as_ref()));
            manner.line(if nothing { W::NOTHING } else { W::DONE });
            tell_now(manner, now.as_ref());
            End::Done
        }
    }
}

fn tell_now(manner: Manner, now: Option<&StateQuery>) {
    if let Some(now) = now {
        manner.line(texts::disc_now(now.status, now.free_sectors.0.into()));
    }
}
