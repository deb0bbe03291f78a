//! Without a browser: `tests/bench/native.rs`.

use std::fs::{self, File};

use super::{Figure, Target, number, parse, text};
use crate::run::{cargo, quiet, target_dir};

fn run(arguments: &[&str]) -> Result<Vec<String>, String> {
    let mut command = cargo();
    command.args(["bench", "--quiet", "--package", "webburn-bench", "--bench", "native", "--"]);
    let output = quiet(command.args(arguments))?;
    Ok(output.lines().filter(|line| line.starts_with('{')).map(str::to_owned).collect())
}

/// Loopback into a disc that keeps nothing.
///
/// # Errors
/// It could not be built or run.
pub fn speed() -> Result<Vec<Figure>, String> {
    let mut figures = Vec::new();
    for line in run(&["speed"])? {
        let result = parse(&line)?;
        let value = number(&result, "bytes")? / number(&result, "seconds")? / 1e6;
        let plain = text(&result, "name") == "without a digest";
        figures.push(Figure {
            what: format!("native loopback, {}", text(&result, "name")),
            value,
            unit: "MB/s",
            target: plain.then_some(Target::AtLeast(1000.0)),
        });
    }
    Ok(figures)
}

/// Planning and the look at a disc, for every medium; then a whole BD-R from a generated source.
///
/// # Errors
/// As [`speed`].
pub fn media() -> Result<Vec<Figure>, String> {
    let mut figures = Vec::new();
    for line in run(&["media"])? {
        let result = parse(&line)?;
        let name = text(&result, "name");
        let figure = |what: &str, value: f64, unit, most: f64| {
            let target = (most > 0.0).then_some(Target::AtMost(most));
            Figure { what: format!("{name}: {what}"), value, unit, target }
        };
        figures.push(figure("planning, slowest state", number(&result, "milliseconds")?, "ms", 1.0));
        figures.push(figure("identification, most commands", number(&result, "commands")?, "", 30.0));
        let rejected = number(&result, "rejected")?;
        figures.push(figure("identification, commands rejected", rejected, "", 0.0));
    }
    for line in run(&["disc"])? {
        let result = parse(&line)?;
        let name = text(&result, "name");
        let target = (name == "written").then_some(Target::AtMost(30.0));
        let value = number(&result, "seconds")?;
        figures.push(Figure { what: format!("native, a whole BD-R {name}"), value, unit: "s", target });
        figures.push(Figure {
            what: format!("native peak memory beyond the start, {name}"),
            value: number(&result, "extra")? / f64::from(1 << 20),
            unit: "MiB",
            target: Some(Target::AtMost(64.0)),
        });
    }
    Ok(figures)
}

/// Peak memory beyond what the program held before, for sparse files of two sizes.
///
/// # Errors
/// As [`speed`], or there is no room for a sparse file.
pub fn memory() -> Result<Vec<Figure>, String> {
    let mut figures = Vec::new();
    for (name, bytes) in [("700 MB", 700_000_000_u64), ("25 GB", 25_000_000_000)] {
        let bytes = bytes / 2048 * 2048;
        let path = target_dir().join("bench-image");
        let made = File::create(&path).and_then(|file| file.set_len(bytes));
        made.map_err(|e| format!("{}: {e}", path.display()))?;
        let measured = run(&["memory", &path.to_string_lossy()]);
        // Best effort: a sparse file costs nothing.
        let _ = fs::remove_file(&path);
        for line in measured? {
            let result = parse(&line)?;
            figures.push(Figure {
                what: format!("native peak memory beyond the start, {name}"),
                value: number(&result, "extra")? / f64::from(1 << 20),
                unit: "MiB",
                target: Some(Target::AtMost(64.0)),
            });
            figures.push(Figure {
                what: format!("native, {name} from a sparse file"),
                value: number(&result, "seconds")?,
                unit: "s",
                target: None,
            });
        }
    }
    Ok(figures)
}
