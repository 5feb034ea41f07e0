//! Finds sources whose name no pack knows.
//!
//! In: a word of saying and its sentence. Out: a [`Hit`] with the words that name the source, and of which kind it is as
//! far as they tell.
//!
//! "Des internautes ont avancé le chiffre de 600": nobody who spoke before, and nobody with a name.

use super::cue::NAMED;
use super::hear::Listening;
use super::{Hit, Reach, Speaker, Stance};
use crate::clause::{PartyGroup, STATE, Verb, Voice};
use crate::mention::{Item, What};
use crate::pack::{Class, CueClass, Tags};

/// Sentences before in which an office spoke whose holder a bare name is.
const NEAR: usize = 2;

/// Items of what says who a name is.
const APPOSED: usize = 12;

impl Listening<'_, '_> {
    /// A name that the pack does not know, before or after a word of saying.
    pub(super) fn stranger(&self, verb: &Verb, that: bool) -> Option<Hit> {
        let items = &self.sentence.items;
        let unknown = |at: usize| self.context.is_unknown_name(&items[at]);
        let make = |first, end, reach| {
            let speaker = Speaker { tags: Tags::SINGULAR, ..self.words(first, end, verb.item) };
            Some(Hit::new(verb.item, reach, speaker, 8))
        };
        let article = |at: usize| items.get(at).is_some_and(|item| self.context.is(item, Class::Determiner));
        let first = verb.item + 1;
        let after = first + usize::from(article(first));
        if self.sentence.opens_tail(verb.begin) && after < items.len() && unknown(after) {
            let end = (after..items.len()).take_while(|&at| unknown(at)).last()? + 1;
            let hit = make(first, end, Reach::Left)?;
            // "a déclaré Tirek Onval, membre du collectif": of whom he is.
            let apposed = self.apposed(end).map(|party| self.speaker(party, verb.item));
            let of = apposed.filter(|of| of.id.is_some());
            let named = hit.speaker.named;
            // "a annoncé le porte-parole de la police. […] a dit Tirek Onval": nobody else was introduced.
            let bare = items.get(end).is_none_or(|item| item.what != What::Mark(','));
            let near = |before: &Speaker| bare && before.id.is_some() && before.at.0 + NEAR >= self.index;
            let of = of.or_else(|| self.again(Tags::NONE, verb.item).filter(near));
            let told = of.map(|of| Speaker { named, tags: Tags::SINGULAR, confidence: of.confidence.min(75), ..of });
            return Some(Hit { speaker: told.unwrap_or(hit.speaker), ..hit });
        }
        if verb.begin > 0 && unknown(verb.begin - 1) {
            let first = (0..verb.begin).rev().take_while(|&at| unknown(at)).last()?;
            let led = first.checked_sub(1).filter(|&at| article(at));
            // "Tirek Onval assure avoir compté": two words are a name.
            let name = Some(first).filter(|first| that || first + 1 < verb.begin);
            return led.or(name).and_then(|first| make(first, verb.begin, Reach::Right));
        }
        None
    }

    /// "Des internautes ont avancé le chiffre de": somebody new, whoever spoke before.
    pub(super) fn somebody(&self, verb: &Verb) -> Option<Hit> {
        let items = &self.sentence.items;
        // "Les manifestants dénoncent" are no ministry that spoke before; "l'agence estime" may be the one that did.
        let many = verb.tags.has(Tags::PLURAL);
        // At the head of a sentence "des" is an article.
        let heads =
            |item: &Item<'_>| self.context.is(item, Class::Of) || (many && self.context.is(item, Class::Determiner));
        // "Dans le nord, les Brigades bleues ont fait état de"
        let head = |at: usize| at == 0 || items[at - 1].what == What::Mark(',');
        let opens = |at: &usize| self.is_article(&items[*at]) || (head(*at) && heads(&items[*at]));
        let behind = (0..verb.begin).rev().take(NAMED).find(|&at| at > 0 && many && head(at) && opens(&at));
        let first = (0..verb.begin.min(3)).find(opens).or(behind)?;
        let subject = &items[first..verb.begin];
        let told = |item: &Item<'_>| {
            let report = self.is_report(item) || self.context.is(item, Class::Previous);
            report || self.context.outcome(item).is_some() || self.context.is_cue(item, CueClass::Preposition)
        };
        let other = self.sentence.verbs.iter().any(|other| {
            (first..verb.begin).contains(&other.item) && !matches!(other.voice, Voice::Noun | Voice::Bare)
        });
        // "un précédent décompte": a noun, whatever verb has this form.
        let plain =
            (2..=NAMED).contains(&subject.len()) && !told(&items[verb.item]) && !subject.iter().any(told) && !other;
        plain.then(|| Hit::new(verb.item, Reach::Right, self.unnamed(first, verb.begin, verb.item), 8))
    }

    /// "…, a annoncé une organisation non gouvernementale": which, nobody says.
    pub(super) fn of_some_kind(&self, at: usize) -> Option<Hit> {
        let items = &self.sentence.items;
        let noun = (at + 1..items.len()).take(4).take_while(|&at| !matches!(items[at].what, What::Mark(_)));
        let noun = noun.into_iter().find(|&at| self.context.is_cue(&items[at], CueClass::Institution))?;
        let led = self.context.is(&items[noun - 1], Class::Determiner) || self.is_article(&items[noun - 1]);
        // "à la chaîne KTV": to whom it was said.
        let told = items[at + 1..noun].iter().any(|item| self.context.is(item, Class::To));
        let there = items.get(noun + 1).is_some_and(|item| self.context.is(item, Class::In));
        if !led || there || told {
            return None;
        }
        let speaker = self.unnamed(noun - 1, noun + 1, at);
        Some(Hit::new(at, Reach::Left, speaker, 9))
    }

    /// The party that says who a name before a comma is.
    fn apposed(&self, comma: usize) -> Option<&PartyGroup> {
        let items = &self.sentence.items;
        let stops = |item: &Item<'_>| {
            matches!(item.what, What::Mark(_) | What::Figure(_)) || self.context.is(item, Class::That)
        };
        let end = (comma + 1..items.len())
            .take(APPOSED)
            .find(|&at| stops(&items[at]))
            .unwrap_or(items.len().min(comma + APPOSED));
        let set_off = items.get(comma).is_some_and(|item| item.what == What::Mark(','));
        let mut parties = self.sentence.parties.iter().filter(|party| (comma + 1..end).contains(&party.first));
        parties.find(|party| set_off && party.speaks() && party.id.is_some())
    }

    /// "selon l'association locale": one without a name, of its kind; the one of that kind that spoke before, if any did.
    pub(super) fn unnamed(&self, first: usize, end: usize, at: usize) -> Speaker {
        let words = self.words(first, end, at);
        let kind = |item: &Item<'_>| {
            let cue = self.context.cue(item).filter(|_| self.context.is_cue(item, CueClass::Institution));
            cue.and_then(|(_, _, cue)| cue.party.clone())
        };
        let mut items = (first..end).map(|item| (item, &self.sentence.items[item]));
        let Some((at_noun, noun, kind)) = items.find_map(|(at, item)| Some((at, item, kind(item)?))) else {
            return words;
        };
        let definite = at_noun > 0 && self.context.is(&self.sentence.items[at_noun - 1], Class::Determiner);
        let before = self.same_kind(noun, at).filter(|_| definite);
        before.unwrap_or(Speaker { id: Some(kind), ..words })
    }

    /// A speaker that only words tell. With an article before an unknown name it is an institution: "selon la Dirpa".
    pub(super) fn words(&self, first: usize, end: usize, at: usize) -> Speaker {
        let items = &self.sentence.items;
        let name = items
            .get(first + 1)
            .filter(|item| self.context.is_unknown_name(item) && self.context.is(&items[first], Class::Determiner));
        let (cue, said) = self.cue_entry(at);
        Speaker {
            id: name.filter(|_| end == first + 2).map(|_| STATE.to_owned()),
            named: (self.index, items[first].first, items[end - 1].end),
            tags: Tags::NONE,
            citing: None,
            stance: Stance::Gives,
            via: vec![],
            said,
            cue,
            at: (self.index, at),
            confidence: 60,
        }
    }
}
