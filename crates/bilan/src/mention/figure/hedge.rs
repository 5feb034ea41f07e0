//! Finds what opens or blurs a figure.
//!
//! In: a figure and the items around it. Out: its bound, whether it is about, and the entry that said so.
//!
//! "environ « 8 600 hommes »": a quotation mark is no wall. "500 ou plus" is hedged from behind, but in "500 ou
//! moins de 5000" those words belong to the next number.

use super::{Figure, Numeral, numeral, skips};
use crate::mention::{Context, Item, What};
use crate::pack::{Class, Data, Hedge, HedgeClass, HedgePlace};

/// The hedge that the item may be, on this side of its number.
pub fn hedge_of<'a>(context: &Context<'a>, item: &Item<'_>, after: bool) -> Option<(u32, &'a Hedge)> {
    if !context.is_hedge(item) {
        return None;
    }
    let wrong = if after { HedgePlace::Before } else { HedgePlace::After };
    context
        .sense(item, |data| match data {
            Data::Hedge(hedge) if hedge.place != wrong && is_plain(hedge.class) => Some(hedge),
            _ => None,
        })
        .map(|(entry, _, hedge)| (entry, hedge))
}

/// Words of a range and of a change are no hedges of one number.
fn is_plain(class: HedgeClass) -> bool {
    !matches!(
        class,
        HedgeClass::Between | HedgeClass::RangeAnd | HedgeClass::RangeTo | HedgeClass::RangeOr | HedgeClass::Change
    )
}

fn take(figure: &mut Figure, (entry, hedge): (u32, &Hedge), item: &Item<'_>) {
    match hedge.class {
        HedgeClass::About => figure.about = true,
        HedgeClass::Exact => {}
        class => figure.bound = class.bound(),
    }
    figure.hedge = Some((entry, item.first, item.end));
}

/// Hedges before the number, over quotation marks, articles and the first word of a range.
pub fn before(context: &Context<'_>, before: &[Item<'_>], figure: &mut Figure) {
    for item in before.iter().rev().take(5) {
        // "~ 90"
        if matches!(item.what, What::Mark('~' | '\u{2248}')) {
            figure.about = true;
            break;
        }
        if item.is_unknown() {
            break;
        }
        if let Some(found) = hedge_of(context, item, false) {
            take(figure, found, item);
        } else if !skips(context, item) && !super::is_hedge(context, Some(item), HedgeClass::Between) {
            break;
        }
    }
}

/// "quarante maisons au moins ont brûlé", "quinze morts environ": a hedge behind the noun, and before no other number.
fn behind_noun(context: &Context<'_>, after: &[Item<'_>], figure: &mut Figure, numerals: &[Numeral]) {
    let noun = |item: &Item<'_>| {
        item.what == What::Words
            && (context.counted(item).is_some()
                || context.outcome(item).is_some()
                || item.senses.is_empty() && !context.is_capital(item))
    };
    // "neuf millions de morts"
    let of = usize::from(after.first().is_some_and(|item| context.is(item, Class::Of)));
    let nouns = after[of..].iter().take(2).take_while(|item| noun(item)).count();
    // "879 journalistes (au moins)"
    let mark = |at: usize, mark| usize::from(after.get(at).is_some_and(|item| item.what == What::Mark(mark)));
    let at = of + nouns + mark(of + nouns, '(');
    let Some(item) = after.get(at).filter(|_| nouns > 0) else { return };
    let bracketed = at == of + nouns || mark(at + 1, ')') > 0;
    let found = hedge_of(context, item, true).filter(|(_, hedge)| bracketed && hedge.place == HedgePlace::Both);
    // "quinze morts au moins dans un hôtel": an article further on is no number of its own.
    let alone = after.get(at + 1).is_none_or(|item| numeral(item, numerals).is_none());
    if let Some(found) = found.filter(|_| alone) {
        take(figure, found, item);
    }
}

/// A hedge right after the number: how many items it takes.
pub fn after(context: &Context<'_>, after: &[Item<'_>], figure: &mut Figure, numerals: &[Numeral]) -> usize {
    // "ou plus", "et davantage": these need the joining word, others stand alone.
    let join = after.first().is_some_and(|item| {
        super::is_hedge(context, Some(item), HedgeClass::RangeOr)
            || super::is_hedge(context, Some(item), HedgeClass::RangeAnd)
    });
    let at = usize::from(join);
    let Some(item) = after.get(at) else { return 0 };
    // "3 900+"
    let more = item.what == What::Mark('+') && context.token(item).shape.has(crate::sentence::Shape::GLUED);
    if more && after.get(1).is_none_or(|next| numeral(next, numerals).is_none()) {
        figure.bound = crate::claim::Bound::AtLeast;
        return 1;
    }
    let Some(found) = hedge_of(context, item, true).filter(|(_, hedge)| join == (hedge.place == HedgePlace::After))
    else {
        behind_noun(context, after, figure, numerals);
        return 0;
    };
    let of = usize::from(after.get(at + 1).is_some_and(|item| context.is(item, Class::Of)));
    if after.get(at + 1 + of).is_some_and(|item| numeral(item, numerals).is_some()) {
        return 0;
    }
    take(figure, found, item);
    at + 1
}
