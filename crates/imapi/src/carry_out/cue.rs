//! SEND CUE SHEET, with what some drives want instead.

use webburn_drive::{Clock, Doing};
use webburn_mmc::{CueSheet, SendCueSheet};
use webburn_scsi::ScsiTransport;

use super::Job;
use crate::Error;
use crate::hresult::E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS;
use crate::plan::WriteParameters;

impl<T: ScsiTransport, C: Clock> Job<'_, T, C> {
    /// Offers one sheet after the other until the drive takes one. Mode page 05h is sent before each: a refusal may have
    /// taken the drive out of the mode (cdrdao, observed behaviour).
    ///
    /// A drive that takes none has written nothing; that is a failure and never a finished burn.
    pub(super) async fn cue_sheet(&mut self, variants: &[CueSheet], parameters: &WriteParameters) -> Result<(), Error> {
        let mut first_refusal = None;
        for (number, sheet) in variants.iter().enumerate() {
            self.write_parameters(parameters).await?;
            let list = sheet.encode();
            match self.drive.send(Doing::Preparing, &SendCueSheet { list: &list }).await {
                Ok(()) => {
                    if number > 0 {
                        self.reporter.note("cue-sheet-variant", vec![("number", (number as u64).into())]);
                    }
                    return Ok(());
                }
                Err(error) if matches!(error.triple(), Some((5, 0x1A | 0x20 | 0x24 | 0x26 | 0x2C, _))) => {
                    first_refusal.get_or_insert(error);
                }
                Err(error) => return Err(Self::error(error)),
            }
        }
        let mut refused = match first_refusal {
            Some(error) => Self::error(error),
            None => Error::new("cue-sheet-refused", E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS),
        };
        refused.code = "cue-sheet-refused";
        refused.hresult = E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS;
        Err(refused.with("variants", variants.len() as u64))
    }
}
