#![no_main]

#[path = "../checks/documents.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::documents(bytes));
