//! `IDiscFormat2Data::Write`: streams that are written, and where they go.

use webburn_imapi::enums::DataWriteAction as Action;
use webburn_imapi::{BlockRange, BlockRangeList, Event, Options};
use webburn_sector::{BytesSource, Lba};
use webburn_tests::job::{Job, JobSource};
use webburn_tests::rig::{Burnt, both};
use webburn_tests::{images, oracle};

/// The stream of most rows.
pub fn source(sectors: u32) -> JobSource {
    JobSource::new(&Job::of(sectors), 0)
}

/// Another one of that length.
fn other(sectors: u32) -> JobSource {
    JobSource::new(&Job::of(sectors), 1)
}

fn actions(burnt: &Burnt) -> Vec<Action> {
    let action = |event: &Event| if let Event::Action(action) = event { Some(*action) } else { None };
    burnt.events.iter().filter_map(action).collect()
}

/// Ten sectors on a blank CD-R: one session with a postgap, events in their order, COMPLETED the last of them.
#[test]
fn seed_s4_1_a_short_stream_becomes_a_session_with_a_postgap() {
    both("cd-r", |rig| {
        let burnt = rig.write(vec![], Options::default(), &mut source(10));
        assert_eq!(burnt.number(), 0, "{}", rig.height);
        assert_eq!(
            actions(&burnt),
            [
                Action::ValidatingMedia,
                Action::InitializingHardware,
                Action::CalibratingPower,
                Action::WritingData,
                Action::Finalization,
                Action::Completed
            ],
            "{}",
            rig.height
        );
        assert_eq!(burnt.events.last(), Some(&Event::Action(Action::Completed)));
        // Ten sectors, and zeros to the shortest track of 300, which has room for the 150 of postgap.
        oracle::holds(&rig.sim, &source(10), 0).unwrap();
        let zeros = oracle::sectors(&rig.sim, 10, 290).expect("a track of 300");
        assert!(zeros.iter().all(|byte| *byte == 0), "{}", rig.height);
        assert_eq!((rig.tracks(), rig.closed()), (vec![(0, 300)], (1, false)), "{}", rig.height);
        let sent: u32 = rig.places().iter().map(|(_, sectors)| sectors).sum();
        assert_eq!((rig.places()[0].0, sent), (0, 300), "{}", rig.height);
    });
    // A longer one gets its 150 sectors whole.
    both("cd-r", |rig| {
        assert_eq!(rig.write(vec![], Options::default(), &mut source(400)).number(), 0, "{}", rig.height);
        assert_eq!(rig.tracks(), [(0, 550)], "{}", rig.height);
    });
}

/// PostgapAlreadyInImage: nothing is added.
#[test]
fn seed_s4_2_no_postgap_when_the_image_has_one() {
    both("cd-r", |rig| {
        let options = Options { postgap_already_in_image: true, ..Options::default() };
        assert_eq!(rig.write(vec![], options, &mut source(400)).number(), 0, "{}", rig.height);
        assert_eq!(rig.tracks(), [(0, 400)], "{}", rig.height);
        oracle::holds(&rig.sim, &source(400), 0).unwrap();
    });
}

/// An appendable CD-R with one session: the stream is session 2, at NextWritableAddress.
#[test]
fn seed_s4_3_a_second_stream_becomes_a_second_session() {
    both("cd-r:appendable", |rig| {
        let before = oracle::sectors(&rig.sim, 0, 300);
        let data = rig.writer(vec![]);
        let next = pollster::block_on(data.next_writable_address()).expect("an address");
        assert_eq!(rig.write(vec![], Options::default(), &mut source(400)).number(), 0, "{}", rig.height);
        assert_eq!(rig.tracks()[1], (next.0, 550), "{}", rig.height);
        assert_eq!((next.0, rig.closed()), (11_702, (2, false)), "{}", rig.height);
        oracle::holds(&rig.sim, &source(400), next.0).unwrap();
        assert!(before.is_some() && oracle::sectors(&rig.sim, 0, 300) == before, "{}", rig.height);
    });
}

/// A blank DVD+RW is recorded from sector 0.
#[test]
fn seed_s4_4_a_blank_overwritable_disc_from_sector_zero() {
    both("dvd+rw", |rig| {
        let burnt = rig.write(vec![], Options::default(), &mut source(400));
        assert_eq!(burnt.number(), 0, "{}", rig.height);
        assert!(actions(&burnt).contains(&Action::FormattingMedia), "{}", rig.height);
        oracle::holds(&rig.sim, &source(400), 0).unwrap();
    });
}

/// A DVD+RW with content, a plain stream, ForceOverwrite off: E_IMAPI_DF2DATA_MEDIA_NOT_BLANK.
#[test]
fn seed_s4_5_content_is_kept_without_force_overwrite() {
    both("dvd+rw:recorded", |rig| {
        let before = oracle::text(&rig.sim);
        assert_eq!(rig.write(vec![], Options::default(), &mut source(300)).number(), 0xC0AA_0405, "{}", rig.height);
        assert!(!rig.changed(), "{}", rig.height);
        assert_eq!(oracle::text(&rig.sim), before, "{}", rig.height);
    });
}

fn force() -> Options {
    Options { force_overwrite: true, ..Options::default() }
}

/// The same with ForceOverwrite: the whole stream, from sector 0.
#[test]
fn seed_s4_6_force_overwrite_writes_from_sector_zero() {
    for medium in ["dvd+rw:recorded", "dvd-ram:recorded", "bd-re:recorded", "dvd-rw-ro:recorded"] {
        both(medium, |rig| {
            assert_eq!(rig.write(vec![], force(), &mut other(300)).number(), 0, "{medium} {}", rig.height);
            oracle::holds(&rig.sim, &other(300), 0).unwrap();
            assert_eq!(rig.places()[0].0, 0, "{medium} {}", rig.height);
        });
    }
}

/// Block ranges: exactly these sectors, in that order, ends included.
#[test]
fn seed_s4_7_block_ranges_in_their_order_and_nothing_else() {
    both("dvd+rw:recorded", |rig| {
        let range = |start, end| BlockRange { start: Lba(start), end: Lba(end) };
        let end = rig.sim.with(|drive| drive.disc().expect("a disc").written_end().0) as u32;
        let before = oracle::sectors(&rig.sim, 0, end).expect("recorded");
        let mut stream = BlockRangeList::new(source(200), vec![range(100, 115), range(0, 15)]);
        assert_eq!(stream.ranges(), [range(100, 115), range(0, 15)]);
        assert_eq!(rig.write(vec![], Options::default(), &mut stream).number(), 0, "{}", rig.height);
        assert_eq!(rig.places(), [(100, 16), (0, 16)], "{}", rig.height);
        // The first range over what was there, the rest of it kept, the other one alone.
        assert!((16..100).contains(&end), "{end}");
        let stream = |from: u64| (from..from + 16).flat_map(|k| source(200).sector(k)).collect::<Vec<u8>>();
        assert!(oracle::sectors(&rig.sim, 0, 16) == Some(stream(0)), "{}", rig.height);
        assert!(oracle::sectors(&rig.sim, 16, end - 16).as_deref() == Some(&before[16 * 2048..]), "{}", rig.height);
        assert!(oracle::sectors(&rig.sim, 100, 16) == Some(stream(100)), "{}", rig.height);
        for never in [99, 116] {
            assert!(oracle::sectors(&rig.sim, never, 1).is_none_or(|s| s.iter().all(|b| *b == 0)), "{}", rig.height);
        }
    });
}

/// The same by the writer's own property.
#[test]
fn ranges_of_a_stream_that_does_not_say() {
    both("dvd+rw:recorded", |rig| {
        let ranges = vec![BlockRange { start: Lba(64), end: Lba(95) }, BlockRange { start: Lba(0), end: Lba(15) }];
        let options = Options { block_ranges: Some(ranges), ..Options::default() };
        assert_eq!(rig.write(vec![], options, &mut source(200)).number(), 0, "{}", rig.height);
        assert_eq!(rig.places(), [(64, 32), (0, 16)], "{}", rig.height);
    });
    // A sequential disc takes the whole stream as a new session.
    both("cd-r", |rig| {
        let mut stream = BlockRangeList::new(source(400), vec![BlockRange { start: Lba(0), end: Lba(15) }]);
        assert_eq!(rig.write(vec![], Options::default(), &mut stream).number(), 0, "{}", rig.height);
        oracle::holds(&rig.sim, &source(400), 0).unwrap();
    });
}

/// A rewritable disc and a stream without ranges: all of it is written.
#[test]
fn seed_s4_8_without_ranges_the_whole_stream() {
    both("bd-re", |rig| {
        assert_eq!(rig.write(vec![], Options::default(), &mut source(1000)).number(), 0, "{}", rig.height);
        oracle::holds(&rig.sim, &source(1000), 0).unwrap();
        let sent: u32 = rig.places().iter().map(|(_, sectors)| sectors).sum();
        assert_eq!(sent, 1024, "{}: whole clusters", rig.height);
    });
}

/// An image of somebody else's making, a whole number of sectors long, is accepted.
#[test]
fn seed_s4_10_a_foreign_image_is_accepted() {
    let smallest = images::all().into_iter().min_by_key(|image| image.bytes.len());
    let Some(image) = smallest else { return };
    assert!(image.bytes.len() % 2048 == 0 && &image.bytes[0x8001..0x8006] == b"CD001", "{}", image.path.display());
    both("dvd-r", |rig| {
        let mut stream = BytesSource::new(image.bytes.clone(), 2048);
        assert_eq!(rig.write(vec![], Options::default(), &mut stream).number(), 0, "{}", rig.height);
        let held = oracle::sectors(&rig.sim, 0, (image.bytes.len() / 2048) as u32);
        assert!(held.as_deref() == Some(&image.bytes), "{}", rig.height);
    });
}
