//! Sessions: what each sector's subcode says, and what is no session.

use crate::cdcode::common::hex;
use webburn_cdcode::q::{Place, Point, Q};
use webburn_cdcode::sector::SectorMode;
use webburn_cdcode::session::{
    DiscType, LATER_LEAD_OUT, LayoutError, MultiSession, Session, SessionLayout, Style, TocReader, Track,
};
use webburn_cdcode::subchannel::Layout;
use webburn_cdcode::{Control, TrackNumber};
use webburn_sector::{Lba, Msf, SectorCount};

fn number(number: u8) -> TrackNumber {
    TrackNumber::new(number).unwrap()
}

/// Three audio tracks: hidden audio before the first, a pre-gap of a second before the second, none before the third.
fn layout() -> SessionLayout {
    let first = Track { pregap: Lba(-150), indices: vec![Lba(1000), Lba(1500)], ..track(1, 500) };
    let second = Track { pregap: Lba(2925), isrc: Some("USRC17607839".parse().unwrap()), ..track(2, 3000) };
    let third = Track { scms: true, ..track(3, 5000) };
    SessionLayout {
        lead_in: Lba(-22_650),
        tracks: vec![first, second, third],
        lead_out: Lba(7000),
        lead_out_length: SectorCount(6750),
        disc_type: DiscType::Plain,
        mcn: Some("4012345678901".parse().unwrap()),
        multi_session: None,
        style: Style::default(),
    }
}

fn track(n: u8, start: i32) -> Track {
    Track::new(number(n), Control::AUDIO, Lba(start))
}

fn session() -> Session {
    Session::new(layout()).unwrap()
}

#[test]
fn positions_count_down_to_the_start_and_up_from_it() {
    let session = session();
    let position = |at: i32| match session.subcode(Lba(at)).unwrap().q {
        Q::Position { place, relative, absolute, .. } => (place, relative, absolute),
        other => panic!("{at}: {other:?}"),
    };
    assert_eq!(position(-150), (Place::Track(number(1), 0), Msf::new(0, 8, 49), Msf::new(0, 0, 0)));
    assert_eq!(position(498), (Place::Track(number(1), 0), Msf::new(0, 0, 1), Msf::new(0, 8, 48)));
    assert_eq!(position(500), (Place::Track(number(1), 1), Msf::new(0, 0, 0), Msf::new(0, 8, 50)));
    assert_eq!(position(998), (Place::Track(number(1), 1), Msf::new(0, 6, 48), Msf::new(0, 15, 23)));
    assert_eq!(position(1000), (Place::Track(number(1), 2), Msf::new(0, 6, 50), Msf::new(0, 15, 25)));
    assert_eq!(position(1500), (Place::Track(number(1), 3), Msf::new(0, 13, 25), Msf::new(0, 22, 0)));
    assert_eq!(position(2925), (Place::Track(number(2), 0), Msf::new(0, 0, 74), Msf::new(0, 41, 0)));
    assert_eq!(position(3000), (Place::Track(number(2), 1), Msf::new(0, 0, 0), Msf::new(0, 42, 0)));
    assert_eq!(position(6998), (Place::Track(number(3), 1), Msf::new(0, 26, 48), Msf::new(1, 35, 23)));
    assert_eq!(position(7000), (Place::LeadOut, Msf::new(0, 0, 0), Msf::new(1, 35, 25)));
    assert_eq!(session.subcode(Lba(13_750)), None);
    assert_eq!(session.subcode(Lba(-22_651)), None);
}

#[test]
fn numbers_come_once_in_a_hundred_sectors_but_never_at_a_change() {
    let mut layout = layout();
    // A change exactly where the catalogue number is due, and one where the recording code is.
    layout.tracks[0].indices = vec![Lba(1099), Lba(1500)];
    layout.tracks[1].start = Lba(3049);
    let session = Session::new(layout).unwrap();
    let q = |at: i32| session.subcode(Lba(at)).unwrap().q;
    assert!(matches!(q(-1), Q::Mcn { frame: 74, .. }));
    assert!(matches!(q(99), Q::Mcn { .. }));
    assert!(matches!(q(1099), Q::Position { place: Place::Track(_, 2), .. }));
    assert!(matches!(q(1100), Q::Mcn { .. }));
    assert!(matches!(q(1199), Q::Mcn { .. }));
    assert!(matches!(q(1200), Q::Position { .. }));
    assert!(matches!(q(149), Q::Position { .. }), "track 1 has no recording code");
    assert!(matches!(q(2949), Q::Isrc { .. }));
    assert!(matches!(q(3049), Q::Position { place: Place::Track(_, 1), .. }));
    assert!(matches!(q(3050), Q::Isrc { .. }));
    assert!(matches!(q(5049), Q::Position { .. }));
    for start in -150..7000 - 99 {
        let seen = (start..start + 100).filter(|&at| matches!(q(at), Q::Mcn { .. })).count();
        assert!((1..=2).contains(&seen) || start > 990 && start < 1101, "{seen} from {start}");
    }
    assert!((7000..13_750).filter(|&at| matches!(q(at), Q::Mcn { .. })).count() >= 67);
}

#[test]
fn the_p_flag_follows_the_standard() {
    let session = session();
    let p = |at: i32| session.subcode(Lba(at)).unwrap().p;
    let runs: Vec<(i32, bool)> = (-22_650..13_750)
        .map(|at| (at, p(at)))
        .collect::<Vec<_>>()
        .chunk_by(|a, b| a.1 == b.1)
        .map(|run| run[0])
        .collect();
    assert_eq!(
        runs[..10],
        [
            (-22_650, false), // lead-in
            (-150, true),     // all of the pre-gap, however long
            (500, false),
            (2850, true), // two seconds, though the pre-gap has but one
            (3000, false),
            (4850, true), // two seconds before a track without a pre-gap
            (5000, false),
            (6850, true), // and before the lead-out
            (7000, false),
            (7150, true), // two seconds into the lead-out, then 2 Hz
        ]
    );
    assert!(runs[10..].windows(2).all(|pair| pair[1].0 - pair[0].0 == 19));
}

#[test]
fn a_copy_that_may_not_be_copied_alternates() {
    let session = session();
    let permitted = |at: i32| match session.subcode(Lba(at)).unwrap().q {
        Q::Position { control, .. } | Q::Mcn { control, .. } | Q::Isrc { control, .. } => control.copy_permitted,
        other => panic!("{other:?}"),
    };
    let pattern: String = (5000..5016).map(|at| if permitted(at) { '1' } else { '0' }).collect();
    assert_eq!(pattern, "1111000011110000");
    assert!((0..2925).all(|at| !permitted(at)));
}

#[test]
fn the_lead_in_turns_through_the_points() {
    let session = session();
    let points: Vec<u8> =
        session.subcodes(Lba(-22_650), Lba(-22_650 + 21)).map(|(_, subcode)| subcode.q.data()[2]).collect();
    assert_eq!(
        points,
        [0xA0, 0xA0, 0xA0, 0xA1, 0xA1, 0xA1, 0xA2, 0xA2, 0xA2, 1, 1, 1, 2, 2, 2, 3, 3, 3, 0xA0, 0xA0, 0xA0]
    );
    // The lead-in ends where the pre-gap of the first track begins.
    assert_eq!(session.lead_in().start.0, -22_650);
    assert_eq!(session.lead_in().end.0, -150);
    assert_eq!(hex(&session.subcode(Lba(-22_650)).unwrap().q.data()), "0100a095000000010000");
    assert_eq!(hex(&session.subcode(Lba(-151)).unwrap().q.data()[3..6]), "995974");
    let mut reader = TocReader::new();
    for (_, subcode) in session.subcodes(Lba(-17_000), Lba(-16_990)) {
        reader.push(&subcode.q);
    }
    assert!(!reader.is_complete());
    for (_, subcode) in session.subcodes(Lba(-16_990), Lba(-16_970)) {
        reader.push(&Q::parse(&subcode.q.to_bytes()).unwrap());
    }
    assert!(reader.is_complete());
    let read: Vec<(Point, String)> = reader.entries().iter().map(|entry| (entry.point, hex(&entry.value))).collect();
    assert_eq!(
        read,
        [
            (Point::FirstTrack, "010000".to_owned()),
            (Point::LastTrack, "030000".to_owned()),
            (Point::LeadOut, "013525".to_owned()),
            (Point::Track(number(1)), "000850".to_owned()),
            (Point::Track(number(2)), "004200".to_owned()),
            (Point::Track(number(3)), "010850".to_owned()),
        ]
    );
    assert_eq!(session.toc().count(), 6);
}

#[test]
fn further_sessions_are_announced() {
    let mut layout = layout();
    layout.disc_type = DiscType::Xa;
    layout.multi_session = Some(MultiSession {
        next_program: Some(Msf::new(4, 5, 0)),
        outermost_lead_out: Msf::new(79, 59, 74),
        first_lead_in: Some((Msf::new(97, 26, 66), [0x45, 0x00, 0x00])),
    });
    for (style, first) in [(Style::default(), 0), (Style::CDRDAO, 3)] {
        layout.style = style;
        let session = Session::new(layout.clone()).unwrap();
        let entries: Vec<String> = session.toc().map(|q| hex(&q.data())).collect();
        assert_eq!(entries.len(), 8);
        assert!(entries[first].ends_with("00012000"), "A0: {}", entries[first]);
        assert_eq!(entries[6], "0500b004050002795974");
        assert_eq!(entries[7], "0500c045000000972666");
    }
    // A later, last session: no more to come, and its lead-in in the midst of the disc.
    let second = Track { pregap: Lba(18_250), ..Track::new(number(4), Control::DATA, Lba(18_400)) };
    let later = Session::new(SessionLayout {
        lead_in: Lba(13_750),
        tracks: vec![second],
        lead_out: Lba(20_000),
        lead_out_length: LATER_LEAD_OUT,
        disc_type: DiscType::Xa,
        mcn: None,
        multi_session: Some(MultiSession {
            next_program: None,
            outermost_lead_out: Msf::new(79, 59, 74),
            first_lead_in: None,
        }),
        style: Style::default(),
    })
    .unwrap();
    let entries: Vec<String> = later.toc().map(|q| hex(&q.data())).collect();
    assert_eq!(
        entries,
        [
            "4100a003052500042000",
            "4100a103052500040000",
            "4100a203052500042850",
            "41000403052500040725",
            "4500b0ffffff01795974"
        ]
    );
    let subcode = later.subcode(Lba(18_250)).unwrap();
    assert_eq!((hex(&subcode.q.data()), subcode.p), ("41040000017400040525".to_owned(), true));
}

#[test]
fn blocks_fill_what_there_is_room_for() {
    let session = session();
    for layout in [Layout::Pq, Layout::Packed, Layout::Raw] {
        let mut blocks = session.lead_in_blocks(layout, SectorMode::Audio, None);
        let size = layout.block_size();
        let mut buffer = vec![0xEE; 10 * size + 1];
        assert_eq!(blocks.remaining(), SectorCount(22_500));
        assert_eq!(blocks.fill(&mut buffer), SectorCount(10));
        assert_eq!(buffer[10 * size], 0xEE);
        assert!(buffer[..2352].iter().all(|&byte| byte == 0), "silence");
        assert_eq!(blocks.fill(&mut buffer[..size - 1]), SectorCount(0));
        assert_eq!(blocks.position(), Lba(-22_640));
        let mut rest = 0;
        loop {
            let filled = blocks.fill(&mut buffer).0;
            if filled == 0 {
                break;
            }
            rest += filled;
        }
        assert_eq!(rest, 22_490);
    }
}

#[test]
fn what_does_not_go_together_is_refused() {
    let broken = |change: fn(&mut SessionLayout)| {
        let mut layout = layout();
        change(&mut layout);
        Session::new(layout).unwrap_err()
    };
    assert_eq!(broken(|layout| layout.tracks.clear()), LayoutError::NoTracks);
    assert_eq!(broken(|layout| layout.tracks[1].number = number(3)), LayoutError::Number(number(3)));
    assert_eq!(broken(|layout| layout.tracks[1].pregap = Lba(3001)), LayoutError::Order(number(2)));
    assert_eq!(broken(|layout| layout.tracks[1].pregap = Lba(1400)), LayoutError::Order(number(1)));
    assert_eq!(broken(|layout| layout.tracks[0].indices = vec![Lba(500)]), LayoutError::Order(number(1)));
    assert_eq!(broken(|layout| layout.tracks[0].indices = vec![Lba(900), Lba(900)]), LayoutError::Order(number(1)));
    assert_eq!(broken(|layout| layout.lead_out = Lba(5000)), LayoutError::Order(number(3)));
    assert_eq!(broken(|layout| layout.lead_in = Lba(-150)), LayoutError::NoLeadIn);
    assert_eq!(broken(|layout| layout.lead_in = Lba(-45_151)), LayoutError::Address(Lba(-45_151)));
    assert_eq!(
        broken(|layout| {
            layout.lead_out = Lba(398_101);
            layout.tracks.truncate(1);
        }),
        LayoutError::Address(Lba(404_850))
    );
    assert_eq!(
        broken(|layout| layout.tracks[0].indices = (501..600).map(Lba).collect()),
        LayoutError::TooManyIndices(number(1))
    );
    let mut longest = layout();
    longest.lead_out = Lba(398_100);
    assert!(Session::new(longest).is_ok());
}
