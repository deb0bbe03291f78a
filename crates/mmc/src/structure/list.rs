//! FFh: the structures a drive knows.

use webburn_scsi::layout;

layout! {
    /// One of them.
    ListedStructure [4] {
        /// Format code.
        format: u8 = u8(0),
        /// SDS: can be sent.
        sendable: bool = bit(1, 7),
        /// RDS: can be read.
        readable: bool = bit(1, 6),
        /// Length, header included.
        length: u16 = u16(2),
    }
}

/// The list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StructureList {
    /// In the drive's order.
    pub structures: Vec<ListedStructure>,
}

impl StructureList {
    /// Reads the list, header left off. An entry cut in the middle is dropped.
    #[must_use]
    pub fn read(body: &[u8]) -> Self {
        StructureList { structures: body.chunks_exact(ListedStructure::LEN).map(ListedStructure::read).collect() }
    }

    /// The bytes of the list, without header.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        self.structures.iter().flat_map(ListedStructure::encode).collect()
    }

    /// The entry of this format.
    #[must_use]
    pub fn find(&self, format: u8) -> Option<&ListedStructure> {
        self.structures.iter().find(|structure| structure.format == format)
    }
}
