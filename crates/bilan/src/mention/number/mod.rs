//! Makes numbers of digits and number words.
//!
//! In: items of a sentence. Out: the same items, with runs of digits and number words joined into [`Numeral`]s.
//!
//! Number words are a small program run on an accumulator that refuses impossible states: after "soixante" eleven may
//! follow, after "vingt" it may not. What a word does is in the pack; that "14 400" is one number and "10 00" a wreck is
//! arithmetic.

mod digits;
mod words;

use super::{Context, Item, What};
use crate::pack::{Data, Mask, Number, Tags, hint};
use crate::sentence::{Shape, TokenKind};

/// A number as written: `mantissa / 10^decimals`, or a stretch that is ours ("des dizaines").
///
/// Packed, for its one wide number would ask for memory by 16 bytes, which is given out slowly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(Rust, packed(8))]
pub struct Numeral {
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// Digits without the decimal mark.
    pub mantissa: u128,
    /// How many of them are decimals.
    pub decimals: u8,
    /// A collective: "une centaine".
    pub about: bool,
    /// Our bounds, for a vague plural.
    pub vague: Option<(u64, u64)>,
    /// How it is made.
    pub make: Make,
}

/// How a numeral is written; later passes ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Make {
    /// Digits without grouping, and how many: a year, a unit number.
    pub plain: u8,
    /// "un", "une": an article as likely as a number.
    pub article: bool,
    /// Broken in print.
    pub wreck: bool,
    /// Groups of two digits: a phone number.
    pub phone: bool,
    /// Has a scale word ("million", "mille"): a neighbour without one borrows it.
    pub scale: u64,
    /// "deux tiers": what it is divided by; 0 when whole.
    pub divisor: u32,
    /// Below zero.
    pub negative: bool,
}

impl Numeral {
    /// The whole number, when it is one.
    pub fn whole(&self) -> Option<u64> {
        if self.vague.is_some() || self.make.wreck || self.make.divisor > 0 || self.make.negative {
            return None;
        }
        let whole = match self.decimals {
            0 => self.mantissa,
            decimals => {
                let unit = 10u128.checked_pow(u32::from(decimals))?;
                self.mantissa.is_multiple_of(unit).then(|| self.mantissa / unit)?
            }
        };
        u64::try_from(whole).ok()
    }

    /// The number as far as a float can hold it; `None` for a vague or a broken one.
    pub fn decimal(&self) -> Option<f64> {
        if self.vague.is_some() || self.make.wreck {
            return None;
        }
        // Where both are exact as floats their quotient is rounded once; else the number is read back from text.
        let value: f64 = match self.decimals {
            0 => self.mantissa as f64,
            decimals @ 1..=22 if self.mantissa < 1 << 53 => self.mantissa as f64 / 10f64.powi(i32::from(decimals)),
            decimals => format!("{}e-{decimals}", { self.mantissa }).parse().ok()?,
        };
        let sign = if self.make.negative { -1.0 } else { 1.0 };
        Some(sign * value / f64::from(self.make.divisor.max(1)))
    }

    /// The same number without decimals that are zero.
    fn trimmed(mut self) -> Numeral {
        while self.decimals > 0 && self.mantissa.is_multiple_of(10) {
            self.mantissa /= 10;
            self.decimals -= 1;
        }
        self
    }

    /// The number times a scale.
    pub(super) fn times(mut self, scale: u64) -> Numeral {
        self.mantissa = self.mantissa.saturating_mul(u128::from(scale));
        self.make.scale = self.make.scale.max(scale);
        self.make.plain = 0;
        self.trimmed()
    }
}

/// Joins digits and number words into numerals.
pub fn find_numbers<'p>(context: &Context<'_>, items: &mut Vec<Item<'p>>, numerals: &mut Vec<Numeral>) {
    numerals.clear();
    let begins = |item: &Item<'_>| match item.what {
        What::Digits => true,
        What::Words => item.mask.hints & hint::NUMBER != 0,
        _ => false,
    };
    // Before the first number nothing moves.
    let Some(mut at) = items.iter().position(begins) else { return };
    let mut kept = at;
    while at < items.len() {
        let may = begins(&items[at]) && numerals.len() < usize::from(u16::MAX);
        let found = if may { words::number(context, items, at) } else { None };
        at += 1;
        if let Some((next, mut numeral)) = found {
            let item = items[at - 1];
            // "12 sept.", "la première quinzaine": what else the word may be is for dates to ask.
            let word = next == at && item.mask.times != 0;
            if is_negative(context, &items[..kept], &items[at - 1], items.get(next)) {
                numeral.make.negative = true;
                numeral.first -= 1;
                kept -= 1;
            }
            items[kept] = Item {
                first: numeral.first,
                end: numeral.end,
                what: What::Numeral(numerals.len() as u16),
                senses: if numeral.make.article || word { item.senses } else { &[] },
                gap: None,
                mask: if numeral.make.article { item.mask } else { Mask::NONE },
            };
            numerals.push(numeral);
            at = next;
        } else if kept + 1 < at {
            items[kept] = items[at - 1];
        }
        kept += 1;
    }
    items.truncate(kept);
}

/// Whether a sign before the digits makes them negative: in "entre -10 et 15", but not in "chars -3500" nor at the head
/// of a line of a list.
fn is_negative(context: &Context<'_>, before: &[Item<'_>], item: &Item<'_>, after: Option<&Item<'_>>) -> bool {
    let Some(What::Mark('-' | '\u{2212}')) = before.last().map(|sign| sign.what) else { return false };
    let (sign, digits) = (context.token(&before[before.len() - 1]), context.token(item));
    if digits.kind != TokenKind::Digits || sign.shape.has(Shape::GLUED) {
        return false;
    }
    let left = before.len().checked_sub(2).map(|at| &before[at]);
    if left.is_some() && !digits.shape.has(Shape::GLUED) {
        return false;
    }
    match left {
        None => after.is_none_or(|item| matches!(item.what, What::Mark(_))),
        Some(Item { what: What::Mark(mark), .. }) => matches!(mark, '(' | '[' | ':'),
        Some(left) => context
            .sense(left, |data| matches!(data, Data::Hedge(_) | Data::Function(_) | Data::Time(_)).then_some(()))
            .is_some(),
    }
}

/// The word of a number that the item may be.
fn word_of<'a>(context: &Context<'a>, item: Option<&Item<'_>>) -> Option<(&'a Number, Tags)> {
    let item = item?;
    if item.mask.kinds & Mask::NUMBER == 0 {
        return None;
    }
    let (_, tags, number) =
        context.sense(item, |data| if let Data::Number(number) = data { Some(number) } else { None })?;
    if number.glued && !is_glued(context, item, number) {
        return None;
    }
    Some((number, tags))
}

/// "10k": touches the digits before it, and is written as the pack writes it where that has a capital.
fn is_glued(context: &Context<'_>, item: &Item<'_>, number: &Number) -> bool {
    let token = context.token(item);
    let capital = number.word.all().iter().all(|word| word.starts_with(char::is_uppercase));
    let digits = (item.first as usize).checked_sub(1).map(|at| context.tokens[at].kind);
    token.shape.has(Shape::GLUED) && digits == Some(TokenKind::Digits) && (!capital || context.is_capital(item))
}
