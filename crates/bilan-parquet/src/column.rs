//! Holds the cells of a column until their group is written.
//!
//! In: cells of one kind. Out: the column's place in the schema; its values with their levels.
//!
//! Level 0 is a cell with nothing in it. Of a list 1 is the empty one and 2 a member, and what repeats is a member behind
//! the first.

use crate::{Cell, Kind};
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::Result;
use parquet::file::writer::SerializedColumnWriter;
use parquet::schema::types::Type;
use std::sync::Arc;

/// A column of the schema. Every cell may be empty.
pub fn schema(name: &str, kind: Kind) -> Result<Type> {
    let leaf = |name, repetition, physical, logical| {
        let leaf = Type::primitive_type_builder(name, physical).with_repetition(repetition);
        leaf.with_logical_type(logical).build()
    };
    let of = |physical, logical| leaf(name, Repetition::OPTIONAL, physical, logical);
    match kind {
        Kind::Text => of(Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Unsigned => of(Physical::INT64, Some(LogicalType::integer(64, false))),
        Kind::Integer => of(Physical::INT64, None),
        Kind::Number => of(Physical::DOUBLE, None),
        Kind::Boolean => of(Physical::BOOLEAN, None),
        Kind::Day => of(Physical::INT32, Some(LogicalType::Date)),
        Kind::Texts => {
            let member = leaf("element", Repetition::REQUIRED, Physical::BYTE_ARRAY, Some(LogicalType::String))?;
            let list = Type::group_type_builder("list").with_repetition(Repetition::REPEATED);
            let list = list.with_fields(vec![Arc::new(member)]).build()?;
            let all = Type::group_type_builder(name).with_repetition(Repetition::OPTIONAL);
            all.with_logical_type(Some(LogicalType::List)).with_fields(vec![Arc::new(list)]).build()
        }
    }
}

/// The cells of a column.
pub enum Held {
    Text(Values<ByteArrayType>),
    Texts(Values<ByteArrayType>, Vec<i16>),
    Unsigned(Values<Int64Type>),
    Integer(Values<Int64Type>),
    Number(Values<DoubleType>),
    Boolean(Values<BoolType>),
    Day(Values<Int32Type>),
}

/// What stands in them, and for each place whether anything does.
pub struct Values<D: DataType> {
    values: Vec<D::T>,
    levels: Vec<i16>,
}

impl<D: DataType> Values<D> {
    const NONE: Values<D> = Values { values: vec![], levels: vec![] };

    fn take(&mut self, value: Option<D::T>) {
        self.levels.push(value.is_some().into());
        self.values.extend(value);
    }

    /// Writes all of it, and is empty again.
    fn write(&mut self, to: &mut SerializedColumnWriter<'_>, repeats: Option<&mut Vec<i16>>) -> Result<()> {
        to.typed::<D>().write_batch(&self.values, Some(&self.levels), repeats.as_ref().map(|repeats| &repeats[..]))?;
        self.values.clear();
        self.levels.clear();
        repeats.into_iter().for_each(Vec::clear);
        Ok(())
    }
}

impl Held {
    /// No cells yet.
    pub fn new(kind: Kind) -> Held {
        match kind {
            Kind::Text => Held::Text(Values::NONE),
            Kind::Texts => Held::Texts(Values::NONE, vec![]),
            Kind::Unsigned => Held::Unsigned(Values::NONE),
            Kind::Integer => Held::Integer(Values::NONE),
            Kind::Number => Held::Number(Values::NONE),
            Kind::Boolean => Held::Boolean(Values::NONE),
            Kind::Day => Held::Day(Values::NONE),
        }
    }

    /// Gives a cell back that does not fit.
    pub fn take(&mut self, cell: Cell) -> std::result::Result<(), Cell> {
        match (self, cell) {
            (Held::Text(held), Cell::Null) => held.take(None),
            (Held::Text(held), Cell::Text(words)) => held.take(Some(words.into_bytes().into())),
            (Held::Texts(held, repeats), Cell::Null) => {
                held.levels.push(0);
                repeats.push(0);
            }
            (Held::Texts(held, repeats), Cell::Texts(all)) => {
                let places = all.len().max(1);
                held.levels.extend(std::iter::repeat_n(if all.is_empty() { 1 } else { 2 }, places));
                repeats.extend((0..places).map(|place| i16::from(place > 0)));
                held.values.extend(all.into_iter().map(|words| ByteArray::from(words.into_bytes())));
            }
            (Held::Unsigned(held), Cell::Null) => held.take(None),
            // The same 64 bits: the schema says that they are unsigned.
            (Held::Unsigned(held), Cell::Unsigned(n)) => held.take(Some(n.cast_signed())),
            (Held::Integer(held), Cell::Null) => held.take(None),
            (Held::Integer(held), Cell::Integer(n)) => held.take(Some(n)),
            (Held::Number(held), Cell::Null) => held.take(None),
            (Held::Number(held), Cell::Number(n)) => held.take(Some(n)),
            (Held::Boolean(held), Cell::Null) => held.take(None),
            (Held::Boolean(held), Cell::Boolean(yes)) => held.take(Some(yes)),
            (Held::Day(held), Cell::Null) => held.take(None),
            (Held::Day(held), Cell::Day(day)) => held.take(Some(day)),
            (_, cell) => return Err(cell),
        }
        Ok(())
    }

    /// Writes the cells, and holds none.
    pub fn write(&mut self, to: &mut SerializedColumnWriter<'_>) -> Result<()> {
        match self {
            Held::Text(held) => held.write(to, None),
            Held::Texts(held, repeats) => held.write(to, Some(repeats)),
            Held::Unsigned(held) | Held::Integer(held) => held.write(to, None),
            Held::Number(held) => held.write(to, None),
            Held::Boolean(held) => held.write(to, None),
            Held::Day(held) => held.write(to, None),
        }
    }
}
