//! DVD-RAM, and disk-like media with it (MMC-6, 4.3.5).

use super::{Act, Builder, BurnPlan, IfStopped};
use crate::state;
use crate::{Error, hresult};

pub(super) fn plan(mut b: Builder<'_>) -> Result<BurnPlan, Error> {
    b.set_speed();
    if state::needs_format(b.media) {
        let offer = b.media.offers.iter().find(|offer| offer.kind == 0x00);
        let Some(offer) = offer.copied() else {
            return Err(Error::new("disc-not-formatted", hresult::E_IMAPI_RECORDER_MEDIA_NOT_FORMATTED));
        };
        let act = Act::format(0x00, offer.sectors.0, offer.parameter);
        // A full format writes and reads all of the disc.
        let seconds = b.time_for(offer.sectors).map(|seconds| seconds * 2.0);
        b.steps.push(super::Step { act, seconds });
    }
    let ranges = b.overwrite_ranges();
    b.write_ranges(ranges);
    b.push_lasting(Act::Flush, 5.0);
    Ok(b.finish(false, IfStopped::reusable(vec![Act::Flush])))
}
