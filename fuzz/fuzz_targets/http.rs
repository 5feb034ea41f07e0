#![no_main]

#[path = "../checks/http.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::http(bytes));
