//! Plans and refusals by medium, without a drive.

use webburn_drive::Media;
use webburn_drive::media::{
    BackgroundFormat, DiscStatus, Family, FormatOffer, FormatState, Kind, Recording, Session, SessionStatus, Speed,
    Track, TrackKind,
};
use webburn_imapi::plan::{Act, BurnPlan, Finish, Step, plan};
use webburn_imapi::{BlockRange, HResult, Options, SpeedWish, hresult};
use webburn_sector::{Lba, SectorCount};

fn open_track(number: u16, session: u16, start: i32, free: u32) -> Track {
    Track {
        number,
        session,
        start: Lba(start),
        sectors: SectorCount(free),
        kind: TrackKind::Data,
        blank: true,
        reserved: false,
        packet: false,
        damaged: false,
        next_writable: Some(Lba(start)),
        last_recorded: None,
        free: SectorCount(free),
    }
}

/// A blank disc of a profile in a drive that writes everything.
fn blank(profile: u16) -> Media {
    let kind = Kind::of_profile(profile);
    let mut media = Media::of_kind(kind, profile);
    media.drive_writes = true;
    let total = match (kind.family(), kind) {
        (Family::Cd, _) => 359_849,
        (Family::Bd, Kind::BdRe) => 11_826_176,
        (Family::Bd, _) => 12_219_392,
        _ => 2_295_104,
    };
    media.total = Some(SectorCount(total));
    media.free = media.total;
    let kilobytes = match kind.family() {
        Family::Cd => 7056,
        Family::Bd => 17_982,
        _ => 11_080,
    };
    media.speeds = vec![Speed { write_kilobytes: kilobytes, read_kilobytes: kilobytes, pure_cav: false, end: None }];
    media.abilities.underrun_free = true;
    match kind.recording() {
        Recording::Sequential => {
            media.status = DiscStatus::Blank;
            media.last_session = SessionStatus::Empty;
            media.tracks = vec![open_track(1, 1, 0, total)];
            media.track_count = 1;
            media.next_writable = Some(Lba::ZERO);
            media.abilities.track_at_once = kind.family() == Family::Cd;
            media.abilities.incremental = matches!(kind, Kind::DvdR | Kind::DvdRwSequential);
            media.abilities.dvd_dash_write =
                matches!(kind, Kind::DvdR | Kind::DvdRwSequential | Kind::DvdRDlSequential);
        }
        Recording::Overwritable => {
            media.status = DiscStatus::Other;
            media.format = FormatState::Unformatted;
            let kind = if matches!(kind, Kind::DvdPlusRw | Kind::DvdPlusRwDl) { 0x26 } else { 0x00 };
            media.offers = vec![FormatOffer { kind, sectors: SectorCount(total), parameter: 0 }];
        }
        Recording::ReadOnly => media.status = DiscStatus::Complete,
    }
    media
}

/// The same with one closed session of 1000 sectors, the disc open behind it.
fn appendable(profile: u16) -> Media {
    let mut media = blank(profile);
    let closed = Track { blank: false, next_writable: None, sectors: SectorCount(1000), ..open_track(1, 1, 0, 0) };
    let gap = if media.kind.family() == Family::Cd { 11_400 } else { 0 };
    let start = 1024 + gap;
    let free = media.total.unwrap_or_default().0 - start;
    media.status = DiscStatus::Appendable;
    media.tracks = vec![closed, open_track(2, 2, start as i32, free)];
    media.track_count = 2;
    media.next_writable = Some(Lba(start as i32));
    media.free = Some(SectorCount(free));
    let session = |number, start, open| Session {
        number,
        first_track: number,
        last_track: number,
        start: Lba(start),
        end: Lba(start),
        open,
    };
    media.sessions = vec![session(1, 0, false), session(2, start as i32, true)];
    media
}

fn steps(plan: &BurnPlan) -> String {
    plan.steps.iter().map(Step::code).collect::<Vec<_>>().join(" ")
}

fn planned(media: &Media, sectors: u64, options: &Options) -> BurnPlan {
    plan(media, sectors * 2048, options).unwrap_or_else(|error| panic!("{}: {error}", media.kind.name()))
}

fn refused(media: &Media, sectors: u64, options: &Options) -> (&'static str, HResult) {
    let error = plan(media, sectors * 2048, options).expect_err("to be refused");
    assert!(error.refused_before_writing);
    assert!(webburn_imapi::code::FAILURES.contains(&error.code), "{} is not listed", error.code);
    (error.code, error.hresult)
}

#[test]
fn recipes_of_blank_discs() {
    let keep_dvd_open = Options { disable_consumer_dvd_compatibility_mode: true, ..Options::default() };
    for (profile, expected, closes, stopped) in [
        (0x09, "speed mode-page calibrate write flush close-session", false, "disc-appendable"),
        (0x0A, "speed mode-page calibrate write flush close-session", false, "disc-reusable"),
        (0x11, "speed mode-page calibrate write flush close-track close-session", false, "disc-appendable"),
        (0x14, "speed mode-page calibrate write flush close-track close-session", false, "disc-reusable"),
        (0x15, "speed mode-page calibrate reserve write flush", true, "disc-spent"),
        (0x1B, "speed write flush close-track close-session", false, "disc-appendable"),
        (0x2B, "speed write flush close-track close-disc", true, "disc-appendable"),
        (0x1A, "speed format-background write flush stop-format", false, "disc-reusable"),
        (0x12, "speed format write flush", false, "disc-reusable"),
        (0x41, "speed write flush close-track close-session", false, "disc-appendable"),
        (0x43, "speed format write flush", false, "disc-reusable"),
    ] {
        let plan = planned(&blank(profile), 10_000, &keep_dvd_open);
        let found = (steps(&plan), plan.closes, plan.if_stopped.code);
        assert_eq!(found, (expected.to_owned(), closes, stopped), "{profile:04X}");
        assert_eq!((plan.start, plan.sectors), (Lba::ZERO, SectorCount(10_000)), "{profile:04X}");
        assert!(plan.steps.iter().all(|step| webburn_imapi::code::STEPS.contains(&step.code())));
        assert!(webburn_imapi::code::IF_STOPPED.contains(&plan.if_stopped.code));
    }
}

#[test]
fn closing_follows_the_compatibility_table() {
    let options = |disable, force| Options {
        disable_consumer_dvd_compatibility_mode: disable,
        force_media_to_be_closed: force,
        ..Options::default()
    };
    // Compatibility on; off and forced; off and not forced.
    for (profile, expected) in [
        (0x1B, [Some(Finish::Compatible), Some(Finish::Full), None]),
        (0x2B, [Some(Finish::Compatible), Some(Finish::Compatible), Some(Finish::Compatible)]),
        (0x09, [None, Some(Finish::BySession), None]),
        (0x11, [None, Some(Finish::BySession), None]),
        (0x41, [None, Some(Finish::Full), None]),
    ] {
        for ((disable, force), finish) in [(false, false), (true, true), (true, false)].into_iter().zip(expected) {
            let plan = planned(&blank(profile), 1000, &options(disable, force));
            let found = plan.steps.iter().find_map(|step| match step.act {
                Act::CloseDisc(finish) => Some(finish),
                _ => None,
            });
            assert_eq!(found, finish, "{profile:04X} {disable} {force}");
            assert_eq!(plan.closes, finish.is_some());
        }
    }
}

#[test]
fn a_nearly_full_disc_is_closed() {
    for profile in [0x09, 0x11, 0x1B, 0x41] {
        let media = blank(profile);
        let total = u64::from(media.total.unwrap_or_default().0);
        let open = Options { disable_consumer_dvd_compatibility_mode: true, ..Options::default() };
        assert!(planned(&media, total * 985 / 1000, &open).closes, "{profile:04X}");
        assert!(!planned(&media, total * 970 / 1000, &open).closes, "{profile:04X}");
    }
}

#[test]
fn the_next_session_goes_to_the_next_writable_address() {
    let options = Options { disable_consumer_dvd_compatibility_mode: true, ..Options::default() };
    for (profile, start) in [(0x09, 12_424), (0x11, 1024), (0x1B, 1024), (0x41, 1024)] {
        let plan = planned(&appendable(profile), 500, &options);
        assert_eq!(plan.start, Lba(start), "{profile:04X}");
        if profile != 0x09 {
            assert!(plan.steps.iter().any(|step| step.act == Act::CloseTrack(2)), "{profile:04X}");
        }
    }
}

#[test]
fn zeros_fill_up_tracks_and_write_units() {
    let fill = |profile, sectors, options: &Options| planned(&blank(profile), sectors, options).ranges()[0].fill.0;
    let plain = Options::default();
    let own_postgap = Options { postgap_already_in_image: true, ..Options::default() };
    for (sectors, with_postgap, without) in
        [(1, 299, 299), (10, 290, 290), (150, 150, 150), (299, 150, 1), (300, 150, 0)]
    {
        assert_eq!(fill(0x09, sectors, &plain), with_postgap, "{sectors}");
        assert_eq!(fill(0x09, sectors, &own_postgap), without, "{sectors}");
    }
    for (sectors, dvd, bd) in
        [(1, 15, 31), (15, 1, 17), (16, 0, 16), (17, 15, 15), (31, 1, 1), (32, 0, 0), (33, 15, 31)]
    {
        assert_eq!(fill(0x1B, sectors, &plain), dvd, "{sectors} on DVD+R");
        assert_eq!(fill(0x41, sectors, &plain), bd, "{sectors} on BD-R");
    }
}

#[test]
fn what_does_not_fit_is_refused_to_the_sector() {
    use webburn_imapi::hresult::E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA as TOO_LARGE;
    let options = Options::default();
    // On CD, postgap and run-out need room too.
    for (profile, most) in [(0x09, 359_849 - 152), (0x1B, 2_295_104), (0x41, 12_219_392), (0x1A, 2_295_104)] {
        assert_eq!(planned(&blank(profile), most, &options).sectors.0 as u64, most, "{profile:04X}");
        assert_eq!(refused(&blank(profile), most + 1, &options), ("image-too-large", TOO_LARGE), "{profile:04X}");
    }
    let error = plan(&blank(0x09), 2048 * 400_000, &options).expect_err("too large");
    assert_eq!(error.args, [("sectors", 400_000_u32.into()), ("free", 359_697_u32.into())]);
    assert_eq!(refused(&blank(0x41), 1 << 32, &options).1, TOO_LARGE);
}

#[test]
fn refusals_in_the_order_of_the_checks() {
    use webburn_imapi::hresult as h;
    let plain = Options::default();
    let complete = |profile| Media { status: DiscStatus::Complete, next_writable: None, ..blank(profile) };
    let reader = Media { drive_writes: false, ..blank(0x09) };
    let written = Media { format: FormatState::Formatted, background: BackgroundFormat::Complete, ..blank(0x1A) };
    let protected = {
        let mut media = blank(0x43);
        media.protection.by_software = true;
        media
    };
    let damaged = Media { last_session: SessionStatus::Damaged, ..appendable(0x1B) };
    let half =
        Media { last_session: SessionStatus::Incomplete, tracks: vec![], next_writable: None, ..appendable(0x11) };
    let none = Media { kind: Kind::None, ..blank(0) };
    for (media, code, hresult) in [
        (&reader, "drive-read-only", h::E_IMAPI_DF2DATA_RECORDER_NOT_SUPPORTED),
        (&none, "no-disc", h::E_IMAPI_RECORDER_MEDIA_NO_MEDIA),
        (&blank(0x51), "disc-no-writer", h::E_NOTIMPL),
        (&blank(0x10), "disc-read-only", h::E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED),
        (&blank(0xFFFF), "disc-unsupported", h::E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED),
        (&protected, "disc-write-protected", h::E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED),
        (&complete(0x09), "disc-closed", h::E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED),
        (&complete(0x0A), "disc-erase-required", h::E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED),
        (&damaged, "disc-damaged", h::E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED),
        (&half, "disc-session-open", h::E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED),
        (&written, "disc-not-blank", h::E_IMAPI_DF2DATA_MEDIA_NOT_BLANK),
    ] {
        assert_eq!(refused(media, 100, &plain), (code, hresult), "{}", media.kind.name());
    }
    // A stream that is none is refused whatever the disc.
    for bytes in [0, 1, 2047, 2049] {
        let error = plan(&none, bytes, &plain).expect_err("no whole sectors");
        assert_eq!(error.hresult, h::E_IMAPI_DF2DATA_STREAM_NOT_SUPPORTED);
        assert_eq!(error.code, if bytes == 0 { "image-empty" } else { "image-not-whole-sectors" });
    }
}

#[test]
fn overwriting() {
    let force = Options { force_overwrite: true, ..Options::default() };
    let written = Media { format: FormatState::Formatted, background: BackgroundFormat::Complete, ..blank(0x1A) };
    assert_eq!(steps(&planned(&written, 100, &force)), "speed write flush");
    // Seemingly blank needs no force; a stopped background format is taken up again.
    let zeros = Media { seems_blank: Some(true), background: BackgroundFormat::Stopped, ..written };
    assert_eq!(steps(&planned(&zeros, 100, &Options::default())), "speed format-background write flush stop-format");
    // Full rewritables of the sequential kind are blanked first, unless only the documented is wanted.
    let full = Media { status: DiscStatus::Complete, next_writable: None, ..blank(0x0A) };
    assert_eq!(steps(&planned(&full, 100, &force)), "blank speed mode-page calibrate write flush close-session");
    let strict = Options { strict: true, ..force.clone() };
    assert_eq!(refused(&full, 100, &strict).0, "disc-erase-required");
    let full = Media { status: DiscStatus::Complete, next_writable: None, ..blank(0x14) };
    assert_eq!(steps(&planned(&full, 100, &force)), "blank speed mode-page calibrate reserve write flush");
}

#[test]
fn block_ranges_are_written_as_they_stand() {
    let range = |start, end| BlockRange { start: Lba(start), end: Lba(end) };
    let with = |ranges| Options { block_ranges: Some(ranges), ..Options::default() };
    let written = Media { format: FormatState::Formatted, background: BackgroundFormat::Complete, ..blank(0x1A) };
    let plan = planned(&written, 200, &with(vec![range(100, 115), range(0, 15)]));
    let places: Vec<_> = plan.ranges().iter().map(|r| (r.from, r.to.0, r.sectors.0, r.fill.0)).collect();
    assert_eq!(places, [(100, 100, 16, 0), (0, 0, 16, 0)]);
    let invalid = hresult::E_INVALIDARG;
    for bad in [vec![range(5, 4)], vec![range(0, 200)], vec![range(-1, 4)], vec![]] {
        assert_eq!(refused(&written, 200, &with(bad)), ("bad-block-range", invalid));
    }
    let restricted = Media { format: FormatState::Formatted, readable: Some(SectorCount(2_295_104)), ..blank(0x13) };
    assert_eq!(refused(&restricted, 200, &with(vec![range(100, 115)])).1, invalid);
    assert_eq!(planned(&restricted, 200, &with(vec![range(96, 111)])).sectors, SectorCount(16));
}

#[test]
fn speeds_are_chosen_and_adjusted() {
    let wish = |sectors| Options {
        speed: Some(SpeedWish { sectors_per_second: sectors, pure_cav: false }),
        ..Options::default()
    };
    assert_eq!(planned(&blank(0x09), 100, &wish(3000)).adjusted, hresult::S_OK);
    assert_eq!(planned(&blank(0x09), 100, &wish(9000)).adjusted, hresult::S_IMAPI_SPEEDADJUSTED);
    let none = Media { speeds: vec![], ..blank(0x09) };
    assert_eq!(steps(&planned(&none, 100, &wish(9000))), "mode-page calibrate write flush close-session");
}
