//! FORMAT UNIT (MMC-6, 6.5).

use std::fmt;

use webburn_scsi::layout::{get, put};
use webburn_scsi::{Command, Malformed, codes, command, layout};
use webburn_sector::SectorCount;

codes! {
    /// Format type (MMC-6, table of format types; IMAPI2 knows none of them by name).
    FormatType(u8) {
        FULL = 0x00 "full",
        SPARE_EXPANSION = 0x01 "spare area expansion",
        ZONE_REFORMAT = 0x04 "zone reformat",
        ZONE_FORMAT = 0x05 "zone format",
        CD_RW_DVD_RW_FULL = 0x10 "CD-RW/DVD-RW full",
        GROW_SESSION = 0x11 "grow session",
        ADD_SESSION = 0x12 "add session",
        QUICK_GROW_LAST_BORDER = 0x13 "quick grow last border",
        QUICK_ADD_BORDER = 0x14 "quick add border",
        QUICK = 0x15 "DVD-RW quick",
        SUB_INTERVAL = 0x16 "HD DVD sub-interval",
        MRW = 0x24 "MRW",
        DVD_PLUS_RW = 0x26 "DVD+RW basic",
        BD_RE_SPARE = 0x30 "BD-RE with spare areas",
        BD_RE = 0x31 "BD-RE without spare areas",
        BD_R_SPARE = 0x32 "BD-R with spare areas",
    }
}

layout! {
    /// What to make: eight bytes in the parameter list of FORMAT UNIT, and in the list that READ FORMAT CAPACITIES
    /// answers.
    FormatDescriptor [8] {
        /// Number of blocks; FFFFFFFFh and 0 mean "all there is" for some types.
        blocks: SectorCount = count(0),
        /// Format type.
        format: FormatType = code(4, 2, 6),
        /// Format subtype: BD-R 0 SRM+POW, 1 SRM, 2 RRM; BD-RE 0 quick reformat, 2 full, 3 quick certification.
        subtype: u8 = bits(4, 0, 2),
        /// Type-dependent parameter: block or ECC size, spare area, restart bit.
        parameter: u32 = u24(5),
    }
}

layout! {
    /// The parameter list of twelve bytes: format list header and one descriptor. The header's length field is written
    /// by [`FormatParameters::list`].
    FormatParameters [12] {
        /// FOV: the option bits beside it are valid.
        options_valid: bool = bit(1, 7),
        /// DPRY: disable primary defect list.
        disable_primary: bool = bit(1, 6),
        /// DCRT: disable certification.
        disable_certification: bool = bit(1, 5),
        /// STPF: stop format when a defect list cannot be had.
        stop_format: bool = bit(1, 4),
        /// Try-out: check the parameters only.
        try_out: bool = bit(1, 2),
        /// Immed: answer before it is done.
        immediate: bool = bit(1, 1),
        /// VS: vendor specific.
        vendor_specific: bool = bit(1, 0),
        /// Number of blocks.
        blocks: SectorCount = count(4),
        /// Format type.
        format: FormatType = code(8, 2, 6),
        /// Format subtype.
        subtype: u8 = bits(8, 0, 2),
        /// Type-dependent parameter.
        parameter: u32 = u24(9),
    }
}

impl FormatParameters {
    /// Formats as a descriptor says, by a drive that answers at once and goes on alone when `immediate`.
    #[must_use]
    pub const fn new(descriptor: FormatDescriptor, immediate: bool) -> Self {
        FormatParameters {
            options_valid: false,
            disable_primary: false,
            disable_certification: false,
            stop_format: false,
            try_out: false,
            immediate,
            vendor_specific: false,
            blocks: descriptor.blocks,
            format: descriptor.format,
            subtype: descriptor.subtype,
            parameter: descriptor.parameter,
        }
    }

    /// The descriptor in it.
    #[must_use]
    pub const fn descriptor(&self) -> FormatDescriptor {
        FormatDescriptor { blocks: self.blocks, format: self.format, subtype: self.subtype, parameter: self.parameter }
    }

    /// The parameter list as it is sent.
    #[must_use]
    pub fn list(&self) -> [u8; 12] {
        let mut list = self.encode();
        put::u16(&mut list, 2, FormatDescriptor::LEN as u16);
        list
    }

    /// Device side: reads a parameter list.
    ///
    /// # Errors
    /// Fewer than 12 bytes, or a descriptor length other than 8 (a drive answers 5/26/00).
    pub fn parse(list: &[u8]) -> Result<Self, Malformed> {
        if list.len() < Self::LEN {
            return Err(Malformed::new(FormatUnit::NAME, "parameter list shorter than 12 bytes", list.len()));
        }
        if usize::from(get::u16(list, 2)) != FormatDescriptor::LEN {
            return Err(Malformed::new(FormatUnit::NAME, "format descriptor length is not 8", list.len()));
        }
        Ok(Self::read(list))
    }
}

command! {
    /// Formats the medium. `FmtPInfo`, `FmtData`, `CmpList` and the format code stand in byte 1 (11h as a rule).
    FormatUnit = 0x04 [6] {
        /// FmtPInfo: a format pattern is not used for this.
        protection: bool = bit(1, 7),
        /// LongList.
        long_list: bool = bit(1, 5),
        /// FmtData: a parameter list follows. Always set.
        format_data: bool = bit(1, 4),
        /// CmpList: ignore the known defects (DVD-RAM quick format).
        complete_list: bool = bit(1, 3),
        /// Format code, 1.
        format_code: u8 = bits(1, 0, 3),
    } out
    /// The parameter list, see [`FormatParameters::list`].
    list
}

impl<'a> FormatUnit<'a> {
    /// The form every burner uses: FmtData, format code 1.
    #[must_use]
    pub const fn new(list: &'a [u8]) -> Self {
        FormatUnit {
            protection: false,
            long_list: false,
            format_data: true,
            complete_list: false,
            format_code: 1,
            list,
        }
    }
}

sends!(FormatUnit, "FORMAT UNIT", list);

impl fmt::Display for FormatDescriptor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "type {:02X}h ({}), ", self.format.0, self.format)?;
        match self.blocks.0 {
            u32::MAX => f.write_str("all blocks"),
            blocks => write!(f, "{blocks} blocks"),
        }?;
        write!(f, ", subtype {}, parameter {:06X}h", self.subtype, self.parameter)
    }
}

impl fmt::Display for FormatUnit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::NAME)?;
        match FormatParameters::parse(self.list) {
            Ok(list) => {
                write!(f, " {}{}", list.descriptor(), if list.immediate { ", immediate" } else { "" })
            }
            Err(_) => Ok(()),
        }
    }
}
