//! Reads weekdays and the days they stand with.
//!
//! In: items that begin with a weekday. Out: a [`Point`].
//!
//! "lundi prochain" is of the next week, "le prochain lundi" is the very next; in "samedi (17 mai)" the weekday chooses
//! the year.

use super::calendar::{self, DAY};
use super::point::{Point, Said, Turn, placed, point};
use super::{Dating, Item};
use crate::claim::{Date, Partial};
use crate::pack::{Class, TimeClass};

impl Dating<'_> {
    /// "lundi", "samedi 31 août", "mardi de la semaine dernière", "lundi en huit".
    pub(super) fn on_weekday(&self, items: &[Item<'_>], this: bool) -> Option<Point> {
        // "le prochain lundi" is the very next; "lundi prochain" is that of the next week.
        if let turn @ (Turn::Last | Turn::Next) = self.turn(items.first()) {
            let weekday = self.value(items.get(1), TimeClass::Weekday)? as i8;
            let (look, turn) =
                if turn == Turn::Last { (super::Look::Back, turn) } else { (super::Look::Forward, Turn::None) };
            return placed(
                2,
                calendar::Calendar { convention: look.into(), ..self.calendar }.weekday(weekday, turn).map(Date::day),
            );
        }
        let weekday = self.value(items.first(), TimeClass::Weekday)? as i8;
        let mut at = 1;
        if self.is_mark(items.get(1), '.') && self.number(items.get(2), 1, 31).is_some() {
            at += 1;
        }
        if let Some(days) = self.value(items.get(at), TimeClass::Later) {
            let day = self.calendar.today().and_then(|today| {
                let ahead = (i32::from(weekday) - i32::from(today.weekday().to_monday_one_offset())).rem_euclid(7);
                calendar::shift(today, ahead + days, DAY)
            });
            return placed(at + 1, day.map(Date::day));
        }
        // "de la semaine prochaine"
        let mut week = at;
        while week < at + 3
            && !self.is(items.get(week), TimeClass::This)
            && (self.is_of(items.get(week)) || self.is_class(items.get(week), Class::Determiner))
        {
            week += 1;
        }
        let this_week = self.is(items.get(week), TimeClass::This);
        if let Some(found) = self.unit(&items[(week + usize::from(this_week)).min(items.len())..], this_week)
            && let Said::Placed(Some(date @ Date::Between(..))) = found.said
        {
            return placed(week + usize::from(this_week) + found.len, calendar::day_of_week(date, weekday));
        }
        // "samedi (17 mai)"
        let open = usize::from(self.is_mark(items.get(at), '('));
        let day = self.numeric(&items[at + open..], true).or_else(|| {
            let in_words = || self.day_month_year(&items[at + 1..], false).filter(|found| found.said.has_day());
            if open > 0 { in_words() } else { None }
        });
        if let Some(Point { len, said: Said::Loose { at: day, turn, .. } }) = day {
            let close = at + open + len;
            if open == 0 || self.is_mark(items.get(close), ')') {
                let weekday = if day.day.is_some() { Some(weekday) } else { None };
                return point(close + open, Said::Loose { at: day, turn, weekday });
            }
        }
        let turn = self.turn(items.get(at));
        at += usize::from(turn != Turn::None);
        if turn == Turn::None {
            let filled = at + usize::from(self.is_after(items.get(at)));
            if let Some(found) = self.day_month_year(&items[filled..], this)
                && let Said::Loose { at: Partial { day: Some(_), .. }, .. } = found.said
                && let Said::Loose { at, turn, .. } = found.said
            {
                let said = Said::Loose { at, turn, weekday: Some(weekday) };
                return point(filled + found.len, said);
            }
            // "mardi 11", but "mardi onze corps"
            let written = self.numeral(items.get(filled)).is_some_and(|numeral| numeral.make.plain > 0);
            if let Some(found) =
                self.open_day(&items[filled..]).filter(|_| written && self.ends_day(items.get(filled + 1)))
                && let Said::Loose { at, turn, .. } = found.said
            {
                return point(filled + found.len, Said::Loose { at, turn, weekday: Some(weekday) });
            }
        }
        let turn = if this && turn == Turn::None { Turn::This } else { turn };
        placed(at, self.calendar.weekday(weekday, turn).map(Date::day))
    }
}
