//! Raw discs from the sheets that wodim and cdrdao were given: the same subcode and the same main channel.
//!
//! The crate `cdcode` compares every block of these recordings; here it is shown that a sheet leads to them.

use sha2::{Digest, Sha256};
use webburn_cdcode::session::Style;
use webburn_cdcode::subchannel::Layout;
use webburn_rawimage::CdImage;
use webburn_rawimage::stream::{RawOptions, RawStream};
use webburn_sector::{Lba, SectorSource};

use crate::rawimage::at_once::{folder, sha256, vectors};
use crate::rawimage::helpers::open;

const LEAD_IN: i32 = -11_077;

fn stream(recording: &str, layout: Layout, style: Style) -> RawStream {
    let sheet: Vec<String> =
        recording.lines().filter_map(|line| line.strip_prefix("# sheet: ")).map(str::to_owned).collect();
    let image: CdImage = if sheet.is_empty() {
        // wodim was given an image alone.
        let mut folder = folder("-", &[]);
        let image = folder.0.remove("IMAGE").expect("an image");
        folder.0.insert("IMAGE.iso".into(), image);
        open("IMAGE.iso", &folder).expect("an image")
    } else {
        open("SHEET.toc", &folder("SHEET.toc", &sheet)).expect("a sheet")
    };
    let options = RawOptions { lead_in: Lba(LEAD_IN), ..RawOptions::new(layout, style) };
    RawStream::new(image, 0, options).expect("a stream")
}

fn block(stream: &mut RawStream, at: i32) -> Vec<u8> {
    let mut block = vec![0; stream.sector_size()];
    pollster::block_on(stream.read((at - LEAD_IN) as u64, &mut block)).expect("a block");
    block
}

fn bytes(words: &str) -> Vec<u8> {
    words.split(' ').map(|byte| u8::from_str_radix(byte, 16).expect("hex")).collect()
}

/// Compares the samples of a recording: subcode, and digests of the main channel where `clean` says so.
fn compare(name: &str, layout: Layout, style: Style, inverted: bool, clean: impl Fn(i32) -> bool) -> (usize, usize) {
    let text = vectors(name);
    let mut stream = stream(&text, layout, style);
    let (mut subs, mut mains) = (0, 0);
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.splitn(3, ' ');
        let (kind, at, rest) = (words.next().unwrap(), words.next().unwrap().parse().unwrap(), words.next().unwrap());
        match kind {
            "sub" => {
                let mut sub = block(&mut stream, at)[2352..].to_vec();
                if inverted {
                    sub[10..12].iter_mut().for_each(|byte| *byte = !*byte);
                }
                assert_eq!(sub, bytes(rest), "{name}, subcode of {at}");
                subs += 1;
            }
            "main-sha256" if clean(at) => {
                assert_eq!(sha256(&block(&mut stream, at)[..2352]), rest, "{name}, main channel of {at}");
                mains += 1;
            }
            "main" if clean(at) => assert!(block(&mut stream, at)[..2352] == bytes(rest), "{name}, sector {at}"),
            _ => {}
        }
    }
    (subs, mains)
}

#[test]
fn data_as_wodim_writes_it_raw() {
    for (name, layout, buffer) in [("wodim-data-raw96.txt", Layout::Raw, 26), ("wodim-data-raw16.txt", Layout::Pq, 27)]
    {
        // Every second transfer buffer of wodim's empty areas is not cleared: its main channel is no empty sector.
        let clean = |at| {
            let area = [600, 0, -150, LEAD_IN].into_iter().find(|&start| at >= start).unwrap_or(LEAD_IN);
            area == 0 || (at - area) / buffer % 2 == 0
        };
        let (subs, mains) = compare(name, layout, Style::WODIM, false, clean);
        assert!(subs == 43 && mains > 20, "{name}: {subs}, {mains}");
    }
}

#[test]
fn audio_as_cdrdao_writes_it_raw() {
    // It hands the CRC of the 16-byte layout over without inverting it, which no disc has.
    let all = |_| true;
    assert_eq!(compare("cdrdao-audio-raw16.txt", Layout::Pq, Style::CDRDAO, true, all).0, 102);
    assert_eq!(compare("cdrdao-audio-isrc-raw16.txt", Layout::Pq, Style::CDRDAO, true, all).0, 124);
    assert_eq!(compare("cdrdao-audio-cdtext-raw96.txt", Layout::Raw, Style::CDRDAO, false, all).0, 102);
    assert_eq!(compare("cdrdao-audio-cdtext-raw96.txt", Layout::Packed, Style::CDRDAO, false, all).0, 102);
}

/// The whole disc with CD-Text, lead-in to lead-out.
#[test]
fn a_whole_disc_of_cdrdao_from_its_sheet() {
    let text = vectors("cdrdao-audio-cdtext-raw96.txt");
    let mut stream = stream(&text, Layout::Raw, Style::CDRDAO);
    let wanted = text.lines().find(|line| line.starts_with("payload -11077 7499 2448 ")).expect("a digest");
    let mut whole = Sha256::new();
    let mut buffer = vec![0; 512 * 2448];
    let sectors = u64::from(stream.sectors().0);
    for at in (0..sectors).step_by(512) {
        let count = (sectors - at).min(512) as usize;
        pollster::block_on(stream.read(at, &mut buffer[..count * 2448])).expect("blocks");
        whole.update(&buffer[..count * 2448]);
    }
    let digest: String = whole.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(wanted.ends_with(&digest), "{digest}, not {wanted}");
}
