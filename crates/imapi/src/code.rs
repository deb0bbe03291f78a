//! The stable codes of failures, notes and plans: each has one sentence wherever people read.

/// Codes of [`Error`](crate::Error).
pub const FAILURES: &[&str] = &[
    "image-empty",
    "image-not-whole-sectors",
    "image-too-large",
    "image-changed",
    "image-shrank",
    "image-grew",
    "image-unreadable",
    "bad-block-range",
    "no-image",
    "no-recorder",
    "client-name-invalid",
    "no-disc",
    "disc-upside-down",
    "disc-not-ready",
    "disc-busy",
    "disc-formatting",
    "disc-closed",
    "disc-not-blank",
    "disc-write-protected",
    "disc-incompatible",
    "disc-unsupported",
    "disc-read-only",
    "disc-no-writer",
    "disc-damaged",
    "disc-session-open",
    "disc-erase-required",
    "disc-not-formatted",
    "disc-not-erasable",
    "disc-not-formattable",
    "format-not-offered",
    "format-spare-size",
    "format-not-running",
    "format-not-stopped",
    "disc-changed",
    "disc-full",
    "disc-tracks-full",
    "disc-state-unsuitable",
    "speed-mismatch",
    "drive-read-only",
    "drive-cannot-write-this",
    "drive-held",
    "drive-timeout",
    "drive-gone",
    "drive-reset",
    "drive-answer-invalid",
    "drive-failed",
    "drive-refused",
    "connection-closed",
    "access-denied",
    "command-forbidden",
    "mode-page-absent",
    "mode-parameters-refused",
    "structure-absent",
    "feature-absent",
    "feature-not-current",
    "configuration-unsupported",
    "write-error",
    "write-address-lost",
    "calibration-failed",
    "loss-of-streaming",
    "close-failed",
    "format-failed",
    "erase-failed",
    "erase-timeout",
    "drive-failed-spinup",
    "verify-different",
    "verify-unreadable",
    "verify-wrong-disc",
    "read-failed",
    "nothing-to-read",
    "not-prepared",
    "already-prepared",
    "stream-not-whole-blocks",
    "lead-in-too-short",
    "block-type-unsupported",
    "cue-sheet-invalid",
    "cue-sheet-refused",
    "toc-empty",
    "burn-running",
    "burn-not-running",
    "cancelled",
    "not-implemented",
    "argument-invalid",
    "out-of-memory",
    "internal",
];

/// Codes of [`Event::Note`](crate::Event::Note).
pub const NOTES: &[&str] = &[
    "format-started",
    "speed-set",
    "speed-adjusted",
    "speed-refused",
    "calibrated",
    "calibration-skipped",
    "cue-sheet-variant",
    "session-begins",
    "write-started",
    "drive-waiting",
    "recovered",
    "retry",
    "resumed",
    "flushing",
    "closing",
    "reloading",
    "reload-refused",
    "tray-stayed-open",
    "reload-by-hand",
    "verify-started",
    "verify-retry",
    "stopping",
    "clean-up-failed",
];

/// Codes of plan steps ([`Step::code`](crate::plan::Step::code)).
pub const STEPS: &[&str] = &[
    "blank",
    "format",
    "format-background",
    "await-format",
    "mode-page",
    "speed",
    "calibrate",
    "reserve",
    "layer-break",
    "cue-sheet",
    "write",
    "fill-up",
    "flush",
    "close-track",
    "close-session",
    "close-disc",
    "stop-format",
    "reload",
    "verify",
];

/// Codes of [`IfStopped`](crate::plan::IfStopped).
pub const IF_STOPPED: &[&str] = &["disc-reusable", "disc-appendable", "disc-spent", "disc-as-before"];

/// What can be wrong with a cue sheet: `reason` of the failure `cue-sheet-invalid`.
pub const SHEET_FAULTS: &[&str] = &[
    "no-lines",
    "no-lead-in",
    "no-lead-out",
    "no-time",
    "no-form",
    "no-track-number",
    "out-of-order",
    "short-track",
    "track-out-of-order",
    "index-out-of-order",
    "starts-elsewhere",
    "too-many-lines",
    "no-room-for-text",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_kebab() {
        for list in [super::FAILURES, super::NOTES, super::STEPS, super::IF_STOPPED, super::SHEET_FAULTS] {
            let set: BTreeSet<_> = list.iter().collect();
            assert_eq!(set.len(), list.len());
            assert!(list.iter().all(|c| c.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')), "{list:?}");
        }
    }
}
