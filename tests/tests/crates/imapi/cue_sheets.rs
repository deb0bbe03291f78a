//! Cue sheets: what they say of a session, what is wrong with them, and the forms that drives want.

use webburn_imapi::cd::{SessionLayout, variants};
use webburn_mmc::{CueLine, CuePosition, CueSheet};
use webburn_sector::{Lba, Msf};

fn line(control: u8, track: u8, index: u8, form: u8, lba: i32) -> CueLine {
    let start = Msf::from_lba(Lba(lba)).unwrap();
    CueLine::Position(CuePosition { control, adr: 1, track, index, form, scms: 0, start })
}

/// A line of a track of audio.
fn plain(track: u8, index: u8, form: u8, lba: i32) -> CueLine {
    line(0, track, index, form, lba)
}

fn sheet(lines: &[CueLine]) -> CueSheet {
    CueSheet { lines: lines.to_vec() }
}

#[test]
fn tracks_and_stretches() {
    let mixed = sheet(&[
        line(4, 0, 0, 0x14, -150),
        line(4, 1, 0, 0x10, -150),
        line(4, 1, 1, 0x10, 0),
        line(0, 2, 0, 0x00, 1000),
        line(0, 2, 1, 0x00, 1150),
        line(0, 3, 1, 0x00, 2000),
        line(0, 3, 2, 0x00, 2100),
        line(0, 0xAA, 1, 0x01, 3000),
    ]);
    let layout = SessionLayout::read(&mixed).unwrap();
    let stretches: Vec<_> = layout.stretches.iter().map(|s| (s.start.0, s.sectors.0, s.block)).collect();
    assert_eq!(stretches, [(-150, 1150, 2048), (1000, 2000, 2352)]);
    let tracks: Vec<_> =
        layout.tracks.iter().map(|t| (t.number, t.pregap.0, t.start.0, t.end.0, t.is_audio())).collect();
    assert_eq!(tracks, [(1, -150, 0, 1000, false), (2, 1000, 1150, 2000, true), (3, 2000, 2000, 3000, true)]);
    assert_eq!((layout.first(), layout.lead_out), (Lba(-150), Lba(3000)));
}

#[test]
fn faults_name_their_line() {
    let lead_in = line(0, 0, 0, 0x01, -150);
    let end = line(0, 0xAA, 1, 0x01, 1000);
    let start = [line(0, 1, 0, 0x00, -150), line(0, 1, 1, 0x00, 0)];
    let of = |lines: &[CueLine]| SessionLayout::read(&sheet(lines)).map_err(|fault| (fault.line, fault.what));
    assert!(of(&[lead_in, start[0], start[1], end]).is_ok());
    assert_eq!(of(&[]), Err((0, "no-lines")));
    assert_eq!(of(&[start[0], start[1], end]), Err((0, "no-lead-in")));
    assert_eq!(of(&[lead_in, start[0], start[1]]), Err((2, "no-lead-out")));
    let short = line(0, 0xAA, 1, 0x01, 299);
    assert_eq!(of(&[lead_in, start[0], start[1], short]), Err((1, "short-track")));
    let third = line(0, 3, 1, 0x00, 500);
    assert_eq!(of(&[lead_in, start[0], start[1], third, end]), Err((3, "track-out-of-order")));
    let early = line(0, 2, 1, 0x00, 0);
    assert_eq!(of(&[lead_in, start[0], start[1], early, end]), Err((3, "out-of-order")));
    let strange = line(0, 1, 1, 0x05, 0);
    assert_eq!(of(&[lead_in, start[0], strange, end]), Err((2, "no-form")));
    let numberless = line(0, 0xA5, 1, 0x00, 0);
    assert_eq!(of(&[lead_in, start[0], numberless, end]), Err((2, "no-track-number")));
    let headless = line(0, 1, 2, 0x00, -150);
    assert_eq!(of(&[lead_in, headless, start[1], end]), Err((1, "index-out-of-order")));
    let CueLine::Position(mut timeless) = start[1] else { panic!("a position") };
    timeless.start = Msf::new(0, 2, 75);
    assert_eq!(of(&[lead_in, start[0], CueLine::Position(timeless), end]), Err((2, "no-time")));
}

#[test]
fn the_ladder() {
    let mut sheet = CueSheet {
        lines: vec![
            plain(0, 0, 1, -150),
            plain(1, 0, 0, -150),
            plain(1, 1, 0, 0),
            plain(2, 1, 0, 500),
            plain(0xAA, 1, 1, 900),
        ],
    };
    let all = variants(&sheet, None);
    assert_eq!(all.len(), 2);
    assert_eq!(all[0], sheet);
    assert_eq!(all[1].lines[3], plain(2, 0, 0, 499));
    assert_eq!(all[1].lines[4], plain(2, 1, 0, 500));

    sheet.push_isrc(2, 1, *b"DEABC2600001");
    let all = variants(&sheet, Some(Lba(-11_634)));
    let lead_in = |sheet: &CueSheet| match sheet.lines[0] {
        CueLine::Position(position) => (position.form, position.start.to_bytes()),
        _ => unreachable!(),
    };
    let said: Vec<_> = all.iter().map(lead_in).collect();
    assert_eq!(said[0], (0x41, [97, 26, 66]));
    assert!(said[1..].iter().all(|said| *said == (0x41, [0, 0, 0])));
    let isrc = |sheet: &CueSheet| sheet.lines.iter().any(|line| matches!(line, CueLine::Isrc { control: 0, .. }));
    assert_eq!(all.iter().map(isrc).collect::<Vec<_>>(), [false, false, true, false, true]);
}
