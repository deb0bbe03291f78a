//! The door: which requests are looked at at all. Runs before routing.
//!
//! A web page anywhere can make a browser knock at 127.0.0.1, and a name server can point any name there. So the Host
//! header must *equal* an address of ours (a rebound name shows itself there), and the Origin header must equal a page of
//! ours wherever something could have an effect. Exact strings; no prefixes, no patterns, no "null".

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN, UPGRADE};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
/// What answers to a program lies below this; the rest is the page.
pub const API: &str = "/v1/";

/// The names this server goes by: loopback addresses with its port.
#[derive(Clone, Debug)]
pub struct Door {
    hosts: [String; 3],
    origins: [String; 3],
}

/// Why a request was turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnedAway {
    /// Meant for another host, or not saying for which: 421.
    Host,
    /// From another page, or not saying from which: 403.
    Origin,
}

impl Door {
    /// For a server on `port` of the loopback addresses.
    #[must_use]
    pub fn new(port: u16) -> Self {
        let hosts = ["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}"));
        let origins = hosts.clone().map(|host| format!("http://{host}"));
        Door { hosts, origins }
    }

    /// The addresses, for a content security policy.
    #[must_use]
    pub fn hosts(&self) -> &[String; 3] {
        &self.hosts
    }

    /// May this request come in?
    ///
    /// # Errors
    /// [`TurnedAway`].
    pub fn check(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), TurnedAway> {
        let host = only(headers, &HOST).ok_or(TurnedAway::Host)?;
        // A request line with a whole address in it names its host a second time.
        let named = uri.authority().map(|authority| authority.as_str());
        if !self.hosts.iter().any(|own| own == host) || named.is_some_and(|named| named != host) {
            return Err(TurnedAway::Host);
        }
        let upgrade = headers.contains_key(UPGRADE);
        let reads = (method == Method::GET || method == Method::HEAD) && !upgrade;
        match (headers.contains_key(ORIGIN), only(headers, &ORIGIN)) {
            (true, Some(origin)) if self.origins.iter().any(|own| own == origin) => {}
            (false, _) if reads => {}
            _ => return Err(TurnedAway::Origin),
        }
        // Browsers say on their own where a request comes from. A link to the page may stand anywhere; the API is ours.
        if uri.path().starts_with(API) && headers.contains_key(SEC_FETCH_SITE) {
            match only(headers, &SEC_FETCH_SITE) {
                Some("same-origin" | "none") => {}
                _ => return Err(TurnedAway::Origin),
            }
        }
        Ok(())
    }
}

/// The one value of a header; `None` when there is none, more than one, or one that is no text.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

/// The middleware.
pub async fn guard(State(door): State<Door>, request: Request, next: Next) -> Response {
    match door.check(request.method(), request.uri(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(TurnedAway::Host) => {
            (StatusCode::MISDIRECTED_REQUEST, "This server answers to 127.0.0.1 alone.\n").into_response()
        }
        Err(TurnedAway::Origin) => {
            (StatusCode::FORBIDDEN, "Only the page that this server serves may ask this.\n").into_response()
        }
    }
}

#[cfg(test)]
mod tests;
