//! Measures whether near-duplicates are found, and only they.
//!
//! In: invented articles, and a copy of each with one change. Out: a table of pairs found and of texts put together
//! that are not one.
//!
//! The invented news is made of few sentences, so that two articles share more than two real ones do: the harder case.

use crate::corpus::Corpus;
use anyhow::Result;
use bilan::document::alike::{Groups, Signature};
use std::collections::HashMap;
use std::fmt::Write;
use std::time::{Duration, Instant};

/// The share of pairs that must be found; none may be false.
const RECALL: f64 = 0.98;

const PAIRS: usize = 5_000;

/// The shortest article that a change leaves the same article, in words.
const WORDS: usize = 60;

type Change = fn(&str, &str, usize) -> String;

/// What is done to a copy.
const CHANGES: [(&str, Change); 3] = [
    ("paragraph dropped", without_paragraph),
    ("1 % of words changed", with_other_words),
    ("headline changed", with_headline),
];

/// The table.
pub fn measure(fast: bool) -> Result<String> {
    let pairs = if fast { PAIRS / 10 } else { PAIRS };
    let mut articles = Corpus::new(5)?.filter(|article| {
        article.text.split_whitespace().count() >= WORDS
            && article.text.lines().filter(|line| !line.is_empty()).count() >= 3
    });
    let (mut groups, mut took, mut bytes) = (Groups::default(), Duration::ZERO, 0);
    let mut add = |groups: &mut Groups, text: &str| {
        let start = Instant::now();
        let number = groups.add(Signature::of(text, &[]));
        took += start.elapsed();
        bytes += text.len();
        number
    };
    let mut made = vec![];
    for (number, article) in (0..pairs).zip(&mut articles) {
        let kind = number % CHANGES.len();
        let first = add(&mut groups, &format!("{}\n\n{}", article.title, article.text));
        let second = add(&mut groups, &CHANGES[kind].1(&article.title, &article.text, number));
        made.push((kind, first, second));
    }
    let start = Instant::now();
    let all = groups.groups();
    let gathering = start.elapsed();
    let home: HashMap<usize, usize> =
        all.iter().enumerate().flat_map(|(home, group)| group.iter().map(move |&text| (text, home))).collect();
    let mut table = format!("near-duplicates, {} pairs   pairs     found   recall\n", made.len());
    let mut all_found = 0;
    for (kind, (name, _)) in CHANGES.iter().enumerate() {
        let of_kind: Vec<_> = made.iter().filter(|(own, ..)| *own == kind).collect();
        let found = of_kind.iter().filter(|(_, a, b)| home.contains_key(a) && home.get(a) == home.get(b)).count();
        let recall = found as f64 / of_kind.len() as f64;
        writeln!(table, "{name:<27} {:>6} {found:>9} {recall:>8.4}", of_kind.len())?;
        all_found += found;
    }
    let recall = all_found as f64 / made.len() as f64;
    let below = if recall < RECALL { "  BELOW" } else { "" };
    writeln!(table, "{:<27} {:>6} {all_found:>9} {recall:>8.4}{below}", "all", made.len())?;
    let mixed: usize = all.iter().filter(|group| group.len() > 2).map(|group| group.len() - 2).sum();
    let verdict = if mixed > 0 { "BELOW" } else { "none" };
    let per = took.as_secs_f64() * 1e6 / (2 * made.len()) as f64;
    let speed = bytes as f64 / 1e6 / took.as_secs_f64();
    writeln!(
        table,
        "texts in a group that is not theirs: {mixed} ({verdict}); {per:.0} µs a text, {speed:.0} MB/s; all gathered in {:.0} ms\n",
        gathering.as_secs_f64() * 1e3
    )?;
    Ok(table)
}

fn without_paragraph(title: &str, text: &str, number: usize) -> String {
    let paragraphs: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let dropped = number % paragraphs.len();
    let kept = paragraphs.iter().enumerate().filter(|(at, _)| *at != dropped).map(|(_, line)| *line);
    format!("{title}\n\n{}", kept.collect::<Vec<_>>().join("\n\n"))
}

fn with_other_words(title: &str, text: &str, number: usize) -> String {
    let mut words: Vec<&str> = text.split(' ').collect();
    let step = 100;
    for at in (number % step..words.len()).step_by(step) {
        words[at] = "autrement";
    }
    format!("{title}\n\n{}", words.join(" "))
}

fn with_headline(_: &str, text: &str, number: usize) -> String {
    format!("Un tout autre titre inventé, numéro {number}\n\n{text}")
}
