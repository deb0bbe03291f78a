//! Every answer and list under bytes that no sane drive sends: nothing panics, and what was read can be written and read
//! again without a change.

use std::fmt::Debug;

use webburn_mmc::mode_page::{
    Caching, Capabilities, CdAudioControl, ErrorRecovery, InformationalExceptions, PowerCondition, TimeOutProtect,
    WriteParameters,
};
use webburn_mmc::structure::{
    BdDiscInformation, BdSpareArea, Copyright, DvdPhysical, LayerBoundary, MiddleZoneStart, StructureList,
    WriteProtection, pre_recorded_manufacturer,
};
use webburn_mmc::*;
use webburn_scsi::Malformed;

struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }
    fn below(&mut self, end: u64) -> usize {
        ((self.roll() >> 16) % end) as usize
    }
    /// Random bytes whose length field at `field` is random, right, or off by a little.
    fn answer(&mut self, field: usize, wide: bool) -> Vec<u8> {
        let length = self.below(400);
        let mut bytes: Vec<u8> = (0..length).map(|_| self.roll() as u8).collect();
        let claim = match self.below(4) {
            0 => return bytes,
            1 => length.saturating_sub(self.below(9)),
            2 => length + self.below(9),
            _ => self.below(64),
        };
        let claim = if wide { (claim as u32).to_be_bytes().to_vec() } else { (claim as u16).to_be_bytes().to_vec() };
        for (to, byte) in bytes.iter_mut().skip(field).zip(claim) {
            *to = byte;
        }
        bytes
    }
}

/// Reads, writes, reads: the second reading and the third are one.
fn steady<T: PartialEq + Debug>(
    name: &str,
    seeds: impl Fn(&mut Dice) -> Vec<u8>,
    parse: impl Fn(&[u8]) -> Result<T, Malformed>,
    encode: impl Fn(&T) -> Vec<u8>,
) {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut read = 0;
    for _ in 0..1500 {
        let bytes = seeds(&mut dice);
        let Ok(first) = parse(&bytes) else { continue };
        read += 1;
        let written = encode(&first);
        let second = parse(&written).unwrap_or_else(|error| panic!("{name}: {error} of {written:02x?}"));
        assert_eq!(encode(&second), written, "{name}: {bytes:02x?}");
        assert_eq!(parse(&encode(&second)).as_ref(), Ok(&second), "{name}");
        // Every cut is an error or an answer that holds no more than the whole.
        for end in (0..written.len()).filter(|_| read <= 40) {
            if let Ok(cut) = parse(&written[..end]) {
                assert!(encode(&cut).len() <= written.len(), "{name} cut at {end}");
            }
        }
    }
    assert!(read > 20, "{name}: of 1500 only {read} were read");
}

#[test]
fn answers_with_a_length_of_two_bytes() {
    let at_0 = |dice: &mut Dice| dice.answer(0, false);
    let at_2 = |dice: &mut Dice| dice.answer(2, false);
    steady(
        "disc information",
        |d| {
            let mut a = d.answer(0, false);
            if let Some(b) = a.get_mut(2) {
                *b &= 0x1F
            }
            a
        },
        DiscInformation::parse,
        DiscInformation::encode,
    );
    steady("track information", at_0, TrackInformation::parse, TrackInformation::encode);
    steady("track resources", at_0, TrackResources::parse, TrackResources::reply);
    steady("POW resources", at_0, PowResources::parse, PowResources::reply);
    steady("TOC", at_0, |b| Toc::parse(b, false), Toc::encode);
    steady("TOC, MSF", at_0, |b| Toc::parse(b, true), Toc::encode);
    steady("sessions", at_0, |b| SessionInfo::parse(b, true), SessionInfo::encode);
    steady("full TOC", at_0, FullToc::parse, FullToc::encode);
    steady("ATIP", at_0, Atip::parse, |a| a.reply().to_vec());
    steady("CD-Text", at_0, CdText::parse, CdText::encode);
    steady("disc structure", at_0, DiscStructure::parse, DiscStructure::encode);
    steady("key", at_0, KeyReply::parse, KeyReply::encode);
    steady("RPC state", at_0, RpcState::parse, |r| r.reply().to_vec());
    steady("event", at_0, EventStatus::parse, EventStatus::encode);
    steady("buffer", at_0, BufferCapacity::parse, |b| b.reply().to_vec());
    let of = |format: u8| {
        move |d: &mut Dice| {
            let mut a = at_2(d);
            if let Some(b) = a.get_mut(4) {
                *b = format
            }
            a
        }
    };
    steady("position", of(1), |b| CurrentPosition::parse(b, true), |p| p.encode().to_vec());
    steady("catalogue number", of(2), Mcn::parse, |m| m.encode().to_vec());
    steady("ISRC", of(3), Isrc::parse, |i| i.encode().to_vec());
}

#[test]
fn answers_with_other_lengths() {
    let wide = |dice: &mut Dice| dice.answer(0, true);
    steady("configuration", wide, Configuration::parse, Configuration::encode);
    steady("performance", wide, Performance::parse, Performance::encode);
    steady("write speeds", wide, WriteSpeeds::parse, WriteSpeeds::encode);
    steady("format capacities", wide, FormatCapacities::parse, FormatCapacities::encode);
    steady("capacity", wide, Capacity::parse, |c| c.encode().to_vec());
    steady("mechanism", wide, Mechanism::parse, |m| m.encode().to_vec());
}

#[test]
fn lists_to_the_drive() {
    let any = |dice: &mut Dice| dice.answer(0, false);
    let eights = |d: &mut Dice| {
        let mut a = d.answer(0, false);
        a.truncate(a.len() / 8 * 8);
        a
    };
    steady("cue sheet", eights, CueSheet::parse, CueSheet::encode);
    steady("streaming", any, StreamingDescriptor::parse, |s| s.encode().to_vec());
    let format = |d: &mut Dice| {
        let mut a = d.answer(0, false);
        if a.len() > 3 {
            a[2..4].copy_from_slice(&[0, 8])
        }
        a
    };
    steady("format", format, FormatParameters::parse, |f| f.list().to_vec());
}

#[test]
fn mode_pages() {
    fn of(code: u8) -> impl Fn(&mut Dice) -> Vec<u8> {
        move |dice| {
            let mut page = dice.answer(2, false);
            page.truncate(257);
            let length = page.len();
            if length > 1 {
                page[0] = page[0] & 0x80 | code;
                page[1] = if dice.below(2) == 0 { (length - 2) as u8 } else { dice.roll() as u8 };
            }
            page
        }
    }
    steady("01h", of(0x01), ErrorRecovery::parse, |p| p.page().to_vec());
    steady("05h", of(0x05), WriteParameters::parse, |p| p.page().to_vec());
    steady("08h", of(0x08), Caching::parse, |p| p.page().to_vec());
    steady("0Eh", of(0x0E), CdAudioControl::parse, |p| p.page().to_vec());
    steady("1Ah", of(0x1A), PowerCondition::parse, |p| p.page().to_vec());
    steady("1Ch", of(0x1C), InformationalExceptions::parse, |p| p.page().to_vec());
    steady("1Dh", of(0x1D), TimeOutProtect::parse, |p| p.page().to_vec());
    steady("2Ah", of(0x2A), Capabilities::parse, Capabilities::page);
}

#[test]
fn structures() {
    let any = |dice: &mut Dice| dice.answer(0, false);
    steady("physical", any, DvdPhysical::parse, |s| s.encode().to_vec());
    steady("copyright", any, Copyright::parse, |s| s.encode().to_vec());
    steady("layer boundary", any, LayerBoundary::parse, |s| s.encode().to_vec());
    steady("middle zone", any, MiddleZoneStart::parse, |s| s.encode().to_vec());
    steady("spare area", any, BdSpareArea::parse, |s| s.encode().to_vec());
    steady("write protection", any, WriteProtection::parse, |s| s.encode().to_vec());
    steady("list", any, |b| Ok(StructureList::read(b)), StructureList::encode);
    let di = |d: &mut Dice| {
        let mut a = d.answer(0, false);
        if a.len() > 1 {
            a[..2].copy_from_slice(b"DI")
        }
        a
    };
    steady("disc information", di, BdDiscInformation::parse, |s| s.encode().to_vec());
    let mut dice = Dice(3);
    for _ in 0..2000 {
        let bytes = dice.answer(0, false);
        let (_, _) = (DvdPhysical::plus_media_id(&bytes), pre_recorded_manufacturer(&bytes));
    }
}

/// The largest answers that there can be do not overrun their length fields.
#[test]
fn answers_too_large_for_their_length_field_are_cut() {
    let many = FormatCapacities { formattable: vec![FormatDescriptor::default(); 99], ..FormatCapacities::default() };
    assert_eq!(FormatCapacities::parse(&many.encode()).unwrap().formattable.len(), 30);
    let speeds = Capabilities { write_speeds: vec![Default::default(); 99], ..Capabilities::default() };
    assert_eq!(Capabilities::parse(&speeds.page()).unwrap().write_speeds.len(), 56);
    let text = CdText { packs: vec![[7; 18]; 2048] };
    assert_eq!(CdText::parse(&text.encode()).unwrap(), text, "eight full blocks fit");
}
