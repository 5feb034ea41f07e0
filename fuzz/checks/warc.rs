//! Any bytes as an archive.

use bilan_archive::Unpacked;
use bilan_archive::warc::Records;

/// It ends, no page is longer than was allowed, and each record begins behind the one before.
pub fn warc(bytes: &[u8]) {
    const LIMIT: u64 = 1 << 20;
    let Ok(input) = Unpacked::new(bytes) else { return };
    let mut last = None;
    let mut met = 0;
    for record in Records::new(input, LIMIT) {
        met += 1;
        assert!(met <= bytes.len() + 1, "more records than bytes");
        let Ok(record) = record else { continue };
        assert!(record.body.len() as u64 <= LIMIT);
        if !record.place.unpacked {
            assert!(last.is_none_or(|last| last < record.place.byte), "{last:?} {:?}", record.place);
            last = Some(record.place.byte);
        }
    }
}
