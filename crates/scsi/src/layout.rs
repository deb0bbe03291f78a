//! Wire layouts as tables: where each field lies, said once, read both ways.
//!
//! [`layout!`](crate::layout) makes a struct whose fields name their place in the bytes, [`command!`](crate::command)
//! does the same for a CDB, and [`codes!`](crate::codes) makes an open set of code values. Reading never panics:
//! what lies beyond the end reads as zero, so whoever decodes an answer first checks the length of its fixed part.

/// Reads fields out of bytes. What lies beyond the end is zero.
pub mod get {
    use webburn_sector::{Lba, Msf, SectorCount};

    /// The `N` bytes from `at` on.
    #[must_use]
    pub fn bytes<const N: usize>(from: &[u8], at: usize) -> [u8; N] {
        let mut out = [0; N];
        for (to, byte) in out.iter_mut().zip(from.iter().skip(at)) {
            *to = *byte;
        }
        out
    }

    /// One byte.
    #[must_use]
    pub fn u8(from: &[u8], at: usize) -> u8 {
        from.get(at).copied().unwrap_or(0)
    }

    /// Two bytes, big-endian.
    #[must_use]
    pub fn u16(from: &[u8], at: usize) -> u16 {
        u16::from_be_bytes(bytes(from, at))
    }

    /// Three bytes, big-endian.
    #[must_use]
    pub fn u24(from: &[u8], at: usize) -> u32 {
        let [a, b, c] = bytes(from, at);
        u32::from_be_bytes([0, a, b, c])
    }

    /// Four bytes, big-endian.
    #[must_use]
    pub fn u32(from: &[u8], at: usize) -> u32 {
        u32::from_be_bytes(bytes(from, at))
    }

    /// A number whose two bytes lie apart: least significant first named.
    #[must_use]
    pub fn split16(from: &[u8], lsb: usize, msb: usize) -> u16 {
        u16::from_be_bytes([u8(from, msb), u8(from, lsb)])
    }

    /// A block address of four bytes, two's complement.
    #[must_use]
    pub fn lba(from: &[u8], at: usize) -> Lba {
        Lba::from_wire(bytes(from, at))
    }

    /// A number of sectors of four bytes.
    #[must_use]
    pub fn count(from: &[u8], at: usize) -> SectorCount {
        SectorCount(u32(from, at))
    }

    /// A number of sectors of three bytes.
    #[must_use]
    pub fn count24(from: &[u8], at: usize) -> SectorCount {
        SectorCount(u24(from, at))
    }

    /// A number of sectors of two bytes.
    #[must_use]
    pub fn count16(from: &[u8], at: usize) -> SectorCount {
        SectorCount(u16(from, at).into())
    }

    /// Minute, second, frame: three bytes, binary.
    #[must_use]
    pub fn msf(from: &[u8], at: usize) -> Msf {
        Msf::from(bytes::<3>(from, at))
    }

    /// One bit.
    #[must_use]
    pub fn bit(from: &[u8], at: usize, bit: u32) -> bool {
        u8(from, at) >> bit & 1 == 1
    }

    /// `width` bits whose lowest is bit `low`.
    #[must_use]
    pub fn bits(from: &[u8], at: usize, low: u32, width: u32) -> u8 {
        u8(from, at) >> low & mask(width)
    }

    /// A code of `width` bits whose lowest is bit `low`.
    #[must_use]
    pub fn code<T: From<u8>>(from: &[u8], at: usize, low: u32, width: u32) -> T {
        T::from(bits(from, at, low, width))
    }

    /// A code of two bytes.
    #[must_use]
    pub fn code16<T: From<u16>>(from: &[u8], at: usize) -> T {
        T::from(u16(from, at))
    }

    pub(super) const fn mask(width: u32) -> u8 {
        if width >= 8 { 0xFF } else { (1 << width) - 1 }
    }
}

/// Writes fields into bytes, the reverse of [`get`]. What lies beyond the end is dropped; bits of neighbours stay.
pub mod put {
    use webburn_sector::{Lba, Msf, SectorCount};

    /// These bytes from `at` on.
    pub fn bytes<const N: usize>(into: &mut [u8], at: usize, value: [u8; N]) {
        for (to, byte) in into.iter_mut().skip(at).zip(value) {
            *to = byte;
        }
    }

    /// One byte.
    pub fn u8(into: &mut [u8], at: usize, value: u8) {
        bytes(into, at, [value]);
    }

    /// Two bytes, big-endian.
    pub fn u16(into: &mut [u8], at: usize, value: u16) {
        bytes(into, at, value.to_be_bytes());
    }

    /// The low three bytes, big-endian.
    pub fn u24(into: &mut [u8], at: usize, value: u32) {
        let [_, a, b, c] = value.to_be_bytes();
        bytes(into, at, [a, b, c]);
    }

    /// Four bytes, big-endian.
    pub fn u32(into: &mut [u8], at: usize, value: u32) {
        bytes(into, at, value.to_be_bytes());
    }

    /// A number whose two bytes lie apart: least significant first named.
    pub fn split16(into: &mut [u8], lsb: usize, msb: usize, value: u16) {
        let [high, low] = value.to_be_bytes();
        u8(into, lsb, low);
        u8(into, msb, high);
    }

    /// A block address of four bytes, two's complement.
    pub fn lba(into: &mut [u8], at: usize, value: Lba) {
        bytes(into, at, value.to_wire());
    }

    /// A number of sectors of four bytes.
    pub fn count(into: &mut [u8], at: usize, value: SectorCount) {
        u32(into, at, value.0);
    }

    /// A number of sectors, its low three bytes.
    pub fn count24(into: &mut [u8], at: usize, value: SectorCount) {
        u24(into, at, value.0);
    }

    /// A number of sectors, its low two bytes.
    pub fn count16(into: &mut [u8], at: usize, value: SectorCount) {
        u16(into, at, value.0 as u16);
    }

    /// Minute, second, frame: three bytes, binary.
    pub fn msf(into: &mut [u8], at: usize, value: Msf) {
        bytes(into, at, value.to_bytes());
    }

    /// One bit.
    pub fn bit(into: &mut [u8], at: usize, bit: u32, value: bool) {
        bits(into, at, bit, 1, value.into());
    }

    /// `width` bits whose lowest is bit `low`.
    pub fn bits(into: &mut [u8], at: usize, low: u32, width: u32, value: u8) {
        if let Some(byte) = into.get_mut(at) {
            let mask = super::get::mask(width);
            *byte = *byte & !(mask << low) | (value & mask) << low;
        }
    }

    /// A code of `width` bits whose lowest is bit `low`.
    pub fn code<T: Into<u8>>(into: &mut [u8], at: usize, low: u32, width: u32, value: T) {
        bits(into, at, low, width, value.into());
    }

    /// A code of two bytes.
    pub fn code16<T: Into<u16>>(into: &mut [u8], at: usize, value: T) {
        u16(into, at, value.into());
    }
}

/// A structure of fixed layout: each field says by a function of [`layout`](mod@crate::layout)`::{get, put}` where it
/// lies. Makes the struct, `LEN`, `read` (what lies beyond the end is zero) and `encode`.
#[macro_export]
macro_rules! layout {
    (
        $(#[$meta:meta])*
        $name:ident [$len:literal] {
            $( $(#[$fmeta:meta])* $field:ident : $ty:ty = $kind:ident ( $($arg:expr),* $(,)? ) ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name { $( $(#[$fmeta])* pub $field: $ty, )* }

        impl $name {
            /// Bytes on the wire.
            pub const LEN: usize = $len;

            /// Reads the fields. What lies beyond the end of `bytes` is zero; reserved bits are not looked at.
            #[must_use]
            pub fn read(#[allow(unused_variables)] bytes: &[u8]) -> Self {
                $name { $( $field: $crate::layout::get::$kind(bytes, $($arg),*), )* }
            }

            /// The bytes; reserved bits are zero.
            #[must_use]
            pub fn encode(&self) -> [u8; $len] {
                let mut bytes = [0; $len];
                self.put_into(&mut bytes);
                bytes
            }

            /// Writes the fields over `bytes` and leaves what lies between them: the way to change a template that
            /// came from elsewhere.
            pub fn put_into(&self, #[allow(unused_variables)] bytes: &mut [u8]) {
                $( $crate::layout::put::$kind(bytes, $($arg,)* self.$field); )*
            }
        }
    };
}

/// A CDB of fixed layout, the same way: struct, `OPCODE`, `to_cdb` (host side) and `from_cdb` (device side).
///
/// `given { … }` holds fields with one fixed value: they are written, and `from_cdb` answers `None` where they differ.
/// `out data` adds a data-out phase that the struct borrows, and `out list in u16(7)` one whose length stands in the CDB.
#[macro_export]
macro_rules! command {
    (
        $(#[$meta:meta])*
        $name:ident = $op:literal [$len:literal] $( given { $( $gk:ident ( $($ga:expr),* ) = $gv:expr ),* $(,)? } )? {
            $( $(#[$fmeta:meta])* $field:ident : $ty:ty = $kind:ident ( $($arg:expr),* $(,)? ) ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name { $( $(#[$fmeta])* pub $field: $ty, )* }

        impl $name {
            /// Operation code.
            pub const OPCODE: u8 = $op;

            /// The command descriptor block.
            #[must_use]
            pub fn to_cdb(&self) -> $crate::Cdb {
                let mut cdb = [0; $len];
                cdb[0] = $op;
                $( $( $crate::layout::put::$gk(&mut cdb, $($ga,)* $gv); )* )?
                $( $crate::layout::put::$kind(&mut cdb, $($arg,)* self.$field); )*
                $crate::Cdb::new(cdb)
            }

            /// Device side: reads a CDB. `None` for another command or a block too short; reserved bits are ignored.
            #[must_use]
            pub fn from_cdb(cdb: &[u8]) -> Option<Self> {
                if cdb.len() < $len || cdb[0] != $op {
                    return None;
                }
                $( $( if $crate::layout::get::$gk(cdb, $($ga),*) != $gv { return None; } )* )?
                Some($name { $( $field: $crate::layout::get::$kind(cdb, $($arg),*), )* })
            }
        }
    };
    (
        $(#[$meta:meta])*
        $name:ident = $op:literal [$len:literal] $( given { $( $gk:ident ( $($ga:expr),* ) = $gv:expr ),* $(,)? } )? {
            $( $(#[$fmeta:meta])* $field:ident : $ty:ty = $kind:ident ( $($arg:expr),* $(,)? ) ),* $(,)?
        } out $(#[$dmeta:meta])* $data:ident $( in $lk:ident ( $($la:expr),* ) as $lt:ty )?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name<'a> {
            $( $(#[$fmeta])* pub $field: $ty, )*
            $(#[$dmeta])*
            pub $data: &'a [u8],
        }

        impl<'a> $name<'a> {
            /// Operation code.
            pub const OPCODE: u8 = $op;

            /// The command descriptor block.
            #[must_use]
            pub fn to_cdb(&self) -> $crate::Cdb {
                let mut cdb = [0; $len];
                cdb[0] = $op;
                $( $( $crate::layout::put::$gk(&mut cdb, $($ga,)* $gv); )* )?
                $( $crate::layout::put::$kind(&mut cdb, $($arg,)* self.$field); )*
                $( $crate::layout::put::$lk(&mut cdb, $($la,)* self.$data.len() as $lt); )?
                $crate::Cdb::new(cdb)
            }

            /// Device side: reads a CDB and takes the data that came with it, cut at the length the CDB gives, where it
            /// gives one. `None` for another command or a block too short; reserved bits are ignored.
            #[must_use]
            pub fn from_cdb(cdb: &[u8], out: &'a [u8]) -> Option<Self> {
                if cdb.len() < $len || cdb[0] != $op {
                    return None;
                }
                $( $( if $crate::layout::get::$gk(cdb, $($ga),*) != $gv { return None; } )* )?
                $( let out = &out[..out.len().min($crate::layout::get::$lk(cdb, $($la),*) as usize)]; )?
                Some($name { $( $field: $crate::layout::get::$kind(cdb, $($arg),*), )* $data: out })
            }
        }
    };
}

/// An open set of code values: a number, named constants, names in the standard's words. Unknown values stay what they
/// are, both ways.
#[macro_export]
macro_rules! codes {
    (
        $(#[$meta:meta])*
        $name:ident($repr:ty) { $( $(#[$cmeta:meta])* $code:ident = $value:literal $text:literal ),* $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $repr);

        impl $name {
            $( #[doc = $text] $(#[$cmeta])* pub const $code: $name = $name($value); )*

            /// Every value that has a name, in the order of the table.
            pub const NAMED: &'static [$name] = &[$( $name($value) ),*];

            /// The name, `None` for a value the table does not know.
            #[must_use]
            pub const fn name(self) -> Option<&'static str> {
                match self.0 {
                    $( $value => Some($text), )*
                    _ => None,
                }
            }
        }

        impl From<$repr> for $name {
            fn from(value: $repr) -> Self {
                $name(value)
            }
        }

        impl From<$name> for $repr {
            fn from(code: $name) -> Self {
                code.0
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self.name() {
                    Some(name) => f.write_str(name),
                    None => write!(f, "{:X}h", self.0),
                }
            }
        }

        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                write!(f, "{}({:X}h, {})", stringify!($name), self.0, self.name().unwrap_or("unknown"))
            }
        }
    };
}
