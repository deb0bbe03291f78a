//! BD-R and BD-RE (MMC-6, 4.4).

use super::{Act, Builder, BurnPlan, Finish, IfStopped};
use crate::{Error, hresult, state};

/// Closing a BD-R takes about this long; three and four layers take longer. *guess*
const CLOSE_SECONDS: f64 = 30.0;

/// A blank BD-R is left unformatted: it then has all its clusters, and drives write at full speed because they do not
/// read every cluster back (libburn does the same; growisofs formats with spares).
pub(super) fn plan_r(mut b: Builder<'_>) -> Result<BurnPlan, Error> {
    let whole = b.job.sectors.align_up(b.media.write_unit);
    let closes = b.options.force_media_to_be_closed || b.nearly_full_after(whole);
    let track = b.track();
    b.set_speed();
    let fill = whole - b.job.sectors;
    b.write(fill);
    b.push_lasting(Act::Flush, 10.0);
    b.push_lasting(Act::CloseTrack(track), 5.0);
    b.push_lasting(if closes { Act::CloseDisc(Finish::Full) } else { Act::CloseSession }, CLOSE_SECONDS);
    let acts = vec![Act::Flush, Act::CloseTrack(track), Act::CloseSession];
    Ok(b.finish(closes, IfStopped::appendable(acts)))
}

pub(super) fn plan_re(mut b: Builder<'_>) -> Result<BurnPlan, Error> {
    b.set_speed();
    if state::needs_format(b.media) {
        // Type 00h is the drive's own choice, spare areas included; without spares one bad cluster spoils the disc.
        let offer = b.media.offers.iter().find(|offer| offer.kind == 0x00);
        let offer = offer.or_else(|| b.media.offers.iter().find(|offer| matches!(offer.kind, 0x30 | 0x31)));
        let Some(offer) = offer.copied() else {
            return Err(Error::new("disc-not-formatted", hresult::E_IMAPI_RECORDER_MEDIA_NOT_FORMATTED));
        };
        let act =
            Act::Format { kind: offer.kind, sectors: offer.sectors.0, parameter: offer.parameter, background: false };
        b.push_lasting(act, 60.0);
    }
    let ranges = b.overwrite_ranges();
    b.write_ranges(ranges);
    b.push_lasting(Act::Flush, 5.0);
    Ok(b.finish(false, IfStopped::reusable(vec![Act::Flush])))
}
