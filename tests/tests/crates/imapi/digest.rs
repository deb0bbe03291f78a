//! Digests of what is sent.

use webburn_imapi::{Digest, NoDigest, Sha256};

#[test]
fn sha_256_of_the_standard_and_anew() {
    pollster::block_on(async {
        let mut digest = Sha256::default();
        digest.update(b"a").await;
        digest.update(b"bc").await;
        let hex = |bytes: [u8; 32]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
        // FIPS 180-4, example of "abc"; then the digest of nothing.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(digest.finish().await.map(hex).as_deref(), Some(abc));
        assert_eq!(digest.finish().await.map(hex).as_deref(), Some(empty));
        assert_eq!(NoDigest.finish().await, None);
    });
}
