//! `webburn drives`.

use std::path::Path;

use serde_json::json;

use super::exit::End;
use super::output::Manner;
use crate::texts;

/// Lists the drives the kernel knows, without opening them.
pub fn run(as_json: bool) -> End {
    let manner = Manner::of(as_json);
    let found = webburn_sgio::drives();
    if found.is_empty() {
        let there = Path::new("/sys/class/block").is_dir() && Path::new("/dev").is_dir();
        manner.line(if there { texts::NO_DRIVES } else { texts::NO_DEVICES });
    }
    for drive in &found {
        let name = [&drive.vendor, &drive.product, &drive.revision].map(String::as_str).join(" ");
        manner.line(format!("{}  {}", drive.path.display(), name.trim()));
        manner.value(&json!({
            "drive": drive.path, "id": drive.name, "vendor": drive.vendor, "product": drive.product,
            "revision": drive.revision,
        }));
    }
    End::Done
}
