//! Holds figures and dates to what they should read, in French and in a language that nobody speaks.

mod dates;
mod french;
mod invented;
mod metamorphic;
mod property;

use bilan::Reader;
use bilan::document::Document;
use bilan::mention::{Look, Mention, Said};
use bilan::pack::Packs;
use std::sync::LazyLock;

/// A reader with the packs of the program.
static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new(Packs::embedded().expect("the packs load")));

/// A document with this text and nothing else.
fn document(lang: &str, text: &str, published: Option<&str>) -> Document {
    Document {
        id: "test".into(),
        hash: String::new(),
        text_hash: String::new(),
        text: text.into(),
        title: 0,
        url: None,
        outlet: None,
        lang: Some(lang.into()),
        published: published.map(|day| day.parse().expect("a date")),
        boilerplate: vec![],
        remarks: vec![],
    }
}

/// The outermost figures as `words = value reason`.
fn figures(mentions: &[Mention<'_>]) -> Vec<String> {
    let mut end = 0;
    let mut found = vec![];
    for mention in mentions {
        if mention.start < end || !matches!(mention.said, Said::Figure { .. }) {
            continue;
        }
        end = mention.end;
        found.push(format!("{} = {}", mention.text, value(&mention.said)));
    }
    found
}

/// A figure as one text: `~14400`, `>=10..20`, `[20..99]`, with its reason when it is refused.
fn value(said: &Said) -> String {
    let Said::Figure { low, high, point, hedge, refused } = said else { return String::new() };
    let show = |value: &Option<f64>| value.map_or("?".to_owned(), |value| value.to_string());
    let text = match (*hedge, point) {
        ("none", _) => show(point),
        ("about", Some(point)) => format!("~{point}"),
        ("about", None) => format!("~{}..{}", show(low), show(high)),
        ("at_least", Some(point)) => format!(">={point}"),
        ("at_least", None) => format!(">={}", show(low)),
        ("more_than", Some(point)) => format!(">{point}"),
        ("at_most", Some(point)) => format!("<={point}"),
        ("at_most", None) => format!("<={}", show(high)),
        ("less_than", Some(point)) => format!("<{point}"),
        ("vague", _) => format!("[{}..{}]", show(low), show(high)),
        _ => format!("{}..{}", show(low), show(high)),
    };
    refused.map_or(text.clone(), |reason| format!("{text} {reason}"))
}

/// The outermost dates as `words = from/to`.
fn dates(mentions: &[Mention<'_>]) -> Vec<String> {
    let mut end = 0;
    let outermost = mentions.iter().filter(|mention| {
        let outer = mention.start >= end && matches!(mention.said, Said::Date { .. });
        end = if outer { mention.end } else { end };
        outer
    });
    shown(outermost)
}

/// All dates, those inside others too.
fn every_date(mentions: &[Mention<'_>]) -> Vec<String> {
    shown(mentions.iter())
}

fn shown<'m>(mentions: impl Iterator<Item = &'m Mention<'m>>) -> Vec<String> {
    let day = |day: &Option<bilan::claim::Date>| day.map_or("?".to_owned(), |day| day.to_string());
    let dates = mentions.filter_map(|mention| match &mention.said {
        Said::Date { from, to } if from == to && from.is_some() => Some(format!("{} = {}", mention.text, day(from))),
        Said::Date { from, to } => Some(format!("{} = {}/{}", mention.text, day(from), day(to))),
        Said::Figure { .. } => None,
    });
    dates.collect()
}

/// Compares every case and shows all that are wrong.
fn check(cases: &[(&str, &[&str])], read: impl Fn(&str) -> Vec<String>) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, expected)| (text, expected, read(text)))
        .filter(|(_, expected, found)| found[..] != ***expected)
        .map(|(text, expected, found)| format!("{text}\n  expected {expected:?}\n  found    {found:?}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {} are wrong\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// Figures of a French text.
fn french(text: &str) -> Vec<String> {
    figures(&READER.mentions(&document("fr", text, Some("2031-05-21")), Look::Back))
}

#[test]
fn every_reason_is_a_key_of_kinds_toml_and_every_key_a_reason() {
    let kinds = &READER.packs().shared.kinds.refused;
    let mut reasons = bilan::pack::Reason::ALL.to_vec();
    reasons.sort_unstable();
    assert_eq!(reasons, kinds.keys().map(String::as_str).collect::<Vec<_>>());
}
