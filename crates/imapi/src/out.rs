//! Members as COM has them: the value goes to a place that the caller names, and the HRESULT comes back.

use crate::Error;
use crate::hresult::{E_POINTER, HResult, S_OK};

/// Asks `member` and puts its value into `out`. Nothing is asked, and nothing sent, when there is no place for the value;
/// on failure the place stays as it was.
///
/// # Errors
/// `E_POINTER` without a place; what the member fails with.
pub async fn get<V>(out: Option<&mut V>, member: impl Future<Output = Result<V, Error>>) -> Result<HResult, Error> {
    let Some(out) = out else { return Err(Error::new("argument-invalid", E_POINTER)) };
    *out = member.await?;
    Ok(S_OK)
}
