//! Tells on which line of a file each of its tables begins.
//!
//! In: TOML. Out: for each array of tables, by its name, the lines of its headers.
//!
//! A claim names the line of the entry that it rests on, also where the entry was read from JSON. The build reads the
//! packs with this file too, so it knows nothing of the rest of the crate.

use std::collections::BTreeMap;

/// The lines that the tables of a file begin on, and the tables.
pub type Placed<T> = (Lines, T);

/// Lines from 1, by the name of the array and in order.
pub type Lines = BTreeMap<String, Vec<usize>>;

/// The lines of all headers such as `[[outcome]]`.
pub fn lines(toml: &str) -> Lines {
    let mut lines = Lines::new();
    for (at, line) in toml.lines().enumerate() {
        let name = line.trim_start().strip_prefix("[[").and_then(|rest| rest.split_once("]]"));
        if let Some((name, _)) = name {
            lines.entry(name.trim().to_owned()).or_default().push(at + 1);
        }
    }
    lines
}
