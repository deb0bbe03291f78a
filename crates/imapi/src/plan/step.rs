//! The steps of a plan: what is done to drive and disc, and how to say it.

use webburn_drive::media::Speed;
use webburn_mmc::CueSheet;
use webburn_sector::{Lba, SectorCount};

use crate::{Arg, Args};

/// How a track or disc is written: the fields of mode page 05h that a data burn sets (MMC-6, 7.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WriteParameters {
    /// Write type: 0 packet or incremental, 1 track at once, 2 session or disc at once, 4 layer jump.
    pub write_type: u8,
    /// Multi-session: 0 closes for good, 3 leaves open.
    pub multisession: u8,
    /// Track mode, a Q control nibble: 4 data, 5 data recorded incrementally.
    pub track_mode: u8,
    /// Data block type: 8 is 2048 bytes of mode 1.
    pub data_block_type: u8,
    /// Link size, where it is to be valid.
    pub link_size: Option<u8>,
    /// Fixed packets of so many sectors.
    pub packet: Option<u32>,
    /// BUFE: survive a buffer that runs empty.
    pub underrun_free: bool,
    /// Write with the laser off.
    pub test_write: bool,
    /// Session format, the disc type in the TOC: 00h CD-DA or CD-ROM, 10h CD-I, 20h CD-ROM XA.
    pub session_format: u8,
}

impl WriteParameters {
    /// All zero: the fields that a way of writing does not look at.
    const NONE: WriteParameters = WriteParameters {
        write_type: 0,
        multisession: 0,
        track_mode: 0,
        data_block_type: 0,
        link_size: None,
        packet: None,
        underrun_free: false,
        test_write: false,
        session_format: 0,
    };

    /// Track at once, audio (CD): 2352 bytes a sector.
    #[must_use]
    pub const fn audio_track(keep_open: bool, underrun_free: bool) -> Self {
        let multisession = if keep_open { 3 } else { 0 };
        WriteParameters { write_type: 1, multisession, underrun_free, ..WriteParameters::NONE }
    }

    /// Session at once (CD): track mode and data block type come with the cue sheet.
    #[must_use]
    pub const fn session_at_once(keep_open: bool, underrun_free: bool) -> Self {
        let multisession = if keep_open { 3 } else { 0 };
        WriteParameters { write_type: 2, multisession, underrun_free, ..WriteParameters::NONE }
    }

    /// Raw (CD): blocks with sub-channel, `block_type` 1, 2 or 3; nothing follows the session.
    #[must_use]
    pub const fn raw(block_type: u8, underrun_free: bool) -> Self {
        WriteParameters { write_type: 3, data_block_type: block_type, underrun_free, ..WriteParameters::NONE }
    }

    /// Track at once, data (CD).
    #[must_use]
    pub const fn track_at_once(keep_open: bool, underrun_free: bool) -> Self {
        WriteParameters {
            write_type: 1,
            multisession: if keep_open { 3 } else { 0 },
            track_mode: 4,
            data_block_type: 8,
            link_size: None,
            packet: None,
            underrun_free,
            ..WriteParameters::NONE
        }
    }

    /// Incremental (DVD-R, DVD-RW): packets of one ECC block, linked over `link_size`.
    #[must_use]
    pub const fn incremental(keep_open: bool, link_size: u8, underrun_free: bool) -> Self {
        WriteParameters {
            write_type: 0,
            multisession: if keep_open { 3 } else { 0 },
            track_mode: 5,
            data_block_type: 8,
            link_size: Some(link_size),
            packet: Some(16),
            underrun_free,
            ..WriteParameters::NONE
        }
    }

    /// Layer jump (DVD-R with two layers): as incremental, and no session after this one.
    #[must_use]
    pub const fn layer_jump(underrun_free: bool) -> Self {
        WriteParameters { write_type: 4, ..WriteParameters::incremental(false, 16, underrun_free) }
    }

    /// Disc at once (DVD-R, DVD-RW).
    #[must_use]
    pub const fn disc_at_once(underrun_free: bool) -> Self {
        WriteParameters {
            write_type: 2,
            multisession: 0,
            track_mode: 5,
            data_block_type: 8,
            link_size: None,
            packet: None,
            underrun_free,
            ..WriteParameters::NONE
        }
    }
}

/// How sectors go over the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Wire {
    /// Bytes of a sector: 2048 for data.
    pub sector_size: usize,
    /// WRITE(12) with the streaming bit instead of WRITE(10).
    pub streaming: bool,
}

impl Wire {
    /// Data sectors by WRITE(10).
    pub const DATA: Wire = Wire { sector_size: webburn_sector::SECTOR_SIZE, streaming: false };
}

/// A piece of the stream and where it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Range {
    /// First sector of the stream.
    pub from: u64,
    /// Where it goes.
    pub to: Lba,
    /// Sectors of the stream.
    pub sectors: SectorCount,
    /// Zeros behind it, to fill a write unit, a shortest track or a postgap.
    pub fill: SectorCount,
}

impl Range {
    /// Sectors that are written.
    #[must_use]
    pub fn written(&self) -> SectorCount {
        self.sectors + self.fill
    }
}

/// What CLOSE TRACK/SESSION is asked for when a disc is closed for good (MMC-6, 6.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Finish {
    /// Function 2 with the multi-session bits of mode page 05h at 0: CD, DVD-R, DVD-RW.
    BySession,
    /// Function 5: DVD+R, with a lead-out at the smallest radius that readers accept.
    Compatible,
    /// Function 6: BD-R and DVD+R.
    Full,
}

/// One thing done.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// BLANK.
    Blank {
        /// The whole disc, not only what describes it.
        full: bool,
    },
    /// FORMAT UNIT.
    Format {
        /// Format type.
        kind: u8,
        /// Format sub-type: certification on BD-RE, recording mode on BD-R.
        subtype: u8,
        /// Number of blocks.
        sectors: u32,
        /// Type dependent parameter.
        parameter: u32,
        /// Goes on while data is written (DVD+RW).
        background: bool,
        /// Nothing is certified, and the list of defects is given as complete (DVD-RAM).
        quick: bool,
    },
    /// Wait until a background format is through; a wish to stop ends it where it is.
    AwaitFormat,
    /// SET STREAMING or SET CD SPEED.
    SetSpeed {
        /// The speed.
        speed: Speed,
        /// The same as printed on discs.
        times: f64,
    },
    /// MODE SELECT of page 05h.
    WriteParameters(WriteParameters),
    /// SEND OPC INFORMATION.
    Calibrate,
    /// RESERVE TRACK.
    Reserve(SectorCount),
    /// SEND DISC STRUCTURE 20h (DVD+R) or 21h (DVD-R, layer jump): how many sectors the first layer gets.
    LayerBreak(SectorCount),
    /// WRITE.
    Write {
        /// The pieces, in order of writing.
        ranges: Vec<Range>,
        /// The planned speed in kilobytes a second, where known.
        kilobytes: Option<u32>,
        /// How the sectors go over the wire.
        wire: Wire,
    },
    /// SEND CUE SHEET: how the session is laid out. A drive that refuses it is offered the next one, each time behind
    /// mode page 05h anew; when it takes none, nothing was written.
    CueSheet {
        /// The sheet, then the forms of it that some drives want.
        variants: Vec<CueSheet>,
        /// What mode page 05h is set to before each.
        parameters: WriteParameters,
    },
    /// WRITE of zeros until the open track has at least so many sectors.
    FillUp(SectorCount),
    /// SYNCHRONIZE CACHE.
    Flush,
    /// CLOSE TRACK/SESSION, function 1.
    CloseTrack(u16),
    /// CLOSE TRACK/SESSION, function 2: the disc stays open.
    CloseSession,
    /// CLOSE TRACK/SESSION: the disc is closed for good.
    CloseDisc(Finish),
    /// CLOSE TRACK/SESSION, function 0, then 2: a background format is ended, as a reader needs it.
    StopFormat,
    /// Stop and load again, so that the drive reads the disc anew.
    Reload,
    /// Read back and compare.
    Verify {
        /// Sectors to compare.
        sectors: SectorCount,
    },
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What is done.
    pub act: Act,
    /// How long it is expected to take, `None` where nobody knows.
    pub seconds: Option<f64>,
}

impl Act {
    /// FORMAT UNIT without a sub-type, in the foreground.
    #[must_use]
    pub const fn format(kind: u8, sectors: u32, parameter: u32) -> Self {
        Act::Format { kind, subtype: 0, sectors, parameter, background: false, quick: false }
    }

    /// FORMAT UNIT of a DVD+RW: all of it, in the background; begun or taken up again.
    #[must_use]
    pub const fn format_background(resume: bool) -> Self {
        // Any size is taken for all of the disc (MMC-6, 6.5.4.2.14).
        let parameter = if resume { 1 } else { 0 };
        Act::Format { kind: 0x26, subtype: 0, sectors: u32::MAX, parameter, background: true, quick: false }
    }
}

impl Step {
    /// A step of unknown length.
    #[must_use]
    pub const fn new(act: Act) -> Self {
        Step { act, seconds: None }
    }

    /// A step of about `seconds`.
    #[must_use]
    pub const fn lasting(act: Act, seconds: f64) -> Self {
        Step { act, seconds: Some(seconds) }
    }

    /// Its stable code, one of [`code::STEPS`](crate::code::STEPS).
    #[must_use]
    pub fn code(&self) -> &'static str {
        match &self.act {
            Act::Blank { .. } => "blank",
            Act::Format { background: true, .. } => "format-background",
            Act::Format { .. } => "format",
            Act::AwaitFormat => "await-format",
            Act::SetSpeed { .. } => "speed",
            Act::WriteParameters(_) => "mode-page",
            Act::Calibrate => "calibrate",
            Act::Reserve(_) => "reserve",
            Act::LayerBreak(_) => "layer-break",
            Act::Write { .. } => "write",
            Act::CueSheet { .. } => "cue-sheet",
            Act::FillUp(_) => "fill-up",
            Act::Flush => "flush",
            Act::CloseTrack(_) => "close-track",
            Act::CloseSession => "close-session",
            Act::CloseDisc(_) => "close-disc",
            Act::StopFormat => "stop-format",
            Act::Reload => "reload",
            Act::Verify { .. } => "verify",
        }
    }

    /// Its figures.
    #[must_use]
    pub fn args(&self) -> Args {
        match &self.act {
            Act::Blank { full } => vec![("full", (*full).into())],
            Act::Format { kind, subtype, sectors, quick, .. } => {
                let mut args = vec![("type", Arg::Text(format!("{kind:02X}"))), ("sectors", (*sectors).into())];
                if *subtype != 0 || matches!(kind, 0x30 | 0x32) {
                    args.push(("subtype", u32::from(*subtype).into()));
                }
                if *quick {
                    args.push(("quick", true.into()));
                }
                args
            }
            Act::SetSpeed { speed, times } => {
                vec![("times", (*times).into()), ("kilobytes", speed.write_kilobytes.into())]
            }
            Act::WriteParameters(parameters) => vec![
                ("writeType", u32::from(parameters.write_type).into()),
                ("keepOpen", (parameters.multisession != 0).into()),
                ("underrunFree", parameters.underrun_free.into()),
            ],
            Act::Reserve(sectors) | Act::LayerBreak(sectors) | Act::FillUp(sectors) => {
                vec![("sectors", sectors.0.into())]
            }
            Act::Write { ranges, wire, .. } => {
                let first = ranges.first().map_or(Lba::ZERO, |range| range.to);
                let sectors: SectorCount = ranges.iter().map(|range| range.sectors).sum();
                let fill: SectorCount = ranges.iter().map(|range| range.fill).sum();
                let mut args = vec![
                    ("sectors", sectors.0.into()),
                    ("start", first.0.into()),
                    ("fill", fill.0.into()),
                    ("parts", (ranges.len() as u64).into()),
                ];
                if *wire != Wire::DATA {
                    args.push(("sectorBytes", (wire.sector_size as u64).into()));
                }
                args
            }
            Act::CueSheet { variants, .. } => {
                let lines = variants.first().map_or(0, |sheet| sheet.lines.len() as u64);
                vec![("lines", lines.into())]
            }
            Act::CloseTrack(track) => vec![("track", (*track).into())],
            Act::CloseDisc(finish) => vec![("compatible", (*finish == Finish::Compatible).into())],
            Act::Verify { sectors } => vec![("sectors", sectors.0.into())],
            Act::AwaitFormat | Act::Calibrate | Act::Flush | Act::CloseSession | Act::StopFormat | Act::Reload => {
                Args::new()
            }
        }
    }
}
