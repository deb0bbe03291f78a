//! Session at once: cue sheets as burning programs send them, sheets that no drive takes, and what a session becomes.

use webburn_sim::Personality;

use crate::sim::rig::{Rig, Triple, write_10};

/// A line of a cue sheet.
type Line = [u8; 8];

const MCN: [Line; 2] = [[2, b'4', b'0', b'1', b'2', b'3', b'4', b'5'], [2, b'6', b'7', b'8', b'9', b'0', b'1', 0]];
const ISRC: [Line; 2] = [[3, 1, b'U', b'S', b'R', b'C', b'1', b'7'], [3, 1, b'6', b'0', b'7', b'8', b'3', b'9']];
const LEAD_IN: Line = [0x01, 0, 0, 0x01, 0, 0, 0, 0];
const TEXT_LEAD_IN: Line = [0x01, 0, 0, 0x41, 0, 97, 26, 66];
const ONE_PREGAP: Line = [0x01, 1, 0, 0x00, 0, 0, 0, 0];
const ONE: Line = [0x01, 1, 1, 0x00, 0, 0, 2, 0];
const TWO_PREGAP: Line = [0x01, 2, 0, 0x00, 0, 0, 7, 0];
const TWO: Line = [0x01, 2, 1, 0x00, 0, 0, 7, 25];
const TWO_INDEX: Line = [0x01, 2, 2, 0x00, 0, 0, 9, 0];
const LEAD_OUT: Line = [0x01, 0xAA, 1, 0x01, 0, 0, 12, 0];

/// Two tracks of 375 and 350 sectors with everything that a sheet can have.
const WHOLE: [Line; 11] =
    [MCN[0], MCN[1], LEAD_IN, ISRC[0], ISRC[1], ONE_PREGAP, ONE, TWO_PREGAP, TWO, TWO_INDEX, LEAD_OUT];

fn send(rig: &mut Rig, sheet: &[Line]) -> Result<(), Triple> {
    let bytes = sheet.concat();
    let [_, hi, mid, lo] = (bytes.len() as u32).to_be_bytes();
    rig.send(&[0x5D, 0, 0, 0, 0, 0, hi, mid, lo, 0], &bytes)
}

fn ready(personality: Personality) -> Rig {
    let mut rig = Rig::with_drive(personality, "cd-r");
    rig.mode_page(0x42, 0x00, 0).unwrap();
    rig
}

/// Sends blocks of one size from `lba` to `end`; every byte is the low byte of its address.
pub fn fill(rig: &mut Rig, lba: i32, end: i32, size: usize) {
    for at in lba..end {
        rig.send(&write_10(at, 1), &vec![at as u8; size]).unwrap_or_else(|sense| panic!("at {at}: {sense:02X?}"));
    }
}

#[test]
fn everything_in_a_sheet_ends_up_on_the_disc() {
    let mut rig = ready(Personality::bd_burner());
    send(&mut rig, &WHOLE).unwrap();
    fill(&mut rig, -150, 750, 2352);
    rig.sync().unwrap();
    assert_eq!(rig.status(), (2, 3));
    let state = rig.0.disc().unwrap().state().clone();
    assert_eq!(state.catalog.as_deref(), Some("4012345678901"));
    let [one, two] = &state.tracks[..] else { panic!("{:?}", state.tracks) };
    assert_eq!(
        (one.pregap, one.start, one.size, one.isrc.as_deref()),
        (Some(-150), 0, Some(375), Some("USRC17607839"))
    );
    assert_eq!((two.pregap, two.start, two.size, &two.indices[..]), (Some(375), 400, Some(350), &[525][..]));
    #[rustfmt::skip]
    assert_eq!(rig.run(&[0x43, 2, 2, 0, 0, 0, 0, 0x0F, 0xFF, 0]).unwrap(), [
        0, 57, 1, 1,
        1, 0x10, 0, 0xA0, 0, 0, 0, 0, 1, 0, 0,
        1, 0x10, 0, 0xA1, 0, 0, 0, 0, 2, 0, 0,
        1, 0x10, 0, 0xA2, 0, 0, 0, 0, 0, 12, 0,
        1, 0x10, 0, 1, 0, 0, 0, 0, 0, 2, 0,
        1, 0x10, 0, 2, 0, 0, 0, 0, 0, 7, 25,
    ]);
    // READ SUB-CHANNEL: catalogue number, then the code of each track.
    let mcn = rig.run(&[0x42, 0, 0x40, 2, 0, 0, 0, 0, 24, 0]).unwrap();
    assert_eq!((&mcn[..9], &mcn[9..22]), (&[0, 0x15, 0, 20, 2, 0, 0, 0, 0x80][..], &b"4012345678901"[..]));
    let isrc = rig.run(&[0x42, 0, 0x40, 3, 0, 0, 1, 0, 24, 0]).unwrap();
    assert_eq!((&isrc[..9], &isrc[9..21]), (&[0, 0x15, 0, 20, 3, 0x10, 1, 0, 0x80][..], &b"USRC17607839"[..]));
    let none = rig.run(&[0x42, 0, 0x40, 3, 0, 0, 2, 0, 24, 0]).unwrap();
    assert_eq!((none[6], none[8]), (2, 0));
    assert_eq!(rig.run(&[0x42, 0, 0x40, 3, 0, 0, 3, 0, 24, 0]), Err((5, 0x24, 0x00)), "no such track");
}

#[test]
fn sheets_that_make_no_sense_are_refused_and_leave_none_behind() {
    let mut rig = ready(Personality::bd_burner());
    let change = |at: usize, byte: usize, value: u8| {
        let mut sheet = WHOLE.to_vec();
        sheet[at][byte] = value;
        sheet
    };
    let without = |at: usize| {
        let mut sheet = WHOLE.to_vec();
        sheet.remove(at);
        sheet
    };
    let cases: [(&str, Vec<Line>); 24] = [
        ("half a catalogue number", without(1)),
        ("a catalogue number with a letter", change(0, 3, b'X')),
        ("no lead-in", without(2)),
        ("half a code", without(4)),
        ("a code for a track that does not follow", change(3, 1, 2)),
        ("the first track without pre-gap", without(5)),
        ("the first track without start", without(6)),
        ("the second track without start", without(8)),
        ("no lead-out", without(10)),
        ("a line behind the lead-out", [&WHOLE[..], &[TWO]].concat()),
        ("the pre-gap not at 00:00:00", change(5, 7, 1)),
        ("addresses that do not ascend", change(8, 6, 6)),
        ("an address twice", change(7, 6, 2)),
        ("a track number left out", change(7, 1, 3)),
        ("an index left out", change(9, 2, 3)),
        ("a form that changes within a track", change(9, 3, 0x01)),
        ("no such form", change(6, 3, 0x05)),
        ("a reserved sub-channel", change(6, 3, 0x80)),
        ("data under the control of audio", change(6, 3, 0x10)),
        ("audio under the control of data", change(6, 0, 0x41)),
        ("a reserved copy byte", change(6, 4, 0x01)),
        ("a lead-in anywhere", change(2, 6, 1)),
        ("a first track of less than four seconds", {
            let mut sheet = change(7, 6, 4);
            sheet[8][6..].copy_from_slice(&[5, 74]);
            sheet
        }),
        ("a last track of less than four seconds", change(10, 6, 11)),
    ];
    for (what, sheet) in cases {
        assert_eq!(send(&mut rig, &sheet), Err((5, 0x26, 0x00)), "{what}");
        assert_eq!(rig.send(&write_10(-150, 1), &[0; 2352]), Err((5, 0x2C, 0x00)), "{what}: nothing to go by");
    }
    for (what, sheet) in [("an address that is none", change(8, 6, 60)), ("longer than the disc", change(10, 5, 80))] {
        assert_eq!(send(&mut rig, &sheet), Err((5, 0x26, 0x02)), "{what}");
    }
    assert_eq!(send(&mut rig, &change(6, 3, 0x41)), Err((5, 0x26, 0x00)), "R-W of silence is a lead-in's");
    let data = [0x41, 1, 1, 0x50, 0, 0, 2, 0];
    let mut sheet = WHOLE.to_vec();
    (sheet[5], sheet[6]) = ([0x41, 1, 0, 0x50, 0, 0, 0, 0], data);
    assert_eq!(send(&mut rig, &sheet), Err((5, 0x26, 0x01)), "R-W beside data");
    assert_eq!(send(&mut rig, &[]), Err((5, 0x1A, 0x00)));
    assert_eq!(rig.send(&[0x5D, 0, 0, 0, 0, 0, 0, 0, 9, 0], &[0; 9]), Err((5, 0x1A, 0x00)));
    assert_eq!(rig.status(), (0, 0), "and the disc is as blank as before");
    send(&mut rig, &WHOLE).unwrap();
}

#[test]
fn the_last_possible_lead_out_is_the_last() {
    // 79:59:74 is the ATIP's; one more is overburn.
    let sheet =
        |frame: u8, minute: u8, second: u8| [LEAD_IN, ONE_PREGAP, ONE, [0x01, 0xAA, 1, 0x01, 0, minute, second, frame]];
    let mut rig = ready(Personality::bd_burner());
    assert_eq!(send(&mut rig, &sheet(74, 79, 59)), Ok(()));
    assert_eq!(send(&mut rig, &sheet(0, 80, 0)), Err((5, 0x26, 0x02)));
    let mut personality = Personality::bd_burner();
    personality.ways.overburn = 1;
    let mut rig = ready(personality);
    assert_eq!(send(&mut rig, &sheet(0, 80, 0)), Ok(()));
    assert_eq!(send(&mut rig, &sheet(1, 80, 0)), Err((5, 0x26, 0x02)));
}

#[test]
fn drives_are_particular_about_cue_sheets() {
    let quirky = |set: fn(&mut Personality)| {
        let mut personality = Personality::bd_burner();
        set(&mut personality);
        ready(personality)
    };
    let text = [TEXT_LEAD_IN, ONE_PREGAP, ONE, LEAD_OUT];
    let mut zero = text;
    zero[0][5..].copy_from_slice(&[0, 0, 0]);
    let mut rig = ready(Personality::bd_burner());
    assert_eq!((send(&mut rig, &text), send(&mut rig, &zero)), (Ok(()), Ok(())), "either lead-in");
    assert_eq!(rig.track(0xFF).unwrap().next, Some(-11_634), "which begins where it begins");
    let mut rig = quirky(|drive| drive.quirks.cue_lead_in_zero_only = true);
    assert_eq!((send(&mut rig, &text), send(&mut rig, &zero)), (Err((5, 0x26, 0x00)), Ok(())));
    let mut rig = quirky(|drive| drive.quirks.no_cd_text = true);
    assert_eq!((send(&mut rig, &text), send(&mut rig, &zero)), (Err((5, 0x26, 0x00)), Err((5, 0x26, 0x00))));
    assert_eq!(rig.run(&[0x43, 2, 5, 0, 0, 0, 0, 0, 4, 0]), Err((5, 0x24, 0x00)));
    // A pre-emphasised track whose ISRC lines carry its control, and the same with a control of 0.
    let mut with: Vec<Line> = WHOLE.to_vec();
    with.iter_mut().filter(|line| line[1] == 1).for_each(|line| line[0] |= 0x10);
    let mut plain = with.clone();
    plain.iter_mut().filter(|line| line[0] & 0x0F == 3).for_each(|line| line[0] = 3);
    for (set, expected) in [
        ((|_| ()) as fn(&mut Personality), [true, true]),
        (|drive| drive.quirks.cue_isrc_without_control = true, [false, true]),
        (|drive| drive.quirks.cue_isrc_with_control = true, [true, false]),
    ] {
        let mut rig = quirky(set);
        assert_eq!([send(&mut rig, &with), send(&mut rig, &plain)].map(|result| result.is_ok()), expected);
    }
    let mut bare = WHOLE.to_vec();
    bare.remove(7);
    assert_eq!(send(&mut quirky(|_| ()), &bare), Ok(()));
    assert_eq!(send(&mut quirky(|drive| drive.quirks.cue_wants_pregaps = true), &bare), Err((5, 0x26, 0x00)));
    assert_eq!(send(&mut quirky(|drive| drive.quirks.cue_wants_pregaps = true), &WHOLE), Ok(()));
}

#[test]
fn what_the_drive_makes_itself_is_passed_over() {
    // Data with a pre-gap made by the drive, then two seconds of silence made by the drive before an audio track.
    let sheet = [
        [0x41, 0, 0, 0x14, 0, 0, 0, 0],
        [0x41, 1, 0, 0x14, 0, 0, 0, 0],
        [0x41, 1, 1, 0x10, 0, 0, 2, 0],
        [0x01, 2, 0, 0x01, 0, 0, 8, 0],
        [0x01, 2, 1, 0x00, 0, 0, 10, 0],
        [0x01, 0xAA, 1, 0x01, 0, 0, 15, 0],
    ];
    let mut rig = ready(Personality::bd_burner());
    send(&mut rig, &sheet).unwrap();
    assert_eq!(rig.track(0xFF).unwrap().next, Some(0), "the pre-gap is the drive's");
    fill(&mut rig, 0, 450, 2048);
    assert_eq!(rig.track(1).unwrap().mode, 4);
    assert_eq!(rig.send(&write_10(450, 1), &[0; 2352]), Err((5, 0x21, 0x02)));
    fill(&mut rig, 600, 975, 2352);
    rig.sync().unwrap();
    assert_eq!(rig.status(), (2, 3));
    assert_eq!(rig.read(449, 1).unwrap(), vec![449i32 as u8; 2048]);
    // Any type, everything of the main channel.
    let cd = |lba: i32| {
        let [a, b, c, d] = lba.to_be_bytes();
        [0xBE, 0, a, b, c, d, 0, 0, 1, 0xF8, 0, 0]
    };
    let silence = rig.run(&cd(500)).unwrap();
    assert_eq!(silence, [0; 2352]);
    let empty = rig.run(&cd(-1)).unwrap();
    assert_eq!(empty[..16], [0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 1, 0x74, 1]);
    assert_eq!(empty[16..2064], [0; 2048]);
    assert_eq!(rig.run(&cd(600)).unwrap(), vec![600i32 as u8; 2352]);
    let mut two = cd(449);
    two[8] = 2;
    assert_eq!(rig.run(&two), Err((5, 0x64, 0x00)), "no reading across a change of mode");
}

#[test]
fn forms_that_are_sent_and_do_not_count_are_recorded_empty() {
    let sheet = [
        [0x41, 0, 0, 0x14, 0, 0, 0, 0],
        [0x41, 1, 0, 0x12, 0, 0, 0, 0],
        [0x41, 1, 1, 0x11, 0, 0, 2, 0],
        [0x41, 0xAA, 1, 0x14, 0, 0, 8, 0],
    ];
    let mut rig = ready(Personality::bd_burner());
    send(&mut rig, &sheet).unwrap();
    fill(&mut rig, -150, 0, 2048);
    // Sync, header and parity are nonsense, and the drive makes them anew.
    fill(&mut rig, 0, 450, 2352);
    rig.sync().unwrap();
    let at = |lba: i32| {
        let [a, b, c, d] = lba.to_be_bytes();
        [0xBE, 2 << 2, a, b, c, d, 0, 0, 1, 0xF8, 0, 0]
    };
    assert_eq!(rig.run(&at(-1)).unwrap()[16..2064], [0; 2048]);
    let seven = rig.run(&at(7)).unwrap();
    assert_eq!(seven[12..16], [0, 0x02, 0x07, 1]);
    assert_eq!(seven[16..2064], [7; 2048]);
    assert_ne!(seven[2064..2068], [7; 4], "EDC by the drive");
    assert_eq!(rig.read(7, 1).unwrap(), [7; 2048]);
}

#[test]
fn an_audio_session_that_stays_open_takes_a_data_session_behind_it() {
    let mut rig = Rig::with("cd-r");
    rig.mode_page(0x42, 0xC0, 0).unwrap();
    send(&mut rig, &WHOLE).unwrap();
    fill(&mut rig, -150, 750, 2352);
    rig.sync().unwrap();
    assert_eq!(rig.status(), (1, 0), "appendable, the next session empty");
    let next = rig.track(0xFF).unwrap();
    // Lead-out 6750, lead-in 4500, pre-gap 150.
    assert_eq!((next.number, next.session, next.next), (3, 2, Some(750 + 11_400)));
    assert_eq!(send(&mut rig, &WHOLE), Err((5, 0x26, 0x00)), "tracks and times of the first session");
    rig.mode_page(0x41, 0x04, 8).unwrap();
    rig.write_all(12_150, 300);
    rig.sync().unwrap();
    rig.close(2, 0).unwrap();
    assert_eq!(rig.status(), (2, 3));
    let toc = rig.run(&[0x43, 2, 2, 0, 0, 0, 0, 0x0F, 0xFF, 0]).unwrap();
    let entries: Vec<&[u8]> = toc[4..].chunks_exact(11).collect();
    let entry = |session: u8, point: u8| *entries.iter().find(|e| (e[0], e[3]) == (session, point)).unwrap();
    assert_eq!(entry(1, 0xB0)[4..], [2, 44, 0, 0, 79, 59, 74], "where the next session's program begins");
    assert_eq!(entry(1, 0xC0)[8..], [97, 26, 66], "where the first lead-in begins");
    assert_eq!(entry(2, 3)[1..], [0x14, 0, 3, 0, 0, 0, 0, 2, 44, 0]);
    assert_eq!(entry(2, 0xA2)[8..], [2, 48, 2], "300 blocks and run-out behind it");
    // Format 1: the first track of the last session.
    let last = rig.run(&[0x43, 0, 1, 0, 0, 0, 0, 0, 12, 0]).unwrap();
    assert_eq!(last, [0, 10, 1, 2, 0, 0x14, 3, 0, 0, 0, 0x2F, 0x76]);
    assert_eq!(rig.read(12_150, 1).unwrap(), crate::sim::rig::pattern(12_150, 1));
}

#[test]
fn a_test_of_a_session_with_text_leaves_nothing() {
    let mut rig = Rig::with("cd-r");
    rig.mode_page(0x52, 0x00, 0).unwrap();
    let mut sheet = WHOLE.to_vec();
    sheet[2] = TEXT_LEAD_IN;
    send(&mut rig, &sheet).unwrap();
    fill(&mut rig, -11_634, -150, 96);
    fill(&mut rig, -150, 750, 2352);
    rig.sync().unwrap();
    assert_eq!(rig.status(), (0, 0));
    let state = rig.0.disc().unwrap().state();
    assert_eq!((state.catalog.as_deref(), state.cd_text.len(), &state.raw, state.session_next), (None, 0, &None, None));
    assert!(rig.0.disc().unwrap().surface().map().is_empty());
}

#[test]
fn a_session_torn_off_cannot_be_closed() {
    let mut rig = ready(Personality::bd_burner());
    send(&mut rig, &WHOLE).unwrap();
    fill(&mut rig, -150, 100, 2352);
    rig.sync().unwrap();
    assert_eq!(rig.status(), (1, 1));
    assert_eq!(rig.close(2, 0), Err((5, 0x72, 0x03)));
    assert_eq!(rig.run(&[0x43, 0, 0, 0, 0, 0, 0, 0, 12, 0]), Err((5, 0x24, 0x00)), "no table of contents");
}
