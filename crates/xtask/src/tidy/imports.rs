//! The page's layers: ui → state → api, then by messages to worker → transport.

use super::{Offence, Tree};

/// Layer, and the layers whose code it may import. `main.ts` and other files beside the layers may import any.
const LAYERS: [(&str, &[&str]); 6] = [
    ("ui", &["ui", "state", "texts"]),
    ("state", &["state", "api"]),
    ("texts", &["texts"]),
    // The chooser needs the window, where the worker is not.
    ("api", &["api", "transport"]),
    ("worker", &["worker", "transport", "api", "generated"]),
    ("transport", &["transport", "api", "generated"]),
];
/// Types weigh nothing and may come from here, whoever asks.
const TYPES_FROM: [&str; 3] = ["api", "texts", "state"];
/// Functions of the border's own types, without an engine behind them: anybody may use them.
const PURE: [&str; 2] = ["/api/holds-data", "/api/recorded-sessions"];

pub(super) fn check(tree: &Tree) -> Vec<Offence> {
    let mut found = Vec::new();
    for file in tree.under("web/src/", &["ts", "svelte"]) {
        let inner = &file.path["web/src/".len()..];
        let layer = inner.split_once('/').map_or("", |(layer, _)| layer);
        let in_test = inner.ends_with(".test.ts");
        for (line, code) in file.code_lines() {
            if code.contains("navigator.usb") && !in_test && inner != "transport/webusb.ts" {
                found.push(Offence::at(&file.path, line, "only transport/webusb.ts says navigator.usb"));
            }
        }
        let Some((_, may)) = LAYERS.iter().find(|(name, _)| *name == layer) else { continue };
        for import in imports(&file.text) {
            let Some(target) = target_layer(inner, import.from) else { continue };
            let types = import.only_types
                && (TYPES_FROM.contains(&target.as_str()) || (layer, target.as_str()) == ("api", "worker"));
            let pure = PURE.iter().any(|name| import.from.ends_with(name));
            if target != layer && !may.contains(&target.as_str()) && !types && !pure && !in_test {
                let what = format!("{layer} must not import from {target} ({})", import.from);
                found.push(Offence::at(&file.path, import.line, what));
            }
        }
    }
    found
}

struct Import<'a> {
    line: usize,
    from: &'a str,
    only_types: bool,
}

/// Import and re-export statements, over several lines too: from the keyword to the quoted name behind `from`.
fn imports(text: &str) -> Vec<Import<'_>> {
    let mut found = Vec::new();
    let mut only_types = false;
    for (i, line) in text.lines().enumerate() {
        let code = line.trim_start();
        if code.starts_with("import ") || code.starts_with("export ") {
            only_types = code.starts_with("import type") || code.starts_with("export type");
        }
        let name = code
            .rsplit_once("from '")
            .or_else(|| code.rsplit_once("import('"))
            .or_else(|| code.strip_prefix("import '").map(|rest| ("", rest)));
        if let Some((before, rest)) = name
            && let Some((from, _)) = rest.split_once('\'')
        {
            let only_types = only_types && !before.ends_with("import(");
            found.push(Import { line: i + 1, from, only_types });
        }
    }
    found
}

/// The layer that a relative import leads to; `None` for packages and for files beside the layers.
fn target_layer(importer: &str, from: &str) -> Option<String> {
    if !from.starts_with('.') {
        return None;
    }
    let mut parts: Vec<&str> = importer.split('/').collect();
    parts.pop();
    for part in from.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    (parts.len() > 1).then(|| parts[0].to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::SourceFile;
    use super::*;

    fn offences(path: &str, text: &str) -> usize {
        let file = SourceFile { path: path.to_owned(), text: text.to_owned() };
        check(&Tree { root: ".".into(), top: Vec::new(), files: vec![file] }).len()
    }

    #[test]
    fn layers_import_downwards_only() {
        assert_eq!(offences("web/src/ui/A.svelte", "import { x } from '../state/x';"), 0);
        assert_eq!(offences("web/src/ui/A.svelte", "import { x } from '../worker/x';"), 1);
        assert_eq!(offences("web/src/ui/A.svelte", "import {\n  x,\n} from '../api/engine';"), 1);
        assert_eq!(offences("web/src/ui/A.svelte", "import type { X } from '../api/types';"), 0);
        assert_eq!(offences("web/src/state/a.ts", "import { x } from '../ui/x';"), 1);
        assert_eq!(offences("web/src/transport/a.ts", "await import('../state/x');"), 1);
    }

    #[test]
    fn one_file_speaks_webusb() {
        assert_eq!(offences("web/src/worker/a.ts", "navigator.usb.getDevices()"), 1);
        assert_eq!(offences("web/src/transport/webusb.ts", "navigator.usb.getDevices()"), 0);
    }
}
