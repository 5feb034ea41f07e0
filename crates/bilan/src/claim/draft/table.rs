//! Reads the outcome of a figure in a table off the head of its column.
//!
//! In: a bare figure in a row, and the rows above it. Out: a draft.
//!
//! "Pays | Décès | Disparus", and three lines below "Karsénie | 58 | 31": the second number counts the missing.

use super::{Draft, Drafting};
use crate::clause::{Group, Sentence};
use crate::mention::What;

/// What parts the cells of a row.
const CELL: What = What::Mark('|');

/// Rows above a figure among which the head of its table is looked for.
const ROWS: usize = 60;

/// Whether a sentence is a row of a table.
pub(super) fn is_row(sentence: &Sentence<'_>) -> bool {
    sentence.items.iter().any(|item| item.what == CELL)
}

/// The column of an item: how many cells stand before it.
fn column(sentence: &Sentence<'_>, item: usize) -> Option<usize> {
    let open = usize::from(sentence.items.first().is_some_and(|item| item.what == CELL));
    let bars = sentence.items[..item].iter().filter(|item| item.what == CELL).count();
    bars.checked_sub(open).filter(|_| bars > 0)
}

impl<'p> Drafting<'_, 'p> {
    pub(super) fn by_column(&self, index: usize, group: &Group<'p>, at: usize) -> Option<Draft<'p>> {
        let column = column(&self.sentences[index], group.at).filter(|_| group.is_bare())?;
        let rows = self.sentences[index.saturating_sub(ROWS)..index].iter().enumerate().rev();
        let (head, item) = rows
            .map(|(back, sentence)| (index.saturating_sub(ROWS) + back, sentence))
            .take_while(|(_, sentence)| is_row(sentence))
            .filter(|(_, sentence)| sentence.figures.is_empty())
            .find_map(|(head, sentence)| {
                let told = |item: &usize| self.context.outcome(&sentence.items[*item]).is_some();
                let here = |item: &usize| self::column(sentence, *item).unwrap_or(0) == column;
                (0..sentence.items.len()).find(|item| told(item) && here(item)).map(|item| (head, item))
            })?;
        let (entry, _, outcome) = self.context.outcome(&self.sentences[head].items[item])?;
        let counted = outcome.thing.as_deref()?;
        let id = self.id_for(entry, counted)?;
        Some(Draft { score: 7, ..self.draft(index, at, id, entry, (head, item), counted) })
    }
}
