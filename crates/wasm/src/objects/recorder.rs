//! `MsftDiscRecorder2`: one drive. The members of `IDiscRecorder2Ex` are beside, in `recorder_ex`.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::arg::DriveArg;
use super::contents::view;
use super::drive::Recorder;
use super::failure::thrown;

/// `IDiscRecorder2` and `IDiscRecorder2Ex`.
#[wasm_bindgen]
pub struct DiscRecorder2(pub(super) Recorder);

#[wasm_bindgen]
impl DiscRecorder2 {
    /// `InitializeDiscRecorder`: reaches the drive. There are no recorders that were not initialised.
    ///
    /// # Errors
    /// `E_POINTER` without a drive, and what reaching it meets.
    #[wasm_bindgen(js_name = initializeDiscRecorder)]
    pub async fn initialize_disc_recorder(drive: DriveArg) -> Result<DiscRecorder2, JsValue> {
        drive.required()?.recorder().await.map(DiscRecorder2)
    }

    /// `get_ActiveDiscRecorder`: the drive's id.
    #[wasm_bindgen(getter, js_name = activeDiscRecorder)]
    pub fn active_disc_recorder(&self) -> String {
        self.0.active_disc_recorder().to_owned()
    }

    /// `get_VendorId`.
    #[wasm_bindgen(getter, js_name = vendorId)]
    pub fn vendor_id(&self) -> String {
        self.0.vendor_id().to_owned()
    }

    /// `get_ProductId`.
    #[wasm_bindgen(getter, js_name = productId)]
    pub fn product_id(&self) -> String {
        self.0.product_id().to_owned()
    }

    /// `get_ProductRevision`.
    #[wasm_bindgen(getter, js_name = productRevision)]
    pub fn product_revision(&self) -> String {
        self.0.product_revision().to_owned()
    }

    /// `get_VolumeName`: the drive's id, as there are no volumes here.
    #[wasm_bindgen(getter, js_name = volumeName)]
    pub fn volume_name(&self) -> String {
        self.0.volume_name().to_owned()
    }

    /// `get_VolumePathNames`: what was set, as only a program beside an operating system can know them.
    #[wasm_bindgen(getter, js_name = volumePathNames)]
    pub fn volume_path_names(&self) -> Vec<String> {
        self.0.volume_path_names()
    }

    /// Says where the disc is mounted: exclusive access without force is then refused.
    #[wasm_bindgen(setter, js_name = volumePathNames)]
    pub fn set_volume_path_names(&self, paths: Vec<String>) {
        self.0.set_volume_path_names(paths);
    }

    /// `get_LegacyDeviceNumber`.
    #[wasm_bindgen(getter, js_name = legacyDeviceNumber)]
    pub fn legacy_device_number(&self) -> i32 {
        self.0.legacy_device_number()
    }

    /// `get_DeviceCanLoadMedia`.
    ///
    /// # Errors
    /// What asking the drive meets; so for every method here that returns a promise.
    #[wasm_bindgen(js_name = deviceCanLoadMedia)]
    pub async fn device_can_load_media(&self) -> Result<bool, JsValue> {
        self.0.device_can_load_media().await.map_err(|error| thrown(&error))
    }

    /// Beyond IMAPI2: what a CD says of itself. Codes are asked for track by track, which takes a drive a second each.
    ///
    /// # Errors
    /// `E_IMAPI_RECORDER_MEDIA_NO_MEDIA`, `E_IMAPI_DF2DATA_INVALID_MEDIA_STATE` for what is no CD or has no closed session.
    #[wasm_bindgen(js_name = discContents, unchecked_return_type = "DiscContents")]
    pub async fn disc_contents(&self) -> Result<JsValue, JsValue> {
        view(&self.0.disc_contents().await.map_err(|error| thrown(&error))?)
    }

    /// `EjectMedia`.
    ///
    /// # Errors
    /// As above.
    #[wasm_bindgen(js_name = ejectMedia)]
    pub async fn eject_media(&self) -> Result<(), JsValue> {
        self.0.eject_media().await.map_err(|error| thrown(&error))
    }

    /// `CloseTray`.
    ///
    /// # Errors
    /// As above.
    #[wasm_bindgen(js_name = closeTray)]
    pub async fn close_tray(&self) -> Result<(), JsValue> {
        self.0.close_tray().await.map_err(|error| thrown(&error))
    }

    /// `AcquireExclusiveAccess`: counted for each client name. `force` takes a drive whose disc is mounted.
    ///
    /// # Errors
    /// `E_INVALIDARG`, `E_IMAPI_RECORDER_LOCKED`, `E_ACCESSDENIED` for a mounted disc without force.
    #[wasm_bindgen(js_name = acquireExclusiveAccess)]
    pub async fn acquire_exclusive_access(
        &self,
        force: bool,
        #[wasm_bindgen(js_name = clientName)] client_name: String,
    ) -> Result<(), JsValue> {
        self.0.acquire_exclusive_access(force, &client_name).map_err(|error| thrown(&error))
    }

    /// `ReleaseExclusiveAccess`.
    ///
    /// # Errors
    /// `E_FAIL` when nobody holds it.
    #[wasm_bindgen(js_name = releaseExclusiveAccess)]
    pub async fn release_exclusive_access(&self) -> Result<(), JsValue> {
        self.0.release_exclusive_access().map_err(|error| thrown(&error))
    }

    /// `get_ExclusiveAccessOwner`: empty when nobody holds it.
    #[wasm_bindgen(getter, js_name = exclusiveAccessOwner)]
    pub fn exclusive_access_owner(&self) -> String {
        self.0.exclusive_access_owner()
    }

    /// `DisableMcn`: counted.
    #[wasm_bindgen(js_name = disableMcn)]
    pub async fn disable_mcn(&self) {
        self.0.disable_mcn();
    }

    /// `EnableMcn`.
    #[wasm_bindgen(js_name = enableMcn)]
    pub async fn enable_mcn(&self) {
        self.0.enable_mcn();
    }

    /// As many calls have enabled media change notification as disabled it.
    #[wasm_bindgen(getter, js_name = mcnEnabled)]
    pub fn mcn_enabled(&self) -> bool {
        self.0.mcn_enabled()
    }

    #[doc(hidden)]
    #[wasm_bindgen(js_name = __share, skip_typescript)]
    pub fn share(&self) -> DiscRecorder2 {
        DiscRecorder2(self.0.clone())
    }
}
