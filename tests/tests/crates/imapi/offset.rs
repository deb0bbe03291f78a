//! The distance by which a drive writes and reads audio beside its place.

use webburn_imapi::cd::MAIN;
use webburn_imapi::verify_cd::offset::*;
use webburn_tests::sound::noise;

#[test]
fn offsets_are_found() {
    let read = noise(1, 10_000 * SAMPLE);
    for offset in [0, 1, -1, 6, 667, -1164, 2999] {
        let zero = 3000;
        let from = (zero + offset) as usize * SAMPLE;
        assert_eq!(find(&read[from..from + 2000 * SAMPLE], &read, zero), Some(offset));
    }
    assert!(tells(&read[..KEY * SAMPLE]) && !tells(&vec![0; KEY * SAMPLE]));
    assert_eq!(find(&noise(1, 20_000 * SAMPLE)[60_000..68_000], &read, 3000), None);
}

#[test]
fn edges_do_not_count() {
    let read = noise(1, 2 * SAMPLES as usize * SAMPLE);
    let sector = &read[..MAIN];
    assert!(same(sector, &read, 0));
    assert!(!same(sector, &read, 1));
    assert!(same(&[vec![9; 40], sector[..MAIN - 40].to_vec()].concat(), &read, -10));
    // A sector that lies elsewhere altogether is neither equal nor different.
    assert!(overlaps(&read, 0) && overlaps(&read, 1 - SAMPLES) && overlaps(&read, 2 * SAMPLES - 1));
    assert!(!overlaps(&read, -SAMPLES) && !overlaps(&read, 2 * SAMPLES));
    let behind = [read[MAIN + 80..].to_vec(), vec![7; 80]].concat();
    assert!(same(&behind, &read, SAMPLES + 20));
}
