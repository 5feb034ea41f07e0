//! Tells every story of `tests/stories` through a ledger: what it kept must give the same history.
//!
//! In: the pages. Out: a failure that names the page and the first line that differs from the engine's own answer.
//!
//! A reading comes back from its rows: a date without a year, an empty side, a denial by the reporter that is lost on
//! the way would show here as another history.

#[path = "../../bilan/tests/stories/story.rs"]
mod story;

use bilan::document::{Document, id};
use bilan::history::{Appearance, Incident, Key, Voice, answer, mark};
use bilan::{Claim, Reading};
use bilan_ledger::{AddOptions, Filter, Ledger, Row};
use std::collections::BTreeMap;
use std::path::Path;
use story::{Question, Told, retell, stories};

#[test]
fn every_story_is_told_alike_by_a_ledger() {
    let kinds = story::kinds();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/stories");
    let pages = stories(&folder).unwrap();
    assert!(!pages.is_empty(), "{} holds no story", folder.display());
    let mut failures = Vec::new();
    for path in pages {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let page = std::fs::read_to_string(&path).unwrap();
        let retold = retell(&page, |told, question| {
            let kept = keep(told, question);
            answer(&kept, &kinds, question.on, question.known, &question.settings)
        });
        let retold = retold.unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut lines = page.lines().chain([""]).zip(retold.lines().chain([""])).enumerate();
        if let Some((at, (expected, told))) = lines.find(|(_, (expected, told))| expected != told) {
            failures.push(format!("{name}:{}\n  expected: {expected}\n  told:     {told}", at + 1));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Adds each document of the story in its order, and asks the ledger for all claims that it knew by then. The story
/// has its own short names for texts and numbers for entries: they are put back.
fn keep(told: &[Told], question: &Question) -> Vec<Appearance> {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(folder.path().join("bilan.db")).unwrap();
    let mut documents: BTreeMap<u64, Vec<&Told>> = BTreeMap::new();
    told.iter().for_each(|told| documents.entry(told.entry).or_default().push(told));
    let (mut texts, mut entries) = (BTreeMap::new(), BTreeMap::new());
    let mut known = None;
    for (entry, claims) in documents {
        let reading = reading(&claims);
        let options = AddOptions::at("2032-01-01T00:00:00Z".parse().unwrap());
        let added = ledger.add(std::slice::from_ref(&reading), &options).unwrap();
        assert_eq!((added.readings, &added.unfit[..]), (1, &[][..]));
        let head = ledger.head().unwrap().unwrap().entry;
        texts.insert(reading.document.text_hash, claims[0].text.clone());
        entries.insert(head, entry);
        known = known.or(question.known.filter(|known| *known == entry).map(|_| head));
    }
    assert_eq!(ledger.fsck(None).unwrap().wrong, None);
    let filter = Filter { known, ..Filter::default() };
    let mut kept = ledger.appearances(&filter).unwrap();
    kept.sort_by_key(|told| told.id);
    let rows: Vec<Appearance> = ledger.claims(&filter).unwrap().iter().map(Row::appearance).collect();
    assert_eq!(kept, rows, "the lines tell another thing than the entries");
    kept.into_iter().map(|told| Appearance { entry: entries[&told.entry], ..renamed(told, &texts) }).collect()
}

/// With the story's names of texts.
fn renamed(told: Appearance, texts: &BTreeMap<String, String>) -> Appearance {
    let mut key = Key::clone(&told.key);
    for name in [
        match &mut key.voice {
            Voice::Text(name) => Some(name),
            _ => None,
        },
        match &mut key.incident {
            Some(Incident::Untold(name)) => Some(name),
            _ => None,
        },
    ]
    .into_iter()
    .flatten()
    {
        *name = texts[name].clone();
    }
    let text = texts.iter().find(|(hash, _)| mark(hash) == told.text).map(|(_, name)| mark(name)).unwrap();
    Appearance { key: key.into(), text, ..told }
}

/// INVENTED. A text long enough for the places of its claims; reprints have the same.
fn reading(claims: &[&Told]) -> Reading {
    let first = claims[0];
    let text = format!("INVENTED {} {}", first.text, "0123456789".repeat(100));
    let hash = id::of("bilan/document/1", &[first.document.as_bytes(), text.as_bytes()]);
    Reading {
        document: Document {
            id: first.document.clone(),
            hash,
            text_hash: id::of("bilan/text/1", &[text.as_bytes()]),
            text,
            title: 0,
            url: None,
            outlet: first.outlet.clone(),
            lang: Some("fr".into()),
            published: first.published,
            boilerplate: vec![],
            remarks: vec![],
        },
        reader: "reader-1".into(),
        claims: claims.iter().map(|told| told.claim.clone()).collect::<Vec<Claim>>(),
        refusals: vec![],
        remarks: vec![],
    }
}
