//! Entries of `figure.toml`: number words, hedges and units.
//!
//! In: tables of TOML. Out: [`Number`]s, [`Hedge`]s, [`Unit`]s, the reasons of refusal.
//!
//! A unit before its figure ("boulevard 12") refuses as well as one behind it.

use super::Words;
use crate::claim::Bound;
use serde::Deserialize;

/// A word of a number.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// What it does to the accumulator.
    pub class: NumberClass,
    /// Headwords.
    pub word: Words,
    /// Name in inflection.toml.
    pub paradigm: Option<String>,
    /// What it adds or multiplies by.
    #[serde(default)]
    pub value: u64,
    /// The greatest number that may follow and be added: 9 after "vingt", 19 after "soixante".
    #[serde(default)]
    pub takes: u64,
    /// A joining word may stand before it: "vingt et un".
    #[serde(default)]
    pub joined: bool,
    /// The greatest number that may stand before it and a joining word, and be added: "five and twenty".
    #[serde(default)]
    pub over: u64,
    /// Only right after digits, without a blank: "10k".
    #[serde(default)]
    pub glued: bool,
}

/// What a word of a number does to the accumulator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberClass {
    /// Adds: "vingt".
    Cardinal,
    /// "un", "une": a number only when something happens to it.
    One,
    /// Multiplies what stands before it: "cent", "mille".
    Scale,
    /// Multiplies, and takes "de" before its noun: "million".
    NounScale,
    /// About so many: "une centaine", "des centaines".
    Collective,
    /// Half of what follows: "demi".
    Half,
    /// Half more: "et demi".
    AndHalf,
    /// Joins parts: "soixante et onze".
    Join,
    /// Makes a collective vague: "plusieurs", "des".
    Several,
    /// Divides what stands before it: "deux tiers".
    Fraction,
    /// Stands for the mark before decimals: "deux virgule cinq".
    Point,
    /// Makes what follows negative.
    Negative,
}

/// A word that opens or blurs a figure.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hedge {
    /// What it does.
    pub class: HedgeClass,
    /// Headwords.
    pub word: Words,
    /// Name in inflection.toml.
    pub paradigm: Option<String>,
    /// `before` the figure; `after` it ("ou plus"); `both`.
    #[serde(default)]
    pub place: HedgePlace,
}

/// Where a hedge stands: `after` the figure and a joining word ("ou plus"), on `both` sides without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the sentence above tells each")]
pub enum HedgePlace {
    #[default]
    Before,
    After,
    Both,
}

/// What a hedge does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "packs/README.md says of each what its words do")]
pub enum HedgeClass {
    About,
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
    /// No change: "exactement", "seulement".
    Exact,
    /// First word of a range: "entre", "de".
    Between,
    /// Between the ends of a range: "et", "à", "ou".
    RangeAnd,
    RangeTo,
    RangeOr,
    /// Before two figures that are no range: "passé de 12 à 20".
    Change,
}

impl HedgeClass {
    /// The bound it sets.
    pub fn bound(self) -> Bound {
        match self {
            HedgeClass::AtLeast => Bound::AtLeast,
            HedgeClass::MoreThan => Bound::MoreThan,
            HedgeClass::AtMost => Bound::AtMost,
            HedgeClass::LessThan => Bound::LessThan,
            _ => Bound::Bare,
        }
    }
}

/// A word that makes the figure beside it no count of things.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Key of `[refused]` in kinds.toml.
    pub reason: Reason,
    /// Headwords.
    pub word: Words,
    /// Name in inflection.toml.
    pub paradigm: Option<String>,
    /// `after` the figure ("ans"), `before` it ("vol"), `glued` after it ("e", "er").
    #[serde(default)]
    pub place: UnitPlace,
}

/// A key of `[refused]` in kinds.toml.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason(&'static str);

impl Reason {
    /// Every key, in the order of kinds.toml; a test holds the two together.
    pub const ALL: &'static [&'static str] = &[
        "year",
        "date",
        "clock",
        "age",
        "duration",
        "money",
        "percent",
        "share",
        "distance",
        "temperature",
        "magnitude",
        "speed",
        "phone",
        "rank",
        "unit_name",
        "model_name",
        "score",
        "wreck",
        "negative",
        "decimal",
        "article",
        "subject",
        "no_outcome",
        "unreal",
        "forecast",
        "boilerplate",
        "weak",
    ];

    /// The key.
    pub fn key(self) -> &'static str {
        self.0
    }
}

impl<'de> Deserialize<'de> for Reason {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Reason, D::Error> {
        let text = String::deserialize(from)?;
        let found = Reason::ALL.iter().find(|key| **key == text).copied();
        let wrong = || format!("`{text}` is no reason, expected a key of `[refused]` in kinds.toml");
        found.map(Reason).ok_or_else(|| serde::de::Error::custom(wrong()))
    }
}

/// Where a unit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names tell it: after, before or glued to the figure")]
pub enum UnitPlace {
    #[default]
    After,
    Before,
    Glued,
}
