//! Times as text.

use webburn_sector::{Msf, SectorCount};

/// `mm:ss:ff` as a number of sectors; `None` for anything else. Minutes go as far as three digits.
pub(super) fn parse(text: &str) -> Option<SectorCount> {
    let mut parts = text.split(':').map(|part| {
        let digits = !part.is_empty() && part.len() <= 3 && part.bytes().all(|c| c.is_ascii_digit());
        if digits { part.parse::<u32>().ok() } else { None }
    });
    let (minute, second, frame) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() || second > 59 || frame > 74 {
        return None;
    }
    Some(SectorCount((minute * 60 + second) * 75 + frame))
}

/// A number of sectors as `mm:ss:ff`.
pub(super) fn format(sectors: SectorCount) -> Msf {
    let frames = sectors.0;
    Msf::new((frames / 4500).min(255) as u8, (frames / 75 % 60) as u8, (frames % 75) as u8)
}
