//! A track of a disc, as a file: its head, what the drive gives in the form that the file has, its head as it must be.

use webburn_audio::{FlacEncoder, FlacError};
use webburn_drive::{Clock, Drive};
use webburn_imapi::{Cancel, Reporter, SinkError};
use webburn_scsi::ScsiTransport;

use crate::contents::{Contents, ReadSession, ReadTrack};
use crate::copy::{CopiedTrack, copy_track};
use crate::out::{CopyError, SectorOut};
use crate::tags::tags;
use crate::wave::wave_head;

/// What a track becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrackForm {
    /// Audio as it is, with tags.
    Wav,
    /// Audio, packed, with tags.
    Flac,
    /// User data: 2048 bytes a sector.
    Iso,
    /// Whole sectors of 2352 bytes.
    Bin,
}

impl TrackForm {
    /// By the ending of a file's name, in small letters.
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending {
            "wav" => Some(TrackForm::Wav),
            "flac" => Some(TrackForm::Flac),
            "iso" => Some(TrackForm::Iso),
            "bin" => Some(TrackForm::Bin),
            _ => None,
        }
    }

    /// A track of this kind can become such a file.
    #[must_use]
    pub const fn takes(self, track: &ReadTrack) -> bool {
        match self {
            TrackForm::Wav | TrackForm::Flac => !track.control.data,
            TrackForm::Iso => track.control.data,
            TrackForm::Bin => true,
        }
    }
}

/// Reads a track as a file of that form into `out`, byte by byte of the file. Gives also what must be written over the
/// file's start, once all is known: as long as what came first, or empty.
///
/// # Errors
/// [`CopyError`]; `not-user-data` where the track has sectors whose data an ISO file cannot hold.
pub async fn save_track<T: ScsiTransport, C: Clock, O: SectorOut>(
    drive: &mut Drive<T, C>,
    contents: &Contents,
    (session, track): (&ReadSession, &ReadTrack),
    form: TrackForm,
    out: &mut O,
    job: (&Reporter, &Cancel),
) -> Result<(CopiedTrack, Vec<u8>), CopyError> {
    let flac =
        if form == TrackForm::Flac { Some(FlacEncoder::new(&tags(contents, track)).map_err(failed)?) } else { None };
    let head = match &flac {
        Some(flac) => flac.head(),
        // Whoever knows no going back has a head that plays to the end of the file.
        None if form == TrackForm::Wav => wave_head(contents, track, 0),
        None => Vec::new(),
    };
    if !head.is_empty() {
        out.put(&head, &[]).await?;
    }
    let mut packing = Packing { out, flac, packed: Vec::new() };
    let copied = copy_track(drive, session, track, form == TrackForm::Iso, &mut packing, job).await?;
    let head = match packing.flac.take() {
        Some(flac) => {
            packing.packed.clear();
            let head = flac.finish(&mut packing.packed).map_err(failed)?;
            packing.out.put(&packing.packed, &[]).await?;
            head
        }
        None if form == TrackForm::Wav => wave_head(contents, track, copied.sectors.bytes(2352) as u32),
        None => Vec::new(),
    };
    Ok((copied, head))
}

fn failed(error: FlacError) -> SinkError {
    SinkError(error.to_string())
}

/// Takes sectors, and gives the bytes of the file.
struct Packing<'a, O> {
    out: &'a mut O,
    flac: Option<FlacEncoder>,
    packed: Vec<u8>,
}

impl<O: SectorOut> SectorOut for Packing<'_, O> {
    async fn put(&mut self, sectors: &[u8], planes: &[u8]) -> Result<(), SinkError> {
        let Some(flac) = &mut self.flac else { return self.out.put(sectors, planes).await };
        self.packed.clear();
        flac.push(sectors, &mut self.packed).map_err(failed)?;
        self.out.put(&self.packed, &[]).await
    }
}
