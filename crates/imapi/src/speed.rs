//! Which of the drive's speeds a wish gets.

use webburn_drive::Media;
use webburn_drive::media::{Family, Speed};

use crate::hresult::{HResult, S_IMAPI_BOTHADJUSTED, S_IMAPI_ROTATIONADJUSTED, S_IMAPI_SPEEDADJUSTED, S_OK};
use crate::options::SpeedWish;

/// Sectors a second of a figure in kilobytes (1000 bytes) a second, rounded.
#[must_use]
pub fn sectors_per_second(kilobytes: u32, family: Family) -> u32 {
    let sectors = f64::from(kilobytes) * 1000.0 / f64::from(family.bytes_per_sector());
    sectors.round() as u32
}

/// A figure in kilobytes a second as a multiple of 1×, as printed on discs: to the nearest tenth.
#[must_use]
pub fn times(kilobytes: u32, family: Family) -> f64 {
    (f64::from(kilobytes) / family.kilobytes_per_second() * 10.0).round() / 10.0
}

/// The speed a wish gets, and whether it had to be adjusted. No wish means the fastest; a drive that lists none keeps
/// its own choice, which adjusts nothing as nobody can tell.
#[must_use]
pub fn choose(media: &Media, wish: Option<SpeedWish>) -> (Option<Speed>, HResult) {
    let family = media.kind.family();
    let fastest = media.speeds.iter().copied().max_by_key(|speed| speed.write_kilobytes);
    let Some(wish) = wish else { return (fastest, S_OK) };
    let distance = |speed: &Speed| {
        let offered = sectors_per_second(speed.write_kilobytes, family);
        (offered.abs_diff(wish.sectors_per_second), speed.pure_cav != wish.pure_cav, std::cmp::Reverse(offered))
    };
    let same_rotation = |speed: &&Speed| speed.pure_cav == wish.pure_cav;
    let rotation_known = media.speeds.iter().any(|speed| same_rotation(&speed));
    let chosen =
        media.speeds.iter().filter(|speed| !rotation_known || same_rotation(speed)).min_by_key(|speed| distance(speed));
    let Some(chosen) = chosen else { return (fastest, S_OK) };
    // A wish within one percent is met: 4× is 5408, 5540 or 5541 kB/s, depending on who rounds.
    let offered = sectors_per_second(chosen.write_kilobytes, family);
    let speed_met = offered.abs_diff(wish.sectors_per_second) * 100 <= wish.sectors_per_second;
    let adjusted = match (speed_met, chosen.pure_cav == wish.pure_cav) {
        (true, true) => S_OK,
        (false, true) => S_IMAPI_SPEEDADJUSTED,
        (true, false) => S_IMAPI_ROTATIONADJUSTED,
        (false, false) => S_IMAPI_BOTHADJUSTED,
    };
    (Some(*chosen), adjusted)
}
