//! The router: a few questions, one socket a drive, and the page for everything else.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Path, Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, put};
use axum::{Json, Router, middleware};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use tower::Layer;

use crate::drives::{Drives, Listed};
use crate::guard::{self, Door};
use crate::open::ChangeError;
use crate::socket::Upgrade;
use crate::{page, pump};

/// What all requests share.
#[derive(Clone, Debug)]
pub struct App {
    /// The drives.
    pub drives: Arc<Drives>,
    /// Turns true when the server is to end.
    pub shutdown: watch::Receiver<bool>,
}

/// A router with its guard in front: the service to serve.
pub type Guarded = middleware::FromFn<
    fn(State<Door>, Request, middleware::Next) -> futures::future::BoxFuture<'static, Response>,
    Door,
    Router,
    (State<Door>, Request),
>;

/// The service for a server on `port`.
pub fn app(app: App, port: u16) -> Guarded {
    let door = Door::new(port);
    let headers = Arc::new(page::headers(&door));
    let router = Router::new()
        .route("/v1/hello", get(hello))
        .route("/v1/drives", get(drives))
        .route("/v1/drives/{id}/medium", put(medium).layer(DefaultBodyLimit::max(4096)))
        .route("/v1/drives/{id}/scsi", any(scsi))
        .fallback(page::serve)
        .layer(middleware::map_response(move |mut response: Response| {
            let headers = Arc::clone(&headers);
            async move {
                for (name, value) in headers.iter() {
                    response.headers_mut().insert(name, value.clone());
                }
                response
            }
        }))
        .with_state(app);
    // In front of the router, not inside it: the door is before routing.
    let guard: fn(State<Door>, Request, middleware::Next) -> futures::future::BoxFuture<'static, Response> =
        |door, request, next| Box::pin(guard::guard(door, request, next));
    middleware::from_fn_with_state(door, guard).layer(router)
}

#[derive(Serialize)]
struct Hello {
    name: &'static str,
    version: &'static str,
}

async fn hello() -> Json<Hello> {
    Json(Hello { name: "webburn", version: env!("CARGO_PKG_VERSION") })
}

async fn drives(State(app): State<App>) -> Response {
    // Looking into /sys and at simulated drives may wait for a moment.
    let listed = tokio::task::spawn_blocking(move || {
        app.drives.all().iter().map(|drive| drive.listed()).collect::<Vec<Listed>>()
    });
    match listed.await {
        Ok(listed) => Json(listed).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

#[derive(Deserialize)]
struct NewMedium {
    medium: String,
}

/// Why something was not done, as JSON: a code, and what fills its sentence.
#[derive(Serialize)]
struct Refusal {
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    holder: Option<String>,
}

fn refusal(status: StatusCode, code: &'static str, holder: Option<String>) -> Response {
    (status, Json(Refusal { code, holder })).into_response()
}

#[derive(Deserialize)]
struct Client {
    client: Option<String>,
}

async fn medium(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(Client { client }): Query<Client>,
    Json(NewMedium { medium }): Json<NewMedium>,
) -> Response {
    let Some(drive) = app.drives.find(&id) else { return refusal(StatusCode::NOT_FOUND, "drive-gone", None) };
    let Some(simulated) = drive.simulated().cloned() else {
        return refusal(StatusCode::METHOD_NOT_ALLOWED, "drive-real", None);
    };
    // Whoever gives a name must be the holder; without one it is the hand at the tray, which the lock alone stops.
    if let (Some(holder), Some(client)) = (drive.lease.holder(), client)
        && holder != client
    {
        return refusal(StatusCode::CONFLICT, "drive-held", Some(holder));
    }
    match tokio::task::spawn_blocking(move || simulated.change(&medium)).await {
        Ok(Ok(())) => StatusCode::NO_CONTENT.into_response(),
        Ok(Err(ChangeError::Unknown)) => refusal(StatusCode::UNPROCESSABLE_ENTITY, "unknown-medium", None),
        Ok(Err(ChangeError::Locked)) => refusal(StatusCode::CONFLICT, "burn-running", drive.lease.holder()),
        Ok(Err(ChangeError::File(_))) | Err(_) => refusal(StatusCode::INTERNAL_SERVER_ERROR, "internal", None),
    }
}

async fn scsi(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(Client { client }): Query<Client>,
    upgrade: Upgrade,
) -> Response {
    let Some(drive) = app.drives.find(&id) else { return refusal(StatusCode::NOT_FOUND, "drive-gone", None) };
    let client = client.unwrap_or_default();
    upgrade.agree(drive.id.clone(), move |connection| pump::pump(connection, &drive, &client, app.shutdown))
}
