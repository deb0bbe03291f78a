//! Who has a drive. One client at a time; everybody else is told the name.

use std::sync::{Arc, Mutex, PoisonError};

/// The lease of one drive.
#[derive(Debug, Default)]
pub struct Lease(Mutex<Option<String>>);

/// Held until dropped.
#[derive(Debug)]
pub struct Held(Arc<Lease>);

/// Longest name shown.
const NAME_MAX: usize = 80;

impl Lease {
    /// Takes the drive for `client`.
    ///
    /// # Errors
    /// The name of whoever holds it.
    pub fn take(self: &Arc<Self>, client: &str) -> Result<Held, String> {
        let mut holder = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*holder {
            Some(name) => Err(name.clone()),
            None => {
                *holder = Some(tidy(client));
                Ok(Held(Arc::clone(self)))
            }
        }
    }

    /// Who holds it now.
    #[must_use]
    pub fn holder(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// A name fit to be shown: one line, not long, not empty.
fn tidy(client: &str) -> String {
    let name: String = client.chars().map(|c| if c.is_control() { ' ' } else { c }).take(NAME_MAX).collect();
    match name.trim() {
        "" => "a page".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_the_name_and_the_end_frees_it() {
        let lease = Arc::new(Lease::default());
        assert_eq!(lease.holder(), None);
        let held = lease.take("Anna's page").unwrap();
        assert_eq!(lease.take("Ben's page").unwrap_err(), "Anna's page");
        assert_eq!(lease.holder().as_deref(), Some("Anna's page"));
        drop(held);
        let _held = lease.take("Ben's page").unwrap();
        assert_eq!(lease.holder().as_deref(), Some("Ben's page"));
    }

    #[test]
    fn names_are_one_short_line() {
        assert_eq!(tidy(" a\nb\u{7} "), "a b");
        assert_eq!(tidy("\n"), "a page");
        assert_eq!(tidy(&"ü".repeat(200)).chars().count(), NAME_MAX);
    }
}
