//! The distance by which a drive writes and reads audio beside its place, in samples of both channels: how it is found, and
//! what is the same once it is taken off.

use crate::cd::MAIN;

/// The largest offset looked for, in samples to either side. The largest of any known drive are below 1800.
const MOST: i32 = 3000;
/// Bytes of a sample of both channels.
pub const SAMPLE: usize = 4;
/// Samples of a sector.
pub const SAMPLES: i32 = (MAIN / SAMPLE) as i32;
/// Samples by which an offset is recognised. Eight sectors: music repeats itself in less.
pub const KEY: usize = 8 * SAMPLES as usize;

/// Samples that tell one place from another: not the same over and over.
#[must_use]
pub fn tells(samples: &[u8]) -> bool {
    let words = samples.as_chunks::<SAMPLE>().0;
    let changes = words.windows(2).filter(|pair| pair[0] != pair[1]).count();
    changes * 4 > words.len()
}

/// The offset at which `key` lies in `read`, in which offset 0 is at sample `zero`; the smallest if there are several.
#[must_use]
pub fn find(key: &[u8], read: &[u8], zero: i32) -> Option<i32> {
    let at = |offset: i32| {
        let from = usize::try_from(zero + offset).ok()? * SAMPLE;
        read.get(from..from + key.len())
    };
    let fits = |offset: &i32| at(*offset).is_some_and(|there| there == key);
    (0..=MOST).flat_map(|distance| [distance, -distance]).find(fits)
}

/// The offset of this drive, from the first place of `sent` that can be told from its neighbours and lies in `read`, whose
/// sector `back` is the first of `sent`. Both are whole sectors.
#[must_use]
pub fn offset_between(sent: &[u8], read: &[u8], back: u32) -> Option<i32> {
    let sectors = sent.len() / MAIN;
    (0..sectors).step_by(16).find_map(|at| {
        let key = sent.get(at * MAIN..at * MAIN + KEY * SAMPLE).filter(|key| tells(key))?;
        find(key, read, (back as i32 + at as i32) * SAMPLES)
    })
}

/// A sector's samples lie at sample `at` of `read`; those before its beginning and behind its end do not count.
#[must_use]
pub fn same(sector: &[u8], read: &[u8], at: i32) -> bool {
    let from = i64::from(at) * SAMPLE as i64;
    let (skip, from) = (usize::try_from(-from).unwrap_or(0), usize::try_from(from).unwrap_or(0));
    let sector = sector.get(skip..).unwrap_or_default();
    let there = read.get(from..).unwrap_or_default();
    let length = sector.len().min(there.len());
    sector[..length] == there[..length]
}

/// Anything of a sector whose first sample is at `at` lies in `read`.
#[must_use]
pub fn overlaps(read: &[u8], at: i32) -> bool {
    at > -SAMPLES && i64::from(at) < (read.len() / SAMPLE) as i64
}
