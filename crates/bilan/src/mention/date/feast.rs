//! Reads feasts and seasons: the days that come every year.
//!
//! In: items. Out: a [`Point`]; and the year that it must mean.
//!
//! Winter ends in another year than it begins in; "a été tué" has no summer in it. Easter is none of these feasts: a
//! text seldom tells which church's day it means, and a wrong day is worse than none.

use super::calendar::Calendar;
use super::point::{Point, Said, Turn, point};
use super::{Dating, Item, Look};
use crate::claim::{Date, Partial};
use crate::pack::TimeClass;
use crate::sentence::Shape;

impl Calendar {
    /// Days of the year, as a feast or a season: the year they must mean.
    pub(super) fn days(&self, days: Date, year: Option<i16>, turn: Turn) -> Option<Date> {
        let (from, to) = match days {
            Date::At(at) => (at, at),
            Date::Between(from, to) => (from, to),
        };
        let wraps = (from.month, from.day) > (to.month, to.day);
        let with = |year: i16| {
            let end = year.checked_add(i16::from(wraps))?;
            let (from, to) = (Partial { year: Some(year), ..from }, Partial { year: Some(end), ..to });
            let valid = from.first_day().is_some() && to.last_day().is_some();
            valid.then_some(if matches!(days, Date::At(_)) { Date::At(from) } else { Date::Between(from, to) })
        };
        if let Some(year) = year {
            return with(year);
        }
        let Some((first, last)) = self.published.and_then(|date| Some((date.first_day()?, date.last_day()?))) else {
            return Some(days);
        };
        let year = first.year();
        let forward = matches!((turn, self.convention.look), (Turn::Next, _) | (Turn::None, Look::Forward));
        match turn {
            Turn::This => with(year),
            _ if forward => (year..=year.saturating_add(1))
                .filter_map(with)
                .find(|date| date.last_day().is_some_and(|day| day >= first)),
            Turn::Last => {
                (year - 2..=year).rev().filter_map(with).find(|date| date.last_day().is_some_and(|day| day < first))
            }
            _ => (year - 2..=year).rev().filter_map(with).find(|date| date.first_day().is_some_and(|day| day <= last)),
        }
    }
}

impl Dating<'_> {
    /// "Noël", "printemps 2023", "l'été dernier".
    /// `led`: an article or "en" stands before it; "a été tué" has no summer in it.
    pub(super) fn feast(&self, items: &[Item<'_>], this: bool, led: bool) -> Option<Point> {
        let before = self.turn(items.first());
        let mut at = usize::from(before != Turn::None);
        let (time, _) = self.time(items.get(at), TimeClass::Days)?;
        let days = time.days?;
        let name = &items[at];
        let led = led
            || name.end - name.first > 1
            || (self.context.is_capital(name) && !self.context.token(name).shape.has(Shape::UPPER));
        at += 1;
        let of = usize::from(self.is_of(items.get(at)));
        if let Some(year) = self.year(items.get(at + of)) {
            return point(at + of + 1, Said::Days { days, year: Some(year), turn: Turn::None });
        }
        let after = self.turn(items.get(at));
        at += usize::from(after != Turn::None);
        if !led && before == Turn::None && after == Turn::None {
            return None;
        }
        let turn = match (before, after) {
            (Turn::None, Turn::None) if this => Turn::This,
            (Turn::None, after) => after,
            (before, _) => before,
        };
        point(at, Said::Days { days, year: None, turn })
    }
}
