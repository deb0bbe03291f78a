//! What is decided before the drive is asked: by which way, and what becomes of graphics.

use webburn_cdcode::session::Style;
use webburn_cdcode::subchannel::Layout;
use webburn_drive::Media;
use webburn_drive::media::{Abilities, DiscStatus, Family};
use webburn_imapi::SpeedWish;
use webburn_rawimage::CdImage;
use webburn_rawimage::at_once::{NotAtOnce, SessionSheet, SheetOptions};
use webburn_rawimage::layout::{Limits, check};
use webburn_rawimage::stream::{RawOptions, RawStream};

use crate::Refusal;

/// How the person wants it done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// All of it is read back and compared.
    pub verify: bool,
    /// The speed; `None` for the fastest.
    pub speed: Option<SpeedWish>,
    /// Main channel and sub-channel, sector by sector.
    pub raw: bool,
    /// With the laser off.
    pub test_write: bool,
    /// Beyond the end that the disc gives itself.
    pub overburn: bool,
    /// With the CD-Text that the image has.
    pub texts: bool,
    /// Whoever calls erases a rewritable disc first.
    pub erases: bool,
}

/// What becomes of the R–W channels, where an image holds graphics or text in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Graphics {
    /// It holds none.
    None,
    /// The drive takes them beside the audio.
    Written,
    /// They are written, as everything in a raw burn.
    Raw,
    /// The drive takes them in a raw burn alone, and so this is one.
    RawForThem,
    /// This drive cannot write them.
    LeftOut,
}

impl Graphics {
    /// A stable name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Graphics::None => "none",
            Graphics::Written => "written",
            Graphics::Raw => "raw",
            Graphics::RawForThem => "raw-for-them",
            Graphics::LeftOut => "left-out",
        }
    }
}

/// How an image goes onto a disc.
#[derive(Clone, Debug)]
pub struct Recording {
    /// By cue sheet, session by session; `None`: raw.
    pub(crate) sheets: Option<Vec<SessionSheet>>,
    /// A drive that takes no cue sheet is offered the disc raw.
    pub(crate) may_go_raw: bool,
    pub(crate) wish: Wish,
    /// What becomes of graphics.
    pub graphics: Graphics,
}

/// By cue sheet or raw, and what becomes of R–W that the image holds.
fn way(wish: &Wish, rw: bool, able: &Abilities, sessions: usize) -> (bool, Graphics) {
    let by_sheet_only = sessions > 1 || wish.test_write || wish.overburn;
    match rw {
        _ if wish.raw => (true, if rw { Graphics::Raw } else { Graphics::None }),
        false => (false, Graphics::None),
        true if able.own_rw => (false, Graphics::Written),
        true if able.raw_recording && !by_sheet_only => (true, Graphics::RawForThem),
        true => (false, Graphics::LeftOut),
    }
}

/// The disc is one that this can be written on, as far as it can be said before the engine is asked: what else is wrong
/// with it (closed, read-only, protected) the writers say.
fn suits(image: &CdImage, media: &Media, wish: &Wish) -> Result<(), Refusal> {
    if media.kind.present() && media.kind.family() != Family::Cd {
        return Err(Refusal::NotACd(media.kind.name()));
    }
    let sessions = image.layout.sessions.len();
    if wish.raw && sessions > 1 {
        return Err(Refusal::SessionsNotRaw(sessions));
    }
    if wish.raw && (wish.test_write || wish.overburn) {
        return Err(Refusal::RawAsItIs);
    }
    if media.kind.rewritable() && media.status != DiscStatus::Blank && !wish.erases {
        return Err(Refusal::EraseRequired);
    }
    if !media.kind.rewritable() && media.status == DiscStatus::Appendable {
        return Err(Refusal::NotBlank);
    }
    Ok(())
}

impl Recording {
    /// Decides for `image`, which came from `name`, and this disc; `rw` says whether the image holds R–W
    /// ([`CdImage::has_rw`]).
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn decide(image: &mut CdImage, name: &str, rw: bool, media: &Media, wish: &Wish) -> Result<Self, Refusal> {
        suits(image, media, wish)?;
        // Raw writing takes the short tracks of discs of old; a cue sheet does not.
        let limits = if wish.raw { Limits::READABLE } else { Limits::ADDRESSABLE };
        check(&image.layout, limits, name).map_err(Refusal::Image)?;
        let sessions = image.layout.sessions.len();
        let (raw, graphics) = way(wish, rw, &media.abilities, sessions);
        let sheets = if raw { None } else { Some(sheets(image, graphics == Graphics::Written, wish)?) };
        let plain = !wish.test_write && !wish.overburn && sessions == 1;
        let mut recording = Recording { sheets, may_go_raw: false, wish: *wish, graphics };
        let streamed = RawStream::new(image, 0, recording.raw_options()).map(drop).map_err(Refusal::NotRaw);
        recording.may_go_raw = plain && media.abilities.raw_recording && streamed.is_ok();
        if raw {
            streamed?;
        }
        Ok(recording)
    }

    /// All of it goes raw.
    #[must_use]
    pub const fn is_raw(&self) -> bool {
        self.sheets.is_none()
    }

    /// The sheets of the sessions; none of a raw burn.
    #[must_use]
    pub fn sheets(&self) -> &[SessionSheet] {
        self.sheets.as_deref().unwrap_or_default()
    }

    /// How the blocks of a raw burn are made.
    pub(crate) fn raw_options(&self) -> RawOptions {
        RawOptions { text: self.wish.texts, ..RawOptions::new(Layout::Raw, Style::default()) }
    }
}

fn sheets(image: &CdImage, rw: bool, wish: &Wish) -> Result<Vec<SessionSheet>, Refusal> {
    let sessions = image.layout.sessions.len();
    let options = SheetOptions { text: wish.texts, ..SheetOptions::default() };
    let of = |number| {
        let sheet = SessionSheet::new(&image.layout, number, options)?;
        Ok(if rw { sheet.with_rw() } else { sheet })
    };
    (0..sessions).map(of).collect::<Result<_, _>>().map_err(|why: NotAtOnce| Refusal::NotAtOnce { why, sessions })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn graphics_go_the_way_that_the_drive_has() {
        let all = Abilities { own_rw: true, raw_recording: true, ..Abilities::default() };
        let raw = Abilities { own_rw: false, ..all.clone() };
        let (wish, test) = (Wish::default(), Wish { test_write: true, ..Wish::default() });
        let lost = (false, Graphics::LeftOut);
        assert_eq!(way(&wish, false, &all, 1), (false, Graphics::None));
        assert_eq!(way(&wish, true, &all, 2), (false, Graphics::Written));
        assert_eq!(way(&wish, true, &raw, 1), (true, Graphics::RawForThem));
        assert_eq!(way(&wish, true, &raw, 2), lost);
        assert_eq!(way(&test, true, &raw, 1), lost);
        assert_eq!(way(&wish, true, &Abilities::default(), 1), lost);
        assert_eq!(way(&Wish { raw: true, ..wish }, true, &all, 1), (true, Graphics::Raw));
        assert_eq!(way(&Wish { raw: true, ..wish }, false, &all, 1), (true, Graphics::None));
    }
}
