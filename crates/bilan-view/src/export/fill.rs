//! Fills the cells of a row from a claim, as its map says.
//!
//! In: a claim as a [`Row`]. Out: one cell a column, or the reason why the claim has no row.
//!
//! A date that is only a month is no day: a column of days gets its first or last day only where the map asks for it by
//! name (`to_last`).

use super::{Choices, Clock, ExportError};
use crate::map::{Class, Column, Kind, Map, Words};
use crate::row::{Row, words};
use bilan::claim::Date;
use bilan_ledger::Row as Kept;
use serde_json::{Map as Object, Value as Json, json};

/// A sentence leaves with at most so many characters.
const SENTENCE: usize = 300;

/// Adds what is not a field of a claim but follows from it. The whole quotation stays here.
pub fn derive(row: &mut Row, kept: &Kept, choices: &Choices) {
    let sentence = row.get_mut("quote").and_then(|quote| quote.get_mut("text")).map(Json::take);
    let sentence = sentence.as_ref().and_then(Json::as_str).map(shorten);
    row.insert("sentence".into(), json!(sentence));
    row.insert("translated".into(), json!(kept.claim.quote.translated));
    row.insert("lang".into(), json!(kept.lang));
    row.insert("access".into(), json!(kept.access.as_str()));
    let claim = &kept.claim;
    row.insert("lens".into(), json!(choices.lens.and_then(|lens| lens.point(&claim.value))));
    let root = |path: &Option<String>| path.as_deref().and_then(|path| path.split('/').next()).map(str::to_owned);
    row.insert("country".into(), json!(root(&claim.place)));
    row.insert("claimant_root".into(), json!(root(&claim.claimant)));
    let clock = match choices.clock {
        Clock::Stated => claim.stated.or(kept.published),
        Clock::Published => kept.published,
        Clock::Covers => claim.to.or(claim.stated).or(kept.published),
    };
    row.insert("clock".into(), json!(clock));
    for (name, date) in [
        ("stated", claim.stated),
        ("from", claim.from),
        ("to", claim.to),
        ("published", kept.published),
        ("clock", clock),
    ] {
        let day = |day: Option<jiff::civil::Date>| json!(day.map(|day| day.to_string()));
        row.insert(format!("{name}_first"), day(date.and_then(|date| date.first_day())));
        row.insert(format!("{name}_last"), day(date.and_then(|date| date.last_day())));
    }
    row.insert("date_prec".into(), json!(precision(claim.from, claim.to)));
}

/// How exactly the days of an event are known, on the scale of UCDP: 1 a day, 2 up to six days, 3 a week, 4 a month,
/// 5 more than a month.
fn precision(from: Option<Date>, to: Option<Date>) -> Option<u8> {
    let first = from.or(to)?.first_day()?;
    let last = to.or(from)?.last_day()?;
    Some(match first.until(last).map_or(i32::MAX, |span| span.get_days()) {
        0 => 1,
        1..=5 => 2,
        6..=7 => 3,
        8..=30 => 4,
        _ => 5,
    })
}

fn shorten(sentence: &str) -> String {
    match sentence.char_indices().nth(SENTENCE) {
        Some((at, _)) => format!("{}…", sentence[..at].trim_end()),
        None => sentence.to_owned(),
    }
}

/// One cell a column; the inner `Err` says why there is no row.
pub fn cells(map: &Map, row: &mut Row) -> Result<Result<Vec<Json>, String>, ExportError> {
    if let Some((field, _)) = map.only.iter().find(|(field, wanted)| !holds(row, field, wanted)) {
        return Ok(Err(format!("another {field}")));
    }
    if let Some(classes) = &map.class {
        let fits = |class: &&Class| class.when.iter().all(|(field, wanted)| holds(row, field, wanted));
        match classes.list.iter().find(fits) {
            Some(class) => drop(row.insert("class".into(), json!(class.set))),
            None => {
                let told = |key: &str| row.get(key).map(words).unwrap_or_default();
                return Ok(Err(format!("no class for {} {}", told("counted"), told("outcome"))));
            }
        }
    }
    let mut cells = Vec::with_capacity(map.columns.len());
    for column in &map.columns {
        let cell = cell(column, row)?;
        if column.required && cell.is_null() {
            return Ok(Err(format!("no {}", column.name)));
        }
        cells.push(cell);
    }
    Ok(Ok(cells))
}

/// `*` is any word.
fn holds(row: &Row, field: &str, wanted: &Words) -> bool {
    let word = find(row, field).map(words).unwrap_or_default();
    wanted.0.contains(&word) || (wanted.0.iter().any(|wanted| wanted == "*") && !word.is_empty())
}

/// What the row has under a name whose dots lead into objects.
fn find<'r>(row: &'r Row, path: &str) -> Option<&'r Json> {
    let mut keys = path.split('.');
    let first = row.get(keys.next()?)?;
    keys.try_fold(first, |found, key| found.get(key)).filter(|found| !is_empty(found))
}

fn is_empty(value: &Json) -> bool {
    value.is_null() || value.as_str() == Some("") || value.as_array().is_some_and(Vec::is_empty)
}

fn cell(column: &Column, row: &Row) -> Result<Json, ExportError> {
    if column.when.iter().any(|(field, wanted)| !holds(row, field, wanted)) {
        return Ok(Json::Null);
    }
    if let Some(value) = &column.value {
        return typed(column, json!(value));
    }
    let mut found = column.of.0.iter().filter_map(|of| find(row, of));
    if let Some(between) = &column.join {
        let all: Vec<String> = found.map(|value| mapped(column, words(value))).collect();
        return if all.len() == column.of.0.len() { typed(column, json!(all.join(between))) } else { Ok(Json::Null) };
    }
    let Some(value) = found.next() else { return Ok(Json::Null) };
    if !column.each.is_empty() {
        return each(column, value);
    }
    if let Some(since) = &column.days_since {
        let day = words(value).parse::<Date>().ok().and_then(|date| date.last_day());
        let days = day
            .zip(since.first_day())
            .map(|(day, since)| since.until(day).map_or(0, |span| i64::from(span.get_days())));
        return Ok(json!(days));
    }
    match value {
        Json::String(word) => {
            let word = mapped(column, word.clone());
            if word.is_empty() { Ok(Json::Null) } else { typed(column, json!(word)) }
        }
        value => typed(column, value.clone()),
    }
}

fn mapped(column: &Column, word: String) -> String {
    match column.map.get(&word) {
        Some(other) => other.clone(),
        None if column.only => String::new(),
        None => word,
    }
}

fn each(column: &Column, value: &Json) -> Result<Json, ExportError> {
    let one = |member: &Json| -> Result<Json, ExportError> {
        let Some(member) = member.as_object() else { return Ok(Json::Null) };
        let mut object = Object::new();
        for part in &column.each {
            let cell = cell(part, member)?;
            if !cell.is_null() {
                super::sink::nest(&mut object, &part.name, cell);
            }
        }
        Ok(Json::Object(object))
    };
    match value {
        Json::Array(members) => members.iter().map(one).collect(),
        member => one(member),
    }
}

/// The value as what its column holds.
fn typed(column: &Column, value: Json) -> Result<Json, ExportError> {
    let misfit = |expected| ExportError::Misfit { column: column.name.clone(), expected, cell: value.to_string() };
    let text = words(&value);
    match column.kind {
        Kind::String => Ok(if value.is_string() { value } else { json!(text) }),
        Kind::List => Ok(match value {
            Json::Array(members) => members.iter().map(|member| json!(words(member))).collect(),
            _ => json!([text]),
        }),
        Kind::Integer if value.is_u64() || value.is_i64() => Ok(value),
        Kind::Integer => text.parse::<i64>().map(|n| json!(n)).map_err(|_| misfit("an integer")),
        Kind::Number if value.is_number() => Ok(value),
        Kind::Number => text.parse::<f64>().map(|n| json!(n)).map_err(|_| misfit("a number")),
        Kind::Boolean if value.is_boolean() => Ok(value),
        Kind::Boolean => text.parse::<bool>().map(|yes| json!(yes)).map_err(|_| misfit("true or false")),
        Kind::Date => match text.parse::<Date>().ok().and_then(|date| date.only_day()) {
            Some(day) => Ok(json!(day.to_string())),
            None => Err(misfit("a day")),
        },
    }
}
