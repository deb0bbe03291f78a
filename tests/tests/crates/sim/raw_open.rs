//! A raw session whose lead-in leaves room for another (point B0h).

use webburn_cdcode::session::{DiscType, MultiSession, Session, SessionLayout, Style, Track};
use webburn_cdcode::subchannel::Layout;
use webburn_cdcode::{Control, TrackNumber, sector::SectorMode};
use webburn_sector::{Lba, Msf, SectorCount};

use crate::sim::rig::{Rig, pattern, write_10};

#[test]
fn the_lead_in_decides_whether_the_disc_stays_open() {
    // 600 sectors; the next program can begin 11,400 behind the lead-out: 12,000 is 02:42:00.
    for (next_program, status) in [(Some(Msf::new(2, 42, 0)), (1, 0)), (None, (2, 3))] {
        let first_lead_in = Some((Msf::new(97, 26, 66), [0xD6, 0x0A, 0xA8]));
        let outermost_lead_out = Msf::new(79, 59, 74);
        let session = Session::new(SessionLayout {
            lead_in: Lba(-11_634),
            tracks: vec![Track {
                pregap: Lba(-150),
                ..Track::new(TrackNumber::new(1).unwrap(), Control::from_nibble(0), Lba(0))
            }],
            lead_out: Lba(600),
            lead_out_length: SectorCount(6750),
            disc_type: DiscType::Xa,
            mcn: None,
            multi_session: Some(MultiSession { next_program, outermost_lead_out, first_lead_in }),
            style: Style::default(),
        })
        .unwrap();
        let mut rig = Rig::with("cd-r");
        rig.mode_page(0x43, 0x00, 1).unwrap();
        let mut at = -11_634;
        let mut buffer = vec![0; 27 * 2368];
        let mut blocks = session.blocks(Lba(-11_634), Lba(600 + 6750), Layout::Pq, SectorMode::Audio);
        loop {
            let filled = blocks.fill(&mut buffer).0 as usize;
            if filled == 0 {
                break;
            }
            rig.send(&write_10(at, filled as u16), &buffer[..filled * 2368]).unwrap();
            at += filled as i32;
        }
        rig.sync().unwrap();
        assert_eq!(rig.status(), status);
        let toc = rig.run(&[0x43, 2, 2, 0, 0, 0, 0, 0x0F, 0xFF, 0]).unwrap();
        let next = next_program.map_or([0xFF; 3], Msf::to_bytes);
        #[rustfmt::skip]
        assert_eq!(toc[4..], [
            1, 0x10, 0, 0xA0, 0, 0, 0, 0, 1, 0x20, 0,
            1, 0x10, 0, 0xA1, 0, 0, 0, 0, 1, 0, 0,
            1, 0x10, 0, 0xA2, 0, 0, 0, 0, 0, 10, 0,
            1, 0x10, 0, 1, 0, 0, 0, 0, 0, 2, 0,
            1, 0x50, 0, 0xB0, next[0], next[1], next[2], 2, 79, 59, 74,
            1, 0x50, 0, 0xC0, 0xD6, 0x0A, 0xA8, 0, 97, 26, 66,
        ]);
        if status.0 == 1 {
            // The next session goes track at once.
            rig.mode_page(0x41, 0x04, 8).unwrap();
            assert_eq!(rig.track(0xFF).unwrap().next, Some(12_000));
            rig.write_all(12_000, 300);
            rig.sync().unwrap();
            rig.close(2, 0).unwrap();
            assert_eq!(rig.read(12_000, 2).unwrap(), pattern(12_000, 2));
        }
    }
}
