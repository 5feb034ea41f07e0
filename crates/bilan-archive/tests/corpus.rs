//! Replays the corpora of the fuzz targets, without a fuzzer.

#[path = "../../../fuzz/checks/http.rs"]
mod http;
#[path = "../../../fuzz/checks/packed.rs"]
mod packed;
#[path = "../../../fuzz/checks/replay.rs"]
mod replay;
#[path = "../../../fuzz/checks/tar.rs"]
mod tar;
#[path = "../../../fuzz/checks/warc.rs"]
mod warc;

#[test]
fn every_input_that_was_found_once_still_passes() {
    replay::replay("packed", packed::packed);
    replay::replay("warc", warc::warc);
    replay::replay("tar", tar::tar);
    replay::replay("http", http::http);
}
