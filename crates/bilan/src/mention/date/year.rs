//! Reads years, and what is told in years: quarters, decades, centuries.
//!
//! In: items. Out: a [`Point`].
//!
//! "2014" is a year and "2014 soldats" a count; "Euro-2016" is a name.

use super::calendar;
use super::point::{Point, Said, Turn, YEARLESS, loose, placed, point};
use super::{Dating, Item};
use crate::claim::{Date, Partial};
use crate::mention::What;
use crate::pack::{Class, TimeClass};
use crate::sentence::TokenKind;

impl Dating<'_> {
    /// "2014", "l'année 2014", "les années 1990".
    pub(super) fn bare_year(&self, items: &[Item<'_>], in_time: bool) -> Option<Point> {
        // "les années 1990", "90s"
        let before = self.is(items.first(), TimeClass::Decade);
        let behind = self.is_decade_behind(items.get(1));
        if before || behind {
            let year = self.number(items.get(usize::from(before)), 10, 2090).filter(|year| year % 10 == 0)?;
            let year = if year < 100 { 1900 + year } else { year } as i16;
            let year_of = |year| Partial { year: Some(year), ..YEARLESS };
            let decade = (1800..2100).contains(&year).then_some(Date::Between(year_of(year), year_of(year + 9)))?;
            return placed(2 + usize::from(before && self.is_decade_behind(items.get(2))), Some(decade));
        }
        if let Some(found) = self.part_of_year(items) {
            return Some(found);
        }
        let named = usize::from(self.is(items.first(), TimeClass::Year));
        let year = self.year(items.get(named))?;
        let next = items.get(named + 1);
        let hyphened = self.is_hyphened(items.get(named));
        let counts = next.is_some_and(|item| match item.what {
            What::Words => {
                self.context.counted(item).is_some()
                    || self.context.outcome(item).is_some()
                    || self.context.is(item, Class::Other)
                    || self.is_glued(next)
                    || (item.senses.is_empty() && named == 0 && !in_time && !self.context.is_capital(item))
            }
            What::Mark(mark) => matches!(mark, '%' | '$' | '\u{20ac}' | '\u{b0}'),
            _ => false,
        });
        if hyphened && !(in_time || named > 0) && self.before_is_word(&items[named]) {
            return None;
        }
        let at = Partial { year: Some(year), ..YEARLESS };
        (named > 0 || !counts).then_some(())?;
        loose(named + 1, at, Turn::None)
    }

    fn is_decade_behind(&self, item: Option<&Item<'_>>) -> bool {
        self.is_glued(item) && self.is(item, TimeClass::Decade)
    }

    /// "2019-trimestre1", "trimestre 3 2019", "T3 2019", "2019 S1".
    fn part_of_year(&self, items: &[Item<'_>]) -> Option<Point> {
        let before = self.year(items.first());
        let at = usize::from(before.is_some());
        let sign = self.time(items.get(at), TimeClass::Sign).and_then(|(time, _)| time.days);
        let len = at + if sign.is_some() { 1 } else { 2 };
        let of = len + usize::from(self.is_of(items.get(len)));
        let (len, year) = match before {
            Some(year) => (len, year),
            None => (of + 1, self.year(items.get(of))?),
        };
        if let Some(days) = sign {
            return point(len, Said::Days { days, year: Some(year), turn: Turn::None });
        }
        let hours = self.value(items.get(at), TimeClass::Unit)?;
        let n =
            self.number(items.get(at + 1), 1, 4).filter(|_| (calendar::QUARTER..calendar::YEAR).contains(&hours))?;
        let year = Date::At(Partial { year: Some(year), ..YEARLESS });
        placed(len, Some(calendar::nth(n as i32, hours, None, year)?))
    }

    /// "XXe siècle", "15e siècle", "dixième siècle": a hundred years, counted as decades are.
    pub(super) fn century(&self, items: &[Item<'_>]) -> Option<Point> {
        let (at, n) = match self.value(items.first(), TimeClass::Century) {
            Some(n) => (0, n),
            None => {
                let (len, n) = self.rank(items)?;
                self.value(items.get(len), TimeClass::Century).filter(|&own| own == 0)?;
                (len, n)
            }
        };
        // The first thousand years would need to tell whose count they are.
        let first = i16::try_from(n - 1).ok().filter(|n| (10..21).contains(n))? * 100;
        let year_of = |year| Partial { year: Some(year), ..YEARLESS };
        placed(at + 1, Some(Date::Between(year_of(first), year_of(first + 99))))
    }

    /// "dix-neuf soixante-douze" behind a day: a year spoken in pairs, which no count is.
    pub(super) fn year_in_pairs(&self, items: &[Item<'_>]) -> Option<(usize, i16)> {
        let led = usize::from(self.is(items.first(), TimeClass::On));
        let pair = |at: usize, low: u64, high: u64| {
            let item = items.get(led + at).filter(|item| self.context.token(item).kind == TokenKind::Word)?;
            self.number(Some(item), low, high)
        };
        let (hundreds, rest) = (pair(0, 18, 20)?, pair(1, 10, 99)?);
        self.ends_day(items.get(led + 2)).then_some((led + 2, (100 * hundreds + rest) as i16))
    }

    /// ", 1995" behind a day, but not ", 1995 soldats".
    pub(super) fn year_behind(&self, items: &[Item<'_>]) -> Option<i16> {
        if !self.is_mark(items.first(), ',') || self.year(items.get(1)).is_none() {
            return None;
        }
        match self.bare_year(&items[1..], false)? {
            Point { len: 1, said: Said::Loose { at, .. } } => at.year,
            _ => None,
        }
    }

    /// "2029/14/mars", "2029-mars-14": after a year the name of the month tells which is the day.
    pub(super) fn year_month_day(&self, items: &[Item<'_>]) -> Option<Point> {
        let year = self.year(items.first())?;
        let joined = |at: usize| {
            let mark = self.is_mark(items.get(at), '/') || self.is_mark(items.get(at), '-');
            if mark && self.is_glued(items.get(at)) { Some(1) } else { self.is_hyphened(items.get(at)).then_some(0) }
        };
        let second = 1 + joined(1)?;
        let third = second + 1 + joined(second + 1)?;
        let day_and_month = |day: usize, month: usize| {
            let day = self.number(items.get(day), 1, 31)? as u8;
            Some((day, self.value(items.get(month), TimeClass::Month)? as u8))
        };
        let (day, month) = day_and_month(second, third).or_else(|| day_and_month(third, second))?;
        loose(third + 1, Partial { year: Some(year), month: Some(month), day: Some(day) }, Turn::None)
    }

    /// "Euro-2016": joined to a word, a year is part of a name.
    fn before_is_word(&self, item: &Item<'_>) -> bool {
        let before = (item.first as usize).checked_sub(1).and_then(|at| self.context.tokens.get(at));
        before.is_some_and(|token| token.kind == TokenKind::Word)
    }
}
