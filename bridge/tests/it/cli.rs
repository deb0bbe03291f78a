//! The program from outside: burns, reads, tells, and refuses with a sentence and the right exit code.

use std::fs;
use std::process::{Command, Output};

use sha2::{Digest, Sha256};

use crate::program::{Place, lines, text, webburn};

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn an_image_burnt_on_each_kind_is_read_back_by_another_run() {
    let place = Place::new("burn");
    let image = place.image("image.iso", 2048 * 777);
    let bytes = fs::read(&image).unwrap();
    for (medium, status) in
        [("cd-r", "appendable"), ("dvd+r", "appendable"), ("dvd+rw", "overwritable"), ("bd-r", "appendable")]
    {
        let disc = place.path(&format!("{medium}.wbd"));
        let drive = format!("sim:{medium}:{}", text(&disc));
        let burnt = webburn(&["burn", &drive, text(&image)]);
        assert_eq!(burnt.code, 0, "{medium}: {}{}", burnt.out, burnt.err);
        assert!(burnt.out.contains("Everything was read back and is what was sent."), "{medium}: {}", burnt.out);
        assert!(burnt.out.contains(&sha256(&bytes)), "{medium}: {}", burnt.out);

        let info = webburn(&["info", &drive, "--json"]);
        let state = lines(&info).pop().unwrap();
        assert_eq!((info.code, state["status"].as_str()), (0, Some(status)), "{medium}: {}", info.out);

        let out = place.path("out.iso");
        let read = webburn(&["read", &drive, text(&out), "--sectors", "777"]);
        assert_eq!(read.code, 0, "{medium}: {}", read.err);
        assert_eq!(sha256(&fs::read(&out).unwrap()), sha256(&bytes), "{medium}");
        assert!(!place.path("out.iso.part").exists());
    }
}

#[test]
fn programs_are_told_in_json_and_nothing_else() {
    let place = Place::new("json");
    let image = place.image("image.iso", 2048 * 64);
    let drive = format!("sim:dvd+r:{}", text(&place.path("disc.wbd")));
    let ran = webburn(&["burn", &drive, text(&image), "--json", "--close"]);
    let told = lines(&ran);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(told[0]["type"], "plan");
    assert_eq!(told[0]["closes"], true);
    let phases: Vec<_> = told.iter().filter(|value| value["type"] == "phase").map(|v| v["phase"].clone()).collect();
    for phase in ["prepare", "write", "close", "verify"] {
        assert!(phases.contains(&phase.into()), "{phase} is missing in {phases:?}");
    }
    let result = told.last().unwrap();
    assert_eq!((&result["type"], &result["outcome"]), (&"result".into(), &"verified".into()));
    assert_eq!((result["sectors"].as_u64(), result["closed"].as_bool()), (Some(64), Some(true)));
    assert_eq!(result["sha256"], sha256(&fs::read(&image).unwrap()));
    assert_eq!(result["sha256"], result["sha256ReadBack"]);
    assert_eq!(result["medium"]["status"], "complete");

    // The disc is closed now: refused, as JSON and with its own exit code.
    let again = webburn(&["burn", &drive, text(&image), "--json"]);
    let failure = lines(&again).pop().unwrap();
    assert_eq!((again.code, failure["type"].as_str()), (2, Some("failure")), "{}", again.out);
    assert_eq!(failure["refusedBeforeWriting"], true);
    assert_ne!(failure["hresult"], 0);
}

#[test]
fn without_verification_it_says_so() {
    let place = Place::new("no-verify");
    let image = place.image("image.iso", 2048 * 32);
    let ran = webburn(&["burn", "sim:bd-re", text(&image), "--no-verify", "--speed", "2"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("it was not read back"), "{}", ran.out);
}

#[test]
fn a_disc_that_holds_data_is_overwritten_only_when_asked_to() {
    let place = Place::new("overwrite");
    let drive = format!("sim:dvd+rw:{}", text(&place.path("disc.wbd")));
    let first = place.image("first.iso", 2048 * 48);
    assert_eq!(webburn(&["burn", &drive, text(&first)]).code, 0);
    let refused = webburn(&["burn", &drive, text(&first)]);
    assert_eq!(refused.code, 2, "{}", refused.out);
    assert!(refused.err.contains("--overwrite"), "{}", refused.err);
    assert_eq!(webburn(&["burn", &drive, text(&first), "--overwrite"]).code, 0);
}

#[test]
fn a_second_session_goes_behind_the_first() {
    let place = Place::new("append");
    let drive = format!("sim:dvd+r:{}", text(&place.path("disc.wbd")));
    let image = place.image("image.iso", 2048 * 160);
    for session in 1..=2 {
        let ran = webburn(&["burn", &drive, text(&image), "--json"]);
        assert_eq!(ran.code, 0, "session {session}: {}", ran.err);
        let result = lines(&ran).pop().unwrap();
        assert_eq!(result["startAddress"] == 0, session == 1, "{result}");
    }
}

/// Arguments, and what the sentence must hold. Everything here exits with 2 and leaves a blank disc blank.
#[test]
fn bad_input_gets_its_sentence_and_costs_nothing() {
    let place = Place::new("bad");
    let good = place.image("good.iso", 2048 * 16);
    let odd = place.image("odd.iso", 5000);
    let empty = place.image("empty.iso", 0);
    let text_file = place.path("text.wbd");
    fs::write(&text_file, "a diary").unwrap();
    let other = place.path("other.wbd");
    assert_eq!(webburn(&["info", &format!("sim:dvd+rw:{}", text(&other))]).code, 0);
    // Larger than a CD, and takes no room: a hole.
    let large = place.path("large.iso");
    fs::File::create(&large).unwrap().set_len(800 << 20).unwrap();
    let (disc, out) = (place.path("blank.wbd"), place.path("out"));
    let blank = format!("sim:cd-r:{}", text(&disc));
    let text_disc = format!("sim:cd-r:{}", text(&text_file));
    let other_disc = format!("sim:cd-r:{}", text(&other));

    let rows: Vec<(Vec<&str>, &str)> = vec![
        (vec!["burn", &blank, text(&odd)], "5000 bytes are 2 sectors of 2048 bytes and 904 bytes more"),
        (vec!["burn", &blank, text(&empty)], "The image is empty"),
        (vec!["burn", &blank, text(&large)], "does not fit: it needs 838.9 MB, the disc has"),
        (vec!["burn", &blank, "/nowhere/image.iso"], "There is no image /nowhere/image.iso"),
        (vec!["burn", &blank, text(&place.0)], "is not a file"),
        (vec!["burn", "sim:none", text(&good)], "There is no disc in the drive"),
        (vec!["burn", "sim:dvd-rom:recorded", text(&good)], "can only be read"),
        (vec!["burn", "sim:dvd+r:recorded", text(&good)], "This disc is closed"),
        (vec!["burn", "sim:floppy", text(&good)], "There is no simulated medium \"floppy\". Known are: none, cd-r"),
        (vec!["burn", "cd-r", text(&good)], "\"cd-r\" is no drive"),
        (vec!["burn", "/dev/sr-none", text(&good)], "There is no drive /dev/sr-none"),
        (vec!["burn", "/dev/null", text(&good)], "/dev/null is not an optical drive. It was not touched"),
        (vec!["burn", text(&good), text(&good)], "is not an optical drive"),
        (vec!["info", &text_disc], "is no disc of a simulated drive"),
        (vec!["info", &other_disc], "holds a DVD+RW"),
        (vec!["info", "sim:cd-r", "--sim-pace", "fast"], "\"fast\" is no pace"),
        (vec!["info", "sim:cd-r", "--sim-drive", "toaster"], "There is no simulated drive \"toaster\""),
        (vec!["read", "sim:none", text(&out)], "There is no disc in the drive"),
        (vec!["read", "sim:cd-r:recorded", "/nowhere/out.iso"], "/nowhere/out.iso cannot be written"),
        (vec!["serve", "--simulate", "floppy"], "There is no simulated medium \"floppy\""),
        (
            vec!["burn", "--sim-drive", "reader", "sim:cd-r:appendable", text(&good)],
            "reads discs and does not write them",
        ),
    ];
    for (args, sentence) in rows {
        let ran = webburn(&args);
        assert_eq!(ran.code, 2, "{args:?}: {}{}", ran.out, ran.err);
        assert!(ran.err.contains(sentence), "{args:?} said: {}", ran.err);
        assert!(!ran.err.contains("panicked"), "{args:?}: {}", ran.err);
    }
    assert_eq!(fs::read(&text_file).unwrap(), b"a diary");
    let state = lines(&webburn(&["info", &blank, "--json"])).pop().unwrap();
    assert_eq!((&state["status"], &state["nextWritableAddress"]), (&"blank".into(), &0.into()));
    // What the parser itself refuses.
    for args in
        [&["burn", "sim:cd-r"][..], &["burn", "sim:cd-r", "x", "--speed", "fast"], &["fly"], &["--port", "70000"]]
    {
        assert_eq!(webburn(args).code, 2, "{args:?}");
    }
}

#[test]
#[cfg(unix)]
fn an_image_that_may_not_be_read_and_a_disc_in_use() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new("denied");
    let image = place.image("image.iso", 2048 * 16);
    fs::set_permissions(&image, fs::Permissions::from_mode(0o000)).unwrap();
    let ran = webburn(&["burn", "sim:cd-r", text(&image)]);
    // The superuser may read everything.
    if fs::read(&image).is_err() {
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains("cannot be read"), "{}", ran.err);
    }
    let disc = place.path("disc.wbd");
    let held = fs::File::create(&disc).unwrap();
    held.try_lock().unwrap();
    let ran = webburn(&["info", &format!("sim:cd-r:{}", text(&disc))]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("is used by another webburn"), "{}", ran.err);
}

#[test]
fn a_taken_port_is_an_error_when_it_was_asked_for() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ran = webburn(&["serve", "--port", &port]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(ran.err.contains(&format!("Port {port} is taken by another program")), "{}", ran.err);
}

#[test]
fn drives_are_listed_or_their_absence_told() {
    let ran = webburn(&["drives"]);
    assert_eq!(ran.code, 0);
    assert!(!ran.out.trim().is_empty());
    for value in lines(&webburn(&["drives", "--json"])) {
        assert!(value["drive"].as_str().unwrap().starts_with("/dev/sr"));
    }
}

#[test]
fn info_names_every_field_of_the_state_query() {
    let ran = webburn(&["info", "sim:bd-r"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for part in
        ["BD-R", "The disc is blank.", "CurrentMediaStatus", "NextWritableAddress", "WriteUnitSize", "Write speeds:"]
    {
        assert!(ran.out.contains(part), "{part} is missing in {}", ran.out);
    }
    assert!(webburn(&["info", "sim:none"]).out.contains("There is no disc in the drive."));
}

#[test]
fn a_disc_survives_a_program_that_is_killed_while_it_writes() {
    use std::io::{BufRead, BufReader};
    let place = Place::new("killed");
    let image = place.image("image.iso", 2048 * 20_000);
    let drive = format!("sim:dvd+r:{}", text(&place.path("disc.wbd")));
    let mut child = Command::new(env!("CARGO_BIN_EXE_webburn"))
        .args(["burn", &drive, text(&image), "--sim-pace", "10"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(out.any(|line| line.starts_with("Writing: ")), "it never began to write");
    child.kill().unwrap();
    child.wait().unwrap();
    let info = webburn(&["info", &drive, "--json"]);
    let state = lines(&info).pop().unwrap();
    assert_eq!((info.code, state["typeName"].as_str()), (0, Some("DVD+R")), "{}", info.out);
}

#[test]
fn an_image_that_changes_while_it_is_burnt_is_told_and_the_disc_with_it() {
    use std::io::{BufRead, BufReader};
    let place = Place::new("grows");
    let image = place.path("image.iso");
    // How the image is changed, and what is said.
    type Change = fn(&fs::File);
    let ways: [(Change, &str); 2] = [
        (|file| file.set_len((300 << 20) + 2048).unwrap(), "The image became longer while it was used."),
        (|file| file.set_len(2048).unwrap(), "The image became shorter while it was used."),
    ];
    for (change, sentence) in ways {
        let file = fs::File::create(&image).unwrap();
        file.set_len(300 << 20).unwrap();
        let drive = "sim:dvd+r";
        let mut child = Command::new(env!("CARGO_BIN_EXE_webburn"))
            .args(["burn", drive, text(&image), "--sim-pace", "100", "--no-verify"])
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        assert!(out.any(|line| line.starts_with("Writing: ")), "it never began to write");
        change(&file);
        let rest: Vec<String> = out.collect();
        let Output { status, stderr, .. } = child.wait_with_output().unwrap();
        let told = String::from_utf8(stderr).unwrap();
        assert_eq!(status.code(), Some(1), "{rest:?} {told}");
        assert!(told.contains(sentence), "{told}");
        // And what the disc is now, asked anew.
        assert!(told.contains("The disc ") || told.contains("The last session"), "{told}");
    }
}

#[test]
#[cfg(unix)]
fn an_interrupted_burn_stops_in_good_order() {
    use std::io::{BufRead, BufReader};
    let place = Place::new("interrupted");
    let image = place.path("image.iso");
    fs::File::create(&image).unwrap().set_len(2 << 30).unwrap();
    let drive = format!("sim:dvd+r:{}", text(&place.path("disc.wbd")));
    let mut child = Command::new(env!("CARGO_BIN_EXE_webburn"))
        .args(["burn", &drive, text(&image), "--sim-pace", "40"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(out.any(|line| line.starts_with("Writing: ")), "it never began to write");
    let interrupt = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(interrupt.success());
    let rest: Vec<String> = out.collect();
    assert_eq!(child.wait().unwrap().code(), Some(1), "stopped is not done: {rest:?}");
    assert!(rest.last().unwrap().starts_with("The disc can take"), "{rest:?}");
    let state = lines(&webburn(&["info", &drive, "--json"])).pop().unwrap();
    assert_eq!(state["status"], "appendable");
}

#[test]
#[cfg(unix)]
fn serving_says_where_and_ends_when_asked_to() {
    use std::io::{BufRead, BufReader};
    let mut child = Command::new(env!("CARGO_BIN_EXE_webburn"))
        .args(["serve", "--simulate", "dvd+rw", "--simulate", "none", "--port", "0"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let told: Vec<String> = out.by_ref().take(3).collect();
    assert!(told[0].contains("holding dvd+rw") && told[1].contains("holding no disc"), "{told:?}");
    let address = told[2].split("http://").nth(1).unwrap().split('/').next().unwrap();
    std::net::TcpStream::connect(address).unwrap();
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
