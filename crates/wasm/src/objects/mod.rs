//! The whole object model for programs of other people: IMAPI2's names in JavaScript's spelling, promises, and failures
//! that carry their HRESULT. Takes the place of the handles that the page uses (feature `objects`).
//!
//! What wasm-bindgen cannot say about types stands in `types.d.ts`, which becomes part of the module's own.

pub mod enums;

#[cfg(target_arch = "wasm32")]
mod arg;
#[cfg(target_arch = "wasm32")]
mod contents;
#[cfg(target_arch = "wasm32")]
mod data;
#[cfg(target_arch = "wasm32")]
mod drive;
#[cfg(target_arch = "wasm32")]
mod erase;
#[cfg(target_arch = "wasm32")]
mod events;
#[cfg(target_arch = "wasm32")]
mod failure;
#[cfg(target_arch = "wasm32")]
mod in_common;
#[cfg(target_arch = "wasm32")]
mod master;
#[cfg(target_arch = "wasm32")]
mod media_format;
#[cfg(test)]
mod members;
#[cfg(target_arch = "wasm32")]
mod multisession;
#[cfg(target_arch = "wasm32")]
mod plan;
#[cfg(target_arch = "wasm32")]
mod ranges;
#[cfg(target_arch = "wasm32")]
mod raw_cd;
#[cfg(target_arch = "wasm32")]
mod raw_image;
#[cfg(target_arch = "wasm32")]
mod recorder;
#[cfg(target_arch = "wasm32")]
mod recorder_ex;
#[cfg(target_arch = "wasm32")]
mod session_at_once;
#[cfg(target_arch = "wasm32")]
mod source;
#[cfg(target_arch = "wasm32")]
mod streams;
#[cfg(target_arch = "wasm32")]
mod track_at_once;
#[cfg(target_arch = "wasm32")]
mod way;
#[cfg(target_arch = "wasm32")]
mod write_engine;

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");
