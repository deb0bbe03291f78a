//! The simulated drive lays its answers out by hand, the host decodes them with the codec: two hands that must agree on
//! every kind of disc in every state. What the host reads, its own encoder turns back into the very bytes.

use std::time::Duration;

use webburn_mmc as mmc;
use webburn_mmc::mode_page as page;
use webburn_scsi::spc::{InquiryData, ModeReply};
use webburn_scsi::{Malformed, Reply, Status, Target};
use webburn_sim::{Disc, MediumKind, Personality, SimDrive};
use webburn_tests::vectors::to_hex;

fn drives() -> Vec<(String, SimDrive)> {
    let mut all = Vec::new();
    for id in Personality::ids() {
        for kind in MediumKind::ALL {
            for (state, disc) in [
                ("blank", Disc::blank(kind)),
                ("recorded", Disc::recorded(kind)),
                ("appendable", Disc::appendable(kind)),
            ] {
                let mut drive = SimDrive::new(Personality::by_id(id).expect("listed"));
                drop(drive.load(disc));
                drive.advance_to(Duration::from_secs(120));
                for _ in 0..16 {
                    let mut reply = Reply::new(0);
                    if drive.obey(&[0; 6], &[], &mut reply).status == Status::Good {
                        break;
                    }
                    let now = drive.now();
                    drive.advance_to(now + Duration::from_secs(1));
                }
                all.push((format!("{id}, {} {state}", kind.id()), drive));
            }
        }
    }
    all
}

/// The answer, or `None` when the drive refuses; a refusal says why.
fn ask(drive: &mut SimDrive, cdb: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut reply = Reply::new(length);
    let outcome = drive.obey(cdb, &[], &mut reply);
    match outcome.status {
        Status::Good => Some(reply.as_bytes().to_vec()),
        Status::CheckCondition(sense) => {
            assert!(!sense.is_empty(), "refused {} without a reason", to_hex(cdb));
            assert!(
                webburn_scsi::asc_name(sense.code()).is_some(),
                "refused {} with a code that T10 does not know: {sense}",
                to_hex(cdb)
            );
            None
        }
        Status::Other(status) => panic!("status {status:02x}"),
    }
}

struct Check<'a> {
    who: &'a str,
    wrong: &'a mut Vec<String>,
    seen: usize,
}

impl Check<'_> {
    fn same<T>(
        &mut self,
        what: &str,
        bytes: Option<Vec<u8>>,
        parse: impl Fn(&[u8]) -> Result<T, Malformed>,
        encode: impl Fn(&T) -> Vec<u8>,
    ) -> Option<T> {
        let bytes = bytes?;
        self.seen += 1;
        match parse(&bytes) {
            Err(e) => {
                self.wrong.push(format!("{}: {what}: {e}: {}", self.who, to_hex(&bytes[..bytes.len().min(48)])));
                None
            }
            Ok(value) => {
                let again = encode(&value);
                if again != bytes {
                    let at = again.iter().zip(&bytes).position(|(a, b)| a != b);
                    self.wrong.push(format!(
                        "{}: {what}: byte {at:?} of {} / {}:\n   drive {}\n   codec {}",
                        self.who,
                        bytes.len(),
                        again.len(),
                        to_hex(&bytes[..bytes.len().min(64)]),
                        to_hex(&again[..again.len().min(64)])
                    ));
                }
                Some(value)
            }
        }
    }
}

#[test]
fn the_drive_and_the_codec_agree_on_every_answer() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (who, mut d) in drives() {
        let mut c = Check { who: &who, wrong: &mut wrong, seen: 0 };
        c.same("INQUIRY", ask(&mut d, &[0x12, 0, 0, 0, 96, 0], 96), InquiryData::parse, InquiryData::encode);
        let configuration = ask(&mut d, &[0x46, 0, 0, 0, 0, 0, 0, 0x10, 0, 0], 4096);
        c.same("GET CONFIGURATION", configuration, mmc::Configuration::parse, mmc::Configuration::encode);
        let info = ask(&mut d, &[0x51, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0], 255);
        let info = c.same("READ DISC INFORMATION", info, mmc::DiscInformation::parse, mmc::DiscInformation::encode);
        c.same(
            "track resources",
            ask(&mut d, &[0x51, 1, 0, 0, 0, 0, 0, 0, 12, 0], 12),
            mmc::TrackResources::parse,
            |r| r.reply().to_vec(),
        );
        c.same("POW resources", ask(&mut d, &[0x51, 2, 0, 0, 0, 0, 0, 0, 16, 0], 16), mmc::PowResources::parse, |r| {
            r.reply().to_vec()
        });
        let last = info.map_or(1, |i| i.last_track_last_session as u8);
        for track in [1, last, 0xFF] {
            let cdb = [0x52, 1, 0, 0, 0, track, 0, 0, 48, 0];
            c.same(
                "READ TRACK INFORMATION",
                ask(&mut d, &cdb, 48),
                mmc::TrackInformation::parse,
                mmc::TrackInformation::encode,
            );
        }
        c.same("READ CAPACITY", ask(&mut d, &[0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0], 8), mmc::Capacity::parse, |r| {
            r.encode().to_vec()
        });
        c.same(
            "READ FORMAT CAPACITIES",
            ask(&mut d, &[0x23, 0, 0, 0, 0, 0, 0, 0, 252, 0], 252),
            mmc::FormatCapacities::parse,
            mmc::FormatCapacities::encode,
        );
        for msf in [false, true] {
            let bit = u8::from(msf) << 1;
            let cdb = |format| [0x43, bit, format, 0, 0, 0, 0, 0x0F, 0xFF, 0];
            c.same("TOC", ask(&mut d, &cdb(0), 4095), |b| mmc::Toc::parse(b, msf), mmc::Toc::encode);
            c.same(
                "sessions",
                ask(&mut d, &cdb(1), 4095),
                |b| mmc::SessionInfo::parse(b, msf),
                |s| s.encode().to_vec(),
            );
        }
        let cdb = |format| [0x43, 2, format, 0, 0, 0, 0, 0x0F, 0xFF, 0];
        c.same("full TOC", ask(&mut d, &cdb(2), 4095), mmc::FullToc::parse, mmc::FullToc::encode);
        c.same("PMA", ask(&mut d, &cdb(3), 4095), mmc::FullToc::parse, mmc::FullToc::encode);
        c.same("ATIP", ask(&mut d, &cdb(4), 4095), mmc::Atip::parse, |a| a.reply().to_vec());
        c.same("CD-Text", ask(&mut d, &cdb(5), 4095), mmc::CdText::parse, mmc::CdText::encode);
        for msf in [false, true] {
            let cdb = |format| [0x42, u8::from(msf) << 1, 0x40, format, 0, 0, 1, 0, 24, 0];
            let position = ask(&mut d, &cdb(1), 24);
            c.same("position", position, |b| mmc::CurrentPosition::parse(b, msf), |p| p.encode().to_vec());
            c.same("catalogue number", ask(&mut d, &cdb(2), 24), mmc::Mcn::parse, |m| m.encode().to_vec());
            c.same("recording code", ask(&mut d, &cdb(3), 24), mmc::Isrc::parse, |i| i.encode().to_vec());
        }
        c.same(
            "event",
            ask(&mut d, &[0x4A, 1, 0, 0, 0x10, 0, 0, 0, 8, 0], 8),
            mmc::EventStatus::parse,
            mmc::EventStatus::encode,
        );
        c.same(
            "MECHANISM STATUS",
            ask(&mut d, &[0xBD, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0], 8),
            mmc::Mechanism::parse,
            |m| m.encode().to_vec(),
        );
        c.same(
            "READ BUFFER CAPACITY",
            ask(&mut d, &[0x5C, 0, 0, 0, 0, 0, 0, 0, 12, 0], 12),
            mmc::BufferCapacity::parse,
            |b| b.reply().to_vec(),
        );
        let speeds = ask(&mut d, &[0xAC, 0, 0, 0, 0, 0, 0, 0, 0, 64, 3, 0], 8 + 64 * 16);
        c.same("write speeds", speeds, mmc::WriteSpeeds::parse, mmc::WriteSpeeds::encode);
        let nominal = ask(&mut d, &[0xAC, 0x14, 0, 0, 0, 0, 0, 0, 0, 64, 0, 0], 8 + 64 * 16);
        c.same("performance", nominal, mmc::Performance::parse, mmc::Performance::encode);
        for code in [0x01u8, 0x05, 0x2A] {
            let reply = ask(&mut d, &[0x5A, 8, code, 0, 0, 0, 0, 1, 0, 0], 256);
            let reply = c.same("MODE SENSE", reply, ModeReply::parse, ModeReply::encode);
            let body = reply.and_then(|r| r.page(code).map(<[u8]>::to_vec));
            match code {
                0x01 => drop(c.same("page 01h", body, page::ErrorRecovery::parse, |p| p.page().to_vec())),
                0x05 => drop(c.same("page 05h", body, page::WriteParameters::parse, |p| p.page().to_vec())),
                _ => drop(c.same("page 2Ah", body, page::Capabilities::parse, |p| p.page().clone())),
            }
        }
        seen += c.seen;
    }
    assert!(wrong.is_empty(), "{} of {seen} answers:\n{}", wrong.len(), wrong[..wrong.len().min(25)].join("\n"));
    assert!(seen > 2000, "only {seen} answers");
}
