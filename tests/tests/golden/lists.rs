//! Parameter lists that go to the drive, against bytes other programs sent or standards lay out: encoded by the host's
//! half from the fields alone, and decoded by the device's half.

use webburn_mmc as mmc;
use webburn_mmc::mode_page::{DataBlockType, MultiSession, WriteParameters, WriteType};
use webburn_mmc::structure::LayerBoundary;
use webburn_scsi::spc::ModeParameterList;
use webburn_sector::{Lba, Msf, SectorCount};
use webburn_tests::vectors::{self, Vector};

fn digits<const N: usize>(text: &str) -> [u8; N] {
    text.as_bytes().try_into().expect("so many characters")
}

fn write_parameters(v: &Vector) -> Vec<u8> {
    let mut page = WriteParameters {
        buffer_underrun_free: v.flag("bufe"),
        test_write: v.flag("test_write"),
        write_type: WriteType(v.number("write_type") as u8),
        multi_session: MultiSession(v.number("multi_session") as u8),
        fixed_packet: v.flag("fixed_packet"),
        track_mode: v.number("track_mode") as u8,
        data_block_type: DataBlockType(v.number("data_block_type") as u8),
        packet_size: v.number("packet_size") as u32,
        audio_pause: v.number("pause") as u16,
        ..WriteParameters::default()
    };
    if let Some(size) = v.field("link_size").filter(|s| *s != "none") {
        page.link_size_valid = true;
        page.link_size = size.parse().expect("a link size");
    }
    page.set_catalog(v.field("mcn").map(digits));
    page.set_isrc(v.field("isrc").map(digits));
    let list = ModeParameterList::parse(&v.bytes).expect("a mode parameter list");
    assert_eq!(
        WriteParameters::parse(&list.pages).as_ref(),
        Ok(&page),
        "{}: the device side reads something else",
        v.name
    );
    ModeParameterList::of_page(&page.page()).encode()
}

fn streaming(v: &Vector) -> Vec<u8> {
    let n = |field: &str| v.number(field) as u32;
    let d = mmc::StreamingDescriptor {
        start: Lba(n("start") as i32),
        end: Lba(n("end") as i32),
        read_size: n("read"),
        read_time: 1000,
        write_size: n("write"),
        write_time: 1000,
        ..mmc::StreamingDescriptor::default()
    };
    assert_eq!(mmc::StreamingDescriptor::parse(&v.bytes), Ok(d), "{}", v.name);
    d.encode().to_vec()
}

fn format(v: &Vector) -> Vec<u8> {
    let descriptor = mmc::FormatDescriptor {
        blocks: SectorCount(v.number("blocks") as u32),
        format: mmc::FormatType(v.number("kind") as u8),
        subtype: v.number("subtype") as u8,
        parameter: v.number("parameter") as u32,
    };
    let mut parameters = mmc::FormatParameters::new(descriptor, v.flag("immed"));
    parameters.options_valid = v.bytes[1] & 0x80 != 0;
    assert_eq!(mmc::FormatParameters::parse(&v.bytes), Ok(parameters), "{}", v.name);
    parameters.list().to_vec()
}

/// `ctl 4 adr 1 track aa index 01 form 14 msf 0:10:0`
fn position(text: &str) -> mmc::CuePosition {
    let words: Vec<&str> = text.split_whitespace().collect();
    let hex = |i: usize| u8::from_str_radix(words[i], 16).expect("hex");
    let msf: Vec<u8> = words[11].split(':').map(|p| p.parse().expect("MSF")).collect();
    let start = Msf { minute: msf[0], second: msf[1], frame: msf[2] };
    mmc::CuePosition { control: hex(1), adr: hex(3), track: hex(5), index: hex(7), form: hex(9), scms: 0, start }
}

fn cue_sheet(v: &Vector) -> Vec<u8> {
    let read = mmc::CueSheet::parse(&v.bytes).expect("a cue sheet");
    assert_eq!(read.lines.len() as i64, v.number("entries"), "{}", v.name);
    let mut made = read.clone();
    if let Some(mcn) = v.field("mcn") {
        // Catalogue number and ISRC are made anew from their text; the lines must come out as recorded.
        made.lines.clear();
        made.push_catalog(0, digits(mcn));
        for line in &read.lines {
            match line {
                mmc::CueLine::Catalog { .. } | mmc::CueLine::Isrc { .. } => {}
                mmc::CueLine::Position(p) if p.index == 0 && v.field(&format!("isrc {}", p.track)).is_some() => {
                    made.push_isrc(0, p.track, digits(v.field(&format!("isrc {}", p.track)).expect("isrc")));
                    made.lines.push(*line);
                }
                other => made.lines.push(*other),
            }
        }
    }
    for (field, text) in v.fields.iter().filter(|(field, _)| field.starts_with("entry ")) {
        let index: usize = field[6..].parse().expect("an index");
        assert_eq!(read.lines[index], mmc::CueLine::Position(position(text)), "{}: {field}", v.name);
        made.lines[index] = mmc::CueLine::Position(position(text));
    }
    made.encode()
}

fn layer_boundary(v: &Vector) -> Vec<u8> {
    let boundary = LayerBoundary { layer0: SectorCount(v.number("blocks") as u32), ..LayerBoundary::default() };
    let list = mmc::SendDiscStructure::list(&boundary.encode());
    let read = mmc::SendDiscStructure { media: mmc::StructureMedia::DVD, format: 0x20, list: &v.bytes };
    assert_eq!(LayerBoundary::parse(read.structure().expect("whole")), Ok(boundary));
    list
}

#[test]
fn every_list_is_made_as_others_make_it() {
    for v in vectors::load("data-out.vec") {
        let bytes = match v.kind.as_str() {
            "mode page 05h (list)" => write_parameters(&v),
            "SET STREAMING descriptor" => streaming(&v),
            "FORMAT UNIT parameter list" => format(&v),
            "SEND CUE SHEET parameter list" => cue_sheet(&v),
            "SEND DISC STRUCTURE 20h" => layer_boundary(&v),
            other => panic!("{}: {other}?", v.name),
        };
        assert_eq!(vectors::to_hex(&bytes), vectors::to_hex(&v.bytes), "{}", v.name);
    }
}

#[test]
fn every_cut_list_is_read_or_refused_and_never_a_panic() {
    for v in vectors::load("data-out.vec") {
        for cut in 0..v.bytes.len() {
            let bytes = &v.bytes[..cut];
            let whole = match v.kind.as_str() {
                "mode page 05h (list)" => {
                    ModeParameterList::parse(bytes).is_ok_and(|l| WriteParameters::parse(&l.pages).is_ok()) && cut < 24
                }
                "SET STREAMING descriptor" => mmc::StreamingDescriptor::parse(bytes).is_ok(),
                "FORMAT UNIT parameter list" => mmc::FormatParameters::parse(bytes).is_ok(),
                "SEND CUE SHEET parameter list" => mmc::CueSheet::parse(bytes).is_ok() && cut % 8 != 0,
                _ => {
                    let s = mmc::SendDiscStructure { media: mmc::StructureMedia::DVD, format: 0x20, list: bytes };
                    s.structure().is_ok()
                }
            };
            assert!(!whole, "{} cut at {cut} was taken for whole", v.name);
        }
    }
}
