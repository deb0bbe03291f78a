//! The phases and what each runs.
//!
//! Lanes side by side. Native builds hold one lock and those for wasm another, so each kind stands in a row of its own.

use webburn_xtask::{root, tidy};

use super::board::Phase;
use super::browser::chromium;
use super::rust;
use crate::command::{page, wasm};
use crate::run::{cargo, node, quiet, target_dir};

const fn phase(name: &'static str, after: &'static [&'static str], run: fn() -> Result<String, String>) -> Phase {
    Phase { name, after, run }
}

fn done<T>(result: Result<T, String>) -> Result<String, String> {
    result.map(|_| String::new())
}

/// What everybody runs: natively built things, what is built for the page, the page's own checks, the browser.
pub fn lanes() -> Vec<Vec<Phase>> {
    let native_lane = vec![
        phase("tidy", &[], run_tidy),
        phase("rustfmt", &[], || quiet(cargo().args(["fmt", "--all", "--check"]))),
        // The program for the browser's tests comes out of the same build: a build of its own would choose other features
        // for shared dependencies and compile them twice. It reads the page from the checkout.
        phase("rust build", &[], || rust::build(&[])),
        phase("rust tests", &["rust build", "page"], || rust::run(&binary())),
    ];
    // Every crate that the page may use is in one of the two modules: building them shows that it compiles for wasm32.
    let page_lane = vec![
        phase("engine for the page", &[], || done(wasm::wasm())),
        phase("CDs for the page", &[], || done(wasm::cds())),
        phase("page", &["npm"], || done(page::build())),
    ];
    let check_lane = vec![
        phase("npm", &[], || done(page::tools())),
        phase("chromium", &[], || done(chromium())),
        phase("oxlint", &["npm"], || {
            quiet(node("web", "oxlint").args(["--config", "oxlint.json", "--deny-warnings", "src"]))
        }),
        phase("svelte-check", &["CDs for the page"], || {
            let check = ["--tsconfig", "./tsconfig.json", "--fail-on-warnings", "--output", "human"];
            page::check_once("svelte-check", || quiet(node("web", "svelte-check").args(check)))
        }),
        phase("vitest", &["CDs for the page"], || {
            page::check_once("vitest", || quiet(node("web", "vitest").args(["run"])))
        }),
    ];
    let browser_lane = vec![phase("playwright", &["npm", "chromium", "page", "rust build"], || {
        quiet(node("tests/e2e", "playwright").arg("test").env("WEBBURN_BIN", binary()))
    })];
    vec![native_lane, page_lane, check_lane, browser_lane]
}

/// What takes longer, one after the other so that nothing disturbs the browser; what it needs is built first.
pub fn long_lanes() -> Vec<Vec<Phase>> {
    vec![vec![
        phase("npm", &[], || done(page::tools())),
        phase("chromium", &[], || done(chromium())),
        phase("page", &["npm"], || done(page::page())),
        // The page inside the program, as a release has it.
        phase("rust build", &["page"], || rust::build(&["--features", "webburn-bridge/embed-page"])),
        phase("clippy", &["page"], || quiet(clippy().args(["--all-targets", "--", "--deny", "warnings"]))),
        phase("clippy for wasm32", &[], run_wasm32_clippy),
        phase("examples in the documentation", &["page"], || quiet(cargo().args(["test", "--quiet", "--doc"]))),
        phase("tests of the engine and of the tools", &[], || {
            quiet(cargo().args(["test", "--quiet", "--package", "webburn-wasm", "--package", "webburn-xtask"]))
        }),
        phase("every browser test", &["npm", "chromium", "rust build"], || {
            let mut all = node("tests/e2e", "playwright");
            quiet(all.arg("test").env("WEBBURN_BIN", binary()).env("WEBBURN_LONG", "1"))
        }),
        phase("objects from JavaScript", &["npm"], run_objects),
        phase("CDs from JavaScript", &["npm", "page"], || {
            wasm::cds()?;
            quiet(node("web/cds", "vitest").args(["run"]))
        }),
        phase("large images", &["rust build"], || long_test("real_input")),
        phase("every fault", &["rust build"], || long_test("faults")),
        phase("every moment of busyness", &["rust build"], || long_test("imapi_faults")),
        phase("every medium", &["rust build"], || long_test("media")),
        phase("every lie", &["rust build"], || long_test("quirks")),
        phase("bent bytes", &["rust build"], || Ok(long_test("crates")? + &long_test("fuzz")?)),
        phase("other people's programs", &["rust build"], || long_test("witnesses")),
        phase("every disc from the command line", &["rust build"], || {
            let mut command = cargo();
            command.args(["test", "--quiet", "--package", "webburn-bridge", "--test", "it"]);
            quiet(command.env("WEBBURN_BIN", binary()).env("WEBBURN_LONG", "1"))
        }),
    ]]
}

/// The library for programs in JavaScript: its numbers are the object model's, it does what they ask, its types hold.
fn run_objects() -> Result<String, String> {
    quiet(cargo().args(["test", "--quiet", "--package", "webburn-wasm", "--features", "objects", "--lib"]))?;
    wasm::objects()?;
    quiet(node("web/objects", "tsc").args(["--project", "."]))?;
    quiet(node("web/objects", "vitest").args(["run"]))
}

fn long_test(name: &str) -> Result<String, String> {
    let mut command = cargo();
    command.args(["test", "--quiet", "--package", "webburn-tests", "--test", name]);
    quiet(command.env("WEBBURN_BIN", binary()).env("WEBBURN_LONG", "1"))
}

fn binary() -> std::path::PathBuf {
    target_dir().join("debug/webburn")
}

fn clippy() -> std::process::Command {
    let mut command = cargo();
    command.args(["clippy", "--quiet", "--workspace"]);
    command
}

fn run_tidy() -> Result<String, String> {
    let found = tidy::check(&root())?;
    let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
    if lines.is_empty() { Ok(String::new()) } else { Err(lines.join("\n")) }
}

/// Every crate that the page may use must compile for it, with every feature: under clippy.
fn run_wasm32_clippy() -> Result<String, String> {
    wasm::add_target()?;
    let mut check = cargo();
    check.args(["clippy", "--quiet", "--lib", "--target", wasm::TARGET, "--package", "webburn-wasm"]);
    for member in page_crates() {
        check.args(["--package", &member]);
    }
    // Without threads an Arc is only a shared pointer, but the native build of the same line needs it.
    check.args(["--", "--deny", "warnings", "--allow", "clippy::arc-with-non-send-sync"]);
    quiet(check.env_remove("RUSTFLAGS"))?;
    for features in ["objects", "cds"] {
        let mut other = cargo();
        other.args(["clippy", "--quiet", "--lib", "--target", wasm::TARGET, "--package", "webburn-wasm"]);
        other.args(["--features", features, "--", "--deny", "warnings", "--allow", "clippy::arc-with-non-send-sync"]);
        quiet(other.env_remove("RUSTFLAGS"))?;
    }
    Ok(String::new())
}

/// Every crate but those that touch an operating system, and `wasm` itself.
fn page_crates() -> Vec<String> {
    let folders = root().join("crates").read_dir().into_iter().flatten().flatten();
    folders
        .filter(|folder| folder.path().join("Cargo.toml").exists())
        .filter_map(|folder| folder.file_name().into_string().ok())
        .filter(|name| !["wasm", "xtask", "sgio", "usbface"].contains(&name.as_str()))
        .map(|name| format!("webburn-{name}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{lanes, long_lanes};

    #[test]
    fn every_phase_waits_only_for_phases_that_come_to_an_end() {
        [lanes(), long_lanes()].iter().for_each(|lanes| come_to_an_end(lanes));
    }

    fn come_to_an_end(lanes: &[Vec<super::Phase>]) {
        let names: Vec<&str> = lanes.iter().flatten().map(|phase| phase.name).collect();
        for lane in lanes {
            for (i, phase) in lane.iter().enumerate() {
                for before in phase.after {
                    assert!(names.contains(before), "{} waits for {before}, which does not exist", phase.name);
                    let later = lane[i..].iter().any(|other| other.name == *before);
                    assert!(!later, "{} waits for {before}, which its own lane runs later", phase.name);
                }
            }
        }
    }
}
