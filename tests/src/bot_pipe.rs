//! A cable in memory: the host's bulk pipe on one end, the simulated USB device on the other.

use std::time::Duration;

use webburn_bot::{BulkPipe, Endpoint, TransferEnd, Transferred};
use webburn_scsi::{Completion, Direction, Outcome, Reply, Target, TransportError, TransportErrorKind};
use webburn_sim::usb::{BotDevice, BotOptions, ControlResult, InResult, OutResult, Setup, UsbTarget, Wants};
use webburn_sim::{SharedSim, SimDrive};

use crate::tap::{Entry, Tap};

/// The simulated drive as the device's inside, while the test keeps its own handle for the oracle.
#[derive(Clone)]
pub struct SharedTarget(pub SharedSim, Option<Tap>);

impl Target for SharedTarget {
    fn obey(&mut self, cdb: &[u8], out: &[u8], reply: &mut Reply) -> Outcome {
        let outcome = self.0.with(|drive| drive.obey(cdb, out, reply));
        if let Some(tap) = &self.1 {
            let is_write = matches!(cdb[0], 0x2A | 0xAA | 0x2E);
            tap.note(Entry {
                cdb: cdb.to_vec(),
                direction: Direction::None,
                length: out.len().max(reply.limit()),
                data: if is_write { Vec::new() } else { out.to_vec() },
                completion: Some(Completion { status: outcome.status.clone(), transferred: 0 }),
            });
        }
        outcome
    }
}

impl UsbTarget for SharedTarget {
    fn wants(&self, cdb: &[u8]) -> Wants {
        self.0.with(|drive| UsbTarget::wants(drive, cdb))
    }
    fn now(&self) -> Duration {
        self.0.with(|drive| SimDrive::now(drive))
    }
    fn delivered_at(&self) -> Duration {
        self.0.with(|drive| SimDrive::delivered_at(drive))
    }
    fn advance_to(&mut self, to: Duration) {
        self.0.with(|drive| drive.advance_to(to));
    }
    fn class_reset(&mut self) {
        self.0.with(UsbTarget::class_reset);
    }
    fn port_reset(&mut self) {
        self.0.with(UsbTarget::port_reset);
    }
    fn is_unplugged(&self) -> bool {
        self.0.with(|drive| UsbTarget::is_unplugged(drive))
    }
}

/// The pipe. Waiting is virtual: a transfer that is not due yet moves the drive's clock to its time.
pub struct SimPipe {
    device: BotDevice<SharedTarget>,
    sim: SharedSim,
    deadline: Duration,
    unplugged: bool,
    max_packet: usize,
    /// Every transfer as one line, for snapshots of the byte level.
    pub log: Vec<String>,
    /// Every this many transfers one is left hanging for ever, to be dropped by the test.
    pub hang_at: Option<usize>,
}

fn gone() -> TransportError {
    TransportError::new(TransportErrorKind::Disconnected, "no cable")
}

impl SimPipe {
    /// Plugs `sim` in as a bulk-only device.
    #[must_use]
    pub fn new(sim: SharedSim, options: BotOptions) -> Self {
        let max_packet = options.max_packet;
        SimPipe {
            device: BotDevice::new(SharedTarget(sim.clone(), None), options),
            sim,
            deadline: Duration::MAX,
            unplugged: false,
            max_packet,
            log: Vec::new(),
            hang_at: None,
        }
    }

    /// Writes every command that the drive is given into `tap`, autosense included.
    #[must_use]
    pub fn tapped(mut self, tap: Tap) -> Self {
        self.device.target_mut().1 = Some(tap);
        self
    }

    /// Pulls the cable, or puts it back.
    pub fn set_unplugged(&mut self, unplugged: bool) {
        self.unplugged = unplugged;
    }

    async fn plugged(&mut self) -> Result<(), TransportError> {
        if self.hang_at == Some(self.log.len()) {
            self.hang_at = None;
            std::future::pending::<()>().await;
        }
        if self.unplugged { Err(gone()) } else { Ok(()) }
    }

    fn control(result: ControlResult) -> Result<(), TransportError> {
        match result {
            ControlResult::Done => Ok(()),
            ControlResult::Stalled => Err(TransportError::new(TransportErrorKind::Other, "control request stalled")),
            ControlResult::Gone => Err(gone()),
        }
    }
}

impl BulkPipe for SimPipe {
    fn max_packet(&self) -> usize {
        self.max_packet
    }

    fn begin_command(&mut self, limit: Duration) {
        self.deadline = self.sim.time().now().saturating_add(limit);
    }

    async fn bulk_out(&mut self, data: &[u8]) -> Result<Transferred, TransportError> {
        self.plugged().await?;
        let stalled = match self.device.bulk_out(data) {
            OutResult::Taken => false,
            OutResult::Stalled => true,
            OutResult::Gone => return Err(gone()),
        };
        self.log.push(format!("out {}{}", data.len(), if stalled { " stall" } else { "" }));
        Ok(if stalled { Transferred::stall(0) } else { Transferred::complete(data.len()) })
    }

    async fn bulk_in(&mut self, into: &mut [u8]) -> Result<Transferred, TransportError> {
        self.plugged().await?;
        let mut got = Vec::new();
        loop {
            let end = match self.device.bulk_in(into.len(), &mut got) {
                InResult::Data => TransferEnd::Complete,
                InResult::Stalled => TransferEnd::Stall,
                InResult::Babble => TransferEnd::Babble,
                InResult::Gone => return Err(gone()),
                InResult::NotYet { until } if until <= self.deadline => {
                    self.sim.time().advance_to(until);
                    continue;
                }
                InResult::NotYet { .. } => {
                    self.sim.time().advance_to(self.deadline);
                    self.log.push("in timeout".to_owned());
                    return Err(TransportError::new(TransportErrorKind::Timeout, "the device sent nothing"));
                }
            };
            let bytes = got.len().min(into.len());
            into[..bytes].copy_from_slice(&got[..bytes]);
            self.log.push(format!("in {bytes} of {} {end:?}", into.len()));
            return Ok(Transferred { bytes, end });
        }
    }

    async fn clear_halt(&mut self, endpoint: Endpoint) -> Result<(), TransportError> {
        self.plugged().await?;
        self.log.push(format!("clear halt {endpoint:?}"));
        self.device.clear_halt(match endpoint {
            Endpoint::In => 0x81,
            Endpoint::Out => 0x02,
        });
        Ok(())
    }

    async fn get_max_lun(&mut self) -> Result<Option<u8>, TransportError> {
        self.plugged().await?;
        let mut got = Vec::new();
        let setup = Setup { request_type: 0xA1, request: 0xFE, value: 0, index: 0, length: 1 };
        match self.device.control_in(setup, &mut got) {
            ControlResult::Done => Ok(got.first().copied()),
            ControlResult::Stalled => Ok(None),
            ControlResult::Gone => Err(gone()),
        }
    }

    async fn mass_storage_reset(&mut self) -> Result<(), TransportError> {
        self.plugged().await?;
        self.log.push("mass storage reset".to_owned());
        let setup = Setup { request_type: 0x21, request: 0xFF, value: 0, index: 0, length: 0 };
        Self::control(self.device.control_out(setup, &[]))
    }

    async fn port_reset(&mut self) -> Result<(), TransportError> {
        self.plugged().await?;
        self.log.push("port reset".to_owned());
        self.device.port_reset();
        Ok(())
    }
}
