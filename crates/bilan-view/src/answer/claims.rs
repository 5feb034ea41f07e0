//! Lists claims, a page of them or all.
//!
//! In: [`Which`]. Out: rows in the order of arrival, held, or written as they come.

use super::{AnswerError, Coverage, Which};
use crate::row::{Format, Row, Show, Writer};
use bilan_ledger::Ledger;
use serde::Serialize;
use std::io::Write;

/// Some claims of a ledger.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Claims {
    /// In order of arrival, each with its sentence and the papers of its document.
    pub claims: Vec<Row>,
    /// Where the next page starts (`after`); `None` when there is none.
    pub next: Option<i64>,
    /// What the answer rests on.
    pub coverage: Coverage,
}

/// The claims that fit, at most as many as the filter's limit.
pub fn claims(ledger: &Ledger, which: &Which) -> Result<Claims, AnswerError> {
    let _look = ledger.look()?;
    let mut rows = Vec::new();
    let limit = which.filter.limit;
    let mut filter = which.filter.clone();
    // One more than is shown tells whether there is a next page.
    filter.limit = limit.map(|limit| limit.saturating_add(1));
    let (mut taken, mut last, mut next) = (0, None, None);
    crate::row::each_row(ledger, &filter, |kept, row| {
        if Some(taken) == limit {
            next = last;
            return Ok::<(), AnswerError>(());
        }
        (taken, last) = (taken + 1, Some(kept.id));
        rows.push(row);
        Ok(())
    })?;
    Ok(Claims { claims: rows, next, coverage: Coverage::of(ledger)? })
}

/// Writes all claims that fit, as they come, and says how many; the bytes of JSON are those of [`Claims`].
pub fn write_claims(
    ledger: &Ledger,
    which: &Which,
    mut to: impl Write,
    format: Format,
) -> Result<(usize, Coverage), AnswerError> {
    let _look = ledger.look()?;
    let coverage = Coverage::of(ledger)?;
    let whole = format == Format::Json;
    let io = |error: std::io::Error| AnswerError::Write(error.into());
    if whole {
        to.write_all(b"{\"claims\":").map_err(io)?;
    }
    let mut writer = Writer::new(to, format, Show::Claims.columns())?;
    let mut written = 0;
    crate::row::each_row(ledger, &which.filter, |_, row| {
        written += 1;
        Ok::<(), AnswerError>(writer.row(&row)?)
    })?;
    let mut to = writer.finish()?;
    if whole {
        let coverage = serde_json::to_string(&coverage).map_err(|error| io(error.into()))?;
        writeln!(to, ",\"next\":null,\"coverage\":{coverage}}}").map_err(io)?;
    }
    Ok((written, coverage))
}
