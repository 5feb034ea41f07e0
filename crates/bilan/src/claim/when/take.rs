//! Takes what a date says into the days of a figure.
//!
//! In: a date, whose it is, the days so far. Out: the same days with it.
//!
//! A claim tells days, months and years: "mi-janvier" is January, "au premier semestre" runs from January to June. And
//! "en 24 heures" ends when it was said, which may be told behind it.

use super::owner::Owner;
use super::{Time, Timing};
use crate::claim::{Date, Partial};
use crate::mention::{DateMention, When};
use jiff::ToSpan;

/// Months of a third of a year.
const THIRD: u8 = 4;

/// Days from which on a stretch is told in months, and in years.
const MONTHS: i32 = 60;
const YEARS: i32 = 1460;

/// Days of a week: what is longer, in one month, is a third of it.
const WEEK: u8 = 7;

/// What a sentence tells of.
#[derive(Clone, Copy)]
pub(super) struct Kind {
    /// What lasts: "la guerre".
    pub lasting: bool,
    /// One scene, "un séisme", or many, "les accidents".
    pub one: Option<bool>,
    /// Words say that it was given before.
    pub older: bool,
}

impl Timing<'_, '_> {
    pub(super) fn take(&self, time: &mut Time, date: &DateMention, owner: Owner, saying: Option<usize>, kind: Kind) {
        let mut keep = |field: &'static str| time.words.push((field, date.first, date.end));
        match (date.when, owner) {
            (When::At(day), Owner::Saying) => {
                time.stated = Some(coarse(day));
                keep("stated");
            }
            (When::At(day), Owner::Figure) if time.from.is_none() && time.within.is_none() => {
                keep("from");
                self.take_day(time, day, saying, kind.one);
            }
            (When::SinceEvent(_) | When::SinceStart | When::SinceSome, _) => {
                let event = match date.when {
                    When::SinceEvent(_) => date.when.since(self.context.pack, self.shared),
                    When::SinceStart => self.war().and_then(|event| event.from).map(Date::At),
                    _ => None,
                };
                keep("from");
                time.run(event, None, "cumulative");
            }
            (When::Since(day), _) => {
                keep("from");
                time.run(Some(start_of(day)), None, "cumulative");
            }
            // "Au 26 février le bilan est de 71 morts": the storm struck on the 17th.
            (When::AsOf(day), _) if self.is_of_one_day(day) => {
                time.stated = time.stated.or(Some(day));
                keep("stated");
            }
            (When::ToDate, _) if self.published.is_some_and(|today| self.is_of_one_day(today)) => {}
            (When::Until(day) | When::Before(day) | When::AsOf(day), _) => {
                keep("to");
                if kind.older && matches!(date.when, When::AsOf(_)) {
                    time.stated = time.stated.or(Some(day));
                }
                time.to = Some(ends(day).1);
                if matches!(time.scope, "" | "incident") {
                    time.scope = "cumulative";
                }
                time.told = true;
            }
            (When::Stretch(from, to), _) => {
                // "du 24 février au 19 mars", told on the 20th, runs on; what ended long before is a period.
                let scope = if kind.lasting || self.runs_on(from, to) { "cumulative" } else { "period" };
                keep("from");
                keep("to");
                time.run(Some(ends(from).0), Some(ends(to).1), scope);
            }
            (When::Within(_) | When::Days(_), _) => {
                keep("from");
                time.run(None, None, "period");
                time.within = Some(date.when);
            }
            (When::ToDate, _) => {
                keep("to");
                if time.scope.is_empty() {
                    time.scope = "cumulative";
                }
            }
            _ => {}
        }
    }

    /// A day, month or year on which it happened.
    fn take_day(&self, time: &mut Time, day: Date, saying: Option<usize>, one: Option<bool>) {
        let (from, to) = ends(day);
        // "En 1987, un séisme avait fait 900 morts": told of another time, by nobody knows whom and when.
        let year = self.published.and_then(|date| date.first_day()).map(|day| day.year());
        let summed_up = self.period() == Some((from, to));
        let long_ago = !summed_up && day.last_day().zip(year).is_some_and(|(day, year)| day.year() < year);
        let short =
            matches!(day, Date::At(Partial { day: Some(_), .. })) || (matches!(day, Date::Between(..)) && from == to);
        let old = long_ago && saying.is_none();
        let once = one.unwrap_or(old);
        time.run(Some(from), Some(to), if short || once { "incident" } else { "period" });
        time.old |= old;
        // "cette année": as far as it has gone.
        if time.scope == "period" && self.published.is_some_and(|today| day.holds(today)) {
            (time.to, time.scope) = (self.published, "cumulative");
        }
    }

    /// Whether a stretch lasts until the day of publication, or counts from the start of the war. "Entre lundi et mercredi"
    /// is over on Thursday.
    fn runs_on(&self, from: Date, to: Date) -> bool {
        let war = self.war().and_then(|event| event.from).is_some_and(|start| from.holds(Date::At(start)));
        let today = self.published.and_then(|date| date.first_day());
        let days = from.first_day().zip(to.last_day()).map(|(from, to)| (to - from).get_days());
        let short = days.is_some_and(|days| days < i32::from(WEEK));
        war || !short && today.zip(to.last_day()).is_none_or(|(today, to)| (today - to).get_days() < 3)
    }
}

impl Time {
    /// Takes the stretch of the figure before, in the year that was told: "contre 22 à la même période en 2030".
    pub(in crate::claim) fn repeat(&mut self, before: &Time) {
        let Some((Date::At(told), Date::At(last))) = self.from.zip(before.to) else { return };
        let Some(back) = last.year.zip(told.year).map(|(last, told)| last - told).filter(|&back| back > 0) else {
            return;
        };
        let then = |date: Option<Date>| match date {
            Some(Date::At(at)) => at.year.map(|year| Date::At(Partial { year: Some(year - back), ..at })),
            _ => None,
        };
        (self.from, self.to, self.scope) = (then(before.from), then(before.to), "period");
    }

    fn run(&mut self, from: Option<Date>, to: Option<Date>, scope: &'static str) {
        (self.from, self.to, self.scope, self.told, self.within) = (from, to, scope, true, None);
    }

    /// "en 24 heures": ends on the day on which it was said.
    pub(super) fn look_back(&mut self) {
        let end = self.stated.and_then(|date| date.only_day());
        let days = match self.within {
            Some(When::Within(days)) => days,
            Some(When::Days(days)) => days - 1,
            _ => return,
        };
        if let Some(end) = end {
            self.to = Some(Date::day(end));
            let day = end.checked_sub(i64::from(days).days()).ok().map(Partial::day);
            // Who tells of four months does not count their days.
            self.from = day.map(|day| match days {
                ..MONTHS => Date::At(day),
                MONTHS..YEARS => Date::At(Partial { day: None, ..day }),
                _ => Date::At(Partial { day: None, month: None, ..day }),
            });
        }
    }
}

/// What a stretch that opens with it runs from: "depuis le début de l'année" from its first month.
pub(super) fn start_of(date: Date) -> Date {
    match date {
        Date::Between(Partial { month: Some(1), day: None, .. }, Partial { month: Some(THIRD), .. }) => ends_of(date).0,
        _ => ends(date).0,
    }
}

/// What a stretch that opens with a date runs from, as a claim tells it.
pub(super) fn first_of(date: Date) -> Date {
    ends(date).0
}

/// What a stretch that closes with a date runs to.
pub(super) fn last_of(date: Date) -> Date {
    ends(date).1
}

/// First and last of what a date covers, as a claim tells it.
fn ends(date: Date) -> (Date, Date) {
    match coarse(date) {
        whole @ Date::Between(Partial { day: None, .. }, _) => ends_of(whole),
        other => (other, other),
    }
}

fn ends_of(date: Date) -> (Date, Date) {
    match date {
        Date::Between(from, to) => (Date::At(from), Date::At(to)),
        at => (at, at),
    }
}

/// A third of a month is told as the month, a third of a year as the year.
fn coarse(date: Date) -> Date {
    let Date::Between(from, to) = date else { return date };
    match (from.month, from.day, to.month, to.day) {
        (Some(a), Some(first), Some(b), Some(last)) if a == b && first + WEEK <= last => {
            Date::At(Partial { day: None, ..from })
        }
        (Some(a), None, Some(b), None) if a + THIRD == b + 1 && from.year == to.year => {
            Date::At(Partial { month: None, ..from })
        }
        _ => date,
    }
}
