//! CD-Text as plain data.

use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use webburn_cdcode::cdtext::{self, Block, TextKind};

use crate::handle::plain::to_js;
use crate::objects::arg::is_nothing;
use crate::objects::failure::{another, invalid, told};

#[wasm_bindgen]
extern "C" {
    /// CD-Text, or nothing.
    #[wasm_bindgen(typescript_type = "CdText | Uint8Array | null | undefined")]
    pub type TextArg;
}

/// The texts of a track or, without those of its own, of the disc.
#[derive(Default, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
struct Texts {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    performer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    songwriter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    composer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arranger: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

/// `CdText`.
#[derive(Default, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
struct Disc {
    #[serde(flatten)]
    own: Texts,
    #[serde(skip_serializing_if = "Option::is_none")]
    disc_id: Option<String>,
    tracks: Vec<Texts>,
}

impl Texts {
    fn of(block: &Block, track: u8) -> Self {
        // Where only some tracks have a text, the others have an empty one on the disc.
        let get = |kind| block.get(kind, track).filter(|text| !text.is_empty());
        Texts {
            title: get(TextKind::Title),
            performer: get(TextKind::Performer),
            songwriter: get(TextKind::Songwriter),
            composer: get(TextKind::Composer),
            arranger: get(TextKind::Arranger),
            message: get(TextKind::Message),
        }
    }

    fn put(&self, block: &mut Block, track: u8) -> Result<(), JsValue> {
        let all = [
            (TextKind::Title, &self.title),
            (TextKind::Performer, &self.performer),
            (TextKind::Songwriter, &self.songwriter),
            (TextKind::Composer, &self.composer),
            (TextKind::Arranger, &self.arranger),
            (TextKind::Message, &self.message),
        ];
        all.into_iter().try_for_each(|(kind, text)| put(block, kind, track, text.as_deref()))
    }
}

fn put(block: &mut Block, kind: TextKind, track: u8, text: Option<&str>) -> Result<(), JsValue> {
    let Some(text) = text else { return Ok(()) };
    let refused = |error: cdtext::NotInCharset| {
        told("text-not-in-charset", webburn_imapi::hresult::E_INVALIDARG, &error.to_string())
    };
    block.set(kind, track, text).map_err(refused)
}

/// A `CdText`, `null` for none.
pub fn view(text: &cdtext::CdText) -> JsValue {
    let Some(block) = text.blocks.first() else { return JsValue::NULL };
    to_js(&Disc {
        own: Texts::of(block, 0),
        disc_id: block.get(TextKind::DiscId, 0),
        tracks: (block.first_track..=block.last_track).map(|track| Texts::of(block, track)).collect(),
    })
}

impl TextArg {
    /// The texts of a disc that begins with track `first` and has so many by now.
    pub fn text(self, (first, tracks): (u8, u8)) -> Result<cdtext::CdText, JsValue> {
        let value: JsValue = self.into();
        if is_nothing(&value) {
            return Ok(cdtext::CdText::default());
        }
        let value = match value.dyn_into::<Uint8Array>() {
            Ok(packs) => {
                let decoded = cdtext::decode_bytes(&packs.to_vec());
                return if decoded.faults.is_empty() { Ok(decoded.text) } else { Err(invalid()) };
            }
            Err(value) => value,
        };
        let disc: Disc = serde_wasm_bindgen::from_value(value).map_err(|_| another())?;
        let count = disc.tracks.len().max(usize::from(tracks)).max(1);
        let last = u8::try_from(usize::from(first) + count - 1).ok().filter(|last| *last <= 99).ok_or_else(invalid)?;
        let mut block = Block::new(first, last);
        disc.own.put(&mut block, 0)?;
        put(&mut block, TextKind::DiscId, 0, disc.disc_id.as_deref())?;
        for (track, texts) in (first..).zip(&disc.tracks) {
            texts.put(&mut block, track)?;
        }
        Ok(cdtext::CdText { blocks: vec![block] })
    }
}
