//! Any bytes as a packed stream.

use bilan_archive::Unpacked;
use std::io::{BufRead, Read};

/// It ends, it counts what it gives, and after a fault it ends too.
pub fn packed(bytes: &[u8]) {
    let Ok(mut input) = Unpacked::new(bytes) else { return };
    let _ = input.peek(5);
    let mut given = 0;
    // Each fault is behind the one before, so there are no more of them than bytes.
    for _ in 0..=bytes.len() {
        while let Ok(held) = input.fill_buf()
            && !held.is_empty()
        {
            let n = held.len().min(1000);
            input.consume(n);
            given += n as u64;
            assert!(input.position() >= given);
        }
        if input.failure().is_none() || !matches!(input.resume(), Ok(true)) {
            break;
        }
    }
    let mut rest = Vec::new();
    let _ = input.take(1 << 20).read_to_end(&mut rest);
}
