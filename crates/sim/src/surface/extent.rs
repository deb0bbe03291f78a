//! Which sectors are written, in which form, and where their bytes lie in the store.

use serde::{Deserialize, Serialize};
use webburn_sector::Lba;

use super::{BlockForm, CHUNK};

/// A run of sectors in one form whose bytes lie in one piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    /// First address.
    pub first: i32,
    /// How many sectors.
    pub count: u32,
    /// Their form.
    pub form: BlockForm,
    /// Offset of the first byte in the store.
    pub at: u64,
}

impl Extent {
    /// The first address behind it.
    #[must_use]
    pub const fn end(&self) -> i32 {
        self.first + self.count as i32
    }

    fn part(&self, first: i32, end: i32) -> Extent {
        let at = self.at + (first - self.first) as u64 * self.form.size() as u64;
        Extent { first, count: (end - first) as u32, form: self.form, at }
    }
}

/// Extents in ascending order, none overlapping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtentMap {
    extents: Vec<Extent>,
    /// `None`: a sector's place in the store is its address times 2048. Otherwise the first free offset.
    free: Option<u64>,
}

impl ExtentMap {
    /// For discs that know only 2048-byte sectors from address 0 on.
    #[must_use]
    pub const fn linear() -> Self {
        ExtentMap { extents: Vec::new(), free: None }
    }

    /// For CDs: blocks of several sizes, some at negative addresses; each run is put where the last one ended.
    #[must_use]
    pub const fn packed() -> Self {
        ExtentMap { extents: Vec::new(), free: Some(0) }
    }

    /// The extents in ascending order.
    #[must_use]
    pub fn extents(&self) -> &[Extent] {
        &self.extents
    }

    /// Nothing is written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.extents.is_empty()
    }

    /// Index of the first extent that ends behind `lba`.
    fn index(&self, lba: i32) -> usize {
        // Sequential burns touch the end: look there before searching.
        match self.extents.last() {
            Some(last) if last.end() <= lba => self.extents.len(),
            Some(last) if last.first <= lba => self.extents.len() - 1,
            _ => self.extents.partition_point(|extent| extent.end() <= lba),
        }
    }

    /// The extent that holds `lba`.
    #[must_use]
    pub fn find(&self, lba: Lba) -> Option<&Extent> {
        self.extents.get(self.index(lba.0)).filter(|extent| extent.first <= lba.0)
    }

    /// The first written address of `count` sectors from `first` on.
    #[must_use]
    pub fn first_in(&self, first: Lba, count: u32) -> Option<Lba> {
        let extent = self.extents.get(self.index(first.0))?;
        (i64::from(extent.first) < i64::from(first.0) + i64::from(count)).then(|| Lba(extent.first.max(first.0)))
    }

    /// The last written address.
    #[must_use]
    pub fn last(&self) -> Option<Lba> {
        self.extents.last().map(|extent| Lba(extent.end() - 1))
    }

    /// Marks `count` sectors from `first` on as written in `form` and says where their bytes belong.
    pub fn place(&mut self, first: Lba, count: u32, form: BlockForm) -> Extent {
        let size = form.size() as u64;
        match &mut self.free {
            None => {
                let new = Extent { first: first.0, count, form, at: first.0.max(0) as u64 * size };
                self.insert(new);
                new
            }
            Some(free) => {
                // The common case: on from where the last write of this form ended.
                if let Some(last) = self.extents.last_mut()
                    && last.end() == first.0
                    && last.form == form
                    && last.at + u64::from(last.count) * size == *free
                {
                    let new = Extent { first: first.0, count, form, at: *free };
                    last.count += count;
                    *free += u64::from(count) * size;
                    return new;
                }
                // A new run starts on a chunk of its own so that chunks stay equal-byte or patterned if the data is.
                let at = free.next_multiple_of(CHUNK as u64);
                *free = at + u64::from(count) * size;
                let new = Extent { first: first.0, count, form, at };
                self.insert(new);
                new
            }
        }
    }

    /// Puts `new` in over whatever was there, and joins it with its neighbours where their bytes touch.
    fn insert(&mut self, new: Extent) {
        if self.extents.last().is_none_or(|last| last.end() <= new.first) {
            match self.extents.last_mut() {
                Some(last) if joins(last, &new) => last.count += new.count,
                _ => self.extents.push(new),
            }
            return;
        }
        if self.find(Lba(new.first)).is_some_and(|old| {
            old.end() >= new.end() && old.form == new.form && old.part(new.first, new.end()).at == new.at
        }) {
            return;
        }
        self.cut(Lba(new.first), new.count);
        let mut index = self.index(new.first);
        self.extents.insert(index, new);
        if index > 0 && joins(&self.extents[index - 1], &new) {
            self.extents[index - 1].count += new.count;
            self.extents.remove(index);
            index -= 1;
        }
        if index + 1 < self.extents.len() && joins(&self.extents[index], &self.extents[index + 1]) {
            self.extents[index].count += self.extents[index + 1].count;
            self.extents.remove(index + 1);
        }
    }

    /// Takes `count` sectors from `first` on out of the map and returns what was there.
    pub fn cut(&mut self, first: Lba, count: u32) -> Vec<Extent> {
        let from = first.0;
        let to = (i64::from(from) + i64::from(count)).min(i64::from(i32::MAX)) as i32;
        let start = self.index(from);
        let mut gone = Vec::new();
        let mut keep = Vec::new();
        let mut end = start;
        while let Some(extent) = self.extents.get(end).filter(|extent| extent.first < to) {
            if extent.first < from {
                keep.push(extent.part(extent.first, from));
            }
            gone.push(extent.part(extent.first.max(from), extent.end().min(to)));
            if extent.end() > to {
                keep.push(extent.part(to, extent.end()));
            }
            end += 1;
        }
        self.extents.splice(start..end, keep);
        gone
    }
}

fn joins(left: &Extent, right: &Extent) -> bool {
    left.end() == right.first
        && left.form == right.form
        && left.at + u64::from(left.count) * left.form.size() as u64 == right.at
}
