//! SPC commands: CDBs, replies, cuts.

use webburn_scsi::spc::{
    Inquiry, InquiryData, InquiryVpd, ModeParameterList, ModeReply, ModeSelect10, ModeSense10, PageControl,
    PreventAllowMediumRemoval, TestUnitReady, VpdPage,
};
use webburn_scsi::{Command, Payload, Raw};

/// QEMU 7.2, usb-bot and scsi-cd.
const QEMU_INQUIRY: [u8; 36] = *b"\x05\x80\x05\x12\x1f\x00\x00\x10QEMU    QEMU CD-ROM     2.5+";

#[test]
fn inquiry_of_an_emulated_drive() {
    let data = Inquiry::STANDARD.decode(&QEMU_INQUIRY).unwrap();
    assert_eq!((data.vendor.as_str(), data.product.as_str(), data.revision.as_str()), ("QEMU", "QEMU CD-ROM", "2.5+"));
    assert_eq!((data.device_type, data.removable, data.version, data.response_format), (5, true, 5, 0x12));
    // Byte 7 (CmdQue) is not kept.
    let mut again = data.encode();
    again[7] = 0x10;
    assert_eq!(again, QEMU_INQUIRY);
    assert_eq!(Inquiry::STANDARD.cdb().as_bytes(), [0x12, 0, 0, 0, 36, 0]);
    for end in 0..36 {
        assert!(InquiryData::parse(&QEMU_INQUIRY[..end]).is_err(), "{end}");
    }
}

#[test]
fn inquiry_ends_where_its_own_length_says() {
    let mut long = QEMU_INQUIRY.to_vec();
    long.extend_from_slice(b"2009/01/01 ");
    long[4] = 0x1F + 11;
    long.resize(96, 0);
    assert_eq!(InquiryData::parse(&long).unwrap().vendor_specific, b"2009/01/01 ");
    // A length below the fixed part is a known lie.
    long[4] = 0;
    assert_eq!(InquiryData::parse(&long).unwrap().vendor, "QEMU");
}

#[test]
fn inquiry_shows_no_control_characters() {
    let mut odd = QEMU_INQUIRY;
    odd[8..16].copy_from_slice(b"A\x01\xFFB\0\0\0\0");
    assert_eq!(InquiryData::parse(&odd).unwrap().vendor, "A??B");
}

#[test]
fn vital_product_data_ends_where_its_own_length_says() {
    // QEMU VPD 83h, filled up to the allocation length.
    let mut bytes = vec![5, 0x83, 0, 7, 2, 0, 0, 3, b'c', b'd', b'2'];
    let exact = bytes.clone();
    bytes.resize(255, 0);
    let page = VpdPage::parse(&bytes).unwrap();
    assert_eq!((page.page, page.body.len()), (0x83, 7));
    assert_eq!(page.encode(), exact);
    assert!((0..4).all(|end| VpdPage::parse(&bytes[..end]).is_err()));
    let command = InquiryVpd { page: 0x83, allocation_length: 255 };
    assert_eq!(command.cdb().as_bytes(), [0x12, 1, 0x83, 0, 255, 0]);
    assert_eq!(InquiryVpd::from_cdb(command.cdb().as_bytes()), Some(command));
    assert_eq!(Inquiry::from_cdb(command.cdb().as_bytes()), None, "EVPD tells the two apart");
}

#[test]
fn mode_sense_cdb_as_burners_send_it() {
    // cdrskin 1.5.4: 5a 00 2a 00 00 00 00 00 1e 00
    let cdb = [0x5A, 0, 0x2A, 0, 0, 0, 0, 0, 0x1E, 0];
    let command = ModeSense10::from_cdb(&cdb).unwrap();
    assert_eq!((command.page, command.control, command.allocation_length), (0x2A, PageControl::CURRENT, 30));
    assert_eq!(command.cdb().as_bytes(), cdb);
    let default = ModeSense10::page(5, PageControl::DEFAULT, 0x0102);
    assert_eq!(default.cdb().as_bytes(), [0x5A, 8, 0x85, 0, 0, 0, 0, 1, 2, 0]);
    assert_eq!(default.to_string(), "MODE SENSE(10) page 05h, default values");
}

#[test]
fn mode_reply_skips_block_descriptors_and_finds_pages() {
    let mut bytes = vec![0, 0, 0x70, 0x80, 0, 0, 0, 8];
    bytes.extend_from_slice(&[9; 8]);
    bytes.extend_from_slice(&[0x81, 2, 0xAA, 0xBB, 0x08, 1, 0xCC]);
    bytes[1] = (bytes.len() - 2) as u8;
    let exact = bytes.clone();
    bytes.resize(300, 0);
    let reply = ModeReply::parse(&bytes).unwrap();
    assert_eq!((reply.medium_type, reply.device_specific, reply.block_descriptors.len()), (0x70, 0x80, 8));
    assert_eq!(reply.page(1), Some(&[0x81, 2, 0xAA, 0xBB][..]), "the PS bit is no part of the code");
    assert_eq!(reply.page(8), Some(&[0x08, 1, 0xCC][..]));
    assert_eq!(reply.page(5), None);
    assert_eq!(reply.encode(), exact);
    for end in 0..exact.len() {
        match ModeReply::parse(&exact[..end]) {
            Ok(cut) => assert!(end >= 16 && cut.iter().all(|page| !page.is_empty())),
            Err(_) => assert!(end < 16),
        }
    }
}

#[test]
fn mode_reply_that_announces_too_little_is_read_by_its_page() {
    // The header stops in the middle of the page; the page's own length goes on.
    let mut bytes = vec![0, 8, 0, 0, 0, 0, 0, 0, 0x2A, 4, 1, 2, 3, 4];
    assert_eq!(ModeReply::parse(&bytes).unwrap().page(0x2A).unwrap(), [0x2A, 4, 1, 2, 3, 4]);
    bytes[1] = 0;
    assert_eq!(ModeReply::parse(&bytes).unwrap().page(0x2A).unwrap().len(), 6);
}

#[test]
fn mode_select_takes_the_length_from_the_cdb() {
    let list = ModeParameterList::of_page(&[0x85, 2, 7, 7]).encode();
    assert_eq!(list, [0, 0, 0, 0, 0, 0, 0, 0, 5, 2, 7, 7], "PS is reserved in MODE SELECT");
    let command = ModeSelect10::new(&list);
    assert_eq!(command.cdb().as_bytes(), [0x55, 0x10, 0, 0, 0, 0, 0, 0, 12, 0]);
    assert_eq!(command.payload(), Payload::Out(&list));
    assert_eq!(command.to_string(), "MODE SELECT(10) page 05h");
    let mut longer = list.clone();
    longer.extend_from_slice(&[1, 2, 3]);
    let at_drive = ModeSelect10::from_cdb(command.cdb().as_bytes(), &longer).unwrap();
    assert_eq!(at_drive, command);
    assert_eq!(ModeParameterList::parse(at_drive.list).unwrap().pages, [5, 2, 7, 7]);
    for end in 0..8 {
        assert!(ModeParameterList::parse(&list[..end]).is_err());
    }
    assert!(ModeParameterList::parse(&[0, 0, 0, 0, 0, 0, 0, 9, 1]).is_err(), "descriptors beyond the end");
}

#[test]
fn prevent_and_ready() {
    assert_eq!(PreventAllowMediumRemoval::PREVENT.cdb().as_bytes(), [0x1E, 0, 0, 0, 1, 0]);
    assert_eq!(PreventAllowMediumRemoval::ALLOW.cdb().as_bytes(), [0x1E, 0, 0, 0, 0, 0]);
    assert_eq!(TestUnitReady.cdb().as_bytes(), [0; 6]);
    assert_eq!(TestUnitReady::from_cdb(&[0; 5]), None);
    assert_eq!(TestUnitReady::from_cdb(&[0; 12]), Some(TestUnitReady), "padded blocks are fine");
    assert_eq!(Raw(Inquiry::STANDARD).decode(&[1, 2]).unwrap(), [1, 2]);
}
