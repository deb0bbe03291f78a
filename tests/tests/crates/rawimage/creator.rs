//! `RawCDImageCreator`, member by member.

use webburn_cdcode::q::{Place, Q};
use webburn_cdcode::subchannel::{Layout, symbols};
use webburn_rawimage::MemoryFile;
use webburn_rawimage::at_once::{BlockStream, SheetOptions};
use webburn_rawimage::creator::{
    CreatorError, DataSectorType, DigitalCopySetting, IndexAdded, RawCDImageCreator, SectorType,
};
use webburn_sector::{Lba, SectorCount, SectorSource};

use crate::rawimage::helpers::{noise, whole};

fn audio(sectors: usize) -> Box<MemoryFile> {
    Box::new(MemoryFile(noise(sectors as u32, sectors * 2352)))
}

/// A stream of a length that is never read.
struct Long(u64);

impl webburn_rawimage::FileSource for Long {
    fn length(&self) -> u64 {
        self.0
    }
    fn read_at<'a>(
        &'a mut self,
        _: u64,
        into: &'a mut [u8],
    ) -> webburn_rawimage::Pending<'a, Result<(), webburn_sector::SourceError>> {
        into.fill(0);
        Box::pin(async { Ok(()) })
    }
}

fn long(sectors: u64) -> Box<Long> {
    Box::new(Long(sectors * 2352))
}

#[test]
fn defaults_and_what_they_refuse_before_a_track() {
    let mut creator = RawCDImageCreator::new();
    assert_eq!(creator.resulting_image_type(), DataSectorType::SubcodeIsRaw);
    assert_eq!(creator.start_of_leadout_limit(), Lba(398_099));
    assert_eq!(creator.starting_track_number(), 1);
    assert!(!creator.disable_gapless_audio());
    assert_eq!(creator.media_catalog_number(), None);
    assert_eq!(creator.number_of_existing_tracks(), 0);
    for error in [
        creator.start_of_leadout().unwrap_err(),
        creator.last_used_user_sector_in_image().unwrap_err(),
        creator.expected_table_of_contents().unwrap_err(),
        creator.create_result_image().map(|_| ()).unwrap_err(),
    ] {
        assert_eq!(error.hresult(), 0x80AA_0A03);
        assert_eq!(error.name(), "E_IMAPI_RAW_IMAGE_NO_TRACKS");
    }
}

#[test]
fn only_audio_is_taken_unless_asked_otherwise() {
    let mut creator = RawCDImageCreator::new();
    for value in 1..=9 {
        let kind = SectorType::from_value(value).unwrap();
        assert_eq!(creator.add_track(kind, audio(300)).unwrap_err().hresult(), 0x80AA_0A02, "{kind:?}");
    }
    assert_eq!(
        creator.add_track(SectorType::Audio, audio(299)).unwrap_err(),
        CreatorError::TooShort { sectors: 299, needed: 300 }
    );
    assert_eq!(
        creator.add_track(SectorType::Audio, Box::new(MemoryFile(vec![0; 2351]))).unwrap_err().hresult(),
        0x8007_0057
    );
    assert_eq!(creator.add_track(SectorType::Audio, audio(300)), Ok(1));
    creator.put_starting_track_number(2).unwrap_err();
}

#[test]
fn ninety_nine_tracks_and_no_more() {
    let mut creator = RawCDImageCreator::new();
    for number in 1..=99 {
        assert_eq!(creator.add_track(SectorType::Audio, long(300)), Ok(number));
    }
    assert_eq!(creator.add_track(SectorType::Audio, long(300)).unwrap_err().hresult(), 0x80AA_0A01);
    let mut creator = RawCDImageCreator::new();
    creator.put_starting_track_number(98).unwrap();
    creator.add_track(SectorType::Audio, long(300)).unwrap();
    assert_eq!(creator.add_track(SectorType::Audio, long(300)), Ok(2));
    assert_eq!(creator.add_track(SectorType::Audio, long(300)).unwrap_err().hresult(), 0x80AA_0A01);
    assert_eq!(creator.track_info(2).unwrap().track_number(), 99);
    assert_eq!(creator.put_starting_track_number(1).unwrap_err().hresult(), 0x80AA_0A04);
    assert_eq!(RawCDImageCreator::new().put_starting_track_number(0).unwrap_err().hresult(), 0x8007_0057);
    assert_eq!(RawCDImageCreator::new().put_starting_track_number(100).unwrap_err().hresult(), 0x8007_0057);
}

#[test]
fn the_last_user_sector_and_the_limit() {
    // 88:29:74 is the last sector that a track may have.
    let mut creator = RawCDImageCreator::new();
    assert_eq!(creator.add_track(SectorType::Audio, long(398_101)).unwrap_err().hresult(), 0x80AA_0A05);
    assert_eq!(creator.add_track(SectorType::Audio, long(398_100)), Ok(1));
    assert_eq!(creator.last_used_user_sector_in_image(), Ok(Lba(398_099)));
    assert_eq!(creator.start_of_leadout(), Ok(Lba(398_100)));
    let stream = creator.create_result_image().unwrap();
    assert_eq!(stream.sectors(), SectorCount(22_650 + 398_100 + 6750));

    let mut creator = RawCDImageCreator::new();
    assert_eq!(creator.put_start_of_leadout_limit(Lba(398_100)).unwrap_err().hresult(), 0x8007_0057);
    creator.put_start_of_leadout_limit(Lba(1000)).unwrap();
    assert_eq!(creator.add_track(SectorType::Audio, long(1001)).unwrap_err().hresult(), 0x80AA_0A05);
    creator.add_track(SectorType::Audio, long(1000)).unwrap();
    assert_eq!(creator.put_start_of_leadout_limit(Lba(999)).unwrap_err().hresult(), 0x80AA_0A05);
    assert_eq!(creator.start_of_leadout_limit(), Lba(1000));
}

#[test]
fn a_special_pregap_stands_before_track_1() {
    let mut creator = RawCDImageCreator::new();
    assert_eq!(creator.add_special_pregap(audio(149)).unwrap_err().hresult(), 0x8007_0057);
    // 88:25:74 is its last possible sector.
    assert_eq!(creator.add_special_pregap(long(397_951)).unwrap_err().hresult(), 0x80AA_0A05);
    assert_eq!(creator.add_special_pregap(long(397_950)), Ok(()));
    creator.add_special_pregap(audio(200)).unwrap();
    creator.add_track(SectorType::Audio, audio(300)).unwrap();
    assert_eq!(creator.add_special_pregap(audio(200)).unwrap_err().hresult(), 0x80AA_0A04);
    assert_eq!(creator.track_info(1).unwrap().starting_lba(), Lba(50));
    let mut stream = creator.create_result_image().unwrap();
    let mut block = vec![0; 2448];
    pollster::block_on(stream.read(22_500, &mut block)).unwrap();
    assert_eq!(block[..2352], noise(200, 2352), "it begins at 00:00:00");
    let q = Q::parse(&symbols::read_q(block[2352..].try_into().unwrap())).unwrap();
    assert!(matches!(q, Q::Position { place: Place::Track(_, 0), .. }));
}

#[test]
fn gaps_and_no_gaps() {
    let three = |gapless: bool| {
        let mut creator = RawCDImageCreator::new();
        creator.put_gapless(gapless).unwrap();
        for sectors in [400, 350, 300] {
            creator.add_track(SectorType::Audio, audio(sectors)).unwrap();
        }
        assert_eq!(creator.put_disable_gapless_audio(true).unwrap_err().hresult(), 0x80AA_0A04);
        let starts = [1, 2, 3].map(|n| creator.track_info(n).unwrap().starting_lba().0);
        let counts = [1, 2, 3].map(|n| creator.track_info(n).unwrap().sector_count().0);
        assert_eq!(counts, [400, 350, 300]);
        (starts, creator.create_result_image().unwrap())
    };
    let index_at = |stream: &webburn_rawimage::stream::RawStream, at| match stream.session().subcode(Lba(at)).unwrap().q
    {
        Q::Position { place: Place::Track(track, index), .. } => (track.get(), index),
        other => panic!("{other:?}"),
    };
    let (starts, stream) = three(true);
    assert_eq!(starts, [0, 400, 750]);
    assert_eq!((index_at(&stream, 248), index_at(&stream, 250)), ((1, 1), (2, 0)));
    let bytes = whole(stream);
    let program: Vec<u8> =
        bytes.chunks(2448).skip(22_650).take(1050).flat_map(|block| block[..2352].to_vec()).collect();
    let wanted: Vec<u8> = [400, 350, 300].iter().flat_map(|&n| noise(n as u32, n * 2352)).collect();
    assert!(program == wanted, "the music runs on");
    let (starts, stream) = three(false);
    assert_eq!(starts, [0, 550, 1050]);
    assert_eq!((index_at(&stream, 398), index_at(&stream, 400)), ((1, 1), (2, 0)));
}

#[test]
fn catalogue_number_and_recording_code() {
    let mut creator = RawCDImageCreator::new();
    creator.put_media_catalog_number("4012345678901").unwrap();
    assert_eq!(creator.media_catalog_number().as_deref(), Some("4012345678901"));
    for bad in ["4012345678902", "40123456789011", "401234567890x"] {
        assert_eq!(creator.put_media_catalog_number(bad).unwrap_err().hresult(), 0x8007_0057, "{bad}");
    }
    creator.put_media_catalog_number("36000291452").unwrap();
    assert_eq!(creator.media_catalog_number().as_deref(), Some("0036000291452"), "leading zeros come by themselves");
    creator.add_track(SectorType::Audio, audio(300)).unwrap();
    let mut track = creator.track_info(1).unwrap();
    assert_eq!(track.isrc(), "");
    track.put_isrc("USK7Y9812345").unwrap();
    assert_eq!(track.isrc(), "US-K7Y-98-12345");
    assert_eq!(track.put_isrc("US").unwrap_err().hresult(), 0x8007_0057);
    track.put_digital_audio_copy_setting(DigitalCopySetting::Scms).unwrap();
    track.put_audio_has_preemphasis(true).unwrap();
    assert_eq!(track.digital_audio_copy_setting(), DigitalCopySetting::Scms);
    let toc = creator.expected_table_of_contents().unwrap();
    assert_eq!(toc.to_bytes(), [0, 18, 1, 1, 0, 0x11, 1, 0, 0, 0, 2, 0, 0, 0x11, 0xAA, 0, 0, 0, 6, 0]);
    let stream = creator.create_result_image().unwrap();
    let (mut mcn, mut isrc) = (0, 0);
    for (_, subcode) in stream.session().subcodes(Lba(0), Lba(300)) {
        match subcode.q {
            Q::Mcn { mcn: number, .. } => {
                assert_eq!(number.to_string(), "0036000291452");
                mcn += 1;
            }
            Q::Isrc { isrc: code, .. } => {
                assert_eq!(code.as_str(), "USK7Y9812345");
                isrc += 1;
            }
            _ => {}
        }
    }
    assert!(mcn >= 3 && isrc >= 3, "{mcn} and {isrc}");
}

#[test]
fn indices() {
    let mut creator = RawCDImageCreator::new();
    creator.add_track(SectorType::Audio, audio(2000)).unwrap();
    let mut track = creator.track_info(1).unwrap();
    assert_eq!(track.track_indexes(), [0]);
    assert_eq!(track.add_track_index(0).unwrap().hresult(), 0x00AA_0A08);
    assert_eq!(track.add_track_index(9).unwrap_err().hresult(), 0x80AA_0A0A);
    assert_eq!(track.add_track_index(10), Ok(IndexAdded::New));
    assert_eq!(track.add_track_index(10), Ok(IndexAdded::AlreadyExists));
    assert_eq!(track.add_track_index(1991).unwrap_err().hresult(), 0x80AA_0A0A);
    assert_eq!(track.add_track_index(2000).unwrap_err().hresult(), 0x8007_0057);
    assert_eq!(track.clear_track_index(0).unwrap_err().hresult(), 0x80AA_0A09);
    assert_eq!(track.clear_track_index(11).unwrap_err().hresult(), 0x80AA_0A07);
    for n in 2..=98 {
        assert_eq!(track.add_track_index(n * 10), Ok(IndexAdded::New));
    }
    assert_eq!(track.track_indexes().len(), 99);
    assert_eq!(track.add_track_index(1500).unwrap_err().hresult(), 0x80AA_0A06);
    track.clear_track_index(50).unwrap();
    assert_eq!(track.track_indexes()[4..6], [40, 60]);
    assert!(creator.track_info(0).is_err() && creator.track_info(2).is_err());
    creator.create_result_image().unwrap();
}

#[test]
fn an_index_that_the_next_track_would_swallow_keeps_its_place() {
    let mut creator = RawCDImageCreator::new();
    creator.add_track(SectorType::Audio, audio(400)).unwrap();
    creator.track_info(1).unwrap().add_track_index(380).unwrap();
    creator.add_track(SectorType::Audio, audio(300)).unwrap();
    assert_eq!(creator.track_info(2).unwrap().starting_lba(), Lba(400));
    creator.create_result_image().unwrap();
}

#[test]
fn generators_and_result_types() {
    let mut creator = RawCDImageCreator::new();
    creator.add_track(SectorType::Audio, audio(300)).unwrap();
    creator.put_resulting_image_type(DataSectorType::SubcodePqOnly).unwrap();
    assert_eq!(creator.add_subcode_rw_generator(audio(1)).unwrap_err(), CreatorError::NoRoomForRw);
    creator.put_resulting_image_type(DataSectorType::SubcodeIsCooked).unwrap();
    let sectors = 22_650 + 300 + 6750;
    let generated = noise(7, sectors * 96);
    creator.add_subcode_rw_generator(Box::new(MemoryFile(generated[96..].to_vec()))).unwrap();
    assert_eq!(
        creator.create_result_image().map(|_| ()).unwrap_err(),
        CreatorError::RwTooShort { bytes: generated.len() as u64 - 96, needed: generated.len() as u64 }
    );
    let mut creator = RawCDImageCreator::new();
    creator.add_track(SectorType::Audio, audio(300)).unwrap();
    creator.add_subcode_rw_generator(Box::new(MemoryFile(generated.clone()))).unwrap();
    assert_eq!(creator.put_resulting_image_type(DataSectorType::SubcodePqOnly).unwrap_err(), CreatorError::NoRoomForRw);
    let stream = creator.create_result_image().unwrap();
    assert_eq!(stream.layout(), Layout::Raw);
    let session = stream.session().clone();
    for (n, (block, given)) in whole(stream).chunks(2448).zip(generated.chunks(96)).enumerate() {
        assert!(block[2352..].iter().zip(given).all(|(a, b)| a & 0x3F == b & 0x3F), "R to W of sector {n}");
        let q = session.subcode(Lba(n as i32 - 22_650)).unwrap().q.to_bytes();
        assert_eq!(symbols::read_q(block[2352..].try_into().unwrap()), q);
    }
}

#[test]
fn once_created_nothing_can_be_changed() {
    let mut creator = RawCDImageCreator::new();
    creator.add_track(SectorType::Audio, audio(300)).unwrap();
    creator.put_resulting_image_type(DataSectorType::SubcodePqOnly).unwrap();
    let stream = creator.create_result_image().unwrap();
    assert_eq!((stream.sector_size(), stream.sectors()), (2368, SectorCount(22_650 + 300 + 6750)));
    let mut codes = vec![
        creator.create_result_image().map(|_| ()),
        creator.add_track(SectorType::Audio, audio(300)).map(|_| ()),
        creator.add_special_pregap(audio(300)),
        creator.add_subcode_rw_generator(audio(300)),
        creator.put_resulting_image_type(DataSectorType::SubcodeIsRaw),
        creator.put_start_of_leadout_limit(Lba(300_000)),
        creator.put_disable_gapless_audio(true),
        creator.put_media_catalog_number(""),
        creator.put_starting_track_number(1),
    ];
    let mut track = creator.track_info(1).unwrap();
    codes.push(track.put_isrc(""));
    codes.push(track.put_digital_audio_copy_setting(DigitalCopySetting::Prohibited));
    codes.push(track.put_audio_has_preemphasis(true));
    codes.push(track.add_track_index(50).map(|_| ()));
    codes.push(track.clear_track_index(50));
    for code in codes {
        assert_eq!(code.unwrap_err().hresult(), 0x80AA_0A00);
    }
    assert_eq!(creator.start_of_leadout(), Ok(Lba(300)));
    assert_eq!(creator.track_info(1).unwrap().sector_count(), SectorCount(300));
}

#[test]
fn mixed_mode_beyond_imapi() {
    let mut creator = RawCDImageCreator::new();
    creator.put_data_tracks_allowed(true).unwrap();
    let data = noise(3, 300 * 2048);
    creator.add_track(SectorType::Mode1, Box::new(MemoryFile(data.clone()))).unwrap();
    creator.add_track(SectorType::Audio, audio(300)).unwrap();
    creator.add_track(SectorType::Mode1, Box::new(MemoryFile(data.clone()))).unwrap();
    assert_eq!(creator.track_info(2).unwrap().starting_lba(), Lba(300 + 150 + 150));
    assert_eq!(creator.track_info(3).unwrap().starting_lba(), Lba(900 + 225));
    assert_eq!(creator.track_info(1).unwrap().put_isrc("USK7Y9812345").unwrap_err().hresult(), 0x8007_0057);
    let mut stream = creator.create_result_image().unwrap();
    let mut block = vec![0; 2448];
    pollster::block_on(stream.read(22_650 + 5, &mut block)).unwrap();
    let mut sector: [u8; 2352] = block[..2352].try_into().unwrap();
    webburn_cdcode::scramble(&mut sector);
    assert_eq!(sector[16..2064], data[5 * 2048..6 * 2048]);
    assert!(webburn_cdcode::sector::check(&sector, webburn_cdcode::sector::SectorMode::Mode1).is_clean());
}

#[test]
fn a_session_at_once_of_the_same_tracks() {
    let mut creator = RawCDImageCreator::new();
    creator.put_data_tracks_allowed(true).unwrap();
    assert!(creator.data_tracks_allowed());
    assert_eq!(creator.create_session(SheetOptions::default()).map(|_| ()).unwrap_err(), CreatorError::NoTracks);
    creator.add_track(SectorType::ModeZero, Box::new(MemoryFile(vec![0; 300 * 2336]))).unwrap();
    let mode0 = creator.create_session(SheetOptions::default()).map(|_| ()).unwrap_err();
    assert!(matches!(mode0, CreatorError::AtOnce(_)) && mode0.hresult() == 0x8007_0057, "{mode0}");

    let mut creator = RawCDImageCreator::new();
    creator.put_disable_gapless_audio(true).unwrap();
    for sectors in [400, 300] {
        creator.add_track(SectorType::Audio, audio(sectors)).unwrap();
    }
    let (sheet, image) = creator.create_session(SheetOptions::default()).unwrap();
    assert_eq!((sheet.start(), sheet.lead_out()), (Lba(-150), Lba(850)));
    let stream = whole(BlockStream::session(image, &sheet));
    assert_eq!(stream.len(), 1000 * 2352);
    assert!(stream[150 * 2352..550 * 2352] == noise(400, 400 * 2352)[..]);
    assert!(stream[550 * 2352..700 * 2352].iter().all(|&byte| byte == 0));
    assert!(stream[700 * 2352..] == noise(300, 300 * 2352)[..]);
    // Once, whatever it is made into.
    assert_eq!(creator.create_session(SheetOptions::default()).map(|_| ()).unwrap_err(), CreatorError::ReadOnly);
    assert_eq!(creator.create_result_image().map(|_| ()).unwrap_err(), CreatorError::ReadOnly);

    let mut creator = RawCDImageCreator::new();
    creator.add_track(SectorType::Audio, audio(300)).unwrap();
    creator.add_subcode_rw_generator(audio(300)).unwrap();
    assert_eq!(creator.create_session(SheetOptions::default()).map(|_| ()).unwrap_err(), CreatorError::RwNotAtOnce);
    assert_eq!(creator.add_track(SectorType::Audio, audio(300)), Ok(2), "as it was");
}
