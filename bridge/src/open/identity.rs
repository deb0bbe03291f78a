//! What a drive calls itself.

use std::time::Duration;

use webburn_scsi::{Cdb, Data, ScsiTransport};

/// Vendor, product and revision of INQUIRY (SPC-4, 6.6.2), without the padding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// Bytes 8–15.
    pub vendor: String,
    /// Bytes 16–31.
    pub product: String,
    /// Bytes 32–35.
    pub revision: String,
}

impl Identity {
    /// Asks the drive. A drive that does not answer has no name.
    pub async fn ask<T: ScsiTransport>(drive: &mut T) -> Self {
        let mut data = [0; 36];
        let cdb = Cdb::new([0x12, 0, 0, 0, 36, 0]);
        match drive.execute(&cdb, Data::In(&mut data), Duration::from_secs(30)).await {
            Ok(completion) if completion.is_good() => Self::read(&data[..completion.transferred.min(36)]),
            _ => Identity::default(),
        }
    }

    fn read(data: &[u8]) -> Self {
        // Drives send what they like; only printable ASCII is shown.
        let text = |from: usize, to: usize| {
            let bytes = data.get(from..to.min(data.len())).unwrap_or_default();
            let text: String =
                bytes.iter().map(|&b| if (0x20..0x7F).contains(&b) { char::from(b) } else { ' ' }).collect();
            text.trim().to_owned()
        };
        Identity { vendor: text(8, 16), product: text(16, 32), revision: text(32, 36) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_and_rubbish_are_left_out() {
        let mut data = [0x20; 36];
        data[8..14].copy_from_slice(b"WEB\x00\xFFX");
        data[32..36].copy_from_slice(b"1.0 ");
        let identity = Identity::read(&data);
        assert_eq!(
            (identity.vendor.as_str(), identity.product.as_str(), identity.revision.as_str()),
            ("WEB  X", "", "1.0")
        );
        assert_eq!(Identity::read(&data[..10]).vendor, "WE");
        assert_eq!(Identity::read(&[]), Identity::default());
    }
}
