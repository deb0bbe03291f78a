//! The server from outside: the door, the questions, the socket, the lease.

use std::time::Duration;

use crate::common::{Channel, TestServer, soon};
use futures::SinkExt;
use tokio_tungstenite::tungstenite::{self, Message};
use webburn_relay::RelayTransport;
use webburn_scsi::{Cdb, Completion, Data, ScsiTransport, TransportErrorKind};

const LIMIT: Duration = Duration::from_secs(10);
const INQUIRY: Cdb = Cdb::new([0x12, 0, 0, 0, 36, 0]);

async fn connect(server: &TestServer, drive: &str, client: &str) -> RelayTransport<Channel> {
    let channel = server.socket(drive, client).await.unwrap();
    RelayTransport::connect(channel, LIMIT).await.unwrap().0
}

#[tokio::test]
async fn the_door_is_before_everything() {
    let server = TestServer::start(&["cd-r"]).await;
    let port = server.port;
    let ask = async |head: &str| server.raw(&format!("{head}\r\nConnection: close\r\n\r\n")).await.0;
    for path in ["/", "/v1/hello", "/v1/drives", "/v1/none", "/none", "/v1/drives/sim-0/scsi"] {
        let get = format!("GET {path} HTTP/1.1\r\nHost:");
        assert_eq!(ask(&format!("{get} evil.example:{port}")).await, 421, "{path}");
        assert_eq!(ask(&format!("{get} 127.0.0.1:{port}.evil.example")).await, 421, "{path}");
        assert_eq!(ask(&format!("{get} 127.0.0.1:{port}\r\nHost: 127.0.0.1:{port}")).await, 421, "{path}: two");
        let strange = format!("{get} 127.0.0.1:{port}\r\nOrigin: http://evil.example");
        assert_eq!(ask(&strange).await, 403, "{path}");
    }
    let put = format!("PUT /v1/drives/sim-0/medium HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 0");
    assert_eq!(ask(&put).await, 403, "no origin");
    assert_eq!(ask(&format!("{put}\r\nOrigin: null")).await, 403);
    assert_eq!(ask(&format!("{put}\r\nOrigin: http://127.0.0.1:{port}")).await, 415, "let in, and not JSON");
    for origin in [None, Some("null"), Some("http://evil.example"), Some("http://127.0.0.1.evil.example")] {
        match server.socket_from("sim-0", "x", origin).await {
            Err(tungstenite::Error::Http(response)) => assert_eq!(response.status(), 403, "{origin:?}"),
            Err(other) => panic!("{origin:?}: {other}"),
            Ok(_) => panic!("{origin:?} was let in"),
        }
    }
    server.stop().await;
}

#[tokio::test]
async fn what_is_no_request_for_a_socket_is_told_why() {
    let server = TestServer::start(&["cd-r"]).await;
    let port = server.port;
    let ask = async |method: &str, headers: &[&str]| {
        let headers = headers.join("\r\n");
        let local = format!("Host: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}");
        let head = format!("{method} /v1/drives/sim-0/scsi HTTP/1.1\r\n{local}\r\n{headers}\r\n\r\n");
        server.raw(&head).await.0
    };
    let (key, version) = ("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13");
    let (plain, wanted, word) = ("Connection: close", "Connection: close, Upgrade", "Upgrade: websocket");
    assert_eq!(ask("GET", &[plain]).await, 426);
    assert_eq!(ask("GET", &[plain, word, key, version]).await, 426, "not for this hop");
    assert_eq!(ask("GET", &[wanted, "Upgrade: h2c", key, version]).await, 426, "another protocol");
    assert_eq!(ask("GET", &[wanted, word, key, "Sec-WebSocket-Version: 8"]).await, 426, "an old version");
    assert_eq!(ask("GET", &[wanted, word, version]).await, 400, "no key");
    assert_eq!(ask("POST", &[wanted, word, key, version, "Content-Length: 0"]).await, 405);
    connect(&server, "sim-0", "next").await;
    server.stop().await;
}

#[tokio::test]
async fn the_questions() {
    let server = TestServer::start(&["cd-r", "none"]).await;
    let (status, head, body) = server.get("/v1/hello").await;
    let hello: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!((status, hello["name"].as_str()), (200, Some("webburn")));
    assert!(!head.to_lowercase().contains("access-control"), "no other page may read this");

    let listed = server.listed().await;
    let simulated: Vec<_> = listed.as_array().unwrap().iter().filter(|drive| drive["simulated"] == true).collect();
    assert_eq!(simulated.len(), 2);
    assert_eq!((simulated[0]["id"].as_str(), simulated[0]["medium"].as_str()), (Some("sim-0"), Some("cd-r")));
    assert_eq!(simulated[1]["medium"], "none");
    assert_ne!(simulated[0]["product"], "");
    assert_eq!(simulated[0]["held_by"], serde_json::Value::Null);
    let media: Vec<&str> = simulated[0]["media"].as_array().unwrap().iter().filter_map(|m| m["id"].as_str()).collect();
    assert!(media.contains(&"none") && media.contains(&"dvd+rw") && media.contains(&"cd-r:recorded"), "{media:?}");

    assert_eq!(server.put_medium("sim-1", "dvd+rw").await.0, 204);
    assert_eq!(server.put_medium("sim-1", "floppy").await.0, 422);
    assert_eq!(server.put_medium("sim-9", "dvd+rw").await.0, 404);
    assert_eq!(server.listed().await[1]["medium"], "dvd+rw");
    assert_eq!(server.put_medium("sim-1", "none").await.0, 204);
    assert_eq!(server.listed().await[1]["medium"], "none");
    server.stop().await;
}

#[tokio::test]
async fn the_page_comes_with_its_headers() {
    let server = TestServer::start(&[]).await;
    let (status, head, body) = server.get("/").await;
    let head = head.to_lowercase();
    assert!(head.contains("content-type: text/html; charset=utf-8"), "{head}");
    for header in [
        "content-security-policy: default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
        "frame-ancestors 'none'",
        "cross-origin-opener-policy: same-origin",
        "cross-origin-embedder-policy: require-corp",
        "x-content-type-options: nosniff",
        "referrer-policy: no-referrer",
    ] {
        assert!(head.contains(header), "{header} is missing in {head}");
    }
    let text = String::from_utf8(body).unwrap();
    match status {
        200 => assert!(text.contains("<script")),
        503 => assert!(text.contains("npm start"), "without a page it says how to build one"),
        other => panic!("{other}"),
    }
    assert_eq!(server.get("/../Cargo.toml").await.0, 404);
    assert_eq!(server.get("/%2e%2e/Cargo.toml").await.0, 404);
    assert_eq!(server.get("/v1/anything").await.0, 404);
    server.stop().await;
}

#[tokio::test]
async fn commands_travel_and_data_comes_back() {
    let server = TestServer::start(&["dvd+rw"]).await;
    let mut relay = connect(&server, "sim-0", "test").await;
    assert_eq!(relay.caps().depth, webburn_relay::DEPTH);
    let mut data = [0; 36];
    let end = relay.execute(&INQUIRY, Data::In(&mut data), LIMIT).await.unwrap();
    assert_eq!((end, data[0]), (Completion::good(36), 0x05));
    let refused = relay.execute(&Cdb::new([0x3B, 5, 0, 0, 0, 0, 0, 0, 8, 0]), Data::Out(&[0; 8]), LIMIT).await;
    assert_eq!(refused.unwrap_err().kind, TransportErrorKind::Forbidden);
    relay.execute(&INQUIRY, Data::In(&mut data), LIMIT).await.expect("goes on after a refusal");
    server.stop().await;
}

#[tokio::test]
async fn one_client_at_a_time_and_the_second_is_told_the_name() {
    let server = TestServer::start(&["cd-r"]).await;
    let first = connect(&server, "sim-0", "Anna%27s%20page").await;
    assert_eq!(server.listed().await[0]["held_by"], "Anna's page");
    let second = server.socket("sim-0", "Ben").await.unwrap();
    let error = RelayTransport::connect(second, LIMIT).await.err().unwrap();
    assert_eq!((error.kind, error.detail.as_str()), (TransportErrorKind::Locked, "Anna's page"));
    drop(first);
    let drives = server.drives.clone();
    soon(|| drives.find("sim-0").unwrap().lease.holder().is_none()).await;
    connect(&server, "sim-0", "Ben").await;
    server.stop().await;
}

#[tokio::test]
async fn a_client_that_leaves_leaves_an_unlocked_tray() {
    let server = TestServer::start(&["cd-r"]).await;
    let mut relay = connect(&server, "sim-0", "test").await;
    let lock = Cdb::new([0x1E, 0, 0, 0, 1, 0]);
    // The first answers after power-on may be unit attentions; locking goes through within a few.
    for _ in 0..5 {
        if relay.execute(&lock, Data::None, LIMIT).await.unwrap().is_good() {
            break;
        }
    }
    let locked = || {
        let drive = server.drives.find("sim-0").unwrap();
        drive.simulated().unwrap().sim().with(|drive| drive.locked())
    };
    assert!(locked());
    assert_eq!(server.put_medium("sim-0", "dvd+rw").await.0, 409, "the drive holds its tray closed");
    drop(relay);
    let drives = server.drives.clone();
    soon(|| drives.find("sim-0").unwrap().lease.holder().is_none()).await;
    assert!(!locked());
    assert_eq!(server.put_medium("sim-0", "dvd+rw").await.0, 204);
    server.stop().await;
}

#[tokio::test]
async fn nonsense_ends_the_connection_and_frees_the_drive() {
    let server = TestServer::start(&["cd-r"]).await;
    let too_large = vec![0u8; webburn_relay::MAX_FRAME + 1];
    let cases: [Message; 4] = [
        Message::Binary(b"WB".to_vec().into()),
        Message::Binary(vec![0xFF; 100].into()),
        Message::Binary(too_large.into()),
        Message::Text("hello".into()),
    ];
    for message in cases {
        let mut channel = server.socket("sim-0", "rude").await.unwrap();
        let mut frame = Vec::new();
        webburn_relay::FrameChannel::recv(&mut channel, &mut frame, LIMIT).await.unwrap();
        assert!(webburn_relay::Hello::decode(&frame).is_ok());
        // The far end may close before all of it was sent.
        let _ = channel.socket.send(message).await;
        let end = webburn_relay::FrameChannel::recv(&mut channel, &mut frame, LIMIT).await.unwrap_err();
        assert_eq!(end.kind, TransportErrorKind::Disconnected);
        let drives = server.drives.clone();
        soon(|| drives.find("sim-0").unwrap().lease.holder().is_none()).await;
    }
    let mut relay = connect(&server, "sim-0", "polite").await;
    assert!(relay.execute(&INQUIRY, Data::In(&mut [0; 36]), LIMIT).await.unwrap().is_good());
    server.stop().await;
}

#[tokio::test]
async fn the_end_of_the_server_is_the_end_of_every_connection() {
    let server = TestServer::start(&["cd-r"]).await;
    let mut relay = connect(&server, "sim-0", "test").await;
    let drives = server.drives.clone();
    server.stop().await;
    assert_eq!(drives.find("sim-0").unwrap().lease.holder(), None);
    let end = relay.execute(&INQUIRY, Data::In(&mut [0; 36]), LIMIT).await.unwrap_err();
    assert_eq!(end.kind, TransportErrorKind::Disconnected);
}
