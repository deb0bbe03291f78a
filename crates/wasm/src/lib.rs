//! The engine in the page: opaque handles, promises and plain data. The only crate that knows JavaScript.
//!
//! What crosses the border is described in `web/src/api/types.ts`; nothing of it is decided here. On other targets than
//! wasm32 only the shapes and the store are built, so that they can be tested without a browser.

#[cfg(all(target_arch = "wasm32", feature = "cds"))]
pub mod cds;
#[cfg(feature = "objects")]
pub mod objects;
pub mod store;
pub mod view;

#[cfg(target_arch = "wasm32")]
pub mod handle;
#[cfg(target_arch = "wasm32")]
pub mod js;
