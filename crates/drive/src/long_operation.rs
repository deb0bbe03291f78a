//! Operations that outlast their command: begun with Immed, then polled.

use std::time::Duration;

use webburn_mmc::SynchronizeCache;
use webburn_scsi::{Command, MaybeSend, MaybeSync, ScsiTransport, Sense, spc::TestUnitReady};

use crate::quirk::Quirk;
use crate::talk::pause_before;
use crate::{Clock, CommandError, Doing, Drive, Error, patience};

/// How far a long operation has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LongProgress {
    /// 0 to 1, where the drive tells. Some drives stick at one value or go back.
    pub fraction: Option<f32>,
    /// Since it was begun.
    pub elapsed: Duration,
}

impl<T: ScsiTransport, C: Clock> Drive<T, C> {
    /// Begins an operation with `command` and waits until the drive is done with it, at most `budget`.
    ///
    /// `immediate` makes the command with Immed set or not: a drive that refuses Immed gets it without.
    ///
    /// # Errors
    /// The drive refused it, failed it, or took longer than `budget` (its last sense then).
    ///
    /// # Drop
    /// The drive goes on alone; it must be waited for before anything else is sent.
    pub async fn run_long<K: Command + MaybeSync + MaybeSend>(
        &mut self,
        doing: Doing,
        budget: Duration,
        immediate: impl Fn(bool) -> K + MaybeSend,
        progress: &mut (impl FnMut(LongProgress) + MaybeSend),
    ) -> Result<(), Error> {
        let began = self.clock().now();
        let first = immediate(true);
        match self.send_within(doing, &first, Some(budget)).await {
            Ok(_) => {}
            Err(error) if error.triple() == Some((5, 0x24, 0x00)) => {
                let second = immediate(false);
                self.send_within(doing, &second, Some(budget)).await.map(drop)?;
            }
            Err(error) => return Err(error),
        }
        self.wait_done(doing, began, budget, progress).await?;
        if self.quirks().has(Quirk::SaysReadyTooEarly) {
            // It returns when the drive is truly done; a drive that does not know it, or has nothing to flush, refuses it.
            match self.send_within(doing, &SynchronizeCache::all(false), Some(budget)).await {
                Err(error) if !matches!(error.triple(), Some((5, ..))) => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Waits until the drive is done with what was begun at `began`.
    ///
    /// # Errors
    /// As [`Drive::run_long`].
    pub async fn wait_done(
        &mut self,
        doing: Doing,
        began: Duration,
        budget: Duration,
        progress: &mut (impl FnMut(LongProgress) + MaybeSend),
    ) -> Result<(), Error> {
        let mut attentions = 0;
        loop {
            let sense = self.poll(doing).await?;
            let elapsed = self.clock().now().saturating_sub(began);
            let Some(sense) = sense else { return Ok(()) };
            let failed = |sense| Error {
                doing,
                at_lba: None,
                command: TestUnitReady::NAME,
                opcode: 0x00,
                cause: CommandError::CheckCondition(sense),
            };
            match sense.triple() {
                // Recovered, or nothing to say: done.
                (0 | 1, ..) => return Ok(()),
                (2, 0x04, 0x03) => return Err(failed(sense)),
                // As in waiting for readiness: an adapter that never says anything else, and has nothing to report.
                (2, 0x04, 0x00) if elapsed >= patience::CLUELESS => {
                    if self.pending_sense(doing).await?.is_some_and(|sense| sense.is_empty()) {
                        return Ok(());
                    }
                }
                (2, 0x04, _) => {}
                // Formatting and blanking end with a changed disc on some drives; a reset ends everything.
                (6, 0x29, _) => return Err(failed(sense)),
                (6, ..) if attentions < 8 => {
                    attentions += 1;
                    self.forget_media();
                    continue;
                }
                // LG GSA-4082B says "no disc" for a moment between load and spin-up (libburn).
                (2, 0x3A, _) if doing == Doing::Reloading && elapsed < Duration::from_secs(10) => {}
                _ => return Err(failed(sense)),
            }
            if elapsed >= budget {
                return Err(failed(sense));
            }
            let fraction = self.fraction(doing, &sense).await?;
            progress(LongProgress { fraction, elapsed });
            self.clock().sleep(pause_before(elapsed)).await;
        }
    }

    /// How far a format has come that goes on while the drive is ready (DVD+RW); `None` when the drive does not tell.
    ///
    /// # Errors
    /// The drive cannot be asked.
    pub async fn background_progress(&mut self) -> Result<Option<f32>, Error> {
        let pending = self.pending_sense(Doing::Formatting).await?;
        Ok(pending.and_then(|sense| sense.progress()).map(webburn_scsi::Progress::fraction))
    }

    /// Progress from the sense of TEST UNIT READY, or else from REQUEST SENSE: some drives tell it only there.
    async fn fraction(&mut self, doing: Doing, sense: &Sense) -> Result<Option<f32>, Error> {
        if let Some(progress) = sense.progress() {
            return Ok(Some(progress.fraction()));
        }
        let pending = self.pending_sense(doing).await?;
        Ok(pending.and_then(|sense| sense.progress()).map(webburn_scsi::Progress::fraction))
    }
}
