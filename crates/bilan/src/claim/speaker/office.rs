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
use crate::pack::{Class, How};

/// Sentences behind an office in which its full name may stand.
const NEAR: usize = 12;

/// Sentences before in which a line may say of which country they tell.
const SECTION: usize = 6;

impl<'p> Finding<'p> {
    /// An office without a country belongs to the country spoken of; a local one to the town near it.
    pub(in crate::claim) fn place_office(
        &self,
        speaker: &mut Speaker,
        sentences: &[Sentence<'p>],
        index: usize,
        home: &Home,
    ) {
        // An authority whose country nobody names is none that can be told.
        speaker.citing.take_if(|(id, ..)| id.starts_with("?/"));
        let Some(leaf) = speaker.id.as_deref().and_then(|id| id.strip_prefix("?/")) else { return };
        let country = self.country_of_office(leaf, sentences, index, home);
        speaker.id = country.map(|country| match leaf {
            "local" => match self.town_near(country, sentences, index) {
                Some(town) => format!("{country}/local/{town}"),
                None => format!("{country}/local"),
            },
            "" => country.to_owned(),
            _ => format!("{country}/{leaf}"),
        });
        speaker.confidence = speaker.confidence.min(OFFICE);
    }

    fn country_of_office<'s>(
        &self,
        leaf: &str,
        sentences: &'s [Sentence<'p>],
        index: usize,
        home: &'s Home,
    ) -> Option<&'s str>
    where
        'p: 's,
    {
        let is_country = |root: &str| self.shared.is_country(root);
        let before = || sentences[..=index].iter().rev();
        // "l'armée de l'air valdorienne", said once in full, is "l'armée de l'air" elsewhere.
        let full = || {
            let near = before().chain(sentences[index + 1..].iter().take(NEAR));
            let ids = near.flat_map(|sentence| &sentence.parties).filter_map(|party| party.id.as_deref());
            let mut offices = ids.filter_map(|id| id.split_once('/'));
            offices.find(|(root, tail)| *tail == leaf && is_country(root)).map(|(root, _)| root)
        };
        // The nearest country that is known to have such an office, else the nearest.
        let near = before().take(12).flat_map(|sentence| sentence.parties.iter().map(move |party| (sentence, party)));
        let near = near.filter(|(sentence, party)| !sentence.is_of_clock(party.first));
        let near = near.filter_map(|(_, party)| party.country());
        let countries = near.filter(|root| is_country(root));
        let has = |root: &&str| self.shared.parties.contains_key(&format!("{root}/{leaf}"));
        let place = || {
            before().flat_map(|sentence| &sentence.items).find_map(|item| {
                let (_, _, name) = self.context.name(item)?;
                (name.how == How::Place && !name.disputed).then(|| root(&name.id))
            })
        };
        let anywhere = || {
            let roots = sentences.iter().flat_map(|sentence| &sentence.parties).filter_map(|party| party.root());
            roots.into_iter().find(|root| is_country(root))
        };
        // "Au Niger, la protection civile": the sentence names it; else it is where the story happens.
        let here = || {
            let mut items = sentences[index].items.iter().enumerate();
            items.find_map(|(at, item)| {
                let (_, _, name) = self.context.name(item)?;
                let inside = at > 0 && self.context.is(&sentences[index].items[at - 1], Class::In);
                (name.how == How::Country && inside).then(|| root(&name.id)).filter(|root| is_country(root))
            })
        };
        // "Côté karsénien, …, selon le ministère"
        let told = || {
            let items = &sentences[index].items;
            let at = items.iter().take(4).position(|item| matches!(item.what, What::Mark(',' | ':')))?;
            let (_, _, name) = self.context.name(items.get(at.checked_sub(1)?)?)?;
            let country = matches!(name.how, How::Country | How::Adjective);
            country.then(|| root(&name.id)).filter(|root| is_country(root))
        };
        // "À Ormont, …, selon la préfecture": of who fights a place tells nothing.
        let fights = self.context.pack.kind_of(self.shared, &format!("{STATE}{leaf}")).fights;
        let inside = || {
            let items = &sentences[index].items;
            let mut places = items.iter().enumerate().filter_map(|(at, item)| {
                let (_, _, name) = self.context.name(item)?;
                let inside = at > 0 && self.context.is(&items[at - 1], Class::In);
                (name.how == How::Place && !name.disputed && inside).then(|| root(&name.id))
            });
            let first = places.next()?;
            places.all(|other| other == first).then_some(first)
        };
        told()
            .or_else(|| self.section(sentences, index))
            .or_else(full)
            .or_else(here)
            .or_else(|| inside().filter(|_| !fights))
            .or(home.country.as_deref())
            .or_else(|| countries.clone().find(has))
            .or_else(|| countries.clone().next())
            .or_else(place)
            .or_else(anywhere)
    }

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
