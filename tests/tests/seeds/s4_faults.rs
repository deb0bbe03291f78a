//! `IDiscFormat2Data::Write`: the shared faults.

use webburn_imapi::{Options, Reporter};
use webburn_scsi::SenseKey;
use webburn_scsi::wrap::{Effect, Fault};
use webburn_tests::job::{Job, JobSource};
use webburn_tests::oracle;
use webburn_tests::rig::{Rig, both};

use crate::faults::shared_faults;
use crate::s4_writes::source;

fn write(rig: &Rig, fault: Fault, number: u32) -> webburn_imapi::Error {
    let data = rig.writer(vec![fault]);
    let mut source = JobSource::new(&Job::of(300), 0);
    let error = pollster::block_on(data.write(Some(&mut source), &Reporter::silent())).expect_err(rig.height);
    assert_eq!(error.hresult.0, number, "{}: {error}", rig.height);
    assert!(oracle::is_unlocked(&rig.sim), "{}", rig.height);
    assert!(oracle::is_untouched(&rig.sim), "{}", rig.height);
    error
}

fn before_writing(fault: impl Fn() -> Fault, number: u32) {
    both("cd-r", |rig| {
        assert!(write(rig, fault(), number).refused_before_writing, "{}", rig.height);
        assert_eq!(rig.sent(0x2A), 0, "{}", rig.height);
    });
}

fn while_writing(fault: impl Fn() -> Fault, number: u32) {
    both("cd-r", |rig| {
        write(rig, fault(), number);
        assert!(rig.sent(0x2A) > 0, "{}", rig.height);
    });
}

shared_faults! { before_writing;
    /// A command that never ends: E_IMAPI_RECORDER_COMMAND_TIMEOUT.
    seed_s4_d1_timeout = wire(0x46, Kind::Timeout) => 0xC0AA_020D;
    /// An answer cut short: E_IMAPI_RECORDER_INVALID_RESPONSE_FROM_DEVICE.
    seed_s4_d2_short_answer = short(0x51, 3) => 0xC0AA_02FF;
    /// 2/06/00: E_IMAPI_RECORDER_MEDIA_UPSIDE_DOWN.
    seed_s4_d3_upside_down = sense(0x00, Key::NotReady, 0x06, 0) => 0xC0AA_0204;
    /// 2/04/01 beyond the budget: E_IMAPI_RECORDER_MEDIA_BECOMING_READY.
    seed_s4_d4_becoming_ready = sense(0x00, Key::NotReady, 0x04, 1) => 0xC0AA_0205;
    /// 2/3A/00: E_IMAPI_RECORDER_MEDIA_NO_MEDIA.
    seed_s4_d5_no_media = sense(0x00, Key::NotReady, 0x3A, 0) => 0xC0AA_0202;
    /// 2/04/04: E_IMAPI_RECORDER_MEDIA_FORMAT_IN_PROGRESS.
    seed_s4_d6_format_in_progress = sense(0x00, Key::NotReady, 0x04, 4) => 0xC0AA_0206;
    /// 2/04/07 beyond the budget: E_IMAPI_RECORDER_MEDIA_BUSY.
    seed_s4_d7_busy = sense(0x00, Key::NotReady, 0x04, 7) => 0xC0AA_0207;
    /// 2/30/00: E_IMAPI_RECORDER_MEDIA_INCOMPATIBLE.
    seed_s4_d9_incompatible = sense(0x00, Key::NotReady, 0x30, 0) => 0xC0AA_0203;
    /// MODE SENSE refused with 5/24/00: E_IMAPI_RECORDER_NO_SUCH_MODE_PAGE.
    seed_s4_d11_no_mode_page = sense(0x5A, Key::IllegalRequest, 0x24, 0) => 0xC0AA_0201;
    /// MODE SELECT refused with 5/26/00: E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS.
    seed_s4_d12_mode_parameters = sense(0x55, Key::IllegalRequest, 0x26, 0) => 0xC0AA_0208;
    /// The way to the drive is closed: ERROR_INVALID_HANDLE as an HRESULT.
    seed_s4_d15_closed = wire(0x51, Kind::Closed) => 0x8007_0006;
    /// The drive is unplugged: ERROR_DEV_NOT_EXIST as an HRESULT.
    seed_s4_d16_unplugged = wire(0x51, Kind::Disconnected) => 0x8007_0037;
    /// Somebody else holds the drive: E_IMAPI_RECORDER_LOCKED.
    seed_s4_d17_locked = wire(0x51, Kind::Locked) => 0xC0AA_0210;
}

shared_faults! { while_writing;
    /// 3/0C/09 while writing: E_IMAPI_LOSS_OF_STREAMING.
    seed_s4_d8_loss_of_streaming = sense(0x2A, Key::MediumError, 0x0C, 9) => 0xC0AA_0300;
    /// 7/27/00 at the first WRITE: E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED.
    seed_s4_d13_write_protected = sense(0x2A, Key::DataProtect, 0x27, 0) => 0xC0AA_0209;
}

/// READ DISC STRUCTURE refused with 5/24/00: E_IMAPI_RECORDER_DVD_STRUCTURE_NOT_PRESENT from the member that needs the
/// structure; a burn goes on without the maker's name.
#[test]
fn seed_s4_d10_no_structure() {
    both("dvd+r", |rig| {
        let fault = || crate::faults::sense(0xAD, SenseKey::IllegalRequest, 0x24, 0);
        crate::faults::structure_is_absent(rig, fault());
        let burnt = rig.write(vec![fault()], Options::default(), &mut source(300));
        assert_eq!(burnt.number(), 0, "{}", rig.height);
        assert!(rig.sent(0xAD) > 0, "{}", rig.height);
        oracle::holds(&rig.sim, &source(300), 0).unwrap();
    });
}

/// 5/30/05 and no speed that drive and disc share: E_IMAPI_RECORDER_MEDIA_SPEED_MISMATCH.
#[test]
fn seed_s4_d14_no_common_speed() {
    // The drive writes CD-RW of sub-types 0 to 3: feature 0037h.
    let cases = [(true, 1, 0xC0AA_0203), (true, 3, 0xC0AA_0203), (false, 1, 0xC0AA_020F), (true, 5, 0xC0AA_020F)];
    for (listed, sub_type, number) in cases {
        both("cd-rw", |rig| {
            let mut plan = vec![crate::faults::sense(0x2A, SenseKey::IllegalRequest, 0x30, 5)];
            if !listed {
                plan.extend(crate::faults::no_speeds());
            }
            let atip = |cdb: &webburn_scsi::Cdb| cdb.as_bytes()[0] == 0x43 && cdb.as_bytes()[2] & 0x0F == 4;
            let other = move |answer: &mut [u8]| {
                if let Some(byte) = answer.get_mut(6) {
                    *byte = *byte & !0x38 | sub_type << 3;
                }
            };
            plan.push(Fault::new(atip, Effect::Mangle(Box::new(other))).always());
            let burnt = rig.write(plan, Options::default(), &mut source(300));
            assert_eq!(burnt.number(), number, "{}", rig.height);
            assert!(oracle::is_untouched(&rig.sim) && oracle::is_unlocked(&rig.sim), "{}", rig.height);
        });
    }
}
