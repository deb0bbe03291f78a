//! Wire layouts as tables: where each field lies, said once, read both ways.
//!
//! [`layout!`](crate::layout!) makes a struct whose fields name their place in the bytes, [`command!`](crate::command!)
//! does the same for a CDB, and [`codes!`](crate::codes!) makes an open set of code values. Reading never panics:
//! what lies beyond the end reads as zero, so whoever decodes an answer first checks the length of its fixed part.

pub mod get;
pub mod put;

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
    ( $(#[$meta:meta])* $name:ident = $op:literal [$len:literal] {} ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name;

        impl $name {
            /// Operation code.
            pub const OPCODE: u8 = $op;

            /// The command descriptor block.
            #[must_use]
            pub fn to_cdb(&self) -> $crate::Cdb {
                let mut cdb = [0; $len];
                cdb[0] = $op;
                $crate::Cdb::new(cdb)
            }

            /// Device side: reads a CDB. `None` for another command or a block too short; reserved bits are ignored.
            #[must_use]
            pub fn from_cdb(cdb: &[u8]) -> Option<Self> {
                (cdb.len() >= $len && cdb[0] == $op).then_some($name)
            }
        }
    };
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
