//! Exclusive access and media change notification, both counted.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{DiscRecorder2, Shared};
use crate::{Error, hresult};

/// Who holds the drive, and how often.
#[derive(Debug, Default)]
pub(super) struct Access {
    owner: Option<String>,
    count: u32,
    mcn_disabled: u32,
    /// Where the disc is mounted, as whoever can know it says.
    mounted_at: Vec<String>,
}

/// Longest name that the kernel's exclusive-access request takes, its closing zero not counted.
const LONGEST_NAME: usize = 63;

/// A client name as the kernel takes it: not empty, letters, digits, blanks and `. , : ; - _`.
#[must_use]
pub fn valid_client_name(name: &str) -> bool {
    let good = |c: char| c.is_ascii_alphanumeric() || " .,:;-_".contains(c);
    !name.is_empty() && name.len() <= LONGEST_NAME && name.chars().all(good)
}

/// Exclusive access for as long as it lives.
///
/// # Drop
/// Gives the access back, on every path.
pub struct Lease<T, C>(Arc<Shared<T, C>>);

impl<T, C> Drop for Lease<T, C> {
    fn drop(&mut self) {
        release(&mut lock(&self.0));
    }
}

fn lock<T, C>(shared: &Shared<T, C>) -> MutexGuard<'_, Access> {
    let access: &Mutex<Access> = &shared.access;
    // Nothing panics while it is held, so a poisoned lock still guards whole data.
    access.lock().unwrap_or_else(PoisonError::into_inner)
}

fn release(access: &mut Access) -> bool {
    if access.count == 0 {
        return false;
    }
    access.count -= 1;
    if access.count == 0 {
        access.owner = None;
    }
    true
}

impl<T, C> DiscRecorder2<T, C> {
    /// `AcquireExclusiveAccess`: the first call takes the drive for `client_name`, each further one by the same name
    /// counts. Without `force` it fails while the disc is mounted; with it, that does not matter. Neither takes a drive
    /// from its holder.
    ///
    /// # Errors
    /// `E_INVALIDARG` for a name that is none, `E_IMAPI_RECORDER_LOCKED` when another client holds the drive,
    /// `E_ACCESSDENIED` when a file system is mounted.
    pub fn acquire_exclusive_access(&self, force: bool, client_name: &str) -> Result<(), Error> {
        self.check_initialized()?;
        if !valid_client_name(client_name) {
            return Err(Error::new("argument-invalid", hresult::E_INVALIDARG).with("clientName", client_name));
        }
        let mut access = lock(&self.0);
        match &access.owner {
            Some(owner) if owner != client_name => {
                return Err(Error::new("drive-held", hresult::E_IMAPI_RECORDER_LOCKED).with("holder", owner.as_str()));
            }
            _ => {}
        }
        if let Some(path) = access.mounted_at.first().filter(|_| !force && access.count == 0) {
            return Err(Error::new("access-denied", hresult::E_ACCESSDENIED).with("mountedAt", path.as_str()));
        }
        access.owner = Some(client_name.to_owned());
        access.count += 1;
        Ok(())
    }

    /// The same, given back when the lease is dropped. A second lease under the same name is refused too: two writers
    /// of one program would spoil the disc no less than two programs.
    ///
    /// # Errors
    /// As [`DiscRecorder2::acquire_exclusive_access`].
    pub fn lease(&self, client_name: &str) -> Result<Lease<T, C>, Error> {
        self.acquire_exclusive_access(false, client_name)?;
        Ok(Lease(self.0.clone()))
    }

    /// `ReleaseExclusiveAccess`: at zero the drive is free for others.
    ///
    /// # Errors
    /// `E_FAIL` when nobody holds it.
    pub fn release_exclusive_access(&self) -> Result<(), Error> {
        if release(&mut lock(&self.0)) { Ok(()) } else { Err(Error::new("argument-invalid", hresult::E_FAIL)) }
    }

    /// `VolumePathNames`: where the disc is mounted; none unless [`DiscRecorder2::set_volume_path_names`] told some.
    #[must_use]
    pub fn volume_path_names(&self) -> Vec<String> {
        lock(&self.0).mounted_at.clone()
    }

    /// Says where an operating system has the disc mounted. Only an adapter that runs on one can know.
    pub fn set_volume_path_names(&self, paths: Vec<String>) {
        lock(&self.0).mounted_at = paths;
    }

    /// `ExclusiveAccessOwner`: the name of the holder, empty when there is none.
    #[must_use]
    pub fn exclusive_access_owner(&self) -> String {
        lock(&self.0).owner.clone().unwrap_or_default()
    }

    /// `DisableMcn`: counted. Nothing here reacts to a changed disc by itself, so the count is all there is to keep.
    pub fn disable_mcn(&self) {
        lock(&self.0).mcn_disabled += 1;
    }

    /// `EnableMcn`.
    pub fn enable_mcn(&self) {
        let mut access = lock(&self.0);
        access.mcn_disabled = access.mcn_disabled.saturating_sub(1);
    }

    /// Media change notification is on: as many calls have enabled it as disabled it.
    #[must_use]
    pub fn mcn_enabled(&self) -> bool {
        lock(&self.0).mcn_disabled == 0
    }
}
