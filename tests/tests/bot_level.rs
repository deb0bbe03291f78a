//! One level lower: the same commands over the bytes of the bulk-only transport give what the drive itself gives,
//! whatever the device does with short data, and whatever it gets wrong once.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use webburn_bot::{BotOptions as HostOptions, BotTransport};
use webburn_scsi::{Cdb, Completion, Data, ScsiTransport, Status, TransportErrorKind};
use webburn_sim::usb::{BotOptions, Occurs, Oddity, Shortfall};
use webburn_sim::{Disc, Loopback, MediumKind, Personality, SharedSim, SimDrive};
use webburn_tests::bot_pipe::SimPipe;

const LIMIT: Duration = Duration::from_secs(30);

fn drive(kind: MediumKind) -> SharedSim {
    let mut drive = SimDrive::new(Personality::bd_burner());
    drop(drive.load(Disc::recorded(kind)));
    drive.advance_to(Duration::from_secs(60));
    SharedSim::new(drive)
}

fn bot(sim: &SharedSim, options: BotOptions) -> BotTransport<SimPipe> {
    BotTransport::new(SimPipe::new(sim.clone(), options), HostOptions::default())
}

/// Exact, short and refused answers, no data, data to the drive taken and refused: cases 1, 4, 5, 6, 9, 11 and 12.
fn questions() -> Vec<(Vec<u8>, usize, usize)> {
    let mut list = vec![
        (vec![0x00, 0, 0, 0, 0, 0], 0, 0),
        (vec![0x00, 0, 0, 0, 0, 0], 0, 0),
        (vec![0x12, 0, 0, 0, 36, 0], 36, 0),
        (vec![0x12, 0, 0, 0, 96, 0], 96, 0),
        (vec![0x12, 0, 0, 0, 5, 0], 5, 0),
        (vec![0x46, 0, 0, 0, 0, 0, 0, 0x10, 0, 0], 4096, 0),
        (vec![0x51, 0, 0, 0, 0, 0, 0, 0, 34, 0], 34, 0),
        (vec![0x51, 3, 0, 0, 0, 0, 0, 0, 34, 0], 34, 0),
        (vec![0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0], 8, 0),
        (vec![0x43, 0, 0, 0, 0, 0, 0, 3, 36, 0], 804, 0),
        (vec![0x28, 0, 0, 0, 0, 16, 0, 0, 1, 0], 2048, 0),
        (vec![0x28, 0, 0, 0, 0, 0, 0, 0, 32, 0], 65_536, 0),
        (vec![0x28, 0, 0x7F, 0, 0, 0, 0, 0, 1, 0], 2048, 0),
        (vec![0xC7, 0, 0, 0, 0, 0, 0, 0, 0, 0], 0, 0),
        (vec![0x5A, 8, 0x3E, 0, 0, 0, 0, 1, 0, 0], 256, 0),
        (vec![0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0], 0, 2048),
        (vec![0x55, 0x10, 0, 0, 0, 0, 0, 0, 8, 0], 0, 8),
        (vec![0x1E, 0, 0, 0, 1, 0], 0, 0),
        (vec![0x1B, 0, 0, 0, 2, 0], 0, 0),
        (vec![0x1E, 0, 0, 0, 0, 0], 0, 0),
    ];
    list.push((vec![0x03, 0, 0, 0, 18, 0], 18, 0));
    list
}

async fn ask<T: ScsiTransport>(transport: &mut T) -> Vec<(Completion, Vec<u8>)> {
    let mut answers = Vec::new();
    for (cdb, room, out) in questions() {
        let cdb = Cdb::from_slice(&cdb).expect("a CDB");
        let mut into = vec![0xEE; room];
        let from = vec![0x11; out];
        let data = match (room, out) {
            (0, 0) => Data::None,
            (_, 0) => Data::In(&mut into),
            _ => Data::Out(&from),
        };
        let completion = transport.execute(&cdb, data, LIMIT).await.unwrap_or_else(|e| panic!("{cdb}: {e}"));
        into.truncate(completion.transferred);
        answers.push((completion, into));
    }
    answers
}

#[test]
fn every_shortfall_and_packet_size_gives_what_loopback_gives() {
    for kind in [MediumKind::CdR, MediumKind::DvdPlusR, MediumKind::BdR, MediumKind::DvdRom] {
        let wanted = pollster::block_on(ask(&mut Loopback::new(drive(kind))));
        let refused = wanted.iter().filter(|(c, _)| !c.is_good()).count();
        assert!(refused >= 5, "the questions meet refusals: {refused}");
        for shortfall in [Shortfall::Stall, Shortfall::Short, Shortfall::Fill] {
            for max_packet in [64, 512, 1024] {
                let options = BotOptions { shortfall, max_packet, ..BotOptions::default() };
                let got = pollster::block_on(ask(&mut bot(&drive(kind), options)));
                for (i, (wanted, got)) in wanted.iter().zip(&got).enumerate() {
                    assert_eq!(got, wanted, "{kind:?} {shortfall:?} {max_packet}: {:02x?}", questions()[i].0);
                }
            }
        }
    }
}

/// What a device gets wrong without lying about the data changes nothing.
#[test]
fn harmless_oddities_change_no_answer() {
    let wanted = pollster::block_on(ask(&mut Loopback::new(drive(MediumKind::DvdPlusR))));
    for oddity in [Oddity::ZeroLengthBeforeCsw, Oddity::StallCswOnce, Oddity::WrongSignature(0x1234_5678)] {
        // Short packets: a stall of the data phase besides would be the second stall, and that one is not forgiven.
        let options = BotOptions { shortfall: Shortfall::Short, ..BotOptions::default() };
        let options = options.misbehaving(oddity, Occurs::Always);
        let got = pollster::block_on(ask(&mut bot(&drive(MediumKind::DvdPlusR), options)));
        assert_eq!(got, wanted, "{oddity:?}");
    }
}

/// A device that always claims that nothing of what it sent matters is found out by INQUIRY.
#[test]
fn a_residue_liar_is_found_out() {
    let options = BotOptions::default().misbehaving(Oddity::ResidueLies, Occurs::Always);
    let mut transport = bot(&drive(MediumKind::DvdPlusR), options);
    pollster::block_on(async {
        let mut id = [0; 36];
        let inquiry = Cdb::new([0x12, 0, 0, 0, 36, 0]);
        transport.execute(&inquiry, Data::In(&mut id), LIMIT).await.expect("INQUIRY");
        assert!(transport.ignores_residue());
        let mut sector = [0; 2048];
        let read = Cdb::new([0x28, 0, 0, 0, 0, 16, 0, 0, 1, 0]);
        // Two unit attentions come first.
        for _ in 0..4 {
            let done = transport.execute(&read, Data::In(&mut sector), LIMIT).await.expect("READ");
            if done.is_good() {
                assert_eq!(done.transferred, 2048);
            }
        }
        assert_eq!(&sector[1..6], b"CD001");
    });
}

/// A broken status ends the command with an error, and the next command works: reset recovery came between.
#[test]
fn after_a_broken_status_the_next_command_works() {
    for oddity in [
        Oddity::WrongTag,
        Oddity::PhaseError,
        Oddity::ShortCsw(7),
        Oddity::StallCswTwice,
        Oddity::WrongSignature(0xDEAD_BEEF),
    ] {
        // At the third command, so that the right signature is known by then.
        let options = BotOptions::default().misbehaving(oddity, Occurs::At(3));
        let mut transport = bot(&drive(MediumKind::DvdPlusR), options);
        pollster::block_on(async {
            let tur = Cdb::new([0; 6]);
            let mut failed = 0;
            for _ in 0..8 {
                let mut id = [0; 36];
                let inquiry = Cdb::new([0x12, 0, 0, 0, 36, 0]);
                match transport.execute(&inquiry, Data::In(&mut id), LIMIT).await {
                    Ok(done) => assert_eq!((done.transferred, &id[8..15]), (36, &b"WEBBURN"[..]), "{oddity:?}"),
                    Err(e) => {
                        assert_eq!(e.kind, TransportErrorKind::Protocol, "{oddity:?}: {e}");
                        failed += 1;
                    }
                }
            }
            assert_eq!(failed, 1, "{oddity:?}");
            assert!(transport.execute(&tur, Data::None, LIMIT).await.is_ok(), "{oddity:?}");
        });
    }
}

/// Babble: more bytes than asked for never reach the caller.
#[test]
fn babble_is_no_answer_longer_than_asked_for() {
    let options = BotOptions::default().misbehaving(Oddity::Babble, Occurs::Opcode(0x12));
    let mut transport = bot(&drive(MediumKind::DvdPlusR), options);
    pollster::block_on(async {
        let mut id = [0; 36];
        let inquiry = Cdb::new([0x12, 0, 0, 0, 36, 0]);
        match transport.execute(&inquiry, Data::In(&mut id), LIMIT).await {
            Ok(done) => assert!(done.transferred <= 36 || !done.is_good()),
            Err(e) => assert_eq!(e.kind, TransportErrorKind::Protocol),
        }
        let capacity = Cdb::new([0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        let mut eight = [0; 8];
        let mut ends = Vec::new();
        for _ in 0..3 {
            ends.push(transport.execute(&capacity, Data::In(&mut eight), LIMIT).await);
        }
        assert!(ends.iter().any(|end| end.as_ref().is_ok_and(Completion::is_good)), "{ends:?}");
    });
}

/// A future dropped at each of the transfers of a command: the next command begins with reset recovery and gets its own
/// answer, never the old one.
#[test]
fn a_dropped_command_never_leaks_into_the_next() {
    // READ of two packets: CBW, data, CSW are the three transfers that can be dropped.
    for drop_at in 0..3 {
        let sim = drive(MediumKind::DvdPlusR);
        let mut transport = bot(&sim, BotOptions::default());
        let read = Cdb::new([0x28, 0, 0, 0, 0, 16, 0, 0, 1, 0]);
        let inquiry = Cdb::new([0x12, 0, 0, 0, 36, 0]);
        // Unit attentions away first.
        for _ in 0..4 {
            let mut sector = [0; 2048];
            let _ = pollster::block_on(transport.execute(&read, Data::In(&mut sector), LIMIT));
        }
        let done = transport.pipe().log.len();
        transport.pipe_mut().hang_at = Some(done + drop_at);
        let mut sector = [0; 2048];
        {
            let mut hanging = pin!(transport.execute(&read, Data::In(&mut sector), LIMIT));
            let mut context = Context::from_waker(Waker::noop());
            assert!(matches!(hanging.as_mut().poll(&mut context), Poll::Pending), "transfer {drop_at} hangs");
        }
        assert!(transport.is_out_of_step(), "dropped at transfer {drop_at}");
        let mut id = [0; 36];
        let next = pollster::block_on(transport.execute(&inquiry, Data::In(&mut id), LIMIT)).expect("INQUIRY");
        assert_eq!((next.status, next.transferred), (Status::Good, 36), "dropped at transfer {drop_at}");
        assert_eq!(&id[8..15], b"WEBBURN", "dropped at transfer {drop_at}");
        let log = &transport.pipe().log[done..];
        assert!(log.iter().any(|l| l == "mass storage reset"), "dropped at transfer {drop_at}: {log:?}");
        let mut again = [0; 2048];
        let next = pollster::block_on(transport.execute(&read, Data::In(&mut again), LIMIT)).expect("READ");
        assert_eq!((next.transferred, &again[1..6]), (2048, &b"CD001"[..]), "dropped at transfer {drop_at}");
    }
}

/// The cable is out: an error that says so, at once, and not a hang; put back, the drive works again.
#[test]
fn a_pulled_cable_is_said_and_survived() {
    let mut transport = bot(&drive(MediumKind::DvdPlusR), BotOptions::default());
    let inquiry = Cdb::new([0x12, 0, 0, 0, 36, 0]);
    let mut id = [0; 36];
    pollster::block_on(async {
        transport.pipe_mut().set_unplugged(true);
        for _ in 0..2 {
            let e = transport.execute(&inquiry, Data::In(&mut id), LIMIT).await.expect_err("no cable");
            assert_eq!(e.kind, TransportErrorKind::Disconnected);
        }
        transport.pipe_mut().set_unplugged(false);
        let done = transport.execute(&inquiry, Data::In(&mut id), LIMIT).await.expect("cable back");
        assert_eq!(done.transferred, 36);
    });
}
