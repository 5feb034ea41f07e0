//! The commands, one file each: thin calls into the crates that do the work.
//!
//! In: what was typed, resolved. Out: text on standard output, and how the run ended.

pub mod add;
mod chart;
pub mod check;
pub mod cite;
pub mod claims;
pub mod compare;
pub mod demo;
pub mod dev;
pub mod export;
pub mod fsck;
pub mod groups;
pub mod import;
pub mod manual;
pub mod read;
pub mod redact;
pub mod review;
pub mod series;
pub mod serve;
pub mod why;

use crate::args::{Filter, Format};
use crate::names::Names;
use crate::stream::Lost;
use crate::{End, complain};
use anyhow::{Result, bail};
use bilan::Reading;
use bilan::document::Loss;
use bilan_ledger::{Ledger, LedgerError};
use bilan_view::answer::{self, Answer, Wanted, Which};
use bilan_view::row as wire;
use std::io::{self, BufWriter, StdoutLock, Write};
use std::time::Duration;

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

/// The claims that were typed, by their codes or by names that only one code has; refused when a word of it is known to
/// nobody.
pub fn which(ledger: &Ledger, typed: Filter) -> Result<Which> {
    let mut wanted = Wanted {
        side: typed.side,
        outcome: typed.outcome,
        counted: typed.counted,
        claimant: typed.claimant,
        from: typed.from,
        to: typed.to,
        place: typed.place,
        document: typed.document,
        words: typed.words,
    };
    loop {
        let unknown = match wanted.which(ledger, false)? {
            Ok(which) => return Ok(which),
            Err(unknown) => unknown,
        };
        let (field, word) = (unknown.field, &unknown.word);
        let names = Names::of(field, ledger)?;
        let typed = match field {
            "side" => &mut wanted.side,
            "outcome" => &mut wanted.outcome,
            "counted" => &mut wanted.counted,
            "claimant" => &mut wanted.claimant,
            "place" => &mut wanted.place,
            _ => bail!("--{unknown}"),
        };
        match (&names.called(word)[..], names.near(word)) {
            ([code], _) if *code != word.as_str() => {
                complain(&format!("--{field} {word}: read as {}", names.named(code)));
                *typed = Some((*code).to_owned());
            }
            (_, Some(near)) => bail!("--{field} \"{word}\" is unknown; nearest: {near}"),
            (_, None) => bail!("--{unknown}"),
        }
    }
}

/// Writes an answer for a program, and its coverage for the person who started it.
pub fn answer(answer: &impl Answer, format: wire::Format) -> Result<End> {
    answer::write(answer, stdout(), format)?.flush()?;
    complain(&answer.coverage().to_string());
    Ok(End::Done)
}

/// "1 claim", "2 claims".
pub fn many(n: usize, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

/// One line for what gave no document, and whether something is missing for it.
pub fn complain_of_loss(lost: &Lost) -> End {
    complain(&lost.line());
    match lost.loss {
        Loss::Unreadable | Loss::NoText => End::Incomplete,
        Loss::Wordless(_) => End::Done,
    }
}

/// One line for each thing that was odd in the document at a place, and whether all of its text was read.
pub fn complain_of(reading: &Reading, place: &str) -> End {
    let mut end = End::Done;
    let odd = ["encoding", "nuls", "cut", "markup", "dense", "scan", "language"];
    let remarks = reading.document.remarks.iter().chain(&reading.remarks);
    for remark in remarks.filter(|remark| odd.contains(&&*remark.key)) {
        let how = if remark.key == "language" { "; --lang says otherwise" } else { "" };
        complain(&format!("{place}: {}{how}", remark.words));
        if matches!(&*remark.key, "cut" | "dense" | "language") {
            end = End::Incomplete;
        }
    }
    end
}

/// Writes to a ledger; when another program is writing, says at once that it waits.
pub fn patiently<T>(
    ledger: &mut Ledger,
    mut write: impl FnMut(&mut Ledger) -> Result<T, LedgerError>,
) -> Result<T, LedgerError> {
    ledger.wait_at_most(AT_ONCE)?;
    let first = write(ledger);
    let result = match first {
        Err(error) if error.is_locked() => {
            complain(&format!("{}: waiting for another program that is writing to it", ledger.path().display()));
            ledger.wait_at_most(PATIENCE)?;
            write(ledger)
        }
        first => first,
    };
    ledger.wait_at_most(PATIENCE)?;
    result
}

/// A batch of another program takes less.
const AT_ONCE: Duration = Duration::from_millis(500);
const PATIENCE: Duration = Duration::from_secs(30);
