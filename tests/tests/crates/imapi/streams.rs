//! Streams that are made of others, and one that is made of nothing.

use webburn_imapi::hresult::E_INVALIDARG;
use webburn_imapi::streams::*;
use webburn_sector::{BytesSource, SectorCount, SectorSource};

fn stream(first: u8, sectors: usize) -> BytesSource {
    let bytes = (0..sectors).flat_map(|k| vec![first + k as u8; 4]).collect();
    BytesSource::new(bytes, 4)
}

fn all<S: SectorSource>(source: &mut S) -> Vec<u8> {
    let mut bytes = vec![0; source.sectors().0 as usize * source.sector_size()];
    pollster::block_on(source.read(0, &mut bytes)).expect("all of it");
    bytes.chunks(source.sector_size()).map(|sector| sector[0]).collect()
}

#[test]
fn one_behind_the_other_at_any_place() {
    let mut joined = StreamConcatenate::initialize(vec![stream(1, 3), stream(10, 2)]).unwrap();
    joined.append(stream(20, 1)).unwrap();
    assert_eq!(all(&mut joined), [1, 2, 3, 10, 11, 20]);
    let mut middle = [0; 12];
    pollster::block_on(joined.read(2, &mut middle)).unwrap();
    assert_eq!(middle, [3, 3, 3, 3, 10, 10, 10, 10, 11, 11, 11, 11]);
    assert!(pollster::block_on(joined.read(5, &mut middle)).is_err(), "beyond the end");
    let other = BytesSource::new(vec![0; 8], 8);
    assert_eq!(joined.append(other).map_err(|error| error.hresult), Err(E_INVALIDARG));
    assert!(StreamConcatenate::<BytesSource>::initialize(vec![]).is_err());
}

#[test]
fn runs_in_turn() {
    let mut woven = StreamInterleave::initialize(vec![stream(1, 5), stream(100, 9)], &[8, 12]).unwrap();
    assert_eq!(all(&mut woven), [1, 2, 100, 101, 102, 3, 4, 103, 104, 105]);
    for sizes in [&[8][..], &[8, 0], &[8, 6]] {
        assert!(StreamInterleave::initialize(vec![stream(1, 5), stream(100, 9)], sizes).is_err(), "{sizes:?}");
    }
}

#[test]
fn pseudo_random_is_the_same_wherever_it_is_entered() {
    let mut random = StreamPseudoRandom::new(1, SectorCount(4));
    let mut whole = vec![0; 4 * 2048];
    pollster::block_on(random.read(0, &mut whole)).unwrap();
    let mut third = vec![0; 2048];
    pollster::block_on(random.read(2, &mut third)).unwrap();
    assert_eq!(third, whole[2 * 2048..3 * 2048]);
    // The first state from seed 1 is 19660Dh + 3C6EF35Fh = 3C88596Ch.
    assert_eq!(whole[0], 0x88);
    assert_ne!(whole[..2048], whole[2048..4096]);
}
