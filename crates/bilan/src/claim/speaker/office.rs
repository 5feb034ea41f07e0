//! Gives an office without a country its country.
//!
//! In: a speaker that is only an office, and the sentences around it. Out: the same speaker, an institution of the
//! country that the document names near it; nobody known, where it names none.
//!
//! "Le ministère de la Santé" of a report about Miravie is Miravie's.

use super::super::find::Finding;
use super::super::home::Home;
use super::{OFFICE, Speaker};
use crate::clause::{STATE, Sentence, root};
use crate::mention::What;
use crate::pack::{Class, How, Mask};
use rustc_hash::FxHashMap;
use std::cell::OnceCell;

/// Sentences behind an office in which its full name may stand, and before it in which its country may.
const NEAR: usize = 12;

/// Sentences before in which a line may say of which country they tell.
const SECTION: usize = 6;

/// Gives the offices of a document their countries. What the whole document tells is asked for by every office in it, so
/// it is looked up, and a document in which every office has its country is never asked.
pub(in crate::claim) struct Offices<'a, 'p> {
    finding: &'a Finding<'p>,
    sentences: &'a [Sentence<'p>],
    home: &'a Home,
    named: OnceCell<Named<'a>>,
}

/// What a document names, sentence by sentence.
struct Named<'a> {
    /// The first office of each kind in each sentence, by what stands behind its country, and that country.
    offices: FxHashMap<&'a str, Vec<(usize, &'a str)>>,
    /// The country of the first place in each sentence that names one.
    places: Vec<(usize, &'a str)>,
    /// The first country of all.
    country: Option<&'a str>,
}

impl<'a, 'p> Offices<'a, 'p> {
    pub(in crate::claim) fn new(finding: &'a Finding<'p>, sentences: &'a [Sentence<'p>], home: &'a Home) -> Self {
        Offices { finding, sentences, home, named: OnceCell::new() }
    }

    /// An office without a country belongs to the country spoken of; a local one to the town near it.
    pub(in crate::claim) fn place(&self, speaker: &mut Speaker, index: usize) {
        // An authority whose country nobody names is none that can be told.
        speaker.citing.take_if(|(id, ..)| id.starts_with("?/"));
        let Some(leaf) = speaker.id.as_deref().and_then(|id| id.strip_prefix("?/")) else { return };
        let country = self.country(leaf, index);
        speaker.id = country.map(|country| match leaf {
            "local" => match self.finding.town_near(country, self.sentences, index) {
                Some(town) => format!("{country}/local/{town}"),
                None => format!("{country}/local"),
            },
            "" => country.to_owned(),
            _ => format!("{country}/{leaf}"),
        });
        speaker.confidence = speaker.confidence.min(OFFICE);
    }

    fn named(&self) -> &Named<'a> {
        self.named.get_or_init(|| {
            let mut named = Named { offices: FxHashMap::default(), places: vec![], country: None };
            for (index, sentence) in self.sentences.iter().enumerate() {
                for party in &sentence.parties {
                    let country = || party.root().filter(|root| self.finding.shared.is_country(root));
                    named.country = named.country.or_else(country);
                    let Some((_, leaf)) = party.id.as_deref().and_then(|id| id.split_once('/')) else { continue };
                    let Some(country) = country() else { continue };
                    let offices = named.offices.entry(leaf).or_default();
                    if offices.last().is_none_or(|(last, _)| *last < index) {
                        offices.push((index, country));
                    }
                }
                let names = if sentence.may_be(Mask::NAME) { &sentence.items[..] } else { &[] };
                let mut names = names.iter().filter_map(|item| self.finding.context.name(item));
                let place = names.find(|(_, _, name)| name.how == How::Place && !name.disputed);
                named.places.extend(place.map(|(_, _, name)| (index, root(&name.id))));
            }
            named
        })
    }

    fn country(&self, leaf: &str, index: usize) -> Option<&'a str> {
        let &Offices { finding, sentences, home, .. } = self;
        let (context, shared) = (&finding.context, finding.shared);
        let is_country = |root: &str| shared.is_country(root);
        let before = |named: &[(usize, &'a str)]| named.partition_point(|(at, _)| *at <= index);
        // "l'armée de l'air valdorienne", said once in full, is "l'armée de l'air" elsewhere.
        let full = || {
            let offices = self.named().offices.get(leaf)?;
            let (before, behind) = offices.split_at(before(offices));
            let near = behind.first().filter(|(at, _)| *at <= index + NEAR);
            before.last().or(near).map(|(_, country)| *country)
        };
        // The nearest country that is known to have such an office, else the nearest.
        let near = sentences[..=index].iter().rev().take(NEAR);
        let near = near.flat_map(|sentence| sentence.parties.iter().map(move |party| (sentence, party)));
        let near = near.filter(|(sentence, party)| !sentence.is_of_clock(party.first));
        let near = near.filter_map(|(_, party)| party.country());
        let countries = near.filter(|root| is_country(root));
        let has = |root: &&str| shared.parties.contains_key(&format!("{root}/{leaf}"));
        let place = || {
            let places = &self.named().places;
            places[..before(places)].last().map(|(_, country)| *country)
        };
        // "Au Niger, la protection civile": the sentence names it; else it is where the story happens.
        let here = || {
            let mut items = sentences[index].items.iter().enumerate();
            items.find_map(|(at, item)| {
                let (_, _, name) = context.name(item)?;
                let inside = at > 0 && context.is(&sentences[index].items[at - 1], Class::In);
                (name.how == How::Country && inside).then(|| root(&name.id)).filter(|root| is_country(root))
            })
        };
        // "Côté karsénien, …, selon le ministère"
        let told = || {
            let items = &sentences[index].items;
            let at = items.iter().take(4).position(|item| matches!(item.what, What::Mark(',' | ':')))?;
            let (_, _, name) = context.name(items.get(at.checked_sub(1)?)?)?;
            let country = matches!(name.how, How::Country | How::Adjective);
            country.then(|| root(&name.id)).filter(|root| is_country(root))
        };
        // "À Ormont, …, selon la préfecture": of who fights a place tells nothing.
        let fights = context.pack.kind_of(shared, &format!("{STATE}{leaf}")).fights;
        let inside = || {
            let items = &sentences[index].items;
            let mut places = items.iter().enumerate().filter_map(|(at, item)| {
                let (_, _, name) = context.name(item)?;
                let inside = at > 0 && context.is(&items[at - 1], Class::In);
                (name.how == How::Place && !name.disputed && inside).then(|| root(&name.id))
            });
            let first = places.next()?;
            places.all(|other| other == first).then_some(first)
        };
        told()
            .or_else(|| finding.section(sentences, index))
            .or_else(full)
            .or_else(here)
            .or_else(|| inside().filter(|_| !fights))
            .or(home.country.as_deref())
            .or_else(|| countries.clone().find(has))
            .or_else(|| countries.clone().next())
            .or_else(place)
            .or_else(|| self.named().country)
    }
}

impl<'p> Finding<'p> {
    /// "Miravie : la trêve vole en éclats", "En Miravie, seize cercueils": of which country the lines below tell.
    fn section<'s>(&self, sentences: &'s [Sentence<'p>], index: usize) -> Option<&'s str>
    where
        'p: 's,
    {
        let lines = sentences[..=index].iter().rev().take(SECTION);
        lines
            .filter_map(|sentence| {
                let mark = |at: usize, mark| sentence.items.get(at).is_some_and(|item| item.what == What::Mark(mark));
                let mut heads = sentence.items.iter().enumerate().take(3);
                heads.find_map(|(at, item)| {
                    let (_, _, name) = self.context.name(item).filter(|(_, _, name)| name.how == How::Country)?;
                    let inside = at > 0 && self.context.is(&sentence.items[at - 1], Class::In);
                    (mark(at + 1, ':') || (inside && mark(at + 1, ','))).then(|| root(&name.id))
                })
            })
            .find(|root| self.shared.is_country(root))
    }

    fn town_near<'s>(&self, country: &str, sentences: &'s [Sentence<'p>], index: usize) -> Option<&'s str>
    where
        'p: 's,
    {
        let near = sentences[..=index].iter().rev().take(4).flat_map(|sentence| sentence.items.iter().rev());
        let names = near.filter_map(|item| self.context.name(item));
        let town = names.map(|(_, _, name)| name).find(|name| name.how == How::Place && root(&name.id) == country)?;
        town.id.split('/').nth(1)
    }
}
