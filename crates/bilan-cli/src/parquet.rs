//! Hands the rows of an export to Parquet.
//!
//! In: cells as JSON. Out: cells of the kinds that the columns hold.
//!
//! A column of counts is unsigned; one of days since a day may be negative.

use bilan_parquet::{Cell, Column, Kind, Writer};
use bilan_view::export::{ExportError, Sink};
use bilan_view::map::{self, Map};
use serde_json::Value as Json;
use std::io::Write;

/// A Parquet file as the sink of an export.
pub struct Parquet<W: Write + Send> {
    writer: Writer<W>,
    kinds: Vec<Kind>,
}

impl<W: Write + Send> Parquet<W> {
    /// With the columns of this map.
    pub fn new(to: W, map: &Map) -> Result<Parquet<W>, ExportError> {
        let kind = |column: &map::Column| match column.kind {
            map::Kind::String => Kind::Text,
            map::Kind::List => Kind::Texts,
            map::Kind::Integer if column.days_since.is_some() => Kind::Integer,
            map::Kind::Integer => Kind::Unsigned,
            map::Kind::Number => Kind::Number,
            map::Kind::Boolean => Kind::Boolean,
            map::Kind::Date => Kind::Day,
        };
        let kinds: Vec<Kind> = map.columns.iter().map(kind).collect();
        let columns = map.columns.iter().zip(&kinds);
        let columns = columns.map(|(column, kind)| Column {
            name: column.name.clone(),
            kind: *kind,
            about: column.about.clone(),
        });
        let notes = [("bilan".to_owned(), map.about.clone())];
        let writer = Writer::new(to, columns.collect(), &notes).map_err(failed)?;
        Ok(Parquet { writer, kinds })
    }
}

impl<W: Write + Send> Sink for Parquet<W> {
    fn row(&mut self, cells: &[Json]) -> Result<(), ExportError> {
        self.writer.row(self.kinds.iter().zip(cells).map(|(kind, value)| cell(*kind, value))).map_err(failed)
    }

    fn finish(self: Box<Self>) -> Result<(), ExportError> {
        Ok(self.writer.finish().map_err(failed)?.flush()?)
    }
}

fn cell(kind: Kind, value: &Json) -> Cell {
    let text = || value.as_str().map(str::to_owned);
    let found = match kind {
        Kind::Text => text().map(Cell::Text),
        Kind::Texts => value
            .as_array()
            .map(|all| Cell::Texts(all.iter().filter_map(|member| member.as_str().map(str::to_owned)).collect())),
        Kind::Unsigned => value.as_u64().map(Cell::Unsigned),
        Kind::Integer => value.as_i64().map(Cell::Integer),
        Kind::Number => value.as_f64().map(Cell::Number),
        Kind::Boolean => value.as_bool().map(Cell::Boolean),
        Kind::Day => text().and_then(|text| day(&text)).map(Cell::Day),
    };
    found.unwrap_or(Cell::Null)
}

/// Days since 1970-01-01.
fn day(text: &str) -> Option<i32> {
    let day: jiff::civil::Date = text.parse().ok()?;
    Some(jiff::civil::date(1970, 1, 1).until(day).ok()?.get_days())
}

fn failed(error: bilan_parquet::ParquetError) -> ExportError {
    ExportError::Sink(error.to_string())
}
