//! Frames of one connection ⇄ one drive, on one thread.
//!
//! What has arrived is looked at before each command, so a client that has moved on or left is noticed between two
//! commands. While a command is under way, the next ones wait in the socket's buffers: they overlap with the network.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::FutureExt;
use tokio::sync::watch;
use tokio_tungstenite::tungstenite::protocol::Message;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use webburn_relay::wire::Request;
use webburn_relay::{DEPTH, Lease, Server};
use webburn_sgio::OpenError;

use crate::drives::Drive;
use crate::open::{OpenDrive, unlock_tray};
use crate::socket::{Socket, Upgraded};
use crate::texts;

/// Close code: somebody else holds the drive; the hello before it names them.
pub const HELD: u16 = 4409;
/// Close code: the drive could not be opened; the reason says why.
pub const NOT_OPENED: u16 = 4403;

/// Frames that may wait for the drive: a client that sends more than it may is held back by its own socket.
const WAITING: usize = DEPTH * 2;

/// Replies to frames of one message go back in one message too, if the drive is quicker than this.
const TOGETHER: Duration = Duration::from_millis(20);

/// Serves one connection until either side ends it. Blocks the calling thread.
///
/// The lease ends with the drive's last command, not with the socket: nobody else gets a drive that is still at work.
pub fn pump(connection: Upgraded, drive: &Drive, client: &str, shutdown: watch::Receiver<bool>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
    let served = runtime.and_then(|runtime| {
        runtime.block_on(async {
            let socket = connection.socket().await?;
            // Without a budget: nothing else runs on this thread that it could starve.
            tokio::task::unconstrained(serve(socket, drive, client, shutdown)).await;
            Ok(())
        })
    });
    if let Err(error) = served {
        tracing::error!(drive = drive.id, "the connection cannot be served: {error}");
    }
}

async fn serve(mut socket: Socket, drive: &Drive, client: &str, mut shutdown: watch::Receiver<bool>) {
    let held = match drive.lease.take(client) {
        Ok(held) => held,
        Err(holder) => return refuse(socket, drive, holder).await,
    };
    let mut opened = match drive.open() {
        Ok(opened) => opened,
        Err(OpenError::Busy(_)) => return refuse(socket, drive, texts::ANOTHER_PROGRAM.to_owned()).await,
        Err(error) => return socket.close(NOT_OPENED.into(), &error.to_string()).await,
    };
    if socket.send(drive.hello(Lease::Granted).encode()).await.is_err() {
        return;
    }
    let ending = shutdown.clone();
    tokio::select! {
        biased;
        _ = shutdown.wait_for(|down| *down) => {}
        () = converse(socket, &mut opened, &drive.id, ending) => {}
    }
    unlock_tray(&mut opened).await;
    drive.keep();
    drop(opened);
    drop(held);
}

/// Until the client leaves, speaks what is no frame, or the server is to end. What waits then is not carried out any more.
async fn converse(mut socket: Socket, opened: &mut OpenDrive, drive: &str, shutdown: watch::Receiver<bool>) {
    let mut server = Server::new();
    let intake = server.intake();
    // Each with whether it was the last of its message.
    let mut waiting = VecDeque::with_capacity(WAITING);
    let (mut replies, mut since) = (Vec::new(), Instant::now());
    while !*shutdown.borrow() {
        while waiting.len() < WAITING {
            let message = match socket.next().now_or_never() {
                Some(message) => message,
                None if waiting.is_empty() => socket.next().await,
                None => break,
            };
            match message {
                Some(Ok(Message::Binary(mut rest))) => {
                    while !rest.is_empty() {
                        let frame = rest.split_to(Request::end_of_first(&rest));
                        intake.note(&frame);
                        waiting.push_back((frame, rest.is_empty()));
                    }
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {}
                Some(Ok(Message::Text(_) | Message::Close(_)) | Err(_)) | None => return,
            }
        }
        let Some((frame, last)) = waiting.pop_front() else { continue };
        if replies.is_empty() {
            since = Instant::now();
        }
        match server.serve(opened, &frame, &mut replies).await {
            Ok(served) => tracing::trace!(drive, "{} {:?}", served.request.cdb, served.ended),
            Err(error) => {
                tracing::warn!(drive, "not a frame, the connection ends: {error}");
                return socket.close(CloseCode::Normal, "").await;
            }
        }
        if (last || since.elapsed() > TOGETHER) && socket.send(std::mem::take(&mut replies)).await.is_err() {
            return;
        }
    }
}

async fn refuse(mut socket: Socket, drive: &Drive, holder: String) {
    if socket.send(drive.hello(Lease::HeldBy(holder)).encode()).await.is_ok() {
        socket.close(HELD.into(), "held").await;
    }
}

/// Whether any drive of the list is held.
pub fn any_held(drives: &Arc<crate::drives::Drives>) -> bool {
    drives.all().iter().any(|drive| drive.lease.holder().is_some())
}
