//! The IMAPI2 documentation's pages, statement by statement, at SCSI loopback and as bulk-only bytes.

mod closing;
mod enums;
mod faults;
mod hresults;
mod mapping;
mod media_state;
mod midway;
mod recorder;
mod s1;
mod s1b;
mod s2;
mod s3;
mod s3_faults;
mod s4_faults;
mod s4_refusals;
mod s4_while;
mod s4_writes;
mod streams;
mod table;
mod verification;
mod write_engine;
