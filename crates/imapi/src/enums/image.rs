//! The file system side (IMAPI2FS).

bits! {
    /// `FsiFileSystems`; 0 is none.
    FsiFileSystems(u32) {
        /// ISO 9660.
        ISO9660 = 0x0000_0001, "FsiFileSystemISO9660";
        /// Joliet, which stands beside ISO 9660.
        JOLIET = 0x0000_0002, "FsiFileSystemJoliet";
        /// UDF.
        UDF = 0x0000_0004, "FsiFileSystemUDF";
        /// Something is there and was not recognised.
        UNKNOWN = 0x4000_0000, "FsiFileSystemUnknown";
    }
}

closed! {
    /// `FsiItemType`.
    FsiItemType(u32) {
        /// Nothing has that path.
        NotFound = 0, "FsiItemNotFound";
        /// A directory.
        Directory = 1, "FsiItemDirectory";
        /// A file.
        File = 2, "FsiItemFile";
    }
}

open! {
    /// `PlatformId` of a boot image (El Torito).
    PlatformId(u8) {
        X86 = 0x00, "PlatformX86";
        POWER_PC = 0x01, "PlatformPowerPC";
        MAC = 0x02, "PlatformMac";
        EFI = 0xEF, "PlatformEFI";
    }
}

open! {
    /// `EmulationType` of a boot image (El Torito).
    EmulationType(u8) {
        NONE = 0, "EmulationNone";
        FLOPPY_1_2_M = 1, "Emulation12MFloppy";
        FLOPPY_1_44_M = 2, "Emulation144MFloppy";
        FLOPPY_2_88_M = 3, "Emulation288MFloppy";
        HARD_DISK = 4, "EmulationHardDisk";
    }
}
