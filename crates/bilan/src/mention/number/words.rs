//! Runs number words and digits on an accumulator.
//!
//! In: items that begin with digits or a number word. Out: one [`Numeral`] and the item after it.
//!
//! "trois millions 400 000", "soixante et onze", "five and twenty", "une dizaine de milliers": one loop, and the pack
//! says what each word does to the sum.

use super::digits::digits;
use super::{Make, Numeral, word_of};
use crate::mention::{Context, Item, What};
use crate::pack::{Class, Number, NumberClass, Tags};

/// What has been added up so far.
#[derive(Clone, Copy, Default)]
struct Sum {
    /// Closed parts: millions, thousands.
    closed: u128,
    /// The open part, below a thousand.
    open: u128,
    /// The number added last to the open part.
    low: u64,
    /// The greatest number that may still be added to the open part.
    takes: u64,
    /// The last scale that closed a part; the next must be smaller.
    last: u64,
    /// The open part was written in digits.
    digits: bool,
    begun: bool,
}

impl Sum {
    /// Nothing stands in the open part, and something may.
    fn is_fresh(&self) -> bool {
        self.open == 0 && (!self.begun || self.last > 0)
    }

    fn add(&mut self, word: &Number) -> bool {
        match word.class {
            NumberClass::Cardinal | NumberClass::One => {
                let fits = self.is_fresh() || (word.value > 0 && word.value <= self.takes);
                fits && self.put(word)
            }
            NumberClass::Scale if word.value < 1000 => {
                let value = u128::from(word.value);
                let zero = self.begun && self.open == 0 && self.last == 0;
                if zero || self.open >= value * if self.digits { 10 } else { 1 } {
                    return false;
                }
                self.open = self.open.max(1) * value;
                (self.low, self.takes, self.begun, self.digits) = (0, word.value - 1, true, false);
                true
            }
            NumberClass::Scale | NumberClass::NounScale => {
                let noun = word.class == NumberClass::NounScale;
                // "mille millions", "un million milliards": what is closed is multiplied once more.
                let rises = noun && self.last > 0 && (word.value > self.last || self.open == 0);
                // "2014 mille" is a year and a count.
                let year = self.digits && !noun && self.open >= 1000;
                if (self.last > 0 && word.value >= self.last && !rises) || (noun && !self.begun) || year {
                    return false;
                }
                let part = if rises { std::mem::take(&mut self.closed) + self.open } else { self.open.max(1) };
                let zero = self.begun && part == 1 && self.open == 0 && self.last == 0;
                if zero {
                    return false;
                }
                self.closed = self.closed.saturating_add(part.saturating_mul(u128::from(word.value)));
                *self = Sum { closed: self.closed, last: word.value, begun: true, ..Sum::default() };
                true
            }
            _ => false,
        }
    }

    fn put(&mut self, word: &Number) -> bool {
        self.open += u128::from(word.value);
        (self.low, self.takes, self.begun) = (word.value, word.takes, true);
        true
    }

    /// "et un" of "vingt et un", "and twenty" of "five and twenty".
    fn join(&mut self, word: &Number) -> bool {
        if !matches!(word.class, NumberClass::Cardinal | NumberClass::One) {
            return false;
        }
        let under = self.low > 0 && self.low <= word.over && self.takes == 0;
        if under {
            return self.put(word);
        }
        word.joined && self.begun && self.add(word)
    }

    fn add_digits(&mut self, run: &Numeral) -> bool {
        let fits = self.is_fresh() && (!self.begun || run.mantissa < u128::from(self.last));
        if !fits || run.decimals > 0 || run.make.wreck {
            return false;
        }
        self.open = run.mantissa;
        (self.low, self.takes, self.begun, self.digits) = (0, 0, true, true);
        true
    }

    fn value(&self) -> u128 {
        self.closed + self.open
    }
}

/// The number that begins at `items[at]`, and the item after it.
pub fn number(context: &Context<'_>, items: &[Item<'_>], at: usize) -> Option<(usize, Numeral)> {
    let (next, mut numeral) = match items[at].what {
        What::Digits => {
            let (next, run) = digits(context, items, at);
            if run.make.wreck {
                return Some((next, run));
            }
            if run.decimals > 0 {
                return Some(scaled(context, items, next, run));
            }
            // Most are no part of a longer number.
            if word_of(context, items.get(next)).is_none() {
                return Some((next, run));
            }
            let mut sum = Sum::default();
            sum.add_digits(&run);
            let (after, more) = add_up(context, items, at, next, sum)?;
            if after == next { (next, run) } else { (after, more) }
        }
        _ => {
            let (word, tags) = word_of(context, items.get(at))?;
            match word.class {
                NumberClass::Negative => {
                    let next = items.get(at + 1)?;
                    let known = matches!(next.what, What::Digits) || word_of(context, Some(next)).is_some();
                    let (next, mut numeral) = known.then(|| number(context, items, at + 1)).flatten()?;
                    numeral.first = items[at].first;
                    (numeral.make.negative, numeral.make.article) = (true, false);
                    return Some((next, numeral));
                }
                NumberClass::Collective | NumberClass::NounScale => bare(context, items, at, word, tags),
                _ => add_up(context, items, at, at, Sum::default())?,
            }
        }
    };
    numeral.end = items[next - 1].end;
    Some((next, numeral))
}

fn of_sum(items: &[Item<'_>], at: usize, mantissa: u128, scale: u64) -> Numeral {
    Numeral {
        first: items[at].first,
        end: items[at].end,
        mantissa,
        decimals: 0,
        about: false,
        vague: None,
        make: Make { scale, ..Make::default() },
    }
}

/// "1,2 million", "2,5 mille milliards".
fn scaled(context: &Context<'_>, items: &[Item<'_>], mut next: usize, mut numeral: Numeral) -> (usize, Numeral) {
    while let Some((word, _)) = word_of(context, items.get(next)) {
        if !matches!(word.class, NumberClass::Scale | NumberClass::NounScale) || word.value < 1000 {
            break;
        }
        numeral = numeral.times(word.value);
        numeral.end = items[next].end;
        next += 1;
    }
    (next, numeral)
}

/// A collective with no number before it: vague in the plural, about one of it in the singular.
fn bare(context: &Context<'_>, items: &[Item<'_>], at: usize, word: &Number, tags: Tags) -> (usize, Numeral) {
    let (next, by) = multiple(context, items, at + 1);
    let unit = u128::from(word.value).saturating_mul(by);
    let mut numeral = of_sum(items, at, unit, word.value.max(by as u64));
    if tags.has(Tags::PLURAL) && !tags.has(Tags::SINGULAR) {
        numeral.mantissa = 0;
        let times = |by| u64::try_from(unit.saturating_mul(by)).unwrap_or(u64::MAX);
        numeral.vague = Some((times(2), times(10) - 1));
    } else {
        numeral.about = true;
    }
    (next, numeral)
}

/// Number words and digits from `items[next]`, added to what `sum` already holds.
fn add_up(
    context: &Context<'_>,
    items: &[Item<'_>],
    at: usize,
    mut next: usize,
    mut sum: Sum,
) -> Option<(usize, Numeral)> {
    let word = |at: usize| word_of(context, items.get(at)).map(|(word, _)| word);
    let article = word(at).is_some_and(|word| word.class == NumberClass::One);
    let mut scale = 0;
    loop {
        if items.get(next).is_some_and(|item| item.what == What::Digits) {
            let (after, run) = digits(context, items, next);
            if sum.last < 1000 || !sum.add_digits(&run) {
                break;
            }
            next = after;
            continue;
        }
        let Some(found) = word(next) else { break };
        let first = !sum.begun;
        match found.class {
            NumberClass::Half if first || (sum.value() == 1 && next == at + 1) => {
                let Some(whole) = word(next + 1) else { break };
                if !matches!(whole.class, NumberClass::NounScale | NumberClass::Collective) {
                    break;
                }
                let (after, by) = multiple(context, items, next + 2);
                let mut half = of_sum(items, at, u128::from(whole.value).saturating_mul(by) / 2, whole.value);
                half.about = true;
                return Some((after, half));
            }
            NumberClass::AndHalf if !first => {
                let mut half = of_sum(items, at, sum.value(), scale.max(1));
                if sum.last >= 1000 && sum.open == 0 {
                    half.mantissa += u128::from(sum.last / 2);
                } else {
                    (half.mantissa, half.decimals) = (half.mantissa.saturating_mul(10).saturating_add(5), 1);
                }
                return Some((next + 1, half));
            }
            NumberClass::Fraction if !first && found.value > 1 => {
                let mut part = of_sum(items, at, sum.value(), scale);
                part.make.divisor = found.value.min(1_000_000) as u32;
                return Some((next + 1, part));
            }
            NumberClass::Point if !first => return Some(point(context, items, at, next, sum)),
            NumberClass::Collective if !first => {
                let (after, by) = multiple(context, items, next + 1);
                let value = sum.value().saturating_mul(u128::from(found.value)).saturating_mul(by);
                let mut about = of_sum(items, at, value, found.value.max(by as u64));
                about.about = true;
                return Some((after, about));
            }
            NumberClass::Join if !first => {
                let Some(then) = word(next + 1) else { break };
                if !sum.join(then) {
                    break;
                }
                next += 2;
            }
            _ => {
                let (open, multiplied) = (sum.open, matches!(found.class, NumberClass::Scale) && found.value < 1000);
                if !sum.add(found) {
                    break;
                }
                if matches!(found.class, NumberClass::Scale | NumberClass::NounScale) && (!multiplied || open > 0) {
                    scale = scale.max(found.value);
                }
                next += 1;
            }
        }
    }
    if !sum.begun {
        return None;
    }
    // "deux mille": a neighbour may borrow the thousand; of "mille" alone there is nothing to borrow.
    let scale = if next == at + 1 { 0 } else { scale };
    let mut numeral = of_sum(items, at, sum.value(), scale);
    numeral.make.article = article && next == at + 1;
    Some((next, numeral))
}

/// "deux cent virgule zéro cinq".
fn point(context: &Context<'_>, items: &[Item<'_>], at: usize, mark: usize, sum: Sum) -> (usize, Numeral) {
    let mut next = mark + 1;
    let mut numeral = of_sum(items, at, sum.value(), 0);
    let mut decimals = 0u8;
    while let Some((word, _)) = word_of(context, items.get(next)) {
        if word.class != NumberClass::Cardinal || word.value > 0 || decimals > 5 {
            break;
        }
        (decimals, next) = (decimals + 1, next + 1);
    }
    let begins = matches!(word_of(context, items.get(next)), Some((word, _)) if matches!(word.class, NumberClass::Cardinal | NumberClass::One | NumberClass::Scale));
    if begins
        && let Some((after, rest)) = add_up(context, items, next, next, Sum::default())
        && rest.mantissa < 1_000_000
        && rest.decimals == 0
    {
        let digits = rest.mantissa.checked_ilog10().unwrap_or(0) as u8 + 1;
        decimals += digits;
        numeral.mantissa = numeral.mantissa.saturating_mul(10u128.pow(u32::from(decimals))) + rest.mantissa;
        (numeral.decimals, next) = (decimals, after);
    } else {
        next = mark;
    }
    (next, numeral)
}

/// "de milliers", "de millions" after a collective: what it is multiplied by, and the item after it.
fn multiple(context: &Context<'_>, items: &[Item<'_>], at: usize) -> (usize, u128) {
    if items.get(at).is_some_and(|item| context.is(item, Class::Of))
        && let Some((word, tags)) = word_of(context, items.get(at + 1))
        && tags.has(Tags::PLURAL)
        && matches!(word.class, NumberClass::Collective | NumberClass::NounScale)
        && word.value >= 1000
    {
        return (at + 2, u128::from(word.value));
    }
    (at, 1)
}
