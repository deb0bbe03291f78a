//! DVD 00h: physical format information.

use webburn_scsi::layout;

use super::{MediaId, whole};

layout! {
    /// The first seventeen bytes, which all DVDs have in common (MMC-6, table of physical format information).
    DvdPhysical [17] {
        /// Book type: 0 DVD-ROM, 1 DVD-RAM, 2 DVD-R, 3 DVD-RW, 9 DVD+RW, Ah DVD+R, Dh DVD+RW DL, Eh DVD+R DL.
        book_type: u8 = bits(0, 4, 4),
        /// Part version.
        part_version: u8 = bits(0, 0, 4),
        /// Disc size: 0 120 mm, 1 80 mm.
        disc_size: u8 = bits(1, 4, 4),
        /// Maximum rate.
        maximum_rate: u8 = bits(1, 0, 4),
        /// Number of layers less one.
        layers_less_one: u8 = bits(2, 5, 2),
        /// Track path: opposite, else parallel.
        opposite_track_path: bool = bit(2, 4),
        /// Layer type: bit 0 embossed, bit 1 recordable, bit 2 rewritable.
        layer_type: u8 = bits(2, 0, 4),
        /// Linear density.
        linear_density: u8 = bits(3, 4, 4),
        /// Track density.
        track_density: u8 = bits(3, 0, 4),
        /// First physical sector of the data area: 30000h, DVD-RAM 31000h.
        data_start: u32 = u24(5),
        /// Last physical sector of the data area.
        data_end: u32 = u24(9),
        /// Last physical sector of layer 0, with an opposite track path.
        layer0_end: u32 = u24(13),
        /// BCA: there is a burst cutting area.
        bca: bool = bit(16, 7),
    }
}

whole!(DvdPhysical);

impl DvdPhysical {
    /// Manufacturer and type of a DVD+R or DVD+RW, which stand in bytes 19 to 30 of formats 00h and 11h (ECMA-337,
    /// ECMA-349).
    #[must_use]
    pub fn plus_media_id(body: &[u8]) -> Option<MediaId> {
        let revision = *body.get(30)?;
        Some(MediaId::new(body.get(19..27)?, body.get(27..30)?, Some(revision)))
    }
}
