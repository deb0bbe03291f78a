//! The sub-channel: as the host sent it, or made by the drive from its track list.

use webburn_cdcode::q::{Place, Q};
use webburn_cdcode::rw::{Deinterleaver, Interleaver, add_parity_to_sector};
use webburn_cdcode::subchannel::{pq16, symbols};
use webburn_cdcode::{Control, TrackNumber, rw};
use webburn_sector::{Lba, Msf};

use crate::disc::{Disc, DiscState, Track, Way};
use crate::surface::BlockForm;

/// A start flag is at least two seconds long (ECMA-130, 22.2).
const FLAG: i32 = 150;

impl Disc {
    /// The 96 symbols of a sector as they lie on the disc: P in bit 7, Q in bit 6, R–W below.
    pub(crate) fn cd_sub(&mut self, lba: i32) -> [u8; 96] {
        let mut out = match self.sent(lba) {
            Some((BlockForm::RawPq, sub)) => {
                let mut out = [0; 96];
                if let Ok(sub) = <&[u8; 16]>::try_from(&sub[..]) {
                    // The CRC of this layout is the drive's business.
                    symbols::write_pq(&mut out, pq16::read_p(sub), &Q::from_data(pq16::read_q_data(sub)).to_bytes());
                }
                out
            }
            Some((BlockForm::RawPacked, sub)) => {
                // Seven packs back, those of two sectors before are still being spread.
                let mut spread = Interleaver::new();
                let mut rw = [0; 96];
                for at in lba - 2..=lba {
                    rw = spread.push(&self.packs_sent(at));
                }
                let mut out = <[u8; 96]>::try_from(&sub[..]).unwrap_or([0; 96]);
                symbols::write_rw(&mut out, &rw);
                out
            }
            Some((_, sub)) => sub[..].try_into().unwrap_or([0; 96]),
            None => [0; 96],
        };
        let by_host = self.state.cd_track(lba).is_some_and(|track| track.way == Way::Raw);
        if !by_host && let Some((p, q)) = drives_own(&self.state, lba) {
            symbols::write_pq(&mut out, p, &q.to_bytes());
        }
        out
    }

    /// The R–W packs of a sector, deinterleaved and corrected.
    pub(crate) fn cd_packs(&mut self, lba: i32) -> [u8; 96] {
        if let Some((BlockForm::RawPacked, _)) = self.sent(lba) {
            return self.packs_sent(lba);
        }
        let mut gathered = Deinterleaver::new();
        let mut packs = [0; 96];
        for at in lba..=lba + 2 {
            packs = gathered.push(&self.cd_sub(at));
        }
        for pack in packs.as_chunks_mut::<{ rw::PACK }>().0 {
            // What cannot be corrected comes as it is.
            let _ = rw::correct(pack);
        }
        packs
    }

    /// The sub-channel that the host sent with a block.
    fn sent(&mut self, lba: i32) -> Option<(BlockForm, Vec<u8>)> {
        let form = self.surface.map().find(Lba(lba))?.form;
        if !form.has_sub_channel() {
            return None;
        }
        let mut block = vec![0; form.size()];
        self.surface.read(Lba(lba), form, &mut block).ok()?;
        Some((form, block.split_off(2352)))
    }

    /// Packs that the host sent, with the parity that the drive adds.
    fn packs_sent(&mut self, lba: i32) -> [u8; 96] {
        let mut packs = match self.sent(lba) {
            Some((BlockForm::RawPacked, sub)) => <&[u8; 96]>::try_from(&sub[..]).map_or([0; 96], symbols::read_rw),
            _ => [0; 96],
        };
        add_parity_to_sector(&mut packs);
        packs
    }
}

/// P and Q of a sector whose subcode is the drive's; `None` outside of tracks.
pub(crate) fn drives_own(state: &DiscState, lba: i32) -> Option<(bool, Q)> {
    let track = state.cd_track(lba)?;
    let flagged = |track: &Track| (track.begins().min(track.start - FLAG)..track.start).contains(&lba);
    let p = state.tracks.iter().any(flagged);
    // A copy that may not be copied: the bit goes on and off every four sectors.
    let alternate = track.copied && lba.rem_euclid(8) >= 4;
    let control = Control::from_nibble(if alternate { track.control & !2 } else { track.control });
    let absolute = Msf::from_lba(Lba(lba))?;
    let changes = lba == track.begins() || lba == track.start || track.indices.contains(&lba);
    if let (99, false, Some(mcn)) = (lba.rem_euclid(100), changes, &state.catalog)
        && let Ok(mcn) = mcn.parse()
    {
        return Some((p, Q::Mcn { control, mcn, frame: absolute.frame }));
    }
    if let (49, false, Some(isrc)) = (lba.rem_euclid(100), changes, &track.isrc)
        && let Ok(isrc) = isrc.parse()
    {
        return Some((p, Q::Isrc { control, isrc, frame: absolute.frame }));
    }
    let (index, sectors) = if lba < track.start {
        // Counts down to nothing.
        (0, track.start - 1 - lba)
    } else {
        (1 + track.indices.iter().filter(|start| **start <= lba).count() as u8, lba - track.start)
    };
    let place = Place::Track(TrackNumber::new(track.number as u8).ok()?, index);
    // A time of nothing is two seconds before address 0.
    let relative = Msf::from_lba(Lba(sectors - 150))?;
    Some((p, Q::Position { control, place, relative, absolute }))
}
