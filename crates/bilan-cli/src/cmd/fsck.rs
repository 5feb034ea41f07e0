//! Checks that the ledger is whole and unchanged: `bilan fsck`.
//!
//! In: a ledger, and a head noted elsewhere. Out: what holds, or the first thing that does not.

use crate::End;
use crate::args::Fsck;
use anyhow::Result;
use bilan_ledger::Ledger;
use std::io::Write;

/// Checks.
pub fn run(args: Fsck) -> Result<End> {
    let path = args.ledger.ledger.display();
    let mut out = super::stdout();
    let opened = match Ledger::open(&args.ledger.ledger) {
        Err(error) if error.is_read_only() => Ledger::open_read_only(&args.ledger.ledger),
        opened => opened,
    };
    let mut ledger = match opened {
        // Too damaged to be opened is an answer of this check, not a reason to make none.
        Err(error) if error.is_corrupted() => {
            writeln!(out, "{path}: broken: the file is damaged and cannot be opened; restore a copy")?;
            out.flush()?;
            return Ok(End::Failed);
        }
        opened => opened?,
    };
    if args.rebuild {
        super::patiently(&mut ledger, Ledger::rebuild)?;
    }
    let report = ledger.fsck(args.head.as_deref())?;
    for unchecked in &report.unchecked {
        writeln!(out, "{path}: not checked: {unchecked}")?;
    }
    let entries = super::many(report.entries as usize, "entry holds", "entries hold");
    let redacted = match report.redacted {
        0 => String::new(),
        n => format!(", {n} redacted"),
    };
    let head = report.head.as_ref().map(|head| format!(", head {head}")).unwrap_or_default();
    writeln!(out, "{path}: {entries}{redacted}{head}")?;
    if let Some(wrong) = &report.wrong {
        writeln!(out, "{path}: broken: {wrong}")?;
    }
    out.flush()?;
    Ok(if report.wrong.is_some() { End::Failed } else { End::Done })
}
