//! Tells which days a date can mean, and what is known of two of them together.
//!
//! In: dates with unknown parts. Out: earliest and latest day, and answers of three kinds: yes, no, unknown.
//!
//! "in November" may lie before or after 15 November. Such a comparison is unknown, and unknown is not false.

use super::Appearance;
use crate::claim::Date;
use jiff::civil;

/// The days that a date can mean. An end that is `None` is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Days {
    /// The earliest.
    pub first: Option<civil::Date>,
    /// The latest.
    pub last: Option<civil::Date>,
}

impl Days {
    /// Exactly this day.
    pub fn only(day: civil::Date) -> Days {
        Days { first: Some(day), last: Some(day) }
    }

    /// The days that this date can mean.
    pub fn of(date: Option<Date>) -> Days {
        date.map_or(Days::default(), |date| Days { first: date.first_day(), last: date.last_day() })
    }

    /// The day, when there is only one that it can mean.
    pub fn exact(&self) -> Option<civil::Date> {
        self.first.filter(|_| self.first == self.last)
    }

    /// Whether it is certain that this lies before the other.
    pub fn surely_before(&self, other: &Days) -> bool {
        matches!((self.last, other.first), (Some(last), Some(first)) if last < first)
    }

    /// The least and the most days that can lie between the two.
    pub fn apart(&self, other: &Days) -> (i64, Option<i64>) {
        let ahead = |from: Option<civil::Date>, to: Option<civil::Date>| Some(between(from?, to?));
        let least = ahead(self.last, other.first).max(ahead(other.last, self.first)).unwrap_or(0).max(0);
        let most = match (ahead(self.first, other.last), ahead(other.first, self.last)) {
            (Some(a), Some(b)) => Some(a.max(b)),
            _ => None,
        };
        (least, most)
    }

    /// Whether at most so many days lie between the two; `None` where the unknown parts leave it open.
    pub fn within(&self, other: &Days, days: i64) -> Option<bool> {
        match self.apart(other) {
            (least, _) if least > days => Some(false),
            (_, Some(most)) if most <= days => Some(true),
            _ => None,
        }
    }
}

/// Days from one day to another; negative when the second is the earlier.
pub fn between(from: civil::Date, to: civil::Date) -> i64 {
    // Both lie in the calendar's range, so the difference in days always exists.
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// The day as of which a figure counts, as far as it was told.
///
/// A running total counts as of its `to`. The toll of one event counts as of the day on which it was *said*: it rises
/// from day to day, while the event keeps its day.
pub fn as_of(appearance: &Appearance) -> Option<Date> {
    match appearance.key.scope.as_str() {
        "incident" => appearance.stated,
        _ => appearance.to.or(appearance.stated),
    }
}

/// The days that [`as_of`] can mean. Nobody counts what has not happened: the day of saying and the day of publication
/// bound it from above.
pub fn as_of_days(appearance: &Appearance) -> Days {
    let mut days = Days::of(as_of(appearance));
    for date in [appearance.stated, appearance.published].into_iter().flatten() {
        if let Some(bound) = date.last_day()
            && days.first.is_none_or(|first| first <= bound)
        {
            days.last = Some(days.last.map_or(bound, |last| last.min(bound)));
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Days {
        Days::of(Some(text.parse().unwrap()))
    }

    #[test]
    fn unknown_is_neither_yes_nor_no() {
        assert_eq!(days("2022-11-15").within(&days("2022-11-20"), 7), Some(true));
        assert_eq!(days("2022-11-15").within(&days("2022-11-23"), 7), Some(false));
        assert_eq!(days("2022-11").within(&days("2022-11-20"), 7), None);
        assert_eq!(days("2022-11").within(&days("2023-11-20"), 7), Some(false));
        assert_eq!(days("--11-15").within(&days("2022-11-15"), 7), None);
        assert!(!days("--11-15").surely_before(&days("2029-01-01")));
    }

    #[test]
    fn days_apart_have_a_least_and_a_most() {
        assert_eq!(days("2022-03-19").apart(&days("2022-11-25")), (251, Some(251)));
        assert_eq!(days("2022-11").apart(&days("2022-12-02")), (2, Some(31)));
        assert_eq!(days("--11-15").apart(&days("2022-12-02")), (0, None));
    }
}
