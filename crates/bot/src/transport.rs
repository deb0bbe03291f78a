//! Host side: SCSI commands over a [`BulkPipe`].

use std::time::Duration;

use webburn_scsi::{
    Caps, Cdb, Completion, Data, Direction, ScsiTransport, Sense, SenseKey, Status, TransportError, TransportErrorKind,
};

use crate::recovery::{RESET_LIMIT, recover};
use crate::{BulkPipe, Cbw, Csw, CswStatus, Endpoint, Rung, TransferEnd};

/// How long autosense may take; REQUEST SENSE waits for nothing in the drive.
const SENSE_LIMIT: Duration = Duration::from_secs(30);
/// Bytes asked of REQUEST SENSE: longer requests choke some bridges.
const SENSE_LEN: usize = 18;

/// `bInterfaceSubClass`, as far as it changes what is sent (USB mass storage overview 1.4, table 1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Subclass {
    /// 06h, SCSI transparent: the command block as it is. Also 01h and vendor interfaces.
    #[default]
    Transparent,
    /// 02h (ATAPI, SFF-8020i) and 05h (SFF-8070i): the command block is padded to 12 bytes.
    Atapi,
}

impl Subclass {
    /// From `bInterfaceSubClass`.
    #[must_use]
    pub const fn from_byte(byte: u8) -> Self {
        match byte {
            0x02 | 0x05 => Subclass::Atapi,
            _ => Subclass::Transparent,
        }
    }
}

/// What is known about the interface before the first command.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BotOptions {
    /// The logical unit to talk to.
    pub lun: u8,
    /// Pads command blocks where needed.
    pub subclass: Subclass,
}

/// A [`ScsiTransport`] over bulk-only transport.
///
/// Opening sends nothing: some bridges break when a reset or GET MAX LUN is the first thing they see.
///
/// # Time-outs
/// The pipe keeps time (see [`BulkPipe`]). When it reports `Timeout`, the error is handed on, whether the drive carried the
/// command out is unknown, and the next command begins with reset recovery. A pipe that had to close the device answers
/// that with `Closed`, for good.
///
/// # Drop
/// A dropped command leaves the device out of step; the next one begins with reset recovery. Tags tell an old status
/// from a new one. A reset in the middle of a write spoils sequential media, so do not drop what you can await.
#[derive(Debug)]
pub struct BotTransport<P> {
    pipe: P,
    options: BotOptions,
    tag: u32,
    /// A command was begun and its status not read: set before the first byte, cleared after the last.
    out_of_step: bool,
    /// The residue of this device lies (learnt as Linux does).
    residue_lies: bool,
    /// The CSW signature of this device: the first one seen.
    signature: Option<u32>,
    last_recovery: Option<Rung>,
    csw: Vec<u8>,
}

/// The status phase was read and belongs to the command.
struct Ended {
    status: CswStatus,
    residue: u32,
}

impl<P: BulkPipe> BotTransport<P> {
    /// Over a pipe whose interface is open and claimed. Sends nothing.
    pub fn new(pipe: P, options: BotOptions) -> Self {
        let csw = vec![0; pipe.max_packet().max(Csw::LEN)];
        BotTransport {
            pipe,
            options,
            tag: 0,
            out_of_step: false,
            residue_lies: false,
            signature: None,
            last_recovery: None,
            csw,
        }
    }

    /// The pipe, to look at.
    pub fn pipe(&self) -> &P {
        &self.pipe
    }

    /// The pipe, to change faults or watch in tests. Moving bytes on it puts the transport out of step.
    pub fn pipe_mut(&mut self) -> &mut P {
        &mut self.pipe
    }

    /// Gives the pipe back.
    pub fn into_pipe(self) -> P {
        self.pipe
    }

    /// The next command will begin with reset recovery.
    #[must_use]
    pub const fn is_out_of_step(&self) -> bool {
        self.out_of_step
    }

    /// The device was caught lying about its residue, which is ignored since.
    #[must_use]
    pub const fn ignores_residue(&self) -> bool {
        self.residue_lies
    }

    /// Which rung the last recovery needed; `None` when there was none.
    #[must_use]
    pub const fn last_recovery(&self) -> Option<Rung> {
        self.last_recovery
    }

    /// The highest logical unit. Stall, no byte and time-out all mean 0 (one logical unit).
    ///
    /// # Errors
    /// The device is gone, or the pipe is closed.
    pub async fn max_lun(&mut self) -> Result<u8, TransportError> {
        self.pipe.begin_command(RESET_LIMIT);
        match self.pipe.get_max_lun().await {
            Ok(Some(lun)) if lun <= 15 => Ok(lun),
            Ok(_) => Ok(0),
            Err(error) if matches!(error.kind, TransportErrorKind::Timeout | TransportErrorKind::Other) => Ok(0),
            Err(error) => Err(error),
        }
    }

    /// Reset recovery now, port reset when that fails.
    ///
    /// # Errors
    /// Both failed; the transport stays out of step and tries again with the next command.
    pub async fn recover(&mut self) -> Result<Rung, TransportError> {
        self.out_of_step = true;
        let rung = recover(&mut self.pipe).await?;
        self.out_of_step = false;
        self.last_recovery = Some(rung);
        Ok(rung)
    }

    /// Recovers, then reports what made it necessary. A recovery that fails leaves the transport out of step, and
    /// a device that is gone is worth more to know than what it said before.
    async fn fail(&mut self, detail: String) -> TransportError {
        match self.recover().await {
            Err(error) if matches!(error.kind, TransportErrorKind::Disconnected | TransportErrorKind::Closed) => error,
            _ => TransportError::new(TransportErrorKind::Protocol, detail),
        }
    }

    /// One command without autosense: wrapper, data, status. `Err` leaves the transport recovered or marked out of step.
    async fn command(
        &mut self,
        cdb: &Cdb,
        data: Data<'_>,
        limit: Duration,
    ) -> Result<(Completion, CswStatus), TransportError> {
        if self.out_of_step {
            self.recover().await?;
        }
        let (direction, len) = (data.direction(), data.len());
        let length = u32::try_from(len).ok().filter(|_| len <= self.pipe.max_transfer()).ok_or_else(|| {
            TransportError::new(TransportErrorKind::Other, format!("a transfer of {len} bytes is too large"))
        })?;
        self.tag = self.tag.wrapping_add(1);
        let mut cbw = Cbw::new(self.tag, direction, length, self.options.lun, cdb);
        if self.options.subclass == Subclass::Atapi {
            cbw = cbw.padded_to(12);
        }

        // From here to the status every way out but the last leaves this set; so does a drop.
        self.out_of_step = true;
        self.pipe.begin_command(limit);
        let sent = self.pipe.bulk_out(&cbw.encode()).await?;
        if sent.end != TransferEnd::Complete || sent.bytes != Cbw::LEN {
            return Err(self.fail(format!("the device refused the wrapper of {cdb}")).await);
        }

        let (mut moved, mut babble, mut early, mut out_halted) = (0, false, None, false);
        match data {
            Data::In(into) if len > 0 => (moved, babble, early) = self.receive(into).await?,
            Data::Out(from) if len > 0 => (moved, out_halted) = self.send(from).await?,
            _ => {}
        }
        let csw = match early {
            Some(csw) => {
                moved = 0;
                csw
            }
            None => self.read_status().await?,
        };
        let Ended { status, residue } = self.judge(csw).await?;
        self.out_of_step = false;

        let believed = self.believed(cdb, direction, len, moved, status, residue);
        // Platforms differ in what they count before a halt of bulk-out; the residue of an honest device does not.
        let counted = if out_halted && residue != 0 && !self.residue_lies { len } else { moved };
        let transferred = counted.min(believed);
        let completion = match status {
            CswStatus::Passed if babble => {
                Completion::check(Sense::fixed(SenseKey::IllegalRequest, 0x24, 0x00), transferred)
            }
            _ => Completion::good(transferred),
        };
        Ok((completion, status))
    }

    /// Data from the device: bytes, whether it sent too many, and a status that came in place of the data.
    async fn receive(&mut self, into: &mut [u8]) -> Result<(usize, bool, Option<Csw>), TransportError> {
        let got = self.pipe.bulk_in(into).await?;
        let bytes = got.bytes.min(into.len());
        match got.end {
            TransferEnd::Complete => {}
            TransferEnd::Stall => self.pipe.clear_halt(Endpoint::In).await?,
            TransferEnd::Babble => return Ok((bytes, true, None)),
        }
        // A device that skips the data phase puts its status where the data should be (seen by Linux). Only a wrapper
        // with our tag that says "nothing moved" is taken for one.
        let early = Csw::decode(&into[..bytes]).ok().filter(|csw| {
            bytes < into.len()
                && csw.signature == self.signature.unwrap_or(Csw::SIGNATURE)
                && csw.tag == self.tag
                && csw.residue as usize == into.len()
        });
        Ok((bytes, false, early))
    }

    /// Data to the device: bytes it took, and whether it halted the endpoint; the status follows all the same.
    async fn send(&mut self, from: &[u8]) -> Result<(usize, bool), TransportError> {
        let sent = self.pipe.bulk_out(from).await?;
        let halted = sent.end == TransferEnd::Stall;
        if halted {
            self.pipe.clear_halt(Endpoint::Out).await?;
        }
        Ok((sent.bytes.min(from.len()), halted))
    }

    /// Reads the CSW: one stall and one zero-length packet are forgiven.
    async fn read_status(&mut self) -> Result<Csw, TransportError> {
        let (mut stalled, mut empty) = (false, false);
        loop {
            let got = self.pipe.bulk_in(&mut self.csw).await?;
            match got.end {
                TransferEnd::Stall if !stalled => {
                    stalled = true;
                    self.pipe.clear_halt(Endpoint::In).await?;
                }
                TransferEnd::Complete if got.bytes == 0 && !empty => empty = true,
                TransferEnd::Complete => match Csw::decode(self.csw.get(..got.bytes).unwrap_or_default()) {
                    Ok(csw) => return Ok(csw),
                    Err(error) => return Err(self.fail(format!("no status but {error}")).await),
                },
                TransferEnd::Stall => return Err(self.fail("the device stalled its status twice".into()).await),
                TransferEnd::Babble => {
                    return Err(self.fail("more than a packet where the status was due".into()).await);
                }
            }
        }
    }

    /// Is the status valid and meaningful? The first signature seen is this device's.
    async fn judge(&mut self, csw: Csw) -> Result<Ended, TransportError> {
        let signature = self.signature.unwrap_or(csw.signature);
        if let Err(error) = csw.check_valid(signature, self.tag) {
            return Err(self.fail(format!("the status is not this command's: {error}")).await);
        }
        self.signature = Some(signature);
        match csw.status {
            CswStatus::PhaseError => Err(self.fail("phase error".into()).await),
            CswStatus::Reserved(status) => Err(self.fail(format!("reserved status {status:02x}h")).await),
            status => Ok(Ended { status, residue: csw.residue }),
        }
    }

    /// Bytes that mattered by the residue: clamped, and not listened to once the device was caught lying.
    fn believed(
        &mut self,
        cdb: &Cdb,
        direction: Direction,
        len: usize,
        moved: usize,
        status: CswStatus,
        residue: u32,
    ) -> usize {
        // INQUIRY of 36 and READ CAPACITY of 8 bytes are always whole: a residue beside all the bytes is a lie.
        let always_whole = matches!((cdb.opcode(), len), (0x12, 36) | (0x25, 8));
        if residue != 0 && status == CswStatus::Passed && always_whole && direction == Direction::In && moved == len {
            self.residue_lies = true;
        }
        if self.residue_lies { len } else { len - (residue as usize).min(len) }
    }

    /// REQUEST SENSE, before any other command. Nothing usable gives empty sense, which says just that.
    async fn autosense(&mut self) -> Result<Sense, TransportError> {
        let mut bytes = [0; SENSE_LEN];
        let cdb = Cdb::new([0x03, 0, 0, 0, SENSE_LEN as u8, 0]);
        let (completion, status) = self.command(&cdb, Data::In(&mut bytes), SENSE_LIMIT).await?;
        Ok(match status {
            CswStatus::Passed => Sense::from_bytes(&bytes[..completion.transferred]),
            _ => Sense::from_bytes(&[]),
        })
    }
}

impl<P: BulkPipe> ScsiTransport for BotTransport<P> {
    fn caps(&self) -> Caps {
        Caps { max_transfer: self.pipe.max_transfer(), alignment: 1, depth: 1 }
    }

    async fn execute(&mut self, cdb: &Cdb, data: Data<'_>, limit: Duration) -> Result<Completion, TransportError> {
        let (completion, status) = self.command(cdb, data, limit).await?;
        if status != CswStatus::Failed {
            return Ok(completion);
        }
        // The sense is lost with the next command, so a drop in between must not leave the transport in step. A REQUEST
        // SENSE of the caller's own that fails is not asked about: its sense would be the same question again.
        let sense = if cdb.opcode() == 0x03 { Sense::from_bytes(&[]) } else { self.autosense().await? };
        Ok(Completion { status: Status::CheckCondition(sense), transferred: completion.transferred })
    }
}
