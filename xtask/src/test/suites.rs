//! Scores the figures and dates we read against other projects' test cases.
//!
//! In: `suites/*.jsonl` and `suites/score.py` of the shared folder. Out: a line of scores for each suite and language.
//!
//! Those cases look forward ("lundi" is the next Monday) where news looks back, so `dev mentions` is asked to look
//! forward; their authors disagree with one another, so no suite can be whole: the floors only stop us from sliding.
//! For one of them "du 4 au 23" ends on the 22nd, so dates are read both ways.

use crate::checkout::{Checkout, output, shown};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// The least recall allowed, by file, by `--ends` and by the project that the cases come from. Raise it with the work that
/// earns it.
const FLOORS: &[(&str, &str, &str, f64)] = &[
    ("dates-fr", "in", "duckling", 0.82),
    // Almost half of these answers count from another day than the one given with the case: see `DESIGN.md`.
    ("dates-fr", "in", "recognizers", 0.38),
    ("dates-fr", "out", "recognizers", 0.50),
    ("numbers-fr", "in", "duckling", 0.97),
    ("numbers-fr", "in", "recognizers", 0.95),
    ("ranges-fr", "in", "recognizers", 0.97),
];

/// Scores every suite whose language has a pack.
pub fn run(at: &Checkout) -> Result<()> {
    let suites = at.shared.join("suites");
    let place = at.target.join("suites");
    fs::create_dir_all(&place).with_context(|| format!("{}: cannot be made", place.display()))?;
    let (mut scored, mut below) = (0, vec![]);
    for suite in files(&suites)? {
        let (stem, lang) = suite.rsplit_once('-').unwrap_or((&suite, ""));
        if !at.root.join("packs").join(lang).is_dir() {
            eprintln!("NOT RUN {stem}-{lang}: there is no pack for it");
            continue;
        }
        let conventions: &[&str] = if stem == "dates" { &["in", "out"] } else { &["in"] };
        for &ends in conventions {
            for (project, recall, line) in score(at, &suites, &suite, &place, ends)? {
                println!("{suite}, ends {ends}: {line}");
                scored += 1;
                let floor = FLOORS.iter().find(|(s, e, p, _)| (*s, *e, *p) == (&suite, ends, &project));
                let floor = floor.map_or(0.0, |(.., floor)| *floor);
                if recall < floor {
                    below.push(format!("{suite}, ends {ends}, {project}: recall {recall} is under its floor {floor}"));
                }
            }
        }
    }
    if scored == 0 {
        bail!("{}: no suite was scored; is there a pack for any of their languages?", suites.display());
    }
    if !below.is_empty() {
        bail!("{}", below.join("; "));
    }
    Ok(())
}

/// Suites by name, as `numbers-fr`; free text without gold is none.
fn files(folder: &Path) -> Result<Vec<String>> {
    let mut names = vec![];
    for entry in fs::read_dir(folder).with_context(|| format!("{}: cannot be listed", folder.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if let Some(stem) = name.strip_suffix(".jsonl")
            && ["numbers-", "ranges-", "dates-"].iter().any(|kind| stem.starts_with(kind))
        {
            names.push(stem.to_string());
        }
    }
    names.sort();
    Ok(names)
}

fn score(at: &Checkout, suites: &Path, suite: &str, place: &Path, ends: &str) -> Result<Vec<(String, f64, String)>> {
    let script = suites.join("score.py").display().to_string();
    let gold = suites.join(format!("{suite}.jsonl")).display().to_string();
    let docs = place.join(format!("{suite}.docs.jsonl"));
    let mentions = place.join(format!("{suite}.mentions.jsonl"));

    keep(&docs, &output(&mut at.command("python3", &[&script, "docs", &gold]))?)?;
    let (docs, found) = (docs.display().to_string(), mentions.display().to_string());
    let read = ["run", "--quiet", "--package", "bilan-cli", "--", "dev", "mentions", &docs];
    keep(
        &mentions,
        &output(&mut at.cargo(&[&read[..], &["--format", "jsonl", "--look", "forward", "--ends", ends]].concat()))?,
    )?;
    let mut command = at.command("python3", &[&script, "score", &gold, &found]);
    scores(&output(&mut command)?).with_context(|| shown(&command))
}

fn keep(file: &Path, text: &str) -> Result<()> {
    fs::write(file, text).with_context(|| format!("{}: cannot be written", file.display()))
}

/// The scorer prints an object for each project that the cases come from.
fn scores(printed: &str) -> Result<Vec<(String, f64, String)>> {
    let mut rows = vec![];
    for line in printed.lines() {
        let row: serde_json::Value = serde_json::from_str(line).with_context(|| format!("not a score: {line}"))?;
        let (Some(project), Some(recall)) = (row["suite"].as_str(), row["recall"].as_f64()) else {
            bail!("a score without suite or recall: {line}");
        };
        rows.push((project.to_string(), recall, line.to_string()));
    }
    if rows.is_empty() {
        bail!("the scorer printed nothing");
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_scorer_and_refuses_silence() {
        let rows =
            scores("{\"suite\": \"duckling\", \"gold\": 9, \"found\": 8, \"recall\": 0.8889}\n").expect("a score");
        assert_eq!((rows[0].0.as_str(), rows[0].1), ("duckling", 0.8889));
        assert!(scores("").is_err());
        assert!(scores("Traceback (most recent call last):").is_err());
    }
}
