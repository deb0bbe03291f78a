//! The edges of a disc: streams around write units and shortest tracks, a disc exactly full, and one sector more.
//! `WEBBURN_LONG=1` takes every size on every kind of disc, and full discs of full size.

use webburn_imapi::enums::BurnVerificationLevel;
use webburn_imapi::{NoDigest, Options, Outcome, Reporter};
use webburn_sector::{SectorCount, SectorSource, SourceError};
use webburn_sim::surface::MemoryStore;
use webburn_sim::{Disc, MediumKind};
use webburn_tests::long;
use webburn_tests::oracle;
use webburn_tests::workbench::{Bench, over};

use MediumKind as K;

const SIZES: [u32; 9] = [1, 15, 16, 17, 31, 32, 33, 299, 300];

/// Everything that can be recorded.
const KINDS: [K; 21] = [
    K::CdR,
    K::CdRw,
    K::DvdR,
    K::DvdRDl,
    K::DvdRDlLj,
    K::DvdRw,
    K::DvdRwRo,
    K::DvdRam,
    K::DvdPlusR,
    K::DvdPlusRDl,
    K::DvdPlusRw,
    K::DvdPlusRwDl,
    K::BdR,
    K::BdRDl,
    K::BdRTl,
    K::BdRQl,
    K::BdRPow,
    K::BdRRrm,
    K::BdRe,
    K::BdReDl,
    K::BdReTl,
];

/// What fits, as the object model tells it.
fn room(bench: &Bench) -> u32 {
    let data = bench.writer(Options::default());
    pollster::block_on(data.free_sectors_on_media()).unwrap_or_else(|error| panic!("{}: {error}", bench.name)).0
}

#[test]
fn sizes_around_write_units_and_shortest_tracks() {
    for (number, kind) in KINDS.into_iter().enumerate() {
        for (place, sectors) in SIZES.into_iter().enumerate() {
            if !long() && (number + place) % 3 != 0 {
                continue;
            }
            let bench = Bench::new(Disc::blank(kind));
            bench.write(sectors, number, 0, Options::default());
            // What fills up behind it is zeros, to the end of the write unit.
            let unit = kind.spec().ecc.max(1);
            let fill = sectors.next_multiple_of(unit) - sectors;
            if fill > 0 {
                let behind = oracle::sectors(&bench.sim, sectors as i32, fill);
                assert!(behind.is_some_and(|b| b.iter().all(|b| *b == 0)), "{} {sectors}", bench.name);
            }
        }
    }
}

#[test]
fn exactly_full() {
    for (number, kind) in KINDS.into_iter().enumerate() {
        if !long() && number % 2 != 0 {
            continue;
        }
        // What a format gives is the kind's own: these are filled at full size, below.
        if matches!(kind, K::DvdRwRo | K::DvdPlusRw | K::DvdPlusRwDl) {
            continue;
        }
        let formatted = matches!(kind, K::BdRe | K::BdReDl | K::BdReTl);
        let mut state = if formatted { Disc::recorded(kind) } else { Disc::blank(kind) }.to_state();
        state.blocks = 6144;
        let bench = Bench::new(Disc::from_state(state, Box::new(MemoryStore::new())).expect("a disc"));
        let all = room(&bench);
        assert!((5000..=6144).contains(&all), "{}: {all}", bench.name);
        bench.write(all, 3, 0, if formatted { over() } else { Options::default() });
        let overwritable = bench.media().kind.recording() == webburn_drive::media::Recording::Overwritable;
        if !overwritable {
            let why = bench.refused(1, Options::default());
            assert!(matches!(why, "disc-closed" | "disc-erase-required"), "{}: {why}", bench.name);
        }
    }
}

#[test]
fn one_sector_more_than_full_is_refused_and_nothing_is_written() {
    for kind in KINDS {
        let bench = Bench::new(Disc::blank(kind));
        let all = room(&bench);
        let before = oracle::text(&bench.sim);
        bench.tap.restart();
        assert_eq!(bench.refused(all + 1, Options::default()), "image-too-large", "{}", bench.name);
        let changing = [0x04, 0x2A, 0x35, 0x53, 0x54, 0x55, 0x5B, 0xA1, 0xAA, 0xBF];
        assert!(bench.tap.log().iter().all(|entry| !changing.contains(&entry.cdb[0])), "{}", bench.name);
        assert_eq!(oracle::text(&bench.sim), before, "{}", bench.name);
        // And it is as good as before.
        bench.write(17, 4, 0, Options::default());
    }
}

/// A stream whose every 64 KiB are one byte: the simulated disc keeps little of it.
struct Plain(u32);

impl Plain {
    const fn byte(sector: u64) -> u8 {
        (sector / 32 % 251) as u8 + 1
    }
}

impl SectorSource for Plain {
    fn sectors(&self) -> SectorCount {
        SectorCount(self.0)
    }
    async fn read(&mut self, first: u64, into: &mut [u8]) -> Result<(), SourceError> {
        for (k, sector) in into.chunks_mut(2048).enumerate() {
            sector.fill(Self::byte(first + k as u64));
        }
        Ok(())
    }
}

#[test]
fn exactly_full_at_full_size() {
    // Those whose size is their format's, which a shrunken disc does not have, and a CD.
    let kinds: &[K] = if long() { &[K::CdR, K::DvdRwRo, K::DvdPlusRw, K::DvdPlusRwDl] } else { &[] };
    for kind in kinds {
        let bench = Bench::new(Disc::blank(*kind));
        let all = room(&bench);
        let data = bench.writer(Options { verification: BurnVerificationLevel::Full, ..Options::default() });
        let report = pollster::block_on(data.burn(&mut Plain(all), &mut NoDigest, &Reporter::silent()));
        let report = report.unwrap_or_else(|error| panic!("{}: {error}", bench.name));
        assert_eq!((report.outcome, report.sectors), (Outcome::Verified, SectorCount(all)), "{}", bench.name);
        for first in (0..all).step_by(all as usize / 97).chain([all - 1]) {
            let sector = oracle::sectors(&bench.sim, first as i32, 1).expect("readable");
            assert!(sector.iter().all(|byte| *byte == Plain::byte(first.into())), "{} at {first}", bench.name);
        }
        let kept = bench.sim.with(|drive| drive.disc_mut().map_or(0, |disc| disc.store_mut().kept()));
        assert!(kept < 16 << 20, "{}: {kept} bytes kept", bench.name);
    }
}
