//! `webburn read` of tracks: one to a file, or all that hold audio to a folder.

use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use webburn_cdcode::cdtext::TextKind;
use webburn_extract::{Contents, CopiedTrack, Doubt, ReadSession, ReadTrack, SectorOut, TrackForm, save_track};
use webburn_imapi::read_cd::CdForm;
use webburn_imapi::{Cancel, Reporter, SinkError};
use webburn_sector::SectorCount;

use super::drive::Recorder;
use super::read_cd::{Part, Read, Trouble, ending, of_copy};
use crate::texts::cd as words;

/// What a track becomes, by the ending of the output's name.
pub fn form_of(out: &Path) -> Option<TrackForm> {
    TrackForm::of_ending(&ending(out))
}

/// A file under way.
struct Output(Part);

impl Output {
    fn finish(mut self, head: &[u8]) -> Result<PathBuf, Trouble> {
        let out = self.0.out.clone();
        // What only the end of the track knew goes over the start.
        let file = &mut self.0.file;
        let mended = file.seek(SeekFrom::Start(0)).and_then(|_| file.write_all(head));
        mended.and_then(|()| self.0.done()).map_err(|error| Trouble::Output(out, error.to_string()))
    }
}

impl SectorOut for Output {
    async fn put(&mut self, bytes: &[u8], _planes: &[u8]) -> Result<(), SinkError> {
        self.0.file.write_all(bytes).map_err(|error| SinkError(error.to_string()))
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
    let Some(form) = form_of(&out) else { return refuse(words::TRACK_ENDINGS.to_owned()) };
    if !form.takes(own) {
        return refuse(if own.control.data { words::track_is_data(number) } else { words::track_is_audio(number) });
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
            let place = (out, TrackForm::Flac);
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
    (out, form): (PathBuf, TrackForm),
    (reporter, cancel): (&Reporter, &Cancel),
) -> Result<(PathBuf, CopiedTrack), Trouble> {
    let mut drive = recorder.drive().await;
    let mut output = Output(super::read_cd::part(out.clone())?);
    let job = (reporter, cancel);
    let saved = save_track(&mut drive, contents, (session, track), form, &mut output, job).await;
    let (copied, head) = saved.map_err(|error| of_copy(error, &out))?;
    Ok((output.finish(&head)?, copied))
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
