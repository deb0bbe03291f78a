//! Names of the media.

use serde::{Deserialize, Serialize};

use super::{MediumSpec, UnknownMedium};

/// A kind of disc.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
#[allow(missing_docs)] // the names are the media's own
pub enum MediumKind {
    CdR,
    CdRw,
    DvdR,
    DvdRDl,
    DvdRw,
    /// DVD-RW formatted for restricted overwrite.
    DvdRwRo,
    DvdRam,
    DvdPlusR,
    DvdPlusRDl,
    DvdPlusRw,
    DvdPlusRwDl,
    BdR,
    BdRDl,
    BdRe,
    BdReDl,
    BdRTl,
    BdRQl,
    BdReTl,
    CdRom,
    DvdRom,
    BdRom,
    /// DVD-R DL prepared for layer jump recording.
    DvdRDlLj,
    /// BD-R formatted for pseudo-overwrite.
    BdRPow,
    /// BD-R formatted for random recording.
    BdRRrm,
    HdDvdRom,
    HdDvdR,
    HdDvdRw,
    HdDvdRam,
}

impl MediumKind {
    /// Every kind, CDs first.
    pub const ALL: [MediumKind; 28] = [
        MediumKind::CdR,
        MediumKind::CdRw,
        MediumKind::DvdR,
        MediumKind::DvdRDl,
        MediumKind::DvdRw,
        MediumKind::DvdRwRo,
        MediumKind::DvdRam,
        MediumKind::DvdPlusR,
        MediumKind::DvdPlusRDl,
        MediumKind::DvdPlusRw,
        MediumKind::DvdPlusRwDl,
        MediumKind::BdR,
        MediumKind::BdRDl,
        MediumKind::BdRe,
        MediumKind::BdReDl,
        MediumKind::BdRTl,
        MediumKind::BdRQl,
        MediumKind::BdReTl,
        MediumKind::CdRom,
        MediumKind::DvdRom,
        MediumKind::BdRom,
        MediumKind::DvdRDlLj,
        MediumKind::BdRPow,
        MediumKind::BdRRrm,
        MediumKind::HdDvdRom,
        MediumKind::HdDvdR,
        MediumKind::HdDvdRw,
        MediumKind::HdDvdRam,
    ];

    /// The kind of an id such as `dvd+rw`; case does not matter.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id().eq_ignore_ascii_case(id))
    }

    /// What the medium's file says about it.
    #[must_use]
    pub fn spec(self) -> &'static MediumSpec {
        super::spec(self)
    }

    /// The id: what [`MediumKind::parse`] reads.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.spec().id
    }

    /// Any of the HD DVD family, which the simulated drives read and do not write.
    #[must_use]
    pub const fn is_hd_dvd(self) -> bool {
        matches!(self, MediumKind::HdDvdRom | MediumKind::HdDvdR | MediumKind::HdDvdRw | MediumKind::HdDvdRam)
    }

    /// What the disc is when it is new: some kinds are others in another state.
    #[must_use]
    pub const fn as_sold(self) -> Self {
        match self {
            MediumKind::DvdRwRo => MediumKind::DvdRw,
            MediumKind::DvdRDlLj => MediumKind::DvdRDl,
            MediumKind::BdRPow | MediumKind::BdRRrm => MediumKind::BdR,
            other => other,
        }
    }

    /// The name as it is printed on the disc.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.spec().name
    }
}

impl From<MediumKind> for String {
    fn from(kind: MediumKind) -> String {
        kind.id().into()
    }
}

impl TryFrom<String> for MediumKind {
    type Error = UnknownMedium;
    fn try_from(id: String) -> Result<Self, UnknownMedium> {
        MediumKind::parse(&id).ok_or(UnknownMedium(id))
    }
}
