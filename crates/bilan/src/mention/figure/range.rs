//! Joins two numbers into a range.
//!
//! In: items that begin with a numeral. Out: both ends, and how many items they take.
//!
//! "entre 40 et 60.000", "deux ou trois cents": the lower end has the scale of the higher. "passé de 12 à 20" is no
//! range: somebody told two figures.

use super::{Figure, Numeral, hedge, is_hedge, numeral, skips};
use crate::claim::Bound;
use crate::mention::{Context, Item, What};
use crate::pack::{Class, HedgeClass};
use crate::sentence::{Shape, TokenKind};

/// The least that a dash between two blanks joins, and by how much the ends of such a range differ at most.
const LEAST: u64 = 20;
const WIDE: u64 = 5;

/// Lower end, higher end, and how many items the range covers. A joined vague stretch has no higher end of its own.
pub fn range(
    context: &Context<'_>,
    before: &[Item<'_>],
    items: &[Item<'_>],
    numerals: &[Numeral],
) -> Option<(Numeral, Option<Numeral>, usize)> {
    let number = |at: usize| items.get(at).and_then(|item| numeral(item, numerals)).copied();
    let low = number(0)?;
    if low.make.article || low.make.wreck {
        return None;
    }
    // "10-15", "10–15"
    if let Some((high, len)) = dashed(context, items, numerals) {
        return rising(low, high).then_some((low, Some(high), len));
    }
    let comma = usize::from(matches!(items.get(1)?.what, What::Mark(',')));
    let join = items.get(1 + comma)?;
    let mut at = 2 + comma;
    while at < 6 && items.get(at).is_some_and(|item| skips(context, item) || context.is(item, Class::Of)) {
        at += 1;
    }
    let high = number(at)?;
    let or = is_hedge(context, Some(join), HedgeClass::RangeOr);
    // "des dizaines, voire des centaines"
    if let (Some((from, _)), Some((_, to))) = (low.vague, high.vague) {
        return (or && from < to).then(|| (Numeral { end: high.end, vague: Some((from, to)), ..low }, None, at + 1));
    }
    let to = is_hedge(context, Some(join), HedgeClass::RangeTo) && !changes(context, before);
    let and = is_hedge(context, Some(join), HedgeClass::RangeAnd) && opened(context, before);
    let joined = (comma == 0 && (to || and)) || or;
    let plain = low.vague.is_none() && high.vague.is_none() && !high.make.article && !high.make.wreck;
    (joined && plain && rising(low, high)).then(|| (borrow(low, high), Some(high), at + 1))
}

/// Two runs of digits with a dash between them.
pub fn dashed(context: &Context<'_>, items: &[Item<'_>], numerals: &[Numeral]) -> Option<(Numeral, usize)> {
    let number = |at: usize| items.get(at).and_then(|item| numeral(item, numerals)).copied();
    if let Some(high) = number(1) {
        let token = context.tokens[high.first as usize];
        return (token.shape.has(Shape::HYPHEN) && token.kind == TokenKind::Digits).then_some((high, 2));
    }
    let dash = matches!(items.get(1)?.what, What::Mark('\u{2013}' | '\u{2212}' | '\u{2014}' | '-'));
    let high = number(2)?;
    let glued = |item: &Item<'_>| context.token(item).shape.has(Shape::GLUED);
    // "5 000 – 9 000" in a cell: a dash between two blanks joins what is of one size.
    let apart = items[1].what == What::Mark('\u{2013}') && !glued(&items[1]) && !glued(&items[2]);
    let near = number(0).and_then(|low| low.whole()).zip(high.whole());
    let near = near.is_some_and(|(low, high)| low >= LEAST && high <= low.saturating_mul(WIDE));
    (dash && (glued(&items[1]) && glued(&items[2]) || apart && near)).then_some((high, 3))
}

/// "222-2222-2222": three and more runs of digits joined by hyphens are no numbers.
pub fn phone(context: &Context<'_>, items: &[Item<'_>], numerals: &[Numeral]) -> Option<usize> {
    let joined = |item: &&Item<'_>| {
        numeral(item, numerals).is_some_and(|n| context.tokens[n.first as usize].shape.has(Shape::HYPHEN))
    };
    let more = items.iter().skip(1).take_while(joined).count();
    (more >= 2).then_some(more + 1)
}

/// "entre" before the number, over quotation marks, articles and "environ".
fn opened(context: &Context<'_>, before: &[Item<'_>]) -> bool {
    let opens = |item: &Item<'_>| is_hedge(context, Some(item), HedgeClass::Between);
    let mut words = before.iter().rev().take(4);
    let passes = |item: &Item<'_>| skips(context, item) || is_hedge(context, Some(item), HedgeClass::About);
    words.find(|item| opens(item) || !passes(item)).is_some_and(opens)
}

/// "passé de" before the number.
fn changes(context: &Context<'_>, before: &[Item<'_>]) -> bool {
    let change = |item: &Item<'_>| is_hedge(context, Some(item), HedgeClass::Change);
    let passes = |item: &Item<'_>| skips(context, item) || context.is(item, Class::Of);
    before.iter().rev().take(3).find(|item| change(item) || !passes(item)).is_some_and(change)
}

/// "plus de 10 et moins de 40": a figure that opens upwards and one that opens downwards close each other.
pub fn both_ends(
    context: &Context<'_>,
    after: &[Item<'_>],
    numerals: &[Numeral],
    figure: &mut Figure,
) -> Option<usize> {
    let upward = |bound: Bound| match bound {
        Bound::AtLeast | Bound::MoreThan => Some(true),
        Bound::AtMost | Bound::LessThan => Some(false),
        Bound::Bare => None,
    };
    let first = upward(figure.bound)?;
    let (join, item) = (after.first()?, after.get(1)?);
    let (_, hedge) = hedge::hedge_of(context, item, false)?;
    let bound = hedge.class.bound();
    let other = *numeral(after.get(2)?, numerals)?;
    if !context.is(join, Class::And) || upward(bound)? == first {
        return None;
    }
    let ends = [inside(figure.low, figure.bound), inside(other, bound)];
    let [low, high] = if first { ends } else { [ends[1], ends[0]] };
    if !rising(low, high) {
        return None;
    }
    (figure.low, figure.high, figure.bound) = (low, Some(high), Bound::Bare);
    Some(3)
}

/// The end of a range of whole things that an open bound leaves: "plus de 10" begins at 11.
fn inside(mut numeral: Numeral, bound: Bound) -> Numeral {
    match bound {
        Bound::MoreThan if numeral.decimals == 0 => numeral.mantissa = numeral.mantissa.saturating_add(1),
        Bound::LessThan if numeral.decimals == 0 => numeral.mantissa = numeral.mantissa.saturating_sub(1),
        _ => {}
    }
    numeral
}

fn rising(low: Numeral, high: Numeral) -> bool {
    match (borrow(low, high).decimal(), high.decimal()) {
        (Some(low), Some(high)) => low < high,
        _ => false,
    }
}

/// "entre 40 et 60.000", "de 2 à 3 millions": the lower end has the scale of the higher.
fn borrow(low: Numeral, high: Numeral) -> Numeral {
    let Some(top) = high.whole() else { return low };
    let scale = match high.make.scale {
        0 if top >= 1000 && top % 1000 == 0 && !high.about => 1000,
        scale => scale,
    };
    let bare = low.make.scale == 0 && !low.about && low.decimal().is_some_and(|low| 0.0 < low && low < 1000.0);
    if scale < 100 || !bare {
        return low;
    }
    let lent = low.times(scale);
    // "de 200 à 3 000 000" borrows nothing: the ends of a range are of one size.
    let fits = |lent: f64, top: f64| lent < top && lent * 10.0 >= top;
    if lent.decimal().is_some_and(|lent| fits(lent, top as f64)) { lent } else { low }
}
