//! No member of the object model is left out here: the public functions of its objects, laid beside what this module gives
//! to JavaScript. What is not given is listed with its reason.

use std::collections::BTreeSet;
use std::path::Path;

const IMAPI: &str = "../imapi/src";
const RAWIMAGE: &str = "../rawimage/src";

/// The files of an object there, below the crate's sources, and here.
const OBJECTS: [(&str, &str, &[&str], &[&str]); 13] = [
    ("DiscMaster2", IMAPI, &["master.rs"], &["master.rs"]),
    (
        "DiscRecorder2",
        IMAPI,
        &["recorder/mod.rs", "recorder/access.rs", "recorder/descriptor.rs", "recorder/ex.rs", "recorder/lists.rs"],
        &["recorder.rs", "recorder_ex.rs"],
    ),
    ("DiscFormat2Data", IMAPI, &["format/data.rs", "format/data/properties.rs"], &["data.rs", "data/media.rs"]),
    ("DiscFormat2Erase", IMAPI, &["format/erase.rs"], &["erase.rs"]),
    ("MediaFormat", IMAPI, &["format/media_format.rs"], &["media_format.rs"]),
    (
        "DiscFormat2RawCD",
        IMAPI,
        &["format/raw_cd/mod.rs", "format/raw_cd/properties.rs", "format/in_common.rs"],
        &["raw_cd.rs"],
    ),
    (
        "DiscFormat2TrackAtOnce",
        IMAPI,
        &["format/track_at_once/mod.rs", "format/track_at_once/properties.rs", "format/in_common.rs"],
        &["track_at_once.rs"],
    ),
    (
        "SessionAtOnce",
        IMAPI,
        &["format/session_at_once/mod.rs", "format/session_at_once/several.rs"],
        &["session_at_once.rs"],
    ),
    (
        "RawCDImageCreator",
        RAWIMAGE,
        &["creator/mod.rs", "creator/properties.rs", "creator/result.rs"],
        &["raw_image.rs"],
    ),
    ("RawCDImageTrackInfo", RAWIMAGE, &["creator/track_info.rs"], &["raw_image/track_info.rs"]),
    ("WriteEngine2", IMAPI, &["write_engine.rs"], &["write_engine.rs"]),
    (
        "Multisession",
        IMAPI,
        &["multisession/objects.rs", "multisession/choose.rs"],
        &["multisession.rs", "data/media.rs"],
    ),
    ("streams", IMAPI, &["streams.rs", "block_ranges.rs"], &["streams.rs", "ranges.rs", "source.rs"]),
];

/// Functions that JavaScript has under another name, and where they are.
const RENAMED: [(&str, &str, &str); 32] = [
    ("DiscMaster2", "events", "onNotifyDeviceAdded"),
    ("DiscMaster2", "try_next", "onNotifyDeviceRemoved"),
    ("DiscRecorder2", "initialize", "initializeDiscRecorder"),
    ("DiscRecorder2", "feature_pages", "getSupportedFeaturePages"),
    ("DiscRecorder2", "profiles", "getSupportedProfiles"),
    ("DiscRecorder2", "supported_mode_pages", "getSupportedModePages"),
    ("DiscRecorder2", "get_byte_alignment", "getByteAlignmentMask"),
    ("DiscRecorder2", "get_maximum_transfer_size", "getMaximumPageAlignedTransferSize"),
    ("DiscFormat2Data", "options", "forceOverwrite"),
    ("DiscFormat2Data", "set_options", "forceOverwrite"),
    ("DiscFormat2Data", "burn", "write"),
    ("DiscFormat2Erase", "erase_media_with", "eraseMedia"),
    ("MediaFormat", "options", "goal"),
    ("MediaFormat", "set_options", "goal"),
    ("MediaFormat", "format_with", "format"),
    ("DiscFormat2RawCD", "burn", "writeMedia2"),
    ("DiscFormat2TrackAtOnce", "add", "addAudioTrack"),
    ("SessionAtOnce", "burn", "write"),
    ("SessionAtOnce", "burn_all", "writeAll"),
    ("SessionAtOnce", "options", "testWrite"),
    ("SessionAtOnce", "set_options", "testWrite"),
    ("RawCDImageCreator", "add_subcode_rw_generator", "addSubcodeRWGenerator"),
    ("RawCDImageCreator", "put_gapless", "disableGaplessAudio"),
    ("RawCDImageCreator", "to_bytes", "expectedTableOfContents"),
    ("RawCDImageTrackInfo", "isrc", "ISRC"),
    ("RawCDImageTrackInfo", "put_isrc", "ISRC"),
    ("WriteEngine2", "sectors_per_second", "startingSectorsPerSecond"),
    ("WriteEngine2", "set_sectors_per_second", "endingSectorsPerSecond"),
    ("Multisession", "multisession_interfaces", "multisessionInterfaces"),
    ("Multisession", "choose", "chooseMultisession"),
    ("streams", "append_all", "append2"),
    ("streams", "ranges", "blockRanges"),
];

/// Functions that JavaScript has no use for, and why.
const ABSENT: [(&str, &str, &str); 13] = [
    ("DiscRecorder2", "is_initialized", "a recorder that was never initialised cannot be had"),
    ("DiscRecorder2", "lease", "ends when it is dropped, which JavaScript does not do"),
    ("DiscRecorder2", "drive", "the engine below the objects"),
    ("DiscRecorder2", "inquiry", "vendorId, productId, productRevision and getDeviceDescriptor tell it"),
    ("DiscRecorder2", "media", "the engine's own view of the disc; the writer's properties tell it"),
    ("DiscRecorder2", "media_with_content", "as above"),
    ("DiscRecorder2", "state_query", "as above"),
    ("DiscRecorder2", "readiness", "as above"),
    ("DiscRecorder2", "read_disc", "not of IMAPI2, which reads by commands passed through"),
    ("DiscRecorder2", "check_cdb_length", "a rule of the members that pass commands through"),
    ("DiscRecorder2", "valid_client_name", "a rule of the members that take a name"),
    ("DiscFormat2RawCD", "prepared_media", "the engine's own view of the disc; the writer's properties tell it"),
    ("RawCDImageCreator", "put_style", "what the standards leave open, for laying our subcode beside that of others"),
];

/// The objects' own text, with the members that they take over by a macro.
fn here(files: &[&str]) -> String {
    let own = text("src/objects", files);
    let in_common = text("src/objects", &["in_common.rs"]);
    let taken = in_common.split("macro_rules! ").skip(1).filter(|one| {
        let name = one.split(' ').next().unwrap_or_default();
        own.contains(&format!("{name}!(")) || own.contains(&format!("{name}! {{"))
    });
    own.clone() + &taken.collect::<String>()
}

fn text(root: &str, files: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(root);
    let read = |file: &&str| std::fs::read_to_string(root.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    // Tests are no members.
    files.iter().map(|file| read(file).split("#[cfg(test)]").next().unwrap_or_default().to_owned()).collect()
}

/// Names behind `pub fn`, `pub async fn`, `pub const fn`.
fn functions(text: &str) -> BTreeSet<String> {
    let name = |line: &str| {
        let line = line.trim_start().strip_prefix("pub ")?;
        let line = line.trim_start_matches("const ").trim_start_matches("async ").strip_prefix("fn ")?;
        line.split(['(', '<']).next().map(str::to_owned)
    };
    text.lines().filter_map(name).collect()
}

fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |made, word| made + &word[..1].to_uppercase() + &word[1..])
}

/// `name` is a word of `text`.
fn has(text: &str, name: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name)
}

#[test]
fn all_are_given_to_javascript() {
    let mut missing = Vec::new();
    let mut used = BTreeSet::new();
    for (object, root, there, files) in OBJECTS {
        let here = here(files);
        let names = functions(&text(root, there));
        assert!(names.len() > 3, "{object}: {names:?}");
        for name in names {
            let is = |(of, known, _): &&(&str, &str, &str)| *of == object && *known == name;
            if let Some(absent) = ABSENT.iter().find(is) {
                used.insert(*absent);
                continue;
            }
            let renamed = RENAMED.iter().find(is);
            used.extend(renamed);
            let called = renamed.map_or_else(|| camel(&name), |(.., called)| (*called).to_owned());
            // A setter is the property of its getter.
            let property = name.strip_prefix("set_").or_else(|| name.strip_prefix("put_")).map(camel);
            let plain = !called.contains(char::is_uppercase) && functions(&here).contains(&called);
            if !plain && !has(&here, &called) && !property.is_some_and(|property| has(&here, &property)) {
                missing.push(format!("{object}::{name}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    let listed: BTreeSet<_> = RENAMED.into_iter().chain(ABSENT).collect();
    assert_eq!(used, listed, "listed, and not there");
}
