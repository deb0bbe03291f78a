//! The command line: what may be said, and who does it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use burn_cd::CdWish;
use clap::{Args, Parser, Subcommand};
use read_cd::Wanted;
use webburn_imapi::{FormatGoal, FormatOptions, Spare};
use webburn_sector::SectorCount;

mod audio;
mod burn;
mod burn_cd;
mod change;
mod drive;
mod drives;
mod erase;
mod exit;
mod format;
mod info;
mod json;
mod output;
mod read;
mod read_cd;
mod read_track;
mod serve;
mod watch;

pub(crate) use output::complain;

/// Burns CDs, DVDs and Blu-ray discs: from a web page that it serves, or from here.
#[derive(Debug, Parser)]
#[command(name = "webburn", version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Serve,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the page on this computer and gives it a way to the drives (what webburn does without a command)
    Serve(Serve),
    /// Lists the drives
    Drives {
        /// For programs
        #[arg(long)]
        json: bool,
    },
    /// Says all that is known about the disc in a drive
    Info {
        #[command(flatten)]
        drive: DriveArgs,
    },
    /// Burns an image to the disc in a drive, and reads it back
    Burn {
        #[command(flatten)]
        drive: DriveArgs,
        /// The image: sectors of 2048 bytes (.iso), or the image of a CD (.cue, .toc, .ccd, .mds, .nrg, .chd, .bin), or an
        /// audio file
        image: PathBuf,
        /// Do not read the disc back
        #[arg(long)]
        no_verify: bool,
        /// The speed, as printed on discs: 8 for 8×
        #[arg(long, value_name = "N", value_parser = positive)]
        speed: Option<f64>,
        /// Close the disc, so that nothing can be added
        #[arg(long)]
        close: bool,
        /// Replace what is on a rewritable disc
        #[arg(long, conflicts_with = "append")]
        overwrite: bool,
        /// Add a session behind what is there, and leave the disc open for more
        #[arg(long, conflicts_with = "close")]
        append: bool,
        /// CDs: write lead-in, tracks and lead-out sector by sector, with the sub-channel
        #[arg(long, conflicts_with_all = ["test_write", "overburn"])]
        raw: bool,
        /// CDs: try it with the laser off
        #[arg(long)]
        test_write: bool,
        /// CDs: write beyond the end that the disc gives itself
        #[arg(long)]
        overburn: bool,
    },
    /// Burns audio files as the tracks of a CD: WAV, AIFF, FLAC, MP3, Ogg Vorbis
    Audio {
        #[command(flatten)]
        drive: DriveArgs,
        /// The files, in the order of the tracks
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Silence between tracks
        #[arg(long, value_name = "SECONDS", default_value = "0", value_parser = audio::gap)]
        gap: SectorCount,
        /// Titles and names from the files, for players that show them
        #[arg(long)]
        cd_text: bool,
        /// Do not read the disc back
        #[arg(long)]
        no_verify: bool,
        /// The speed, as printed on discs: 8 for 8×
        #[arg(long, value_name = "N", value_parser = positive)]
        speed: Option<f64>,
        /// Erase a CD-RW first
        #[arg(long)]
        overwrite: bool,
        /// Try it with the laser off
        #[arg(long)]
        test_write: bool,
        /// Write beyond the end that the disc gives itself
        #[arg(long)]
        overburn: bool,
    },
    /// Makes a rewritable disc blank again
    Erase {
        #[command(flatten)]
        drive: DriveArgs,
        /// All of the disc, not only what describes it
        #[arg(long)]
        full: bool,
    },
    /// Formats a disc for another way of recording
    Format {
        #[command(flatten)]
        drive: DriveArgs,
        /// usual; sequential or restricted (DVD-RW); background, resume or stop (DVD+RW); spare, pow or rrm (BD-R, once)
        #[arg(long = "type", value_name = "TYPE", default_value = "usual", value_parser = format::goal)]
        goal: FormatGoal,
        /// Room for bad places: usual, none, least, most, a number of sectors, or a size such as 256M
        #[arg(long, value_name = "SIZE", default_value = "usual", value_parser = format::spare)]
        spare: Spare,
        /// All of the disc: written, tried, or waited for
        #[arg(long)]
        full: bool,
    },
    /// Reads the disc in a drive to a file
    Read {
        #[command(flatten)]
        drive: DriveArgs,
        /// The file to make: sectors of 2048 bytes; or a whole CD as .cue (with a .bin), .toc (with a .bin) or .ccd (with
        /// .img and .sub). A folder: all audio tracks of a CD as FLAC, with their names
        out: PathBuf,
        /// Only the first N sectors
        #[arg(long, value_name = "N")]
        sectors: Option<u32>,
        /// Only track N of a CD: to .wav or .flac (audio), .iso (2048 bytes a sector) or .bin (all 2352)
        #[arg(long, value_name = "N", conflicts_with = "sectors", value_parser = clap::value_parser!(u8).range(1..=99))]
        track: Option<u8>,
    },
}

/// A drive, and how its simulation behaves.
#[derive(Debug, Args)]
struct DriveArgs {
    /// /dev/srN, or sim:MEDIUM[:FILE], where FILE keeps the simulated disc between runs (sim:dvd+rw:disc.wbd)
    #[arg(value_name = "DRIVE")]
    drive: String,
    /// For programs: one JSON value a line
    #[arg(long)]
    json: bool,
    /// How fast time passes in a simulated drive: real, instant, or how many times as fast as real
    #[arg(long, value_name = "PACE", default_value = "instant")]
    sim_pace: String,
    /// Which drive is simulated
    #[arg(long, value_name = "ID", default_value = drive::DEFAULT_PERSONALITY)]
    sim_drive: String,
}

#[derive(Debug, Args)]
struct Serve {
    /// Offer a simulated drive with MEDIUM[:FILE] in it, where FILE keeps the disc between runs; may be given again
    #[arg(long, value_name = "MEDIUM[:FILE]")]
    simulate: Vec<String>,
    /// The port, 8470 or the next free one when it is left out
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Open the page in a browser
    #[arg(long)]
    open: bool,
    /// How fast time passes in simulated drives: real, instant, or how many times as fast as real
    #[arg(long, value_name = "PACE", default_value = "real")]
    sim_pace: String,
    /// Which drive is simulated
    #[arg(long, value_name = "ID", default_value = drive::DEFAULT_PERSONALITY)]
    sim_drive: String,
}

fn positive(text: &str) -> Result<f64, String> {
    match text.trim_end_matches(['x', '×']).parse::<f64>() {
        Ok(value) if value.is_finite() && value > 0.0 => Ok(value),
        _ => Err("a number above 0 is needed".to_owned()),
    }
}

/// It is a folder, or its name ends as that of one.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(['/', '\\'])
}

/// Reads the command line and does what it says.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let end = match cli.command.unwrap_or(Command::Serve(cli.serve)) {
        Command::Serve(serve) => serve::run(&serve),
        Command::Drives { json } => drives::run(json),
        Command::Info { drive } => info::run(&drive),
        Command::Burn { drive, image, no_verify, speed, close, overwrite, append, raw, test_write, overburn } => {
            let verify = !no_verify;
            let wish = burn::Wish { verify, speed, close, overwrite, append, raw, test_write, overburn };
            burn::run(&drive, &image, &wish)
        }
        Command::Audio { drive, files, gap, cd_text, no_verify, speed, overwrite, test_write, overburn } => {
            let wish = CdWish { verify: !no_verify, speed, overwrite, raw: false, test_write, overburn };
            audio::run(&drive, &files, gap, cd_text, &wish)
        }
        Command::Erase { drive, full } => erase::run(&drive, full),
        Command::Format { drive, goal, spare, full } => format::run(&drive, FormatOptions { goal, spare, full }),
        Command::Read { drive, out, sectors, track } => match (track, read_cd::format_of(&out)) {
            (Some(track), _) => read_cd::run(&drive, &out, Wanted::Track(track)),
            (None, None) if sectors.is_none() && is_folder(&out) => read_cd::run(&drive, &out, Wanted::Tracks),
            (None, Some(format)) if sectors.is_none() => read_cd::run(&drive, &out, Wanted::Disc(format)),
            _ => read::run(&drive, &out, sectors),
        },
    };
    end.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn serving_is_what_happens_without_a_command() {
        let cli = Cli::parse_from(["webburn", "--simulate", "cd-r", "--simulate", "dvd+rw:a.wbd", "--port", "9000"]);
        assert!(cli.command.is_none());
        assert_eq!((cli.serve.simulate.len(), cli.serve.port), (2, Some(9000)));
    }

    #[test]
    fn speeds_are_numbers_with_or_without_a_sign() {
        assert_eq!(positive("8"), Ok(8.0));
        assert_eq!(positive("2.4x"), Ok(2.4));
        assert_eq!(positive("16×"), Ok(16.0));
        for text in ["0", "-4", "fast", "inf", ""] {
            assert!(positive(text).is_err(), "{text:?}");
        }
    }
}
