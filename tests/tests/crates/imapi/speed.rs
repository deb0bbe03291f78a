//! Which of the drive's speeds a wish gets.

use webburn_drive::Media;
use webburn_drive::media::{Family, Kind, Speed};
use webburn_imapi::SpeedWish;
use webburn_imapi::hresult::{S_IMAPI_BOTHADJUSTED, S_IMAPI_ROTATIONADJUSTED, S_IMAPI_SPEEDADJUSTED, S_OK};
use webburn_imapi::speed::{choose, sectors_per_second, times};

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
