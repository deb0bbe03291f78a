//! Time as a port.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use webburn_scsi::{MaybeSend, MaybeSync};

/// A clock that only goes forward, and a way to wait on it.
///
/// Simulated drives bring a virtual one, so that a finalisation of ninety seconds takes microseconds in a test.
pub trait Clock: MaybeSend + MaybeSync {
    /// Time since an arbitrary moment; never goes back.
    fn now(&self) -> Duration;

    /// Done after `how_long`, or a little later.
    ///
    /// # Drop
    /// A dropped wait has no effect.
    fn sleep(&self, how_long: Duration) -> impl Future<Output = ()> + MaybeSend;
}

impl<C: Clock> Clock for Arc<C> {
    fn now(&self) -> Duration {
        C::now(self)
    }
    fn sleep(&self, how_long: Duration) -> impl Future<Output = ()> + MaybeSend {
        C::sleep(self, how_long)
    }
}

impl<C: Clock> Clock for &C {
    fn now(&self) -> Duration {
        C::now(self)
    }
    fn sleep(&self, how_long: Duration) -> impl Future<Output = ()> + MaybeSend {
        C::sleep(self, how_long)
    }
}
