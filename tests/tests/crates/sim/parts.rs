//! The parts that a simulated drive is made of, each by itself.

mod catalogue {
    use webburn_sim::Disc;
    use webburn_sim::disc::{Access, MediumKind, catalogue};

    #[test]
    fn every_disc_of_the_list_can_be_made_and_every_kind_is_in_it() {
        let all = catalogue();
        for listed in &all {
            let made = Disc::from_id(&listed.id);
            assert!(made.is_ok_and(|disc| disc.is_some() == (listed.id != "none")), "{}", listed.id);
        }
        for kind in MediumKind::ALL {
            let blank = all.iter().any(|listed| listed.id == kind.id());
            assert_eq!(blank, kind.spec().access != Access::Rom, "{}", kind.id());
            assert!(all.iter().any(|listed| listed.id == format!("{}:recorded", kind.id())), "{}", kind.id());
        }
        let mut ids: Vec<_> = all.iter().map(|listed| &listed.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), all.len());
        assert_eq!(all[1].label, "CD-R, blank");
    }
}

mod minimal_image {
    use webburn_sim::disc::minimal_image;

    #[test]
    fn fields_lie_where_the_standard_has_them() {
        let image = minimal_image("DVD+RW");
        let pvd = &image[16 * 2048..17 * 2048];
        assert_eq!(&pvd[..8], b"\x01CD001\x01\x00");
        assert_eq!(&pvd[80..84], 24u32.to_le_bytes());
        assert_eq!(&pvd[132..136], 10u32.to_le_bytes());
        assert_eq!(&pvd[140..144], 18u32.to_le_bytes());
        assert_eq!(&pvd[148..152], 19u32.to_be_bytes());
        assert_eq!(&pvd[158..162], 20u32.to_le_bytes(), "extent of the root directory");
        assert_eq!(pvd[156], 34);
        assert_eq!(&pvd[813..829], b"2026010100000000");
        assert_eq!(pvd[881], 1, "file structure version");
        assert!(image[21 * 2048..].starts_with(b"This is a pre-recorded DVD+RW disc"));
    }
}

mod kinds {
    use webburn_sim::MediumKind;

    #[test]
    fn every_kind_has_a_file_of_its_own_and_an_id_of_its_own() {
        for kind in MediumKind::ALL {
            assert_eq!(kind.spec().kind, kind);
            assert_eq!(MediumKind::parse(kind.id()), Some(kind));
        }
        assert_eq!(MediumKind::parse("DVD+RW"), Some(MediumKind::DvdPlusRw));
        assert_eq!(MediumKind::parse("floppy"), None);
    }
}

mod buffer {
    use std::time::Duration;

    use webburn_sim::cache::Cache;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn fills_then_drains_then_runs_empty() {
        let mut cache = Cache::new(1024);
        cache.put(512 * 1024, SECOND, Duration::ZERO);
        assert!(!cache.drain(SECOND * 100, 1024), "below three quarters the laser waits");
        assert_eq!(cache.fill(), 512 * 1024);
        cache.put(512 * 1024, SECOND * 100, SECOND);
        assert_eq!(cache.wait_for(64 * 1024, 64 * 1024, SECOND * 100), SECOND * 2, "run-up and drain");
        assert!(!cache.drain(SECOND * 102, 64 * 1024));
        assert_eq!(cache.fill(), 960 * 1024);
        assert!(cache.drain(SECOND * 200, 64 * 1024));
        assert_eq!((cache.fill(), cache.ran_empty), (0, 1));
    }
}

mod cue_sheets {
    use webburn_scsi::{Sense, SenseKey};
    use webburn_sim::personality::Quirks;
    use webburn_sim::recording::{CueRules, CueSheet};
    use webburn_sim::surface::BlockForm;

    /// INVALID FIELD IN PARAMETER LIST.
    const LIST_FIELD: Sense = Sense::fixed(SenseKey::IllegalRequest, 0x26, 0x00);
    /// One data track of 450 sectors, as burning programs send it: lead-in, pre-gap, track, lead-out at 00:08:00.
    const DATA: [u8; 32] = [
        0x41, 0, 0, 0x14, 0, 0, 0, 0, 0x41, 1, 0, 0x10, 0, 0, 0, 0, 0x41, 1, 1, 0x10, 0, 0, 2, 0, 0x41, 0xAA, 1, 0x14,
        0, 0, 8, 0,
    ];

    fn rules() -> CueRules {
        CueRules { lead_in: -11_634, start: -150, first_track: None, limit: 359_849, quirks: Quirks::default() }
    }

    fn read(sheet: &[u8]) -> Result<CueSheet, Sense> {
        CueSheet::read(sheet, &rules())
    }

    #[test]
    fn a_data_session_is_understood() {
        let sheet = read(&DATA).unwrap();
        assert_eq!(sheet.first(), -150);
        assert_eq!(sheet.lead_out(), 450);
        assert_eq!(sheet.form_at(-1), Some((Some(BlockForm::Data2048), 0)));
        assert_eq!(sheet.tracks().collect::<Vec<_>>(), [(1, 0, 450, 4, 0x10)]);
    }

    #[test]
    fn nonsense_is_refused() {
        assert_eq!(read(&DATA[..31]), Err(Sense::fixed(SenseKey::IllegalRequest, 0x1A, 0x00)));
        assert_eq!(read(&DATA[..24]), Err(LIST_FIELD));
        assert_eq!(
            CueSheet::read(&DATA, &CueRules { limit: 400, ..rules() }),
            Err(Sense::fixed(SenseKey::IllegalRequest, 0x26, 0x02)),
            "longer than the disc"
        );
        let mut backwards = DATA;
        backwards[30] = 1;
        assert_eq!(read(&backwards), Err(LIST_FIELD));
        let mut text = DATA;
        text[3] = 0x41;
        text[5..8].copy_from_slice(&[97, 26, 66]);
        assert!(read(&text).is_ok());
        let quirks = Quirks { cue_lead_in_zero_only: true, ..Quirks::default() };
        assert_eq!(CueSheet::read(&text, &CueRules { quirks, ..rules() }), Err(LIST_FIELD));
    }
}

mod speeds {
    use webburn_sim::timing::{Family, Rotation, Speed};

    #[test]
    fn sixteen_x_dvd_starts_at_about_six_and_a_half_x() {
        let speed = Speed::for_family(Family::Dvd, 22_160);
        assert_eq!(speed.rotation, Rotation::Cav);
        let inner = speed.rate(0, 2_295_104);
        assert!((6 * 1_385_000..7 * 1_385_000).contains(&inner), "{inner}");
        assert_eq!(speed.rate(2_295_104, 2_295_104), 22_160_000);
    }

    #[test]
    fn slow_speeds_are_even() {
        let speed = Speed::for_family(Family::Cd, 706);
        assert_eq!(speed.rate(0, 359_849), speed.rate(359_000, 359_849));
    }
}

mod clock {
    use std::time::Duration;

    use webburn_sim::VirtualTime;

    #[test]
    fn never_goes_back() {
        let time = VirtualTime::new();
        time.advance_to(Duration::from_secs(5));
        time.advance_to(Duration::from_secs(3));
        assert_eq!(time.now(), Duration::from_secs(5));
        time.advance_to(Duration::MAX);
        time.advance(Duration::from_secs(1));
        assert!(time.now() > Duration::from_secs(5));
    }
}

mod paces {
    use std::time::Duration;

    use webburn_sim::{Pace, Pacer};

    #[test]
    fn a_factor_of_ten_makes_ten_virtual_seconds_of_one() {
        let pacer = Pacer::new(Pace::Real { factor: 10.0 }, Duration::from_secs(100), Duration::from_secs(7));
        assert_eq!(pacer.virtual_at(Duration::from_secs(101)), Duration::from_secs(17));
        assert_eq!(pacer.wall_wait(Duration::from_secs(27), Duration::from_secs(101)), Duration::from_secs(1));
        assert_eq!(pacer.wall_wait(Duration::from_secs(3), Duration::from_secs(101)), Duration::ZERO);
        assert_eq!(pacer.wall_wait(Duration::MAX, Duration::from_secs(101)), Duration::MAX);
    }

    #[test]
    fn other_paces_never_wait() {
        let pacer = Pacer::new(Pace::Instant, Duration::ZERO, Duration::ZERO);
        assert_eq!(pacer.wall_wait(Duration::from_secs(9), Duration::from_secs(1)), Duration::ZERO);
    }
}

mod fault_scripts {
    use webburn_sim::{Fault, FaultScript, Then, When};

    #[test]
    fn strikes_once_at_the_right_command() {
        let mut script = FaultScript::of([
            Fault { when: When::Command(2), then: Then::Hang },
            Fault { when: When::Opcode { opcode: 0x2A, nth: 2 }, then: Then::Underrun },
            Fault { when: When::WriteTouches(40), then: Then::PowerLoss },
        ]);
        let write = |lba: i32| {
            let mut cdb = [0x2A, 0, 0, 0, 0, 0, 0, 0, 32, 0];
            cdb[2..6].copy_from_slice(&lba.to_be_bytes());
            cdb
        };
        assert_eq!(script.strike(&write(0)), None);
        assert_eq!(script.strike(&[0; 6]), Some(Then::Hang));
        assert_eq!(script.strike(&write(0)), Some(Then::Underrun));
        assert_eq!(script.strike(&write(32)), Some(Then::PowerLoss));
        assert_eq!(script.strike(&write(32)), None);
    }

    #[test]
    fn reads_and_writes_json() {
        let script = FaultScript::one(When::Command(7), Then::Sense { key: 3, asc: 0x0C, ascq: 0 });
        let text = serde_json::to_string(&script).unwrap();
        assert_eq!(text, r#"{"faults":[{"when":{"command":7},"then":{"sense":{"key":3,"asc":12,"ascq":0}}}]}"#);
        assert_eq!(serde_json::from_str::<FaultScript>(&text).unwrap(), script);
    }
}

mod personalities {
    use webburn_sim::{MediumKind, Personality};

    #[test]
    fn every_built_in_drive_is_readable_and_bears_its_name() {
        for id in Personality::ids().into_iter().chain(Personality::odd_ids()) {
            assert_eq!(Personality::by_id(id).map(|drive| drive.id).as_deref(), Some(id));
        }
        assert!(Personality::by_id("toaster").is_none());
        assert!(Personality::parse("id = \"x\"\nbased_on = \"toaster\"").is_err());
        assert!(!Personality::reader().is_burner());
        assert!(!Personality::dvd_burner().can_write(MediumKind::BdR));
    }

    #[test]
    fn the_burner_that_is_a_value_is_what_its_text_says() {
        let text = include_str!("../../../../crates/sim/src/personality/bd-burner.toml");
        assert_eq!(Personality::parse(text), Ok(Personality::bd_burner()));
    }
}
