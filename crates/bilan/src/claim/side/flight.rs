//! Tells of which country those are who left theirs.
//!
//! In: a draft and the place told of it. Out: what is told of their flight, and the country they come from.
//!
//! "300 000 personnes se sont réfugiées au Tchad depuis le début de la guerre au Soudan" are of the other country that the
//! sentence tells; where it tells only the one that took them in they are not of that.

use super::super::draft::Draft;
use super::place::Found;
use super::{Siding, Whose};
use crate::clause::{Verb, VerbKind};
use crate::pack::{Data, Mask};

/// Tokens behind the word that tells of a flight in which its end may stand.
const REFUGE: u32 = 6;

/// What is told of people who may have left their country.
pub(super) struct Flight<'a> {
    /// "réfugiés": the noun says that they have, wherever they are told to be.
    pub gone: bool,
    /// "se sont réfugiés": the verb says so.
    moved: bool,
    /// The country that took them in.
    refuge: Option<&'a str>,
}

impl Flight<'_> {
    /// Whether a country told of them is where they are now, and not theirs.
    pub fn is_refuge(&self, country: &str, home: Option<&str>) -> bool {
        self.gone || self.refuge.is_some() && home != Some(country)
    }
}

impl<'p> Siding<'_, 'p> {
    /// "réfugiés": those counted have left their country.
    pub(super) fn is_away(&self, draft: &Draft<'p>) -> bool {
        let entry = draft.thing.and_then(|(_, thing)| thing.entry);
        entry.and_then(|entry| self.context.pack.counted(entry)).is_some_and(|noun| noun.away)
    }

    /// What is told of a flight of those counted, of whom this place is told.
    pub(super) fn flight<'a>(&self, draft: &Draft<'p>, place: Option<&'a (String, Whose)>) -> Flight<'a> {
        let gone = self.is_away(draft);
        let verb = &self.context.pack.entries[draft.outcome_entry as usize].data;
        let moved = matches!(verb, Data::Outcome(outcome) if outcome.away);
        let (sentence, at) = draft.outcome_at;
        let told = self.sentences[sentence].items[at].end;
        let behind = |at: u32| (told..told + REFUGE).contains(&at);
        let refuge = place.filter(|(_, words)| words.0 == draft.sentence && (gone || moved && behind(words.1)));
        Flight { gone, moved, refuge: refuge.map(|(country, _)| country.as_str()) }
    }

    /// The first country of their sentence that did not take them in, or the one whose war they fled.
    pub(super) fn origin(&self, draft: &Draft<'p>, flight: &Flight<'_>) -> Option<(String, Whose)> {
        if flight.refuge.is_none() && !flight.moved {
            return None;
        }
        let sentence = &self.sentences[draft.sentence];
        let group = &sentence.groups[draft.group];
        let names = (0..sentence.items.len()).filter(|&at| sentence.items[at].mask.kinds & Mask::NAME != 0);
        // "À Solvar, l'ONU a indiqué que": where somebody speaks nobody comes from.
        let said = |at: usize| {
            let between =
                |verb: &Verb| at < verb.item && verb.item < group.first || group.end <= verb.item && verb.item < at;
            sentence.verbs.iter().any(|verb| verb.kind == VerbKind::Cue && between(verb))
        };
        let places = names.filter(|&at| !said(at)).filter_map(|at| self.place_at(draft.sentence, at, Some(group)));
        places.chain(self.since_war(draft.sentence)).find_map(|found| match found {
            Found::Country(country, words) => {
                let other = flight.refuge != Some(&country) && !country.contains('+');
                other.then_some((country, words))
            }
            _ => None,
        })
    }
}
