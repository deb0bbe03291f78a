//! Every command descriptor block against bytes typed from the standards or sent by other programs, in both directions:
//! what the host makes and what the simulated drive reads out of them.

use std::fmt::Debug;

use webburn_mmc as mmc;
use webburn_scsi::spc::{
    Inquiry, ModeSelect10, ModeSense10, PageControl, PreventAllowMediumRemoval, RequestSense, TestUnitReady,
};
use webburn_sector::{Lba, Msf, SectorCount};
use webburn_tests::vectors::{self, Vector};

/// The device's half reads what the host's half meant; every cut of the block is no block. Gives the host's bytes.
macro_rules! both {
    ($v:ident, $type:ty, $command:expr) => {{
        let command: $type = $command;
        agree(&$v, &command, <$type>::from_cdb);
        command.to_cdb()
    }};
}

/// The same for commands whose data goes to the drive: the list is as long as the block says.
macro_rules! sends {
    ($v:ident, $($type:ident)::+ { $($field:ident : $value:expr),* $(,)? } $data:ident of $length:expr) => {{
        let more = vec![0x5A; 70_000];
        let command = $($type)::+ { $($field: $value,)* $data: &more[..$length as usize] };
        agree(&$v, &command, |cdb| $($type)::+::from_cdb(cdb, &more[..$length as usize]));
        command.to_cdb()
    }};
}

fn agree<C: PartialEq + Debug>(v: &Vector, command: &C, read: impl Fn(&[u8]) -> Option<C>) {
    assert_eq!(read(&v.bytes).as_ref(), Some(command), "{}: the device side reads something else", v.name);
    for cut in 0..v.bytes.len() {
        assert!(read(&v.bytes[..cut]).is_none(), "{} cut at {cut} was taken for whole", v.name);
    }
    let mut other = v.bytes.clone();
    other[0] ^= 0xFF;
    assert!(read(&other).is_none(), "{}: another command was taken for it", v.name);
}

fn msf(text: &str) -> Msf {
    let part: Vec<u8> = text.split(':').map(|p| p.parse().expect("MSF")).collect();
    Msf { minute: part[0], second: part[1], frame: part[2] }
}

#[expect(clippy::too_many_lines, reason = "a table: one line or two for each command")]
fn encoded(v: &Vector) -> webburn_scsi::Cdb {
    let v = v.clone();
    let n = |field: &str| v.number(field);
    let lba = Lba(n("lba") as i32);
    let blocks = SectorCount(n("blocks") as u32);
    let allocation_length = n("allocation") as u16;
    let (immediate, track) = (v.flag("immed"), n("track") as u8);
    match v.kind.as_str() {
        "TEST UNIT READY" => both!(v, TestUnitReady, TestUnitReady {}),
        "REQUEST SENSE" => {
            both!(v, RequestSense, RequestSense { descriptor: false, allocation_length: n("allocation") as u8 })
        }
        "INQUIRY" => both!(v, Inquiry, Inquiry { allocation_length }),
        "FORMAT UNIT" => {
            let list = [0; 12];
            mmc::FormatUnit::new(&list).to_cdb()
        }
        "START STOP UNIT" => both!(v, mmc::StartStopUnit, {
            let base = match (v.flag("load_eject"), v.flag("start")) {
                (false, false) => mmc::StartStopUnit::STOP,
                (false, true) => mmc::StartStopUnit::START,
                (true, false) => mmc::StartStopUnit::EJECT,
                (true, true) => mmc::StartStopUnit::LOAD,
            };
            if immediate { base.immediate() } else { base }
        }),
        "PREVENT ALLOW MEDIUM REMOVAL" => {
            let prevent = v.flag("prevent");
            both!(v, PreventAllowMediumRemoval, PreventAllowMediumRemoval { persistent: false, prevent })
        }
        "READ FORMAT CAPACITIES" => {
            both!(v, mmc::ReadFormatCapacities, mmc::ReadFormatCapacities { allocation_length })
        }
        "READ CAPACITY(10)" => both!(v, mmc::ReadCapacity, mmc::ReadCapacity {}),
        "READ(10)" => both!(v, mmc::Read10, mmc::Read10 { force_unit_access: false, lba, blocks }),
        "READ(12)" => {
            let streaming = v.flag("streaming");
            both!(v, mmc::Read12, mmc::Read12 { force_unit_access: false, lba, blocks, streaming })
        }
        "WRITE(10)" => {
            sends!(v, mmc::Write10 { force_unit_access: false, lba: lba, blocks: blocks } data of blocks.0 * 2048)
        }
        "WRITE(12)" => sends!(v, mmc::Write12 {
            force_unit_access: false, lba: lba, blocks: blocks, streaming: v.flag("streaming"),
        } data of blocks.0 * 2048),
        "SEEK(10)" => both!(v, mmc::Seek10, mmc::Seek10 { lba }),
        "WRITE AND VERIFY(10)" => {
            sends!(v, mmc::WriteAndVerify10 { lba: lba, blocks: blocks } data of blocks.0 * 2048)
        }
        "VERIFY(10)" => both!(v, mmc::Verify10, mmc::Verify10 { byte_check: false, lba, blocks }),
        "SYNCHRONIZE CACHE(10)" => both!(v, mmc::SynchronizeCache, mmc::SynchronizeCache::all(immediate)),
        "READ SUB-CHANNEL" => {
            assert_eq!(n("format"), 3);
            both!(v, mmc::ReadIsrc, mmc::ReadIsrc { sub_q: true, track, allocation_length })
        }
        "READ TOC/PMA/ATIP" => match (n("format"), v.flag("msf")) {
            (0, msf) => both!(v, mmc::ReadToc, mmc::ReadToc { msf, first_track: track, allocation_length }),
            (2, msf) => {
                both!(v, mmc::ReadFullToc, mmc::ReadFullToc { msf, first_session: track, allocation_length })
            }
            (4, msf) => both!(v, mmc::ReadAtip, mmc::ReadAtip { msf, allocation_length }),
            other => panic!("{other:?}"),
        },
        "GET CONFIGURATION" => both!(v, mmc::GetConfiguration, {
            let start = mmc::FeatureCode(n("start") as u16);
            mmc::GetConfiguration { request: mmc::RequestType(n("rt") as u8), start, allocation_length }
        }),
        "GET EVENT STATUS NOTIFICATION" => both!(v, mmc::GetEventStatusNotification, {
            mmc::GetEventStatusNotification { polled: true, classes: n("classes") as u8, allocation_length }
        }),
        "READ DISC INFORMATION" => match n("data_type") {
            0 => both!(v, mmc::ReadDiscInformation, mmc::ReadDiscInformation { allocation_length }),
            1 => both!(v, mmc::ReadTrackResources, mmc::ReadTrackResources { allocation_length }),
            _ => both!(v, mmc::ReadPowResources, mmc::ReadPowResources { allocation_length }),
        },
        "READ TRACK INFORMATION" => both!(v, mmc::ReadTrackInformation, {
            mmc::ReadTrackInformation {
                open: false,
                address_type: mmc::TrackAddressType(n("address_type") as u8),
                number: n("number") as u32,
                allocation_length,
            }
        }),
        "RESERVE TRACK" => both!(v, mmc::ReserveTrack, mmc::ReserveTrack { rmz: false, blocks }),
        "SEND OPC INFORMATION" => sends!(v, mmc::SendOpcInformation { do_opc: v.flag("do_opc") } list of 0),
        "MODE SELECT(10)" => {
            sends!(v, ModeSelect10 { page_format: true, save_pages: false } list of n("length"))
        }
        "MODE SENSE(10)" => both!(v, ModeSense10, {
            ModeSense10::page(n("page") as u8, PageControl(n("control") as u8), allocation_length)
        }),
        "CLOSE TRACK/SESSION" => both!(v, mmc::CloseTrackSession, {
            let function = mmc::CloseFunction(n("function") as u8);
            mmc::CloseTrackSession { immediate, function, number: n("number") as u16 }
        }),
        "READ BUFFER CAPACITY" => both!(v, mmc::ReadBufferCapacity, mmc::ReadBufferCapacity::BYTES),
        "SEND CUE SHEET" => sends!(v, mmc::SendCueSheet {} list of n("length")),
        "BLANK" => both!(v, mmc::Blank, {
            let blank_type = mmc::BlankType(n("kind") as u8);
            mmc::Blank { immediate, blank_type, start: n("start") as u32 }
        }),
        "REPORT KEY" => both!(v, mmc::ReportRpcState, mmc::ReportRpcState { allocation_length }),
        "LOAD/UNLOAD MEDIUM" => both!(v, mmc::LoadUnloadMedium, {
            let (load_unload, start, slot) = (v.flag("load"), v.flag("start"), n("slot") as u8);
            mmc::LoadUnloadMedium { immediate, load_unload, start, slot }
        }),
        "GET PERFORMANCE" => match n("kind") {
            3 => {
                both!(v, mmc::GetWriteSpeeds, { mmc::GetWriteSpeeds { max_descriptors: n("max_descriptors") as u16 } })
            }
            _ => both!(v, mmc::GetPerformance, {
                mmc::GetPerformance {
                    tolerance: 2,
                    write: v.flag("write"),
                    except: 0,
                    start: lba,
                    max_descriptors: n("max_descriptors") as u16,
                }
            }),
        },
        "READ DISC STRUCTURE" => both!(v, mmc::ReadDiscStructure, {
            mmc::ReadDiscStructure {
                media: mmc::StructureMedia(n("media") as u8),
                address: 0,
                layer: n("layer") as u8,
                format: n("format") as u8,
                allocation_length,
                agid: 0,
            }
        }),
        "SET STREAMING" => sends!(v, mmc::SetStreaming { data_type: 0 } list of n("length")),
        "READ CD MSF" => both!(v, mmc::ReadCdMsf, {
            mmc::ReadCdMsf {
                expected: mmc::ExpectedSector::CD_DA,
                conceal: false,
                start: msf(v.field("start").expect("start")),
                end: msf(v.field("end").expect("end")),
                main: mmc::MainChannel::ALL,
                sub: mmc::SubChannel::NONE,
            }
        }),
        "SET CD SPEED" => both!(v, mmc::SetCdSpeed, {
            let rotation = mmc::RotationalControl(n("rotation") as u8);
            mmc::SetCdSpeed { rotation, read: n("read") as u16, write: n("write") as u16 }
        }),
        "MECHANISM STATUS" => both!(v, mmc::MechanismStatus, mmc::MechanismStatus { allocation_length }),
        "READ CD" => both!(v, mmc::ReadCd, {
            let main = if n("channels") == 0xF8 { mmc::MainChannel::ALL } else { mmc::MainChannel::USER };
            let sub = mmc::SubChannel(n("sub") as u8);
            mmc::ReadCd { expected: mmc::ExpectedSector::ANY, conceal: false, lba, blocks, main, sub }
        }),
        "SEND DISC STRUCTURE" => sends!(v, mmc::SendDiscStructure {
            media: mmc::StructureMedia(n("media") as u8), format: n("format") as u8,
        } list of n("length")),
        other => panic!("{}: no command of this library is called {other}", v.name),
    }
}

#[test]
fn every_block_is_the_standards_both_ways() {
    // Those with `says` are the rarer sub-formats, see `pages`.
    for v in vectors::load("cdb.vec").into_iter().filter(|v| v.field("says").is_none()) {
        let cdb = encoded(&v);
        assert_eq!(vectors::to_hex(cdb.as_bytes()), vectors::to_hex(&v.bytes), "{}", v.name);
    }
}

#[test]
fn every_block_is_described_by_its_name() {
    for v in vectors::load("cdb.vec") {
        let line = mmc::describe(&v.bytes, &[]);
        let name = v.kind.split(['(', '/']).next().unwrap_or("").trim_end();
        assert!(line.starts_with(name), "{}: described as {line}", v.name);
    }
}

/// Other programs' commands, all of them: described, never taken for something else, and never a panic.
#[test]
fn every_recorded_command_has_a_name() {
    let mut seen = 0;
    for name in webburn_tests::recorded::names("hosts") {
        for line in webburn_tests::recorded::host(&name) {
            let said = mmc::describe(&line.cdb, &line.data);
            let wanted = line.command.split([' ', '(']).next().unwrap_or("");
            assert!(said.starts_with(wanted), "{name} line {}: {} described as {said}", line.number, line.command);
            seen += 1;
        }
    }
    assert!(seen > 1000);
}
