//! Figures as a person reads them.

/// `25.0 GB`: decimal, as discs are sold.
#[must_use]
pub fn bytes(count: u64) -> String {
    let count = count as f64;
    match count {
        0.0..1e3 => format!("{count:.0} bytes"),
        1e3..1e6 => format!("{:.1} kB", count / 1e3),
        1e6..1e9 => format!("{:.1} MB", count / 1e6),
        _ => format!("{:.1} GB", count / 1e9),
    }
}

/// Sectors of 2048 bytes, as [`bytes`].
#[must_use]
pub fn sectors(count: u64) -> String {
    bytes(count * 2048)
}

/// `8.1×`, `8×`.
#[must_use]
pub fn times(times: f64) -> String {
    let tenths = (times * 10.0).round() / 10.0;
    if tenths.fract() == 0.0 { format!("{tenths:.0}×") } else { format!("{tenths:.1}×") }
}

/// `15 s`, `9 min`, `1 h 20 min`: coarse on purpose.
#[must_use]
pub fn duration(seconds: f64) -> String {
    let seconds = seconds.max(0.0).round() as u64;
    match seconds {
        0..90 => format!("{seconds} s"),
        90..5400 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}
