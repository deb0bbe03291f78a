//! `webburn format`.

use webburn_imapi::{FormatGoal, FormatOptions, MediaFormat, Spare};
use webburn_sector::SectorCount;

use super::exit::End;
use super::{DriveArgs, change};

/// Formats the disc for another way of recording.
pub fn run(args: &DriveArgs, options: FormatOptions) -> End {
    let format = MediaFormat::new();
    format.set_options(options);
    change::run(args, format)
}

/// A word of `--type`.
pub fn goal(word: &str) -> Result<FormatGoal, String> {
    FormatGoal::parse(word).ok_or_else(|| {
        let known: Vec<&str> = FormatGoal::ALL.iter().map(|(word, _)| *word).collect();
        format!("known are {}", known.join(", "))
    })
}

/// `--spare`: a word, or a size in sectors, or with M or G behind it in MiB or GiB.
pub fn spare(text: &str) -> Result<Spare, String> {
    const PER_MIB: u32 = 512;
    let (number, unit) = match text.strip_suffix(['M', 'm']) {
        Some(number) => (number, PER_MIB),
        None => match text.strip_suffix(['G', 'g']) {
            Some(number) => (number, PER_MIB * 1024),
            None => (text, 1),
        },
    };
    match text {
        "usual" => Ok(Spare::Usual),
        "none" => Ok(Spare::None),
        "least" => Ok(Spare::Least),
        "most" => Ok(Spare::Most),
        _ => match number.parse::<u32>().ok().and_then(|number| number.checked_mul(unit)) {
            Some(sectors) if sectors > 0 => Ok(Spare::Sectors(SectorCount(sectors))),
            _ => Err("give usual, none, least, most, a number of sectors, or a size such as 256M or 1G".to_owned()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_spare_areas() {
        for (text, expected) in [
            ("usual", Spare::Usual),
            ("none", Spare::None),
            ("most", Spare::Most),
            ("131072", Spare::Sectors(SectorCount(131_072))),
            ("256M", Spare::Sectors(SectorCount(131_072))),
            ("1G", Spare::Sectors(SectorCount(524_288))),
        ] {
            assert_eq!(spare(text), Ok(expected), "{text}");
        }
        for text in ["", "0", "-1", "M", "9000G", "much"] {
            assert!(spare(text).is_err(), "{text:?}");
        }
        assert_eq!(goal("pow"), Ok(FormatGoal::PseudoOverwrite));
        assert!(goal("fat32").is_err_and(|why| why.contains("restricted")));
    }
}
