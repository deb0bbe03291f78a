//! The enumerations of IMAPI2, all values, by their documented numbers.

/// A closed enumeration: Rust variants, numbers and the header's names.
macro_rules! closed {
    ($(#[$meta:meta])* $name:ident($repr:ty) { $($(#[$vmeta:meta])* $variant:ident = $value:literal, $label:literal;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant = $value,)* }

        impl $name {
            /// Every value, ascending.
            pub const ALL: &[$name] = &[$($name::$variant,)*];

            /// The number on the wire between programs.
            #[must_use]
            pub const fn value(self) -> $repr { self as $repr }

            /// The name in the header.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $($name::$variant => $label,)* }
            }

            /// The value with this number.
            #[must_use]
            pub fn from_value(value: $repr) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.value() == value)
            }
        }
    };
}

/// An open enumeration: a number, with names for those that have one. Others pass through untouched.
macro_rules! open {
    ($(#[$meta:meta])* $name:ident($repr:ty), $prefix:literal { $($label:ident = $value:literal;)* }) => {
        open! { $(#[$meta])* $name($repr) { $($label = $value, concat!($prefix, stringify!($label));)* } }
    };
    ($(#[$meta:meta])* $name:ident($repr:ty) { $($label:ident = $value:literal, $text:expr;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $repr);

        impl $name {
            $(
                #[doc = concat!("`", $text, "`")]
                pub const $label: $name = $name($value);
            )*

            /// Every named value, ascending.
            pub const NAMED: &[$name] = &[$($name($value),)*];

            /// The name in the header, `None` for a number without one.
            #[must_use]
            pub const fn name(self) -> Option<&'static str> {
                match self.0 {
                    $($value => Some($text),)*
                    _ => None,
                }
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self.name() {
                    Some(name) => f.write_str(name),
                    None => write!(f, "{:#06X}", self.0),
                }
            }
        }
    };
}

/// A set of bits with names.
macro_rules! bits {
    ($(#[$meta:meta])* $name:ident($repr:ty) { $($(#[$vmeta:meta])* $bit:ident = $value:literal, $label:literal;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub struct $name(pub $repr);

        impl $name {
            $($(#[$vmeta])* pub const $bit: $name = $name($value);)*

            const NAMES: &[($name, &'static str)] = &[$(($name::$bit, $label),)*];

            /// All bits of `other` are set.
            #[must_use]
            pub const fn contains(self, other: Self) -> bool { self.0 & other.0 == other.0 }

            /// Some bit of `other` is set.
            #[must_use]
            pub const fn intersects(self, other: Self) -> bool { self.0 & other.0 != 0 }

            /// The names of the set bits.
            #[must_use]
            pub fn names(self) -> Vec<&'static str> {
                Self::NAMES.iter().filter(|(bit, _)| bit.0.count_ones() == 1 && self.contains(*bit)).map(|(_, n)| *n).collect()
            }
        }

        impl std::ops::BitOr for $name {
            type Output = $name;
            fn bitor(self, other: Self) -> Self { $name(self.0 | other.0) }
        }

        impl std::ops::BitOrAssign for $name {
            fn bitor_assign(&mut self, other: Self) { self.0 |= other.0; }
        }
    };
}

mod image;
mod media;
mod mmc;
mod writer;

pub use image::*;
pub use media::*;
pub use mmc::*;
pub use writer::*;
