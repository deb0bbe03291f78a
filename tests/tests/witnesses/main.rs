//! Other people's programs look at the images that we write, and we read the images that they make: what both say must be
//! the same. From Debian: `bchunk ccd2iso cdrdao libcdio-utils genisoimage flac sox lame cuetools mame-tools`. Part of the long
//! run (`WEBBURN_LONG=1`), where a program that is missing is installed or fails the test.

mod audio;
mod disk;
mod exports;
mod imports;
