//! CD-R and CD-RW.

use webburn_sim::Personality;

use crate::sim::rig::{Rig, pattern};

#[test]
fn a_blank_cd_r_describes_itself() {
    let mut rig = Rig::with("cd-r");
    assert_eq!(rig.profile(), 0x0009);
    let info = rig.disc_information();
    assert_eq!(info[..2], [0, 32]);
    assert_eq!(info[2], 0x00, "not erasable, session empty, disc blank");
    assert_eq!(info[3..7], [1, 1, 1, 1], "one session, one track, the open ones counted");
    assert_eq!(info[8], 0xFF, "type unknown");
    assert_eq!(info[16..20], [0, 97, 26, 66], "start of the lead-in");
    assert_eq!(info[20..24], [0, 79, 59, 74], "last possible lead-out");
    let track = rig.track(0xFF).unwrap();
    assert_eq!((track.number, track.session, track.start, track.next), (1, 1, 0, Some(0)));
    assert_eq!(track.free, 359_849 - 2, "two run-out blocks are the drive's");
    assert!(track.blank && !track.damaged && !track.reserved);
    let atip = rig.run(&[0x43, 0, 4, 0, 0, 0, 0, 0, 28, 0]).unwrap();
    assert_eq!(atip.len(), 28);
    assert_eq!(atip[..2], [0, 26]);
    assert_eq!(atip[6] & 0x40, 0, "not erasable");
    assert_eq!(atip[8..11], [97, 26, 66]);
    assert_eq!(atip[12..15], [79, 59, 74]);
    assert_eq!(rig.capacity(), Ok(0));
    assert_eq!(rig.run(&[0x43, 0, 0, 0, 0, 0, 0, 0, 12, 0]), Err((5, 0x24, 0x00)), "no TOC on a blank disc");
    for (feature, current) in [(0x0021, true), (0x002D, true), (0x002E, true), (0x0020, false), (0x002F, false)] {
        assert_eq!(rig.current(feature), Some(current), "{feature:04X}");
    }
}

#[test]
fn track_at_once_from_first_block_to_closed_disc() {
    let mut rig = Rig::with("cd-r");
    rig.mode_page(0x41, 0x04, 8).unwrap();
    assert_eq!(rig.write(5, 1), Err((5, 0x21, 0x02)), "only the next writable address");
    rig.write_all(0, 1000);
    assert_eq!(rig.track(0xFF).unwrap().next, Some(1000));
    assert_eq!(rig.write(0, 1), Err((5, 0x21, 0x02)), "what is written is written");
    rig.sync().unwrap();
    // SYNCHRONIZE CACHE ends the track: two run-out blocks, 150 blocks before the next.
    let first = rig.track(1).unwrap();
    assert_eq!((first.start, first.size, first.next, first.blank), (0, 1002, None, false));
    let second = rig.track(0xFF).unwrap();
    assert_eq!((second.number, second.start, second.next), (2, 1152, Some(1152)));
    assert_eq!(rig.status(), (1, 1), "appendable, session incomplete");
    rig.close(2, 0).unwrap();
    assert_eq!(rig.status(), (2, 3), "multi-session 00 closes the disc");
    let toc = rig.run(&[0x43, 0, 0, 0, 0, 0, 0, 0, 100, 0]).unwrap();
    assert_eq!(toc, [0, 18, 1, 1, 0, 0x14, 1, 0, 0, 0, 0, 0, 0, 0x14, 0xAA, 0, 0, 0, 3, 0xEA]);
    assert_eq!(rig.capacity(), Ok(1001), "the run-out counts");
    assert_eq!(rig.read(0, 32).unwrap(), pattern(0, 32));
    assert_eq!(rig.read(1000, 1), Err((3, 0x11, 0x05)), "and cannot be read");
    assert_eq!(rig.read(1002, 1), Err((5, 0x21, 0x00)));
    assert_eq!(rig.write(1152, 1), Err((5, 0x21, 0x02)));
    assert_eq!(rig.contents().len(), 1002 * 2048);
}

#[test]
fn an_open_session_leaves_room_for_the_next() {
    let mut rig = Rig::with("cd-r");
    rig.mode_page(0x41, 0xC4, 8).unwrap();
    rig.write_all(0, 300);
    rig.sync().unwrap();
    rig.close(2, 0).unwrap();
    assert_eq!(rig.status(), (1, 0), "appendable, the new session empty");
    let info = rig.disc_information();
    assert_eq!((info[4], info[5], info[6]), (2, 2, 2));
    // Lead-out 6750, lead-in 4500, pre-gap 150 behind the end of the session (302).
    assert_eq!(rig.track(0xFF).unwrap().next, Some(302 + 11_400));
    rig.mode_page(0x41, 0xC4, 8).unwrap();
    rig.write_all(11_702, 300);
    rig.sync().unwrap();
    rig.close(2, 0).unwrap();
    assert_eq!(rig.track(0xFF).unwrap().next, Some(11_702 + 302 + 6900));
    let session = rig.run(&[0x43, 0, 1, 0, 0, 0, 0, 0, 12, 0]).unwrap();
    assert_eq!(session, [0, 10, 1, 2, 0, 0x14, 2, 0, 0, 0, 0x2D, 0xB6], "session 2 starts at 11702");
    let full = rig.run(&[0x43, 2, 2, 0, 0, 0, 1, 0, 255, 0]).unwrap();
    assert_eq!(full[2..4], [1, 2]);
    let points: Vec<u8> = full[4..].chunks(11).map(|entry| entry[3]).collect();
    assert_eq!(points, [0xA0, 0xA1, 0xA2, 1, 0xB0, 0xC0, 0xA0, 0xA1, 0xA2, 2, 0xB0]);
    assert_eq!(full[4 + 3 * 11..][8..11], [0, 2, 0], "track 1 at 00:02:00");
    assert_eq!(rig.read(5000, 1), Err((5, 0x64, 0x00)), "between the sessions");
}

#[test]
fn short_tracks_are_filled_up_to_four_seconds() {
    let mut rig = Rig::with("cd-r");
    rig.write_all(0, 16);
    rig.sync().unwrap();
    assert_eq!(rig.track(1).unwrap().size, 302);
}

#[test]
fn mode_pages_that_do_not_fit_are_refused() {
    let mut rig = Rig::with("cd-r");
    assert_eq!(rig.mode_page(0x44, 0x04, 8), Err((5, 0x26, 0x00)), "layer jump is no CD thing");
    assert_eq!(rig.mode_page(0x41, 0x04, 5), Err((5, 0x26, 0x00)), "reserved block type");
    assert_eq!(rig.mode_page(0x41, 0x84, 8), Err((5, 0x26, 0x00)), "reserved multi-session value");
    assert_eq!(rig.mode_page(0x41, 0x04, 0), Err((5, 0x26, 0x00)), "audio blocks in a data track");
    rig.mode_page(0x41, 0x00, 0).unwrap();
    let short = [0; 8];
    assert_eq!(rig.send(&[0x55, 0x10, 0, 0, 0, 0, 0, 0, 60, 0], &short), Err((5, 0x1A, 0x00)));
    assert_eq!(rig.send(&[0x55, 0x00, 0, 0, 0, 0, 0, 0, 8, 0], &short), Err((5, 0x24, 0x00)));
}

#[test]
fn the_mode_page_decides_what_lies_in_a_block() {
    let mut rig = Rig::with("cd-r");
    rig.mode_page(0x41, 0x00, 0).unwrap();
    let audio = vec![0x55; 27 * 2352];
    rig.send(&crate::sim::rig::write_10(0, 27), &audio).unwrap();
    for i in 1..12 {
        rig.send(&crate::sim::rig::write_10(i * 27, 27), &audio).unwrap();
    }
    rig.sync().unwrap();
    rig.mode_page(0x41, 0x04, 8).unwrap();
    let next = rig.track(0xFF).unwrap().next.unwrap();
    assert_eq!(next, 12 * 27 + 2 + 150);
    rig.write_all(next, 300);
    rig.sync().unwrap();
    rig.close(2, 0).unwrap();
    assert_eq!(rig.track(1).unwrap().mode, 0);
    assert_eq!(rig.track(2).unwrap().mode, 4);
    assert_eq!(rig.read(10, 1), Err((5, 0x64, 0x00)), "audio is not read as data");
    let read_cd = [0xBE, 0x04, 0, 0, 0, 10, 0, 0, 2, 0xF8, 0, 0];
    assert_eq!(rig.run(&read_cd).unwrap(), vec![0x55; 2 * 2352]);
}

#[test]
fn a_test_write_takes_its_time_and_leaves_the_disc_blank() {
    let mut rig = Rig::with("cd-r");
    rig.mode_page(0x51, 0x04, 8).unwrap();
    let before = rig.0.now();
    rig.write_all(0, 30_000);
    rig.sync().unwrap();
    assert!((rig.0.delivered_at() - before).as_secs() >= 8, "30,000 sectors at 48x, calibration included");
    assert_eq!(rig.status(), (0, 0));
    assert_eq!(rig.track(0xFF).unwrap().next, Some(0));
    assert!(rig.0.disc().unwrap().surface().map().is_empty());
}

#[test]
fn the_end_of_the_disc_is_refused_in_time() {
    let mut rig = Rig::with("cd-r");
    rig.mode_page(0x41, 0x04, 8).unwrap();
    let zeros = vec![0; 32 * 2048];
    let mut lba = 0;
    while lba + 32 <= 359_847 {
        rig.send(&crate::sim::rig::write_10(lba, 32), &zeros).unwrap();
        lba += 32;
    }
    assert_eq!(rig.send(&crate::sim::rig::write_10(lba, 32), &zeros), Err((5, 0x63, 0x00)));
    let rest = (359_847 - lba) as u16;
    rig.send(&crate::sim::rig::write_10(lba, rest), &zeros[..usize::from(rest) * 2048]).unwrap();
    rig.sync().unwrap();
    rig.close(2, 0).unwrap();
    assert_eq!(rig.capacity(), Ok(359_848));
}

#[test]
fn session_at_once_wants_its_cue_sheet_and_closes_by_itself() {
    let cue = [
        0x41, 0, 0, 0x14, 0, 0, 0, 0, 0x41, 1, 0, 0x10, 0, 0, 0, 0, 0x41, 1, 1, 0x10, 0, 0, 2, 0, 0x41, 0xAA, 1, 0x14,
        0, 0, 8, 0,
    ];
    let mut rig = Rig::with("cd-r");
    let send_cue = [0x5D, 0, 0, 0, 0, 0, 0, 0, 32, 0];
    assert_eq!(rig.send(&send_cue, &cue), Err((5, 0x2C, 0x00)), "the mode page comes first");
    rig.mode_page(0x42, 0x00, 0).unwrap();
    assert_eq!(rig.write(-150, 1), Err((5, 0x2C, 0x00)), "then the cue sheet");
    let mut bad = cue;
    bad[11] = 0x2F;
    assert_eq!(rig.send(&send_cue, &bad), Err((5, 0x26, 0x00)));
    rig.send(&send_cue, &cue).unwrap();
    assert_eq!(rig.track(0xFF).unwrap().next, Some(-150));
    assert_eq!(rig.write(0, 1), Err((5, 0x21, 0x02)));
    rig.send(&crate::sim::rig::write_10(-150, 150), &vec![0; 150 * 2048]).unwrap();
    rig.write_all(0, 450);
    assert_eq!(rig.read(0, 1), Err((5, 0x2C, 0x00)), "no reading in between");
    rig.sync().unwrap();
    assert_eq!(rig.status(), (2, 3));
    assert_eq!(rig.capacity(), Ok(449), "no run-out");
    assert_eq!(rig.contents(), pattern(0, 450));
}

/// One hundred sectors beyond the last possible lead-out of 79:59:74: only by a cue sheet, and only where the drive does it.
#[test]
fn overburn_is_for_drives_that_do_it() {
    let cue = [
        0x41, 0, 0, 0x14, 0, 0, 0, 0, 0x41, 1, 0, 0x10, 0, 0, 0, 0, 0x41, 1, 1, 0x10, 0, 0, 2, 0, 0x41, 0xAA, 1, 0x14,
        0, 80, 1, 24,
    ];
    let send_cue = [0x5D, 0, 0, 0, 0, 0, 0, 0, 32, 0];
    for (beyond, answer) in [(0, Err((5, 0x26, 0x02))), (99, Err((5, 0x26, 0x02))), (100, Ok(()))] {
        let mut personality = Personality::bd_burner();
        personality.ways.overburn = beyond;
        let mut rig = Rig::with_drive(personality, "cd-r");
        rig.mode_page(0x42, 0x00, 0).unwrap();
        assert_eq!(rig.send(&send_cue, &cue), answer, "{beyond}");
        if answer.is_err() {
            continue;
        }
        let (zeros, end) = (vec![0; 32 * 2048], 359_849 + 100);
        let mut lba = -150;
        while lba < end {
            let count = (end - lba).min(32);
            rig.send(&crate::sim::rig::write_10(lba, count as u16), &zeros[..count as usize * 2048]).unwrap();
            lba += count;
        }
        assert_eq!(rig.write(lba, 1), Err((5, 0x21, 0x02)), "what the cue sheet announced is all");
        rig.sync().unwrap();
        assert_eq!(rig.status(), (2, 3));
        assert_eq!(rig.capacity(), Ok(end as u32 - 1));
    }
}

#[test]
fn cd_rw_is_blanked_the_quick_and_the_whole_way() {
    let mut rig = Rig::with("cd-rw:recorded");
    assert_eq!(rig.profile(), 0x000A);
    assert_eq!(rig.disc_information()[2] & 0x10, 0x10, "erasable");
    assert_eq!(rig.status(), (2, 3));
    assert_eq!(rig.write(0, 1), Err((5, 0x21, 0x02)));
    assert_eq!(rig.send(&[0xA1, 0x07, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[]), Err((5, 0x24, 0x00)));
    let before = rig.0.delivered_at();
    rig.send(&[0xA1, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[]).unwrap();
    let quick = rig.0.delivered_at() - before;
    assert_eq!(rig.status(), (0, 0));
    rig.write_all(0, 300);
    rig.sync().unwrap();
    let before = rig.0.delivered_at();
    rig.send(&[0xA1, 0x00, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[]).unwrap();
    assert!(rig.0.delivered_at() - before > quick * 5);
    assert_eq!(rig.status(), (0, 0));
}

#[test]
fn cd_r_cannot_be_blanked_or_formatted() {
    let mut rig = Rig::with("cd-r:recorded");
    assert_eq!(rig.send(&[0xA1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[]), Err((5, 0x30, 0x00)));
    assert_eq!(rig.format(0, 0x10, 0, 0), Err((5, 0x30, 0x06)));
    assert_eq!(rig.status(), (2, 3));
}
