//! `webburn read` below user data: what is read, and a whole CD as an image.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use webburn_cdcode::cdtext::TextKind;
use webburn_extract::{Codes, Contents, CopyError, Doubt, ImageFormat, SectorOut, copy, made_sub, read_contents};
use webburn_imapi::hresult::E_IMAPI_DF2DATA_INVALID_MEDIA_STATE;
use webburn_imapi::outcome::Path as On;
use webburn_imapi::read_cd::CdForm;
use webburn_imapi::{Cancel, Error, Reporter, SinkError, progress};
use webburn_sector::SectorCount;

use super::drive::{self, Opened, Recorder};
use super::exit::End;
use super::output::{Manner, complain};
use super::{DriveArgs, json, read_track, watch};
use crate::texts::{self, cd as words};

/// What becomes of the disc, by the ending of the output's name; `None` for plain sectors.
pub fn format_of(out: &Path) -> Option<ImageFormat> {
    ImageFormat::of_ending(&ending(out))
}

pub(super) fn ending(path: &Path) -> String {
    path.extension().map_or_else(String::new, |extension| extension.to_string_lossy().to_ascii_lowercase())
}

/// A file that has its name once it is whole.
pub(super) struct Part {
    pub(super) out: PathBuf,
    pub(super) file: BufWriter<File>,
}

impl Part {
    fn path(out: &Path) -> PathBuf {
        PathBuf::from(format!("{}.part", out.display()))
    }

    fn new(out: PathBuf) -> io::Result<Self> {
        let file = File::create(Part::path(&out))?;
        Ok(Part { out, file: BufWriter::with_capacity(1 << 20, file) })
    }

    pub(super) fn done(mut self) -> io::Result<PathBuf> {
        self.file.flush()?;
        fs::rename(Part::path(&self.out), &self.out)?;
        Ok(self.out.clone())
    }
}

/// What was read in part is of no use to anybody.
impl Drop for Part {
    fn drop(&mut self) {
        let _ = fs::remove_file(Part::path(&self.out));
    }
}

/// Where the sectors go.
struct Files {
    /// One, or one for each session.
    mains: Vec<Part>,
    /// Which of them is written now.
    session: usize,
    sub: Option<Part>,
}

impl SectorOut for Files {
    async fn put(&mut self, sectors: &[u8], planes: &[u8]) -> Result<(), SinkError> {
        let at = self.session.min(self.mains.len().saturating_sub(1));
        let mut kept = self.mains.get_mut(at).map_or(Ok(()), |main| main.file.write_all(sectors));
        if let Some(sub) = &mut self.sub {
            kept = kept.and_then(|()| sub.file.write_all(planes));
        }
        kept.map_err(|error| SinkError(error.to_string()))
    }

    fn next_session(&mut self) {
        self.session += 1;
    }
}

/// Why nothing came of it.
pub(super) enum Trouble {
    Engine(Error),
    /// A code and a sentence.
    Refused(&'static str, String),
    Output(PathBuf, String),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Trouble::Engine(error)
    }
}

/// What was read.
pub(super) struct Read {
    pub(super) files: Vec<PathBuf>,
    pub(super) sectors: SectorCount,
    pub(super) filled: u32,
    pub(super) doubt: Doubt,
    pub(super) with_sub: bool,
    pub(super) title: Option<String>,
}

/// What is read.
#[derive(Clone, Copy, Debug)]
pub enum Wanted {
    /// One track, to a file.
    Track(u8),
    /// All audio tracks, to a folder.
    Tracks,
    /// The whole disc, as an image.
    Disc(ImageFormat),
}

/// Reads it and says how it went.
pub fn run(args: &DriveArgs, out: &Path, wanted: Wanted) -> End {
    let manner = Manner::of(args.json);
    if matches!(wanted, Wanted::Track(_)) && read_track::form_of(out).is_none() {
        return manner.refuse("argument-invalid", words::TRACK_ENDINGS);
    }
    let opened = match drive::open(args, manner) {
        Ok(opened) => opened,
        Err(end) => return end,
    };
    let simulated = opened.simulated.clone();
    let (reporter, events) = progress::channel();
    let (cancel, target) = (Cancel::new(), out.to_owned());
    let stop = cancel.clone();
    let read = watch::run(manner, watch::Kind::Read, events, move || cancel.cancel(), async move {
        let read = async {
            let recorder = watch::recorder(opened).await?;
            let contents = contents(&recorder).await?;
            match wanted {
                Wanted::Track(number) => {
                    read_track::one(&recorder, &contents, number, target, (&reporter, &stop)).await
                }
                Wanted::Tracks => read_track::all(&recorder, &contents, target, (&reporter, &stop)).await,
                Wanted::Disc(format) => disc(&recorder, &contents, format, target, &reporter, &stop).await,
            }
        };
        read.await
    });
    Opened::keep(simulated.as_ref(), manner);
    match read {
        Some(Ok(read)) => tell(manner, &read),
        Some(Err(Trouble::Engine(error))) => watch::tell_failure(manner, &error, None),
        Some(Err(Trouble::Refused(code, sentence))) => manner.refuse(code, &sentence),
        Some(Err(Trouble::Output(path, error))) => {
            manner.refuse("output-failed", &texts::output_failed(&path, &error));
            End::Failed
        }
        None => {
            complain(&texts::failure("internal", &Vec::new()).unwrap_or_default());
            End::Failed
        }
    }
}

fn tell(manner: Manner, read: &Read) -> End {
    let files: Vec<&Path> = read.files.iter().map(PathBuf::as_path).collect();
    let mut value = json::read(read.sectors.0.into(), None);
    value["files"] = files.iter().map(|path| path.display().to_string()).collect();
    value["filled"] = read.filled.into();
    value["uncorrected"] = read.doubt.told.then_some(read.doubt.sectors).into();
    value["firstUncorrected"] = read.doubt.first.map(|at| at.0).into();
    value["subChannel"] = read.with_sub.into();
    value["title"] = read.title.clone().into();
    manner.value(&value);
    if let Some(title) = &read.title {
        manner.line(title);
    }
    if read.filled > 0 {
        manner.line(words::filled(read.filled));
    }
    if let Some(first) = read.doubt.first {
        manner.line(words::read_with_errors(read.doubt.sectors, first.0));
    }
    if !read.with_sub {
        manner.line(words::WITHOUT_SUB);
    }
    manner.line(words::copied(read.sectors.0.into(), &files));
    End::Done
}

async fn contents(recorder: &Recorder) -> Result<Contents, Trouble> {
    let media = recorder.media().await?;
    if !media.kind.present() {
        return Err(Error::new("no-disc", webburn_imapi::hresult::E_IMAPI_RECORDER_MEDIA_NO_MEDIA).into());
    }
    let mut drive = recorder.drive().await;
    let contents = read_contents(&mut drive, &media, Codes::All).await;
    let contents = contents.map_err(|error| Error::from_drive(error, On::Query))?;
    match contents {
        Some(contents) => Ok(contents),
        None if media.kind.family() == webburn_drive::media::Family::Cd => {
            Err(Error::new("nothing-to-read", E_IMAPI_DF2DATA_INVALID_MEDIA_STATE).into())
        }
        None => Err(Trouble::Refused("argument-invalid", words::NOT_A_CD.to_owned())),
    }
}

pub(super) fn part(out: PathBuf) -> Result<Part, Trouble> {
    Part::new(out.clone())
        .map_err(|error| Trouble::Refused("output-failed", texts::output_failed(&out, &error.to_string())))
}

fn done(part: Part) -> Result<PathBuf, Trouble> {
    let out = part.out.clone();
    part.done().map_err(|error| Trouble::Output(out, error.to_string()))
}

pub(super) fn of_copy(error: CopyError, out: &Path) -> Trouble {
    match error {
        CopyError::Engine(error) => Trouble::Engine(error),
        CopyError::Output(error) => Trouble::Output(out.to_owned(), error.0),
        CopyError::Format(why) => Trouble::Refused("image-not-supported", words::not_in_format(&why)),
    }
}

/// The file with the sectors of a session, the first from 1.
fn main_of(out: &Path, format: ImageFormat, session: usize) -> PathBuf {
    let main = out.with_extension(format.main_ending());
    if session == 1 {
        return main;
    }
    let stem = main.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    main.with_file_name(format!("{stem} (Session {session}).{}", format.main_ending()))
}

async fn disc(
    recorder: &Recorder,
    contents: &Contents,
    format: ImageFormat,
    out: PathBuf,
    reporter: &Reporter,
    cancel: &Cancel,
) -> Result<Read, Trouble> {
    if contents.sessions.len() > 1 && format == ImageFormat::Toc {
        let sentence = words::one_session_format(contents.sessions.len());
        return Err(Trouble::Refused("image-not-supported", sentence));
    }
    format.can_tell(contents).map_err(|error| of_copy(error, &out))?;
    let files = if format.has_file_for_each_session() { contents.sessions.len() } else { 1 };
    let mains: Vec<PathBuf> = (1..=files).map(|session| main_of(&out, format, session)).collect();
    let parts = mains.iter().map(|main| part(main.clone())).collect::<Result<_, _>>()?;
    let sub = if format.has_sub() { Some(part(out.with_extension("sub"))?) } else { None };
    let mut files = Files { mains: parts, session: 0, sub };
    let copied = {
        let mut drive = recorder.drive().await;
        copy(&mut drive, contents, &mut files, reporter, cancel)
            .await
            .map_err(|error| of_copy(error, mains.first().unwrap_or(&out)))?
    };
    let name = |path: &PathBuf| path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let names: Vec<String> = mains.iter().map(name).collect();
    let text = format.description(&copied.layout, &names).map_err(|error| of_copy(error, &out))?;
    if format.has_sub() && copied.form != CdForm::MainAndSub {
        made_sub(&copied, &mut files).await.map_err(|error| of_copy(error, &out))?;
    }
    let mut description = part(out.clone())?;
    description.file.write_all(text.as_bytes()).map_err(|error| Trouble::Output(out.clone(), error.to_string()))?;
    let mut names = files.mains.into_iter().chain(files.sub).map(done).collect::<Result<Vec<_>, _>>()?;
    names.insert(0, done(description)?);
    let title = (contents.text(TextKind::Title, 0), contents.text(TextKind::Performer, 0));
    let title = words::disc(title.0.as_deref(), title.1.as_deref());
    let with_sub = copied.form != CdForm::Main;
    let (sectors, filled, doubt) = (copied.sectors, copied.filled, copied.doubt);
    Ok(Read { files: names, sectors, filled, doubt, with_sub, title })
}
