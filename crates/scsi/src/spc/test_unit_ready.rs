//! TEST UNIT READY (SPC-4, 6.47).

use std::fmt;

use crate::{Cdb, Command, Malformed, command};

command! {
    /// Asks whether the medium can be used now. The answer is the status alone.
    TestUnitReady = 0x00 [6] {}
}

impl Command for TestUnitReady {
    const NAME: &'static str = "TEST UNIT READY";
    type Response = ();
    fn cdb(&self) -> Cdb {
        self.to_cdb()
    }
    fn decode(&self, _: &[u8]) -> Result<(), Malformed> {
        Ok(())
    }
}

impl fmt::Display for TestUnitReady {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::NAME)
    }
}
