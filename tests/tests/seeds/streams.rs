//! The streams that IMAPI2 brings along, burnt: what is on the disc is what they say.

use webburn_imapi::Options;
use webburn_imapi::streams::{StreamConcatenate, StreamInterleave, StreamPseudoRandom};
use webburn_sector::{BytesSource, SectorCount, SectorSource, ZeroSource};
use webburn_tests::oracle;
use webburn_tests::rig::both;

/// Burns a stream and gives back what the disc holds.
fn burnt<S: SectorSource + Clone>(stream: &S) -> Vec<u8> {
    let held = std::cell::RefCell::new(Vec::new());
    both("dvd+rw", |rig| {
        assert_eq!(rig.write(vec![], Options::default(), &mut stream.clone()).number(), 0, "{}", rig.height);
        held.replace(oracle::sectors(&rig.sim, 0, stream.sectors().0).expect("readable"));
    });
    held.into_inner()
}

/// The first byte of each sector.
fn firsts(bytes: &[u8]) -> Vec<u8> {
    bytes.chunks(2048).map(|sector| sector[0]).collect()
}

fn stream(first: u8, sectors: u8) -> BytesSource {
    BytesSource::new((first..first + sectors).flat_map(|byte| vec![byte; 2048]).collect(), 2048)
}

#[test]
fn zeros() {
    let bytes = burnt(&ZeroSource(SectorCount(100)));
    assert!(bytes.len() == 100 * 2048 && bytes.iter().all(|byte| *byte == 0));
}

#[test]
fn one_behind_the_other() {
    let mut joined = StreamConcatenate::initialize(vec![stream(1, 3), stream(50, 2)]).unwrap();
    joined.append(stream(90, 1)).unwrap();
    joined.append_all(vec![stream(100, 2), stream(120, 1)]).unwrap();
    assert_eq!(joined.sectors(), SectorCount(9));
    assert_eq!(firsts(&burnt(&joined)), [1, 2, 3, 50, 51, 90, 100, 101, 120]);
    // Another sector size joins nothing, and spoils nothing.
    let other = || BytesSource::new(vec![0; 2352], 2352);
    assert_eq!(joined.append(other()).map_err(|error| error.hresult.0), Err(0x8007_0057));
    let both = joined.append_all(vec![stream(7, 1), other()]);
    assert_eq!((both.map_err(|error| error.hresult.0), joined.sectors()), (Err(0x8007_0057), SectorCount(9)));
    let nothing = StreamConcatenate::<BytesSource>::initialize(vec![]).map(|_| ());
    assert_eq!(nothing.map_err(|error| error.hresult.0), Err(0x8007_0057));
}

#[test]
fn runs_in_turn() {
    let woven = StreamInterleave::initialize(vec![stream(1, 6), stream(100, 9)], &[2 * 2048, 3 * 2048]).unwrap();
    let expected = [1, 2, 100, 101, 102, 3, 4, 103, 104, 105, 5, 6, 106, 107, 108];
    assert_eq!(firsts(&burnt(&woven)), expected);
    for sizes in [&[2048][..], &[2048, 0], &[2048, 100]] {
        let made = StreamInterleave::initialize(vec![stream(1, 6), stream(100, 9)], sizes);
        assert_eq!(made.map(|_| ()).map_err(|error| error.hresult.0), Err(0x8007_0057), "{sizes:?}");
    }
}

/// The generator as it is documented: multiplier 19660Dh, increment 3C6EF35Fh.
fn generated(seed: u32, bytes: usize) -> Vec<u8> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(0x0019_660D).wrapping_add(0x3C6E_F35F);
        (state >> 16) as u8
    };
    (0..bytes).map(|_| next()).collect()
}

#[test]
fn pseudo_random_from_a_seed() {
    let mut random = StreamPseudoRandom::new(1, SectorCount(50));
    assert!(burnt(&random) == generated(1, 50 * 2048));
    random.set_seed(0xDEAD_BEEF);
    random.set_size(SectorCount(3));
    assert_eq!((random.seed(), random.sectors()), (0xDEAD_BEEF, SectorCount(3)));
    assert!(burnt(&random) == generated(0xDEAD_BEEF, 3 * 2048), "a new seed begins anew");
    assert_eq!(random.set_extended_seed(&[1, 2, 3]).map_err(|error| error.hresult.0), Err(0x8000_4001));
    assert_eq!(random.extended_seed().map_err(|error| error.hresult.0), Err(0x8000_4001));
}
