//! READ CD (MMC-6, 6.17).

use std::fmt;

use webburn_scsi::{Cdb, Command, Malformed, Payload, codes, command, layout};
use webburn_sector::{Lba, SectorCount};

codes! {
    /// Expected sector type.
    ExpectedSector(u8) {
        ANY = 0 "any",
        CD_DA = 1 "CD-DA",
        MODE_1 = 2 "mode 1",
        MODE_2 = 3 "mode 2",
        MODE_2_FORM_1 = 4 "mode 2 form 1",
        MODE_2_FORM_2 = 5 "mode 2 form 2",
    }
}

codes! {
    /// Sub-channel selection.
    SubChannel(u8) {
        NONE = 0 "none",
        RAW = 1 "raw P-W, 96 bytes",
        Q = 2 "Q, 16 bytes",
        R_W = 4 "R-W corrected, 96 bytes",
    }
}

impl SubChannel {
    /// Bytes it adds to a sector.
    #[must_use]
    pub const fn bytes(self) -> usize {
        match self.0 {
            1 | 4 => 96,
            2 => 16,
            _ => 0,
        }
    }
}

layout! {
    /// Main channel selection, one byte.
    MainChannel [1] {
        /// Sync field, 12 bytes.
        sync: bool = bit(0, 7),
        /// Sub-header, 8 bytes.
        sub_header: bool = bit(0, 6),
        /// Header, 4 bytes.
        header: bool = bit(0, 5),
        /// User data.
        user: bool = bit(0, 4),
        /// EDC and ECC.
        edc_ecc: bool = bit(0, 3),
        /// C2 error information: 0 none, 1 294 bytes, 2 296 bytes.
        c2: u8 = bits(0, 1, 2),
    }
}

impl From<u8> for MainChannel {
    fn from(byte: u8) -> Self {
        MainChannel::read(&[byte])
    }
}

impl From<MainChannel> for u8 {
    fn from(selection: MainChannel) -> u8 {
        let [byte] = selection.encode();
        byte
    }
}

impl MainChannel {
    /// Everything of 2352 bytes (F8h).
    pub const ALL: MainChannel =
        MainChannel { sync: true, sub_header: true, header: true, user: true, edc_ecc: true, c2: 0 };
    /// User data (10h).
    pub const USER: MainChannel =
        MainChannel { sync: false, sub_header: false, header: false, user: true, edc_ecc: false, c2: 0 };

    /// Bytes a sector has with this selection, C2 included, without sub-channel. For `ANY` the largest possible.
    #[must_use]
    pub const fn bytes(self, expected: ExpectedSector) -> usize {
        let [sync, header, sub_header, user, edc] = match expected {
            // An audio sector is nothing but user data.
            ExpectedSector::CD_DA => [0, 0, 0, 2352, 0],
            ExpectedSector::MODE_1 => [12, 4, 0, 2048, 288],
            ExpectedSector::MODE_2 => [12, 4, 0, 2336, 0],
            ExpectedSector::MODE_2_FORM_1 => [12, 4, 8, 2048, 280],
            // The 4 bytes of EDC or spare belong to the user data of form 2.
            ExpectedSector::MODE_2_FORM_2 => [12, 4, 8, 2328, 0],
            // Unknown until read: with user data the whole sector at most, else the longest of each field.
            _ if self.user => [0, 0, 0, 2352, 0],
            _ => [12, 4, 8, 0, 288],
        };
        let mut bytes = 0;
        if self.sync {
            bytes += sync;
        }
        if self.header {
            bytes += header;
        }
        if self.sub_header {
            bytes += sub_header;
        }
        if self.user {
            bytes += user;
        }
        if self.edc_ecc {
            bytes += edc;
        }
        match self.c2 {
            1 => bytes + 294,
            2 => bytes + 296,
            _ => bytes,
        }
    }
}

command! {
    /// Reads CD sectors with a choice of what of each sector is sent.
    ReadCd = 0xBE [12] {
        /// Expected sector type; another one on the disc ends in 5/64/00.
        expected: ExpectedSector = code(1, 2, 3),
        /// DAP: conceal errors in audio.
        conceal: bool = bit(1, 1),
        /// First sector.
        lba: Lba = lba(2),
        /// How many.
        blocks: SectorCount = count24(6),
        /// What of the main channel is sent.
        main: MainChannel = code(9, 0, 8),
        /// What of the sub-channel is sent.
        sub: SubChannel = code(10, 0, 3),
    }
}

impl ReadCd {
    /// Bytes of one sector as it is sent, the largest possible where the expected type leaves it open.
    #[must_use]
    pub const fn block_length(&self) -> usize {
        self.main.bytes(self.expected) + self.sub.bytes()
    }
}

impl Command for ReadCd {
    const NAME: &'static str = "READ CD";
    type Response = Vec<u8>;
    fn cdb(&self) -> Cdb {
        self.to_cdb()
    }
    fn payload(&self) -> Payload<'_> {
        match (self.blocks.0 as usize).saturating_mul(self.block_length()) {
            0 => Payload::None,
            bytes => Payload::In(bytes),
        }
    }
    fn decode(&self, data: &[u8]) -> Result<Vec<u8>, Malformed> {
        Ok(data.to_vec())
    }
}

impl fmt::Display for ReadCd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let main = u8::from(self.main);
        write!(f, "{} lba {}, {} blocks, {} sectors, ", Self::NAME, self.lba, self.blocks.0, self.expected)?;
        write!(f, "main channel {main:02X}h, sub-channel {}", self.sub)
    }
}
