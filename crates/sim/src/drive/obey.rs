//! One command from its bytes to its outcome.

use std::time::Duration;

use webburn_scsi::{Outcome, Reply, Sense, SenseKey, Target};

use super::{Deaf, SimDrive};
use crate::cache::time_for;
use crate::command::{self, Entry, Needs, Request};
use crate::disc::Access;
use crate::fault::Then;
use crate::sense;

impl Target for SimDrive {
    fn obey(&mut self, cdb: &[u8], out: &[u8], reply: &mut Reply) -> Outcome {
        if self.delivered_at != Duration::MAX {
            self.time.advance_to(self.delivered_at);
        }
        self.settle();
        if self.deaf != Deaf::No {
            return self.no_answer();
        }
        self.cost = Duration::from_micros(self.personality.timing.command_us);
        self.cut_reply = None;
        let quirks = self.personality.quirks;
        let vendors_own = quirks.vendor_commands_hang && cdb.first().is_some_and(|opcode| *opcode >= 0xC0);
        let long = quirks.long_transfers_hang && out.len().max(reply.limit()) > 65_536;
        if vendors_own || long {
            self.deaf = Deaf::UntilReset;
            return self.no_answer();
        }
        let mut after = None;
        match self.faults.strike(cdb) {
            Some(Then::SenseAfter { key, asc, ascq }) => {
                after = Some(Sense::fixed(SenseKey::from_nibble(key), asc, ascq));
            }
            Some(fault) => {
                if let Some(outcome) = self.struck(fault) {
                    return outcome;
                }
            }
            None => {}
        }
        let result = self.execute(cdb, out, reply);
        let result = match (result, after) {
            (Ok(_), Some(sense)) => Err(sense),
            (result, _) => result,
        };
        if let Some(len) = self.cut_reply
            && reply.as_bytes().len() > len
        {
            let kept = reply.as_bytes()[..len].to_vec();
            reply.reset(reply.limit());
            reply.put(&kept);
        }
        let moved = out.len().max(reply.as_bytes().len());
        self.spend(time_for(moved as u64, u64::from(self.personality.timing.bus_kb) * 1000));
        self.delivered_at = self.now() + self.cost;
        match result {
            Ok(taken) => Outcome::good(taken),
            Err(sense) => self.refuse(sense),
        }
    }
}

impl SimDrive {
    fn no_answer(&mut self) -> Outcome {
        self.delivered_at = Duration::MAX;
        // Nobody will ever see it.
        Outcome::check(Sense::fixed(SenseKey::AbortedCommand, 0x00, 0x00))
    }

    fn refuse(&mut self, sense: Sense) -> Outcome {
        let sense = if self.personality.quirks.sense_without_valid_bit { without_valid_bit(&sense) } else { sense };
        if sense.key() == SenseKey::NotReady {
            self.polled();
        }
        self.pending = Some(sense.clone());
        Outcome::check(sense)
    }

    /// A fault strikes; the outcome when the command is not carried out.
    fn struck(&mut self, fault: Then) -> Option<Outcome> {
        match fault {
            Then::Sense { key, asc, ascq } => {
                self.delivered_at = self.now() + self.cost;
                Some(self.refuse(Sense::fixed(SenseKey::from_nibble(key), asc, ascq)))
            }
            // Told afterwards: the caller keeps it.
            Then::SenseAfter { .. } => None,
            Then::Hang => {
                self.deaf = Deaf::UntilReset;
                Some(self.no_answer())
            }
            Then::PowerLoss => {
                self.power_cycle();
                Some(self.no_answer())
            }
            Then::Unplug => {
                self.power_cycle();
                self.deaf = Deaf::Forever;
                Some(self.no_answer())
            }
            Then::Underrun => {
                self.underrun();
                None
            }
            Then::Defect { lba, count } => {
                if let Some(disc) = &mut self.disc {
                    disc.add_defect(crate::disc::Defect { first: lba, count, read: true, write: true });
                }
                None
            }
            Then::Short(len) => {
                self.cut_reply = Some(len as usize);
                None
            }
        }
    }

    fn execute(&mut self, cdb: &[u8], out: &[u8], reply: &mut Reply) -> Result<usize, Sense> {
        let entry = self.entry(cdb).ok_or(sense::UNKNOWN_COMMAND)?;
        if cdb.len() < command::length(entry.opcode) {
            return Err(sense::FIELD);
        }
        if !entry.any_time {
            if let Some(attention) = self.attention.pop_front() {
                return Err(attention);
            }
            // Any other command forgets the sense of the one before.
            self.pending = None;
            if let Some(busy) = self.busy_sense()
                && !entry.while_busy
                && !(entry.opcode == 0x00 && self.personality.quirks.ready_too_early)
            {
                return Err(busy);
            }
        }
        if entry.needs == Needs::Medium {
            self.ready()?;
        }
        (entry.run)(self, &Request { cdb, out }, reply)
    }

    /// The table's line for a command, if this drive has the command.
    pub(crate) fn entry(&self, cdb: &[u8]) -> Option<&'static Entry> {
        let entry = command::find(*cdb.first()?)?;
        let known = match entry.opcode {
            // A drive that cannot write does not know the commands for it.
            opcode if command::WRITING.contains(&opcode) => self.personality.is_burner(),
            0x52 | 0x5C | 0xAC | 0x23 => !self.personality.quirks.poor_command_set,
            0x54 => self.personality.ways.opc != crate::personality::Opc::Unknown && self.personality.is_burner(),
            0xAB => self.personality.quirks.media_serial_hangs,
            _ => true,
        };
        known.then_some(entry)
    }

    /// Is there a disc, up to speed, that the drive understands?
    pub(crate) fn ready(&self) -> Result<(), Sense> {
        if self.tray_open {
            return Err(sense::TRAY_OPEN);
        }
        let Some(disc) = &self.disc else { return Err(sense::NO_MEDIUM) };
        if let Some((until, takes)) = self.spinning {
            let quirk = self.personality.quirks.load_says_no_medium_first;
            return Err(match (quirk, until - self.now() > takes / 2) {
                (true, true) => sense::not_ready(0x3A, 0x00),
                (true, false) => sense::not_ready(0x04, 0x00),
                (false, _) => sense::BECOMING_READY,
            });
        }
        let kind = disc.kind();
        // A burner that reads HD DVD knows a blank one by its control data, *guess*.
        let known = self.personality.can_write(kind) || (kind.is_hd_dvd() && self.personality.is_burner());
        let blank_for_a_reader = disc.state.is_blank() && !known;
        if !self.personality.reads.contains(&kind) || (blank_for_a_reader && kind.spec().access != Access::Rom) {
            return Err(sense::INCOMPATIBLE);
        }
        Ok(())
    }

    /// From now on the drive answers nothing until it is reset by its mains switch.
    pub(crate) fn go_deaf(&mut self) {
        self.deaf = Deaf::Forever;
        self.cost = Duration::MAX / 4;
    }
}

/// The information field is there, and the bit that says so is not.
fn without_valid_bit(sense: &Sense) -> Sense {
    let mut bytes = sense.as_bytes().to_vec();
    if let Some(first) = bytes.first_mut() {
        *first &= 0x7F;
    }
    Sense::from_bytes(&bytes)
}
