//! Replays the corpora of the fuzz targets, without a fuzzer.

#[path = "../../../fuzz/checks/alike.rs"]
mod alike;
#[path = "../../../fuzz/checks/documents.rs"]
mod documents;

use std::path::Path;

#[test]
fn every_input_that_was_found_once_still_passes() {
    for (target, check) in [("documents", documents::documents as fn(&[u8])), ("alike", alike::alike)] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
        let mut replayed = 0;
        for file in std::fs::read_dir(&folder).expect("a corpus").flatten() {
            check(&std::fs::read(file.path()).expect("an input"));
            replayed += 1;
        }
        assert!(replayed >= 5, "{target}: only {replayed} inputs");
    }
}
