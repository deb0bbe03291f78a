//! The host side of bulk-only transport against the simulated USB device: two independent readings of the thirteen cases
//! meet here, over commands of a real drive, with each way of falling short, and then over what bridges get wrong.

use std::time::Duration;

use webburn_bot::{BotOptions as HostOptions, BotTransport, Case, Rung};
use webburn_scsi::{Cdb, Completion, Data, Direction, ScsiTransport, Status, TransportErrorKind};
use webburn_sim::usb::{BotOptions, MaxLun, Occurs, Oddity, Shortfall};
use webburn_sim::{Disc, MediumKind, Personality, SharedSim, SimDrive};
use webburn_tests::bot_pipe::SimPipe;

const LIMIT: Duration = Duration::from_secs(240);
const TUR: Cdb = Cdb::new([0; 6]);
const INQUIRY: Cdb = Cdb::new([0x12, 0, 0, 0, 36, 0]);
/// Sixteen blocks at address 0.
const WRITE: Cdb = Cdb::new([0x2A, 0, 0, 0, 0, 0, 0, 0, 16, 0]);
const READ: Cdb = Cdb::new([0x28, 0, 0, 0, 0, 0, 0, 0, 16, 0]);
const SIXTEEN: usize = 16 * 2048;
const WAYS: [Shortfall; 3] = [Shortfall::Stall, Shortfall::Short, Shortfall::Fill];

type Bot = BotTransport<SimPipe>;

/// A burner with a DVD+RW that holds data, spun up and without pending unit attentions.
fn plug_in(options: BotOptions) -> Bot {
    let mut drive = SimDrive::new(Personality::bd_burner());
    drive.load(Disc::recorded(MediumKind::DvdPlusRw));
    let sim = SharedSim::new(drive);
    let time = sim.time();
    let mut bot = BotTransport::new(SimPipe::new(sim, options), HostOptions::default());
    for _ in 0..100 {
        if pollster::block_on(bot.execute(&TUR, Data::None, LIMIT)).is_ok_and(|end| end.is_good()) {
            return bot;
        }
        time.advance(Duration::from_secs(1));
    }
    panic!("the drive never becomes ready");
}

fn send(bot: &mut Bot, cdb: &Cdb, way: Direction, len: usize) -> (Result<Completion, TransportErrorKind>, Vec<u8>) {
    let mut buffer = vec![if way == Direction::Out { 0x5A } else { 0xAA }; len];
    let data = match way {
        Direction::None => Data::None,
        Direction::In => Data::In(&mut buffer),
        Direction::Out => Data::Out(&buffer),
    };
    let end = pollster::block_on(bot.execute(cdb, data, LIMIT)).map_err(|error| error.kind);
    (end, buffer)
}

#[test]
fn thirteen_cases_times_three_ways_of_falling_short() {
    use Direction::{In, None, Out};
    // Command, what the host expects, what the device intends, bytes that matter.
    let rows = [
        (TUR, None, 0, None, 0, 0),
        (INQUIRY, None, 0, In, 36, 0),
        (WRITE, None, 0, Out, SIXTEEN, 0),
        (TUR, In, 512, None, 0, 0),
        (INQUIRY, In, 512, In, 36, 36),
        (INQUIRY, In, 36, In, 36, 36),
        (INQUIRY, In, 20, In, 36, 0),
        (WRITE, In, SIXTEEN, Out, SIXTEEN, 0),
        (TUR, Out, 512, None, 0, 0),
        (INQUIRY, Out, 512, In, 36, 0),
        (WRITE, Out, 2 * SIXTEEN, Out, SIXTEEN, SIXTEEN),
        (WRITE, Out, SIXTEEN, Out, SIXTEEN, SIXTEEN),
        (WRITE, Out, SIXTEEN / 2, Out, SIXTEEN, 0),
    ];
    for (i, (cdb, host, host_len, device, device_len, moved)) in rows.into_iter().enumerate() {
        let case = Case::of(host, host_len as u64, device, device_len as u64);
        assert_eq!(usize::from(case.number()), i + 1);
        for way in WAYS {
            let what = format!("case {} ({}), {way:?}", case.number(), case.row().relation);
            let mut bot = plug_in(BotOptions::falling_short(way));
            let before = send(&mut bot, &READ, In, SIXTEEN).1;
            let (end, data) = send(&mut bot, &cdb, host, host_len);
            if case.row().phase_error {
                assert_eq!(end, Err(TransportErrorKind::Protocol), "{what}");
                assert_eq!(bot.last_recovery(), Some(Rung::ResetRecovery), "{what}");
            } else {
                assert_eq!(end, Ok(Completion::good(moved)), "{what}: {:?}", bot.pipe().log);
                assert_eq!(bot.last_recovery(), Option::None, "{what}");
                if host == In && moved > 0 {
                    assert_eq!(&data[8..15], b"WEBBURN", "{what}");
                }
            }
            // The disc changed only where the command was carried out, and the bus is in step.
            for _ in 0..3 {
                if send(&mut bot, &TUR, None, 0).0.is_ok_and(|end| end.is_good()) {
                    break;
                }
            }
            let (end, after) = send(&mut bot, &READ, In, SIXTEEN);
            assert_eq!(end, Ok(Completion::good(SIXTEEN)), "{what}");
            let written = matches!(case, Case::HoOverDo | Case::HoDo);
            assert_eq!(after, if written { vec![0x5A; SIXTEEN] } else { before }, "{what}");
        }
    }
}

#[test]
fn a_refused_command_brings_its_sense_in_every_direction() {
    let unknown = Cdb::new([0xC3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for way in WAYS {
        for (direction, len) in [(Direction::None, 0), (Direction::In, 96), (Direction::Out, 512)] {
            let mut bot = plug_in(BotOptions::falling_short(way));
            let (end, _) = send(&mut bot, &unknown, direction, len);
            let end = end.unwrap_or_else(|error| panic!("{way:?} {direction:?}: {error:?}"));
            let Status::CheckCondition(sense) = end.status else { panic!("{way:?} {direction:?}: not refused") };
            assert_eq!((sense.triple(), end.transferred), ((5, 0x20, 0), 0), "{way:?} {direction:?}");
        }
    }
}

#[test]
fn what_bridges_get_wrong() {
    let second = |what| BotOptions::default().misbehaving(what, Occurs::Opcode(0x12));
    for (what, end, recovered) in [
        (Oddity::StallCswOnce, Ok(36), false),
        (Oddity::ZeroLengthBeforeCsw, Ok(36), false),
        (Oddity::StallCswTwice, Err(()), true),
        (Oddity::WrongTag, Err(()), true),
        (Oddity::PhaseError, Err(()), true),
        (Oddity::ShortCsw(12), Err(()), true),
        (Oddity::ShortCsw(4), Err(()), true),
    ] {
        let mut bot = plug_in(second(what));
        let (got, _) = send(&mut bot, &INQUIRY, Direction::In, 36);
        assert_eq!(got, end.map(Completion::good).map_err(|()| TransportErrorKind::Protocol), "{what:?}");
        assert_eq!(bot.last_recovery(), recovered.then_some(Rung::ResetRecovery), "{what:?}: {:?}", bot.pipe().log);
        // READ, not misbehaving, works at once or after the unit attention that a reset may bring.
        let mut end = send(&mut bot, &READ, Direction::In, SIXTEEN).0;
        if end.as_ref().is_ok_and(|end| !end.is_good()) {
            end = send(&mut bot, &READ, Direction::In, SIXTEEN).0;
        }
        assert_eq!(end, Ok(Completion::good(SIXTEEN)), "after {what:?}");
    }
}

#[test]
fn a_device_whose_residue_lies_is_found_out_by_inquiry() {
    let mut bot = plug_in(BotOptions::default().misbehaving(Oddity::ResidueLies, Occurs::Always));
    assert_eq!(send(&mut bot, &INQUIRY, Direction::In, 36).0, Ok(Completion::good(36)));
    assert!(bot.ignores_residue());
    let (end, _) = send(&mut bot, &READ, Direction::In, SIXTEEN);
    assert_eq!(end, Ok(Completion::good(SIXTEEN)));
}

#[test]
fn an_odd_signature_all_its_life_is_accepted() {
    let options = BotOptions::default().misbehaving(Oddity::WrongSignature(0x5453_4253), Occurs::Always);
    let mut bot = plug_in(options);
    assert_eq!(send(&mut bot, &INQUIRY, Direction::In, 36).0, Ok(Completion::good(36)));
}

#[test]
fn too_much_data_is_an_invalid_field() {
    let mut bot = plug_in(BotOptions::default().misbehaving(Oddity::Babble, Occurs::Opcode(0x12)));
    match send(&mut bot, &INQUIRY, Direction::In, 36).0 {
        Ok(Completion { status: Status::CheckCondition(sense), .. }) => assert_eq!(sense.triple(), (5, 0x24, 0)),
        other => panic!("{other:?}"),
    }
    assert_eq!(send(&mut bot, &READ, Direction::In, SIXTEEN).0, Ok(Completion::good(SIXTEEN)));
}

#[test]
fn one_logical_unit_however_it_is_said() {
    for max_lun in [MaxLun::Zero, MaxLun::Stall, MaxLun::Empty] {
        let mut bot = plug_in(BotOptions { max_lun, ..BotOptions::default() });
        assert_eq!(pollster::block_on(bot.max_lun()), Ok(0), "{max_lun:?}");
    }
}

#[test]
fn packets_of_every_size_and_a_device_that_wedges() {
    for max_packet in [64, 512, 1024] {
        for way in WAYS {
            let mut bot = plug_in(BotOptions { max_packet, ..BotOptions::falling_short(way) });
            let end = send(&mut bot, &INQUIRY, Direction::In, 512).0;
            assert_eq!(end, Ok(Completion::good(36)), "{max_packet} {way:?}");
        }
    }
    let mut bot = plug_in(BotOptions { phase_error_wedges: true, ..BotOptions::default() });
    assert_eq!(send(&mut bot, &INQUIRY, Direction::In, 20).0, Err(TransportErrorKind::Protocol));
    assert_eq!(send(&mut bot, &INQUIRY, Direction::In, 36).0, Ok(Completion::good(36)));
}

#[test]
fn a_command_dropped_at_any_transfer_is_followed_by_reset_recovery() {
    for transfer in 0..3 {
        let mut bot = plug_in(BotOptions::default());
        let before = bot.pipe().log.len();
        bot.pipe_mut().hang_at = Some(before + transfer);
        let mut into = vec![0; SIXTEEN];
        {
            let mut future = std::pin::pin!(bot.execute(&READ, Data::In(&mut into), LIMIT));
            let mut context = std::task::Context::from_waker(std::task::Waker::noop());
            assert!(future.as_mut().poll(&mut context).is_pending(), "transfer {transfer}");
        }
        assert!(bot.is_out_of_step());
        let (end, data) = send(&mut bot, &INQUIRY, Direction::In, 36);
        assert_eq!(end, Ok(Completion::good(36)), "dropped in transfer {transfer}");
        assert_eq!(&data[8..15], b"WEBBURN", "an old answer was not taken for the new one");
        assert_eq!(bot.pipe().log[before + transfer], "mass storage reset");
    }
}

#[test]
fn a_cable_pulled_at_any_transfer_is_told_as_such() {
    let mut bot = plug_in(BotOptions::default());
    bot.pipe_mut().set_unplugged(true);
    assert_eq!(send(&mut bot, &INQUIRY, Direction::In, 36).0, Err(TransportErrorKind::Disconnected));
    assert_eq!(send(&mut bot, &TUR, Direction::None, 0).0, Err(TransportErrorKind::Disconnected));
}
