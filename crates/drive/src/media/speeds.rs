//! Write speeds and the size of the drive's buffer.

use webburn_mmc::mode_page::Capabilities;
use webburn_mmc::{Configuration, Feature, FeatureCode, GetWriteSpeeds, ReadAtip, WriteSpeeds};
use webburn_scsi::spc::{ModeReply, ModeSense10, PageControl};
use webburn_scsi::{Raw, ScsiTransport};

use super::identify::{DOING, optional};
use super::{Family, Kind, Media, Recording, Speed};
use crate::quirk::Quirk;
use crate::{Clock, Drive, Error};

impl<T: ScsiTransport, C: Clock> Drive<T, C> {
    pub(super) async fn read_speeds(&mut self, media: &mut Media) -> Result<(), Error> {
        // A drive that only reads refuses the question about write speeds, whatever disc is in it.
        let writable = media.drive_writes && media.kind.recording() != Recording::ReadOnly;
        let page = self.capabilities().await?;
        if let Some(page) = &page {
            let kib = u64::from(page.fields.buffer_size);
            media.buffer = Some(kib * 1024).filter(|bytes| *bytes > 0);
        }
        if !writable {
            return Ok(());
        }
        if !self.quirks().has(Quirk::ListsNoSpeeds) {
            media.speeds = self.performance().await?;
        }
        if let Some(page) = page {
            if media.speeds.is_empty() {
                media.speeds = speeds_of_page(&page, media.kind.family());
            }
            let current = [page.fields.write_speed, page.fields.write_speed_legacy];
            let plausible = |speed: &u32| plausible(*speed, media.kind.family());
            media.current_speed = current.into_iter().map(u32::from).find(plausible);
        }
        media.speeds.sort_by(|a, b| b.write_kilobytes.cmp(&a.write_kilobytes).then(a.pure_cav.cmp(&b.pure_cav)));
        media.speeds.dedup_by_key(|speed| (speed.write_kilobytes, speed.pure_cav));
        Ok(())
    }

    /// Whether the disc is of a kind that the drive writes and the drive lists no write speed for it, or, of a CD-RW, does
    /// not name its class of speeds. No sense says that a disc is too slow or too fast: this is how it shows. Asked without
    /// a look at the disc.
    ///
    /// # Errors
    /// The drive cannot be asked.
    pub async fn has_no_common_speed(&mut self) -> Result<bool, Error> {
        let Some(configuration) = self.configuration().await? else { return Ok(false) };
        let profile = configuration.profile.0;
        let mut media = Media::of_kind(Kind::of_profile(profile), profile);
        media.drive_writes = super::identify::writes(&configuration);
        if !media.drive_writes || !media.kind.present() || media.kind.recording() == Recording::ReadOnly {
            return Ok(false);
        }
        self.read_speeds(&mut media).await?;
        Ok(media.speeds.is_empty() || media.kind == Kind::CdRw && self.lacks_sub_type(&configuration).await?)
    }

    /// The sub-type of a CD-RW is its class of speeds, from ATIP; feature 0037h has a bit for each that the drive writes.
    /// *guess*: one that names none just does not tell.
    async fn lacks_sub_type(&mut self, configuration: &Configuration) -> Result<bool, Error> {
        let feature = configuration.find(FeatureCode::CD_RW_MEDIA).map(|descriptor| &descriptor.feature);
        let Some(Feature::CdRwMedia(written)) = feature else { return Ok(false) };
        if written.subtypes == 0 {
            return Ok(false);
        }
        let atip = optional(self.send(DOING, &ReadAtip { msf: true, allocation_length: 28 }).await)?;
        Ok(atip.is_some_and(|atip| atip.erasable && written.subtypes >> atip.subtype & 1 == 0))
    }

    /// Mode page 2Ah, in the length that the drive announces.
    async fn capabilities(&mut self) -> Result<Option<Capabilities>, Error> {
        let page = Capabilities::CODE.0;
        let ask = |length| ModeSense10::page(page, PageControl::CURRENT, length);
        // Header and the page's fixed part of MMC-3; longer ones say so.
        let Some(head) = optional(self.send(DOING, &Raw(ask(30))).await)? else { return Ok(None) };
        let announced = head.get(..2).and_then(|b| b.try_into().ok()).map_or(0, u16::from_be_bytes).saturating_add(2);
        let raw = if announced > 30 {
            optional(self.send(DOING, &Raw(ask(announced.min(512)))).await)?.unwrap_or(head)
        } else {
            head
        };
        let reply = ModeReply::parse(&raw).ok();
        Ok(reply.and_then(|reply| Capabilities::parse(reply.page(page)?).ok()))
    }

    /// GET PERFORMANCE type 03h: some drives send one descriptor when asked for none, and announce one
    /// ([`Quirk::SendsADescriptorForNone`]), so what each answer announces is asked for next.
    async fn performance(&mut self) -> Result<Vec<Speed>, Error> {
        let Some(head) = optional(self.send(DOING, &Raw(GetWriteSpeeds { max_descriptors: 0 })).await)? else {
            return Ok(Vec::new());
        };
        let length = head.get(..4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_be_bytes);
        let count = (length.saturating_sub(4) / 16).clamp(1, 64) as u16;
        let speeds: Option<WriteSpeeds> = optional(self.send(DOING, &GetWriteSpeeds { max_descriptors: count }).await)?;
        let mut found = speeds.unwrap_or_default();
        if found.descriptors.len() < found.announced && found.announced <= 64 {
            let count = found.announced as u16;
            found = optional(self.send(DOING, &GetWriteSpeeds { max_descriptors: count }).await)?.unwrap_or_default();
        }
        let speed = |d: &webburn_mmc::WriteSpeedDescriptor| Speed {
            write_kilobytes: d.write_speed,
            read_kilobytes: d.read_speed,
            pure_cav: d.rotation.0 == 1,
            end: Some(d.end),
        };
        Ok(found.descriptors.iter().filter(|d| d.write_speed > 0).map(speed).collect())
    }
}

/// NEC drives list CD speeds with a DVD in them, Lite-On drives zeros: what is below 1× is not believed.
fn plausible(kilobytes: u32, family: Family) -> bool {
    let slowest = match family {
        Family::Cd => 150,
        Family::Dvd | Family::Other => 1350,
        Family::Bd => 4400,
    };
    kilobytes >= slowest
}

fn speeds_of_page(page: &Capabilities, family: Family) -> Vec<Speed> {
    let listed = page.write_speeds.iter().map(|speed| (u32::from(speed.speed), speed.rotation.0 == 1));
    let largest = (u32::from(page.fields.max_write_speed), false);
    let mut speeds: Vec<(u32, bool)> = listed.filter(|(speed, _)| plausible(*speed, family)).collect();
    if speeds.is_empty() && plausible(largest.0, family) {
        speeds.push(largest);
    }
    let speed = |(write_kilobytes, pure_cav)| Speed { write_kilobytes, read_kilobytes: 0, pure_cav, end: None };
    speeds.into_iter().map(speed).collect()
}
