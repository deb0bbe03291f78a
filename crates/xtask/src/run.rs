//! Running other programs.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use webburn_xtask::root;

/// A program started at the top of the work tree.
pub fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    command
}

/// The cargo that runs us.
pub fn cargo() -> Command {
    let mut command = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Set by the cargo that started us; they would make an inner cargo believe it builds this package.
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            command.env_remove(name);
        }
    }
    command
}

/// A program of `node_modules/.bin`, started in the folder `within`.
pub fn node(within: &str, name: &str) -> Command {
    let mut command = program("node");
    let linked = root().join("node_modules/.bin").join(name);
    // A link to a script; node itself is started so that no shell or permission is in between.
    command.arg(linked.canonicalize().unwrap_or(linked)).current_dir(root().join(within));
    command
}

/// Runs to the end, output to the terminal.
///
/// # Errors
/// A sentence with the command line when it cannot be started or fails.
pub fn loud(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|e| format!("cannot start {}: {e}", line(command)))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed ({status})", line(command))) }
}

/// Runs to the end and gives both outputs as one text.
///
/// # Errors
/// The output when it fails, a sentence when it cannot be started.
pub fn quiet(command: &mut Command) -> Result<String, String> {
    let output = command.stdin(Stdio::null()).output().map_err(|e| format!("cannot start {}: {e}", line(command)))?;
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if output.status.success() {
        Ok(text)
    } else {
        Err(format!("{text}\n{} failed ({})", line(command), output.status))
    }
}

fn line(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}

/// Where cargo puts what it builds.
pub fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// The youngest change of a file or of anything in a folder; `None` when it does not exist.
pub fn changed(path: &Path, skip: &[&str]) -> Option<SystemTime> {
    let metadata = path.metadata().ok()?;
    let mut youngest = metadata.modified().ok()?;
    if metadata.is_dir() {
        for entry in path.read_dir().ok()?.flatten() {
            if skip.iter().any(|name| entry.file_name() == *name) {
                continue;
            }
            youngest = youngest.max(changed(&entry.path(), skip).unwrap_or(SystemTime::UNIX_EPOCH));
        }
    }
    Some(youngest)
}
