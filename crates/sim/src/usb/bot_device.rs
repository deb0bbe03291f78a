//! The device end of bulk-only transport (BOT 1.0): command wrapper, data, status wrapper, halts and resets.

use std::time::Duration;

use webburn_bot::{Cbw, Csw, CswStatus};
use webburn_scsi::{Direction, Reply, Status};

use super::{BotOptions, InResult, Occurs, Oddity, OutResult, Shortfall, UsbTarget, Wants};
use crate::drive::SimDrive;

/// Where the device is in the three phases.
#[derive(Debug)]
enum Phase {
    /// Waits for a CBW.
    Ready,
    /// Collects data.
    Out { cbw: Cbw, wants: usize, got: Vec<u8>, drop_all: Option<CswStatus> },
    /// Has data to send: `reply` up to `end`, then zeros up to `filled`; `host` is what the host expects.
    In { sent: usize, filled: usize, host: usize },
    /// Has a CSW to send.
    Status,
}

/// A drive as a bulk-only mass-storage device.
///
/// ```
/// use webburn_sim::usb::{BotDevice, BotOptions, InResult, OutResult};
/// use webburn_sim::{Personality, SimDrive};
/// let mut device = BotDevice::new(SimDrive::new(Personality::bd_burner()), BotOptions::default());
/// let mut cbw = *b"USBC\x01\0\0\0\x24\0\0\0\x80\0\x06\x12\0\0\0\x24\0\0\0\0\0\0\0\0\0\0\0";
/// assert_eq!(device.bulk_out(&cbw), OutResult::Taken);
/// let mut data = Vec::new();
/// while let InResult::NotYet { until } = device.bulk_in(36, &mut data) {
///     device.advance_to(until);
/// }
/// assert_eq!(&data[8..15], b"WEBBURN");
/// ```
#[derive(Debug)]
pub struct BotDevice<T: UsbTarget = SimDrive> {
    pub(super) target: T,
    pub(super) options: BotOptions,
    phase: Phase,
    reply: Reply,
    csw: Csw,
    pub(super) halt_in: bool,
    pub(super) halt_out: bool,
    /// After an invalid CBW: halts that only a reset ends.
    wedged: bool,
    commands: u64,
    opcode: u8,
    stall_csw: u8,
    zero_length: bool,
    pub(super) configuration: u8,
}

impl BotDevice<SimDrive> {
    /// A device around `drive` that behaves on the bus as the drive's personality says.
    #[must_use]
    pub fn of(drive: SimDrive) -> Self {
        let options = drive.personality().usb.clone();
        BotDevice::new(drive, options)
    }
}

impl<T: UsbTarget> BotDevice<T> {
    /// A device around `target`.
    #[must_use]
    pub fn new(target: T, options: BotOptions) -> Self {
        BotDevice {
            target,
            options,
            phase: Phase::Ready,
            reply: Reply::default(),
            csw: Csw::new(0, 0, CswStatus::Passed),
            halt_in: false,
            halt_out: false,
            wedged: false,
            commands: 0,
            opcode: 0,
            stall_csw: 0,
            zero_length: false,
            configuration: 0,
        }
    }

    /// The drive.
    pub const fn target(&self) -> &T {
        &self.target
    }

    /// The drive, to load a disc or to look at one.
    pub const fn target_mut(&mut self) -> &mut T {
        &mut self.target
    }

    /// Moves the drive's clock forward; "never" changes nothing.
    pub fn advance_to(&mut self, to: Duration) {
        if to != Duration::MAX {
            self.target.advance_to(to);
        }
    }

    /// Bytes arrive at the bulk-out endpoint: one USB transfer, or a part of the data phase.
    pub fn bulk_out(&mut self, bytes: &[u8]) -> OutResult {
        if self.target.is_unplugged() {
            return OutResult::Gone;
        }
        if self.wedged || self.halt_out {
            return OutResult::Stalled;
        }
        match &mut self.phase {
            Phase::Ready => self.wrapper(bytes),
            Phase::Out { cbw, wants, got, drop_all } => {
                let host = cbw.data_transfer_length as usize;
                if got.len() + bytes.len() < host {
                    got.extend_from_slice(bytes);
                    return OutResult::Taken;
                }
                let (cbw, wants, drop_all) = (*cbw, *wants, *drop_all);
                let got = std::mem::take(got);
                match drop_all {
                    Some(status) => self.finish_out(&cbw, status, 0),
                    None if got.is_empty() => self.execute_out(&cbw, &bytes[..wants.min(bytes.len())]),
                    None => {
                        let all = [&got[..], bytes].concat();
                        self.execute_out(&cbw, &all[..wants.min(all.len())])
                    }
                }
            }
            // A CBW may only follow a CSW or a reset.
            Phase::In { .. } | Phase::Status => {
                self.wedge();
                OutResult::Stalled
            }
        }
    }

    fn wedge(&mut self) {
        self.wedged = true;
        self.halt_in = true;
        self.halt_out = true;
    }

    fn wrapper(&mut self, bytes: &[u8]) -> OutResult {
        let cbw = match Cbw::decode(bytes) {
            Ok(cbw) if cbw.check_meaningful(0).is_ok() => cbw,
            _ => {
                self.wedge();
                return OutResult::Taken;
            }
        };
        self.commands += 1;
        self.opcode = cbw.cb[0];
        self.stall_csw = 0;
        self.zero_length = false;
        let host = cbw.data_transfer_length as usize;
        self.csw = Csw::new(cbw.tag, cbw.data_transfer_length, CswStatus::Passed);
        match (cbw.direction(), self.target.wants(cbw.command_block())) {
            // Cases 3, 8, 10, 13: host and device disagree; the command is not carried out.
            (Direction::None, Wants::FromHost(_)) => self.status(CswStatus::PhaseError, 0),
            (Direction::In, Wants::FromHost(_)) => {
                self.reply.reset(0);
                self.begin_in(host);
                self.status_after_in(CswStatus::PhaseError, 0);
            }
            (Direction::Out, Wants::ToHost) => self.begin_out(cbw, 0, Some(CswStatus::PhaseError)),
            (Direction::Out, Wants::FromHost(wants)) if wants > host => {
                self.begin_out(cbw, 0, Some(CswStatus::PhaseError));
            }
            (Direction::Out, Wants::FromHost(wants)) => self.begin_out(cbw, wants, None),
            // Case 9: the device wants nothing of what the host will send.
            (Direction::Out, Wants::Nothing) => {
                let status = self.obey(&cbw, &[], 0).0;
                self.begin_out(cbw, 0, Some(status));
            }
            // Cases 1, 2.
            (Direction::None, _) => {
                let (status, _) = self.obey(&cbw, &[], 0);
                let too_much = self.reply.offered() > 0;
                self.status(if too_much { CswStatus::PhaseError } else { status }, 0);
            }
            // Cases 4 to 7.
            (Direction::In, _) => {
                let (status, _) = self.obey(&cbw, &[], host);
                let too_much = self.reply.offered() > host;
                let status = if too_much { CswStatus::PhaseError } else { status };
                if self.odd(Oddity::StallData) {
                    self.reply.reset(0);
                }
                let sent = self.reply.as_bytes().len() as u32;
                self.begin_in(host);
                self.status_after_in(status, sent);
            }
        }
        OutResult::Taken
    }

    fn obey(&mut self, cbw: &Cbw, out: &[u8], room: usize) -> (CswStatus, usize) {
        self.reply.reset(room);
        let outcome = self.target.obey(cbw.command_block(), out, &mut self.reply);
        // Autosense is the host's business: the sense stays in the drive until REQUEST SENSE.
        let status = if outcome.status == Status::Good { CswStatus::Passed } else { CswStatus::Failed };
        (status, outcome.taken)
    }

    fn begin_out(&mut self, cbw: Cbw, wants: usize, drop_all: Option<CswStatus>) {
        // A device that halts does so before it has taken anything it does not want.
        if let Some(status) = drop_all.filter(|_| self.options.shortfall == Shortfall::Stall) {
            self.halt_out = true;
            self.status(status, 0);
            return;
        }
        self.phase = Phase::Out { cbw, wants, got: Vec::new(), drop_all };
    }

    fn execute_out(&mut self, cbw: &Cbw, data: &[u8]) -> OutResult {
        let (status, taken) = self.obey(cbw, data, 0);
        self.finish_out(cbw, status, taken)
    }

    fn finish_out(&mut self, cbw: &Cbw, status: CswStatus, taken: usize) -> OutResult {
        let left_over = taken < cbw.data_transfer_length as usize;
        self.status(status, taken as u32);
        if left_over && self.options.shortfall == Shortfall::Stall {
            self.halt_out = true;
            return OutResult::Stalled;
        }
        OutResult::Taken
    }

    fn begin_in(&mut self, host: usize) {
        let data = self.reply.as_bytes().len();
        let filled =
            if self.options.shortfall == Shortfall::Fill && !self.odd(Oddity::StallData) { host } else { data };
        self.phase = Phase::In { sent: 0, filled, host };
    }

    fn status(&mut self, status: CswStatus, moved: u32) {
        self.status_after_in(status, moved);
        self.phase = Phase::Status;
    }

    /// Prepares the CSW; it goes out once the data phase is over.
    fn status_after_in(&mut self, status: CswStatus, moved: u32) {
        let whole = self.csw.residue;
        self.csw.status = status;
        self.csw.residue = whole.saturating_sub(moved);
        if self.odd(Oddity::StallData) {
            self.csw.status = CswStatus::Failed;
        }
        if self.odd(Oddity::ResidueLies) {
            self.csw.residue = whole;
        }
        if self.odd(Oddity::PhaseError) {
            self.csw.status = CswStatus::PhaseError;
        }
        if self.odd(Oddity::WrongTag) {
            self.csw.tag = self.csw.tag.wrapping_add(0x0100);
        }
        self.stall_csw = match (self.odd(Oddity::StallCswTwice), self.odd(Oddity::StallCswOnce)) {
            (true, _) => 2,
            (_, true) => 1,
            _ => 0,
        };
        self.zero_length = self.odd(Oddity::ZeroLengthBeforeCsw);
    }

    fn odd(&self, what: Oddity) -> bool {
        self.options.misbehave.iter().any(|misbehaviour| {
            misbehaviour.what == what
                && match misbehaviour.when {
                    Occurs::Always => true,
                    Occurs::At(n) => n == self.commands,
                    Occurs::Opcode(opcode) => opcode == self.opcode,
                }
        })
    }

    /// The host asks for up to `max` bytes in one transfer of the bulk-in endpoint.
    pub fn bulk_in(&mut self, max: usize, into: &mut Vec<u8>) -> InResult {
        if self.target.is_unplugged() {
            return InResult::Gone;
        }
        if self.wedged || self.halt_in {
            return InResult::Stalled;
        }
        if matches!(self.phase, Phase::Ready | Phase::Out { .. }) {
            return InResult::NotYet { until: Duration::MAX };
        }
        let due = self.target.delivered_at();
        if self.target.now() < due {
            return InResult::NotYet { until: due };
        }
        match self.phase {
            Phase::In { sent, filled, host } => self.data_in(max, into, sent, filled, host),
            _ => self.status_in(max, into),
        }
    }

    fn data_in(&mut self, max: usize, into: &mut Vec<u8>, sent: usize, filled: usize, host: usize) -> InResult {
        let now = (filled - sent).min(max);
        let data = self.reply.as_bytes();
        let from_reply = data.len().saturating_sub(sent).min(now);
        into.extend_from_slice(data.get(sent..sent + from_reply).unwrap_or_default());
        into.resize(into.len() + now - from_reply, 0);
        let sent = sent + now;
        self.phase = Phase::In { sent, filled, host };
        if sent == filled && self.odd(Oddity::Babble) {
            self.phase = Phase::Status;
            return InResult::Babble;
        }
        if sent < filled {
            return InResult::Data;
        }
        if filled == host {
            self.phase = Phase::Status;
            return InResult::Data;
        }
        // Short of what the host expects. If this transfer is exactly full, the shortfall shows in the next one.
        if now == max && now > 0 {
            return InResult::Data;
        }
        self.phase = Phase::Status;
        let stalls = self.options.shortfall == Shortfall::Stall || self.odd(Oddity::StallData);
        if !stalls {
            return InResult::Data;
        }
        self.halt_in = true;
        // A short packet has ended the transfer before the halt shows; a full one or none has not.
        if now.is_multiple_of(self.options.max_packet) { InResult::Stalled } else { InResult::Data }
    }

    fn status_in(&mut self, max: usize, into: &mut Vec<u8>) -> InResult {
        if self.stall_csw > 0 {
            self.stall_csw -= 1;
            self.halt_in = true;
            return InResult::Stalled;
        }
        if std::mem::take(&mut self.zero_length) {
            return InResult::Data;
        }
        let mut bytes = self.csw.encode().to_vec();
        for misbehaviour in &self.options.misbehave {
            if let Oddity::WrongSignature(signature) = misbehaviour.what
                && self.odd(misbehaviour.what)
            {
                bytes[..4].copy_from_slice(&signature.to_le_bytes());
            }
        }
        let short = self.options.misbehave.iter().find_map(|misbehaviour| match misbehaviour.what {
            Oddity::ShortCsw(len) if self.odd(misbehaviour.what) => Some(len),
            _ => None,
        });
        bytes.truncate(short.unwrap_or(13));
        self.phase = Phase::Ready;
        if self.csw.status == CswStatus::PhaseError && self.options.phase_error_wedges {
            self.wedge();
        }
        let fits = bytes.len().min(max);
        into.extend_from_slice(&bytes[..fits]);
        if fits < bytes.len() { InResult::Babble } else { InResult::Data }
    }

    /// Bulk-Only Mass Storage Reset: ready for the next CBW; halts stay until they are cleared.
    pub fn mass_storage_reset(&mut self) {
        self.phase = Phase::Ready;
        self.wedged = false;
        self.target.class_reset();
    }

    /// CLEAR_FEATURE(ENDPOINT_HALT) for an endpoint address (bit 7: in). A wedged device halts again at once.
    pub fn clear_halt(&mut self, endpoint: u8) {
        if self.wedged {
            return;
        }
        if endpoint & 0x80 != 0 {
            self.halt_in = false;
        } else {
            self.halt_out = false;
        }
    }

    /// The hub resets the port.
    pub fn port_reset(&mut self) {
        self.mass_storage_reset();
        self.halt_in = false;
        self.halt_out = false;
        self.configuration = 0;
        self.target.port_reset();
    }
}
