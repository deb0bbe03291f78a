//! CDs written raw: the host sends lead-in, program area and lead-out.

use webburn_cdcode::cdtext::symbols::LeadInText;
use webburn_cdcode::cdtext::{self, Block, CdText, TextKind};
use webburn_cdcode::sector::{HeaderAddress, Sector, SectorMode, encode};
use webburn_cdcode::session::{DiscType, Session, SessionLayout, Style, Track};
use webburn_cdcode::subchannel::Layout;
use webburn_cdcode::{Control, TrackNumber, scramble};
use webburn_sector::{Lba, SectorCount};
use webburn_sim::cd::{SectorKind, Unreadable};
use webburn_sim::surface::MemoryStore;
use webburn_sim::{Disc, DiscState, MediumKind, Personality};

use crate::sim::rig::{Rig, write_10};

/// Two audio tracks and one of data: the second with a pre-gap of two seconds and an index 2, the third with one too.
fn session(lead_in: i32) -> Session {
    let number = |n| TrackNumber::new(n).unwrap();
    let audio = Control::from_nibble(0);
    Session::new(SessionLayout {
        lead_in: Lba(lead_in),
        tracks: vec![
            Track { pregap: Lba(-150), isrc: "DEABC2600001".parse().ok(), ..Track::new(number(1), audio, Lba(0)) },
            Track {
                pregap: Lba(300),
                indices: vec![Lba(600)],
                ..Track::new(number(2), Control::from_nibble(2), Lba(450))
            },
            Track { pregap: Lba(750), ..Track::new(number(3), Control::DATA, Lba(900)) },
        ],
        lead_out: Lba(1200),
        lead_out_length: SectorCount(6750),
        disc_type: DiscType::Plain,
        mcn: "4006381333931".parse().ok(),
        multi_session: None,
        style: Style::default(),
    })
    .unwrap()
}

fn text() -> Vec<cdtext::Pack> {
    let mut block = Block::new(1, 3);
    block.set(TextKind::Title, 0, "Simulated").unwrap();
    block.set(TextKind::Title, 1, "One").unwrap();
    block.set(TextKind::Title, 2, "Two").unwrap();
    block.set(TextKind::Title, 3, "Three").unwrap();
    cdtext::encode(&CdText { blocks: vec![block] }).unwrap()
}

/// The main channel of a program sector: audio that counts, or mode 1, scrambled.
fn main_channel(session: &Session, at: i32) -> Sector {
    let mut sector: Sector = std::array::from_fn(|i| (i as i32 * 7 + at * 31) as u8);
    if session.track_at(Lba(at)).is_some_and(|track| track.control.to_nibble() & 4 != 0) {
        encode(&mut sector, SectorMode::Mode1, HeaderAddress::from_lba(Lba(at)).unwrap());
        scramble(&mut sector);
    }
    sector
}

/// Every block from the start of the lead-in to the end of the lead-out.
fn blocks(session: &Session, layout: Layout) -> Vec<u8> {
    let text = LeadInText::new(&text());
    let text = text.as_ref().filter(|_| layout != Layout::Pq);
    let (lead_in, program) = (session.lead_in(), session.program());
    let mut out = vec![0; (program.end.since(lead_in.start).0 as usize + 6750) * layout.block_size()];
    let (head, rest) = out.split_at_mut(lead_in.end.since(lead_in.start).0 as usize * layout.block_size());
    let (middle, tail) = rest.split_at_mut(program.end.since(program.start).0 as usize * layout.block_size());
    session.lead_in_blocks(layout, SectorMode::Audio, text).fill(head);
    for (at, block) in (program.start.0..).zip(middle.chunks_mut(layout.block_size())) {
        let (main, sub) = block.split_at_mut(2352);
        main.copy_from_slice(&main_channel(session, at));
        session.subcode(Lba(at)).unwrap().write(layout, sub);
    }
    session.lead_out_blocks(layout, SectorMode::Mode1).fill(tail);
    out
}

/// Writes blocks of `size` bytes from `lba` on, as many as go into 64 KiB at a time.
fn burn(rig: &mut Rig, mut lba: i32, blocks: &[u8], size: usize) {
    for piece in blocks.chunks(65_536 / size * size) {
        let count = (piece.len() / size) as u16;
        rig.send(&write_10(lba, count), piece).unwrap_or_else(|sense| panic!("at {lba}: {sense:02X?}"));
        lba += i32::from(count);
    }
}

fn burnt(layout: Layout) -> Rig {
    let mut rig = Rig::with("cd-r");
    let session = session(-11_634);
    rig.mode_page(0x43, 0x00, layout.data_block_type()).unwrap();
    assert_eq!(rig.track(0xFF).unwrap().next, Some(-11_634), "the lead-in begins where the ATIP says");
    burn(&mut rig, -11_634, &blocks(&session, layout), layout.block_size());
    assert_eq!(rig.track(0xFF).unwrap().next, Some(1200 + 6750));
    rig.sync().unwrap();
    rig
}

/// READ TOC, format 2: as the lead-in has it, in binary.
#[rustfmt::skip]
const FULL_TOC: [u8; 4 + 6 * 11] = [
    0x00, 0x44, 0x01, 0x01,
    1, 0x10, 0, 0xA0, 0, 0, 0, 0, 1, 0, 0,
    1, 0x14, 0, 0xA1, 0, 0, 0, 0, 3, 0, 0,
    1, 0x14, 0, 0xA2, 0, 0, 0, 0, 0, 18, 0,
    1, 0x10, 0, 1, 0, 0, 0, 0, 0, 2, 0,
    1, 0x12, 0, 2, 0, 0, 0, 0, 0, 8, 0,
    1, 0x14, 0, 3, 0, 0, 0, 0, 0, 14, 0,
];

#[test]
fn the_lead_in_that_was_sent_is_the_table_of_contents() {
    for layout in [Layout::Raw, Layout::Packed, Layout::Pq] {
        let mut rig = burnt(layout);
        assert_eq!(rig.status(), (2, 3), "{layout:?}: closed by itself");
        assert_eq!(rig.run(&[0x43, 2, 2, 0, 0, 0, 0, 0x0F, 0xFF, 0]).unwrap(), FULL_TOC, "{layout:?}");
        let toc = rig.run(&[0x43, 0, 0, 0, 0, 0, 0, 0, 100, 0]).unwrap();
        #[rustfmt::skip]
        assert_eq!(toc, [
            0, 34, 1, 3,
            0, 0x10, 1, 0, 0, 0, 0, 0,
            0, 0x12, 2, 0, 0, 0, 1, 0xC2,
            0, 0x14, 3, 0, 0, 0, 3, 0x84,
            0, 0x14, 0xAA, 0, 0, 0, 4, 0xB0,
        ]);
        let tracks: Vec<_> = (1..=3).map(|n| rig.track(n).unwrap()).map(|t| (t.start, t.size, t.mode)).collect();
        assert_eq!(tracks, [(0, 300, 0), (450, 300, 2), (900, 300, 4)]);
        let disc = rig.0.disc().unwrap().state();
        assert_eq!(disc.catalog.as_deref(), Some("4006381333931"));
        assert_eq!(disc.tracks[0].isrc.as_deref(), Some("DEABC2600001"));
        assert_eq!((disc.tracks[1].pregap, &disc.tracks[1].indices[..]), (Some(300), &[600][..]));
        assert_eq!((disc.tracks[2].data_mode, disc.tracks[1].data_mode), (1, 0x0F));
        let cd_text = rig.run(&[0x43, 2, 5, 0, 0, 0, 0, 0x0F, 0xFF, 0]).unwrap();
        let packs: Vec<u8> = text().iter().flat_map(cdtext::Pack::to_bytes).collect();
        let expected = if layout == Layout::Pq { &[][..] } else { &packs[..] };
        assert_eq!(cd_text[4..], *expected, "{layout:?}");
        assert_eq!(usize::from(cd_text[1]), 2 + expected.len());
    }
}

#[test]
fn addresses_have_no_holes_and_begin_with_the_lead_in() {
    let mut rig = Rig::with("cd-r");
    rig.mode_page(0x43, 0x00, 3).unwrap();
    let block = vec![0; 2448];
    for wrong in [0, -150, -22_650, -11_635, -11_633] {
        assert_eq!(rig.send(&write_10(wrong, 1), &block), Err((5, 0x21, 0x02)), "{wrong}");
    }
    rig.send(&write_10(-11_634, 1), &block).unwrap();
    for wrong in [-11_634, -11_632] {
        assert_eq!(rig.send(&write_10(wrong, 1), &block), Err((5, 0x21, 0x02)), "{wrong}");
    }
    assert_eq!(rig.track(0xFF).unwrap().next, Some(-11_633));
    assert_eq!(rig.read(0, 1), Err((5, 0x2C, 0x00)), "no reading in between");
    rig.sync().unwrap();
    assert_eq!(rig.status(), (1, 1), "no lead-out, no session");
    assert_eq!(rig.close(2, 0), Err((5, 0x72, 0x03)));
    assert_eq!(rig.run(&[0x53, 0, 0, 0, 0, 0, 0, 1, 0, 0]), Err((5, 0x2C, 0x00)));
}

#[test]
fn write_parameters_for_raw_must_fit() {
    let mut rig = Rig::with("cd-r");
    for block in [0, 8, 9, 10, 11, 12, 13] {
        assert_eq!(rig.mode_page(0x43, 0x00, block), Err((5, 0x26, 0x00)), "block type {block} is not raw");
    }
    for write_type in [0x40, 0x41] {
        assert_eq!(rig.mode_page(write_type, 0x00, 3), Err((5, 0x26, 0x00)), "raw blocks want raw recording");
    }
    assert_eq!(rig.mode_page(0x43, 0x20, 3), Err((5, 0x26, 0x00)), "fixed packets");
    for block in 1..=3 {
        rig.mode_page(0x43, 0x00, block).unwrap();
        rig.mode_page(0x43, 0x04, block).unwrap();
    }
    let mut personality = Personality::bd_burner();
    personality.quirks.no_raw_packed = true;
    let mut rig = Rig::with_drive(personality.clone(), "cd-r");
    let refused: Vec<_> = (1..=3).map(|block| rig.mode_page(0x43, 0, block).is_err()).collect();
    assert_eq!(refused, [false, true, false]);
    personality.quirks.no_raw = true;
    let mut rig = Rig::with_drive(personality, "cd-r");
    assert_eq!(rig.mode_page(0x43, 0x00, 3), Err((5, 0x26, 0x00)));
    let mut personality = Personality::bd_burner();
    personality.quirks.raw_refused_at_first_write = true;
    let mut rig = Rig::with_drive(personality, "cd-r");
    rig.mode_page(0x43, 0x00, 3).unwrap();
    assert_eq!(rig.send(&write_10(-11_634, 1), &[0; 2448]), Err((5, 0x64, 0x00)));
    assert_eq!(rig.status(), (0, 0));
}

#[test]
fn a_disc_that_is_not_blank_takes_no_raw_session() {
    for disc in ["cd-r:recorded", "cd-r:appendable", "cd-rw:recorded"] {
        let mut rig = Rig::with(disc);
        rig.mode_page(0x43, 0x00, 3).unwrap();
        assert_eq!(rig.send(&write_10(-11_634, 1), &[0; 2448]), Err((5, 0x64, 0x00)), "{disc}");
    }
}

#[test]
fn a_test_write_leaves_the_disc_blank_and_takes_its_time() {
    let mut rig = Rig::with("cd-r");
    rig.mode_page(0x53, 0x00, 3).unwrap();
    let before = rig.0.now();
    burn(&mut rig, -11_634, &blocks(&session(-11_634), Layout::Raw), 2448);
    rig.sync().unwrap();
    let took = (rig.0.delivered_at() - before).as_secs_f64();
    // 19,584 blocks at 75 a second and 48, once calibrated for 4 s.
    assert!((4.0 + 19_584.0 / 75.0 / 48.0..30.0).contains(&took), "{took}");
    assert_eq!(rig.status(), (0, 0));
    assert!(rig.0.disc().unwrap().surface().map().is_empty());
    assert_eq!(rig.track(0xFF).unwrap().next, Some(-11_634));
}

#[test]
fn without_a_table_of_contents_nothing_is_found() {
    let mut rig = Rig::with("cd-r");
    rig.mode_page(0x43, 0x00, 3).unwrap();
    let session = session(-11_634);
    let mut all = blocks(&session, Layout::Raw);
    // The Q channel of the whole lead-in is noise.
    for block in all.chunks_exact_mut(2448).take(11_484) {
        block[2352..].fill(0x40);
    }
    burn(&mut rig, -11_634, &all, 2448);
    rig.sync().unwrap();
    assert_eq!(rig.status().0, 2);
    for format in 0..=2 {
        assert_eq!(rig.run(&[0x43, 0, format, 0, 0, 0, 0, 0, 100, 0]), Err((3, 0x57, 0x00)), "format {format}");
    }
}

#[test]
fn the_disc_ends_where_its_longest_lead_out_ends() {
    for (overburn, last) in [(0, 1000 + 6750), (200, 1200 + 6750)] {
        let mut personality = Personality::bd_burner();
        personality.ways.overburn = overburn;
        let mut rig = Rig::with_drive(personality, "none");
        // A disc of 1000 sectors, to be at its end soon.
        let small = DiscState { blocks: 1000, ..Disc::blank(MediumKind::CdR).to_state() };
        rig.0.load(Disc::from_state(small, Box::new(MemoryStore::new())).unwrap());
        rig.settle();
        rig.mode_page(0x43, 0x00, 1).unwrap();
        let mut lba = -11_634;
        while lba + 27 <= last {
            rig.send(&write_10(lba, 27), &[0; 27 * 2368]).unwrap();
            lba += 27;
        }
        assert_eq!(rig.send(&write_10(lba, 27), &[0; 27 * 2368]), Err((5, 0x63, 0x00)), "overburn {overburn}");
        let rest = (last - lba) as u16;
        rig.send(&write_10(lba, rest), &vec![0; usize::from(rest) * 2368]).unwrap();
    }
}

#[test]
fn the_power_failing_spoils_the_session() {
    let mut rig = Rig::with("cd-rw");
    rig.mode_page(0x43, 0x00, 3).unwrap();
    let start = rig.track(0xFF).unwrap().next.unwrap();
    assert!(start < -4500, "a lead-in");
    rig.send(&write_10(start, 20), &vec![0; 20 * 2448]).unwrap();
    rig.0.power_cycle();
    rig.settle();
    assert_eq!(rig.status(), (1, 2), "damaged");
    rig.mode_page(0x43, 0x00, 3).unwrap();
    assert_eq!(rig.track(0xFF).unwrap().next, None);
    assert_eq!(rig.send(&write_10(start + 20, 1), &[0; 2448]), Err((5, 0x64, 0x00)));
    rig.send(&[0xA1, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[]).unwrap();
    assert_eq!(rig.status(), (0, 0));
    rig.mode_page(0x43, 0x00, 3).unwrap();
    assert_eq!(rig.track(0xFF).unwrap().next, Some(start));
}

fn read_cd(rig: &mut Rig, lba: i32, expected: u8, main: u8, sub: u8) -> Result<Vec<u8>, (u8, u8, u8)> {
    let [a, b, c, d] = lba.to_be_bytes();
    rig.run(&[0xBE, expected << 2, a, b, c, d, 0, 0, 1, main, sub, 0])
}

#[test]
fn what_was_sent_comes_back() {
    for layout in [Layout::Raw, Layout::Packed, Layout::Pq] {
        let mut rig = burnt(layout);
        let session = session(-11_634);
        for at in (-150..1200).step_by(7).chain([-150, -1, 0, 299, 300, 449, 450, 750, 899, 900, 1199]) {
            let mut main = main_channel(&session, at);
            // Data is sent scrambled and comes back without.
            let data = session.track_at(Lba(at)).unwrap().control.to_nibble() & 4 != 0;
            if data {
                scramble(&mut main);
            }
            let mut sub = [0; 96];
            session.subcode(Lba(at)).unwrap().write(Layout::Raw, &mut sub);
            let got = read_cd(&mut rig, at, if data { 2 } else { 1 }, 0xF8, 1).unwrap();
            assert!(got[..2352] == main, "{layout:?}: main channel of {at}");
            assert_eq!(got[2352..], sub, "{layout:?}: sub-channel of {at}");
        }
        assert_eq!(rig.read(10, 1), Err((5, 0x64, 0x00)), "audio");
        assert_eq!(rig.read(1200, 1), Err((5, 0x21, 0x00)), "the lead-out");
        let image: Vec<u8> = (901..903).flat_map(|at| main_channel(&session, at)).collect();
        let mut first: Sector = image[..2352].try_into().unwrap();
        scramble(&mut first);
        assert_eq!(rig.read(901, 1).unwrap(), first[16..2064]);
    }
}

#[test]
fn data_that_was_not_scrambled_cannot_be_read() {
    let mut rig = Rig::with("cd-r");
    let session = session(-11_634);
    rig.mode_page(0x43, 0x00, 1).unwrap();
    let mut all = blocks(&session, Layout::Pq);
    let block = |lba: i32| (lba + 11_634) as usize * 2368;
    // One sector plain, one with an error that the code corrects, one with more than it corrects.
    let plain: &mut Sector = (&mut all[block(910)..block(910) + 2352]).try_into().unwrap();
    scramble(plain);
    all[block(920) + 100] ^= 0xFF;
    for i in 0..600 {
        all[block(930) + 100 + i] ^= 0xA5;
    }
    burn(&mut rig, -11_634, &all, 2368);
    rig.sync().unwrap();
    assert_eq!(rig.read(910, 1), Err((3, 0x11, 0x05)));
    assert_eq!(read_cd(&mut rig, 910, 0, 0xF8, 0), Err((3, 0x11, 0x05)));
    let mut right = main_channel(&session, 920);
    scramble(&mut right);
    assert_eq!(rig.read(920, 1).unwrap(), right[16..2064]);
    assert_eq!(rig.read(930, 1), Err((3, 0x11, 0x05)));
    // With correction switched off (DCR of page 01h) everything comes as it is recorded.
    let list = [0, 0, 0, 0, 0, 0, 0, 0, 0x01, 0x0A, 0xC1, 16, 0, 0, 0, 0, 16, 0, 0, 0];
    rig.send(&[0x55, 0x10, 0, 0, 0, 0, 0, 0, 20, 0], &list).unwrap();
    let raw = read_cd(&mut rig, 920, 0, 0xF8, 0).unwrap();
    assert_eq!((raw[100] ^ right[100], &raw[101..]), (0xFF, &right[101..]));
    assert!(read_cd(&mut rig, 930, 0, 0xF8, 0).is_ok());
}

#[test]
fn packs_are_spread_on_the_disc_and_gathered_again() {
    let mut rig = Rig::with("cd-r");
    let session = session(-11_634);
    rig.mode_page(0x43, 0x00, 2).unwrap();
    let mut all = blocks(&session, Layout::Packed);
    // A graphics pack in the first of the four places of sectors 10 to 12; its parity is for the drive to make.
    let pack = [9, 6, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 0, 0, 0, 0];
    for lba in 10..13 {
        let at = (lba + 11_634) as usize * 2448 + 2352;
        for (i, symbol) in pack.iter().enumerate() {
            all[at + i] = all[at + i] & 0xC0 | symbol;
        }
    }
    burn(&mut rig, -11_634, &all, 2448);
    rig.sync().unwrap();
    let gathered = read_cd(&mut rig, 11, 1, 0, 4).unwrap();
    assert_eq!((gathered[..2].to_vec(), &gathered[4..20]), (vec![9, 6], &pack[4..20]));
    let mut with_parity = pack;
    webburn_cdcode::rw::add_parity(&mut with_parity);
    assert_eq!(gathered[..24], with_parity);
    let spread = read_cd(&mut rig, 11, 1, 0, 1).unwrap();
    assert_eq!(spread[0] & 0x3F, 9, "symbol 0 stays");
    assert_ne!(spread.iter().map(|symbol| symbol & 0x3F).collect::<Vec<_>>()[..24], with_parity);
    // The same symbols sent as they lie on the disc are gathered to the same packs.
    let mut direct = Rig::with("cd-r");
    direct.mode_page(0x43, 0x00, 3).unwrap();
    let mut all = blocks(&session, Layout::Raw);
    for lba in 8..16 {
        let sub = read_cd(&mut rig, lba, 1, 0, 1).unwrap();
        let at = (lba + 11_634) as usize * 2448 + 2352;
        all[at..at + 96].copy_from_slice(&sub);
    }
    burn(&mut direct, -11_634, &all, 2448);
    direct.sync().unwrap();
    assert_eq!(read_cd(&mut direct, 11, 1, 0, 4).unwrap(), gathered);
}

#[test]
fn the_whole_disc_can_be_looked_at() {
    let mut rig = burnt(Layout::Raw);
    let session = session(-11_634);
    let mut disc = rig.0.eject().unwrap();
    let mut cd = disc.cd().unwrap();
    assert_eq!(cd.sessions().count(), 1);
    assert_eq!(cd.program(1), -150..1200);
    assert_eq!(cd.program(2), 0..0);
    assert_eq!(cd.catalog(), Some("4006381333931"));
    assert_eq!(cd.cd_text().len(), text().len() * 18);
    assert_eq!(cd.recorded_toc(1).len(), 6);
    let tracks: Vec<_> = cd.tracks(1).map(|track| (track.begins(), track.start, track.control)).collect();
    assert_eq!(tracks, [(-150, 0, 0), (300, 450, 2), (750, 900, 4)]);
    for at in cd.program(1) {
        let sector = cd.sector(at).unwrap();
        let mut main = main_channel(&session, at);
        if sector.kind != SectorKind::Audio {
            scramble(&mut main);
        }
        assert!(sector.main == main, "{at}");
        let mut sub = [0; 96];
        session.subcode(Lba(at)).unwrap().write(Layout::Raw, &mut sub);
        assert_eq!(sector.sub, sub, "{at}");
    }
    assert_eq!(cd.sector(1200), Err(Unreadable::Outside));
    assert!(Disc::blank(MediumKind::DvdR).cd().is_none());
}
