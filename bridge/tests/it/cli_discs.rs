//! The program from outside: erasing, formatting, adding sessions.

use crate::program::{Place, lines, text, webburn};

#[test]
fn a_rewritable_disc_is_erased_and_written_again() {
    let place = Place::new("erase");
    let image = place.image("a.iso", 400 * 2048);
    for medium in ["cd-rw", "dvd-rw", "dvd-rw-ro", "dvd-ram", "dvd+rw", "bd-re"] {
        let drive = format!("sim:{medium}:recorded:{}", text(&place.path(&format!("{medium}.wbd"))));
        let drive = if medium == "dvd+rw" { drive.replace(":recorded", "") } else { drive };
        let erased = webburn(&["erase", &drive]);
        assert_eq!(erased.code, 0, "{medium}: {}", erased.err);
        let burnt = webburn(&["burn", &drive, text(&image)]);
        assert_eq!(burnt.code, 0, "{medium}: {}", burnt.err);
        let full = webburn(&["burn", &drive, text(&image)]);
        let again = matches!(medium, "cd-rw");
        assert_eq!(full.code, if again { 0 } else { 2 }, "{medium}: {}", full.err);
    }
    let never = webburn(&["erase", "sim:dvd+rw", "--json"]);
    let told = lines(&never);
    assert_eq!((never.code, told.last().unwrap()["outcome"].as_str()), (0, Some("nothing")));
    let once = webburn(&["erase", "sim:cd-r:recorded", "--json"]);
    let told = lines(&once);
    assert_eq!((once.code, told.last().unwrap()["code"].as_str()), (2, Some("disc-not-erasable")));
    assert!(once.err.contains("cannot be erased"), "{}", once.err);
}

#[test]
fn a_disc_is_formatted_in_every_way_it_knows() {
    let place = Place::new("format");
    for (medium, args, status) in [
        ("dvd-rw", &["--type", "restricted"][..], "overwritable"),
        ("dvd-rw-ro", &["--type", "sequential", "--full"], "blank"),
        ("dvd+rw", &[], "overwritable"),
        ("dvd+rw", &["--full"], "overwritable"),
        ("dvd-ram", &["--spare", "none"], "overwritable"),
        ("bd-re", &["--spare", "256M"], "overwritable"),
        ("bd-re", &["--spare", "none"], "overwritable"),
        ("bd-re", &["--full"], "overwritable"),
        ("bd-r", &["--type", "pow"], "blank"),
        ("bd-r", &["--type", "spare", "--spare", "least"], "blank"),
        ("bd-r", &["--type", "rrm"], "overwritable"),
    ] {
        let drive = format!("sim:{medium}:{}", text(&place.path(&format!("{medium}{}.wbd", args.join("")))));
        let ran = webburn(&[&["format", &drive, "--json"], args].concat());
        let told = lines(&ran);
        let last = told.last().unwrap();
        assert_eq!((ran.code, last["outcome"].as_str()), (0, Some("formatted")), "{medium} {args:?}: {}", ran.err);
        assert_eq!(last["medium"]["status"].as_str(), Some(status), "{medium} {args:?}");
    }
    for (drive, args, code) in [
        ("sim:cd-r", &[][..], "disc-not-formattable"),
        ("sim:dvd-ram", &["--type", "pow"], "disc-not-formattable"),
        ("sim:bd-r:recorded", &[], "format-not-offered"),
        ("sim:bd-re", &["--spare", "1"], "format-spare-size"),
        ("sim:dvd+rw:recorded", &["--type", "resume"], "format-not-stopped"),
        ("sim:dvd+rw", &["--type", "stop"], "format-not-running"),
        ("sim:hd-dvd-r", &[], "disc-no-writer"),
        ("sim:none", &[], "no-disc"),
    ] {
        let ran = webburn(&[&["format", drive, "--json"], args].concat());
        let told = lines(&ran);
        assert_eq!((ran.code, told.last().unwrap()["code"].as_str()), (2, Some(code)), "{drive} {args:?}");
    }
    let stopped = webburn(&["format", "sim:dvd+rw:format-running", "--type", "stop"]);
    assert_eq!(stopped.code, 0, "{}", stopped.err);
    let wrong = webburn(&["format", "sim:bd-re", "--spare", "much"]);
    assert!(wrong.code == 2 && wrong.err.contains("256M"), "{}", wrong.err);
}

#[test]
fn appending_adds_a_session_and_is_refused_where_there_are_none() {
    let place = Place::new("append");
    let image = place.image("a.iso", 400 * 2048);
    for medium in ["cd-r", "dvd+r", "bd-r", "bd-r-pow"] {
        let drive = format!("sim:{medium}:{}", text(&place.path(&format!("{medium}.wbd"))));
        for sessions in 1..=3 {
            let ran = webburn(&["burn", &drive, text(&image), "--append", "--json"]);
            let told = lines(&ran);
            let medium_now = &told.last().unwrap()["medium"];
            assert_eq!(ran.code, 0, "{medium}: {}", ran.err);
            let closed = medium_now["sessions"].as_array().unwrap().iter().filter(|s| s["open"] == false).count();
            assert_eq!((closed, medium_now["status"].as_str()), (sessions, Some("appendable")), "{medium}");
        }
    }
    let ran = webburn(&["burn", "sim:dvd+rw:recorded", text(&image), "--append"]);
    assert!(ran.code == 2 && ran.err.contains("no sessions"), "{}", ran.err);
    let ran = webburn(&["burn", "sim:cd-r", text(&image), "--append", "--close"]);
    assert_eq!(ran.code, 2, "they contradict each other");
}

/// Every disc of the simulated drive is told of; what can be erased is, what cannot is refused in words, and nothing fails.
/// Every fourth in the quick run.
#[test]
fn every_disc_is_told_of_and_erased_or_refused() {
    let step = if std::env::var_os("WEBBURN_LONG").is_some_and(|v| v == "1") { 1 } else { 4 };
    for listed in webburn_sim::disc::catalogue().into_iter().step_by(step) {
        let drive = format!("sim:{}", listed.id);
        let told = webburn(&["info", &drive, "--json"]);
        let none = listed.id == "none";
        assert_eq!(told.code, 0, "{drive}: {}", told.err);
        let state = &lines(&told)[0];
        assert_eq!(state["present"].as_bool(), Some(!none), "{drive}: {state}");
        assert_eq!(state["typeName"].as_str().map(str::is_empty), Some(none), "{drive}: {state}");
        if !none {
            let shown = webburn(&["info", &drive]);
            assert!(shown.code == 0 && shown.out.contains("CurrentMediaStatus"), "{drive}: {}", shown.out);
        }
        let erased = webburn(&["erase", &drive, "--json"]);
        let outcome = lines(&erased).pop().unwrap();
        let refused = outcome["code"].as_str();
        assert_eq!(erased.code, if refused.is_some() { 2 } else { 0 }, "{drive}: {outcome}");
        assert!(refused.is_none() || erased.err.lines().any(|line| line.ends_with('.')), "{drive}: {}", erased.err);
    }
}
