//! Writes tables as Parquet.
//!
//! In: columns with their types, and cells row by row. Out: one Parquet file, compressed with zstd, nothing held but
//! one group of rows.
//!
//! A toll of 18,446,744,073,709,551,615 fits no signed column: whole numbers are unsigned where they can be no other.
//! A cell may be empty, and so may a list that it holds: levels beside the values tell the one from the other.

mod column;

use column::Held;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use std::io::Write;
use std::sync::Arc;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Words, several.
    Texts,
    /// Whole numbers from zero.
    Unsigned,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Number,
    /// Yes or no.
    Boolean,
    /// Days since 1970-01-01.
    Day,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// What it means; in the footer as `description.NAME`.
    pub about: String,
}

/// What stands in one place.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// For [`Kind::Text`].
    Text(String),
    /// For [`Kind::Texts`].
    Texts(Vec<String>),
    /// For [`Kind::Unsigned`].
    Unsigned(u64),
    /// For [`Kind::Integer`].
    Integer(i64),
    /// For [`Kind::Number`].
    Number(f64),
    /// For [`Kind::Boolean`].
    Boolean(bool),
    /// For [`Kind::Day`].
    Day(i32),
}

/// A file that could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ParquetError {
    /// The library, or the disk below it.
    #[error("cannot write parquet: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// A cell that its column does not hold.
    #[error("column {0} cannot hold {1:?}")]
    Misfit(String, Cell),
}

/// Rows held before they are written, as one group.
const AT_ONCE: usize = 10_000;

/// A Parquet file under way.
pub struct Writer<W: Write + Send> {
    columns: Vec<(String, Held)>,
    rows: usize,
    file: SerializedFileWriter<W>,
}

impl<W: Write + Send> Writer<W> {
    /// Begins a file. `notes` are kept in its footer, as key and value.
    pub fn new(to: W, columns: Vec<Column>, notes: &[(String, String)]) -> Result<Writer<W>, ParquetError> {
        let fields = columns.iter().map(|column| column::schema(&column.name, column.kind).map(Arc::new));
        let fields = fields.collect::<Result<_, _>>()?;
        let schema = Type::group_type_builder("schema").with_fields(fields).build()?;
        let described = columns.iter().map(|column| (format!("description.{}", column.name), column.about.clone()));
        let notes = notes.iter().cloned().chain(described);
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_key_value_metadata(Some(notes.map(|(key, value)| KeyValue::new(key, value)).collect()))
            .build();
        let file = SerializedFileWriter::new(to, Arc::new(schema), Arc::new(properties))?;
        let columns = columns.into_iter().map(|column| (column.name, Held::new(column.kind)));
        Ok(Writer { columns: columns.collect(), rows: 0, file })
    }

    /// Takes one row: as many cells as there are columns; missing ones are null.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) -> Result<(), ParquetError> {
        let mut cells = cells.into_iter();
        for (name, held) in &mut self.columns {
            let cell = cells.next().unwrap_or(Cell::Null);
            held.take(cell).map_err(|cell| ParquetError::Misfit(name.clone(), cell))?;
        }
        self.rows += 1;
        if self.rows >= AT_ONCE { self.flush() } else { Ok(()) }
    }

    /// Writes what is held and the footer, and hands the sink back.
    pub fn finish(mut self) -> Result<W, ParquetError> {
        self.flush()?;
        Ok(self.file.into_inner()?)
    }

    fn flush(&mut self) -> Result<(), ParquetError> {
        if self.rows > 0 {
            let mut group = self.file.next_row_group()?;
            for (_, held) in &mut self.columns {
                let Some(mut column) = group.next_column()? else { break };
                held.write(&mut column)?;
                column.close()?;
            }
            group.close()?;
            self.rows = 0;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};

    fn columns(kinds: &[(&str, Kind)]) -> Vec<Column> {
        kinds.iter().map(|&(name, kind)| Column { name: name.into(), kind, about: format!("of {name}") }).collect()
    }

    #[test]
    fn a_cell_of_another_kind_is_refused_by_name() {
        let mut writer = Writer::new(Vec::new(), columns(&[("point", Kind::Unsigned)]), &[]).unwrap();
        writer.row([Cell::Unsigned(u64::MAX)]).unwrap();
        writer.row([]).unwrap();
        let refused = writer.row([Cell::Text("12".into())]).unwrap_err().to_string();
        assert_eq!(refused, "column point cannot hold Text(\"12\")");
        assert!(writer.finish().unwrap().starts_with(b"PAR1"));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let kinds = [
            ("text", Kind::Text),
            ("texts", Kind::Texts),
            ("unsigned", Kind::Unsigned),
            ("integer", Kind::Integer),
            ("number", Kind::Number),
            ("boolean", Kind::Boolean),
            ("day", Kind::Day),
        ];
        let notes = [("bilan".to_owned(), "invented".to_owned())];
        let mut writer = Writer::new(Vec::new(), columns(&kinds), &notes).unwrap();
        writer
            .row([
                Cell::Text("tué".into()),
                Cell::Texts(vec!["a".into(), String::new()]),
                Cell::Unsigned(u64::MAX),
                Cell::Integer(-3),
                Cell::Number(0.5),
                Cell::Boolean(true),
                Cell::Day(19_000),
            ])
            .unwrap();
        writer.row([Cell::Null, Cell::Texts(vec![])]).unwrap();
        // More than one group.
        (0..AT_ONCE).for_each(|_| writer.row([]).unwrap());
        let file = SerializedFileReader::new(bytes::Bytes::from(writer.finish().unwrap())).unwrap();
        let rows: Vec<String> = file.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect();
        assert_eq!(rows.len(), AT_ONCE + 2);
        assert_eq!(
            rows[0],
            "{text: \"tué\", texts: [\"a\", \"\"], unsigned: 18446744073709551615, integer: -3, number: 0.5, boolean: \
             true, day: 2022-01-08}"
        );
        let empty = "unsigned: null, integer: null, number: null, boolean: null, day: null}";
        assert_eq!(rows[1], format!("{{text: null, texts: [], {empty}"));
        assert_eq!(rows[AT_ONCE + 1], format!("{{text: null, texts: null, {empty}"));
        let notes = file.metadata().file_metadata().key_value_metadata().unwrap();
        let value = |key: &str| notes.iter().find(|note| note.key == key).and_then(|note| note.value.as_deref());
        assert_eq!((value("bilan"), value("description.day")), (Some("invented"), Some("of day")));
    }
}
