//! `IBurnVerification`: nothing, a few pieces, all of it.

use webburn_imapi::enums::{BurnVerificationLevel as Level, DataWriteAction};
use webburn_imapi::{Event, NoDigest, Options, Outcome, Reporter};
use webburn_scsi::wrap::{Effect, Fault};
use webburn_sector::{Lba, SectorCount};
use webburn_tests::oracle;
use webburn_tests::rig::{Burnt, Rig, both};

use crate::s4_writes::source;

fn write(rig: &Rig, plan: Vec<Fault>, level: Level) -> Burnt {
    rig.write(plan, Options { verification: level, ..Options::default() }, &mut source(1000))
}

/// Sectors read back, each WRITE before the first of them.
fn read_back(rig: &Rig) -> Vec<(u32, u32)> {
    let log = rig.tap.log();
    let last_write = log.iter().rposition(|entry| entry.cdb[0] == 0x2A).unwrap_or(0);
    let reads = log[last_write..].iter().filter(|entry| entry.cdb[0] == 0x28);
    let place = |cdb: &[u8]| {
        (u32::from_be_bytes([cdb[2], cdb[3], cdb[4], cdb[5]]), u32::from(u16::from_be_bytes([cdb[7], cdb[8]])))
    };
    reads.map(|entry| place(&entry.cdb)).collect()
}

#[test]
fn none_reads_nothing_and_does_not_open_the_tray() {
    both("bd-r", |rig| {
        let burnt = write(rig, vec![], Level::None);
        assert_eq!((burnt.number(), read_back(rig).len(), rig.sent(0x1B)), (0, 0, 0), "{}", rig.height);
        assert!(!burnt.events.contains(&Event::Action(DataWriteAction::Verifying)));
    });
}

#[test]
fn quick_reads_a_few_pieces_and_full_reads_all() {
    for (level, least, most) in [(Level::Quick, 8 * 32, 12 * 32), (Level::Full, 1000, 1000)] {
        for medium in ["bd-r", "cd-r", "dvd+rw"] {
            both(medium, |rig| {
                let burnt = write(rig, vec![], level);
                assert_eq!(burnt.number(), 0, "{medium} {}", rig.height);
                let read: u32 = read_back(rig).iter().map(|(_, sectors)| sectors).sum();
                assert!((least..=most).contains(&read), "{level:?} {medium} {}: {read}", rig.height);
                assert!(burnt.events.contains(&Event::Action(DataWriteAction::Verifying)));
                // The disc is looked at anew: disc information and every track, behind the last WRITE.
                let log = rig.tap.log();
                let last_write = log.iter().rposition(|entry| entry.cdb[0] == 0x2A).expect("written");
                let asked = |opcode| log[last_write..].iter().any(|entry| entry.cdb[0] == opcode);
                assert!(asked(0x1B) && asked(0x51) && asked(0x52), "{level:?} {medium} {}", rig.height);
                assert!(oracle::is_unlocked(&rig.sim));
            });
        }
    }
}

#[test]
fn a_bit_that_only_a_full_verification_sees() {
    // Quick reads every third piece of 31: it never sees the second.
    let flip = || {
        let second = |cdb: &webburn_scsi::Cdb| cdb.opcode() == 0x28 && cdb.as_bytes()[2..6] == 32_u32.to_be_bytes();
        Fault::new(second, Effect::Mangle(Box::new(|bytes| bytes[0] ^= 1))).always()
    };
    for (level, number) in [(Level::Quick, 0), (Level::Full, 0xC0AA_0007)] {
        both("bd-r", |rig| {
            assert_eq!(write(rig, vec![flip()], level).number(), number, "{level:?} {}", rig.height);
            oracle::holds(&rig.sim, &source(1000), 0).unwrap();
        });
    }
    // And one that both see.
    let first = || Fault::at(0x28, Effect::Mangle(Box::new(|bytes| bytes[0] ^= 1))).always();
    for level in [Level::Quick, Level::Full] {
        both("bd-r", |rig| assert_eq!(write(rig, vec![first()], level).number(), 0xC0AA_0007, "{level:?}"));
    }
}

#[test]
fn a_disc_in_a_wrong_state_fails_even_a_quick_one() {
    // After the reload the drive says that the disc is blank.
    let blank = || {
        let written = std::sync::atomic::AtomicBool::new(false);
        let later = move |cdb: &webburn_scsi::Cdb| {
            let order = std::sync::atomic::Ordering::SeqCst;
            written.fetch_or(cdb.opcode() == 0x1B, order);
            cdb.opcode() == 0x51 && written.load(order)
        };
        Fault::new(later, Effect::Mangle(Box::new(|bytes| bytes[2] &= !0x0F))).always()
    };
    both("bd-r", |rig| assert_eq!(write(rig, vec![blank()], Level::Quick).number(), 0xC0AA_0007, "{}", rig.height));
}

#[test]
fn the_report_counts_sectors_of_the_stream() {
    both("bd-r", |rig| {
        let data = rig.writer(vec![]);
        data.set_burn_verification_level(Level::Full).expect("idle");
        assert_eq!(data.options().verification, Level::Full);
        let report = pollster::block_on(data.burn(&mut source(33), &mut NoDigest, &Reporter::silent())).unwrap();
        assert_eq!((report.start, report.sectors, report.outcome), (Lba(0), SectorCount(33), Outcome::Verified));
        assert_eq!(rig.tracks()[0], (0, 64), "a whole cluster, {}", rig.height);
    });
}
