//! Tells which claims are the same statement, which differ, and what is the latest known.
//!
//! In: [`Appearance`]s in any order. Out: lines, statements, series, relations, comparisons.

mod appearance;

pub use appearance::Appearance;
