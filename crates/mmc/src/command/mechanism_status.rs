//! MECHANISM STATUS (MMC-6, 6.12).

use std::fmt;

use webburn_scsi::{Command, Malformed, codes, command, layout};

command! {
    /// Asks for tray, changer and what the drive is doing.
    MechanismStatus = 0xBD [12] {
        /// Most bytes to send; 8 without the slot table.
        allocation_length: u16 = u16(8),
    }
}

codes! {
    /// What the mechanism does.
    MechanismState(u8) {
        IDLE = 0 "idle",
        PLAYING = 1 "playing audio",
        SCANNING = 2 "scanning audio",
        ACTIVE = 3 "active with a host",
        NO_STATE = 7 "no state information",
    }
}

layout! {
    /// What it answers, without the slot table.
    Mechanism [8] {
        /// Fault: the changer failed.
        fault: bool = bit(0, 7),
        /// Changer state.
        changer_state: u8 = bits(0, 5, 2),
        /// Current slot.
        slot: u8 = bits(0, 0, 5),
        /// What it does.
        state: MechanismState = code(1, 5, 3),
        /// The tray or door is open.
        door_open: bool = bit(1, 4),
        /// Current block, three bytes, valid while playing.
        lba: u32 = u24(2),
        /// Slots there are; 0 without a changer.
        slots: u8 = u8(5),
        /// Bytes of the slot table that follows.
        slot_table_length: u16 = u16(6),
    }
}

impl Mechanism {
    /// Reads an answer.
    ///
    /// # Errors
    /// Fewer than 8 bytes.
    pub fn parse(data: &[u8]) -> Result<Self, Malformed> {
        if data.len() < Self::LEN {
            return Err(Malformed::new(MechanismStatus::NAME, "shorter than 8 bytes", data.len()));
        }
        Ok(Self::read(data))
    }
}

reads!(MechanismStatus, "MECHANISM STATUS", Mechanism);

impl fmt::Display for MechanismStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::NAME)
    }
}
