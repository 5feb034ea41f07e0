//! Reads the side of civilians off the place, where nobody disputes it.
//!
//! In: a group and the sentences before it. Out: a country with the words that told it.
//!
//! A town under two flags tells nobody's side.

use super::{Siding, Whose};
use crate::clause::{Group, Join, Naming, PartyGroup, Sentence, root};
use crate::mention::{Item, What};
use crate::pack::{Class, CueClass, How};

/// Sentences at whose head the place may be where the report was written.
const HEAD: usize = 3;

/// Sentences before, where the place may be told.
const NEAR: usize = 4;

/// Words between a word of saying and the city where it was said.
const SAID: usize = 8;

/// Sentences under one heading.
const SECTION: usize = 10;

enum Found {
    Country(String, Whose),
    Disputed,
    Nothing,
}

impl<'p> Siding<'_, 'p> {
    /// The undisputed country of the place where it happened: in the sentence, or in those just before.
    pub(super) fn place(&self, index: usize, group: &Group<'p>) -> Option<(String, Whose)> {
        if let Some(item) = group.place {
            let sentence = &self.sentences[index];
            if let Some((_, _, name)) = self.context.name(&sentence.items[item]) {
                return (!name.disputed).then(|| {
                    (root(&name.id).to_owned(), (index, sentence.items[item].first, sentence.items[item].end))
                });
            }
        }
        // In a story of many countries only the sentence tells which.
        let section = if self.home.world { 1 } else { SECTION };
        for back in 0..section {
            let Some(number) = index.checked_sub(back) else { break };
            if let Some((country, words, _)) = self.heading(number).filter(|_| back > 0) {
                return Some((country, words));
            }
            if back >= NEAR {
                continue;
            }
            match self.place_in(number, (back == 0).then_some(group.at)) {
                Found::Country(country, words) => return Some((country, words)),
                Found::Disputed => return None,
                Found::Nothing => {}
            }
        }
        None
    }

    /// "– Miravie –", "Miravie : le bilan s'alourdit": the country under whose name what follows stands, and whether it
    /// stands alone.
    fn heading(&self, index: usize) -> Option<(String, Whose, bool)> {
        let sentence = &self.sentences[index];
        let plain = |item: &Item<'p>| matches!(item.what, What::Mark(_) | What::Date(_));
        let first = sentence.items.iter().position(|item| !plain(item))?;
        let party = sentence.parties.iter().find(|party| party.first == first && party.how == Naming::Name)?;
        let id = party.id.as_deref().filter(|id| self.shared.is_country(id))?;
        let alone = sentence.items[party.end..].iter().all(plain);
        let title = sentence.items.get(party.end).is_some_and(|item| item.what == What::Mark(':'))
            && sentence.groups.is_empty();
        let words = (index, sentence.items[party.first].first, sentence.items[party.end - 1].end);
        (alone || title).then(|| (id.to_owned(), words, alone))
    }

    /// The country whose name alone heads the list in which a sentence stands.
    pub(super) fn section(&self, index: usize) -> Option<(String, Whose)> {
        let above = (1..SECTION).map_while(|back| index.checked_sub(back));
        let (country, words, alone) = above.filter_map(|number| self.heading(number)).next()?;
        alone.then_some((country, words))
    }

    /// "dans le Grand Nord de la Miravie", "dans une province de l'est de la Karsénie"
    fn leads_in(&self, sentence: &Sentence<'p>, at: usize) -> bool {
        let of = at > 0 && self.context.is(&sentence.items[at - 1], Class::Of);
        let mut left = (0..at).rev().take(8).map(|left| &sentence.items[left]);
        of && left
            .find_map(|item| {
                let passes = item.what == What::Words
                    && (item.senses.is_empty()
                        || self.context.is(item, Class::Of)
                        || self.context.is(item, Class::Determiner));
                let inside = self.context.is(item, Class::In) && !self.context.is(item, Class::Of);
                if inside { Some(true) } else { (!passes).then_some(false) }
            })
            .unwrap_or(false)
    }

    /// Whether the nearest place that is named has two flags.
    pub(super) fn disputed(&self, index: usize) -> bool {
        (0..4)
            .map_while(|back| index.checked_sub(back))
            .map(|number| self.place_in(number, None))
            .find(|found| !matches!(found, Found::Nothing))
            .is_some_and(|found| matches!(found, Found::Disputed))
    }

    /// "une estimation avancée mardi à Solvar par un émissaire", "joint depuis Solvar": a city behind a word of saying is
    /// where that was said.
    fn is_where_said(&self, sentence: &Sentence<'p>, at: usize) -> bool {
        let inside = at > 0 && self.context.is(&sentence.items[at - 1], Class::In);
        let city = self.context.name(&sentence.items[at]).is_some_and(|(_, _, name)| name.how == How::Metonym);
        let says = |item: &Item<'p>| self.context.is_cue(item, CueClass::Verb);
        let passes = |item: &&Item<'p>| match item.what {
            What::Date(_) => true,
            What::Words => self.context.outcome(item).is_none() && !self.context.is(item, Class::That),
            _ => false,
        };
        let mut before = sentence.items[..at].iter().rev().take(SAID).take_while(passes);
        city && inside && before.any(says)
    }

    fn place_in(&self, index: usize, near: Option<usize>) -> Found {
        let sentence = &self.sentences[index];
        let mut best: Option<(usize, Found)> = None;
        for (at, item) in sentence.items.iter().enumerate() {
            let Some((_, _, name)) = self.context.name(item) else { continue };
            // "l'ONG, basée à Solvar", "l'OIM à Solvar", "SOLVAR – ": where it stands or writes, not where it happened.
            let speaks = |party: &PartyGroup| party.end + 1 == at && matches!(party.how, Naming::Office | Naming::Name);
            let seat = sentence.items[at.saturating_sub(3)..at].iter().any(|item| self.context.is(item, Class::Seat))
                || (self.context.is(&sentence.items[at.saturating_sub(1)], Class::In)
                    && sentence.parties.iter().any(speaks));
            if seat || (index < HEAD && sentence.is_dateline(at)) || self.is_where_said(sentence, at) {
                continue;
            }
            // "1 474 morts, dont 146 en Karsénie": the place of the part is not that of the whole.
            let part = sentence.groups.iter().rfind(|group| group.at < at);
            if near.is_some_and(|near| part.is_some_and(|part| part.join == Join::Subset && near < part.at)) {
                continue;
            }
            let found = match name.how {
                How::Event => match self.shared.events.get(&name.id).map(|event| &event.places[..]) {
                    Some([country]) => Found::Country(root(country).to_owned(), (index, item.first, item.end)),
                    _ => continue,
                },
                How::Metonym => {
                    // "à Ormont", "l'incendie de Port-Miral"
                    let before = at.checked_sub(1).map(|left| &sentence.items[left]);
                    let inside = before.is_some_and(|left| self.context.is(left, Class::In))
                        || (before.is_some_and(|left| self.context.is(left, Class::Of))
                            && at > 1
                            && self.context.is(&sentence.items[at - 2], Class::Scene));
                    if !inside {
                        continue;
                    }
                    Found::Country(root(&name.id).to_owned(), (index, item.first, item.end))
                }
                How::Place if name.disputed => Found::Disputed,
                How::Place => Found::Country(root(&name.id).to_owned(), (index, item.first, item.end)),
                How::Country => {
                    let lead = at.checked_sub(1).map(|left| &sentence.items[left]);
                    let inside = self.leads_in(sentence, at)
                        || lead.is_some_and(|left| self.context.is(left, Class::In))
                        || (lead.is_some_and(|left| self.context.is(left, Class::Determiner))
                            && at > 1
                            && self.context.is(&sentence.items[at - 2], Class::In));
                    if !inside {
                        continue;
                    }
                    Found::Country(root(&name.id).to_owned(), (index, item.first, item.end))
                }
                _ => continue,
            };
            let distance = near.map_or(at, |near| near.abs_diff(at));
            if best.as_ref().is_none_or(|(known, _)| distance < *known) {
                best = Some((distance, found));
            }
        }
        best.map_or(Found::Nothing, |(_, found)| found)
    }
}
