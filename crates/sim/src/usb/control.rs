//! Requests to endpoint 0: standard (USB 2.0, 9.4) and class (BOT 1.0, 3).

use super::{BotDevice, MaxLun, UsbTarget, descriptors};

/// A setup packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setup {
    /// `bmRequestType`.
    pub request_type: u8,
    /// `bRequest`.
    pub request: u8,
    /// `wValue`.
    pub value: u16,
    /// `wIndex`.
    pub index: u16,
    /// `wLength`.
    pub length: u16,
}

/// How a control transfer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ControlResult {
    /// Done; bytes, if any, were appended.
    Done,
    /// The device does not know the request.
    Stalled,
    /// Nobody is there any more.
    Gone,
}

impl<T: UsbTarget> BotDevice<T> {
    /// A control transfer to the host; bytes are appended to `into`.
    pub fn control_in(&mut self, setup: Setup, into: &mut Vec<u8>) -> ControlResult {
        if self.target.is_unplugged() {
            return ControlResult::Gone;
        }
        let bytes: Vec<u8> = match (setup.request_type, setup.request) {
            // GET MAX LUN.
            (0xA1, 0xFE) => match self.options.max_lun {
                MaxLun::Zero => vec![0],
                MaxLun::Stall => return ControlResult::Stalled,
                MaxLun::Empty => Vec::new(),
            },
            // GET_STATUS of device, interface, endpoint.
            (0x80, 0x00) => vec![1, 0],
            (0x81, 0x00) => vec![0, 0],
            (0x82, 0x00) => vec![u8::from(if setup.index & 0x80 != 0 { self.halt_in } else { self.halt_out }), 0],
            (0x80, 0x06) => match self.descriptor(setup.value) {
                Some(descriptor) => descriptor,
                None => return ControlResult::Stalled,
            },
            // GET_CONFIGURATION, GET_INTERFACE.
            (0x80, 0x08) => vec![self.configuration],
            (0x81, 0x0A) => vec![0],
            _ => return ControlResult::Stalled,
        };
        into.extend_from_slice(&bytes[..bytes.len().min(usize::from(setup.length))]);
        ControlResult::Done
    }

    /// A control transfer to the device.
    pub fn control_out(&mut self, setup: Setup, _data: &[u8]) -> ControlResult {
        if self.target.is_unplugged() {
            return ControlResult::Gone;
        }
        match (setup.request_type, setup.request) {
            // Bulk-Only Mass Storage Reset: no data, interface 0.
            (0x21, 0xFF) if setup.length == 0 && setup.index == 0 => self.mass_storage_reset(),
            // CLEAR_FEATURE and SET_FEATURE, ENDPOINT_HALT.
            (0x02, 0x01) if setup.value == 0 => self.clear_halt(setup.index as u8),
            (0x02, 0x03) if setup.value == 0 => {
                if setup.index & 0x80 != 0 {
                    self.halt_in = true;
                } else {
                    self.halt_out = true;
                }
            }
            // SET_CONFIGURATION, SET_INTERFACE.
            (0x00, 0x09) if setup.value <= 1 => {
                self.configuration = setup.value as u8;
                self.halt_in = false;
                self.halt_out = false;
            }
            (0x01, 0x0B) if setup.value == 0 && setup.index == 0 => {}
            _ => return ControlResult::Stalled,
        }
        ControlResult::Done
    }

    fn descriptor(&self, value: u16) -> Option<Vec<u8>> {
        Some(match (value >> 8, value & 0xFF) {
            (1, 0) => descriptors::device().to_vec(),
            (2, 0) => descriptors::configuration(self.options.max_packet as u16).to_vec(),
            (3, index) => descriptors::string(index as u8)?,
            _ => return None,
        })
    }
}
