//! Sense data against bytes typed from SPC-4 and recorded from drives.

use webburn_scsi::{Asc, Progress, Sense, SenseKey, asc_name};
use webburn_tests::{recorded, vectors};

fn triple(sense: &Sense) -> String {
    let (key, asc, ascq) = sense.triple();
    format!("{key:X}/{asc:02X}/{ascq:02X}")
}

#[test]
fn every_vector_says_what_it_should() {
    for v in vectors::load("sense.vec") {
        let sense = Sense::from_bytes(&v.bytes);
        assert_eq!(sense.as_bytes(), v.bytes, "{}: not kept as it came", v.name);
        for (field, value) in &v.fields {
            let got = match field.as_str() {
                "triple" => triple(&sense),
                "deferred" => sense.is_deferred().to_string(),
                "information" => sense.information().map_or("none".to_owned(), |i| i.to_string()),
                "progress" => sense.progress().map_or("none".to_owned(), |p| p.0.to_string()),
                "empty" => sense.is_empty().to_string(),
                "text" => asc_name(sense.code()).unwrap_or("none").to_owned(),
                other => panic!("{}: {other}?", v.name),
            };
            assert_eq!(&got, value, "{}: {field}", v.name);
        }
        for cut in 0..v.bytes.len() {
            let short = Sense::from_bytes(&v.bytes[..cut]);
            let _ = (short.triple(), short.information(), short.progress(), short.eighteen(), short.to_string());
        }
    }
}

#[test]
fn the_simulators_maker_of_sense_makes_the_bytes_of_the_standard() {
    let plain = Sense::fixed(SenseKey::IllegalRequest, 0x24, 0x00);
    assert_eq!(plain.as_bytes(), vectors::hex("70 00 05 00 00 00 00 0a 00 00 00 00 24 00 00 00 00 00"));
    let progress = Sense::fixed(SenseKey::NotReady, 0x04, 0x04).with_progress(Progress(0x8080));
    assert_eq!(progress.as_bytes(), vectors::hex("70 00 02 00 00 00 00 0a 00 00 00 00 04 04 00 80 80 80"));
    let address = Sense::fixed(SenseKey::MediumError, 0x0C, 0x00).with_information(123_456).deferred();
    assert_eq!(address.as_bytes(), vectors::hex("f1 00 03 00 01 e2 40 0a 00 00 00 00 0c 00 00 00 00 00"));
}

#[test]
fn every_recorded_refusal_reads_as_its_file_says() {
    let mut seen = 0;
    for name in recorded::names("devices") {
        for e in recorded::device(&name).iter().filter(|e| e.status == 2) {
            let sense = Sense::from_bytes(&e.sense);
            assert_ne!(sense.key(), SenseKey::NoSense, "{name}: {}", e.name);
            assert!(asc_name(sense.code()).is_some(), "{name}: {} has no name", triple(&sense));
            seen += 1;
        }
    }
    for name in recorded::names("hosts") {
        for line in recorded::host(&name).iter().filter(|l| l.result.starts_with("check ")) {
            let (said, bytes) = line.result[6..].split_once(" [").expect("sense bytes");
            let sense = Sense::from_bytes(&vectors::hex(bytes.trim_end_matches(']')));
            assert_eq!(triple(&sense), said.to_uppercase(), "{name} line {}", line.number);
            seen += 1;
        }
    }
    assert!(seen > 300, "only {seen}");
}

/// The names of every code that the burning recipes meet (T10's list of additional sense codes).
#[test]
fn codes_have_the_names_of_t10() {
    let names = [
        (0x00, 0x16, "OPERATION IN PROGRESS"),
        (0x04, 0x00, "LOGICAL UNIT NOT READY, CAUSE NOT REPORTABLE"),
        (0x04, 0x01, "LOGICAL UNIT IS IN PROCESS OF BECOMING READY"),
        (0x04, 0x02, "LOGICAL UNIT NOT READY, INITIALIZING COMMAND REQUIRED"),
        (0x04, 0x03, "LOGICAL UNIT NOT READY, MANUAL INTERVENTION REQUIRED"),
        (0x04, 0x04, "LOGICAL UNIT NOT READY, FORMAT IN PROGRESS"),
        (0x04, 0x07, "LOGICAL UNIT NOT READY, OPERATION IN PROGRESS"),
        (0x04, 0x08, "LOGICAL UNIT NOT READY, LONG WRITE IN PROGRESS"),
        (0x06, 0x00, "NO REFERENCE POSITION FOUND"),
        (0x0C, 0x00, "WRITE ERROR"),
        (0x0C, 0x07, "WRITE ERROR - RECOVERY NEEDED"),
        (0x0C, 0x09, "WRITE ERROR - LOSS OF STREAMING"),
        (0x11, 0x05, "L-EC UNCORRECTABLE ERROR"),
        (0x20, 0x00, "INVALID COMMAND OPERATION CODE"),
        (0x21, 0x00, "LOGICAL BLOCK ADDRESS OUT OF RANGE"),
        (0x21, 0x02, "INVALID ADDRESS FOR WRITE"),
        (0x24, 0x00, "INVALID FIELD IN CDB"),
        (0x26, 0x00, "INVALID FIELD IN PARAMETER LIST"),
        (0x27, 0x00, "WRITE PROTECTED"),
        (0x28, 0x00, "NOT READY TO READY CHANGE, MEDIUM MAY HAVE CHANGED"),
        (0x29, 0x00, "POWER ON, RESET, OR BUS DEVICE RESET OCCURRED"),
        (0x2A, 0x01, "MODE PARAMETERS CHANGED"),
        (0x2C, 0x00, "COMMAND SEQUENCE ERROR"),
        (0x30, 0x00, "INCOMPATIBLE MEDIUM INSTALLED"),
        (0x31, 0x00, "MEDIUM FORMAT CORRUPTED"),
        (0x3A, 0x00, "MEDIUM NOT PRESENT"),
        (0x3A, 0x01, "MEDIUM NOT PRESENT - TRAY CLOSED"),
        (0x3A, 0x02, "MEDIUM NOT PRESENT - TRAY OPEN"),
        (0x53, 0x02, "MEDIUM REMOVAL PREVENTED"),
        (0x63, 0x00, "END OF USER AREA ENCOUNTERED ON THIS TRACK"),
        (0x64, 0x00, "ILLEGAL MODE FOR THIS TRACK"),
        (0x72, 0x03, "SESSION FIXATION ERROR - INCOMPLETE TRACK IN SESSION"),
        (0x73, 0x03, "POWER CALIBRATION AREA ERROR"),
    ];
    let mut missing = Vec::new();
    for (asc, ascq, name) in names {
        if asc_name(Asc(asc, ascq)) != Some(name) {
            missing.push(format!("{asc:02X}/{ascq:02X} {name}: {:?}", asc_name(Asc(asc, ascq))));
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}
