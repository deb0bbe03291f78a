//! What a USB device needs to know of the drive behind it.

use std::time::Duration;

use webburn_scsi::Target;

use crate::command::{Phase, Request};
use crate::drive::SimDrive;

/// The data phase a device means to have for a command, before it carries the command out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// None.
    Nothing,
    /// To the host.
    ToHost,
    /// From the host, so many bytes.
    FromHost(usize),
}

/// A drive behind a USB port.
pub trait UsbTarget: Target {
    /// The data phase that the command means to have.
    fn wants(&self, cdb: &[u8]) -> Wants;
    /// Virtual time.
    fn now(&self) -> Duration;
    /// When the last command's status is due; [`Duration::MAX`] for never.
    fn delivered_at(&self) -> Duration;
    /// Moves the clock forward.
    fn advance_to(&mut self, to: Duration);
    /// Bulk-Only Mass Storage Reset: the command under way is broken off, nothing else changes.
    fn class_reset(&mut self);
    /// The port was reset.
    fn port_reset(&mut self);
    /// The cable is out.
    fn is_unplugged(&self) -> bool {
        false
    }
}

impl UsbTarget for SimDrive {
    fn wants(&self, cdb: &[u8]) -> Wants {
        let Some(entry) = self.entry(cdb) else { return Wants::Nothing };
        let request = Request { cdb, out: &[] };
        match entry.phase {
            Phase::None => Wants::Nothing,
            Phase::In(room) if room(&request) == 0 => Wants::Nothing,
            Phase::In(_) => Wants::ToHost,
            Phase::Out(len) => match len(self, &request) {
                0 => Wants::Nothing,
                len => Wants::FromHost(len),
            },
        }
    }
    fn now(&self) -> Duration {
        SimDrive::now(self)
    }
    fn delivered_at(&self) -> Duration {
        SimDrive::delivered_at(self)
    }
    fn advance_to(&mut self, to: Duration) {
        SimDrive::advance_to(self, to);
    }
    fn class_reset(&mut self) {
        self.bus_reset();
    }
    fn port_reset(&mut self) {
        SimDrive::port_reset(self);
    }
    fn is_unplugged(&self) -> bool {
        SimDrive::is_unplugged(self)
    }
}
