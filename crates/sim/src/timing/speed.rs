//! Speeds: how fast a disc is written or read at a given address.

use serde::{Deserialize, Serialize};

/// Families of media, each with its own meaning of "1x".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// Compact disc.
    Cd,
    /// DVD of every kind.
    Dvd,
    /// Blu-ray disc of every kind.
    Bd,
}

/// Bytes per second of single speed: CD 176.4 kB/s, DVD 1385 kB/s, BD 4495.6 kB/s.
#[must_use]
pub const fn one_x(family: Family) -> u32 {
    match family {
        Family::Cd => 176_400,
        Family::Dvd => 1_385_000,
        Family::Bd => 4_495_600,
    }
}

/// How the disc turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rotation {
    /// Constant linear velocity: the same rate everywhere.
    Clv,
    /// Constant linear velocity in zones: the rate rises in steps.
    Zclv,
    /// Constant angular velocity: the rate rises with the radius.
    Cav,
}

/// A speed: its rate at the fastest place and how the disc turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Speed {
    /// kB/s (of 1000 bytes) where it is fastest.
    pub kb_per_s: u32,
    /// How the disc turns.
    pub rotation: Rotation,
}

impl Speed {
    /// The speed a burner uses to reach `kb_per_s` on `family`: slow ones at constant linear velocity, middle ones in
    /// zones, fast ones at constant angular velocity. The borders are a *guess* at common drives.
    #[must_use]
    pub const fn for_family(family: Family, kb_per_s: u32) -> Self {
        let x = kb_per_s as u64 * 1000 * 10 / one_x(family) as u64;
        let (clv, zclv) = match family {
            Family::Cd => (165, 245),
            Family::Dvd => (65, 85),
            Family::Bd => (45, 65),
        };
        let rotation = if x <= clv {
            Rotation::Clv
        } else if x <= zclv {
            Rotation::Zclv
        } else {
            Rotation::Cav
        };
        Speed { kb_per_s, rotation }
    }

    /// Bytes per second at `at` sectors from the start of a disc of `of` sectors.
    #[must_use]
    pub fn rate(self, at: u32, of: u32) -> u64 {
        let top = u64::from(self.kb_per_s) * 1000;
        let share = f64::from(at.min(of)) / f64::from(of.max(1));
        match self.rotation {
            Rotation::Clv => top,
            Rotation::Zclv => {
                // Half, two thirds, five sixths, whole: four zones of equal length.
                let zone = ((share * 4.0) as u64).min(3);
                top * (3 + zone) / 6
            }
            // The program area reaches from a radius of 24 to one of 58 mm and sectors fill its area evenly.
            Rotation::Cav => {
                let radius = (24.0f64.powi(2) + (58.0f64.powi(2) - 24.0f64.powi(2)) * share).sqrt();
                (top as f64 * radius / 58.0) as u64
            }
        }
    }
}
