//! Knows the closed words of a claim, how they nest, and what each implies.
//!
//! In: `packs/kinds.toml`. Out: [`Kinds`], asked by name.
//!
//! "pertes" may mean the dead, or the dead and wounded together: `losses` is wider than `killed`, and may be *read as*
//! `killed` only when somebody says so by a setting.

use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Facts by name: asked many times for each figure.
pub type Table<T> = FxHashMap<String, T>;

/// The closed words of a claim; each field is the table of its name.
#[derive(Clone, Debug, Default, Deserialize)]
#[allow(missing_docs, reason = "each field is the table of its name")]
pub struct Kinds {
    pub outcome: Table<Outcome>,
    pub counted: Table<Counted>,
    #[serde(default)]
    pub join: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub party: Table<PartyKind>,
    #[serde(default)]
    pub scope: BTreeMap<String, String>,
    #[serde(default)]
    pub said: BTreeMap<String, String>,
    #[serde(default)]
    pub contested: BTreeMap<String, String>,
    #[serde(default)]
    pub refused: BTreeMap<String, String>,
    /// The parties that are armed groups; of `packs/parties.toml`.
    #[serde(skip)]
    pub armed: BTreeSet<String>,
}

/// To what a word of harm or strength belongs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// People.
    #[default]
    People,
    /// Things.
    Materiel,
    /// Either.
    Both,
}

/// What happened.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Outcome {
    /// What can suffer it.
    pub of: Measure,
    /// Wider outcomes that hold it.
    pub within: Vec<String>,
    /// Outcomes that somebody may choose to read it as.
    pub reads_as: Vec<String>,
    /// Only a body suffers it: a noun that no pack knows counts people.
    pub bodily: bool,
    /// Nothing else can happen to those who suffered it.
    #[serde(default)]
    pub dead: bool,
    /// What comes after it tells more: what was launched may be shot down.
    #[serde(default)]
    pub passing: bool,
    /// A strength at a moment, unless words tell otherwise.
    pub standing: bool,
    /// A strength where a word says that it is still so: "sont toujours retenues".
    pub stays: bool,
    /// What happens next to those who suffered it tells more: "portés disparus … retrouvés vivants".
    pub yields: bool,
    /// An army that tells it of soldiers without a side tells it of its own.
    pub own: bool,
    /// What it becomes when those who suffered it are handed over.
    pub handed: Option<String>,
}

/// Who or what is counted.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// Its measure.
    #[serde(default)]
    pub of: Measure,
    /// The wider class that holds it.
    pub within: Option<String>,
    /// Two figures of it may be of the same things.
    #[serde(default = "yes")]
    pub series: bool,
    /// They are of a state, never of no country.
    #[serde(default)]
    pub serves: bool,
    /// A text that counts none but these counts them where it does not say whom.
    #[serde(default)]
    pub theme: bool,
    /// Where it is destroyed is the land that it was sent against, and not whose it is.
    #[serde(default)]
    pub sent: bool,
    /// Of one of them those beside take nothing: "un homme tué et cinq blessés".
    #[serde(default)]
    pub alone: bool,
    /// What it is by itself.
    #[serde(default)]
    pub is: Trait,
}

/// What a class of people or things tells by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Trait {
    /// Nothing.
    #[default]
    Plain,
    /// It is what a bare number counts.
    Bare,
    /// An army's people.
    Armed,
    /// People of no country.
    Stateless,
    /// Things that belong to the country where they stand.
    Placed,
}

/// What an institution is, as far as its figures go.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PartyKind {
    /// It has a people and a territory.
    pub country: bool,
    /// Its people or materiel can be counted.
    pub side: bool,
    /// It counts the people of its own country.
    pub own: bool,
    /// So it does where no states fight.
    pub governs: bool,
    /// What it says was shot down or eliminated is its enemy's.
    pub fights: bool,
    /// It passes on what others say.
    pub carries: bool,
    /// It does little else: its name alone makes it no claimant.
    pub wire: bool,
}

fn in_order<T>(table: &Table<T>) -> Vec<&str> {
    let mut names: Vec<&str> = table.keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

fn yes() -> bool {
    true
}

/// The table of kinds cannot be read.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{file}: {what}")]
pub struct KindsError {
    file: String,
    what: String,
}

impl Kinds {
    /// The kinds inside the program.
    pub fn embedded() -> Result<Kinds, KindsError> {
        let kinds = Kinds::parse("packs/kinds.toml", include_str!("../../../packs/kinds.toml"))?;
        let armed: &[&str] = &include!(concat!(env!("OUT_DIR"), "/armed.rs"));
        Ok(Kinds { armed: armed.iter().map(|&id| id.to_owned()).collect(), ..kinds })
    }

    /// The kinds of this text; `file` only names it in an error.
    pub fn parse(file: &str, text: &str) -> Result<Kinds, KindsError> {
        toml::from_str(text).map_err(|error| KindsError { file: file.into(), what: error.to_string() })
    }

    /// Every outcome.
    pub fn outcomes(&self) -> Vec<&str> {
        in_order(&self.outcome)
    }

    /// Every class of people or things.
    pub fn classes(&self) -> Vec<&str> {
        in_order(&self.counted)
    }

    /// Every scope.
    pub fn scopes(&self) -> Vec<&str> {
        self.scope.keys().map(String::as_str).collect()
    }

    /// Whether what is counted are people; `None` for an unknown id.
    pub fn is_people(&self, counted: &str) -> Option<bool> {
        self.counted.get(counted).map(|kind| kind.of == Measure::People)
    }

    /// Whether an outcome can happen to people, or to things.
    pub fn befalls(&self, outcome: &str, people: bool) -> bool {
        let measure = if people { Measure::People } else { Measure::Materiel };
        self.outcome.get(outcome).is_some_and(|kind| kind.of == Measure::Both || kind.of == measure)
    }

    /// What a class is by itself.
    pub fn is(&self, counted: &str, what: Trait) -> bool {
        self.counted.get(counted).is_some_and(|kind| kind.is == what)
    }

    /// Soldiers and what they fight with: the place does not tell whose they are.
    pub fn is_armed(&self, counted: &str) -> bool {
        self.is(counted, Trait::Armed) || self.is_people(counted) == Some(false)
    }

    /// People and things that are of the country where it happened to them, unless words say otherwise.
    pub fn is_placed(&self, counted: &str) -> bool {
        let kind = self.counted.get(counted);
        kind.is_some_and(|kind| match kind.is {
            Trait::Plain => kind.of == Measure::People,
            Trait::Bare | Trait::Placed => true,
            Trait::Armed | Trait::Stateless => false,
        })
    }

    /// What people are who stand somewhere as a strength.
    pub fn force(&self) -> Option<&str> {
        let standing = self.outcome.iter().filter(|(_, kind)| kind.standing && kind.of != Measure::Materiel);
        standing.map(|(id, _)| id.as_str()).min()
    }

    /// The people that are this: what a bare number counts, soldiers, people of no country.
    pub fn people(&self, what: Trait) -> Option<&str> {
        let people = self.counted.iter().filter(|(_, kind)| kind.of == Measure::People && kind.is == what);
        people.map(|(id, _)| id.as_str()).min()
    }

    /// Whether each one counted is several people: a household.
    pub fn is_group(&self, counted: &str) -> bool {
        let kind = self.counted.get(counted);
        kind.is_some_and(|kind| kind.of == Measure::People && kind.is == Trait::Plain && kind.within.is_none())
    }

    /// Whether it flies to the land of another: drones and missiles.
    pub fn is_sent(&self, counted: &str) -> bool {
        self.counted.get(counted).is_some_and(|kind| kind.sent)
    }

    /// Whether those counted serve a state.
    pub fn serves(&self, counted: &str) -> bool {
        self.counted.get(counted).is_some_and(|kind| kind.serves || kind.is == Trait::Armed)
    }

    /// Whether those who suffer an outcome are taken elsewhere: they can be handed over.
    pub fn is_taken(&self, outcome: &str) -> bool {
        self.outcome.get(outcome).is_some_and(|kind| kind.of == Measure::People && kind.handed.is_some())
    }

    /// What parties of this kind are; nothing special for an unknown one.
    pub fn party(&self, kind: &str) -> PartyKind {
        self.party.get(kind).copied().unwrap_or_default()
    }

    /// Whether a party is, or speaks with, an armed group of this country: one of the camps that fight in it.
    pub fn is_camp_of(&self, party: &str, country: &str) -> bool {
        let own = |id: &str| id.strip_prefix(country).is_some_and(|rest| rest.starts_with('/'));
        party.split('+').any(|id| own(id) && self.armed.contains(id))
    }

    /// Everything that is `narrow` is also `wide`: the killed are among the casualties.
    pub fn outcome_within(&self, narrow: &str, wide: &str) -> bool {
        self.outcome.get(narrow).is_some_and(|outcome| outcome.within.iter().any(|word| word == wide))
    }

    /// Every `narrow` is also a `wide`: a child is a person.
    pub fn counted_within(&self, narrow: &str, wide: &str) -> bool {
        let mut at = self.counted.get(narrow).and_then(|counted| counted.within.as_deref());
        // A ring in the table must not hang the reader: no chain is longer than the table.
        for _ in 0..self.counted.len() {
            match at {
                Some(word) if word == wide => return true,
                Some(word) => at = self.counted.get(word).and_then(|counted| counted.within.as_deref()),
                None => return false,
            }
        }
        false
    }

    /// Somebody may choose to read `outcome` as `other`.
    pub fn reads_as(&self, outcome: &str, other: &str) -> bool {
        self.outcome.get(outcome).is_some_and(|outcome| outcome.reads_as.iter().any(|word| word == other))
    }

    /// Two figures of this class may be of the same things. `other` gathers what has no class: never.
    pub fn forms_series(&self, counted: &str) -> bool {
        self.counted.get(counted).is_none_or(|counted| counted.series)
    }

    /// The one outcome that two said of one figure make.
    pub fn joined(&self, a: &str, b: &str) -> Option<&str> {
        if a == b {
            return self.outcome.get_key_value(a).map(|(key, _)| key.as_str());
        }
        let both = |parts: &Vec<String>| parts.iter().any(|part| part == a) && parts.iter().any(|part| part == b);
        self.join.iter().find(|(_, parts)| both(parts)).map(|(id, _)| id.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_nests() {
        let kinds = Kinds::embedded().unwrap();
        assert!(kinds.outcome_within("killed", "casualties") && !kinds.outcome_within("casualties", "killed"));
        assert!(kinds.counted_within("child", "person") && !kinds.counted_within("person", "child"));
        assert!(kinds.reads_as("losses", "killed") && !kinds.reads_as("killed", "losses"));
        assert!(kinds.forms_series("tank") && !kinds.forms_series("other"));
        assert_eq!(kinds.joined("wounded", "killed"), Some("casualties"));
    }

    #[test]
    fn an_armed_group_is_a_camp_of_its_own_country_only() {
        let kinds = Kinds::embedded().unwrap();
        assert!(kinds.is_camp_of("SD/rsf", "SD") && kinds.is_camp_of("SD/military+SD/rsf", "SD"));
        assert!(!kinds.is_camp_of("SD/military", "SD") && !kinds.is_camp_of("SD/rsf", "S"));
    }

    #[test]
    fn the_roles_that_the_reader_asks_for_are_there() {
        let kinds = Kinds::embedded().unwrap();
        assert_eq!(kinds.people(Trait::Bare), Some("person"));
        assert_eq!(kinds.people(Trait::Armed), Some("military"));
        assert_eq!(kinds.people(Trait::Stateless), Some("migrant"));
        assert!(kinds.party("media").carries && !kinds.party("unheard").carries);
    }

    #[test]
    fn a_ring_of_classes_ends() {
        let kinds = Kinds::parse("ring", "[outcome]\n[counted]\na = {within='b'}\nb = {within='a'}").unwrap();
        assert!(!kinds.counted_within("a", "c"));
    }
}
