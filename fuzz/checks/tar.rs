//! Any bytes as an archive of files.

use bilan_archive::tar::Members;
use std::io::{self, Read};

/// It ends, a file is no longer than the archive, and each begins behind the one before.
pub fn tar(bytes: &[u8]) {
    let mut members = Members::new(bytes);
    let mut last = None;
    let mut met = 0;
    while let Some(member) = members.next() {
        met += 1;
        assert!(met <= bytes.len() + 1, "more files than bytes");
        let Ok(mut member) = member else { continue };
        assert!(last.is_none_or(|last| last < member.offset), "{last:?} {}", member.offset);
        last = Some(member.offset);
        // Every other one is left to be passed over.
        if met % 2 == 0 {
            let read = io::copy(&mut (&mut member).take(u64::MAX), &mut io::sink());
            assert!(read.is_ok_and(|n| n <= bytes.len() as u64) || member.read(&mut [0]).is_err());
        }
    }
}
