//! Shows the claims of the ledger that fit: `bilan claims`.
//!
//! In: filters. Out: claims in the order of arrival, or statements by subject, and the coverage.

use crate::args::{Claims, Format};
use crate::row::{self, Spoken};
use crate::sheet::Sheet;
use crate::table::{Page, Table};
use crate::{End, complain, told};
use anyhow::Result;
use bilan_ledger::{Ledger, Row};
use bilan_view::answer::{self, Coverage, Which};
use std::io::Write;
use std::ops::ControlFlow;

/// Lists.
pub fn run(args: Claims, page: Page) -> Result<End> {
    let ledger = Ledger::open_read_only(&args.ledger.ledger)?;
    let which = super::which(&ledger, args.filter)?;
    if args.statements {
        return statements(&ledger, &which, args.showing.format, page);
    }
    let mut out = super::stdout();
    if let Some(format) = super::wire_format(args.showing.format) {
        let (shown, coverage) = answer::write_claims(&ledger, &which, &mut out, format)?;
        out.flush()?;
        complain(&closing(shown, &coverage));
        return Ok(End::Done);
    }
    let (mut sheet, mut shown) = (Sheet::new(&row::CLAIMS, page), 0);
    each(&ledger, &which, |row| {
        shown += 1;
        let said = row.words.as_deref().map(|words| row::said_with(&row.claim, words)).unwrap_or_default();
        let document = match row.reviewed.is_empty() {
            true => row.document.clone(),
            false => format!("{} (reviewed)", row.document),
        };
        let spoken = Spoken { claim: &row.claim, said, document: &document };
        let sentence = row.quote.as_deref().filter(|_| args.showing.verbose).unwrap_or("");
        Ok(sheet.add(spoken.row(sentence), &mut out)?)
    })?;
    sheet.close(&mut out)?;
    writeln!(out, "{}", closing(shown, &Coverage::of(&ledger)?))?;
    out.flush()?;
    Ok(End::Done)
}

fn statements(ledger: &Ledger, which: &Which, format: Format, page: Page) -> Result<End> {
    let answer = answer::statements(ledger, which)?;
    if let Some(format) = super::wire_format(format) {
        return super::answer(&answer, format);
    }
    let rows: Vec<_> = answer.statements.iter().map(told::statement).collect();
    let table = Table::new(&told::STATEMENTS, &rows, page);
    let mut out = super::stdout();
    if !rows.is_empty() {
        out.write_all(table.head().as_bytes())?;
        rows.iter().try_for_each(|row| out.write_all(table.row(row).as_bytes()))?;
        writeln!(out)?;
    }
    writeln!(out, "{}; in all {}", super::many(rows.len(), "statement", "statements"), answer.coverage)?;
    out.flush()?;
    Ok(End::Done)
}

/// Hands over the claims that fit; stops at the first failure.
fn each(ledger: &Ledger, which: &Which, mut take: impl FnMut(Row) -> Result<()>) -> Result<()> {
    let mut failed = Ok(());
    ledger.each_claim(&which.filter, |row| match take(row) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            failed = Err(error);
            ControlFlow::Break(())
        }
    })?;
    failed
}

fn closing(shown: usize, coverage: &Coverage) -> String {
    format!("{}; in all {coverage}", super::many(shown, "claim", "claims"))
}
