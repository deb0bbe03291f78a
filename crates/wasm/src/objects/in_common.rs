//! The members that several objects have, written once; macros and not traits, so that each object has them as its own.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use webburn_imapi::enums::MediaPhysicalType;
use webburn_imapi::{Error, SpeedWish};

use super::failure::{invalid, thrown};

/// Nothing to say but whether it was done.
pub fn done(result: Result<(), Error>) -> Result<(), JsValue> {
    result.map_err(|error| thrown(&error))
}

/// The numbers of physical types as an array.
pub fn numbers(types: &[MediaPhysicalType]) -> Vec<JsValue> {
    types.iter().map(|one| one.value().into()).collect()
}

/// The arguments of `SetWriteSpeed` as a wish; −1 is the fastest.
pub fn wish(sectors_per_second: i32, pure_cav: bool) -> Result<Option<SpeedWish>, JsValue> {
    match u32::try_from(sectors_per_second) {
        Ok(sectors_per_second) => Ok(Some(SpeedWish { sectors_per_second, pure_cav })),
        Err(_) if sectors_per_second == -1 => Ok(None),
        Err(_) => Err(invalid()),
    }
}

/// `IWriteSpeedDescriptor`.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub struct WriteSpeedDescriptor(pub(super) webburn_imapi::format::WriteSpeedDescriptor);

#[wasm_bindgen]
impl WriteSpeedDescriptor {
    /// `MediaType`.
    #[wasm_bindgen(getter, js_name = mediaType, unchecked_return_type = "MediaPhysicalType")]
    pub fn media_type(&self) -> u32 {
        self.0.media_type.value()
    }

    /// `RotationTypeIsPureCAV`.
    #[wasm_bindgen(getter, js_name = rotationTypeIsPureCAV)]
    pub fn rotation_type_is_pure_cav(&self) -> bool {
        self.0.rotation_type_is_pure_cav
    }

    /// `WriteSpeed` in sectors a second.
    #[wasm_bindgen(getter, js_name = writeSpeed)]
    pub fn write_speed(&self) -> u32 {
        self.0.write_speed
    }
}

/// `Recorder` and `Update`: of an object with a `listener`, whose arguments are of the type given.
macro_rules! recorder_and_updates {
    ($object:ident, $inner:ident, $listener:literal) => {
        #[wasm_bindgen]
        impl $object {
            /// `Recorder`; nothing takes it away.
            ///
            /// # Errors
            /// That of this object while it is at work; with the eraser also
            /// `E_IMAPI_ERASE_ONLY_ONE_RECORDER_SUPPORTED` where one is set already.
            #[wasm_bindgen(setter)]
            pub fn set_recorder(&self, recorder: crate::objects::arg::RecorderArg) -> Result<(), JsValue> {
                let recorder = recorder.optional()?.map(|recorder| recorder.0);
                crate::objects::in_common::done(self.$inner.set_recorder(recorder))
            }

            /// `Recorder`.
            #[wasm_bindgen(getter)]
            pub fn recorder(&self) -> Option<crate::objects::recorder::DiscRecorder2> {
                self.$inner.recorder().map(crate::objects::recorder::DiscRecorder2)
            }

            /// The event `Update`: called while something is done to the disc; nothing to stop listening.
            #[wasm_bindgen(js_name = onUpdate)]
            pub fn on_update(
                &self,
                #[wasm_bindgen(unchecked_param_type = $listener)] listener: Option<js_sys::Function>,
            ) {
                self.listener.set(listener);
            }
        }
    };
}

/// `ClientName`.
macro_rules! client_name {
    ($object:ident, $inner:ident) => {
        #[wasm_bindgen]
        impl $object {
            /// `ClientName`: the lock owner's name; mandatory before a disc is changed.
            #[wasm_bindgen(getter, js_name = clientName)]
            pub fn client_name(&self) -> String {
                self.$inner.client_name()
            }

            /// `ClientName`.
            ///
            /// # Errors
            /// The `…CLIENT_NAME_IS_NOT_VALID` of this object, or `E_INVALIDARG` where it has none.
            #[wasm_bindgen(setter, js_name = clientName)]
            pub fn set_client_name(&self, name: &str) -> Result<(), JsValue> {
                crate::objects::in_common::done(self.$inner.set_client_name(name))
            }
        }
    };
}

/// `IDiscFormat2`, and `CurrentPhysicalMediaType`.
macro_rules! disc_format {
    ($object:ident, $inner:ident) => {
        #[wasm_bindgen]
        impl $object {
            /// `IsRecorderSupported`.
            ///
            /// # Errors
            /// `E_POINTER` without a recorder, and what asking it meets.
            #[wasm_bindgen(js_name = isRecorderSupported)]
            pub async fn is_recorder_supported(
                &self,
                recorder: crate::objects::arg::RecorderArg,
            ) -> Result<bool, JsValue> {
                let recorder = recorder.required()?.0;
                self.$inner.is_recorder_supported(&recorder).await.map_err(|error| thrown(&error))
            }

            /// `IsCurrentMediaSupported`.
            ///
            /// # Errors
            /// As above; `E_IMAPI_RECORDER_MEDIA_NO_MEDIA`.
            #[wasm_bindgen(js_name = isCurrentMediaSupported)]
            pub async fn is_current_media_supported(
                &self,
                recorder: crate::objects::arg::RecorderArg,
            ) -> Result<bool, JsValue> {
                let recorder = recorder.required()?.0;
                self.$inner.is_current_media_supported(&recorder).await.map_err(|error| thrown(&error))
            }

            /// `MediaPhysicallyBlank`.
            ///
            /// # Errors
            /// No recorder, `E_IMAPI_RECORDER_MEDIA_NO_MEDIA`, and what asking the drive meets.
            #[wasm_bindgen(js_name = mediaPhysicallyBlank)]
            pub async fn media_physically_blank(&self) -> Result<bool, JsValue> {
                self.$inner.media_physically_blank().await.map_err(|error| thrown(&error))
            }

            /// `MediaHeuristicallyBlank`.
            ///
            /// # Errors
            /// As above.
            #[wasm_bindgen(js_name = mediaHeuristicallyBlank)]
            pub async fn media_heuristically_blank(&self) -> Result<bool, JsValue> {
                self.$inner.media_heuristically_blank().await.map_err(|error| thrown(&error))
            }

            /// `SupportedMediaTypes`.
            #[wasm_bindgen(getter, js_name = supportedMediaTypes, unchecked_return_type = "MediaPhysicalType[]")]
            pub fn supported_media_types(&self) -> Vec<JsValue> {
                crate::objects::in_common::numbers(webburn_imapi::$object::<
                    crate::objects::way::Way,
                    crate::objects::way::WayClock,
                >::supported_media_types())
            }

            /// `CurrentPhysicalMediaType`.
            ///
            /// # Errors
            /// As `mediaPhysicallyBlank`.
            #[wasm_bindgen(js_name = currentPhysicalMediaType, unchecked_return_type = "MediaPhysicalType")]
            pub async fn current_physical_media_type(&self) -> Result<u32, JsValue> {
                let told = self.$inner.current_physical_media_type().await;
                told.map(|told| told.value()).map_err(|error| thrown(&error))
            }
        }
    };
}

/// What the writers have about speed.
macro_rules! speeds {
    ($object:ident, $inner:ident) => {
        #[wasm_bindgen]
        impl $object {
            /// `RequestedWriteSpeed` in sectors a second; -1 for the fastest.
            #[wasm_bindgen(getter, js_name = requestedWriteSpeed)]
            pub fn requested_write_speed(&self) -> i32 {
                self.$inner.requested_write_speed().0
            }

            /// `RequestedRotationTypeIsPureCAV`.
            #[wasm_bindgen(getter, js_name = requestedRotationTypeIsPureCAV)]
            pub fn requested_rotation_type_is_pure_cav(&self) -> bool {
                self.$inner.requested_write_speed().1
            }

            /// `SetWriteSpeed` in sectors a second, -1 for the fastest. Resolves with `S_OK` or what was adjusted.
            ///
            /// # Errors
            /// `E_IMAPI_RECORDER_REQUIRED`, `E_INVALIDARG`, and the `…WRITE_IN_PROGRESS` of this writer.
            #[wasm_bindgen(js_name = setWriteSpeed, unchecked_return_type = "HRESULT")]
            pub async fn set_write_speed(
                &self,
                #[wasm_bindgen(js_name = sectorsPerSecond)] sectors_per_second: i32,
                #[wasm_bindgen(js_name = rotationTypeIsPureCAV)] pure_cav: bool,
            ) -> Result<u32, JsValue> {
                let wish = crate::objects::in_common::wish(sectors_per_second, pure_cav)?;
                self.$inner.set_write_speed(wish).await.map(|hresult| hresult.0).map_err(|error| thrown(&error))
            }

            /// `CurrentWriteSpeed` in sectors a second.
            ///
            /// # Errors
            /// As `mediaPhysicallyBlank`; a drive that tells no speed.
            #[wasm_bindgen(js_name = currentWriteSpeed)]
            pub async fn current_write_speed(&self) -> Result<u32, JsValue> {
                self.$inner.current_write_speed().await.map(|(speed, _)| speed).map_err(|error| thrown(&error))
            }

            /// `CurrentRotationTypeIsPureCAV`.
            ///
            /// # Errors
            /// As `currentWriteSpeed`.
            #[wasm_bindgen(js_name = currentRotationTypeIsPureCAV)]
            pub async fn current_rotation_type_is_pure_cav(&self) -> Result<bool, JsValue> {
                self.$inner.current_write_speed().await.map(|(_, cav)| cav).map_err(|error| thrown(&error))
            }

            /// `SupportedWriteSpeeds` in sectors a second.
            ///
            /// # Errors
            /// As `mediaPhysicallyBlank`.
            #[wasm_bindgen(js_name = supportedWriteSpeeds, unchecked_return_type = "number[]")]
            pub async fn supported_write_speeds(&self) -> Result<Vec<JsValue>, JsValue> {
                let listed = self.supported_write_speed_descriptors().await?;
                Ok(listed.iter().map(|one| one.write_speed().into()).collect())
            }

            /// `SupportedWriteSpeedDescriptors`.
            ///
            /// # Errors
            /// As `mediaPhysicallyBlank`.
            #[wasm_bindgen(js_name = supportedWriteSpeedDescriptors, unchecked_return_type = "WriteSpeedDescriptor[]")]
            pub async fn supported_write_speed_descriptors(
                &self,
            ) -> Result<Vec<crate::objects::in_common::WriteSpeedDescriptor>, JsValue> {
                let listed = self.$inner.supported_write_speed_descriptors().await.map_err(|error| thrown(&error))?;
                Ok(listed.into_iter().map(crate::objects::in_common::WriteSpeedDescriptor).collect())
            }
        }
    };
}

/// Switches among the `options` of an object as properties.
macro_rules! switches {
    ($object:ident, $inner:ident; $($(#[$meta:meta])* $get:ident / $set:ident as $js:ident = $field:ident;)*) => {
        #[wasm_bindgen]
        impl $object {
            $(
                $(#[$meta])*
                #[wasm_bindgen(getter, js_name = $js)]
                pub fn $get(&self) -> bool {
                    self.$inner.options().$field
                }

                $(#[$meta])*
                ///
                /// # Errors
                /// The `…WRITE_IN_PROGRESS` of this writer.
                #[wasm_bindgen(setter, js_name = $js)]
                pub fn $set(&self, on: bool) -> Result<(), JsValue> {
                    let mut options = self.$inner.options();
                    options.$field = on;
                    crate::objects::in_common::done(self.$inner.set_options(options))
                }
            )*
        }
    };
}

/// `IBurnVerification`.
macro_rules! burn_verification {
    ($object:ident, $inner:ident) => {
        #[wasm_bindgen]
        impl $object {
            /// `BurnVerificationLevel` of `IBurnVerification`.
            #[wasm_bindgen(getter, js_name = burnVerificationLevel, unchecked_return_type = "BurnVerificationLevel")]
            pub fn burn_verification_level(&self) -> u32 {
                self.$inner.burn_verification_level().value()
            }

            /// `BurnVerificationLevel` of `IBurnVerification`.
            ///
            /// # Errors
            /// `E_INVALIDARG`; `E_NOTIMPL` of track at once for a full verification, which it has not; the
            /// `…WRITE_IN_PROGRESS` and `…MEDIA_IS_PREPARED` of this writer.
            #[wasm_bindgen(setter, js_name = burnVerificationLevel)]
            pub fn set_burn_verification_level(
                &self,
                #[wasm_bindgen(unchecked_param_type = "BurnVerificationLevel")] level: u32,
            ) -> Result<(), JsValue> {
                let level = webburn_imapi::enums::BurnVerificationLevel::from_value(level);
                let level = level.ok_or_else(crate::objects::failure::invalid)?;
                crate::objects::in_common::done(self.$inner.set_burn_verification_level(level))
            }
        }
    };
}

/// What the writers that are prepared first have in common.
macro_rules! prepared_first {
    ($object:ident, $inner:ident) => {
        #[wasm_bindgen]
        impl $object {
            /// `PrepareMedia`: takes the drive for itself and locks its tray; the disc must be a blank CD-R or CD-RW. Resolves
            /// with `S_OK` or what was adjusted.
            ///
            /// # Errors
            /// `…MEDIA_IS_PREPARED`, `…NO_RECORDER_SPECIFIED`, `…CLIENT_NAME_IS_NOT_VALID`, `E_IMAPI_RECORDER_LOCKED`, what the
            /// drive says, `…RECORDER_NOT_SUPPORTED`, `…MEDIA_IS_NOT_SUPPORTED`, `…MEDIA_IS_NOT_BLANK`; in this order.
            #[wasm_bindgen(js_name = prepareMedia, unchecked_return_type = "HRESULT")]
            pub async fn prepare_media(&self) -> Result<u32, JsValue> {
                // `Update` is for writing alone.
                let silent = webburn_imapi::Reporter::silent();
                self.$inner.prepare_media(&silent).await.map(|hresult| hresult.0).map_err(|error| thrown(&error))
            }

            /// `BufferUnderrunFreeDisabled`.
            #[wasm_bindgen(getter, js_name = bufferUnderrunFreeDisabled)]
            pub fn buffer_underrun_free_disabled(&self) -> bool {
                self.$inner.buffer_underrun_free_disabled()
            }

            /// `BufferUnderrunFreeDisabled`, between `prepareMedia` and `releaseMedia`.
            ///
            /// # Errors
            /// `…MEDIA_IS_NOT_PREPARED`, `…WRITE_IN_PROGRESS`.
            #[wasm_bindgen(setter, js_name = bufferUnderrunFreeDisabled)]
            pub fn set_buffer_underrun_free_disabled(&self, on: bool) -> Result<(), JsValue> {
                crate::objects::in_common::done(self.$inner.set_buffer_underrun_free_disabled(on))
            }
        }
    };
}

pub(super) use {burn_verification, client_name, disc_format, prepared_first, recorder_and_updates, speeds, switches};
