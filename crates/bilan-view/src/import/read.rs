//! Turns the rows of a table into claims.
//!
//! In: a [`Grid`] and a [`Map`]. Out: claims, each pointing at its cell, and broken rows in the report.
//!
//! "estimate_low 15000" and "estimate_high 20000" in two rows are one figure, 15,000 to 20,000: two rows whose other
//! words are equal are read together.

use super::grid::{Cell, Grid, Row};
use super::{Given, ImportError, Report};
use crate::map::{Map, Table};
use bilan::claim::{Claim, Confidence, Date, Quote, Span, Step, Value};
use bilan::history::Kinds;
use std::collections::{BTreeMap, BTreeSet};

type Fields = BTreeMap<String, String>;

/// Columns without which a table is none of this map.
pub fn must(map: &Map) -> Vec<String> {
    match &map.table {
        Some(table) => table.must.0.clone(),
        None => map.columns.iter().filter(|column| NEEDED.contains(&field(column))).map(|c| c.name.clone()).collect(),
    }
}

/// Whether tables can be read by it: a map of columns must name every field that a claim cannot lack.
pub fn reads(map: &Map) -> bool {
    map.table.is_some() || NEEDED.iter().all(|needed| map.columns.iter().any(|column| field(column) == *needed))
}

/// Fields that a claim cannot lack.
const NEEDED: [&str; 4] = ["value", "outcome", "counted", "scope"];

/// The one field that a column can be turned back into; empty when there is none.
fn field(column: &crate::map::Column) -> &str {
    match column.of.0.as_slice() {
        [one] if column.days_since.is_none() && column.join.is_none() && column.when.is_empty() => one,
        _ => "",
    }
}

/// All claims of the table, in the order of their places.
pub fn claims(
    map: &Map,
    grid: &Grid,
    text: &str,
    given: &Given,
    report: &mut Report,
) -> Result<Vec<Claim>, ImportError> {
    for (line, why) in &grid.broken {
        report.broken(*line, why);
    }
    let kinds = Kinds::embedded()?;
    let mut claims = match &map.table {
        Some(table) => tally(table, grid, given, report)?,
        None => backwards(map, grid, &kinds, report),
    };
    claims.sort_by_key(|claim| (claim.span, claim.n));
    // A quotation that is long for a sentence is a row: never more than the row.
    claims.retain(|claim| !claim.span.of(text).is_empty());
    Ok(claims)
}

/// A figure and the row that it stands in.
struct Figure<'g> {
    value: Value,
    cell: &'g Cell,
    row: &'g Row,
    fields: Fields,
    /// Words beside the value, by name.
    beside: Fields,
    spans: Vec<Span>,
}

fn tally(table: &Table, grid: &Grid, given: &Given, report: &mut Report) -> Result<Vec<Claim>, ImportError> {
    let known: BTreeSet<&str> = table.columns().collect();
    let hedge = |name: &str| table.hedge_suffix.as_ref().map(|suffix| format!("{name}{suffix}"));
    let hedges: BTreeSet<String> = table.measure.iter().filter_map(|measure| hedge(&measure.name)).collect();
    for column in grid.columns.iter().filter(|name| !known.contains(name.as_str()) && !hedges.contains(*name)) {
        report.unknown(column);
    }
    let mut figures: Vec<Figure> = Vec::new();
    for row in &grid.rows {
        let Some(day) = day(table, row, given, report) else { continue };
        let mut fields = table.set.clone();
        fields.insert("to".into(), day.to_string());
        fields.insert("stated".into(), day.to_string());
        if let Err(why) = chosen(table, row, &mut fields, report) {
            report.broken(row.line, &why);
            continue;
        }
        for measure in &table.measure {
            let Some(cell) = row.cells.get(&measure.name) else { continue };
            report.seen(&measure.name, day);
            let prefix = match hedge(&measure.name).and_then(|name| row.cells.get(&name)) {
                None => "",
                Some(word) => match table.hedges.get(&word.text) {
                    Some(prefix) => prefix,
                    None => {
                        report.broken(row.line, &format!("\"{}\" is no hedge that the map knows", word.text));
                        continue;
                    }
                },
            };
            let value = match value(prefix, &cell.text, table.decimals) {
                Ok(value) => value,
                Err(why) if cell.text.starts_with('-') && fields.get("scope").is_some_and(|s| s == "cumulative") => {
                    // Differences read as totals would be falls without end.
                    return Err(ImportError::Broken {
                        file: given.name.clone(),
                        line: row.line,
                        what: format!("{}: {why}; this is no table of running totals", measure.name),
                    });
                }
                Err(why) => {
                    report.broken(row.line, &format!("{}: {why}", measure.name));
                    continue;
                }
            };
            let mut fields = fields.clone();
            fields.extend(measure.set.clone());
            let beside = BTreeMap::from([("counted".to_owned(), measure.name.clone())]);
            figures.push(Figure { value, cell, row, fields, beside, spans: vec![cell.span] });
        }
    }
    if let Some((column, low, high)) = &table.ends {
        figures = joined(figures, column, low, high, report);
    }
    doubles(&mut figures, report);
    Ok(figures.into_iter().filter_map(|figure| made(figure, report)).collect())
}

/// The day of a row, when it is one.
fn day(table: &Table, row: &Row, given: &Given, report: &mut Report) -> Option<jiff::civil::Date> {
    let Some(cell) = row.cells.get(&table.day) else {
        report.broken(row.line, &format!("no {}", table.day));
        return None;
    };
    let Some(day) = cell.text.parse::<Date>().ok().and_then(|date| date.only_day()) else {
        report.impossible(row.line, format!("{} is no day", cell.text));
        return None;
    };
    if day > given.today {
        report.impossible(row.line, format!("{day} has not come yet"));
        return None;
    }
    let since = table.since.as_ref().and_then(Date::first_day);
    if let Some(since) = since.filter(|since| day < *since) {
        report.before(row.line, format!("{day} lies before {since}, when what is counted began"));
        return None;
    }
    if let Some((column, zero)) = &table.count
        && let (Some(counted), Some(zero)) = (row.cells.get(column), zero.first_day())
    {
        let days = zero.until(day).map_or(0, |span| i64::from(span.get_days()));
        if counted.text.parse::<i64>().ok() != Some(days) {
            report
                .impossible(row.line, format!("{day} is day {days} of {column}, and the table says {}", counted.text));
        }
    }
    Some(day)
}

/// Adds what the words of the row choose.
fn chosen(table: &Table, row: &Row, fields: &mut Fields, report: &mut Report) -> Result<(), String> {
    for (column, words) in &table.words {
        let word = row.cells.get(column).map_or("", |cell| cell.text.as_str());
        let set = words.get(word).ok_or_else(|| {
            let known: Vec<&str> = words.keys().map(String::as_str).collect();
            format!("{column} \"{word}\" is unknown to the map; known: {}", known.join(", "))
        })?;
        fields.extend(set.clone());
    }
    if let Some(source) = &table.source {
        let name = row.cells.get(source).map_or("", |cell| cell.text.as_str());
        let party = table.party.get(name).ok_or_else(|| format!("{source} \"{name}\" is unknown to the map"))?;
        fields.insert("claimant".into(), party.claimant.clone());
        fields.insert("via".into(), party.via.0.join("+"));
        fields.insert("said_claimant".into(), name.to_owned());
        report.source(name, &party.claimant);
    }
    Ok(())
}

/// The value of a cell.
fn value(prefix: &str, text: &str, decimals: bool) -> Result<Value, String> {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}')).collect();
    if digits.bytes().all(|b| b.is_ascii_digit()) && !digits.is_empty() {
        return format!("{prefix}{digits}").parse().map_err(|_| format!("{text} is too large"));
    }
    match digits.split_once('.') {
        Some((whole, part)) if decimals && [whole, part].iter().all(|d| d.bytes().all(|b| b.is_ascii_digit())) => {
            let up = u64::from(part.bytes().next().is_some_and(|first| first >= b'5'));
            let whole: u64 = whole.parse().map_err(|_| format!("{text} is no number"))?;
            let prefix = if prefix.is_empty() { "~" } else { prefix };
            format!("{prefix}{}", whole.saturating_add(up)).parse().map_err(|_| format!("{text} is no number"))
        }
        Some(_) => Err(format!("{text} is no whole number")),
        None if digits.starts_with('-') => Err(format!("{text} is below zero")),
        None => Err(format!("\"{text}\" is no number")),
    }
}

/// Joins the two ends of a range, and takes them as words beside an estimate where there is one.
fn joined<'g>(figures: Vec<Figure<'g>>, column: &str, low: &str, high: &str, report: &mut Report) -> Vec<Figure<'g>> {
    let mut groups: Vec<Vec<Figure>> = Vec::new();
    let mut places: BTreeMap<Fields, usize> = BTreeMap::new();
    for figure in figures {
        let place = *places.entry(figure.fields.clone()).or_insert_with(|| {
            groups.push(vec![]);
            groups.len() - 1
        });
        groups[place].push(figure);
    }
    let mut out = Vec::new();
    for group in groups {
        let end = |figure: &Figure| figure.row.cells.get(column).map(|cell| cell.text.clone()).unwrap_or_default();
        let (ends, mut plain): (Vec<_>, Vec<_>) = group.into_iter().partition(|f| end(f) == low || end(f) == high);
        let (lows, highs): (Vec<_>, Vec<_>) = ends.into_iter().partition(|figure| end(figure) == low);
        match (lows.len(), highs.len(), plain.len()) {
            (1, 1, 0 | 1) => {
                for (mut least, most) in lows.into_iter().zip(highs) {
                    if least.value.first > most.value.first {
                        report.broken(least.row.line, "the low end is above the high end");
                        continue;
                    }
                    match plain.pop() {
                        Some(mut estimate) => {
                            let ends = format!("{} to {}", least.cell.text, most.cell.text);
                            estimate.beside.insert("ends".into(), ends);
                            estimate.spans.extend([least.cell.span, most.cell.span]);
                            out.push(estimate);
                        }
                        None => {
                            let about = least.value.about || most.value.about;
                            least.value = Value { about, last: most.value.last, ..least.value };
                            least.spans.push(most.cell.span);
                            out.push(least);
                        }
                    }
                }
            }
            (lows_, highs_, _) => {
                if lows_ + highs_ > 0 {
                    let line = lows.iter().chain(&highs).map(|figure| figure.row.line).min().unwrap_or(0);
                    report.broken(line, &format!("{lows_} low and {highs_} high ends of one figure"));
                }
                out.append(&mut plain);
            }
        }
    }
    out
}

/// The same figure twice on one day is one; two that differ both stay. Both are told.
fn doubles(figures: &mut Vec<Figure>, report: &mut Report) {
    let mut first: BTreeMap<(Fields, String), Vec<(Value, usize)>> = BTreeMap::new();
    figures.retain(|figure| {
        let what = figure.beside.get("counted").cloned().unwrap_or_default();
        let seen = first.entry((figure.fields.clone(), what.clone())).or_default();
        let same = seen.iter().find(|(value, _)| *value == figure.value).copied();
        if let Some((value, line)) = same.or_else(|| seen.first().copied()) {
            report.double(figure.row.line, format!("{what} {} again; line {line} says {value}", figure.value));
        }
        seen.push((figure.value, figure.row.line));
        same.is_none()
    });
}

/// A map of columns, read backwards.
fn backwards(map: &Map, grid: &Grid, kinds: &Kinds, report: &mut Report) -> Vec<Claim> {
    let mut claims = Vec::new();
    for column in grid.columns.iter().filter(|name| !map.columns.iter().any(|column| column.name == **name)) {
        report.unknown(column);
    }
    for row in &grid.rows {
        let mut fields = Fields::new();
        let mut figure = None;
        for column in &map.columns {
            let (field, Some(cell)) = (field(column), row.cells.get(&column.name)) else { continue };
            // An apostrophe that keeps a spreadsheet from running a cell is no word of it.
            let word = match cell.text.strip_prefix('\'') {
                Some(rest) if column.quotes && rest.starts_with(['=', '+', '-', '@']) => rest,
                _ => &cell.text,
            };
            let word = column.map.iter().find(|(_, other)| *other == word).map_or(word, |(ours, _)| ours);
            match field.strip_prefix("as_said.") {
                Some(said) => drop(fields.insert(format!("said_{said}"), word.to_owned())),
                None => drop(fields.insert(field.to_owned(), word.to_owned())),
            }
            if field == "value" {
                figure = Some(cell);
            }
        }
        let known = |field: &str, known: Vec<&str>| match fields.get(field) {
            Some(word) if known.contains(&word.as_str()) => Ok(()),
            Some(word) => Err(format!("{field} \"{word}\" is unknown")),
            None => Err(format!("no {field}")),
        };
        let scopes = vec!["cumulative", "period", "incident", "standing", "rate", "registered"];
        let checked = known("outcome", kinds.outcomes())
            .and_then(|()| known("counted", kinds.classes()))
            .and_then(|()| known("scope", scopes))
            .and_then(|()| match (figure, fields.get("value").map(|value| value.parse::<Value>())) {
                (Some(cell), Some(Ok(value))) => Ok((cell, value)),
                (_, Some(Err(error))) => Err(error.to_string()),
                _ => Err("no value".to_owned()),
            });
        match checked {
            Ok((cell, value)) => {
                let figure = Figure { value, cell, row, fields, beside: Fields::new(), spans: vec![cell.span] };
                claims.extend(made(figure, report));
            }
            Err(why) => report.broken(row.line, &why),
        }
    }
    claims
}

/// The claim; none when a date of it is none.
fn made(figure: Figure, report: &mut Report) -> Option<Claim> {
    let Figure { value, cell, row, mut fields, beside, spans } = figure;
    let mut date = |field: &str| match fields.remove(field).filter(|text| !text.is_empty()).map(|text| text.parse()) {
        Some(Ok(date)) => Ok(Some(date)),
        Some(Err(error)) => Err(format!("{field}: {error}")),
        None => Ok(None),
    };
    let dates = (|| Ok::<_, String>((date("stated")?, date("from")?, date("to")?)))();
    let (stated, from, to) = match dates {
        Ok(dates) => dates,
        Err(why) => {
            report.broken(row.line, &why);
            return None;
        }
    };
    let mut take = |field: &str| fields.remove(field).filter(|word| !word.is_empty());
    let mut as_said: BTreeMap<_, _> = beside.into_iter().map(|(field, words)| (field.into(), words)).collect();
    for said in ["claimant", "outcome", "counted", "side", "hedge"] {
        as_said.extend(take(&format!("said_{said}")).map(|words| (said.into(), words)));
    }
    report.figures += 1;
    Some(Claim {
        span: cell.span,
        n: 0,
        value,
        outcome: take("outcome").unwrap_or_default(),
        counted: take("counted").unwrap_or_default(),
        side: take("side"),
        claimant: take("claimant"),
        citing: take("citing"),
        via: take("via")
            .map(|via| via.split(['+', ';']).map(|one| one.trim().to_owned()).collect())
            .unwrap_or_default(),
        stated,
        from,
        to,
        scope: take("scope").unwrap_or_default(),
        place: take("place"),
        said: take("said").unwrap_or_else(|| "asserted".to_owned()),
        contested: vec![],
        blamed: take("blamed"),
        // A cell is read for certain; what its column means, the map says.
        confidence: Confidence { claim: 100, claimant: 100 },
        quote: Quote { span: row.span, translated: false },
        also: vec![],
        as_said,
        spans: BTreeMap::from([("value".into(), spans)]),
        why: vec![Step { field: "value".into(), entry: "import".into(), at: "".into(), span: cell.span }],
    })
}
