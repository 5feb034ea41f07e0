//! Reads digits with their groups and decimals.
//!
//! In: items that begin with a run of digits. Out: one [`Numeral`] and the item after it.
//!
//! "14 400", "14.400" and "14'400" are one number; "10 00" and "12 0000" are none that anybody wrote on purpose, and are
//! kept as wrecks. "2014 300" are two: a year may stand before a count.

use super::{Numeral, word_of};
use crate::mention::number::Make;
use crate::mention::{Context, Item, What};
use crate::pack::NumberClass;
use crate::sentence::Shape;

/// Runs of digits around one place.
struct Runs<'a> {
    context: &'a Context<'a>,
    items: &'a [Item<'a>],
}

impl<'a> Runs<'a> {
    fn text(&self, at: usize) -> &'a str {
        self.context.words(&self.items[at])
    }

    fn is_digits(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|item| item.what == What::Digits)
    }

    fn has(&self, at: usize, shape: Shape) -> bool {
        self.context.token(&self.items[at]).shape.has(shape)
    }

    fn mark(&self, at: usize) -> Option<char> {
        match self.items.get(at)?.what {
            What::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    /// Digits after one blank.
    fn after_blank(&self, at: usize) -> bool {
        if !self.is_digits(at) || self.has(at, Shape::GLUED) || self.has(at, Shape::HYPHEN) {
            return false;
        }
        let (end, start) = (self.context.span(&self.items[at - 1]).end, self.context.span(&self.items[at]).start);
        let mut gap = self.context.text[end as usize..start as usize].chars();
        gap.next().is_some_and(|blank| blank != '\t') && gap.next().is_none()
    }

    /// Digits after this mark, without blanks: "." of "14.400".
    fn after_mark(&self, at: usize) -> Option<char> {
        let mark = self.mark(at)?;
        (self.has(at, Shape::GLUED) && self.is_digits(at + 1) && self.has(at + 1, Shape::GLUED)).then_some(mark)
    }
}

fn value_of(text: &str) -> Option<u128> {
    (text.len() <= 30).then(|| text.parse().ok()).flatten()
}

/// Whether four digits may be a year.
fn like_year(text: &str) -> bool {
    text.len() == 4 && (text.starts_with('1') || text.starts_with('2'))
}

/// The number that begins with the digits at `items[at]`, and the item after it.
pub fn digits(context: &Context<'_>, items: &[Item<'_>], at: usize) -> (usize, Numeral) {
    let runs = Runs { context, items };
    let text = runs.text(at);
    let mut numeral = Numeral {
        first: items[at].first,
        end: items[at].end,
        mantissa: value_of(text).unwrap_or(0),
        decimals: 0,
        about: false,
        vague: None,
        make: Make { plain: text.len().min(255) as u8, wreck: text.len() > 20, ..Make::default() },
    };
    let may_group = text.len() <= 3 && !text.starts_with('0');
    let mut next = at + 1;
    let mut separator = None;
    loop {
        if runs.after_blank(next) && separator.is_none_or(|mark| mark == ' ') {
            let right = runs.text(next);
            if right.len() == 3 && may_group {
                separator = Some(' ');
                push(&mut numeral, right, items[next].end);
                next += 1;
                continue;
            }
            if separator.is_none() && (like_year(text) || like_year(right) || right.len() > 4) {
                break;
            }
            return (broken(&runs, at, &mut numeral), numeral);
        }
        let Some(mark) = runs.after_mark(next) else { break };
        let right = runs.text(next + 1);
        let again = runs.after_mark(next + 2) == Some(mark);
        let groups = context.pack.grouping.contains(&mark);
        let scale = word_of(context, items.get(next + 2)).is_some_and(|(word, _)| word.class == NumberClass::NounScale);
        let decimal_mark = mark == context.pack.decimal;
        // "14,400 soldats": nobody counts a thousandth of a soldier.
        let things = || {
            items.get(next + 2).is_some_and(|item| context.counted(item).is_some() || context.outcome(item).is_some())
        };
        // "atteignant désormais 41,905, surtout des enfants": two digits before and three behind, and nothing measured.
        let alone = || text.len() > 1 && items.get(next + 2).is_none_or(|item| matches!(item.what, What::Mark(_)));
        let as_group = (groups || (decimal_mark && (again || separator == Some(mark) || things() || alone())))
            && right.len() == 3
            && may_group
            && separator.is_none_or(|before| before == mark)
            && !(decimal_mark && scale && !again);
        if as_group {
            separator = Some(mark);
            push(&mut numeral, right, items[next + 1].end);
            next += 2;
            continue;
        }
        // A point is read as a decimal mark in every language: copied tables use it.
        let free = separator.is_none_or(|before| before != mark);
        if (decimal_mark || mark == '.') && free && !again && right.len() <= 12 {
            push(&mut numeral, right, items[next + 1].end);
            numeral.decimals = right.len() as u8;
            next += 2;
        }
        break;
    }
    (next, numeral)
}

fn push(numeral: &mut Numeral, digits: &str, end: u32) {
    let scale = 10u128.pow(digits.len().min(12) as u32);
    match value_of(digits).and_then(|more| numeral.mantissa.checked_mul(scale)?.checked_add(more)) {
        Some(whole) if whole < 1 << 96 => numeral.mantissa = whole,
        _ => numeral.make.wreck = true,
    }
    numeral.end = end;
    numeral.make.plain = 0;
}

/// Runs of digits that make no number: a phone number, or a wreck such as "10 00".
fn broken(runs: &Runs<'_>, at: usize, numeral: &mut Numeral) -> usize {
    let pair = |at: usize| usize::from(runs.text(at).len() == 2);
    let mut next = at + 1;
    let mut pairs = pair(at);
    while runs.after_blank(next) {
        pairs += pair(next);
        numeral.end = runs.items[next].end;
        next += 1;
    }
    numeral.make.plain = 0;
    numeral.make.phone = pairs >= 4;
    numeral.make.wreck = true;
    next
}
