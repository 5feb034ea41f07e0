//! Writes the rows of an export in its form.
//!
//! In: cells, row by row. Out: CSV, JSON Lines or JSON-LD. Parquet lies in a crate of its own and comes as a [`Sink`].

use super::ExportError;
use crate::map::{Column, Map};
use crate::row::{harmless, words};
use serde_json::{Map as Object, Value as Json};
use std::io::{self, Write};

/// Takes the rows of an export.
pub trait Sink {
    /// One cell a column.
    fn row(&mut self, cells: &[Json]) -> Result<(), ExportError>;

    /// Writes what closes the file.
    fn finish(self: Box<Self>) -> Result<(), ExportError>;
}

/// RFC 4180, UTF-8.
pub struct Csv<W: Write> {
    table: csv::Writer<W>,
    quotes: Vec<bool>,
}

impl<W: Write> Csv<W> {
    /// Writes the heading, and the hashtags where the map has them.
    pub fn new(to: W, map: &Map) -> Result<Csv<W>, ExportError> {
        let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to);
        table.write_record(map.columns.iter().map(|column| &column.name)).map_err(io::Error::from)?;
        if map.tags {
            table.write_record(map.columns.iter().map(|column| &column.tag)).map_err(io::Error::from)?;
        }
        Ok(Csv { table, quotes: map.columns.iter().map(|column| column.quotes).collect() })
    }
}

impl<W: Write> Sink for Csv<W> {
    fn row(&mut self, cells: &[Json]) -> Result<(), ExportError> {
        let cells = cells.iter().zip(&self.quotes);
        let cells = cells.map(|(cell, quotes)| if *quotes { harmless(words(cell)) } else { words(cell) });
        Ok(self.table.write_record(cells).map_err(io::Error::from)?)
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        Ok(self.table.flush()?)
    }
}

/// One object a line, in the order of the columns.
pub struct Jsonl<W: Write> {
    to: W,
    names: Vec<String>,
}

impl<W: Write> Jsonl<W> {
    /// Nothing stands before the first line.
    pub fn new(to: W, map: &Map) -> Jsonl<W> {
        Jsonl { to, names: names(&map.columns) }
    }
}

impl<W: Write> Sink for Jsonl<W> {
    fn row(&mut self, cells: &[Json]) -> Result<(), ExportError> {
        let object: Object<String, Json> = self.names.iter().cloned().zip(cells.iter().cloned()).collect();
        serde_json::to_writer(&mut self.to, &object).map_err(io::Error::from)?;
        Ok(self.to.write_all(b"\n")?)
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        Ok(self.to.flush()?)
    }
}

/// One object of schema.org with all rows in its graph. Cells that are empty leave no key.
pub struct Jsonld<W: Write> {
    to: W,
    names: Vec<String>,
    first: bool,
}

impl<W: Write> Jsonld<W> {
    /// Writes the context.
    pub fn new(mut to: W, map: &Map) -> Result<Jsonld<W>, ExportError> {
        to.write_all(b"{\"@context\":\"https://schema.org\",\"@graph\":[")?;
        Ok(Jsonld { to, names: names(&map.columns), first: true })
    }
}

impl<W: Write> Sink for Jsonld<W> {
    fn row(&mut self, cells: &[Json]) -> Result<(), ExportError> {
        let mut object = Object::new();
        for (name, cell) in self.names.iter().zip(cells).filter(|(_, cell)| !cell.is_null()) {
            nest(&mut object, name, cell.clone());
        }
        self.to.write_all(if std::mem::take(&mut self.first) { b"\n" } else { b",\n" })?;
        Ok(serde_json::to_writer(&mut self.to, &object).map_err(io::Error::from)?)
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        self.to.write_all(b"\n]}\n")?;
        Ok(self.to.flush()?)
    }
}

fn names(columns: &[Column]) -> Vec<String> {
    columns.iter().map(|column| column.name.clone()).collect()
}

/// Puts a value where the dots of its name lead. Where a name leads into what is no object, it is left out.
pub fn nest(object: &mut Object<String, Json>, name: &str, value: Json) {
    match name.split_once('.') {
        None => drop(object.insert(name.to_owned(), value)),
        Some((outer, rest)) => {
            let inner = object.entry(outer).or_insert_with(|| Json::Object(Object::new()));
            if let Some(inner) = inner.as_object_mut() {
                nest(inner, rest, value);
            }
        }
    }
}
