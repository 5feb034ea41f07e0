//! Names the columns of a table and finds their cells in a row.
//!
//! In: a list such as `figure 'words sentence=quote.text`, and a [`Row`]. Out: cells.
//!
//! CSV opens in a spreadsheet, and a title such as `=HYPERLINK(…)` would run there. So a cell that holds words of a
//! document (`'` before its name) and begins with `=`, `+`, `-`, `@`, a tab or a line break gets an apostrophe before
//! it. Fields of the codebook (`-` for people of no country, `--03-19`) are never touched: JSON is the form without loss.

use super::Row;
use serde_json::Value as Json;

/// The columns of a table, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns(Vec<Column>);

/// A column of a table: a key of the row, or a key of an object in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub name: String,
    /// Keys, one within the other.
    pub path: Vec<String>,
    /// Holds words of a document, which nobody vouches for.
    pub hostile: bool,
}

impl Columns {
    /// Reads a list of columns: the heading, `=` and the path where that is another, `'` before words of a document.
    pub fn list(columns: &str) -> Columns {
        Columns(columns.split_whitespace().map(Column::parse).collect())
    }

    /// The headings.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|column| column.name.as_str())
    }

    /// The cells of a row.
    pub fn cells(&self, row: &Row) -> Vec<String> {
        self.0.iter().map(|column| column.cell(row)).collect()
    }
}

impl Column {
    fn parse(text: &str) -> Column {
        let (hostile, text) = text.strip_prefix('\'').map_or((false, text), |text| (true, text));
        let (name, path) = text.split_once('=').unwrap_or((text, text));
        Column { name: name.into(), path: path.split('.').map(Into::into).collect(), hostile }
    }

    /// What the row has under this path; `None` when there is nothing of that name.
    pub fn find<'r>(&self, row: &'r Row) -> Option<&'r Json> {
        let (first, rest) = self.path.split_first()?;
        rest.iter().try_fold(row.get(first)?, |found, key| found.get(key))
    }

    fn cell(&self, row: &Row) -> String {
        let words = self.find(row).map(words).unwrap_or_default();
        if self.hostile { harmless(words) } else { words }
    }
}

/// Words that no spreadsheet takes for a formula.
pub fn harmless(words: String) -> String {
    if words.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{words}") } else { words }
}

/// One cell: nothing for null, members of a list joined by `; `, an object as JSON.
pub fn words(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(words) => words.clone(),
        Json::Array(members) => members.iter().map(words).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}
