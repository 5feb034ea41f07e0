//! Makes the forms of a word from its paradigm.
//!
//! In: `word = "détruire"`, `paradigm = "-uire"`. Out: every form with its traits.
//!
//! "véhicule blindé" bends both its words, in step: `paradigm = "-s -s"` gives no "véhicules blindé".

use super::tags::Tags;
use serde::Deserialize;
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
    pub forms: BTreeMap<String, String>,
}

impl Inflection {
    /// Every form of a headword. The error says what is wrong.
    pub fn forms(&self, word: &str, paradigm: Option<&str>) -> Result<Vec<(String, Tags)>, String> {
        let Some(paradigm) = paradigm else { return Ok(vec![(word.to_owned(), Tags::NONE)]) };
        let mut forms = vec![(String::new(), Tags::NONE)];
        let mut names = paradigm.split_whitespace();
        for part in word.split(' ') {
            let bent = match names.next().filter(|&name| name != "=") {
                None => vec![(part.to_owned(), Tags::NONE)],
                Some(name) => self.bend(part, name)?,
            };
            forms = forms
                .iter()
                .flat_map(|(head, tags)| {
                    let fitting = bent.iter().filter(move |(_, more)| tags.agrees(*more));
                    fitting.map(move |(form, more)| {
                        let blank = if head.is_empty() { "" } else { " " };
                        // The head word's traits lead; what follows only has to agree.
                        (format!("{head}{blank}{form}"), if *tags == Tags::NONE { *more } else { *tags })
                    })
                })
                .collect();
        }
        Ok(forms)
    }

    fn bend(&self, word: &str, name: &str) -> Result<Vec<(String, Tags)>, String> {
        let paradigm = self.paradigm.get(name).ok_or_else(|| format!("no paradigm `{name}` in inflection.toml"))?;
        let stem = word
            .strip_suffix(&paradigm.ending)
            .ok_or_else(|| format!("`{word}` does not end in `{}`, as paradigm `{name}` needs", paradigm.ending))?;
        paradigm
            .forms
            .iter()
            .map(|(ending, tags)| {
                let tags = Tags::parse(tags).map_err(|word| format!("paradigm `{name}`: `{word}` is no trait"))?;
                Ok((format!("{stem}{ending}"), tags))
            })
            .collect()
    }
}
