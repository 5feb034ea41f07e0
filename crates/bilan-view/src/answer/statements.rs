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
    let told = super::told(ledger, which)?;
    let lines = history::lines(&told, &Kinds::embedded()?);
    let all = || lines.iter().flat_map(|line| &line.statements);
    let places = super::places(ledger, all())?;
    let statements = all().map(|told| Statement::of(told, &places)).collect();
    Ok(Statements { statements, coverage: Coverage::of(ledger)? })
}

impl Answer for Statements {
    const COLUMNS: &'static str = statement::COLUMNS;

    fn rows(&self) -> Vec<Row> {
        self.statements.iter().map(Statement::row).collect()
    }

    fn coverage(&self) -> &Coverage {
        &self.coverage
    }
}
