//! 05h: write parameters. How CDs, DVD-R and DVD-RW are written.

use webburn_scsi::{codes, layout};

codes! {
    /// Write type.
    WriteType(u8) {
        PACKET = 0 "packet/incremental",
        TRACK_AT_ONCE = 1 "track at once",
        SESSION_AT_ONCE = 2 "session at once",
        RAW = 3 "raw",
        LAYER_JUMP = 4 "layer jump recording",
    }
}

codes! {
    /// What follows the session.
    MultiSession(u8) {
        CLOSED = 0 "no B0 pointer, next session not allowed",
        FINAL = 1 "B0 pointer FF:FF:FF, next session not allowed",
        OPEN = 3 "next session allowed",
    }
}

codes! {
    /// Data block type: what one block of a WRITE holds.
    DataBlockType(u8) {
        RAW_2352 = 0 "2352 bytes",
        RAW_PQ = 1 "2352 bytes and 16 of P and Q",
        RAW_PACK = 2 "2352 bytes and 96 of packed P-W",
        RAW_P_W = 3 "2352 bytes and 96 of raw P-W",
        MODE_1 = 8 "mode 1, 2048 bytes",
        MODE_2 = 9 "mode 2, 2336 bytes",
        XA_FORM_1 = 10 "XA form 1, 2048 bytes",
        XA_FORM_1_SUB_HEADER = 11 "XA form 1, 2056 bytes",
        XA_FORM_2 = 12 "XA form 2, 2324 bytes",
        XA_MIXED = 13 "XA form 1 or 2, 2332 bytes",
    }
}

impl DataBlockType {
    /// Bytes one block has in a WRITE; `None` for values without a meaning.
    #[must_use]
    pub const fn block_length(self) -> Option<usize> {
        Some(match self.0 {
            0 => 2352,
            1 => 2368,
            2 | 3 => 2448,
            8 | 10 => 2048,
            9 => 2336,
            11 => 2056,
            12 => 2324,
            13 => 2332,
            _ => return None,
        })
    }
}

codes! {
    /// Session format: the disc type in the TOC (point A0h).
    SessionFormat(u8) {
        CD_DA_OR_ROM = 0x00 "CD-DA or CD-ROM",
        CD_I = 0x10 "CD-I",
        CD_XA = 0x20 "CD-ROM XA",
    }
}

layout! {
    /// Write parameters page (MMC-6, 7.2.3).
    WriteParameters [52] {
        /// PS: can be saved.
        savable: bool = bit(0, 7),
        /// BUFE: underrun protection on.
        buffer_underrun_free: bool = bit(2, 6),
        /// LS_V: the link size below is valid.
        link_size_valid: bool = bit(2, 5),
        /// Test write: the laser stays low.
        test_write: bool = bit(2, 4),
        /// Write type.
        write_type: WriteType = code(2, 0, 4),
        /// Multi-session.
        multi_session: MultiSession = code(3, 6, 2),
        /// FP: fixed packets.
        fixed_packet: bool = bit(3, 5),
        /// Copy: SCMS, this is a copy.
        copy: bool = bit(3, 4),
        /// Track mode: the CONTROL nibble. 4 data, 5 data in increments, 0 audio, +1 pre-emphasis, +2 copy permitted.
        track_mode: u8 = bits(3, 0, 4),
        /// Data block type.
        data_block_type: DataBlockType = code(4, 0, 4),
        /// Link size in sectors: CD 7, DVD-R 16.
        link_size: u8 = u8(5),
        /// Initiator application code.
        application_code: u8 = bits(7, 0, 6),
        /// Session format.
        session_format: SessionFormat = code(8, 0, 8),
        /// Packet size in sectors, with FP.
        packet_size: u32 = u32(10),
        /// Audio pause in sectors, 150.
        audio_pause: u16 = u16(14),
        /// MCVAL: the catalogue number is valid.
        catalog_valid: bool = bit(16, 7),
        /// Media catalogue number, thirteen digits in ASCII.
        catalog: [u8; 13] = bytes(17),
        /// ZERO and AFRAME after it.
        catalog_tail: [u8; 2] = bytes(30),
        /// TCVAL: the ISRC is valid.
        isrc_valid: bool = bit(32, 7),
        /// ISRC, twelve characters in ASCII.
        isrc: [u8; 12] = bytes(33),
        /// ZERO, AFRAME and a reserved byte after it.
        isrc_tail: [u8; 3] = bytes(45),
        /// Sub-header for XA block types without one.
        sub_header: [u8; 4] = bytes(48),
    }
}

super::page!(WriteParameters, WRITE_PARAMETERS, at least 16);

impl WriteParameters {
    /// The values a drive has after power-on: track at once, data, mode 1, audio pause 150 (MMC-6, 7.2.3).
    #[must_use]
    pub fn power_on() -> Self {
        WriteParameters {
            write_type: WriteType::TRACK_AT_ONCE,
            track_mode: 4,
            data_block_type: DataBlockType::MODE_1,
            audio_pause: 150,
            ..Self::default()
        }
    }

    /// Sets or clears the catalogue number.
    pub fn set_catalog(&mut self, catalog: Option<[u8; 13]>) {
        self.catalog_valid = catalog.is_some();
        self.catalog = catalog.unwrap_or_default();
        self.catalog_tail = [0; 2];
    }

    /// Sets or clears the ISRC.
    pub fn set_isrc(&mut self, isrc: Option<[u8; 12]>) {
        self.isrc_valid = isrc.is_some();
        self.isrc = isrc.unwrap_or_default();
        self.isrc_tail = [0; 3];
    }
}
