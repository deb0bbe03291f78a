//! `DiscRecorder2`: one drive, shared by everything that works on it.

mod access;
mod ex;
mod lists;

use std::sync::{Arc, Mutex};

use futures::lock::MutexGuard;
use webburn_drive::{Clock, Doing, Drive, Media, Readiness};
use webburn_mmc::StartStopUnit;
use webburn_scsi::ScsiTransport;
use webburn_scsi::spc::{InquiryData, PreventAllowMediumRemoval};
use webburn_sector::SectorCount;

pub use access::Lease;
pub use ex::{CommandOutcome, check_cdb_length};

use crate::outcome::Path;
use crate::plan::read_only_drive;
use crate::read_disc::{SectorSink, read_disc};
use crate::state_query::StateQuery;
use crate::{Cancel, Error, Reporter, hresult};
use access::Access;
pub(crate) use access::valid_client_name;

/// `IDiscRecorder2`, and `IDiscRecorder2Ex` on the same object. Clones are the same recorder.
///
/// One conversation at a time: a call waits until the one before is done. A burn holds the drive for all its length.
#[derive(Debug)]
pub struct DiscRecorder2<T, C>(Arc<Shared<T, C>>);

#[derive(Debug)]
struct Shared<T, C> {
    id: String,
    inquiry: InquiryData,
    drive: futures::lock::Mutex<Drive<T, C>>,
    access: Mutex<Access>,
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
    of_drive(error)
}

impl<T: ScsiTransport, C: Clock> DiscRecorder2<T, C> {
    /// `InitializeDiscRecorder`: binds to the drive behind `transport`, known as `id`. Asks who it is, nothing else; it
    /// does not fail because another client of the same drive holds it.
    ///
    /// # Errors
    /// `STRSAFE_E_INVALID_PARAMETER` for an empty id; what the drive's first answer means otherwise.
    pub async fn initialize(id: impl Into<String>, transport: T, clock: C) -> Result<Self, Error> {
        let id = id.into();
        if id.is_empty() {
            return Err(Error::new("argument-invalid", hresult::STRSAFE_E_INVALID_PARAMETER));
        }
        let mut drive = Drive::new(transport, clock);
        let inquiry = drive.inquire().await.map_err(of_drive)?;
        let drive = futures::lock::Mutex::new(drive);
        Ok(DiscRecorder2(Arc::new(Shared { id, inquiry, drive, access: Mutex::default() })))
    }

    /// The drive itself, for as long as the guard lives. Everything else waits meanwhile.
    pub async fn drive(&self) -> MutexGuard<'_, Drive<T, C>> {
        self.0.drive.lock().await
    }

    /// `ActiveDiscRecorder`: the id it was initialised with.
    #[must_use]
    pub fn active_disc_recorder(&self) -> &str {
        &self.0.id
    }

    /// The whole INQUIRY answer.
    #[must_use]
    pub fn inquiry(&self) -> &InquiryData {
        &self.0.inquiry
    }

    /// `VendorId`.
    #[must_use]
    pub fn vendor_id(&self) -> &str {
        &self.0.inquiry.vendor
    }

    /// `ProductId`.
    #[must_use]
    pub fn product_id(&self) -> &str {
        &self.0.inquiry.product
    }

    /// `ProductRevision`.
    #[must_use]
    pub fn product_revision(&self) -> &str {
        &self.0.inquiry.revision
    }

    /// `VolumeName`. No operating system names a volume here, so the drive's id stands in: it is as unique.
    #[must_use]
    pub fn volume_name(&self) -> &str {
        &self.0.id
    }

    /// `VolumePathNames`: none, as nothing is mounted.
    #[must_use]
    pub fn volume_path_names(&self) -> Vec<String> {
        Vec::new()
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
        let mut drive = self.drive().await;
        // Whoever asks for the tray wants it open: a lock left over from a job that was cut short must not hold it.
        let _ = drive.send(Doing::Locking, &PreventAllowMediumRemoval::ALLOW).await;
        drive.send(Doing::MovingTray, &StartStopUnit::EJECT).await.map_err(of_drive)
    }

    /// `CloseTray`.
    ///
    /// # Errors
    /// The drive refused; slot and slim drives cannot.
    pub async fn close_tray(&self) -> Result<(), Error> {
        self.drive().await.send(Doing::MovingTray, &StartStopUnit::LOAD).await.map_err(of_drive)
    }

    /// The disc in the drive. An empty drive is no error here: its kind is `Kind::None`.
    ///
    /// # Errors
    /// The drive cannot be asked, or does not become ready.
    pub async fn media(&self) -> Result<Arc<Media>, Error> {
        let mut drive = self.drive().await;
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
        let mut drive = self.drive().await;
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
        let mut drive = self.drive().await;
        read_disc(&mut drive, sink, reporter, cancel).await
    }

    /// Is there a disc, and can it be asked about?
    ///
    /// # Errors
    /// The drive cannot be asked, or does not become ready.
    pub async fn readiness(&self) -> Result<Readiness, Error> {
        self.drive().await.wait_ready().await.map_err(of_drive)
    }
}
