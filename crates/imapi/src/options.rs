//! How a burn is to be done: the settable properties of the data writer in one value.

use webburn_sector::Lba;

use crate::enums::BurnVerificationLevel;

/// A wished-for write speed (`SetWriteSpeed`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpeedWish {
    /// Sectors a second.
    pub sectors_per_second: u32,
    /// Pure CAV.
    pub pure_cav: bool,
}

/// An inclusive range of sectors (`IBlockRange`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockRange {
    /// First sector.
    pub start: Lba,
    /// Last sector.
    pub end: Lba,
}

/// The settable properties of the data writer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// `BufferUnderrunFreeDisabled`: no protection against a buffer that runs empty. CD-R/RW and DVD-R only.
    pub buffer_underrun_free_disabled: bool,
    /// `PostgapAlreadyInImage`: do not append 150 sectors on CD-R/RW.
    pub postgap_already_in_image: bool,
    /// `ForceMediaToBeClosed`.
    pub force_media_to_be_closed: bool,
    /// `DisableConsumerDvdCompatibilityMode`. Without it every DVD+R is closed, whatever else is asked.
    pub disable_consumer_dvd_compatibility_mode: bool,
    /// `ForceOverwrite`.
    pub force_overwrite: bool,
    /// The wished-for speed, `None` for the fastest.
    pub speed: Option<SpeedWish>,
    /// How thoroughly to verify.
    pub verification: BurnVerificationLevel,
    /// Only these parts of the stream, in this order (`IBlockRangeList`); overwritable discs only. `None` leaves it to the
    /// stream.
    pub block_ranges: Option<Vec<BlockRange>>,
    /// Beyond IMAPI2: record a blank DVD-R/-RW at once, with its length announced beforehand. Closes the disc.
    pub disc_at_once: bool,
    /// Only what Microsoft documents: no erasing of a full CD-RW or DVD-RW by `ForceOverwrite`.
    pub strict: bool,
}
