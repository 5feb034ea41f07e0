//! Says how real a figure is, and turns an outcome by its neighbours.
//!
//! In: a draft and its sentence. Out: its mood; the outcome of its list.
//!
//! "Un échange de 500 prisonniers devrait avoir lieu": the modal with its infinitive makes a forecast.

use super::{Draft, Drafting};
use crate::clause::{Group, Join, Mood, Sentence, Verb, VerbKind, Voice};
use crate::mention::What;
use crate::pack::{Class, CueClass, Tags};

impl<'p> Drafting<'_, 'p> {
    /// The mood of the clause, of the governing verb, and of a verb that only passes its object on.
    pub(super) fn mood(&self, sentence: &Sentence<'p>, group: &Group<'p>, draft: &Draft<'p>) -> Mood {
        let clause = sentence.clauses.mood(group.at);
        if clause != Mood::Real {
            return clause;
        }
        // "500 prisonniers devrait avoir lieu": a modal with its infinitive is the verb of the clause.
        let modal = (0..sentence.items.len()).any(|at| {
            // "80 personnes sont blessées et le nombre des morts pourrait être plus lourd": of another verb.
            let between = group.end.min(at)..at.max(group.end);
            let other = |verb: &Verb| {
                between.contains(&verb.begin)
                    && verb.tags.has(Tags::FINITE)
                    && !matches!(verb.voice, Voice::Noun | Voice::Bare)
            };
            self.context.is(&sentence.items[at], Class::Modal)
                && !(at > group.end && sentence.verbs.iter().any(other))
                && sentence.clauses.of(at) == sentence.clauses.of(group.at)
                && sentence.items[at + 1..].iter().take(3).enumerate().any(|(offset, item)| {
                    let aux = self.context.class(item, Class::Have).or(self.context.class(item, Class::Be));
                    let verb = sentence.verbs.iter().find(|verb| verb.item == at + 1 + offset);
                    let over = |verb: &Verb| verb.begin == at + 1 + offset && verb.mood == Mood::Hearsay;
                    let open = aux.is_some_and(|(_, tags)| tags.has(Tags::INFINITIVE))
                        // "le bilan pourrait atteindre 150 morts": a set phrase, which bends no word.
                        || self.context.is(item, Class::Measure)
                        // "peut-on lire": a word of saying expects nothing.
                        || verb.is_some_and(|verb| {
                            let says = verb.kind == VerbKind::Cue && group.figure.is_some();
                            verb.begin == verb.item && verb.tags.has(Tags::INFINITIVE) && !says
                        });
                    open && !sentence.verbs.iter().any(over)
                })
        });
        if modal && draft.verb.is_none_or(|verb| sentence.verbs[verb].mood != Mood::Hearsay) {
            return Mood::Forecast;
        }
        // To confirm nothing is to deny nothing.
        let says = |verb: &Verb| match verb.kind {
            VerbKind::Cue => true,
            VerbKind::Other => self.context.is_cue(&sentence.items[verb.item], CueClass::Verb),
            _ => false,
        };
        let governing = draft.verb.map(|verb| sentence.verbs[verb]).filter(|verb| verb.mood != Mood::Real);
        // The nearest: behind "la ministre, qui se rendra sur place, a évoqué" nothing is to come.
        let carrying = sentence.verbs.iter().rev().find(|verb| {
            verb.item < group.at
                && sentence.clauses.of(verb.item) == sentence.clauses.of(group.at)
                && !matches!(verb.voice, Voice::Noun | Voice::Bare)
        });
        let carrying = carrying.filter(|verb| !says(verb));
        let after = sentence.verbs.iter().find(|verb| {
            verb.item >= group.end
                && sentence.clauses.of(verb.item) == sentence.clauses.of(group.at)
                && !matches!(verb.voice, Voice::Noun | Voice::Bare)
                && !says(verb)
        });
        match governing.or(carrying.copied()).or(after.copied().filter(|_| draft.verb.is_none())) {
            Some(verb) if verb.mood == Mood::Negated && group.value.last == 0 => Mood::Real,
            Some(verb) => verb.mood,
            None => Mood::Real,
        }
    }

    /// "a rendu 64 dépouilles", "les 86 dépouilles restituées"; what "l'hôpital a reçu" nobody gives back.
    pub(super) fn is_handed(&self, sentence: &Sentence<'p>, group: &Group<'p>, how: &[Class]) -> bool {
        let clause = sentence.clauses.of(group.at);
        let here = |at: &usize| sentence.clauses.of(*at) == clause;
        let is = |at: usize, class: Class| self.context.is(&sentence.items[at], class);
        let hospital = |at: usize| (0..at).filter(here).any(|at| is(at, Class::Infirmary));
        let handed = |at: usize| how.iter().any(|&class| is(at, class)) && !(at < group.first && hospital(at));
        (0..sentence.items.len()).filter(here).any(handed)
    }

    /// "17 994 victimes : 6 919 tués et 11 075 blessés": a total whose parts have several fates has them all.
    pub(super) fn total(&self, drafts: &mut [Draft<'p>]) {
        let value = |draft: &Draft<'p>| self.sentences[draft.sentence].groups[draft.group].value.point();
        for whole in 0..drafts.len() {
            let (head, parts) = drafts[whole..].split_at_mut(1);
            let (head, mut sum, mut fate) = (&mut head[0], 0, None);
            let sentence = &self.sentences[head.sentence];
            let opens = |part: &Draft<'p>| {
                let (from, to) = (sentence.groups[head.group].end, sentence.groups[part.group].first);
                let between = sentence.items.get(from..to).unwrap_or_default();
                part.sentence == head.sentence
                    && (part.join == Join::Subset || between.iter().any(|item| item.what == What::Mark(':')))
            };
            let Some(total) = value(head).filter(|_| parts.first().is_some_and(opens)) else { continue };
            let mut last = 0;
            for part in parts.iter().take_while(|part| part.sentence == head.sentence) {
                last += 1;
                let Some(n) = value(part) else { break };
                sum += n;
                fate = match fate {
                    None => Some(part.outcome),
                    Some(before) => self.kinds.joined(before, part.outcome),
                };
                if sum >= total || fate.is_none() {
                    break;
                }
            }
            let joins =
                |fate: &&str| *fate != head.outcome && self.kinds.joined(head.outcome, parts[0].outcome).is_some();
            if let Some((key, _)) =
                fate.filter(|fate| sum == total && joins(fate)).and_then(|fate| self.kinds.outcome.get_key_value(fate))
            {
                head.outcome = key;
            }
            // Of civilians the parts are civilians too.
            if fate.is_some() && sum == total {
                for part in parts[..last].iter_mut().filter(|part| part.thing.is_none()) {
                    part.counted = head.counted;
                }
            }
        }
    }

    /// "a perdu 300 hommes et compte 900 blessés": losses beside wounded are killed.
    pub(super) fn turn(&self, drafts: &mut [Draft<'p>]) {
        let outcomes: Vec<&str> = drafts.iter().map(|draft| draft.outcome).collect();
        let handed_by = |draft: &Draft<'p>, how: &[Class]| {
            let sentence = &self.sentences[draft.sentence];
            self.is_handed(sentence, &sentence.groups[draft.group], how)
        };
        for at in 0..drafts.len() {
            // Entry and outcome of the part right behind.
            let part = drafts.get(at + 1).filter(|next| next.join == Join::Subset);
            let part = part.map(|part| (part.outcome_entry, part.outcome));
            let draft = &mut drafts[at];
            let Some(outcome) = self.outcome(draft.outcome_entry) else {
                // "a remis douze otages": the noun tells what had happened to them, the verb what happens now.
                let handed = self.kinds.outcome.get(draft.outcome).and_then(|kind| kind.handed.as_deref());
                if let Some(to) = handed.filter(|_| handed_by(draft, &[Class::HandsOver, Class::TakesBack])) {
                    draft.outcome = to;
                }
                continue;
            };
            let turn = outcome.turn.iter().find(|turn| {
                let value = self.sentences[draft.sentence].groups[draft.group].value;
                let many = turn.least.is_none_or(|least| value.point().or(value.low()).is_some_and(|n| n >= least));
                let fits = many && (turn.of.is_empty() || turn.of.iter().any(|of| of == draft.counted));
                if turn.handed {
                    // Bodies are taken out of the sea as well as taken back.
                    return fits && handed_by(draft, &[Class::HandsOver]);
                }
                if let Some(of) = &turn.part {
                    return fits && part.is_some_and(|(entry, told)| entry != draft.outcome_entry && told == of);
                }
                let beside = turn.beside.as_ref().map(|beside| outcomes.contains(&beside.as_str()));
                fits && beside.unwrap_or(turn.least.is_some())
            });
            let people = self.kinds.is_people(draft.counted).unwrap_or(false);
            if let Some(turn) = turn
                && self.kinds.befalls(&turn.to, people)
            {
                draft.outcome = &turn.to;
            }
        }
    }
}
