//! The drive itself: changer, audio, speeds, serial number, protection.

use webburn_scsi::layout;
use webburn_scsi::layout::get;

use super::{Body, bodies};

layout! {
    /// 0080h: hybrid discs.
    Hybrid [4] {
        /// RI: reset immunity of the format layer chosen.
        reset_immunity: bool = bit(0, 0),
    }
}

layout! {
    /// 0101h: failure prediction.
    Smart [4] {
        /// PP: mode page 1Ch is there.
        page_present: bool = bit(0, 0),
    }
}

layout! {
    /// 0102h: changer.
    Changer [4] {
        /// SCC: sides can be changed.
        side_change: bool = bit(0, 4),
        /// SDP: disc presence is known without loading.
        disc_present: bool = bit(0, 2),
        /// Highest slot number.
        highest_slot: u8 = bits(3, 0, 5),
    }
}

layout! {
    /// 0103h: audio played by the drive.
    CdAudio [4] {
        /// Scan command.
        scan: bool = bit(0, 2),
        /// SCM: channels can be muted apart.
        separate_mute: bool = bit(0, 1),
        /// SV: separate volume a channel.
        separate_volume: bool = bit(0, 0),
        /// Volume levels.
        volume_levels: u16 = u16(2),
    }
}

layout! {
    /// 0104h: firmware upgrade.
    FirmwareUpgrade [4] {
        /// M5: mode 5 of READ/WRITE BUFFER is used.
        m5: bool = bit(0, 0),
    }
}

layout! {
    /// 0105h: time-outs by mode page 1Dh.
    TimeOut [4] {
        /// Group 3: its unit length is below.
        group3: bool = bit(0, 0),
        /// Unit length of group 3, in blocks.
        unit_length: u16 = u16(2),
    }
}

layout! {
    /// 0106h: CSS.
    Css [4] {
        /// Version.
        version: u8 = u8(3),
    }
}

layout! {
    /// 010Bh: CPRM.
    Protection [4] {
        /// Version.
        version: u8 = u8(3),
    }
}

layout! {
    /// 0107h: speeds.
    RealTimeStreaming [4] {
        /// RBCB: READ BUFFER CAPACITY can answer in blocks.
        buffer_in_blocks: bool = bit(0, 4),
        /// SCS: SET CD SPEED.
        set_cd_speed: bool = bit(0, 3),
        /// MP2A: mode page 2Ah has write speed descriptors.
        page_2a: bool = bit(0, 2),
        /// WSPD: GET PERFORMANCE type 03h, and write speeds in SET STREAMING.
        write_speeds: bool = bit(0, 1),
        /// SW: stream writing.
        stream_writing: bool = bit(0, 0),
    }
}

layout! {
    /// 010Dh: AACS.
    Aacs [4] {
        /// BNG: the drive makes binding nonces.
        binding_nonce: bool = bit(0, 0),
        /// Blocks a binding nonce needs.
        nonce_blocks: u8 = u8(1),
        /// AGIDs there are.
        agids: u8 = bits(2, 0, 4),
        /// Version.
        version: u8 = u8(3),
    }
}

layout! {
    /// 010Ch: when the firmware was made, ASCII digits.
    FirmwareDate [16] {
        /// Century and year, `2009`.
        year: [u8; 4] = bytes(0),
        /// Month.
        month: [u8; 2] = bytes(4),
        /// Day.
        day: [u8; 2] = bytes(6),
        /// Hour.
        hour: [u8; 2] = bytes(8),
        /// Minute.
        minute: [u8; 2] = bytes(10),
        /// Second.
        second: [u8; 2] = bytes(12),
    }
}

bodies!(
    Hybrid,
    Smart,
    Changer,
    CdAudio,
    FirmwareUpgrade,
    TimeOut,
    Css,
    Protection,
    RealTimeStreaming,
    Aacs,
    FirmwareDate,
);

/// 0108h: the drive's serial number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SerialNumber {
    /// ASCII, as it came; drives fill up with spaces or zeros.
    pub characters: Vec<u8>,
}

impl SerialNumber {
    /// The number as text, without filling; what is not printable ASCII becomes `?`.
    #[must_use]
    pub fn text(&self) -> String {
        let shown = |byte: &u8| if matches!(byte, 0x20..=0x7E) { char::from(*byte) } else { '?' };
        let end = self.characters.iter().rposition(|byte| !matches!(byte, 0 | b' ')).map_or(0, |last| last + 1);
        self.characters[..end].iter().map(shown).collect()
    }
}

impl Body for SerialNumber {
    fn read_body(body: &[u8]) -> Self {
        SerialNumber { characters: body.to_vec() }
    }
    fn encode_body(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.characters);
    }
}

/// 010Ah: disc control blocks the drive knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiscControlBlocks {
    /// Their ids.
    pub ids: Vec<u32>,
}

impl Body for DiscControlBlocks {
    fn read_body(body: &[u8]) -> Self {
        DiscControlBlocks { ids: body.chunks_exact(4).map(|id| get::u32(id, 0)).collect() }
    }
    fn encode_body(&self, out: &mut Vec<u8>) {
        for id in &self.ids {
            out.extend_from_slice(&id.to_be_bytes());
        }
    }
}
