//! The commands, one file each: thin calls into the crates that do the work.
//!
//! In: what was typed, resolved. Out: text on standard output, and how the run ended.

pub mod dev;
pub mod manual;
pub mod read;
pub mod why;

use std::io::{self, BufWriter, StdoutLock};

/// Standard output, gathered: a table of a million rows is not a million writes.
pub fn stdout() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}
