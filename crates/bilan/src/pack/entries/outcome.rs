//! Entries of `outcome.toml`: what happened, and by which arcs its word holds figures and sides.
//!
//! In: tables of TOML. Out: [`Outcome`]s.
//!
//! "perdre" and "détruire" differ in one word: the subject of the one is the side, of the other the agent.

use super::{Example, Words};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Id of an outcome: one, or one for people and one for materiel.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
#[allow(missing_docs, reason = "the sentence above names both")]
pub enum OutcomeId {
    One(String),
    Both { people: String, materiel: String },
}

/// The closed set of arcs between a word and a noun group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Arc {
    /// "12 soldats tués"
    Attribute,
    /// "12 soldats ont été tués"
    Patient,
    /// "12 soldats sont morts", "la Russie a perdu"
    Subject,
    /// "a perdu 12 chars"
    Object,
    /// "la mort de 12 soldats"
    Complement,
    /// "les pertes s'élèvent à 12"
    Measure,
    /// "chars - 12"
    Item,
    /// "le même nombre de"
    Equal,
}

impl Arc {
    /// How a derivation names it.
    pub fn rule(self) -> &'static str {
        match self {
            Arc::Attribute => "arc-attribute",
            Arc::Patient => "arc-patient",
            Arc::Subject => "arc-subject",
            Arc::Object => "arc-object",
            Arc::Complement => "arc-complement",
            Arc::Measure => "arc-measure",
            Arc::Item => "arc-item",
            Arc::Equal => "arc-equal",
        }
    }
}

/// What stands at an arc.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// What is counted.
    Figures,
    /// Whose they are.
    Side,
    /// Who did it: the side is another.
    Agent,
    /// The side only if the group says "ses", "leurs".
    Owner,
}

/// A word that says what happened.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Key of `[outcome]` in kinds.toml.
    pub id: OutcomeId,
    /// Headwords.
    pub word: Words,
    /// Name in inflection.toml.
    pub paradigm: Option<String>,
    /// Mostly the word says something else: it counts only what nothing else tells.
    #[serde(default)]
    pub weak: bool,
    /// Arc to role.
    pub arcs: BTreeMap<Arc, Role>,
    /// Counted ids or kinds that it can happen to; empty: all that its ids allow.
    #[serde(default)]
    pub takes: Vec<String>,
    /// Only nouns of these kins: "engager" takes those who are sent ("pompiers"), not those who are hired.
    #[serde(default)]
    pub kin: Vec<String>,
    /// No nouns of these kins: who is wanted ("suspects") is not missed.
    #[serde(default)]
    pub spares: Vec<String>,
    /// Set when the word itself names who is counted: "12 morts".
    pub thing: Option<String>,
    /// Those whom the noun names may be alive or at home again ("victimes"): what their verb tells goes first.
    #[serde(default)]
    pub unsure: bool,
    /// An act that one suffers ("interpellations"): it takes no noun from the list on its left.
    #[serde(default)]
    pub act: bool,
    /// Another outcome when a neighbour of the same list has this one.
    #[serde(default)]
    pub turn: Vec<Turn>,
    /// Outcome of those to whom it did not happen: "n'ont pas survécu".
    pub negated: Option<String>,
    /// An army that tells it, with no doer named, tells it of its enemy: "12 drones ont été abattus".
    #[serde(default)]
    pub enemy: bool,
    /// Those who suffer it are held, so that the place is not where they were taken.
    #[serde(default)]
    pub held: bool,
    /// Those to whom it happens have gone abroad: a country behind it is where they are now.
    #[serde(default)]
    pub away: bool,
    /// Scope when nothing else tells.
    pub scope: Option<String>,
    /// Only these traits of a form count, as "part".
    pub only: Option<String>,
    #[serde(default, skip_serializing)]
    pub(super) yes: Vec<Example>,
    #[serde(default, skip_serializing)]
    pub(super) no: Vec<String>,
}

/// Another outcome beside a neighbour, or for a thing.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// Outcome id.
    pub to: String,
    /// Outcome id of the neighbour.
    pub beside: Option<String>,
    /// Outcome id of a part of it that another word tells: "30 victimes, dont 12 morts".
    pub part: Option<String>,
    /// Counted ids, as "missile".
    #[serde(default)]
    pub of: Vec<String>,
    /// Only where a verb of the same clause hands over: "a rendu 64 dépouilles".
    #[serde(default)]
    pub handed: bool,
    /// Only from this many on: so many are not hurt one by one, but live where it happened.
    pub least: Option<u64>,
}
