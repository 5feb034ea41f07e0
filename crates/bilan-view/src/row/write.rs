//! Writes rows as they come: JSON Lines, one JSON array, or CSV.
//!
//! In: readings, one by one. Out: bytes; nothing is held back but the row under way.
//!
//! One bulletin may hold 100,000 figures: each row is written before the next is made.

use super::{Columns, Row, Rows, whole_document_json};
use bilan::claim::Reading;
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

/// What of a reading is written.
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

impl Show {
    /// The columns of its table.
    pub fn columns(self) -> Columns {
        Columns::list(match self {
            Show::Claims => CLAIMS,
            Show::Refused => REFUSED,
            Show::Documents => DOCUMENTS,
        })
    }
}

/// The rows of one reading, made as they are asked for.
pub fn rows(reading: &Reading, show: Show) -> Box<dyn Iterator<Item = Row> + '_> {
    let rows = Rows::of(&reading.document, &reading.reader);
    match show {
        Show::Claims => Box::new(reading.claims.iter().map(move |claim| rows.claim(claim))),
        Show::Refused => Box::new(reading.refusals.iter().map(move |refusal| rows.refusal(refusal))),
        Show::Documents => Box::new(std::iter::once(whole_document_json(reading))),
    }
}

/// Writes rows of one kind; [`Writer::finish`] closes the array.
pub struct Writer<W: Write> {
    sink: Sink<W>,
    columns: Columns,
}

enum Sink<W: Write> {
    Jsonl(W),
    Json { to: W, first: bool },
    Csv(Box<csv::Writer<W>>),
}

impl<W: Write> Writer<W> {
    /// Writes what opens the output: the bracket of the array, the header of the table.
    pub fn new(mut to: W, format: Format, columns: Columns) -> Result<Writer<W>, WriteError> {
        let sink = match format {
            Format::Jsonl => Sink::Jsonl(to),
            Format::Json => {
                to.write_all(b"[")?;
                Sink::Json { to, first: true }
            }
            Format::Csv => {
                let mut table =
                    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(false).from_writer(to);
                table.write_record(columns.names()).map_err(io::Error::from)?;
                Sink::Csv(Box::new(table))
            }
        };
        Ok(Writer { sink, columns })
    }

    /// Writes the rows of one reading; `show` is the kind whose columns were chosen.
    pub fn reading(&mut self, reading: &Reading, show: Show) -> Result<(), WriteError> {
        rows(reading, show).try_for_each(|row| self.row(&row))
    }

    /// Writes one row.
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
                table.write_record(self.columns.cells(row)).map_err(io::Error::from)?;
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

// Heading, `=` and its path where that is another; `'` before words of a document.
const CLAIMS: &str = "figure n 'document 'words value point low high open bounds hedge outcome counted side 'claimant \
     'citing 'via stated from to scope 'place said contested 'blamed confidence_claim=confidence.claim \
     confidence_claimant=confidence.claimant 'sentence=quote.text translated=quote.translated 'title 'outlet 'url \
     published 'said_hedge=as_said.hedge 'said_outcome=as_said.outcome 'said_counted=as_said.counted \
     'said_side=as_said.side 'said_claimant=as_said.claimant start end char_start char_end page text_hash reader why";

const REFUSED: &str = "figure 'document 'words reason 'because=because.text 'claimant 'sentence=quote.text 'title \
     'outlet 'url published start end char_start char_end page text_hash reader";

const DOCUMENTS: &str = "'document hash 'title 'outlet 'url lang published precision bytes characters claims refused remarks \
     text_hash reader";
