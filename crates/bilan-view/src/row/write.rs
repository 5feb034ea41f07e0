//! Writes rows as they come: JSON Lines, one JSON array, or CSV.
//!
//! In: readings, one by one. Out: bytes; nothing is held back but the row under way.
//!
//! CSV opens in a spreadsheet, and a title such as `=HYPERLINK(…)` would run there. So a cell that holds words of a
//! document and begins with `=`, `+`, `-`, `@`, a tab or a line break gets an apostrophe before it. Fields of the
//! codebook (`-` for people of no country, `--03-19`) are never touched: JSON is the form without loss.

use super::{Row, Rows, document_json};
use bilan::claim::Reading;
use serde_json::Value as Json;
use std::io::{self, Write};

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One object a line.
    Jsonl,
    /// One array.
    Json,
    /// RFC 4180 with a header line, UTF-8.
    Csv,
}

/// What the rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// One row a claim.
    Claims,
    /// One row a figure that was not taken.
    Refused,
    /// One row a document.
    Documents,
}

/// Rows that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write rows")]
pub struct WriteError(#[from] io::Error);

impl WriteError {
    /// The reader of our output has gone (`| head`): a reason to stop, not to complain.
    pub fn is_broken_pipe(&self) -> bool {
        self.0.kind() == io::ErrorKind::BrokenPipe
    }
}

/// Writes rows of one kind; [`Writer::finish`] closes the array.
pub struct Writer<W: Write> {
    sink: Sink<W>,
    show: Show,
}

enum Sink<W: Write> {
    Jsonl(W),
    Json { to: W, first: bool },
    Csv(Box<csv::Writer<W>>),
}

impl<W: Write> Writer<W> {
    /// Writes what opens the output: the bracket of the array, the header of the table.
    pub fn new(mut to: W, format: Format, show: Show) -> Result<Writer<W>, WriteError> {
        let sink = match format {
            Format::Jsonl => Sink::Jsonl(to),
            Format::Json => {
                to.write_all(b"[")?;
                Sink::Json { to, first: true }
            }
            Format::Csv => {
                let mut table =
                    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(false).from_writer(to);
                table.write_record(columns(show).iter().map(|column| column.name)).map_err(io::Error::from)?;
                Sink::Csv(Box::new(table))
            }
        };
        Ok(Writer { sink, show })
    }

    /// Writes the rows of one reading.
    pub fn reading(&mut self, reading: &Reading) -> Result<(), WriteError> {
        let rows = Rows::of(&reading.document, &reading.reader);
        match self.show {
            Show::Claims => reading.claims.iter().try_for_each(|claim| self.row(&rows.claim(claim))),
            Show::Refused => reading.refusals.iter().try_for_each(|refusal| self.row(&rows.refusal(refusal))),
            Show::Documents => self.row(&document_json(reading)),
        }
    }

    /// Writes one row that was made elsewhere, as by [`Rows::claim`].
    pub fn row(&mut self, row: &Row) -> Result<(), WriteError> {
        match &mut self.sink {
            Sink::Jsonl(to) => {
                serde_json::to_writer(&mut *to, row).map_err(io::Error::from)?;
                to.write_all(b"\n")?;
            }
            Sink::Json { to, first } => {
                to.write_all(if std::mem::take(first) { b"\n" } else { b",\n" })?;
                serde_json::to_writer(to, row).map_err(io::Error::from)?;
            }
            Sink::Csv(table) => {
                let cells = columns(self.show).iter().map(|column| column.cell(row));
                table.write_record(cells).map_err(io::Error::from)?;
            }
        }
        Ok(())
    }

    /// Writes what closes the output and hands the sink back.
    pub fn finish(self) -> Result<W, WriteError> {
        let mut to = match self.sink {
            Sink::Jsonl(to) => to,
            Sink::Json { mut to, first } => {
                to.write_all(if first { b"]\n" } else { b"\n]\n" })?;
                to
            }
            Sink::Csv(table) => table.into_inner().map_err(|error| error.into_error())?,
        };
        to.flush()?;
        Ok(to)
    }
}

/// A column of the table: a key of the row, or a key of an object in it.
struct Column {
    name: &'static str,
    path: &'static [&'static str],
    /// Holds words of a document, which nobody vouches for.
    hostile: bool,
}

impl Column {
    fn cell(&self, row: &Row) -> String {
        let (first, rest) = self.path.split_first().unwrap_or((&"", &[]));
        let found = rest.iter().fold(row.get(*first), |found, key| found.and_then(|found| found.get(key)));
        let words = found.map(words).unwrap_or_default();
        let runs = self.hostile && words.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
        if runs { format!("'{words}") } else { words }
    }
}

/// One cell: nothing for null, members of a list joined by `; `, an object as JSON.
fn words(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(words) => words.clone(),
        Json::Array(members) => members.iter().map(words).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

const fn field(path: &'static [&'static str]) -> Column {
    Column { name: path[path.len() - 1], path, hostile: false }
}

const fn named(name: &'static str, path: &'static [&'static str]) -> Column {
    Column { name, path, hostile: false }
}

const fn said(name: &'static str, path: &'static [&'static str]) -> Column {
    Column { name, path, hostile: true }
}

fn columns(show: Show) -> &'static [Column] {
    match show {
        Show::Claims => CLAIMS,
        Show::Refused => REFUSED,
        Show::Documents => DOCUMENTS,
    }
}

const CLAIMS: &[Column] = &[
    field(&["figure"]),
    field(&["n"]),
    said("document", &["document"]),
    said("words", &["words"]),
    field(&["value"]),
    field(&["point"]),
    field(&["low"]),
    field(&["high"]),
    field(&["open"]),
    field(&["bounds"]),
    field(&["hedge"]),
    field(&["outcome"]),
    field(&["counted"]),
    field(&["side"]),
    said("claimant", &["claimant"]),
    said("citing", &["citing"]),
    said("via", &["via"]),
    field(&["stated"]),
    field(&["from"]),
    field(&["to"]),
    field(&["scope"]),
    said("place", &["place"]),
    field(&["said"]),
    field(&["contested"]),
    said("blamed", &["blamed"]),
    named("confidence_claim", &["confidence", "claim"]),
    named("confidence_claimant", &["confidence", "claimant"]),
    said("sentence", &["quote", "text"]),
    field(&["quote", "translated"]),
    said("title", &["title"]),
    said("outlet", &["outlet"]),
    said("url", &["url"]),
    field(&["published"]),
    said("said_hedge", &["as_said", "hedge"]),
    said("said_outcome", &["as_said", "outcome"]),
    said("said_counted", &["as_said", "counted"]),
    said("said_side", &["as_said", "side"]),
    said("said_claimant", &["as_said", "claimant"]),
    field(&["start"]),
    field(&["end"]),
    field(&["char_start"]),
    field(&["char_end"]),
    field(&["text_hash"]),
    field(&["reader"]),
    field(&["why"]),
];

const REFUSED: &[Column] = &[
    field(&["figure"]),
    said("document", &["document"]),
    said("words", &["words"]),
    field(&["reason"]),
    said("because", &["because", "text"]),
    said("claimant", &["claimant"]),
    said("sentence", &["quote", "text"]),
    said("title", &["title"]),
    said("outlet", &["outlet"]),
    said("url", &["url"]),
    field(&["published"]),
    field(&["start"]),
    field(&["end"]),
    field(&["char_start"]),
    field(&["char_end"]),
    field(&["text_hash"]),
    field(&["reader"]),
];

const DOCUMENTS: &[Column] = &[
    said("document", &["document"]),
    field(&["hash"]),
    said("title", &["title"]),
    said("outlet", &["outlet"]),
    said("url", &["url"]),
    field(&["lang"]),
    field(&["published"]),
    field(&["bytes"]),
    field(&["characters"]),
    field(&["claims"]),
    field(&["refused"]),
    field(&["remarks"]),
    field(&["text_hash"]),
    field(&["reader"]),
];
