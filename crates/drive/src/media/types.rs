//! All that is known about the disc in a drive at one moment: plain data, no conversation.

use webburn_sector::{Lba, SectorCount};

use super::Kind;

/// Disc status of READ DISC INFORMATION (MMC-6, table 368), where the drive knows the command.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DiscStatus {
    /// 00b: blank.
    Blank,
    /// 01b: another session can be added.
    Appendable,
    /// 10b: complete.
    Complete,
    /// 11b: anything else; overwritable discs say so.
    Other,
    /// The drive does not tell.
    #[default]
    Unknown,
}

/// State of the last session (MMC-6, table 369).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SessionStatus {
    /// 00b: empty.
    Empty,
    /// 01b: written in part.
    Incomplete,
    /// 10b: reserved; drives mean damaged.
    Damaged,
    /// 11b: complete.
    Complete,
    /// The drive does not tell.
    #[default]
    Unknown,
}

/// Format state of an overwritable disc (READ FORMAT CAPACITIES, MMC-6 6.23).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FormatState {
    /// The disc is none that is formatted, or the drive does not tell.
    #[default]
    NotApplicable,
    /// Never formatted.
    Unformatted,
    /// Formatted.
    Formatted,
    /// A quick-formatted DVD-RW: to be written from its start, then closed.
    Intermediate,
}

/// Background format of a DVD+RW (MMC-6, table 371).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BackgroundFormat {
    /// 00b: not formatted, or no such thing on this disc.
    #[default]
    None,
    /// 01b: begun, stopped, to be begun again.
    Stopped,
    /// 10b: under way.
    Running,
    /// 11b: done.
    Complete,
}

/// One format that the drive offers for the disc.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FormatOffer {
    /// Format type, 00h to 3Fh.
    pub kind: u8,
    /// Sectors the disc would have.
    pub sectors: SectorCount,
    /// Type dependent parameter, 24 bits.
    pub parameter: u32,
}

/// What a track holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TrackKind {
    /// Data.
    Data,
    /// Audio.
    Audio,
    /// The drive does not tell.
    Unknown,
}

/// One track (RZone, fragment, sequential recording range).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// Its number, from 1.
    pub number: u16,
    /// The session it belongs to, from 1.
    pub session: u16,
    /// First sector.
    pub start: Lba,
    /// Sectors, blank ones included.
    pub sectors: SectorCount,
    /// Data or audio.
    pub kind: TrackKind,
    /// Nothing is written in it: the invisible track, or a reserved one.
    pub blank: bool,
    /// Reserved (RT bit).
    pub reserved: bool,
    /// Written in packets or incrementally.
    pub packet: bool,
    /// The drive says that it is damaged.
    pub damaged: bool,
    /// The next writable address, where the drive gives one.
    pub next_writable: Option<Lba>,
    /// The last recorded address, where the drive gives one.
    pub last_recorded: Option<Lba>,
    /// Sectors that can still be written in it.
    pub free: SectorCount,
}

impl Track {
    /// The first sector behind the track.
    #[must_use]
    pub fn end(&self) -> Lba {
        self.start + self.sectors
    }

    /// Something can still be written in it.
    #[must_use]
    pub fn open(&self) -> bool {
        self.next_writable.is_some()
    }
}

/// One session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its number, from 1.
    pub number: u16,
    /// Number of its first track.
    pub first_track: u16,
    /// Number of its last track.
    pub last_track: u16,
    /// First sector of its first track.
    pub start: Lba,
    /// First sector behind its last track.
    pub end: Lba,
    /// It is not closed (or not even begun).
    pub open: bool,
}

/// One write speed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Speed {
    /// Write speed in kilobytes (1000 bytes) a second.
    pub write_kilobytes: u32,
    /// Read speed that goes with it, 0 where not told.
    pub read_kilobytes: u32,
    /// Pure CAV.
    pub pure_cav: bool,
    /// Last address for which the drive states it (GET PERFORMANCE), to be quoted back in SET STREAMING.
    pub end: Option<Lba>,
}

/// Bits of write protection, one for each reason (READ DISC STRUCTURE C0h, feature 0004h, sense).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Protection {
    /// Until the power is cycled (SWPP).
    pub until_power_down: bool,
    /// The tab of the cartridge (CWP).
    pub by_cartridge: bool,
    /// The medium's own reason (MSWI).
    pub by_medium: bool,
    /// A flag on the medium (PWP).
    pub by_software: bool,
    /// The disc control block of a DVD+RW (WDCB). Never set so far: where READ DISC STRUCTURE 30h has the actions of the
    /// block is not known for certain, and a drive that heeds them refuses the first WRITE by 7/27, before anything is lost.
    pub by_disc_control_block: bool,
}

impl Protection {
    /// Some reason holds.
    #[must_use]
    pub const fn any(self) -> bool {
        self.until_power_down || self.by_cartridge || self.by_medium || self.by_software || self.by_disc_control_block
    }
}

/// What drive and disc can do together: the current bits of GET CONFIGURATION (MMC-6, 5.3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Abilities {
    /// Feature 0021h: incremental streaming; also link sizes.
    pub incremental: bool,
    /// The first link size that feature 0021h lists.
    pub link_size: Option<u8>,
    /// Feature 002Dh: track at once.
    pub track_at_once: bool,
    /// Feature 002Eh: session at once or raw.
    pub mastering: bool,
    /// Feature 002Eh, SAO: session at once by cue sheet.
    pub session_at_once: bool,
    /// Feature 002Eh, R-W: R–W of the host's own in a session at once.
    pub own_rw: bool,
    /// Feature 002Eh, RAW: raw recording.
    pub raw_recording: bool,
    /// Feature 002Eh: the longest cue sheet in bytes, where the drive tells.
    pub longest_cue_sheet: Option<u32>,
    /// Feature 002Fh: disc at once on DVD-R and DVD-RW.
    pub dvd_dash_write: bool,
    /// Feature 0033h: layer jump.
    pub layer_jump: bool,
    /// Feature 0020h: any block may be written at any time.
    pub random_writable: bool,
    /// Its blocking, in sectors.
    pub blocking: Option<SectorCount>,
    /// Feature 0026h: overwriting in whole ECC blocks.
    pub restricted_overwrite: bool,
    /// Feature 0038h: BD-R with pseudo-overwrite.
    pub pseudo_overwrite: bool,
    /// Feature 0023h: can be formatted.
    pub formattable: bool,
    /// Feature 0023h, Cert: BD-RE with every cluster read and written.
    pub certifies: bool,
    /// Feature 0023h, QCert: BD-RE with a part of the clusters tried.
    pub certifies_quickly: bool,
    /// Feature 0023h, RRM: BD-R for random recording.
    pub random_recording: bool,
    /// Some write feature lets buffer underruns be survived.
    pub underrun_free: bool,
    /// Some write feature offers writing with the laser off.
    pub test_write: bool,
    /// Feature 0107h, SW: streaming WRITE(12).
    pub stream_writing: bool,
    /// Feature 0107h, WSPD: write speeds by GET PERFORMANCE 03h and SET STREAMING.
    pub write_speed_performance: bool,
}

/// The disc in the drive, and what the drive says it can do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    /// The kind, from the profile.
    pub kind: Kind,
    /// The current profile as the drive gave it.
    pub profile: u16,
    /// All profiles of the drive, each with its current bit.
    pub profiles: Vec<(u16, bool)>,
    /// All features of the drive, each with its current bit.
    pub features: Vec<(u16, bool)>,
    /// The drive has some feature that writes, current or not.
    pub drive_writes: bool,
    /// The current features, digested.
    pub abilities: Abilities,
    /// Disc status.
    pub status: DiscStatus,
    /// State of the last session.
    pub last_session: SessionStatus,
    /// Sessions by the drive's count, the open one included; 0 where it does not tell.
    pub session_count: u16,
    /// The drive calls the disc erasable.
    pub erasable: bool,
    /// Sessions, ascending. An open last one is included when the drive lists it.
    pub sessions: Vec<Session>,
    /// Tracks, ascending, the invisible one included. May be cut on discs with very many; first and last are always there.
    pub tracks: Vec<Track>,
    /// Number of tracks that the disc has, the invisible one included.
    pub track_count: u16,
    /// All sectors that the disc can hold, as far as the drive tells.
    pub total: Option<SectorCount>,
    /// Sectors that can still be written, raw: nothing is taken off for run-out or postgap.
    pub free: Option<SectorCount>,
    /// Where the next write begins.
    pub next_writable: Option<Lba>,
    /// The last written sector of the disc, where known.
    pub last_written: Option<Lba>,
    /// Last addressable sector plus one, by READ CAPACITY.
    pub readable: Option<SectorCount>,
    /// Format state.
    pub format: FormatState,
    /// Background format of a DVD+RW.
    pub background: BackgroundFormat,
    /// Formats on offer.
    pub offers: Vec<FormatOffer>,
    /// Lead-in start of the last session (CD: from its MSF).
    pub last_lead_in: Option<Lba>,
    /// Last possible start of the lead-out.
    pub last_lead_out: Option<Lba>,
    /// Where the lead-in of the first session begins, as the groove has it (ATIP of a CD-R or CD-RW).
    pub atip_lead_in: Option<Lba>,
    /// The drive has power calibration values for this disc at hand.
    pub calibrated: bool,
    /// The write unit.
    pub write_unit: SectorCount,
    /// Layers.
    pub layers: u8,
    /// Sectors on the first layer of a disc of two.
    pub layer_zero: Option<SectorCount>,
    /// That number was set by a host and stays.
    pub layer_zero_fixed: bool,
    /// Clusters that a BD-R with pseudo-overwrite can still replace.
    pub replacements: Option<u32>,
    /// Write speeds, fastest first.
    pub speeds: Vec<Speed>,
    /// The write speed now in force, kilobytes a second.
    pub current_speed: Option<u32>,
    /// `"CMC MAG/M01"`, `"97m15s17f"`; as the disc names its maker.
    pub manufacturer: Option<String>,
    /// Reasons why it may not be written.
    pub protection: Protection,
    /// The drive opens its tray by command.
    pub can_eject: bool,
    /// The drive closes its tray by command. Slim drives with a manual tray are known to claim it.
    pub can_load: bool,
    /// The drive's buffer in bytes, where it tells.
    pub buffer: Option<u64>,
    /// First and last two megabytes hold only zeros; asked for apart, see `Drive::look_for_content`.
    pub seems_blank: Option<bool>,
    /// The drive knows READ DISC INFORMATION. Some readers do not.
    pub knows_disc_information: bool,
    /// The drive knows READ TRACK INFORMATION.
    pub knows_track_information: bool,
}

impl Media {
    /// Of a kind, with nothing else known.
    #[must_use]
    pub fn of_kind(kind: Kind, profile: u16) -> Self {
        Media {
            kind,
            profile,
            profiles: Vec::new(),
            features: Vec::new(),
            drive_writes: false,
            abilities: Abilities::default(),
            status: DiscStatus::Unknown,
            last_session: SessionStatus::Unknown,
            session_count: 0,
            erasable: false,
            sessions: Vec::new(),
            tracks: Vec::new(),
            track_count: 0,
            total: None,
            free: None,
            next_writable: None,
            last_written: None,
            readable: None,
            format: FormatState::NotApplicable,
            background: BackgroundFormat::None,
            offers: Vec::new(),
            last_lead_in: None,
            last_lead_out: None,
            atip_lead_in: None,
            calibrated: false,
            write_unit: kind.write_unit(),
            layers: kind.layers(),
            layer_zero: None,
            layer_zero_fixed: false,
            replacements: None,
            speeds: Vec::new(),
            current_speed: None,
            manufacturer: None,
            protection: Protection::default(),
            can_eject: false,
            can_load: false,
            buffer: None,
            seems_blank: None,
            knows_disc_information: false,
            knows_track_information: false,
        }
    }

    /// The track that is open for writing, the last one if there are several.
    #[must_use]
    pub fn open_track(&self) -> Option<&Track> {
        self.tracks.iter().rev().find(|track| track.open())
    }

    /// The last closed session.
    #[must_use]
    pub fn last_closed_session(&self) -> Option<&Session> {
        self.sessions.iter().rev().find(|session| !session.open)
    }

    /// Nothing was ever written on it, as the drive sees it (`MediaPhysicallyBlank`).
    #[must_use]
    pub fn physically_blank(&self) -> bool {
        // BD-R in random recording mode has no blank status; its one track says whether it was ever written.
        let untouched = self.kind == Kind::BdRRandom && self.tracks.first().is_some_and(|track| track.blank);
        self.status == DiscStatus::Blank || self.format == FormatState::Unformatted || untouched
    }
}
