//! `CreateResultImage` and `ExpectedTableOfContents`.

use webburn_cdcode::Control;
use webburn_cdcode::q::Q;
use webburn_sector::{Lba, Msf, SectorSource};

use super::{CreatorError, RawCDImageCreator};
use crate::CdImage;
use crate::at_once::{SessionSheet, SheetOptions};
use crate::layout::CdLayout;
use crate::stream::{RawOptions, RawStream};

/// Where the image begins: 95:00:00, so that it suits any disc.
const LEAD_IN: Lba = Lba(-22_650);

/// One entry of the table of contents as READ TOC format 0 returns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TocDescriptor {
    /// The control field.
    pub control: Control,
    /// The track, AAh for the lead-out.
    pub track: u8,
    /// Where it starts.
    pub start: Msf,
}

/// `ExpectedTableOfContents`: what a drive will say of the disc.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawToc {
    /// Number of the first track.
    pub first: u8,
    /// Number of the last one.
    pub last: u8,
    /// Tracks and lead-out, in order.
    pub entries: Vec<TocDescriptor>,
}

impl RawToc {
    /// In SCSI form: the reply to READ TOC/PMA/ATIP, format 0, MSF set (MMC-6, 6.25.2).
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let length = 2 + 8 * self.entries.len() as u16;
        let mut bytes = length.to_be_bytes().to_vec();
        bytes.extend([self.first, self.last]);
        for entry in &self.entries {
            let [minute, second, frame] = entry.start.to_bytes();
            bytes.extend([0, 0x10 | entry.control.to_nibble(), entry.track, 0, 0, minute, second, frame]);
        }
        bytes
    }
}

impl RawCDImageCreator {
    /// `get_ExpectedTableOfContents`. Right once all properties are set.
    ///
    /// # Errors
    /// `…NO_TRACKS`.
    pub fn expected_table_of_contents(&self) -> Result<RawToc, CreatorError> {
        if self.tracks.is_empty() {
            return Err(CreatorError::NoTracks);
        }
        let layout = self.layout();
        let msf = |at: Lba| Msf::from_lba(at).unwrap_or_default();
        let mut entries: Vec<TocDescriptor> = layout
            .placed()
            .map(|placed| TocDescriptor {
                control: placed.track.control,
                track: placed.track.number.get(),
                start: msf(placed.start),
            })
            .collect();
        let (first, last) = (self.first_track, self.number_of(self.tracks.len() - 1));
        let control = entries.last().map_or(Control::AUDIO, |entry| entry.control);
        entries.push(TocDescriptor { control, track: 0xAA, start: msf(layout.lead_out()) });
        Ok(RawToc { first, last, entries })
    }

    /// The same as the Q frames of the lead-in, each once.
    ///
    /// # Errors
    /// `…NO_TRACKS`; `E_INVALIDARG` when the parts do not go together.
    pub fn expected_lead_in(&self) -> Result<Vec<Q>, CreatorError> {
        if self.tracks.is_empty() {
            return Err(CreatorError::NoTracks);
        }
        let session = self.layout().session(0, LEAD_IN, self.style);
        let session = session.map_err(|e| CreatorError::Stream(crate::stream::NotStreamable::Session(e)))?;
        Ok(session.toc().collect())
    }

    /// `CreateResultImage`: the stream that `DiscFormat2RawCD` writes, from 95:00:00 on. Once only; afterwards the object
    /// can be asked, but not changed.
    ///
    /// # Errors
    /// `…IS_READ_ONLY` the second time; `…NO_TRACKS`; `E_INVALIDARG` when R–W channels are shorter than the image, or
    /// CD-Text does not fit.
    pub fn create_result_image(&mut self) -> Result<RawStream, CreatorError> {
        self.writable()?;
        if self.tracks.is_empty() {
            return Err(CreatorError::NoTracks);
        }
        let layout = self.layout();
        // Everything that can be refused is asked first: a refusal leaves the object as it was.
        webburn_cdcode::cdtext::encode(&layout.text)
            .map_err(|e| CreatorError::Stream(crate::stream::NotStreamable::Text(e)))?;
        let session = layout.session(0, LEAD_IN, self.style);
        let session = session.map_err(|e| CreatorError::Stream(crate::stream::NotStreamable::Session(e)))?;
        let needed = u64::from(session.lead_out().end.since(LEAD_IN).0) * 96;
        if let Some(short) = self.generators.iter().find(|generator| generator.length() < needed) {
            return Err(CreatorError::RwTooShort { bytes: short.length(), needed });
        }
        let image = self.freeze(layout);
        let options = RawOptions::new(self.resulting_image_type.layout(), self.style);
        let mut stream = RawStream::new(image, 0, options).map_err(CreatorError::Stream)?;
        debug_assert_eq!(u64::from(stream.sectors().0) * 96, needed);
        for generator in std::mem::take(&mut self.generators) {
            stream.add_rw_generator(generator);
        }
        Ok(stream)
    }

    /// Beyond IMAPI2: the same disc for session at once: its cue sheet with CD-Text, and the image whose sectors
    /// [`BlockStream::session`](crate::at_once::BlockStream::session) then gives. In place of
    /// [`RawCDImageCreator::create_result_image`], and like it once only.
    ///
    /// # Errors
    /// `…IS_READ_ONLY` the second time; `…NO_TRACKS`; `E_INVALIDARG` with R–W generators, or when it cannot be written at
    /// once.
    pub fn create_session(&mut self, options: SheetOptions) -> Result<(SessionSheet, CdImage), CreatorError> {
        self.writable()?;
        if self.tracks.is_empty() {
            return Err(CreatorError::NoTracks);
        }
        if !self.generators.is_empty() {
            return Err(CreatorError::RwNotAtOnce);
        }
        let layout = self.layout();
        let sheet = SessionSheet::new(&layout, 0, options).map_err(CreatorError::AtOnce)?;
        Ok((sheet, self.freeze(layout)))
    }

    /// Nothing is changed any more.
    fn freeze(&mut self, layout: CdLayout) -> CdImage {
        self.frozen = true;
        let mut image = std::mem::take(&mut self.image);
        image.layout = layout;
        image
    }
}
