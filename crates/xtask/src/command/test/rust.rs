//! Rust's tests. Cargo would run one program after the other, and most of them end with a single test that leaves the other
//! processors idle: here as many programs run side by side as there are processors.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use crate::run::{cargo, program, quiet};

/// Nothing of the examples, which clippy looks at and the benchmarks build.
const TESTS: [&str; 3] = ["test", "--quiet", "--tests"];

/// Builds every test and the programs beside them, with `features` as cargo takes them.
///
/// # Errors
/// The compiler's words.
pub fn build(features: &[&str]) -> Result<String, String> {
    quiet(cargo().args(TESTS).arg("--no-run").args(features))
}

/// Runs every test, with `binary` for those that start the program; the output of all that passed.
///
/// # Errors
/// The outputs of all, those that failed last.
pub fn run(binary: &Path) -> Result<String, String> {
    let waiting = Mutex::new(programs()?);
    let ended = Mutex::new((String::new(), String::new()));
    let lock = || waiting.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let work = || {
        while let Some((test, folder)) = lock() {
            let mut command = program(&test);
            let result = quiet(command.arg("--quiet").current_dir(&folder).env("WEBBURN_BIN", binary));
            let mut ended = ended.lock().unwrap_or_else(PoisonError::into_inner);
            match result {
                Ok(output) => ended.0.push_str(&output),
                Err(output) => ended.1.push_str(&output),
            }
        }
    };
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| (0..processors).for_each(|_| drop(scope.spawn(work))));
    let (passed, failed) = ended.into_inner().unwrap_or_else(PoisonError::into_inner);
    if failed.is_empty() { Ok(passed) } else { Err(passed + &failed) }
}

/// Every test program with the folder that it runs in, the one to start first at the end: large ones tend to take longest.
fn programs() -> Result<Vec<(PathBuf, PathBuf)>, String> {
    let messages = quiet(cargo().args(TESTS).args(["--no-run", "--message-format=json"]))?;
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut programs: Vec<(PathBuf, PathBuf)> = messages
        .filter(|message| message["profile"]["test"] == true)
        .filter_map(|message| {
            let manifest = Path::new(message["manifest_path"].as_str()?);
            Some((PathBuf::from(message["executable"].as_str()?), manifest.parent()?.to_owned()))
        })
        .collect();
    if programs.is_empty() {
        return Err("cargo does not say where the tests lie".to_owned());
    }
    programs.sort_by_key(|(test, _)| test.metadata().map_or(0, |file| file.len()));
    Ok(programs)
}
