//! Remembers by which short names a document calls its speakers.
//!
//! In: the parties of each sentence. Out: the speaker that a short name stands for.
//!
//! "…, Tirek Onval" is "M. Onval" afterwards, "le Réseau des familles (RDF)" is "le RDF", "la coalition menée par la
//! Valdorie" is "la coalition".

use super::hear::Listening;
use super::{Hit, Speaker};
use crate::clause::{Naming, PartyGroup};
use crate::mention::{Item, What};
use crate::pack::{Class, CueClass, How};
use std::collections::HashMap;

/// Letters of a name that is more than an abbreviation before one: "M.", "Mme", "Dr".
const NAME: usize = 3;

/// Items behind who speaks in which a name may stand.
const BESIDE: usize = 12;

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
        if self.speakers.is_empty() || item.what != What::Words {
            return None;
        }
        self.speakers.get(&listening.context.words(item).to_lowercase())
    }
}

fn short_names(listening: &Listening<'_, '_>, party: &PartyGroup) -> Vec<String> {
    let (context, items) = (listening.context, &listening.sentence.items);
    let word = |item: &Item<'_>| context.words(item).to_lowercase();
    let unknown = |item: &Item<'_>| context.is_unknown_name(item);
    let mut found = Vec::new();
    let mark = |at: usize, mark: char| items.get(at).is_some_and(|item| item.what == What::Mark(mark));
    if mark(party.end, '(') && mark(party.end + 2, ')') && unknown(&items[party.end + 1]) {
        found.push(word(&items[party.end + 1]));
    }
    if party.how == Naming::Name {
        return found;
    }
    // "Igor Stanek", whom the pack knows, is "Stanek" afterwards.
    let person = |item: &&Item<'_>| context.name(item).is_some_and(|(_, _, name)| name.how == How::Person);
    let person = items[party.first..party.end].iter().find(person);
    let surname = person.and_then(|item| word(item).split_whitespace().next_back().map(str::to_owned));
    found.extend(surname.filter(|word| word.chars().count() >= NAME));
    // "le porte-parole de la police": the spokesman afterwards.
    if party.how == Naming::Source && party.end > party.first + 1 {
        found.push(word(&items[party.first]));
    }
    // "Tirek Onval, porte-parole de", "le porte-parole de l'armée, Tirek Onval"
    let inside = items[party.first..party.end].iter().take_while(|item| unknown(item));
    // "le porte-parole du ministère, Tirek Onval,": the ministry of the sentence before.
    let of = items.get(party.end).is_some_and(|item| context.is(item, Class::Of));
    let same = of && items.get(party.end + 1).is_some_and(|item| context.is_cue(item, CueClass::Same));
    let end = party.end + 2 * usize::from(same);
    let behind = end + usize::from(mark(end, ','));
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
        let items = &self.sentence.items;
        let mut found = Vec::new();
        let mut before: Option<&PartyGroup> = None;
        for party in self.sentence.parties.iter().filter(|party| party.speaks()) {
            // "le porte-parole du ministère, le général Onval": one man, of whom the first words tell more.
            let apposed = before.filter(|before| {
                let comma = items[before.end..].iter().take(3).any(|item| item.what == What::Mark(','));
                comma && before.how == Naming::Source && party.first <= before.end + 4
            });
            before = Some(party);
            for word in short_names(self, party) {
                let told = apposed.unwrap_or(party);
                let speaker = Speaker { said: None, confidence: 75, ..self.speaker(told, told.first) };
                found.extend(Some((word, speaker)).filter(|(_, speaker)| speaker.id.is_some()));
            }
        }
        found
    }

    /// People named beside who speaks: "…, a dit le chef de la police du comté, Tirek Onval".
    pub(super) fn bearers(&self, hits: &[Hit]) -> Vec<(String, Speaker)> {
        let items = &self.sentence.items;
        let unknown = |item: &Item<'_>| self.context.is_unknown_name(item);
        let stops = |item: &Item<'_>| {
            matches!(item.what, What::Figure(_) | What::Mark('.' | ';' | ':' | '\u{ab}' | '\u{201c}' | '"'))
                || self.context.is(item, Class::That)
                || self.context.is(item, Class::And)
        };
        let mut found = Vec::new();
        for hit in hits.iter().filter(|hit| hit.speaker.id.is_some() && hit.speaker.named.0 == self.index) {
            let Speaker { named: (_, first, end), .. } = hit.speaker;
            let party = self.sentence.parties.iter().find(|party| items[party.first].first == first);
            if party.is_none_or(|party| party.how == Naming::Name) {
                continue;
            }
            let from = items.partition_point(|item| item.first < end);
            let behind = (from..items.len()).take(BESIDE).take_while(|&at| !stops(&items[at]));
            let run = |at: usize| (at..items.len()).take_while(|&at| unknown(&items[at])).last();
            // "dans la région d'Ormont" is no name of who speaks.
            let set_off = |at: &usize| *at > 0 && items[at - 1].what == What::Mark(',') && unknown(&items[*at]);
            let last = behind.into_iter().find(set_off).and_then(run);
            let word = last.map(|last| self.context.words(&items[last]).to_lowercase());
            let word = word.filter(|word| word.chars().count() >= NAME);
            let speaker = Speaker { said: None, confidence: hit.speaker.confidence.min(75), ..hit.speaker.clone() };
            found.extend(word.map(|word| (word, speaker)));
        }
        found
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
        if !article && !self.context.is_capital(word) {
            return None;
        }
        let speaker = self.names.get(self, word)?;
        let (cue, said) = self.cue_entry(at);
        Some(Speaker { at: (self.index, at), cue, said, ..speaker.clone() })
    }
}
