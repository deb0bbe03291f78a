//! A bulk-only device small enough to be read at a glance: it intends what the test says and ends short as it is told.
#![allow(dead_code)] // each test file uses its part

use std::collections::VecDeque;
use std::time::Duration;

use webburn_bot::{BulkPipe, Case, Cbw, Csw, CswStatus, Endpoint, TransferEnd, Transferred};
use webburn_scsi::{Direction, Sense, SenseKey, TransportError, TransportErrorKind};

/// How a data phase ends that is shorter than the host expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortfall {
    Stall,
    Short,
    Fill,
}

/// What the status phase does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Right,
    StalledOnce,
    StalledTwice,
    EmptyPacketFirst,
    EmptyPacketsTwice,
    WrongTag,
    OddSignature,
    Truncated,
    Long,
    Garbled,
    Babble,
    Byte(u8),
}

#[derive(Debug)]
enum Item {
    Packet(Vec<u8>),
    Stall,
    Babble(Vec<u8>),
}

#[derive(Debug)]
pub struct Device {
    /// What the device means to move for every command but REQUEST SENSE.
    pub intends: (Direction, usize),
    pub shortfall: Shortfall,
    /// The command fails: CHECK CONDITION 3/0C/00 waits.
    pub fails: bool,
    pub status: Status,
    /// Added to the true residue.
    pub residue_lie: u32,
    /// The status comes where data should be.
    pub skips_data: bool,
    /// More data than the host has room for.
    pub babbles: bool,
    pub refuses_reset: bool,
    pub unplugged: bool,
    /// The platform does not count what moved before a halt of bulk-out.
    pub counts_nothing_before_a_halt: bool,
    /// The nth transfer from now never ends.
    pub hangs_at: Option<usize>,
    /// Everything that happened, in order.
    pub log: Vec<String>,
    pub cbws: Vec<Cbw>,
    pub limits: Vec<Duration>,
    pub taken: Vec<u8>,
    pub max_lun: Result<Option<u8>, TransportError>,
    sense: Option<Sense>,
    halted: [bool; 2],
    needs_reset: bool,
    queue: VecDeque<Item>,
    accept_out: Option<(usize, bool)>,
}

impl Device {
    pub fn new(intends: (Direction, usize), shortfall: Shortfall) -> Self {
        Device {
            intends,
            shortfall,
            fails: false,
            status: Status::Right,
            residue_lie: 0,
            skips_data: false,
            babbles: false,
            refuses_reset: false,
            unplugged: false,
            counts_nothing_before_a_halt: false,
            hangs_at: None,
            log: vec![],
            cbws: vec![],
            limits: vec![],
            taken: vec![],
            max_lun: Ok(Some(0)),
            sense: None,
            halted: [false; 2],
            needs_reset: false,
            queue: VecDeque::new(),
            accept_out: None,
        }
    }

    pub fn obedient(direction: Direction, len: usize) -> Self {
        Device::new((direction, len), Shortfall::Short)
    }

    fn note(&mut self, what: &str) -> Result<(), TransportError> {
        self.log.push(what.to_owned());
        if self.unplugged {
            return Err(TransportError::new(TransportErrorKind::Disconnected, "unplugged"));
        }
        Ok(())
    }

    async fn perhaps_hang(&mut self) {
        if let Some(n) = &mut self.hangs_at {
            if *n == 0 {
                self.hangs_at = None;
                std::future::pending::<()>().await;
            } else {
                *n -= 1;
            }
        }
    }

    fn begin(&mut self, cbw: Cbw) {
        self.cbws.push(cbw);
        self.queue.clear();
        let (host, host_len) = (cbw.direction(), cbw.data_transfer_length as usize);
        let is_sense = cbw.cb[0] == 0x03 && self.intends.1 != 1803;
        let data: Vec<u8>;
        let (mut way, mut len) = self.intends;
        let mut failed = self.fails;
        if is_sense {
            data = self.sense.take().unwrap_or(Sense::from_bytes(&[0x70; 18])).as_bytes().to_vec();
            (way, len) = (Direction::In, data.len());
            failed = false;
        } else {
            data = (0..len).map(|i| i as u8).collect();
        }
        if failed {
            self.sense = Some(Sense::fixed(SenseKey::MediumError, 0x0C, 0x00));
            (way, len) = (Direction::None, 0);
        }
        let case = Case::of(host, host_len as u64, way, len as u64);
        let mut residue = 0;
        match case {
            Case::HiDn | Case::HiOverDi | Case::HiDo => {
                let real = if case == Case::HiOverDi { len } else { 0 };
                residue = host_len - real;
                self.send_short(&data[..real], host_len);
            }
            Case::HiDi | Case::HiUnderDi if self.babbles => {
                self.queue.push_back(Item::Babble(data[..host_len].to_vec()))
            }
            Case::HiDi | Case::HiUnderDi => self.queue.push_back(Item::Packet(data[..host_len].to_vec())),
            Case::HoDn | Case::HoDi | Case::HoOverDo | Case::HoDo | Case::HoUnderDo => {
                let real = match case {
                    Case::HoOverDo => len,
                    Case::HoDo | Case::HoUnderDo => host_len,
                    _ => 0,
                };
                residue = host_len - real;
                self.accept_out = Some((real, residue > 0 && self.shortfall == Shortfall::Stall));
            }
            Case::HnDn | Case::HnDi | Case::HnDo => {}
        }
        if self.skips_data && !is_sense {
            self.queue.clear();
            self.halted = [false; 2];
            residue = host_len;
        }
        let status = if case.row().phase_error {
            CswStatus::PhaseError
        } else if failed {
            CswStatus::Failed
        } else {
            CswStatus::Passed
        };
        let csw = Csw::new(cbw.tag, residue as u32 + self.residue_lie, status);
        self.queue_status(csw);
    }

    fn send_short(&mut self, real: &[u8], host_len: usize) {
        match self.shortfall {
            Shortfall::Short => self.queue.push_back(Item::Packet(real.to_vec())),
            Shortfall::Stall if real.is_empty() => self.queue.push_back(Item::Stall),
            // The halt ends the transfer whose first bytes have moved.
            Shortfall::Stall => self.queue.extend([Item::Packet(real.to_vec()), Item::Stall]),
            Shortfall::Fill => {
                let mut padded = real.to_vec();
                padded.resize(host_len, 0xEE);
                self.queue.push_back(Item::Packet(padded));
            }
        }
    }

    fn queue_status(&mut self, mut csw: Csw) {
        let right = csw.encode().to_vec();
        let items = match self.status {
            Status::Right => vec![Item::Packet(right)],
            Status::StalledOnce => vec![Item::Stall, Item::Packet(right)],
            Status::StalledTwice => vec![Item::Stall, Item::Stall, Item::Packet(right)],
            Status::EmptyPacketFirst => vec![Item::Packet(vec![]), Item::Packet(right)],
            Status::EmptyPacketsTwice => vec![Item::Packet(vec![]), Item::Packet(vec![]), Item::Packet(right)],
            Status::WrongTag => {
                csw.tag = csw.tag.wrapping_sub(1);
                vec![Item::Packet(csw.encode().to_vec())]
            }
            Status::OddSignature => {
                csw.signature = 0x5553_4253;
                vec![Item::Packet(csw.encode().to_vec())]
            }
            Status::Truncated => vec![Item::Packet(right[..12].to_vec())],
            Status::Long => vec![Item::Packet([&right[..], &[0]].concat())],
            Status::Garbled => vec![Item::Packet(vec![0x55; 31])],
            Status::Babble => vec![Item::Babble(right)],
            Status::Byte(byte) => {
                csw.status = CswStatus::from_byte(byte);
                vec![Item::Packet(csw.encode().to_vec())]
            }
        };
        self.queue.extend(items);
    }
}

impl BulkPipe for Device {
    fn begin_command(&mut self, limit: Duration) {
        self.limits.push(limit);
    }

    async fn bulk_out(&mut self, data: &[u8]) -> Result<Transferred, TransportError> {
        self.note("out")?;
        self.perhaps_hang().await;
        if self.halted[1] || self.needs_reset {
            return Ok(Transferred::stall(0));
        }
        if let Some((real, stalls)) = self.accept_out.take() {
            self.taken.extend_from_slice(&data[..real.min(data.len())]);
            self.halted[1] = stalls;
            let counted = if self.counts_nothing_before_a_halt { 0 } else { real };
            return Ok(if stalls { Transferred::stall(counted) } else { Transferred::complete(data.len()) });
        }
        // A wrapper while the old status still waits is not valid (BOT 1.0, 6.2.1).
        match Cbw::decode(data) {
            Ok(cbw) if self.queue.is_empty() => {
                self.begin(cbw);
                Ok(Transferred::complete(data.len()))
            }
            _ => {
                (self.halted, self.needs_reset) = ([true; 2], true);
                Ok(Transferred::stall(0))
            }
        }
    }

    async fn bulk_in(&mut self, into: &mut [u8]) -> Result<Transferred, TransportError> {
        self.note("in")?;
        self.perhaps_hang().await;
        if self.halted[0] || self.needs_reset {
            return Ok(Transferred::stall(0));
        }
        match self.queue.pop_front() {
            Some(Item::Packet(bytes)) => {
                assert!(bytes.len() <= into.len(), "the host has room for what it asked for");
                into[..bytes.len()].copy_from_slice(&bytes);
                // Short data and a halt behind it are one transfer when the data fills whole packets.
                if !bytes.is_empty()
                    && matches!(self.queue.front(), Some(Item::Stall))
                    && bytes.len() < into.len()
                    && bytes.len() % 512 == 0
                {
                    self.queue.pop_front();
                    self.halted[0] = true;
                    return Ok(Transferred::stall(bytes.len()));
                }
                // Data with a short last packet and a halt: the transfer ends by the packet, the halt meets the status.
                Ok(Transferred::complete(bytes.len()))
            }
            Some(Item::Babble(bytes)) => {
                let n = bytes.len().min(into.len());
                into[..n].copy_from_slice(&bytes[..n]);
                Ok(Transferred { bytes: n, end: TransferEnd::Babble })
            }
            Some(Item::Stall) => {
                self.halted[0] = true;
                Ok(Transferred::stall(0))
            }
            None => Err(TransportError::new(TransportErrorKind::Timeout, "nothing to send")),
        }
    }

    async fn clear_halt(&mut self, endpoint: Endpoint) -> Result<(), TransportError> {
        self.note(if endpoint == Endpoint::In { "clear in" } else { "clear out" })?;
        self.halted[usize::from(endpoint == Endpoint::Out)] = false;
        Ok(())
    }

    async fn get_max_lun(&mut self) -> Result<Option<u8>, TransportError> {
        self.note("max lun")?;
        self.max_lun.clone()
    }

    async fn mass_storage_reset(&mut self) -> Result<(), TransportError> {
        self.note("reset")?;
        if self.refuses_reset {
            return Err(TransportError::new(TransportErrorKind::Other, "stalled"));
        }
        self.needs_reset = false;
        self.queue.clear();
        self.accept_out = None;
        self.status = Status::Right;
        Ok(())
    }

    async fn port_reset(&mut self) -> Result<(), TransportError> {
        self.note("port reset")?;
        (self.halted, self.needs_reset, self.status) = ([false; 2], false, Status::Right);
        self.queue.clear();
        self.accept_out = None;
        Ok(())
    }
}

/// The futures here are ready, or are meant to be dropped.
pub fn now<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    match future.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop())) {
        std::task::Poll::Ready(output) => output,
        std::task::Poll::Pending => panic!("the device hangs"),
    }
}

/// Polls once and drops the future half way.
pub fn drop_half_way<F: Future>(future: F) {
    let mut future = std::pin::pin!(future);
    assert!(future.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop())).is_pending());
}
