//! Says what one column of a table holds.
//!
//! In: an entry `[[column]]` of a map. Out: a [`Column`], asked for the cell of a claim.

use bilan::claim::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A column of a table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its heading; in JSON-LD, dots lead into objects.
    pub name: String,
    /// The field of a claim; of several, the first that is not empty.
    #[serde(default)]
    pub of: Words,
    /// The same words in every row.
    pub value: Option<String>,
    /// What it holds.
    #[serde(default, rename = "type")]
    pub kind: Kind,
    /// What it means, for the reader of the table.
    #[serde(default)]
    pub about: String,
    /// It quotes documents, which nobody vouches for: a spreadsheet must not run it.
    #[serde(default)]
    pub quotes: bool,
    /// Words of a claim, and what the table calls them.
    #[serde(default)]
    pub map: BTreeMap<String, String>,
    /// Words that `map` lacks become nothing; else they stay.
    #[serde(default)]
    pub only: bool,
    /// A date as days since this one.
    pub days_since: Option<Date>,
    /// All fields of `of`, with this between them.
    pub join: Option<String>,
    /// Filled only where these fields hold one of these words; `*` is any.
    #[serde(default)]
    pub when: BTreeMap<String, Words>,
    /// The hashtag of the second row.
    #[serde(default)]
    pub tag: String,
    /// A row without it is left out, and counted.
    #[serde(default)]
    pub required: bool,
    /// For a list: what each member becomes.
    #[serde(default)]
    pub each: Vec<Column>,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Words.
    #[default]
    String,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Number,
    /// Yes or no.
    Boolean,
    /// A full day, as 2022-03-19.
    Date,
    /// Several words.
    List,
}

/// One word or several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "OneOrMore")]
pub struct Words(pub Vec<String>);

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl From<OneOrMore> for Words {
    fn from(words: OneOrMore) -> Words {
        Words(match words {
            OneOrMore::One(word) => vec![word],
            OneOrMore::More(words) => words,
        })
    }
}

impl Kind {
    /// As Frictionless names it.
    pub fn frictionless(self) -> &'static str {
        match self {
            Kind::String | Kind::List => "string",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Boolean => "boolean",
            Kind::Date => "date",
        }
    }
}
