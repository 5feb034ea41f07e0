//! Makes numbers of digits and number words.
//!
//! In: items of a sentence. Out: the same items, with runs of digits and number words joined into [`Numeral`]s.
//!
//! Number words are a small program run on an accumulator that refuses impossible states: after "soixante" eleven may
//! follow, after "vingt" it may not. What a word does is in the pack; that "14 400" is one number and "10 00" a wreck is
//! arithmetic.

use super::{Context, Item, What};
use crate::pack::{Data, Number, NumberClass, Tags};
use crate::sentence::{Shape, TokenKind};

/// A number as written: `mantissa / 10^decimals`, or a stretch that is ours ("des dizaines").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    pub vague: Option<(u128, u128)>,
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
}

impl Numeral {
    /// The whole number, when it is one.
    pub fn whole(&self) -> Option<u64> {
        let unit = 10u128.checked_pow(u32::from(self.decimals))?;
        (self.vague.is_none() && self.mantissa.is_multiple_of(unit))
            .then(|| u64::try_from(self.mantissa / unit).ok())
            .flatten()
    }
}

/// Joins digits and number words into numerals.
pub fn find_numbers<'p>(context: &Context<'_>, items: &mut Vec<Item<'p>>, numerals: &mut Vec<Numeral>) {
    numerals.clear();
    let mut kept = 0;
    let mut at = 0;
    while at < items.len() {
        if let Some((next, numeral)) = numeral(context, items, at) {
            items[kept] = Item {
                first: numeral.first,
                end: numeral.end,
                what: What::Numeral(numerals.len() as u16),
                senses: items[at].senses,
                gap: None,
            };
            if !numeral.make.article {
                items[kept].senses = &[];
            }
            numerals.push(numeral);
            at = next;
        } else {
            items[kept] = items[at];
            at += 1;
        }
        kept += 1;
        if numerals.len() == u16::MAX as usize {
            break;
        }
    }
    if at > kept {
        items.drain(kept..at);
    }
}

/// The numeral that begins at `items[at]`, and the item after it.
fn numeral(context: &Context<'_>, items: &[Item<'_>], at: usize) -> Option<(usize, Numeral)> {
    match items[at].what {
        What::Digits => Some(with_scales(context, items, digits(context, items, at))),
        What::Words => words(context, items, at),
        _ => None,
    }
}

fn number<'a>(context: &Context<'a>, item: &Item<'_>) -> Option<(&'a Number, Tags)> {
    context
        .sense(item, |data| if let Data::Number(number) = data { Some(number) } else { None })
        .map(|(_, tags, number)| (number, tags))
}

fn value_of(text: &str) -> Option<u128> {
    (text.len() <= 30).then(|| text.parse().ok()).flatten()
}

/// Digits with their groups and decimals.
fn digits(context: &Context<'_>, items: &[Item<'_>], at: usize) -> (usize, Numeral) {
    let text = |i: usize| context.words(&items[i]);
    let is_digits = |i: usize| items.get(i).is_some_and(|item| item.what == What::Digits);
    let glued = |i: usize| context.token(&items[i]).shape.has(Shape::GLUED);
    let joined = |i: usize| context.token(&items[i]).shape.has(Shape::HYPHEN);
    let first = items[at].first;
    let mut numeral = Numeral {
        first,
        end: items[at].end,
        mantissa: value_of(text(at)).unwrap_or(u128::MAX >> 32),
        decimals: 0,
        about: false,
        vague: None,
        make: Make { plain: text(at).len().min(255) as u8, wreck: text(at).len() > 18, ..Make::default() },
    };
    let mut next = at + 1;
    let mut groups = 1;
    let mut separator = None;
    loop {
        // A blank between runs: "14 400".
        if is_digits(next) && !glued(next) && !joined(next) {
            let (left, right) = (text(next - 1).len(), text(next).len());
            let groups_ok = if groups == 1 { left <= 3 && !text(next - 1).starts_with('0') } else { true };
            if right == 3 && groups_ok && separator.is_none_or(|mark| mark == ' ') {
                separator = Some(' ');
                numeral = push_group(numeral, text(next), items[next].end);
                groups += 1;
                next += 1;
                continue;
            }
            return (broken(context, items, at, &mut numeral), numeral);
        }
        // A mark between runs: "14.400", "1,2".
        let Some(What::Mark(mark)) = items.get(next).map(|item| item.what) else { break };
        if !(glued(next) && is_digits(next + 1) && glued(next + 1)) {
            break;
        }
        let (left, right) = (text(next - 1).len(), text(next + 1).len());
        let more = matches!(items.get(next + 2).map(|item| item.what), Some(What::Mark(m)) if m == mark)
            && is_digits(next + 3)
            && glued(next + 2)
            && glued(next + 3);
        let grouping = context.pack.grouping.contains(&mark) || mark == context.pack.decimal;
        let scale_follows = items
            .get(next + 2)
            .and_then(|item| number(context, item))
            .is_some_and(|(n, _)| n.class == NumberClass::NounScale);
        let as_group = grouping
            && right == 3
            && (groups > 1 || (left <= 3 && !text(next - 1).starts_with('0')))
            && separator.is_none_or(|s| s == mark)
            && !(mark == context.pack.decimal && (scale_follows || separator.is_some()) && !more);
        if as_group {
            separator = Some(mark);
            numeral = push_group(numeral, text(next + 1), items[next + 1].end);
            groups += 1;
            next += 2;
            continue;
        }
        let decimal = (mark == context.pack.decimal || (mark == '.' && separator.is_none())) && !more && right <= 6;
        if decimal && numeral.decimals == 0 {
            numeral = push_decimals(numeral, text(next + 1), items[next + 1].end);
            return (next + 2, numeral);
        }
        break;
    }
    (next, numeral)
}

fn push_group(mut numeral: Numeral, digits: &str, end: u32) -> Numeral {
    let scale = 10u128.pow(digits.len() as u32);
    match value_of(digits).and_then(|more| numeral.mantissa.checked_mul(scale)?.checked_add(more)) {
        Some(whole) if whole < 1 << 96 => numeral.mantissa = whole,
        _ => numeral.make.wreck = true,
    }
    numeral.end = end;
    numeral.make.plain = 0;
    numeral
}

fn push_decimals(numeral: Numeral, digits: &str, end: u32) -> Numeral {
    let mut numeral = push_group(numeral, digits, end);
    numeral.decimals = digits.len() as u8;
    numeral
}

/// Runs of digits that make no number: a phone number, or a wreck such as "10 00".
fn broken(context: &Context<'_>, items: &[Item<'_>], at: usize, numeral: &mut Numeral) -> usize {
    let mut next = at + 1;
    let mut pairs = usize::from(context.words(&items[at]).len() == 2);
    while items
        .get(next)
        .is_some_and(|item| item.what == What::Digits && context.tokens[item.first as usize].kind == TokenKind::Digits)
    {
        pairs += usize::from(context.words(&items[next]).len() == 2);
        numeral.end = items[next].end;
        next += 1;
    }
    numeral.make.plain = 0;
    numeral.make.phone = pairs >= 4;
    numeral.make.wreck = true;
    next
}

/// Digits followed by scale words: "1,2 million", "3 millions 400 000", "450 mille".
fn with_scales(
    context: &Context<'_>,
    items: &[Item<'_>],
    (mut next, mut numeral): (usize, Numeral),
) -> (usize, Numeral) {
    let mut last = u64::MAX;
    while let Some((word, _)) = items.get(next).and_then(|item| number(context, item)) {
        let scales = matches!(word.class, NumberClass::Scale | NumberClass::NounScale)
            && word.value >= 1000
            && word.value < last;
        if !scales || numeral.make.wreck {
            break;
        }
        last = word.value;
        numeral.mantissa = numeral.mantissa.saturating_mul(u128::from(word.value));
        while numeral.decimals > 0 && numeral.mantissa.is_multiple_of(10) {
            numeral.mantissa /= 10;
            numeral.decimals -= 1;
        }
        numeral.make.scale = numeral.make.scale.max(word.value);
        numeral.make.plain = 0;
        numeral.end = items[next].end;
        next += 1;
        // "3 millions 400 000"
        if numeral.decimals == 0 && items.get(next).is_some_and(|item| item.what == What::Digits) {
            let (after, rest) = digits(context, items, next);
            let fits = rest.decimals == 0
                && !rest.make.wreck
                && rest.mantissa < u128::from(word.value)
                && rest.mantissa >= 1000;
            if fits {
                numeral.mantissa += rest.mantissa;
                numeral.end = rest.end;
                next = after;
            }
            break;
        }
        if let Some((half, _)) = items.get(next).and_then(|item| number(context, item))
            && half.class == NumberClass::AndHalf
        {
            numeral.mantissa += u128::from(word.value / 2);
            numeral.end = items[next].end;
            next += 1;
            break;
        }
    }
    (next, numeral)
}

/// The accumulator of number words.
#[derive(Clone, Copy, Default)]
struct Sum {
    /// Closed parts: millions, thousands.
    closed: u128,
    /// The open part, below a thousand.
    open: u64,
    /// The greatest number that may still be added to the open part.
    takes: u64,
    /// The last scale that closed a part; the next must be smaller.
    last: u64,
    begun: bool,
}

impl Sum {
    fn add(&mut self, word: &Number) -> bool {
        match word.class {
            NumberClass::Cardinal | NumberClass::One => {
                let fresh = self.open == 0 && (!self.begun || self.last > 0);
                if fresh || (word.value > 0 && word.value <= self.takes) {
                    self.open += word.value;
                    self.takes = word.takes;
                    self.begun = true;
                    return true;
                }
                false
            }
            NumberClass::Scale if word.value < 1000 => {
                if self.open >= word.value || (self.begun && self.open == 0 && self.last == 0) {
                    return false;
                }
                self.open = self.open.max(1) * word.value;
                self.takes = word.value - 1;
                self.begun = true;
                true
            }
            NumberClass::Scale | NumberClass::NounScale => {
                let rising = word.value > self.last && self.last > 0 && word.class == NumberClass::NounScale;
                if (self.last > 0 && word.value >= self.last && !rising)
                    || (word.class == NumberClass::NounScale && !self.begun)
                {
                    return false;
                }
                let part = if rising {
                    (std::mem::take(&mut self.closed) as u64).saturating_add(self.open)
                } else {
                    self.open.max(1)
                };
                self.closed = self.closed.saturating_add(u128::from(part) * u128::from(word.value));
                (self.open, self.takes, self.last, self.begun) = (0, 0, word.value, true);
                true
            }
            _ => false,
        }
    }

    fn value(&self) -> u128 {
        self.closed + u128::from(self.open)
    }
}

/// Number words: "deux millions trois cent mille", "une centaine", "des dizaines de milliers".
fn words(context: &Context<'_>, items: &[Item<'_>], at: usize) -> Option<(usize, Numeral)> {
    let (first, tags) = number(context, &items[at])?;
    let start = items[at].first;
    let numeral = |end: u32, mantissa: u128, about: bool, vague, make| Numeral {
        first: start,
        end,
        mantissa,
        decimals: 0,
        about,
        vague,
        make,
    };
    if matches!(first.class, NumberClass::Collective | NumberClass::NounScale) {
        // No number before it: vague in the plural, about one of it in the singular.
        let (next, by) = times(context, items, at + 1);
        let unit = u128::from(first.value);
        let end = items[next - 1].end;
        let make = Make { scale: first.value.max(by as u64), ..Make::default() };
        if tags.has(Tags::PLURAL) && !tags.has(Tags::SINGULAR) {
            let bounds = (2 * unit * by, 10 * unit * by - 1);
            return Some((next, numeral(end, 0, false, Some(bounds), make)));
        }
        return Some((next, numeral(end, unit * by, true, None, make)));
    }
    let mut sum = Sum::default();
    let mut next = at;
    let mut count = 0;
    let mut half = false;
    let mut scale = 0;
    while let Some((word, _)) = items.get(next).and_then(|item| number(context, item)) {
        match word.class {
            NumberClass::Half if next == at || (count == 1 && sum.open == 1) => {
                half = true;
                next += 1;
                continue;
            }
            NumberClass::AndHalf if sum.last >= 1000 => {
                sum.closed += u128::from(sum.last / 2);
                next += 1;
                break;
            }
            NumberClass::Join if count > 0 => {
                let Some((then, _)) = items.get(next + 1).and_then(|item| number(context, item)) else { break };
                let joins = matches!(then.class, NumberClass::Cardinal | NumberClass::One)
                    && then.value % 10 == 1
                    && sum.takes >= then.value
                    && sum.open >= 20;
                if !joins || !sum.add(then) {
                    break;
                }
                next += 2;
                count += 2;
                continue;
            }
            NumberClass::Collective if count > 0 || half => {
                // "deux dizaines", "une centaine de milliers", "une demi-douzaine"
                let (after, by) = times(context, items, next + 1);
                let mantissa = sum.value().max(1) * u128::from(word.value) * by / if half { 2 } else { 1 };
                let make = Make { scale: word.value.max(by as u64), ..Make::default() };
                return Some((after, numeral(items[after - 1].end, mantissa, true, None, make)));
            }
            _ => {}
        }
        if half && word.class == NumberClass::NounScale {
            let mantissa = u128::from(word.value) / 2;
            return Some((
                next + 1,
                numeral(items[next].end, mantissa, true, None, Make { scale: word.value, ..Make::default() }),
            ));
        }
        let before = sum;
        if half || !sum.add(word) {
            sum = before;
            break;
        }
        if word.class == NumberClass::NounScale || (word.class == NumberClass::Scale && word.value >= 1000) {
            scale = scale.max(word.value);
        }
        next += 1;
        count += 1;
        // "trois millions 400 000"
        if word.class == NumberClass::NounScale && items.get(next).is_some_and(|item| item.what == What::Digits) {
            let (after, rest) = digits(context, items, next);
            if rest.decimals == 0 && !rest.make.wreck && rest.mantissa >= 1000 && rest.mantissa < u128::from(word.value)
            {
                sum.closed += rest.mantissa;
                next = after;
            }
            break;
        }
    }
    if count == 0 {
        return None;
    }
    let article = count == 1 && first.class == NumberClass::One;
    Some((next, numeral(items[next - 1].end, sum.value(), false, None, Make { article, scale, ..Make::default() })))
}

/// "de milliers", "de millions" after a collective: what it is multiplied by.
fn times(context: &Context<'_>, items: &[Item<'_>], at: usize) -> (usize, u128) {
    let of = items.get(at).is_some_and(|item| context.is(item, crate::pack::Class::Of));
    if of
        && let Some((word, tags)) = items.get(at + 1).and_then(|item| number(context, item))
        && tags.has(Tags::PLURAL)
        && matches!(word.class, NumberClass::Collective | NumberClass::NounScale)
        && word.value >= 1000
    {
        return (at + 2, u128::from(word.value));
    }
    (at, 1)
}
