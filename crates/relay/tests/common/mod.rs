//! A far end in memory: frames sent are queued, served when an answer is waited for, as a drive behind a socket does.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use webburn_relay::wire::Request;
use webburn_relay::{FrameChannel, Hello, Intake, Lease, Server, Used};
use webburn_scsi::{Caps, Cdb, Completion, Data, ScsiTransport, TransportError, TransportErrorKind};

/// Index of a command → how it ends, if not well.
pub type Script = fn(usize) -> Option<Result<Completion, TransportError>>;

/// What the drive below is told, in order.
#[derive(Default)]
pub struct Log {
    pub obeyed: Vec<Vec<u8>>,
    pub limits: Vec<Duration>,
    /// Most frames that waited at once.
    pub deepest: usize,
}

/// A drive that echoes data and answers by a script: index of the command → how it ends.
pub struct ScriptedDrive {
    pub log: Arc<Mutex<Log>>,
    pub script: Script,
}

impl ScsiTransport for ScriptedDrive {
    fn caps(&self) -> Caps {
        Caps { max_transfer: 1 << 20, alignment: 1, depth: 1 }
    }
    async fn execute(&mut self, cdb: &Cdb, data: Data<'_>, limit: Duration) -> Result<Completion, TransportError> {
        let index = {
            let mut log = self.log.lock().unwrap();
            log.obeyed.push(cdb.as_bytes().to_vec());
            log.limits.push(limit);
            log.obeyed.len() - 1
        };
        let moved = match data {
            Data::In(into) => {
                for (i, byte) in into.iter_mut().enumerate() {
                    *byte = i as u8;
                }
                into.len()
            }
            Data::Out(from) => from.len(),
            Data::None => 0,
        };
        (self.script)(index).unwrap_or(Ok(Completion::good(moved)))
    }
}

pub struct Loop {
    pub drive: ScriptedDrive,
    pub server: Server,
    pub intake: Intake,
    /// Messages, which hold several frames where the channel packs.
    pub waiting: VecDeque<Vec<u8>>,
    pub packs: bool,
    pub answers: VecDeque<Vec<u8>>,
    /// Answers stay away for good from now on.
    pub silent: bool,
    /// Mangles the next answer.
    pub mangle: Option<fn(&mut Vec<u8>)>,
    /// Where the channel remembers what is used up.
    pub used: Option<Used>,
}

#[derive(Clone)]
pub struct Channel(pub Arc<Mutex<Loop>>);

impl Channel {
    pub fn new(script: Script) -> (Self, Arc<Mutex<Log>>) {
        let log = Arc::new(Mutex::new(Log::default()));
        let server = Server::new();
        let intake = server.intake();
        let hello = hello();
        let far = Loop {
            drive: ScriptedDrive { log: log.clone(), script },
            server,
            intake,
            waiting: VecDeque::new(),
            packs: false,
            answers: [hello.encode()].into(),
            silent: false,
            mangle: None,
            used: None,
        };
        (Channel(Arc::new(Mutex::new(far))), log)
    }
}

/// What the far end says first.
pub fn hello() -> Hello {
    Hello {
        lease: Lease::Granted,
        simulated: true,
        depth: 4,
        max_transfer: 1 << 20,
        id: "x".into(),
        vendor: "V".into(),
        product: "P".into(),
        revision: "R".into(),
    }
}

impl FrameChannel for Channel {
    async fn send(&mut self, parts: &[&[u8]]) -> Result<(), TransportError> {
        let mut far = self.0.lock().unwrap();
        let frame = parts.concat();
        far.intake.note(&frame);
        far.waiting.push_back(frame);
        let depth = far.waiting.iter().map(|message| frames(message).len()).sum();
        let mut log = far.drive.log.lock().unwrap();
        log.deepest = log.deepest.max(depth);
        Ok(())
    }

    async fn recv(&mut self, into: &mut Vec<u8>, _limit: Duration) -> Result<(), TransportError> {
        if self.0.lock().unwrap().silent {
            // A caller is dropped while it waits here.
            std::future::pending::<()>().await;
        }
        let mut far = self.0.lock().unwrap();
        let far = &mut *far;
        if far.answers.is_empty() {
            let Some(frame) = far.waiting.pop_front() else {
                return Err(TransportError::new(TransportErrorKind::Timeout, "nothing was asked"));
            };
            let mut replies = Vec::new();
            for frame in frames(&frame) {
                pollster_block(far.server.serve(&mut far.drive, frame, &mut replies)).expect("a request frame");
            }
            far.answers.push_back(replies);
        }
        *into = far.answers.pop_front().expect("just put there");
        if let Some(mangle) = far.mangle.take() {
            mangle(into);
        }
        Ok(())
    }

    fn packs(&self) -> bool {
        self.0.lock().unwrap().packs
    }

    fn used(&self) -> Option<Used> {
        self.0.lock().unwrap().used
    }

    fn use_up(&mut self, used: Used) {
        self.0.lock().unwrap().used = Some(used);
    }
}

/// The frames of a message.
fn frames(mut message: &[u8]) -> Vec<&[u8]> {
    let mut frames = Vec::new();
    while !message.is_empty() {
        let (frame, rest) = message.split_at(Request::end_of_first(message));
        frames.push(frame);
        message = rest;
    }
    frames
}

/// The futures here are always ready.
pub fn pollster_block<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    match future.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop())) {
        std::task::Poll::Ready(output) => output,
        std::task::Poll::Pending => panic!("not ready"),
    }
}

/// Polls once and drops.
pub fn poll_and_drop<F: Future>(future: F) -> bool {
    let mut future = std::pin::pin!(future);
    future.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop())).is_ready()
}
