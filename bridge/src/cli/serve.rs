//! `webburn serve`.

use std::future::Future;
use std::process::{Command, Stdio};
use std::sync::Arc;

use super::exit::End;
use super::output::{Manner, complain};
use super::{Serve, drive};
use crate::drives::{Drives, Way};
use crate::server::Bound;
use crate::texts;

/// The disc in the simulated drive that is offered when there is no other drive.
const DEFAULT_MEDIUM: &str = "dvd+rw";

/// Serves until Ctrl+C or a request of the system to end.
pub fn run(args: &Serve) -> End {
    let manner = Manner::Plain;
    let end = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().map(|runtime| {
        runtime.block_on(async {
            match prepare(args, manner).await {
                Ok((bound, drives)) => serve(args, bound, drives, manner).await,
                Err(end) => end,
            }
        })
    });
    end.unwrap_or_else(|error| manner.refuse("internal", &texts::no_port(&error.to_string())))
}

async fn prepare(args: &Serve, manner: Manner) -> Result<(Bound, Arc<Drives>), End> {
    // Everything that can be wrong with the words is told before a port is opened.
    let options = drive::options(&args.sim_pace, &args.sim_drive, manner)?;
    let mut wanted = args.simulate.clone();
    if wanted.is_empty() && webburn_sgio::drives().is_empty() {
        wanted.push(DEFAULT_MEDIUM.to_owned());
    }
    let simulated = wanted.iter().map(|text| drive::simulate(text, &options, manner)).collect::<Result<Vec<_>, _>>()?;
    let bound = Bound::open(args.port).await.map_err(|error| match args.port {
        Some(port) if error.kind() == std::io::ErrorKind::AddrInUse => {
            manner.refuse("port-taken", &texts::port_taken(port))
        }
        _ => manner.refuse("no-port", &texts::no_port(&error.to_string())),
    })?;
    Ok((bound, Arc::new(Drives::new(simulated))))
}

async fn serve(args: &Serve, bound: Bound, drives: Arc<Drives>, manner: Manner) -> End {
    let asked = end_asked_for();
    for drive in drives.all() {
        let name = format!("{} {}", drive.identity.vendor, drive.identity.product);
        manner.line(match &drive.way {
            Way::Real(path) => texts::offers_real(path, name.trim()),
            Way::Simulated(simulated) => {
                texts::offers_simulated(name.trim(), simulated.medium().as_deref().unwrap_or("no disc"))
            }
        });
    }
    let address = bound.address();
    manner.line(texts::serving(&address));
    if args.open && !open_browser(&address) {
        complain(&texts::browser_not_opened(&address));
    }
    let end = async {
        asked.await;
        complain(texts::ENDING);
    };
    match bound.serve(drives, end).await {
        Ok(()) => End::Done,
        Err(error) => {
            complain(&texts::no_port(&error.to_string()));
            End::Failed
        }
    }
}

/// Ctrl+C, or SIGTERM from whoever started us. Listens from the call on, not only once it is waited for: whoever reads
/// the address may end us at once.
fn end_asked_for() -> impl Future<Output = ()> + Send + 'static {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let both = signal(SignalKind::terminate()).and_then(|term| Ok((term, signal(SignalKind::interrupt())?)));
        async {
            match both {
                Ok((mut terminate, mut interrupt)) => {
                    tokio::select! {
                        _ = interrupt.recv() => {}
                        _ = terminate.recv() => {}
                    }
                }
                Err(_) => drop(tokio::signal::ctrl_c().await),
            }
        }
    }
    #[cfg(not(unix))]
    async {
        let _ = tokio::signal::ctrl_c().await;
    }
}

/// Starts the system's browser.
fn open_browser(address: &str) -> bool {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let started =
        Command::new(program).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    match started {
        Ok(mut child) => {
            // Waited for beside us, so that no dead process stays in the list.
            std::thread::spawn(move || child.wait());
            true
        }
        Err(_) => false,
    }
}
