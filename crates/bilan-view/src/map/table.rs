//! Says how a table that others keep is read as claims.
//!
//! In: the part `[table]` of a map. Out: a [`Table`].
//!
//! A tally has one row a day and one column a class: each cell is a figure, and what the row does not say (whose tanks,
//! who counts them, since when) is the same for the whole table.

use super::Words;
use bilan::claim::{Date, Value};
use bilan::history::Kinds;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How a table is read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Columns that a table must have to be one of these.
    pub must: Words,
    /// The column of the day.
    pub day: String,
    /// What every claim of it has, by field.
    #[serde(default)]
    pub set: BTreeMap<String, String>,
    /// No row is older: the day on which what is counted began.
    pub since: Option<Date>,
    /// A column that counts days, and the day on which it is 0: a row whose two days differ is impossible.
    pub count: Option<(String, Date)>,
    /// The column of the hedge, by the name of the measure's column with this after it.
    pub hedge_suffix: Option<String>,
    /// Words of hedges, and how a value is written with them: `about = "~"`.
    #[serde(default)]
    pub hedges: BTreeMap<String, String>,
    /// Columns of figures: one claim a cell.
    #[serde(default)]
    pub measure: Vec<Measure>,
    /// Columns whose words choose fields: column, word, fields.
    #[serde(default)]
    pub words: BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>>,
    /// The column that names who says so.
    pub source: Option<String>,
    /// Who each name is.
    #[serde(default)]
    pub party: BTreeMap<String, Party>,
    /// A decimal is read as about the nearest whole number; else its row is broken.
    #[serde(default)]
    pub decimals: bool,
    /// A column whose words `low` and `high` make two rows one figure: the column, the word of the low end, of the high.
    pub ends: Option<(String, String, String)>,
    /// Columns that are known and hold no figure.
    #[serde(default)]
    pub pass: Words,
}

/// A column of figures.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Its heading.
    pub name: String,
    /// What it counts, by field of a claim.
    #[serde(default)]
    pub set: BTreeMap<String, String>,
}

/// Who a name of a table is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// The party that gave the figure; empty for voices that are no one party.
    #[serde(default)]
    pub claimant: String,
    /// Who carried it.
    #[serde(default)]
    pub via: Words,
}

/// Fields of a claim that a table may set.
pub const SET: [&str; 13] = [
    "outcome", "counted", "side", "claimant", "citing", "via", "stated", "from", "to", "scope", "place", "said",
    "value",
];

impl Table {
    /// Every column that it knows.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        let named = [Some(&self.day), self.source.as_ref(), self.count.as_ref().map(|(name, _)| name)];
        let ends = self.ends.as_ref().map(|(name, ..)| name);
        let all =
            named.into_iter().flatten().chain(ends).chain(&self.must.0).chain(&self.pass.0).chain(self.words.keys());
        all.chain(self.measure.iter().map(|measure| &measure.name)).map(String::as_str)
    }

    /// The first word of it that is none of the codebook's.
    pub fn check(&self) -> Result<(), String> {
        let kinds = Kinds::embedded().map_err(|error| error.to_string())?;
        let sets = std::iter::once(&self.set)
            .chain(self.measure.iter().map(|measure| &measure.set))
            .chain(self.words.values().flat_map(BTreeMap::values));
        for (field, word) in sets.flatten() {
            let known = match field.as_str() {
                "outcome" => kinds.outcomes().contains(&word.as_str()),
                "counted" => kinds.classes().contains(&word.as_str()),
                "stated" | "from" | "to" => word.parse::<Date>().is_ok(),
                field => SET.contains(&field),
            };
            if !known {
                return Err(format!("[table]: {field} = \"{word}\" is no field of a claim, or no word of it"));
            }
        }
        if let Some(wrong) = self.hedges.values().find(|hedge| format!("{hedge}1").parse::<Value>().is_err()) {
            return Err(format!("[table]: hedge \"{wrong}\" is none; expected ~, >, >=, <, <= or >~"));
        }
        match self.measure.is_empty() {
            true => Err("[table]: it names no [[table.measure]]".to_owned()),
            false => Ok(()),
        }
    }
}
