//! A server in this process, plain HTTP to it, and a relay channel over a WebSocket.
#![allow(dead_code)] // each test file uses its part

use std::sync::Arc;
use std::time::Duration;

use futures::{SinkExt, StreamExt};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use webburn_bridge::drives::Drives;
use webburn_bridge::open::{Options, Simulated, Spec};
use webburn_bridge::server::Bound;
use webburn_relay::FrameChannel;
use webburn_scsi::{TransportError, TransportErrorKind};
use webburn_sim::{Pace, Personality};

pub struct TestServer {
    pub port: u16,
    pub drives: Arc<Drives>,
    end: Option<oneshot::Sender<()>>,
    task: tokio::task::JoinHandle<std::io::Result<()>>,
}

impl TestServer {
    /// With one simulated drive for each spec, `sim-0` and so on, at the instant pace.
    pub async fn start(specs: &[&str]) -> Self {
        Self::start_at(Pace::Instant, specs).await
    }

    /// The same at another pace.
    pub async fn start_at(pace: Pace, specs: &[&str]) -> Self {
        let options = Options { pace, personality: Personality::by_id("bd-burner").unwrap() };
        let simulated = specs.iter().map(|spec| Simulated::new(&Spec::parse(spec).unwrap(), &options).unwrap());
        let drives = Arc::new(Drives::new(simulated.collect()));
        let bound = Bound::open(Some(0)).await.unwrap();
        let (end, ended) = oneshot::channel();
        let port = bound.port();
        let task = tokio::spawn(bound.serve(Arc::clone(&drives), async {
            let _ = ended.await;
        }));
        TestServer { port, drives, end: Some(end), task }
    }

    pub async fn stop(mut self) {
        let _ = self.end.take().unwrap().send(());
        self.task.await.unwrap().unwrap();
    }

    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Sends exactly this and gives the whole answer: status, head, body.
    pub async fn raw(&self, request: &str) -> (u16, String, Vec<u8>) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8(answer[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, head, answer[end + 4..].to_vec())
    }

    pub async fn get(&self, path: &str) -> (u16, String, Vec<u8>) {
        let host = format!("127.0.0.1:{}", self.port);
        self.raw(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).await
    }

    pub async fn put_medium(&self, drive: &str, medium: &str) -> (u16, Vec<u8>) {
        let body = format!("{{\"medium\":\"{medium}\"}}");
        let request = format!(
            "PUT /v1/drives/{drive}/medium HTTP/1.1\r\nHost: localhost:{}\r\nOrigin: {}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.port,
            self.origin(),
            body.len()
        );
        let (status, _, body) = self.raw(&request).await;
        (status, body)
    }

    /// The list of drives.
    pub async fn listed(&self) -> serde_json::Value {
        let (status, _, body) = self.get("/v1/drives").await;
        assert_eq!(status, 200);
        serde_json::from_slice(&body).unwrap()
    }

    pub async fn socket(&self, drive: &str, client: &str) -> Result<Channel, tungstenite::Error> {
        self.socket_from(drive, client, Some(&self.origin())).await
    }

    pub async fn socket_from(
        &self,
        drive: &str,
        client: &str,
        origin: Option<&str>,
    ) -> Result<Channel, tungstenite::Error> {
        let url = format!("ws://127.0.0.1:{}/v1/drives/{drive}/scsi?client={client}", self.port);
        let mut request = url.into_client_request().unwrap();
        if let Some(origin) = origin {
            request.headers_mut().insert("origin", origin.parse().unwrap());
        }
        let (socket, _) = connect_async(request).await?;
        Ok(Channel { socket, closed: None })
    }
}

/// A relay channel.
pub struct Channel {
    pub socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub closed: Option<CloseFrame>,
}

fn gone(detail: impl ToString) -> TransportError {
    TransportError::new(TransportErrorKind::Disconnected, detail.to_string())
}

impl FrameChannel for Channel {
    async fn send(&mut self, parts: &[&[u8]]) -> Result<(), TransportError> {
        self.socket.send(Message::Binary(parts.concat().into())).await.map_err(gone)
    }

    async fn recv(&mut self, into: &mut Vec<u8>, limit: Duration) -> Result<(), TransportError> {
        let late = |_| TransportError::new(TransportErrorKind::Timeout, "no frame");
        loop {
            match tokio::time::timeout(limit, self.socket.next()).await.map_err(late)? {
                Some(Ok(Message::Binary(frame))) => {
                    into.clear();
                    into.extend_from_slice(&frame);
                    return Ok(());
                }
                Some(Ok(Message::Close(why))) => self.closed = why,
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(gone(error)),
                None => return Err(gone("closed")),
            }
        }
    }

    fn packs(&self) -> bool {
        true
    }
}

/// Waits until `what` is so, no longer than a few seconds.
pub async fn soon(what: impl Fn() -> bool) {
    for _ in 0..500 {
        if what() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it never became so");
}
