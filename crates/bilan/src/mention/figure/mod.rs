//! Makes figures of numbers: hedges, ranges, and what is no count of things.
//!
//! In: items with numerals. Out: the same items, with numerals and ranges turned into [`Figure`]s.
//!
//! "entre 40 et 60.000" borrows its scale to the left; "environ « 8 600 hommes »" has a quotation mark between the
//! hedge and its number; in "Su-34" and "155 mm" nothing is counted. A hedge before "A et B" belongs to A alone.

mod hedge;
mod range;
mod refusal;

use super::number::Numeral;
use super::{Context, Item, What};
use crate::claim::{Bound, Value};
use crate::pack::{Class, HedgeClass};

/// A number or a range with its hedge.
#[derive(Clone, Copy, Debug)]
pub struct Figure {
    /// First token of the numbers.
    pub first: u32,
    /// One past their last token.
    pub end: u32,
    /// The number; the lower end of a range.
    pub low: Numeral,
    /// The higher end of a range.
    pub high: Option<Numeral>,
    /// The bound that its hedges set.
    pub bound: Bound,
    /// A hedge or a collective makes it approximate.
    pub about: bool,
    /// Pack entry and tokens of its first hedge.
    pub hedge: Option<(u32, u32, u32)>,
    /// Key of `[refused]` and the tokens that decided it.
    pub refused: Option<(&'static str, u32, u32)>,
}

impl Figure {
    /// The value, when it is whole things.
    pub fn value(&self) -> Option<Value> {
        if let Some((first, last)) = self.low.vague {
            return Some(Value { bound: Bound::Bare, about: false, ours: true, first, last });
        }
        let first = self.low.whole()?;
        let last = self.high.map_or(Some(first), |high| high.whole())?;
        (first <= last).then_some(Value { bound: self.bound, about: self.about, ours: false, first, last })
    }

    /// Four plain digits that may be a year.
    pub fn like_year(&self) -> bool {
        self.high.is_none()
            && self.low.make.plain == 4
            && self.low.whole().is_some_and(|year| (1800..2100).contains(&year))
    }
}

/// Turns numerals into figures.
pub fn find_figures<'p>(
    context: &Context<'_>,
    items: &mut Vec<Item<'p>>,
    numerals: &[Numeral],
    figures: &mut Vec<Figure>,
) {
    figures.clear();
    if numerals.is_empty() {
        return;
    }
    // Figures are large: room for some more would be dear.
    figures.reserve_exact(numerals.len());
    let (mut kept, mut at) = (0, 0);
    while let Some(words) = items[at..].iter().position(|item| matches!(item.what, What::Numeral(_))) {
        if kept < at {
            items.copy_within(at..at + words, kept);
        }
        (kept, at) = (kept + words, at + words);
        let What::Numeral(low) = items[at].what else { break };
        let low = numerals[low as usize];
        let before = &items[..kept];
        let mut figure = Figure {
            first: low.first,
            end: low.end,
            low,
            high: None,
            bound: Bound::Bare,
            about: low.about,
            hedge: None,
            refused: None,
        };
        let mut len = 1;
        if let Some(found) = range::phone(context, &items[at..], numerals) {
            len = found;
            figure.low.make.phone = true;
        } else if let Some((low, high, found)) = range::range(context, before, &items[at..], numerals) {
            len = found;
            (figure.low, figure.high) = (low, high);
            figure.about |= high.is_some_and(|high| high.about);
        }
        hedge::before(context, before, &mut figure);
        if figure.high.is_none()
            && let Some(found) = range::both_ends(context, &items[at + len..], numerals, &mut figure)
        {
            len += found;
        }
        len += hedge::after(context, &items[at + len..], &mut figure, numerals);
        figure.end =
            items[at..at + len].iter().rev().find_map(|item| numeral(item, numerals)).map_or(low.end, |n| n.end);
        figure.refused = refusal::refusal(context, before, &items[at + len..], &figure);
        let senses = items[at].senses;
        items[kept] = Item {
            first: figure.first,
            end: figure.end,
            what: What::Figure(figures.len() as u16),
            senses,
            gap: None,
            mask: items[at].mask,
        };
        figures.push(figure);
        kept += 1;
        // A hedge after the number stays an item of its own, as one before it does.
        let numbers = items[at..at + len].iter().rposition(|item| matches!(item.what, What::Numeral(_))).unwrap_or(0);
        at += numbers + 1;
    }
    items.drain(kept..at);
    refusal::share(context, items, figures);
    refusal::per_many(context, items, figures);
}

fn numeral<'n>(item: &Item<'_>, numerals: &'n [Numeral]) -> Option<&'n Numeral> {
    match item.what {
        What::Numeral(number) => numerals.get(number as usize),
        _ => None,
    }
}

fn is_hedge(context: &Context<'_>, item: Option<&Item<'_>>, class: HedgeClass) -> bool {
    item.is_some_and(|item| context.is_hedge_of(item, class))
}

/// What may stand between a hedge and its number.
fn skips(context: &Context<'_>, item: &Item<'_>) -> bool {
    item.what.is_quote() || context.is(item, Class::Determiner)
}
