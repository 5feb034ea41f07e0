//! Finds who gives another figure without a word of saying of its own.
//!
//! In: a sentence and a bare number in it. Out: the words of who gives it.
//!
//! "Le gouvernement parle de 150 morts, l'opposition de 400": the verb serves both.

use super::{Group, Sentence, Verb, VerbKind, Voice};
use crate::mention::{Context, Item, What};
use crate::pack::Class;
use std::ops::Range;

/// Words that name the second voice, its article among them.
const NAMED: usize = 6;

impl<'p> Sentence<'p> {
    /// Items of the second voice of a word of saying, right before a bare number that ends the sentence or its part.
    pub fn second_voice(&self, context: &Context<'p>, group: &Group<'p>) -> Option<Range<usize>> {
        let items = &self.items;
        let closed = items.get(group.end).is_none_or(|item| matches!(item.what, What::Mark(_) | What::Date(_)));
        if !(group.is_bare() && closed) || group.article {
            return None;
        }
        let small =
            |item: &Item<'p>| context.is_hedge(item) || [Class::Of, Class::To].iter().any(|&of| context.is(item, of));
        let end = (0..group.at).rev().find(|&at| !small(&items[at]))? + 1;
        let plain = |at: &usize| {
            let verb = self.verbs.iter().any(|verb| verb.item == *at && verb.voice != Voice::Noun);
            items[*at].what == What::Words && context.outcome(&items[*at]).is_none() && !verb
        };
        let first = (0..end).rev().take_while(plain).last().filter(|first| (2..=NAMED).contains(&(end - first)))?;
        let comma = first.checked_sub(1).filter(|&at| matches!(items[at].what, What::Mark(',' | ';')))?;
        let left = self.groups.iter().rfind(|left| left.end <= comma)?;
        let says = |verb: &Verb| {
            verb.kind == VerbKind::Cue
                && verb.voice == Voice::Active
                && verb.item < left.at
                && left.at <= verb.item + NAMED
        };
        let named = context.is(&items[first], Class::Determiner) && self.verbs.iter().any(says);
        named.then_some(first..end)
    }
}
