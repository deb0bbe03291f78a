//! Which of the offered objects a file system image appends with.

use webburn_drive::Clock;
use webburn_drive::media::DiscStatus;
use webburn_scsi::ScsiTransport;

use super::Multisession;
use crate::Error;
use crate::hresult::{
    IMAPI_E_BAD_MULTISESSION_PARAMETER, IMAPI_E_INCOMPATIBLE_MULTISESSION_TYPE, IMAPI_E_NO_COMPATIBLE_MULTISESSION_TYPE,
};

/// The rules of `IFileSystemImage::put_MultisessionInterfaces`: the one that is in use, if it fits the disc; where none is
/// in use, the first that fits. Asks the disc; writes nothing.
///
/// # Errors
/// `IMAPI_E_INCOMPATIBLE_MULTISESSION_TYPE` when two are in use, or one that does not fit;
/// `IMAPI_E_NO_COMPATIBLE_MULTISESSION_TYPE` when none fits; `IMAPI_E_BAD_MULTISESSION_PARAMETER` for a blank sequential
/// disc, which has no session to begin from; what the drive says.
pub async fn choose<T: ScsiTransport, C: Clock>(all: &[Multisession<T, C>]) -> Result<&Multisession<T, C>, Error> {
    let refused = |hresult| Err(Error::new("disc-state-unsuitable", hresult));
    let in_use: Vec<_> = all.iter().filter(|one| one.in_use()).collect();
    let chosen = match in_use[..] {
        [] => {
            let mut found = None;
            for one in all {
                if one.is_supported_on_current_media_state().await? {
                    found = Some(one);
                    break;
                }
            }
            let Some(found) = found else { return refused(IMAPI_E_NO_COMPATIBLE_MULTISESSION_TYPE) };
            found
        }
        [one] if one.is_supported_on_current_media_state().await? => one,
        _ => return refused(IMAPI_E_INCOMPATIBLE_MULTISESSION_TYPE),
    };
    if let Multisession::Sequential(one) = chosen
        && one.import_recorder().media().await?.status == DiscStatus::Blank
    {
        return refused(IMAPI_E_BAD_MULTISESSION_PARAMETER);
    }
    Ok(chosen)
}
