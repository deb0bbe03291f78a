//! Transports around transports.

use std::time::Duration;

use pollster::block_on;
use webburn_scsi::wrap::{Effect, Exchange, Fault, Faulty, Recorder, Replay, ReplayOrder, Trace, TraceEvent};
use webburn_scsi::{
    Caps, Cdb, Completion, Data, Direction, RunEnd, ScsiTransport, Sense, SenseKey, Status, TransportError,
    TransportErrorKind, Write,
};

/// Answers every command with the bytes 1, 2, 3 … and counts what it sees.
#[derive(Default)]
struct Counting {
    seen: Vec<u8>,
}

impl ScsiTransport for Counting {
    fn caps(&self) -> Caps {
        Caps { max_transfer: 65536, alignment: 1, depth: 4 }
    }
    async fn execute(&mut self, cdb: &Cdb, data: Data<'_>, _: Duration) -> Result<Completion, TransportError> {
        self.seen.push(cdb.opcode());
        let length = data.len();
        if let Data::In(into) = data {
            into.iter_mut().zip(1..).for_each(|(to, value)| *to = value);
        }
        Ok(Completion::good(length))
    }
}

const LIMIT: Duration = Duration::from_secs(1);
const INQUIRY: Cdb = Cdb::new([0x12, 0, 0, 0, 4, 0]);
const WRITE: Cdb = Cdb::new([0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
const READY: Cdb = Cdb::new([0; 6]);

fn ask(transport: &mut impl ScsiTransport) -> (Result<Completion, TransportError>, [u8; 4]) {
    let mut room = [0; 4];
    let result = block_on(transport.execute(&INQUIRY, Data::In(&mut room), LIMIT));
    (result, room)
}

fn timeout() -> TransportError {
    TransportError::new(TransportErrorKind::Timeout, "lost")
}

#[test]
fn faults_hit_what_they_match_and_only_so_often() {
    let sense = Sense::fixed(SenseKey::NotReady, 4, 8);
    let plan = vec![Fault::at(0x2A, Effect::Sense(sense.clone())).after(1).times(2)];
    let mut faulty = Faulty::new(Counting::default(), plan);
    let mut write = || block_on(faulty.execute(&WRITE, Data::Out(&[0; 4]), LIMIT)).unwrap().status;
    let check = Status::CheckCondition(sense);
    assert_eq!([write(), write(), write(), write()], [Status::Good, check.clone(), check, Status::Good]);
    assert!(block_on(faulty.execute(&READY, Data::None, LIMIT)).unwrap().is_good());
    assert_eq!(faulty.fired(), 2);
    assert_eq!(faulty.into_inner().seen, [0x2A, 0x2A, 0], "commands refused by the fault never reach the drive");
}

#[test]
fn every_effect_does_what_it_says() {
    let sense = Sense::fixed(SenseKey::AbortedCommand, 0x1B, 0);
    let with = |effect| Faulty::new(Counting::default(), vec![Fault::any(effect)]);

    let mut faulty = with(Effect::SenseAfter(sense.clone()));
    assert_eq!(ask(&mut faulty).0, Ok(Completion::check(sense, 4)));
    assert_eq!(faulty.inner().seen, [0x12]);

    let mut faulty = with(Effect::Error(timeout()));
    assert_eq!(ask(&mut faulty).0, Err(timeout()));
    assert!(faulty.inner().seen.is_empty());

    let mut faulty = with(Effect::ErrorAfter(timeout()));
    assert_eq!(ask(&mut faulty).0, Err(timeout()));
    assert_eq!(faulty.inner().seen, [0x12], "carried out, answer lost");

    assert_eq!(ask(&mut with(Effect::Short(2))).0, Ok(Completion::good(2)));
    assert_eq!(ask(&mut with(Effect::Mangle(Box::new(|bytes| bytes[1] = 0xEE)))).1, [1, 0xEE, 3, 4]);
    assert_eq!(ask(&mut with(Effect::Answer(vec![9; 9]))), (Ok(Completion::good(4)), [9; 4]));
    assert_eq!(ask(&mut with(Effect::Answer(vec![9]))), (Ok(Completion::good(1)), [9, 0, 0, 0]));
    let busy = Completion { status: Status::Other(8), transferred: 0 };
    assert_eq!(ask(&mut with(Effect::Status(8))).0, Ok(busy));
}

#[test]
fn a_fault_that_is_always_there_stays() {
    let mut faulty = Faulty::new(Counting::default(), vec![]);
    faulty.add(Fault::new(|cdb| cdb.opcode() == 0x12, Effect::Short(0)).always());
    assert!((0..5).all(|_| ask(&mut faulty).0 == Ok(Completion::good(0))));
    assert_eq!(faulty.fired(), 5);
}

#[test]
fn a_fault_in_a_run_stops_the_run() {
    let sense = Sense::fixed(SenseKey::MediumError, 0x0C, 0);
    let plan = vec![Fault::at(0x2A, Effect::Sense(sense.clone())).after(2)];
    let mut faulty = Faulty::new(Counting::default(), plan);
    let run = [Write { cdb: WRITE, data: &[0; 8] }; 5];
    let end = block_on(faulty.execute_run(&run, LIMIT, &|| true)).unwrap();
    assert_eq!(end, RunEnd { good: 2, stopped_by: Some(Completion::check(sense, 0)) });
    assert_eq!(faulty.inner().seen.len(), 2);
}

#[test]
fn a_trace_tells_commands_and_runs() {
    let mut lines = Vec::new();
    let mut trace = Trace::new(Counting::default(), |event: &TraceEvent<'_>| {
        lines.push((event.cdb.opcode(), event.direction, event.length, event.data.to_vec(), event.result.is_ok()));
    });
    assert_eq!(trace.caps().depth, 4);
    ask(&mut trace).0.unwrap();
    let run = [Write { cdb: WRITE, data: &[7; 2] }; 2];
    assert_eq!(block_on(trace.execute_run(&run, LIMIT, &|| true)).unwrap().good, 2);
    assert_eq!(trace.into_inner().seen, [0x12, 0x2A, 0x2A]);
    let write = (0x2A, Direction::Out, 2, vec![7, 7], true);
    assert_eq!(lines, [(0x12, Direction::In, 4, vec![1, 2, 3, 4], true), write.clone(), write]);
}

#[test]
fn a_trace_of_a_run_tells_what_stopped_it() {
    let sense = Sense::fixed(SenseKey::NotReady, 4, 8);
    let faulty = Faulty::new(Counting::default(), vec![Fault::at(0x2A, Effect::Sense(sense)).after(1)]);
    let mut good = Vec::new();
    let mut trace = Trace::new(faulty, |event: &TraceEvent<'_>| good.push(event.result.unwrap().is_good()));
    let run = [Write { cdb: WRITE, data: &[7; 2] }; 3];
    block_on(trace.execute_run(&run, LIMIT, &|| true)).unwrap();
    drop(trace);
    assert_eq!(good, [true, false]);
}

fn recorded() -> Vec<Exchange> {
    let mut recorder = Recorder::new(Counting::default());
    ask(&mut recorder).0.unwrap();
    block_on(recorder.execute(&WRITE, Data::Out(&[5; 4]), LIMIT)).unwrap();
    block_on(recorder.execute(&READY, Data::None, LIMIT)).unwrap();
    recorder.take()
}

#[test]
fn what_is_recorded_plays_back_exactly() {
    let exchanges = recorded();
    assert_eq!(exchanges[0], Exchange::answered(INQUIRY, 4, vec![1, 2, 3, 4]));
    assert_eq!(exchanges[1], Exchange::sent(WRITE, vec![5; 4]));
    assert_eq!(exchanges[2], Exchange::none(READY));
    assert_eq!(exchanges[0].to_string(), "in 4 | 12 00 00 00 04 00 | ok 4 | 01 02 03 04");
    let mut replay = Replay::new(exchanges, ReplayOrder::Exact);
    assert_eq!(ask(&mut replay), (Ok(Completion::good(4)), [1, 2, 3, 4]));
    assert_eq!(replay.unused().count(), 2);
    assert!(block_on(replay.execute(&WRITE, Data::Out(&[5; 4]), LIMIT)).unwrap().is_good());
    assert!(block_on(replay.execute(&READY, Data::None, LIMIT)).unwrap().is_good());
    let error = ask(&mut replay).0.unwrap_err();
    assert_eq!(error.kind, TransportErrorKind::Protocol);
    assert!(error.detail.contains("ended"), "{error}");
}

#[test]
fn exact_replay_refuses_another_command_length_or_data() {
    let other_command = |replay: &mut Replay| block_on(replay.execute(&READY, Data::None, LIMIT));
    let other_length = |replay: &mut Replay| block_on(replay.execute(&INQUIRY, Data::In(&mut [0; 5]), LIMIT));
    let mut replay = Replay::new(recorded(), ReplayOrder::Exact);
    assert_eq!(other_command(&mut replay).unwrap_err().kind, TransportErrorKind::Protocol);
    assert_eq!(other_length(&mut replay).unwrap_err().kind, TransportErrorKind::Protocol);
    ask(&mut replay).0.unwrap();
    let error = block_on(replay.execute(&WRITE, Data::Out(&[6; 4]), LIMIT)).unwrap_err();
    assert!(error.detail.contains("other data"), "{error}");
}

#[test]
fn replay_by_cdb_answers_in_any_order_and_cuts_to_the_length_asked_for() {
    let refused = Sense::fixed(SenseKey::IllegalRequest, 0x24, 0);
    let exchanges = vec![
        Exchange::answered(Cdb::new([0x12, 0, 0, 0, 36, 0]), 36, vec![8; 36]),
        Exchange::none(READY).refused(Sense::fixed(SenseKey::UnitAttention, 0x28, 0)),
        Exchange::none(READY),
        Exchange::answered(Cdb::new([0x12, 1, 0x80, 0, 4, 0]), 4, vec![]).refused(refused.clone()),
    ];
    let mut replay = Replay::new(exchanges, ReplayOrder::ByCdb);
    let mut ready = || block_on(replay.execute(&READY, Data::None, LIMIT)).unwrap().is_good();
    assert_eq!([ready(), ready(), ready()], [false, true, true], "the last answer stays");
    assert_eq!(ask(&mut replay), (Ok(Completion::good(4)), [8; 4]), "36 were recorded, 4 asked for");
    let page = Cdb::new([0x12, 1, 0x80, 0, 4, 0]);
    let completion = block_on(replay.execute(&page, Data::In(&mut [0; 4]), LIMIT)).unwrap();
    assert_eq!(completion, Completion::check(refused, 0));
    let unknown = block_on(replay.execute(&WRITE, Data::Out(&[0]), LIMIT)).unwrap();
    assert_eq!(unknown, Completion::check(Sense::fixed(SenseKey::IllegalRequest, 0x20, 0), 0));
    assert_eq!(replay.unused().count(), 0);
}

#[test]
fn a_recorder_may_keep_little_and_still_tells_lengths() {
    let mut recorder = Recorder::keeping(Counting::default(), 2);
    ask(&mut recorder).0.unwrap();
    let exchange = &recorder.exchanges()[0];
    assert_eq!((exchange.length, exchange.data.as_slice()), (4, &[1, 2][..]));
    let mut replay = Replay::new(recorder.take(), ReplayOrder::Exact);
    assert_eq!(ask(&mut replay), (Ok(Completion::good(4)), [1, 2, 0, 0]));
}
