//! `IDiscFormat2RawCD::WriteMedia2`: the shared faults. The disc is prepared before the line breaks.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use webburn_cdcode::subchannel::Layout;
use webburn_imapi::{Error, Reporter};
use webburn_scsi::wrap::{Effect, Fault};
use webburn_scsi::{Cdb, Sense, SenseKey, TransportError, TransportErrorKind};
use webburn_tests::oracle;
use webburn_tests::raw_cd::{RawImage, RawSource, recorded_range};
use webburn_tests::rig::Rig;

use crate::s3::{SHORT, later, prepared, short};

/// Faults that begin together.
struct Faults {
    plan: Vec<Fault>,
    armed: Vec<Arc<AtomicBool>>,
}

fn faults(list: Vec<(Fault, Arc<AtomicBool>)>) -> Faults {
    let (plan, armed) = list.into_iter().unzip();
    Faults { plan, armed }
}

fn sense(opcode: u8, key: SenseKey, asc: u8, ascq: u8) -> (Fault, Arc<AtomicBool>) {
    later(opcode, Effect::Sense(Sense::fixed(key, asc, ascq)))
}

fn wire(opcode: u8, kind: TransportErrorKind) -> (Fault, Arc<AtomicBool>) {
    later(opcode, Effect::Error(TransportError::new(kind, "injected")))
}

/// Writes over a line that breaks; the failure has this number, and afterwards the drive is free.
fn write(rig: &Rig, faults: Faults, number: u32) -> Error {
    let raw = prepared(rig, faults.plan);
    faults.armed.iter().for_each(|armed| armed.store(true, Ordering::SeqCst));
    let mut source = RawSource::new(&RawImage::of(SHORT, Layout::Packed));
    let result = pollster::block_on(raw.write_media2(Some(&mut source), -SHORT, &Reporter::silent()));
    let error = result.expect_err(rig.height);
    assert_eq!(error.hresult.0, number, "{}: {error}", rig.height);
    faults.armed.iter().for_each(|armed| armed.store(false, Ordering::SeqCst));
    pollster::block_on(raw.release_media()).expect("prepared");
    assert!(oracle::is_unlocked(&rig.sim), "{}", rig.height);
    assert_eq!(raw.recorder().map(|r| r.exclusive_access_owner()), Some(String::new()), "{}", rig.height);
    // Nothing was recorded: the first WRITE, if it came to that, was refused.
    assert_eq!(recorded_range(&rig.sim), None, "{}", rig.height);
    assert!(oracle::is_untouched(&rig.sim), "{}", rig.height);
    error
}

fn before_writing(fault: impl Fn() -> (Fault, Arc<AtomicBool>), number: u32) {
    short(|rig| {
        assert!(write(rig, faults(vec![fault()]), number).refused_before_writing, "{}", rig.height);
        assert_eq!(rig.sent(0x2A), 0, "{}", rig.height);
    });
}

fn while_writing(fault: impl Fn() -> (Fault, Arc<AtomicBool>), number: u32) {
    short(|rig| {
        write(rig, faults(vec![fault()]), number);
        assert!(rig.sent(0x2A) > 0, "{}", rig.height);
    });
}

/// A command that never ends: E_IMAPI_RECORDER_COMMAND_TIMEOUT.
#[test]
fn seed_s3_d1_timeout() {
    before_writing(|| wire(0x46, TransportErrorKind::Timeout), 0xC0AA_020D);
}

/// An answer cut short: E_IMAPI_RECORDER_INVALID_RESPONSE_FROM_DEVICE.
#[test]
fn seed_s3_d2_short_answer() {
    before_writing(|| later(0x51, Effect::Short(3)), 0xC0AA_02FF);
}

/// 2/06/00: E_IMAPI_RECORDER_MEDIA_UPSIDE_DOWN.
#[test]
fn seed_s3_d3_upside_down() {
    before_writing(|| sense(0x00, SenseKey::NotReady, 0x06, 0), 0xC0AA_0204);
}

/// 2/04/01 beyond the budget: E_IMAPI_RECORDER_MEDIA_BECOMING_READY.
#[test]
fn seed_s3_d4_becoming_ready() {
    before_writing(|| sense(0x00, SenseKey::NotReady, 0x04, 1), 0xC0AA_0205);
}

/// 2/3A/00: E_IMAPI_RECORDER_MEDIA_NO_MEDIA.
#[test]
fn seed_s3_d5_no_media() {
    before_writing(|| sense(0x00, SenseKey::NotReady, 0x3A, 0), 0xC0AA_0202);
}

/// 2/04/04: E_IMAPI_RECORDER_MEDIA_FORMAT_IN_PROGRESS.
#[test]
fn seed_s3_d6_format_in_progress() {
    before_writing(|| sense(0x00, SenseKey::NotReady, 0x04, 4), 0xC0AA_0206);
}

/// 2/04/07 beyond the budget: E_IMAPI_RECORDER_MEDIA_BUSY.
#[test]
fn seed_s3_d7_busy() {
    before_writing(|| sense(0x00, SenseKey::NotReady, 0x04, 7), 0xC0AA_0207);
}

/// 3/0C/09 while writing: E_IMAPI_LOSS_OF_STREAMING.
#[test]
fn seed_s3_d8_loss_of_streaming() {
    while_writing(|| sense(0x2A, SenseKey::MediumError, 0x0C, 9), 0xC0AA_0300);
}

/// 2/30/00: E_IMAPI_RECORDER_MEDIA_INCOMPATIBLE.
#[test]
fn seed_s3_d9_incompatible() {
    before_writing(|| sense(0x00, SenseKey::NotReady, 0x30, 0), 0xC0AA_0203);
}

/// READ DISC STRUCTURE refused with 5/24/00: E_IMAPI_RECORDER_DVD_STRUCTURE_NOT_PRESENT from the member that asks for a
/// structure; a raw burn asks for none and is not disturbed.
#[test]
fn seed_s3_d10_no_structure() {
    webburn_tests::rig::both("dvd+r", |rig| {
        crate::faults::structure_is_absent(rig, crate::faults::sense(0xAD, SenseKey::IllegalRequest, 0x24, 0));
    });
    short(|rig| {
        let (fault, armed) = sense(0xAD, SenseKey::IllegalRequest, 0x24, 0);
        let raw = prepared(rig, vec![fault]);
        armed.store(true, Ordering::SeqCst);
        let mut source = RawSource::new(&RawImage::of(SHORT, Layout::Packed));
        let result = pollster::block_on(raw.write_media2(Some(&mut source), -SHORT, &Reporter::silent()));
        assert_eq!(result.map(|hresult| hresult.0).map_err(|e| e.to_string()), Ok(0), "{}", rig.height);
        assert_eq!(rig.sent(0xAD), 0, "{}", rig.height);
    });
}

/// MODE SENSE refused with 5/24/00: E_IMAPI_RECORDER_NO_SUCH_MODE_PAGE.
#[test]
fn seed_s3_d11_no_mode_page() {
    before_writing(|| sense(0x5A, SenseKey::IllegalRequest, 0x24, 0), 0xC0AA_0201);
}

/// MODE SELECT refused with 5/26/00: E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS.
#[test]
fn seed_s3_d12_mode_parameters() {
    before_writing(|| sense(0x55, SenseKey::IllegalRequest, 0x26, 0), 0xC0AA_0208);
}

/// 7/27/00 at the first WRITE: E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED.
#[test]
fn seed_s3_d13_write_protected() {
    while_writing(|| sense(0x2A, SenseKey::DataProtect, 0x27, 0), 0xC0AA_0209);
}

/// 5/30/05 and no speed that drive and disc share: E_IMAPI_RECORDER_MEDIA_SPEED_MISMATCH.
#[test]
fn seed_s3_d14_no_common_speed() {
    let unknown = || Effect::Sense(Sense::fixed(SenseKey::IllegalRequest, 0x20, 0x00));
    for (listed, number) in [(true, 0xC0AA_0203), (false, 0xC0AA_020F)] {
        short(|rig| {
            let mut plan = vec![sense(0x2A, SenseKey::IllegalRequest, 0x30, 5)];
            if !listed {
                plan.push(later(0xAC, unknown()));
                let armed = Arc::new(AtomicBool::new(false));
                let switch = armed.clone();
                let page =
                    move |cdb: &Cdb| switch.load(Ordering::SeqCst) && cdb.opcode() == 0x5A && cdb.as_bytes()[2] == 0x2A;
                plan.push((Fault::new(page, unknown()).always(), armed));
            }
            write(rig, faults(plan), number);
        });
    }
}

/// The way to the drive is closed: ERROR_INVALID_HANDLE as an HRESULT.
#[test]
fn seed_s3_d15_closed() {
    before_writing(|| wire(0x51, TransportErrorKind::Closed), 0x8007_0006);
}

/// The drive is unplugged: ERROR_DEV_NOT_EXIST as an HRESULT.
#[test]
fn seed_s3_d16_unplugged() {
    before_writing(|| wire(0x51, TransportErrorKind::Disconnected), 0x8007_0037);
}

/// Somebody else holds the drive: E_IMAPI_RECORDER_LOCKED.
#[test]
fn seed_s3_d17_locked() {
    before_writing(|| wire(0x51, TransportErrorKind::Locked), 0xC0AA_0210);
    // Between PrepareMedia and ReleaseMedia it is this writer that holds it.
    short(|rig| {
        let raw = prepared(rig, vec![]);
        let recorder = raw.recorder().expect("set");
        let other = recorder.acquire_exclusive_access(false, "somebody-else");
        assert_eq!(other.map_err(|e| e.hresult.0), Err(0xC0AA_0210), "{}", rig.height);
    });
}
