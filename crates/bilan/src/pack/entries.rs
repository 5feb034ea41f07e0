//! What the files of a pack may hold.
//!
//! In: tables of TOML. Out: [`Entry`]s, each with the file and line it stands in, so that a claim can say what it rests on.
//!
//! An outcome entry does not say in which order words stand; it says which arc of the word holds the figures and whose
//! its other arcs are. "perdre" and "détruire" differ in one word: the subject of the one is the side, of the other the
//! agent.

use super::tags::Tags;
use crate::claim::{Bound, Date, Partial};
use serde::Deserialize;
use std::collections::BTreeMap;

/// One entry of a pack.
#[derive(Debug)]
pub struct Entry {
    /// As `fr/outcome#tuer`.
    pub id: String,
    /// As `packs/fr/outcome.toml:12`.
    pub at: String,
    /// What it says.
    pub data: Data,
    /// Sentences that must give claims, and sentences that must not.
    pub examples: Examples,
}

/// What an entry says.
#[derive(Debug)]
#[allow(missing_docs, reason = "each variant is the type that it holds")]
pub enum Data {
    Outcome(Outcome),
    Counted(Counted),
    Name(Name),
    Cue(Cue),
    Function(Function),
    Number(Number),
    Hedge(Hedge),
    Unit(Unit),
    Time(Time),
}

/// One word or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Words {
    /// `word = "tuer"`
    One(String),
    /// `word = ["tuer", "abattre"]`
    Many(Vec<String>),
}

impl Words {
    /// All of them.
    pub fn all(&self) -> &[String] {
        match self {
            Words::One(word) => std::slice::from_ref(word),
            Words::Many(words) => words,
        }
    }
}

/// Sentences beside an entry; all invented.
#[derive(Debug, Default, Clone)]
pub struct Examples {
    /// Sentence and its claims.
    pub yes: Vec<Example>,
    /// Sentences without a claim.
    pub no: Vec<String>,
}

/// A sentence or a short article with all its claims.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Invented.
    pub text: String,
    /// As `killed military RU 12`, with `by UA/mod` where the claimant is what the example is about.
    #[serde(default)]
    pub claims: Vec<String>,
    /// As `year 2031`.
    #[serde(default)]
    pub refused: Vec<String>,
    /// Publication date of the text.
    pub published: Option<String>,
    /// Why today's wrong answer is asserted.
    pub gap: Option<String>,
}

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
    /// Arc to role.
    pub arcs: BTreeMap<Arc, Role>,
    /// Counted ids or kinds that it can happen to; empty: all that its ids allow.
    #[serde(default)]
    pub takes: Vec<String>,
    /// Set when the word itself names who is counted: "12 morts".
    pub thing: Option<String>,
    /// Another outcome when a neighbour of the same list has this one.
    #[serde(default)]
    pub turn: Vec<Turn>,
    /// Scope when nothing else tells.
    pub scope: Option<String>,
    /// Only these traits of a form count, as "part".
    pub only: Option<String>,
    #[serde(default, skip_serializing)]
    yes: Vec<Example>,
    #[serde(default, skip_serializing)]
    no: Vec<String>,
}

/// Another outcome beside a neighbour, or for a thing.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// Outcome id.
    pub to: String,
    /// Outcome id of the neighbour.
    pub beside: Option<String>,
    /// Counted ids, as "missile".
    #[serde(default)]
    pub of: Vec<String>,
}

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
    /// The word alone gives an outcome when the figure has no other: "12 otages".
    pub outcome: Option<String>,
    /// Only with a more telling word beside it ("hommes" are soldiers only when lost).
    #[serde(default)]
    pub weak: bool,
    #[serde(default)]
    yes: Vec<Example>,
    #[serde(default)]
    no: Vec<String>,
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
    /// The speaker speaks of its own people: "a reconnu la mort de".
    #[serde(default)]
    pub own: bool,
    #[serde(default)]
    yes: Vec<Example>,
    #[serde(default)]
    no: Vec<String>,
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
    /// "citant X": what follows is the authority
    Citing,
    /// "cité par X", "a déclaré à X": what follows carries
    Carrier,
    /// "Rappelons": nobody speaks on
    Reset,
    /// "de son côté": the next speaker takes over
    Switch,
}

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
    yes: Vec<Example>,
    #[serde(default)]
    no: Vec<String>,
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
    Forecast,
    Modal,
    Rate,
    Previous,
    Adverb,
    Verb,
    InsteadOf,
    OutOf,
    Scene,
    Stop,
}

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

/// A word of a date.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Time {
    /// What it does.
    pub class: TimeClass,
    /// Headwords.
    pub word: Words,
    /// Name in inflection.toml.
    pub paradigm: Option<String>,
    /// Month 1-12, weekday 1-7 from Monday, hours of a unit, days back, an ordinal (-1: the last), or a third 1-3.
    #[serde(default)]
    pub value: i32,
    /// The days of a feast or a season, without year: `--12-25`, `--06-21/--09-22`.
    pub days: Option<Date>,
}

/// What a word of a date does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeClass {
    /// "mars"
    Month,
    /// "samedi"
    Weekday,
    /// "jour", "semaine": `value` hours; a month is 720, a year 8760
    Unit,
    /// "week-end": Saturday and Sunday of a week
    Weekend,
    /// "Noël", "été": `days`
    Days,
    /// "hier", "demain": `value` days back from publication
    Ago,
    /// "le lendemain": `value` days back from a day that the text tells
    Beside,
    /// "il y a" N unit
    AgoBefore,
    /// N unit "plus tôt", "auparavant"; alone before a date: N unit "avant" the 3rd
    AgoAfter,
    /// "dans" N unit
    AheadBefore,
    /// N unit "plus tard", "après"
    AheadAfter,
    /// "après" 2010
    After,
    /// 2010 "et après"
    Onward,
    /// "dernier", "passé": the last such date before publication
    Last,
    /// "prochain", "suivant": the first such date after publication
    Next,
    /// "ce", "cette", "en cours"
    This,
    /// "depuis"
    Since,
    /// "jusqu'au"
    Until,
    /// "avant le"
    Before,
    /// "au" 19 mars, "arrêté au"
    AsOf,
    /// "du" D1 "au" D2
    From,
    /// du D1 "au" D2
    To,
    /// "le"
    On,
    /// "le" 12: a day of a month that is not named
    OnDay,
    /// "en" 24 heures
    Within,
    /// "au cours des" dernières 24 heures
    During,
    /// "début", "mi", "fin": third 1, 2, 3 of what follows
    Part,
    /// "nuit"
    Night,
    /// "à ce jour", "jusqu'à présent"
    ToDate,
    /// "premier", "deuxième": `value`
    Ordinal,
    /// "années" 1990
    Decade,
    /// "l'année" 2008, "l'an" 2008
    Year,
    /// lundi "en huit": `value` days later
    Later,
    /// "le début de": opens what a stretch is counted from
    Start,
    /// Stands inside a date and adds nothing
    Filler,
}

macro_rules! entry {
    ($kind:ident, $($examples:tt)*) => {
        impl $kind {
            /// Takes the examples out of the entry.
            pub(super) fn examples(&mut self) -> Examples {
                entry!(@ self $($examples)*)
            }
        }
    };
    (@ $this:ident examples) => { Examples { yes: std::mem::take(&mut $this.yes), no: std::mem::take(&mut $this.no) } };
    (@ $this:ident none) => { Examples::default() };
}
entry!(Outcome, examples);
entry!(Counted, examples);
entry!(Cue, examples);
entry!(Function, examples);
entry!(Number, none);
entry!(Hedge, none);
entry!(Unit, none);
entry!(Time, none);

/// A party of `parties.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// As `UA/general-staff`.
    pub id: String,
    /// As `military`.
    pub kind: String,
    /// Domains and channels whose posts are its own.
    #[serde(default)]
    pub speaks_at: Vec<String>,
    /// An armed group that is no state.
    #[serde(default)]
    pub armed: bool,
    /// Side of its people when not its own root.
    pub side: Option<String>,
}

/// A person of `parties.toml` with dated roles.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// As `zelensky`.
    pub key: String,
    /// Offices held.
    pub roles: Vec<RoleHeld>,
    /// `m` or `f`.
    pub gender: Option<String>,
}

/// An office held from a day to a day.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleHeld {
    /// Party id.
    pub party: String,
    /// First day.
    #[serde(default, deserialize_with = "partial")]
    pub from: Option<Partial>,
    /// Last day.
    #[serde(default, deserialize_with = "partial")]
    pub to: Option<Partial>,
}

/// An event of `events.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// As `ukraine-2022`.
    pub id: String,
    /// As `war`.
    pub kind: String,
    /// First day.
    #[serde(default, deserialize_with = "partial")]
    pub from: Option<Partial>,
    /// Last day.
    #[serde(default, deserialize_with = "partial")]
    pub to: Option<Partial>,
    /// Roots of the parties that fight.
    #[serde(default)]
    pub sides: Vec<String>,
    /// Who invaded, when that is what everybody calls it.
    pub attacker: Option<String>,
    /// Countries it takes place in.
    #[serde(default)]
    pub places: Vec<String>,
}

fn partial<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Partial>, D::Error> {
    let text = Option::<String>::deserialize(from)?;
    text.map(|text| text.parse().map_err(serde::de::Error::custom)).transpose()
}
