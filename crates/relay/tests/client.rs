//! Client and server joined in memory: what a transport promises holds across the frames.

mod common;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use common::{Channel, poll_and_drop, pollster_block};
use webburn_relay::RelayTransport;
use webburn_scsi::{
    Cdb, Completion, Data, RunEnd, ScsiTransport, Sense, SenseKey, TransportError, TransportErrorKind, Write,
};

const LIMIT: Duration = Duration::from_secs(30);
const BLOCK: [u8; 2048] = [0xA5; 2048];

fn write10(lba: u8) -> Cdb {
    Cdb::new([0x2A, 0, 0, 0, 0, lba, 0, 0, 1, 0])
}

fn run() -> Vec<Write<'static>> {
    (0..10).map(|lba| Write { cdb: write10(lba), data: &BLOCK }).collect()
}

fn connect(channel: Channel) -> RelayTransport<Channel> {
    pollster_block(RelayTransport::connect(channel, LIMIT)).unwrap().0
}

fn busy() -> Completion {
    Completion::check(Sense::fixed(SenseKey::NotReady, 0x04, 0x08), 0)
}

#[test]
fn data_goes_both_ways() {
    let (channel, log) = Channel::new(|_| None);
    let mut relay = connect(channel);
    let mut into = [0; 36];
    let done = pollster_block(relay.execute(&Cdb::new([0x12, 0, 0, 0, 36, 0]), Data::In(&mut into), LIMIT)).unwrap();
    assert_eq!((done, into[35]), (Completion::good(36), 35));
    let done = pollster_block(relay.execute(&write10(7), Data::Out(&BLOCK), LIMIT)).unwrap();
    assert_eq!(done, Completion::good(2048));
    let log = log.lock().unwrap();
    assert_eq!(log.obeyed[1], write10(7).as_bytes());
    assert_eq!(log.limits, [LIMIT, LIMIT]);
}

#[test]
fn a_run_is_four_deep_and_whole() {
    let (channel, log) = Channel::new(|_| None);
    let mut relay = connect(channel);
    let end = pollster_block(relay.execute_run(&run(), LIMIT, &|| true)).unwrap();
    assert_eq!(end, RunEnd { good: 10, stopped_by: None });
    let log = log.lock().unwrap();
    assert_eq!(log.obeyed.len(), 10);
    assert_eq!(log.deepest, 4);
}

/// A channel that packs, and says that so many commands may be under way.
fn packing(depth: u8, script: common::Script) -> (Channel, std::sync::Arc<std::sync::Mutex<common::Log>>) {
    let (channel, log) = Channel::new(script);
    {
        let mut far = channel.0.lock().unwrap();
        far.packs = true;
        let mut hello = webburn_relay::Hello::decode(&far.answers[0]).unwrap();
        hello.depth = depth;
        far.answers[0] = hello.encode();
    }
    (channel, log)
}

#[test]
fn several_writes_and_several_answers_share_a_message() {
    for (depth, deepest) in [(1, 1), (3, 3), (8, 8), (16, 10)] {
        let (channel, log) = packing(depth, |_| None);
        let mut relay = connect(channel.clone());
        let end = pollster_block(relay.execute_run(&run(), LIMIT, &|| true)).unwrap();
        assert_eq!(end, RunEnd { good: 10, stopped_by: None }, "{depth}");
        let order: Vec<u8> = log.lock().unwrap().obeyed.iter().map(|cdb| cdb[5]).collect();
        assert_eq!(order, (0..10).collect::<Vec<_>>(), "{depth}");
        assert_eq!(log.lock().unwrap().deepest, deepest, "{depth}");
        assert!(channel.0.lock().unwrap().answers.is_empty(), "{depth}");
    }
}

#[test]
fn a_stop_amid_a_message_is_counted_to_the_command() {
    let (channel, log) = packing(16, |index| (index == 5).then(|| Ok(busy())));
    let mut relay = connect(channel);
    let end = pollster_block(relay.execute_run(&run(), LIMIT, &|| true)).unwrap();
    assert_eq!(end, RunEnd { good: 5, stopped_by: Some(busy()) });
    assert_eq!(log.lock().unwrap().obeyed.len(), 6);
    let end = pollster_block(relay.execute_run(&run()[5..], LIMIT, &|| true)).unwrap();
    assert_eq!(end, RunEnd { good: 5, stopped_by: None });
}

#[test]
fn an_empty_answer_breaks_the_connection() {
    let (channel, _) = Channel::new(|_| None);
    let mut relay = connect(channel.clone());
    channel.0.lock().unwrap().mangle = Some(Vec::clear);
    let error = pollster_block(relay.execute(&write10(0), Data::Out(&BLOCK), LIMIT)).unwrap_err();
    assert_eq!(error.kind, TransportErrorKind::Protocol);
}

#[test]
fn after_a_stop_nothing_later_is_carried_out_and_the_rest_can_be_sent_again() {
    let (channel, log) = Channel::new(|index| (index == 5).then(|| Ok(busy())));
    let mut relay = connect(channel);
    let end = pollster_block(relay.execute_run(&run(), LIMIT, &|| true)).unwrap();
    assert_eq!(end, RunEnd { good: 5, stopped_by: Some(busy()) });
    assert_eq!(log.lock().unwrap().obeyed.len(), 6, "the fifth failed, nothing after it reached the drive");
    let end = pollster_block(relay.execute_run(&run()[5..], LIMIT, &|| true)).unwrap();
    assert_eq!(end, RunEnd { good: 5, stopped_by: None });
    let order: Vec<u8> = log.lock().unwrap().obeyed.iter().map(|cdb| cdb[5]).collect();
    assert_eq!(order, [0, 1, 2, 3, 4, 5, 5, 6, 7, 8, 9]);
}

#[test]
fn a_cancel_between_two_commands_counts_what_was_done() {
    let (channel, log) = Channel::new(|_| None);
    let mut relay = connect(channel);
    let asked = AtomicUsize::new(0);
    let end = pollster_block(relay.execute_run(&run(), LIMIT, &|| asked.fetch_add(1, Ordering::Relaxed) < 6)).unwrap();
    assert_eq!(end, RunEnd { good: 6, stopped_by: None });
    assert_eq!(log.lock().unwrap().obeyed.len(), 6);
}

#[test]
fn a_broken_wire_below_the_far_end_is_told_with_its_kind() {
    let gone = |index| (index == 2).then(|| Err(TransportError::new(TransportErrorKind::Disconnected, "unplugged")));
    let (channel, log) = Channel::new(gone);
    let mut relay = connect(channel);
    let error = pollster_block(relay.execute_run(&run(), LIMIT, &|| true)).unwrap_err();
    assert_eq!(error, TransportError::new(TransportErrorKind::Disconnected, "unplugged"));
    assert_eq!(log.lock().unwrap().obeyed.len(), 3);
}

#[test]
fn what_the_policy_refuses_never_reaches_the_drive() {
    let (channel, log) = Channel::new(|_| None);
    let mut relay = connect(channel);
    let write_buffer = Cdb::new([0x3B, 5, 0, 0, 0, 0, 0, 8, 0, 0]);
    let error = pollster_block(relay.execute(&write_buffer, Data::Out(&BLOCK), LIMIT)).unwrap_err();
    assert_eq!(error.kind, TransportErrorKind::Forbidden);
    assert!(log.lock().unwrap().obeyed.is_empty());
    pollster_block(relay.execute(&write10(0), Data::Out(&BLOCK), LIMIT)).expect("the next one passes");
}

#[test]
fn a_dropped_command_never_lends_its_answer_to_another() {
    let (channel, log) = Channel::new(|_| None);
    let mut relay = connect(channel.clone());
    channel.0.lock().unwrap().silent = true;
    let mut into = [0; 96];
    assert!(!poll_and_drop(relay.execute(&Cdb::new([0x12, 0, 0, 0, 96, 0]), Data::In(&mut into), LIMIT)));
    channel.0.lock().unwrap().silent = false;
    // The old command was still waiting at the far end: the new epoch sweeps it away, its answer is thrown away.
    let mut into = [0; 36];
    let done = pollster_block(relay.execute(&Cdb::new([0x12, 0, 0, 0, 36, 0]), Data::In(&mut into), LIMIT)).unwrap();
    assert_eq!(done, Completion::good(36));
    assert_eq!(log.lock().unwrap().obeyed, [vec![0x12, 0, 0, 0, 36, 0]]);
}

#[test]
fn a_dropped_run_leaves_no_write_to_be_carried_out_behind_the_next_command() {
    let (channel, log) = Channel::new(|_| None);
    let mut relay = connect(channel.clone());
    channel.0.lock().unwrap().silent = true;
    assert!(!poll_and_drop(relay.execute_run(&run(), LIMIT, &|| true)));
    channel.0.lock().unwrap().silent = false;
    pollster_block(relay.execute(&Cdb::new([0x00, 0, 0, 0, 0, 0]), Data::None, LIMIT)).unwrap();
    assert_eq!(log.lock().unwrap().obeyed, [vec![0; 6]]);
}

#[test]
fn a_client_that_left_has_nothing_more_carried_out() {
    let (channel, log) = Channel::new(|_| None);
    let mut relay = connect(channel.clone());
    channel.0.lock().unwrap().silent = true;
    assert!(!poll_and_drop(relay.execute_run(&run(), LIMIT, &|| true)));
    let mut far = channel.0.lock().unwrap();
    far.intake.close();
    let far = &mut *far;
    let mut reply = Vec::new();
    while let Some(frame) = far.waiting.pop_front() {
        pollster_block(far.server.serve(&mut far.drive, &frame, &mut reply)).unwrap();
    }
    assert!(log.lock().unwrap().obeyed.is_empty());
}

#[test]
fn nonsense_from_the_far_end_breaks_the_connection_for_good() {
    let cases: [fn(&mut Vec<u8>); 4] = [
        |frame| frame.truncate(20),
        |frame| frame[4] ^= 2,
        |frame| frame[0] = b'X',
        |frame| frame[12] = 1, // says one byte, brings two thousand
    ];
    for mangle in cases {
        let (channel, _) = Channel::new(|_| None);
        let mut relay = connect(channel.clone());
        channel.0.lock().unwrap().mangle = Some(mangle);
        let mut into = [0; 2048];
        let read = Cdb::new([0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
        for _ in 0..2 {
            let error = pollster_block(relay.execute(&read, Data::In(&mut into), LIMIT)).unwrap_err();
            assert_eq!(error.kind, TransportErrorKind::Protocol);
        }
    }
}

#[test]
fn a_held_drive_names_its_holder() {
    let (channel, _) = Channel::new(|_| None);
    {
        let mut far = channel.0.lock().unwrap();
        let mut hello = webburn_relay::Hello::decode(&far.answers[0]).unwrap();
        hello.lease = webburn_relay::Lease::HeldBy("Anna's page".into());
        far.answers[0] = hello.encode();
    }
    let error = pollster_block(RelayTransport::connect(channel, LIMIT)).err().unwrap();
    assert_eq!(error, TransportError::new(TransportErrorKind::Locked, "Anna's page"));
}

#[test]
fn too_large_a_transfer_is_not_sent() {
    let (channel, log) = Channel::new(|_| None);
    let mut relay = connect(channel);
    let data = vec![0; (1 << 20) + 2048];
    let error = pollster_block(relay.execute(&write10(0), Data::Out(&data), LIMIT)).unwrap_err();
    assert_eq!(error.kind, TransportErrorKind::Other);
    assert!(log.lock().unwrap().obeyed.is_empty());
}

#[test]
fn two_clients_take_turns_on_a_channel() {
    // The second command fails: its epoch is dead, for whoever comes next as well.
    let (channel, log) = Channel::new(|index| (index == 1).then(|| Ok(busy())));
    let mut one = connect(channel.clone());
    let mut other = RelayTransport::join(channel, &common::hello()).unwrap();
    let execute = |relay: &mut RelayTransport<Channel>, lba| {
        pollster_block(relay.execute(&write10(lba), Data::Out(&BLOCK), LIMIT)).unwrap().is_good()
    };
    let good = [execute(&mut one, 0), execute(&mut other, 1), execute(&mut one, 2), execute(&mut other, 3)];
    assert_eq!(good, [true, false, true, true]);
    assert_eq!(pollster_block(one.execute_run(&run(), LIMIT, &|| true)).unwrap().good, 10);
    assert!(execute(&mut other, 4));
    assert_eq!(log.lock().unwrap().obeyed.len(), 15);
}
