//! Which drive it is: identity, abilities, timing, oddities. One TOML file each.

use serde::{Deserialize, Serialize};

use crate::disc::{Access, MediumKind};
use crate::timing::Family;
use crate::usb::BotOptions;

mod bd_burner;
#[cfg(feature = "texts")]
mod odd;
#[cfg(feature = "texts")]
mod texts;

#[cfg(feature = "texts")]
pub use texts::PersonalityError;

/// Everything that makes one drive differ from another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Personality {
    /// Short name.
    pub id: String,
    /// INQUIRY vendor, up to 8 characters.
    pub vendor: String,
    /// INQUIRY product, up to 16 characters.
    pub product: String,
    /// INQUIRY revision, up to 4 characters.
    pub revision: String,
    /// Feature 0108h.
    pub serial: String,
    /// Feature 010Ch: CCYYMMDDhhmmss.
    pub firmware_date: String,
    /// Media it can read.
    pub reads: Vec<MediumKind>,
    /// Media it can write.
    pub writes: Vec<MediumKind>,
    /// Fastest writing per family, kB/s; 0 for none.
    pub max_write: MaxSpeed,
    /// Fastest reading per family, kB/s; 0 for none.
    pub max_read: MaxSpeed,
    /// The drive's buffer.
    pub buffer: Buffer,
    /// How long things take.
    pub timing: Timing,
    /// How it behaves as a USB device.
    #[serde(default)]
    pub usb: BotOptions,
    /// What it does where drives differ.
    #[serde(default)]
    pub ways: Ways,
    /// What it gets wrong.
    #[serde(default)]
    pub quirks: Quirks,
}

/// A speed per family, kB/s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaxSpeed {
    /// CD.
    pub cd: u32,
    /// DVD.
    pub dvd: u32,
    /// BD.
    pub bd: u32,
}

impl MaxSpeed {
    /// That of a family.
    #[must_use]
    pub const fn of(self, family: Family) -> u32 {
        match family {
            Family::Cd => self.cd,
            Family::Dvd => self.dvd,
            Family::Bd => self.bd,
        }
    }
}

/// What a drive does with a WRITE while its buffer is full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WhenFull {
    /// Takes the data as room comes free: the command lasts longer.
    #[default]
    Block,
    /// Takes nothing and answers 2/04/08.
    Busy,
}

/// The drive's buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buffer {
    /// KiB.
    pub kib: u32,
    /// When it is full.
    #[serde(default)]
    pub when_full: WhenFull,
}

/// How long things take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timing {
    /// From the closing of the tray to ready.
    pub load_ms: u64,
    /// Power calibration before the first write, and SEND OPC INFORMATION.
    pub calibrate_ms: u64,
    /// A command without data.
    pub command_us: u64,
    /// A seek over the whole disc.
    pub seek_ms: u64,
    /// kB/s over the bus.
    pub bus_kb: u32,
}

/// SEND OPC INFORMATION.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Opc {
    /// Done when asked, and by itself before the first write.
    #[default]
    Optional,
    /// The first write fails without it.
    Required,
    /// The drive has no such command.
    Unknown,
}

/// Where the progress of a long operation can be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProgressShown {
    /// With every 2/04/07, and in REQUEST SENSE.
    #[default]
    Everywhere,
    /// In REQUEST SENSE alone.
    RequestSense,
    /// Nowhere.
    Nowhere,
}

/// Where drives differ without being wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Ways {
    /// Power calibration.
    pub opc: Opc,
    /// Progress.
    pub progress: ProgressShown,
    /// The capacity of a CD leaves out the two run-out blocks of a TAO track.
    pub capacity_without_run_out: bool,
    /// Sectors beyond the last possible lead-out start that can still be written (CD).
    pub overburn: u32,
    /// DVD-RW after a quick blank still takes incremental writing.
    pub quick_blank_keeps_incremental: bool,
    /// A tray without motor for loading (slim drives).
    pub no_load: bool,
    /// READ TRACK INFORMATION tells the last recorded address of overwritable media too.
    pub tells_last_recorded: bool,
}

/// Misbehaviour of real drives, each off unless switched on. The names say what the drive does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools)] // each is a switch of its own
pub struct Quirks {
    /// TEST UNIT READY says ready while an immediate operation still runs; the next command then gets 2/04/07.
    pub ready_too_early: bool,
    /// READ TRACK INFORMATION of a blank CD gives −150 as the next writable address.
    pub blank_cd_nwa_minus_150: bool,
    /// A cue sheet whose lead-in line is not 00:00:00 is refused with 5/26/00.
    pub cue_lead_in_zero_only: bool,
    /// READ TRACK INFORMATION before MODE SELECT of page 05h is answered with 5/2C/00.
    pub track_information_needs_mode_page: bool,
    /// C2 error bits in READ CD are refused with 5/24/00.
    pub no_c2: bool,
    /// CLOSE TRACK of a CD track fails with 5/72/03.
    pub close_track_fails_on_cd: bool,
    /// READ DISC STRUCTURE format 0Eh has no payload.
    pub empty_prerecorded_lead_in: bool,
    /// READ MEDIA SERIAL NUMBER (ABh) makes the drive deaf until it is switched off and on.
    pub media_serial_hangs: bool,
    /// READ TRACK INFORMATION of a full or final disc is refused with 5/24/00.
    pub track_information_fails_when_full: bool,
    /// DVD+R DL must be finalised with function 5; 6 is refused.
    pub double_layer_needs_function_5: bool,
    /// Speeds above the fastest listed are refused.
    pub refuses_high_speed: bool,
    /// GET PERFORMANCE for no descriptors returns one.
    pub performance_returns_one: bool,
    /// GET PERFORMANCE knows no list of write speeds.
    pub no_write_speed_list: bool,
    /// The bus bridge answers INQUIRY in its own name.
    pub bridge_identity: bool,
    /// READ TRACK INFORMATION, READ BUFFER CAPACITY, READ FORMAT CAPACITIES and GET PERFORMANCE do not exist.
    pub poor_command_set: bool,
    /// An allocation length beyond what there is to send is refused with 5/24/00.
    pub strict_length: bool,
    /// READ TOC format 2 answers in BCD.
    pub raw_toc_in_bcd: bool,
    /// READ TRACK INFORMATION gives the last track no size.
    pub last_track_without_size: bool,
    /// READ DISC INFORMATION counts one session too many on closed discs.
    pub counts_lead_out_as_session: bool,
    /// After a burn the disc is reported as it was until the tray has been opened.
    pub stale_until_reload: bool,
    /// Speeds are accepted and not heeded: as fast as the medium goes.
    pub ignores_speed: bool,
    /// OPC, format and blanking finish at once although Immed was set.
    pub finishes_at_once: bool,
    /// Repeated READ BUFFER CAPACITY before the buffer was full once breaks a DVD-R burn (3/0C/09).
    pub early_buffer_polls_break_dvd_r: bool,
    /// After a load the drive is first without medium, then 2/04/00, then ready.
    pub load_says_no_medium_first: bool,
    /// Sense carries an address and does not set its Valid bit.
    pub sense_without_valid_bit: bool,
    /// READ BUFFER CAPACITY answers with what it said the first time.
    pub stale_buffer_figures: bool,
    /// SET STREAMING without an end address or without a read speed is refused with 5/26/00.
    pub wants_full_streaming: bool,
    /// READ DISC STRUCTURE format 11h (ADIP) is refused.
    pub no_adip: bool,
    /// DVD-RW after a quick blank: feature 0021h stays current, and the first incremental WRITE is refused with 5/64/00.
    pub claims_incremental_after_quick_blank: bool,
    /// Operation codes from C0h on are never answered, nor is anything after them until a reset.
    pub vendor_commands_hang: bool,
    /// So is a data phase of more than 64 KiB.
    pub long_transfers_hang: bool,
    /// GET CONFIGURATION has the profile list, the core and the removable medium feature, and nothing else.
    pub minimal_configuration: bool,
    /// READ TOC looks for its format in the last byte of the CDB alone.
    pub toc_format_in_last_byte: bool,
    /// READ TRACK INFORMATION gives the last track a size of FFFFFFFFh.
    pub last_track_size_nonsense: bool,
    /// Write parameters for disc at once on DVD are refused with 5/26/00.
    pub no_disc_at_once_on_dvd: bool,
    /// GET PERFORMANCE, the list of write speeds: there, and empty.
    pub empty_write_speed_list: bool,
    /// C2 pointers and sub-channel in one READ CD are refused with 5/24/00.
    pub no_c2_with_sub: bool,
    /// READ CD has no sub-channel to give, and READ SUB-CHANNEL does not work: 5/24/00.
    pub no_sub_channel: bool,
    /// No CD-Text, neither to be written (5/26/00) nor to be read.
    pub no_cd_text: bool,
    /// Takes no R–W beside the audio of a cue sheet.
    pub no_cue_rw: bool,
    /// ISRC lines of a cue sheet are taken only with a control of 0.
    pub cue_isrc_without_control: bool,
    /// ISRC lines of a cue sheet are taken only with the control of their track.
    pub cue_isrc_with_control: bool,
    /// A cue sheet must give every track a pre-gap.
    pub cue_wants_pregaps: bool,
    /// No raw recording: write type 3 is refused with 5/26/00.
    pub no_raw: bool,
    /// Raw recording with 16 bytes of P and Q (data block type 1) is refused with 5/26/00.
    pub no_raw_16: bool,
    /// Raw recording with packed R-W (data block type 2) is refused with 5/26/00.
    pub no_raw_packed: bool,
    /// Raw write parameters are accepted, and the first WRITE is refused with 5/64/00.
    pub raw_refused_at_first_write: bool,
}

impl Personality {
    /// A modern burner for every medium there is.
    #[must_use]
    pub fn bd_burner() -> Self {
        bd_burner::bd_burner()
    }

    /// Can it write anything at all?
    #[must_use]
    pub fn is_burner(&self) -> bool {
        !self.writes.is_empty()
    }

    /// Can it write this medium?
    #[must_use]
    pub fn can_write(&self, kind: MediumKind) -> bool {
        kind.spec().access != Access::Rom && self.writes.contains(&kind)
    }

    /// Can it write any medium of a family?
    #[must_use]
    pub fn writes_family(&self, family: Family) -> bool {
        self.writes.iter().any(|kind| kind.spec().family == family)
    }

    /// Can it read any medium of a family?
    #[must_use]
    pub fn reads_family(&self, family: Family) -> bool {
        self.reads.iter().any(|kind| kind.spec().family == family)
    }
}
