#![no_main]

#[path = "../checks/packed.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::packed(bytes));
