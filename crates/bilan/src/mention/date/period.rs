//! Reads dates told in units: "il y a trois semaines", "la semaine dernière", "le premier mercredi de mars".
//!
//! In: items. Out: a [`Point`].
//!
//! "deux jours plus tôt" counts from a day that the text tells and a sentence cannot know: it is told as a distance.

use super::calendar::{self, DAY, WEEK};
use super::point::{Point, Said, Turn};
use super::{Dating, Item, Look, When};
use crate::claim::Date;
use crate::pack::{Class, Tags, TimeClass};

impl Dating<'_> {
    /// "il y a trois semaines", "dans deux mois", "trois jours plus tôt", "deux semaines avant le 13 mai".
    pub(super) fn counted(&self, items: &[Item<'_>]) -> Option<Point> {
        let ago = self.is(items.first(), TimeClass::AgoBefore);
        let ahead = self.is(items.first(), TimeClass::AheadBefore);
        let mut at = usize::from(ago || ahead);
        // "il y a environ trois semaines"
        if at == 1 && self.number(items.get(1), 1, 10_000).is_none() && self.number(items.get(2), 1, 10_000).is_some() {
            at += 1;
        }
        let count = self.number(items.get(at), 1, 10_000)? as i32;
        let hours = self.value(items.get(at + 1), TimeClass::Unit)?;
        at += 2;
        let placed = |len, date| Some(Point { len, said: Said::Placed(date) });
        let (back, on) = (self.is(items.get(at), TimeClass::AgoAfter), self.is(items.get(at), TimeClass::AheadAfter));
        let since = self.is(items.get(at), TimeClass::Since);
        // "2 semaines avant le 13 mai", "3 jours à partir de mardi"
        if back || on || since {
            let found = self.point(&items[at + 1..], false).filter(|found| found.said.has_day_or_is_placed());
            if let Some(Point { len, said }) = found {
                let base = self.calendar.place(&said).and_then(|date| date.only_day());
                let count = if back { -count } else { count };
                let day = base.and_then(|day| calendar::shift(day, count, hours));
                return placed(at + 1 + len, day.map(Date::day));
            }
        }
        if ago || ahead {
            return placed(at, self.calendar.ago(if ago { count } else { -count }, hours));
        }
        (back || on).then_some(())?;
        let from_now = || self.calendar.ago(if back { count } else { -count }, hours);
        let after = self.is(items.get(at), TimeClass::After);
        let said = match self.calendar.convention.look {
            Look::Forward => Said::Placed(from_now()),
            // Months and years are told too roughly to count days by them.
            Look::Back if hours > WEEK => Said::Placed(if back { from_now() } else { None }),
            Look::Back => {
                let days = count.saturating_mul(hours).saturating_add(DAY / 2) / DAY;
                match (back, after) {
                    (false, true) => Said::After(days),
                    // "trois semaines plus tard" is about three weeks later.
                    _ if hours > DAY => Said::Placed(if back { from_now() } else { None }),
                    (true, _) => Said::Beside(days),
                    (false, false) => Said::Beside(-days),
                }
            }
        };
        Some(Point { len: at + 1, said })
    }

    /// "la semaine dernière", "le prochain trimestre", "cette année", "3 prochains jours", "la semaine du 7 octobre".
    pub(super) fn unit(&self, items: &[Item<'_>], this: bool) -> Option<Point> {
        let placed = |len, date| Some(Point { len, said: Said::Placed(date) });
        let mut at = 0;
        let (mut turn, mut count) = (Turn::None, None);
        while at < 2 {
            if turn == Turn::None && self.turn(items.get(at)) != Turn::None {
                turn = self.turn(items.get(at));
            } else if let Some(n) = self.number(items.get(at), 1, 1000).filter(|_| count.is_none()) {
                count = Some(n as i32);
            } else {
                break;
            }
            at += 1;
        }
        let weekend = self.is(items.get(at), TimeClass::Weekend);
        let plural = self.time(items.get(at), TimeClass::Unit).is_some_and(|(_, tags)| tags.has(Tags::PLURAL));
        let hours = match self.value(items.get(at), TimeClass::Unit) {
            Some(hours) => hours,
            None if weekend => WEEK,
            None => return None,
        };
        let plural =
            plural || self.time(items.get(at), TimeClass::Weekend).is_some_and(|(_, tags)| tags.has(Tags::PLURAL));
        at += 1;
        if turn == Turn::None {
            turn = self.turn(items.get(at));
            at += usize::from(turn != Turn::None);
        }
        if turn == Turn::None && hours == WEEK && count.is_none() {
            // "la semaine du 7 octobre", "le week-end du 14 juin", "semaine 10"
            let opens = self.is_of(items.get(at)) || self.is(items.get(at), TimeClass::From);
            // "la semaine du 2 au 8 juin" tells its own ends.
            if let Some((_, When::Stretch(..))) = self.stretch(&items[at..], None) {
                return None;
            }
            if opens
                && let Some(Point { len, said }) =
                    self.point(&items[at + 1..], self.is(items.get(at), TimeClass::OnDay))
                && let Some(day) = self.calendar.place(&said).and_then(|date| date.only_day())
            {
                let week = calendar::period_of(day, WEEK, 0);
                return placed(at + 1 + len, if weekend { week.and_then(saturday_and_sunday) } else { week });
            }
            if let Some(week) = self.number(items.get(at), 1, 53).filter(|_| !weekend)
                && let Some(today) = self.calendar.today()
            {
                return placed(at + 1, calendar::week_of_year(today.year(), week as i8));
            }
        }
        // A plan for "le week-end" is for the coming one.
        if turn == Turn::None && (this || weekend && !plural && self.calendar.convention.look == Look::Forward) {
            turn = Turn::This;
        }
        let later = match turn {
            Turn::None => return None,
            Turn::Last => -1,
            Turn::Next => 1,
            Turn::This => 0,
        };
        let date = match count {
            // A row of past units is a stretch that ends now.
            Some(_) if later <= 0 => return None,
            Some(count) => match (self.calendar.period(hours, 1), self.calendar.period(hours, count)) {
                (Some(Date::At(from)), Some(Date::At(to))) => Some(Date::Between(from, to)),
                (Some(Date::Between(from, _)), Some(Date::Between(_, to))) => Some(Date::Between(from, to)),
                _ => None,
            },
            // "ces dernières semaines"
            None if plural && turn != Turn::This => None,
            None => self.calendar.period(hours, later),
        };
        let date = if weekend { date.and_then(saturday_and_sunday) } else { date };
        // News of a Tuesday that tells of "ce week-end" tells of the last one.
        let ahead = |date: &Date| date.first_day().zip(self.calendar.today()).is_some_and(|(day, today)| day > today);
        let back = weekend && turn == Turn::This && self.calendar.convention.look != Look::Forward;
        let date = match date.filter(|date| back && ahead(date)) {
            Some(_) => self.calendar.period(hours, -1).and_then(saturday_and_sunday),
            None => date,
        };
        if hours < DAY {
            return None;
        }
        // "la semaine prochaine, mardi"
        if hours == WEEK
            && !weekend
            && let Some(weekday) = self.value(items.get(at), TimeClass::Weekday)
        {
            return placed(at + 1, date.and_then(|week| calendar::day_of_week(week, weekday as i8)));
        }
        placed(at, date)
    }

    /// "le premier mercredi de mars", "la dernière semaine de septembre 2014", "le 4e jour de juillet", "1er trimestre 2013".
    pub(super) fn ordinal(&self, items: &[Item<'_>], this: bool) -> Option<Point> {
        let (mut at, n) = self.rank(items)?;
        let weekday = self.value(items.get(at), TimeClass::Weekday).map(|day| day as i8);
        let hours = match weekday {
            Some(_) => DAY,
            None => self.value_of_number(items.get(at), TimeClass::Unit).filter(|&hours| hours >= DAY)?,
        };
        at += 1;
        let quarter = Self::is_long(hours) && hours > WEEK;
        let mut of = at;
        while of < at + 3 && (self.is_of(items.get(of)) || self.is_class(items.get(of), Class::Determiner)) {
            of += 1;
        }
        if of == at && !quarter {
            return None;
        }
        let of_this = self.is(items.get(of), TimeClass::This);
        let of = of + usize::from(of_this);
        let rest = &items[of.min(items.len())..];
        let whole = self.unit(rest, true).or_else(|| self.point(rest, false)).or_else(|| {
            // "le premier trimestre": of this year.
            let year = self.calendar.period(calendar::YEAR, 0);
            (quarter && of == at && (this || n > 0)).then_some(Point { len: 0, said: Said::Placed(year) })
        })?;
        let within = self.calendar.place(&whole.said).filter(|date| date.first_day() != date.last_day());
        let date = within.and_then(|within| calendar::nth(n, hours, weekday, within));
        date.is_some().then_some(Point { len: of + whole.len, said: Said::Placed(date) })
    }
}

impl Dating<'_> {
    /// "4e", "premier", "dernier": how many items, and the number, -1 for the last.
    pub(super) fn rank(&self, items: &[Item<'_>]) -> Option<(usize, i32)> {
        match self.number(items.first(), 1, 366) {
            Some(n) if self.is_rank(items.get(1)) => Some((2, n as i32)),
            Some(_) => None,
            None if self.is(items.first(), TimeClass::Last) => Some((1, -1)),
            None => Some((1, self.value(items.first(), TimeClass::Ordinal)?)),
        }
    }
}

impl Said {
    pub(super) fn has_day_or_is_placed(&self) -> bool {
        self.has_day() || matches!(self, Said::Days { .. } | Said::Placed(_) | Said::Beside(_))
    }
}

/// The end of a week.
fn saturday_and_sunday(week: Date) -> Option<Date> {
    let (Date::At(from), Date::At(to)) = (calendar::day_of_week(week, 6)?, calendar::day_of_week(week, 7)?) else {
        return None;
    };
    Some(Date::Between(from, to))
}
