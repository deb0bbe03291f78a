//! The relay in memory: client and server of the frame protocol with two queues between them.

use std::time::Duration;

use futures::StreamExt;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use webburn_relay::{FrameChannel, Hello, Intake, Lease, RelayTransport, Server};
use webburn_scsi::{ScsiTransport, TransportError, TransportErrorKind};

/// The client's end.
#[derive(Debug)]
pub struct MemoryChannel {
    to: UnboundedSender<Vec<u8>>,
    from: UnboundedReceiver<Vec<u8>>,
}

fn gone() -> TransportError {
    TransportError::new(TransportErrorKind::Disconnected, "the far end is gone")
}

impl FrameChannel for MemoryChannel {
    async fn send(&mut self, parts: &[&[u8]]) -> Result<(), TransportError> {
        self.to.unbounded_send(parts.concat()).map_err(|_| gone())
    }

    async fn recv(&mut self, into: &mut Vec<u8>, _limit: Duration) -> Result<(), TransportError> {
        *into = self.from.next().await.ok_or_else(gone)?;
        Ok(())
    }
}

/// The far end: serves `transport` until the client hangs up or `cut_after` frames have been served.
async fn serve<T: ScsiTransport>(
    mut transport: T,
    mut from: UnboundedReceiver<Vec<u8>>,
    to: UnboundedSender<Vec<u8>>,
    cut_after: usize,
) {
    let mut server = Server::new();
    let intake: Intake = server.intake();
    for _ in 0..cut_after {
        let Some(frame) = from.next().await else { break };
        intake.note(&frame);
        let mut reply = Vec::new();
        if server.serve(&mut transport, &frame, &mut reply).await.is_err() || to.unbounded_send(reply).is_err() {
            break;
        }
    }
}

/// Runs `work` at the near end of a relay whose far end lends it `transport`. The far end dies after `cut_after` frames.
///
/// # Errors
/// No connection.
pub async fn over_relay<T, F, R>(
    transport: T,
    cut_after: usize,
    work: impl FnOnce(RelayTransport<MemoryChannel>) -> F,
) -> Result<R, TransportError>
where
    T: ScsiTransport,
    F: Future<Output = R>,
{
    let (to_server, from_client) = unbounded();
    let (to_client, from_server) = unbounded();
    let hello = Hello {
        lease: Lease::Granted,
        simulated: true,
        depth: webburn_relay::DEPTH as u8,
        max_transfer: webburn_relay::MAX_TRANSFER as u32,
        id: "sim".to_owned(),
        vendor: "WEBBURN".to_owned(),
        product: "SIM".to_owned(),
        revision: "1".to_owned(),
    };
    to_client.unbounded_send(hello.encode()).map_err(|_| gone())?;
    let channel = MemoryChannel { to: to_server, from: from_server };
    let server = serve(transport, from_client, to_client, cut_after);
    let client = async {
        let (relay, _) = RelayTransport::connect(channel, Duration::from_secs(1)).await?;
        Ok(work(relay).await)
    };
    let (result, ()) = futures::future::join(client, server).await;
    result
}
