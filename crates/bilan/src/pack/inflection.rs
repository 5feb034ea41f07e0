//! Makes the forms of a word from its paradigm.
//!
//! In: `word = "détruire"`, `paradigm = "-uire"`. Out: every form with its traits.
//!
//! "véhicule blindé" bends both its words, in step: `paradigm = "-s -s"` gives no "véhicules blindé".

use super::tags::Tags;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// Paradigms by name.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inflection {
    /// As `-er`.
    #[serde(default)]
    pub paradigm: BTreeMap<String, Paradigm>,
}

/// How a word bends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paradigm {
    /// Ending of the headword, cut before the others are put on.
    pub ending: String,
    /// Ending to traits.
    #[serde(deserialize_with = "traits")]
    pub forms: Vec<(String, Tags)>,
}

fn traits<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<(String, Tags)>, D::Error> {
    let forms = BTreeMap::<String, String>::deserialize(from)?.into_iter();
    let wrong = |word| D::Error::custom(format!("`{word}` is no trait"));
    forms.map(|(ending, tags)| Ok((ending, Tags::parse(&tags).map_err(wrong)?))).collect()
}

impl Inflection {
    /// Every form of a headword. The error says what is wrong.
    pub fn forms(&self, word: &str, paradigm: &str) -> Result<Vec<(String, Tags)>, String> {
        let mut forms = vec![];
        let mut names = paradigm.split_whitespace();
        for (at, part) in word.split(' ').enumerate() {
            let bent = match names.next().filter(|&name| name != "=") {
                None => vec![(part.to_owned(), Tags::NONE)],
                Some(name) => self.bend(part, name)?,
            };
            forms = if at == 0 { bent } else { in_step(&forms, &bent) };
        }
        Ok(forms)
    }

    fn bend(&self, word: &str, name: &str) -> Result<Vec<(String, Tags)>, String> {
        let paradigm = self.paradigm.get(name).ok_or_else(|| format!("no paradigm `{name}` in inflection.toml"))?;
        let stem = word
            .strip_suffix(&paradigm.ending)
            .ok_or_else(|| format!("`{word}` does not end in `{}`, as paradigm `{name}` needs", paradigm.ending))?;
        Ok(paradigm.forms.iter().map(|(ending, tags)| ([stem, ending].concat(), *tags)).collect())
    }
}

/// The forms of two words side by side, where they agree.
fn in_step(heads: &[(String, Tags)], bent: &[(String, Tags)]) -> Vec<(String, Tags)> {
    let pairs = heads.iter().flat_map(|(head, tags)| {
        let fitting = bent.iter().filter(move |(_, more)| tags.agrees(*more));
        // The head word's traits lead; what follows only has to agree.
        fitting.map(move |(form, more)| ([head, " ", form].concat(), if *tags == Tags::NONE { *more } else { *tags }))
    });
    pairs.collect()
}
