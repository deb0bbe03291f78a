//! What single drives do otherwise than the standard or the rest, and what is done about it: one table.
//!
//! All rows are behaviour observed and reported by libburn, growisofs, K3b and others. A row with drives is in force for
//! those alone, recognised by INQUIRY, and some for whatever stands behind a bridge that answers INQUIRY in its own name.
//! A row for [`Drives::All`] is a work-around that costs nothing and is always in force; the code that does it names the
//! row. Nothing else in the host knows a drive by its name.

mod table;

use webburn_scsi::spc::InquiryData;

pub use table::TABLE;

macro_rules! quirks {
    ($($name:ident),+ $(,)?) => {
        /// One thing that drives do; the table says which, and what is done about it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the table has a sentence for each")]
        pub enum Quirk {
            $($name),+
        }

        impl Quirk {
            /// Every one, in the order of the table.
            pub const ALL: &[Quirk] = &[$(Quirk::$name),+];
        }
    };
}
quirks!(
    SaysReadyTooEarly,
    DiesOfEarlyBufferQueries,
    TellsStaleBufferFigures,
    NextAddressBeforeTheTrack,
    RefusesTheRealLeadIn,
    WantsTheModePageFirst,
    LoadsWithoutWaiting,
    RefusesC2,
    RefusesLeanStreaming,
    FailsCloseTrackOnCd,
    PreRecordedLeadInWithoutLength,
    RefusesAdip,
    DiesOfMediaSerialNumber,
    TellsProgressInRequestSense,
    LeavesTheValidBitOut,
    RefusesTrackInformationWhenFull,
    ClosesTwoLayersByFunction5,
    LosesIncrementalByQuickBlank,
    ClaimsIncrementalAfterQuickBlank,
    KeepsTheSpeed,
    RefusesSpeedsBeyondItsOwn,
    SendsADescriptorForNone,
    ListsNoSpeeds,
    AnswersInItsBridgesName,
    FailsBeyond64KiB,
    HangsOnVendorCommands,
    KnowsFewCommands,
    TakesTheTocFormatFromTheLastByte,
    RefusesLongerLengths,
    SendsTheTocInBcd,
    LastTrackWithoutSize,
    CountsTheLeadOutAsSession,
    HidesTrackAtOnce,
    TellsTheOldStateUntilReloaded,
    FinishesUnseen,
    RefusesDiscAtOnceOnDvd,
);

/// A kind of drive, by INQUIRY.
#[derive(Clone, Copy, Debug)]
pub struct Model {
    /// The vendor begins so.
    pub vendor: &'static str,
    /// The product contains this.
    pub product: &'static str,
    /// The revision begins so; empty for all.
    pub revision: &'static str,
}

/// For which drives a row is in force.
#[derive(Clone, Copy, Debug)]
pub enum Drives {
    /// All: the work-around costs nothing.
    All,
    /// These.
    These(&'static [Model]),
    /// These, and whatever a bridge hides: it might be one of them, and the work-around does no harm.
    TheseAndHidden(&'static [Model]),
    /// Whatever a bridge hides.
    Hidden,
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// What it is.
    pub quirk: Quirk,
    /// A name made of words; the test that shows it bears the same.
    pub name: &'static str,
    /// What the drive does, in words, and who saw it.
    pub does: &'static str,
    /// What the host does.
    pub answer: &'static str,
    /// Which drives.
    pub drives: Drives,
}

/// Bridges that put their own name into INQUIRY.
const BRIDGES: &[&str] = &["ASMT", "ASMEDIA", "JMICRON", "VIA ", "VLI", "INITIO", "SUNPLUS"];

/// Work-arounds in force for a drive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quirks(u64);

impl Quirks {
    /// The work-around is in force.
    #[must_use]
    pub const fn has(self, quirk: Quirk) -> bool {
        self.0 & 1 << quirk as u32 != 0
    }

    const fn with(self, quirk: Quirk) -> Self {
        Quirks(self.0 | 1 << quirk as u32)
    }
}

fn starts(text: &str, with: &str) -> bool {
    text.to_ascii_uppercase().starts_with(with)
}

impl Model {
    fn is(&self, inquiry: &InquiryData) -> bool {
        starts(&inquiry.vendor, self.vendor)
            && inquiry.product.to_ascii_uppercase().contains(self.product)
            && starts(&inquiry.revision, self.revision)
    }
}

/// INQUIRY is answered by a bridge, and the drive behind it cannot be told.
#[must_use]
pub fn is_hidden(inquiry: &InquiryData) -> bool {
    BRIDGES.iter().any(|bridge| starts(&inquiry.vendor, bridge.trim_end()))
}

/// The work-arounds for a drive.
#[must_use]
pub fn quirks(inquiry: &InquiryData) -> Quirks {
    let hidden = is_hidden(inquiry);
    let holds = |row: &&Row| match row.drives {
        Drives::All => true,
        Drives::These(models) => models.iter().any(|model| model.is(inquiry)),
        Drives::TheseAndHidden(models) => hidden || models.iter().any(|model| model.is(inquiry)),
        Drives::Hidden => hidden,
    };
    TABLE.iter().filter(holds).fold(Quirks::default(), |sum, row| sum.with(row.quirk))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drive(vendor: &str, product: &str, revision: &str) -> Quirks {
        quirks(&InquiryData {
            vendor: vendor.into(),
            product: product.into(),
            revision: revision.into(),
            ..InquiryData::default()
        })
    }

    #[test]
    fn every_quirk_has_one_row_with_words() {
        let rows: Vec<Quirk> = TABLE.iter().map(|row| row.quirk).collect();
        assert_eq!(rows, Quirk::ALL);
        assert!(rows.len() <= 64);
        for row in TABLE {
            let words = row.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            assert!(words && row.does.ends_with('.') && row.answer.ends_with('.'), "{}", row.name);
        }
    }

    #[test]
    fn rows_add_up_and_others_have_none() {
        let found = drive("PIONEER", "DVD-RW  DVR-216D", "1.09");
        assert!(found.has(Quirk::SaysReadyTooEarly) && found.has(Quirk::DiesOfEarlyBufferQueries));
        assert!(!drive("PIONEER", "DVD-RW  DVR-216D", "1.07").has(Quirk::DiesOfEarlyBufferQueries));
        let other = drive("QEMU", "QEMU CD-ROM", "2.5+");
        for row in TABLE {
            assert_eq!(other.has(row.quirk), matches!(row.drives, Drives::All), "{}", row.name);
        }
    }

    #[test]
    fn behind_a_bridge_any_drive_may_stand() {
        let hidden = drive("ASMT", "ASM105x", "0");
        assert!(hidden.has(Quirk::SaysReadyTooEarly) && hidden.has(Quirk::AnswersInItsBridgesName));
        assert!(!hidden.has(Quirk::RefusesAdip));
        assert!(!is_hidden(&InquiryData { vendor: "ATAPI".into(), ..InquiryData::default() }));
    }
}
