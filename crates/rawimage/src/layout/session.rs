//! From the description to the subcode.

use std::fmt;

use webburn_cdcode::session::{
    FIRST_LEAD_OUT, LATER_LEAD_OUT, LayoutError, Session, SessionLayout, Style, Track as CodedTrack,
};
use webburn_sector::{Lba, SectorCount};

use super::CdLayout;

/// Why a session has no subcode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionError {
    /// There is no such session.
    NoSuchSession(usize),
    /// Its parts do not go together.
    Layout(LayoutError),
}

impl fmt::Display for SessionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SessionError::NoSuchSession(number) => write!(f, "there is no session {}", number + 1),
            SessionError::Layout(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SessionError {}

impl CdLayout {
    /// The subcode of session `number` (from 0), whose lead-in begins at `lead_in`; `style` as the standards leave open.
    ///
    /// # Errors
    /// No such session, or one whose addresses contradict each other.
    pub fn session(&self, number: usize, lead_in: Lba, style: Style) -> Result<Session, SessionError> {
        let session = self.sessions.get(number).ok_or(SessionError::NoSuchSession(number))?;
        let tracks = session
            .placed()
            .map(|placed| CodedTrack {
                number: placed.track.number,
                control: placed.track.control,
                scms: placed.track.scms,
                isrc: placed.track.isrc,
                pregap: placed.pregap,
                start: placed.start,
                indices: placed.track.indices.iter().map(|&index| placed.start + index).collect(),
            })
            .collect();
        Session::new(SessionLayout {
            lead_in,
            tracks,
            lead_out: session.lead_out(),
            lead_out_length: lead_out_length(number),
            disc_type: session.disc_type,
            mcn: self.mcn,
            multi_session: None,
            style,
        })
        .map_err(SessionError::Layout)
    }
}

fn lead_out_length(session: usize) -> SectorCount {
    if session == 0 { FIRST_LEAD_OUT } else { LATER_LEAD_OUT }
}
