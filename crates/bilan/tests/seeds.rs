//! Reads the two real reports that the project was begun for: every claim, every judged field, nothing beside them.
//!
//! In: `$BILAN_SHARED/seeds`, or `shared/seeds` beside the checkout. Out: each claim that is wrong, missed or extra.
//!
//! They are not ours to ship: where they are absent, that is said loudly.

#[path = "golden/mod.rs"]
mod golden;
#[path = "reading/mod.rs"]
#[allow(dead_code, reason = "shared by tests that take different parts of it")]
mod reading;

use bilan::document::{self, Given};
use golden::Golden;
use reading::READER;
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};

fn seeds() -> Option<PathBuf> {
    let shared = std::env::var_os("BILAN_SHARED").map(PathBuf::from).into_iter();
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("shared"));
    shared.chain(beside).map(|shared| shared.join("seeds")).find(|seeds| seeds.join("gold.jsonl").is_file())
}

#[test]
fn every_claim_of_the_seeds_is_read_right() {
    let Some(seeds) = seeds() else {
        // Past the harness, which swallows what a passing test prints.
        let why = "seeds: NOT RUN: no folder shared/seeds beside the project, and none in BILAN_SHARED";
        writeln!(std::io::stderr(), "{why}").unwrap();
        return;
    };
    let gold = std::fs::read_to_string(seeds.join("gold.jsonl")).unwrap();
    let mut wrong = vec![];
    for line in gold.lines() {
        let marked: Value = serde_json::from_str(line).unwrap();
        let file = marked["file"].as_str().unwrap();
        let bytes = std::fs::read(seeds.join(file)).unwrap();
        let word = |key: &str| marked[key].as_str().map(str::to_owned);
        let published = word("published").map(|day| day.parse().unwrap());
        let given = Given { lang: word("lang"), published, ..Given::default() };
        let document = document::open(file, &bytes[..], &given).next().unwrap().unwrap();
        let golden = Golden::new(&marked, str::from_utf8(&bytes).unwrap(), &document.text).unwrap();
        let judged = golden.judge(&READER.read(document));
        if !judged.is_perfect() {
            wrong.push(format!("{file}: {} of {} right\n{}", judged.every, judged.marked, judged.lines.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
