//! Makes the drafts of figures that no verb governs: by their own word, by their list, or alone.
//!
//! In: a group and its neighbours. Out: a draft with its score.
//!
//! "12 chars et 3 avions détruits": the participle that closes the list serves every member.

use super::{Draft, Drafting};
use crate::clause::{Group, Join, Sentence};

impl<'p> Drafting<'_, 'p> {
    /// A group that closes itself.
    pub(super) fn own(
        &self,
        sentence: &Sentence<'p>,
        index: usize,
        at: usize,
        parent: Option<usize>,
        made: &[Draft<'p>],
    ) -> Option<Draft<'p>> {
        let group = &sentence.groups[at];
        let own = group.own.first()?;
        let (counted, thing, cost) = self.counted(index, group, own.entry, parent, made)?;
        let mut id = self.id_for(own.entry, counted)?;
        if let Some(second) = group.own.get(1).and_then(|own| self.id_for(own.entry, counted)) {
            id = self.kinds.joined(id, second)?;
        }
        let verb = sentence.verbs.iter().position(|verb| verb.item == own.item);
        Some(Draft {
            thing,
            verb,
            score: 10 + cost,
            ..self.draft(index, at, id, own.entry, (index, own.item), counted)
        })
    }

    /// "12 chars et 3 avions détruits": the participle that closes the list.
    pub(super) fn closed_by_list(
        &self,
        sentence: &Sentence<'p>,
        index: usize,
        at: usize,
        run: &std::ops::Range<usize>,
        made: &[Draft<'p>],
    ) -> Option<Draft<'p>> {
        let group = &sentence.groups[at];
        // "est passé de 12 à 19 morts"
        if group.thing.is_none()
            && group.own.is_empty()
            && let Some(right) = sentence.groups.get(at + 1).filter(|right| right.stepped)
            && let Some(own) = right.own.first()
        {
            let (counted, thing, _) = self.counted(index, right, own.entry, None, made)?;
            let id = self.id_for(own.entry, counted)?;
            return Some(Draft { thing, score: 6, ..self.draft(index, at, id, own.entry, (index, own.item), counted) });
        }
        group.thing?;
        let closing = sentence.groups[at + 1..run.end].iter().find(|right| !right.own.is_empty())?;
        let own = closing.own.first()?;
        closing.thing?;
        let thing = self.thing_for(sentence, group, own.entry)?;
        let id = self.id_for(own.entry, thing.id)?;
        Some(Draft {
            thing: Some((index, thing)),
            score: 7,
            ..self.draft(index, at, id, own.entry, (index, own.item), thing.id)
        })
    }

    /// A subset, an increment or an older figure has the outcome of what it leans on; so has a last member.
    pub(super) fn leaning(
        &self,
        index: usize,
        group: &Group<'p>,
        at: usize,
        parent: Option<usize>,
        made: &[Draft<'p>],
        part: bool,
    ) -> Option<Draft<'p>> {
        let left = &made[parent?];
        if group.stranger.is_some() && group.thing.is_none() {
            return None;
        }
        let own = self.thing_for(&self.sentences[index], group, left.outcome_entry);
        if group.thing.is_some() && own.is_none() {
            return None;
        }
        let (counted, thing) = own.map_or((left.counted, left.thing), |thing| (thing.id, Some((index, thing))));
        let id = self.id_for(left.outcome_entry, counted)?;
        let score = match group.join {
            Join::Subset | Join::Increment => 8,
            _ if part => 7,
            Join::Instead => 7,
            Join::Member => 6,
            // "12 soldats ont été tués, 3 avions …": a verb between, so the word on the left has been used up.
            Join::Across if group.thing.is_some() => 4,
            _ => return None,
        };
        Some(Draft {
            thing,
            leans: parent,
            score,
            verb: None,
            arc: left.arc,
            ..self.draft(index, at, id, left.outcome_entry, left.outcome_at, counted)
        })
    }

    /// A thing that tells its own outcome: "12 otages".
    pub(super) fn alone(&self, index: usize, group: &Group<'p>, at: usize) -> Option<Draft<'p>> {
        let thing = group.thing?;
        let outcome = thing.outcome?;
        Some(Draft {
            thing: Some((index, thing)),
            score: 6,
            ..self.draft(index, at, outcome, thing.entry?, (index, thing.item), thing.id)
        })
    }
}
