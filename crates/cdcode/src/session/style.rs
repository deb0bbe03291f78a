//! What the standards leave open, or programs read differently.

/// Choices in the subcode. [`Style::default`] follows ECMA-130; the others are as two programs were observed to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// How the pre-gap counts down.
    pub pregap_time: PregapTime,
    /// What the running time of the lead-in is.
    pub lead_in_time: LeadInTime,
    /// In which order the points go round.
    pub toc_order: TocOrder,
    /// When the P channel is set.
    pub p: PFlag,
    /// When the catalogue number comes instead of the position.
    pub mcn: Schedule,
    /// When the track's recording code does.
    pub isrc: Schedule,
}

/// The relative time in index 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PregapTime {
    /// The last sector shows 00:00:00 (ECMA-130, 22.3.3.2).
    EndsAtZero,
    /// The last sector shows 00:00:01, a pre-gap of two seconds begins with 00:02:00.
    EndsAtOne,
}

/// MIN, SEC and FRAME in the lead-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadInTime {
    /// The time that belongs to the address: a first lead-in ends with 99:59:74.
    Absolute,
    /// From 00:00:00 at its start.
    FromZero,
}

/// The order of the points in the lead-in. Each stands in three sectors running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TocOrder {
    /// A0h, A1h, A2h, the tracks, then mode 5.
    AreasFirst,
    /// The tracks, A0h, A1h, A2h, then mode 5.
    TracksFirst,
}

/// When P is set beside the pre-gap, where it always is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PFlag {
    /// Also in the last two seconds before a start or before the lead-out, though there be no pre-gap.
    pub two_seconds_before: bool,
    /// Also in the first sector of index 1, or of the lead-out.
    pub first_sector: bool,
    /// In the lead-out, after two seconds of zero: so many sectors one, as many zero, and so on.
    /// Two changes a second and a half are 19.
    pub lead_out_half_period: u16,
}

/// Every so many sectors, by address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The distance; at most 100, so that each hundred sectors have one (ECMA-130, 22.3.4).
    pub every: u16,
    /// The remainder that the address leaves.
    pub at: u16,
}

impl Style {
    /// As wodim 1.1.11 writes raw.
    pub const WODIM: Style = Style {
        pregap_time: PregapTime::EndsAtZero,
        lead_in_time: LeadInTime::Absolute,
        toc_order: TocOrder::AreasFirst,
        p: PFlag { two_seconds_before: false, first_sector: false, lead_out_half_period: 75 },
        mcn: Schedule { every: 100, at: 99 },
        isrc: Schedule { every: 100, at: 49 },
    };

    /// As cdrdao 1.2.4 writes raw.
    pub const CDRDAO: Style = Style {
        pregap_time: PregapTime::EndsAtOne,
        lead_in_time: LeadInTime::FromZero,
        toc_order: TocOrder::TracksFirst,
        p: PFlag { two_seconds_before: true, first_sector: true, lead_out_half_period: 19 },
        mcn: Schedule { every: 90, at: 0 },
        isrc: Schedule { every: 90, at: 50 },
    };
}

impl Default for Style {
    /// Of the standard: P goes with the start flag of at least two seconds and 2 Hz in the lead-out.
    fn default() -> Self {
        Style { p: PFlag { two_seconds_before: true, first_sector: false, lead_out_half_period: 19 }, ..Style::WODIM }
    }
}
