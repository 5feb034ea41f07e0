//! Shows who says how many, at a date: the first page, and the reason to come.
//!
//! In: a day, "known to us on", a subject. Out: claimants grouped by measure, and what may not be set beside them.
//!
//! A ledger of a million claims has hundreds of subjects; nobody reads them all at once. Without a choice such a ledger
//! shows its subjects to choose from.

use super::super::asked::{Asked, Made, NoPage};
use super::super::page::{
    Choice, ComparePage, FigureRow, Forms, GroupSection, Link, Pick, SectionKind, SubjectSection, coverage, line_of,
};
use crate::answer::{self, Answer, Compare, Figure, Group, Which};
use crate::chart;
use crate::label::Labels;
use crate::row::Format;
use askama::Template;
use axum::http::StatusCode;
use bilan::claim::Date;
use bilan::history::{self, Settings};
use jiff::civil;
use std::collections::BTreeMap;

/// With more claims than these a subject has to be chosen.
pub const MANY: u64 = 3_000;

/// So many figures have a row; all are in the files.
const ROWS: usize = 120;

/// So many without a choice of subject: a first page is for seeing what there is.
const FIRST: usize = 30;

/// So many subjects can be chosen from.
const SUBJECTS: usize = 60;

/// The page.
pub fn compare(asked: &Asked) -> Result<Made, NoPage> {
    let labels = asked.labels;
    let frame = asked.frame();
    let picks = picks(asked)?;
    let forms = Forms::of(asked, "/compare", &["svg", "png", "csv", "json"]);
    if let Some(subjects) = choose(asked, "/")? {
        let counted = answer::Coverage::of(asked.ledger)?;
        let page = ComparePage {
            on: asked.get("on").to_owned(),
            known: asked.get("known").to_owned(),
            within: asked.get("within").to_owned(),
            title: labels.say("choose_subject").to_owned(),
            too_many: true,
            later: None,
            subjects,
            sections: vec![],
            chart: String::new(),
            notes: vec![],
            left_out: None,
            coverage: coverage(labels, &counted),
            picks,
            forms,
            frame,
        };
        return Ok(Made::html(page.render()?));
    }
    let found = answered(asked)?;
    let picture = chart::compare(&found, labels, &asked.caption(&found.coverage)?);
    let most = if chosen(asked) { ROWS } else { FIRST };
    let mut room = most;
    // First where most voices speak, each event after the war or disaster it belongs to, the untold last.
    let mut subjects: Vec<&answer::Subject> = found.subjects.iter().collect();
    let voices = |subject: &answer::Subject| subject.groups.iter().map(|group| group.figures.len()).sum::<usize>();
    subjects.sort_by_key(|subject| (subject.side.is_none(), subject.event, std::cmp::Reverse(voices(subject))));
    let sections: Vec<SubjectSection> =
        subjects.iter().map(|subject| section(asked, subject, &mut room)).collect::<Result<_, _>>()?;
    let figures: usize = subjects.iter().map(|subject| voices(subject)).sum();
    let mut notes = vec![labels.fill("compare_below", &[("days", &labels.number(found.within.unsigned_abs()))])];
    if let Some(outcome) = &found.read_losses_as {
        notes.push(labels.fill("read_losses_as", &[("outcome", &labels.kind("outcome", outcome))]));
    }
    if found.undecided > 0 {
        notes.push(labels.fill("undecided", &[("n", &labels.number(found.undecided as u64))]));
    }
    let page = ComparePage {
        on: found.on.to_string(),
        known: asked.get("known").to_owned(),
        within: found.within.to_string(),
        title: labels.fill("who_says", &[("day", &labels.date(&found.on))]),
        too_many: false,
        subjects: if chosen(asked) { vec![] } else { found_links(asked, &subjects) },
        later: later(asked, &found)?,
        sections: sections.into_iter().filter(|section| !section.groups.is_empty()).collect(),
        chart: if figures == 0 { String::new() } else { picture.inline() },
        notes,
        left_out: (figures > most)
            .then(|| labels.fill("rows_left_out", &[("n", &labels.number((figures - most) as u64))])),
        coverage: coverage(labels, &found.coverage),
        picks,
        forms,
        frame,
    };
    Ok(Made::html(page.render()?))
}

/// The same as a picture or a table.
pub fn compare_file(asked: &Asked) -> Result<Made, NoPage> {
    let found = answered(asked)?;
    let name = format!("bilan-compare-{}", found.on);
    match asked.name.as_str() {
        "svg" | "png" => {
            let picture = chart::compare(&found, asked.labels, &asked.caption(&found.coverage)?);
            drawn(&picture, &asked.name, &name)
        }
        form => written(&found, form, &name),
    }
}

/// The answer that the query asks for.
pub fn answered(asked: &Asked) -> Result<Compare, NoPage> {
    let (on, known, settings) = when(asked)?;
    let which = asked.which()?;
    narrow_enough(asked, &which)?;
    Ok(answer::compare(asked.ledger, &which, on, known, &settings)?)
}

/// History of more claims than these is for the command: here it would take the memory of all other readers.
const MOST: usize = 300_000;

/// Refuses a question about nearly everything in a ledger of a million claims.
pub fn narrow_enough(asked: &Asked, which: &Which) -> Result<(), NoPage> {
    match asked.ledger.are_few(&which.filter, MOST)? {
        true => Ok(()),
        false => Err(NoPage(StatusCode::BAD_REQUEST, "too_broad", asked.labels.number(MOST as u64))),
    }
}

/// The day, what the ledger knew, and what the reader chose.
pub fn when(asked: &Asked) -> Result<(civil::Date, Option<u64>, Settings), NoPage> {
    let on = asked.day("on")?.unwrap_or_else(|| asked.today());
    let known = match asked.day("known")? {
        Some(day) => answer::known(asked.ledger, day, (asked.room.options.now)().time_zone())?,
        None => None,
    };
    let mut settings = Settings::default();
    if let Some(days) = asked.number::<u16>("within")? {
        settings.tolerance_days = i64::from(days);
    }
    settings.read_losses_as = Some(asked.get("read_losses_as").to_owned()).filter(|word| !word.is_empty());
    Ok((on, known, settings))
}

/// The subjects to choose from, in a ledger too large to show whole.
pub fn choose(asked: &Asked, path: &str) -> Result<Option<Vec<Link>>, NoPage> {
    let all = asked.ledger.size()?;
    if all <= MANY || (chosen(asked) && asked.ledger.are_few(&asked.which()?.filter, MOST)?) {
        return Ok(None);
    }
    links(asked, path).map(Some)
}

/// A subject was chosen.
fn chosen(asked: &Asked) -> bool {
    ["side", "counted", "claimant", "document", "words", "place"].iter().any(|name| !asked.get(name).is_empty())
}

/// Subjects, those with the most claims first.
fn links(asked: &Asked, path: &str) -> Result<Vec<Link>, NoPage> {
    let link = |subject: &bilan_ledger::Subject| {
        let lines = (if subject.lines == 1 { "one_line" } else { "lines" }, subject.lines);
        subject_link(asked, path, subject.side.as_deref(), &subject.counted, lines)
    };
    Ok(asked.ledger.subjects()?.iter().filter(|subject| subject.side.is_some()).take(SUBJECTS).map(link).collect())
}

fn subject_link(asked: &Asked, path: &str, side: Option<&str>, counted: &str, (key, n): (&str, u64)) -> Link {
    let labels = asked.labels;
    let mut address = vec![("counted".to_owned(), counted.to_owned())];
    address.extend(side.map(|side| ("side".to_owned(), side.to_owned())));
    for name in ["on", "known", "within", "read_losses_as", "outcome"] {
        address.push((name.to_owned(), asked.get(name).to_owned()));
    }
    let what = labels.kind("counted", counted);
    Link {
        words: labels.fill("whose_what", &[("whose", &labels.side(side)), ("what", &what)]),
        href: asked.frame().link(&super::super::asked::query(path, address.iter())),
        note: labels.fill(key, &[("n", &labels.number(n))]),
    }
}

/// The subjects of which somebody gives a figure by that day, those with the most first.
fn found_links(asked: &Asked, subjects: &[&answer::Subject]) -> Vec<Link> {
    let mut figures: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for subject in subjects {
        if let Some(side) = &subject.side {
            *figures.entry((side, &subject.counted)).or_default() +=
                subject.groups.iter().map(|group| group.figures.len()).sum::<usize>();
        }
    }
    let mut figures: Vec<_> = figures.into_iter().collect();
    figures.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let link = |((side, counted), n): ((&str, &str), usize)| {
        subject_link(asked, "/", Some(side), counted, (if n == 1 { "one_figure" } else { "figures" }, n as u64))
    };
    figures.into_iter().take(SUBJECTS).map(link).collect()
}

/// Where nothing counts by the day that is shown, the last day as of which something does.
fn later(asked: &Asked, found: &Compare) -> Result<Option<Link>, NoPage> {
    if !found.subjects.is_empty() {
        return Ok(None);
    }
    let which = asked.which()?;
    let told = asked.ledger.appearances(&which.filter)?;
    let days = told.iter().filter_map(|told| history::as_of_days(told).last);
    let Some(day) = days.filter(|day| Date::day(*day) != found.on).max() else { return Ok(None) };
    let same = asked.query.iter().filter(|(name, _)| name != "on" && name != "lang").cloned();
    let address: Vec<_> = same.chain([("on".to_owned(), day.to_string())]).collect();
    Ok(Some(Link {
        words: asked.labels.fill("who_says", &[("day", &asked.labels.date(&Date::day(day)))]),
        href: asked.frame().link(&super::super::asked::query("/", address.iter())),
        note: String::new(),
    }))
}

/// What the forms of both views let one choose.
pub fn picks(asked: &Asked) -> Result<Pick, NoPage> {
    let labels = asked.labels;
    let kinds = |field: &str| -> Vec<Choice> {
        let choice = |(key, label): (String, String)| Choice { chosen: key == asked.get(field), key, label };
        labels.kinds(field).into_iter().map(choice).collect()
    };
    let mut sides: Vec<Choice> = Vec::new();
    for subject in asked.ledger.subjects()? {
        if let Some(side) = subject.side.filter(|side| sides.iter().all(|choice| choice.key != *side)) {
            sides.push(Choice { chosen: side == asked.get("side"), label: labels.side(Some(&side)), key: side });
        }
    }
    sides.truncate(200);
    if sides.iter().all(|choice| !choice.chosen) && !asked.get("side").is_empty() {
        let side = asked.get("side").to_owned();
        sides.push(Choice { chosen: true, label: labels.side(Some(&side)), key: side });
    }
    sides.sort_by(|a, b| a.label.cmp(&b.label));
    let read = ["killed", "casualties", "destroyed"].map(|key| Choice {
        key: key.to_owned(),
        label: labels.kind("outcome", key),
        chosen: asked.get("read_losses_as") == key,
    });
    let any = ["side", "outcome", "counted", "claimant", "place", "words", "known", "read_losses_as"];
    Ok(Pick {
        sides,
        outcome: kinds("outcome"),
        counted: kinds("counted"),
        claimant: asked.get("claimant").to_owned(),
        place: asked.get("place").to_owned(),
        read_losses_as: read.to_vec(),
        any: any.iter().any(|name| !asked.get(name).is_empty()),
    })
}

fn section(asked: &Asked, subject: &answer::Subject, room: &mut usize) -> Result<SubjectSection, NoPage> {
    let labels = asked.labels;
    let mut groups = Vec::new();
    for group in &subject.groups {
        if *room == 0 {
            break;
        }
        let figures = group.figures.iter().enumerate().take(*room);
        let rows = figures.map(|(at, figure)| row(asked, group, at, figure)).collect::<Result<Vec<_>, _>>()?;
        *room -= rows.len();
        let reasons = group.apart.iter().map(|apart| apart.reason);
        let kind = if reasons.clone().any(|reason| reason == "only_if_read_as") {
            SectionKind::Open
        } else if reasons.clone().any(|reason| reason == "too_old") {
            SectionKind::Old
        } else {
            SectionKind::Plain
        };
        let mut apart: Vec<String> = group.apart.iter().map(|apart| labels.apart(apart)).collect();
        apart.dedup();
        apart.truncate(3);
        let name = |at: usize| {
            let statement = &group.figures[at].statement;
            format!("{} ({})", labels.value(&statement.told.value), labels.speaker(&statement.line))
        };
        let names = |all: &[usize]| {
            let mut names: Vec<String> = all.iter().map(|at| name(*at)).collect();
            names.dedup();
            names.join(", ")
        };
        let range = group.range.as_ref().map(|range| {
            labels.fill("range_of_claims", &[("low", &names(&range.lowest)), ("high", &names(&range.highest))])
        });
        let contradictions = group.contradictions.iter().take(6);
        let contradictions =
            contradictions.map(|(a, b)| labels.fill("cannot_both", &[("a", &name(*a)), ("b", &name(*b))])).collect();
        let tail = labels.group_tail(subject, group);
        groups.push(GroupSection {
            heading: format!("{} · {tail}", labels.kind("outcome", &group.outcome)),
            terms: vec![(group.outcome.clone(), labels.kind("outcome", &group.outcome))],
            kind,
            apart,
            range,
            contradictions,
            rows,
        });
    }
    // Comparable figures first, then what a choice could make comparable, then what is too old.
    groups.sort_by_key(|group| group.kind);
    let mut address = vec![("counted".to_owned(), subject.counted.clone())];
    address.extend(subject.side.clone().map(|side| ("side".to_owned(), side)));
    Ok(SubjectSection {
        heading: labels.fill(
            "whose_what",
            &[("whose", &labels.side(subject.side.as_deref())), ("what", &labels.kind("counted", &subject.counted))],
        ),
        in_time: asked.frame().link(&super::super::asked::query("/series", address.iter())),
        groups,
    })
}

fn row(asked: &Asked, group: &Group, at: usize, figure: &Figure) -> Result<FigureRow, NoPage> {
    let labels = asked.labels;
    let (line, told) = (&figure.statement.line, &figure.statement.told);
    let first = told.appearances.first();
    let kept = match first {
        Some(place) => asked.ledger.claim(&place.figure, place.n)?,
        None => None,
    };
    let mut notes = vec![];
    if line.outcome != group.outcome {
        notes.push(labels.fill("said_as", &[("outcome", &labels.kind("outcome", &line.outcome))]));
    }
    if let Some(rewords) = &figure.rewords {
        let words =
            [("value", &*labels.value(&rewords.value)), ("outcome", &*labels.kind("outcome", &rewords.outcome))];
        notes.push(labels.fill("may_reword", &words));
    }
    if let Some(whole) = &figure.part {
        notes.push(labels.fill("may_be_part", &[("value", &labels.value(whole))]));
    }
    let both = |ends: &[usize]| ends.contains(&at);
    if let Some(range) = &group.range {
        notes.extend(both(&range.lowest).then(|| labels.say("lowest").to_owned()));
        notes.extend(both(&range.highest).then(|| labels.say("highest").to_owned()));
    }
    Ok(FigureRow {
        speaker: labels.speaker(line),
        party: line.claimant.as_deref().map(super::super::page::brief),
        who: told.who.as_deref().map(|words| labels.quoted(&super::super::page::brief(words))),
        href: first.map(|place| asked.frame().link(&format!("/statement/{}?n={}", place.figure, place.n))),
        line: kept.as_ref().map(|kept| line_of(labels, kept)),
        value: labels.spoken(&told.value),
        as_of: labels.as_of(told),
        age: labels.age(figure.age),
        texts: texts(labels, told),
        contested: told.contested.iter().map(|contest| labels.contest(contest)).collect(),
        notes,
    })
}

/// "4 texts, 3 different, 1 translated".
pub fn texts(labels: &Labels, told: &answer::Told) -> String {
    let n = |n: usize| labels.number(n as u64);
    let mut words = match told.texts {
        1 => labels.say("one_text").to_owned(),
        texts => labels.fill("texts", &[("n", &n(texts)), ("different", &n(told.different_texts))]),
    };
    if told.translated > 0 {
        words.push_str(", ");
        words.push_str(&labels.fill("n_translated", &[("n", &n(told.translated))]));
    }
    words
}

/// A picture as a file.
pub fn drawn(picture: &chart::Chart, form: &str, name: &str) -> Result<Made, NoPage> {
    let file = Some(format!("{name}.{form}"));
    match form {
        "svg" => Ok(Made { kind: "image/svg+xml", file, bytes: picture.svg().into_bytes() }),
        _ => {
            let bytes = picture.png(2.0);
            let bytes =
                bytes.map_err(|error| NoPage(StatusCode::INTERNAL_SERVER_ERROR, "failed", error.to_string()))?;
            Ok(Made { kind: "image/png", file, bytes })
        }
    }
}

/// An answer as a file.
pub fn written<A: Answer>(answer: &A, form: &str, name: &str) -> Result<Made, NoPage> {
    let (kind, format) = match form {
        "csv" => ("text/csv; charset=utf-8", Format::Csv),
        "json" => ("application/json", Format::Json),
        "jsonl" => ("application/x-ndjson", Format::Jsonl),
        _ => return Err(NoPage(StatusCode::NOT_FOUND, "not_found", String::new())),
    };
    let bytes = answer::write(answer, Vec::new(), format).map_err(answer::AnswerError::from)?;
    Ok(Made { kind, file: Some(format!("{name}.{form}")), bytes })
}

/// Everything that may be seen.
pub fn all(asked: &Asked) -> Which {
    Which::all(!asked.leave.whole)
}
