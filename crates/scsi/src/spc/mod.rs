//! Commands of SPC, one file each.
