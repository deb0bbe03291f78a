//! In Chromium, started plainly: what looks on from outside (DevTools, Playwright) slows the network down.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::{Figure, Target, number, parse, text};
use crate::command::{page as build, test::chromium};
use crate::run::{cargo, node, quiet, target_dir};

/// A program that is ended when it is let go of.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Both only fail when it has ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Speed of the page's worker into both kinds of drive, and when the page can be used.
///
/// # Errors
/// Something could not be built or run.
pub fn page() -> Result<Vec<Figure>, String> {
    let mut figures = Vec::new();
    for (result, _) in measure("interactive,page,bridge")? {
        let name = text(&result, "name");
        let milliseconds = number(&result, "milliseconds")?;
        let rate = number(&result, "bytes").ok().map(|bytes| bytes / milliseconds / 1e3);
        let (what, value, unit, target) = match (name.as_str(), rate) {
            ("page", Some(rate)) => ("page worker → drive in the page", rate, "MB/s", Target::AtLeast(300.0)),
            ("page with SHA-256", Some(rate)) => ("the same, with SHA-256", rate, "MB/s", Target::AtLeast(150.0)),
            ("ceiling" | "ceiling of eight", Some(rate)) => {
                let writes = if name == "ceiling" { "one WRITE" } else { "eight WRITEs" };
                let what = format!("bare WebSocket, {writes} in each message, 4 messages under way (ceiling)");
                figures.push(Figure { what, value: rate, unit: "MB/s", target: None });
                continue;
            }
            ("bridge from a file", Some(rate)) => {
                let what = "the same, from a file of 1 GiB".to_owned();
                figures.push(Figure { what, value: rate, unit: "MB/s", target: None });
                continue;
            }
            ("bridge", Some(rate)) => ("page → bridge, 4 messages under way", rate, "MB/s", Target::AtLeast(300.0)),
            ("bare round trip", _) => {
                let what = "bare WebSocket, round trip (median)".to_owned();
                figures.push(Figure { what, value: milliseconds, unit: "ms", target: None });
                continue;
            }
            ("bridge round trip", _) => ("page → bridge, round trip (median)", milliseconds, "ms", Target::AtMost(0.3)),
            ("interactive", _) => ("page can be used after", milliseconds, "ms", Target::AtMost(1000.0)),
            _ => return Err(format!("an unknown result: {result:?}")),
        };
        figures.push(Figure { what: what.to_owned(), value, unit, target: Some(target) });
    }
    if figures.len() < 9 {
        return Err(format!("the page of measurements gave {} figures of 9", figures.len()));
    }
    Ok(figures)
}

/// Peak memory of the browser's page processes beyond what they hold before the burn: page loaded, engine and its worker
/// that hashes started, drive open, disc looked at, file chosen.
///
/// # Errors
/// As [`page`].
pub fn memory() -> Result<Vec<Figure>, String> {
    let mut figures = Vec::new();
    for (job, name) in [("memory-small", "700 MB"), ("memory-large", "25 GB")] {
        let results = measure(job)?;
        let of = |name: &str| {
            let found = results.iter().find(|(result, _)| text(result, "name") == name);
            found.map(|(_, memory)| *memory).ok_or_else(|| format!("the page of measurements gave no `{name}`"))
        };
        let (idle, peak) = (of("idle")?, of("memory")?);
        figures.push(Figure {
            what: format!("page, peak memory beyond an idle page, {name}"),
            value: (peak - idle) / f64::from(1 << 20),
            unit: "MiB",
            target: Some(Target::AtMost(64.0)),
        });
    }
    Ok(figures)
}

/// A whole BD-R in the page, from a generated source.
///
/// # Errors
/// As [`page`].
pub fn disc() -> Result<Vec<Figure>, String> {
    let mut figures = Vec::new();
    for (job, name, most) in [("disc", "without SHA-256", 60.0), ("disc-sha256", "with SHA-256", 160.0)] {
        let results = measure(job)?;
        let of = |name: &str| {
            let found = results.iter().find(|(result, _)| text(result, "name") == name);
            found.ok_or_else(|| format!("the page of measurements gave no `{name}`"))
        };
        let (_, idle) = of("idle")?;
        let (result, peak) = of("memory")?;
        figures.push(Figure {
            what: format!("page, a whole BD-R {name}"),
            value: number(result, "milliseconds")? / 1e3,
            unit: "s",
            target: Some(Target::AtMost(most)),
        });
        figures.push(Figure {
            what: format!("page, peak memory beyond an idle page, {name}"),
            value: (peak - idle) / f64::from(1 << 20),
            unit: "MiB",
            target: Some(Target::AtMost(64.0)),
        });
    }
    Ok(figures)
}

type Result_ = (BTreeMap<String, Value>, f64);

/// Runs the page of measurements for `jobs`; each result with the memory of the page's processes: at `idle` what they hold,
/// later the most they have held since then.
fn measure(jobs: &str) -> Result<Vec<Result_>, String> {
    chromium()?;
    build::page()?;
    let folder = target_dir().join("bench-page");
    let mut vite = node("tests/bench/page", "vite");
    quiet(vite.args(["build", "--logLevel", "warn", "--outDir"]).arg(&folder))?;

    // Started itself and not by cargo, which would outlive it or leave it behind.
    let started = Command::new(server_program()?).arg(&folder).stdout(Stdio::piped()).spawn();
    let mut server = Running(started.map_err(|e| format!("cannot start the server: {e}"))?);
    let output = server.0.stdout.take().ok_or("the server has no output")?;
    let mut lines = BufReader::new(output).lines();
    let address = lines.next().ok_or("the server ended at once")?.map_err(|e| e.to_string())?;

    let profile = Profile::new()?;
    let browser = Running(launch(&format!("{address}bench/index.html#{jobs}"), &profile.0)?);
    let mut results = Vec::new();
    for line in lines {
        let result = parse(&line.map_err(|e| e.to_string())?)?;
        if let Some(why) = result.get("failed") {
            return Err(format!("the page of measurements failed: {why}"));
        }
        if result.contains_key("end") {
            return Ok(results);
        }
        let idle = text(&result, "name") == "idle";
        results.push((result, renderer_memory(browser.0.id(), idle)));
    }
    Err("the server ended before the page of measurements did".to_owned())
}

/// Builds the server and says where it lies.
fn server_program() -> Result<PathBuf, String> {
    let mut build = cargo();
    build.args(["bench", "--quiet", "--package", "webburn-bench", "--bench", "server", "--no-run"]);
    let messages = quiet(build.arg("--message-format=json"))?;
    let executable = messages.lines().filter_map(|line| parse(line).ok()).find_map(|message| {
        let is_server = message.get("target").is_some_and(|target| target["name"] == "server");
        message.get("executable").filter(|_| is_server).and_then(Value::as_str).map(PathBuf::from)
    });
    executable.ok_or_else(|| "cargo does not say where the server for the measurements lies".to_owned())
}

/// A folder for the browser, removed afterwards.
struct Profile(PathBuf);

impl Profile {
    fn new() -> Result<Self, String> {
        let folder = target_dir().join(format!("bench-browser-{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        Ok(Profile(folder))
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        // What is left over lies below target/.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn launch(address: &str, profile: &std::path::Path) -> Result<Child, String> {
    let mut command = Command::new("/usr/bin/chromium");
    command.args([
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-popup-blocking",
    ]);
    command.arg(format!("--user-data-dir={}", profile.display())).arg(address);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().map_err(|e| format!("cannot start Chromium: {e}"))
}

/// Sum of the memory of the browser's renderer processes, the descendants of `browser`: what they hold (VmRSS), and their
/// peaks begin anew; or their peaks (VmHWM). What processes share is in both alike, so the difference does not count it twice.
fn renderer_memory(browser: u32, begin_anew: bool) -> f64 {
    let mut family = vec![browser.to_string()];
    let mut sum = 0.0;
    // Children have higher process numbers than their parents, wrap-around aside; two rounds find all.
    for _ in 0..2 {
        for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
            let id = entry.file_name().to_string_lossy().into_owned();
            let status = fs::read_to_string(entry.path().join("status")).unwrap_or_default();
            let field = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
            let is_child = field("PPid:").is_some_and(|parent| family.iter().any(|known| known == parent));
            if !is_child || family.contains(&id) {
                continue;
            }
            let command = fs::read_to_string(entry.path().join("cmdline")).unwrap_or_default();
            if command.contains("--type=renderer") {
                let name = if begin_anew { "VmRSS:" } else { "VmHWM:" };
                let kilobytes: f64 =
                    field(name).and_then(|v| v.trim_end_matches(" kB").parse().ok()).unwrap_or_default();
                if begin_anew {
                    // proc(5): 5 resets the peak. Where that is not allowed an earlier peak counts, which errs on the safe side.
                    let _ = fs::write(entry.path().join("clear_refs"), "5");
                }
                sum += kilobytes * 1024.0;
            }
            family.push(id);
        }
    }
    sum
}
