//! The descriptors that Windows keeps of a device and of the way to it, made of what INQUIRY and the transport tell.
//! Layouts: `STORAGE_ADAPTER_DESCRIPTOR` and `STORAGE_DEVICE_DESCRIPTOR` of ntddstor.h, little-endian.

use webburn_drive::Clock;
use webburn_scsi::ScsiTransport;

use super::DiscRecorder2;
use crate::Error;

/// Size of the adapter's descriptor, filled up to four bytes.
const ADAPTER: u32 = 32;
/// Where the device's strings begin: behind the fixed part.
const STRINGS: u32 = 36;
/// Page size that the number of pages of a transfer is told in.
const PAGE: usize = 4096;

impl<T: ScsiTransport, C: Clock> DiscRecorder2<T, C> {
    /// `GetAdapterDescriptor`: largest transfer and alignment. The bus is unknown (0): which one it is makes no difference
    /// here.
    ///
    /// # Errors
    /// `E_INVALIDARG` for a recorder that is not initialised.
    pub async fn get_adapter_descriptor(&self) -> Result<Vec<u8>, Error> {
        let caps = self.bound_drive().await?.transport().caps();
        let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        let mut out = Vec::with_capacity(ADAPTER as usize);
        let pages = number(caps.max_transfer.div_ceil(PAGE));
        for word in [ADAPTER, ADAPTER, number(caps.max_transfer), pages, number(caps.alignment.saturating_sub(1))] {
            out.extend(word.to_le_bytes());
        }
        // Programmed input and output, scanning downwards, queueing, acceleration: none; then bus type and version.
        out.resize(ADAPTER as usize, 0);
        out[22] = u8::from(caps.depth > 1);
        Ok(out)
    }

    /// `GetDeviceDescriptor`: type, removable medium, and the strings of INQUIRY, each closed by a zero. A serial number is
    /// not among them (offset 0).
    ///
    /// # Errors
    /// `E_INVALIDARG` for a recorder that is not initialised.
    pub fn get_device_descriptor(&self) -> Result<Vec<u8>, Error> {
        self.check_initialized()?;
        let inquiry = self.inquiry();
        let (mut strings, mut offsets) = (Vec::new(), [0; 4]);
        for (offset, text) in offsets.iter_mut().zip([&inquiry.vendor, &inquiry.product, &inquiry.revision]) {
            *offset = STRINGS + strings.len() as u32;
            strings.extend(text.bytes().chain([0]));
        }
        let size = STRINGS + strings.len() as u32;
        let mut out = Vec::with_capacity(size as usize);
        // The version is the size of the structure with one byte of raw properties, filled up to four.
        out.extend((STRINGS + 4).to_le_bytes());
        out.extend(size.to_le_bytes());
        out.extend([inquiry.device_type, 0, u8::from(inquiry.removable), 0]);
        offsets.iter().for_each(|offset| out.extend(offset.to_le_bytes()));
        out.extend([0; 4]);
        out.extend((strings.len() as u32).to_le_bytes());
        out.extend(strings);
        Ok(out)
    }
}
