//! A transport that writes down what goes over it.

use std::time::Duration;

use super::Exchange;
use crate::{Caps, Cdb, Completion, Data, ScsiTransport, TransportError};

/// Keeps every command and its end. Runs are carried out one command at a time.
#[derive(Debug)]
pub struct Recorder<T> {
    inner: T,
    keep: usize,
    exchanges: Vec<Exchange>,
}

impl<T> Recorder<T> {
    /// Wraps a transport and keeps all data.
    #[must_use]
    pub const fn new(inner: T) -> Self {
        Recorder::keeping(inner, usize::MAX)
    }

    /// Wraps a transport and keeps at most `keep` bytes of each command's data; the lengths stay true.
    #[must_use]
    pub const fn keeping(inner: T, keep: usize) -> Self {
        Recorder { inner, keep, exchanges: Vec::new() }
    }

    /// What was written down so far.
    #[must_use]
    pub fn exchanges(&self) -> &[Exchange] {
        &self.exchanges
    }

    /// Takes what was written down, and begins anew.
    pub fn take(&mut self) -> Vec<Exchange> {
        std::mem::take(&mut self.exchanges)
    }

    /// The transport within.
    pub const fn inner(&mut self) -> &mut T {
        &mut self.inner
    }

    /// The transport, and the end of the recording.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.inner
    }
}

impl<T: ScsiTransport> ScsiTransport for Recorder<T> {
    fn caps(&self) -> Caps {
        Caps { depth: 1, ..self.inner.caps() }
    }

    async fn execute(&mut self, cdb: &Cdb, mut data: Data<'_>, limit: Duration) -> Result<Completion, TransportError> {
        let result = self.inner.execute(cdb, data.reborrow(), limit).await;
        let (direction, length) = (data.direction(), data.len());
        let moved = match (&data, &result) {
            (Data::Out(bytes), _) => bytes,
            (Data::In(bytes), Ok(completion)) => &bytes[..completion.transferred.min(bytes.len())],
            _ => &[][..],
        };
        let kept = moved[..moved.len().min(self.keep)].to_vec();
        self.exchanges.push(Exchange { cdb: *cdb, direction, length, data: kept, result: result.clone() });
        result
    }
}
