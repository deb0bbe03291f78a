//! What goes wrong in the same way on every call that reaches the drive.

use webburn_scsi::wrap::{Effect, Fault};
use webburn_scsi::{Sense, SenseKey, TransportError, TransportErrorKind};

/// The command with this operation code is refused, each time.
pub fn sense(opcode: u8, key: SenseKey, asc: u8, ascq: u8) -> Fault {
    Fault::at(opcode, Effect::Sense(Sense::fixed(key, asc, ascq))).always()
}

/// The wire breaks at the command with this operation code, each time.
pub fn wire(opcode: u8, kind: TransportErrorKind) -> Fault {
    Fault::at(opcode, Effect::Error(TransportError::new(kind, "injected"))).always()
}

/// Of the answer to this operation code only so many bytes arrive, each time.
pub fn short(opcode: u8, bytes: usize) -> Fault {
    Fault::at(opcode, Effect::Short(bytes)).always()
}

/// The shared faults as tests `$name`, each handing its fault and its number to `$check`.
macro_rules! shared_faults {
    ($check:path; $($(#[doc = $text:literal])+ $name:ident = $fault:expr => $number:literal;)*) => {
        $(
            $(#[doc = $text])+
            #[test]
            fn $name() {
                #[allow(unused_imports, reason = "not every list has each kind of fault")]
                use crate::faults::{sense, short, wire};
                #[allow(unused_imports, reason = "not every list has each kind of fault")]
                use webburn_scsi::{SenseKey as Key, TransportErrorKind as Kind};
                $check(|| $fault, $number);
            }
        )*
    };
}
pub(crate) use shared_faults;
