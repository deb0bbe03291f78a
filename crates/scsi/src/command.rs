//! Typed commands: a CDB, its data phase, and how to read the answer.

use std::fmt;

use crate::Cdb;

/// The data phase of a typed command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payload<'a> {
    /// No data phase.
    None,
    /// Up to this many bytes from the drive.
    In(usize),
    /// These bytes to the drive.
    Out(&'a [u8]),
}

/// An answer that cannot be what the standard says: too short for its fixed part, or an impossible value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// Which answer, by the command's or structure's name.
    pub what: &'static str,
    /// What is wrong with it.
    pub why: &'static str,
    /// How many bytes arrived.
    pub got: usize,
}

impl Malformed {
    /// Puts the three together.
    #[must_use]
    pub const fn new(what: &'static str, why: &'static str, got: usize) -> Self {
        Malformed { what, why, got }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "malformed answer to {}: {} ({} bytes)", self.what, self.why, self.got)
    }
}

impl std::error::Error for Malformed {}

/// One command as a type: what is sent and how the answer is read. One implementation a file.
///
/// ```
/// use webburn_scsi::{Cdb, Command, Malformed, Payload};
/// struct ReadyAtAll;
/// impl Command for ReadyAtAll {
///     const NAME: &'static str = "TEST UNIT READY";
///     type Response = ();
///     fn cdb(&self) -> Cdb { Cdb::new([0x00, 0, 0, 0, 0, 0]) }
///     fn decode(&self, _: &[u8]) -> Result<(), Malformed> { Ok(()) }
/// }
/// assert_eq!(ReadyAtAll.cdb().as_bytes(), [0; 6]);
/// ```
pub trait Command {
    /// The name the standard gives the command, in capitals.
    const NAME: &'static str;
    /// What the answer holds once read.
    type Response;
    /// The command descriptor block.
    fn cdb(&self) -> Cdb;
    /// The data phase.
    fn payload(&self) -> Payload<'_> {
        Payload::None
    }
    /// Reads the bytes that arrived: `data` holds exactly these, at most what [`Command::payload`] asked for.
    ///
    /// # Errors
    /// [`Malformed`] when they cannot be such an answer.
    fn decode(&self, data: &[u8]) -> Result<Self::Response, Malformed>;
}

/// Any command with its answer left as the bytes that arrived: for pass-through, probes of a length, and dumps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raw<C>(pub C);

impl<C: Command> Command for Raw<C> {
    const NAME: &'static str = C::NAME;
    type Response = Vec<u8>;
    fn cdb(&self) -> Cdb {
        self.0.cdb()
    }
    fn payload(&self) -> Payload<'_> {
        self.0.payload()
    }
    fn decode(&self, data: &[u8]) -> Result<Vec<u8>, Malformed> {
        Ok(data.to_vec())
    }
}

/// The answer as far as its own length field says it reaches, clamped to what arrived: some drives and bridges fill up
/// to the allocation length. `length` is the whole length announced, header included; at least `fixed` bytes must be there.
///
/// # Errors
/// [`Malformed`] when the fixed part is not all there, by arrival or by the announced length.
pub fn announced<'a>(what: &'static str, data: &'a [u8], length: usize, fixed: usize) -> Result<&'a [u8], Malformed> {
    let end = data.len().min(length);
    if data.len() < fixed {
        return Err(Malformed::new(what, "shorter than its fixed part", data.len()));
    }
    if length < fixed {
        return Err(Malformed::new(what, "announces less than its fixed part", data.len()));
    }
    Ok(&data[..end])
}
