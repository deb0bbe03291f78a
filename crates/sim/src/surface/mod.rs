//! What has been burnt: extents of sectors, each with the form it was written in, and a store that keeps the bytes.

mod export;
mod extent;
mod form;
mod memory;
mod null;
mod store;

pub use export::Export;
pub use extent::{Extent, ExtentMap};
pub use form::BlockForm;
pub use memory::MemoryStore;
pub use null::NullStore;
pub use store::{CHUNK, Store, StoreError};

use webburn_sector::Lba;

/// Why the surface did not do as told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SurfaceError {
    /// A sector of a write-once disc would be written a second time. The drive must never let it come to this.
    AlreadyWritten(Lba),
    /// Nothing was ever written there.
    Unwritten(Lba),
    /// Something was, in another form than asked for.
    OtherForm(Lba),
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for SurfaceError {
    fn from(error: StoreError) -> Self {
        SurfaceError::Store(error)
    }
}

/// The recorded surface of one disc.
pub struct Surface {
    map: ExtentMap,
    store: Box<dyn Store>,
    write_once: bool,
}

impl std::fmt::Debug for Surface {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Surface").field("map", &self.map).field("write_once", &self.write_once).finish_non_exhaustive()
    }
}

impl Surface {
    /// A surface whose extents are `map` and whose bytes lie in `store`.
    #[must_use]
    pub fn new(map: ExtentMap, write_once: bool, store: Box<dyn Store>) -> Self {
        Surface { map, store, write_once }
    }

    /// What is written where.
    #[must_use]
    pub const fn map(&self) -> &ExtentMap {
        &self.map
    }

    /// The store.
    pub fn store_mut(&mut self) -> &mut dyn Store {
        &mut *self.store
    }

    /// Gives the store back.
    #[must_use]
    pub fn into_store(self) -> Box<dyn Store> {
        self.store
    }

    /// Records the blocks of `bytes` from `first` on. The hot path: one look at the map, one call of the store.
    ///
    /// # Errors
    /// [`SurfaceError::AlreadyWritten`] on a write-once disc (nothing is changed then), or the store's failure.
    pub fn write(&mut self, first: Lba, form: BlockForm, bytes: &[u8]) -> Result<(), SurfaceError> {
        let count = (bytes.len() / form.size()) as u32;
        if count == 0 {
            return Ok(());
        }
        if self.write_once
            && let Some(at) = self.map.first_in(first, count)
        {
            return Err(SurfaceError::AlreadyWritten(at));
        }
        let piece = self.map.place(first, count, form);
        self.store.write(piece.at, &bytes[..count as usize * form.size()])?;
        Ok(())
    }

    /// As [`Surface::write`] where the disc itself moves what it replaces elsewhere (pseudo-overwrite): the address takes
    /// the new contents, the old ones stay on the disc and nobody finds them any more.
    ///
    /// # Errors
    /// The store's failure.
    pub fn replace(&mut self, first: Lba, form: BlockForm, bytes: &[u8]) -> Result<(), SurfaceError> {
        let piece = self.map.place(first, (bytes.len() / form.size()) as u32, form);
        Ok(self.store.write(piece.at, bytes)?)
    }

    /// Reads whole blocks of `form` from `first` on.
    ///
    /// # Errors
    /// At the first block that was never written or was written in another form; `into` holds the blocks before it.
    pub fn read(&mut self, first: Lba, form: BlockForm, into: &mut [u8]) -> Result<(), SurfaceError> {
        let mut at = first;
        let mut rest = into;
        while rest.len() >= form.size() {
            let Some(extent) = self.map.find(at) else { return Err(SurfaceError::Unwritten(at)) };
            if extent.form != form {
                return Err(SurfaceError::OtherForm(at));
            }
            let skip = (at.0 - extent.first) as u32;
            let blocks = (extent.count - skip).min((rest.len() / form.size()) as u32);
            let (now, later) = rest.split_at_mut(blocks as usize * form.size());
            self.store.read(extent.at + u64::from(skip) * form.size() as u64, now)?;
            rest = later;
            at = Lba(at.0 + blocks as i32);
        }
        Ok(())
    }

    /// Forgets `count` sectors from `first` on: blanking, formatting.
    ///
    /// # Errors
    /// The store's failure.
    pub fn erase(&mut self, first: Lba, count: u32) -> Result<(), SurfaceError> {
        for gone in self.map.cut(first, count) {
            self.store.discard(gone.at, u64::from(gone.count) * gone.form.size() as u64)?;
        }
        Ok(())
    }

    /// Forgets everything.
    ///
    /// # Errors
    /// The store's failure.
    pub fn erase_all(&mut self) -> Result<(), SurfaceError> {
        self.erase(Lba(i32::MIN / 2), u32::MAX / 2 + (1 << 30))
    }
}
