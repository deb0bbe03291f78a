//! A cue sheet, as the drive takes it.

use webburn_mmc::{CueLine, CueSheet, SendCueSheet};
use webburn_scsi::ScsiTransport;
use webburn_sector::Msf;

use crate::{Clock, Doing, Drive, Error};

impl<T: ScsiTransport, C: Clock> Drive<T, C> {
    /// Sends a cue sheet. A drive that refuses its lead-in (5/26/00) gets it once more with the lead-in at 00:00:00
    /// ([`Quirk::RefusesTheRealLeadIn`](crate::quirk::Quirk::RefusesTheRealLeadIn)). Returns the sheet that was taken.
    ///
    /// # Errors
    /// The drive refused that too, or anything else; nothing was written.
    pub async fn send_cue_sheet(&mut self, sheet: &CueSheet) -> Result<CueSheet, Error> {
        let refused = match self.offer(sheet).await {
            Ok(()) => return Ok(sheet.clone()),
            Err(error) if error.triple() == Some((5, 0x26, 0x00)) => error,
            Err(error) => return Err(error),
        };
        let mut plain = sheet.clone();
        for line in &mut plain.lines {
            if let CueLine::Position(position) = line
                && position.track == 0
            {
                position.start = Msf::new(0, 0, 0);
            }
        }
        if plain == *sheet {
            return Err(refused);
        }
        self.offer(&plain).await.map(|()| plain)
    }

    async fn offer(&mut self, sheet: &CueSheet) -> Result<(), Error> {
        self.send(Doing::Preparing, &SendCueSheet { list: &sheet.encode() }).await
    }
}
