//! The simulated drive from outside: commands in, bytes and sense out. Expected values are typed by hand from the
//! standards, never taken from the code under test.

mod bd;
mod bot;
mod cd;
mod cd_reading;
mod drive;
mod dvd_minus;
mod dvd_plus;
mod faults;
mod parts;
mod raw;
mod raw_open;
mod reading;
mod rig;
mod sao;
mod state;
mod surface;
