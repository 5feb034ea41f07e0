//! Puts what a claimant said into the words of a table.
//!
//! In: the parts of an answer. Out: cells, headings and phrases.
//!
//! Two groups of one subject need headings that differ: what tells them apart (the place, the start of the count, the
//! document where no place is told) stands in the heading.

use crate::cmd::many;
use crate::row::{covers, date, readable, side};
use crate::table::{Cell, Column, Row};
use anstyle::Style;
use bilan::claim::Date;
use bilan_view::answer::{Line, Statement, Told};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// The columns of a table of statements.
pub const STATEMENTS: [Column; 9] = [
    Column::words("who says").wide(),
    Column::number("value"),
    Column::words("who or what"),
    Column::words("whose"),
    Column::words("outcome"),
    Column::words("scope").below(),
    Column::words("place").below(),
    Column::whole("as of"),
    Column::whole("told by"),
];

/// A statement as a row.
pub fn statement(statement: &Statement) -> Row {
    let (line, told) = (&statement.line, &statement.told);
    let place = match (&line.place, &line.day) {
        (Some(place), Some(day)) => format!("{place}, {}", date(day)),
        (place, _) => place.clone().unwrap_or_default(),
    };
    let cells = vec![
        who(line, told),
        Cell::of(told.value.to_string()).style(BOLD),
        Cell::of(readable(&line.counted)),
        Cell::of(side(line.side.as_deref())),
        Cell::of(readable(&line.outcome)),
        Cell::of(scope(line)),
        Cell::of(place),
        Cell::of(as_of(told)),
        Cell::of(texts(told)),
    ];
    Row { cells, under: String::new() }
}

/// Who says so: as said, with the party that is kept when room is short.
pub fn who(line: &Line, told: &Told) -> Cell {
    match &line.claimant {
        Some(party) => Cell::of(told.who.as_deref().unwrap_or("")).tail(party),
        None if line.unidentified.is_some() => Cell::of(&line.voice).style(DIM),
        None => match line.voice.split_once(" of ") {
            Some((reporter, of)) => Cell::of(format!("{reporter} of")).tail(of).style(DIM),
            None => Cell::of(&line.voice).style(DIM),
        },
    }
}

/// The day or days as of which it counts; for an increment, what it covers.
pub fn as_of(told: &Told) -> String {
    match (&told.from, &told.to, &told.first, &told.last) {
        (Some(_), Some(_), ..) => covers(told.from.as_ref(), told.to.as_ref()),
        (_, _, Some(first), Some(last)) => covers(Some(first), Some(last)),
        (_, _, first, last) => first.as_ref().or(last.as_ref()).map(date).unwrap_or_default(),
    }
}

/// "1 text", "4 texts, 3 different".
pub fn texts(told: &Told) -> String {
    let mut words = match told.texts == told.different_texts {
        true => many(told.texts, "text", "texts"),
        false => format!("{} texts, {} different", told.texts, told.different_texts),
    };
    if told.translated > 0 {
        words.push_str(&format!(", {} translated", told.translated));
    }
    words
}

/// "running total since 2031-04-03".
pub fn scope(line: &Line) -> String {
    match (line.scope.as_str(), &line.since) {
        ("cumulative", Some(since)) => format!("running total since {}", date(since)),
        (key, _) => scope_of(key),
    }
}

/// A key of `[scope]` in words.
pub fn scope_of(key: &str) -> String {
    match key {
        "cumulative" => "running total".to_owned(),
        "period" => "increment".to_owned(),
        "standing" => "strength".to_owned(),
        "incident" => "one event".to_owned(),
        key => readable(key),
    }
}

/// "XB: military killed".
pub fn subject(whose: Option<&str>, counted: &str, outcome: &str) -> String {
    let whose = match whose {
        Some("-") => "people of no country",
        Some(side) => side,
        None => "whose is not told",
    };
    format!("{whose}: {} {}", readable(counted), readable(outcome))
}

/// "killed of 9 May": enough to find a figure again.
pub fn day(told: &Option<Date>) -> String {
    told.as_ref().map(date).unwrap_or_else(|| "no day told".to_owned())
}
