//! Tells every story of `tests/stories` through the pure engine, in its own order and in many others.
//!
//! In: the pages. Out: a failure that names the page and the first line that differs. `BILAN_BLESS=1` writes the
//! pages anew.
//!
//! The order of arrival must leave no trace: a ledger that learns of Tuesday before Monday must tell the same history.

#[path = "stories/story.rs"]
mod story;

use bilan::history::{Appearance, Kinds, Papers, answer};
use std::path::{Path, PathBuf};
use story::{Question, Told, retell, stories};

fn pages() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/stories");
    let paths = stories(&folder).unwrap();
    assert!(!paths.is_empty(), "{} holds no story", folder.display());
    paths.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

fn tell(kinds: &Kinds, told: &[Told], question: &Question) -> String {
    let appearances: Vec<Appearance> = told.iter().map(appearance).collect();
    answer(&appearances, kinds, question.on, question.known, &question.settings)
}

fn appearance(told: &Told) -> Appearance {
    let papers = Papers {
        document: &told.document,
        text: &told.text,
        outlet: told.outlet.as_deref(),
        published: told.published,
    };
    Appearance::of(0, told.entry, &told.claim, papers)
}

#[test]
fn every_story_is_told_as_written() {
    let kinds = story::kinds();
    let bless = std::env::var_os("BILAN_BLESS").is_some();
    let mut failures = Vec::new();
    for (path, page) in pages() {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match retell(&page, |told, question| tell(&kinds, told, question)) {
            Err(error) => failures.push(format!("{name}: {error}")),
            Ok(retold) if bless => std::fs::write(&path, retold).unwrap(),
            Ok(retold) => failures.extend(first_difference(&name, &page, &retold)),
        }
        if !page.contains("INVENTED") {
            failures.push(format!("{name}: a story must be marked INVENTED"));
        }
    }
    assert!(failures.is_empty(), "{}\n(BILAN_BLESS=1 writes the pages anew)", failures.join("\n"));
}

#[test]
fn no_order_of_arrival_changes_a_story() {
    let kinds = story::kinds();
    for (path, page) in pages() {
        let name = path.display();
        retell(&page, |told, question| {
            let first = tell(&kinds, told, question);
            for seed in 1..=40 {
                assert_eq!(tell(&kinds, &shuffled(told, seed), question), first, "{name}: order {seed}");
            }
            first
        })
        .unwrap();
    }
}

/// All stories at once, twice over: nothing is lost, nothing is told twice, no order shows.
#[test]
fn a_ledger_of_all_stories_holds_every_claim_once() {
    let kinds = story::kinds();
    let mut all: Vec<Told> = Vec::new();
    for (at, (_, page)) in pages().into_iter().enumerate() {
        let mut last = Vec::new();
        retell(&page, |told, _| {
            last = told.to_vec();
            String::new()
        })
        .unwrap();
        for told in &mut last {
            told.document = format!("{at}-{}", told.document);
            told.text = format!("{at}-{}", told.text);
        }
        all.extend(last);
    }
    let count = |all: &[Told]| -> usize {
        let all: Vec<Appearance> = all.iter().map(appearance).collect();
        let lines = bilan::history::lines(&all, &kinds);
        lines.iter().flat_map(|line| &line.statements).map(|statement| statement.appearances.len()).sum()
    };
    assert_eq!(count(&all), all.len());
    let question = Question { on: Some(jiff::civil::date(2024, 1, 1)), ..Question::default() };
    let (first, compared) = (tell(&kinds, &all, &Question::default()), tell(&kinds, &all, &question));
    for seed in 1..=20 {
        let shuffled = shuffled(&all, seed);
        assert_eq!(tell(&kinds, &shuffled, &Question::default()), first);
        assert_eq!(tell(&kinds, &shuffled, &question), compared);
    }
    let twice = [all.clone(), all].concat();
    assert_eq!(tell(&kinds, &twice, &Question::default()), first, "a claim handed over twice is still one");
}

/// Fisher and Yates, with a small fixed generator: the same seed gives the same order everywhere.
fn shuffled(told: &[Told], seed: u64) -> Vec<Told> {
    let mut told = told.to_vec();
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    for i in (1..told.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        told.swap(i, (state % (i as u64 + 1)) as usize);
    }
    told
}

fn first_difference(name: &str, page: &str, retold: &str) -> Option<String> {
    let mut pairs = page.lines().chain([""]).zip(retold.lines().chain([""])).enumerate();
    let (at, (expected, told)) = pairs.find(|(_, (expected, told))| expected != told)?;
    Some(format!("{name}:{}\n  expected: {expected}\n  told:     {told}", at + 1))
}
