//! Replays the corpora of the fuzz targets, without a fuzzer.

#[path = "../../../fuzz/checks/alike.rs"]
mod alike;
#[path = "../../../fuzz/checks/documents.rs"]
mod documents;
#[path = "../../../fuzz/checks/replay.rs"]
mod replay;

#[test]
fn every_input_that_was_found_once_still_passes() {
    replay::replay("documents", documents::documents);
    replay::replay("alike", alike::alike);
}
