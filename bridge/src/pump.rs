//! Frames of one connection ⇄ one drive.
//!
//! Three parties: the reader takes frames off the socket as they come, the drive's own thread serves them in order, the
//! writer sends the replies. So the next command is here before the last has ended, and commands overlap with the network.

use std::sync::Arc;

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use futures::{SinkExt, StreamExt};
use tokio::sync::{mpsc, watch};
use webburn_relay::wire::Request;
use webburn_relay::{DEPTH, Intake, Lease, Server};
use webburn_sgio::OpenError;

use crate::drives::Drive;
use crate::lease::Held;
use crate::open::unlock_tray;
use crate::texts;

/// Close code: somebody else holds the drive; the hello before it names them.
pub const HELD: u16 = 4409;
/// Close code: the drive could not be opened; the reason says why.
pub const NOT_OPENED: u16 = 4403;

/// Frames that may wait for the drive: a client that sends more than it may is held back by its own socket.
const WAITING: usize = DEPTH * 2;

/// Serves one connection until either side ends it. The lease ends with the drive's thread, not with the socket: nobody
/// else gets a drive that is still at work.
pub async fn pump(mut socket: WebSocket, drive: Drive, client: String, mut shutdown: watch::Receiver<bool>) {
    let held = match drive.lease.take(&client) {
        Ok(held) => held,
        Err(holder) => return refuse(socket, &drive, holder).await,
    };
    let opened = {
        let drive = drive.clone();
        tokio::task::spawn_blocking(move || drive.open()).await
    };
    let opened = match opened {
        Ok(Ok(opened)) => opened,
        Ok(Err(OpenError::Busy(_))) => return refuse(socket, &drive, texts::ANOTHER_PROGRAM.to_owned()).await,
        Ok(Err(error)) => return close(socket, NOT_OPENED, &error.to_string()).await,
        Err(_) => return close(socket, close_code::ERROR, "internal error").await,
    };
    if socket.send(Message::Binary(drive.hello(Lease::Granted).encode().into())).await.is_err() {
        return;
    }

    let server = Server::new();
    let intake = server.intake();
    let (frames, inbox) = mpsc::channel(WAITING);
    let (replies, mut outbox) = mpsc::channel::<Vec<u8>>(WAITING);
    let worker = Worker { server, opened, drive: drive.clone(), held };
    let thread = std::thread::Builder::new().name(drive.id.clone()).spawn(move || worker.run(inbox, replies));
    if thread.is_err() {
        return close(socket, close_code::ERROR, "internal error").await;
    }

    let (mut sink, mut stream) = socket.split();
    let writer = async {
        while let Some(reply) = outbox.recv().await {
            if sink.send(Message::Binary(reply.into())).await.is_err() {
                break;
            }
        }
        // Nothing more will come: the far end is gone, or spoke what is no frame.
        let _ = sink.send(Message::Close(Some(CloseFrame { code: close_code::NORMAL, reason: "".into() }))).await;
    };
    let reader = async {
        'socket: while let Some(Ok(message)) = stream.next().await {
            match message {
                Message::Binary(mut rest) => {
                    while !rest.is_empty() {
                        let frame = rest.split_to(Request::end_of_first(&rest));
                        intake.note(&frame);
                        if frames.send(frame).await.is_err() {
                            break 'socket;
                        }
                    }
                }
                Message::Text(_) | Message::Close(_) => break,
                Message::Ping(_) | Message::Pong(_) => {}
            }
        }
    };
    tokio::select! {
        () = reader => {}
        () = writer => {}
        _ = shutdown.wait_for(|down| *down) => {}
    }
    leave(&intake, frames);
}

/// What waits is not carried out any more; the drive's thread ends after the command it is at.
fn leave(intake: &Intake, frames: mpsc::Sender<axum::body::Bytes>) {
    intake.close();
    drop(frames);
}

/// The drive's side of a connection.
struct Worker {
    server: Server,
    opened: crate::open::OpenDrive,
    drive: Drive,
    /// Freed last, when the thread ends.
    held: Held,
}

impl Worker {
    fn run(mut self, mut inbox: mpsc::Receiver<axum::body::Bytes>, replies: mpsc::Sender<Vec<u8>>) {
        while let Some(frame) = inbox.blocking_recv() {
            let mut reply = Vec::new();
            match pollster::block_on(self.server.serve(&mut self.opened, &frame, &mut reply)) {
                Ok(served) => tracing::trace!(drive = self.drive.id, "{} {:?}", served.request.cdb, served.ended),
                Err(error) => {
                    tracing::warn!(drive = self.drive.id, "not a frame, the connection ends: {error}");
                    break;
                }
            }
            // The client may be gone; what it has sent is still looked at, to be answered "not carried out".
            let _ = replies.blocking_send(reply);
        }
        drop(replies);
        pollster::block_on(unlock_tray(&mut self.opened));
        self.drive.keep();
        drop(self.opened);
        drop(self.held);
    }
}

async fn refuse(mut socket: WebSocket, drive: &Drive, holder: String) {
    let hello = drive.hello(Lease::HeldBy(holder)).encode();
    if socket.send(Message::Binary(hello.into())).await.is_ok() {
        close(socket, HELD, "held").await;
    }
}

/// A close frame holds 123 bytes of reason (RFC 6455, 5.5).
async fn close(mut socket: WebSocket, code: u16, reason: &str) {
    let reason = &reason[..reason.floor_char_boundary(123)];
    let _ = socket.send(Message::Close(Some(CloseFrame { code, reason: reason.into() }))).await;
}

/// Whether any drive of the list is held.
pub fn any_held(drives: &Arc<crate::drives::Drives>) -> bool {
    drives.all().iter().any(|drive| drive.lease.holder().is_some())
}
