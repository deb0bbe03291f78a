//! What goes wrong in the same way on every call that reaches the drive.

use webburn_imapi::enums::ModePageRequestType;
use webburn_scsi::wrap::{Effect, Fault};
use webburn_scsi::{Sense, SenseKey, TransportError, TransportErrorKind};
use webburn_tests::rig::Rig;

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

/// Neither GET PERFORMANCE nor mode page 2Ah names a speed.
pub fn no_speeds() -> Vec<Fault> {
    let unknown = || Effect::Sense(Sense::fixed(SenseKey::IllegalRequest, 0x20, 0x00));
    let page = |cdb: &webburn_scsi::Cdb| cdb.as_bytes()[0] == 0x5A && cdb.as_bytes()[2] == 0x2A;
    vec![Fault::at(0xAC, unknown()).always(), Fault::new(page, unknown()).always()]
}

/// The member that asks for a structure says that it is absent.
pub fn structure_is_absent(rig: &Rig, fault: Fault) {
    let asked = pollster::block_on(rig.recorder(vec![fault]).read_dvd_structure(0, 0, 0, 0));
    assert_eq!(asked.map_err(|error| error.hresult.0), Err(0xC0AA_020E), "{}", rig.height);
    assert!(rig.sent(0xAD) > 0, "{}", rig.height);
}

/// The member that asks for a mode page says that it is absent.
pub fn mode_page_is_absent(rig: &Rig, fault: Fault) {
    let recorder = rig.recorder(vec![fault]);
    let asked = pollster::block_on(recorder.get_mode_page(0x05, ModePageRequestType::CurrentValues));
    assert_eq!(asked.map_err(|error| error.hresult.0), Err(0xC0AA_0201), "{}", rig.height);
}

/// The member that sets a mode page says that its values are refused.
pub fn mode_page_is_refused(rig: &Rig, fault: Fault) {
    let recorder = rig.recorder(vec![fault]);
    let set = pollster::block_on(recorder.set_mode_page(ModePageRequestType::CurrentValues, &[0x05, 0x02, 0, 0]));
    assert_eq!(set.map_err(|error| error.hresult.0), Err(0xC0AA_0208), "{}", rig.height);
    assert_eq!(rig.sent(0x55), 1, "{}", rig.height);
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
