//! Every sentence the command line says. What happened, to what, what is safe, what to do now.

mod args;
mod asking;
pub mod cd;
mod failure;
mod figures;
mod files;
mod job;
mod plan;
mod serving;

pub use asking::*;
pub use failure::*;
pub use figures::*;
pub use files::*;
pub use job::*;
pub use plan::*;
pub use serving::*;

/// Who holds a drive when it is not one of this server's clients.
pub const ANOTHER_PROGRAM: &str = "another program";

#[cfg(test)]
mod tests {
    use super::*;
    use webburn_imapi::code::{FAILURES, IF_STOPPED, SHEET_FAULTS, STEPS};

    #[test]
    fn every_code_of_the_engine_has_its_sentence() {
        for code in FAILURES {
            let text = failure(code, &vec![]).unwrap_or_else(|| panic!("{code} has no sentence"));
            assert!(text.ends_with('.') && !text.contains("unknown error"), "{code}: {text}");
        }
        for code in STEPS {
            assert!(step(code, &vec![]).is_some(), "{code}");
        }
        for code in IF_STOPPED {
            assert!(if_stopped(code).is_some(), "{code}");
        }
        for code in SHEET_FAULTS {
            let args = vec![("line", 2_u64.into()), ("reason", (*code).into())];
            let text = failure("cue-sheet-invalid", &args).unwrap_or_default();
            // Of this one the disc is the cause, not a line.
            assert!(text.contains("line 3, ") || *code == "starts-elsewhere", "{code}: {text}");
            assert!(!text.is_empty() && !text.contains(code), "{code}: {text}");
        }
    }

    #[test]
    fn figures_read_as_on_a_box() {
        assert_eq!(bytes(25_025_314_816), "25.0 GB");
        assert_eq!(bytes(999), "999 bytes");
        assert_eq!(times(8.0), "8×");
        assert_eq!(times(2.4), "2.4×");
        assert_eq!(duration(61.0), "61 s");
        assert_eq!(duration(541.0), "10 min");
        assert_eq!(duration(4800.0), "80 min");
        assert_eq!(duration(5400.0), "1 h 30 min");
    }

    #[test]
    fn an_image_with_a_tail_is_told_how_long_it_is() {
        let text = failure("image-not-whole-sectors", &vec![("bytes", 5000u64.into())]).unwrap();
        assert!(text.contains("5000 bytes are 2 sectors of 2048 bytes and 904 bytes more"), "{text}");
    }
}
