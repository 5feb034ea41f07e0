#![no_main]

#[path = "../checks/alike.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::alike(bytes));
