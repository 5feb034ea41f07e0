//! Reads the side of civilians off the place, where nobody disputes it.
//!
//! In: a group and the sentences before it. Out: a country with the words that told it.
//!
//! A town under two flags tells nobody's side.

use super::super::draft::Draft;
use super::{Siding, Whose};
use crate::clause::{Group, Join, Naming, Sentence, Verb, Voice, root, together};
use crate::mention::{Item, What, When};
use crate::pack::{Class, Data, How, Mask, TimeClass};

/// Sentences at whose head the place may be where the report was written.
const HEAD: usize = 3;

/// Sentences before, where the place may be told.
const NEAR: usize = 4;

/// Items from a disaster to the verb of which it is the subject.
const STRUCK: usize = 8;

/// Sentences under one heading.
const SECTION: usize = 10;

/// What a place tells of whose people were there.
pub(super) enum Found {
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
            let before = self.sentences[number].paragraph != self.sentences[index].paragraph;
            match self.place_in(number, (back == 0).then_some(group)) {
                // "En Italie, …": another country's paragraph is over.
                Found::Country(country, _)
                    if before && self.home.country.as_ref().is_some_and(|home| *home != country) =>
                {
                    return None;
                }
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
        let opens = |item: &Item<'p>| plain(item) || self.context.is(item, Class::Determiner);
        let first = sentence.items.iter().position(|item| !opens(item))?;
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
        let mut left = (0..at).rev().take(10).map(|left| &sentence.items[left]);
        of && left
            .find_map(|item| {
                // "dans le district de Solvar (nord-ouest de la Karsénie)"
                let bracket = item.what == What::Mark('(');
                // "dans une dizaine de provinces de Miravie"
                let number = matches!(item.what, What::Figure(_));
                let passes = bracket
                    || number
                    || item.what == What::Words
                        && (item.senses.is_empty()
                            || self.context.is(item, Class::Of)
                            || self.context.is(item, Class::Determiner));
                let inside = self.context.is_inside(item);
                if inside { Some(true) } else { (!passes).then_some(false) }
            })
            .unwrap_or(false)
    }

    /// "le séisme qui a ébranlé la Karsénie": the object of what a disaster did.
    fn is_struck(&self, sentence: &Sentence<'p>, at: usize) -> bool {
        let determined = at > 1 && self.context.is(&sentence.items[at - 1], Class::Determiner);
        let verb = sentence.verbs.iter().find(|verb| determined && verb.item == at - 2 && verb.voice == Voice::Active);
        let scene = |item: &Item<'p>| self.context.is(item, Class::Scene) || self.context.is(item, Class::Disaster);
        verb.is_some_and(|verb| sentence.items[verb.begin.saturating_sub(STRUCK)..verb.begin].iter().any(scene))
    }

    /// Whether the nearest place that is named has two flags.
    pub(super) fn disputed(&self, index: usize) -> bool {
        (0..4)
            .map_while(|back| index.checked_sub(back))
            .map(|number| self.place_in(number, None))
            .find(|found| !matches!(found, Found::Nothing))
            .is_some_and(|found| matches!(found, Found::Disputed))
    }

    /// "en Valdorie et en Karsénie", "aux confins de la Valdorie et de la Karsénie": in both.
    fn joint(&self, index: usize, at: usize) -> Option<Found> {
        let items = &self.sentences[index].items;
        let country = |at: usize| {
            let (_, _, name) = self.context.name(items.get(at)?)?;
            (name.how == How::Country).then(|| root(&name.id))
        };
        // "dans le nord de la Valdorie et le centre de la Karsénie"
        let part = |at: usize| items[at].is_unknown() && !self.context.is_capital(&items[at]);
        let small = |at: usize| {
            let words = [Class::Of, Class::In, Class::Determiner];
            words.iter().any(|&class| self.context.is(&items[at], class)) || part(at)
        };
        let and = |at: usize| self.context.is(&items[at], Class::And);
        let joins = |at: usize| and(at) || items[at].what == What::Mark(',');
        // The countries on either side, as long as nothing but small words stands between; "et" before the last.
        let next = |at: usize| (at + 2..items.len()).find(|&at| !small(at)).filter(|_| joins(at + 1));
        let before = |at: usize| {
            let mark = (0..at).rev().find(|&at| !small(at)).filter(|&mark| mark > 0 && joins(mark))?;
            Some(mark - 1)
        };
        let chain = |step: &dyn Fn(usize) -> Option<usize>| {
            std::iter::successors(Some(at), |&at| step(at).filter(|&at| country(at).is_some())).collect::<Vec<_>>()
        };
        let (right, left) = (chain(&next), chain(&before));
        let (first, last) = (*left.last()?, *right.last()?);
        let countries = together(left.iter().chain(&right).filter_map(|&at| country(at)));
        let joined = items[first..last].iter().any(|item| self.context.is(item, Class::And));
        let words = (index, items[first].first, items[last].end);
        (joined && countries.contains('+')).then_some(Found::Country(countries, words))
    }

    /// The country right behind a group: "2 500 personnes en Miravie".
    pub(super) fn right_behind(&self, sentence: &Sentence<'p>, group: &Group<'p>) -> Option<usize> {
        let inside = sentence.items.get(group.end).is_some_and(|item| self.context.is(item, Class::In));
        let named = (group.end + 1..group.end + 3).find(|&at| {
            let how = sentence.items.get(at).and_then(|item| self.context.name(item)).map(|(_, _, name)| name.how);
            how == Some(How::Country)
        });
        named.filter(|_| inside)
    }

    /// "180 morts, ainsi que six en Karsénie et deux en Miravie": where two groups have a country right behind them, those
    /// of the others.
    fn is_of_another(&self, sentence: &Sentence<'p>, own: &Group<'p>, at: usize) -> bool {
        let behind = |group: &Group<'p>| self.right_behind(sentence, group);
        // "36 morts et 1 204 blessés au Népal, ainsi que 14 en Inde": what closes a list is of all of it.
        let list = |group: &Group<'p>| {
            let mut between = sentence.groups.iter().filter(|other| own.at < other.at && other.at <= group.at);
            own.at < group.at && behind(own).is_none() && between.all(|other| other.join == Join::Member)
        };
        let another = |group: &Group<'p>| {
            let near = group.end < at && at < group.end + 3 && group.at != own.at;
            near && behind(group) == Some(at) && !list(group)
        };
        // "905 morts en Ouganda, et en Tanzanie 551": what stands right before a number is that number's.
        let before = |group: &Group<'p>| group.first == at + 1 && group.at != own.at && own.at < group.at;
        let inside = at > 0 && self.context.is(&sentence.items[at - 1], Class::In);
        inside && sentence.groups.iter().any(before)
            || sentence.groups.iter().any(another) && sentence.groups.iter().filter_map(behind).nth(1).is_some()
    }

    /// "48 civils, dont 32 en Karsénie et 16 en Miravie", "32 sont morts en Karsénie et 16 en Miravie, soit 48": of all those
    /// whose parts it sums.
    pub(super) fn summed(&self, index: usize, number: usize) -> Option<(String, Whose)> {
        let sentence = &self.sentences[index];
        let value = |number: usize| sentence.groups[number].value.point().or(sentence.groups[number].value.low());
        // The country that is told between a group and the next.
        let owned = |number: usize| {
            let end = sentence.groups.get(number + 1).map_or(sentence.items.len(), |next| next.first);
            let inside = |at: &usize| self.context.is(&sentence.items[at - 1], Class::In);
            let mut behind = (sentence.groups[number].end + 1..end).filter(inside);
            let place = behind.find_map(|at| {
                let (_, _, name) = self.context.name(&sentence.items[at])?;
                (name.how == How::Country).then_some((at, root(&name.id)))
            })?;
            Some((place, value(number)?))
        };
        let total = value(number)?;
        // "26 sont morts en Valdorie, seize en Karsénie et dix en Miravie": who has a place of his own is no sum.
        if owned(number).is_some() {
            return None;
        }
        let others = (0..sentence.groups.len()).filter(|&other| other != number);
        let parts: Vec<_> = others.filter_map(owned).collect();
        let countries = together(parts.iter().map(|((_, root), _)| *root));
        let (first, last) = (parts.first()?.0.0, parts.last()?.0.0);
        let words = (index, sentence.items[first].first, sentence.items[last].end);
        let sum = parts.iter().try_fold(0, |sum: u64, (_, value)| sum.checked_add(*value));
        (sum == Some(total) && countries.contains('+')).then_some((countries, words))
    }

    /// The place that is told nearest to a group, or first in a sentence.
    fn place_in(&self, index: usize, near: Option<&Group<'p>>) -> Found {
        let sentence = &self.sentences[index];
        if !sentence.may_be(Mask::NAME) && sentence.dates.is_empty() {
            return Found::Nothing;
        }
        // "ont péri en Karsénie et 2 500 personnes en Miravie": what stands right behind them is theirs.
        let behind = near.and_then(|near| self.right_behind(sentence, near));
        let distance = |at: usize| if behind == Some(at) { 0 } else { near.map_or(at, |near| near.at.abs_diff(at)) };
        let names = |at: &usize| sentence.items[*at].mask.kinds & Mask::NAME != 0;
        let mut names: Vec<usize> = (0..sentence.items.len()).filter(names).collect();
        names.sort_by_key(|&at| distance(at));
        let theirs = |at: &usize| near.is_some_and(|near| self.is_of_another(sentence, near, *at));
        let mut names = names.into_iter().filter(|at| !theirs(at));
        let since = || near.and_then(|_| self.since_war(index));
        names.find_map(|at| self.place_at(index, at, near)).or_else(since).unwrap_or(Found::Nothing)
    }

    /// "Quarante roquettes ont été tirées depuis la Miravie": of whose land what was launched came.
    pub(super) fn launched_from(&self, draft: &Draft<'p>) -> Option<(String, Whose)> {
        let sentence = &self.sentences[draft.sentence];
        let items = &sentence.items;
        let launched = self.shared.kinds.outcome.get(draft.outcome).is_some_and(|kind| kind.passing);
        let mut names = (1..items.len()).filter(|&at| launched && items[at].mask.kinds & Mask::NAME != 0);
        names.find_map(|at| {
            let (_, _, name) = self.context.name(&items[at])?;
            let place = matches!(name.how, How::Country | How::Place) && !name.disputed;
            let since = |item: &Item<'p>| self.context.is_time(item, TimeClass::Since);
            let small = |item: &Item<'p>| {
                let words = [Class::Of, Class::Determiner].iter().any(|&class| self.context.is(item, class));
                words || item.is_unknown()
            };
            let left = items[at.saturating_sub(4)..at].iter().rev().find(|item| !small(item) || since(item));
            let from = left.is_some_and(since);
            (place && from).then(|| (root(&name.id).to_owned(), (draft.sentence, items[at].first, items[at].end)))
        })
    }

    /// "Depuis le début de l'invasion, 1 412 civils ont été tués": where the war is fought, if in one country.
    pub(super) fn since_war(&self, index: usize) -> Option<Found> {
        let sentence = &self.sentences[index];
        sentence.items.iter().find_map(|item| {
            let What::Date(number) = item.what else { return None };
            let When::SinceEvent(entry) = sentence.dates[usize::from(number)].when else { return None };
            let Data::Name(name) = &self.context.pack.entries[entry as usize].data else { return None };
            match &self.shared.events.get(&name.id)?.places[..] {
                [country] => Some(Found::Country(root(country).to_owned(), (index, item.first, item.end))),
                _ => None,
            }
        })
    }

    /// What a name tells of where those of a group were, or anybody was.
    pub(super) fn place_at(&self, index: usize, at: usize, near: Option<&Group<'p>>) -> Option<Found> {
        let sentence = &self.sentences[index];
        let item = &sentence.items[at];
        let (_, _, name) = self.context.name(item)?;
        // Most names tell no place where they stand, which is seen before anything beside them is.
        let inside = match name.how {
            How::Event | How::Place => true,
            How::Metonym => self.is_in_city(sentence, at),
            How::Country => self.is_in_country(sentence, at),
            _ => false,
        };
        if !inside {
            return None;
        }
        if (index < HEAD && sentence.is_dateline(at)) || sentence.is_told_from(&self.context, at) {
            return None;
        }
        // "12 du côté karsénien et une en Miravie": what stands right behind a number is told of that number.
        let number = at.checked_sub(2).filter(|&number| matches!(sentence.items[number].what, What::Figure(_)));
        let other = |number: usize| near.is_none_or(|near| near.at != number);
        if number.is_some_and(|number| other(number) && self.context.is(&sentence.items[at - 1], Class::In)) {
            return None;
        }
        // "2 800 immeubles se sont effondrés, […] aux centaines de morts en Miravie": where the others died.
        let behind = at > 0 && self.context.is(&sentence.items[at - 1], Class::In);
        let others = if behind && near.is_some() { &sentence.groups[..] } else { &[] };
        let others = others.iter().find(|group| group.end + 1 == at && group.join == Join::Apart);
        let finite = |verb: &Verb| !matches!(verb.voice, Voice::Noun | Voice::Bare);
        let parted = |from: usize, group: &Group<'p>| {
            sentence.verbs.iter().any(|verb| (from..group.first).contains(&verb.begin) && finite(verb))
                && sentence.items[from..group.first].iter().any(|item| item.what == What::Mark(','))
        };
        if near.zip(others).is_some_and(|(near, group)| near.at < group.first && parted(near.at, group)) {
            return None;
        }
        // "1 474 morts, dont 146 en Karsénie": the place of the part is not that of the whole.
        let part = sentence.groups[..sentence.groups.partition_point(|group| group.at < at)].last();
        // "170 000 sont déplacés dans le pays et 39 000 sont réfugiés en Miravie": each has a verb and a place of its own.
        let verb =
            |from: usize, to: usize| sentence.verbs.iter().any(|verb| (from..to).contains(&verb.begin) && finite(verb));
        let joined =
            |group: &Group<'p>| group.first > 0 && self.context.is(&sentence.items[group.first - 1], Class::And);
        if behind
            && near.zip(part).is_some_and(|(near, part)| {
                near.at < part.first && joined(part) && verb(near.at, part.first) && verb(part.end, at)
            })
        {
            return None;
        }
        if near.is_some_and(|near| part.is_some_and(|part| part.join == Join::Subset && near.at < part.at)) {
            return None;
        }
        let here = |id: &str| Found::Country(root(id).to_owned(), (index, item.first, item.end));
        Some(match name.how {
            How::Event => match self.shared.events.get(&name.id).map(|event| &event.places[..]) {
                Some([country]) => here(country),
                _ => here(&self.context.country_in(item)?.id),
            },
            // "au Cachemire pakistanais": the adjective says which part.
            How::Place if name.disputed => match sentence.whose_part(at) {
                Some(country) => Found::Country(country.to_owned(), (index, item.first, sentence.items[at + 1].end)),
                None => Found::Disputed,
            },
            How::Country => self.joint(index, at).unwrap_or_else(|| here(&name.id)),
            _ => here(&name.id),
        })
    }

    /// "à Ormont", "l'incendie de Port-Miral"
    fn is_in_city(&self, sentence: &Sentence<'p>, at: usize) -> bool {
        let before = at.checked_sub(1).map(|left| &sentence.items[left]);
        before.is_some_and(|left| self.context.is(left, Class::In))
            || (before.is_some_and(|left| self.context.is(left, Class::Of))
                && at > 1
                && self.context.is(&sentence.items[at - 2], Class::Scene))
    }

    fn is_in_country(&self, sentence: &Sentence<'p>, at: usize) -> bool {
        let lead = at.checked_sub(1).map(|left| &sentence.items[left]);
        self.leads_in(sentence, at)
            || self.is_struck(sentence, at)
            || lead.is_some_and(|left| self.context.is(left, Class::In))
            || (lead.is_some_and(|left| self.context.is(left, Class::Determiner))
                && at > 1
                && self.context.is(&sentence.items[at - 2], Class::In))
    }
}
