//! Answers of drives, typed from the standards field by field, against the decoders; and back through the encoders that
//! the simulated drive answers with.

use webburn_mmc as mmc;
use webburn_mmc::mode_page::{Capabilities, ErrorRecovery};
use webburn_mmc::structure::{BdDiscInformation, DvdPhysical};
use webburn_scsi::Malformed;
use webburn_scsi::spc::{InquiryData, ModeReply};
use webburn_sector::Msf;
use webburn_tests::vectors::{self, Vector};

/// What a decoder found, in the words of the vectors, and the bytes its encoder makes of it.
struct Read {
    fields: Vec<(String, String)>,
    bytes: Vec<u8>,
}

macro_rules! read {
    ($bytes:expr; $($name:literal = $value:expr),* $(,)?) => {
        Read { fields: vec![$( ($name.to_owned(), $value.to_string()) ),*], bytes: $bytes.to_vec() }
    };
}

fn or_none<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(|| "none".to_owned(), |v| v.to_string())
}

fn msf(msf: Msf) -> String {
    format!("{}:{}:{}", msf.minute, msf.second, msf.frame)
}

fn address(address: mmc::Address) -> i32 {
    address.to_lba().expect("an address").0
}

fn decode(kind: &str, bytes: &[u8]) -> Option<Result<Read, Malformed>> {
    Some(match kind {
        "INQUIRY reply" => InquiryData::parse(bytes).map(|d| {
            read!(d.encode(); "type" = d.device_type, "removable" = d.removable, "vendor" = d.vendor,
                "product" = d.product, "revision" = d.revision)
        }),
        "READ CAPACITY(10) reply" => {
            mmc::Capacity::parse(bytes).map(|c| read!(c.encode(); "last_lba" = c.last, "block_length" = c.block_length))
        }
        "READ FORMAT CAPACITIES reply" => mmc::FormatCapacities::parse(bytes).map(format_capacities),
        "READ DISC INFORMATION reply" => mmc::DiscInformation::parse(bytes).map(disc_information),
        "READ DISC INFORMATION reply, POW resources" => mmc::PowResources::parse(bytes).map(
            |r| read!(r.reply(); "replacements" = r.replacements, "map_entries" = r.map_entries, "updates" = r.updates),
        ),
        "READ DISC INFORMATION reply, track resources" => mmc::TrackResources::parse(bytes).map(|r| {
            read!(r.reply(); "max" = r.max_tracks, "assigned" = r.assigned_tracks,
                "max_appendable" = r.max_appendable, "appendable" = r.appendable)
        }),
        "READ TRACK INFORMATION reply" => mmc::TrackInformation::parse(bytes).map(track_information),
        "READ TOC/PMA/ATIP reply, TOC" => mmc::Toc::parse(bytes, false).map(toc),
        "READ TOC/PMA/ATIP reply, sessions" => mmc::SessionInfo::parse(bytes, false).map(
            |s| read!(s.encode(); "first" = s.first, "last" = s.last, "track" = s.track, "start" = address(s.start)),
        ),
        "READ TOC/PMA/ATIP reply, full TOC" => mmc::FullToc::parse(bytes).map(full_toc),
        "READ TOC/PMA/ATIP reply, ATIP" => mmc::Atip::parse(bytes).map(|a| {
            read!(a.reply(); "erasable" = a.erasable, "subtype" = a.subtype, "lead_in" = msf(a.lead_in),
                "last_lead_out" = msf(a.last_possible_lead_out))
        }),
        "GET CONFIGURATION reply" => mmc::Configuration::parse(bytes).map(configuration),
        "GET EVENT STATUS NOTIFICATION reply" => mmc::EventStatus::parse(bytes).map(event),
        "MECHANISM STATUS reply" => mmc::Mechanism::parse(bytes).map(|m| read!(m.encode(); "door_open" = m.door_open)),
        "READ BUFFER CAPACITY reply" => {
            mmc::BufferCapacity::parse(bytes).map(|b| read!(b.reply(); "total" = b.total, "available" = b.blank))
        }
        "GET PERFORMANCE reply, write speeds" => mmc::WriteSpeeds::parse(bytes).map(write_speeds),
        "GET PERFORMANCE reply, performance" => mmc::Performance::parse(bytes).map(performance),
        "READ DISC STRUCTURE 00h, DVD" => mmc::DiscStructure::parse(bytes).and_then(|s| {
            let d = DvdPhysical::parse(&s.body).map_err(|e| Malformed { got: bytes.len(), ..e })?;
            Ok(read!(mmc::DiscStructure { body: d.encode().to_vec(), ..s }.encode(); "book_type" = d.book_type,
                "layers" = d.layers_less_one + 1, "data_start" = d.data_start, "data_end" = d.data_end))
        }),
        "READ DISC STRUCTURE 11h, DVD+" => mmc::DiscStructure::parse(bytes).and_then(|s| {
            let id = DvdPhysical::plus_media_id(&s.body).ok_or(Malformed::new("ADIP", "no id", bytes.len()))?;
            Ok(read!(s.encode(); "manufacturer" = id.manufacturer, "media_type" = id.media_type,
                "revision" = or_none(id.revision)))
        }),
        "READ DISC STRUCTURE 00h, BD" => mmc::DiscStructure::parse(bytes).and_then(|s| {
            let d = BdDiscInformation::parse(&s.body).map_err(|e| Malformed { got: bytes.len(), ..e })?;
            let id = d.media_id();
            Ok(read!(s.encode(); "kind" = String::from_utf8_lossy(&d.disc_type), "manufacturer" = id.manufacturer,
                "media_type" = id.media_type, "layers" = d.layer_count()))
        }),
        "mode page 2Ah" => ModeReply::parse(bytes).and_then(|reply| {
            let page = reply.page(0x2A).ok_or(Malformed::new("MODE SENSE(10)", "no page 2Ah", bytes.len()))?;
            let c = Capabilities::parse(page).map_err(|e| Malformed { got: bytes.len(), ..e })?;
            let f = c.fields;
            let speeds: Vec<String> = c.write_speeds.iter().map(|s| s.speed.to_string()).collect();
            Ok(read!(ModeReply::new(c.page()).encode(); "writes_cd_r" = f.write_cd_r, "writes_cd_rw" = f.write_cd_rw,
                "test_write" = f.test_write, "writes_dvd_r" = f.write_dvd_r, "writes_dvd_ram" = f.write_dvd_ram,
                "bufe" = f.buffer_underrun_free, "buffer_kib" = f.buffer_size, "max_read" = f.max_read_speed,
                "current_write" = f.write_speed, "write speeds" = speeds.join(" ")))
        }),
        "mode page 01h" => ModeReply::parse(bytes).and_then(|reply| {
            let page = reply.page(0x01).ok_or(Malformed::new("MODE SENSE(10)", "no page 01h", bytes.len()))?;
            let e = ErrorRecovery::parse(page).map_err(|e| Malformed { got: bytes.len(), ..e })?;
            Ok(read!(ModeReply::new(e.page().to_vec()).encode(); "awre" = e.reallocate_writes,
                "read_retries" = e.read_retries, "write_retries" = e.write_retries))
        }),
        _ => return None,
    })
}

fn format_capacities(c: mmc::FormatCapacities) -> Read {
    let kind = match c.current.kind {
        mmc::CapacityKind::UNFORMATTED => "unformatted",
        mmc::CapacityKind::FORMATTED => "formatted",
        _ => "unknown",
    };
    let mut read = read!(c.encode(); "current" = format!("{kind} {}", c.current.blocks),
        "formats" = c.formattable.len());
    for (i, f) in c.formattable.iter().enumerate() {
        let text = format!("{:02x}h {} {:06x}h", f.format.0, f.blocks, f.parameter);
        read.fields.push((format!("format {i}"), text));
    }
    read
}

fn disc_information(d: mmc::DiscInformation) -> Read {
    let disc = match d.status {
        mmc::DiscStatus::EMPTY => "blank",
        mmc::DiscStatus::INCOMPLETE => "appendable",
        mmc::DiscStatus::FINALIZED => "complete",
        _ => "other",
    };
    let session = match d.last_session {
        mmc::LastSessionState::EMPTY => "empty",
        mmc::LastSessionState::INCOMPLETE => "incomplete",
        mmc::LastSessionState::COMPLETE => "complete",
        _ => "damaged",
    };
    let [a, b, c, e] = d.last_possible_lead_out;
    read!(d.encode(); "disc" = disc, "last_session" = session, "erasable" = d.erasable,
        "first_track" = d.first_track, "sessions" = d.sessions,
        "first_track_last_session" = d.first_track_last_session,
        "last_track_last_session" = d.last_track_last_session, "unrestricted" = d.unrestricted,
        "dirty" = d.dirty, "background_format" = d.background_format.0,
        "last_lead_out" = format!("{a} {b} {c} {e}"), "opc_tables" = d.opc_tables.len())
}

fn track_information(t: mmc::TrackInformation) -> Read {
    read!(t.encode(); "track" = t.track, "session" = t.session, "track_mode" = t.track_mode,
        "damaged" = t.damaged, "reserved" = t.reserved, "blank" = t.blank, "packet_mode" = t.packet,
        "fixed_packet" = t.fixed_packet, "data_mode" = t.data_mode, "start" = t.start,
        "nwa" = or_none(t.next_writable), "free" = t.free_blocks, "packet" = t.packet_size, "size" = t.size,
        "last_recorded" = or_none(t.last_recorded))
}

fn toc(t: mmc::Toc) -> Read {
    let mut read = read!(t.encode(); "first" = t.first, "last" = t.last);
    for track in &t.tracks {
        let start = address(track.start);
        read.fields.push(match track.track {
            0xAA => ("lead-out".to_owned(), start.to_string()),
            number => (format!("track {number}"), format!("control {} start {start}", track.control)),
        });
    }
    read
}

fn full_toc(t: mmc::FullToc) -> Read {
    let mut read = read!(t.encode(); "sessions" = format!("{} to {}", t.first_session, t.last_session),
        "points" = t.entries.len());
    for (i, e) in t.entries.iter().enumerate() {
        let text = format!(
            "session {} adr {} control {} point {:02x} p {}",
            e.session,
            e.adr,
            e.control,
            e.point,
            msf(e.point_msf)
        );
        read.fields.push((format!("point {i}"), text));
    }
    read
}

fn configuration(c: mmc::Configuration) -> Read {
    let codes = |current: bool| -> String {
        let wanted = c.features.iter().filter(|f| f.current || !current);
        wanted.map(|f| format!("{:04x}", f.code().0)).collect::<Vec<_>>().join(" ")
    };
    let profiles = |current: bool| -> String {
        let wanted = c.profiles().iter().filter(|p| p.current || !current);
        wanted.map(|p| format!("{:04x}", p.profile.0)).collect::<Vec<_>>().join(" ")
    };
    let mut read = read!(c.encode(); "profile" = format!("{:04x}", c.profile.0), "features" = codes(false),
        "current" = codes(true), "profiles" = profiles(false), "current profiles" = profiles(true));
    for descriptor in &c.features {
        let mut put = |name: &str, value: String| read.fields.push((name.to_owned(), value));
        match &descriptor.feature {
            mmc::Feature::CdTrackAtOnce(f) => {
                put("2d test_write", f.test_write.to_string());
                put("2d bufe", f.buffer_underrun_free.to_string());
                put("2d rw_raw", f.rw_raw.to_string());
            }
            mmc::Feature::CdMastering(f) => {
                put("2e sao", f.session_at_once.to_string());
                put("2e raw", f.raw.to_string());
                put("2e max_cue_sheet", f.max_cue_sheet.to_string());
            }
            mmc::Feature::IncrementalStreaming(f) => {
                let sizes: Vec<String> = f.link_sizes.iter().map(ToString::to_string).collect();
                put("21 link_sizes", sizes.join(" "));
            }
            mmc::Feature::RandomReadable(f) => {
                put("10 block_size", f.block_size.to_string());
                put("10 blocking", f.blocking.to_string());
            }
            _ => {}
        }
    }
    read
}

fn event(e: mmc::EventStatus) -> Read {
    match e.media() {
        Some(m) => read!(e.encode(); "class" = e.class.0, "code" = m.code.0, "media_present" = m.present,
            "tray_open" = m.tray_open),
        None => read!(e.encode(); "class" = "none"),
    }
}

fn write_speeds(s: mmc::WriteSpeeds) -> Read {
    let mut read = read!(s.encode(); "descriptors" = s.descriptors.len());
    for (i, d) in s.descriptors.iter().enumerate() {
        let text = format!("wrc {} end {} read {} write {}", d.rotation.0, d.end, d.read_speed, d.write_speed);
        read.fields.push((format!("speed {i}"), text));
    }
    read
}

fn performance(p: mmc::Performance) -> Read {
    let mut read = read!(p.encode(); "descriptors" = p.descriptors.len(), "write" = p.write);
    for (i, d) in p.descriptors.iter().enumerate() {
        let text = format!("{} {} {} {}", d.start, d.start_performance, d.end, d.end_performance);
        read.fields.push((format!("range {i}"), text));
    }
    read
}

fn decoded(v: &Vector) -> Read {
    let read = decode(&v.kind, &v.bytes).unwrap_or_else(|| panic!("{}: no decoder is called {}", v.name, v.kind));
    read.unwrap_or_else(|e| panic!("{}: {e}", v.name))
}

#[test]
fn every_answer_says_what_the_standard_says_it_says() {
    let mut wrong = Vec::new();
    for v in vectors::load("replies.vec") {
        let read = decoded(&v);
        for (field, value) in v.fields.iter().filter(|(field, _)| field != "encodes") {
            match read.fields.iter().find(|(name, _)| name == field) {
                Some((_, got)) if got == value => {}
                Some((_, got)) => wrong.push(format!("{}: {field} is {got}, not {value}", v.name)),
                None => wrong.push(format!("{}: nothing is called {field}", v.name)),
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The encoder is what the simulated drive answers with: its bytes are those of the standard, not only its own reading.
#[test]
fn every_answer_encodes_to_the_bytes_of_the_standard() {
    let mut wrong = Vec::new();
    for v in vectors::load("replies.vec") {
        if v.field("encodes") == Some("no") {
            continue;
        }
        let read = decoded(&v);
        if read.bytes != v.bytes {
            let place = read.bytes.iter().zip(&v.bytes).position(|(a, b)| a != b).unwrap_or(read.bytes.len());
            wrong.push(format!(
                "{}: from byte {place} on (of {} and {}): {}",
                v.name,
                read.bytes.len(),
                v.bytes.len(),
                vectors::to_hex(&read.bytes[..read.bytes.len().min(64)])
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_cut_is_read_or_refused_and_never_a_panic() {
    for v in vectors::load("replies.vec") {
        let mut refused = 0;
        for cut in 0..v.bytes.len() {
            match decode(&v.kind, &v.bytes[..cut]) {
                Some(Ok(_)) => {}
                Some(Err(e)) => {
                    assert_eq!(e.got, cut, "{}: {e}", v.name);
                    refused += 1;
                }
                None => unreachable!("the other tests know every kind"),
            }
        }
        assert!(refused >= 4, "{}: an answer of 3 bytes was believed", v.name);
    }
}
