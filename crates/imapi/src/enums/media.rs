//! What a disc is and what state it is in.

closed! {
    /// `IMAPI_MEDIA_PHYSICAL_TYPE`. Numbers to FFFFh are Microsoft's.
    MediaPhysicalType(u32) {
        /// Empty or not recognised.
        Unknown = 0, "IMAPI_MEDIA_TYPE_UNKNOWN";
        /// CD-ROM, or a recordable CD that this drive only reads.
        CdRom = 1, "IMAPI_MEDIA_TYPE_CDROM";
        /// CD-R.
        CdR = 2, "IMAPI_MEDIA_TYPE_CDR";
        /// CD-RW.
        CdRw = 3, "IMAPI_MEDIA_TYPE_CDRW";
        /// DVD-ROM, or a recordable DVD that this drive only reads.
        DvdRom = 4, "IMAPI_MEDIA_TYPE_DVDROM";
        /// DVD-RAM.
        DvdRam = 5, "IMAPI_MEDIA_TYPE_DVDRAM";
        /// DVD+R.
        DvdPlusR = 6, "IMAPI_MEDIA_TYPE_DVDPLUSR";
        /// DVD+RW.
        DvdPlusRw = 7, "IMAPI_MEDIA_TYPE_DVDPLUSRW";
        /// DVD+R with two layers.
        DvdPlusRDualLayer = 8, "IMAPI_MEDIA_TYPE_DVDPLUSR_DUALLAYER";
        /// DVD-R.
        DvdDashR = 9, "IMAPI_MEDIA_TYPE_DVDDASHR";
        /// DVD-RW, sequential or restricted overwrite.
        DvdDashRw = 10, "IMAPI_MEDIA_TYPE_DVDDASHRW";
        /// DVD-R with two layers.
        DvdDashRDualLayer = 11, "IMAPI_MEDIA_TYPE_DVDDASHR_DUALLAYER";
        /// Disk-like: random access with defect management.
        Disk = 12, "IMAPI_MEDIA_TYPE_DISK";
        /// DVD+RW with two layers.
        DvdPlusRwDualLayer = 13, "IMAPI_MEDIA_TYPE_DVDPLUSRW_DUALLAYER";
        /// HD DVD-ROM.
        HdDvdRom = 14, "IMAPI_MEDIA_TYPE_HDDVDROM";
        /// HD DVD-R.
        HdDvdR = 15, "IMAPI_MEDIA_TYPE_HDDVDR";
        /// HD DVD-RAM.
        HdDvdRam = 16, "IMAPI_MEDIA_TYPE_HDDVDRAM";
        /// BD-ROM.
        BdRom = 17, "IMAPI_MEDIA_TYPE_BDROM";
        /// BD-R.
        BdR = 18, "IMAPI_MEDIA_TYPE_BDR";
        /// BD-RE.
        BdRe = 19, "IMAPI_MEDIA_TYPE_BDRE";
    }
}

bits! {
    /// `IMAPI_MEDIA_WRITE_PROTECT_STATE`.
    WriteProtectState(u32) {
        /// Until the power is cycled.
        UNTIL_POWERDOWN = 0x0001, "IMAPI_WRITEPROTECTED_UNTIL_POWERDOWN";
        /// The tab of the cartridge.
        BY_CARTRIDGE = 0x0002, "IMAPI_WRITEPROTECTED_BY_CARTRIDGE";
        /// The medium's own reason, such as spare areas used up.
        BY_MEDIA_SPECIFIC_REASON = 0x0004, "IMAPI_WRITEPROTECTED_BY_MEDIA_SPECIFIC_REASON";
        /// A flag on the medium.
        BY_SOFTWARE_WRITE_PROTECT = 0x0008, "IMAPI_WRITEPROTECTED_BY_SOFTWARE_WRITE_PROTECT";
        /// The disc control block of a DVD+RW.
        BY_DISC_CONTROL_BLOCK = 0x0010, "IMAPI_WRITEPROTECTED_BY_DISC_CONTROL_BLOCK";
        /// The drive sees no way to write this disc.
        READ_ONLY_MEDIA = 0x4000, "IMAPI_WRITEPROTECTED_READ_ONLY_MEDIA";
    }
}

bits! {
    /// `IMAPI_FORMAT2_DATA_MEDIA_STATE`.
    MediaState(u32) {
        /// Written parts may be overwritten (formerly `RANDOMLY_WRITABLE`).
        OVERWRITE_ONLY = 0x0001, "IMAPI_FORMAT2_DATA_MEDIA_STATE_OVERWRITE_ONLY";
        /// Never used, or erased.
        BLANK = 0x0002, "IMAPI_FORMAT2_DATA_MEDIA_STATE_BLANK";
        /// Another session can be added.
        APPENDABLE = 0x0004, "IMAPI_FORMAT2_DATA_MEDIA_STATE_APPENDABLE";
        /// Only one more session, or none at all on this kind of disc.
        FINAL_SESSION = 0x0008, "IMAPI_FORMAT2_DATA_MEDIA_STATE_FINAL_SESSION";
        /// The four above.
        INFORMATIONAL_MASK = 0x000F, "IMAPI_FORMAT2_DATA_MEDIA_STATE_INFORMATIONAL_MASK";
        /// Not usable here; erasing may help.
        DAMAGED = 0x0400, "IMAPI_FORMAT2_DATA_MEDIA_STATE_DAMAGED";
        /// To be erased first.
        ERASE_REQUIRED = 0x0800, "IMAPI_FORMAT2_DATA_MEDIA_STATE_ERASE_REQUIRED";
        /// The last session is written in part.
        NON_EMPTY_SESSION = 0x1000, "IMAPI_FORMAT2_DATA_MEDIA_STATE_NON_EMPTY_SESSION";
        /// The disc or the drive forbids writing.
        WRITE_PROTECTED = 0x2000, "IMAPI_FORMAT2_DATA_MEDIA_STATE_WRITE_PROTECTED";
        /// Closed for good.
        FINALIZED = 0x4000, "IMAPI_FORMAT2_DATA_MEDIA_STATE_FINALIZED";
        /// Not a disc for this writer.
        UNSUPPORTED_MEDIA = 0x8000, "IMAPI_FORMAT2_DATA_MEDIA_STATE_UNSUPPORTED_MEDIA";
        /// The last six.
        UNSUPPORTED_MASK = 0xFC00, "IMAPI_FORMAT2_DATA_MEDIA_STATE_UNSUPPORTED_MASK";
    }
}
