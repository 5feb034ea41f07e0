//! Entries of `counted.toml` and `names.toml`: who or what, and names of parties and places.
//!
//! In: tables of TOML. Out: [`Counted`], [`Name`]s.
//!
//! A country's adjective and its capital stand for it each in its own way: [`How`].

use super::super::tags::Tags;
use super::{Example, Words};
use serde::Deserialize;

/// A word for who or what is counted.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// Key of `[counted]` in kinds.toml.
    pub id: String,
    /// Headwords.
    pub word: Words,
    /// Name in inflection.toml.
    pub paradigm: Option<String>,
    /// `enemy` or `own` of the speaker, or `-`.
    pub side: Option<String>,
    /// A word of the pack for nouns that some outcomes take and others do not, as "rescuer".
    pub kin: Option<String>,
    /// The word alone gives an outcome when the figure has no other: "12 otages".
    pub outcome: Option<String>,
    /// Only with a more telling word beside it ("hommes" are soldiers only when lost).
    #[serde(default)]
    pub weak: bool,
    /// Soldiers only in a text about a war of two states ("marins"), elsewhere people.
    #[serde(default)]
    pub war: bool,
    /// They have left their country: the place is where they are, not whose they are ("réfugiés").
    #[serde(default)]
    pub away: bool,
    /// Those of a place: behind its name they tell how large it is ("une ville de 61 000 habitants").
    #[serde(default)]
    pub dwells: bool,
    /// They may be at home again ("réfugiés"): what their verb tells goes first.
    #[serde(default)]
    pub unsure: bool,
    /// In a text about a mine those who work there ("mineurs").
    #[serde(default)]
    pub mine: bool,
    /// Only in a text that names an illness, and of no other thing ("cas").
    #[serde(default)]
    pub ill: bool,
    #[serde(default)]
    pub(super) yes: Vec<Example>,
    #[serde(default)]
    pub(super) no: Vec<String>,
}

/// How a name points at its party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The country's own name.
    Country,
    /// A word that stands for it: its capital, its palace.
    Metonym,
    /// The adjective, or the people, of a country.
    Adjective,
    /// The party's own name.
    Party,
    /// An office, whose country other words may tell.
    Office,
    /// Somebody who speaks for a party.
    Person,
    /// An event, which is no party.
    Event,
    /// A place, which tells a country at most.
    Place,
}

/// A name of a party, an event or a place.
#[derive(Debug, Clone)]
pub struct Name {
    /// Party id, office leaf, person key, event id, or `UA/Kharkiv`.
    pub id: String,
    /// How it points.
    pub how: How,
    /// Gender and number of the name.
    pub tags: Tags,
    /// An office that is bound to a place: governor, mayor.
    pub local: bool,
    /// A place whose country nobody may infer.
    pub disputed: bool,
}
