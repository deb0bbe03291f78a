//! The members that the writers of CDs have in common: those of `IDiscFormat2` and the properties of their speed. Written
//! once; a macro and not a trait, so that they are members as IMAPI2 has them.

/// The members in common, for a writer with a `desk`. `…` in the names of failures stands for the writer's own, `RAW` or
/// `TAO`.
macro_rules! members_in_common {
    ($writer:ident) => {
        impl<T, C> $writer<T, C> {
            /// `Recorder`.
            #[must_use]
            pub fn recorder(&self) -> Option<crate::DiscRecorder2<T, C>> {
                self.desk.recorder()
            }

            /// `Recorder`; `None` takes it away. Sends nothing.
            ///
            /// # Errors
            /// `E_IMAPI_DF2…_WRITE_IN_PROGRESS`, `E_IMAPI_DF2…_MEDIA_IS_PREPARED`.
            pub fn set_recorder(&self, recorder: Option<crate::DiscRecorder2<T, C>>) -> Result<(), crate::Error> {
                self.desk.set_recorder(recorder)
            }

            /// `ClientName`.
            #[must_use]
            pub fn client_name(&self) -> String {
                self.desk.client_name()
            }

            /// `ClientName`: the lock owner's name; mandatory before `PrepareMedia`.
            ///
            /// # Errors
            /// `E_IMAPI_DF2…_CLIENT_NAME_IS_NOT_VALID`, `…_WRITE_IN_PROGRESS`, `…_MEDIA_IS_PREPARED`.
            pub fn set_client_name(&self, name: &str) -> Result<(), crate::Error> {
                self.desk.set_client_name(name)
            }

            /// `BufferUnderrunFreeDisabled`.
            #[must_use]
            pub fn buffer_underrun_free_disabled(&self) -> bool {
                self.desk.options().buffer_underrun_free_disabled
            }

            /// `BufferUnderrunFreeDisabled`, between `PrepareMedia` and `ReleaseMedia`.
            ///
            /// # Errors
            /// `E_IMAPI_DF2…_MEDIA_IS_NOT_PREPARED`, `E_IMAPI_DF2…_WRITE_IN_PROGRESS`.
            pub fn set_buffer_underrun_free_disabled(&self, on: bool) -> Result<(), crate::Error> {
                self.desk.set_prepared(|options, _| options.buffer_underrun_free_disabled = on)
            }

            /// `RequestedWriteSpeed`, −1 for the fastest, and `RequestedRotationTypeIsPureCAV`.
            #[must_use]
            pub fn requested_write_speed(&self) -> (i32, bool) {
                self.desk.requested_write_speed()
            }

            /// `SupportedMediaTypes` of this implementation, whatever the drive.
            #[must_use]
            pub fn supported_media_types() -> &'static [crate::enums::MediaPhysicalType] {
                &[crate::enums::MediaPhysicalType::CdR, crate::enums::MediaPhysicalType::CdRw]
            }
        }

        impl<T: webburn_scsi::ScsiTransport, C: webburn_drive::Clock> $writer<T, C> {
            /// `MediaPhysicallyBlank`.
            ///
            /// # Errors
            /// The drive cannot be asked, or is empty. So for all properties below.
            pub async fn media_physically_blank(&self) -> Result<bool, crate::Error> {
                Ok(self.desk.disc().await?.physically_blank())
            }

            /// `MediaHeuristicallyBlank`: the same for CDs.
            ///
            /// # Errors
            /// The drive cannot be asked, or is empty.
            pub async fn media_heuristically_blank(&self) -> Result<bool, crate::Error> {
                Ok(crate::state::looks_blank(&*self.desk.disc().await?))
            }

            /// `CurrentPhysicalMediaType`.
            ///
            /// # Errors
            /// The drive cannot be asked, or is empty.
            pub async fn current_physical_media_type(&self) -> Result<crate::enums::MediaPhysicalType, crate::Error> {
                self.desk.current_physical_media_type().await
            }

            /// `CurrentWriteSpeed`, sectors a second, and `CurrentRotationTypeIsPureCAV`.
            ///
            /// # Errors
            /// The drive cannot be asked, is empty, or tells no speed.
            pub async fn current_write_speed(&self) -> Result<(u32, bool), crate::Error> {
                self.desk.current_write_speed().await
            }

            /// `SupportedWriteSpeedDescriptors`; `SupportedWriteSpeeds` are their speeds.
            ///
            /// # Errors
            /// The drive cannot be asked, or is empty.
            pub async fn supported_write_speed_descriptors(
                &self,
            ) -> Result<Vec<crate::WriteSpeedDescriptor>, crate::Error> {
                self.desk.speed_descriptors().await
            }

            /// `SetWriteSpeed`: `None` for the fastest. The nearest supported speed is taken by what is written next.
            ///
            /// # Errors
            /// `E_IMAPI_RECORDER_REQUIRED`, `E_IMAPI_DF2…_WRITE_IN_PROGRESS`, and what the drive says.
            pub async fn set_write_speed(
                &self,
                wish: Option<crate::SpeedWish>,
            ) -> Result<crate::HResult, crate::Error> {
                self.desk.set_write_speed(wish).await
            }
        }
    };
}

pub(super) use members_in_common;
