//! The drives this server offers: the kernel's, found anew for each question, and the simulated ones.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use webburn_relay::{DEPTH, Hello, MAX_TRANSFER};
use webburn_sgio::{Found, OpenError, SgIo};

use crate::cli::complain;
use crate::lease::Lease;
use crate::open::{Identity, OpenDrive, Simulated};
use crate::texts;

/// How a drive is reached.
#[derive(Clone, Debug)]
pub enum Way {
    /// `/dev/srN`, opened for each lease.
    Real(PathBuf),
    /// Lives as long as the program.
    Simulated(Arc<Simulated>),
}

/// One drive.
#[derive(Clone, Debug)]
pub struct Drive {
    /// `sr0`, `sim-0`.
    pub id: String,
    /// What it calls itself.
    pub identity: Identity,
    /// How it is reached.
    pub way: Way,
    /// Who has it.
    pub lease: Arc<Lease>,
}

/// A drive as `GET /v1/drives` lists it.
#[derive(Debug, Serialize)]
pub struct Listed {
    id: String,
    vendor: String,
    product: String,
    revision: String,
    simulated: bool,
    medium: Option<String>,
    media: Vec<Medium>,
    held_by: Option<String>,
}

#[derive(Debug, Serialize)]
struct Medium {
    id: String,
    label: String,
}

/// All drives of the server.
#[derive(Debug, Default)]
pub struct Drives {
    simulated: Vec<Drive>,
    /// Leases of the kernel's drives by their name: they outlive a look into `/sys`.
    leases: Mutex<BTreeMap<String, Arc<Lease>>>,
}

impl Drives {
    /// With these simulated drives beside the kernel's.
    pub fn new(simulated: Vec<Arc<Simulated>>) -> Self {
        let simulated = simulated.into_iter().enumerate().map(|(number, simulated)| Drive {
            id: format!("sim-{number}"),
            identity: pollster::block_on(Identity::ask(&mut simulated.transport())),
            way: Way::Simulated(simulated),
            lease: Arc::default(),
        });
        Drives { simulated: simulated.collect(), leases: Mutex::default() }
    }

    /// The drives there are now.
    #[must_use]
    pub fn all(&self) -> Vec<Drive> {
        let mut leases = self.leases.lock().unwrap_or_else(PoisonError::into_inner);
        let real = webburn_sgio::drives().into_iter().map(|Found { path, name, vendor, product, revision }| Drive {
            lease: Arc::clone(leases.entry(name.clone()).or_default()),
            id: name,
            identity: Identity { vendor, product, revision },
            way: Way::Real(path),
        });
        real.chain(self.simulated.iter().cloned()).collect()
    }

    /// One drive by its id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<Drive> {
        self.all().into_iter().find(|drive| drive.id == id)
    }

    /// Writes down every simulated disc that has a file.
    pub fn keep(&self) {
        for drive in &self.simulated {
            drive.keep();
        }
    }
}

impl Drive {
    /// Opens it: for a real drive, exclusively.
    ///
    /// # Errors
    /// As [`SgIo::open`]; a simulated drive always opens.
    pub fn open(&self) -> Result<OpenDrive, OpenError> {
        match &self.way {
            Way::Real(path) => SgIo::open(path).map(OpenDrive::Real),
            Way::Simulated(simulated) => Ok(OpenDrive::Simulated(simulated.transport())),
        }
    }

    /// The simulated drive behind it.
    #[must_use]
    pub fn simulated(&self) -> Option<&Arc<Simulated>> {
        match &self.way {
            Way::Real(_) => None,
            Way::Simulated(simulated) => Some(simulated),
        }
    }

    /// Writes a simulated disc down when it has a file.
    pub fn keep(&self) {
        if let Some(Err(error)) = self.simulated().map(|simulated| simulated.keep()) {
            complain(&texts::disc_not_kept(&error.to_string()));
        }
    }

    /// As listed.
    #[must_use]
    pub fn listed(&self) -> Listed {
        let media = self.simulated().map(|simulated| simulated.media()).unwrap_or_default();
        Listed {
            id: self.id.clone(),
            vendor: self.identity.vendor.clone(),
            product: self.identity.product.clone(),
            revision: self.identity.revision.clone(),
            simulated: self.simulated().is_some(),
            // An empty simulated drive holds the medium "none", one of those it offers.
            medium: self.simulated().map(|simulated| simulated.medium().unwrap_or_else(|| "none".to_owned())),
            media: media.into_iter().map(|(id, label)| Medium { id, label }).collect(),
            held_by: self.lease.holder(),
        }
    }

    /// The first frame of a connection.
    #[must_use]
    pub fn hello(&self, lease: webburn_relay::Lease) -> Hello {
        let max_transfer = if self.simulated().is_some() { MAX_TRANSFER } else { 65_536 };
        Hello {
            lease,
            simulated: self.simulated().is_some(),
            depth: DEPTH as u8,
            max_transfer: max_transfer as u32,
            id: self.id.clone(),
            vendor: self.identity.vendor.clone(),
            product: self.identity.product.clone(),
            revision: self.identity.revision.clone(),
        }
    }
}
