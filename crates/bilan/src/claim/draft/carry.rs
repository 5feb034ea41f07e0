//! Carries a list over full stops and lines.
//!
//! In: the drafts of a sentence. Out: a [`Carry`] that the next sentence without a verb may go on with.
//!
//! A bulletin names its outcome once, in the heading, and counts twelve classes on twelve lines.

use super::{Draft, Drafting};
use crate::clause::{Group, Sentence, VerbKind, Voice};
use crate::mention::{Context, Item, What};
use crate::pack::{Arc, Class};

/// What a list leaves for a sentence without a verb that goes on with it.
#[derive(Clone, Debug)]
pub struct Carry {
    /// Entry and place of the governing word.
    pub entry: u32,
    /// Sentence and item.
    pub at: (usize, usize),
    /// Last draft of the list.
    pub draft: Option<usize>,
    /// Last sentence of the list.
    pub sentence: usize,
    /// A heading that ends in a colon opened it.
    pub headed: bool,
}

/// Labels with a number each that make a list.
const LABELS: usize = 3;

/// A sentence without a finite verb that begins with a figure, or a line of a list.
pub(super) fn goes_on(context: &Context<'_>, sentence: &Sentence<'_>) -> bool {
    let Some(head) = sentence.groups.first() else { return false };
    let verbless = sentence.verbs.iter().all(|verb| matches!(verb.voice, Voice::Noun | Voice::Bare));
    let begins = sentence.items[..head.first]
        .iter()
        .all(|item| matches!(item.what, What::Mark(_)) || context.is(item, Class::And));
    // A short line of its own with a sign before its figure is a line of a list, whatever it counts.
    let line = sentence.items.len() <= 16
        && sentence.items[..head.first]
            .iter()
            .any(|item| item.what.is_dash() || matches!(item.what, What::Mark(':' | '\u{2022}')));
    // "Solvar : 291 ; Ormont : 164 ; Velgrad : 132"
    let label = |group: &Group<'_>| {
        group.is_bare() && group.first > 0 && sentence.items[group.first - 1].what == What::Mark(':')
    };
    let labels = sentence.groups.len() >= LABELS && sentence.groups.iter().all(label);
    // "– Route du nord (depuis le lac vers les îles, quand elle est ouverte) : 371": a long label.
    let long = label(head) && sentence.items.first().is_some_and(|item| item.what.is_dash());
    verbless && (head.item_line || begins || line || labels || long)
}

impl<'p> Drafting<'_, 'p> {
    /// A line or a sentence without a verb goes on with the list before it.
    pub(super) fn carried(
        &self,
        index: usize,
        group: &Group<'p>,
        at: usize,
        carry: &Carry,
        made: &[Draft<'p>],
    ) -> Option<Draft<'p>> {
        let sentence = &self.sentences[index];
        // "88 312 personnes déplacées dans 19 410 ménages": where they are.
        let inside = group.lead.is_some_and(|lead| self.context.is_inside(&sentence.items[lead]));
        if self.is_busy(sentence, group) || (inside && !group.item_line) || self.is_of_creatures(sentence, group.first)
        {
            return None;
        }
        let own = self.thing_for(sentence, group, carry.entry).map(|thing| (thing.id, Some((index, thing))));
        // "– Miravie : 84": the label names no other thing than the line before it.
        let label = group.is_bare() && group.first > 0 && sentence.items[group.first - 1].what == What::Mark(':');
        let left = carry.draft.filter(|_| label).map(|left| (made[left].counted, made[left].thing));
        // "Les décès recensés :", and below "– Route du nord : 371": of whom the heading tells.
        let headed = || {
            let thing = self.outcome(carry.entry)?.thing.as_deref().filter(|_| label && carry.headed)?;
            Some((thing, None))
        };
        let (counted, thing) = own.or(left).or_else(headed)?;
        let id = self.id_for(carry.entry, counted)?;
        let draft = self.draft(index, at, id, carry.entry, carry.at, counted);
        Some(Draft { thing, arc: Arc::Item, score: 7, leans: carry.draft, heading: Some(carry.at), ..draft })
    }

    /// "Têtes de bétail perdues : 340": a label of what is no toll.
    pub(super) fn is_of_creatures(&self, sentence: &Sentence<'p>, end: usize) -> bool {
        let others = |item: &&Item<'p>| !matches!(item.what, What::Figure(_) | What::Mark(',' | ';'));
        let label = || sentence.items[..end].iter().rev().take_while(others);
        sentence.may_have(Class::Creature) && label().any(|item| self.context.is(item, Class::Creature))
    }

    /// Whether a line counts people.
    pub(super) fn counts_people(&self, group: &Group<'p>) -> bool {
        group.thing.is_some_and(|thing| self.kinds.is_people(thing.id) == Some(true))
    }

    /// What the next sentence may go on with: the governing word of a list, or a heading that ends in a colon.
    pub(super) fn leave(
        &self,
        sentence: &Sentence<'p>,
        index: usize,
        made: &[Draft<'p>],
        first: usize,
    ) -> Option<Carry> {
        if let Some((number, draft)) =
            made.iter().enumerate().skip(first).rev().find(|(_, draft)| draft.arc != Arc::Item)
        {
            return Some(Carry {
                entry: draft.outcome_entry,
                at: draft.outcome_at,
                draft: Some(number),
                sentence: index,
                headed: false,
            });
        }
        let ends =
            sentence.heads_table || sentence.items.last().is_some_and(|item| matches!(item.what, What::Mark(':')));
        let verb = sentence.verbs.iter().find(|verb| verb.kind == VerbKind::Outcome)?;
        let (entry, _, outcome) = self.context.outcome(&sentence.items[verb.item])?;
        // "Forces en présence", alone on its line in a fact box.
        let alone = sentence.items.len() == 1 && outcome.arcs.contains_key(&Arc::Measure);
        if !(ends || alone) {
            return None;
        }
        Some(Carry { entry, at: (index, verb.item), draft: None, sentence: index, headed: true })
    }
}
