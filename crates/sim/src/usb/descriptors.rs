//! USB descriptors of the simulated drive (USB 2.0, 9.6; BOT 1.0, 4).

/// Bulk-in endpoint address.
pub const ENDPOINT_IN: u8 = 0x81;
/// Bulk-out endpoint address.
pub const ENDPOINT_OUT: u8 = 0x02;
/// Vendor id: that of pid.codes, which keeps product ids for tests.
pub const VENDOR_ID: u16 = 0x1209;
/// Product id: one of those set aside for tests.
pub const PRODUCT_ID: u16 = 0x0002;
/// Manufacturer, string 1.
pub const MANUFACTURER: &str = "webburn";
/// Product, string 2.
pub const PRODUCT: &str = "Simulated disc burner";
/// Serial number, string 3: at least twelve hexadecimal digits in capitals (BOT 1.0, 4.1.1).
pub const SERIAL: &str = "000000000001";

/// The device descriptor, 18 bytes.
#[must_use]
pub const fn device() -> [u8; 18] {
    let [v0, v1] = VENDOR_ID.to_le_bytes();
    let [p0, p1] = PRODUCT_ID.to_le_bytes();
    [18, 1, 0x00, 0x02, 0, 0, 0, 64, v0, v1, p0, p1, 0x00, 0x01, 1, 2, 3, 1]
}

/// Configuration, interface (mass storage, SCSI transparent, bulk-only) and two bulk endpoints: 32 bytes.
#[must_use]
pub const fn configuration(max_packet: u16) -> [u8; 32] {
    let [m0, m1] = max_packet.to_le_bytes();
    [
        9,
        2,
        32,
        0,
        1,
        1,
        0,
        0xC0,
        0, // one interface, configuration 1, self powered
        9,
        4,
        0,
        0,
        2,
        0x08,
        0x06,
        0x50,
        0, // mass storage, transparent SCSI, bulk-only
        7,
        5,
        ENDPOINT_IN,
        2,
        m0,
        m1,
        0, // bulk in
        7,
        5,
        ENDPOINT_OUT,
        2,
        m0,
        m1,
        0, // bulk out
    ]
}

/// A string descriptor; 0 lists the languages.
#[must_use]
pub fn string(index: u8) -> Option<Vec<u8>> {
    let text = match index {
        0 => return Some(vec![4, 3, 0x09, 0x04]),
        1 => MANUFACTURER,
        2 => PRODUCT,
        3 => SERIAL,
        _ => return None,
    };
    let mut out = vec![2 + text.len() as u8 * 2, 3];
    out.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    Some(out)
}
