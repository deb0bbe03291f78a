//! What the writers say of a disc: `CurrentMediaStatus`, `MediaPhysicallyBlank`, `MediaHeuristicallyBlank`,
//! `WriteProtectStatus`, addresses and sizes.

use webburn_imapi::enums::MediaPhysicalType as Type;
use webburn_imapi::{BlockRange, DiscFormat2Data, DiscFormat2Erase, Error, Options, Reporter};
use webburn_scsi::wrap::{Effect, Fault};
use webburn_sector::Lba;
use webburn_sim::{MediumKind, Personality};
use webburn_tests::rig::{Rig, both, both_of, small};

use crate::s4_writes::source;

fn number<T>(result: Result<T, Error>) -> Result<T, u32> {
    result.map_err(|error| error.hresult.0)
}

/// Medium, type, status, physically blank, heuristically blank.
#[rustfmt::skip]
const DISCS: &[(&str, Type, u32, bool, bool)] = &[
    ("cd-r",                Type::CdR,               0x0006, true,  true),
    ("cd-rw",               Type::CdRw,              0x0006, true,  true),
    ("dvd-r",               Type::DvdDashR,          0x0006, true,  true),
    ("dvd-r-dl",            Type::DvdDashRDualLayer, 0x000A, true,  true),
    ("dvd+r",               Type::DvdPlusR,          0x0006, true,  true),
    ("dvd+r-dl",            Type::DvdPlusRDualLayer, 0x0006, true,  true),
    ("bd-r",                Type::BdR,               0x0006, true,  true),
    ("cd-r:appendable",     Type::CdR,               0x0004, false, false),
    ("dvd+r:appendable",    Type::DvdPlusR,          0x0004, false, false),
    ("bd-r:appendable",     Type::BdR,               0x0004, false, false),
    ("cd-r:damaged",        Type::CdR,               0x0400, false, false),
    ("cd-r:recorded",       Type::CdR,               0x4000, false, false),
    ("bd-r:recorded",       Type::BdR,               0x4000, false, false),
    ("cd-rw:recorded",      Type::CdRw,              0x4800, false, false),
    ("dvd-rw:recorded",     Type::DvdDashRw,         0x4800, false, false),
    ("dvd+rw",              Type::DvdPlusRw,         0x0003, true,  true),
    ("bd-re",               Type::BdRe,              0x0003, true,  true),
    ("dvd-ram",             Type::DvdRam,            0x0003, false, true),
    ("dvd-rw-ro",           Type::DvdDashRw,         0x0003, false, true),
    ("dvd+rw:recorded",     Type::DvdPlusRw,         0x0001, false, false),
    ("dvd-ram:recorded",    Type::DvdRam,            0x0001, false, false),
    ("bd-re:recorded",      Type::BdRe,              0x0001, false, false),
    ("dvd-ram:protected",   Type::DvdRam,            0x2001, false, false),
    ("cd-rom",              Type::CdRom,             0x8000, false, false),
    ("dvd-rom",             Type::DvdRom,            0x8000, false, false),
    ("bd-rom",              Type::BdRom,             0x8000, false, false),
];

#[test]
fn every_disc_in_its_states() {
    for (medium, of, status, physically, heuristically) in DISCS {
        both(medium, |rig| {
            let data = rig.writer(vec![]);
            let say = (medium, rig.height);
            pollster::block_on(async {
                assert_eq!(data.current_physical_media_type().await.ok(), Some(*of), "{say:?}");
                assert_eq!(data.current_media_status().await.map(|bits| bits.0).ok(), Some(*status), "{say:?}");
                assert_eq!(data.media_physically_blank().await.ok(), Some(*physically), "{say:?}");
                assert_eq!(data.media_heuristically_blank().await.ok(), Some(*heuristically), "{say:?}");
                let recorder = data.recorder().expect("set");
                let supported = data.is_current_media_supported(&recorder).await.ok();
                assert_eq!(supported, Some(status & 0xFC00 == 0), "{say:?}");
                assert_eq!(data.is_recorder_supported(&recorder).await.ok(), Some(true), "{say:?}");
                let usable = number(data.next_writable_address().await);
                assert_eq!(usable.is_ok(), status & 0xFC00 == 0, "{say:?}: {usable:?}");
                if let Err(number) = usable {
                    assert_eq!(number, 0xC0AA_0402, "{say:?}");
                    assert_eq!(number_of_sizes(&data).await, [Err(0xC0AA_0402); 3], "{say:?}");
                }
            });
            assert!(!rig.changed(), "{say:?}");
        });
    }
}

async fn number_of_sizes(data: &webburn_tests::rig::Writer) -> [Result<i64, u32>; 3] {
    [
        number(data.free_sectors_on_media().await.map(|count| i64::from(count.0))),
        number(data.start_address_of_previous_session().await.map(i64::from)),
        number(data.last_written_address_of_previous_session().await.map(i64::from)),
    ]
}

#[test]
fn an_empty_drive_has_a_number_of_its_own() {
    both("none", |rig| {
        let data = rig.writer(vec![]);
        let recorder = data.recorder().expect("set");
        pollster::block_on(async {
            let none = 0xC0AA_0202;
            assert_eq!(number(data.current_media_status().await), Err(none));
            assert_eq!(number(data.media_physically_blank().await), Err(none));
            assert_eq!(number(data.media_heuristically_blank().await), Err(none));
            assert_eq!(number(data.write_protect_status().await), Err(none));
            assert_eq!(number(data.total_sectors_on_media().await), Err(none));
            assert_eq!(number(data.is_current_media_supported(&recorder).await), Err(none));
            assert_eq!(number(data.is_recorder_supported(&recorder).await), Ok(true));
        });
    });
}

fn heuristically_blank(rig: &Rig) -> bool {
    pollster::block_on(rig.writer(vec![]).media_heuristically_blank()).expect("told")
}

/// Writes 16 sectors at `start` and nothing else.
fn put(rig: &Rig, start: i32, blocks: u32) {
    let range = BlockRange { start: Lba(start), end: Lba(start + 15) };
    let options = Options { block_ranges: Some(vec![range]), ..Options::default() };
    assert_eq!(rig.write(vec![], options, &mut source(blocks)).number(), 0, "{}", rig.height);
}

#[test]
fn only_the_first_and_last_two_megabytes_are_looked_at() {
    // 20,000 sectors; two megabytes are 1024.
    let blocks = 20_000;
    let places = [(0, false), (1008, false), (1024, true), (18_960, true), (18_976, false)];
    for (at, blank) in places {
        both_of(&Personality::bd_burner(), &|| Some(small(MediumKind::DvdRam, blocks)), |rig| {
            assert!(heuristically_blank(rig), "{}", rig.height);
            put(rig, at, blocks);
            assert_eq!(heuristically_blank(rig), blank, "{at} {}", rig.height);
            let looked: usize = rig.sent(0x28);
            assert!((1..=64).contains(&looked), "{looked} READs");
            let reads = rig.tap.log();
            for read in reads.iter().filter(|entry| entry.cdb[0] == 0x28) {
                let lba = u32::from_be_bytes([read.cdb[2], read.cdb[3], read.cdb[4], read.cdb[5]]);
                assert!(lba < 1024 || lba >= blocks - 1024, "{lba}");
            }
            // What looks blank is written without ForceOverwrite, and what does not is not.
            let number = rig.write(vec![], Options::default(), &mut source(64)).number();
            assert_eq!(number, if blank { 0 } else { 0xC0AA_0405 }, "{at} {}", rig.height);
        });
    }
}

#[test]
fn a_quick_erase_makes_an_overwritable_disc_look_blank() {
    for medium in ["dvd+rw:recorded", "dvd-ram:recorded", "bd-re:recorded"] {
        both(medium, |rig| {
            assert!(!heuristically_blank(rig));
            let erase = DiscFormat2Erase::new();
            erase.set_recorder(Some(rig.recorder(vec![]))).unwrap();
            erase.set_client_name("webburn-tests").unwrap();
            pollster::block_on(async {
                let recorder = rig.recorder(vec![]);
                assert_eq!(erase.is_recorder_supported(&recorder).await.ok(), Some(true));
                assert_eq!(erase.is_current_media_supported(&recorder).await.ok(), Some(true));
                assert_eq!(erase.media_heuristically_blank().await.ok(), Some(false));
                erase.erase_media(&Reporter::silent()).await.unwrap();
                assert_eq!(erase.media_heuristically_blank().await.ok(), Some(true));
                assert_eq!(erase.media_physically_blank().await.ok(), Some(false));
            });
            assert!(heuristically_blank(rig), "{medium} {}", rig.height);
        });
    }
    // What cannot be erased is told beforehand.
    for (medium, expected) in
        [("cd-r", Ok(false)), ("dvd-rom", Ok(false)), ("cd-rw:recorded", Ok(true)), ("none", Err(0xC0AA_0202))]
    {
        both(medium, |rig| {
            let erase = DiscFormat2Erase::new();
            let recorder = rig.recorder(vec![]);
            let supported = pollster::block_on(erase.is_current_media_supported(&recorder));
            assert_eq!(number(supported), expected, "{medium}");
        });
    }
}

/// READ DISC STRUCTURE format C0h with these bits.
fn structure(bits: u8) -> Fault {
    let is_c0 = |cdb: &webburn_scsi::Cdb| cdb.as_bytes()[0] == 0xAD && cdb.as_bytes()[7] == 0xC0;
    Fault::new(is_c0, Effect::Answer(vec![0, 6, 0, 0, bits, 0, 0, 0])).always()
}

#[test]
fn write_protection_has_its_reason() {
    for (medium, protect) in [
        ("dvd-ram:recorded", 0x0000),
        ("dvd-ram:protected", 0x0002),
        ("dvd+rw:protected", 0x0008),
        ("bd-re:protected", 0x0008),
        ("cd-rom", 0x4000),
        ("dvd-rom", 0x4000),
        ("bd-rom", 0x4000),
    ] {
        both(medium, |rig| {
            let found = pollster::block_on(rig.writer(vec![]).write_protect_status());
            assert_eq!(found.map(|bits| bits.0).ok(), Some(protect), "{medium} {}", rig.height);
        });
    }
    // SWPP, PWP, CWP and MSWI as the drive tells them.
    for (bits, protect) in [(0x01, 0x0001), (0x02, 0x0008), (0x04, 0x0002), (0x08, 0x0004), (0x0F, 0x000F)] {
        both("dvd-ram:recorded", |rig| {
            let data = rig.writer(vec![structure(bits)]);
            let found = pollster::block_on(data.write_protect_status());
            assert_eq!(found.map(|bits| bits.0).ok(), Some(protect), "{bits:02X} {}", rig.height);
            let status = pollster::block_on(data.current_media_status());
            assert_eq!(status.map(|bits| bits.0).ok(), Some(0x2001), "{bits:02X} {}", rig.height);
            // And then nothing is written.
            let options = Options { force_overwrite: true, ..Options::default() };
            let burnt = rig.write(vec![structure(bits)], options, &mut source(64));
            assert_eq!((burnt.number(), rig.changed()), (0xC0AA_0209, false), "{bits:02X} {}", rig.height);
        });
    }
}

#[test]
fn sizes_and_addresses() {
    // Medium, total, free, next writable, start and last written of the previous session.
    for (medium, total, free, next, start, last) in [
        // Run-out and postgap are taken off; the drive has left out the last run-out of the disc.
        ("cd-r", 359_849, 359_847 - 152, 0, -1, -1),
        ("cd-r:appendable", 359_849, 359_847 - 11_702 - 152, 11_702, 0, 299),
        ("dvd+r", 2_295_104, 2_295_104, 0, -1, -1),
        // One physical session: all of it, always.
        ("dvd+rw:recorded", 2_295_104, 2_295_104, 0, -1, -1),
        ("dvd-ram", 2_236_704, 2_236_704, 0, -1, -1),
    ] {
        both(medium, |rig| {
            let data: DiscFormat2Data<_, _> = rig.writer(vec![]);
            pollster::block_on(async {
                let say = (medium, rig.height);
                assert_eq!(data.total_sectors_on_media().await.map(|count| count.0).ok(), Some(total), "{say:?}");
                assert_eq!(data.free_sectors_on_media().await.map(|count| count.0).ok(), Some(free), "{say:?}");
                assert_eq!(data.next_writable_address().await.map(|lba| lba.0).ok(), Some(next), "{say:?}");
                assert_eq!(data.start_address_of_previous_session().await.ok(), Some(start), "{say:?}");
                assert_eq!(data.last_written_address_of_previous_session().await.ok(), Some(last), "{say:?}");
            });
        });
    }
}

#[test]
fn speeds_by_the_drive_and_the_disc() {
    both("cd-rw", |rig| {
        let data = rig.writer(vec![]);
        assert_eq!(data.requested_write_speed(), (-1, false), "the fastest, unless asked");
        let listed = pollster::block_on(data.supported_write_speed_descriptors()).expect("listed");
        let speeds: Vec<_> = listed.iter().map(|one| (one.media_type, one.write_speed)).collect();
        assert_eq!(speeds, [(Type::CdRw, 1800), (Type::CdRw, 750), (Type::CdRw, 300)], "{}", rig.height);
        assert!(listed.iter().all(|one| !one.rotation_type_is_pure_cav));
        assert_eq!(pollster::block_on(data.current_write_speed()).ok(), Some((1800, false)), "{}", rig.height);
    });
    // A fast DVD is written at constant angular velocity, and says so.
    both("dvd+r", |rig| {
        let listed = pollster::block_on(rig.writer(vec![]).supported_write_speed_descriptors()).expect("listed");
        assert!(listed.iter().any(|one| one.rotation_type_is_pure_cav), "{listed:?}");
        assert!(listed.iter().any(|one| !one.rotation_type_is_pure_cav), "{listed:?}");
    });
    assert!(
        DiscFormat2Data::<webburn_tests::line::Line, webburn_tests::clock::SimClock>::supported_media_types().len()
            >= 12
    );
}
