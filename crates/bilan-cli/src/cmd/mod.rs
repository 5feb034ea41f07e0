//! The commands, one file each: thin calls into the crates that do the work.
//!
//! In: what was typed, resolved. Out: text on standard output, and how the run ended.

pub mod add;
pub mod claims;
pub mod compare;
pub mod dev;
pub mod fsck;
pub mod manual;
pub mod read;
pub mod serve;
pub mod why;

use crate::args::Format;
use crate::{End, complain};
use bilan::Document;
use bilan_view::row as wire;
use std::io::{self, BufWriter, StdoutLock};

/// Standard output, gathered: a table of a million rows is not a million writes.
pub fn stdout() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// How rows are written for programs; `None` for people.
pub fn wire_format(format: Format) -> Option<wire::Format> {
    match format {
        Format::Table => None,
        Format::Jsonl => Some(wire::Format::Jsonl),
        Format::Json => Some(wire::Format::Json),
        Format::Csv => Some(wire::Format::Csv),
    }
}

/// "1 claim", "2 claims".
pub fn many(n: usize, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

/// One line for each thing that was odd in the bytes of a document, and whether all of its text was read.
pub fn complain_of(document: &Document) -> End {
    let mut end = End::Done;
    for remark in document.remarks.iter().filter(|remark| ["encoding", "nuls", "cut"].contains(&&*remark.key)) {
        complain(&format!("{}: {}", document.id, remark.words));
        if remark.key == "cut" {
            end = End::Incomplete;
        }
    }
    end
}
