//! BD 00h: disc information, the first unit.

use webburn_scsi::{Malformed, layout};

use super::MediaId;

layout! {
    /// The first of the disc information units of 112 bytes (Blu-ray white papers, BD-R and BD-RE physical format).
    BdDiscInformation [112] {
        /// `DI`.
        signature: [u8; 2] = bytes(0),
        /// Format number of the unit.
        format: u8 = u8(2),
        /// Number of units in the block.
        units: u8 = u8(3),
        /// Legacy information.
        legacy: u8 = u8(4),
        /// Sequence number of the unit.
        sequence: u8 = u8(5),
        /// Bytes in use in the unit; bit 7 means that it goes on in the next.
        used: u8 = u8(6),
        /// `BDR`, `BDW` (BD-RE) or `BDO` (BD-ROM).
        disc_type: [u8; 3] = bytes(8),
        /// Disc size in bits 7–6, class in bits 5–4 and version in bits 3–0.
        size_class_version: u8 = u8(11),
        /// Layers in bits 7–4, layer type in bits 3–0.
        layers: u8 = u8(12),
        /// Manufacturer id.
        manufacturer: [u8; 6] = bytes(100),
        /// Media type id.
        media_type: [u8; 3] = bytes(106),
        /// Time stamp: year in the first twelve bits, month in the rest.
        time_stamp: u16 = u16(109),
        /// Product revision.
        revision: u8 = u8(111),
    }
}

impl BdDiscInformation {
    /// Reads the first unit, header left off.
    ///
    /// # Errors
    /// Fewer than 112 bytes, or no `DI` at the start.
    pub fn parse(body: &[u8]) -> Result<Self, Malformed> {
        if body.len() < Self::LEN {
            return Err(Malformed::new("BdDiscInformation", "shorter than a unit", body.len()));
        }
        let unit = Self::read(body);
        if unit.signature != *b"DI" {
            return Err(Malformed::new("BdDiscInformation", "no DI signature", body.len()));
        }
        Ok(unit)
    }

    /// Manufacturer and type.
    #[must_use]
    pub fn media_id(&self) -> MediaId {
        MediaId::new(&self.manufacturer, &self.media_type, Some(self.revision))
    }

    /// Number of recording layers; 0 where the disc does not say.
    #[must_use]
    pub const fn layer_count(&self) -> u8 {
        self.layers >> 4
    }
}
