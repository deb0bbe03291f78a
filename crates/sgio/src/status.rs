//! What `sg_io_hdr` says afterwards, as a completion or a transport error.

use webburn_scsi::{Completion, Sense, SenseKey, Status, TransportError, TransportErrorKind};

/// The fields of `sg_io_hdr` that tell how a command ended (Linux `include/scsi/sg.h`).
#[derive(Clone, Copy, Debug)]
#[cfg_attr(not(target_os = "linux"), allow(dead_code))]
pub(crate) struct Ended<'a> {
    /// SCSI status byte.
    pub status: u8,
    /// `host_status`, `DID_…`.
    pub host: u16,
    /// `driver_status`, `DRIVER_…` in the low nibble.
    pub driver: u16,
    /// Bytes of the transfer that did not move.
    pub residue: i32,
    /// The sense the kernel wrote.
    pub sense: &'a [u8],
}

/// `DRIVER_TIMEOUT`.
const DRIVER_TIMEOUT: u16 = 6;

/// `len` bytes were asked for.
#[cfg_attr(not(target_os = "linux"), allow(dead_code))]
pub(crate) fn judge(ended: Ended<'_>, len: usize) -> Result<Completion, TransportError> {
    let kind = match ended.host {
        0x00 => None,
        0x01 | 0x04 => Some((TransportErrorKind::Disconnected, "no such target")),
        0x03 => Some((TransportErrorKind::Timeout, "the kernel gave up and reset the drive")),
        0x02 => Some((TransportErrorKind::Other, "bus busy")),
        0x05 => Some((TransportErrorKind::Other, "the kernel aborted the command")),
        0x06 => Some((TransportErrorKind::Other, "parity error")),
        // USB answers a failed transfer, a phase error and a broken status wrapper alike with DID_ERROR.
        0x07 => Some((TransportErrorKind::Protocol, "the host adapter failed")),
        0x08 => Some((TransportErrorKind::Other, "the drive was reset")),
        0x0E | 0x0F => Some((TransportErrorKind::Disconnected, "the transport to the drive broke")),
        _ => Some((TransportErrorKind::Other, "the host adapter failed")),
    };
    if let Some((kind, what)) = kind {
        return Err(TransportError::new(kind, format!("{what} (host status {:02X}h)", ended.host)));
    }
    if ended.driver & 0x0F == DRIVER_TIMEOUT {
        return Err(TransportError::new(TransportErrorKind::Timeout, "the kernel gave up and reset the drive"));
    }
    let residue = usize::try_from(ended.residue).unwrap_or(0);
    let transferred = len - residue.min(len);
    let sense = Sense::from_bytes(ended.sense);
    // Some host adapters bring sense with a status of 0: DRIVER_SENSE alone does not make a failure of it, the key does.
    let failed = !sense.is_empty() && sense.key() != SenseKey::RecoveredError && sense.key() != SenseKey::NoSense;
    Ok(match ended.status & 0x3E {
        0x00 if failed && !sense.is_deferred() => Completion::check(sense, transferred),
        0x00 => Completion::good(transferred),
        0x02 => Completion::check(sense, transferred),
        other => Completion { status: Status::Other(other), transferred },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Ended<'static> = Ended { status: 0, host: 0, driver: 0, residue: 0, sense: &[] };

    #[test]
    fn every_way_to_end() {
        assert_eq!(judge(GOOD, 36), Ok(Completion::good(36)));
        assert_eq!(judge(Ended { residue: 16, ..GOOD }, 36), Ok(Completion::good(20)));
        assert_eq!(judge(Ended { residue: 99, ..GOOD }, 36), Ok(Completion::good(0)));
        assert_eq!(judge(Ended { residue: -4, ..GOOD }, 36), Ok(Completion::good(36)));
        let sense = Sense::fixed(SenseKey::NotReady, 0x3A, 0x01);
        let check = Ended { status: 2, driver: 8, residue: 36, sense: sense.as_bytes(), ..GOOD };
        assert_eq!(judge(check, 36), Ok(Completion::check(sense.clone(), 0)));
        assert_eq!(judge(Ended { status: 0, ..check }, 36), Ok(Completion::check(sense, 0)));
        let recovered = Sense::fixed(SenseKey::RecoveredError, 0x17, 0x01);
        let fine = Ended { driver: 8, sense: recovered.as_bytes(), ..GOOD };
        assert_eq!(judge(fine, 36), Ok(Completion::good(36)));
        let busy = judge(Ended { status: 8, ..GOOD }, 0).unwrap();
        assert_eq!(busy.status, Status::Other(8));
    }

    #[test]
    fn a_broken_wire_is_no_status() {
        use TransportErrorKind as K;
        for (host, driver, kind) in [
            (1, 0, K::Disconnected),
            (3, 0, K::Timeout),
            (0, 6, K::Timeout),
            (7, 0, K::Protocol),
            (8, 0, K::Other),
            (0x0E, 0, K::Disconnected),
            (0x55, 0, K::Other),
        ] {
            assert_eq!(judge(Ended { host, driver, ..GOOD }, 8).unwrap_err().kind, kind, "host {host} driver {driver}");
        }
    }
}
