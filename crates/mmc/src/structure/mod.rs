//! What READ DISC STRUCTURE returns, without its header of four bytes (MMC-6, 6.22; layouts of the discs' own standards).

mod bd_disc_information;
mod bd_spare_area;
mod copyright;
mod dvd_physical;
mod layer_boundary;
mod list;
mod media_id;
mod write_protection;

pub use bd_disc_information::BdDiscInformation;
pub use bd_spare_area::BdSpareArea;
pub use copyright::Copyright;
pub use dvd_physical::DvdPhysical;
pub use layer_boundary::{LayerBoundary, MiddleZoneStart};
pub use list::{ListedStructure, StructureList};
pub use media_id::{MediaId, pre_recorded_manufacturer};
pub use write_protection::WriteProtection;

use webburn_scsi::codes;

codes! {
    /// Formats for DVD (media 0).
    DvdFormat(u8) {
        PHYSICAL = 0x00 "physical format information",
        COPYRIGHT = 0x01 "copyright information",
        BCA = 0x03 "burst cutting area",
        MANUFACTURER = 0x04 "disc manufacturing information",
        RAM_DDS = 0x08 "DVD-RAM disc definition",
        RAM_MEDIUM_STATUS = 0x09 "DVD-RAM medium status",
        RAM_SPARE = 0x0A "DVD-RAM spare area",
        RMD_LAST_BORDER = 0x0C "RMD of the last border-out",
        RMD = 0x0D "recording management area data",
        PRE_RECORDED = 0x0E "pre-recorded information in the lead-in",
        UNIQUE_ID = 0x0F "unique disc identifier",
        CONTROL_DATA = 0x10 "control data zone",
        ADIP = 0x11 "ADIP",
        LAYER_BOUNDARY = 0x20 "DVD+R dual layer boundary",
        SHIFTED_MIDDLE_ZONE = 0x21 "shifted middle zone start",
        JUMP_INTERVAL = 0x22 "layer jump interval size",
        JUMP_ADDRESS = 0x23 "manual layer jump address",
        REMAPPING = 0x24 "remapping address",
        DCB = 0x30 "disc control block",
        WRITE_PROTECTION = 0xC0 "write protection status",
        LIST = 0xFF "list of structures",
    }
}

codes! {
    /// Formats for BD (media 1).
    BdFormat(u8) {
        DISC_INFORMATION = 0x00 "disc information",
        BCA = 0x03 "burst cutting area",
        DDS = 0x08 "disc definition structure",
        CARTRIDGE = 0x09 "cartridge status",
        SPARE_AREA = 0x0A "spare area information",
        RAW_DFL = 0x12 "raw defect list",
        PAC = 0x30 "physical access control",
        WRITE_PROTECTION = 0xC0 "write protection status",
        LIST = 0xFF "list of structures",
    }
}

/// `parse` for a layout that must be there whole.
macro_rules! whole {
    ($name:ident) => {
        impl $name {
            /// Reads a structure, header left off.
            ///
            /// # Errors
            /// Shorter than the structure.
            pub fn parse(body: &[u8]) -> Result<Self, ::webburn_scsi::Malformed> {
                if body.len() < Self::LEN {
                    return Err(::webburn_scsi::Malformed::new(
                        stringify!($name),
                        "shorter than its layout",
                        body.len(),
                    ));
                }
                Ok(Self::read(body))
            }
        }
    };
}
use whole;
