//! SET STREAMING (MMC-6, 6.39).

use std::fmt;

use webburn_scsi::{Command, Malformed, command, layout};
use webburn_sector::Lba;

use super::RotationControl;

layout! {
    /// Performance descriptor of 28 bytes: so many kilobytes (1000 bytes) in so many milliseconds.
    StreamingDescriptor [28] {
        /// WRC: how the disc turns.
        rotation: RotationControl = code(0, 3, 2),
        /// RDD: restore the drive's defaults.
        restore_defaults: bool = bit(0, 2),
        /// Exact: exactly these, or refuse.
        exact: bool = bit(0, 1),
        /// RA: random access, speed matters less.
        random_access: bool = bit(0, 0),
        /// First block it holds for.
        start: Lba = lba(4),
        /// Last block it holds for.
        end: Lba = lba(8),
        /// Kilobytes to be read …
        read_size: u32 = u32(12),
        /// … in this many milliseconds.
        read_time: u32 = u32(16),
        /// Kilobytes to be written …
        write_size: u32 = u32(20),
        /// … in this many milliseconds.
        write_time: u32 = u32(24),
    }
}

impl StreamingDescriptor {
    /// Device side: reads the data that came.
    ///
    /// # Errors
    /// Fewer than 28 bytes.
    pub fn parse(data: &[u8]) -> Result<Self, Malformed> {
        if data.len() < Self::LEN {
            return Err(Malformed::new(SetStreaming::NAME, "shorter than 28 bytes", data.len()));
        }
        Ok(Self::read(data))
    }
}

command! {
    /// Sets speeds for DVD and BD, from blocks to blocks.
    SetStreaming = 0xB6 [12] {
        /// Type; 0 is a performance descriptor.
        data_type: u8 = u8(8),
    } out
    /// The descriptor, see [`StreamingDescriptor::encode`].
    list in u16(9) as u16
}

impl<'a> SetStreaming<'a> {
    /// A performance descriptor.
    #[must_use]
    pub const fn new(descriptor: &'a [u8; 28]) -> Self {
        SetStreaming { data_type: 0, list: descriptor }
    }
}

sends!(SetStreaming, "SET STREAMING", list);

impl fmt::Display for SetStreaming<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::NAME)?;
        match StreamingDescriptor::parse(self.list) {
            Ok(d) if d.restore_defaults => f.write_str(": defaults"),
            Ok(d) => write!(
                f,
                " lba {}..{}, read {} kB in {} ms, write {} kB in {} ms",
                d.start, d.end, d.read_size, d.read_time, d.write_size, d.write_time
            ),
            Err(_) => Ok(()),
        }
    }
}
