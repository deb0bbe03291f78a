//! `IBlockRange` and `IBlockRangeList`.

use serde::Deserialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use webburn_sector::Lba;

use super::arg::is_nothing;
use super::failure::another;

#[wasm_bindgen]
extern "C" {
    /// Ranges, or nothing.
    #[wasm_bindgen(typescript_type = "BlockRangeList | null | undefined")]
    pub type RangesArg;
    type HasRanges;
    #[wasm_bindgen(method, getter, js_name = blockRanges)]
    fn block_ranges(this: &HasRanges) -> JsValue;
    #[wasm_bindgen(typescript_type = "BlockRange[]")]
    /// A list of ranges.
    pub type RangeArray;
}

/// An inclusive range of sectors.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub struct BlockRange {
    /// `get_StartLba`.
    #[wasm_bindgen(readonly, js_name = startLba)]
    pub start_lba: i32,
    /// `get_EndLba`: the last sector of it.
    #[wasm_bindgen(readonly, js_name = endLba)]
    pub end_lba: i32,
}

#[wasm_bindgen]
impl BlockRange {
    /// From one sector to another, both included.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(js_name = startLba)] start_lba: i32,
        #[wasm_bindgen(js_name = endLba)] end_lba: i32,
    ) -> Self {
        BlockRange { start_lba, end_lba }
    }
}

/// The parts of a stream that are to be written, in this order.
#[wasm_bindgen]
pub struct BlockRangeList(pub(super) Vec<BlockRange>);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Plain {
    start_lba: i32,
    end_lba: i32,
}

fn plain(ranges: JsValue) -> Result<Vec<BlockRange>, JsValue> {
    let plain: Vec<Plain> = serde_wasm_bindgen::from_value(ranges).map_err(|_| another())?;
    Ok(plain.into_iter().map(|one| BlockRange::new(one.start_lba, one.end_lba)).collect())
}

#[wasm_bindgen]
impl BlockRangeList {
    /// Of ranges.
    ///
    /// # Errors
    /// `E_NOINTERFACE` for what are no ranges.
    #[wasm_bindgen(constructor)]
    pub fn new(ranges: RangeArray) -> Result<BlockRangeList, JsValue> {
        plain(ranges.into()).map(BlockRangeList)
    }

    /// `get_BlockRanges`.
    #[wasm_bindgen(getter, js_name = blockRanges)]
    pub fn block_ranges(&self) -> Vec<BlockRange> {
        self.0.clone()
    }
}

/// The ranges that a stream tells of itself, `None` for one that tells none.
pub fn listed(value: JsValue) -> Result<Option<Vec<(Lba, Lba)>>, JsValue> {
    if is_nothing(&value) {
        return Ok(None);
    }
    Ok(Some(plain(value)?.into_iter().map(|one| (Lba(one.start_lba), Lba(one.end_lba))).collect()))
}

impl RangesArg {
    /// The ranges as the object model takes them, `None` for nothing.
    pub fn optional(self) -> Result<Option<Vec<webburn_imapi::BlockRange>>, JsValue> {
        let value: JsValue = self.into();
        if is_nothing(&value) {
            return Ok(None);
        }
        let list: HasRanges = wasm_bindgen::JsCast::unchecked_into(value);
        let ranges = plain(list.block_ranges())?;
        let range = |one: BlockRange| webburn_imapi::BlockRange { start: Lba(one.start_lba), end: Lba(one.end_lba) };
        Ok(Some(ranges.into_iter().map(range).collect()))
    }
}
