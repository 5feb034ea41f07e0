//! Tells which sides, claimants, places and documents the ledger knows.
//!
//! In: a [`Column`]. Out: its words, sorted, each once.
//!
//! Asked when a question names one that nobody knows: the answer is the list to choose from.

use crate::appearances::within;
use crate::error::LedgerError;
use crate::lines::is_whole;
use crate::narrow::PLACES;
use crate::open::Ledger;

/// A field whose words are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Whose.
    Side,
    /// Who says so.
    Claimant,
    /// Where.
    Place,
    /// The document's id.
    Document,
}

impl Column {
    /// Its name, as in a filter.
    pub fn name(self) -> &'static str {
        match self {
            Column::Side => "side",
            Column::Claimant => "claimant",
            Column::Place => "place",
            Column::Document => "document",
        }
    }
}

/// Some words of a column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Sorted, each once.
    pub words: Vec<String>,
    /// How many there are beyond these.
    pub more: u64,
}

impl Ledger {
    /// The first words of the column, also of readings that are no longer in force.
    pub fn told(&self, column: Column, most: usize) -> Result<Known, LedgerError> {
        let list = || -> rusqlite::Result<Known> {
            let from = self.words_of(column)?;
            let all: i64 = self.db.query_row(&format!("{from} SELECT count(*) FROM told"), [], |row| row.get(0))?;
            let words = format!("{from} SELECT word FROM told ORDER BY word LIMIT {most}");
            let words =
                self.db.prepare(&words)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
            Ok(Known { more: all.unsigned_abs().saturating_sub(words.len() as u64), words })
        };
        list().map_err(|error| self.error(error))
    }

    /// Whether a claim or a document has this word there; of parties and places, also something within it.
    pub fn knows(&self, column: Column, word: &str) -> Result<bool, LedgerError> {
        let find = || -> rusqlite::Result<bool> {
            let known = match column {
                Column::Document => {
                    return self.db.prepare("SELECT 1 FROM document WHERE hash = ?1 OR id = ?1")?.exists([word]);
                }
                Column::Side => "word = ?1".to_owned(),
                Column::Claimant | Column::Place => format!("true{}", within("word", 1)),
            };
            let from = self.words_of(column)?;
            self.db.prepare(&format!("{from} SELECT 1 FROM told WHERE {known}"))?.exists([word])
        };
        find().map_err(|error| self.error(error))
    }

    /// A table `told` of the words of a column, for the head of a query.
    fn words_of(&self, column: Column) -> rusqlite::Result<String> {
        // A ledger of an older program, opened to be read only, has no lines yet.
        let lines = if is_whole(&self.db)? { "line" } else { "claim" };
        Ok(match column {
            Column::Side | Column::Claimant => {
                let name = column.name();
                format!("WITH told (word) AS (SELECT DISTINCT {name} FROM {lines} WHERE {name} IS NOT NULL)")
            }
            Column::Place => format!(
                "{PLACES}, told (word) AS (SELECT place FROM known WHERE place IS NOT NULL
                     UNION SELECT place FROM corrected WHERE place IS NOT NULL)"
            ),
            Column::Document => {
                "WITH told (word) AS (SELECT DISTINCT id FROM document WHERE id IS NOT NULL)".to_owned()
            }
        })
    }
}
