//! Which optical drives the kernel has found.

use std::fs;
use std::path::{Path, PathBuf};

/// A drive as `/sys` shows it, without opening it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// `/dev/srN`.
    pub path: PathBuf,
    /// `srN`.
    pub name: String,
    /// Vendor, as INQUIRY gave it to the kernel, without the padding.
    pub vendor: String,
    /// Product, likewise.
    pub product: String,
    /// Firmware revision, likewise.
    pub revision: String,
}

/// The optical drives of this machine, in the order of their numbers. None where there is no `/sys`.
#[must_use]
pub fn drives() -> Vec<Found> {
    drives_under(Path::new("/sys/class/block"))
}

/// The same from another place, for tests.
#[must_use]
pub fn drives_under(class: &Path) -> Vec<Found> {
    let mut found: Vec<(u32, Found)> = fs::read_dir(class)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let number = name.strip_prefix("sr")?.parse().ok()?;
            let device = entry.path().join("device");
            let text = |file: &str| fs::read_to_string(device.join(file)).unwrap_or_default().trim().to_owned();
            // 5 is peripheral type "CD/DVD device" (SPC-4, table 143).
            (text("type") == "5").then(|| {
                let path = Path::new("/dev").join(&name);
                let (vendor, product, revision) = (text("vendor"), text("model"), text("rev"));
                (number, Found { path, name, vendor, product, revision })
            })
        })
        .collect();
    found.sort_by_key(|(number, _)| *number);
    found.into_iter().map(|(_, found)| found).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_optical_drives_in_their_order() {
        let class = std::env::temp_dir().join(format!("webburn-sgio-{}", std::process::id()));
        for (name, kind) in [("sr10", "5"), ("sr2", "5"), ("sr3", "0"), ("sda", "0"), ("srx", "5")] {
            let device = class.join(name).join("device");
            fs::create_dir_all(&device).unwrap();
            fs::write(device.join("type"), format!("{kind}\n")).unwrap();
            fs::write(device.join("vendor"), "HL-DT-ST\n").unwrap();
            fs::write(device.join("model"), "BD-RE BH16NS40  \n").unwrap();
            fs::write(device.join("rev"), "1.05\n").unwrap();
        }
        let found = drives_under(&class);
        fs::remove_dir_all(&class).unwrap();
        assert_eq!(found.iter().map(|drive| drive.name.as_str()).collect::<Vec<_>>(), ["sr2", "sr10"]);
        assert_eq!(found[0].path, Path::new("/dev/sr2"));
        assert_eq!((found[0].vendor.as_str(), found[0].product.as_str()), ("HL-DT-ST", "BD-RE BH16NS40"));
        assert!(drives_under(&class.join("nowhere")).is_empty());
    }
}
