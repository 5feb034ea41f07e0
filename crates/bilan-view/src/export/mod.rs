//! Writes the claims of a ledger as the tables that others work with.
//!
//! In: a ledger, a [`Map`], and choices. Out: rows for a [`Sink`], and what was left out and why.
//!
//! A format that wants one number gets one only by a lens that somebody chose, and never in place of a number that was
//! said. A restricted document leaves in no form, and no article leaves: a claim travels with its sentence.

mod fill;
mod lens;
mod package;
mod sink;

pub use lens::Lens;
pub use package::{package, resource};
pub use sink::{Csv, Jsonl, Jsonld, Sink};

use crate::answer::Coverage;
use crate::map::{Map, Unit};
use crate::row::{Row, each_row};
use bilan::history::{self, Kinds};
use bilan_ledger::{Access, Filter, Ledger, LedgerError};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::io;

/// What somebody chose.
#[derive(Clone, Debug)]
pub struct Choices {
    /// What a row is; the map's own unless told.
    pub unit: Option<Unit>,
    /// Which date a row counts by.
    pub clock: Clock,
    /// What stands for a figure that is no single number.
    pub lens: Option<Lens>,
    /// The most that may leave.
    pub access: Access,
}

/// Which date of a claim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// When it was said, else published.
    #[default]
    Stated,
    /// When it was published.
    Published,
    /// The last day that it covers.
    Covers,
}

/// What an export came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Rows written.
    pub rows: usize,
    /// Why claims that fit have no row, and how many of each.
    pub left_out: BTreeMap<String, usize>,
    /// What it rests on.
    pub coverage: Coverage,
}

/// Why there is no export.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The ledger could not be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The kinds inside the program do not parse.
    #[error(transparent)]
    Kinds(#[from] history::KindsError),
    /// The map asks for one number, and nobody chose how to get one.
    #[error("{0} needs one number for every figure: choose --lens acled, emdat, low or high")]
    NoLens(String),
    /// The map tells no columns.
    #[error("{0} is a map to read tables with; it tells no columns to write")]
    NoColumns(String),
    /// A cell that its column cannot hold.
    #[error("column \"{column}\" is {expected} and cannot hold {cell}; change the map")]
    Misfit {
        /// Its heading.
        column: String,
        /// What it should be.
        expected: &'static str,
        /// What it was.
        cell: String,
    },
    /// The file could not be written.
    #[error("cannot write: {0}")]
    Io(#[from] io::Error),
    /// The sink failed.
    #[error("{0}")]
    Sink(String),
}

impl ExportError {
    /// The reader of our output has gone (`| head`): a reason to stop, not to complain.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, ExportError::Io(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// What is told of a statement in the row of one of its claims.
struct Told {
    texts: usize,
    different_texts: usize,
    appearances: Json,
}

/// Why a claim of an internal document is left out.
const INTERNAL: &str = "its document is not marked public; `bilan add --access public` marks it";

/// Writes the claims that fit.
pub fn export(
    ledger: &Ledger,
    filter: &Filter,
    map: &Map,
    choices: &Choices,
    sink: &mut dyn Sink,
) -> Result<Exported, ExportError> {
    if !map.writes() {
        return Err(ExportError::NoColumns(map.name.clone()));
    }
    if map.needs_lens() && choices.lens.is_none() {
        return Err(ExportError::NoLens(map.name.clone()));
    }
    let public = choices.access == Access::Public;
    let filter = Filter { access: Some(if public { Access::Public } else { Access::Internal }), ..filter.clone() };
    let unit = choices.unit.unwrap_or(map.unit);
    let statements = match unit {
        Unit::Report => None,
        Unit::Statement => Some(statements(ledger, &filter)?),
    };
    let mut done = Exported { coverage: Coverage::of(ledger)?, ..Exported::default() };
    // Silence must not look like absence: what may not leave is counted.
    let all = Filter { access: Some(Access::Internal), ..filter.clone() };
    each_row(ledger, &all, |kept, mut row| -> Result<(), ExportError> {
        if public && kept.access != Access::Public {
            *done.left_out.entry(INTERNAL.to_owned()).or_default() += 1;
            return Ok(());
        }
        match &statements {
            None => alone(&mut row),
            Some(statements) => match statements.get(&kept.id) {
                Some(told) => several(&mut row, told),
                // Told by the row of another of its claims.
                None => return Ok(()),
            },
        }
        fill::derive(&mut row, kept, choices);
        match fill::cells(map, &mut row)? {
            Ok(cells) => {
                done.rows += 1;
                sink.row(&cells)
            }
            Err(reason) => {
                *done.left_out.entry(reason).or_default() += 1;
                Ok(())
            }
        }
    })?;
    Ok(done)
}

/// For the first claim of each statement, what is told of all of them. First is the one that was published first.
fn statements(ledger: &Ledger, filter: &Filter) -> Result<BTreeMap<i64, Told>, ExportError> {
    let told = ledger.appearances(filter)?;
    let lines = history::lines(&told, &Kinds::embedded()?);
    let all: Vec<_> = lines.iter().flat_map(|line| &line.statements).collect();
    let places = ledger.places(all.iter().flat_map(|one| &one.appearances).map(|told| told.id))?;
    let mut first_claims = BTreeMap::new();
    for statement in all {
        let day = |told: &history::Appearance| told.published.and_then(|date| date.first_day());
        let mut appearances = statement.appearances.clone();
        appearances.sort_by_key(|told| (day(told).is_none(), day(told), told.id));
        let Some(first) = appearances.first() else { continue };
        let place = |told: &&history::Appearance| {
            let place = places.get(&told.id)?;
            Some(json!({
                "figure": place.figure, "document": place.document, "outlet": place.outlet, "url": place.url,
                "published": told.published, "translated": told.translated,
            }))
        };
        let told = Told {
            texts: statement.texts(),
            different_texts: statement.different_texts(),
            appearances: appearances.iter().filter_map(place).collect(),
        };
        first_claims.insert(first.id, told);
    }
    Ok(first_claims)
}

fn several(row: &mut Row, told: &Told) {
    row.insert("texts".into(), json!(told.texts));
    row.insert("different_texts".into(), json!(told.different_texts));
    row.insert("first_appearance".into(), told.appearances.get(0).cloned().unwrap_or(Json::Null));
    row.insert("appearances".into(), told.appearances.clone());
}

fn alone(row: &mut Row) {
    let mut own = Row::new();
    for key in ["figure", "document", "outlet", "url", "published"] {
        own.insert(key.into(), row.get(key).cloned().unwrap_or(Json::Null));
    }
    let translated = row.get("quote").and_then(|quote| quote.get("translated")).cloned();
    own.insert("translated".into(), translated.unwrap_or(Json::Null));
    several(row, &Told { texts: 1, different_texts: 1, appearances: json!([own]) });
}
