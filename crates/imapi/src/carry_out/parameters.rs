//! Mode page 05h: how the next track or session is written.

use webburn_drive::{Clock, Doing, Drive};
use webburn_mmc::mode_page::{DataBlockType, MultiSession, SessionFormat, WriteParameters as Page, WriteType};
use webburn_scsi::spc::{ModeParameterList, ModeReply, ModeSelect10, ModeSense10, PageControl};
use webburn_scsi::{Raw, ScsiTransport};

use crate::Error;
use crate::hresult::E_IMAPI_RECORDER_NO_SUCH_MODE_PAGE;
use crate::outcome::Path;
use crate::plan::WriteParameters;

fn of_drive(error: webburn_drive::Error) -> Error {
    Error::from_drive(error, Path::Write)
}

/// Mode page 05h with the drive's own page as template. Defaults that are illegal on some drives are put right.
///
/// # Errors
/// The drive has no such page, or does not take these values.
pub(crate) async fn set_write_parameters<T: ScsiTransport, C: Clock>(
    drive: &mut Drive<T, C>,
    wanted: &WriteParameters,
) -> Result<(), Error> {
    let code = Page::CODE.0;
    // Header and page are 60 bytes; some drives send four vendor bytes more, which are kept.
    let ask = |length| Raw(ModeSense10::page(code, PageControl::CURRENT, length));
    let mut template = None;
    let head = match drive.send(Doing::Preparing, &ask(60)).await.map_err(of_drive) {
        Ok(head) => Some(head),
        // Without the page there is nothing to set: the disc would be written in whatever way the drive is in.
        Err(error) if error.hresult == E_IMAPI_RECORDER_NO_SUCH_MODE_PAGE => return Err(error),
        // An answer that makes no sense is replaced by the values after power on.
        Err(_) => None,
    };
    if let Some(head) = head {
        let announced = head.get(..2).and_then(|b| b.try_into().ok()).map_or(0, u16::from_be_bytes);
        let raw = match announced.saturating_add(2) {
            length @ 61..=256 => drive.send(Doing::Preparing, &ask(length)).await.unwrap_or(head),
            _ => head,
        };
        template = ModeReply::parse(&raw).ok().and_then(|reply| reply.page(code).map(<[u8]>::to_vec));
    }
    let current = template.as_deref().and_then(|page| Page::parse(page).ok());
    let page = Page {
        savable: false,
        buffer_underrun_free: wanted.underrun_free,
        link_size_valid: wanted.link_size.is_some(),
        test_write: wanted.test_write,
        write_type: WriteType(wanted.write_type),
        multi_session: MultiSession(wanted.multisession),
        fixed_packet: wanted.packet.is_some(),
        copy: false,
        track_mode: wanted.track_mode,
        data_block_type: DataBlockType(wanted.data_block_type),
        link_size: wanted.link_size.unwrap_or(0),
        session_format: SessionFormat(wanted.session_format),
        packet_size: wanted.packet.unwrap_or(0),
        audio_pause: 150,
        // What an earlier program left there would be recorded with this disc.
        catalog_valid: false,
        isrc_valid: false,
        ..current.unwrap_or_else(Page::power_on)
    };
    let bytes = match template {
        Some(mut template) if template.len() >= Page::LEN => {
            template[..Page::LEN].copy_from_slice(&page.page());
            template[1] = (template.len() - 2) as u8;
            template
        }
        _ => page.page().to_vec(),
    };
    let list = ModeParameterList::of_page(&bytes).encode();
    drive.send(Doing::Preparing, &ModeSelect10::new(&list)).await.map_err(of_drive)
}
