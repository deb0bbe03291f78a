//! What single answers mean: the places where drives are known to differ.

use webburn_mmc::mode_page::{Capabilities, DataBlockType, MultiSession, WriteParameters, WriteType};
use webburn_mmc::structure::{BdDiscInformation, DvdPhysical, pre_recorded_manufacturer};
use webburn_mmc::*;
use webburn_scsi::Command;
use webburn_scsi::spc::ModeParameterList;
use webburn_sector::{Lba, Msf, SectorCount};

/// The parameter list that cdrskin 1.5.4 and wodim send for a data CD, track at once.
fn tao_list() -> Vec<u8> {
    let mut list = vec![0, 0, 0, 0, 0, 0, 0, 0, 0x05, 0x32, 0x01, 0x04, 0x08];
    list.resize(22, 0);
    list.extend_from_slice(&[0, 0x96]);
    list.resize(60, 0);
    list
}

#[test]
fn page_05h_as_other_burners_send_it() {
    let list = ModeParameterList::parse(&tao_list()).unwrap();
    let page = WriteParameters::parse(&list.pages).unwrap();
    assert_eq!(page, WriteParameters::power_on());
    assert_eq!(page.write_type, WriteType::TRACK_AT_ONCE);
    assert_eq!((page.track_mode, page.data_block_type), (4, DataBlockType::MODE_1));
    assert_eq!((page.multi_session, page.audio_pause), (MultiSession::CLOSED, 150));
    assert_eq!(ModeParameterList::of_page(&page.page()).encode(), tao_list());
}

#[test]
fn page_05h_keeps_what_a_drive_put_into_a_template() {
    // Page length 36h: four vendor bytes, and reserved bytes that are not zero.
    let mut template = vec![0x85, 0x36];
    template.extend((2..56).map(|at| at as u8 | 0x80));
    let before = template.clone();
    let mut page = WriteParameters::parse(&template).unwrap();
    page.put_into(&mut template);
    assert_eq!(template, before, "writing back what was read changes nothing");
    page.write_type = WriteType::SESSION_AT_ONCE;
    page.set_catalog(Some(*b"4012345678901"));
    page.set_isrc(None);
    page.put_into(&mut template);
    assert_eq!((template.len(), template[1]), (56, 0x36));
    assert_eq!(&template[52..], &before[52..], "vendor bytes stay");
    assert_eq!((template[6], template[9]), (before[6], before[9]), "reserved bytes stay");
    assert_eq!(template[2] & 0x0F, 2);
    assert_eq!(&template[16..32], &[&[0x80 | before[16] & 0x7F][..], b"4012345678901", &[0, 0]].concat()[..]);
    assert_eq!(template[32] & 0x80, 0);
}

#[test]
fn page_2ah_of_old_drives_is_shorter() {
    let mut page = vec![0x2A, 0x14];
    page.resize(22, 0);
    page[12..14].copy_from_slice(&2048u16.to_be_bytes());
    let read = Capabilities::parse(&page).unwrap();
    assert_eq!((read.fields.buffer_size, read.fields.write_speed, read.write_speeds.len()), (2048, 0, 0));
    assert!(Capabilities::parse(&page[..15]).is_err());
}

#[test]
fn track_information_says_where_to_write_only_when_it_knows() {
    let mut answer = vec![0; 48];
    answer[1] = 46;
    answer[2] = 2;
    answer[32] = 1;
    answer[12..16].copy_from_slice(&[0, 0, 0x10, 0]);
    answer[28..32].copy_from_slice(&[0, 0, 0x0F, 0xFF]);
    let read = TrackInformation::parse(&answer).unwrap();
    assert_eq!((read.track, read.next_writable, read.last_recorded), (0x0102, None, None));
    answer[7] = 3;
    let read = TrackInformation::parse(&answer).unwrap();
    assert_eq!((read.next_writable, read.last_recorded), (Some(Lba(4096)), Some(Lba(4095))));
    assert!(read.layer_jump.is_some());
    answer[1] = 26;
    let old = TrackInformation::parse(&answer).unwrap();
    assert_eq!((old.track, old.next_writable, old.last_recorded, old.layer_jump), (2, Some(Lba(4096)), None, None));
    assert!((0..28).all(|end| TrackInformation::parse(&answer[..end]).is_err()));
    assert_eq!(ReadTrackInformation::at(Lba(-1), 36).cdb().as_bytes()[2..6], [0xFF; 4]);
}

#[test]
fn disc_information_addresses_depend_on_the_disc() {
    let blank_cd = DiscInformation {
        last_session_lead_in: [0, 97, 26, 66],
        last_possible_lead_out: [0, 79, 59, 74],
        ..DiscInformation::default()
    };
    assert_eq!(blank_cd.next_lead_in(true), Some(Address::Msf(Msf::new(97, 26, 66))));
    assert_eq!(blank_cd.last_lead_out(true).unwrap().to_lba(), Ok(Lba(359_849)));
    let finalised = DiscInformation { last_possible_lead_out: [0xFF; 4], ..blank_cd.clone() };
    assert_eq!((finalised.last_lead_out(true), finalised.last_lead_out(false)), (None, None));
    // Drives differ in the first byte of "none" on a CD.
    let none = DiscInformation { last_possible_lead_out: [0, 0xFF, 0xFF, 0xFF], ..blank_cd };
    assert_eq!(none.last_lead_out(true), None);
    assert_eq!(none.last_lead_out(false), Some(Address::Lba(Lba(0x00FF_FFFF))));
}

#[test]
fn a_toc_of_a_dvd_counts_minutes_beyond_99() {
    // QEMU, an image larger than a CD: lead-out at A2:2F:30 in MSF form, LBA 732,423 in the other.
    let msf = [0, 0x12, 1, 1, 0, 0x14, 1, 0, 0, 0, 2, 0, 0, 0x16, 0xAA, 0, 0, 0xA2, 0x2F, 0x30];
    let toc = Toc::parse(&msf, true).unwrap();
    assert_eq!(toc.lead_out().unwrap().to_lba(), Ok(Lba(732_423)));
    assert_eq!(Address::of(Lba(732_423), true), toc.lead_out().unwrap());
    assert_eq!(toc.encode(), msf);
    assert!(toc.tracks[0].is_data());
}

#[test]
fn atip_values_that_did_not_arrive_are_not_valid() {
    let whole = Atip { a1_valid: true, a3_valid: true, a1: [1, 2, 3], a3: [7, 8, 9], ..Atip::default() }.reply();
    assert_eq!((whole[4], whole[6]), (0x80, 0x85));
    let read = |end| Atip::parse(&whole[..end]).unwrap();
    assert!(read(28).a1_valid && read(28).a3_valid && !read(28).a2_valid);
    assert!(read(20).a1_valid && !read(20).a3_valid);
    assert!(!read(16).a1_valid);
    assert!(Atip::parse(&whole[..14]).is_err());
}

#[test]
fn get_performance_asked_for_no_descriptors_tells_how_many_there_are() {
    let all = WriteSpeeds {
        announced: 0,
        descriptors: vec![WriteSpeedDescriptor { write_speed: 22_160, ..Default::default() }; 3],
    };
    let answer = all.encode();
    let probe = WriteSpeeds::parse(&answer[..8]).unwrap();
    assert_eq!((probe.announced, probe.descriptors.len()), (3, 0));
    // A drive that sends one all the same, and announces one.
    let one = WriteSpeeds { descriptors: all.descriptors[..1].to_vec(), ..all }.encode();
    assert_eq!(WriteSpeeds::parse(&one).unwrap().announced, 1);
}

#[test]
fn a_cue_sheet_with_catalogue_number_and_isrc() {
    let mut sheet = CueSheet::default();
    sheet.push_catalog(0, *b"4012345678901");
    sheet.push_isrc(0, 1, *b"USRC17607839");
    assert_eq!(sheet.encode()[..16], *b"\x024012345\x02678901\0", "as cdrskin, wodim and cdrdao send it");
    assert_eq!(sheet.encode()[16..], *b"\x03\x01USRC1\x37\x03\x01607839");
    assert_eq!(CueSheet::parse(&sheet.encode()), Ok(sheet));
    assert!(CueSheet::parse(&[0; 9]).is_err());
}

#[test]
fn makers_of_discs() {
    let mut plus = vec![0; 48];
    plus[19..31].copy_from_slice(b"CMC MAG\0M01\0");
    assert_eq!(DvdPhysical::plus_media_id(&plus).unwrap().to_string(), "CMC MAG/M01/0");
    assert_eq!(DvdPhysical::plus_media_id(&plus[..30]), None);
    let mut minus = vec![0; 40];
    minus[16..32].copy_from_slice(b"\x03MCC 03\0\x04RG20  \0");
    assert_eq!(pre_recorded_manufacturer(&minus).unwrap(), "MCC 03RG20");
    assert_eq!(pre_recorded_manufacturer(&minus[..30]), None);
    let mut bd = vec![0; 112];
    bd[..2].copy_from_slice(b"DI");
    bd[100..112].copy_from_slice(b"VERBATIMe\0\0\0");
    bd[12] = 0x20;
    let unit = BdDiscInformation::parse(&bd).unwrap();
    assert_eq!((unit.media_id().manufacturer.as_str(), unit.layer_count()), ("VERBAT", 2));
    bd[0] = 0;
    assert!(BdDiscInformation::parse(&bd).is_err());
}

#[test]
fn format_lists_and_lines() {
    let descriptor =
        FormatDescriptor { blocks: SectorCount(u32::MAX), format: FormatType::DVD_PLUS_RW, subtype: 0, parameter: 0 };
    let list = FormatParameters::new(descriptor, true).list();
    assert_eq!(list, [0, 0x02, 0, 8, 0xFF, 0xFF, 0xFF, 0xFF, 0x98, 0, 0, 0]);
    let command = FormatUnit::new(&list);
    assert_eq!(command.cdb().as_bytes(), [4, 0x11, 0, 0, 0, 0]);
    let words = "FORMAT UNIT type 26h (DVD+RW basic), all blocks, subtype 0, parameter 000000h, immediate";
    assert_eq!(describe(command.cdb().as_bytes(), &list), words);
    assert_eq!(FormatParameters::parse(&list).unwrap().descriptor(), descriptor);
    assert!(FormatParameters::parse(&list[..11]).is_err());
    let mut wrong = list;
    wrong[3] = 12;
    assert!(FormatParameters::parse(&wrong).is_err());
}

#[test]
fn events_by_class() {
    let new_media = EventStatus::parse(&[0, 6, 4, 0x5E, 2, 2, 0, 0]).unwrap();
    let event = new_media.media().unwrap();
    assert_eq!((event.code, event.present, event.tray_open), (MediaEventCode::NEW_MEDIA, true, false));
    assert_eq!(new_media.busy(), None);
    let none = EventStatus::parse(&[0, 2, 0x80, 0x10]).unwrap();
    assert!(none.no_event_available && none.event.is_none() && none.media().is_none());
    let busy = EventStatus::parse(&[0, 6, 6, 0x5E, 1, 1, 0, 50]).unwrap().busy().unwrap();
    assert_eq!((busy.status, busy.time), (1, 50));
}
