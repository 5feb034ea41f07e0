//! Finds the source of a verb or preposition of saying.
//!
//! In: a cue and its sentence. Out: a [`Hit`] with the party that speaks.
//!
//! "…, a affirmé jeudi soir à la presse le porte-parole": in a tail the subject stands behind its verb.

use super::hear::Listening;
use super::{Hit, Reach};
use crate::clause::{Naming, PartyGroup, Verb, Voice};
use crate::kinds::Trait;
use crate::mention::{Item, What};
use crate::pack::{Class, CueClass, Tags};
use crate::sentence::Shape;

/// Items that name a source: behind "selon", before a verb.
pub(super) const NAMED: usize = 8;

/// Items of a day between two commas.
const ASIDE: usize = 7;

/// Items between a report and a participle set off from it.
const APPOSED: usize = 12;

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
        let outlet = self.behind_outlet(after).filter(|_| carrier.is_none());
        after = self.behind_aside(outlet.unwrap_or(after));
        let aside = after;
        while after < items.len()
            && after < aside.max(at + 1) + 3
            && (self.context.is(&items[after], Class::Adverb)
                || self.context.is(&items[after], Class::Determiner)
                || matches!(items[after].what, What::Date(_)))
        {
            after += 1;
        }
        // "a déclaré pour sa part, la cheffe de la diplomatie"
        let led = |at: usize| items.get(at).is_some_and(|item| self.context.is(item, Class::Determiner));
        let set_off = after > at + 1 && items.get(after).is_some_and(|item| item.what == What::Mark(','));
        if set_off && led(after + 1) && self.sentence.opens_tail(verb.begin) {
            after += 2;
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
                let plain = |item: &Item<'_>| article && item.is_unknown() && !self.context.is_capital(item);
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
            // "le ministère, qui avait donné 841 tués, a accusé l'armée": the comma closes an aside.
            let aside = subject.is_some_and(|subject| {
                let between = items[subject.end..verb.begin].iter().filter(|item| item.what == What::Mark(','));
                let opens = items.get(subject.end + 1).is_some_and(|item| self.context.is(item, Class::Relative));
                opens && between.count() == 2
            });
            let object = (subject.is_some() || goes_on) && (aside || !self.sentence.opens_tail(verb.begin));
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
            let from = aside.max(at + 1);
            let stop = items[from..].iter().take(9).position(|item| {
                let counts = matches!(item.what, What::Figure(_)) && !self.is_article(item);
                counts || matches!(item.what, What::Mark(',' | '.' | ';')) || self.context.is(item, Class::That)
            });
            let limit = from + stop.unwrap_or(9);
            if let Some(party) = self
                .sentence
                .parties
                .iter()
                .filter(|party| party.speaks() && (from..limit).contains(&party.first))
                .find(|party| !self.is_told(party) && !self.is_where(party))
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
        let tail = self.sentence.opens_tail(verb.begin) && that != Some(0);
        self.stranger(verb, that.is_some())
            .or_else(|| self.somebody(verb))
            .or_else(|| if tail { self.of_some_kind(verb.item) } else { None })
    }

    /// "a dit à la radio", "a affirmé à la chaîne KTV": where an outlet ends that the pack does not know, to which
    /// something is said.
    fn behind_outlet(&self, from: usize) -> Option<usize> {
        let items = &self.sentence.items;
        let is = |at: usize, class| items.get(at).is_some_and(|item| self.context.is(item, class));
        let to = (from..from + 2).find(|&at| is(at, Class::To) || is(at, Class::In))?;
        let noun = to + 1 + usize::from(is(to + 1, Class::Determiner));
        let institution = items.get(noun).filter(|item| self.context.is_cue(item, CueClass::Institution));
        let kind = institution.and_then(|item| self.context.cue(item)).and_then(|(_, _, cue)| cue.party.as_deref());
        let outlet = kind.is_some_and(|kind| self.context.pack.kind_of(self.shared, kind).carries);
        let name = items.get(noun + usize::from(outlet)).is_some_and(|item| self.context.is_unknown_name(item));
        let end = noun + usize::from(outlet) + usize::from(name);
        let set_off = items.get(end).is_some_and(|item| item.what == What::Mark(','));
        (outlet || (name && set_off)).then_some(end)
    }

    /// "a annoncé, dimanche soir, le président": where a day between two commas ends.
    fn behind_aside(&self, from: usize) -> usize {
        let items = &self.sentence.items;
        let comma = |at: usize| items.get(at).is_some_and(|item| item.what == What::Mark(','));
        let close = (from + 2..from + ASIDE).find(|&at| comma(at)).filter(|_| comma(from));
        let dated = |close: &usize| items[from + 1..*close].iter().any(|item| matches!(item.what, What::Date(_)));
        close.filter(dated).map_or(from, |close| close + 1)
    }

    /// "un bilan fourni par le ministère": a participle serves only the report it stands on.
    fn bare(&self, verb: &Verb) -> Option<Hit> {
        let items = &self.sentence.items;
        // "publié lundi soir par", "livré en soirée par"
        let behind = items[verb.item + 1..].iter().take(5);
        let behind = behind.take_while(|item| !matches!(item.what, What::Mark(_) | What::Figure(_)));
        let first = verb.item + 1 + behind.take_while(|item| !self.context.is(item, Class::By)).count();
        let by = items.get(first).is_some_and(|item| self.context.is(item, Class::By));
        // "des chiffres qui ne cessent de grimper, donnés par la présidente"
        let apposed = verb.item > 0 && items[verb.item - 1].what == What::Mark(',');
        let reach = if apposed { APPOSED } else { 3 };
        let report = items[verb.item.saturating_sub(reach)..verb.item].iter().any(|item| {
            self.context.is_cue(item, CueClass::Report)
                || self.context.is(item, Class::Count)
                || self.context.is(item, Class::Previous)
        });
        let party = self
            .sentence
            .parties
            .iter()
            .find(|party| party.speaks() && party.first > first && party.first <= first + 2)?;
        let speaker = || self.speaker(party, verb.item);
        if by && report {
            return Some(Hit::new(verb.item, Reach::Whole, speaker(), 9));
        }
        // "371 décès recensés par l'OIM", and over a list "Décès recensés par l'OIM :"
        let heads = items.last().is_some_and(|item| item.what == What::Mark(':'));
        let told = verb.item > 0 && self.context.outcome(&items[verb.item - 1]).is_some() && heads;
        let counted = self.sentence.groups.iter().find(|group| group.end == verb.item);
        let part = counted.map(|group| group.first).or(told.then_some(0)).filter(|_| by)?;
        Some(Hit::new(verb.item, Reach::Part(part), speaker(), 9))
    }

    /// "l'OIM à Solvar", "des médecins à Ormont": where who speaks is, and no speaker.
    pub(super) fn is_where(&self, party: &PartyGroup) -> bool {
        let article = |at: &usize| self.context.is(&self.sentence.items[*at], Class::Determiner);
        let left = (0..party.first).rev().find(|at| !article(at)).filter(|at| at + 2 >= party.first);
        let left = left.map(|left| &self.sentence.items[left]);
        let seat = left.is_some_and(|left| self.context.is(left, Class::Seat));
        let inside = left.is_some_and(|left| self.context.is_inside(left));
        (inside || seat || self.is_of_name(party)) && party.how == Naming::Name
    }

    /// "le CSIS de Solvar": where an institution under a name of its own is.
    fn is_of_name(&self, party: &PartyGroup) -> bool {
        let items = &self.sentence.items;
        let Some(of) = party.first.checked_sub(1).filter(|&of| of > 0 && self.context.is(&items[of], Class::Of)) else {
            return false;
        };
        let named = |other: &PartyGroup| other.end == of && other.how == Naming::Name;
        let unknown = of > 1 && self.context.is_unknown_name(&items[of - 1]);
        self.sentence.parties.iter().any(named) || unknown
    }

    /// "à Radio Lac": an outlet to which something is said.
    pub(super) fn is_told(&self, party: &PartyGroup) -> bool {
        let carries = party.id.as_deref().is_some_and(|id| self.context.pack.kind_of(self.shared, id).carries);
        let left = self.sentence.items[party.first.saturating_sub(2)..party.first].iter();
        carries && left.rev().any(|item| self.context.is(item, Class::To))
    }

    /// "un bilan", "des données": what somebody gives out.
    pub(super) fn is_report(&self, item: &Item<'_>) -> bool {
        self.context.is_cue(item, CueClass::Report) || self.context.is(item, Class::Count)
    }

    /// "un communiqué": an article, and no count.
    pub(super) fn is_article(&self, item: &Item<'_>) -> bool {
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
            // "l'ONG, installée en Karsénie, qui a diffusé": where it is.
            let party = party.filter(|party| !self.is_where(party));
            if party.is_some() && direct {
                return party;
            }
        }
        let left = self.sentence.parties.iter().rev().filter(|party| party.end <= verb.begin && !self.is_where(party));
        let heard =
            |party: &&PartyGroup| party.speaks() || self.heads_nothing(party) || self.are_nationals(party, verb);
        let mut inside = None;
        for party in left.filter(heard).take(4) {
            // "Solvar a démenti, ne reconnaissant que": the comma only parts the participle.
            let tail = verb.tags.has(Tags::GERUND) && self.sentence.opens_tail(verb.begin);
            let mut before = (party.end..verb.begin).rev();
            let comma = if tail { before.find(|&at| items[at].what == What::Mark(',')) } else { None };
            let between = &items[party.end..comma.unwrap_or(verb.begin)];
            // "la police d'Ormont (centre de la Valdorie) a annoncé", unlike "le Commandement central (CCV)"
            let mark = |mark| between.iter().position(|item| item.what == What::Mark(mark));
            let closed = mark(')').is_some_and(|close| mark('(').is_none_or(|open| close < open));
            if closed && party.first > 0 && items[party.first - 1].what != What::Mark('(') {
                inside = inside.or(Some(party));
                continue;
            }
            // "la ministre de la Défense, Lena Orvik, a indiqué": a comma inside the name wants one behind it.
            let inner =
                items[party.first..party.end].iter().filter(|item| matches!(item.what, What::Mark(','))).count();
            // "le porte-parole de la préfecture, Tirek Onval a avancé": no comma closes the name.
            let name = between.split_first().filter(|(comma, _)| comma.what == What::Mark(','));
            let name = name.is_some_and(|(_, name)| {
                !name.is_empty() && name.iter().all(|item| self.context.is_unknown_name(item))
            });
            let mut commas = inner + usize::from(name);
            let mut aside = false;
            let mut bracket = false;
            let mut clear = between.len() <= 28;
            for (offset, item) in between.iter().enumerate() {
                let at = party.end + offset;
                // "le ministère (MDN, Défense nationale) a annoncé"
                bracket = matches!(item.what, What::Mark('(')) || (bracket && item.what != What::Mark(')'));
                if bracket {
                    continue;
                }
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
                return inside;
            }
            let by = party.first > 0 && self.context.is(&items[party.first - 1], Class::By);
            if commas % 2 == 0 && !by && !self.is_where(party) {
                return Some(party);
            }
        }
        inside
    }

    /// "Les Karséniens disent", "les militaires karséniens ont reconnu": a people, or its soldiers.
    fn are_nationals(&self, party: &PartyGroup, verb: &Verb) -> bool {
        let items = &self.sentence.items;
        let Some(left) = party.first.checked_sub(1).map(|left| &items[left]) else { return false };
        let counted = self.context.counted(left).map(|(_, _, counted)| &counted.id);
        let soldiers = counted.is_some_and(|id| self.shared.kinds.is(id, Trait::Armed));
        let people = self.context.is(left, Class::Determiner) && self.context.is_capital(&items[party.first]);
        party.how == Naming::Adjective && party.end == verb.begin && (soldiers || people)
    }

    /// An adjective whose noun the pack does not know: "les services russes".
    fn heads_nothing(&self, party: &PartyGroup) -> bool {
        let items = &self.sentence.items;
        party.first > 0 && items[party.first - 1].is_unknown()
    }
}
