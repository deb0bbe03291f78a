//! The phases and what each runs.
//!
//! Two lanes: cargo's phases hold one lock and so stand in one row; beside them go those of the page. What the page needs
//! from Rust (its engine) is built first, what Rust needs from the page (the bridge embeds it) next.

use webburn_xtask::{root, tidy};

use super::board::Phase;
use super::browser::chromium;
use crate::command::{page, wasm};
use crate::run::{cargo, node, quiet, target_dir};

const fn phase(name: &'static str, after: &'static [&'static str], run: fn() -> Result<String, String>) -> Phase {
    Phase { name, after, run }
}

fn done<T>(result: Result<T, String>) -> Result<String, String> {
    result.map(|_| String::new())
}

/// Cargo's lane and the page's.
pub fn lanes() -> [Vec<Phase>; 2] {
    let cargo_lane = vec![
        phase("tidy", &[], run_tidy),
        phase("rustfmt", &[], || quiet(cargo().args(["fmt", "--all", "--check"]))),
        phase("engine for the page", &[], || done(wasm::wasm())),
        // The program for the browser's tests comes out of the same build: a build of its own would choose other features
        // for shared dependencies and compile them twice.
        phase("rust build", &["page"], || quiet(cargo().args(["test", "--quiet", "--no-run"]))),
        phase("rust tests", &["page"], || {
            quiet(cargo().args(["test", "--quiet", "--no-fail-fast"]).env("WEBBURN_BIN", binary()))
        }),
        phase("xtask tests", &[], || quiet(cargo().args(["test", "--quiet", "--package", "webburn-xtask"]))),
        phase("clippy", &["page"], || quiet(clippy().args(["--all-targets", "--", "--deny", "warnings"]))),
        phase("wasm32", &[], run_wasm32),
    ];
    let page_lane = vec![
        phase("npm", &[], || done(page::tools())),
        phase("chromium", &[], || done(chromium())),
        phase("oxlint", &["npm"], || {
            quiet(node("web", "oxlint").args(["--config", "oxlint.json", "--deny-warnings", "src"]))
        }),
        phase("page", &["npm", "engine for the page"], || done(page::build())),
        phase("svelte-check", &["npm", "engine for the page"], || {
            let check = ["--tsconfig", "./tsconfig.json", "--fail-on-warnings", "--output", "human"];
            quiet(node("web", "svelte-check").args(check))
        }),
        phase("vitest", &["npm", "engine for the page"], || quiet(node("web", "vitest").args(["run"]))),
        phase("playwright", &["npm", "chromium", "rust build"], || {
            quiet(node("tests/e2e", "playwright").arg("test").env("WEBBURN_BIN", binary()))
        }),
    ];
    [cargo_lane, page_lane]
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

/// Everything but the crates that touch an operating system must compile for the page.
fn run_wasm32() -> Result<String, String> {
    wasm::add_target()?;
    let mut check = clippy();
    check.args(["--target", "wasm32-unknown-unknown", "--lib"]);
    for native in ["xtask", "sgio", "usbface", "bridge", "tests"] {
        if root().join("crates").join(native).exists() || root().join(native).exists() {
            check.args(["--exclude", &format!("webburn-{native}")]);
        }
    }
    // Without threads an Arc is only a shared pointer, but the native build of the same line needs it.
    check.args(["--", "--deny", "warnings", "--allow", "clippy::arc-with-non-send-sync"]);
    quiet(check.env_remove("RUSTFLAGS"))
}

#[cfg(test)]
mod tests {
    use super::lanes;

    #[test]
    fn every_phase_waits_only_for_phases_that_come_to_an_end() {
        let lanes = lanes();
        let names: Vec<&str> = lanes.iter().flatten().map(|phase| phase.name).collect();
        for lane in &lanes {
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
