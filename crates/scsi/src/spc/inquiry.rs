//! INQUIRY (SPC-4, 6.6).

use std::fmt;

use crate::layout::{get, put};
use crate::{Cdb, Command, Malformed, Payload, announced, command};

command! {
    /// Who the drive is. Works without a medium and does not clear a unit attention.
    Inquiry = 0x12 [6] given { bit(1, 0) = false } {
        /// Most bytes to send. USB bridges are known to choke on anything but 36.
        allocation_length: u16 = u16(3),
    }
}

impl Inquiry {
    /// The standard 36 bytes.
    pub const STANDARD: Inquiry = Inquiry { allocation_length: 36 };
}

/// Standard INQUIRY data (SPC-4, 6.6.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InquiryData {
    /// Peripheral device type; 05h is a CD/DVD/BD drive.
    pub device_type: u8,
    /// RMB: the medium can be removed.
    pub removable: bool,
    /// VERSION, byte 2: the SPC version claimed; 0 for MMC drives.
    pub version: u8,
    /// Byte 3 as it is: response data format in bits 3–0; 02h, old ATAPI drives 3xh.
    pub response_format: u8,
    /// Vendor, eight characters without trailing spaces.
    pub vendor: String,
    /// Product, sixteen characters without trailing spaces.
    pub product: String,
    /// Revision, four characters without trailing spaces.
    pub revision: String,
    /// What follows byte 35: vendor specific, often a date or serial number.
    pub vendor_specific: Vec<u8>,
}

impl InquiryData {
    /// Bytes up to and with the revision.
    pub const LEN: usize = 36;

    /// Reads an answer. Characters outside printable ASCII become `?`.
    ///
    /// # Errors
    /// Fewer than 36 bytes.
    pub fn parse(data: &[u8]) -> Result<Self, Malformed> {
        // Byte 4 is often wrong on bridges; what arrived in the fixed part counts, the length only bounds the rest.
        if data.len() < Self::LEN {
            return Err(Malformed::new(Inquiry::NAME, "shorter than 36 bytes", data.len()));
        }
        let end = (usize::from(data[4]) + 5).clamp(Self::LEN, data.len());
        Ok(InquiryData {
            device_type: get::bits(data, 0, 0, 5),
            removable: get::bit(data, 1, 7),
            version: data[2],
            response_format: data[3],
            vendor: text(&data[8..16]),
            product: text(&data[16..32]),
            revision: text(&data[32..36]),
            vendor_specific: data[Self::LEN..end].to_vec(),
        })
    }

    /// The bytes of an answer; strings are cut or filled with spaces.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![0; Self::LEN];
        put::bits(&mut out, 0, 0, 5, self.device_type);
        put::bit(&mut out, 1, 7, self.removable);
        out[2] = self.version;
        out[3] = self.response_format;
        out[4] = (Self::LEN - 5 + self.vendor_specific.len()).min(255) as u8;
        for (field, at, len) in [(&self.vendor, 8, 8), (&self.product, 16, 16), (&self.revision, 32, 4)] {
            let padded = field.bytes().chain(std::iter::repeat(b' '));
            for (to, byte) in out[at..at + len].iter_mut().zip(padded) {
                *to = byte;
            }
        }
        out.extend_from_slice(&self.vendor_specific);
        out
    }
}

fn text(field: &[u8]) -> String {
    let shown: String = field
        .iter()
        .map(|byte| match byte {
            0 => ' ',
            0x20..=0x7E => char::from(*byte),
            _ => '?',
        })
        .collect();
    shown.trim_end().to_owned()
}

impl Command for Inquiry {
    const NAME: &'static str = "INQUIRY";
    type Response = InquiryData;
    fn cdb(&self) -> Cdb {
        self.to_cdb()
    }
    fn payload(&self) -> Payload<'_> {
        Payload::In(self.allocation_length.into())
    }
    fn decode(&self, data: &[u8]) -> Result<InquiryData, Malformed> {
        InquiryData::parse(data)
    }
}

impl fmt::Display for Inquiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::NAME)
    }
}

command! {
    /// Vital product data. Many optical drives and bridges refuse it.
    InquiryVpd = 0x12 [6] given { bit(1, 0) = true } {
        /// Page code; 00h lists the pages, 80h is the serial number, 83h identification.
        page: u8 = u8(2),
        /// Most bytes to send.
        allocation_length: u16 = u16(3),
    }
}

/// A page of vital product data (SPC-4, 7.8).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VpdPage {
    /// Peripheral device type.
    pub device_type: u8,
    /// Page code.
    pub page: u8,
    /// What follows the four bytes of header.
    pub body: Vec<u8>,
}

impl VpdPage {
    /// Reads an answer, as long as its own header says.
    ///
    /// # Errors
    /// Fewer than 4 bytes.
    pub fn parse(data: &[u8]) -> Result<Self, Malformed> {
        let data = announced(InquiryVpd::NAME, data, 4 + usize::from(get::u16(data, 2)), 4)?;
        Ok(VpdPage { device_type: get::bits(data, 0, 0, 5), page: data[1], body: data[4..].to_vec() })
    }

    /// The bytes of an answer.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![self.device_type & 0x1F, self.page, 0, 0];
        put::u16(&mut out, 2, self.body.len() as u16);
        out.extend_from_slice(&self.body);
        out
    }
}

impl Command for InquiryVpd {
    const NAME: &'static str = "INQUIRY (vital product data)";
    type Response = VpdPage;
    fn cdb(&self) -> Cdb {
        self.to_cdb()
    }
    fn payload(&self) -> Payload<'_> {
        Payload::In(self.allocation_length.into())
    }
    fn decode(&self, data: &[u8]) -> Result<VpdPage, Malformed> {
        VpdPage::parse(data)
    }
}

impl fmt::Display for InquiryVpd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "INQUIRY page {:02X}h", self.page)
    }
}
