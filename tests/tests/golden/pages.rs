//! Mode pages, disc structures and the rarer answers, against bytes typed from their bit tables.

use std::fmt::Debug;

use webburn_mmc as mmc;
use webburn_mmc::mode_page as page;
use webburn_mmc::structure;
use webburn_scsi::spc::{InquiryVpd, VpdPage};
use webburn_scsi::{Cdb, Malformed};
use webburn_tests::vectors::{self, Vector};

/// What was read, printed; and the bytes the other side makes of it.
struct Read {
    text: String,
    bytes: Vec<u8>,
}

fn read<T: Debug>(value: &T, bytes: impl Into<Vec<u8>>) -> Read {
    Read { text: format!("{value:?}"), bytes: bytes.into() }
}

fn decode(kind: &str, b: &[u8]) -> Option<Result<Read, Malformed>> {
    Some(match kind {
        "mode page 05h" => page::WriteParameters::parse(b).map(|p| read(&p, p.page())),
        "mode page 08h" => page::Caching::parse(b).map(|p| read(&p, p.page())),
        "mode page 0Eh" => page::CdAudioControl::parse(b).map(|p| read(&p, p.page())),
        "mode page 1Ah" => page::PowerCondition::parse(b).map(|p| read(&p, p.page())),
        "mode page 1Ch" => page::InformationalExceptions::parse(b).map(|p| read(&p, p.page())),
        "mode page 1Dh" => page::TimeOutProtect::parse(b).map(|p| read(&p, p.page())),
        "structure 01h" => structure::Copyright::parse(b).map(|s| read(&s, s.encode())),
        "structure 20h" => structure::LayerBoundary::parse(b).map(|s| read(&s, s.encode())),
        "structure 21h" => structure::MiddleZoneStart::parse(b).map(|s| read(&s, s.encode())),
        "structure C0h" => structure::WriteProtection::parse(b).map(|s| read(&s, s.encode())),
        "structure 0Ah (BD)" => structure::BdSpareArea::parse(b).map(|s| read(&s, s.encode())),
        "structure FFh" => {
            let list = structure::StructureList::read(b);
            Ok(read(&list, list.encode()))
        }
        "structure 0Eh" => {
            let name = structure::pre_recorded_manufacturer(b);
            name.map(|n| read(&n, b)).ok_or(Malformed::new("READ DISC STRUCTURE", "no manufacturer", b.len()))
        }
        "VPD page" => VpdPage::parse(b).map(|p| read(&p, p.encode())),
        "READ SUB-CHANNEL reply, position" => mmc::CurrentPosition::parse(b, false).map(|r| read(&r, r.encode())),
        "READ SUB-CHANNEL reply, catalogue number" => mmc::Mcn::parse(b).map(|r| read(&r, r.encode())),
        "READ SUB-CHANNEL reply, ISRC" => mmc::Isrc::parse(b).map(|r| read(&r, r.encode())),
        "READ TOC/PMA/ATIP reply, CD-Text" => mmc::CdText::parse(b).map(|r| read(&r, r.encode())),
        "REPORT KEY reply, RPC state" => mmc::RpcState::parse(b).map(|r| read(&r, r.reply())),
        "REPORT KEY reply" => mmc::KeyReply::parse(b).map(|r| read(&r, r.encode())),
        "device busy event" => {
            let event = mmc::BusyEvent::read(b);
            Ok(read(&event, event.encode()))
        }
        _ => return None,
    })
}

fn says_all(v: &Vector, text: &str) {
    for (_, says) in v.fields.iter().filter(|(name, _)| name == "says") {
        assert!(text.contains(says.as_str()), "{}: {text} does not say {says}", v.name);
    }
}

#[test]
fn every_page_and_structure_reads_and_encodes_as_its_bit_table() {
    for v in vectors::load("pages.vec") {
        let decoded = decode(&v.kind, &v.bytes).unwrap_or_else(|| panic!("{}: no decoder: {}", v.name, v.kind));
        let decoded = decoded.unwrap_or_else(|e| panic!("{}: {e}", v.name));
        says_all(&v, &decoded.text);
        if v.field("encodes") != Some("no") {
            assert_eq!(vectors::to_hex(&decoded.bytes), vectors::to_hex(&v.bytes), "{}", v.name);
        }
        for cut in 0..v.bytes.len() {
            // Read or refused; what matters is that nothing is invented: no cut reads as more than it holds.
            if let Some(Err(e)) = decode(&v.kind, &v.bytes[..cut]) {
                assert_eq!(e.got, cut, "{}: {e}", v.name);
            }
        }
    }
}

/// Sub-formats that share an operation code with another command.
#[test]
fn the_rarer_commands_read_and_encode_as_their_bit_table() {
    macro_rules! rare {
        ($v:ident, $($kind:literal => $type:ty),* $(,)?) => {
            match $v.kind.as_str() {
                $( $kind => <$type>::from_cdb(&$v.bytes).map(|c| (format!("{c:?}"), c.to_cdb())), )*
                "SEND KEY" => {
                    let list = [0; 8];
                    mmc::SendKey::from_cdb(&$v.bytes, &list).map(|c| (format!("{c:?}"), c.to_cdb()))
                }
                _ => continue,
            }
        };
    }
    let mut seen = 0;
    for v in vectors::load("cdb.vec") {
        let read: Option<(String, Cdb)> = rare!(v,
            "INQUIRY (vital product data)" => InquiryVpd,
            "READ SUB-CHANNEL (position)" => mmc::ReadCurrentPosition,
            "READ SUB-CHANNEL (catalogue number)" => mmc::ReadMcn,
            "READ DISC INFORMATION (track resources)" => mmc::ReadTrackResources,
            "RESERVE TRACK (address)" => mmc::ReserveTrackUpTo,
            "READ TOC/PMA/ATIP (sessions)" => mmc::ReadSessionInfo,
            "READ TOC/PMA/ATIP (PMA)" => mmc::ReadPma,
            "READ TOC/PMA/ATIP (CD-Text)" => mmc::ReadCdText,
            "REPORT KEY (any)" => mmc::ReportKey,
        );
        let (text, cdb) = read.unwrap_or_else(|| panic!("{}: not taken for {}", v.name, v.kind));
        says_all(&v, &text);
        assert_eq!(vectors::to_hex(cdb.as_bytes()), vectors::to_hex(&v.bytes), "{}", v.name);
        seen += 1;
    }
    assert_eq!(seen, 10);
}
