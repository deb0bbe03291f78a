//! Every answer that the three recorded drives gave, through our decoders: they say what their files say.

use webburn_mmc as mmc;
use webburn_mmc::mode_page::Capabilities;
use webburn_mmc::structure::{DvdPhysical, StructureList};
use webburn_scsi::spc::{InquiryData, ModeReply};
use webburn_sector::{Lba, SectorCount};
use webburn_tests::recorded::{self, Exchange};

const QEMU_CD: &str = "qemu-scsi-cd-cd-size";
const QEMU_DVD: &str = "qemu-scsi-cd-dvd-size";
const GADGET: &str = "linux-f_mass_storage-cdrom";

fn answer<'a>(drive: &'a [Exchange], title: &str) -> &'a Exchange {
    drive.iter().find(|e| e.name == title).unwrap_or_else(|| panic!("no {title}"))
}

/// Every GOOD answer is decoded by the decoder of its command; none is refused, none panics.
#[test]
fn no_answer_of_a_real_drive_is_malformed_to_us() {
    let mut decoded = 0;
    for name in recorded::names("devices") {
        for e in recorded::device(&name).iter().filter(|e| e.status == 0 && !e.out && e.length > 0) {
            let (data, cdb) = (&e.data[..], &e.cdb[..]);
            let short = e.length < 8 || e.data.len() < e.answered;
            let result = match cdb[0] {
                0x12 if cdb[1] == 0 => InquiryData::parse(data).map(drop),
                0x46 => mmc::Configuration::parse(data).map(drop),
                0x43 => match cdb[2] & 0x0F {
                    0 => mmc::Toc::parse(data, cdb[1] & 2 != 0).map(drop),
                    1 => mmc::SessionInfo::parse(data, cdb[1] & 2 != 0).map(drop),
                    _ => mmc::FullToc::parse(data).map(drop),
                },
                0x51 => mmc::DiscInformation::parse(data).map(drop),
                0x25 => mmc::Capacity::parse(data).map(drop),
                0x23 => mmc::FormatCapacities::parse(data).map(drop),
                0x5A => ModeReply::parse(data).map(drop),
                0x4A => mmc::EventStatus::parse(data).map(drop),
                0xAD => mmc::DiscStructure::parse(data).map(drop),
                0xBD => mmc::Mechanism::parse(data).map(drop),
                _ => continue,
            };
            assert!(result.is_ok() || short, "{name}: {}: {result:?}", e.name);
            decoded += 1;
        }
    }
    assert!(decoded > 90, "only {decoded} answers were decoded");
}

#[test]
fn who_they_are() {
    for (name, vendor, product, revision) in
        [(QEMU_CD, "QEMU", "QEMU CD-ROM", "2.5+"), (GADGET, "Linux", "File-CD Gadget", "0601")]
    {
        let drive = recorded::device(name);
        let id = InquiryData::parse(&answer(&drive, "INQUIRY, 36 bytes").data).expect("INQUIRY");
        assert_eq!((id.device_type, id.removable), (5, true));
        assert_eq!((id.vendor.as_str(), id.product.as_str(), id.revision.as_str()), (vendor, product, revision));
    }
}

/// QEMU fills 1024 bytes; the list ends where its own header says.
#[test]
fn qemus_configuration_ends_where_its_header_says() {
    let drive = recorded::device(QEMU_DVD);
    let e = answer(&drive, "GET CONFIGURATION RT 0");
    assert_eq!(e.data.len(), 1024);
    let c = mmc::Configuration::parse(&e.data).expect("configuration");
    let codes: Vec<u16> = c.features.iter().map(|f| f.code().0).collect();
    assert_eq!((c.profile.0, c.announced, codes), (0x0010, 36, vec![0x0000, 0x0001, 0x0003]));
    assert_eq!(recorded_profile(QEMU_CD), 0x0008, "an image that fits a CD makes it a CD-ROM");
}

fn recorded_profile(name: &str) -> u16 {
    let drive = recorded::device(name);
    mmc::Configuration::parse(&answer(&drive, "GET CONFIGURATION RT 0").data).expect("configuration").profile.0
}

/// Asked for one feature it does not have, QEMU sends the whole list: the feature asked for is not in it.
#[test]
fn a_feature_that_was_asked_for_is_looked_for_by_its_code() {
    let drive = recorded::device(QEMU_CD);
    for feature in [0x0021u16, 0x002B, 0x002D, 0x0041] {
        let e = drive.iter().find(|e| e.cdb[0] == 0x46 && e.cdb[1] == 2 && e.cdb[2..4] == feature.to_be_bytes());
        let c = mmc::Configuration::parse(&e.expect("recorded").data).expect("configuration");
        assert!(c.find(mmc::FeatureCode(feature)).is_none(), "{feature:04X}h");
        assert!(!c.is_current(mmc::FeatureCode(feature)));
    }
}

#[test]
fn where_the_disc_ends_by_every_answer_that_tells() {
    let drive = recorded::device(QEMU_DVD);
    let capacity = mmc::Capacity::parse(&answer(&drive, "READ CAPACITY(10)").data).expect("capacity");
    assert_eq!((capacity.last, capacity.blocks(), capacity.block_length), (Lba(732_422), SectorCount(732_423), 2048));
    let toc = mmc::Toc::parse(&answer(&drive, "READ TOC/PMA/ATIP format 0, LBA").data, false).expect("TOC");
    assert_eq!((toc.first, toc.last, toc.tracks.len()), (1, 1, 2));
    assert_eq!((toc.tracks[1].track, toc.tracks[1].start.to_lba().ok()), (0xAA, Some(Lba(732_423))));
    let structure =
        mmc::DiscStructure::parse(&answer(&drive, "READ DISC STRUCTURE format 00h").data).expect("structure");
    assert_eq!(DvdPhysical::parse(&structure.body).expect("physical").data_end, 732_422);
}

/// 162 minutes are no time on a CD: better no address than a wrong one.
#[test]
fn a_toc_in_minutes_of_a_disc_larger_than_a_cd_is_not_misread() {
    let drive = recorded::device(QEMU_DVD);
    let toc = mmc::Toc::parse(&answer(&drive, "READ TOC/PMA/ATIP format 0, MSF").data, true).expect("TOC");
    let lead_out = toc.tracks[1].start.to_lba();
    assert!(lead_out.is_err() || lead_out == Ok(Lba(732_423)), "{lead_out:?}");
}

#[test]
fn the_gadgets_capacities_and_pages() {
    let drive = recorded::device(GADGET);
    let f = mmc::FormatCapacities::parse(&answer(&drive, "READ FORMAT CAPACITIES").data).expect("capacities");
    assert_eq!(
        (f.current.blocks, f.current.kind, f.formattable.len()),
        (SectorCount(8374), mmc::CapacityKind::FORMATTED, 0)
    );
    let all = ModeReply::parse(&answer(&drive, "MODE SENSE(10) page 3Fh, current").data).expect("pages");
    assert_eq!(all.iter().map(|page| page[0] & 0x3F).collect::<Vec<_>>(), [0x08]);
    let full = mmc::FullToc::parse(&answer(&drive, "READ TOC/PMA/ATIP format 2").data).expect("full TOC");
    assert_eq!(full.entries.iter().map(|e| e.point).collect::<Vec<_>>(), [0xA0, 0xA1, 0xA2], "and no track 1");
    assert_eq!(full.entries[2].point_msf.to_lba(), Ok(Lba(8374)));
    assert!(full.entries.iter().all(|e| e.control == 6));
}

#[test]
fn qemus_pages_structures_events() {
    let drive = recorded::device(QEMU_DVD);
    let all = ModeReply::parse(&answer(&drive, "MODE SENSE(10) page 3Fh, current").data).expect("pages");
    assert_eq!(all.iter().map(|page| page[0] & 0x3F).collect::<Vec<_>>(), [0x01, 0x08, 0x0E, 0x2A]);
    let caps = Capabilities::parse(all.page(0x2A).expect("page 2Ah")).expect("page 2Ah").fields;
    assert!(!caps.write_cd_r && !caps.write_cd_rw && !caps.write_dvd_r && !caps.write_dvd_ram);
    assert_eq!((caps.max_read_speed, caps.buffer_size), (8800, 2048));

    let list = mmc::DiscStructure::parse(&answer(&drive, "READ DISC STRUCTURE format FFh").data).expect("list");
    let formats: Vec<u8> = StructureList::read(&list.body).structures.iter().map(|s| s.format).collect();
    assert_eq!(formats, [0x00, 0x01, 0x03, 0x04]);

    let media = mmc::EventStatus::parse(&answer(&drive, "GET EVENT STATUS NOTIFICATION polled, class 10h").data);
    let media = media.expect("event").media().expect("a media event");
    assert!(media.present && !media.tray_open);
    let none = mmc::EventStatus::parse(&answer(&drive, "GET EVENT STATUS NOTIFICATION polled, class 02h").data);
    assert!(none.expect("no event").no_event_available);

    let disc = mmc::DiscInformation::parse(&answer(&drive, "READ DISC INFORMATION").data).expect("disc");
    assert_eq!((disc.status, disc.last_session), (mmc::DiscStatus::FINALIZED, mmc::LastSessionState::COMPLETE));
    assert_eq!((disc.sessions, disc.first_track, disc.last_track_last_session, disc.erasable), (1, 1, 1, false));
}
