//! Shows the claims of the ledger that fit: `bilan claims`.
//!
//! In: filters. Out: rows in the order of arrival, and a line that tells how much of the ledger they are.

use crate::args::{Claims, Filter};
use crate::row::{self, Spoken};
use crate::sheet::Sheet;
use crate::table::Page;
use crate::{End, complain};
use anyhow::{Context, Result};
use bilan::claim::Date;
use bilan_ledger::{Ledger, Row};
use bilan_view::row as wire;
use std::io::Write;
use std::ops::ControlFlow;

/// Lists.
pub fn run(args: Claims, page: Page) -> Result<End> {
    let ledger = Ledger::open_read_only(&args.ledger.ledger)?;
    let filter = filter(args.filter)?;
    let mut out = super::stdout();
    if let Some(format) = super::wire_format(args.showing.format) {
        let mut writer = wire::Writer::new(&mut out, format, wire::Show::Claims)?;
        let shown = writer.claims(&ledger, &filter)?;
        writer.finish()?.flush()?;
        complain(&closing(&ledger, shown)?);
        return Ok(End::Done);
    }
    let (mut sheet, mut shown) = (Sheet::new(&row::CLAIMS, page), 0);
    each(&ledger, &filter, |row| {
        shown += 1;
        let said = row.words.as_deref().map(|words| row::said_with(&row.claim, words)).unwrap_or_default();
        let spoken = Spoken { claim: &row.claim, said, document: &row.document };
        let sentence = row.quote.as_deref().filter(|_| args.showing.verbose).unwrap_or("");
        Ok(sheet.add(spoken.row(sentence), &mut out)?)
    })?;
    sheet.close(&mut out)?;
    writeln!(out, "{}", closing(&ledger, shown)?)?;
    out.flush()?;
    Ok(End::Done)
}

/// The filter of the ledger. Its days are whole ones: `--from 2022-03` begins on the first of March.
pub fn filter(typed: Filter) -> Result<bilan_ledger::Filter> {
    let yearless = |flag: &str, date: &Date| format!("{flag} {date}: a filter needs a year");
    let first = |date: Date| date.first_day().with_context(|| yearless("--from", &date));
    let last = |date: Date| date.last_day().with_context(|| yearless("--to", &date));
    Ok(bilan_ledger::Filter {
        side: typed.side,
        outcome: typed.outcome,
        counted: typed.counted,
        claimant: typed.claimant,
        place: typed.place,
        document: typed.document,
        from: typed.from.map(first).transpose()?,
        to: typed.to.map(last).transpose()?,
        words: typed.text,
        ..bilan_ledger::Filter::default()
    })
}

/// Hands over the claims that fit; stops at the first failure.
fn each(ledger: &Ledger, filter: &bilan_ledger::Filter, mut take: impl FnMut(Row) -> Result<()>) -> Result<()> {
    let mut failed = Ok(());
    ledger.each_claim(filter, |row| match take(row) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            failed = Err(error);
            ControlFlow::Break(())
        }
    })?;
    failed
}

fn closing(ledger: &Ledger, shown: usize) -> Result<String> {
    let coverage = ledger.coverage()?;
    let mut line = format!(
        "{} of {} in {}",
        shown,
        super::many(coverage.claims as usize, "claim", "claims"),
        super::many(coverage.documents as usize, "document", "documents")
    );
    let unreadable = coverage.unreadable.iter().map(|(_, n)| n).sum();
    for (n, what) in [
        (coverage.without_date, "without date"),
        (coverage.without_text, "without text"),
        (coverage.without_pack, "without pack"),
        (coverage.redacted, "taken out"),
        (unreadable, "unreadable"),
    ] {
        if n > 0 {
            line.push_str(&format!("; {n} {what}"));
        }
    }
    Ok(line)
}
