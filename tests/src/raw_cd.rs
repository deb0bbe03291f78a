//! Raw sessions: streams as a raw image holds them, and what a raw burn must leave on the disc.

use std::sync::{Arc, Mutex, OnceLock};

use webburn_cdcode::sector::{HeaderAddress, Sector, SectorMode, encode};
use webburn_cdcode::session::{DiscType, Session, SessionLayout, Style, Track};
use webburn_cdcode::subchannel::Layout;
use webburn_cdcode::{Control, TrackNumber, scramble};
use webburn_sector::{Lba, SectorCount, SectorSource, SourceError, SourceErrorKind};
use webburn_sim::surface::MemoryStore;
use webburn_sim::{Disc, MediumKind, SharedSim};

/// A raw stream: what it describes, and its blocks.
#[derive(Debug)]
pub struct RawImage {
    /// Where its first block lies.
    pub first: i32,
    /// Where its lead-out begins.
    pub lead_out: i32,
    /// Bytes of a block.
    pub block: usize,
    /// All blocks, one after the other.
    pub bytes: Vec<u8>,
}

/// One audio track, then one of data, 300 sectors each, and 300 sectors of lead-out; `lead_in` is where the stream begins.
fn session(lead_in: i32) -> Session {
    let number = |n| TrackNumber::new(n).expect("a number");
    let tracks = vec![
        Track { pregap: Lba(-150), ..Track::new(number(1), Control::from_nibble(0), Lba(0)) },
        Track { pregap: Lba(300), ..Track::new(number(2), Control::DATA, Lba(450)) },
    ];
    Session::new(SessionLayout {
        lead_in: Lba(lead_in),
        tracks,
        lead_out: Lba(750),
        lead_out_length: SectorCount(300),
        disc_type: DiscType::Plain,
        mcn: "4006381333931".parse().ok(),
        multi_session: None,
        style: Style::default(),
    })
    .expect("a good layout")
}

/// The main channel of a program sector, as it is sent: samples that count, or mode 1, scrambled.
fn main_channel(session: &Session, at: i32) -> Sector {
    let mut sector: Sector = std::array::from_fn(|i| (i as i32 * 7 + at * 31 + (i as i32 / 256)) as u8);
    if session.track_at(Lba(at)).is_some_and(|track| track.control.to_nibble() & 4 != 0) {
        encode(&mut sector, SectorMode::Mode1, HeaderAddress::from_lba(Lba(at)).expect("an address"));
        scramble(&mut sector);
    }
    sector
}

fn made(first: i32, layout: Layout) -> RawImage {
    let session = session(first);
    let block = layout.block_size();
    let (lead_in, program) = (session.lead_in(), session.program());
    let mut bytes = vec![0; (program.end.since(lead_in.start).0 as usize + 300) * block];
    let (head, rest) = bytes.split_at_mut(lead_in.end.since(lead_in.start).0 as usize * block);
    let (middle, tail) = rest.split_at_mut(program.end.since(program.start).0 as usize * block);
    session.lead_in_blocks(layout, SectorMode::Audio, None).fill(head);
    for (at, sent) in (program.start.0..).zip(middle.chunks_mut(block)) {
        let (main, sub) = sent.split_at_mut(2352);
        main.copy_from_slice(&main_channel(&session, at));
        session.subcode(Lba(at)).expect("a program sector").write(layout, sub);
    }
    session.lead_out_blocks(layout, SectorMode::Mode1).fill(tail);
    RawImage { first, lead_out: program.end.0, block, bytes }
}

impl RawImage {
    /// The stream that begins at `first`; made once.
    #[must_use]
    pub fn of(first: i32, layout: Layout) -> Arc<RawImage> {
        type Made = Vec<((i32, Layout), Arc<RawImage>)>;
        static MADE: OnceLock<Mutex<Made>> = OnceLock::new();
        let mut all = MADE.get_or_init(Mutex::default).lock().expect("no panic while it is held");
        if let Some((_, image)) = all.iter().find(|(key, _)| *key == (first, layout)) {
            return image.clone();
        }
        let image = Arc::new(made(first, layout));
        all.push(((first, layout), image.clone()));
        image
    }

    /// Number of blocks.
    #[must_use]
    pub fn blocks(&self) -> u32 {
        (self.bytes.len() / self.block) as u32
    }

    /// The blocks from `lba` on.
    #[must_use]
    pub fn from(&self, lba: i32) -> &[u8] {
        &self.bytes[(lba - self.first) as usize * self.block..]
    }
}

/// A raw stream as a source.
#[derive(Clone, Debug)]
pub struct RawSource {
    /// The stream.
    pub image: Arc<RawImage>,
    /// Blocks announced.
    pub blocks: u32,
    /// Bytes announced beyond them.
    pub more: u64,
    /// Reads that are not where the last one ended fail.
    pub only_forward: bool,
    /// The block that comes next.
    pub at: u64,
}

impl RawSource {
    /// All of an image.
    #[must_use]
    pub fn new(image: &Arc<RawImage>) -> Self {
        RawSource { image: image.clone(), blocks: image.blocks(), more: 0, only_forward: false, at: 0 }
    }
}

impl SectorSource for RawSource {
    fn sector_size(&self) -> usize {
        self.image.block
    }
    fn sectors(&self) -> SectorCount {
        SectorCount(self.blocks)
    }
    fn byte_length(&self) -> u64 {
        u64::from(self.blocks) * self.image.block as u64 + self.more
    }
    async fn read(&mut self, first: u64, into: &mut [u8]) -> Result<(), SourceError> {
        let from = first as usize * self.image.block;
        if self.only_forward && first != self.at {
            let detail = "this stream cannot be rewound".to_owned();
            return Err(SourceError { kind: SourceErrorKind::Unreadable, at_byte: from as u64, detail });
        }
        self.at = first + (into.len() / self.image.block) as u64;
        // A stream that is announced longer than it is repeats its last block.
        for (k, block) in into.chunks_mut(self.image.block).enumerate() {
            let at = (from + k * self.image.block).min(self.image.bytes.len() - self.image.block);
            block.copy_from_slice(&self.image.bytes[at..at + block.len()]);
        }
        Ok(())
    }
}

/// A blank CD-R whose lead-in begins at `lead_in`: a short one makes a quick test.
#[must_use]
pub fn cd_r_from(lead_in: i32) -> Disc {
    let mut state = Disc::blank(MediumKind::CdR).to_state();
    for session in &mut state.sessions {
        session.lead_in = lead_in;
    }
    Disc::from_state(state, Box::new(MemoryStore::new())).expect("a good state")
}

/// The blocks that were recorded from `first` on, `count` of them as they were sent; `None` where there are not so many.
#[must_use]
pub fn recorded(sim: &SharedSim, first: i32, count: u32) -> Option<Vec<u8>> {
    sim.with(|drive| {
        let disc = drive.disc_mut()?;
        let map = disc.to_state().map;
        let (mut at, mut bytes) = (first, Vec::new());
        let end = first + count as i32;
        while at < end {
            let extent = *map.extents().iter().find(|extent| (extent.first..extent.end()).contains(&at))?;
            let blocks = (extent.end().min(end) - at) as usize;
            let mut piece = vec![0; blocks * extent.form.size()];
            let offset = extent.at + (at - extent.first) as u64 * extent.form.size() as u64;
            disc.store_mut().read(offset, &mut piece).ok()?;
            bytes.append(&mut piece);
            at += blocks as i32;
        }
        Some(bytes)
    })
}

/// The first recorded block, and the first behind the last one.
#[must_use]
pub fn recorded_range(sim: &SharedSim) -> Option<(i32, i32)> {
    sim.with(|drive| {
        let map = drive.disc()?.to_state().map;
        Some((map.extents().first()?.first, map.extents().last()?.end()))
    })
}
