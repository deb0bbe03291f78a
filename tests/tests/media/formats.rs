//! Every format with its options: what the disc becomes, how long it takes, that it is written afterwards; stops.

use std::sync::Arc;

use webburn_drive::media::{BackgroundFormat, FormatState};
use webburn_imapi::{
    BlockRange, DiscFormat2Erase, Event, FormatGoal, FormatOptions, Options, Reporter, Spare, hresult as h, progress,
};
use webburn_sector::{Lba, SectorCount};
use webburn_sim::disc::{Background, Format};
use webburn_sim::surface::MemoryStore;
use webburn_sim::{Disc, MediumKind};
use webburn_tests::job::{Job, JobSource};
use webburn_tests::oracle;
use webburn_tests::workbench::{Bench, goal, over};

#[test]
fn a_bd_r_is_formatted_once() {
    for (wish, format, profile) in [
        (FormatGoal::SpareAreas, Format::Sequential, 0x41),
        (FormatGoal::PseudoOverwrite, Format::PseudoOverwrite, 0x41),
        (FormatGoal::RandomRecording, Format::RandomOnce, 0x42),
    ] {
        for (spare, sectors) in [
            (Spare::Usual, 393_216),
            (Spare::Least, 131_072),
            (Spare::Most, 655_360),
            (Spare::Sectors(SectorCount(200_000 / 32 * 32)), 200_000),
        ] {
            let bench = Bench::of("bd-r");
            let media = bench.format(FormatOptions { spare, ..goal(wish) });
            let state = bench.state();
            assert_eq!((state.format, state.spare_blocks), (format, sectors), "{wish:?} {spare:?}");
            assert_eq!(media.profile, profile);
            bench.write(100, 1, 0, Options::default());
            let again = bench.try_format(goal(wish)).expect_err("once");
            assert_eq!(again.code, "format-not-offered");
        }
    }
    let bench = Bench::of("bd-r");
    for spare in
        [Spare::Sectors(SectorCount(31)), Spare::Sectors(SectorCount(1)), Spare::Sectors(SectorCount(9_999_968))]
    {
        let error =
            bench.try_format(FormatOptions { spare, ..goal(FormatGoal::SpareAreas) }).expect_err("a wrong size");
        assert_eq!((error.code, error.hresult), ("format-spare-size", h::E_INVALIDARG));
        assert!(error.refused_before_writing);
    }
}

#[test]
fn a_bd_re_is_formatted_with_and_without_spare_areas_and_certified() {
    for (spare, full, blocks) in [
        (Spare::Usual, false, 11_826_176),
        (Spare::None, false, 12_219_392),
        (Spare::Least, false, 12_088_320),
        (Spare::Most, true, 11_564_032),
        (Spare::Usual, true, 11_826_176),
        (Spare::Sectors(SectorCount(320_000)), false, 12_219_392 - 320_000),
    ] {
        let bench = Bench::of("bd-re");
        let (seconds, media) = {
            let before = bench.sim.time().now();
            let media = bench.format(FormatOptions { spare, full, ..FormatOptions::default() });
            ((bench.sim.time().now() - before).as_secs(), media)
        };
        assert_eq!((bench.state().blocks, media.format), (blocks, FormatState::Formatted), "{spare:?} {full}");
        // Every cluster written and read takes hours.
        assert_eq!(seconds > 3600, full, "{spare:?} {full}: {seconds} s");
        bench.write(100, 1, 0, Options::default());
    }
    let refused =
        Bench::of("bd-re").try_format(FormatOptions { spare: Spare::None, full: true, ..FormatOptions::default() });
    assert_eq!(refused.expect_err("not certified without spares").code, "format-not-offered");
}

#[test]
fn a_dvd_ram_is_formatted_quickly_or_fully_with_two_sizes() {
    for (spare, blocks) in [(Spare::Usual, 2_236_704), (Spare::None, 2_295_072), (Spare::Most, 2_236_704)] {
        for full in [false, true] {
            let bench = Bench::of("dvd-ram:recorded");
            let before = bench.sim.time().now();
            bench.format(FormatOptions { spare, full, ..FormatOptions::default() });
            let seconds = (bench.sim.time().now() - before).as_secs();
            assert_eq!(bench.state().blocks, blocks, "{spare:?}");
            assert_eq!(seconds > 300, full, "{spare:?} {full}: {seconds} s");
            bench.write(100, 1, 0, Options::default());
        }
    }
}

#[test]
fn a_dvd_rw_changes_its_mode_and_back() {
    for full in [false, true] {
        let bench = Bench::of("dvd-rw:recorded");
        let media = bench.format(FormatOptions { full, ..goal(FormatGoal::Restricted) });
        assert_eq!(media.profile, 0x13);
        assert_eq!(media.format, if full { FormatState::Formatted } else { FormatState::Intermediate });
        bench.write(500, 1, 0, Options::default());
        bench.write(1600, 2, 0, over());
        let media = bench.format(FormatOptions { full, ..goal(FormatGoal::Sequential) });
        assert_eq!((media.profile, media.abilities.incremental), (0x14, full));
        bench.write(200, 3, 0, Options::default());
    }
}

#[test]
fn a_part_beyond_the_end_of_a_restricted_dvd_rw_keeps_the_rest() {
    let bench = Bench::of("dvd-rw");
    bench.format(goal(FormatGoal::Restricted));
    let first = bench.write(320, 1, 0, Options::default());
    assert_eq!(bench.state().blocks, 320);
    // Sectors 320 to 639 of a longer stream: the last border grows, and sectors 0 to 319 stay.
    let range = BlockRange { start: Lba(320), end: Lba(639) };
    let mut source = JobSource::new(&Job::of(640), 2);
    let data = bench.writer(Options { block_ranges: Some(vec![range]), ..Options::default() });
    pollster::block_on(data.write(Some(&mut source), &Reporter::silent())).expect("written");
    bench.holds(&first, 0);
    let grown = oracle::sectors(&bench.sim, 320, 320).expect("readable");
    for (k, sector) in grown.chunks_exact(2048).enumerate() {
        assert_eq!(sector, source.sector(320 + k as u64), "sector {}", 320 + k);
    }
}

#[test]
fn a_background_format_goes_on_stops_and_is_taken_up_again() {
    let bench = Bench::of("dvd+rw");
    let media = bench.format(goal(FormatGoal::Background));
    assert_eq!(media.background, BackgroundFormat::Running);
    // While it runs the disc is written and read.
    bench.format(goal(FormatGoal::Stop));
    assert_eq!(bench.state().background, Background::Stopped);
    assert_eq!(bench.try_format(goal(FormatGoal::Stop)).expect_err("it is stopped").code, "format-not-running");
    bench.format(goal(FormatGoal::Resume));
    assert_eq!(bench.state().background, Background::Running);
    assert_eq!(bench.try_format(goal(FormatGoal::Resume)).expect_err("it runs").code, "format-not-stopped");
    let job = bench.write(100, 1, 0, Options::default());
    // The burn ended it, so that readers know the disc.
    assert_eq!(bench.state().background, Background::Stopped);
    let media = bench.format(FormatOptions { full: true, ..goal(FormatGoal::Resume) });
    assert_eq!(media.background, BackgroundFormat::Complete);
    bench.holds(&job, 0);
}

#[test]
fn waiting_for_a_background_format_tells_progress_and_can_be_stopped() {
    let bench = Bench::of("dvd+rw");
    let format = bench.formatter(FormatOptions { full: true, ..goal(FormatGoal::Background) });
    let format = Arc::new(format);
    let (reporter, events) = progress::channel();
    // A stop after so many commands, as from another thread.
    let other = format.clone();
    bench.tap.restart();
    bench.tap.when(200, move || other.cancel());
    let error = pollster::block_on(format.format(&reporter)).expect_err("stopped");
    drop(reporter);
    assert_eq!((error.code, error.hresult), ("cancelled", h::E_IMAPI_REQUEST_CANCELLED));
    assert!(!error.refused_before_writing);
    assert_eq!(error.after.map(|media| media.background), Some(BackgroundFormat::Stopped));
    let seen: Vec<Event> = pollster::block_on(futures::StreamExt::collect(events));
    let fraction = |event: &Event| match event {
        Event::Progress(progress) => progress.fraction,
        _ => None,
    };
    assert!(seen.iter().filter_map(fraction).any(|fraction| fraction > 0.0), "progress was told");
    assert!(oracle::is_unlocked(&bench.sim));
    bench.format(FormatOptions { full: true, ..goal(FormatGoal::Resume) });
    bench.write(100, 1, 0, Options::default());
}

#[test]
fn a_full_erase_by_zeros_can_be_stopped() {
    let mut state = Disc::blank(MediumKind::DvdRam).to_state();
    state.blocks = 20_000;
    let track = &mut state.tracks[0];
    (track.size, track.next) = (Some(20_000), 20_000);
    let bench = Bench::new(Disc::from_state(state, Box::new(MemoryStore::new())).unwrap());
    bench.write(500, 1, 0, Options::default());
    let erase = Arc::new(DiscFormat2Erase::new());
    erase.set_recorder(Some(bench.recorder.clone())).unwrap();
    erase.set_client_name("webburn-tests").unwrap();
    erase.set_full_erase(true);
    let other = erase.clone();
    bench.tap.restart();
    bench.tap.when(60, move || other.cancel_erase());
    let error = pollster::block_on(erase.erase_media(&Reporter::silent())).expect_err("stopped");
    assert_eq!(error.hresult, h::E_IMAPI_REQUEST_CANCELLED);
    assert!(oracle::is_unlocked(&bench.sim));
    // The beginning is gone, the disc is as good as before.
    assert_eq!(oracle::sectors(&bench.sim, 0, 32), Some(vec![0; 32 * 2048]));
    bench.write(64, 3, 0, over());
}
