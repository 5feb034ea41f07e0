//! Remembers by which short names a document calls its speakers.
//!
//! In: the parties of each sentence. Out: the speaker that a short name stands for.
//!
//! "…, Tirek Onval" is "M. Onval" afterwards, "le Réseau des familles (RDF)" is "le RDF", "la coalition menée par la
//! Valdorie" is "la coalition".

use super::Speaker;
use super::hear::Listening;
use crate::clause::{Naming, PartyGroup};
use crate::mention::{Item, What};
use crate::pack::Class;
use std::collections::HashMap;

/// Letters of a name that is more than an abbreviation before one: "M.", "Mme", "Dr".
const NAME: usize = 3;

/// Short names and whom they name.
#[derive(Default)]
pub(super) struct Names {
    speakers: HashMap<String, Speaker>,
}

impl Names {
    /// Adds what a sentence tells; the newest bearer has the name.
    pub(super) fn extend(&mut self, told: Vec<(String, Speaker)>) {
        self.speakers.extend(told);
    }

    /// Whom an item names.
    pub(super) fn get(&self, listening: &Listening<'_, '_>, item: &Item<'_>) -> Option<&Speaker> {
        self.speakers.get(&listening.context.words(item).to_lowercase()).filter(|_| item.what == What::Words)
    }
}

fn short_names(listening: &Listening<'_, '_>, party: &PartyGroup) -> Vec<String> {
    let (context, items) = (listening.context, &listening.sentence.items);
    let word = |item: &Item<'_>| context.words(item).to_lowercase();
    let unknown = |item: &Item<'_>| item.what == What::Words && item.senses.is_empty() && context.is_capital(item);
    let mut found = Vec::new();
    let mark = |at: usize, mark: char| items.get(at).is_some_and(|item| item.what == What::Mark(mark));
    if mark(party.end, '(') && mark(party.end + 2, ')') && unknown(&items[party.end + 1]) {
        found.push(word(&items[party.end + 1]));
    }
    if party.how == Naming::Name {
        return found;
    }
    // "Tirek Onval, porte-parole de", "le porte-parole de l'armée, Tirek Onval"
    let inside = items[party.first..party.end].iter().take_while(|item| unknown(item));
    let behind = party.end + usize::from(mark(party.end, ','));
    let behind = items[behind.min(items.len())..].iter().take(4).take_while(|item| unknown(item));
    let named = [inside.last(), behind.last()].into_iter().flatten();
    found.extend(named.map(word).filter(|word| word.chars().count() >= NAME));
    // "la coalition menée par"
    let head = &items[party.first];
    let article = party.first > 0 && context.is(&items[party.first - 1], Class::Determiner);
    if party.how == Naming::Office && article && !unknown(head) {
        let first = context.span_of(head.first, head.first + 1).of(context.text).to_lowercase();
        found.extend(Some(first).filter(|_| party.end > party.first + 1 || head.end > head.first + 1));
    }
    found
}

impl Listening<'_, '_> {
    /// The short names of the parties of the sentence.
    pub(super) fn short_names(&self) -> Vec<(String, Speaker)> {
        let parties = self.sentence.parties.iter().filter(|party| party.id.is_some() && party.speaks());
        let named = parties.flat_map(|party| short_names(self, party).into_iter().map(move |word| (word, party)));
        named
            .map(|(word, party)| (word, Speaker { said: None, confidence: 75, ..self.speaker(party, party.first) }))
            .collect()
    }

    /// The speaker whose short name is the last word before `at`: "la coalition, elle, a affirmé", "M. Onval a dit".
    pub(super) fn named_before(&self, at: usize) -> Option<(usize, Speaker)> {
        let items = &self.sentence.items;
        let passed = |item: &Item<'_>| {
            matches!(item.what, What::Mark(','))
                || self.context.is(item, Class::Adverb)
                || self.context.is(item, Class::Not)
        };
        let last = (at.saturating_sub(5)..at).rev().find(|&at| !passed(&items[at]))?;
        self.named(last, at).map(|speaker| (last, speaker))
    }

    /// The speaker whose short name stands at an item, told at a word of saying.
    pub(super) fn named(&self, item: usize, at: usize) -> Option<Speaker> {
        let items = &self.sentence.items;
        let word = items.get(item)?;
        let article = item > 0 && self.context.is(&items[item - 1], Class::Determiner);
        let speaker = self.names.get(self, word).filter(|_| article || self.context.is_capital(word))?;
        let (cue, said) = self.cue_entry(at);
        Some(Speaker { at: (self.index, at), cue, said, ..speaker.clone() })
    }
}
