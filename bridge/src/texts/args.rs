//! What a code of the engine carries with it.

use webburn_imapi::{Arg, Args};

pub(super) fn number(args: &Args, name: &str) -> Option<f64> {
    args.iter().find(|(key, _)| *key == name).and_then(|(_, value)| match value {
        Arg::Whole(value) => Some(*value as f64),
        Arg::Number(value) => Some(*value),
        _ => None,
    })
}

pub(super) fn whole(args: &Args, name: &str) -> Option<u64> {
    number(args, name).map(|value| value.max(0.0) as u64)
}

pub(super) fn word<'a>(args: &'a Args, name: &str) -> Option<&'a str> {
    args.iter().find(|(key, _)| *key == name).and_then(|(_, value)| match value {
        Arg::Text(value) => Some(value.as_str()),
        _ => None,
    })
}
