//! Server to client, first: what is at the far end.

use super::{DETAIL_MAX, FrameError, HELLO, MAGIC, VERSION, head, le32};

/// Who may use the drive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lease {
    /// You, until the connection ends.
    Granted,
    /// Somebody else, by the name they gave.
    HeldBy(String),
}

/// The first frame of a connection: what is at the far end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hello {
    /// Whether the drive is yours now.
    pub lease: Lease,
    /// A simulated drive.
    pub simulated: bool,
    /// Most commands under way at once.
    pub depth: u8,
    /// Most bytes of a data phase.
    pub max_transfer: u32,
    /// The server's name for the drive.
    pub id: String,
    /// Vendor, as INQUIRY gives it, without the padding.
    pub vendor: String,
    /// Product, likewise.
    pub product: String,
    /// Firmware revision, likewise.
    pub revision: String,
}

impl Hello {
    /// The frame.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let holder = match &self.lease {
            Lease::Granted => None,
            Lease::HeldBy(name) => Some(name.as_str()),
        };
        let mut out = vec![0; 12];
        out[..2].copy_from_slice(&MAGIC);
        out[2] = VERSION;
        out[3] = HELLO;
        out[4] = u8::from(holder.is_none());
        out[5] = u8::from(self.simulated);
        out[6] = self.depth;
        out[8..12].copy_from_slice(&self.max_transfer.to_le_bytes());
        for text in [&self.id, &self.vendor, &self.product, &self.revision, holder.unwrap_or_default()] {
            let text = &text[..text.floor_char_boundary(DETAIL_MAX)];
            out.extend_from_slice(&(text.len() as u16).to_le_bytes());
            out.extend_from_slice(text.as_bytes());
        }
        out
    }

    /// Reads the frame.
    ///
    /// # Errors
    /// [`FrameError`] when it is no such frame.
    pub fn decode(frame: &[u8]) -> Result<Hello, FrameError> {
        head(frame, HELLO)?;
        let Some((fields, mut rest)) = frame.split_first_chunk::<12>() else { return Err(FrameError::Length) };
        let mut text = || {
            let (len, tail) = rest.split_first_chunk::<2>().ok_or(FrameError::Length)?;
            let (text, tail) =
                tail.split_at_checked(usize::from(u16::from_le_bytes(*len))).ok_or(FrameError::Length)?;
            rest = tail;
            String::from_utf8(text.to_vec()).map_err(|_| FrameError::Field("text"))
        };
        let (id, vendor, product, revision, holder) = (text()?, text()?, text()?, text()?, text()?);
        if !rest.is_empty() {
            return Err(FrameError::Length);
        }
        let lease = match fields[4] {
            1 => Lease::Granted,
            0 => Lease::HeldBy(holder),
            _ => return Err(FrameError::Field("lease")),
        };
        Ok(Hello {
            lease,
            simulated: fields[5] & 1 != 0,
            depth: fields[6],
            max_transfer: le32(fields, 8),
            id,
            vendor,
            product,
            revision,
        })
    }
}
