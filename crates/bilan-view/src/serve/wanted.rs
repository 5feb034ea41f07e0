//! Reads what the address of a list asks for.
//!
//! In: the query of an address. Out: a [`Filter`], the form as it was filled in, and the address of the next page.
//!
//! The form sends every field, most of them empty: empty is "any", and leaves the addresses that we print.

use super::label::Labels;
use super::page::{Choice, Filters};
use bilan_ledger::Filter;
use serde::Deserialize;

/// The query of a list; names are those of the command's flags.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// The language of the page.
    pub lang: String,
    side: String,
    outcome: String,
    counted: String,
    claimant: String,
    from: String,
    to: String,
    place: String,
    document: String,
    words: String,
    after: String,
}

/// A day that is none.
pub struct BadDay(pub String);

impl Wanted {
    /// What the ledger is asked for.
    pub fn filter(&self, limit: usize) -> Result<Filter, BadDay> {
        let some = |words: &str| Some(words.trim().to_owned()).filter(|words| !words.is_empty());
        let day = |words: &str| some(words).map(|words| words.parse().map_err(|_| BadDay(words))).transpose();
        Ok(Filter {
            side: some(&self.side),
            outcome: some(&self.outcome),
            counted: some(&self.counted),
            claimant: some(&self.claimant),
            from: day(&self.from)?,
            to: day(&self.to)?,
            place: some(&self.place),
            document: some(&self.document),
            words: some(&self.words),
            after: self.after.parse().ok(),
            limit: Some(limit),
            ..Filter::default()
        })
    }

    /// The form, filled in.
    pub fn form(&self, labels: &Labels) -> Filters {
        let choices = |field: &str, chosen: &str| {
            let choice = |(key, label): (String, String)| Choice { chosen: key == chosen, key, label };
            labels.kinds(field).into_iter().map(choice).collect()
        };
        Filters {
            side: self.side.clone(),
            outcome: choices("outcome", &self.outcome),
            counted: choices("counted", &self.counted),
            claimant: self.claimant.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            place: self.place.clone(),
            document: self.document.clone(),
            words: self.words.clone(),
            any: self.fields().any(|(_, value)| !value.trim().is_empty()),
        }
    }

    /// The list does not begin at its beginning.
    pub fn goes_on(&self) -> bool {
        !self.after.is_empty()
    }

    /// The address of this list after a claim; without the language.
    pub fn address(&self, after: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let wanted = self.fields().chain([("after", after)]).filter(|(_, value)| !value.trim().is_empty());
        query.extend_pairs(wanted);
        match query.finish() {
            query if query.is_empty() => "/".to_owned(),
            query => format!("/?{query}"),
        }
    }

    /// The address of this very page.
    pub fn here(&self) -> String {
        self.address(&self.after)
    }

    fn fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            ("side", &*self.side),
            ("outcome", &*self.outcome),
            ("counted", &*self.counted),
            ("claimant", &*self.claimant),
            ("from", &*self.from),
            ("to", &*self.to),
            ("place", &*self.place),
            ("document", &*self.document),
            ("words", &*self.words),
        ]
        .into_iter()
    }
}
