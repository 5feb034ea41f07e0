//! Finds the source of a preposition of saying.
//!
//! In: a preposition and its sentence. Out: a [`Hit`] with whom it names.
//!
//! "selon un bilan mis à jour dimanche à 18h00 par le ministère": between the two stand a verb, a day and a clock.

use super::cue::NAMED;
use super::hear::Listening;
use super::{Hit, Reach, Speaker};
use crate::clause::{Naming, PartyGroup, Verb, Voice};
use crate::mention::{Item, What};
use crate::pack::{Class, CueClass, Tags};

/// Items between a report and who gave it out.
const GIVEN: usize = 14;

/// Items between "par" and the institution of who gave a report out.
const MEMBER: usize = 7;

/// What a report counts whose source is not told.
pub(super) const BARE: i32 = 4;

impl Listening<'_, '_> {
    /// "selon X", "d'après un décompte de X", "selon la même source"
    pub(super) fn preposition(&self, at: usize) -> Option<Hit> {
        let items = &self.sentence.items;
        let opens = at == 0
            || (at <= 2
                && items[..at].iter().all(|item| {
                    matches!(item.what, What::Mark(_))
                        || self.context.is(item, Class::Adverb)
                        || self.context.is(item, Class::And)
                }));
        let reach = match self.part_before(at) {
            _ if opens => Reach::Whole,
            Some(part) => Reach::Part(part),
            None => Reach::Left,
        };
        let weight = if opens { 8 } else { 11 };
        if let Some(id) = self.context.cue(&items[at]).and_then(|(_, _, cue)| cue.party.clone()) {
            let speaker = self.words(at, at + 1, at);
            return Some(Hit::new(at, reach, Speaker { id: Some(id), ..speaker }, weight));
        }
        // "a indiqué la chaîne, selon laquelle"
        if items.get(at + 1).is_some_and(|item| self.context.is(item, Class::Relative)) {
            let end = at - usize::from(at > 0 && items[at - 1].what == What::Mark(','));
            let party = self.sentence.parties.iter().find(|party| party.end == end && party.speaks());
            let before = || self.again(Tags::NONE, at);
            let speaker = party.map(|party| self.speaker(party, at)).or_else(before)?;
            return Some(Hit::new(at, Reach::Right, speaker, 10));
        }
        for (next, item) in items.iter().enumerate().skip(at + 1).take(NAMED) {
            if let Some(party) =
                self.sentence.parties.iter().find(|party| party.first == next && (party.speaks() || next > at + 1))
                && !self.is_where(party)
                && !self.is_told(party)
            {
                let mut speaker = self.speaker(party, at);
                let report = items[at..next].iter().any(|item| self.context.is_cue(item, CueClass::Report));
                // An agency that counts is the claimant.
                if !report {
                    self.carrier(&mut speaker);
                }
                return Some(Hit { counts: report, ..Hit::new(at, reach, speaker, weight) });
            }
            // "selon le rapport annuel d'une ONG": one plain word may stand between.
            let of = |at: usize| items.get(at).is_some_and(|item| self.context.is(item, Class::Of));
            let plain = items.get(next + 1).is_some_and(Item::is_unknown);
            let named = of(next + 1) || (plain && of(next + 2));
            // "selon le bulletin publié mercredi par l'état-major": named by whom it was published.
            let published = || {
                let by = items[next + 1..].iter().take(4).position(|item| self.context.is(item, Class::By));
                by.is_some_and(|by| {
                    let by = next + 1 + by;
                    self.sentence.parties.iter().any(|party| party.first > by && party.first <= by + 2)
                })
            };
            let back = self.context.is_cue(item, CueClass::Same) || self.context.is_cue(item, CueClass::Back);
            if back && !named && !published() {
                return Some(Hit::new(at, reach, self.same(item, at)?, weight));
            }
            if let Some((_, tags)) = self.context.class(item, Class::Pronoun) {
                return Some(Hit::new(at, reach, self.again(tags, at)?, weight));
            }
            // "selon l'un de ses officiers": of whom the sentence tells.
            if self.context.is(item, Class::Possessive) {
                return Some(Hit::new(at, reach, self.owner(at)?, weight));
            }
            // A full stop inside a sentence ends an abbreviation: "selon M. Velkar".
            let stops =
                matches!(item.what, What::Mark(',' | ';')) || (item.what == What::Mark('.') && next + 1 == items.len());
            // "selon les chiffres de l'armée": a noun, whatever verb has this form.
            let article = self.context.is(&items[next - 1], Class::Determiner) || self.is_article(&items[next - 1]);
            let noun = article || self.context.is_cue(item, CueClass::Report) || self.context.is(item, Class::Count);
            let finite = |verb: &Verb| verb.item == next && !matches!(verb.voice, Voice::Noun | Voice::Bare);
            // "d'après ce qu'a déclaré le ministère": who says it follows.
            let said = items[at + 1..next].iter().take(2).any(|item| self.context.is(item, Class::That));
            if said && !stops && next <= at + 4 {
                continue;
            }
            if stops || (!noun && self.sentence.verbs.iter().any(finite)) {
                // "selon Jean Dupont, …": words only.
                let first = at + 1;
                if let Some(speaker) = (first..next).find_map(|item| self.named(item, at)) {
                    return Some(Hit::new(at, reach, speaker, weight));
                }
                let report = (first..next).find(|&item| self.is_report(&items[item]));
                if let Some(party) = report.and_then(|report| self.given_by(report)) {
                    return Some(Hit { counts: true, ..Hit::new(at, reach, self.speaker(party, at), weight) });
                }
                if next > first {
                    let speaker = self.unnamed(first, next, at);
                    // "Les gardes-côtes ont récupéré 38 corps, d'après un communiqué": theirs.
                    let heads = self.sentence.parties.first().filter(|party| {
                        party.first <= 1 && party.end < at && party.speaks() && party.how == Naming::Office
                    });
                    if let Some(party) = heads.filter(|_| speaker.id.is_none() && report.is_some()) {
                        let speaker = Speaker { confidence: 70, ..self.speaker(party, at) };
                        return Some(Hit::new(at, reach, speaker, weight));
                    }
                    // "selon de premières données": whoever else is heard gave them.
                    let bare = speaker.id.is_none() && report.is_some();
                    let weight = if bare { BARE } else { weight };
                    return Some(Hit::new(at, reach, speaker, weight));
                }
                return None;
            }
        }
        // "selon un collectif d'avocats proches de l'opposition": longer than a name.
        let far = (at + 1 + NAMED).min(items.len());
        let report = (at + 1..far).find(|&item| self.is_report(&items[item]));
        if let Some(party) = report.and_then(|report| self.given_by(report)) {
            return Some(Hit { counts: true, ..Hit::new(at, reach, self.speaker(party, at), weight) });
        }
        let who = (at + 1 < far).then(|| self.unnamed(at + 1, far, at)).filter(|who| who.id.is_some())?;
        Some(Hit::new(at, reach, who, weight))
    }

    /// "un bilan mis à jour dimanche à 18h00 par le ministère", "des données, livrées lundi par": by whom it was given out.
    fn given_by(&self, report: usize) -> Option<&PartyGroup> {
        let items = &self.sentence.items;
        let figure = |number: u16| &self.sentence.figures[usize::from(number)];
        let counts = |item: &Item<'_>| matches!(item.what, What::Figure(number) if figure(number).refused.is_none());
        let stops = |item: &Item<'_>| {
            counts(item) || matches!(item.what, What::Mark('.' | ';')) || self.context.is(item, Class::That)
        };
        let behind = (report + 1..items.len()).take(GIVEN).take_while(|&at| !stops(&items[at]));
        let by = behind.into_iter().find(|&at| self.context.is(&items[at], Class::By))?;
        let mut commas = items[report..by].iter().filter(|item| item.what == What::Mark(','));
        let apposed = commas.nth(1).is_none();
        let mut parties = self.sentence.parties.iter().filter(|party| party.speaks());
        let party = parties.find(|party| apposed && (by + 1..=by + MEMBER).contains(&party.first))?;
        // "par un membre du commandement de l'armée": whose he is.
        let of = |item: &Item<'_>| {
            let word = item.what == What::Words && (item.senses.is_empty() || self.context.is(item, Class::Of));
            word || self.is_article(item) || self.context.is(item, Class::Determiner)
        };
        let direct = party.first <= by + 2 || items[by + 1..party.first].iter().all(of);
        direct.then_some(party)
    }
}
