//! What single drives do otherwise than the rest, and is worked around: one table, keyed by INQUIRY.
//!
//! All rows are observed behaviour, reported by libburn, growisofs or K3b. Work-arounds that cost nothing are used for
//! every drive and have no row (for example: CLOSE TRACK is never sent for a CD track written at once).

use webburn_scsi::spc::InquiryData;

/// Work-arounds in force for a drive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quirks {
    /// Says ready too early: flush once more without Immed after a long operation.
    pub ready_too_early: bool,
    /// READ BUFFER CAPACITY is not asked before the first full buffer.
    pub buffer_query_late: bool,
    /// Figures of READ BUFFER CAPACITY are not believed.
    pub buffer_figures_bad: bool,
    /// Asynchronous load reports nonsense: load without Immed. That is the rule for all; kept for the record.
    pub load_synchronously: bool,
    /// ADIP (READ DISC STRUCTURE 11h) is refused; format 00h has the same bytes.
    pub no_adip: bool,
    /// GET PERFORMANCE lists nothing or the wrong medium's speeds: mode page 2Ah instead.
    pub speeds_from_page: bool,
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The vendor begins so.
    pub vendor: &'static str,
    /// The product contains this.
    pub product: &'static str,
    /// The revision begins so; empty for all.
    pub revision: &'static str,
    /// What holds.
    pub quirks: Quirks,
}

const NONE: Quirks = Quirks {
    ready_too_early: false,
    buffer_query_late: false,
    buffer_figures_bad: false,
    load_synchronously: false,
    no_adip: false,
    speeds_from_page: false,
};

/// The table. Every row that matches counts.
pub const ROWS: &[Row] = &[
    // TEST UNIT READY says ready, the next command answers 2/04/07; figures of 5Ch are bogus at high speed.
    Row { vendor: "PIONEER", product: "", revision: "", quirks: Quirks { ready_too_early: true, ..NONE } },
    // Asking 5Ch again and again before the first full buffer breaks a DVD-R burn.
    Row {
        vendor: "PIONEER",
        product: "DVR-216D",
        revision: "1.09",
        quirks: Quirks { buffer_query_late: true, ..NONE },
    },
    // Stale figures of 5Ch on DVD; asynchronous load.
    Row {
        vendor: "HL-DT-ST",
        product: "GSA-4082B",
        revision: "",
        quirks: Quirks { buffer_figures_bad: true, load_synchronously: true, ..NONE },
    },
    Row { vendor: "HL-DT-ST", product: "GGW-H20L", revision: "", quirks: Quirks { no_adip: true, ..NONE } },
    Row { vendor: "HL-DT-ST", product: "GGC-H20L", revision: "", quirks: Quirks { no_adip: true, ..NONE } },
    // Empty list of type 03h.
    Row { vendor: "HL-DT-ST", product: "GCA-4040N", revision: "", quirks: Quirks { speeds_from_page: true, ..NONE } },
];

/// The work-arounds for a drive.
#[must_use]
pub fn quirks(inquiry: &InquiryData) -> Quirks {
    let starts = |text: &str, with: &str| text.to_ascii_uppercase().starts_with(with);
    ROWS.iter()
        .filter(|row| {
            starts(&inquiry.vendor, row.vendor)
                && inquiry.product.to_ascii_uppercase().contains(row.product)
                && starts(&inquiry.revision, row.revision)
        })
        .fold(NONE, |sum, row| Quirks {
            ready_too_early: sum.ready_too_early || row.quirks.ready_too_early,
            buffer_query_late: sum.buffer_query_late || row.quirks.buffer_query_late,
            buffer_figures_bad: sum.buffer_figures_bad || row.quirks.buffer_figures_bad,
            load_synchronously: sum.load_synchronously || row.quirks.load_synchronously,
            no_adip: sum.no_adip || row.quirks.no_adip,
            speeds_from_page: sum.speeds_from_page || row.quirks.speeds_from_page,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drive(vendor: &str, product: &str, revision: &str) -> InquiryData {
        InquiryData {
            vendor: vendor.into(),
            product: product.into(),
            revision: revision.into(),
            ..InquiryData::default()
        }
    }

    #[test]
    fn rows_add_up_and_others_have_none() {
        let found = quirks(&drive("PIONEER", "DVD-RW  DVR-216D", "1.09"));
        assert!(found.ready_too_early && found.buffer_query_late);
        assert!(!quirks(&drive("PIONEER", "DVD-RW  DVR-216D", "1.07")).buffer_query_late);
        assert_eq!(quirks(&drive("QEMU", "QEMU CD-ROM", "2.5+")), NONE);
    }
}
