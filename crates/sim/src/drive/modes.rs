//! Mode pages that the host can change, and those it can only read (MMC-6, mode parameters).

use webburn_scsi::Sense;

use crate::disc::DiscState;
use crate::personality::Personality;
use crate::recording::WriteParameters;
use crate::sense;
use crate::timing::Family;

/// A page: bytes from the page code on.
type Page = Vec<u8>;

/// Current values of the changeable pages.
#[derive(Clone, Debug)]
pub(crate) struct Modes {
    pages: Vec<Page>,
    defaults: Vec<Page>,
}

/// Page 05h as it is after power on: track at once, mode 1, buffer underrun protection on.
const WRITE_PARAMETERS: [u8; 52] = {
    let mut page = [0; 52];
    page[0] = 0x05;
    page[1] = 0x32;
    page[2] = 0x41;
    page[3] = 0x04;
    page[4] = 8;
    page[15] = 150;
    page
};

/// The beginning of page 05h while a DVD-R or DVD-RW is in the tray: incremental, linked by 16 sectors, packets of 16.
const INCREMENTAL: [u8; 16] = [0x05, 0x32, 0x60, 0x25, 8, 16, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0];

impl Modes {
    pub(crate) fn new(personality: &Personality) -> Self {
        let mut pages: Vec<Page> = vec![
            // Error recovery: reassign when writing and reading, 16 retries.
            vec![0x01, 0x0A, 0xC0, 16, 0, 0, 0, 0, 16, 0, 0, 0],
            // Power condition, informational exceptions, time-out and protect.
            vec![0x1A, 0x0A, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            vec![0x1C, 0x0A, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            vec![0x1D, 0x0A, 0, 0, 0x04, 0, 0, 60, 0, 60, 0, 0],
        ];
        if personality.is_burner() {
            pages.insert(1, WRITE_PARAMETERS.to_vec());
            // Caching: write cache on.
            pages.insert(2, vec![0x08, 0x0A, 0x04, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        }
        Modes { defaults: pages.clone(), pages }
    }

    /// Another disc: the write parameters are the default ones again.
    pub(crate) fn medium_changed(&mut self, personality: &Personality, disc: Option<&DiscState>) {
        *self = Modes::new(personality);
        let minus = disc.is_some_and(|disc| {
            disc.kind.spec().family == Family::Dvd && !crate::recording::is_plus(disc) && !disc.is_random()
        });
        if minus {
            for pages in [&mut self.pages, &mut self.defaults] {
                if let Some(page) = pages.iter_mut().find(|page| page[0] == 0x05) {
                    page[..16].copy_from_slice(&INCREMENTAL);
                    if disc.is_some_and(|disc| disc.kind == crate::disc::MediumKind::DvdRDlLj) {
                        page[2] = 0x64;
                    }
                }
            }
        }
    }

    fn page(&self, code: u8) -> Option<&[u8]> {
        self.pages.iter().find(|page| page[0] == code).map(Vec::as_slice)
    }

    /// The write parameters in force.
    pub(crate) fn write_parameters(&self) -> WriteParameters {
        WriteParameters::of(self.page(0x05).unwrap_or(&WRITE_PARAMETERS))
    }

    /// Page 01h leaves correction on (DCR is not set).
    pub(crate) fn corrects(&self) -> bool {
        self.page(0x01).is_none_or(|page| page[2] & 1 == 0)
    }

    /// Software write protection of page 1Dh.
    pub(crate) fn software_protected(&self) -> bool {
        self.page(0x1D).is_some_and(|page| page[4] & 1 != 0)
    }

    /// A page for MODE SENSE: `control` 0 current, 1 changeable, 2 default. Code 3Fh is every page but 2Ah.
    pub(crate) fn sense(&self, code: u8, control: u8) -> Option<Vec<u8>> {
        let pages = if control == 2 { &self.defaults } else { &self.pages };
        let mut out = Vec::new();
        for page in pages.iter().filter(|page| code == 0x3F || page[0] == code) {
            let mut page = page.clone();
            if control == 1 {
                let mask = changeable(page[0]);
                for (i, byte) in page.iter_mut().enumerate().skip(2) {
                    *byte = mask.get(i - 2).copied().unwrap_or(0);
                }
            }
            out.extend(page);
        }
        (!out.is_empty()).then_some(out)
    }

    /// A page from MODE SELECT, judged against the disc in the tray.
    pub(crate) fn select(&mut self, page: &[u8], disc: Option<&DiscState>) -> Result<(), Sense> {
        let code = page[0] & 0x3F;
        let own = self.pages.iter_mut().find(|own| own[0] == code).ok_or(sense::LIST_FIELD)?;
        // A write parameters page may bear four vendor bytes at its end.
        if page.len() != own.len() && !(code == 0x05 && page.len() == 56) {
            return Err(sense::LIST_LENGTH);
        }
        let len = own.len();
        let page = &page[..len];
        if code == 0x05 {
            judge_write_parameters(page, disc)?;
        }
        let mask = changeable(code);
        for i in 2..len {
            if (page[i] ^ own[i]) & !mask.get(i - 2).copied().unwrap_or(0) != 0 {
                return Err(sense::LIST_FIELD);
            }
        }
        own[2..].copy_from_slice(&page[2..]);
        Ok(())
    }
}

/// The bits a host may change, from byte 2 of a page on.
fn changeable(code: u8) -> &'static [u8] {
    match code {
        0x01 => &[0xFF, 0xFF, 0, 0, 0, 0, 0xFF, 0, 0xFF, 0xFF],
        0x05 => &[
            0x7F, 0xFF, 0x0F, 0xFF, 0, 0x3F, 0xFF, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
            0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
            0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        ],
        0x08 => &[0x04],
        0x1A => &[0, 0x03, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        0x1C => &[0xBD, 0x0F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        0x1D => &[0, 0, 0x07, 0, 0xFF, 0xFF, 0xFF, 0xFF],
        _ => &[],
    }
}

/// What a drive checks in the write parameters: reserved values, and for CD and DVD-R what the medium can be written in.
fn judge_write_parameters(page: &[u8], disc: Option<&DiscState>) -> Result<(), Sense> {
    let write_type = page[2] & 0x0F;
    let multi = page[3] >> 6;
    let block_type = page[4] & 0x0F;
    let session_format = page[8];
    if write_type > 4 || multi == 2 || matches!(block_type, 4..=7 | 14 | 15) {
        return Err(sense::LIST_FIELD);
    }
    if !matches!(session_format, 0x00 | 0x10 | 0x20) {
        return Err(sense::LIST_FIELD);
    }
    let params = WriteParameters::of(page);
    if params.catalog.is_some_and(|digits| !digits.iter().all(u8::is_ascii_digit))
        || params.isrc.is_some_and(|code| !code.iter().all(u8::is_ascii_alphanumeric))
    {
        return Err(sense::LIST_VALUE);
    }
    let Some(disc) = disc else { return Ok(()) };
    let family = disc.kind.spec().family;
    match (family, crate::recording::is_plus(disc)) {
        (Family::Cd, _) => {
            // Layer jump is DVD-R's own; raw wants a raw block type and nothing else does.
            let raw_block = matches!(block_type, 1..=3);
            let audio_track = page[3] & 0x04 == 0;
            let fits = match write_type {
                0 | 1 => !raw_block && (audio_track == (block_type == 0)),
                2 => true,
                // Fixed packets are none; the track mode means nothing, since the host makes the subcode (wodim: 4 and 0).
                3 => raw_block && page[3] & 0x20 == 0,
                _ => false,
            };
            if fits { Ok(()) } else { Err(sense::LIST_FIELD) }
        }
        (Family::Dvd, false) => {
            let types: &[u8] = if disc.kind == crate::disc::MediumKind::DvdRDlLj { &[4] } else { &[0, 2] };
            let fits = types.contains(&write_type) && block_type == 8;
            if fits { Ok(()) } else { Err(sense::LIST_FIELD) }
        }
        // DVD+R and DVD+RW need no write parameters; firmware takes the page and mostly ignores it.
        (Family::Dvd, true) => Ok(()),
        // Blu-ray has none (*guess* that drives refuse rather than ignore them).
        (Family::Bd, _) => Err(sense::LIST_UNSUPPORTED),
    }
}
