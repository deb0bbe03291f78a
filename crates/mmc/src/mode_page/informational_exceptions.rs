//! 1Ch: informational exceptions control (failure prediction).

use webburn_scsi::layout;

layout! {
    /// Informational exceptions control page (SPC-4, 7.5.12; MMC-6, 7.2.6).
    InformationalExceptions [12] {
        /// PS: can be saved.
        savable: bool = bit(0, 7),
        /// PERF: prediction must not cost speed.
        performance: bool = bit(2, 7),
        /// EBF: background functions.
        background: bool = bit(2, 5),
        /// EWASC: warnings are reported.
        warnings: bool = bit(2, 4),
        /// DEXCPT: no reports at all.
        disabled: bool = bit(2, 3),
        /// TEST: make a false report.
        test: bool = bit(2, 2),
        /// MRIE: how to report.
        method: u8 = bits(3, 0, 4),
        /// Interval timer, in 100 ms.
        interval: u32 = u32(4),
        /// Report count.
        report_count: u32 = u32(8),
    }
}

super::page!(InformationalExceptions, INFORMATIONAL_EXCEPTIONS, at least 12);
