//! Where the bytes of a burn go to be digested.

use std::future::Future;

use sha2::{Digest as _, Sha256 as Hasher};
use webburn_sector::MaybeSend;

/// Takes the bytes of a stream in order, then tells their SHA-256. One object serves the bytes sent and, after
/// [`Digest::finish`], those read back.
pub trait Digest: MaybeSend {
    /// The next bytes. It may wait, so that a hasher elsewhere is not handed more than it can hold.
    fn update(&mut self, bytes: &[u8]) -> impl Future<Output = ()> + MaybeSend;

    /// The digest of all bytes since the last call; `None` from a digest that does not compute any. Begins anew.
    fn finish(&mut self) -> impl Future<Output = Option<[u8; 32]>> + MaybeSend;
}

/// SHA-256, here and now.
#[derive(Clone, Debug, Default)]
pub struct Sha256(Hasher);

impl Digest for Sha256 {
    async fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    async fn finish(&mut self) -> Option<[u8; 32]> {
        Some(self.0.finalize_reset().into())
    }
}

/// No digest. Verification does without it: it compares 64-bit digests of every 64 KiB.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoDigest;

impl Digest for NoDigest {
    async fn update(&mut self, _: &[u8]) {}

    async fn finish(&mut self) -> Option<[u8; 32]> {
        None
    }
}
