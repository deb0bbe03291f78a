//! Waiting until a drive can be asked about its disc.

use std::time::Duration;

use webburn_scsi::{Command, ScsiTransport, spc::TestUnitReady};

use crate::talk::pause_before;
use crate::{Clock, CommandError, Disposition, Doing, Drive, Error, Situation, disposition, patience};

/// What a drive is ready for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// A disc is in it and can be asked about.
    Ready,
    /// No disc; the tray is open, closed, or the drive does not tell (2/3A/02, /01, others; MMC-6, annex F).
    Empty {
        /// The tray.
        tray_open: Option<bool>,
    },
}

/// More unit attentions in a row than any drive has reason for.
const MOST_ATTENTIONS: u32 = 16;

impl<T: ScsiTransport, C: Clock> Drive<T, C> {
    /// Asks TEST UNIT READY until the drive is ready or empty: drains unit attentions, waits through becoming ready.
    ///
    /// # Errors
    /// The drive's last sense, when it takes longer than the patience for that reason, or never will be ready.
    pub async fn wait_ready(&mut self) -> Result<Readiness, Error> {
        self.wait_ready_within(None).await
    }

    /// The same with one patience for all reasons.
    ///
    /// # Errors
    /// As [`Drive::wait_ready`].
    pub async fn wait_ready_within(&mut self, budget: Option<Duration>) -> Result<Readiness, Error> {
        let doing = Doing::WaitingReady;
        let began = self.clock().now();
        let mut attentions = 0;
        let mut started = false;
        let mut retries = 0;
        loop {
            let Some(sense) = self.poll(doing).await? else { return Ok(Readiness::Ready) };
            let waited = self.clock().now().saturating_sub(began);
            let (key, asc, ascq) = sense.triple();
            if (key, asc) == (2, 0x3A) {
                let tray_open = match ascq {
                    0x01 => Some(false),
                    0x02 => Some(true),
                    _ => None,
                };
                return Ok(Readiness::Empty { tray_open });
            }
            let budget = budget.unwrap_or_else(|| patience::budget(ascq));
            match disposition(&sense, Situation::Polling) {
                Disposition::Proceed if !sense.is_empty() => return Ok(Readiness::Ready),
                // Cause not reportable for longer than any spin-up needs: an adapter that knows no better.
                Disposition::Wait if ascq == 0x00 && waited >= patience::CLUELESS && waited < budget => {
                    if self.pending_sense(doing).await?.is_some_and(|sense| sense.is_empty()) {
                        return Ok(Readiness::Ready);
                    }
                    self.clock().sleep(pause_before(waited)).await;
                }
                Disposition::Wait if waited < budget => self.clock().sleep(pause_before(waited)).await,
                Disposition::MediaChanged if attentions < MOST_ATTENTIONS => attentions += 1,
                Disposition::StartUnit if !started => {
                    started = true;
                    let start = webburn_scsi::Cdb::new([0x1B, 0, 0, 0, 0x01, 0]);
                    // The next TEST UNIT READY tells whether it helped.
                    let _ = self.execute(&start, webburn_scsi::Data::None).await;
                }
                Disposition::Retry { after, times } if retries < times => {
                    retries += 1;
                    self.clock().sleep(after).await;
                }
                _ => {
                    return Err(Error {
                        doing,
                        at_lba: None,
                        command: TestUnitReady::NAME,
                        opcode: 0x00,
                        cause: CommandError::CheckCondition(sense),
                    });
                }
            }
        }
    }
}
