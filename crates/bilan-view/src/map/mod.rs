//! Reads how the columns of a table stand to the fields of a claim.
//!
//! In: `exports/<name>.toml`. Out: a [`Map`], or the first thing wrong with its file and place.
//!
//! One list of columns serves both ways: a claim becomes a row of the table, and a row of the table a claim. What cannot
//! be turned back (days since a day, a class of many) is only written.

mod columns;
mod load;
mod table;

pub use columns::{Column, Kind, Words};
pub use load::{Class, Classes, Form, Map, MapError, Maps, Unit};
pub use table::{Measure, Party, Table};
