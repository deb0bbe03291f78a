//! 0Eh: CD audio control.

use webburn_scsi::layout;

layout! {
    /// CD audio control page.
    CdAudioControl [16] {
        /// PS: can be saved.
        savable: bool = bit(0, 7),
        /// Immed: PLAY AUDIO answers at once.
        immediate: bool = bit(2, 2),
        /// SOTC: stop on track crossing.
        stop_on_track_crossing: bool = bit(2, 1),
        /// Four ports of two bytes: channel selection in bits 3–0, volume.
        ports: [u8; 8] = bytes(8),
    }
}

super::page!(CdAudioControl, CD_AUDIO, at least 16);
