//! Additional sense codes and the names T10 gives them. One table.

/// An additional sense code and its qualifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Asc(pub u8, pub u8);

/// The name of a code, in T10's words; `None` for vendor and unknown codes.
#[must_use]
pub fn asc_name(code: Asc) -> Option<&'static str> {
    match (code.0, code.1) {
        (0x04, 0x08) => Some("LOGICAL UNIT NOT READY, LONG WRITE IN PROGRESS"),
        _ => None,
    }
}
