//! Makes figures of numbers: hedges, ranges, and what is no count of things.
//!
//! In: items with numerals. Out: the same items, with numerals and ranges turned into [`Figure`]s.
//!
//! "entre 40 et 60.000" borrows its scale to the left; "environ « 14 400 personnes »" has a quotation mark between the
//! hedge and its number; in "Su-34" and "155 mm" nothing is counted. A hedge before "A et B" belongs to A alone.

use super::number::Numeral;
use super::{Context, Item, What};
use crate::claim::{Bound, Value};
use crate::pack::{Class, Data, Hedge, HedgeClass, Unit, UnitPlace};
use crate::sentence::{Shape, TokenKind};

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
        if let Some((low, high)) = self.low.vague {
            let (first, last) = (u64::try_from(low).ok()?, u64::try_from(high).ok()?);
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
    let mut kept = 0;
    let mut at = 0;
    while at < items.len() {
        let What::Numeral(low) = items[at].what else {
            items[kept] = items[at];
            (kept, at) = (kept + 1, at + 1);
            continue;
        };
        let low = numerals[low as usize];
        let before = &items[..kept];
        let range = range(context, before, &items[at..], numerals);
        let (high, len) = range.map_or((None, 1), |(high, len)| (Some(high), len));
        let mut figure = Figure {
            first: low.first,
            end: items[at + len - 1].end,
            low,
            high,
            bound: Bound::Bare,
            about: low.about,
            hedge: None,
            refused: None,
        };
        if let Some(high) = high {
            figure.low = borrow(low, high);
        }
        hedges(context, before, &items[at + len..], &mut figure);
        figure.refused = refusal(context, before, &items[at + len..], &figure);
        items[kept] = Item {
            first: figure.first,
            end: figure.end,
            what: What::Figure(figures.len() as u16),
            senses: items[at].senses,
            gap: None,
        };
        figures.push(figure);
        (kept, at) = (kept + 1, at + len);
    }
    items.truncate(kept);
    share_units(context, items, figures);
}

fn hedge<'a>(context: &Context<'a>, item: &Item<'_>) -> Option<(u32, &'a Hedge)> {
    context
        .sense(item, |data| if let Data::Hedge(hedge) = data { Some(hedge) } else { None })
        .map(|(entry, _, hedge)| (entry, hedge))
}

fn is_hedge(context: &Context<'_>, item: &Item<'_>, class: HedgeClass) -> bool {
    context.sense(item, |data| matches!(data, Data::Hedge(hedge) if hedge.class == class).then_some(())).is_some()
}

/// Opening and closing quotation marks, which are edges and not walls.
pub(crate) fn is_quote(mark: char) -> bool {
    matches!(
        mark,
        '"' | '\u{ab}'
            | '\u{bb}'
            | '\u{201c}'
            | '\u{201d}'
            | '\u{201e}'
            | '\u{2018}'
            | '\u{2019}'
            | '\u{2033}'
            | '\''
            | '*'
    )
}

fn skips(context: &Context<'_>, item: &Item<'_>) -> bool {
    matches!(item.what, What::Mark(mark) if is_quote(mark)) || context.is(item, Class::Determiner)
}

/// The higher end when the numeral opens a range, and how many items the range covers.
fn range(
    context: &Context<'_>,
    before: &[Item<'_>],
    items: &[Item<'_>],
    numerals: &[Numeral],
) -> Option<(Numeral, usize)> {
    let numeral = |at: usize| match items.get(at).map(|item| item.what) {
        Some(What::Numeral(number)) => Some(numerals[number as usize]),
        _ => None,
    };
    let low = numeral(0)?;
    if low.vague.is_some() || low.make.article || low.make.wreck {
        return None;
    }
    // "10-15", "10–15"
    if let Some(high) = numeral(1)
        && context.tokens[high.first as usize].shape.has(Shape::HYPHEN)
        && context.tokens[high.first as usize].kind == TokenKind::Digits
    {
        return rising(low, high).then_some((high, 2));
    }
    if let (Some(What::Mark('\u{2013}' | '\u{2212}')), Some(high)) = (items.get(1).map(|item| item.what), numeral(2))
        && context.token(&items[1]).shape.has(Shape::GLUED)
    {
        return rising(low, high).then_some((high, 3));
    }
    let between =
        before.last().is_some_and(|item| is_hedge(context, item, HedgeClass::Between) || skips(context, item))
            && before.iter().rev().take(2).any(|item| is_hedge(context, item, HedgeClass::Between));
    let join = items.get(1)?;
    let mut at = 2;
    while items.get(at).is_some_and(|item| skips(context, item)) {
        at += 1;
    }
    let high = numeral(at)?;
    let joined = is_hedge(context, join, HedgeClass::RangeTo)
        || is_hedge(context, join, HedgeClass::RangeOr)
        || (between && is_hedge(context, join, HedgeClass::RangeAnd));
    let plain = high.vague.is_none() && !high.make.article && !high.make.wreck;
    (joined && plain && rising(low, high)).then_some((high, at + 1))
}

fn rising(low: Numeral, high: Numeral) -> bool {
    let low = borrow(low, high);
    let scale = |n: Numeral| n.mantissa.checked_mul(10u128.pow(u32::from(9u8.saturating_sub(n.decimals))));
    low.decimals <= 9 && high.decimals <= 9 && scale(low) < scale(high)
}

/// "entre 40 et 60.000", "de 2 à 3 millions": the lower end has the scale of the higher.
fn borrow(low: Numeral, high: Numeral) -> Numeral {
    let Some(top) = high.whole() else { return low };
    let scale = match high.make.scale {
        0 if top >= 1000 && top % 1000 == 0 => 1000,
        scale => scale,
    };
    let bare = low.make.scale == 0 && low.mantissa < 1000 * 10u128.pow(u32::from(low.decimals));
    if scale < 1000
        || !bare
        || low.mantissa * u128::from(scale) >= u128::from(top) * 10u128.pow(u32::from(low.decimals))
    {
        return low;
    }
    let mut low = low;
    low.mantissa *= u128::from(scale);
    while low.decimals > 0 && low.mantissa % 10 == 0 {
        low.mantissa /= 10;
        low.decimals -= 1;
    }
    low
}

/// Hedges before the number, over quotation marks and articles; or one right after it.
fn hedges(context: &Context<'_>, before: &[Item<'_>], after: &[Item<'_>], figure: &mut Figure) {
    let mut take = |item: &Item<'_>| {
        let Some((entry, hedge)) = hedge(context, item) else { return false };
        match hedge.class {
            HedgeClass::About => figure.about = true,
            HedgeClass::Exact => {}
            HedgeClass::Between | HedgeClass::RangeAnd | HedgeClass::RangeTo | HedgeClass::RangeOr => return false,
            class => figure.bound = class.bound(),
        }
        figure.hedge = Some((entry, item.first, item.end));
        true
    };
    let mut found = false;
    for item in before.iter().rev().take(5) {
        let opens = context
            .sense(item, |data| matches!(data, Data::Hedge(hedge) if hedge.class == HedgeClass::Between).then_some(()))
            .is_some();
        if take(item) {
            found = true;
        } else if !skips(context, item) && !opens {
            break;
        }
    }
    if !found && let Some(item) = after.first() {
        // "14 400 environ", but not "450 plus de": only what blurs may follow.
        if is_hedge(context, item, HedgeClass::About)
            && !after.get(1).is_some_and(|next| matches!(next.what, What::Numeral(_)))
        {
            take(item);
        }
    }
}

fn unit<'a>(context: &Context<'a>, item: &Item<'_>, place: UnitPlace) -> Option<&'a Unit> {
    let unit = context.sense(item, |data| match data {
        Data::Unit(unit) if unit.place == place => Some(unit),
        _ => None,
    })?;
    // A capital in the pack is a capital in the text: "vol 171", but "G 20".
    let pack_capital = unit.2.word.all().iter().all(|word| word.starts_with(char::is_uppercase));
    (!pack_capital || context.is_capital(item)).then_some(unit.2)
}

/// Why a figure is no count of things, as far as its own neighbourhood tells.
fn refusal(
    context: &Context<'_>,
    before: &[Item<'_>],
    after: &[Item<'_>],
    figure: &Figure,
) -> Option<(&'static str, u32, u32)> {
    let own = (figure.first, figure.end);
    let because = |reason: &str, (first, end): (u32, u32)| Some((key(context, reason), first, end));
    let make = figure.low.make;
    if make.phone {
        return because("phone", own);
    }
    if make.wreck || figure.high.is_some_and(|high| high.make.wreck) {
        return because("wreck", own);
    }
    let token = context.tokens[figure.first as usize];
    let previous = (figure.first as usize).checked_sub(1).map(|at| context.tokens[at]);
    if let Some(previous) = previous
        && token.kind == TokenKind::Digits
    {
        let touches = token.shape.has(Shape::HYPHEN) || token.shape.has(Shape::GLUED);
        if previous.kind == TokenKind::Word && touches {
            return because("model_name", (figure.first - 1, figure.end));
        }
        if let Some(mark) = previous.mark()
            && is_money(mark)
        {
            return because("money", (figure.first - 1, figure.end));
        }
    }
    if let Some(next) = after.first() {
        let glued = context.token(next).shape.has(Shape::GLUED);
        if let What::Mark(mark) = next.what {
            match mark {
                '%' | '\u{2030}' => return because("percent", (next.first, next.end)),
                '\u{b0}' => return because("temperature", (next.first, next.end)),
                ':' if glued && matches!(after.get(1).map(|item| item.what), Some(What::Numeral(_))) => {
                    return because("clock", (next.first, next.end));
                }
                mark if is_money(mark) => return because("money", (next.first, next.end)),
                _ => {}
            }
        }
        if glued && context.tokens[next.first as usize].kind == TokenKind::Word {
            if let Some(unit) = unit(context, next, UnitPlace::Glued).or(unit(context, next, UnitPlace::After)) {
                return because(&unit.reason, (next.first, next.end));
            }
            return because("model_name", (next.first, next.end));
        }
        // "112 milliards d'euros", "24 longues heures"
        let mut at = 0;
        if context.is(next, Class::Of) {
            at = 1;
        }
        for item in after.iter().skip(at).take(2) {
            if let Some(unit) = unit(context, item, UnitPlace::After) {
                let elided = context.tokens.get(item.end as usize).is_some_and(|token| token.shape.has(Shape::ELIDED));
                if !elided {
                    return because(&unit.reason, (item.first, item.end));
                }
            }
            let passes = item.what == What::Words
                && context.counted(item).is_none()
                && context.outcome(item).is_none()
                && item.senses.is_empty();
            if !passes {
                break;
            }
        }
    }
    for item in before.iter().rev().take(3) {
        if let Some(unit) = unit(context, item, UnitPlace::Before) {
            return because(&unit.reason, (item.first, item.end));
        }
        let passes = context.is(item, Class::Of) || matches!(item.what, What::Mark('\u{b0}' | '.'));
        if !passes {
            break;
        }
    }
    if make.plain > 1 && token.of(context.text).starts_with('0') {
        return because("unit_name", own);
    }
    if figure.value().is_none() {
        return because("decimal", own);
    }
    None
}

/// The key as it stands in kinds.toml, so that it lives as long as the program.
fn key(_context: &Context<'_>, reason: &str) -> &'static str {
    const KEYS: &[&str] = &[
        "year",
        "date",
        "clock",
        "age",
        "duration",
        "money",
        "percent",
        "share",
        "distance",
        "temperature",
        "magnitude",
        "speed",
        "phone",
        "rank",
        "unit_name",
        "model_name",
        "score",
        "wreck",
        "negative",
        "decimal",
        "article",
        "subject",
        "no_outcome",
        "unreal",
        "forecast",
        "boilerplate",
        "weak",
    ];
    KEYS.iter().find(|key| **key == reason).copied().unwrap_or("subject")
}

fn is_money(mark: char) -> bool {
    matches!(mark, '$' | '\u{a2}'..='\u{a5}' | '\u{20a0}'..='\u{20cf}')
}

/// "25 et 90 %", "13 à 17 ans": a unit serves every number that it closes.
fn share_units(context: &Context<'_>, items: &[Item<'_>], figures: &mut [Figure]) {
    let mut held: Option<(usize, (&'static str, u32, u32))> = None;
    for at in (0..items.len()).rev() {
        match items[at].what {
            What::Figure(number) => {
                let figure = &mut figures[number as usize];
                match (figure.refused, held) {
                    (None, Some((right, refused))) if right == at + 2 => figure.refused = Some(refused),
                    _ => {}
                }
                let shares = |reason: &str| {
                    matches!(
                        reason,
                        "percent" | "age" | "money" | "distance" | "temperature" | "duration" | "unit_name"
                    )
                };
                held = figure.refused.filter(|(reason, ..)| shares(reason)).map(|refused| (at, refused));
            }
            What::Mark(',') => {}
            _ if context.is(&items[at], Class::And) || context.is(&items[at], Class::Or) => {}
            _ => held = None,
        }
    }
}
