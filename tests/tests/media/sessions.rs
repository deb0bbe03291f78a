//! Where sessions and tracks lie: the drive's own books after every burn, the zones between sessions, layers, and what
//! follows a session that somebody left open or that was torn.

use webburn_imapi::{DiscFormat2Erase, FormatGoal, FormatOptions, Options, Reporter, Spare, hresult as h};
use webburn_sector::SectorCount;
use webburn_sim::disc::{Defect, Format, TrackState};
use webburn_sim::surface::MemoryStore;
use webburn_sim::{Disc, DiscState, MediumKind};
use webburn_tests::discs::{self, State};
use webburn_tests::trial::{Recipe, Trial};
use webburn_tests::workbench::{Bench, closing, goal, over};

use MediumKind as K;

/// Tracks as (session, start, sectors) and lead-outs, with nothing open among them.
fn books(state: &DiscState) -> (Vec<(u16, i32, u32)>, Vec<i32>) {
    let closed = state.tracks.iter().filter(|track| track.state == TrackState::Closed);
    let tracks = closed.map(|track| (track.session, track.start, track.size.unwrap_or_default())).collect();
    (tracks, state.sessions.iter().filter_map(|session| session.lead_out).collect())
}

#[test]
fn every_session_begins_behind_the_zones_of_the_one_before() {
    // (kinds, sectors of the stream that go to the disc with their fill, run-out, zones behind the first and later ones).
    type Zones = (&'static [K], [u32; 3], u32, [i32; 2]);
    let table: [Zones; 4] = [
        // Postgap of 150; no track under 300; lead-out 6750 or 2250, lead-in 4500, pre-gap 150.
        (&[K::CdR, K::CdRw], [650, 483, 300], 2, [11_400, 6900]),
        // Border-out and border-in.
        (&[K::DvdR, K::DvdRw], [512, 336, 32], 0, [28_672, 6144]),
        // Closure and intro.
        (&[K::DvdPlusR], [512, 336, 32], 0, [2048, 2048]),
        // Sessions of a BD-R take no room.
        (&[K::BdR, K::BdRDl, K::BdRTl, K::BdRQl, K::BdRPow], [512, 352, 32], 0, [0, 0]),
    ];
    for (kinds, [a, b, c], run_out, [first, later]) in table {
        let b_at = (a + run_out) as i32 + first;
        let c_at = b_at + (b + run_out) as i32 + later;
        let tracks = vec![(1, 0, a + run_out), (2, b_at, b + run_out), (3, c_at, c + run_out)];
        let ends = tracks.iter().map(|(_, start, size)| start + *size as i32).collect::<Vec<_>>();
        for kind in kinds {
            let bench = Bench::new(Disc::blank(*kind));
            bench.write(500, 1, 0, Options::default());
            bench.write(333, 2, b_at, Options::default());
            let state = bench.state();
            let open: Vec<_> = state.tracks.iter().filter(|track| track.state == TrackState::Empty).collect();
            assert_eq!(open.iter().map(|t| (t.session, t.start)).collect::<Vec<_>>(), [(3, c_at)], "{}", kind.id());
            assert!(!state.finalized, "{}", kind.id());
            bench.write(17, 3, c_at, closing());
            let state = bench.state();
            assert_eq!(books(&state), (tracks.clone(), ends.clone()), "{}", kind.id());
            assert!(state.finalized && state.tracks.len() == 3 && state.sessions.len() == 3, "{}", kind.id());
        }
    }
}

/// No track of a CD is shorter than four seconds (ECMA-130, clause 22). Drives differ in what they do about one that is, so
/// the host fills it up itself.
#[test]
fn a_track_of_a_cd_that_was_stopped_early_is_filled_up() {
    for disc in ["cd-r", "cd-rw"] {
        let recipe = Recipe { sectors: 1000, ..Recipe::first(disc) };
        let whole = Trial::prepare(recipe);
        assert!(whole.burn().is_some_and(|ran| ran.result.is_ok()), "{disc}");
        let third =
            whole.tap.log().iter().enumerate().filter(|(_, entry)| entry.cdb[0] == 0x2A).nth(2).map(|(at, _)| at);
        let stopped = Trial::prepare(recipe);
        let ran = stopped.burn_cancelled_at(third.expect("more than two WRITEs"));
        let report = ran.expect("a whole wire").result.expect("stopping is no failure");
        assert!(report.sectors < SectorCount(300), "{disc}: {}", report.sectors);
        let blocks = |cdb: &[u8]| u32::from(u16::from_be_bytes([cdb[7], cdb[8]]));
        let sent: u32 = stopped.tap.log().iter().filter(|e| e.cdb[0] == 0x2A && e.good()).map(|e| blocks(&e.cdb)).sum();
        assert_eq!(sent, 300, "{disc}");
    }
}

/// What stays open when a burn ends early is closed by the next one, with the bytes before it untouched.
#[test]
fn a_session_left_open_or_torn_is_closed_and_the_next_one_follows() {
    let one_session = [K::DvdRDl, K::DvdRDlLj];
    let mut seen = 0;
    for kind in K::ALL {
        for left in [State::TrackOpen, State::Damaged, State::SessionOpen] {
            let Ok(disc) = discs::disc(kind, left) else { continue };
            if kind.is_hd_dvd() {
                continue;
            }
            let (name, bench) = (format!("{} {}", kind.id(), left.name()), Bench::new(disc));
            let torn = left != State::SessionOpen;
            if one_session.contains(&kind) {
                let code = if left == State::Damaged { "disc-damaged" } else { "disc-session-open" };
                assert_eq!(bench.refused(100, Options::default()), code, "{name}");
                continue;
            }
            seen += 1;
            if torn {
                let strict = Options { strict: true, ..Options::default() };
                let code = if left == State::Damaged { "disc-damaged" } else { "disc-session-open" };
                assert_eq!(bench.refused(100, strict), code, "{name}");
                let query = pollster::block_on(bench.recorder.state_query()).expect("an answer");
                assert!(query.writable && query.status == "damaged", "{name}: {}", query.status);
            }
            let job = bench.try_write(100, 1, Options::default()).unwrap_or_else(|e| panic!("{name}: {e}"));
            let state = bench.state();
            let last = state.tracks.iter().rfind(|track| track.state == TrackState::Closed).expect("a track");
            bench.holds(&job, last.start);
            assert!(state.tracks.iter().all(|track| !track.damaged), "{name}");
            // After a closed track the session goes on; a torn one is ended.
            assert_eq!(last.session, if torn { 2 } else { 1 }, "{name}");
            assert_eq!(last.number, 2, "{name}");
            if kind != K::DvdPlusRDl {
                bench.write(60, 2, bench.next(), closing());
                assert!(bench.state().finalized, "{name}");
                bench.holds(&job, last.start);
            }
        }
    }
    assert!(seen >= 20, "only {seen} discs");
}

#[test]
fn two_layers_of_dvd_plus_r_take_the_session_that_another_program_left_room_for() {
    let bench = Bench::new(Disc::appendable(K::DvdPlusRDl));
    let start = bench.next();
    assert_eq!(start, 32 + 2048);
    bench.write(1000, 1, start, Options::default());
    let state = bench.state();
    assert!(state.finalized);
    assert_eq!(books(&state), (vec![(1, 0, 32), (2, start, 1008)], vec![32, start + 1008]));
}

/// A disc with few sectors, so that its layers can be filled.
fn small(kind: K, blocks: u32) -> Disc {
    let mut state = Disc::blank(kind).to_state();
    state.blocks = blocks;
    Disc::from_state(state, Box::new(MemoryStore::new())).expect("a disc")
}

#[test]
fn a_burn_over_the_layer_break_lies_at_one_run_of_addresses() {
    for (kind, sectors, boundary, written) in [
        // Half of what comes, in whole ECC blocks.
        (K::DvdPlusRDl, 3000, Some(1504), 3008),
        // It fits on the first layer.
        (K::DvdPlusRDl, 2048, None, 2048),
        // Both layers to the middle zone.
        (K::DvdRDlLj, 3000, Some(1504), 3008),
        (K::DvdRDlLj, 4096, None, 4096),
        // The drive divides the length that was reserved.
        (K::DvdRDl, 3001, None, 3008),
    ] {
        let bench = Bench::new(small(kind, 4096));
        bench.write(sectors, 1, 0, Options::default());
        let state = bench.state();
        assert!(state.finalized, "{} {sectors}", kind.id());
        assert_eq!(state.tracks[0].size, Some(written), "{} {sectors}", kind.id());
        assert_eq!(state.layer0_blocks, boundary, "{} {sectors}", kind.id());
        let refused = Bench::new(small(kind, 4096)).refused(4097, Options::default());
        assert_eq!(refused, "image-too-large", "{}", kind.id());
    }
}

#[test]
fn a_bd_r_with_spare_areas_takes_session_after_session_and_bad_places() {
    for (id, blocks) in
        [("bd-r", 11_826_176), ("bd-r-dl", 23_652_352), ("bd-r-tl", 47_305_728), ("bd-r-ql", 60_403_712)]
    {
        let bench = Bench::of(id);
        bench.format(goal(FormatGoal::SpareAreas));
        assert_eq!((bench.state().blocks, bench.state().format), (blocks, Format::Sequential), "{id}");
        // The drive finds a bad cluster and moves it to a spare one; nobody notices.
        bench.sim.with(|drive| {
            drive.disc_mut().expect("a disc").add_defect(Defect { first: 100, count: 1, read: true, write: true })
        });
        let first = bench.write(500, 1, 0, Options::default());
        assert_eq!(bench.state().spares_used, 32, "{id}");
        bench.write(100, 2, 512, Options::default());
        bench.write(40, 3, 640, closing());
        bench.holds(&first, 0);
        assert!(bench.state().finalized, "{id}");
        assert_eq!(books(&bench.state()).1, [512, 640, 704], "{id}");
    }
    let bench = Bench::of("bd-r-tl");
    let spare = Spare::Sectors(SectorCount(320_000));
    bench.format(FormatOptions { spare, ..goal(FormatGoal::SpareAreas) });
    assert_eq!(bench.state().spare_blocks, 320_000);
    bench.write(100, 1, 0, Options::default());
}

#[test]
fn an_unformatted_disc_is_formatted_by_its_first_burn() {
    for (kind, format) in [
        (K::DvdRam, Format::Random),
        (K::DvdPlusRw, Format::Random),
        (K::DvdPlusRwDl, Format::Random),
        (K::BdRe, Format::Random),
        (K::BdReDl, Format::Random),
        (K::BdReTl, Format::Random),
    ] {
        let bench = Bench::new(discs::disc(kind, State::Unformatted).expect("such a disc"));
        assert_eq!(bench.state().format, Format::Unformatted, "{}", kind.id());
        bench.write(100, 1, 0, Options::default());
        let state = bench.state();
        assert_eq!((state.format, state.tracks.len(), state.sessions.len()), (format, 1, 1), "{}", kind.id());
        bench.write(64, 2, 0, over());
    }
}

#[test]
fn hd_dvd_is_neither_written_nor_erased_nor_formatted_in_any_state() {
    let mut seen = 0;
    for kind in K::ALL.into_iter().filter(|kind| kind.is_hd_dvd()) {
        for state in State::ALL {
            let Ok(disc) = discs::disc(kind, state) else { continue };
            let name = format!("{} {}", kind.id(), state.name());
            let bench = Bench::new(disc);
            let error = bench.try_write(10, 1, over()).map(|_| ()).expect_err("no writer");
            assert_eq!((error.code, error.hresult), ("disc-no-writer", h::E_NOTIMPL), "{name}");
            assert_eq!(
                bench.try_format(FormatOptions::default()).expect_err("nor this").hresult,
                h::E_NOTIMPL,
                "{name}"
            );
            let erase: DiscFormat2Erase<_, _> = bench.eraser(false);
            let error = pollster::block_on(erase.erase_media(&Reporter::silent())).expect_err("nor that");
            assert_eq!(error.hresult, h::E_NOTIMPL, "{name}");
            let sent = bench.tap.log();
            assert!(sent.iter().all(|entry| !matches!(entry.cdb[0], 0x04 | 0x2A | 0xA1 | 0x5B | 0x35)), "{name}");
            seen += 1;
        }
    }
    assert!(seen >= 6, "only {seen} discs");
}
