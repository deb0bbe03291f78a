//! 08h: caching. Seldom there, not to be relied on.

use webburn_scsi::layout;

layout! {
    /// Caching page (SBC-3, 6.4.5; the two bits optical drives have).
    Caching [12] {
        /// PS: can be saved.
        savable: bool = bit(0, 7),
        /// WCE: writes are cached.
        write_cache: bool = bit(2, 2),
        /// RCD: reads are not cached.
        no_read_cache: bool = bit(2, 0),
    }
}

super::page!(Caching, CACHING, at least 3);
