//! Dates as they are known: a day, a month, a year, a day without year, or a stretch between two of these.
//!
//! In: year, month and day as far as they were said. Out: one text form that prints and parses without loss.
//!
//! `--03-19` is "19 March" in a text that names no year and has no publication date: no year is invented, and whether
//! it lies before 2022-05-01 is unknown, not false.

use jiff::civil;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// A year, a month of a year, a day, or a day without year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Partial {
    /// `None` when no year is known.
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31; only beside a month.
    pub day: Option<u8>,
}

/// One date of a claim (codebook, section 3).
///
/// ```
/// use bilan::claim::Date;
/// let week: Date = "2022-03-14/2022-03-20".parse().unwrap();
/// assert_eq!(week.first_day().unwrap().to_string(), "2022-03-14");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Date {
    /// One moment, as precisely as it is known.
    At(Partial),
    /// From one to another, both included: a week, a night, "début mars".
    Between(Partial, Partial),
}

impl Partial {
    /// A full day.
    pub fn day(day: civil::Date) -> Partial {
        Partial { year: Some(day.year()), month: Some(day.month() as u8), day: Some(day.day() as u8) }
    }

    /// The first day it can mean; `None` without a year.
    pub fn first_day(&self) -> Option<civil::Date> {
        civil::Date::new(self.year?, self.month.unwrap_or(1) as i8, self.day.unwrap_or(1) as i8).ok()
    }

    /// The last day it can mean; `None` without a year.
    pub fn last_day(&self) -> Option<civil::Date> {
        let (year, month) = (self.year?, self.month.unwrap_or(12) as i8);
        match self.day {
            Some(day) => civil::Date::new(year, month, day as i8).ok(),
            None => civil::Date::new(year, month, 1).ok().map(|first| first.last_of_month()),
        }
    }
}

impl Date {
    /// A full day.
    pub fn day(day: civil::Date) -> Date {
        Date::At(Partial::day(day))
    }

    /// The first day it can mean; `None` without a year.
    pub fn first_day(&self) -> Option<civil::Date> {
        match self {
            Date::At(at) => at.first_day(),
            Date::Between(from, _) => from.first_day(),
        }
    }

    /// The last day it can mean; `None` without a year.
    pub fn last_day(&self) -> Option<civil::Date> {
        match self {
            Date::At(at) => at.last_day(),
            Date::Between(_, to) => to.last_day(),
        }
    }

    /// The day, when exactly one day is meant.
    pub fn only_day(&self) -> Option<civil::Date> {
        let first = self.first_day()?;
        (self.last_day()? == first).then_some(first)
    }

    /// Whether all of another date lies within this one; not told counts as no.
    pub fn holds(&self, other: Date) -> bool {
        let ends = (self.first_day(), self.last_day(), other.first_day(), other.last_day());
        matches!(ends, (Some(first), Some(last), Some(from), Some(to)) if first <= from && to <= last)
    }

    /// Whether it tells no year, and a day of some year may be meant: "fin février", and 24 February 2031.
    pub fn may_be_of_some_year(&self, day: &Partial) -> bool {
        let (first, last) = match self {
            Date::At(only) => (only, only),
            Date::Between(first, last) => (first, last),
        };
        let yearless = first.year.is_none() && last.year.is_none() && first.month.is_some();
        let month = first.month == day.month && last.month == day.month;
        let within = |day: u8| first.day.is_none_or(|first| first <= day) && last.day.is_none_or(|last| day <= last);
        yearless && month && day.day.is_some_and(within)
    }

    /// Before, after or the same day; `None` where the unknown parts leave it open.
    pub fn compare(&self, other: &Date) -> Option<Ordering> {
        let (a, b) = ((self.first_day()?, self.last_day()?), (other.first_day()?, other.last_day()?));
        if a.1 < b.0 {
            Some(Ordering::Less)
        } else if b.1 < a.0 {
            Some(Ordering::Greater)
        } else if a == b && a.0 == a.1 {
            Some(Ordering::Equal)
        } else {
            None
        }
    }
}

impl fmt::Display for Partial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => f.write_str("-")?,
        }
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Date::At(at) => at.fmt(f),
            Date::Between(from, to) => write!(f, "{from}/{to}"),
        }
    }
}

/// A date text that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date; expected one such as `2022-03-19`, `2022-03`, `2022`, `--03-19` or two of them with `/`")]
pub struct DateError(String);

impl FromStr for Partial {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Partial, DateError> {
        let wrong = || DateError(text.to_owned());
        let number = |part: &str, width: usize| -> Result<u16, DateError> {
            let plain = part.len() == width && part.bytes().all(|b| b.is_ascii_digit());
            if plain { part.parse().map_err(|_| wrong()) } else { Err(wrong()) }
        };
        let (year, rest) = match text.strip_prefix("--") {
            Some(rest) => (None, Some(rest)),
            None => match text.split_once('-') {
                Some((year, rest)) => (Some(number(year, 4)? as i16), Some(rest)),
                None => (Some(number(text, 4)? as i16), None),
            },
        };
        let (month, day) = match rest.map(|rest| rest.split_once('-').map_or((rest, None), |(m, d)| (m, Some(d)))) {
            None => (None, None),
            Some((month, day)) => {
                (Some(number(month, 2)? as u8), day.map(|d| number(d, 2)).transpose()?.map(|d| d as u8))
            }
        };
        // A leap year stands in where no year is known, so that 29 February can be written.
        civil::Date::new(year.unwrap_or(2024), month.unwrap_or(1) as i8, day.unwrap_or(1) as i8)
            .map_err(|_| wrong())?;
        Ok(Partial { year, month, day })
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Date, DateError> {
        match text.split_once('/') {
            Some((from, to)) => Ok(Date::Between(from.parse()?, to.parse()?)),
            None => Ok(Date::At(text.parse()?)),
        }
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_and_parses_without_loss() {
        for text in ["2022-03-19", "2022-03", "2022", "--03-19", "--03", "2022-03-14/2022-03-20", "--02-29"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
        for text in ["", "22-03", "2022-13", "2022-02-30", "2022-3-1", "2022-03-19x", "-03-19"] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn an_unknown_part_makes_the_comparison_unknown() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(date("--03-19").compare(&date("2022-05-01")), None);
        assert_eq!(date("2022-03").compare(&date("2022-03-10")), None);
        assert_eq!(date("2022-03").compare(&date("2022-04")), Some(Ordering::Less));
    }
}
