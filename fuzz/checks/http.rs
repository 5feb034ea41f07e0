//! Any bytes as what a server answered.

use bilan_archive::http::{Head, content_type, unpacked};

/// The head is read or refused, and a body is no longer than was allowed.
pub fn http(bytes: &[u8]) {
    const LIMIT: u64 = 1 << 16;
    let mut input = bytes;
    if let Ok(head) = Head::read(&mut input) {
        let _ = content_type(head.field("content-type").unwrap_or(""));
        assert!(head.body(input, LIMIT).bytes.len() as u64 <= LIMIT);
    }
    for coding in ["", "gzip", "deflate", "br", "zstd"] {
        assert!(unpacked(coding, bytes, LIMIT).bytes.len() as u64 <= LIMIT);
    }
}
