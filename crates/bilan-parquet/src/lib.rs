//! Writes tables as Parquet.
//!
//! In: columns with their types, and cells row by row. Out: one Parquet file, compressed with zstd, nothing held but
//! one group of rows.
//!
//! A toll of 18,446,744,073,709,551,615 fits no signed column: whole numbers are unsigned where they can be no other.

use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder,
    UInt64Builder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
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
    /// What it means.
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
    /// The library refuses the columns.
    #[error("cannot write parquet: {0}")]
    Arrow(#[from] arrow_schema::ArrowError),
    /// A cell that its column does not hold.
    #[error("column {0} cannot hold {1:?}")]
    Misfit(String, Cell),
}

/// Rows held before they are written.
const AT_ONCE: usize = 10_000;

/// A Parquet file under way.
pub struct Writer<W: Write + Send> {
    columns: Vec<(Column, Builder)>,
    schema: Arc<Schema>,
    rows: usize,
    file: ArrowWriter<W>,
}

enum Builder {
    Text(StringBuilder),
    Texts(ListBuilder<StringBuilder>),
    Unsigned(UInt64Builder),
    Integer(Int64Builder),
    Number(Float64Builder),
    Boolean(BooleanBuilder),
    Day(Date32Builder),
}

impl<W: Write + Send> Writer<W> {
    /// Begins a file. `notes` are kept in its footer, as key and value.
    pub fn new(to: W, columns: Vec<Column>, notes: &[(String, String)]) -> Result<Writer<W>, ParquetError> {
        let fields = columns.iter().map(|column| {
            let about = [("description".to_owned(), column.about.clone())];
            Field::new(&column.name, column.kind.data_type(), true).with_metadata(about.into())
        });
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let notes = notes.iter().map(|(key, value)| KeyValue::new(key.clone(), value.clone())).collect();
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_key_value_metadata(Some(notes))
            .build();
        let file = ArrowWriter::try_new(to, schema.clone(), Some(properties))?;
        let columns = columns.into_iter().map(|column| (column.kind.builder(), column)).map(|(b, c)| (c, b));
        Ok(Writer { columns: columns.collect(), schema, rows: 0, file })
    }

    /// Takes one row: as many cells as there are columns; missing ones are null.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) -> Result<(), ParquetError> {
        let mut cells = cells.into_iter();
        for (column, builder) in &mut self.columns {
            let cell = cells.next().unwrap_or(Cell::Null);
            builder.take(cell).map_err(|cell| ParquetError::Misfit(column.name.clone(), cell))?;
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
            let arrays: Vec<ArrayRef> = self.columns.iter_mut().map(|(_, builder)| builder.finish()).collect();
            self.file.write(&RecordBatch::try_new(self.schema.clone(), arrays)?)?;
            self.rows = 0;
        }
        Ok(())
    }
}

impl Kind {
    fn data_type(self) -> DataType {
        match self {
            Kind::Text => DataType::Utf8,
            Kind::Texts => DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true))),
            Kind::Unsigned => DataType::UInt64,
            Kind::Integer => DataType::Int64,
            Kind::Number => DataType::Float64,
            Kind::Boolean => DataType::Boolean,
            Kind::Day => DataType::Date32,
        }
    }

    fn builder(self) -> Builder {
        match self {
            Kind::Text => Builder::Text(StringBuilder::new()),
            Kind::Texts => Builder::Texts(ListBuilder::new(StringBuilder::new())),
            Kind::Unsigned => Builder::Unsigned(UInt64Builder::new()),
            Kind::Integer => Builder::Integer(Int64Builder::new()),
            Kind::Number => Builder::Number(Float64Builder::new()),
            Kind::Boolean => Builder::Boolean(BooleanBuilder::new()),
            Kind::Day => Builder::Day(Date32Builder::new()),
        }
    }
}

impl Builder {
    /// Gives a cell back that does not fit.
    fn take(&mut self, cell: Cell) -> Result<(), Cell> {
        match (self, cell) {
            (Builder::Text(column), Cell::Null) => column.append_null(),
            (Builder::Text(column), Cell::Text(words)) => column.append_value(words),
            (Builder::Texts(column), Cell::Null) => column.append_null(),
            (Builder::Texts(column), Cell::Texts(all)) => column.append_value(all.into_iter().map(Some)),
            (Builder::Unsigned(column), Cell::Null) => column.append_null(),
            (Builder::Unsigned(column), Cell::Unsigned(n)) => column.append_value(n),
            (Builder::Integer(column), Cell::Null) => column.append_null(),
            (Builder::Integer(column), Cell::Integer(n)) => column.append_value(n),
            (Builder::Number(column), Cell::Null) => column.append_null(),
            (Builder::Number(column), Cell::Number(n)) => column.append_value(n),
            (Builder::Boolean(column), Cell::Null) => column.append_null(),
            (Builder::Boolean(column), Cell::Boolean(yes)) => column.append_value(yes),
            (Builder::Day(column), Cell::Null) => column.append_null(),
            (Builder::Day(column), Cell::Day(day)) => column.append_value(day),
            (_, cell) => return Err(cell),
        }
        Ok(())
    }

    fn finish(&mut self) -> ArrayRef {
        let column: &mut dyn ArrayBuilder = match self {
            Builder::Text(column) => column,
            Builder::Texts(column) => column,
            Builder::Unsigned(column) => column,
            Builder::Integer(column) => column,
            Builder::Number(column) => column,
            Builder::Boolean(column) => column,
            Builder::Day(column) => column,
        };
        column.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_another_kind_is_refused_by_name() {
        let column = Column { name: "point".into(), kind: Kind::Unsigned, about: String::new() };
        let mut writer = Writer::new(Vec::new(), vec![column], &[]).unwrap();
        writer.row([Cell::Unsigned(u64::MAX)]).unwrap();
        writer.row([]).unwrap();
        let refused = writer.row([Cell::Text("12".into())]).unwrap_err().to_string();
        assert_eq!(refused, "column point cannot hold Text(\"12\")");
        assert!(writer.finish().unwrap().starts_with(b"PAR1"));
    }
}
