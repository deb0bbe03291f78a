//! `cargo xtask bench`: figures and ratios, nothing asserted.

mod browser;
mod coding;
mod native;
mod size;

use std::collections::BTreeMap;

use serde_json::Value;

/// A measured figure beside what it should be.
pub struct Figure {
    /// What.
    pub what: String,
    /// As measured, in `unit`.
    pub value: f64,
    /// `MB/s`, `sectors/s`, `ms`, `MiB`, `KB`.
    pub unit: &'static str,
    /// What it should be.
    pub target: Option<Target>,
}

/// Which side of a number is good.
#[derive(Clone, Copy)]
pub enum Target {
    /// No less than this.
    AtLeast(f64),
    /// No more than this.
    AtMost(f64),
}

type Measure = fn() -> Result<Vec<Figure>, String>;
const ALL: [(&str, Measure); 7] = [
    ("native", native::speed),
    ("memory", native::memory),
    ("media", media),
    ("coding", coding::coding),
    ("size", size::size),
    ("page", browser::page),
    ("page-memory", browser::memory),
];

/// Every medium, natively; and 25 GB in the page.
fn media() -> Result<Vec<Figure>, String> {
    let mut figures = native::media()?;
    figures.extend(browser::disc()?);
    Ok(figures)
}

/// Measures what is named, or all.
///
/// # Errors
/// What could not be measured.
pub fn bench(names: &[String]) -> Result<(), String> {
    if let Some(unknown) = names.iter().find(|name| !ALL.iter().any(|(known, _)| known == name)) {
        let known: Vec<&str> = ALL.iter().map(|(name, _)| *name).collect();
        return Err(format!("there is no measurement `{unknown}`; there are: {}", known.join(", ")));
    }
    for (name, measure) in ALL {
        if names.is_empty() || names.iter().any(|wanted| wanted == name) {
            for figure in measure()? {
                println!("{}", line(&figure));
            }
        }
    }
    Ok(())
}

/// `page → bridge, depth 4           412 MB/s   1.37 × of 300`
fn line(figure: &Figure) -> String {
    let digits = match figure.value {
        value if value == 0.0 || value >= 10.0 => 0,
        value if value < 0.1 => 4,
        _ => 2,
    };
    let (limit, good) = match figure.target {
        None => return format!("{:<44} {:>9.digits$} {}", figure.what, figure.value, figure.unit),
        Some(Target::AtLeast(limit)) => (limit, figure.value >= limit),
        Some(Target::AtMost(limit)) => (limit, figure.value <= limit),
    };
    let sign = if matches!(figure.target, Some(Target::AtLeast(_))) { "≥" } else { "≤" };
    let ratio = figure.value / limit;
    let missed = if good { "" } else { "  missed" };
    format!(
        "{:<44} {:>9.digits$} {:<5} {ratio:5.2} × of {sign} {limit}{missed}",
        figure.what, figure.value, figure.unit
    )
}

/// One line of JSON that a measuring program printed.
fn parse(line: &str) -> Result<BTreeMap<String, Value>, String> {
    serde_json::from_str(line).map_err(|e| format!("a measuring program printed `{line}`: {e}"))
}

fn number(result: &BTreeMap<String, Value>, name: &str) -> Result<f64, String> {
    result.get(name).and_then(Value::as_f64).ok_or_else(|| format!("a result without `{name}`: {result:?}"))
}

fn text(result: &BTreeMap<String, Value>, name: &str) -> String {
    result.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}
