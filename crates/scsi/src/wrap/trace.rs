//! A transport that tells what goes over it.

use std::time::Duration;

use crate::{
    Caps, Cdb, Completion, Data, Direction, MaybeSend, MaybeSync, RunEnd, ScsiTransport, TransportError, Write,
};

/// What the callback of a [`Trace`] is told, once a command, after its end.
#[derive(Debug)]
pub struct TraceEvent<'a> {
    /// The command.
    pub cdb: &'a Cdb,
    /// Which way its data went.
    pub direction: Direction,
    /// Bytes asked for or offered.
    pub length: usize,
    /// The data that went out, or those that came in.
    pub data: &'a [u8],
    /// How it ended. An error that ended a whole run is told once, with the first command of the run.
    pub result: Result<&'a Completion, &'a TransportError>,
}

/// Calls back after each command. Runs stay runs: the commands of one are told when it has ended.
#[derive(Debug)]
pub struct Trace<T, F> {
    inner: T,
    tell: F,
}

impl<T, F: FnMut(&TraceEvent<'_>)> Trace<T, F> {
    /// Wraps a transport.
    #[must_use]
    pub const fn new(inner: T, tell: F) -> Self {
        Trace { inner, tell }
    }

    /// The transport, and the end of the trace.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.inner
    }
}

impl<T: ScsiTransport, F: FnMut(&TraceEvent<'_>) + MaybeSend> ScsiTransport for Trace<T, F> {
    fn caps(&self) -> Caps {
        self.inner.caps()
    }

    async fn execute(&mut self, cdb: &Cdb, mut data: Data<'_>, limit: Duration) -> Result<Completion, TransportError> {
        let result = self.inner.execute(cdb, data.reborrow(), limit).await;
        let (direction, length) = (data.direction(), data.len());
        let moved = match (&data, &result) {
            (Data::Out(bytes), _) => bytes,
            (Data::In(bytes), Ok(completion)) => &bytes[..completion.transferred.min(bytes.len())],
            _ => &[][..],
        };
        (self.tell)(&TraceEvent { cdb, direction, length, data: moved, result: result.as_ref() });
        result
    }

    async fn execute_run(
        &mut self,
        run: &[Write<'_>],
        limit: Duration,
        go_on: &(impl Fn() -> bool + MaybeSync),
    ) -> Result<RunEnd, TransportError> {
        let end = self.inner.execute_run(run, limit, go_on).await;
        let mut tell = |write: &Write<'_>, result: Result<&Completion, &TransportError>| {
            let (direction, length) = (Direction::Out, write.data.len());
            (self.tell)(&TraceEvent { cdb: &write.cdb, direction, length, data: write.data, result });
        };
        match &end {
            Ok(RunEnd { good, stopped_by }) => {
                for write in run.iter().take(*good) {
                    tell(write, Ok(&Completion::good(write.data.len())));
                }
                if let (Some(completion), Some(write)) = (stopped_by, run.get(*good)) {
                    tell(write, Ok(completion));
                }
            }
            Err(error) => {
                if let Some(write) = run.first() {
                    tell(write, Err(error));
                }
            }
        }
        end
    }
}
