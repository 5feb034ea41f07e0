//! Reads the dates that pages, feeds and exports write for programs.
//!
//! In: a text such as `2022-03-19T10:30:00Z`, `20220319`, `Sat, 19 Mar 2022 10:30:00 GMT`. Out: a day.
//!
//! "Mer, 01 Fév 2023" stands in feeds where a program's date should: names of months are the packs', so whoever opens
//! documents hands them in.

use crate::claim::{Date, Partial};
use std::collections::BTreeMap;

/// Names of months by language.
const OTHERS: &str = include_str!("../../../../packs/months.toml");

/// Names of months in any number of languages, in lower case, with their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Months(Vec<(String, u8)>);

impl Months {
    /// Of names and numbers 1 to 12.
    pub fn new(names: impl IntoIterator<Item = (String, u8)>) -> Months {
        Months(names.into_iter().map(|(name, number)| (bare(&name), number)).collect())
    }

    /// With the names of languages that no pack reads.
    pub fn and_of_other_languages(mut self) -> Months {
        let languages: BTreeMap<String, [String; 12]> = toml::from_str(OTHERS).unwrap_or_default();
        for (month, number) in languages.values().flat_map(|months| months.iter().zip(1..)) {
            self.0.extend(month.split_whitespace().map(|name| (bare(name), number)));
        }
        self
    }

    /// The month of a name, also of one cut short after its third letter or later.
    fn number(&self, word: &str) -> Option<u8> {
        let word = bare(word);
        let whole = self.0.iter().find(|(name, _)| *name == word);
        let long = word.chars().count() >= 3;
        whole.or_else(|| self.0.iter().find(|(name, _)| long && name.starts_with(&word))).map(|(_, number)| *number)
    }
}

/// A word as people who know it would not mind finding it: in lower case, without the marks on letters.
pub fn bare(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let is_mark = |c: &char| unicode_normalization::char::is_combining_mark(*c);
    word.nfd().filter(|c| !is_mark(c)).flat_map(char::to_lowercase).collect()
}

/// The day that a text names, in the form of any standard or with a month in letters.
pub(super) fn day(text: &str, months: &Months) -> Option<Date> {
    let text = text.trim();
    standard(text).or_else(|| in_letters(text, months))
}

/// `2022-03-19`, what follows it left alone; `2022-03`; `20220319`; the date of a mail; seconds since 1970.
pub(super) fn standard(text: &str) -> Option<Date> {
    let head = text.split(['T', ' ', '\t']).next().unwrap_or("");
    if let Ok(date) = head.replace('/', "-").parse::<Partial>() {
        return plausible(date);
    }
    let digits = head.len() == text.len() && text.bytes().all(|byte| byte.is_ascii_digit());
    match (digits, text.len()) {
        (true, 8) => format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]).parse().ok().and_then(plausible),
        (true, 10) => {
            let moment = jiff::Timestamp::from_second(text.parse().ok()?).ok()?;
            plausible(Partial::day(moment.to_zoned(jiff::tz::TimeZone::UTC).date()))
        }
        _ => jiff::fmt::rfc2822::parse(text).ok().and_then(|moment| plausible(Partial::day(moment.date()))),
    }
}

/// The day or month that a line of nothing else names: "jeudi 11 septembre 2031", "septembre 2031".
pub(super) fn line(text: &str, months: &Months) -> Option<Date> {
    match words(text)[..] {
        [month, year] => {
            let month = months.number(month)?;
            format!("{:04}-{month:02}", whole_year(year)?).parse().ok().and_then(plausible)
        }
        [day, month, year] | [_, day, month, year] => of_words(day, month, year, months),
        _ => None,
    }
}

/// "Mer, 01 Fév 2023 10:00", "19 березня 2022": a day, the name of a month, a year.
fn in_letters(text: &str, months: &Months) -> Option<Date> {
    words(text).windows(3).find_map(|three| of_words(three[0], three[1], three[2], months))
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(8).collect()
}

fn of_words(day: &str, month: &str, year: &str, months: &Months) -> Option<Date> {
    let month = months.number(month)?;
    let day: u8 = day.trim_end_matches(char::is_alphabetic).parse().ok()?;
    format!("{:04}-{month:02}-{day:02}", whole_year(year)?).parse().ok().and_then(plausible)
}

fn whole_year(word: &str) -> Option<i16> {
    word.parse().ok().filter(|_| word.len() == 4)
}

/// Before the first newspaper and after a far future no page was published: `0001-01-01` is an empty field.
fn plausible(date: Partial) -> Option<Date> {
    date.year.is_some_and(|year| (1600..2200).contains(&year)).then_some(Date::At(date))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name of two months would be a date that is wrong by one.
    #[test]
    fn names_of_other_languages_are_one_month_each() {
        let months = Months::default().and_of_other_languages();
        assert!(months.0.len() > 12 * 9);
        for (name, number) in &months.0 {
            assert!(months.0.iter().all(|(other, month)| other != name || month == number), "{name}");
            assert_eq!(months.number(name), Some(*number));
        }
        for (text, date) in [
            ("12 червня 2031", "2031-06-12"),
            ("12 июня 2031 г., 08:30", "2031-06-12"),
            ("12. července 2031", "2031-07-12"),
            ("czwartek, 12 lip 2031", "2031-07-12"),
            ("12 юли 2031", "2031-07-12"),
        ] {
            assert_eq!(day(text, &months), date.parse().ok(), "{text}");
        }
    }

    #[test]
    fn forms_of_a_day() {
        let months = Months::new([("février".into(), 2), ("березня".into(), 3), ("août".into(), 8)]);
        for (text, date) in [
            ("2022-03-19", "2022-03-19"),
            ("2022-03-19T23:30:00+02:00", "2022-03-19"),
            ("2022-03-19 23:30", "2022-03-19"),
            ("2022/03/19", "2022-03-19"),
            ("2022-03", "2022-03"),
            ("20220319", "2022-03-19"),
            ("1647700000", "2022-03-19"),
            ("Sat, 19 Mar 2022 10:30:00 GMT", "2022-03-19"),
            ("Mer, 01 Fév 2023 10:00:00 +0100", "2023-02-01"),
            ("mercredi 1er fevrier 2023", "2023-02-01"),
            ("19 березня 2022 року", "2022-03-19"),
            ("3 aout 2023", "2023-08-03"),
        ] {
            assert_eq!(day(text, &months), date.parse().ok(), "{text}");
        }
        for text in ["", "hier", "0001-01-01T00:00:00", "1 fe 2023", "12/03/2022", "99999999", "31 février 2023"] {
            assert_eq!(day(text, &months), None, "{text}");
        }
    }
}
