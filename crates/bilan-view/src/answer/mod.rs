//! Answers the questions that people put to a ledger: claims, statements, who says how many, a line in time.
//!
//! In: a [`Ledger`], only read, and what is wanted. Out: plain data that serialises as JSON and
//! as rows, each answer with its [`Coverage`].
//!
//! "No claim of drones" means little when half of the pages had no text: no answer leaves without telling what was not
//! read. The command and the page make their answers here and nowhere else, so that both say the same.

mod coverage;

mod wanted;

mod somebody;

mod statement;

mod claims;

mod statements;

mod compare;

mod series;

mod check;

mod cite;

mod footnote;

mod sheet;

pub use check::{Check, Checked, Found, ReadAs, check};
pub use cite::{Cite, Context, Decision, Papers, Source, cite};
pub use claims::{Claims, claims, write_claims};
pub use compare::{Apart, Compare, Figure, Group, Range, Rewords, Subject, compare, known};
pub use coverage::Coverage;
pub use footnote::Style;
pub use series::{Beside, Change, Point, Retelling, Series, SeriesLine, Sum, Term, point, series, series_shown};
pub use somebody::{named, unidentified};
pub use statement::{Appearance, Contest, Line, Statement, Told};
pub use statements::{Statements, some_statements, statements};
pub use wanted::{Unknown, Wanted, Which};

use crate::row::{Columns, Format, Row, WriteError, Writer};
use bilan::history;
use bilan_ledger::{Ledger, LedgerError, Place};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// An answer: serialises whole as one JSON object, and as rows.
pub trait Answer: Serialize {
    /// The columns of its rows.
    const COLUMNS: &'static str;

    /// One row a figure, made as they are asked for.
    fn rows(&self) -> impl Iterator<Item = Row>;

    /// What it rests on.
    fn coverage(&self) -> &Coverage;
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// The ledger could not be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A word of the question is none.
    #[error(transparent)]
    Unknown(#[from] Unknown),
    /// The kinds inside the program do not parse.
    #[error(transparent)]
    Kinds(#[from] history::KindsError),
    /// The answer could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Writes an answer for programs: one JSON object, or its rows; the coverage is in the object, and not in the rows.
pub fn write<A: Answer, W: Write>(answer: &A, mut to: W, format: Format) -> Result<W, WriteError> {
    if format == Format::Json {
        serde_json::to_writer(&mut to, answer).map_err(io::Error::from)?;
        to.write_all(b"\n")?;
        return Ok(to);
    }
    let mut writer = Writer::new(to, format, Columns::list(A::COLUMNS))?;
    answer.rows().try_for_each(|row| writer.row(&row))?;
    writer.finish()
}

/// The claims that history is made from.
fn told(ledger: &Ledger, which: &Which) -> Result<Vec<history::Appearance>, LedgerError> {
    ledger.appearances(&which.filter)
}

/// Where the claims of these statements stand, by the claim's id.
type Places = BTreeMap<i64, Place>;

fn places<'s>(
    ledger: &Ledger,
    statements: impl Iterator<Item = &'s history::Statement<'s>>,
) -> Result<Places, LedgerError> {
    ledger.places(statements.flat_map(|told| &told.appearances).map(|told| told.id))
}

/// A part of an answer as a row; empty for what is no object.
pub(crate) fn row(part: &impl Serialize) -> Row {
    match serde_json::to_value(part) {
        Ok(serde_json::Value::Object(row)) => row,
        _ => Row::new(),
    }
}
