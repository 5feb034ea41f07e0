//! Finds the source of a verb or preposition of saying.
//!
//! In: a cue and its sentence. Out: a [`Hit`] with the party that speaks.
//!
//! "…, a affirmé jeudi soir à la presse le porte-parole": in a tail the subject stands behind its verb.

use super::hear::Listening;
use super::{Hit, Reach, Speaker};
use crate::clause::{Naming, PartyGroup, STATE, Verb, Voice};
use crate::mention::{Item, What};
use crate::pack::{Class, CueClass, Tags};
use crate::sentence::Shape;

impl Listening<'_, '_> {
    pub(super) fn verb(&self, verb: &Verb) -> Option<Hit> {
        let items = &self.sentence.items;
        let at = verb.item;
        if verb.voice == Voice::Bare {
            return self.bare(verb);
        }
        // "allonge une liste": a noun, whatever verb has this form.
        let left = at.checked_sub(1).map(|left| &items[left]).filter(|_| verb.begin == at);
        if left.is_some_and(|left| self.is_article(left)) {
            return None;
        }
        let passive = verb.voice == Voice::Passive;
        let that = items[at + 1..].iter().take(8).position(|item| self.context.is(item, Class::That));
        // "a ajouté X", "a-t-il ajouté"
        let mut after = at + 1;
        // "a déclaré à l'AFP un porte-parole": to whom it was said.
        let carrier = self.told_to(at);
        if let Some(party) = carrier {
            after = party.end;
        }
        while after < items.len()
            && after < at + 4
            && (self.context.is(&items[after], Class::Adverb)
                || self.context.is(&items[after], Class::Determiner)
                || matches!(items[after].what, What::Date(_)))
        {
            after += 1;
        }
        let by = items.get(at + 1).is_some_and(|item| self.context.is(item, Class::By));
        let inverted = self
            .sentence
            .parties
            .iter()
            .find(|party| party.speaks() && (after..=after + 2).contains(&party.first))
            .filter(|party| {
                // "a précisé le nouveau ministre"
                let article = after > 0 && self.context.is(&items[after - 1], Class::Determiner);
                let plain = |item: &Item<'_>| {
                    article && item.what == What::Words && item.senses.is_empty() && !self.context.is_capital(item)
                };
                let tail = self.sentence.opens_tail(verb.begin);
                let direct = items[after..party.first].iter().all(|item| {
                    self.context.is(item, Class::Determiner)
                        || plain(item)
                        || (tail && self.context.is(item, Class::Of))
                        || (passive && self.context.is(item, Class::By))
                });
                direct && that != Some(0)
            });
        if passive {
            // "sont estimées à 9 000 soldats par le ministère"
            let near = by || items[at + 1..].iter().take(9).any(|item| self.context.is(item, Class::By));
            let by =
                near.then(|| items[at + 1..].iter().take(9).position(|item| self.context.is(item, Class::By)))??;
            let first = at + 1 + by + 1;
            let party = self
                .sentence
                .parties
                .iter()
                .find(|party| party.speaks() && party.first >= first && party.first <= first + 2)?;
            return Some(Hit::new(at, Reach::Whole, self.speaker(party, at), 9));
        }
        // "a-t-on appris auprès du gouverneur": the subject is inside.
        let inside = items[verb.begin..at].iter().any(|item| self.context.token(item).shape.has(Shape::HYPHEN));
        let subject = if passive || inside { None } else { self.subject(verb) };
        if let Some(party) = inverted {
            // With a subject of its own before the verb, what follows is its object: "a accusé la Russie".
            let goes_on = verb.begin > 0 && self.context.is(&items[verb.begin - 1], Class::And);
            let object = (subject.is_some() || goes_on) && !self.sentence.opens_tail(verb.begin);
            if !object {
                let colon = items.get(party.end).is_some_and(|item| matches!(item.what, What::Mark(':')));
                let reach = if colon || self.that_after(party.end) { Reach::Right } else { Reach::Left };
                return Some(Hit::new(at, reach, self.speaker(party, at), 11));
            }
        }
        let pronoun_after = items.get(at + 1).and_then(|item| self.context.class(item, Class::Pronoun));
        let pronoun_inside = items[verb.begin..at].iter().find_map(|item| self.context.class(item, Class::Pronoun));
        if let Some((_, tags)) = pronoun_after.or(pronoun_inside).filter(|_| subject.is_none()) {
            return Some(Hit::new(at, Reach::Left, self.again(tags, at)?, 10));
        }
        let nearer = |at: usize| subject.is_none_or(|party| party.end <= at);
        if let Some((_, speaker)) = self.named_before(verb.begin).filter(|(at, _)| nearer(*at)) {
            let left = self.sentence.opens_tail(verb.begin);
            return Some(Hit::new(at, if left { Reach::Left } else { Reach::Right }, speaker, 9));
        }
        if let Some(party) = subject {
            // "…, l'état-major a dit mercredi.": nothing follows that it could govern.
            let figure = |items: &[Item<'_>]| items.iter().any(|item| matches!(item.what, What::Figure(_)));
            let tail = that.is_none() && !figure(&items[at..]) && figure(&items[..party.first]);
            let reach = if tail { Reach::Left } else { Reach::Right };
            return Some(Hit::new(at, reach, self.speaker(party, at), 10));
        }
        if self.sentence.opens_tail(verb.begin) && that != Some(0) {
            // "« … », a annoncé sur les réseaux sociaux le président valdorien"
            let stop = items[at + 1..].iter().take(9).position(|item| {
                let counts = matches!(item.what, What::Figure(_)) && !self.is_article(item);
                counts || matches!(item.what, What::Mark(',' | '.' | ';')) || self.context.is(item, Class::That)
            });
            let limit = at + 1 + stop.unwrap_or(9);
            if let Some(party) = self
                .sentence
                .parties
                .iter()
                .find(|party| party.speaks() && (at + 1..limit).contains(&party.first) && !self.is_told(party))
            {
                return Some(Hit::new(at, Reach::Left, self.speaker(party, at), 10));
            }
        }
        // "a dit M. Onval"
        let named = (after..(after + 4).min(items.len())).find_map(|item| self.named(item, at));
        if let Some(speaker) = named.filter(|_| that != Some(0)) {
            return Some(Hit::new(at, Reach::Left, speaker, 9));
        }
        let before = items[..verb.begin].iter().enumerate().rev().take(3);
        for (_, item) in before {
            if let Some((_, tags)) = self.context.class(item, Class::Pronoun) {
                return Some(Hit::new(at, Reach::Right, self.again(tags, at)?, 10));
            }
            if self.context.is_cue(item, CueClass::Same) {
                let whose = verb.begin > 0 && self.context.is(&items[verb.begin - 1], Class::Relative);
                let left = !whose && self.sentence.opens_tail(verb.begin);
                let reach = if left { Reach::Left } else { Reach::Right };
                return Some(Hit::new(at, reach, self.same(item, at)?, 9));
            }
        }
        if let Some(item) = items.get(after).filter(|item| self.context.is_cue(item, CueClass::Same)) {
            return Some(Hit::new(at, Reach::Left, self.same(item, at)?, 9));
        }
        self.stranger(verb, that.is_some())
    }

    /// "un bilan fourni par le ministère": a participle serves only the report it stands on.
    fn bare(&self, verb: &Verb) -> Option<Hit> {
        let items = &self.sentence.items;
        // "publié lundi soir par", "livré en soirée par"
        let behind = items[verb.item + 1..].iter().take(5);
        let behind = behind.take_while(|item| !matches!(item.what, What::Mark(_) | What::Figure(_)));
        let first = verb.item + 1 + behind.take_while(|item| !self.context.is(item, Class::By)).count();
        let by = items.get(first).is_some_and(|item| self.context.is(item, Class::By));
        let report = items[verb.item.saturating_sub(3)..verb.item].iter().any(|item| {
            self.context.is_cue(item, CueClass::Report)
                || self.context.is(item, Class::Count)
                || self.context.is(item, Class::Previous)
        });
        let party = self
            .sentence
            .parties
            .iter()
            .find(|party| party.speaks() && party.first > first && party.first <= first + 2)?;
        (by && report).then(|| Hit::new(verb.item, Reach::Whole, self.speaker(party, verb.item), 9))
    }

    /// "l'OIM à Solvar", "des médecins à Ormont": where who speaks is, and no speaker.
    pub(super) fn is_where(&self, party: &PartyGroup) -> bool {
        let article = |at: &usize| self.context.is(&self.sentence.items[*at], Class::Determiner);
        let left = (0..party.first).rev().find(|at| !article(at)).filter(|at| at + 2 >= party.first);
        let left = left.map(|left| &self.sentence.items[left]);
        let inside = left.is_some_and(|left| self.context.is(left, Class::In) && !self.context.is(left, Class::Of));
        inside && party.how == Naming::Name
    }

    /// "à Radio Lac": an outlet to which something is said.
    fn is_told(&self, party: &PartyGroup) -> bool {
        let carries = party.id.as_deref().is_some_and(|id| self.context.pack.kind_of(self.shared, id).carries);
        let left = self.sentence.items[party.first.saturating_sub(2)..party.first].iter();
        carries && left.rev().any(|item| self.context.is(item, Class::To))
    }

    /// "un communiqué": an article, and no count.
    fn is_article(&self, item: &Item<'_>) -> bool {
        matches!(item.what, What::Figure(number) if self.sentence.figures[usize::from(number)].low.make.article)
    }

    fn that_after(&self, at: usize) -> bool {
        let behind = self.sentence.items[at..].iter().take(3).take_while(|item| item.what != What::Mark(','));
        behind.into_iter().any(|item| self.context.is(item, Class::That))
    }

    /// The party that is the subject of a verb: the nearest on its left with no other verb between. What stands between
    /// two commas is passed over: "L'AFP, citant l'état-major, rapporte".
    pub(super) fn subject(&self, verb: &Verb) -> Option<&PartyGroup> {
        let items = &self.sentence.items;
        // "Erevan, qui ne déplore que": the antecedent.
        let relative =
            (verb.begin.saturating_sub(3)..verb.begin).rev().find(|&at| self.context.is(&items[at], Class::Relative));
        if let Some(relative) = relative {
            let direct = items[relative + 1..verb.begin].iter().all(|item| {
                item.senses.is_empty() || self.context.is(item, Class::Not) || self.context.is(item, Class::Adverb)
            });
            let mark = |at: usize, mark| at > 0 && items[at - 1].what == What::Mark(mark);
            let end = relative - usize::from(mark(relative, ','));
            // "l'agence (AGC), qui a recensé"
            let end = end - usize::from(mark(end, ')'));
            let party = self.sentence.parties.iter().find(|party| party.end == end && party.speaks());
            if party.is_some() && direct {
                return party;
            }
        }
        let left = self.sentence.parties.iter().rev().filter(|party| party.end <= verb.begin);
        for party in left.filter(|party| party.speaks() || self.heads_nothing(party)).take(4) {
            // "Solvar a démenti, ne reconnaissant que": the comma only parts the participle.
            let tail = verb.tags.has(Tags::GERUND) && self.sentence.opens_tail(verb.begin);
            let mut before = (party.end..verb.begin).rev();
            let comma = if tail { before.find(|&at| items[at].what == What::Mark(',')) } else { None };
            let between = &items[party.end..comma.unwrap_or(verb.begin)];
            // "la ministre de la Défense, Lena Orvik, a indiqué": a comma inside the name wants one behind it.
            let inner =
                items[party.first..party.end].iter().filter(|item| matches!(item.what, What::Mark(','))).count();
            let mut commas = inner;
            let mut aside = false;
            let mut clear = between.len() <= 28;
            for (offset, item) in between.iter().enumerate() {
                let at = party.end + offset;
                let verb_between = self
                    .sentence
                    .verbs
                    .iter()
                    .any(|other| other.item == at && !matches!(other.voice, Voice::Noun | Voice::Bare));
                match item.what {
                    What::Mark(',') => {
                        commas += 1;
                        // "les pompiers, qui ont sauvé douze habitants, avancent"
                        aside = items.get(at + 1).is_some_and(|next| self.context.is(next, Class::Relative));
                    }
                    What::Mark('.' | ';' | ':' | '\u{bb}' | '\u{201d}') => clear = false,
                    What::Figure(_) if commas % 2 == 0 || !aside => clear &= self.is_article(item),
                    _ if verb_between && commas % 2 == 0 => clear &= tail,
                    _ if commas % 2 == 0
                        && (self.context.is(item, Class::That) || self.context.is(item, Class::Pronoun)) =>
                    {
                        clear = false;
                    }
                    _ => {}
                }
            }
            if !clear {
                return None;
            }
            let by = party.first > 0 && self.context.is(&items[party.first - 1], Class::By);
            if commas % 2 == 0 && !by && !self.is_where(party) {
                return Some(party);
            }
        }
        None
    }

    /// An adjective whose noun the pack does not know: "les services russes".
    fn heads_nothing(&self, party: &PartyGroup) -> bool {
        let items = &self.sentence.items;
        party.first > 0 && items[party.first - 1].senses.is_empty() && items[party.first - 1].what == What::Words
    }

    /// A name that the pack does not know, before or after a word of saying.
    fn stranger(&self, verb: &Verb, that: bool) -> Option<Hit> {
        let items = &self.sentence.items;
        let unknown = |at: usize| {
            let item = &items[at];
            item.what == What::Words && item.senses.is_empty() && self.context.is_capital(item)
        };
        let make = |first, end, reach| {
            let speaker = Speaker { tags: Tags::SINGULAR, ..self.words(first, end, verb.item) };
            Some(Hit::new(verb.item, reach, speaker, 8))
        };
        let article = |at: usize| items.get(at).is_some_and(|item| self.context.is(item, Class::Determiner));
        let first = verb.item + 1;
        let after = first + usize::from(article(first));
        if self.sentence.opens_tail(verb.begin) && after < items.len() && unknown(after) {
            let end = (after..items.len()).take_while(|&at| unknown(at)).last()? + 1;
            return make(first, end, Reach::Left);
        }
        if verb.begin > 0 && unknown(verb.begin - 1) {
            let first = (0..verb.begin).rev().take_while(|&at| unknown(at)).last()?;
            let led = first.checked_sub(1).filter(|&at| article(at));
            return led.or(Some(first).filter(|_| that)).and_then(|first| make(first, verb.begin, Reach::Right));
        }
        None
    }

    /// A speaker that only words tell. With an article before an unknown name it is an institution: "selon la Dirpa".
    fn words(&self, first: usize, end: usize, at: usize) -> Speaker {
        let items = &self.sentence.items;
        let name = items.get(first + 1).filter(|item| {
            let unknown = item.what == What::Words && item.senses.is_empty();
            unknown && self.context.is_capital(item) && self.context.is(&items[first], Class::Determiner)
        });
        let (cue, said) = self.cue_entry(at);
        Speaker {
            id: name.filter(|_| end == first + 2).map(|_| STATE.to_owned()),
            named: (self.index, items[first].first, items[end - 1].end),
            tags: Tags::NONE,
            citing: None,
            via: vec![],
            said,
            cue,
            at: (self.index, at),
            confidence: 60,
        }
    }

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
        for (next, item) in items.iter().enumerate().skip(at + 1).take(8) {
            if let Some(party) =
                self.sentence.parties.iter().find(|party| party.first == next && (party.speaks() || next > at + 1))
                && !self.is_where(party)
            {
                let mut speaker = self.speaker(party, at);
                let report = items[at..next].iter().any(|item| self.context.is_cue(item, CueClass::Report));
                // An agency that counts is the claimant.
                if !report {
                    self.carrier(&mut speaker);
                }
                return Some(Hit { item: at, reach, speaker, weight, counts: report });
            }
            let named = items.get(next + 1).is_some_and(|item| self.context.is(item, Class::Of));
            // "selon le bulletin publié mercredi par l'état-major": named by whom it was published.
            let published = || {
                let by = items[next + 1..].iter().take(4).position(|item| self.context.is(item, Class::By));
                by.is_some_and(|by| {
                    let by = next + 1 + by;
                    self.sentence.parties.iter().any(|party| party.first > by && party.first <= by + 2)
                })
            };
            if self.context.is_cue(item, CueClass::Same) && !named && !published() {
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
            if stops || (!noun && self.sentence.verbs.iter().any(finite)) {
                // "selon Jean Dupont, …": words only.
                let first = at + 1;
                if let Some(speaker) = (first..next).find_map(|item| self.named(item, at)) {
                    return Some(Hit::new(at, reach, speaker, weight));
                }
                if next > first {
                    let speaker = self.words(first, next, at);
                    return Some(Hit::new(at, reach, speaker, weight));
                }
                return None;
            }
        }
        None
    }
}
