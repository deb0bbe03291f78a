//! The page, embedded in the program (a debug build reads it from the checkout), and the headers it travels with.

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::guard::{API, Door};

/// What `npm` built. Empty in a checkout where nothing was built yet.
#[derive(RustEmbed)]
#[folder = "../web/dist/"]
struct Built;

/// Shown instead of the page when it was not built.
const NOT_BUILT: &str = include_str!("page/not_built.html");

/// Serves a file of the page, or says why there is none.
pub async fn serve(request: Request) -> Response {
    if request.uri().path().starts_with(API) {
        return (StatusCode::NOT_FOUND, "There is nothing here.\n").into_response();
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    let path = match request.uri().path().trim_start_matches('/') {
        "" => "index.html",
        path => path,
    };
    match Built::get(path) {
        Some(file) => {
            let tag = format!("\"{}\"", hex(&file.metadata.sha256_hash()[..16]));
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
            // Names below assets/ carry a digest of their content; everything else is asked for anew.
            let caching = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
            let unchanged = request.headers().get(header::IF_NONE_MATCH).is_some_and(|known| known == tag.as_str());
            if let Ok(tag) = HeaderValue::from_str(&tag) {
                headers.insert(header::ETAG, tag);
            }
            match unchanged {
                true => (StatusCode::NOT_MODIFIED, headers).into_response(),
                false => (headers, Body::from(file.data.into_owned())).into_response(),
            }
        }
        None if path == "index.html" => {
            let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
            (StatusCode::SERVICE_UNAVAILABLE, headers, NOT_BUILT).into_response()
        }
        None => (StatusCode::NOT_FOUND, "There is nothing here.\n").into_response(),
    }
}

/// The headers every answer carries: the page may load and reach nothing but this server, and nobody may frame it.
#[must_use]
pub fn headers(door: &Door) -> Vec<(HeaderName, HeaderValue)> {
    // An address in brackets is no source in a policy; there 'self' stands for the socket too.
    let named = door.hosts().iter().filter(|host| !host.starts_with('['));
    let sockets = named.map(|host| format!("ws://{host}")).collect::<Vec<_>>().join(" ");
    // Styles inline: bars set their width on the element. Scripts are files alone; wasm may be compiled.
    let policy = format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
         connect-src 'self' {sockets}; img-src 'self' blob: data:; worker-src 'self'; object-src 'none'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    let mut all = vec![
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
        (HeaderName::from_static("cross-origin-embedder-policy"), HeaderValue::from_static("require-corp")),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
        (
            HeaderName::from_static("permissions-policy"),
            HeaderValue::from_static("usb=(self), screen-wake-lock=(self), camera=(), microphone=(), geolocation=()"),
        ),
    ];
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        all.push((header::CONTENT_SECURITY_POLICY, policy));
    }
    all
}

/// By the ending of the name: what Vite builds, and nothing else.
fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wasm_and_modules_have_the_types_browsers_insist_on() {
        assert_eq!(content_type("assets/webburn-1a2b.wasm"), "application/wasm");
        assert_eq!(content_type("assets/worker.js"), "text/javascript; charset=utf-8");
        assert_eq!(content_type("no-ending"), "application/octet-stream");
    }

    #[test]
    fn the_policy_names_the_own_sockets_alone() {
        let headers = headers(&Door::new(8470));
        let policy = headers.iter().find(|(name, _)| *name == header::CONTENT_SECURITY_POLICY).unwrap();
        let policy = policy.1.to_str().unwrap();
        assert!(policy.contains("connect-src 'self' ws://127.0.0.1:8470 ws://localhost:8470;"));
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval';"));
        assert!(policy.contains("frame-ancestors 'none'"));
    }
}
