//! Says how outcomes and counted things nest, and which word may be read as another.
//!
//! In: `packs/kinds.toml`. Out: [`Kinds`], asked by name.
//!
//! "pertes" may mean the dead, or the dead and wounded together: `losses` is wider than `killed`, and may be *read as*
//! `killed` only when somebody says so by a setting.

use serde::Deserialize;
use std::collections::BTreeMap;

/// How the closed words of a claim stand to each other.
#[derive(Clone, Debug, Deserialize)]
pub struct Kinds {
    outcome: BTreeMap<String, Outcome>,
    counted: BTreeMap<String, Counted>,
    #[serde(default)]
    scope: BTreeMap<String, String>,
    #[serde(default)]
    join: BTreeMap<String, Vec<String>>,
}

#[derive(Clone, Debug, Deserialize)]
struct Outcome {
    #[serde(default)]
    within: Vec<String>,
    #[serde(default)]
    reads_as: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct Counted {
    within: Option<String>,
    #[serde(default = "yes")]
    series: bool,
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
        Kinds::parse("packs/kinds.toml", include_str!("../../../../packs/kinds.toml"))
    }

    /// The kinds of this text; `file` only names it in an error.
    pub fn parse(file: &str, text: &str) -> Result<Kinds, KindsError> {
        toml::from_str(text).map_err(|error| KindsError { file: file.into(), what: error.to_string() })
    }

    /// Every outcome.
    pub fn outcomes(&self) -> Vec<&str> {
        self.outcome.keys().map(String::as_str).collect()
    }

    /// Every class of people or things.
    pub fn classes(&self) -> Vec<&str> {
        self.counted.keys().map(String::as_str).collect()
    }

    /// Every scope.
    pub fn scopes(&self) -> Vec<&str> {
        self.scope.keys().map(String::as_str).collect()
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

    /// The outcomes that make up this one and do not overlap: killed and wounded are casualties.
    pub fn joined(&self, outcome: &str) -> &[String] {
        self.join.get(outcome).map_or(&[], Vec::as_slice)
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
        assert_eq!(kinds.joined("casualties"), ["killed", "wounded"]);
    }

    #[test]
    fn a_ring_of_classes_ends() {
        let kinds = Kinds::parse("ring", "[outcome]\n[counted]\na = {within='b'}\nb = {within='a'}").unwrap();
        assert!(!kinds.counted_within("a", "c"));
    }
}
