//! The bridge with one drive that keeps nothing, and beside its page those of `/bench/`, which post their results here.
//! Prints the address first, then each result as one line.
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout)] // It is a program that prints figures.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{DefaultBodyLimit, Path as UrlPath, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::serve::ListenerExt;
use webburn_bridge::app::{App, app};
use webburn_bridge::drives::Drives;
use webburn_bridge::open::{Options, Simulated, Spec};
use webburn_sim::{Pace, Personality};

#[tokio::main]
async fn main() -> Result<(), String> {
    let folder = std::env::args()
        .skip(1)
        .find(|word| word != "--bench")
        .map(PathBuf::from)
        .ok_or("server FOLDER_OF_THE_PAGE")?;
    let said = |e: &dyn std::fmt::Display| e.to_string();
    let spec = Spec::parse("null:bd-re").map_err(|e| said(&e))?;
    let options = Options { pace: Pace::Instant, personality: Personality::bd_burner() };
    let simulated = Simulated::new(&spec, &options).map_err(|e| said(&e))?;
    let drives =
        tokio::task::spawn_blocking(move || Arc::new(Drives::new(vec![simulated]))).await.map_err(|e| said(&e))?;

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.map_err(|e| said(&e))?;
    let port = listener.local_addr().map_err(|e| said(&e))?.port();
    // Kept alive to the end: the bridge takes its loss for the wish to end.
    let (_down, shutdown) = tokio::sync::watch::channel(false);
    let router = Router::new()
        .route("/bench/result", post(result).layer(DefaultBodyLimit::max(1 << 20)))
        .route("/bench/socket", get(socket))
        .route("/bench/{*path}", get(file))
        .with_state(Arc::new(folder))
        .fallback_service(app(App { drives, shutdown }, port));
    println!("http://127.0.0.1:{port}/");
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    axum::serve(listener, router).await.map_err(|e| said(&e))
}

async fn result(body: String) -> StatusCode {
    println!("{body}");
    StatusCode::NO_CONTENT
}

/// Answers each message with a few bytes and does nothing else: what remains is the cost of the browser and the socket.
async fn socket(upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(async |mut socket: WebSocket| {
        while let Some(Ok(message)) = socket.recv().await {
            if matches!(message, Message::Binary(_)) && socket.send(Message::Binary(vec![0; 24].into())).await.is_err()
            {
                break;
            }
        }
    })
}

async fn file(State(folder): State<Arc<PathBuf>>, UrlPath(path): UrlPath<String>) -> Response {
    let path = Path::new(&path);
    if path.components().any(|part| !matches!(part, std::path::Component::Normal(_))) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let kind = match path.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    };
    match std::fs::read(folder.join(path)) {
        Ok(bytes) => {
            // The same as the bridge's page has, or the browser would not let one look at the other.
            let isolated =
                [("cross-origin-opener-policy", "same-origin"), ("cross-origin-embedder-policy", "require-corp")];
            ([(header::CONTENT_TYPE, kind)], isolated, Body::from(bytes)).into_response()
        }
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}
