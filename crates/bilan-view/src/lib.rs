//! Shows what was read: rows for programs, pages for people.
//!
//! In: readings, and a ledger that is only read. Out: JSON Lines, JSON, CSV; two pages on loopback.
//!
//! The only crate that knows a wire format: a field renamed elsewhere must fail a snapshot here, not a user's script.

pub mod row;

pub mod answer;

pub mod chart;

pub mod label;

mod printed;

pub mod map;

pub mod export;

pub mod import;

pub mod serve;
