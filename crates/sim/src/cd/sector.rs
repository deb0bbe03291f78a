//! The main channel.

use webburn_cdcode::q::Q;
use webburn_cdcode::sector::{
    Correction, Detected, HeaderAddress, Sector, SectorMode, SubHeader, check, correct, detect, encode,
};
use webburn_cdcode::subchannel::{pq16, symbols};
use webburn_cdcode::{scramble, sector};
use webburn_sector::Lba;

use crate::disc::{Disc, DiscState, Track, Way};
use crate::surface::{BlockForm, StoreError, SurfaceError};

/// What kind of sector it is: the expected sector types of READ CD, and mode 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SectorKind {
    /// Audio.
    Audio,
    /// Mode 0.
    Mode0,
    /// Mode 1.
    Mode1,
    /// Mode 2 without form.
    Mode2,
    /// Mode 2 form 1.
    Form1,
    /// Mode 2 form 2.
    Form2,
}

/// Why a sector cannot be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It lies in no track.
    Outside,
    /// Link, run-in or run-out blocks, a damaged place, or errors beyond what the code corrects.
    Bad,
    /// The store failed.
    Store(StoreError),
}

impl From<SurfaceError> for Unreadable {
    fn from(error: SurfaceError) -> Self {
        match error {
            SurfaceError::Store(error) => Unreadable::Store(error),
            _ => Unreadable::Bad,
        }
    }
}

/// Run-in blocks and the link block before the data of a track written by itself.
const RUN_IN: i32 = 5;

impl DiscState {
    /// The track of a CD that an address belongs to, its pre-gap and run-out included.
    pub(crate) fn cd_track(&self, lba: i32) -> Option<&Track> {
        self.tracks.iter().rfind(|track| track.begins() <= lba && lba < track.end())
    }
}

impl Disc {
    /// One sector as READ CD returns it: data sectors descrambled. `mend`: correct what P and Q can correct, and refuse
    /// what they cannot; otherwise everything comes as it is recorded.
    pub(crate) fn cd_main(&mut self, lba: i32, mend: bool) -> Result<(SectorKind, Sector), Unreadable> {
        let track = self.state.cd_track(lba).ok_or(Unreadable::Outside)?;
        let control = track.control;
        let (sub_header, raw) = (track.sub_header, track.way == Way::Raw);
        let Some(form) = self.surface.map().find(Lba(lba)).map(|extent| extent.form) else {
            return unwritten(&self.state, track, lba);
        };
        let mut block = vec![0; form.size()];
        self.surface.read(Lba(lba), form, &mut block)?;
        let whole = || block.get(..2352).and_then(|main| <Sector>::try_from(main).ok()).ok_or(Unreadable::Bad);
        match form {
            BlockForm::SubOnly => Err(Unreadable::Outside),
            BlockForm::Audio2352 => Ok((SectorKind::Audio, whole()?)),
            BlockForm::RawPq | BlockForm::RawPacked | BlockForm::RawPw => {
                let data = recorded_control(form, &block).filter(|_| raw).unwrap_or(control) & 4 != 0;
                if data { descrambled(whole()?, mend) } else { Ok((SectorKind::Audio, whole()?)) }
            }
            _ => {
                let kind = kind_of(form, &block, sub_header);
                let (user, sub) = parts(form, &block, sub_header);
                coded(lba, kind, user, sub)
            }
        }
    }

    /// The 2048 bytes of user data of a data sector; `None` when it has another length.
    pub(crate) fn cd_user_data(&mut self, lba: i32, mend: bool) -> Result<Option<[u8; 2048]>, Unreadable> {
        let (kind, sector) = self.cd_main(lba, mend)?;
        let range = match kind {
            SectorKind::Mode1 => 16..2064,
            SectorKind::Form1 => 24..2072,
            _ => return Ok(None),
        };
        Ok(sector[range].try_into().ok())
    }
}

/// Nothing was written there, and yet it is within a track.
fn unwritten(state: &DiscState, track: &Track, lba: i32) -> Result<(SectorKind, Sector), Unreadable> {
    let by_drive = matches!(track.way, Way::TrackAtOnce | Way::SessionAtOnce | Way::None);
    // Run-out, and before the pre-gap of a later track the link and its run-in: noise to the decoder, silence in audio.
    let run_out = lba >= track.next;
    let first = state.tracks_of(track.session).next().is_some_and(|first| first.number == track.number);
    let run_in = track.way == Way::TrackAtOnce && !first && lba < track.begins() + RUN_IN;
    let inside = track.way != Way::SessionAtOnce && lba >= track.start && !run_out;
    if !by_drive || track.damaged || inside || track.is_data() && (run_out || run_in) {
        return Err(Unreadable::Bad);
    }
    let kind = match (track.is_data(), track.data_mode) {
        (false, _) => SectorKind::Audio,
        (_, 1) => SectorKind::Mode1,
        // Empty sectors of XA are of form 2, *guess*.
        _ if state.disc_type == 0x20 => SectorKind::Form2,
        _ => SectorKind::Mode2,
    };
    coded(lba, kind, &[], SubHeader::FORM2.to_bytes())
}

/// The control nibble in the Q frame that came with a block.
fn recorded_control(form: BlockForm, block: &[u8]) -> Option<u8> {
    let q = match form {
        BlockForm::RawPq => Q::from_data(pq16::read_q_data(block.get(2352..)?.try_into().ok()?)),
        _ => Q::parse(&symbols::read_q(block.get(2352..)?.try_into().ok()?)).ok()?,
    };
    Some(q.data()[0] >> 4)
}

/// The kind of a block that the drive completes.
fn kind_of(form: BlockForm, block: &[u8], sub_header: [u8; 4]) -> SectorKind {
    let submode = match form {
        BlockForm::XaForm1Sub | BlockForm::XaMixed | BlockForm::Xa2336 => block.get(2).copied(),
        BlockForm::XaWhole => block.get(18).copied(),
        _ => Some(sub_header[2]),
    };
    match form {
        BlockForm::Mode2 | BlockForm::Mode2Whole => SectorKind::Mode2,
        BlockForm::XaForm1 | BlockForm::XaForm1Sub => SectorKind::Form1,
        BlockForm::XaForm2 => SectorKind::Form2,
        BlockForm::XaMixed | BlockForm::Xa2336 | BlockForm::XaWhole if submode.is_some_and(|mode| mode & 0x20 != 0) => {
            SectorKind::Form2
        }
        BlockForm::XaMixed | BlockForm::Xa2336 | BlockForm::XaWhole => SectorKind::Form1,
        _ => SectorKind::Mode1,
    }
}

/// User data and sub-header of a block that the drive completes.
fn parts(form: BlockForm, block: &[u8], sub_header: [u8; 4]) -> (&[u8], [u8; 8]) {
    let [file, channel, submode, coding] = sub_header;
    let from_page = SubHeader { file, channel, submode, coding }.to_bytes();
    let skip = match form {
        BlockForm::XaForm1Sub | BlockForm::XaMixed | BlockForm::Xa2336 => 8,
        BlockForm::Mode1Whole | BlockForm::Mode2Whole => 16,
        BlockForm::XaWhole => 24,
        _ => 0,
    };
    let own = match form {
        BlockForm::XaForm1Sub | BlockForm::XaMixed | BlockForm::Xa2336 => block.get(..8),
        BlockForm::XaWhole => block.get(16..24),
        _ => None,
    };
    (block.get(skip..).unwrap_or(&[]), own.and_then(|own| own.try_into().ok()).unwrap_or(from_page))
}

/// A sector made by the drive around user data (zeros where there is too little of it).
fn coded(lba: i32, kind: SectorKind, user: &[u8], sub: [u8; 8]) -> Result<(SectorKind, Sector), Unreadable> {
    let mut sector: Sector = [0; sector::SECTOR_SIZE];
    let mode = match kind {
        SectorKind::Audio => SectorMode::Audio,
        SectorKind::Mode0 => SectorMode::Mode0,
        SectorKind::Mode1 => SectorMode::Mode1,
        SectorKind::Mode2 => SectorMode::Mode2,
        SectorKind::Form1 => SectorMode::Mode2Form1,
        SectorKind::Form2 => SectorMode::Mode2Form2,
    };
    if mode.has_sub_header() {
        sector[16..24].copy_from_slice(&sub);
    }
    let room = &mut sector[mode.user_data()];
    let len = room.len().min(user.len());
    room[..len].copy_from_slice(&user[..len]);
    if let Some(address) = HeaderAddress::from_lba(Lba(lba)) {
        encode(&mut sector, mode, address);
    }
    Ok((kind, sector))
}

/// A data sector as the host sent it, scrambled.
fn descrambled(mut sector: Sector, mend: bool) -> Result<(SectorKind, Sector), Unreadable> {
    if sector[..12] != sector::SYNC {
        // The decoder never finds the beginning of a sector.
        return Err(Unreadable::Bad);
    }
    scramble(&mut sector);
    let mode = match detect(&sector) {
        Detected::Data { mode, scrambled: false, .. } => mode,
        _ => return Err(Unreadable::Bad),
    };
    if mend && !check(&sector, mode).is_clean() && matches!(correct(&mut sector, mode, None), Correction::Failed { .. })
    {
        return Err(Unreadable::Bad);
    }
    let kind = match mode {
        SectorMode::Audio => SectorKind::Audio,
        SectorMode::Mode0 => SectorKind::Mode0,
        SectorMode::Mode1 => SectorKind::Mode1,
        SectorMode::Mode2 => SectorKind::Mode2,
        SectorMode::Mode2Form1 => SectorKind::Form1,
        SectorMode::Mode2Form2 | SectorMode::Mode2Form2NoEdc => SectorKind::Form2,
    };
    Ok((kind, sector))
}
