//! TEST UNIT READY (SPC-4): the table's "needs a medium" says it all.

use webburn_scsi::{Reply, Sense};

use super::Request;
use crate::drive::SimDrive;

pub(super) fn run(_drive: &mut SimDrive, _request: &Request<'_>, _reply: &mut Reply) -> Result<usize, Sense> {
    Ok(0)
}
