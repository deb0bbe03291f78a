//! Every medium from its first sector to its last session, and back to the beginning where it can be: written by the
//! object model, read by an oracle that looks at the disc itself.

use webburn_imapi::{FormatOptions, Options, hresult as h};
use webburn_sim::disc::Access;
use webburn_sim::{Disc, MediumKind};
use webburn_tests::workbench::{Bench, closing, over};

use MediumKind as K;

/// Kinds that take session after session.
const SESSIONS: [K; 11] =
    [K::CdR, K::CdRw, K::DvdR, K::DvdRw, K::DvdPlusR, K::BdR, K::BdRDl, K::BdRTl, K::BdRQl, K::BdRPow, K::DvdPlusRDl];
/// Kinds that take one session and are then closed.
const ONE_SESSION: [K; 2] = [K::DvdRDl, K::DvdRDlLj];
/// Kinds that are overwritten in place.
const OVERWRITABLE: [K; 7] = [K::DvdRwRo, K::DvdRam, K::DvdPlusRw, K::DvdPlusRwDl, K::BdRe, K::BdReDl, K::BdReTl];

#[test]
fn every_writable_kind_has_its_scenario() {
    for kind in K::ALL.into_iter().filter(|kind| kind.spec().access != Access::Rom && !kind.is_hd_dvd()) {
        let known = SESSIONS.contains(&kind) || ONE_SESSION.contains(&kind) || OVERWRITABLE.contains(&kind);
        assert!(known || kind == K::BdRRrm, "{}", kind.id());
    }
}

#[test]
fn session_after_session_then_closed() {
    for kind in SESSIONS {
        let bench = Bench::new(Disc::blank(kind));
        let first = bench.write(500, 1, 0, Options::default());
        if kind == K::DvdPlusRDl {
            // IMAPI2 closes two layers of DVD+R whatever is asked.
            assert_eq!(bench.refused(10, Options::default()), "disc-closed", "{}", kind.id());
            continue;
        }
        let start = bench.next();
        let second = bench.write(333, 2, start, Options::default());
        let start_of_third = bench.next();
        let third = bench.write(17, 3, start_of_third, closing());
        bench.holds(&first, 0);
        bench.holds(&second, start);
        bench.holds(&third, start_of_third);
        let state = bench.state();
        assert!(state.finalized, "{}", kind.id());
        assert_eq!(state.sessions.iter().filter(|session| session.lead_out.is_some()).count(), 3, "{}", kind.id());
        let code = if matches!(kind, K::CdRw | K::DvdRw) { "disc-erase-required" } else { "disc-closed" };
        assert_eq!(bench.refused(10, Options::default()), code, "{}", kind.id());
    }
}

#[test]
fn one_session_and_closed() {
    for kind in ONE_SESSION {
        let bench = Bench::new(Disc::blank(kind));
        let job = bench.write(1001, 1, 0, Options::default());
        assert!(bench.state().finalized, "{}", kind.id());
        assert_eq!(bench.refused(10, Options::default()), "disc-closed", "{}", kind.id());
        bench.holds(&job, 0);
    }
}

#[test]
fn layer_jump_moves_the_middle_zone_to_half_of_what_comes() {
    let bench = Bench::new(Disc::blank(K::DvdRDlLj));
    bench.write(1001, 1, 0, Options::default());
    let state = bench.state();
    // 1001 sectors, halved and filled up to whole ECC blocks.
    assert_eq!((state.layer0_blocks, state.tracks[0].size), (Some(512), Some(1024)));
    assert_eq!(bench.sim.with(|drive| drive.disc().map(|disc| disc.written_end().0)), Some(1024));
}

#[test]
fn two_layers_of_dvd_plus_r_are_divided_when_one_is_not_enough() {
    let bench = Bench::new(Disc::blank(K::DvdPlusRDl));
    let data = bench.writer(Options::default());
    let plan = |sectors: u64| pollster::block_on(data.plan(sectors * 2048)).expect("a plan");
    let broken = |sectors: u64| {
        plan(sectors).steps.iter().find(|step| step.code() == "layer-break").map(|step| step.args()[0].1.clone())
    };
    assert_eq!(broken(2_086_912), None, "fits on the first layer");
    assert_eq!(broken(2_086_913), Some(1_043_472_u32.into()), "half, in whole ECC blocks");
    assert_eq!(broken(4_173_824), None, "the whole disc has its boundary where it belongs");
}

#[test]
fn overwritten_in_place_erased_and_written_again() {
    for kind in OVERWRITABLE {
        let bench = Bench::new(Disc::blank(kind));
        bench.write(500, 1, 0, Options::default());
        assert_eq!(bench.refused(10, Options::default()), "disc-not-blank", "{}", kind.id());
        bench.write(250, 2, 0, over());
        bench.erase(false);
        bench.write(64, 3, 0, Options::default());
    }
}

#[test]
fn sequential_rewritable_discs_are_blanked_quickly_and_fully() {
    for kind in [K::CdRw, K::DvdRw] {
        for full in [false, true] {
            let bench = Bench::new(Disc::blank(kind));
            bench.write(500, 1, 0, closing());
            bench.erase(full);
            assert!(bench.sim.with(|drive| drive.disc().is_some_and(|disc| disc.surface().map().is_empty())));
            bench.write(320, 2, 0, Options::default());
            // After a quick blank a DVD-RW takes one session at once, and is closed by it.
            let closed = kind == K::DvdRw && !full;
            assert_eq!(bench.state().finalized, closed, "{} full {full}", kind.id());
            bench.write(100, 3, 0, over());
        }
    }
}

#[test]
fn pseudo_overwrite_replaces_and_grows() {
    let bench = Bench::new(Disc::blank(K::BdRPow));
    bench.write(96, 1, 0, Options::default());
    let before = bench.state().replacements_left;
    // Smaller than what is there, then larger: the part beyond goes first.
    bench.write(40, 2, 0, over());
    assert_eq!(bench.state().replacements_left, before - 2);
    bench.write(200, 3, 0, over());
    let state = bench.state();
    assert_eq!(state.replacements_left, before - 5);
    let next = bench.next();
    let third = bench.write(64, 4, next, closing());
    bench.holds(&third, next);
    assert!(bench.state().finalized);
    assert_eq!(bench.refused(10, over()), "disc-closed");
}

#[test]
fn random_recording_takes_each_cluster_once() {
    let bench = Bench::new(Disc::blank(K::BdRRrm));
    let job = bench.write(100, 1, 0, Options::default());
    for options in [Options::default(), over()] {
        assert_eq!(bench.refused(10, options), "disc-state-unsuitable");
    }
    bench.holds(&job, 0);
    let bench = Bench::new(Disc::blank(K::BdRRrm));
    bench.write(100, 1, 0, closing());
    assert!(bench.state().finalized);
    assert_eq!(bench.refused(10, over()), "disc-closed");
}

#[test]
fn the_speed_is_set_back_after_a_burn() {
    let bench = Bench::of("dvd+r");
    bench.write(64, 1, 0, Options::default());
    let streaming: Vec<u8> = bench.tap.log().iter().filter(|e| e.cdb[0] == 0xB6).map(|e| e.data[0] & 0x04).collect();
    assert_eq!(streaming, [0, 4], "set, and then the defaults");
}

#[test]
fn hd_dvd_is_known_and_has_no_writer() {
    for id in ["hd-dvd-r", "hd-dvd-rw:recorded", "hd-dvd-ram", "hd-dvd-rom"] {
        let bench = Bench::of(id);
        let error = bench.try_write(10, 1, over()).expect_err("no writer");
        assert_eq!((error.code, error.hresult), ("disc-no-writer", h::E_NOTIMPL), "{id}");
        assert_eq!(bench.try_format(FormatOptions::default()).expect_err("nor this").hresult, h::E_NOTIMPL, "{id}");
    }
}
