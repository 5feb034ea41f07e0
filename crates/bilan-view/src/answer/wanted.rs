//! Reads which claims are wanted, and refuses a word that nobody knows.
//!
//! In: words as typed, after a flag or in an address. Out: [`Which`], or the words that would have been known.
//!
//! `--outcome dead` fits no claim, and "0 claims" would be taken for an answer. A side without a claim is an answer; a
//! side that no party has, and that the ledger never heard of, is a slip of the pen.

use bilan::claim::Date;
use bilan::history::Kinds;
use bilan::pack::Packs;
use bilan_ledger::{Access, Column, Filter, Ledger, LedgerError};
use serde::Deserialize;

/// What was typed. Names are those of the command's flags and of an address's query; an empty word is "any".
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// Whose: `RU`, `RU+UA`, `-`.
    pub side: Option<String>,
    /// What happened.
    pub outcome: Option<String>,
    /// Who or what.
    pub counted: Option<String>,
    /// A party and all below it.
    pub claimant: Option<String>,
    /// Covering this day or a later one.
    pub from: Option<String>,
    /// Covering this day or an earlier one.
    pub to: Option<String>,
    /// A place and all within it.
    pub place: Option<String>,
    /// The document's id or hash.
    pub document: Option<String>,
    /// Words of the sentence.
    pub words: Option<String>,
}

/// The claims that an answer is made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Which {
    /// What must hold, who will see it among it.
    pub filter: Filter,
}

/// A word of a question that nobody knows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field} \"{word}\" is unknown; {expected}")]
pub struct Unknown {
    /// The field it was given for, as a flag without its dashes.
    pub field: &'static str,
    /// As typed.
    pub word: String,
    /// What would have been known.
    pub expected: String,
}

/// So many known words are told, no more.
const TOLD: usize = 40;

impl Wanted {
    /// What the ledger is asked for; the inner `Err` is a word that is not known.
    pub fn which(&self, ledger: &Ledger, beyond: bool) -> Result<Result<Which, Unknown>, LedgerError> {
        let filter = match self.filter() {
            Ok(filter) => filter,
            Err(unknown) => return Ok(Err(unknown)),
        };
        let which = Which::of(filter, beyond);
        Ok(which.known_to(ledger)?.map_or(Ok(which), Err))
    }

    /// The same, asking no ledger: sides, claimants, places and documents are taken as they are.
    pub fn filter(&self) -> Result<Filter, Unknown> {
        let some =
            |words: &Option<String>| words.as_deref().map(str::trim).filter(|w| !w.is_empty()).map(str::to_owned);
        let kinds = Kinds::embedded().ok();
        let kind = |field, words, known: fn(&Kinds) -> Vec<&str>| match (some(words), &kinds) {
            (Some(word), Some(kinds)) if !known(kinds).contains(&word.as_str()) => {
                let known = known(kinds);
                let told = &known[..known.len().min(TOLD)];
                Err(Unknown { field, word, expected: expected(told, (known.len() - told.len()) as u64) })
            }
            (word, _) => Ok(word),
        };
        // A filter has whole days: `--from 2022-03` begins on the first of March.
        let day = |field, words, end: fn(&Date) -> Option<jiff::civil::Date>| match some(words) {
            None => Ok(None),
            Some(word) => match word.parse::<Date>().ok().as_ref().and_then(end) {
                Some(day) => Ok(Some(day)),
                None => {
                    let expected = "expected a day, a month or a year, as 2022-03-19, 2022-03 or 2022".to_owned();
                    Err(Unknown { field, word, expected })
                }
            },
        };
        Ok(Filter {
            side: some(&self.side),
            outcome: kind("outcome", &self.outcome, Kinds::outcomes)?,
            counted: kind("counted", &self.counted, Kinds::classes)?,
            claimant: some(&self.claimant),
            from: day("from", &self.from, Date::first_day)?,
            to: day("to", &self.to, Date::last_day)?,
            place: some(&self.place),
            document: some(&self.document),
            words: some(&self.words),
            ..Filter::default()
        })
    }
}

impl Which {
    /// Everything that leaves this machine or stays on it.
    pub fn all(beyond: bool) -> Which {
        Which::of(Filter::default(), beyond)
    }

    /// What fits the filter. Where the answer leaves this machine (`beyond`), restricted documents stay out.
    pub fn of(filter: Filter, beyond: bool) -> Which {
        let access = beyond.then_some(Access::Internal);
        Which { filter: Filter { access, ..filter } }
    }

    /// The answer leaves this machine.
    pub fn beyond(&self) -> bool {
        self.filter.access.is_some()
    }

    /// Whether a document may be seen where the answer goes.
    pub fn may_see(&self, access: Access) -> bool {
        self.filter.access.is_none_or(|most| access <= most)
    }

    /// The first word that neither the ledger nor the tree of parties knows.
    fn known_to(&self, ledger: &Ledger) -> Result<Option<Unknown>, LedgerError> {
        let filter = &self.filter;
        let asked = [
            (Column::Side, &filter.side),
            (Column::Claimant, &filter.claimant),
            (Column::Place, &filter.place),
            (Column::Document, &filter.document),
        ];
        for (column, word) in asked {
            let Some(word) = word.clone() else { continue };
            if ledger.knows(column, &word)? || (column != Column::Document && is_party(&word)) {
                continue;
            }
            let expected = match self.beyond() {
                true => "the ledger knows none of that name".to_owned(),
                false => {
                    let known = ledger.told(column, TOLD)?;
                    expected(&known.words, known.more)
                }
            };
            return Ok(Some(Unknown { field: column.name(), word, expected }));
        }
        Ok(None)
    }
}

/// A party of the tree, people of no country, or several together.
fn is_party(word: &str) -> bool {
    let Ok(packs) = Packs::embedded() else { return true };
    word.split('+').all(|party| party == "-" || packs.shared.parties.contains_key(party))
}

/// The words that would have been known, and how many beyond these.
fn expected(known: &[impl AsRef<str>], more: u64) -> String {
    let known = known.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
    match (known.as_str(), more) {
        ("", _) => "the ledger tells none".to_owned(),
        (known, 0) => format!("known: {known}"),
        (known, more) => format!("known: {known} and {more} more"),
    }
}
