//! One of several transports.

/// Makes an enum whose variants each hold a transport (as it is, or in a box) a transport itself: every call goes to the one
/// that is there, runs of writes included.
///
/// ```
/// use webburn_scsi::one_of;
/// use webburn_scsi::wrap::Replay;
///
/// enum Way {
///     Recorded(Replay),
///     Boxed(Box<Replay>),
/// }
///
/// one_of!(Way: Recorded, Boxed);
/// ```
#[macro_export]
macro_rules! one_of {
    ($name:ty: $($variant:ident),+ $(,)?) => {
        impl $crate::ScsiTransport for $name {
            fn caps(&self) -> $crate::Caps {
                use $crate::ScsiTransport as _;
                match self {
                    $(Self::$variant(inside) => inside.caps(),)+
                }
            }

            async fn execute(
                &mut self,
                cdb: &$crate::Cdb,
                data: $crate::Data<'_>,
                limit: ::core::time::Duration,
            ) -> Result<$crate::Completion, $crate::TransportError> {
                use $crate::ScsiTransport as _;
                match self {
                    $(Self::$variant(inside) => inside.execute(cdb, data, limit).await,)+
                }
            }

            async fn execute_run(
                &mut self,
                run: &[$crate::Write<'_>],
                limit: ::core::time::Duration,
                go_on: &(impl Fn() -> bool + $crate::MaybeSync),
            ) -> Result<$crate::RunEnd, $crate::TransportError> {
                use $crate::ScsiTransport as _;
                match self {
                    $(Self::$variant(inside) => inside.execute_run(run, limit, go_on).await,)+
                }
            }
        }
    };
}
