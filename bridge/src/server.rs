//! Listening on the loopback addresses, and ending in good order.

use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::ServiceExt;
use axum::extract::Request;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::app::{App, app};
use crate::drives::Drives;
use crate::pump;

/// The port that is tried first.
pub const DEFAULT_PORT: u16 = 8470;
/// How many ports are tried after it.
const TRIES: u16 = 100;
/// How long the end may take: a command that is under way is not cut off.
const PATIENCE: Duration = Duration::from_secs(240);

/// A server whose sockets are open and not yet served.
#[derive(Debug)]
pub struct Bound {
    v4: TcpListener,
    v6: Option<TcpListener>,
    port: u16,
}

impl Bound {
    /// Opens `port`; without one, the default or the next that is free. Loopback addresses only.
    ///
    /// # Errors
    /// The port that was asked for, or every one tried, is taken.
    pub async fn open(port: Option<u16>) -> io::Result<Self> {
        let wanted = port.map_or(DEFAULT_PORT..=DEFAULT_PORT + TRIES, |port| port..=port);
        let mut refused = io::Error::from(io::ErrorKind::AddrInUse);
        for port in wanted {
            match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
                Ok(v4) => {
                    let port = v4.local_addr()?.port();
                    // The same number on [::1], where this machine has it. Somebody else's server there would answer
                    // to "localhost" in our place, so the next number is taken then.
                    match TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await {
                        Err(error) if error.kind() == io::ErrorKind::AddrInUse => refused = error,
                        v6 => return Ok(Bound { v4, v6: v6.ok(), port }),
                    }
                }
                Err(error) => refused = error,
            }
        }
        Err(refused)
    }

    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The address to open in a browser.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://{}/", SocketAddr::from((Ipv4Addr::LOCALHOST, self.port)))
    }

    /// Serves until `end`, then lets every drive finish the command it is at, unlocks trays and keeps simulated discs.
    ///
    /// # Errors
    /// The sockets failed.
    pub async fn serve(self, drives: Arc<Drives>, end: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let (down, shutdown) = watch::channel(false);
        let service = app(App { drives: Arc::clone(&drives), shutdown: shutdown.clone() }, self.port);
        // Commands and answers are small and many: none may wait for a fuller packet.
        let listen = |listener: TcpListener| {
            let mut shutdown = shutdown.clone();
            let listener = listener.tap_io(|stream| {
                let _ = stream.set_nodelay(true);
            });
            axum::serve(listener, ServiceExt::<Request>::into_make_service(service.clone()))
                .with_graceful_shutdown(async move {
                    let _ = shutdown.wait_for(|down| *down).await;
                })
                .into_future()
        };
        let v4 = listen(self.v4);
        let v6 = self.v6.map(listen);
        let served = async {
            match v6 {
                Some(v6) => tokio::try_join!(v4, v6).map(|_| ()),
                None => v4.await,
            }
        };
        let ending = async {
            end.await;
            let _ = down.send(true);
        };
        tokio::pin!(served, ending);
        let result = tokio::select! {
            result = &mut served => result,
            () = &mut ending => {
                // An open page keeps its connection; it is not waited for.
                let _ = tokio::time::timeout(Duration::from_millis(500), &mut served).await;
                Ok(())
            }
        };
        let patience = tokio::time::Instant::now() + PATIENCE;
        while pump::any_held(&drives) && tokio::time::Instant::now() < patience {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        drives.keep();
        result
    }
}
