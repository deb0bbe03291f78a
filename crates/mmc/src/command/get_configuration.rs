//! GET CONFIGURATION (MMC-6, 6.6).

use std::fmt;

use webburn_scsi::layout::{get, put};
use webburn_scsi::{Command, Malformed, announced, codes, command};

use crate::{Feature, FeatureCode, FeatureDescriptor, Profile};

codes! {
    /// RT: which features are wanted.
    RequestType(u8) {
        ALL = 0 "all features",
        CURRENT = 1 "current features",
        ONE = 2 "one feature",
    }
}

command! {
    /// Asks what the drive can do (all) and what it can do with this disc (current).
    GetConfiguration = 0x46 [10] {
        /// Which features.
        request: RequestType = code(1, 0, 2),
        /// The first feature wanted, or the only one.
        start: FeatureCode = code16(2),
        /// Most bytes to send.
        allocation_length: u16 = u16(7),
    }
}

impl GetConfiguration {
    /// All features.
    #[must_use]
    pub const fn all(allocation_length: u16) -> Self {
        GetConfiguration { request: RequestType::ALL, start: FeatureCode::PROFILE_LIST, allocation_length }
    }

    /// One feature. Not every drive obeys: look the code up in the answer, do not take the first descriptor.
    #[must_use]
    pub const fn one(feature: FeatureCode, allocation_length: u16) -> Self {
        GetConfiguration { request: RequestType::ONE, start: feature, allocation_length }
    }
}

/// What it answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Configuration {
    /// Data length as announced, four bytes less than the whole answer. May be more than arrived.
    pub announced: u32,
    /// The current profile.
    pub profile: Profile,
    /// The features, in the drive's order.
    pub features: Vec<FeatureDescriptor>,
}

impl Configuration {
    /// Reads an answer, as long as its own header says. A descriptor cut in the middle is dropped.
    ///
    /// # Errors
    /// Fewer than 8 bytes.
    pub fn parse(data: &[u8]) -> Result<Self, Malformed> {
        let length = get::u32(data, 0);
        let whole = usize::try_from(length).unwrap_or(usize::MAX).saturating_add(4);
        let mut rest = &announced(GetConfiguration::NAME, data, whole, 8)?[8..];
        let mut features = Vec::new();
        while let Some((descriptor, tail)) = FeatureDescriptor::parse_first(rest) {
            features.push(descriptor);
            rest = tail;
        }
        Ok(Configuration { announced: length, profile: Profile(get::u16(data, 6)), features })
    }

    /// The bytes of an answer; the length is that of the features, not `announced`.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![0; 8];
        put::u16(&mut out, 6, self.profile.0);
        for feature in &self.features {
            feature.encode_into(&mut out);
        }
        let length = (out.len() - 4) as u32;
        put::u32(&mut out, 0, length);
        out
    }

    /// The descriptor of this feature, if it is there.
    #[must_use]
    pub fn find(&self, code: FeatureCode) -> Option<&FeatureDescriptor> {
        self.features.iter().find(|feature| feature.code() == code)
    }

    /// The feature is there and current.
    #[must_use]
    pub fn is_current(&self, code: FeatureCode) -> bool {
        self.find(code).is_some_and(|feature| feature.current)
    }

    /// The profiles the drive lists, with their current bits, in the order of its preference.
    #[must_use]
    pub fn profiles(&self) -> &[crate::feature::ListedProfile] {
        match self.find(FeatureCode::PROFILE_LIST).map(|descriptor| &descriptor.feature) {
            Some(Feature::ProfileList(list)) => &list.profiles,
            _ => &[],
        }
    }
}

reads!(GetConfiguration, "GET CONFIGURATION", Configuration);

impl fmt::Display for GetConfiguration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.request {
            RequestType::ONE => write!(f, "{} feature {:04X}h ({})", Self::NAME, self.start.0, self.start),
            request => write!(f, "{} {request} from {:04X}h", Self::NAME, self.start.0),
        }
    }
}
