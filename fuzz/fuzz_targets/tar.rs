#![no_main]

#[path = "../checks/tar.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::tar(bytes));
