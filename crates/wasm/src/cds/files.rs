//! The person's files, read where they are asked for. Reading does not wait: a worker has `FileReaderSync`.

use std::cell::RefCell;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use webburn_audio::MediaSource;
use webburn_rawimage::{Decoded, FileSource, Files, OpenError, Pending};
use webburn_sector::{SourceError, SourceErrorKind};

#[wasm_bindgen]
extern "C" {
    /// A file of the person's: its name without folders, its size, and `read`, which gives exactly the bytes asked for
    /// without waiting, or throws.
    #[wasm_bindgen(
        typescript_type = "{ name: string; size: number; read(offset: number, length: number): Uint8Array }"
    )]
    #[derive(Clone)]
    pub type SyncFile;
    #[wasm_bindgen(method, getter)]
    fn name(this: &SyncFile) -> String;
    #[wasm_bindgen(method, getter)]
    fn size(this: &SyncFile) -> f64;
    #[wasm_bindgen(method, catch)]
    fn read(this: &SyncFile, offset: f64, length: u32) -> Result<Uint8Array, JsValue>;
}

thread_local! {
    // Decoders want sources that may go to other threads, which no JavaScript object may; a number may.
    static FILES: RefCell<Vec<Option<SyncFile>>> = const { RefCell::new(Vec::new()) };
}

/// The name of a file in an array of [`SyncFile`].
pub fn name_of(file: &JsValue) -> String {
    file.unchecked_ref::<SyncFile>().name()
}

/// Files that were given together; let go of with it.
pub struct Folder {
    files: Vec<Known>,
}

#[derive(Clone)]
struct Known {
    name: String,
    number: usize,
    length: u64,
}

impl Folder {
    pub fn new(files: &Array) -> Self {
        let files = files.iter().map(|file| {
            let file: SyncFile = file.unchecked_into();
            let (name, length) = (file.name(), file.size() as u64);
            let number = FILES.with_borrow_mut(|all| {
                all.push(Some(file));
                all.len() - 1
            });
            Known { name, number, length }
        });
        Folder { files: files.collect() }
    }

    /// The port of it: names are looked up without their folders and without regard to case.
    pub fn port(&self) -> Port {
        Port(self.files.clone())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        FILES.with_borrow_mut(|all| {
            for known in &self.files {
                if let Some(slot) = all.get_mut(known.number) {
                    *slot = None;
                }
            }
        });
    }
}

/// [`Files`] of a [`Folder`].
pub struct Port(Vec<Known>);

impl Port {
    fn find(&self, name: &str) -> Option<&Known> {
        let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let same = |known: &&Known| known.name == last;
        let alike = |known: &&Known| known.name.to_lowercase() == last.to_lowercase();
        self.0.iter().find(same).or_else(|| self.0.iter().find(alike))
    }
}

impl Files for Port {
    fn open<'a>(&'a mut self, name: &'a str) -> Pending<'a, Result<Box<dyn FileSource>, OpenError>> {
        let found = self.find(name).map(|known| Box::new(Cursor::new(known.number, known.length)));
        Box::pin(async { found.map(|file| file as Box<dyn FileSource>).ok_or(OpenError::Missing) })
    }

    fn decode<'a>(&'a mut self, name: &'a str) -> Pending<'a, Result<Decoded, OpenError>> {
        let decoded = self.find(name).ok_or(OpenError::Missing).and_then(|known| {
            let (number, length) = (known.number, known.length);
            let open = move || Ok(Box::new(Cursor::new(number, length)) as Box<dyn MediaSource>);
            webburn_audio::decode(name, Arc::new(open))
        });
        Box::pin(async { decoded })
    }
}

/// Bytes that are read at once where less is asked for: sub-channels are asked for sector by sector, and each read costs
/// the browser a buffer.
const AHEAD: u64 = 1 << 18;

struct Cursor {
    number: usize,
    length: u64,
    at: u64,
    /// What was read ahead, and where it lies.
    ahead: (u64, Vec<u8>),
}

impl Cursor {
    fn new(number: usize, length: u64) -> Self {
        Cursor { number, length, at: 0, ahead: (0, Vec::new()) }
    }

    fn fill(&mut self, at: u64, into: &mut [u8]) -> Result<(), String> {
        if into.len() as u64 >= AHEAD {
            return self.read_file(at, into);
        }
        if self.held(at, into) {
            return Ok(());
        }
        let mut bytes = std::mem::take(&mut self.ahead.1);
        bytes.resize(AHEAD.min(self.length.saturating_sub(at)) as usize, 0);
        // Where all of it cannot be read, what was asked for may be.
        match self.read_file(at, &mut bytes) {
            Ok(()) => self.ahead = (at, bytes),
            Err(_) => return self.read_file(at, into),
        }
        if self.held(at, into) { Ok(()) } else { self.read_file(at, into) }
    }

    /// Copies what was read ahead, if all of it was.
    fn held(&self, at: u64, into: &mut [u8]) -> bool {
        let (from, bytes) = &self.ahead;
        let skip = at.checked_sub(*from).and_then(|skip| usize::try_from(skip).ok());
        let Some(held) = skip.and_then(|skip| bytes.get(skip..)?.get(..into.len())) else { return false };
        into.copy_from_slice(held);
        true
    }

    fn read_file(&self, at: u64, into: &mut [u8]) -> Result<(), String> {
        let file = FILES.with_borrow(|all| all.get(self.number).cloned().flatten());
        let file = file.ok_or_else(|| "the file was let go of".to_owned())?;
        let length = u32::try_from(into.len()).map_err(|_| "too much at once".to_owned())?;
        let bytes = file.read(at as f64, length).map_err(|thrown| message(&thrown))?;
        if bytes.length() != length {
            return Err("it became shorter".to_owned());
        }
        bytes.copy_to(into);
        Ok(())
    }
}

fn message(thrown: &JsValue) -> String {
    thrown.dyn_ref::<js_sys::Error>().map_or_else(|| "unreadable".to_owned(), |error| error.message().into())
}

impl FileSource for Cursor {
    fn length(&self) -> u64 {
        self.length
    }

    fn read_at<'a>(&'a mut self, at: u64, into: &'a mut [u8]) -> Pending<'a, Result<(), SourceError>> {
        let within = at.checked_add(into.len() as u64).is_some_and(|end| end <= self.length);
        let (kind, detail) = match within.then(|| self.fill(at, into)) {
            Some(Ok(())) => return Box::pin(async { Ok(()) }),
            Some(Err(detail)) => (SourceErrorKind::Unreadable, detail),
            None => (SourceErrorKind::Shrank, String::new()),
        };
        Box::pin(async move { Err(SourceError { kind, at_byte: at, detail }) })
    }
}

impl Read for Cursor {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = into.len().min(usize::try_from(self.length.saturating_sub(self.at)).unwrap_or(usize::MAX));
        if length > 0 {
            self.fill(self.at, &mut into[..length]).map_err(io::Error::other)?;
            self.at += length as u64;
        }
        Ok(length)
    }
}

impl Seek for Cursor {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

impl MediaSource for Cursor {
    fn is_seekable(&self) -> bool {
        true
    }

    fn byte_len(&self) -> Option<u64> {
        Some(self.length)
    }
}
