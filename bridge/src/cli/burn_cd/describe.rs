//! Saying what a disc will hold.

use serde_json::{Value, json};
use webburn_cdcode::cdtext::TextKind;
use webburn_rawimage::CdImage;
use webburn_rawimage::layout::{CdLayout, TrackMode};
use webburn_sector::{Lba, SectorCount};

use crate::cli::output::Manner;
use crate::texts::cd as words;

/// A text of the first language that has it; track 0 is the disc.
fn text(layout: &CdLayout, kind: TextKind, track: u8) -> Option<String> {
    layout.text.blocks.iter().find_map(|block| block.get(kind, track)).filter(|text| !text.is_empty())
}

/// The disc, track by track, and what had to be put right to read it.
pub fn tell(manner: Manner, name: &str, image: &CdImage, drive: &str, medium: &str) {
    let layout = &image.layout;
    manner.value(&value(name, image));
    let tracks = layout.placed().count();
    let length = layout.lead_out().since(Lba::ZERO).0.into();
    manner.line(words::heading(name, tracks, layout.sessions.len(), length, drive, medium));
    let (title, performer) = (text(layout, TextKind::Title, 0), text(layout, TextKind::Performer, 0));
    if let Some(disc) = words::disc(title.as_deref(), performer.as_deref()) {
        manner.line(format!("  {disc}"));
    }
    for session in &layout.sessions {
        for (at, placed) in session.placed().enumerate() {
            let track = placed.track;
            // The two seconds before the first track go without saying.
            let usual = if at == 0 { SectorCount(150) } else { SectorCount::ZERO };
            let gap = track.pregap.saturating_sub(usual).0.into();
            let number = track.number.get();
            let (title, performer) = (text(layout, TextKind::Title, number), text(layout, TextKind::Performer, number));
            let length = track.length().0.into();
            let kind = words::kind(track.mode);
            manner.line(words::track(number, kind, length, gap, title.as_deref(), performer.as_deref()));
        }
    }
    for note in &image.notes {
        manner.line(words::note(&note.to_string()));
    }
}

/// For programs.
fn value(name: &str, image: &CdImage) -> Value {
    let layout = &image.layout;
    let tracks = layout.placed().map(|placed| {
        let number = placed.track.number.get();
        json!({
            "number": number, "audio": placed.track.mode == TrackMode::Audio,
            "mode": words::kind(placed.track.mode).trim(), "start": placed.start.0, "sectors": placed.track.length().0,
            "pregap": placed.track.pregap.0, "isrc": placed.track.isrc.map(|isrc| isrc.to_string()),
            "title": text(layout, TextKind::Title, number), "performer": text(layout, TextKind::Performer, number),
        })
    });
    let notes: Vec<String> = image.notes.iter().map(ToString::to_string).collect();
    json!({
        "type": "disc", "name": name, "sessions": layout.sessions.len(), "leadOut": layout.lead_out().0,
        "mcn": layout.mcn.map(|mcn| mcn.to_string()), "title": text(layout, TextKind::Title, 0),
        "performer": text(layout, TextKind::Performer, 0), "tracks": tracks.collect::<Vec<_>>(), "notes": notes,
    })
}
