//! What a file says about itself.

use symphonia::core::formats::FormatReader;
use symphonia::core::meta::{MetadataRevision, StandardTag};
use webburn_rawimage::Tags;

pub(crate) fn read(format: &mut dyn FormatReader) -> Tags {
    let mut tags = Tags::default();
    let mut metadata = format.metadata();
    if let Some(revision) = metadata.skip_to_latest() {
        of(revision, &mut tags);
    }
    tags
}

/// Adds what `tags` does not know yet.
pub(crate) fn of(revision: &MetadataRevision, tags: &mut Tags) {
    let per_track = revision.per_track.iter().flat_map(|track| &track.metadata.tags);
    for tag in revision.media.tags.iter().chain(per_track) {
        let Some(standard) = &tag.std else { continue };
        let (field, value) = match standard {
            StandardTag::TrackTitle(value) => (&mut tags.title, value),
            StandardTag::Artist(value) => (&mut tags.performer, value),
            StandardTag::Lyricist(value) | StandardTag::Writer(value) => (&mut tags.songwriter, value),
            StandardTag::Composer(value) => (&mut tags.composer, value),
            StandardTag::Arranger(value) => (&mut tags.arranger, value),
            StandardTag::Album(value) => (&mut tags.album, value),
            StandardTag::AlbumArtist(value) => (&mut tags.album_performer, value),
            StandardTag::Genre(value) => (&mut tags.genre, value),
            StandardTag::IdentIsrc(value) => (&mut tags.isrc, value),
            StandardTag::IdentBarcode(value) | StandardTag::IdentUpc(value) | StandardTag::IdentEanUpn(value) => {
                (&mut tags.barcode, value)
            }
            _ => continue,
        };
        if field.is_none() && !value.is_empty() {
            *field = Some(value.to_string());
        }
    }
}
