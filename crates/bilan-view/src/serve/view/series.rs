//! Shows lines in time.
//!
//! In: a subject. Out: the picture, and behind it the table of every figure with how it follows the one before.

use super::super::asked::{Asked, Made, NoPage};
use super::super::page::{Forms, Link, PointRow, SeriesPage, SeriesSection, coverage};
use super::compare::{choose, drawn, picks, texts, written};
use crate::answer::{self, Point, Series, SeriesLine, Which};
use crate::chart::{self, Scales};
use askama::Template;

/// So many figures have a row; all are in the files.
const ROWS: usize = 600;

/// The page.
pub fn series(asked: &Asked) -> Result<Made, NoPage> {
    let (labels, frame) = (asked.labels, asked.frame());
    let one = scales(asked) == Scales::One;
    let other = asked.query.iter().filter(|(name, _)| name != "scale" && name != "lang").cloned();
    let wish = if one { String::new() } else { "one".to_owned() };
    let other: Vec<_> = other.chain([("scale".to_owned(), wish)]).collect();
    let other = Link {
        words: labels.say(if one { "own_scales" } else { "one_scale" }).to_owned(),
        href: frame.link(&super::super::asked::query("/series", other.iter())),
        note: String::new(),
    };
    let picks = picks(asked)?;
    let forms = Forms::of(asked, "/series", &["svg", "png", "csv", "json"]);
    if let Some(subjects) = choose(asked, "/series")? {
        let counted = answer::Coverage::of(asked.ledger)?;
        let page = SeriesPage {
            subjects,
            chart: String::new(),
            sections: vec![],
            left_out: None,
            coverage: coverage(labels, &counted),
            picks,
            forms,
            other,
            frame,
        };
        return Ok(Made::html(page.render()?));
    }
    let found = answer::series_shown(asked.ledger, &wanted(asked)?, ROWS)?;
    let picture = chart::series(&found, labels, scales(asked), &asked.caption(&found.coverage)?);
    let mut room = ROWS;
    let mut sections = Vec::new();
    for line in &found.lines {
        let rows: Vec<PointRow> = line.points.iter().take(room).map(|point| row(asked, line, point)).collect();
        room -= rows.len();
        if !rows.is_empty() {
            sections.push(SeriesSection {
                heading: labels.line(&line.line),
                speaker: labels.speaker(&line.line),
                rows,
            });
        }
    }
    let all: usize = found.lines.iter().map(|line| line.points.len()).sum();
    let page = SeriesPage {
        subjects: vec![],
        chart: if all == 0 { String::new() } else { picture.inline() },
        sections,
        left_out: (all > ROWS).then(|| labels.fill("rows_left_out", &[("n", &labels.number((all - ROWS) as u64))])),
        coverage: coverage(labels, &found.coverage),
        picks,
        forms,
        other,
        frame,
    };
    Ok(Made::html(page.render()?))
}

/// The same as a picture or a table.
pub fn series_file(asked: &Asked) -> Result<Made, NoPage> {
    match asked.name.as_str() {
        "svg" | "png" => {
            let found = answer::series_shown(asked.ledger, &wanted(asked)?, 0)?;
            let picture = chart::series(&found, asked.labels, scales(asked), &asked.caption(&found.coverage)?);
            drawn(&picture, &asked.name, "bilan-series")
        }
        // Rows have no place for arithmetic.
        form @ ("csv" | "jsonl") => {
            written(&answer::series_shown(asked.ledger, &wanted(asked)?, usize::MAX)?, form, "bilan-series")
        }
        form => written(&answered(asked)?, form, "bilan-series"),
    }
}

/// The answer that the query asks for, whole.
pub fn answered(asked: &Asked) -> Result<Series, NoPage> {
    Ok(answer::series(asked.ledger, &wanted(asked)?)?)
}

/// The claims that the query asks for, unless they are too many to follow.
fn wanted(asked: &Asked) -> Result<Which, NoPage> {
    let which = asked.which()?;
    // Who retells may be another voice, and in another word: both are read.
    let mut read = which.clone();
    (read.filter.claimant, read.filter.outcome) = (None, None);
    super::compare::narrow_enough(asked, &read)?;
    Ok(which)
}

fn scales(asked: &Asked) -> Scales {
    if asked.get("scale") == "one" { Scales::One } else { Scales::Own }
}

fn row(asked: &Asked, line: &SeriesLine, point: &Point) -> PointRow {
    let (labels, told) = (asked.labels, &point.told);
    PointRow {
        as_of: labels.as_of(told),
        value: labels.spoken(&told.value),
        href: told.appearances.first().map(|at| asked.frame().link(&format!("/statement/{}?n={}", at.figure, at.n))),
        notes: notes(asked, line, point),
        fell: point.change.as_ref().is_some_and(|change| change.relation == "lowers"),
        texts: texts(labels, told),
        contested: told.contested.iter().map(|contest| labels.contest(contest)).collect(),
    }
}

/// How a figure follows the one before, why it stands beside the count, and what it tells again.
pub fn notes(asked: &Asked, line: &SeriesLine, point: &Point) -> Vec<String> {
    let labels = asked.labels;
    let short = |told: &answer::Told| format!("{} ({})", labels.value(&told.value), labels.as_of(told));
    let mut notes = vec![];
    if let Some(change) = &point.change {
        let from = line.points.get(change.from).map(|from| short(&from.told)).unwrap_or_default();
        let mut words = format!("{} {from}", labels.relation(change.relation, None, change.by));
        if change.gap {
            words.push_str(&labels.fill("after_gap", &[("n", &labels.number(change.days.unsigned_abs()))]));
        }
        if change.jump {
            words.push_str(labels.say("a_jump"));
        }
        notes.push(words);
    }
    if let Some(beside) = &point.beside {
        let mut words = labels
            .say(match beside.because {
                "undated" => "beside_undated",
                "hedged" => "beside_hedged",
                "late" => "beside_late",
                _ => "beside_same_day",
            })
            .to_owned();
        if let Some(of) = beside.of.and_then(|of| line.points.get(of)) {
            words.push_str(&format!(": {}", short(&of.told)));
        }
        notes.push(words);
    }
    for told in &point.retells {
        let day = told.first.map_or_else(|| labels.say("undated").to_owned(), |day| labels.date(&day));
        let what = format!("{} ({}, {day})", labels.value(&told.value), labels.teller(told));
        notes.push(format!("{} {what}", labels.relation(told.relation, told.words.as_ref(), None)));
    }
    notes
}
