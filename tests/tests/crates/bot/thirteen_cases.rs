//! The thirteen cases × {stall, short packet, fill}, and a failing command in each direction.

use std::time::Duration;

use crate::bot::common::{Device, Shortfall, now};
use webburn_bot::{BotOptions, BotTransport, Case};
use webburn_scsi::{Cdb, Completion, Data, Direction, ScsiTransport, Status, TransportErrorKind};

const LIMIT: Duration = Duration::from_secs(30);
const VENDOR: Cdb = Cdb::new([0xC0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
const TUR: Cdb = Cdb::new([0; 6]);

/// Host expectation, device intention: one pair for each case, in order.
const PAIRS: [(Direction, usize, Direction, usize); 13] = {
    use Direction::{In, None, Out};
    [
        (None, 0, None, 0),
        (None, 0, In, 512),
        (None, 0, Out, 512),
        (In, 1024, None, 0),
        (In, 1024, In, 512),
        (In, 1024, In, 1024),
        (In, 1024, In, 2048),
        (In, 1024, Out, 1024),
        (Out, 1024, None, 0),
        (Out, 1024, In, 1024),
        (Out, 1024, Out, 512),
        (Out, 1024, Out, 1024),
        (Out, 1024, Out, 2048),
    ]
};

fn send(
    bot: &mut BotTransport<Device>,
    host: Direction,
    len: usize,
) -> (Result<Completion, TransportErrorKind>, Vec<u8>) {
    let mut buffer = vec![0xAA; len];
    let data = match host {
        Direction::None => Data::None,
        Direction::In => Data::In(&mut buffer),
        Direction::Out => Data::Out(&[0x5A; 1024][..len]),
    };
    let end = now(bot.execute(&VENDOR, data, LIMIT)).map_err(|error| error.kind);
    (end, buffer)
}

#[test]
fn every_case_ends_as_the_standard_says_and_the_next_command_works() {
    for (i, (host, host_len, device, device_len)) in PAIRS.into_iter().enumerate() {
        let case = Case::of(host, host_len as u64, device, device_len as u64);
        assert_eq!(usize::from(case.number()), i + 1);
        let ways = [Shortfall::Stall, Shortfall::Short, Shortfall::Fill].map(|shortfall| (shortfall, false));
        for (shortfall, uncounted) in ways.into_iter().chain([(Shortfall::Stall, true)]) {
            let what = format!("case {} {} {shortfall:?}", case.number(), case.row().relation);
            let mut small = Device::new((device, device_len), shortfall);
            small.counts_nothing_before_a_halt = uncounted;
            let mut bot = BotTransport::new(small, BotOptions::default());
            let (end, buffer) = send(&mut bot, host, host_len);
            if case.row().phase_error {
                assert_eq!(end, Err(TransportErrorKind::Protocol), "{what}");
                let log = bot.pipe().log.join(" ");
                assert!(log.ends_with("reset clear in clear out"), "{what}: {log}");
            } else {
                let moved = if host == device { device_len.min(host_len) } else { 0 };
                assert_eq!(end, Ok(Completion::good(moved)), "{what}");
                if host == Direction::In {
                    let expected: Vec<u8> = (0..moved).map(|byte| byte as u8).collect();
                    assert_eq!(buffer[..moved], expected, "{what}");
                }
                if host == Direction::Out {
                    assert_eq!(bot.pipe().taken.len(), moved, "{what}");
                }
                assert!(!bot.pipe().log.iter().any(|step| step == "reset"), "{what}: {:?}", bot.pipe().log);
            }
            assert!(!bot.is_out_of_step(), "{what}");
            bot.pipe_mut().intends = (Direction::None, 0);
            assert_eq!(now(bot.execute(&TUR, Data::None, LIMIT)), Ok(Completion::good(0)), "{what}");
        }
    }
}

#[test]
fn a_short_answer_of_odd_length_meets_the_halt_at_the_status() {
    for shortfall in [Shortfall::Stall, Shortfall::Short, Shortfall::Fill] {
        let mut bot = BotTransport::new(Device::new((Direction::In, 20), shortfall), BotOptions::default());
        let (end, _) = send(&mut bot, Direction::In, 96);
        assert_eq!(end, Ok(Completion::good(20)), "{shortfall:?}");
    }
}

#[test]
fn a_failing_command_brings_its_sense_before_anything_else_is_sent() {
    for (host, len) in [(Direction::None, 0), (Direction::In, 1024), (Direction::Out, 1024)] {
        for shortfall in [Shortfall::Stall, Shortfall::Short, Shortfall::Fill] {
            let mut device = Device::new((host, len), shortfall);
            device.fails = true;
            let mut bot = BotTransport::new(device, BotOptions { lun: 3, ..BotOptions::default() });
            let (end, _) = send(&mut bot, host, len);
            let end = end.unwrap();
            let Status::CheckCondition(sense) = end.status else { panic!("{host:?} {shortfall:?}: {end:?}") };
            assert_eq!((sense.triple(), end.transferred), ((3, 0x0C, 0), 0), "{host:?} {shortfall:?}");
            let cbws = &bot.pipe().cbws;
            assert_eq!(cbws.len(), 2);
            assert_eq!(cbws[1].command_block(), [0x03, 0, 0, 0, 18, 0]);
            assert_eq!((cbws[1].lun, cbws[1].data_transfer_length), (3, 18));
            assert_eq!(cbws[1].tag, cbws[0].tag + 1);
        }
    }
}
