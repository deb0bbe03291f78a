//! How quickly the sectors of a CD are coded: `tests/bench/coding.rs`, natively and as wasm.

use super::{Figure, Target, number, parse, text};
use crate::run::{cargo, program, quiet, target_dir};

/// Sectors a second at 52×.
const FIFTY_TWO: f64 = 75.0 * 52.0;

/// Sectors a second of one core, and what scrambler, subcode and interleaving add to the coding of mode 1.
///
/// # Errors
/// It could not be built or run; no Node.
pub fn coding() -> Result<Vec<Figure>, String> {
    let mut native = cargo();
    native.args(["bench", "--quiet", "--package", "webburn-bench", "--bench", "coding", "--", "ratios"]);
    let output = quiet(&mut native)?;
    let (mut figures, mut coded, mut whole) = (Vec::new(), 0.0, 0.0);
    for line in output.lines().filter(|line| line.starts_with('{')) {
        let result = parse(line)?;
        let (name, rate) = (text(&result, "name"), number(&result, "rate")?);
        let target = match name.as_str() {
            "mode 1: EDC, P, Q" => {
                coded = rate;
                Some(Target::AtLeast(200_000.0))
            }
            "mode 1 whole: EDC, P, Q, scrambler, subcode" => {
                whole = rate;
                None
            }
            _ => None,
        };
        figures.extend(both(&format!("native, {name}"), rate, target));
    }
    if whole > 0.0 {
        figures.push(Figure {
            what: "scrambler, subcode, interleaving on top".into(),
            value: (coded / whole - 1.0) * 100.0,
            unit: "%",
            target: Some(Target::AtMost(10.0)),
        });
    }
    let wasm = ["build", "--quiet", "--release", "--target", "wasm32-unknown-unknown", "--package", "webburn-cdcode"];
    quiet(cargo().args(wasm).args(["--example", "coding"]))?;
    let mut node = program("node");
    node.arg("tests/bench/coding.mjs");
    node.arg(target_dir().join("wasm32-unknown-unknown/release/examples/coding.wasm"));
    for line in quiet(&mut node)?.lines().filter(|line| line.starts_with('{')) {
        let result = parse(line)?;
        // All of it, where the coding of mode 1 alone would be enough.
        figures.extend(both(&text(&result, "name"), number(&result, "rate")?, Some(Target::AtLeast(150_000.0))));
    }
    Ok(figures)
}

fn both(name: &str, rate: f64, target: Option<Target>) -> [Figure; 2] {
    let times = Figure { what: "  as times a 52x CD".into(), value: rate / FIFTY_TWO, unit: "x", target: None };
    [Figure { what: name.to_owned(), value: rate, unit: "sectors/s", target }, times]
}
