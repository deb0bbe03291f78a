//! Around the write loop: what a source does, and what the disc reads back as.

use super::*;

/// Gives its sectors up to a place, then fails; or says in the end that it is another.
struct Moody {
    inner: JobSource,
    fails_at: Option<u64>,
    kind: SourceErrorKind,
}

impl SectorSource for Moody {
    fn sectors(&self) -> SectorCount {
        self.inner.sectors()
    }
    async fn read(&mut self, first: u64, into: &mut [u8]) -> Result<(), SourceError> {
        let end = first + (into.len() / 2048) as u64;
        match self.fails_at {
            Some(at) if end > at => {
                Err(SourceError { kind: self.kind, at_byte: at * 2048, detail: "moody".to_owned() })
            }
            _ => self.inner.read(first, into).await,
        }
    }
    async fn check_unchanged(&mut self) -> Result<(), SourceError> {
        match self.fails_at {
            None => Err(SourceError { kind: self.kind, at_byte: 0, detail: "moody".to_owned() }),
            Some(_) => Ok(()),
        }
    }
}

#[test]
fn a_source_that_fails_stops_the_burn_and_the_disc_stays_usable() {
    for (fails_at, kind, code) in [
        (Some(5000), SourceErrorKind::Unreadable, "image-unreadable"),
        (Some(5000), SourceErrorKind::Shrank, "image-shrank"),
        (None, SourceErrorKind::Changed, "image-changed"),
        (None, SourceErrorKind::Grew, "image-grew"),
    ] {
        for medium in ["cd-r", "dvd-r", "dvd+r", "dvd+rw", "bd-r", "bd-re"] {
            let mut moody = Moody { inner: source(6000), fails_at, kind };
            // A fault that changes nothing, so that the same checks hold.
            let harmless = Fault::at(0x00, Effect::Sense(sense(SenseKey::UnitAttention, 0x2A, 0x01)));
            let ran = burn_from(medium, &mut moody, vec![harmless]);
            let error = ran.failed(code);
            assert!(!error.refused_before_writing, "{medium} {code}");
            assert!(error.after.is_some());
            if !medium.contains("rw") && medium != "bd-re" {
                append(&ran.sim, medium);
            }
        }
    }
    // Before anything was written: refused, and the disc is as it was.
    let mut moody = Moody { inner: source(600), fails_at: Some(10), kind: SourceErrorKind::Unreadable };
    let harmless = Fault::at(0x00, Effect::Sense(sense(SenseKey::UnitAttention, 0x2A, 0x01)));
    let ran = burn_from("dvd+r", &mut moody, vec![harmless]);
    assert!(ran.failed("image-unreadable").refused_before_writing);
    assert!(oracle::is_untouched(&ran.sim));
}

#[test]
fn what_reads_back_otherwise_is_named_by_its_first_sector() {
    let flip = Effect::Mangle(Box::new(|bytes| bytes[3 * 2048 + 77] ^= 1));
    let ran = burn("dvd+r", 1000, vec![Fault::at(READ, flip).after(5)]);
    let error = ran.failed("verify-different");
    assert_eq!(error.hresult, webburn_imapi::hresult::E_IMAPI_BURN_VERIFICATION_FAILED);
    assert_eq!(error.lba.map(|lba| lba.0), Some(5 * 32 + 3));
}

#[test]
fn what_cannot_be_read_back_is_tried_again_and_then_named() {
    let unreadable = || Effect::Sense(sense(SenseKey::MediumError, 0x11, 0x05));
    let twice = burn("bd-r", 1000, vec![Fault::at(READ, unreadable()).after(5).times(2)]);
    twice.verified(1000);
    assert_eq!(twice.notes.iter().filter(|note| **note == "verify-retry").count(), 2);
    let touches = |lba: u32| {
        move |cdb: &webburn_scsi::Cdb| {
            let bytes = cdb.as_bytes();
            let at = |i: usize| u32::from(bytes[i]);
            let first = at(2) << 24 | at(3) << 16 | at(4) << 8 | at(5);
            bytes[0] == READ && (first..first + (at(7) << 8 | at(8))).contains(&lba)
        }
    };
    let never = burn("bd-r", 1000, vec![Fault::new(touches(333), unreadable()).always()]);
    let error = never.failed("verify-unreadable");
    assert_eq!(error.lba.map(|lba| lba.0), Some(333));
}

#[test]
fn a_drive_that_refuses_to_reload_is_verified_all_the_same() {
    let no = Effect::Sense(sense(SenseKey::IllegalRequest, 0x24, 0x00));
    let ran = burn("dvd+r", 500, vec![Fault::at(0x1B, no).always()]);
    ran.verified(500);
    assert!(ran.notes.contains(&"reload-refused"));
}
