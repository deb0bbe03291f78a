//! 01h: read/write error recovery.

use webburn_scsi::layout;

layout! {
    /// Read/write error recovery page (MMC-6, 7.2.2).
    ErrorRecovery [12] {
        /// PS: can be saved.
        savable: bool = bit(0, 7),
        /// AWRE: defects are reallocated when written.
        reallocate_writes: bool = bit(2, 7),
        /// ARRE: defects are reallocated when read.
        reallocate_reads: bool = bit(2, 6),
        /// TB: what could not be corrected is sent all the same.
        transfer_block: bool = bit(2, 5),
        /// RC: go on in spite of errors.
        read_continuous: bool = bit(2, 4),
        /// PER: corrected errors are reported.
        post_error: bool = bit(2, 2),
        /// DTE: stop at the first error.
        disable_transfer: bool = bit(2, 1),
        /// DCR: do not correct.
        disable_correction: bool = bit(2, 0),
        /// Read retries.
        read_retries: u8 = u8(3),
        /// EMCDR: enhanced media certification and defect reporting.
        emcdr: u8 = bits(7, 0, 2),
        /// Write retries.
        write_retries: u8 = u8(8),
        /// Recovery time limit (older drives) or window size.
        limit: u16 = u16(10),
    }
}

super::page!(ErrorRecovery, ERROR_RECOVERY, at least 4);
