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

#[cfg(test)]
mod tests {
    use super::*;
    use webburn_drive::media::Kind;

    fn media(speeds: &[(u32, bool)]) -> Media {
        let mut media = Media::of_kind(Kind::CdR, 9);
        media.speeds = speeds
            .iter()
            .map(|(kilobytes, cav)| Speed { write_kilobytes: *kilobytes, read_kilobytes: 0, pure_cav: *cav, end: None })
            .collect();
        media
    }

    fn wish(sectors: u32, pure_cav: bool) -> Option<SpeedWish> {
        Some(SpeedWish { sectors_per_second: sectors, pure_cav })
    }

    #[test]
    fn adjustments() {
        let listed = media(&[(7056, false), (4234, false), (2822, false), (706, false)]);
        for (asked, kilobytes, adjusted) in [
            (None, 7056, S_OK),
            (wish(3000, false), 7056, S_OK),
            (wish(1800, false), 4234, S_OK),
            (wish(1850, false), 4234, S_IMAPI_SPEEDADJUSTED),
            (wish(10_000, false), 7056, S_IMAPI_SPEEDADJUSTED),
            (wish(1, false), 706, S_IMAPI_SPEEDADJUSTED),
            (wish(3000, true), 7056, S_IMAPI_ROTATIONADJUSTED),
            (wish(10_000, true), 7056, S_IMAPI_BOTHADJUSTED),
        ] {
            let (chosen, hresult) = choose(&listed, asked);
            assert_eq!((chosen.map(|s| s.write_kilobytes), hresult), (Some(kilobytes), adjusted), "{asked:?}");
        }
        assert_eq!(choose(&media(&[]), wish(300, false)), (None, S_OK));
        let cav = media(&[(7056, true), (4234, false)]);
        assert_eq!(choose(&cav, wish(3000, true)).1, S_OK);
        assert_eq!(choose(&cav, wish(3000, false)).0.map(|s| s.write_kilobytes), Some(4234));
    }

    #[test]
    fn times_as_printed() {
        assert_eq!(times(7056, Family::Cd), 40.0);
        assert_eq!(times(177, Family::Cd), 1.0);
        assert_eq!(times(11_080, Family::Dvd), 8.0);
        assert_eq!(times(3324, Family::Dvd), 2.4);
        assert_eq!(times(17_984, Family::Bd), 4.0);
        assert_eq!(sectors_per_second(7056, Family::Cd), 3000);
    }
}
