//! Features (MMC-6, section 5): what the drive can do, and what of it holds for the disc in the tray.

use super::SimDrive;
use super::profile::profile_of;
use crate::disc::{Access, DiscState, Format, MediumKind};
use crate::recording::{self, is_plus};
use crate::timing::Family;

/// One feature descriptor.
pub(crate) struct Feature {
    pub code: u16,
    pub current: bool,
    version: u8,
    persistent: bool,
    data: Vec<u8>,
}

impl Feature {
    /// Appends the bytes of the descriptor.
    pub(crate) fn put(&self, out: &mut Vec<u8>) {
        out.extend(self.code.to_be_bytes());
        out.push(self.version << 2 | u8::from(self.persistent) << 1 | u8::from(self.current));
        out.push(self.data.len() as u8);
        out.extend(&self.data);
    }
}

/// What is asked of the disc in the tray to know which features are current.
struct Now<'a> {
    state: Option<&'a DiscState>,
    /// The drive can write this disc, and the disc takes it.
    writable: bool,
}

impl Now<'_> {
    fn family(&self) -> Option<Family> {
        self.state.map(|state| state.kind.spec().family)
    }
    fn is(&self, family: Family) -> bool {
        self.family() == Some(family)
    }
    fn access(&self) -> Option<Access> {
        self.state.map(|state| state.kind.spec().access)
    }
    fn kind(&self, kinds: &[MediumKind]) -> bool {
        self.state.is_some_and(|state| kinds.contains(&state.kind))
    }
    fn hd(&self) -> bool {
        self.state.is_some_and(|state| state.kind.is_hd_dvd())
    }
    fn sequential(&self) -> bool {
        self.state.is_some_and(|state| state.format == Format::Sequential)
    }
    fn plus(&self) -> bool {
        self.state.is_some_and(is_plus)
    }
    fn readable(&self) -> bool {
        self.state.is_some_and(|state| state.format != Format::Unformatted && !state.is_blank())
    }
    fn block(&self) -> u16 {
        self.state.map_or(1, |state| state.kind.spec().ecc as u16)
    }
}

/// Every feature of the drive, in ascending order of code.
#[allow(clippy::too_many_lines)] // one table, in the order of the standard
pub(crate) fn features(drive: &SimDrive) -> Vec<Feature> {
    let mine = &drive.personality;
    let disc = drive.disc().filter(|_| !drive.tray_open() && !drive.is_spinning());
    let now =
        Now { state: disc.map(|disc| disc.state()), writable: disc.is_some_and(|disc| mine.can_write(disc.kind())) };
    let w = now.writable;
    let [cd, dvd, bd] = [Family::Cd, Family::Dvd, Family::Bd].map(|family| mine.reads_family(family));
    let [write_cd, write_dvd, write_bd] = [Family::Cd, Family::Dvd, Family::Bd].map(|f| mine.writes_family(f));
    let writes = |kinds: &[MediumKind]| kinds.iter().any(|kind| mine.can_write(*kind));
    let mut all = Vec::new();
    let mut add = |code: u16, version: u8, persistent: bool, current: bool, data: &[u8]| {
        debug_assert!(data.len().is_multiple_of(4), "feature {code:04X}h: lengths are multiples of four");
        all.push(Feature { code, current: current || persistent, version, persistent, data: data.to_vec() });
    };
    add(0x0000, 0, true, true, &profile_list(drive, &now));
    // Interface: USB is not in the standard's list that drives use; bridges report ATAPI.
    add(0x0001, 2, true, true, &[0, 0, 0, 2, 1, 0, 0, 0]);
    add(0x0002, 1, true, true, &[0x02, 0, 0, 0]);
    // Tray, eject, load, lock.
    let load = if mine.ways.no_load { 0 } else { 0x10 };
    add(0x0003, 2, true, true, &[0x29 | load, 0, 0, 0]);
    if mine.is_burner() {
        let protect = now.kind(&[MediumKind::DvdRam, MediumKind::DvdPlusRw]) || now.is(Family::Bd) && w;
        add(0x0004, 2, false, protect, &[0x01, 0, 0, 0]);
    }
    let [hi, lo] = now.block().to_be_bytes();
    add(0x0010, 0, false, now.readable(), &[0, 0, 8, 0, hi, lo, 1, 0]);
    if cd {
        add(0x001D, 0, true, true, &[]);
        let c2 = if mine.quirks.no_c2 { 0 } else { 0x02 };
        let text = u8::from(!mine.quirks.no_cd_text);
        add(0x001E, 2, false, now.is(Family::Cd), &[text | c2, 0, 0, 0]);
    }
    if dvd {
        add(0x001F, 1, false, now.is(Family::Dvd) && !now.hd(), &[0x01, 0, 0x03, 0]);
    }
    if writes(&[MediumKind::DvdRam, MediumKind::DvdPlusRw, MediumKind::BdRe]) {
        let any_place = |state: &DiscState| matches!(state.format, Format::Random | Format::RandomOnce);
        let random = w && now.state.is_some_and(any_place);
        let last = now.state.map_or(0, |state| state.blocks.max(1) - 1).to_be_bytes();
        add(0x0020, 1, false, random, &[&last[..], &[0, 0, 8, 0, hi, lo, 1, 0]].concat());
    }
    if write_cd || write_dvd || write_bd {
        let owned = !mine.quirks.claims_incremental_after_quick_blank;
        let quick = owned && now.state.is_some_and(|state| state.quick_blanked);
        let jumps = now.kind(&[MediumKind::DvdRDlLj]);
        let streaming = w && now.sequential() && !quick && !now.plus() && !jumps;
        // Data block types: mode 1 (bit 8) and the XA ones on CD. Buffer underrun protection; link size 16 of DVD.
        let (types, link): (u16, &[u8]) = if now.is(Family::Cd) { (0x2D00, &[7]) } else { (0x0100, &[16]) };
        let [t1, t0] = types.to_be_bytes();
        add(0x0021, 3, false, streaming, &[t1, t0, 0x01, 1, link[0], 0, 0, 0]);
    }
    if writes(&[MediumKind::CdRw, MediumKind::DvdRw, MediumKind::DvdRam, MediumKind::DvdPlusRw, MediumKind::BdRe]) {
        let rewritable = now.access() == Some(Access::Rewritable);
        let blank_bd =
            now.is(Family::Bd) && now.state.is_some_and(|state| state.is_blank() && !state.is_formatted_once());
        // Blu-ray: format without spares, expand, quick and full certification.
        // On BD-R: random recording mode.
        let (a, b) = match now.access() {
            Some(Access::WriteOnce) if now.is(Family::Bd) => (0, 0x01),
            _ if now.is(Family::Bd) => (0x0F, 0x00),
            _ => (0, 0),
        };
        add(0x0023, 1, false, w && (rewritable || blank_bd), &[a, 0, 0, 0, b, 0, 0, 0]);
    }
    if writes(&[MediumKind::DvdRam, MediumKind::BdRe, MediumKind::BdR]) {
        let managed = now.state.is_some_and(|state| state.spare_blocks > 0);
        add(0x0024, 1, false, w && managed, &[0x80, 0, 0, 0]);
    }
    if write_dvd || write_bd {
        let once = now.access() == Some(Access::WriteOnce) && (now.is(Family::Bd) || now.plus());
        add(0x0025, 1, false, w && once, &[0, 0, 8, 0, hi, lo, 1, 0]);
    }
    if writes(&[MediumKind::DvdRw]) {
        let restricted = now.state.is_some_and(|state| matches!(state.format, Format::RestrictedOverwrite { .. }));
        add(0x0026, 0, false, w && restricted, &[]);
        let intermediate =
            now.state.is_some_and(|state| state.format == (Format::RestrictedOverwrite { intermediate: true }));
        add(0x002C, 1, false, w && restricted, &[0x01 | if intermediate { 0x02 } else { 0 }, 0, 0, 0]);
    }
    if dvd {
        let plus_rw = now.kind(&[MediumKind::DvdPlusRw]);
        add(0x002A, 1, false, plus_rw, &[u8::from(writes(&[MediumKind::DvdPlusRw])), 0x02, 0, 0]);
        let plus_r = now.kind(&[MediumKind::DvdPlusR]);
        add(0x002B, 0, false, plus_r, &[u8::from(writes(&[MediumKind::DvdPlusR])), 0, 0, 0]);
    }
    if write_cd {
        let cd_now = w && now.is(Family::Cd) && now.sequential();
        // Underrun protection, test write, CD-RW; data types as above.
        add(0x002D, 2, false, cd_now, &[0x46, 0, 0x2D, 0x01]);
        // Underrun protection, session at once, raw, test write, CD-RW, R-W; the longest cue sheet.
        let longest = (recording::MOST_CUE_BYTES as u16).to_be_bytes();
        let raw = if mine.quirks.no_raw { 0 } else { 0x08 };
        let rw = u8::from(!mine.quirks.no_cue_rw);
        add(0x002E, 1, false, cd_now, &[0x66 | rw | raw, 0, longest[0], longest[1]]);
    }
    if writes(&[MediumKind::DvdR]) {
        let minus = w && now.is(Family::Dvd) && !now.plus() && !now.kind(&[MediumKind::DvdRam]) && !now.hd();
        // Underrun protection, double layer, test write, DVD-RW.
        add(0x002F, 2, false, minus, &[0x4E, 0, 0, 0]);
    }
    if writes(&[MediumKind::DvdRDlLj]) {
        // Link size 16.
        add(0x0033, 0, false, w && now.kind(&[MediumKind::DvdRDlLj]), &[0, 0, 0, 1, 16, 0, 0, 0]);
    }
    if writes(&[MediumKind::CdRw]) {
        // Every subtype, standard to ultra plus.
        add(0x0037, 0, false, w && now.kind(&[MediumKind::CdRw]), &[0, 0x0F, 0, 0]);
    }
    if writes(&[MediumKind::BdR]) {
        let pow = now.state.is_some_and(|state| state.format == Format::PseudoOverwrite);
        add(0x0038, 0, false, w && pow, &[0, 0, 0, 0]);
    }
    if dvd {
        let rw_dl = now.kind(&[MediumKind::DvdPlusRwDl]);
        add(0x003A, 0, false, rw_dl, &[u8::from(writes(&[MediumKind::DvdPlusRwDl])), 0, 0, 0]);
        let r_dl = now.kind(&[MediumKind::DvdPlusRDl]);
        add(0x003B, 0, false, r_dl, &[u8::from(writes(&[MediumKind::DvdPlusRDl])), 0, 0, 0]);
    }
    if bd {
        add(0x0040, 1, false, now.is(Family::Bd), &bd_classes(true));
    }
    if write_bd {
        // Verifying can be left out.
        add(0x0041, 1, false, w && now.is(Family::Bd), &bd_classes(false));
    }
    if mine.reads.contains(&MediumKind::HdDvdRom) {
        // HD DVD-R and HD DVD-RAM are read too.
        add(0x0050, 0, false, now.hd(), &[0x01, 0, 0x01, 0]);
    }
    add(0x0100, 0, true, true, &[]);
    if cd {
        add(0x0103, 0, false, now.is(Family::Cd), &[0x03, 0, 1, 0]);
    }
    add(0x0105, 1, true, true, &[0, 0, 0, 0]);
    // Real time streaming: stream writing, write speed list, SET CD SPEED, buffer capacity in blocks.
    let streaming = if mine.is_burner() { 0x1B } else { 0x08 };
    add(0x0107, 4, false, now.state.is_some(), &[streaming, 0, 0, 0]);
    add(0x0108, 0, true, true, &padded(mine.serial.as_bytes()));
    add(0x010C, 0, true, true, &padded(&[mine.firmware_date.as_bytes(), &[0, 0]].concat()));
    all
}

/// Feature 0000h: profiles in descending order of preference, each with its "current" bit.
fn profile_list(drive: &SimDrive, now: &Now<'_>) -> Vec<u8> {
    let mine = &drive.personality;
    let current = now.state.map(|state| profile_of(state.kind, state.format));
    let mut codes: Vec<u16> = Vec::new();
    for kind in mine
        .reads
        .iter()
        .copied()
        .filter(|kind| kind.spec().access == Access::Rom || mine.can_write(*kind) || kind.is_hd_dvd())
    {
        codes.push(profile_of(kind, Format::Sequential));
        match kind {
            MediumKind::DvdRw => codes.push(0x0013),
            MediumKind::BdRRrm => codes.push(0x0042),
            _ => {}
        }
    }
    codes.extend(current);
    codes.sort_unstable_by(|a, b| b.cmp(a));
    codes.dedup();
    codes.iter().flat_map(|code| [(code >> 8) as u8, *code as u8, u8::from(Some(*code) == current), 0]).collect()
}

/// Class bitmaps of the Blu-ray features: every class of BD-RE 1 to 3, BD-R 1 to 3, and for reading BD-ROM 1.
fn bd_classes(read: bool) -> Vec<u8> {
    let mut data = if read { vec![0; 4] } else { vec![0x01, 0, 0, 0] };
    for class in [[0u16, 0x0F, 0x0F, 0x0F], [0, 0x0F, 0x0F, 0x0F]] {
        data.extend(class.iter().flat_map(|bits| bits.to_be_bytes()));
    }
    if read {
        data.extend([0, 0, 0, 0x0F, 0, 0, 0, 0]);
    }
    data
}

fn padded(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    out.resize(out.len().next_multiple_of(4), b' ');
    out
}
