//! Says what stands between a word and the figures that it may govern.
//!
//! In: a sentence and a way through it. Out: what the way costs, or where it begins behind what is passed over.
//!
//! "Trois personnes, dont un éleveur de 58 ans et une fillette, ont péri": two commas and two numbers, and no distance at all.

use super::Drafting;
use crate::clause::{Group, Sentence, Verb, VerbKind, Voice};
use crate::mention::What;
use crate::pack::{Arc, Class, Mask};
use std::ops::Range;

/// What a long way costs.
pub(super) fn length_cost(way: &Range<usize>) -> i32 {
    (way.len() as i32 - 8).max(0) / 4
}

impl<'p> Drafting<'_, 'p> {
    /// "26 personnes dont 20 enfants ont été tuées": the verb behind the part tells of the whole, which has no other.
    pub(super) fn is_for_whole(&self, sentence: &Sentence<'p>, part: usize) -> bool {
        let Some(whole) = part.checked_sub(1).map(|whole| &sentence.groups[whole]) else { return false };
        let told = |verb: &Verb| {
            verb.item < whole.first
                && sentence.items[verb.item].mask.kinds & Mask::OUTCOME != 0
                && verb.voice != Voice::Bare
        };
        let close = self.touches(sentence, whole.end, sentence.groups[part].first);
        close && whole.own.is_empty() && whole.thing.is_some() && !sentence.verbs.iter().any(told)
    }

    /// No comma, dash or bracket between two places.
    pub(super) fn touches(&self, sentence: &Sentence<'p>, from: usize, to: usize) -> bool {
        sentence.items[from..to]
            .iter()
            .all(|item| !(item.what.is_dash() || matches!(item.what, What::Mark(',' | ')' | ';'))))
    }

    /// "Trois personnes, dont un éleveur de 58 ans et une fillette, ont péri": what stands between two commas or brackets and
    /// parts the number is passed over.
    pub(super) fn behind_parts(&self, sentence: &Sentence<'p>, from: usize, to: usize) -> usize {
        let items = &sentence.items;
        let opens =
            matches!(items.get(from).map(|item| item.what), Some(What::Mark(',' | '\u{2013}' | '\u{2014}' | '(')));
        let parts = items.get(from + 1).is_some_and(|item| {
            self.context.is(item, Class::Subset)
                || self.context.is(item, Class::Among)
                || matches!(item.what, What::Figure(_))
        });
        if !(opens && parts) {
            return from;
        }
        let close =
            (from + 2..to).rev().find(|&at| matches!(items[at].what, What::Mark(',' | '\u{2013}' | '\u{2014}' | ')')));
        close.map_or(from, |close| close + 1)
    }

    /// What stands between a word and its figures, as a penalty.
    pub(super) fn distance(
        &self,
        sentence: &Sentence<'p>,
        way: &Range<usize>,
        verb: usize,
        arc: Arc,
        near: &Group<'p>,
    ) -> i32 {
        let mut cost = 0;
        let mut commas = 0;
        for item in &sentence.items[way.clone()] {
            match item.what {
                What::Mark(',') => commas += 1,
                What::Mark(';') => cost += 3,
                // "huit lycéens de 15 à 17 ans": what counts nothing is no count on the way.
                What::Figure(number) => {
                    let refused = sentence.figures[usize::from(number)].refused;
                    cost += i32::from(refused.is_none_or(|(reason, ..)| reason == "subject"));
                }
                _ => {}
            }
        }
        // Verbs stand in the order of their items.
        let first = sentence.verbs.partition_point(|other| other.item < way.start);
        let inside = sentence.verbs.iter().enumerate().skip(first).take_while(|(_, other)| other.item < way.end);
        for (_, other) in inside.filter(|(number, _)| *number != verb) {
            cost += match other.voice {
                Voice::Noun => 0,
                Voice::Bare => 1,
                // "qui faisaient la queue": beside the way.
                _ if sentence.clauses.is_relative_beside(other.item, near.at) => 1,
                _ if arc == Arc::Measure && other.kind == VerbKind::Measure => 0,
                _ => 3,
            };
        }
        cost += commas.min(3);
        cost += 3 * sentence.clauses.crossed(sentence.verbs[verb].item, near.at).min(3);
        cost + length_cost(way)
    }
}
