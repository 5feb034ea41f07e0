//! Follows figures through time: `bilan series`.
//!
//! In: filters. Out: each line of two figures or more, by day: what changed, what fell, what was silent, who told it
//! again; then the arithmetic between the figures.
//!
//! A tally of four years has 1,600 rises and 13 falls: shown are the first, the last, and what is no plain rise.

use crate::args::Series;
use crate::table::{Cell, Column, Page, Row, Table};
use crate::text::{plain, wrap};
use crate::{End, row, told};
use anstyle::Style;
use anyhow::Result;
use bilan_ledger::Ledger;
use bilan_view::answer::{self, Point, Retelling, SeriesLine, Sum, Term};
use bilan_view::chart::{self, Scales};
use std::io::Write;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// Lines up to this length are shown whole.
const SHORT: usize = 12;
/// So many retellings of one figure are named.
const NAMED: usize = 2;

const COLUMNS: [Column; 5] = [
    Column::whole("as of"),
    Column::number("value"),
    Column::whole("change"),
    Column::words("what").wide(),
    Column::whole("told by"),
];

/// Follows.
pub fn run(args: Series, page: Page) -> Result<End> {
    let ledger = Ledger::open_read_only(&args.ledger.ledger)?;
    let which = super::which(&ledger, args.filter)?;
    let answer = answer::series(&ledger, &which)?;
    let scales = if args.one_scale { Scales::One } else { Scales::Own };
    let draw = |labels: &_, caption: &_| chart::series(&answer, labels, scales, caption);
    if super::chart::write(&args.chart, &ledger, &answer.coverage, draw)? {
        return Ok(End::Done);
    }
    if let Some(format) = super::wire_format(args.format) {
        return super::answer(&answer, format);
    }
    let mut out = super::stdout();
    let (long, single): (Vec<_>, Vec<_>) = answer.lines.iter().partition(|line| line.points.len() > 1);
    for line in &long {
        out.write_all(shown(line, args.all, page).as_bytes())?;
    }
    for line in answer.sums.iter().flat_map(|sum| wrap(&plain(&arithmetic(sum)), page.width)) {
        writeln!(out, "{line}")?;
    }
    if !answer.sums.is_empty() {
        writeln!(out)?;
    }
    match (long.is_empty(), single.len()) {
        (true, 0) => writeln!(out, "the ledger knows no line in time that fits")?,
        (_, 0) => {}
        (_, n) => writeln!(out, "{} with one figure only: see `bilan compare`", super::many(n, "line", "lines"))?,
    }
    writeln!(out, "{}", answer.coverage)?;
    out.flush()?;
    Ok(End::Done)
}

fn shown(line: &SeriesLine, all: bool, page: Page) -> String {
    let last = line.points.len() - 1;
    let kept = |(at, point): &(usize, &Point)| {
        all || line.points.len() <= SHORT || *at == 0 || *at == last || is_worth_a_row(point)
    };
    let rows: Vec<Row> = line.points.iter().enumerate().filter(kept).map(|(_, point)| figure(line, point)).collect();
    let mut head = told::subject(line.line.side.as_deref(), &line.line.counted, &line.line.outcome);
    head.push_str(&format!(", {}", told::scope(&line.line)));
    if let Some(place) = &line.line.place {
        head.push_str(&format!(", in {place}"));
    }
    if let Some(day) = &line.line.day {
        head.push_str(&format!(", {}", row::date(day)));
    }
    head.push_str(&format!(", says {}", line.line.voice));
    let mut out = String::new();
    for words in wrap(&plain(&head), page.width) {
        out.push_str(&format!("{}\n", page.paint(&words, BOLD)));
    }
    let table = Table::new(&COLUMNS, &rows, Page { width: page.width.saturating_sub(2), ..page });
    out.push_str(&super::compare::indent(&table.head()));
    out.extend(rows.iter().map(|row| super::compare::indent(&table.row(row))));
    let mut closing = super::many(line.points.len(), "figure", "figures");
    for (n, one, more) in [(line.falls, "fall", "falls"), (line.jumps, "jump", "jumps"), (line.gaps, "gap", "gaps")] {
        if n > 0 {
            closing.push_str(&format!(", {}", super::many(n, one, more)));
        }
    }
    if rows.len() < line.points.len() {
        closing.push_str(&format!("; {} rise or stay and are left out (--all)", line.points.len() - rows.len()));
    }
    out.push_str(&format!("  {}\n\n", page.paint(&closing, DIM)));
    out
}

fn is_worth_a_row(point: &Point) -> bool {
    let change = point.change.as_ref();
    change.is_some_and(|change| change.gap || change.jump || change.relation == "lowers")
        || !point.retold.is_empty()
        || point.retells.iter().any(|other| other.relation != "restates")
        || !point.told.contested.is_empty()
        || (change.is_none() && point.beside.as_ref().is_some_and(|beside| beside.because != "hedged"))
}

fn figure(line: &SeriesLine, point: &Point) -> Row {
    let mut what = Vec::new();
    let mut changed = String::new();
    if let Some(change) = &point.change {
        changed = match (change.relation, change.by) {
            ("raises", Some(by)) => format!("+{by}"),
            ("lowers", Some(by)) => format!("-{by}"),
            ("raises", None) => "more".to_owned(),
            ("lowers", None) => "fewer".to_owned(),
            ("restates", _) => "same".to_owned(),
            ("retracts", _) => "taken back".to_owned(),
            _ => "open".to_owned(),
        };
        if change.relation == "lowers" {
            what.push("a fall".to_owned());
        }
        if change.gap {
            what.push(format!("after {} days", change.days));
        }
        if change.jump {
            what.push("a jump".to_owned());
        }
    }
    match point.beside.as_ref().map(|beside| (beside.because, beside.of)) {
        Some(("late", Some(of))) => {
            let earlier = line.points.get(of).and_then(|point| point.told.first);
            what.push(format!("the figure of {}, printed late", told::day(&earlier)));
        }
        Some(("same_day", _)) => what.push("another figure for that day".to_owned()),
        Some(("undated", _)) if line.follows => what.push("no day told".to_owned()),
        _ => {}
    }
    what.extend(point.retells.iter().take(NAMED).map(|other| told_again(other, &line.line.voice)));
    let again = |other: &Retelling| format!("{} it", told_again_by(other, &line.line.voice));
    what.extend(point.retold.iter().take(NAMED).map(again));
    let more = point.retold.len().saturating_sub(NAMED);
    if more > 0 {
        what.push(format!("told again {}", super::many(more, "more time", "more times")));
    }
    for contest in &point.told.contested {
        what.push(format!("{} by {}", contest.how, contest.who.as_deref().unwrap_or(row::REPORTER)));
    }
    let cells = vec![
        Cell::of(told::as_of(&point.told)),
        Cell::of(point.told.value.to_string()).style(BOLD),
        Cell::of(changed),
        Cell::of(what.join("; ")),
        Cell::of(told::texts(&point.told)),
    ];
    Row { cells, under: String::new() }
}

/// "rounds 466 of 2031-05-09 by XA/general-staff".
fn told_again(other: &Retelling, voice: &str) -> String {
    let of = other.first.as_ref().map(|day| format!(" of {}", row::date(day))).unwrap_or_default();
    let by = if other.voice == voice { String::new() } else { format!(" by {}", other.voice) };
    let word = match &other.words {
        Some((was, _)) => format!(" {}", row::readable(was)),
        None => String::new(),
    };
    format!("{} {}{word}{of}{by}", row::readable(other.relation), other.value)
}

/// ">450 of 2031-05-09 by XA/president rounds".
fn told_again_by(other: &Retelling, voice: &str) -> String {
    let day = other.first.as_ref().map(|day| format!(" of {}", row::date(day))).unwrap_or_default();
    let word = other.words.as_ref().map(|(_, is)| format!(" {}", row::readable(is))).unwrap_or_default();
    let by = if other.voice == voice { String::new() } else { format!(" by {}", other.voice) };
    format!("{}{word}{day}{by} {}", other.value, row::readable(other.relation))
}

fn arithmetic(sum: &Sum) -> String {
    let whole = &sum.whole;
    let differs = |part: &Term| {
        let differing = [
            (part.counted != whole.counted).then(|| row::readable(&part.counted)),
            (part.outcome != whole.outcome).then(|| row::readable(&part.outcome)),
            (part.side != whole.side).then(|| row::side(part.side.as_deref()).to_owned()),
            (part.scope != whole.scope).then(|| row::readable(&part.scope)),
        ];
        let mut words = vec![part.value.to_string()];
        words.extend(differing.into_iter().flatten());
        words.join(" ")
    };
    let day = |term: &Term| told::day(&term.last);
    let left = |more: &str| match sum.rest {
        0 => "nothing left over".to_owned(),
        1.. => format!("{} {more}", sum.rest),
        _ => format!("{} too many", sum.rest.unsigned_abs()),
    };
    let what = format!("{} {}", row::readable(&whole.counted), row::readable(&whole.outcome));
    let parts: Vec<String> = sum.parts.iter().map(differs).collect();
    match (sum.kind, sum.parts.as_slice()) {
        ("increment", [before, after]) => format!(
            "{}: {what}: {} came from {} of {} to {} of {}: {}",
            sum.voice,
            whole.value,
            before.value,
            day(before),
            after.value,
            day(after),
            match sum.rest {
                0 => "fits".to_owned(),
                1.. => format!("the totals rose by {} more", sum.rest),
                _ => format!("the totals rose by {} less", sum.rest.unsigned_abs()),
            }
        ),
        ("merged", _) => {
            format!(
                "{}: {what} {} of {} takes in {}; {} more",
                sum.voice,
                whole.value,
                day(whole),
                parts.join(" + "),
                sum.rest
            )
        }
        _ => {
            let (parts, rest) = (parts.join(" + "), left("not broken down"));
            format!("{}: {} {what} of {} = {parts}; {rest}", sum.voice, whole.value, day(whole))
        }
    }
}
