//! What every drive has: profiles, interface, tray, write protection.

use webburn_scsi::layout;
use webburn_scsi::layout::{get, put};

use super::{Body, bodies};
use crate::Profile;

/// One entry of the profile list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListedProfile {
    /// The profile.
    pub profile: Profile,
    /// It is the one, or one of those, that the disc in the drive has.
    pub current: bool,
}

/// 0000h: the profiles of the drive, in the order of its preference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfileList {
    /// The profiles.
    pub profiles: Vec<ListedProfile>,
}

impl Body for ProfileList {
    fn read_body(body: &[u8]) -> Self {
        let read =
            |entry: &[u8]| ListedProfile { profile: Profile(get::u16(entry, 0)), current: get::bit(entry, 2, 0) };
        ProfileList { profiles: body.chunks_exact(4).map(read).collect() }
    }
    fn encode_body(&self, out: &mut Vec<u8>) {
        for listed in &self.profiles {
            let mut entry = [0; 4];
            put::u16(&mut entry, 0, listed.profile.0);
            put::bit(&mut entry, 2, 0, listed.current);
            out.extend_from_slice(&entry);
        }
    }
}

layout! {
    /// 0001h: the interface.
    Core [8] {
        /// Physical interface: 1 SCSI, 2 ATAPI, 3 and 4 IEEE 1394, 6 Fibre Channel, 7 SATA, 8 USB.
        interface: u32 = u32(0),
        /// INQ2: INQUIRY obeys SPC-3 with its allocation length of 16 bits.
        inq2: bool = bit(4, 1),
        /// DBE: device busy events are reported.
        device_busy_event: bool = bit(4, 0),
    }
}

layout! {
    /// 0002h: how the drive tells of changes.
    Morphing [4] {
        /// OCEvent: changes are operational change events.
        operational_change_event: bool = bit(0, 1),
        /// Async: the unpolled form of GET EVENT STATUS NOTIFICATION works.
        asynchronous: bool = bit(0, 0),
    }
}

layout! {
    /// 0003h: tray, slot or caddy.
    RemovableMedium [4] {
        /// Loading mechanism: 0 caddy, 1 tray, 2 pop-up, 4 changer of single discs, 5 changer with magazine.
        mechanism: u8 = bits(0, 5, 3),
        /// Load: the tray can be closed by command.
        load: bool = bit(0, 4),
        /// Eject: the tray can be opened by command.
        eject: bool = bit(0, 3),
        /// Pvnt Jmpr: 0 means that the prevent jumper is present, so the drive starts locked.
        no_prevent_jumper: bool = bit(0, 2),
        /// DBML: reports where the medium is with the tray shut.
        dbml: bool = bit(0, 1),
        /// Lock: the tray can be locked.
        lock: bool = bit(0, 0),
    }
}

layout! {
    /// 0004h: ways to protect a disc against writing.
    WriteProtect [4] {
        /// DWP: disc write protect PAC of BD.
        dwp: bool = bit(0, 3),
        /// WDCB: write inhibit by a disc control block.
        wdcb: bool = bit(0, 2),
        /// SPWP: persistent write protection.
        spwp: bool = bit(0, 1),
        /// SSWPP: software write protection until power-off, mode page 1Dh.
        sswpp: bool = bit(0, 0),
    }
}

bodies!(Core, Morphing, RemovableMedium, WriteProtect);
