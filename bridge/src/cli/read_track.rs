//! `webburn read` of tracks: one to a file, or all that hold audio to a folder.

use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use webburn_audio::FlacEncoder;
use webburn_cdcode::cdtext::TextKind;
use webburn_extract::{Contents, CopiedTrack, Doubt, ReadSession, ReadTrack, SectorOut, copy_track, wave_head};
use webburn_imapi::read_cd::CdForm;
use webburn_imapi::{Cancel, Reporter, SinkError};
use webburn_sector::SectorCount;

use super::drive::Recorder;
use super::read_cd::{Part, Read, Trouble, ending, of_copy};
use crate::texts::cd as words;

/// What a track becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Audio as it is.
    Wav,
    /// Audio, packed, with tags.
    Flac,
    /// User data.
    Iso,
    /// Whole sectors.
    Bin,
}

impl Form {
    /// By the ending of the output's name.
    pub fn of(out: &Path) -> Option<Self> {
        match ending(out).as_str() {
            "wav" => Some(Form::Wav),
            "flac" => Some(Form::Flac),
            "iso" => Some(Form::Iso),
            "bin" => Some(Form::Bin),
            _ => None,
        }
    }
}

/// Tags of a track, as Vorbis comments name them: what CD-Text and sub-channel tell.
fn tags(contents: &Contents, track: &ReadTrack) -> Vec<(&'static str, String)> {
    let own = |kind| contents.text(kind, track.number);
    let disc = |kind| contents.text(kind, 0);
    let (audio, number) = (contents.tracks().filter(|track| !track.control.data).count(), track.number);
    let tags = [
        ("TITLE", own(TextKind::Title)),
        ("ARTIST", own(TextKind::Performer).or_else(|| disc(TextKind::Performer))),
        ("ALBUM", disc(TextKind::Title)),
        ("ALBUMARTIST", disc(TextKind::Performer)),
        ("COMPOSER", own(TextKind::Composer).or_else(|| disc(TextKind::Composer))),
        ("LYRICIST", own(TextKind::Songwriter).or_else(|| disc(TextKind::Songwriter))),
        ("ARRANGER", own(TextKind::Arranger).or_else(|| disc(TextKind::Arranger))),
        ("TRACKNUMBER", Some(number.to_string())),
        ("TRACKTOTAL", Some(audio.to_string())),
        ("ISRC", track.isrc.map(|isrc| isrc.as_str().to_owned())),
        ("BARCODE", contents.mcn.map(|mcn| mcn.to_string())),
    ];
    tags.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// Where the sectors of a track go.
struct Output<'a> {
    part: Part,
    form: Form,
    of: (&'a Contents, &'a ReadTrack),
    flac: Option<FlacEncoder>,
    packed: Vec<u8>,
}

impl<'a> Output<'a> {
    fn new(out: PathBuf, form: Form, of: (&'a Contents, &'a ReadTrack)) -> Result<Self, Trouble> {
        let to = out.clone();
        let failed = |error: io::Error| Trouble::Output(to.clone(), error.to_string());
        let mut part = super::read_cd::part(out)?;
        let flac = match form {
            Form::Flac => Some(FlacEncoder::new(&tags(of.0, of.1)).map_err(io::Error::other).map_err(failed)?),
            _ => None,
        };
        // What depends on the length is set right once the end of the track is known.
        match (form, &flac) {
            (Form::Wav, _) => part.file.write_all(&wave_head(of.0, of.1, 0)).map_err(failed)?,
            (_, Some(flac)) => part.file.write_all(&flac.head()).map_err(failed)?,
            _ => {}
        }
        Ok(Output { part, form, of, flac, packed: Vec::new() })
    }

    fn finish(mut self, copied: &CopiedTrack) -> Result<PathBuf, Trouble> {
        let out = self.part.out.clone();
        self.close(copied).and_then(|()| self.part.done()).map_err(|error| Trouble::Output(out, error.to_string()))
    }

    fn close(&mut self, copied: &CopiedTrack) -> io::Result<()> {
        let file = &mut self.part.file;
        let head = match (self.form, self.flac.take()) {
            (Form::Wav, _) => wave_head(self.of.0, self.of.1, copied.sectors.bytes(2352) as u32),
            (_, Some(flac)) => {
                self.packed.clear();
                let head = flac.finish(&mut self.packed).map_err(io::Error::other)?;
                file.write_all(&self.packed)?;
                head
            }
            _ => return Ok(()),
        };
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&head)
    }
}

impl SectorOut for Output<'_> {
    async fn put(&mut self, sectors: &[u8], _planes: &[u8]) -> Result<(), SinkError> {
        let mut bytes = sectors;
        if let Some(flac) = &mut self.flac {
            self.packed.clear();
            flac.push(sectors, &mut self.packed).map_err(|error| SinkError(error.to_string()))?;
            bytes = &self.packed;
        }
        self.part.file.write_all(bytes).map_err(|error| SinkError(error.to_string()))
    }
}

/// Reads track `number` to a file, whose ending says what it becomes.
pub async fn one(
    recorder: &Recorder,
    contents: &Contents,
    number: u8,
    out: PathBuf,
    (reporter, cancel): (&Reporter, &Cancel),
) -> Result<Read, Trouble> {
    let refuse = |sentence: String| Err(Trouble::Refused("argument-invalid", sentence));
    let found = contents.sessions.iter().find_map(|session| {
        let own = session.tracks.iter().find(|track| track.number == number)?;
        Some((session, own))
    });
    let Some((session, own)) = found else { return refuse(words::no_track(number)) };
    let Some(form) = Form::of(&out) else { return refuse(words::TRACK_ENDINGS.to_owned()) };
    match form {
        Form::Wav | Form::Flac if own.control.data => return refuse(words::track_is_data(number)),
        Form::Iso if !own.control.data => return refuse(words::track_is_audio(number)),
        _ => {}
    }
    let (file, copied) = copy(recorder, contents, (session, own), (out, form), (reporter, cancel)).await?;
    let with_sub = copied.form != CdForm::Main;
    let title = title(contents, own.number);
    let (sectors, filled, doubt) = (copied.sectors, copied.filled, copied.doubt);
    Ok(Read { files: vec![file], sectors, filled, doubt, with_sub, title })
}

/// Reads every audio track to a FLAC file of its own in `folder`, which is made if it is not there.
pub async fn all(
    recorder: &Recorder,
    contents: &Contents,
    folder: PathBuf,
    (reporter, cancel): (&Reporter, &Cancel),
) -> Result<Read, Trouble> {
    if !contents.has_audio() {
        return Err(Trouble::Refused("argument-invalid", words::NO_AUDIO.to_owned()));
    }
    std::fs::create_dir_all(&folder).map_err(|error| Trouble::Output(folder.clone(), error.to_string()))?;
    let title = title(contents, 0);
    let (sectors, doubt) = (SectorCount::ZERO, Doubt::default());
    let mut read = Read { files: Vec::new(), sectors, filled: 0, doubt, with_sub: true, title };
    for session in &contents.sessions {
        for track in session.tracks.iter().filter(|track| !track.control.data) {
            let out = folder.join(name(contents, track.number));
            let place = (out, Form::Flac);
            let (file, copied) = copy(recorder, contents, (session, track), place, (reporter, cancel)).await?;
            read.files.push(file);
            read.sectors += copied.sectors;
            read.with_sub &= copied.form != CdForm::Main;
            read.doubt.told |= copied.doubt.told;
            read.doubt.sectors += copied.doubt.sectors;
            read.doubt.first = read.doubt.first.or(copied.doubt.first);
        }
    }
    Ok(read)
}

async fn copy(
    recorder: &Recorder,
    contents: &Contents,
    (session, track): (&ReadSession, &ReadTrack),
    (out, form): (PathBuf, Form),
    (reporter, cancel): (&Reporter, &Cancel),
) -> Result<(PathBuf, CopiedTrack), Trouble> {
    let mut drive = recorder.drive().await;
    let mut output = Output::new(out.clone(), form, (contents, track))?;
    let user = form == Form::Iso;
    let copied = copy_track(&mut drive, session, track, user, &mut output, (reporter, cancel)).await;
    let copied = copied.map_err(|error| of_copy(error, &out))?;
    Ok((output.finish(&copied)?, copied))
}

/// `01 Title.flac`; what no file system takes in a name becomes `_`.
fn name(contents: &Contents, number: u8) -> String {
    let title = contents.text(TextKind::Title, number).unwrap_or_default();
    let fits = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c };
    let title: String = title.trim().chars().take(100).map(fits).collect();
    let title = title.trim_end_matches(['.', ' ']);
    if title.is_empty() { format!("{number:02}.flac") } else { format!("{number:02} {title}.flac") }
}

/// What a track, or for 0 the disc, is called.
fn title(contents: &Contents, number: u8) -> Option<String> {
    let (title, performer) = (contents.text(TextKind::Title, number), contents.text(TextKind::Performer, number));
    words::disc(title.as_deref(), performer.as_deref())
}
