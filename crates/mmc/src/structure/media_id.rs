//! Who made a disc.

use std::fmt;

/// Manufacturer and media type as a disc carries them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MediaId {
    /// Manufacturer id, without filling.
    pub manufacturer: String,
    /// Media type id, without filling.
    pub media_type: String,
    /// Product revision, where the disc has one.
    pub revision: Option<u8>,
}

impl MediaId {
    pub(super) fn new(manufacturer: &[u8], media_type: &[u8], revision: Option<u8>) -> Self {
        MediaId { manufacturer: text(manufacturer), media_type: text(media_type), revision }
    }
}

impl fmt::Display for MediaId {
    /// `CMC MAG/M01/0`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.manufacturer)?;
        if !self.media_type.is_empty() {
            write!(f, "/{}", self.media_type)?;
        }
        match self.revision {
            Some(revision) => write!(f, "/{revision}"),
            None => Ok(()),
        }
    }
}

/// Printable ASCII without filling at the end; anything else shows as `?`.
pub(super) fn text(field: &[u8]) -> String {
    let end = field.iter().rposition(|byte| !matches!(byte, 0 | b' ')).map_or(0, |last| last + 1);
    let shown = |byte: &u8| if matches!(byte, 0x20..=0x7E) { char::from(*byte) } else { '?' };
    field[..end].iter().map(shown).collect()
}

/// The manufacturer of a DVD-R or DVD-RW out of format 0Eh: the pre-pit fields with the ids 3 and 4 at bytes 16 and 24
/// hold six characters each (libburn: observed layout).
#[must_use]
pub fn pre_recorded_manufacturer(body: &[u8]) -> Option<String> {
    let first = body.get(16..24).filter(|field| field[0] == 3)?;
    let second = body.get(24..32).filter(|field| field[0] == 4)?;
    let name: Vec<u8> = first[1..7].iter().chain(&second[1..7]).copied().collect();
    Some(text(&name)).filter(|name| !name.is_empty())
}
