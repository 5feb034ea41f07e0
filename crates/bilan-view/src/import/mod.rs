//! Reads tables that others keep as claims.
//!
//! In: the bytes of a CSV or JSON table and a map of its columns. Out: a reading whose document is the table itself, and a
//! [`Report`] of what is odd in it.
//!
//! A tally by hand has its slips: a day twice, a total that falls, a source under two names. Nothing is mended: every
//! cell becomes the claim that it is, and the slips are told with their lines.

mod grid;
mod read;
mod report;

pub use grid::Grid;
pub use report::{Finding, Report};

use crate::map::{Map, Maps};
use bilan::claim::{Date, Reading};
use bilan::document::{Document, id};
use bilan::history::KindsError;
use jiff::civil;

/// What is known of the file.
#[derive(Clone, Debug)]
pub struct Given {
    /// Its name.
    pub name: String,
    /// Where it was found.
    pub url: Option<String>,
    /// Who keeps it.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// Today: no day of a table lies after it.
    pub today: civil::Date,
}

/// A table as claims.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The claims, as a reading of the file.
    pub reading: Reading,
    /// What is odd in it.
    pub report: Report,
}

/// Why a table is not imported; nothing of it is.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Not a table.
    #[error("{file}:{line}: {what}")]
    Broken {
        /// The file.
        file: String,
        /// Its line, from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// Not text.
    #[error("{0}: not UTF-8; save the table as UTF-8")]
    Encoding(String),
    /// No map knows its columns.
    #[error(
        "{file}: no map fits its columns ({columns}); known maps: {maps}; write one, and name its folder with --maps"
    )]
    NoMap {
        /// The file.
        file: String,
        /// What its columns are called.
        columns: String,
        /// The maps that read tables.
        maps: String,
    },
    /// The map asks for columns that it has not.
    #[error("{file}: the map {map} does not fit: it needs the columns {lacks}; the table has {columns}")]
    Misfit {
        /// The file.
        file: String,
        /// The map.
        map: String,
        /// What is not there.
        lacks: String,
        /// What is.
        columns: String,
    },
    /// The kinds inside the program do not parse.
    #[error(transparent)]
    Kinds(#[from] KindsError),
}

/// The map that was named, or the one that knows most of the table's columns.
pub fn choose<'m>(maps: &'m Maps, named: Option<&'m Map>, grid: &Grid, file: &str) -> Result<&'m Map, ImportError> {
    let shown = || grid.columns.join(", ");
    let must = |map: &Map| read::must(map);
    let lacks =
        |map: &Map| -> Vec<String> { must(map).into_iter().filter(|column| !grid.columns.contains(column)).collect() };
    if let Some(map) = named {
        let lacks = lacks(map);
        return match lacks.is_empty() {
            true => Ok(map),
            false => Err(ImportError::Misfit {
                file: file.to_owned(),
                map: map.name.clone(),
                lacks: lacks.join(", "),
                columns: shown(),
            }),
        };
    }
    let fits = maps.iter().filter(|map| read::reads(map) && lacks(map).is_empty());
    // Of several that fit, the one that asks for most.
    let best = fits.max_by_key(|map| must(map).len());
    best.ok_or_else(|| ImportError::NoMap {
        file: file.to_owned(),
        columns: shown(),
        maps: maps.iter().filter(|map| read::reads(map)).map(|map| map.name.as_str()).collect::<Vec<_>>().join(", "),
    })
}

/// Reads a table: the same bytes by the same map give the same reading.
pub fn import(maps: &Maps, named: Option<&Map>, bytes: &[u8], given: &Given) -> Result<Imported, ImportError> {
    let text = std::str::from_utf8(bytes).map_err(|_| ImportError::Encoding(given.name.clone()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let grid = Grid::of(text).map_err(|(line, what)| ImportError::Broken { file: given.name.clone(), line, what })?;
    let map = choose(maps, named, &grid, &given.name)?;
    let mut report = Report::new(&map.name, &grid);
    let claims = read::claims(map, &grid, text, given, &mut report)?;
    let url = given.url.clone();
    let hash = id::of("bilan/document/1", &[url.as_deref().unwrap_or("").as_bytes(), text.as_bytes()]);
    let reading = Reading {
        document: Document {
            id: given.name.clone(),
            hash,
            text_hash: id::of("bilan/text/1", &[text.as_bytes()]),
            text: text.to_owned(),
            title: 0,
            url,
            outlet: given.outlet.clone(),
            // A table is in no language: the code that ISO 639 has for that.
            lang: Some("zxx".to_owned()),
            published: given.published,
            boilerplate: vec![],
            remarks: vec![],
        },
        reader: format!("import-{}-{}", map.name, id::of("bilan/map/1", &[format!("{map:?}").as_bytes()])),
        claims,
        refusals: vec![],
        remarks: vec![],
    };
    report.follow(&reading)?;
    Ok(Imported { reading, report })
}
