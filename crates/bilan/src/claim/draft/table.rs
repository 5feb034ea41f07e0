//! Reads the outcome of a figure in a table off the head of its column.
//!
//! In: a bare figure in a row, and the rows above it. Out: a draft.
//!
//! "Pays | Décès | Disparus", and three lines below "Karsénie | 58 | 31": the second number counts the missing.

use super::super::find::TITLE;
use super::{Draft, Drafting};
use crate::clause::{Group, Sentence, Thing};
use crate::mention::What;
use crate::pack::Arc;

/// What parts the cells of a row.
const CELL: What = What::Mark('|');

/// How well the head of a column fits its cells.
const CELL_SCORE: i32 = 7;

/// Rows above a figure among which the head of its table is looked for.
const ROWS: usize = 60;

/// Whether a sentence is a row of a table.
pub(in crate::claim) fn is_row(sentence: &Sentence<'_>) -> bool {
    sentence.items.iter().any(|item| item.what == CELL)
}

/// The column of an item: how many cells stand before it.
fn column(sentence: &Sentence<'_>, item: usize) -> Option<usize> {
    let open = usize::from(sentence.items.first().is_some_and(|item| item.what == CELL));
    let bars = sentence.items[..item].iter().filter(|item| item.what == CELL).count();
    bars.checked_sub(open).filter(|_| bars > 0)
}

impl<'p> Drafting<'_, 'p> {
    pub(super) fn by_column(
        &self,
        index: usize,
        group: &Group<'p>,
        at: usize,
        made: &[Draft<'p>],
    ) -> Option<Draft<'p>> {
        let column = column(&self.sentences[index], group.at).filter(|_| group.is_bare())?;
        let told = || self.by_outcome_of(column, index, at);
        told().or_else(|| self.by_sum(index, at, made)).or_else(|| self.by_thing_of(column, index, at, made))
    }

    /// "Décédés | Disparus | Total", and below "29 650 | 4 870 | 34 520": no word is needed to see that the third cell holds
    /// the first two.
    fn by_sum(&self, index: usize, at: usize, made: &[Draft<'p>]) -> Option<Draft<'p>> {
        let groups = &self.sentences[index].groups;
        let before = made.iter().rev().take_while(|draft| draft.sentence == index && draft.score == CELL_SCORE);
        let mut sum = 0;
        let mut whole: Option<(usize, &Draft<'p>, &'p str)> = None;
        for draft in before.filter(|draft| draft.group < at) {
            sum += groups[draft.group].value.point()?;
            whole = Some(match whole {
                None => (1, draft, draft.outcome),
                Some((cells, _, fate)) => (cells + 1, draft, self.kinds.joined(draft.outcome, fate)?),
            });
        }
        let (_, first, fate) = whole.filter(|&(cells, ..)| cells > 1)?;
        let total = groups[at].value.point()? == sum && sum > 0;
        total.then(|| Draft { outcome: fate, group: at, ..first.clone() })
    }

    /// "mois | hommes | chars", below "Les pertes karséniennes": the head says what is counted, the text before it what
    /// happened.
    fn by_thing_of(&self, column: usize, index: usize, at: usize, made: &[Draft<'p>]) -> Option<Draft<'p>> {
        let (head, sentence) = self.heads(index).last()?;
        let counted = |item: &usize| self.context.counted(&sentence.items[*item]).is_some();
        let here = |item: &usize| self::column(sentence, *item).unwrap_or(0) == column;
        let item = (0..sentence.items.len()).find(|item| counted(item) && here(item))?;
        let thing = Thing { outcome: None, ..self.thing_at(sentence, item)? };
        let before = self.sentences[..head].iter().enumerate().rev().take(TITLE);
        let told = before.flat_map(|(number, sentence)| {
            sentence.items.iter().enumerate().rev().filter_map(move |(item, word)| {
                let (entry, _, outcome) = self.context.outcome(word)?;
                outcome.arcs.contains_key(&Arc::Measure).then_some((entry, (number, item)))
            })
        });
        let told = told.into_iter().next();
        let (entry, from) = told.or_else(|| made.last().map(|left| (left.outcome_entry, left.outcome_at)))?;
        let owned = Group { thing: Some(thing), ..self.sentences[index].groups[at].clone() };
        let thing = self.thing_for(sentence, &owned, entry)?;
        let id = self.id_for(entry, thing.id)?;
        // Who gives the table stands right above it.
        let heading = head.checked_sub(1).map(|above| (above, self.sentences[above].items.len().saturating_sub(1)));
        let draft = self.draft(index, at, id, entry, from, thing.id);
        Some(Draft { thing: Some((head, thing)), score: 6, heading, ..draft })
    }

    /// The rows without a figure above a row, the nearest first.
    fn heads(&self, index: usize) -> impl Iterator<Item = (usize, &Sentence<'p>)> {
        let first = index.saturating_sub(ROWS);
        let rows = self.sentences[first..index].iter().enumerate().rev();
        rows.map(move |(back, sentence)| (first + back, sentence))
            .take_while(|(_, sentence)| is_row(sentence))
            .filter(|(_, sentence)| sentence.figures.is_empty())
    }

    fn by_outcome_of(&self, column: usize, index: usize, at: usize) -> Option<Draft<'p>> {
        let (head, item) = self.heads(index).find_map(|(head, sentence)| {
            let told = |item: &usize| self.context.outcome(&sentence.items[*item]).is_some();
            // "Tués | Disparus", and below "Américains | 11 200 | 1 345": the names of the rows have no head.
            let bars = |sentence: &Sentence<'p>| sentence.items.iter().filter(|item| item.what == CELL).count();
            let first = sentence.items.first().is_some_and(|item| self.context.outcome(item).is_some());
            let named =
                !matches!(self.sentences[index].items.first().map(|item| item.what), Some(What::Figure(_) | CELL));
            let bare = usize::from(first && named && bars(sentence) <= bars(&self.sentences[index]));
            let here = |item: &usize| self::column(sentence, *item).unwrap_or(0) + bare == column;
            (0..sentence.items.len()).find(|item| told(item) && here(item)).map(|item| (head, item))
        })?;
        let (entry, _, outcome) = self.context.outcome(&self.sentences[head].items[item])?;
        let thing = self.thing_of_column(head, item, entry, &self.sentences[index].groups[at]);
        let counted = match &thing {
            Some((_, thing)) => thing.id,
            None => outcome.thing.as_deref()?,
        };
        let id = self.id_for(entry, counted)?;
        Some(Draft { thing, score: CELL_SCORE, ..self.draft(index, at, id, entry, (head, item), counted) })
    }

    /// "Morts militaires": the head of a column, or else the title of the table, may say whom it counts.
    fn thing_of_column(&self, head: usize, item: usize, entry: u32, group: &Group<'p>) -> Option<(usize, Thing<'p>)> {
        let named = |number: usize, item: usize| {
            let sentence = &self.sentences[number];
            let thing = Thing { outcome: None, ..self.thing_at(sentence, item)? };
            let owned = Group { thing: Some(thing), ..group.clone() };
            Some((number, self.thing_for(sentence, &owned, entry)?))
        };
        let row = &self.sentences[head];
        let here = column(row, item);
        let mut cell = (0..row.items.len()).filter(|&at| column(row, at) == here);
        let above = || {
            let mut above = self.sentences[..head].iter().enumerate().rev().take(ROWS);
            let title = above.find(|(_, sentence)| !is_row(sentence));
            title.and_then(|(number, title)| (0..title.items.len()).find_map(|item| named(number, item)))
        };
        cell.find_map(|item| named(head, item)).or_else(above)
    }
}
