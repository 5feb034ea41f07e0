//! Entries of `attribution.toml`: words that let somebody speak.
//!
//! In: tables of TOML. Out: [`Cue`]s.
//!
//! "citant" passes the word on, "selon" governs its whole sentence: a class each.

use super::{Example, Words};
use serde::Deserialize;

/// A word of saying.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cue {
    /// What it does.
    pub class: CueClass,
    /// Headwords.
    pub word: Words,
    /// Name in inflection.toml.
    pub paradigm: Option<String>,
    /// Key of `[said]` it gives to the claim.
    pub said: Option<String>,
    /// Key of `[contested]` it gives to the figure of another.
    pub contested: Option<String>,
    /// The party that bears such a name: `ngo`, `?/` of the country it names, or an institution of that country. Of a
    /// word that points back, which parties it may mean.
    pub party: Option<String>,
    /// The speaker speaks of its own people: "a reconnu la mort de".
    #[serde(default)]
    pub own: bool,
    /// May tell what the subject has, and is then no word of saying: "la mission compte 900 soldats".
    #[serde(default)]
    pub holds: bool,
    #[serde(default)]
    pub(super) yes: Vec<Example>,
    #[serde(default)]
    pub(super) no: Vec<String>,
}

/// What a word of saying does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CueClass {
    /// "X a déclaré que", "a ajouté X"
    Verb,
    /// "selon X"
    Preposition,
    /// "un bilan de X": what a source gives out
    Report,
    /// "la même source", "ce dernier": the speaker before
    Same,
    /// "C'est ce qu'a annoncé X": speaks for the sentence before
    Back,
    /// "des responsables", "une source": a source without a name
    Source,
    /// "le collectif X", "la Commission nationale de X": an institution under a name of its own
    Institution,
    /// "Pour X, ": at the head of a sentence whose view it is
    View,
    /// "citant X": what follows is the authority
    Citing,
    /// "cité par X", "a déclaré à X": what follows carries
    Carrier,
    /// "Rappelons": nobody speaks on
    Reset,
    /// "de son côté": the next speaker takes over
    Switch,
}
