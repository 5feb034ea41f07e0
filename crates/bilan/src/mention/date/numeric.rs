//! Reads dates written in digits.
//!
//! In: items that begin with digits. Out: a day or a month, and how many items it takes.
//!
//! "19.03.2022" and "2022-03-19" are days in every language; "22/04" is one only where the order of the pack makes it
//! one and a zero or a leading word shows that no fraction is meant.

use super::Dating;
use super::point::{Point, Said, Turn};
use crate::claim::Partial;
use crate::mention::Item;
use crate::pack::Order;
use crate::sentence::{Shape, TokenKind};

impl Dating<'_> {
    pub(super) fn numeric(&self, items: &[Item<'_>], led: bool) -> Option<Point> {
        let item = items.first()?;
        let token = self.context.token(item);
        let before = (item.first as usize).checked_sub(1).and_then(|at| self.context.tokens.get(at));
        // "(2029-03-12)" is a day, "133-03-03-2020" and "A12/03/2029" are none.
        let opens =
            before.is_none_or(|before| matches!(before.mark(), Some('(' | '[' | '"' | '\u{ab}' | '\u{201c}' | ':')));
        let joined = token.shape.has(Shape::HYPHEN) || (token.shape.has(Shape::GLUED) && !opens);
        if joined { None } else { self.in_digits(items, led || self.is_alone(token.of(self.context.text))) }
    }

    /// A line without a word, as a cell of a calendar: "30/4" is a day there, for thirty is no month.
    fn is_alone(&self, day: &str) -> bool {
        let wordless = || self.line.iter().all(|token| token.kind != TokenKind::Word);
        day.parse::<u8>().is_ok_and(|day| day > 12) && wordless()
    }

    /// The same whatever stands before it. `led`: no fraction is meant.
    pub(super) fn in_digits(&self, items: &[Item<'_>], led: bool) -> Option<Point> {
        let token = self.context.token(items.first()?);
        if token.kind != TokenKind::Digits {
            return None;
        }
        let text = &self.context.text[token.start as usize..];
        let first = text.bytes().take_while(u8::is_ascii_digit).count();
        let separator = *text.as_bytes().get(first)?;
        if first > 4 || !matches!(separator, b'-' | b'/' | b'.' | b' ') {
            return None;
        }
        let mut parts = [""; 3];
        let (mut count, mut len) = (0, 0);
        loop {
            let digits = text[len..].bytes().take_while(u8::is_ascii_digit).count();
            if digits == 0 || digits > 4 {
                return None;
            }
            parts[count] = &text[len..len + digits];
            (count, len) = (count + 1, len + digits);
            let mut rest = text[len..].bytes();
            let more = rest.next() == Some(separator) && rest.next().is_some_and(|byte| byte.is_ascii_digit());
            if !more {
                break;
            }
            if count == 3 {
                return None;
            }
            len += 1;
        }
        let at = match (count, separator) {
            (3, b' ') if parts[2].len() != 4 && parts.iter().any(|part| part.len() != 2) => None,
            (3, _) => self.whole(parts),
            (2, b'/' | b'-') => self.short(parts[0], parts[1], led && separator == b'/'),
            _ => None,
        }?;
        let end = token.start as usize + len;
        let taken = items.iter().take_while(|item| (self.context.span(item).start as usize) < end).count();
        let exact = taken > 0 && self.context.span(&items[taken - 1]).end as usize == end;
        // "12/03, 2029"
        let year = if at.year.is_none() { self.year_behind(&items[taken..]) } else { None };
        let (taken, at) = match year {
            Some(_) => (taken + 2, Partial { year, ..at }),
            None => (taken, at),
        };
        exact.then_some(Point { len: taken, said: Said::Loose { at, turn: Turn::None, weekday: None } })
    }

    fn whole(&self, parts: [&str; 3]) -> Option<Partial> {
        let [a, b, c] = parts.map(|part| part.parse::<i16>().unwrap_or(0));
        let year = |part: &str, value: i16| match part.len() {
            4 => Some(value),
            2 => Some(if value < 70 { 2000 + value } else { 1900 + value }),
            _ => None,
        };
        let day = |year: Option<i16>, month: i16, day: i16| {
            let fits = (1..=12).contains(&month) && (1..=31).contains(&day);
            let at = Partial { year: Some(year?), month: Some(month as u8), day: Some(day as u8) };
            fits.then_some(at).filter(|at| at.first_day().is_some())
        };
        if parts[0].len() == 4 {
            return day(Some(a), b, c);
        }
        let (dmy, mdy) = (day(year(parts[2], c), b, a), day(year(parts[2], c), a, b));
        match self.context.pack.order {
            Order::Dmy => dmy.or(mdy),
            Order::Mdy => mdy.or(dmy),
            Order::Ymd => day(year(parts[0], a), b, c).or(dmy),
        }
    }

    /// "2015-03", "03/2015", "le 22/04".
    fn short(&self, a: &str, b: &str, led: bool) -> Option<Partial> {
        let number = |part: &str| part.parse::<i16>().ok();
        let month = |part: &str| number(part).filter(|month| (1..=12).contains(month)).map(|month| month as u8);
        let year = |part: &str| number(part).filter(|year| part.len() == 4 && (1800..2100).contains(year));
        if let (Some(year), Some(month)) = (year(a), month(b)) {
            return Some(Partial { year: Some(year), month: Some(month), day: None });
        }
        if let (Some(month), Some(year)) = (month(a), year(b)) {
            return Some(Partial { year: Some(year), month: Some(month), day: None });
        }
        let (day, months) = match self.context.pack.order {
            Order::Dmy => (a, b),
            Order::Mdy | Order::Ymd => (b, a),
        };
        let shown = led || (months.len() == 2 && months.starts_with('0'));
        let day = number(day).filter(|day| (1..=31).contains(day) && shown)? as u8;
        let at = Partial { year: None, month: Some(month(months)?), day: Some(day) };
        Partial { year: Some(2024), ..at }.first_day().map(|_| at)
    }
}
