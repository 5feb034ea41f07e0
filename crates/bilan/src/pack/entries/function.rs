//! Entries of `clause.toml`: small words that tell how a sentence is built.
//!
//! In: tables of TOML. Out: [`Function`]s.
//!
//! "dont" opens a part of a whole: each such service is a [`Class`].

use super::{Example, Words};
use serde::Deserialize;

/// A word that builds sentences.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Function {
    /// What it does.
    pub class: Class,
    /// Headwords.
    pub word: Words,
    /// Name in inflection.toml.
    pub paradigm: Option<String>,
    /// Gender and number, as "m sg".
    pub tags: Option<String>,
    #[serde(default)]
    pub(super) yes: Vec<Example>,
    #[serde(default)]
    pub(super) no: Vec<String>,
}

/// What a word that builds sentences does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "packs/README.md says of each what its words do")]
pub enum Class {
    Of,
    In,
    To,
    By,
    From,
    And,
    Or,
    That,
    Relative,
    Subset,
    Among,
    While,
    Determiner,
    Possessive,
    Pronoun,
    Be,
    Have,
    Not,
    None,
    Other,
    More,
    Each,
    BothSides,
    Region,
    Disaster,
    Enemy,
    Own,
    Ranks,
    SideOf,
    Carrier,
    Cause,
    Measure,
    Count,
    Equal,
    Some,
    Unreal,
    If,
    Forecast,
    Modal,
    Rate,
    Previous,
    Adverb,
    Verb,
    InsteadOf,
    OutOf,
    Scene,
    Lasting,
    Crossing,
    Worldwide,
    Countries,
    Mine,
    Illness,
    Play,
    Creature,
    Likewise,
    Thereof,
    Adds,
    HandsOver,
    TakesBack,
    Seat,
    Stop,
    /// What only the living and the returned do: "ont porté plainte", "sont rentrés".
    Undoes,
    /// "avec", behind a country that a figure is told of.
    With,
    /// Where the dead and the wounded are brought.
    Infirmary,
}
