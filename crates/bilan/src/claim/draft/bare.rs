//! Gives a bare number what was just counted.
//!
//! In: a group without a noun, and the drafts before it. Out: the draft of those that it counts again.
//!
//! "L'ONG parle de 230, l'armée de 180": neither number says of what; both go on with the dead of the sentence before.

use super::govern::context_of;
use super::thing::whole_of;
use super::{Draft, Drafting};
use crate::clause::{Group, Join, Sentence, Verb, Voice};
use crate::mention::{Item, What};
use crate::pack::{Class, CueClass};

/// Words between one who gives a number and his number.
const GIVES: usize = 6;

/// Words between those whom no figure counts and "dont".
const SOME: usize = 4;

impl<'p> Drafting<'_, 'p> {
    /// A number that somebody gives, or that stands between two marks with a place, a day or a side: of those counted just
    /// before, in this sentence or the one before it.
    pub(super) fn of_those(&self, index: usize, group: &Group<'p>, at: usize, made: &[Draft<'p>]) -> Option<Draft<'p>> {
        let sentence = &self.sentences[index];
        let year = group.figure.is_some_and(|figure| sentence.figures[figure].like_year());
        let none = group.value.last == 0;
        let last = made.last().filter(|_| group.is_bare() && !(group.article || group.part_of || year || none))?;
        let here = last.sentence == index;
        let near = here || (last.sentence + 1 == index && self.follows(index));
        // "Une vingtaine de communes seraient isolées et huit dans une situation alarmante": of what is no toll.
        let before = sentence.items[..group.first].iter().rev().find_map(|item| match item.what {
            What::Figure(number) => Some(&sentence.figures[usize::from(number)]),
            _ => None,
        });
        let others = before.is_some_and(|figure| figure.refused.is_some_and(|(reason, ..)| reason == "subject"));
        if !near || others {
            return None;
        }
        let given = self.is_given(sentence, group) || sentence.second_voice(&self.context, group).is_some();
        let opens = self.opens_part(sentence, group);
        let apart = opens && (self.is_set(index, group) && (here || self.is_verbless(sentence)));
        if !(given || apart) {
            return None;
        }
        let left = self.nearest(group, made);
        let draft = self.same_as(index, group, at, &made[left])?;
        Some(Draft { leans: Some(left), score: 5, ..draft })
    }

    /// Of several things counted in one sentence the one whose number is nearest.
    fn nearest(&self, group: &Group<'p>, made: &[Draft<'p>]) -> usize {
        let last = made.len() - 1;
        let size = |group: &Group<'p>| {
            let least = group.value.point().or(group.value.low()).unwrap_or_default();
            u128::from(least.saturating_add(1))
        };
        let own = size(group);
        let ends = |draft: &Draft<'p>| {
            let other = size(&self.sentences[draft.sentence].groups[draft.group]);
            (own.min(other), own.max(other))
        };
        // The one that is fewer times as large, or as small.
        let nearer = |one: &usize, two: &usize| {
            let ((low, high), (least, most)) = (ends(&made[*one]), ends(&made[*two]));
            (high * least).cmp(&(most * low))
        };
        let first = made.iter().rposition(|draft| draft.sentence != made[last].sentence).map_or(0, |before| before + 1);
        let whole = |at: &usize| !matches!(made[*at].join, Join::Subset | Join::Increment);
        let several = (first..=last).any(|at| made[at].outcome != made[last].outcome);
        let near = (first..=last).filter(whole).min_by(nearer);
        near.filter(|_| several).unwrap_or_else(|| whole_of(made, last))
    }

    /// "parle de 230", "avance le chiffre de 400": right behind a verb of saying.
    fn is_given(&self, sentence: &Sentence<'p>, group: &Group<'p>) -> bool {
        let ends = sentence.items.get(group.end).is_none_or(|item| {
            let classes = [Class::In, Class::By, Class::SideOf, Class::And, Class::Or, Class::While, Class::Subset];
            matches!(item.what, What::Mark(_) | What::Date(_))
                || classes.iter().any(|&class| self.context.is(item, class))
        });
        let passed = |item: &Item<'_>| {
            let classes =
                [Class::Of, Class::To, Class::Determiner, Class::Count, Class::Adverb, Class::That, Class::Not];
            self.context.is_hedge(item) || classes.iter().any(|&class| self.context.is(item, class))
        };
        let gives = |verb: &Verb| {
            let way = verb.item + 1..group.at;
            verb.item < group.at
                && way.len() <= GIVES
                && matches!(verb.voice, Voice::Active)
                && !(verb.begin > 0 && self.context.is(&sentence.items[verb.begin - 1], Class::Determiner))
                && self.context.is_cue(&sentence.items[verb.item], CueClass::Verb)
                && sentence.items[way].iter().all(passed)
        };
        ends && sentence.verbs.iter().any(gives)
    }

    /// Whether a number stands behind a mark or a word that joins, or at the head.
    fn opens_part(&self, sentence: &Sentence<'p>, group: &Group<'p>) -> bool {
        group.first.checked_sub(1).is_none_or(|before| {
            let item = &sentence.items[before];
            matches!(item.what, What::Mark(',' | ';' | ':' | '(' | '\u{2013}' | '\u{2014}'))
                || self.context.is(item, Class::And)
        })
    }

    fn is_verbless(&self, sentence: &Sentence<'p>) -> bool {
        sentence.verbs.iter().all(|verb| matches!(verb.voice, Voice::Noun | Voice::Bare))
    }

    /// Whether a place, a time, a cause or a side stands right behind a number.
    pub(super) fn is_set(&self, index: usize, group: &Group<'p>) -> bool {
        let next = self.sentences[index].items.get(group.end);
        group.place.is_some()
            || next.is_some_and(|item| {
                let set = [Class::In, Class::By, Class::SideOf].iter().any(|&class| self.context.is(item, class));
                set || matches!(item.what, What::Date(_))
            })
    }

    /// "Neuf l'ont été dans la capitale": what happened to those before happened to these.
    pub(super) fn likewise(&self, index: usize, group: &Group<'p>, at: usize, made: &[Draft<'p>]) -> Option<Draft<'p>> {
        let sentence = &self.sentences[index];
        let items = &sentence.items;
        let says = items[group.end..].iter().take(2).any(|item| self.context.is(item, Class::Likewise));
        // "21 policiers et un enfant figurent parmi ces derniers"
        let among = (group.end + 1..items.len()).any(|at| {
            let them = self.context.is(&items[at], Class::Pronoun) || self.context.is_cue(&items[at], CueClass::Same);
            let among = self.context.is(&items[at - 1], Class::Among) && them;
            // A set phrase: "parmi ces derniers".
            let verb = sentence.verbs.iter().any(|verb| verb.item == at - 1);
            among || verb && self.context.is(&items[at], Class::Subset)
        });
        let says = says || among;
        let left = made.last().filter(|left| says && group.stranger.is_none() && left.sentence + 1 >= index)?;
        let draft = self.same_as(index, group, at, left)?;
        Some(Draft { leans: made.len().checked_sub(1), score: 7, ..draft })
    }

    /// "plusieurs victimes étrangères, dont deux Polonais": of those whom no figure counts.
    pub(super) fn of_some(&self, index: usize, group: &Group<'p>, at: usize) -> Option<Draft<'p>> {
        let sentence = &self.sentences[index];
        let items = &sentence.items;
        let part =
            |&at: &usize| self.context.is(&items[at], Class::Subset) || self.context.is(&items[at], Class::Among);
        let dont = (group.first.saturating_sub(2)..group.first).rev().find(part).filter(|_| at == 0)?;
        let noun = (dont.saturating_sub(SOME)..dont).rev().find(|&at| self.context.outcome(&items[at]).is_some())?;
        let plain = |item: &Item<'_>| {
            item.what == What::Mark(',') || item.what == What::Words && !self.context.is(item, Class::Of)
        };
        let verb = sentence.verbs.iter().find(|verb| verb.item == noun)?;
        let close = items[noun + 1..dont].iter().all(plain) && matches!(verb.voice, Voice::Noun | Voice::Bare);
        let (entry, _, _) = self.context.outcome(&items[noun]).filter(|_| close && group.own.is_empty())?;
        let (counted, thing, cost) = self.counted(index, group, entry, None, &[])?;
        let id = self.id_for(entry, counted)?;
        Some(Draft { thing, score: 6 + cost, ..self.draft(index, at, id, entry, (index, noun), counted) })
    }

    /// "n'en reconnaît que quatre", "en dénombre 203": of those counted just before.
    pub(super) fn thereof(&self, sentence: &Sentence<'p>, group: &Group<'p>) -> bool {
        let reach = group.first.saturating_sub(6)..group.first;
        let plain = |at: usize| sentence.items[at..group.first].iter().all(|item| item.what == What::Words);
        group.is_bare()
            && reach.clone().any(|at| {
                self.context.is(&sentence.items[at], Class::Thereof)
                    && plain(at)
                    && sentence.verbs.iter().any(|verb| verb.begin == at + 1 && verb.voice != Voice::Noun)
            })
    }

    /// "soixante-dix soldats meurent chaque jour, ce qui donne un total de 8 400": the sum of what was just counted.
    pub(super) fn summed(&self, index: usize, group: &Group<'p>, at: usize, made: &[Draft<'p>]) -> Option<Draft<'p>> {
        let sentence = &self.sentences[index];
        let mut last = made.len().checked_sub(1)?;
        // "12 morts et 40 blessés. Le bilan est passé à 31": the head of the list.
        if made[last].sentence != index && made[last].join == Join::Member && !self.thereof(sentence, group) {
            last = made.iter().rposition(|draft| draft.sentence != made[last].sentence).map_or(0, |before| before + 1);
        }
        let left = &made[last];
        if !(left.sentence == index || (left.sentence + 1 == index && self.follows(index))) {
            return None;
        }
        let items = &sentence.items;
        let bare = group.is_bare();
        let count = (0..group.first).rev().take(9).find(|&at| self.context.is(&items[at], Class::Count));
        // "un total de 8 400", "ce chiffre s'élevait à 2 382"
        let of = |count| group.lead.is_some_and(|lead| lead == count + 1 && context_of(&self.context, &items[lead]));
        let measured = |count| {
            sentence.verbs.iter().any(|verb| {
                (count < verb.item && verb.item < group.at) && self.context.is(&items[verb.item], Class::Measure)
            }) && items[count..group.first]
                .iter()
                .all(|item| self.context.outcome(item).is_none() && self.context.counted(item).is_none())
                && items[count..group.first].iter().filter(|item| item.what == What::Mark(',')).count() % 2 == 0
        };
        // "portant à 105 le total"
        let behind = items.get(group.end..group.end + 2).is_some_and(|pair| {
            self.context.is(&pair[0], Class::Determiner) && self.context.is(&pair[1], Class::Count)
        });
        let behind = behind && items[group.end..].iter().take(8).all(|item| self.context.outcome(item).is_none());
        // "portant le total du comté à onze"
        let raised = |count: usize| {
            let to = group.lead.is_some_and(|lead| self.context.is(&items[lead], Class::To));
            let says = |at: usize| sentence.verbs.iter().any(|verb| verb.item == at && verb.voice == Voice::Active);
            let plain = items[count + 1..group.first]
                .iter()
                .all(|item| item.what == What::Words || item.what == What::Mark(','));
            to && plain && count.checked_sub(2).is_some_and(|at| says(at) || says(at + 1))
        };
        // "évalue ce chiffre à 700"
        let put = |count: usize| group.lead == Some(count + 1) && self.is_put_at(sentence, count, group);
        // "le porte-parole l'a porté à 73": the toll told last.
        let it = |verb: &Verb| {
            let right = verb.item < group.first && group.first <= verb.item + 2;
            let led = verb.begin.checked_sub(1).is_some_and(|left| self.context.is(&items[left], Class::Determiner));
            right && led && verb.voice == Voice::Active && self.context.is(&items[verb.item], Class::Measure)
        };
        let counted = behind
            || sentence.verbs.iter().any(it)
            || count.is_some_and(put)
            || count.is_some_and(raised)
            || count.is_some_and(|count| of(count) || measured(count));
        // "le bilan officiel est de 21 civils": of civilians what was told of the others.
        let told = |count| measured(count) || raised(count);
        if !bare && group.own.is_empty() && group.thing.is_some() && count.is_some_and(told) {
            let draft = self.same_as(index, group, at, left)?;
            return Some(Draft { leans: Some(last), score: 5, ..draft });
        }
        (bare && (counted || self.thereof(sentence, group))).then(|| Draft {
            thing: left.thing,
            leans: Some(last),
            score: 5,
            arc: left.arc,
            ..self.draft(index, at, left.outcome, left.outcome_entry, left.outcome_at, left.counted)
        })
    }
}
