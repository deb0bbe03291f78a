//! GET EVENT STATUS NOTIFICATION (MMC-6, 6.7).

use std::fmt;

use webburn_scsi::layout::{get, put};
use webburn_scsi::{Command, Malformed, announced, codes, command, layout};

codes! {
    /// Notification class; in a mask, class n is bit n.
    EventClass(u8) {
        NONE = 0 "no event class",
        OPERATIONAL_CHANGE = 1 "operational change",
        POWER_MANAGEMENT = 2 "power management",
        EXTERNAL_REQUEST = 3 "external request",
        MEDIA = 4 "media",
        MULTI_HOST = 5 "multiple host",
        DEVICE_BUSY = 6 "device busy",
    }
}

impl EventClass {
    /// Its bit in a mask of classes.
    #[must_use]
    pub const fn bit(self) -> u8 {
        1 << (self.0 & 7)
    }
}

codes! {
    /// Media event.
    MediaEventCode(u8) {
        NO_CHANGE = 0 "no change",
        EJECT_REQUEST = 1 "eject request",
        NEW_MEDIA = 2 "new media",
        MEDIA_REMOVAL = 3 "media removal",
        MEDIA_CHANGED = 4 "media changed",
        BACKGROUND_FORMAT_COMPLETED = 5 "background format completed",
        BACKGROUND_FORMAT_RESTARTED = 6 "background format restarted",
    }
}

command! {
    /// Asks for the oldest event of the classes named. Reading takes the event away.
    GetEventStatusNotification = 0x4A [10] {
        /// Polled: answer at once. The other form is not used by anybody.
        polled: bool = bit(1, 0),
        /// Mask of classes, see [`EventClass::bit`].
        classes: u8 = u8(4),
        /// Most bytes to send.
        allocation_length: u16 = u16(7),
    }
}

impl GetEventStatusNotification {
    /// Polls one class.
    #[must_use]
    pub const fn poll(class: EventClass) -> Self {
        GetEventStatusNotification { polled: true, classes: class.bit(), allocation_length: 8 }
    }
}

layout! {
    /// The four bytes of a media event.
    MediaEvent [4] {
        /// What happened.
        code: MediaEventCode = code(0, 0, 4),
        /// A medium is there.
        present: bool = bit(1, 1),
        /// The door or tray is open.
        tray_open: bool = bit(1, 0),
        /// First slot concerned, for changers.
        start_slot: u8 = u8(2),
        /// Last slot concerned.
        end_slot: u8 = u8(3),
    }
}

layout! {
    /// The four bytes of a device busy event.
    BusyEvent [4] {
        /// 0 no change, 1 the busy state has changed.
        code: u8 = bits(0, 0, 4),
        /// 0 not busy, 1 busy (immediate), 2 busy with a deferred operation.
        status: u8 = u8(1),
        /// How long it will take, in 100 ms.
        time: u16 = u16(2),
    }
}

/// What it answers: the header and, unless the class is not supported, four bytes of event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EventStatus {
    /// NEA: none of the classes asked for is supported; there is no event.
    pub no_event_available: bool,
    /// The class of the event; NONE when nothing of these classes is supported.
    pub class: EventClass,
    /// Mask of the classes the drive supports.
    pub supported: u8,
    /// The event, to be read by its class. `None` when the answer ends before it.
    pub event: Option<[u8; 4]>,
}

impl EventStatus {
    /// Reads an answer, as long as its own header says.
    ///
    /// # Errors
    /// Fewer than 4 bytes.
    pub fn parse(data: &[u8]) -> Result<Self, Malformed> {
        // The length counts what follows it: 2 for the header alone, 6 with an event. QEMU counts what follows the
        // header: 0 and 4.
        let length = match get::u16(data, 0) {
            0..4 => 4,
            length => usize::from(length).max(6) + 2,
        };
        let data = announced(GetEventStatusNotification::NAME, data, length, 4)?;
        Ok(EventStatus {
            no_event_available: get::bit(data, 2, 7),
            class: get::code(data, 2, 0, 3),
            supported: data[3],
            event: (data.len() >= 8).then(|| get::bytes(data, 4)),
        })
    }

    /// The bytes of an answer.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![0; 4];
        put::bit(&mut out, 2, 7, self.no_event_available);
        put::code(&mut out, 2, 0, 3, self.class);
        out[3] = self.supported;
        out.extend(self.event.iter().flatten());
        let length = (out.len() - 2) as u16;
        put::u16(&mut out, 0, length);
        out
    }

    /// The event, where it is one of the media class.
    #[must_use]
    pub fn media(&self) -> Option<MediaEvent> {
        let is = self.class == EventClass::MEDIA && !self.no_event_available;
        self.event.filter(|_| is).map(|event| MediaEvent::read(&event))
    }

    /// The event, where it is one of the device busy class.
    #[must_use]
    pub fn busy(&self) -> Option<BusyEvent> {
        let is = self.class == EventClass::DEVICE_BUSY && !self.no_event_available;
        self.event.filter(|_| is).map(|event| BusyEvent::read(&event))
    }
}

reads!(GetEventStatusNotification, "GET EVENT STATUS NOTIFICATION", EventStatus);

impl fmt::Display for GetEventStatusNotification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", Self::NAME)?;
        let mut named = false;
        for class in (1..8).map(EventClass).filter(|class| self.classes & class.bit() != 0) {
            write!(f, "{} {class}", if named { "," } else { "" })?;
            named = true;
        }
        f.write_str(if named { "" } else { " no class" })
    }
}
