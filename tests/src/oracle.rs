//! The disc as it truly is: looked at inside the simulator, never asked of the engine.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};
use webburn_sim::SharedSim;
use webburn_sim::disc::Format;

use crate::job::JobSource;
use crate::vectors::to_hex;

/// Bytes of sectors `first..first + count` as a reader would get them, `None` where nothing can be read.
#[must_use]
pub fn sectors(sim: &SharedSim, first: i32, count: u32) -> Option<Vec<u8>> {
    sim.with(|drive| {
        let disc = drive.disc_mut()?;
        let mut export = disc.export();
        let end = i64::from(first) + i64::from(count);
        let inside = export
            .ranges()
            .iter()
            .any(|(start, length)| first >= start.0 && end <= i64::from(start.0) + i64::from(length.0));
        if !inside {
            return None;
        }
        let mut bytes = vec![0; count as usize * 2048];
        export.read(first as u64, &mut bytes).ok()?;
        Some(bytes)
    })
}

/// The disc holds the whole job at `start`.
///
/// # Errors
/// The first address that differs.
pub fn holds(sim: &SharedSim, source: &JobSource, start: i32) -> Result<(), String> {
    let count = (source.bytes / 2048) as u32;
    let bytes = sectors(sim, start, count).ok_or_else(|| format!("{count} sectors from {start} cannot be read"))?;
    for (k, sector) in bytes.chunks_exact(2048).enumerate() {
        if sector != source.sector(k as u64) {
            return Err(format!("sector {} is not the job's sector {k}", start + k as i32));
        }
    }
    Ok(())
}

/// Nothing was ever written to the disc.
#[must_use]
pub fn is_untouched(sim: &SharedSim) -> bool {
    sim.with(|drive| {
        drive.disc().is_some_and(|disc| {
            let state = disc.state();
            !state.finalized
                // In random recording mode the one session has its end from the beginning.
                && (state.format == Format::RandomOnce || state.sessions.iter().all(|s| s.lead_out.is_none()))
                && state.tracks.iter().all(|t| t.next == t.start)
        })
    })
}

/// The tray is not locked.
#[must_use]
pub fn is_unlocked(sim: &SharedSim) -> bool {
    sim.with(|drive| !drive.locked())
}

/// Everything about the disc that matters, as text.
#[must_use]
pub fn text(sim: &SharedSim) -> String {
    sim.with(|drive| {
        let (tray, locked) = (drive.tray_open(), drive.locked());
        let mut text = String::new();
        let _ =
            writeln!(text, "tray {}, {}", if tray { "open" } else { "closed" }, if locked { "locked" } else { "free" });
        let Some(disc) = drive.disc_mut() else {
            text.push_str("no disc\n");
            return text;
        };
        let state = disc.state();
        let _ = writeln!(text, "{}, {:?}", disc.kind().name(), state.format);
        let _ = writeln!(text, "finalised {}, background format {:?}", state.finalized, state.background);
        for session in &state.sessions {
            let end = session.lead_out.map_or("open".to_owned(), |lba| format!("lead-out {lba}"));
            let _ = writeln!(text, "session {}: {end}", session.number);
        }
        for track in &state.tracks {
            let _ = writeln!(
                text,
                "track {} of session {}: start {}, next {}, {:?}",
                track.number, track.session, track.start, track.next, track.state
            );
        }
        let mut export = disc.export();
        let ranges: Vec<(i32, u32)> = export.ranges().iter().map(|(lba, n)| (lba.0, n.0)).collect();
        for (start, count) in ranges {
            let mut index = start as u64;
            let mut hash = Sha256::new();
            let mut buffer = vec![0; 64 * 1024];
            let mut left = count;
            while left > 0 {
                let n = left.min(32);
                let bytes = &mut buffer[..n as usize * 2048];
                if export.read(index, bytes).is_err() {
                    let _ = writeln!(text, "unreadable at {index}");
                    break;
                }
                hash.update(&*bytes);
                index += u64::from(n);
                left -= n;
            }
            let digest = to_hex(&hash.finalize()).replace(' ', "");
            let _ =
                writeln!(text, "reads {start}..{}: sha256 {}", i64::from(start) + i64::from(count) - 1, &digest[..32]);
        }
        text
    })
}
