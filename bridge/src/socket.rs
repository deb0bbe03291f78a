//! A WebSocket that leaves the server's threads: its connection goes to a thread of its own, where waiting for a frame
//! wakes that thread alone. Handing frames from thread to thread costs more than most commands.

use std::io;
use std::net::TcpStream;

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::{SinkExt, StreamExt};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use hyper_util::server::conn::auto::upgrade::downcast;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Message, Role, WebSocketConfig};
use webburn_relay::MAX_FRAME;

/// Most bytes that one read asks for. The memory is cleared first, so much more than a frame would be cleared for nothing.
const READ: usize = 96 * 1024;

/// A request to become a WebSocket (RFC 6455, 4.2.1).
#[derive(Debug)]
pub struct Upgrade {
    key: HeaderValue,
    on_upgrade: OnUpgrade,
}

/// A connection that has become one, not yet spoken to.
#[derive(Debug)]
pub struct Upgraded {
    stream: TcpStream,
    /// What came in the same packet as the request.
    begun: Vec<u8>,
}

impl<S: Sync> FromRequestParts<S> for Upgrade {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        if parts.method != Method::GET {
            return Err(StatusCode::METHOD_NOT_ALLOWED.into_response());
        }
        let wanted = names(&parts.headers, &header::CONNECTION, "upgrade")
            && names(&parts.headers, &header::UPGRADE, "websocket");
        let on_upgrade = parts.extensions.remove::<OnUpgrade>();
        let (true, Some(on_upgrade)) = (wanted, on_upgrade) else {
            let what = [(header::UPGRADE, "websocket")];
            return Err((StatusCode::UPGRADE_REQUIRED, what).into_response());
        };
        if !names(&parts.headers, &header::SEC_WEBSOCKET_VERSION, "13") {
            return Err((StatusCode::UPGRADE_REQUIRED, [(header::SEC_WEBSOCKET_VERSION, "13")]).into_response());
        }
        let key = parts.headers.get(header::SEC_WEBSOCKET_KEY).cloned();
        key.map(|key| Upgrade { key, on_upgrade }).ok_or_else(|| StatusCode::BAD_REQUEST.into_response())
    }
}

/// Whether a header's list has the word.
fn names(headers: &HeaderMap, name: &HeaderName, word: &str) -> bool {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|one| one.trim().eq_ignore_ascii_case(word))
}

impl Upgrade {
    /// Agrees. Once the answer is on its way, `then` gets the connection, on a thread of its own called `name`.
    #[must_use]
    pub fn agree(self, name: String, then: impl FnOnce(Upgraded) + Send + 'static) -> Response {
        let Upgrade { key, on_upgrade } = self;
        let accept = derive_accept_key(key.as_bytes());
        tokio::spawn(async move {
            let begun = async { Upgraded::new(on_upgrade.await.map_err(io::Error::other)?) };
            let started = match begun.await {
                Ok(upgraded) => std::thread::Builder::new().name(name).spawn(move || then(upgraded)).map(drop),
                Err(error) => Err(error),
            };
            if let Err(error) = started {
                tracing::warn!("a connection did not become a WebSocket: {error}");
            }
        });
        let headers = [
            (header::CONNECTION, "upgrade".to_owned()),
            (header::UPGRADE, "websocket".to_owned()),
            (header::SEC_WEBSOCKET_ACCEPT, accept),
        ];
        (StatusCode::SWITCHING_PROTOCOLS, headers, Body::empty()).into_response()
    }
}

impl Upgraded {
    fn new(upgraded: hyper::upgrade::Upgraded) -> io::Result<Self> {
        let parts = downcast::<TokioIo<tokio::net::TcpStream>>(upgraded)
            .map_err(|_| io::Error::other("the connection is no TCP connection"))?;
        Ok(Upgraded { stream: parts.io.into_inner().into_std()?, begun: parts.read_buf.to_vec() })
    }

    /// The socket, for a runtime with I/O on this thread.
    ///
    /// # Errors
    /// The runtime cannot wait for it.
    pub async fn socket(self) -> io::Result<Socket> {
        let stream = tokio::net::TcpStream::from_std(self.stream)?;
        let limits = WebSocketConfig::default()
            .max_message_size(Some(MAX_FRAME))
            .max_frame_size(Some(MAX_FRAME))
            .read_buffer_size(READ);
        Ok(Socket(WebSocketStream::from_partially_read(stream, self.begun, Role::Server, Some(limits)).await))
    }
}

/// An open WebSocket.
#[derive(Debug)]
pub struct Socket(WebSocketStream<tokio::net::TcpStream>);

impl Socket {
    /// The next message; `None` or an error when there will be none. Dropped, it loses nothing.
    pub async fn next(&mut self) -> Option<Result<Message, Error>> {
        self.0.next().await
    }

    /// Sends a binary message.
    ///
    /// # Errors
    /// The far end is gone.
    pub async fn send(&mut self, frame: Vec<u8>) -> Result<(), Error> {
        self.0.send(Message::Binary(frame.into())).await
    }

    /// Says why nothing more will come. A close frame holds 123 bytes of reason (RFC 6455, 5.5).
    pub async fn close(&mut self, code: CloseCode, reason: &str) {
        let reason = &reason[..reason.floor_char_boundary(123)];
        // The far end may be gone, which is an end as well.
        let _ = self.0.send(Message::Close(Some(CloseFrame { code, reason: reason.into() }))).await;
    }
}
