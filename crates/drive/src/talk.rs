//! The conversation: commands out, answers in, and what is done about sense on the way.

use std::sync::Arc;
use std::time::Duration;

use webburn_scsi::spc::{Inquiry, InquiryData, RequestSense, TestUnitReady};
use webburn_scsi::{
    Cdb, Command, Completion, Data, MaybeSync, Payload, RunEnd, ScsiTransport, Sense, Status, TransportError,
    TransportErrorKind, Write,
};

use crate::quirk::{Quirks, quirks};
use crate::{Clock, CommandError, Disposition, Doing, Error, Media, Situation, disposition, patience};

/// One drive: a transport, a clock, and what is known about what lies behind them.
///
/// # Drop
/// Nothing is sent. A tray that was locked stays locked until somebody unlocks it or the transport's owner does.
#[derive(Debug)]
pub struct Drive<T, C> {
    transport: T,
    clock: C,
    inquiry: Option<InquiryData>,
    quirks: Quirks,
    media: Option<Arc<Media>>,
    sent: u64,
    /// GET CONFIGURATION was answered in this conversation.
    pub(crate) knows_configuration: bool,
}

/// Commands after which what is known about the disc no longer holds.
const CHANGES_DISC: &[u8] = &[0x04, 0x1B, 0x2A, 0x35, 0x53, 0x5B, 0xA1, 0xA6, 0xAA, 0xB6, 0xBB, 0xBF];

/// Commands that may be sent again when it is unknown whether they were carried out.
const fn idempotent(opcode: u8) -> bool {
    matches!(
        opcode,
        0x00 | 0x03
            | 0x12
            | 0x1E
            | 0x23
            | 0x25
            | 0x28
            | 0x43
            | 0x46
            | 0x51
            | 0x52
            | 0x5A
            | 0x5C
            | 0xA8
            | 0xAC
            | 0xAD
            | 0xBD
            | 0xBE
    )
}

impl<T: ScsiTransport, C: Clock> Drive<T, C> {
    /// A drive behind `transport`. Sends nothing.
    pub fn new(transport: T, clock: C) -> Self {
        Drive {
            transport,
            clock,
            inquiry: None,
            quirks: Quirks::default(),
            media: None,
            sent: 0,
            knows_configuration: false,
        }
    }

    /// The clock.
    pub fn clock(&self) -> &C {
        &self.clock
    }

    /// The transport, for what no typed command covers.
    pub fn transport(&mut self) -> &mut T {
        &mut self.transport
    }

    /// Gives the transport back.
    pub fn into_transport(self) -> T {
        self.transport
    }

    /// The work-arounds in force; none before [`Drive::inquire`].
    #[must_use]
    pub fn quirks(&self) -> Quirks {
        self.quirks
    }

    /// Commands sent so far.
    #[must_use]
    pub fn commands_sent(&self) -> u64 {
        self.sent
    }

    /// Who the drive is; asked once.
    ///
    /// # Errors
    /// The wire broke, or the answer is none.
    pub async fn inquire(&mut self) -> Result<InquiryData, Error> {
        if let Some(known) = &self.inquiry {
            return Ok(known.clone());
        }
        let inquiry = self.send(Doing::Identifying, &Inquiry::STANDARD).await?;
        self.quirks = quirks(&inquiry);
        self.inquiry = Some(inquiry.clone());
        Ok(inquiry)
    }

    /// What was found by the last look at the disc, if it still holds.
    #[must_use]
    pub fn known_media(&self) -> Option<Arc<Media>> {
        self.media.clone()
    }

    pub(crate) fn remember(&mut self, media: Arc<Media>) {
        self.media = Some(media);
    }

    /// What is known about the disc is void.
    pub fn forget_media(&mut self) {
        self.media = None;
    }

    /// Sends a command and does what the disposition table says about its sense: waits, repeats, drains unit attentions.
    ///
    /// # Errors
    /// What is left after that, as the drive put it.
    ///
    /// # Drop
    /// The command may or may not have been carried out; the transport is brought back into step by the next one.
    pub async fn send<K: Command + MaybeSync>(&mut self, doing: Doing, command: &K) -> Result<K::Response, Error> {
        self.send_within(doing, command, None).await
    }

    /// The same for a command that may meet a drive busy with the one before: it is waited for up to `busy`.
    ///
    /// # Errors
    /// As [`Drive::send`].
    pub async fn send_within<K: Command + MaybeSync>(
        &mut self,
        doing: Doing,
        command: &K,
        busy: Option<Duration>,
    ) -> Result<K::Response, Error> {
        let cdb = command.cdb();
        let began = self.clock.now();
        let mut tries = Tries::default();
        loop {
            let cause = match self.attempt(command).await {
                Ok(Ok(response)) => return Ok(response),
                Ok(Err(cause)) | Err(cause) => cause,
            };
            let error = |cause| Error { doing, at_lba: None, command: K::NAME, opcode: cdb.opcode(), cause };
            match self.next_step(&cdb, &cause, began, busy, &mut tries) {
                Next::GiveUp => return Err(error(cause)),
                Next::Again(pause) => {
                    if !pause.is_zero() {
                        self.clock.sleep(pause).await;
                    }
                }
                Next::StartUnit => {
                    // Its own failure says less than the sense that led here, so only the second try counts.
                    let start = Cdb::new([0x1B, 0, 0, 0, 0x01, 0]);
                    let _ = self.execute(&start, Data::None).await;
                }
                Next::Unlock => {
                    let allow = Cdb::new([0x1E, 0, 0, 0, 0, 0]);
                    let _ = self.execute(&allow, Data::None).await;
                }
            }
        }
    }

    fn next_step(
        &mut self,
        cdb: &Cdb,
        cause: &CommandError,
        began: Duration,
        busy: Option<Duration>,
        tries: &mut Tries,
    ) -> Next {
        let sense = match cause {
            CommandError::Transport(error)
                if error.kind == TransportErrorKind::Timeout
                    && idempotent(cdb.opcode())
                    && tries.once(Tries::TIMEOUT) =>
            {
                return Next::Again(Duration::ZERO);
            }
            CommandError::CheckCondition(sense) => sense,
            // BUSY and friends: once more after a moment.
            CommandError::Status(_) if tries.count < 3 => {
                tries.count += 1;
                return Next::Again(Duration::from_millis(100));
            }
            _ => return Next::GiveUp,
        };
        match disposition(sense, Situation::Asking) {
            Disposition::Retry { after, times } if tries.count < times && idempotent(cdb.opcode()) => {
                tries.count += 1;
                Next::Again(after)
            }
            Disposition::Wait => {
                // Only a drive that says it is busy with an operation gets an operation's time.
                let own = patience::budget(sense.ascq());
                let budget = busy.filter(|_| matches!(sense.ascq(), 0x04 | 0x07..=0x09)).unwrap_or(own);
                let waited = self.clock.now().saturating_sub(began);
                if waited < budget { Next::Again(pause_before(waited)) } else { Next::GiveUp }
            }
            Disposition::StartUnit if tries.once(Tries::START) => Next::StartUnit,
            Disposition::Unlock if tries.once(Tries::UNLOCK) => Next::Unlock,
            Disposition::MediaChanged if tries.changes < 3 => {
                tries.changes += 1;
                self.forget_media();
                Next::Again(Duration::ZERO)
            }
            _ => Next::GiveUp,
        }
    }

    /// Sends a command once. The outer error is the wire's or the drive's, the inner one the answer's.
    async fn attempt<K: Command + MaybeSync>(
        &mut self,
        command: &K,
    ) -> Result<Result<K::Response, CommandError>, CommandError> {
        let cdb = command.cdb();
        let mut answer = Vec::new();
        let data = match command.payload() {
            Payload::None => Data::None,
            Payload::In(length) => {
                answer = vec![0; length];
                Data::In(&mut answer)
            }
            Payload::Out(bytes) => Data::Out(bytes),
        };
        let completion = self.execute(&cdb, data).await.map_err(CommandError::Transport)?;
        let good = match &completion.status {
            Status::Good => true,
            Status::CheckCondition(sense) if self.is_success(sense) => true,
            Status::CheckCondition(sense) => return Err(CommandError::CheckCondition(sense.clone())),
            Status::Other(status) => return Err(CommandError::Status(*status)),
        };
        debug_assert!(good);
        answer.truncate(completion.transferred);
        Ok(command.decode(&answer).map_err(CommandError::Malformed))
    }

    /// Recovered errors succeed. Sense that says nothing at all does not: nobody knows then what happened.
    fn is_success(&self, sense: &Sense) -> bool {
        !sense.is_empty() && disposition(sense, Situation::Asking) == Disposition::Proceed && !sense.is_deferred()
    }

    /// Sends one command as it is, with the patience of its kind, and looks at nothing but what concerns the drive's
    /// own bookkeeping.
    ///
    /// # Errors
    /// The wire broke.
    pub async fn execute(&mut self, cdb: &Cdb, data: Data<'_>) -> Result<Completion, TransportError> {
        self.execute_within(cdb, data, patience::limit(cdb)).await
    }

    /// The same with another patience.
    ///
    /// # Errors
    /// The wire broke.
    pub async fn execute_within(
        &mut self,
        cdb: &Cdb,
        data: Data<'_>,
        limit: Duration,
    ) -> Result<Completion, TransportError> {
        self.sent += 1;
        if CHANGES_DISC.contains(&cdb.opcode()) {
            self.forget_media();
        }
        let completion = self.transport.execute(cdb, data, limit).await?;
        if let Status::CheckCondition(sense) = &completion.status
            && matches!(sense.triple(), (6, 0x28 | 0x29, _) | (2, 0x3A, _))
        {
            self.forget_media();
        }
        Ok(completion)
    }

    /// Sends a run of WRITEs, see [`ScsiTransport::execute_run`].
    ///
    /// # Errors
    /// The wire broke; how much the drive took must be asked.
    pub async fn write_run(
        &mut self,
        run: &[Write<'_>],
        go_on: &(impl Fn() -> bool + MaybeSync),
    ) -> Result<RunEnd, TransportError> {
        self.sent += run.len() as u64;
        self.forget_media();
        let limit = run.first().map_or(Duration::ZERO, |write| patience::limit(&write.cdb));
        self.transport.execute_run(run, limit, go_on).await
    }

    /// TEST UNIT READY once: `None` for ready.
    ///
    /// # Errors
    /// The wire broke, or a status that is neither GOOD nor CHECK CONDITION.
    pub(crate) async fn poll(&mut self, doing: Doing) -> Result<Option<Sense>, Error> {
        let error = |cause| Error { doing, at_lba: None, command: TestUnitReady::NAME, opcode: 0x00, cause };
        let mut tries = 0;
        loop {
            match self.execute(&TestUnitReady {}.cdb(), Data::None).await {
                Err(failure) if failure.kind == TransportErrorKind::Timeout && tries == 0 => {}
                Err(failure) => return Err(error(CommandError::Transport(failure))),
                Ok(Completion { status: Status::Good, .. }) => return Ok(None),
                Ok(Completion { status: Status::CheckCondition(sense), .. }) => return Ok(Some(sense)),
                // BUSY and friends: once more after a moment.
                Ok(Completion { status: Status::Other(_), .. }) if tries < 3 => {
                    self.clock.sleep(Duration::from_millis(100)).await;
                }
                Ok(Completion { status: Status::Other(status), .. }) => {
                    return Err(error(CommandError::Status(status)));
                }
            }
            tries += 1;
        }
    }

    /// REQUEST SENSE once, for progress; refusals and nonsense count as no answer.
    ///
    /// # Errors
    /// The wire broke.
    pub(crate) async fn pending_sense(&mut self, doing: Doing) -> Result<Option<Sense>, Error> {
        match self.attempt(&RequestSense::FIXED).await {
            Ok(Ok(sense)) => Ok(Some(sense)),
            Err(CommandError::Transport(error)) => Err(Error {
                doing,
                at_lba: None,
                command: RequestSense::NAME,
                opcode: 0x03,
                cause: CommandError::Transport(error),
            }),
            _ => Ok(None),
        }
    }
}

/// The pause before asking a busy drive again: short at first, then twice a second.
pub(crate) fn pause_before(waited: Duration) -> Duration {
    (waited / 4).clamp(Duration::from_millis(50), Duration::from_millis(500))
}

enum Next {
    GiveUp,
    Again(Duration),
    StartUnit,
    Unlock,
}

#[derive(Default)]
struct Tries {
    count: u32,
    changes: u32,
    done: u8,
}

impl Tries {
    const TIMEOUT: u8 = 1;
    const START: u8 = 2;
    const UNLOCK: u8 = 4;

    /// True the first time.
    fn once(&mut self, what: u8) -> bool {
        let first = self.done & what == 0;
        self.done |= what;
        first
    }
}
