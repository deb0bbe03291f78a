//! GET CONFIGURATION (MMC-6): the profile and the features, of the drive and of the drive with this disc.

use webburn_scsi::{Reply, Sense};

use super::{Request, send};
use crate::drive::{SimDrive, current_profile, features};
use crate::sense;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, reply: &mut Reply) -> Result<usize, Sense> {
    let how = request.byte(1) & 0x03;
    let start = request.be16(2);
    if how == 3 {
        return Err(sense::FIELD);
    }
    let mut out = vec![0; 8];
    let profile = if drive.is_spinning() { 0 } else { current_profile(drive.disc()) };
    out[6..8].copy_from_slice(&profile.to_be_bytes());
    let mut all = features(drive);
    if drive.personality.quirks.minimal_configuration {
        all.retain(|feature| matches!(feature.code, 0x0000 | 0x0001 | 0x0003));
    }
    let wanted = all.iter().filter(|feature| match how {
        2 => feature.code == start,
        1 => feature.code >= start && feature.current,
        _ => feature.code >= start,
    });
    for feature in wanted {
        feature.put(&mut out);
    }
    let len = out.len() as u32 - 4;
    out[..4].copy_from_slice(&len.to_be_bytes());
    send(drive, reply, &out, usize::from(request.be16(7)))
}
