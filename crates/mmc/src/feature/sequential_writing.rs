//! Writing in order: CD, DVD−, DVD+, BD-R.

use webburn_scsi::layout;
use webburn_scsi::layout::{get, put};

use super::reading::{bitmaps, put_bitmaps};
use super::{Body, bodies};

/// 0021h: a track can be written in pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IncrementalStreaming {
    /// Data block types, bit n is type n of mode page 05h.
    pub data_block_types: u16,
    /// TRIO: track resources information is there.
    pub trio: bool,
    /// ARSV: RESERVE TRACK by address.
    pub address_reservation: bool,
    /// BUF: pieces can be joined without gaps after an underrun.
    pub buffer_underrun_free: bool,
    /// Link sizes, in sectors.
    pub link_sizes: Vec<u8>,
}

impl Body for IncrementalStreaming {
    fn read_body(body: &[u8]) -> Self {
        IncrementalStreaming {
            data_block_types: get::u16(body, 0),
            trio: get::bit(body, 2, 2),
            address_reservation: get::bit(body, 2, 1),
            buffer_underrun_free: get::bit(body, 2, 0),
            link_sizes: link_sizes(body),
        }
    }
    fn encode_body(&self, out: &mut Vec<u8>) {
        let mut fixed = [0; 4];
        put::u16(&mut fixed, 0, self.data_block_types);
        put::bit(&mut fixed, 2, 2, self.trio);
        put::bit(&mut fixed, 2, 1, self.address_reservation);
        put::bit(&mut fixed, 2, 0, self.buffer_underrun_free);
        put::u8(&mut fixed, 3, self.link_sizes.len() as u8);
        out.extend_from_slice(&fixed);
        out.extend_from_slice(&self.link_sizes);
    }
}

/// 0033h: link sizes of layer jump recording, in sectors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkSizes {
    /// The sizes.
    pub link_sizes: Vec<u8>,
}

impl Body for LinkSizes {
    fn read_body(body: &[u8]) -> Self {
        LinkSizes { link_sizes: link_sizes(body) }
    }
    fn encode_body(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&[0, 0, 0, self.link_sizes.len() as u8]);
        out.extend_from_slice(&self.link_sizes);
    }
}

/// Byte 3 says how many there are; they begin at byte 4.
fn link_sizes(body: &[u8]) -> Vec<u8> {
    let there = body.get(4..).unwrap_or_default();
    there[..there.len().min(usize::from(get::u8(body, 3)))].to_vec()
}

layout! {
    /// 002Bh and 003Bh: DVD+R, single and dual layer.
    DvdPlusR [4] {
        /// Write, else read only.
        write: bool = bit(0, 0),
    }
}

layout! {
    /// 002Dh: CDs track by track.
    CdTrackAtOnce [4] {
        /// BUF: underrun protection.
        buffer_underrun_free: bool = bit(0, 6),
        /// R-W raw: raw R-W sub-channel.
        rw_raw: bool = bit(0, 4),
        /// R-W pack: packed R-W sub-channel.
        rw_pack: bool = bit(0, 3),
        /// Test write.
        test_write: bool = bit(0, 2),
        /// CD-RW can be overwritten.
        cd_rw: bool = bit(0, 1),
        /// R-W sub-code: sub-channel of the host's own.
        rw_sub_code: bool = bit(0, 0),
        /// Data block types, bit n is type n of mode page 05h.
        data_block_types: u16 = u16(2),
    }
}

layout! {
    /// 002Eh: CDs session at once or raw.
    CdMastering [4] {
        /// BUF: underrun protection.
        buffer_underrun_free: bool = bit(0, 6),
        /// SAO: session at once by cue sheet.
        session_at_once: bool = bit(0, 5),
        /// RAW MS: raw, more than one session.
        raw_multi_session: bool = bit(0, 4),
        /// RAW.
        raw: bool = bit(0, 3),
        /// Test write.
        test_write: bool = bit(0, 2),
        /// CD-RW can be overwritten.
        cd_rw: bool = bit(0, 1),
        /// R-W: sub-channel of the host's own.
        rw: bool = bit(0, 0),
        /// Longest cue sheet, in bytes.
        max_cue_sheet: u32 = u24(1),
    }
}

layout! {
    /// 002Fh: DVD-R and DVD-RW.
    DvdRWrite [4] {
        /// BUF: underrun protection.
        buffer_underrun_free: bool = bit(0, 6),
        /// RDL: dual layer.
        dual_layer: bool = bit(0, 3),
        /// Test write.
        test_write: bool = bit(0, 2),
        /// DVD-RW as well.
        dvd_rw: bool = bit(0, 1),
    }
}

layout! {
    /// 0037h: kinds of CD-RW.
    CdRwMedia [4] {
        /// Bit n: sub-type n of the ATIP can be written.
        subtypes: u8 = u8(1),
    }
}

bodies!(DvdPlusR, CdTrackAtOnce, CdMastering, DvdRWrite, CdRwMedia);

/// 0041h: Blu-ray discs. One bitmap of versions a class, classes 0 to 3.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BdWrite {
    /// SVNR: the streaming bit also switches verification off.
    pub verify_not_required: bool,
    /// BD-RE.
    pub re: [u16; 4],
    /// BD-R.
    pub r: [u16; 4],
}

impl Body for BdWrite {
    fn read_body(body: &[u8]) -> Self {
        BdWrite { verify_not_required: get::bit(body, 0, 0), re: bitmaps(body, 4), r: bitmaps(body, 12) }
    }
    fn encode_body(&self, out: &mut Vec<u8>) {
        let mut body = [0; 20];
        put::bit(&mut body, 0, 0, self.verify_not_required);
        put_bitmaps(&mut body, 4, self.re);
        put_bitmaps(&mut body, 12, self.r);
        out.extend_from_slice(&body);
    }
}
