#![no_main]

#[path = "../checks/warc.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::warc(bytes));
