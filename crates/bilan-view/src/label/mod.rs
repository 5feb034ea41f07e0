//! Says the words of the codebook in the reader's language.
//!
//! In: `labels/<lang>.toml` and a field's value. Out: words, numbers and dates as people write them.
//!
//! "plus d'une centaine" is `>~100`, which nobody reads: it is shown as "more than about 100". A date without a year
//! stays without: "19 March, no year".

mod history;
mod name;

use crate::printed::brief;
use bilan::claim::{Bound, Date, Partial, Value};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The words of one language.
#[derive(Default)]
pub struct Labels(BTreeMap<String, BTreeMap<String, String>>);

static ALL: LazyLock<[(&str, Labels); 2]> = LazyLock::new(|| {
    [("en", include_str!("../../labels/en.toml")), ("fr", include_str!("../../labels/fr.toml"))]
        // A label file that does not parse fails the tests of this module; a page would show bare keys.
        .map(|(code, text)| (code, Labels(toml::from_str(text).unwrap_or_default())))
});

impl Labels {
    /// The language that was chosen, else the best of `Accept-Language`, else English.
    pub fn choose(chosen: Option<&str>, accepted: Option<&str>) -> &'static Labels {
        let known = |code: &str| ALL.iter().find(|(known, _)| *known == code).map(|(_, labels)| labels);
        chosen.and_then(known).or_else(|| accepted.and_then(|list| best(list, known))).unwrap_or(&ALL[0].1)
    }

    /// Every language: its code and its name.
    pub fn languages() -> impl Iterator<Item = (&'static str, &'static str)> {
        ALL.iter().map(|(code, labels)| (*code, labels.get("form", "language").unwrap_or(code)))
    }

    /// A word of the page; its own key when there is none.
    pub fn say<'k>(&'k self, key: &'k str) -> &'k str {
        self.get("page", key).unwrap_or(key)
    }

    /// A word of the page with its blanks filled: `{n}`, `{why}`.
    pub fn fill(&self, key: &str, blanks: &[(&str, &str)]) -> String {
        fill(self.say(key), blanks)
    }

    /// A closed word of the codebook; the key itself when there is none.
    pub fn kind(&self, field: &str, key: &str) -> String {
        self.get(field, key).map_or_else(|| brief(&key.replace('_', " ")), |word| plain(word).to_owned())
    }

    /// What happened to whom: "people, killed"; "personnes tuées" where the words of a language agree.
    pub fn what(&self, counted: &str, outcome: &str) -> String {
        let feminine = self.get("counted", counted).is_some_and(|word| word.ends_with("|f"));
        match self.get("outcome", outcome).and_then(|word| word.split_once('|')) {
            Some((_, word)) if feminine => format!("{} {word}", self.kind("counted", counted)),
            Some((word, _)) => format!("{} {word}", self.kind("counted", counted)),
            None => format!("{}, {}", self.kind("counted", counted), self.kind("outcome", outcome)),
        }
    }

    /// The closed words of a field: key and label, in the order of the labels.
    pub fn kinds(&self, field: &str) -> Vec<(String, String)> {
        let mut kinds: Vec<(String, String)> = self
            .0
            .get(field)
            .into_iter()
            .flatten()
            .map(|(key, label)| (key.clone(), plain(label).to_owned()))
            .collect();
        kinds.sort_by(|a, b| a.1.cmp(&b.1));
        kinds
    }

    /// Words between this language's quotation marks.
    pub fn quoted(&self, words: &str) -> String {
        format!("{}{words}{}", self.form("open_quote"), self.form("close_quote"))
    }

    /// A whole number with its thousands apart.
    pub fn number(&self, n: u64) -> String {
        let digits = n.to_string();
        let mut apart = String::with_capacity(digits.len() * 2);
        for (i, digit) in digits.char_indices() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                apart.push_str(self.form("thousands"));
            }
            apart.push(digit);
        }
        apart
    }

    /// A value as people say it.
    pub fn value(&self, value: &Value) -> String {
        let hedge = |key: &str, blanks: &[(&str, &str)]| fill(self.get("hedge", key).unwrap_or("{n}"), blanks);
        let (first, last) = (self.number(value.first), self.number(value.last));
        let mut words = match value.first == value.last && !value.ours {
            true => first,
            false => hedge(if value.ours { "vague" } else { "range" }, &[("a", &first), ("b", &last)]),
        };
        if value.about {
            words = hedge("about", &[("n", &words)]);
        }
        match value.bound {
            Bound::Bare => words,
            Bound::AtLeast => hedge("at_least", &[("n", &words)]),
            Bound::MoreThan => hedge("more_than", &[("n", &words)]),
            Bound::AtMost => hedge("at_most", &[("n", &words)]),
            Bound::LessThan => hedge("less_than", &[("n", &words)]),
        }
    }

    /// A date as people write it.
    pub fn date(&self, date: &Date) -> String {
        match date {
            Date::At(at) => self.partial(at),
            Date::Between(from, to) => {
                fill(self.form("between"), &[("from", &self.partial(from)), ("to", &self.partial(to))])
            }
        }
    }

    /// A date where room is short: "3 May 2031", "May 2031", with the month cut to what is still understood.
    pub fn short(&self, at: &Partial) -> String {
        let long = self.partial(at);
        let month = at.month.map(|month| usize::from(month).wrapping_sub(1));
        let names =
            month.and_then(|n| self.form("months").split(' ').nth(n).zip(self.form("short_months").split(' ').nth(n)));
        names.map_or(long.clone(), |(name, short)| long.replacen(name, short, 1))
    }

    /// What a figure covers.
    pub fn covers(&self, from: Option<&Date>, to: Option<&Date>) -> Option<String> {
        match (from, to) {
            (None, None) => None,
            (Some(from), Some(to)) if from == to => Some(self.date(from)),
            (Some(from), Some(to)) => {
                Some(fill(self.form("between"), &[("from", &self.date(from)), ("to", &self.date(to))]))
            }
            (Some(from), None) => Some(fill(self.form("since"), &[("from", &self.date(from))])),
            (None, Some(to)) => Some(fill(self.form("until"), &[("to", &self.date(to))])),
        }
    }

    /// The code of the language, for `<html lang>`.
    pub fn code(&self) -> &str {
        self.form("code")
    }

    fn partial(&self, at: &Partial) -> String {
        let year = at.year.map(|year| year.to_string());
        let month = at.month.and_then(|month| self.form("months").split(' ').nth(usize::from(month).wrapping_sub(1)));
        let day = at.day.map(|day| match (day, self.get("form", "first_day")) {
            (1, Some(first)) => first.to_owned(),
            _ => day.to_string(),
        });
        let (form, month) = match (&year, month, &day) {
            (Some(_), Some(month), Some(_)) => ("day", month),
            (None, Some(month), Some(_)) => ("day_no_year", month),
            (Some(_), Some(month), None) => ("month", month),
            (None, Some(month), None) => ("month_no_year", month),
            _ => return year.unwrap_or_default(),
        };
        let blanks = [
            ("day", day.as_deref().unwrap_or_default()),
            ("month", month),
            ("year", year.as_deref().unwrap_or_default()),
        ];
        fill(self.form(form), &blanks)
    }

    fn form(&self, key: &str) -> &str {
        self.get("form", key).unwrap_or_default()
    }

    fn get(&self, section: &str, key: &str) -> Option<&str> {
        self.0.get(section)?.get(key).map(String::as_str)
    }
}

/// A label without what it tells of agreement: "tués|tuées" is of masculine and feminine nouns, "personnes|f" is one.
fn plain(label: &str) -> &str {
    label.split('|').next().unwrap_or_default()
}

/// The known language with the highest weight, the first of equals.
fn best(list: &str, known: impl Fn(&str) -> Option<&'static Labels>) -> Option<&'static Labels> {
    let mut found: Option<(f32, &'static Labels)> = None;
    for wish in list.split(',').take(20) {
        let (tag, weight) = wish.split_once(';').unwrap_or((wish, "q=1"));
        let weight: f32 = weight.trim().strip_prefix("q=").and_then(|q| q.parse().ok()).unwrap_or(0.0);
        let code = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
        if let Some(labels) = known(&code)
            && weight > found.map_or(0.0, |(best, _)| best)
        {
            found = Some((weight, labels));
        }
    }
    found.map(|(_, labels)| labels)
}

/// Fills `{blank}`s in one walk, so that a filled word which looks like a blank stays as it is.
fn fill(form: &str, blanks: &[(&str, &str)]) -> String {
    let mut words = String::with_capacity(form.len() + 16);
    let mut rest = form;
    while let Some(open) = rest.find('{') {
        words.push_str(&rest[..open]);
        rest = &rest[open..];
        let blank = blanks.iter().find_map(|(name, value)| {
            let after = rest.strip_prefix('{')?.strip_prefix(*name)?.strip_prefix('}')?;
            Some((*value, after))
        });
        match blank {
            Some((value, after)) => {
                words.push_str(value);
                rest = after;
            }
            None => {
                words.push('{');
                rest = &rest[1..];
            }
        }
    }
    words.push_str(rest);
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn labels(code: &str) -> &'static Labels {
        Labels::choose(Some(code), None)
    }

    #[test]
    fn every_language_has_every_word() {
        let keys = |labels: &Labels| -> BTreeSet<(String, String)> {
            labels
                .0
                .iter()
                .flat_map(|(section, words)| words.keys().map(|key| (section.clone(), key.clone())))
                .collect()
        };
        let english = keys(labels("en"));
        assert!(english.len() > 100, "labels/en.toml does not parse");
        assert_eq!(english, keys(labels("fr")));
    }

    #[test]
    fn every_closed_word_of_the_codebook_has_a_label() {
        let kinds = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs/kinds.toml")).unwrap();
        let kinds: toml::Table = toml::from_str(&kinds).unwrap();
        for field in ["outcome", "counted", "scope", "said", "contested", "refused"] {
            for key in kinds[field].as_table().unwrap().keys() {
                assert!(labels("en").get(field, key).is_some(), "labels/en.toml has no [{field}] {key}");
            }
        }
    }

    #[test]
    fn every_word_of_the_templates_has_a_label() {
        let templates = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/templates")).unwrap();
        for template in templates.map(|entry| entry.unwrap().path()) {
            let text = std::fs::read_to_string(&template).unwrap();
            for key in text.split("say(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(labels("en").get("page", key).is_some(), "{}: no label `{key}`", template.display());
            }
        }
    }

    #[test]
    fn values_are_said_as_people_say_them() {
        let said = |code: &str, value: &str| labels(code).value(&value.parse().unwrap());
        assert_eq!(said("en", "816"), "816");
        assert_eq!(said("en", ">~100"), "more than about 100");
        assert_eq!(said("en", "~14400"), "about 14,400");
        assert_eq!(said("en", ">=10..20"), "at least 10 to 20");
        assert_eq!(said("en", "[20000..99999]"), "20,000 to 99,999");
        assert_eq!(said("fr", "<=1234567"), "jusqu’à 1\u{202f}234\u{202f}567");
    }

    #[test]
    fn dates_are_no_more_precise_than_they_are_known() {
        let said = |code: &str, date: &str| labels(code).date(&date.parse().unwrap());
        assert_eq!(said("en", "2022-03-19"), "19 March 2022");
        assert_eq!(said("en", "--03-19"), "19 March, no year");
        assert_eq!(said("fr", "2022-03"), "mars 2022");
        assert_eq!(said("fr", "2022"), "2022");
        assert_eq!(said("en", "2022-03-14/2022-03-20"), "14 March 2022 – 20 March 2022");
    }

    #[test]
    fn the_reader_s_language_is_the_best_that_we_have() {
        let code = |chosen, accepted| Labels::choose(chosen, accepted).code();
        assert_eq!(code(None, None), "en");
        assert_eq!(code(None, Some("fr-CH, fr;q=0.9, en;q=0.8")), "fr");
        assert_eq!(code(None, Some("uk, en;q=0.4, fr;q=0.7")), "fr");
        assert_eq!(code(Some("en"), Some("fr")), "en");
        assert_eq!(code(Some("xx"), Some("fr;q=0, en;q=NaN, de")), "en");
    }

    #[test]
    fn a_filled_word_is_not_filled_again() {
        assert_eq!(fill("{a} {b} {c", &[("a", "{b}"), ("b", "x")]), "{b} x {c");
    }
}
