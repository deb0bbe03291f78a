//! `DiscRecorder2`: one drive, shared by everything that works on it.

mod access;
mod descriptor;
mod ex;
mod lists;

use std::sync::{Arc, LazyLock, Mutex, OnceLock};

use futures::lock::MutexGuard;
use webburn_drive::{Clock, Doing, Drive, Media, Readiness};
use webburn_mmc::StartStopUnit;
use webburn_scsi::ScsiTransport;
use webburn_scsi::spc::{InquiryData, PreventAllowMediumRemoval};
use webburn_sector::SectorCount;

pub use access::{Lease, valid_client_name};
pub use ex::{CommandOutcome, check_cdb_length};

use crate::outcome::Path;
use crate::plan::read_only_drive;
use crate::read_disc::{SectorSink, read_disc};
use crate::state_query::StateQuery;
use crate::{Cancel, Error, Reporter, hresult};
use access::Access;

/// `IDiscRecorder2`, and `IDiscRecorder2Ex` on the same object. Clones are the same recorder.
///
/// One conversation at a time: a call waits until the one before is done. A burn holds the drive for all its length.
#[derive(Debug)]
pub struct DiscRecorder2<T, C>(Arc<Shared<T, C>>);

#[derive(Debug)]
struct Shared<T, C> {
    bound: OnceLock<Bound>,
    drive: futures::lock::Mutex<Drive<T, C>>,
    access: Mutex<Access>,
}

/// What a recorder knows once it is initialised.
#[derive(Debug, Default)]
struct Bound {
    id: String,
    inquiry: InquiryData,
}

/// What one that is not says of itself: nothing.
static UNBOUND: LazyLock<Bound> = LazyLock::new(Bound::default);

impl<T, C> DiscRecorder2<T, C> {
    /// `InitializeDiscRecorder` was called and succeeded.
    #[must_use]
    pub fn is_initialized(&self) -> bool {
        self.0.bound.get().is_some()
    }

    fn bound(&self) -> &Bound {
        self.0.bound.get().unwrap_or(&UNBOUND)
    }

    /// Nothing works on a recorder that was never initialised.
    fn check_initialized(&self) -> Result<(), Error> {
        if self.is_initialized() { Ok(()) } else { Err(Error::new("argument-invalid", hresult::E_INVALIDARG)) }
    }
}

impl<T, C> Clone for DiscRecorder2<T, C> {
    fn clone(&self) -> Self {
        DiscRecorder2(self.0.clone())
    }
}

fn of_drive(error: webburn_drive::Error) -> Error {
    Error::from_drive(error, Path::Query)
}

/// What it means that a disc cannot be looked at. One that a mere reader cannot make sense of is not the one to blame: if
/// the drive writes nothing at all, that is said.
pub(crate) async fn unlooked<T: ScsiTransport, C: Clock>(
    drive: &mut Drive<T, C>,
    error: webburn_drive::Error,
) -> Error {
    if matches!(error.triple(), Some((2 | 5, 0x30, _))) && matches!(drive.writes_at_all().await, Ok(Some(false))) {
        let mut made = read_only_drive();
        made.cause = of_drive(error).cause;
        return made;
    }
    let incompatible = matches!(error.triple(), Some((5, 0x30, 0x05 | 0x06)));
    let made = of_drive(error);
    if incompatible && matches!(drive.has_no_common_speed().await, Ok(true)) {
        return speed_mismatch(made);
    }
    made
}

/// The same failure by its true name: what is called incompatible is a disc too slow or too fast for the drive.
pub(crate) fn speed_mismatch(mut error: Error) -> Error {
    error.hresult = hresult::E_IMAPI_RECORDER_MEDIA_SPEED_MISMATCH;
    error.code = "speed-mismatch";
    error
}

impl<T: ScsiTransport, C: Clock> DiscRecorder2<T, C> {
    /// A recorder that is not bound to its drive yet: every member but [`DiscRecorder2::initialize_disc_recorder`] fails
    /// with `E_INVALIDARG` or, where it cannot fail, says nothing. Sends nothing.
    pub fn new(transport: T, clock: C) -> Self {
        let drive = futures::lock::Mutex::new(Drive::new(transport, clock));
        DiscRecorder2(Arc::new(Shared { bound: OnceLock::new(), drive, access: Mutex::default() }))
    }

    /// `InitializeDiscRecorder`: binds to the drive, known as `id`. Asks who it is, nothing else; it does not fail because
    /// another client of the same drive holds it.
    ///
    /// # Errors
    /// `STRSAFE_E_INVALID_PARAMETER` for an empty id, and for another one than it is bound to; what the drive's first
    /// answer means otherwise.
    pub async fn initialize_disc_recorder(&self, id: &str) -> Result<(), Error> {
        let known = self.0.bound.get().map(|bound| bound.id.as_str());
        if id.is_empty() || known.is_some_and(|known| known != id) {
            return Err(Error::new("argument-invalid", hresult::STRSAFE_E_INVALID_PARAMETER));
        }
        let inquiry = self.0.drive.lock().await.inquire().await.map_err(of_drive)?;
        // Two at once asked the same drive: whoever comes second finds it bound.
        let _ = self.0.bound.set(Bound { id: id.to_owned(), inquiry });
        Ok(())
    }

    /// [`DiscRecorder2::new`] and [`DiscRecorder2::initialize_disc_recorder`] in one.
    ///
    /// # Errors
    /// As [`DiscRecorder2::initialize_disc_recorder`].
    pub async fn initialize(id: impl Into<String>, transport: T, clock: C) -> Result<Self, Error> {
        let recorder = DiscRecorder2::new(transport, clock);
        recorder.initialize_disc_recorder(&id.into()).await?;
        Ok(recorder)
    }

    /// The drive itself, for as long as the guard lives. Everything else waits meanwhile.
    pub async fn drive(&self) -> MutexGuard<'_, Drive<T, C>> {
        self.0.drive.lock().await
    }

    /// The same for members, which work on an initialised recorder only.
    pub(crate) async fn bound_drive(&self) -> Result<MutexGuard<'_, Drive<T, C>>, Error> {
        self.check_initialized()?;
        Ok(self.drive().await)
    }

    /// `ActiveDiscRecorder`: the id it was initialised with.
    #[must_use]
    pub fn active_disc_recorder(&self) -> &str {
        &self.bound().id
    }

    /// The whole INQUIRY answer.
    #[must_use]
    pub fn inquiry(&self) -> &InquiryData {
        &self.bound().inquiry
    }

    /// `VendorId`.
    #[must_use]
    pub fn vendor_id(&self) -> &str {
        &self.bound().inquiry.vendor
    }

    /// `ProductId`.
    #[must_use]
    pub fn product_id(&self) -> &str {
        &self.bound().inquiry.product
    }

    /// `ProductRevision`.
    #[must_use]
    pub fn product_revision(&self) -> &str {
        &self.bound().inquiry.revision
    }

    /// `VolumeName`. No operating system names a volume here, so the drive's id stands in: it is as unique.
    #[must_use]
    pub fn volume_name(&self) -> &str {
        &self.bound().id
    }

    /// `LegacyDeviceNumber`: volatile and no identity; drives are not numbered here, so it is always 0.
    #[must_use]
    pub const fn legacy_device_number(&self) -> i32 {
        0
    }

    /// `DeviceCanLoadMedia`: the drive claims to open *and* close its tray by command.
    ///
    /// # Errors
    /// The drive cannot be asked.
    pub async fn device_can_load_media(&self) -> Result<bool, Error> {
        let media = self.media().await?;
        Ok(media.can_eject && media.can_load)
    }

    /// `EjectMedia`: opens the tray, unlocking it first if need be.
    ///
    /// # Errors
    /// The drive refused.
    pub async fn eject_media(&self) -> Result<(), Error> {
        let mut drive = self.bound_drive().await?;
        // Whoever asks for the tray wants it open: a lock left over from a job that was cut short must not hold it.
        let _ = drive.send(Doing::Locking, &PreventAllowMediumRemoval::ALLOW).await;
        drive.send(Doing::MovingTray, &StartStopUnit::EJECT).await.map_err(of_drive)
    }

    /// `CloseTray`.
    ///
    /// # Errors
    /// The drive refused; slot and slim drives cannot.
    pub async fn close_tray(&self) -> Result<(), Error> {
        self.bound_drive().await?.send(Doing::MovingTray, &StartStopUnit::LOAD).await.map_err(of_drive)
    }

    /// The disc in the drive. An empty drive is no error here: its kind is `Kind::None`.
    ///
    /// # Errors
    /// The drive cannot be asked, or does not become ready.
    pub async fn media(&self) -> Result<Arc<Media>, Error> {
        let mut drive = self.bound_drive().await?;
        match drive.media().await {
            Ok(media) => Ok(media),
            Err(error) => Err(unlooked(&mut drive, error).await),
        }
    }

    /// The same, and for overwritable discs a look whether they seem blank.
    ///
    /// # Errors
    /// As [`DiscRecorder2::media`].
    pub async fn media_with_content(&self) -> Result<Arc<Media>, Error> {
        let mut drive = self.bound_drive().await?;
        match drive.look_for_content().await {
            Ok(media) => Ok(media),
            Err(error) => Err(unlooked(&mut drive, error).await),
        }
    }

    /// Everything that can be said of the drive and the disc in it, by IMAPI2's names.
    ///
    /// # Errors
    /// As [`DiscRecorder2::media`].
    pub async fn state_query(&self) -> Result<StateQuery, Error> {
        let media = self.media_with_content().await?;
        Ok(StateQuery::of(media, self.inquiry(), self.active_disc_recorder()))
    }

    /// Streams every readable user sector of the disc's data tracks into `sink`.
    ///
    /// # Errors
    /// See [`read_disc`].
    pub async fn read_disc<K: SectorSink>(
        &self,
        sink: &mut K,
        reporter: &Reporter,
        cancel: &Cancel,
    ) -> Result<SectorCount, Error> {
        let mut drive = self.bound_drive().await?;
        read_disc(&mut drive, sink, reporter, cancel).await
    }

    /// What a CD says of itself: sessions, tracks, codes, CD-Text.
    ///
    /// # Errors
    /// See [`disc_contents`](crate::disc_contents()).
    pub async fn disc_contents(&self) -> Result<crate::DiscContents, Error> {
        crate::disc_contents(&mut *self.bound_drive().await?).await
    }

    /// Is there a disc, and can it be asked about?
    ///
    /// # Errors
    /// The drive cannot be asked, or does not become ready.
    pub async fn readiness(&self) -> Result<Readiness, Error> {
        self.bound_drive().await?.wait_ready().await.map_err(of_drive)
    }
}
