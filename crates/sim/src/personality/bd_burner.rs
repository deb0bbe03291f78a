//! The drive that the page simulates, as a value. Its text, `bd-burner.toml`, is what odd drives are based on and what people
//! read; a page that takes this one has no need for a reader of TOML, which would be a fifth of the engine.

use super::{Buffer, MaxSpeed, Personality, Quirks, Timing, Ways, WhenFull};
use crate::disc::{Access, MediumKind};
use crate::usb::BotOptions;

/// A modern burner for every medium there is.
pub(super) fn bd_burner() -> Personality {
    let writable = |kind: &MediumKind| kind.spec().access != Access::Rom && !kind.is_hd_dvd();
    Personality {
        id: "bd-burner".into(),
        vendor: "WEBBURN".into(),
        product: "SIM BD-RE BURNER".into(),
        revision: "1.04".into(),
        serial: "SIM0000000000001".into(),
        firmware_date: "20260901120000".into(),
        reads: MediumKind::ALL.into(),
        writes: MediumKind::ALL.into_iter().filter(writable).collect(),
        max_write: MaxSpeed { cd: 8467, dvd: 22_160, bd: 71_930 },
        max_read: MaxSpeed { cd: 8467, dvd: 22_160, bd: 53_947 },
        buffer: Buffer { kib: 4096, when_full: WhenFull::Block },
        timing: Timing { load_ms: 6000, calibrate_ms: 4000, command_us: 150, seek_ms: 160, bus_kb: 120_000 },
        usb: BotOptions::default(),
        ways: Ways::default(),
        quirks: Quirks::default(),
    }
}
