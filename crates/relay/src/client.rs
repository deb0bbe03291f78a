//! The near end: a transport whose commands travel as frames.

use std::collections::VecDeque;
use std::time::Duration;

use webburn_scsi::{
    Caps, Cdb, Completion, Data, Direction, MaybeSync, RunEnd, ScsiTransport, TransportError, TransportErrorKind, Write,
};

use crate::channel::Used;
use crate::wire::{self, Ended, Hello, Lease, Request};
use crate::{FrameChannel, MAX_FRAME, MAX_TRANSFER, PACKED};

/// What the way there and back may take beside the command itself.
const GRACE: Duration = Duration::from_secs(10);

/// A [`ScsiTransport`] over a [`FrameChannel`], several commands of a run under way at once.
///
/// # Drop
/// A dropped command leaves frames on the way. The next call begins a new epoch, so the far end carries out nothing more
/// of the old one than what it has begun, and answers with old tags are thrown away.
#[derive(Debug)]
pub struct RelayTransport<Ch> {
    channel: Ch,
    caps: Caps,
    epoch: u32,
    next_tag: u32,
    /// Tags of requests sent whose reply is not in, oldest first.
    pending: VecDeque<u32>,
    /// A command was begun and not ended: a drop leaves this set.
    unfinished: bool,
    /// The far end spoke nonsense; nothing it says is believed any more.
    broken: Option<TransportError>,
    /// The message last received, of which reply frames from `read` on are not looked at yet.
    message: Vec<u8>,
    read: usize,
}

impl<Ch: FrameChannel> RelayTransport<Ch> {
    /// Waits for the far end's hello, no longer than `limit`.
    ///
    /// # Errors
    /// `Locked` with the holder's name when somebody else has the drive; `Protocol` for another version or no hello at
    /// all; what the channel says.
    pub async fn connect(mut channel: Ch, limit: Duration) -> Result<(Self, Hello), TransportError> {
        let mut frame = Vec::new();
        channel.recv(&mut frame, limit).await?;
        let hello = Hello::decode(&frame)?;
        Ok((Self::join(channel, &hello)?, hello))
    }

    /// Uses a channel whose `hello` somebody else has received, behind or between that one's commands: whoever uses it
    /// waits for the last answer of the other, and the channel knows what is [used](FrameChannel::used) up.
    ///
    /// # Errors
    /// `Locked` with the holder's name when somebody else has the drive.
    pub fn join(channel: Ch, hello: &Hello) -> Result<Self, TransportError> {
        if let Lease::HeldBy(holder) = &hello.lease {
            return Err(TransportError::new(TransportErrorKind::Locked, holder.clone()));
        }
        let caps = Caps {
            max_transfer: (hello.max_transfer as usize).min(MAX_TRANSFER),
            alignment: 1,
            depth: usize::from(hello.depth.max(1)),
        };
        Ok(RelayTransport {
            channel,
            caps,
            epoch: 1,
            next_tag: 0,
            pending: VecDeque::new(),
            unfinished: false,
            broken: None,
            message: Vec::new(),
            read: 0,
        })
    }

    /// Gives the channel back, to close it.
    pub fn into_channel(self) -> Ch {
        self.channel
    }

    fn begin(&mut self) -> Result<(), TransportError> {
        if let Some(error) = &self.broken {
            return Err(error.clone());
        }
        // What was sent on the channel meanwhile was somebody else's.
        let here = Used { tag: self.next_tag, epoch: self.epoch };
        if let Some(used) = self.channel.used().filter(|used| *used != here) {
            (self.next_tag, self.epoch) = (used.tag, used.epoch);
            self.new_epoch();
        } else if self.unfinished {
            self.new_epoch();
        }
        self.unfinished = true;
        Ok(())
    }

    /// Leaves all that is on its way behind.
    fn new_epoch(&mut self) {
        self.epoch = self.epoch.wrapping_add(1);
        self.pending.clear();
        self.remember();
    }

    fn remember(&mut self) {
        self.channel.use_up(Used { tag: self.next_tag, epoch: self.epoch });
    }

    fn break_off(&mut self, why: impl Into<TransportError>) -> TransportError {
        let error = why.into();
        self.broken = Some(error.clone());
        error
    }

    async fn send(
        &mut self,
        cdb: &Cdb,
        direction: Direction,
        length: usize,
        out: &[u8],
        limit: Duration,
    ) -> Result<(), TransportError> {
        let head = self.head(cdb, direction, length, limit)?;
        self.channel.send(&[&head, out]).await
    }

    /// Sends WRITEs in one message.
    async fn send_writes(&mut self, writes: &[Write<'_>], limit: Duration) -> Result<(), TransportError> {
        let mut heads = [[0; Request::LEN]; PACKED];
        for (head, write) in heads.iter_mut().zip(writes) {
            *head = self.head(&write.cdb, Direction::Out, write.data.len(), limit)?;
        }
        let mut parts: [&[u8]; PACKED * 2] = [&[]; PACKED * 2];
        for (pair, (head, write)) in parts.chunks_exact_mut(2).zip(heads.iter().zip(writes)) {
            pair.copy_from_slice(&[head.as_slice(), write.data]);
        }
        self.channel.send(&parts[..writes.len() * 2]).await
    }

    /// The head of the next request, which is from now on under way.
    fn head(
        &mut self,
        cdb: &Cdb,
        direction: Direction,
        length: usize,
        limit: Duration,
    ) -> Result<[u8; Request::LEN], TransportError> {
        let length = u32::try_from(length).ok().filter(|_| length <= self.caps.max_transfer).ok_or_else(|| {
            TransportError::new(TransportErrorKind::Other, format!("a transfer of {length} bytes is too large"))
        })?;
        let request = Request {
            tag: self.next_tag,
            epoch: self.epoch,
            direction,
            length,
            timeout_ms: wire::timeout_ms(limit),
            cdb: *cdb,
        };
        // Noted before it is sent: a drop in between must not make its answer somebody else's.
        self.next_tag = self.next_tag.wrapping_add(1);
        self.remember();
        self.pending.push_back(request.tag);
        Ok(request.encode())
    }

    /// The reply to the oldest request under way; data from the drive goes to `into`.
    async fn reply(&mut self, mut into: Option<&mut [u8]>, limit: Duration) -> Result<Ended, TransportError> {
        let Some(&expected) = self.pending.front() else {
            return Err(TransportError::new(TransportErrorKind::Protocol, "no command is under way"));
        };
        loop {
            if self.read >= self.message.len() {
                // Behind its end already when the wait is dropped: what was half received is not looked at.
                self.read = usize::MAX;
                self.channel.recv(&mut self.message, limit.saturating_add(GRACE)).await?;
                self.read = 0;
            }
            let message = std::mem::take(&mut self.message);
            let rest = message.get(self.read..).unwrap_or_default();
            let (frame, _) = rest.split_at(wire::end_of_first_reply(rest));
            let understood = self.understand(frame, expected, into.as_deref_mut());
            // An empty message is refused, not waited upon again.
            self.read += frame.len().max(1);
            self.message = message;
            if let Some(ended) = understood? {
                self.pending.pop_front();
                return Ok(ended);
            }
        }
    }

    /// `None` for an answer to a command given up earlier.
    fn understand(
        &mut self,
        frame: &[u8],
        expected: u32,
        into: Option<&mut [u8]>,
    ) -> Result<Option<Ended>, TransportError> {
        let (tag, ended, data) = wire::decode_reply(frame).map_err(|error| self.break_off(error))?;
        if tag != expected {
            // Tags rise by one and wrap: the half of the circle behind us is old.
            if tag.wrapping_sub(expected) > u32::MAX / 2 {
                return Ok(None);
            }
            return Err(self.break_off(wire::FrameError::Field("tag")));
        }
        let moved = match (&ended, into) {
            (Ended::Completed(completion), Some(into)) => {
                let fits = data.len() <= into.len() && completion.transferred == data.len();
                if fits {
                    into[..data.len()].copy_from_slice(data);
                }
                fits
            }
            _ => data.is_empty(),
        };
        if moved { Ok(Some(ended)) } else { Err(self.break_off(wire::FrameError::Field("data length"))) }
    }
}

/// How many of the next WRITEs go into one message: no more than half of what may be under way, so that the other half
/// is at the drive meanwhile.
fn together(waiting: &[Write<'_>], depth: usize) -> usize {
    let mut bytes = 0;
    let fit = waiting.iter().take(PACKED.min(depth / 2)).take_while(|write| {
        bytes += Request::LEN + write.data.len();
        bytes <= MAX_FRAME
    });
    fit.count().max(1)
}

impl<Ch: FrameChannel> ScsiTransport for RelayTransport<Ch> {
    fn caps(&self) -> Caps {
        self.caps
    }

    async fn execute(&mut self, cdb: &Cdb, data: Data<'_>, limit: Duration) -> Result<Completion, TransportError> {
        self.begin()?;
        let (direction, len) = (data.direction(), data.len());
        let ended = match data {
            Data::Out(from) => {
                self.send(cdb, direction, len, from, limit).await?;
                self.reply(None, limit).await?
            }
            Data::In(into) => {
                self.send(cdb, direction, len, &[], limit).await?;
                self.reply(Some(into), limit).await?
            }
            Data::None => {
                self.send(cdb, direction, 0, &[], limit).await?;
                self.reply(None, limit).await?
            }
        };
        if !matches!(&ended, Ended::Completed(completion) if completion.is_good()) {
            self.new_epoch();
        }
        self.unfinished = false;
        match ended {
            Ended::Completed(completion) if completion.transferred <= len => Ok(completion),
            Ended::Completed(_) => Err(self.break_off(wire::FrameError::Field("bytes transferred"))),
            Ended::Failed(error) => Err(error),
            Ended::NotExecuted => Err(self.break_off(wire::FrameError::Field("end: nothing of this epoch had failed"))),
        }
    }

    async fn execute_run(
        &mut self,
        run: &[Write<'_>],
        limit: Duration,
        go_on: &(impl Fn() -> bool + MaybeSync),
    ) -> Result<RunEnd, TransportError> {
        self.begin()?;
        let mut end = RunEnd { good: 0, stopped_by: None };
        let mut waiting = run;
        let packs = self.channel.packs();
        let mut open = true;
        let mut failed = None;
        loop {
            // An answer that stopped the run also stops the sending.
            while open && self.pending.len() < self.caps.depth {
                let together = if packs { together(waiting, self.caps.depth) } else { 1 };
                // A half-full message is not sent while others are under way: more room will come.
                if !self.pending.is_empty() && self.pending.len() + together > self.caps.depth {
                    break;
                }
                let (now, later) = waiting.split_at(together.min(waiting.len()));
                if now.is_empty() || !go_on() {
                    open = false;
                    break;
                }
                self.send_writes(now, limit).await?;
                waiting = later;
            }
            if self.pending.is_empty() {
                break;
            }
            // Once stopped, what was sent ahead comes back as not carried out; waiting for it proves that.
            let stopped = failed.is_some() || end.stopped_by.is_some();
            match self.reply(None, limit).await? {
                Ended::NotExecuted if stopped => {}
                _ if stopped => {
                    return Err(self.break_off(wire::FrameError::Field("end: a command was carried out after a stop")));
                }
                Ended::Completed(completion) if completion.is_good() => end.good += 1,
                Ended::Completed(completion) => end.stopped_by = Some(completion),
                Ended::Failed(error) => failed = Some(error),
                Ended::NotExecuted => {
                    return Err(self.break_off(wire::FrameError::Field("end: nothing of this epoch had failed")));
                }
            }
            open = open && failed.is_none() && end.stopped_by.is_none();
        }
        if failed.is_some() || end.stopped_by.is_some() {
            self.new_epoch();
        }
        self.unfinished = false;
        failed.map_or(Ok(end), Err)
    }
}
