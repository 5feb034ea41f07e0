//! Tells which sides, claimants, places and documents the ledger knows.
//!
//! In: a [`Column`]. Out: its words, sorted, each once.
//!
//! Asked when a question names one that nobody knows: the answer is the list to choose from.

use crate::error::LedgerError;
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

impl Ledger {
    /// Every word of the column, also of readings that are no longer in force.
    pub fn told(&self, column: Column) -> Result<Vec<String>, LedgerError> {
        let query = match column {
            Column::Side => "SELECT DISTINCT side FROM claim WHERE side IS NOT NULL ORDER BY 1",
            Column::Claimant => "SELECT DISTINCT claimant FROM claim WHERE claimant IS NOT NULL ORDER BY 1",
            Column::Place => "SELECT DISTINCT place FROM claim WHERE place IS NOT NULL ORDER BY 1",
            Column::Document => "SELECT DISTINCT id FROM document WHERE id IS NOT NULL ORDER BY 1",
        };
        let words = || -> rusqlite::Result<Vec<String>> {
            self.db.prepare_cached(query)?.query_map([], |row| row.get(0))?.collect()
        };
        words().map_err(|error| self.error(error))
    }
}
