//! What goes wrong on the wire: the status phase, the ladder, dropped commands, and devices that lie.

use std::time::Duration;

use crate::bot::common::{Device, Status, drop_half_way, now};
use webburn_bot::{BotOptions, BotTransport, Rung, Subclass};
use webburn_scsi::{
    Cdb, Completion, Data, Direction, ScsiTransport, Sense, SenseKey, TransportError, TransportErrorKind,
};

const LIMIT: Duration = Duration::from_secs(240);
const INQUIRY: Cdb = Cdb::new([0x12, 0, 0, 0, 36, 0]);
const TUR: Cdb = Cdb::new([0; 6]);

fn bot(device: Device) -> BotTransport<Device> {
    BotTransport::new(device, BotOptions::default())
}

fn inquiry(bot: &mut BotTransport<Device>) -> Result<Completion, TransportErrorKind> {
    now(bot.execute(&INQUIRY, Data::In(&mut [0; 36]), LIMIT)).map_err(|error| error.kind)
}

#[test]
fn opening_sends_nothing_and_the_limit_reaches_the_pipe() {
    let mut bot = bot(Device::obedient(Direction::In, 36));
    assert!(bot.pipe().log.is_empty());
    inquiry(&mut bot).unwrap();
    assert_eq!(bot.pipe().log, ["out", "in", "in"]);
    assert_eq!(bot.pipe().limits, [LIMIT]);
}

#[test]
fn the_status_phase() {
    for (status, end, recovered) in [
        (Status::Right, Ok(36), false),
        (Status::StalledOnce, Ok(36), false),
        (Status::EmptyPacketFirst, Ok(36), false),
        (Status::OddSignature, Ok(36), false),
        (Status::StalledTwice, Err(()), true),
        (Status::EmptyPacketsTwice, Err(()), true),
        (Status::WrongTag, Err(()), true),
        (Status::Truncated, Err(()), true),
        (Status::Long, Err(()), true),
        (Status::Garbled, Err(()), true),
        (Status::Babble, Err(()), true),
        (Status::Byte(2), Err(()), true),
        (Status::Byte(3), Err(()), true),
        (Status::Byte(0xFF), Err(()), true),
    ] {
        let mut device = Device::obedient(Direction::In, 36);
        device.status = status;
        let mut bot = bot(device);
        let expected = end.map(Completion::good).map_err(|()| TransportErrorKind::Protocol);
        assert_eq!(inquiry(&mut bot), expected, "{status:?}");
        assert_eq!(bot.last_recovery(), recovered.then_some(Rung::ResetRecovery), "{status:?}");
        bot.pipe_mut().status = if status == Status::OddSignature { status } else { Status::Right };
        assert_eq!(inquiry(&mut bot), Ok(Completion::good(36)), "after {status:?}");
    }
}

#[test]
fn a_signature_is_learnt_and_then_required() {
    let mut device = Device::obedient(Direction::In, 36);
    device.status = Status::OddSignature;
    let mut bot = bot(device);
    inquiry(&mut bot).unwrap();
    bot.pipe_mut().status = Status::Right;
    assert_eq!(inquiry(&mut bot), Err(TransportErrorKind::Protocol), "suddenly the right one is a stranger");
}

#[test]
fn the_ladder_ends_with_the_port() {
    let mut device = Device::obedient(Direction::In, 36);
    (device.status, device.refuses_reset) = (Status::WrongTag, true);
    let mut bot = bot(device);
    assert_eq!(inquiry(&mut bot), Err(TransportErrorKind::Protocol));
    assert_eq!(bot.last_recovery(), Some(Rung::PortReset));
    assert_eq!(inquiry(&mut bot), Ok(Completion::good(36)));
}

#[test]
fn an_unplugged_device_is_gone_at_every_transfer() {
    for transfer in 0..3 {
        let mut bot = bot(Device::obedient(Direction::In, 36));
        bot.pipe_mut().hangs_at = Some(transfer);
        let mut into = [0; 36];
        drop_half_way(bot.execute(&INQUIRY, Data::In(&mut into), LIMIT));
        bot.pipe_mut().unplugged = true;
        assert_eq!(inquiry(&mut bot), Err(TransportErrorKind::Disconnected));
        assert!(bot.is_out_of_step());
    }
}

#[test]
fn a_dropped_command_is_followed_by_reset_recovery() {
    for transfer in 0..3 {
        let mut bot = bot(Device::obedient(Direction::In, 36));
        bot.pipe_mut().hangs_at = Some(transfer);
        let mut into = [0; 36];
        drop_half_way(bot.execute(&INQUIRY, Data::In(&mut into), LIMIT));
        assert!(bot.is_out_of_step());
        let before = bot.pipe().log.len();
        bot.pipe_mut().intends = (Direction::None, 0);
        assert_eq!(
            now(bot.execute(&TUR, Data::None, LIMIT)),
            Ok(Completion::good(0)),
            "dropped in transfer {transfer}"
        );
        assert_eq!(bot.pipe().log[before..], ["reset", "clear in", "clear out", "out", "in"]);
    }
}

#[test]
fn a_drop_while_the_sense_is_fetched_counts_too() {
    let mut device = Device::obedient(Direction::None, 0);
    (device.fails, device.hangs_at) = (true, Some(3));
    let mut bot = bot(device);
    drop_half_way(bot.execute(&TUR, Data::None, LIMIT));
    assert!(bot.is_out_of_step());
    bot.pipe_mut().fails = false;
    assert_eq!(now(bot.execute(&TUR, Data::None, LIMIT)), Ok(Completion::good(0)));
    assert_eq!(bot.last_recovery(), Some(Rung::ResetRecovery));
}

#[test]
fn residues_are_clamped_and_liars_found_out() {
    // More residue than was asked for: clamped.
    let mut device = Device::obedient(Direction::In, 96);
    device.residue_lie = 1000;
    let mut liar = bot(device);
    let mut into = [0; 96];
    let end = now(liar.execute(&Cdb::new([0x46, 0, 0, 0, 0, 0, 0, 0, 96, 0]), Data::In(&mut into), LIMIT));
    assert_eq!(end, Ok(Completion::good(0)), "believed so far: the shorter counts");
    // A whole INQUIRY with a residue: from then on nothing it says is believed.
    liar.pipe_mut().intends = (Direction::In, 36);
    assert_eq!(inquiry(&mut liar), Ok(Completion::good(36)));
    assert!(liar.ignores_residue());
    liar.pipe_mut().intends = (Direction::In, 96);
    let end = now(liar.execute(&Cdb::new([0x46, 0, 0, 0, 0, 0, 0, 0, 96, 0]), Data::In(&mut into), LIMIT));
    assert_eq!(end, Ok(Completion::good(96)));
    // What truly moved still bounds it.
    liar.pipe_mut().intends = (Direction::In, 40);
    let end = now(liar.execute(&Cdb::new([0x46, 0, 0, 0, 0, 0, 0, 0, 96, 0]), Data::In(&mut into), LIMIT));
    assert_eq!(end, Ok(Completion::good(40)));
}

#[test]
fn too_much_data_is_the_hosts_own_fault() {
    let mut device = Device::obedient(Direction::In, 36);
    device.babbles = true;
    let mut bot = bot(device);
    let end = inquiry(&mut bot).unwrap();
    assert_eq!(end, Completion::check(Sense::fixed(SenseKey::IllegalRequest, 0x24, 0x00), 36));
}

#[test]
fn a_status_in_place_of_data_is_understood() {
    let mut device = Device::obedient(Direction::In, 36);
    device.skips_data = true;
    let mut bot = bot(device);
    assert_eq!(inquiry(&mut bot), Ok(Completion::good(0)));
    assert_eq!(bot.pipe().log, ["out", "in"]);
}

#[test]
fn old_subclasses_get_command_blocks_of_twelve() {
    for (byte, len) in [(0x02, 12), (0x05, 12), (0x06, 6), (0x01, 6), (0xFF, 6)] {
        let options = BotOptions { lun: 0, subclass: Subclass::from_byte(byte) };
        let mut bot = BotTransport::new(Device::obedient(Direction::None, 0), options);
        now(bot.execute(&TUR, Data::None, LIMIT)).unwrap();
        assert_eq!(bot.pipe().cbws[0].cb_length, len, "subclass {byte:02x}h");
    }
}

#[test]
fn whatever_goes_wrong_with_max_lun_there_is_one_unit() {
    let timeout = TransportError::new(TransportErrorKind::Timeout, "");
    for (answer, lun) in [(Ok(Some(0)), 0), (Ok(Some(3)), 3), (Ok(Some(16)), 0), (Ok(None), 0), (Err(timeout), 0)] {
        let mut device = Device::obedient(Direction::None, 0);
        device.max_lun = answer;
        assert_eq!(now(bot(device).max_lun()), Ok(lun));
    }
    let mut device = Device::obedient(Direction::None, 0);
    device.unplugged = true;
    assert_eq!(now(bot(device).max_lun()).unwrap_err().kind, TransportErrorKind::Disconnected);
}

#[test]
fn more_than_the_pipe_carries_is_not_begun() {
    let mut bot = bot(Device::obedient(Direction::Out, 65_537));
    let end = now(bot.execute(&TUR, Data::Out(&[0; 65_537]), LIMIT));
    assert_eq!(end.unwrap_err().kind, TransportErrorKind::Other);
    assert!(bot.pipe().log.is_empty());
    assert!(!bot.is_out_of_step());
}

#[test]
fn a_device_that_refuses_the_wrapper_is_reset() {
    let mut bot = bot(Device::obedient(Direction::None, 0));
    // A command of somebody else's is half way.
    let cbw = webburn_bot::Cbw::new(9, Direction::None, 0, 0, &TUR);
    now(webburn_bot::BulkPipe::bulk_out(bot.pipe_mut(), &cbw.encode())).unwrap();
    assert_eq!(now(bot.execute(&TUR, Data::None, LIMIT)).unwrap_err().kind, TransportErrorKind::Protocol);
    assert_eq!(now(bot.execute(&TUR, Data::None, LIMIT)), Ok(Completion::good(0)));
}
