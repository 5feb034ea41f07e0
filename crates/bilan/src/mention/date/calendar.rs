//! Places what a date says in the calendar, seen from the day of publication.
//!
//! In: what was said, without an invented year. Out: a [`Date`], or `None` where publication does not reach.
//!
//! "le 2" on the 12th of March is the 2nd of March when looking back and the 2nd of April when looking forward; under a
//! publication date that is only a month "samedi" has no day.

use super::point::{Said, Turn};
use super::{Convention, Ends, Look};
use crate::claim::{Date, Partial};
use jiff::civil;
use jiff::{Span, ToSpan};

/// Hours of a day, a week, a month, a quarter, half a year, a year and a decade, as packs write them.
pub const DAY: i32 = 24;
pub const WEEK: i32 = 7 * DAY;
pub const MONTH: i32 = 30 * DAY;
pub const QUARTER: i32 = 91 * DAY;
pub const HALF: i32 = 182 * DAY;
pub const YEAR: i32 = 365 * DAY;
pub const DECADE: i32 = 3650 * DAY;

/// The day of publication, and how dates are told from it.
#[derive(Clone, Copy)]
pub struct Calendar {
    pub published: Option<Date>,
    pub convention: Convention,
}

impl Calendar {
    pub fn today(&self) -> Option<civil::Date> {
        self.published?.only_day()
    }

    /// The date that was said.
    pub fn place(&self, said: &Said) -> Option<Date> {
        match *said {
            Said::Placed(date) => date,
            Said::Loose { at, turn, weekday } => self.loose(at, turn, weekday).map(Date::At),
            Said::Third { third, at, turn } => {
                let at = if at.year.is_some() { at } else { self.loose(at, turn, None)? };
                third_of(third, Date::At(at))
            }
            Said::Days { days, year, turn } => self.days(days, year, turn),
            // A day beside one that the text tells: known only where that is the day of publication.
            Said::Beside(days) => {
                if days > 0 {
                    self.ago(days, DAY)
                } else {
                    None
                }
            }
            Said::After(_) => None,
        }
    }

    /// Both ends of a stretch, as the convention has it.
    pub fn stretch(&self, from: &Said, to: &Said) -> Option<(Option<Date>, Option<Date>)> {
        let whole = self.whole_stretch(from, to)?;
        match (self.convention.ends, whole) {
            (Ends::Out, (Some(first), Some(last))) => {
                let (start, stop) = (opening(from, first)?, opening(to, last)?.yesterday().ok()?);
                // "du 4 au 4" holds its one day.
                Some(if start <= stop { (Some(Date::day(start)), Some(Date::day(stop))) } else { whole })
            }
            _ => Some(whole),
        }
    }

    /// As of a day that ends a stretch: what is said without a year lies before it.
    fn before(end: civil::Date) -> Calendar {
        Calendar { published: Some(Date::day(end)), convention: Look::Back.into() }
    }

    /// Both ends of a stretch; the first takes from the second what it does not say.
    pub fn whole_stretch(&self, from: &Said, to: &Said) -> Option<(Option<Date>, Option<Date>)> {
        let (&Said::Loose { at: mut a, turn, weekday }, &Said::Loose { at: b, turn: later, .. }) = (from, to) else {
            let (month, to) = (self.in_month_of(from, to), self.place(to));
            // "du 1er janvier à fin octobre 2016": the first is the last such day before the second.
            let from = month.or_else(|| match to.and_then(|to| to.last_day()) {
                Some(end) if from.is_yearless() => Calendar::before(end).place(from),
                _ => self.place(from),
            });
            let falls = matches!((from.and_then(|d| d.first_day()), to.and_then(|d| d.last_day())), (Some(a), Some(b)) if a > b);
            return (!falls).then_some((from, to));
        };
        if a.month.is_none() && a.day.is_some() && b.month.is_some() && b.day.is_some() {
            a.month = b.month;
            a.year = b.year;
        }
        let to = self.loose(b, later, None);
        let end = to.and_then(|to| to.last_day());
        let from = match (a.year, end) {
            // Both without a year: the first is the last such day before the second.
            (None, Some(end)) if a.month.is_some() || a.day.is_some() => Calendar::before(end).loose(a, turn, None),
            _ => self.loose(a, turn, weekday),
        };
        let falls = matches!((from.and_then(|d| d.first_day()), end), (Some(a), Some(b)) if a > b);
        (!falls).then_some((from.map(Date::At), to.map(Date::At)))
    }

    /// "du 4 au 23 du mois prochain": a day of a month that is not named, in the month of the day that ends the stretch.
    fn in_month_of(&self, from: &Said, to: &Said) -> Option<Date> {
        let &Said::Loose { at: Partial { year: None, month: None, day: Some(day) }, turn: Turn::None, .. } = from
        else {
            return None;
        };
        let Date::At(end) = self.place(to)? else { return None };
        let from = Partial { day: Some(day), ..end };
        (from.first_day()? <= end.last_day()?).then_some(Date::At(from))
    }

    /// A day, month or year with the year it must mean.
    fn loose(&self, at: Partial, turn: Turn, weekday: Option<i8>) -> Option<Partial> {
        if at.year.is_some() {
            return at.first_day().map(|_| at);
        }
        let ends = self.published.and_then(|date| Some((date.first_day()?, date.last_day()?)));
        let Some((first, last)) = ends else {
            return at.month.map(|_| at);
        };
        let fits = |day: civil::Date| weekday.is_none_or(|weekday| day.weekday().to_monday_one_offset() == weekday);
        let found = self.nearest(at, turn, first, last, weekday.is_some(), &fits);
        found.or_else(|| self.nearest(at, turn, first, last, false, &|_| true))
    }

    fn nearest(
        &self,
        at: Partial,
        turn: Turn,
        first: civil::Date,
        last: civil::Date,
        weekday: bool,
        fits: &dyn Fn(civil::Date) -> bool,
    ) -> Option<Partial> {
        let step = |n: i32| -> Option<Partial> {
            let partial = match at.month {
                Some(_) => Partial { year: Some(first.year().checked_add(n as i16)?), ..at },
                None => {
                    let month = first.first_of_month().checked_add(n.months()).ok()?;
                    Partial { year: Some(month.year()), month: Some(month.month() as u8), day: at.day }
                }
            };
            partial.first_day().filter(|&day| fits(day)).map(|_| partial)
        };
        let start = |at: &Partial| at.first_day();
        let stop = |at: &Partial| at.last_day();
        let reach = if at.month.is_some() { 8 } else { 12 };
        // "mardi 25": where the weekday fits the month of publication, no other is meant.
        let now = step(0);
        if weekday && at.month.is_none() && now.is_some() {
            return now;
        }
        match (turn, self.convention.look) {
            (Turn::This, _) => step(0),
            (Turn::Last, _) => (0..=reach).filter_map(|n| step(-n)).find(|at| stop(at).is_some_and(|day| day < first)),
            (Turn::Next, _) => (0..=reach).filter_map(step).find(|at| start(at).is_some_and(|day| day > last)),
            (Turn::None, Look::Back) => {
                (0..=reach).filter_map(|n| step(-n)).find(|at| start(at).is_some_and(|day| day <= last))
            }
            (Turn::None, Look::Forward) => {
                (0..=reach).filter_map(step).find(|at| stop(at).is_some_and(|day| day >= first))
            }
        }
    }

    /// A weekday seen from the day of publication; unknown when that is no day.
    pub fn weekday(&self, weekday: i8, turn: Turn) -> Option<civil::Date> {
        let today = self.today()?;
        let want = civil::Weekday::from_monday_one_offset(weekday).ok()?;
        let back = i64::from(today.weekday().since(want));
        let days = match (turn, self.convention.look) {
            (Turn::Last, _) if back == 0 => -7,
            (Turn::Last, _) | (Turn::None | Turn::This, Look::Back) => -back,
            // "vendredi prochain" is that of the next week.
            (Turn::Next, _) => {
                let monday = -i64::from(today.weekday().to_monday_zero_offset());
                monday + 6 + i64::from(weekday)
            }
            (Turn::None | Turn::This, Look::Forward) => 7 - back,
        };
        today.checked_add(days.days()).ok()
    }

    /// So many units before the day of publication; after it when negative.
    pub fn ago(&self, count: i32, hours: i32) -> Option<Date> {
        // A plan counts from a day to a day; news rounds.
        if hours >= MONTH && (self.convention.look == Look::Back || self.today().is_none()) {
            let months = count.checked_mul(months(hours))?;
            let day = self.published?.first_day()?.checked_sub(Span::new().try_months(months).ok()?).ok()?;
            let month = (hours < YEAR).then_some(day.month() as u8);
            return Some(Date::At(Partial { year: Some(day.year()), month, day: None }));
        }
        self.today().and_then(|today| shift(today, -count, hours)).map(Date::day)
    }

    /// The week, month or year of publication, or so many later.
    pub fn period(&self, hours: i32, later: i32) -> Option<Date> {
        if hours >= MONTH {
            return period_of(self.published?.first_day()?, hours, later);
        }
        period_of(self.today()?, hours, later)
    }
}

/// Where a date lies as an end of a stretch that holds none of its ends: on its first day, and a third of a month or a
/// year at the beginning, in the middle or behind the end of that.
fn opening(said: &Said, date: Date) -> Option<civil::Date> {
    let Said::Third { third, .. } = *said else { return date.first_day() };
    let day = date.first_day()?;
    let Date::Between(Partial { day: in_month, .. }, _) = date else { return Some(day) };
    let (first, last) = match in_month {
        Some(_) => (day.first_of_month(), day.last_of_month()),
        None => (day.first_of_year(), day.last_of_year()),
    };
    match third {
        1 => Some(first),
        2 => first.checked_add((((last - first).get_days() + 1) / 2).days()).ok(),
        _ => last.tomorrow().ok(),
    }
}

/// Months of a unit of a month or more.
fn months(hours: i32) -> i32 {
    match hours {
        hours if hours >= DECADE => 120,
        hours if hours >= YEAR => 12,
        hours if hours >= HALF => 6,
        hours if hours >= QUARTER => 3,
        _ => 1,
    }
}

/// The day so many units later.
pub fn shift(day: civil::Date, count: i32, hours: i32) -> Option<civil::Date> {
    if hours >= MONTH {
        return day.checked_add(Span::new().try_months(count.checked_mul(months(hours))?).ok()?).ok();
    }
    day.checked_add(Span::new().try_days(i64::from(count) * i64::from(hours) / 24).ok()?).ok()
}

/// The day, week, month, quarter, half, year or decade that holds a day, or so many later.
pub fn period_of(day: civil::Date, hours: i32, later: i32) -> Option<Date> {
    if hours < DAY {
        return None;
    }
    if hours < WEEK {
        return day.checked_add(later.days()).ok().map(Date::day);
    }
    if hours < MONTH {
        let monday = day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()?;
        let monday = monday.checked_add((i64::from(later) * 7).days()).ok()?;
        return Some(Date::Between(Partial::day(monday), Partial::day(monday.checked_add(6.days()).ok()?)));
    }
    let span = months(hours);
    let index = (i32::from(day.year()) * 12 + i32::from(day.month()) - 1).div_euclid(span) + later;
    let month = |at: i32| {
        let year = i16::try_from(at.div_euclid(12)).ok()?;
        Some(Partial { year: Some(year), month: Some(at.rem_euclid(12) as u8 + 1), day: None })
    };
    let (from, to) = (month(index * span)?, month(index * span + span - 1)?);
    Some(match span {
        1 => Date::At(from),
        12 => Date::At(Partial { month: None, ..from }),
        120 => Date::Between(Partial { month: None, ..from }, Partial { month: None, ..to }),
        _ => Date::Between(from, to),
    })
}

/// The first, middle or last third of a week, a month or a year.
pub fn third_of(third: u8, date: Date) -> Option<Date> {
    let at = match date {
        Date::At(at) => at,
        Date::Between(from, to) => {
            let (first, last) = (from.first_day()?, to.last_day()?);
            let (a, b) = match third {
                1 => (0, 1),
                2 => (2, 3),
                _ => (4, 6),
            };
            let week = first.checked_add(6.days()).ok()? == last;
            let day = |n: i64| first.checked_add(n.days()).ok().map(Partial::day);
            return if week { Some(Date::Between(day(a)?, day(b)?)) } else { None };
        }
    };
    if at.day.is_some() {
        return Some(date);
    }
    if at.month.is_some() {
        let last = Partial { year: at.year.or(Some(2023)), ..at }.last_day()?.day() as u8;
        let (from, to) = match third {
            1 => (1, 10),
            2 => (11, 20),
            _ => (21, last),
        };
        return Some(Date::Between(Partial { day: Some(from), ..at }, Partial { day: Some(to), ..at }));
    }
    let (from, to) = match third {
        1 => (1, 4),
        2 => (5, 8),
        _ => (9, 12),
    };
    Some(Date::Between(Partial { month: Some(from), ..at }, Partial { month: Some(to), ..at }))
}

/// The `n`th unit or weekday of a stretch, from 1; -1 is the last.
pub fn nth(n: i32, hours: i32, weekday: Option<i8>, within: Date) -> Option<Date> {
    let (first, last) = (within.first_day()?, within.last_day()?);
    let index = if n > 0 { n - 1 } else { n };
    let inside = |day: civil::Date| (first <= day && day <= last).then_some(day);
    if let Some(weekday) = weekday {
        let want = civil::Weekday::from_monday_one_offset(weekday).ok()?;
        let day = if n > 0 {
            first.checked_add(i64::from(want.since(first.weekday())).days()).ok()?
        } else {
            last.checked_sub(i64::from(last.weekday().since(want)).days()).ok()?
        };
        let steps = if n > 0 { index } else { n + 1 };
        return inside(day.checked_add((i64::from(steps) * 7).days()).ok()?).map(Date::day);
    }
    if hours < DAY {
        return None;
    }
    if hours < WEEK {
        let day = if n > 0 { first.checked_add(index.days()) } else { last.checked_add((n + 1).days()) };
        return inside(day.ok()?).map(Date::day);
    }
    if hours < MONTH && hours != WEEK {
        // A fortnight: half of a month, or so many days.
        let days = i64::from(hours / DAY);
        if days == 15 && first.days_in_month() - 1 == (last - first).get_days() as i8 && (n == 2 || n == -1) {
            return Some(Date::Between(Partial::day(first.checked_add(days.days()).ok()?), Partial::day(last)));
        }
        let from = if n > 0 {
            first.checked_add((i64::from(index) * days).days())
        } else {
            last.checked_sub((days - 1).days())
        }
        .ok()?;
        let to = from.checked_add((days - 1).days()).ok()?.min(last);
        return Some(Date::Between(Partial::day(inside(from)?), Partial::day(to)));
    }
    let year = matches!(within, Date::At(at) if at.month.is_none());
    if hours < MONTH && year {
        // The first week of a year holds its first Thursday.
        let weeks = first.checked_add(180.days()).ok()?.iso_week_date().weeks_in_year();
        let number = if n > 0 { i8::try_from(n).ok()? } else { weeks };
        return week_of_year(first.year(), number);
    }
    if hours < MONTH {
        // Whole weeks: the first begins with the first Monday.
        let monday = if n > 0 {
            let ahead = (7 - i64::from(first.weekday().to_monday_zero_offset())) % 7;
            first.checked_add((ahead + i64::from(index) * 7).days()).ok()?
        } else {
            let back = (i64::from(last.weekday().to_monday_zero_offset()) + 1) % 7;
            last.checked_sub((back + 6 - i64::from(n + 1) * 7).days()).ok()?
        };
        let sunday = monday.checked_add(6.days()).ok()?;
        return Some(Date::Between(Partial::day(inside(monday)?), Partial::day(sunday)));
    }
    let date = if n > 0 { period_of(first, hours, index)? } else { period_of(last, hours, n + 1)? };
    inside(date.first_day()?).map(|_| date)
}

/// A day of a week that is told.
pub fn day_of_week(week: Date, weekday: i8) -> Option<Date> {
    let monday = week.first_day()?;
    monday.checked_add(i64::from(weekday - 1).days()).ok().map(Date::day)
}

/// Week `number` of the year of the day of publication.
pub fn week_of_year(year: i16, number: i8) -> Option<Date> {
    let monday = civil::ISOWeekDate::new(year, number, civil::Weekday::Monday).ok()?.date();
    Some(Date::Between(Partial::day(monday), Partial::day(monday.checked_add(6.days()).ok()?)))
}
