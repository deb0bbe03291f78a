//! Discs: one file per medium says what is fixed about it, [`DiscState`] what has become of this one.

mod bd_r;
mod bd_r_dl;
mod bd_r_ql;
mod bd_r_tl;
mod bd_re;
mod bd_re_dl;
mod bd_re_tl;
mod bd_rom;
mod cd_r;
mod cd_rom;
mod cd_rw;
mod dvd_plus_r;
mod dvd_plus_r_dl;
mod dvd_plus_rw;
mod dvd_plus_rw_dl;
mod dvd_r;
mod dvd_r_dl;
mod dvd_ram;
mod dvd_rom;
mod dvd_rw;
mod dvd_rw_ro;

mod audio;
mod bd_r_pow;
mod bd_r_rrm;
mod catalogue;
mod dvd_r_dl_lj;
mod factory;
mod hd_dvd_r;
mod hd_dvd_ram;
mod hd_dvd_rom;
mod hd_dvd_rw;
mod image;
mod kind;
mod spec;
mod state;

pub use catalogue::{Listed, catalogue};
pub use factory::UnknownMedium;
pub(crate) use factory::{any_place, blank_state, whole_disc};
pub use image::minimal_image;
pub use kind::MediumKind;
pub use spec::{Access, Atip, Ident, MediumSpec};
pub use state::{Background, Defect, DiscState, Format, Session, Track, TrackState, Way};

use webburn_sector::Lba;

use crate::surface::{BlockForm, Export, Store, Surface, SurfaceError};

fn spec(kind: MediumKind) -> &'static MediumSpec {
    match kind {
        MediumKind::CdR => &cd_r::SPEC,
        MediumKind::CdRw => &cd_rw::SPEC,
        MediumKind::DvdR => &dvd_r::SPEC,
        MediumKind::DvdRDl => &dvd_r_dl::SPEC,
        MediumKind::DvdRw => &dvd_rw::SPEC,
        MediumKind::DvdRwRo => &dvd_rw_ro::SPEC,
        MediumKind::DvdRam => &dvd_ram::SPEC,
        MediumKind::DvdPlusR => &dvd_plus_r::SPEC,
        MediumKind::DvdPlusRDl => &dvd_plus_r_dl::SPEC,
        MediumKind::DvdPlusRw => &dvd_plus_rw::SPEC,
        MediumKind::DvdPlusRwDl => &dvd_plus_rw_dl::SPEC,
        MediumKind::BdR => &bd_r::SPEC,
        MediumKind::BdRDl => &bd_r_dl::SPEC,
        MediumKind::BdRe => &bd_re::SPEC,
        MediumKind::BdReDl => &bd_re_dl::SPEC,
        MediumKind::BdRTl => &bd_r_tl::SPEC,
        MediumKind::BdRQl => &bd_r_ql::SPEC,
        MediumKind::BdReTl => &bd_re_tl::SPEC,
        MediumKind::CdRom => &cd_rom::SPEC,
        MediumKind::DvdRom => &dvd_rom::SPEC,
        MediumKind::BdRom => &bd_rom::SPEC,
        MediumKind::DvdRDlLj => &dvd_r_dl_lj::SPEC,
        MediumKind::BdRPow => &bd_r_pow::SPEC,
        MediumKind::BdRRrm => &bd_r_rrm::SPEC,
        MediumKind::HdDvdRom => &hd_dvd_rom::SPEC,
        MediumKind::HdDvdR => &hd_dvd_r::SPEC,
        MediumKind::HdDvdRw => &hd_dvd_rw::SPEC,
        MediumKind::HdDvdRam => &hd_dvd_ram::SPEC,
    }
}

/// A saved state that cannot be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadState(pub &'static str);

impl std::fmt::Display for BadState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "not the state of a simulated disc: {}", self.0)
    }
}

impl std::error::Error for BadState {}

/// A disc: its state and its surface.
#[derive(Debug)]
pub struct Disc {
    pub(crate) state: DiscState,
    pub(crate) surface: Surface,
    /// The state to go back to after a test write, during which the laser stays low and nothing is recorded.
    test: Option<Box<DiscState>>,
}

impl Disc {
    pub(crate) fn assemble(state: DiscState, store: Box<dyn Store>) -> Self {
        let write_once = state.kind.spec().access == Access::WriteOnce;
        let surface = Surface::new(state.map.clone(), write_once, store);
        Disc { state, surface, test: None }
    }

    /// Which medium it is.
    #[must_use]
    pub const fn kind(&self) -> MediumKind {
        self.state.kind
    }

    /// Tracks, sessions, format. The map of written sectors in it is that of the last [`Disc::to_state`]; ask
    /// [`Disc::surface`] for the present one.
    #[must_use]
    pub const fn state(&self) -> &DiscState {
        &self.state
    }

    /// What is written where.
    #[must_use]
    pub const fn surface(&self) -> &Surface {
        &self.surface
    }

    /// Everything but the bytes, to be kept between runs; the bytes are in the store.
    #[must_use]
    pub fn to_state(&self) -> DiscState {
        DiscState { map: self.surface.map().clone(), ..self.state.clone() }
    }

    /// The disc of a kept state and the store that goes with it.
    ///
    /// # Errors
    /// [`BadState`] when the state is of another version or contradicts itself.
    pub fn from_state(state: DiscState, store: Box<dyn Store>) -> Result<Self, BadState> {
        state.check()?;
        Ok(Disc::assemble(state, store))
    }

    /// The store, to flush or to look at.
    pub fn store_mut(&mut self) -> &mut dyn Store {
        self.surface.store_mut()
    }

    /// Takes the store out; the disc is gone.
    #[must_use]
    pub fn into_store(self) -> Box<dyn Store> {
        self.surface.into_store()
    }

    /// What a reader would read: user data in order.
    pub fn export(&mut self) -> Export<'_> {
        let end = self.state.readable_end().unwrap_or(Lba::ZERO);
        let end = Lba(end.0.max(self.surface.map().last().map_or(0, |last| last.0 + 1).min(self.data_limit())));
        let zeros = self.state.formatted_reads_zero();
        Export::new(&mut self.surface, end, zeros)
    }

    /// Where what a host wrote ends: formatted media are readable to their end, what matters ends earlier.
    #[must_use]
    pub fn written_end(&self) -> Lba {
        Lba(self.surface.map().last().map_or(0, |last| last.0 + 1).max(0))
    }

    fn data_limit(&self) -> i32 {
        self.state.blocks as i32
    }

    /// Slides the write-protect tab (DVD-RAM cartridge) or sets the protection of the disc.
    pub fn set_write_protected(&mut self, protected: bool) {
        self.state.write_protected = protected;
    }

    /// Scratches the disc.
    pub fn add_defect(&mut self, defect: Defect) {
        self.state.defects.push(defect);
    }

    /// Records blocks, unless this is a test.
    pub(crate) fn record(&mut self, first: i32, form: BlockForm, bytes: &[u8]) -> Result<(), SurfaceError> {
        if self.test.is_some() {
            return Ok(());
        }
        if self.state.format == Format::PseudoOverwrite {
            return self.surface.replace(Lba(first), form, bytes);
        }
        self.surface.write(Lba(first), form, bytes)
    }

    /// From now on nothing is recorded until [`Disc::end_test`].
    pub(crate) fn begin_test(&mut self) {
        if self.test.is_none() {
            self.test = Some(Box::new(self.state.clone()));
        }
    }

    /// Back to how it was before the test.
    pub(crate) fn end_test(&mut self) {
        if let Some(before) = self.test.take() {
            self.state = *before;
        }
    }

    /// Writes zeros of `form` in place of what a drive pads with.
    pub(crate) fn pad(&mut self, first: i32, count: u32, form: BlockForm) -> Result<(), SurfaceError> {
        const AT_ONCE: u32 = 512;
        let zeros = vec![0; count.min(AT_ONCE) as usize * form.size()];
        let mut done = 0;
        while done < count {
            let now = (count - done).min(AT_ONCE);
            self.record(first + done as i32, form, &zeros[..now as usize * form.size()])?;
            done += now;
        }
        Ok(())
    }
}
