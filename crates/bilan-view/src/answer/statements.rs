//! Lists statements: what each claimant said, with all the texts that print it.
//!
//! In: [`Which`]. Out: statements by line and day.
//!
//! Three papers carry one agency's text: 3 claims, 1 statement, "3 texts, 1 different".

use super::{Answer, AnswerError, Coverage, Statement, Which, statement};
use crate::row::Row;
use bilan::history::{self, Kinds};
use bilan_ledger::Ledger;
use serde::Serialize;

/// The statements of the claims that fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Statements {
    /// By side, class, outcome and voice, then by day.
    pub statements: Vec<Statement>,
    /// What the answer rests on.
    pub coverage: Coverage,
}

/// The statements of the claims that fit.
pub fn statements(ledger: &Ledger, which: &Which) -> Result<Statements, AnswerError> {
    Ok(some_statements(ledger, which, 0, usize::MAX)?.0)
}

/// The statements of the claims that fit, at most so many from this one on, and whether there are more. Only where these
/// stand is looked up.
pub fn some_statements(
    ledger: &Ledger,
    which: &Which,
    from: usize,
    most: usize,
) -> Result<(Statements, bool), AnswerError> {
    let _look = ledger.look()?;
    let told = super::told(ledger, which)?;
    let lines = history::lines(&told, &Kinds::embedded()?);
    let mut rest = lines.iter().flat_map(|line| &line.statements).skip(from);
    let page: Vec<_> = rest.by_ref().take(most).collect();
    let places = super::places(ledger, page.iter().copied())?;
    let statements = page.into_iter().map(|told| Statement::of(told, &places)).collect();
    Ok((Statements { statements, coverage: Coverage::of(ledger)? }, rest.next().is_some()))
}

impl Answer for Statements {
    const COLUMNS: &'static str = statement::COLUMNS;

    fn rows(&self) -> impl Iterator<Item = Row> {
        self.statements.iter().map(Statement::row)
    }

    fn coverage(&self) -> &Coverage {
        &self.coverage
    }
}
