//! 2Ah: capabilities and mechanical status. Read only, and legacy since features exist.

use webburn_scsi::layout::put;
use webburn_scsi::{Malformed, layout};

use super::ModePageCode;
use crate::RotationalControl;

layout! {
    /// The fixed part of the page (MMC-3, 6.3.11). Speeds in kilobytes of 1000 bytes a second.
    CapabilityFields [32] {
        /// PS: can be saved.
        savable: bool = bit(0, 7),
        /// Reads CD-R.
        read_cd_r: bool = bit(2, 0),
        /// Reads CD-RW.
        read_cd_rw: bool = bit(2, 1),
        /// Method 2 addressing.
        method2: bool = bit(2, 2),
        /// Reads DVD-ROM.
        read_dvd_rom: bool = bit(2, 3),
        /// Reads DVD-R.
        read_dvd_r: bool = bit(2, 4),
        /// Reads DVD-RAM.
        read_dvd_ram: bool = bit(2, 5),
        /// Writes CD-R.
        write_cd_r: bool = bit(3, 0),
        /// Writes CD-RW.
        write_cd_rw: bool = bit(3, 1),
        /// Test write.
        test_write: bool = bit(3, 2),
        /// Writes DVD-R.
        write_dvd_r: bool = bit(3, 4),
        /// Writes DVD-RAM.
        write_dvd_ram: bool = bit(3, 5),
        /// Plays audio.
        audio_play: bool = bit(4, 0),
        /// Composite output.
        composite: bool = bit(4, 1),
        /// Digital output on port 1.
        digital_port1: bool = bit(4, 2),
        /// Digital output on port 2.
        digital_port2: bool = bit(4, 3),
        /// Reads mode 2 form 1.
        mode2_form1: bool = bit(4, 4),
        /// Reads mode 2 form 2.
        mode2_form2: bool = bit(4, 5),
        /// Reads multi-session discs.
        multi_session: bool = bit(4, 6),
        /// BUF: underrun protection.
        buffer_underrun_free: bool = bit(4, 7),
        /// Reads audio by READ CD.
        cd_da: bool = bit(5, 0),
        /// Audio reads join without loss.
        cd_da_accurate: bool = bit(5, 1),
        /// Sub-channel P-W.
        rw_supported: bool = bit(5, 2),
        /// R-W is de-interleaved and corrected.
        rw_corrected: bool = bit(5, 3),
        /// C2 error pointers.
        c2: bool = bit(5, 4),
        /// ISRC.
        isrc: bool = bit(5, 5),
        /// UPC.
        upc: bool = bit(5, 6),
        /// Bar code.
        bar_code: bool = bit(5, 7),
        /// The tray can be locked.
        lock: bool = bit(6, 0),
        /// The tray is locked.
        locked: bool = bit(6, 1),
        /// Prevent jumper.
        prevent_jumper: bool = bit(6, 2),
        /// The tray can be opened by command.
        eject: bool = bit(6, 3),
        /// Loading mechanism, as in feature 0003h.
        mechanism: u8 = bits(6, 5, 3),
        /// Separate volume a channel.
        separate_volume: bool = bit(7, 0),
        /// Channels can be muted apart.
        separate_mute: bool = bit(7, 1),
        /// Changer knows where discs are.
        disc_present: bool = bit(7, 2),
        /// Software slot selection.
        slot_selection: bool = bit(7, 3),
        /// Changer of sides.
        side_change: bool = bit(7, 4),
        /// R-W in the lead-in can be read.
        rw_in_lead_in: bool = bit(7, 5),
        /// Fastest read speed. Obsolete.
        max_read_speed: u16 = u16(8),
        /// Volume levels.
        volume_levels: u16 = u16(10),
        /// Buffer size in KiB.
        buffer_size: u16 = u16(12),
        /// Read speed now. Obsolete.
        read_speed: u16 = u16(14),
        /// Fastest write speed. Obsolete.
        max_write_speed: u16 = u16(18),
        /// Write speed now, older field. Obsolete.
        write_speed_legacy: u16 = u16(20),
        /// Copy management revision.
        copy_management: u16 = u16(22),
        /// How the disc turns now.
        rotation: RotationalControl = code(27, 0, 2),
        /// Write speed now.
        write_speed: u16 = u16(28),
        /// Write speed descriptors the page announces.
        speed_count: u16 = u16(30),
    }
}

layout! {
    /// A write speed at the end of the page.
    PageWriteSpeed [4] {
        /// How the disc turns.
        rotation: RotationalControl = code(1, 0, 2),
        /// Kilobytes of 1000 bytes a second; some drives send 0.
        speed: u16 = u16(2),
    }
}

/// The page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// The fixed part. Versions before MMC-3 end after byte 21 or so: the rest is zero.
    pub fields: CapabilityFields,
    /// Write speeds, as many as arrived.
    pub write_speeds: Vec<PageWriteSpeed>,
}

impl Capabilities {
    /// Page code.
    pub const CODE: ModePageCode = ModePageCode::CAPABILITIES;

    /// Reads a page, header included.
    ///
    /// # Errors
    /// Another page code, or fewer than 16 bytes.
    pub fn parse(page: &[u8]) -> Result<Self, Malformed> {
        let page = super::checked("Capabilities", Self::CODE, page, 16)?;
        let fields = CapabilityFields::read(page);
        let speeds = page.get(CapabilityFields::LEN..).unwrap_or_default().chunks_exact(PageWriteSpeed::LEN);
        let write_speeds = speeds.take(fields.speed_count.into()).map(PageWriteSpeed::read).collect();
        Ok(Capabilities { fields, write_speeds })
    }

    /// The page, header included; the number of descriptors is that of `write_speeds`, at most 56.
    #[must_use]
    pub fn page(&self) -> Vec<u8> {
        let speeds = &self.write_speeds[..self.write_speeds.len().min(56)];
        let mut page = self.fields.encode().to_vec();
        put::u16(&mut page, 30, speeds.len() as u16);
        for speed in speeds {
            page.extend_from_slice(&speed.encode());
        }
        put::bits(&mut page, 0, 0, 6, Self::CODE.0);
        let length = (page.len() - 2) as u8;
        put::u8(&mut page, 1, length);
        page
    }
}
