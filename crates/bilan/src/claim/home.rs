//! Says in which country a document's story happens, and whether it tells of migrants.
//!
//! In: the sentences of a document, and its events. Out: the country that it names far more than any other.
//!
//! "Le séisme de mardi a fait 62 morts": the sentence names no place; the headline does.

use super::find::Finding;
use super::host::country;
use crate::clause::{Join, Naming, STATE, Sentence, root};
use crate::kinds::Trait;
use crate::mention::{Context, Item};
use crate::pack::{Class, Event, How, Mask};
use std::collections::BTreeMap;

/// Sentences that say what a story is about.
const LEAD: usize = 3;

/// Sentences and lines of a menu among which a story says whom it is about.
const ABOUT: usize = 5;

/// How many times more places of another country than of the one a war is fought in.
const FAR: i32 = 3;

/// Of a hundred times that any country is named, how often the story's own is at least.
const MOST: i32 = 55;

/// How often it is named for a hundred times of the next.
const FAR_MORE: i32 = 180;

/// What a document tells of the people whose side no sentence names.
#[derive(Clone, Debug, Default)]
pub(super) struct Home {
    /// Country, where only one comes into question.
    pub(super) country: Option<String>,
    /// Armed groups of no country are fought.
    pub(super) groups: bool,
    /// No country is named anywhere.
    pub(super) nowhere: bool,
    /// The story is one of many countries.
    pub(super) world: bool,
    /// The story is one of migrants, who are people of no country.
    pub(super) migrants: bool,
    /// Two states fight each other; in a document without a date it names both.
    pub(super) war: bool,
}

/// Whether a sentence tells of many countries: "349 décès dans 19 pays", "533 journalistes dans le monde".
pub(super) fn is_worldwide(context: &Context<'_>, sentence: &Sentence<'_>) -> bool {
    let many = |at: usize| {
        let figure = at > 0 && sentence.figure_at(at - 1).is_some_and(|value| value.point().is_none_or(|n| n > 2));
        figure && context.is(&sentence.items[at], Class::Countries)
    };
    let may = [Class::Worldwide, Class::Countries].iter().any(|&class| sentence.may_have(class));
    let mut items = sentence.items.iter().enumerate();
    may && items.any(|(at, item)| context.is(item, Class::Worldwide) || many(at))
}

impl<'p> Finding<'p> {
    pub(super) fn home(&self, sentences: &[Sentence<'p>], events: &[&'p Event]) -> Home {
        let mut named: BTreeMap<&str, i32> = BTreeMap::new();
        // Of places alone.
        let mut sited: BTreeMap<&str, i32> = BTreeMap::new();
        let (mut migrants, mut groups) = (false, false);
        let world = sentences.iter().take(LEAD).any(|sentence| is_worldwide(&self.context, sentence));
        for (index, sentence) in sentences.iter().enumerate() {
            let weight = match index {
                0 => 6,
                1..4 => 3,
                _ => 1,
            };
            migrants |= index < ABOUT && sentence.items.iter().any(|item| self.context.is(item, Class::Crossing));
            for (at, item) in sentence.items.iter().enumerate() {
                if item.mask.kinds & (Mask::NAME | Mask::COUNTED) == 0 {
                    continue;
                }
                let Some((_, _, name)) = self.context.name(item) else {
                    if let Some((_, _, counted)) = self.context.counted(item) {
                        // "un site clandestin" has no people in it.
                        let before = at.checked_sub(1).map(|left| &sentence.items[left]);
                        let adjective = before.is_some_and(Item::is_unknown);
                        let stateless = self.shared.kinds.is(&counted.id, Trait::Stateless) && !adjective;
                        // "des clandestins" ride freight trains too.
                        migrants |= index < ABOUT && stateless && counted.kin.is_none();
                        groups |= counted.side.as_deref() == Some("-") && !stateless;
                    }
                    continue;
                };
                if sentence.is_told_from(&self.context, at) {
                    continue;
                }
                // "GENÈVE – Le HCR déplore": where it was written.
                let weight = if sentence.is_dateline(at) { 1 } else { weight };
                let (weight, inside) = match name.how {
                    How::Place if name.disputed && sentence.whose_part(at).is_none() => {
                        return Home { world, ..Home::default() };
                    }
                    How::Place => (2 * weight, true),
                    // "à Ormont" is the town, "selon Ormont" its government.
                    How::Country | How::Metonym if at > 0 && self.context.is(&sentence.items[at - 1], Class::In) => {
                        (2 * weight, true)
                    }
                    How::Country => (weight, false),
                    How::Event => {
                        // "le conflit karsénien" names where it is fought.
                        let event = self.shared.events.get(&name.id);
                        let only = match event.map(|event| &event.places[..]) {
                            Some([only]) => Some(only.as_str()),
                            _ => self.context.country_in(item).map(|name| name.id.as_str()),
                        };
                        if let Some((id, _)) = only.and_then(|only| self.shared.parties.get_key_value(root(only))) {
                            *named.entry(id).or_default() += weight;
                        }
                        continue;
                    }
                    _ => continue,
                };
                let country = if name.disputed { sentence.whose_part(at) } else { Some(root(&name.id)) };
                if let Some((id, _)) = country.and_then(|country| self.shared.parties.get_key_value(country)) {
                    *named.entry(id).or_default() += weight;
                    *sited.entry(id).or_default() += if inside { weight } else { 0 };
                }
            }
            for (number, party) in sentence.parties.iter().enumerate() {
                // "dont trois Allemands et deux Tchèques": who was there, not where.
                let mut parts = sentence.groups.iter().skip_while(|group| group.join != Join::Subset);
                if parts.any(|group| group.party == Some(number) || group.party_beside == Some(number)) {
                    continue;
                }
                // "la MINUSS": the mission of one country.
                let known = party.id.as_deref().and_then(|id| self.shared.parties.get(id));
                let works = known.and_then(|known| known.place.as_deref());
                if let Some((id, _)) = works.and_then(|country| self.shared.parties.get_key_value(country)) {
                    *named.entry(id).or_default() += weight;
                }
                // Of a strike the adjective tells who fired; a movement abroad is no country.
                let fires = party.how == Naming::Adjective
                    && party.first > 0
                    && self.context.is(&sentence.items[party.first - 1], Class::Scene);
                let state = party.how != Naming::Name || party.id.as_deref() == party.root();
                if let Some((id, _)) = party.country().and_then(|root| self.shared.parties.get_key_value(root))
                    && self.shared.is_country(id)
                    && state
                    && !fires
                {
                    *named.entry(id).or_default() += weight;
                }
            }
        }
        let mut best: Vec<(i32, &str)> = named.iter().map(|(&id, &score)| (score, id)).collect();
        best.sort_by_key(|&(score, id)| (-score, id));
        let country = match best[..] {
            [] => self.at_home(sentences),
            [(_, only)] => Some(only),
            [(first, id), (second, _), ..] => {
                let all: i32 = best.iter().map(|(score, _)| score).sum();
                let most = 100 * first >= MOST * all && 100 * first >= FAR_MORE * second;
                most.then_some(id)
            }
        };
        // Where two states fight, whose the dead are must be said, unless all of it happens in one of them.
        let fights =
            |event: &&&Event| event.has_two_sides() && event.sides.iter().all(|side| named.contains_key(side.as_str()));
        let fought = events.iter().find(fights).map(|event| &event.places[..]);
        let war = fought.is_some() || (self.published.is_some() && events.iter().any(|event| event.has_two_sides()));
        let country = match fought {
            None => country,
            // An attack in the country of the one who attacked the other happens there.
            Some([only]) => {
                let here = |country: &str| sited.get(country).copied().unwrap_or_default();
                let elsewhere = country.filter(|country| here(country) > FAR * here(root(only)));
                elsewhere.or(Some(root(only)))
            }
            Some(_) => None,
        };
        let country = country.filter(|_| !world).map(str::to_owned);
        Home { country, groups, nowhere: named.is_empty(), world, migrants, war }
    }

    /// "le ministère de l'Intérieur", where no country is named anywhere: that of the site, and where the address tells
    /// none, nobody's.
    fn at_home(&self, sentences: &[Sentence<'p>]) -> Option<&'p str> {
        let parties = || sentences.iter().flat_map(|sentence| &sentence.parties);
        // "des rebelles" are of a state, and no office of one.
        let named = parties().filter(|party| party.how != Naming::Source);
        let offices = named.filter_map(|party| party.id.as_deref()).any(|id| id.starts_with(STATE));
        // A movement abroad, "les taliban", tells of another country, though it is none.
        let abroad = parties().filter_map(|party| party.root()).any(|root| self.shared.is_country(root));
        let here = self.shared.parties.get(country(self.url?, self.shared));
        here.map(|party| party.id.as_str()).filter(|_| offices && !abroad)
    }
}
